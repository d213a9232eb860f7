"""Pages that a browser saved as one file."""

from __future__ import annotations

import email
import email.policy
import re

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.message import decode_part
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import Format

HEAD = 3000
BEGINNING = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+)*?content-type:\s*multipart/related", re.I)


def read_mhtml(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a page saved as one file (MHTML): its first HTML part."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return [extract_page(decode_part(part), part["content-location"] or message["snapshot-content-location"])]
    raise FormatError("a saved page without an HTML part")


def is_saved_page(raw: bytes) -> bool:
    """Say whether a file is a page with its pictures: a message of related parts."""
    return bool(BEGINNING.match(raw[:HEAD]))


FORMAT = Format("pages saved as one file", (".mhtml", ".mht"), "one article", read_mhtml, is_saved_page)
