"""Web archives (WARC): the pages and texts that a crawler kept."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from helpers.articles.decoding import decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import Format

PAGES = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
RECORD = re.compile(rb"(?:\A|\r?\n\r?\n)WARC/1\.\d\r?\n")
PIECE = 1 << 16


def read_warc(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the pages and texts of a web archive; a torn end costs only itself, and what is no page is counted."""
    documents: list[Document] = []
    stem = name.partition(".")[0]
    _check_gzip(raw, limits.size * 5)
    announced = len(RECORD.findall(raw)) if not raw.startswith(b"\x1f\x8b") else 0
    seen, others, broken = 0, 0, None
    try:
        for record in ArchiveIterator(io.BytesIO(raw)):
            seen += 1
            if record.record_type not in PAGES:
                others += record.record_type == WarcRecordType.revisit
                continue
            document = _read_record(record, limits)
            documents += [document] if document else []
            others += document is None
    except Exception as error:  # what was read before the torn record is kept
        broken = " ".join(str(error).split())[:120]
    if broken is None and seen < announced:
        broken = "the last record is not whole"
    if broken is not None:
        documents.append(Document("", name=f"{stem}-torn", skipped=f"the archive breaks off: {broken}"))
    if others and documents:
        documents[0].notes.append(
            f"{others} records of {name!r} are no pages (pictures, scripts, redirects): left alone"
        )
    return documents


def _check_gzip(raw: bytes, limit: int) -> None:
    """Refuse a compressed archive that unpacks beyond `limit`, member by member, keeping none of it."""
    view, position, total = memoryview(raw), 0, 0
    while raw[position : position + 2] == b"\x1f\x8b":
        unpacker = zlib.decompressobj(wbits=31)
        while position < len(raw) and not unpacker.eof:
            chunk: bytes | memoryview = view[position : position + PIECE]
            position += len(chunk)
            while chunk and not unpacker.eof:
                try:
                    total += len(unpacker.decompress(chunk, PIECE))
                except zlib.error:
                    return
                if total > limit:
                    raise FormatError(f"refused: unpacks to more than {limit:,} bytes")
                chunk = unpacker.unconsumed_tail
        position -= len(unpacker.unused_data)


def _read_record(record, limits: Limits) -> Document | None:
    """Read one record of a web archive; None where it is no page: a picture, a redirect, an error."""
    url = record.headers.get("WARC-Target-URI")
    stem = re.sub(r"[^\w.-]+", "-", url or "record").strip("-")[:80]
    is_response = record.record_type == WarcRecordType.response
    headers = record.http_headers if is_response else record.headers
    content = record.reader.read(limits.size + 1)
    if headers is None:
        return Document("", url=url, name=stem, skipped="the record breaks off")
    kind = (headers.get("Content-Type") or "").lower()
    if "html" not in kind and not (not is_response and "text/plain" in kind):
        return None
    if is_response and record.http_headers.status_code not in (None, 200, 203, 206):
        return None
    try:
        limits.check(len(content), len(content))
        if len(content) < _announced_length(record, headers):
            return Document("", url=url, name=stem, skipped="the record breaks off")
        content = _decode_body(content, headers, limits) if is_response else content
        charset = re.search(r"charset=[\"']?([\w-]+)", kind)
        text = decode_bytes(content, charset.group(1) if charset else None).text
        document = extract_page(text, url) if "html" in kind else Document(text, url=url, origin="the archive")
    except Exception as error:  # one bad page must not cost the others; its row says what happened
        document = Document("", url=url, skipped=" ".join(str(error).split())[:160])
    document.name = stem
    return document


def _announced_length(record, headers) -> int:
    length = headers.get("Content-Length") if record.http_headers else None
    return int(length) if length and length.isdigit() else 0


def _decode_body(content: bytes, headers, limits: Limits) -> bytes:
    """Undo what a server did to a page on its way: chunks and gzip; raises FormatError for what only browsers undo."""
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        content = _join_chunks(content)
    packing = (headers.get("Content-Encoding") or "").lower().strip()
    if packing in ("", "identity", "utf-8", "none"):
        return content
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise FormatError(f"the page is packed as {packing[:20]!r}, which is not read")
    if packing != "deflate" and not content.startswith(b"\x1f\x8b"):
        return content  # unpacked already by what wrote the archive, which left the header
    for bits in (47, -15):
        try:
            unpacked = zlib.decompressobj(wbits=bits).decompress(content, limits.size + 1)
        except zlib.error:
            continue
        limits.check(len(unpacked), len(content))
        return unpacked
    raise FormatError("the packed page cannot be unpacked")


def _join_chunks(content: bytes) -> bytes:
    """Join the chunks of a body; one that is not chunked, as some archives keep it, stays as it is."""
    pieces, position = [], 0
    while True:
        end = content.find(b"\r\n", position)
        size = re.fullmatch(rb"([0-9a-fA-F]{1,8})(?:;.*)?", content[position:end]) if end >= 0 else None
        if not size:
            return b"".join(pieces) if pieces else content
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(content[end + 2 : end + 2 + length])
        position = end + 2 + length + 2


def cut_archive(path: Path, most: int) -> Iterator[dict[str, int]]:
    """Cut an archive between its records."""
    size = path.stat().st_size
    start = 0
    with (
        path.open("rb") as file,
        suppress(Exception),
    ):  # a torn end: what lies before it can be read, and the last stretch will say so
        for record in ArchiveIterator(file, parse_http=False):
            if record.stream_pos - start >= most:
                yield {"start": start, "end": record.stream_pos}
                start = record.stream_pos
    yield {"start": start, "end": size}


def part_records(raw: bytes) -> Iterator[tuple[int, int]]:
    """Give the place of each record in a stretch of an archive."""
    places: list[int] = []
    with suppress(Exception):  # a torn end belongs to the last record that began
        places.extend(record.stream_pos for record in ArchiveIterator(io.BytesIO(raw), parse_http=False))
    yield from zip(places, [*places[1:], len(raw)], strict=True)


def is_warc(raw: bytes) -> bool:
    """Say whether a file is a web archive, packed or not, by its first record."""
    if raw.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            return zlib.decompressobj(wbits=31).decompress(raw[:PIECE], 64).startswith(b"WARC/1.")
    return raw.startswith(b"WARC/1.")


FORMAT = Format(
    "web archives", (".warc", ".warc.gz"), "one article a page", read_warc, is_warc, cut_archive, part_records
)
