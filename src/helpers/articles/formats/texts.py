"""Files of text: their bytes as characters, and a reason where they are none."""

from __future__ import annotations

from helpers.articles.decoding import decode_bytes
from helpers.articles.documents import FormatError
from helpers.articles.formats.unread import explain_unread, is_binary

UNREADABLE = 0.1  # share of characters that had to be replaced, from which a file is no text


def read_text(raw: bytes, name: str, declared: str | None = None) -> str:
    """Decode a file of text; raises FormatError, with what it is, where its bytes are none."""
    decoded = decode_bytes(raw, declared)
    wide = decoded.encoding.startswith(("utf-16", "utf-32"))
    plain = decoded.text.encode("utf-8", "replace") if wide else raw
    if is_binary(plain) or decoded.replaced > UNREADABLE * len(decoded.text):
        raise FormatError(explain_unread(raw, name))
    return decoded.text
