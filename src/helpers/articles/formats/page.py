"""Web pages: their main text, and what they say of themselves."""

from __future__ import annotations

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.markup import MAX_NESTING, is_nested_deeper
from helpers.articles.formats.registry import Format
from helpers.articles.parts import split_page
from helpers.store.publishers import find_host

# The date that a page shows for itself, and no year picked out of its text: see htmldate's strict mode.
STRICT_DATES = {"extensive_search": False, "original_date": True}


def read_page(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved web page: its main text and metadata by trafilatura, decoded by us beforehand; or its several articles."""
    page = decode_bytes(raw).text
    return split_page(page) or [extract_page(page)]


def extract_page(page: str, url: str | None = None) -> Document:
    """Take the article out of a page's source; a page that nests without end or declares entities is refused."""
    if "<!ENTITY" in page[:20_000].upper():
        raise FormatError("refused: the page declares XML entities")
    if is_nested_deeper(page, MAX_NESTING):
        return Document("", url=url, skipped=f"no text found: tags nested more than {MAX_NESTING:,} deep")
    import trafilatura  # a folder of plain texts is read without it

    found = trafilatura.bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, date_extraction_params=STRICT_DATES
    )
    if found is None or not found.text:
        return Document("", url=url, skipped="no text found")
    url = found.url or url
    metadata = {"title": found.title, "byline": found.author, "source": found.sitename, "published": found.date}
    metadata = {key: clean_text(value) for key, value in metadata.items() if value}
    # trafilatura takes the host for the name where a page does not give one.
    sure = {"source": "medium"} if metadata.get("source") == find_host(url or "") else {}
    return Document(clean_text(found.text), metadata, url, origin="the page", sure=sure)


FORMAT = Format("web pages", (".html", ".htm", ".xhtml"), read_page)
