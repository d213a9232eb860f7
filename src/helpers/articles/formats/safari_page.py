"""Pages that Safari saved (.webarchive)."""

from __future__ import annotations

import plistlib

from helpers.articles.decoding import decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import Format, begin_with

MAIN = "WebMainResource"


def read_webarchive(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a page that Safari saved: its main part, by the encoding and address that stand beside it."""
    try:
        content = plistlib.loads(raw)
    except Exception as error:  # whatever a damaged list does to its reader, the file costs only itself
        raise FormatError(f"not a whole page of Safari: {' '.join(str(error).split())[:120]}") from None
    main = content.get(MAIN) if isinstance(content, dict) else None
    page = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(page, bytes):
        raise FormatError("a property list that holds no page: not a page that Safari saved")
    limits.check(len(page), len(raw))
    charset, url = main.get("WebResourceTextEncodingName"), main.get("WebResourceURL")
    text = decode_bytes(page, charset if isinstance(charset, str) else None).text
    return [extract_page(text, url if isinstance(url, str) else None)]


FORMAT = Format("pages saved by Safari", (".webarchive",), "one article", read_webarchive, begin_with(b"bplist0"))
