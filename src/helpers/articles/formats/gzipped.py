"""Files packed with gzip: what was packed is read by its own format."""

from __future__ import annotations

import zlib

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.registry import Format, begin_with, read_documents


def read_gzip(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Unpack a gzipped file, all members of it, within the limits and read what was packed."""
    content, rest, whole = b"", raw, True
    while rest[:2] == b"\x1f\x8b" or not content:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            content += unpacker.decompress(rest, limits.size + 1 - len(content))
        except zlib.error as error:
            if not content:
                raise FormatError(f"not a gzip file: {error}") from None
            whole = False
            break
        limits.check(len(content), len(raw))
        whole, rest = unpacker.eof, unpacker.unused_data
        if not unpacker.eof:
            break
    inner = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    documents = read_documents(content, inner, limits)
    stem = inner.partition(".")[0]
    if not whole:
        reason = "the gzip file breaks off or is damaged: what follows is missing"
        documents.append(Document("", name=f"{stem}-torn", skipped=reason))
    elif rest.strip(b"\0"):
        reason = f"{len(rest):,} bytes behind the end of the gzip file could not be read"
        documents.append(Document("", name=f"{stem}-torn", skipped=reason))
    return documents


FORMAT = Format("gzipped files", (".gz",), "what was packed", read_gzip, begin_with(b"\x1f\x8b"))
