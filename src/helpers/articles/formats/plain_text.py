"""Plain text, and what has no ending."""

from __future__ import annotations

from helpers.articles.documents import Document, Limits
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text


def read_plain_text(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a text file; refuse what is plainly binary."""
    return [Document(read_text(raw, name))]


FORMAT = Format("text", (".txt", ".text"), "one article, or several that stand one below the other", read_plain_text)
