"""Plain text, and what has no name that any format knows."""

from __future__ import annotations

import re

from helpers.articles.decoding import decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import Format

MARKUP = re.compile(r"\s*(?:<!doctype html|<html[\s>])", re.I)
CONTROLS = re.compile("[\x00-\x08\x0b\x0d-\x1a\x1c-\x1f\ufffd]")


def read_plain_text(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a text file, or the page that it turns out to be; refuse what is plainly binary."""
    if raw.startswith(b"PK\x03\x04"):
        raise FormatError("an office document or archive: save it as text, HTML or PDF, or name it .zip")
    decoded = decode_bytes(raw)
    if MARKUP.match(decoded.text):
        return [extract_page(decoded.text)]
    controls = len(CONTROLS.findall(decoded.text, 0, 4000))
    if controls > 0.1 * min(len(decoded.text), 4000):
        raise FormatError("binary, not text")
    return [Document(decoded.text)]


FORMAT = Format("text", (".txt", ".md"), read_plain_text)
