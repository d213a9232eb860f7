"""Web pages: their main text, and what they say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.candidates import (
    count_prose,
    find_chunks,
    is_fuller,
    join_chunks,
    quote_posts,
    show_hidden,
    take_own_account,
)
from helpers.articles.formats.markup import MAX_NESTING, TAG, is_nested_deeper
from helpers.articles.formats.records.tabled_page import read_tabled_page
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text
from helpers.articles.parts import read_live_blog, split_page
from helpers.store.publishers import find_host

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The date that a page shows for itself, and no year picked out of its text: see htmldate's strict mode.
STRICT_DATES = {"extensive_search": False, "original_date": True}
SHORT_PAGE = 120  # words of a precise extraction, below which it may have lost some
MARKS = (b"<!doctype html", b"<html", b"<!-- saved from")


def read_page(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved web page: its main text and metadata by trafilatura, decoded by us beforehand; or its several articles."""
    page = read_text(raw, name)
    if not TAG.search(page):
        return [Document(page)]
    return split_page(page) or read_tabled_page(page, limits) or [extract_page(page)]


def extract_page(page: str, url: str | None = None) -> Document:
    """Take the article out of a page's source; a page that nests without end or declares entities is refused.

    Of the texts that a page holds, the one that shows is taken unless another holds clearly more of the same: what
    it says of itself, or the chunks of which only the first was found.
    """
    if "<!ENTITY" in page[:20_000].upper():
        raise FormatError("refused: the page declares XML entities")
    if is_nested_deeper(page, MAX_NESTING):
        return Document("", url=url, skipped=f"no text found: tags nested more than {MAX_NESTING:,} deep")
    live = read_live_blog(page)
    if live is not None:
        return live
    from trafilatura.utils import load_html  # a folder of plain texts is read without it

    tree = load_html(page)
    if tree is None:
        return Document("", url=url, skipped="no text found")
    notes = _prepare(tree)
    body, free = take_own_account(tree)
    found = _extract(tree, url)
    text = clean_text(found.text) if found is not None and found.text else ""
    chunks = find_chunks(tree)
    if count_prose(chunks) > len(text.split()):
        join_chunks(chunks)
        joined = _extract(tree, url)
        if joined is not None and joined.text and is_fuller(joined.text, text):
            text = clean_text(joined.text)
            notes.append("the page holds its text in several chunks, which were joined")
    if body and is_fuller(body, text):
        text = body
        notes.append("the text is the one that the page gives of itself (articleBody): what shows is shorter")
    elif not free:
        notes.append("the page says that it is not free to read: its text may break off")
    return _describe(found, text, url, notes)


def _prepare(tree: HtmlElement) -> list[str]:
    """Make a page show its whole article, and its embedded posts as quotations; gives what to note of it."""
    notes = []
    hidden, posts = show_hidden(tree), quote_posts(tree)
    if hidden:
        notes.append(f"{hidden} hidden paragraphs of the page were read")
    if posts:
        notes.append(f"{posts} embedded posts were set in quotation marks")
    return notes


def _extract(tree: HtmlElement, url: str | None):
    """Extract the main text as precisely as can be; a text that is short then, and fuller otherwise, as fully."""
    import trafilatura

    def take(precise: bool):
        return trafilatura.bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            favor_precision=precise,
            date_extraction_params=STRICT_DATES,
        )

    found = take(precise=True)
    shown = found.text if found is not None and found.text else ""
    if len(shown.split()) >= SHORT_PAGE:
        return found
    other = take(precise=False)
    return other if other is not None and other.text and (not shown or is_fuller(other.text, shown)) else found


def _describe(found, text: str, url: str | None, notes: list[str]) -> Document:
    if found is None or not text:
        return Document(text, url=url, skipped=None if text else "no text found", notes=notes if text else [])
    url = found.url or url
    metadata = {"title": found.title, "byline": found.author, "source": found.sitename, "published": found.date}
    metadata = {key: clean_text(value) for key, value in metadata.items() if value}
    # trafilatura takes the host for the name where a page does not give one.
    sure = {"source": "medium"} if metadata.get("source") == find_host(url or "") else {}
    return Document(text, metadata, url, notes=notes, origin="the page", sure=sure)


def is_page(raw: bytes) -> bool:
    """Say whether a file begins as a web page does."""
    head = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(MARKS) or (head.startswith(b"<?xml") and b"<html" in head)


FORMAT = Format(
    "web pages",
    (".html", ".htm", ".xhtml"),
    "one article, or the several of a database's export or a page of hits",
    read_page,
    is_page,
)
