"""One reader for each format in which analysts keep articles: bytes in, texts with their metadata out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import trafilatura

from helpers.decoding import decode_bytes

MAX_NESTING = 2_000


class FormatError(Exception):
    """A file is not what its name says or is refused; the message is one line."""


@dataclass
class Document:
    """One article in a file: its text, and what the file says of it."""

    text: str
    metadata: dict = field(default_factory=dict)
    url: str | None = None
    name: str | None = None
    skipped: str | None = None


def read_plain_text(raw: bytes, name: str, size_limit: int) -> list[Document]:
    """Read a text file; refuse what is plainly binary."""
    decoded = decode_bytes(raw)
    controls = sum(
        1 for char in decoded.text[:4000] if (ord(char) < 32 and char not in "\n\t\f\x1b") or char == "\ufffd"
    )
    if controls > 0.1 * min(len(decoded.text), 4000):
        raise FormatError("binary, not text")
    return [Document(decoded.text)]


def read_page(raw: bytes, name: str, size_limit: int) -> list[Document]:
    """Read a saved web page: its main text and metadata by trafilatura, decoded by us beforehand."""
    page = decode_bytes(raw).text
    if _nesting(page) > MAX_NESTING:
        return [Document("", skipped=f"no text found: tags nested more than {MAX_NESTING:,} deep")]
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    if found is None or not found.text:
        return [Document("", skipped="no text found")]
    metadata = {"title": found.title, "byline": found.author, "source": found.sitename, "published": found.date}
    return [Document(found.text, {key: value for key, value in metadata.items() if value}, url=found.url)]


def _nesting(page: str) -> int:
    return (
        page.count("<div") - page.count("</div")
        if page.count("</div") < page.count("<div")
        else min(page.count("<div"), 1)
    )


FORMATS: dict[str, Callable[[bytes, str, int], list[Document]]] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
    ".html": read_page,
    ".htm": read_page,
}
