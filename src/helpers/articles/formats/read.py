"""Which reader opens which file: bytes in, documents out; archives hand their members on."""

from __future__ import annotations

import io
import logging
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

import pypdf
from fastwarc.warc import ArchiveIterator, WarcRecordType

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits, NoArticlesError
from helpers.articles.formats.pages import extract_page, read_email, read_feed, read_mhtml, read_page
from helpers.articles.formats.records import read_csv, read_json, read_jsonl, read_parquet

SMALL = 1_000_000  # bytes below which a high ratio of compression says nothing
PIECE = 1 << 16
MARKUP = re.compile(r"\s*(?:<!doctype html|<html[\s>])", re.I)
# First bytes by which a file shows what it is, whatever its name says.
SIGNATURES = ((b"%PDF-", ".pdf"), (b"\x1f\x8b", ".gz"), (b"WARC/1.", ".warc"), (b"PAR1", ".parquet"))
# What lies beside the articles in a folder or an archive without being one.
NOT_ARTICLES = re.compile(
    r"^(?:readme(?:\..*)?|\..*|_.*|story\.ya?ml|.*\.(?:ya?ml|log|py|ipynb|cfg|toml|ini|css|js)|thumbs\.db|desktop\.ini)$",
    re.I,
)
PAGES = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
RECORD = re.compile(rb"(?:\A|\r?\n\r?\n)WARC/1\.\d\r?\n")
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what a torn PDF lacks is said in its row
CONTROLS = re.compile("[\x00-\x08\x0b\x0d-\x1a\x1c-\x1f\ufffd]")


def read_documents(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a file's articles by the reader that its name asks for; a name that none knows is read as plain text."""
    suffixes = PurePosixPath(name.lower()).suffixes[-2:]
    if suffixes == [".warc", ".gz"]:
        return read_warc(raw, name, limits)
    return FORMATS.get(suffixes[-1] if suffixes else "", read_plain_text)(raw, name, limits)


def read_plain_text(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a text file, or by its reader what turns out to be of another format; refuse what is plainly binary."""
    suffix = next((suffix for start, suffix in SIGNATURES if raw.startswith(start)), None)
    if suffix:
        return FORMATS[suffix](raw, name, limits)
    if raw.startswith(b"PK\x03\x04"):
        raise FormatError("an office document or archive: save it as text, HTML or PDF, or name it .zip")
    decoded = decode_bytes(raw)
    if MARKUP.match(decoded.text):
        return [extract_page(decoded.text)]
    controls = len(CONTROLS.findall(decoded.text, 0, 4000))
    if controls > 0.1 * min(len(decoded.text), 4000):
        raise FormatError("binary, not text")
    return [Document(decoded.text)]


def read_pdf(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the text layer of a PDF, page after page; a scan has none and is skipped."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("an encrypted PDF")
        pages, lost = _read_pdf_pages(reader, limits)
        found = reader.metadata or {}
        metadata = {"title": found.get("/Title"), "byline": found.get("/Author")}
    except pypdf.errors.PyPdfError as error:
        raise FormatError(f"not a whole PDF: {' '.join(str(error).split())[:120]}") from None
    text = clean_text("\n\n".join(pages))
    metadata = {key: clean_text(str(value)) for key, value in metadata.items() if value}
    skipped = None if text.strip() else "a PDF without a text layer"
    notes = [f"{lost} pages could not be read"] if lost else []
    # What a program wrote into a PDF as its title is as often the name of another file.
    sure = dict.fromkeys(metadata, "medium")
    return [Document(text, metadata, skipped=skipped, notes=notes, origin="the PDF", sure=sure)]


def _read_pdf_pages(reader: pypdf.PdfReader, limits: Limits) -> tuple[list[str], int]:
    """Read the text of each page within the limit; a page that cannot be read costs only itself and is counted."""
    pages, lost, total = [], 0, 0
    for page in reader.pages:
        try:
            pages.append(page.extract_text())
        except Exception:  # whatever a damaged page does to the reader, the other pages stand
            lost += 1
            continue
        total += len(pages[-1])
        if total > limits.size:
            raise FormatError(f"refused: unpacks to more than the limit of {limits.size:,} bytes")
    return pages, lost


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
        _check_size(len(content), len(raw), limits)
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
    members = sorted((m for m in archive.infolist() if not _is_furniture(m)), key=lambda member: member.filename)
    if len(members) > limits.members:
        raise FormatError(f"refused: more than {limits.members:,} files in it")
    documents: list[Document] = []
    left = limits.size * 5
    for member in members:
        found = _read_member(archive, member, limits, left)
        left -= max(member.file_size, sum(len(document.text) for document in found))
        stem = PurePosixPath(member.filename).stem or "member"
        for document in found:
            document.name = document.name or stem
            document.notes.append(f"from {clean_text(member.filename)!r} in {name!r}")
        documents.extend(found)
    return documents


def _is_furniture(member: zipfile.ZipInfo) -> bool:
    """Say whether a member is what archivers and file managers add: folders, resource forks, settings."""
    path = PurePosixPath(member.filename)
    return member.is_dir() or "__MACOSX" in path.parts or bool(NOT_ARTICLES.match(path.name))


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, left: int) -> list[Document]:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    try:
        if ".." in path.parts or path.is_absolute() or re.match(r"[A-Za-z]:", member.filename):
            raise FormatError("refused: its name leads out of the archive")
        inner = path.suffixes[-2:] if path.suffix.lower() == ".gz" else path.suffixes[-1:]
        if ".zip" in map(str.lower, inner) or member.flag_bits & 1:
            raise FormatError("refused: an archive in an archive" if not member.flag_bits & 1 else "encrypted")
        _check_size(member.file_size, member.compress_size, limits)
        if member.file_size > left:
            raise FormatError("refused: the archive holds more than the limit")
        with archive.open(member) as file:
            content = file.read(limits.size + 1)
        _check_size(len(content), member.compress_size, limits)
        if not content.strip():
            return [Document("", skipped="empty")]
        return read_documents(content, path.name, limits) or [Document("", skipped="no text found")]
    except NoArticlesError:
        return []
    except Exception as error:  # one bad member must not cost the others; its row says what happened
        return [Document("", skipped=f"{clean_text(member.filename)!r}: {' '.join(str(error).split())[:160]}")]


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
        _check_size(len(content), len(content), limits)
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
        _check_size(len(unpacked), len(content), limits)
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


FORMATS: dict[str, Callable[[bytes, str, Limits], list[Document]]] = {
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".eml": read_email,
    ".pdf": read_pdf,
    ".json": read_json,
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
