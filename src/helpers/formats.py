"""Which reader opens which file: bytes in, documents out; archives hand their members on."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

import pypdf
from fastwarc.warc import ArchiveIterator, WarcRecordType

from helpers.decoding import clean_text, decode_bytes
from helpers.documents import Document, FormatError, Limits
from helpers.exports import read_csv, read_jsonl, read_parquet
from helpers.pages import extract_page, read_email, read_feed, read_mhtml, read_page

SMALL = 1_000_000  # bytes below which a high ratio of compression says nothing
PIECE = 1 << 16
CONTROLS = re.compile("[\x00-\x08\x0b\x0d-\x1a\x1c-\x1f\ufffd]")


def read_documents(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a file's articles by the reader that its name asks for; a name that none knows is read as plain text."""
    suffixes = PurePosixPath(name.lower()).suffixes[-2:]
    if suffixes == [".warc", ".gz"]:
        return read_warc(raw, name, limits)
    return FORMATS.get(suffixes[-1] if suffixes else "", read_plain_text)(raw, name, limits)


def read_plain_text(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a text file; refuse what is plainly binary."""
    decoded = decode_bytes(raw)
    controls = len(CONTROLS.findall(decoded.text, 0, 4000))
    if controls > 0.1 * min(len(decoded.text), 4000):
        raise FormatError("binary, not text")
    return [Document(decoded.text)]


def read_pdf(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the text layer of a PDF, page after page; a scan has none and is skipped."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise FormatError("an encrypted PDF")
        text = clean_text("\n\n".join(page.extract_text() for page in reader.pages))
        found = reader.metadata or {}
        metadata = {"title": found.get("/Title"), "byline": found.get("/Author")}
    except pypdf.errors.PyPdfError as error:
        raise FormatError(f"not a whole PDF: {error}") from None
    metadata = {key: clean_text(str(value)) for key, value in metadata.items() if value}
    return [Document(text, metadata, skipped=None if text.strip() else "a PDF without a text layer")]


def read_gzip(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Unpack a gzipped file within the limits and read what was packed."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(raw, limits.size + 1)
    except zlib.error as error:
        raise FormatError(f"not a gzip file: {error}") from None
    _check_size(len(content), len(raw), limits)
    documents = read_documents(content, name[: -len(".gz")], limits)
    if not unpacker.eof:
        documents.append(Document("", name="torn", skipped="the gzip file breaks off: its end is missing"))
    return documents


def _check_size(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.size:
        raise FormatError(f"refused: unpacks to more than the limit of {limits.size:,} bytes")
    if unpacked > SMALL and unpacked > limits.ratio * max(1, packed):
        raise FormatError(f"refused: unpacks to more than {limits.ratio} times its size")


def read_zip(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read every member of a zipped folder; one that leads out, is a bomb or cannot be read is skipped with a reason."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile as error:
        raise FormatError(f"not a whole zip file: {error}") from None
    members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda member: member.filename)
    if len(members) > limits.members:
        raise FormatError(f"refused: more than {limits.members:,} files in it")
    documents: list[Document] = []
    left = limits.size * 5
    for member in members:
        found = _read_member(archive, member, limits, left)
        left -= member.file_size if found and not found[0].skipped else 0
        stem = PurePosixPath(member.filename).stem or "member"
        for document in found:
            document.name = document.name or stem
            document.notes.append(f"from {clean_text(member.filename)!r} in {name!r}")
        documents.extend(found)
    return documents


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, left: int) -> list[Document]:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    try:
        if ".." in path.parts or path.is_absolute() or re.match(r"[A-Za-z]:", member.filename):
            raise FormatError("refused: its name leads out of the archive")
        if path.suffix.lower() in (".zip", ".gz") or member.flag_bits & 1:
            raise FormatError("refused: an archive in an archive" if not member.flag_bits & 1 else "encrypted")
        _check_size(member.file_size, member.compress_size, limits)
        if member.file_size > left:
            raise FormatError("refused: the archive holds more than the limit")
        with archive.open(member) as file:
            content = file.read(limits.size + 1)
        _check_size(len(content), member.compress_size, limits)
        return read_documents(content, path.name, limits) if content.strip() else [Document("", skipped="empty")]
    except Exception as error:  # one bad member must not cost the others; its row says what happened
        return [Document("", skipped=f"{clean_text(member.filename)!r}: {' '.join(str(error).split())[:160]}")]


def read_warc(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the pages of a web archive; a torn end costs only itself and is counted."""
    documents: list[Document] = []
    left = limits.size * 5
    try:
        _check_gzip(raw, left)
        announced = raw.count(b"WARC/1.") if not raw.startswith(b"\x1f\x8b") else 0
        seen = 0
        for record in ArchiveIterator(io.BytesIO(raw)):
            seen += 1
            if record.record_type != WarcRecordType.response:
                continue
            content = record.reader.read(limits.size + 1)
            torn = record.http_headers is None or len(content) < _announced_length(record)
            document = _read_response(record, content, limits, torn)
            if document:
                documents.append(document)
        if seen < announced:
            documents.append(Document("", name="torn", skipped="the archive breaks off: the last record is not whole"))
    except FormatError:
        raise
    except Exception as error:  # what was read before the torn record is kept
        documents.append(
            Document("", name="torn", skipped=f"the archive breaks off: {' '.join(str(error).split())[:120]}")
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


def _announced_length(record) -> int:
    length = record.http_headers.get("Content-Length") if record.http_headers else None
    return int(length) if length and length.isdigit() else 0


def _read_response(record, content: bytes, limits: Limits, torn: bool) -> Document | None:
    url = record.headers.get("WARC-Target-URI")
    stem = re.sub(r"[^\w.-]+", "-", url or "record").strip("-")[:80]
    kind = (record.http_headers.get("Content-Type") or "") if record.http_headers else ""
    if torn:
        return Document("", url=url, name=stem, skipped="the record breaks off")
    if "html" not in kind.lower():
        return None
    try:
        _check_size(len(content), len(content), limits)
        charset = re.search(r"charset=[\"']?([\w-]+)", kind, re.I)
        document = extract_page(decode_bytes(content, charset.group(1) if charset else None).text, url)
    except Exception as error:  # one bad page must not cost the others; its row says what happened
        document = Document("", url=url, skipped=" ".join(str(error).split())[:160])
    document.name = stem
    return document


FORMATS: dict[str, Callable[[bytes, str, Limits], list[Document]]] = {
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".eml": read_email,
    ".pdf": read_pdf,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".warc": read_warc,
    ".gz": read_gzip,
    ".zip": read_zip,
}
