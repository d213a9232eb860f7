"""Books for electronic readers (.epub), into which readers of feeds and clipping services bind articles."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.markup import strip_tags
from helpers.articles.formats.office.packages import Package, list_members
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import Format

CONTAINER = "META-INF/container.xml"
KIND = b"application/epub+zip"
FEWEST_WORDS = 40  # of a chapter: a cover, a table of contents or a note of rights has fewer


def read_epub(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the chapters of a book, each as an article; covers and tables of contents are left out."""
    package = Package(raw, "book", limits)
    documents: list[Document] = []
    title, publisher, places = _read_contents(package)
    left = limits.size * 5
    for place in places[: limits.members]:
        content = package.read(place)
        left -= len(content)
        if left < 0:
            raise FormatError("refused: the book holds more than the limit")
        document = _read_chapter(decode_bytes(content).text)
        if len(document.text.split()) >= FEWEST_WORDS:
            documents.append(document)
    for document in documents:
        named = publisher or (title if title != document.metadata.get("title") else "")
        if named and "source" not in document.metadata:
            document.metadata["source"], document.sure["source"] = named, "medium" if publisher else "low"
    return documents


def _read_chapter(page: str) -> Document:
    """Read one chapter as the page that it is; where no article shows in it, all of its text."""
    document = extract_page(page)
    text = strip_tags(page.partition("<body")[2].partition(">")[2])
    if len(document.text) < len(text) / 2:
        document = Document(text, document.metadata)
    document.origin = "the book"
    return document


def _read_contents(package: Package) -> tuple[str, str, list[str]]:
    """Read a book's title and publisher, and the places of its chapters in their order."""
    root = _parse(package.read(CONTAINER))
    place = next((node.get("full-path") for node in root.iter() if node.get("full-path")), None)
    if not place:
        raise FormatError("not a whole book: its table of contents is missing")
    book = _parse(package.read(place))
    named = {_local(node.tag): (node.text or "").strip() for node in reversed(list(book.iter()))}
    items = {node.get("id"): node for node in book.iter() if _local(node.tag) == "item"}
    spine = [items.get(node.get("idref")) for node in book.iter() if _local(node.tag) == "itemref"]
    chapters = [node for node in spine if node is not None and "html" in (node.get("media-type") or "")]
    chapters = [node for node in chapters if "nav" not in (node.get("properties") or "").split()]
    places = [
        posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(c.get("href") or ""))) for c in chapters
    ]
    return clean_text(named.get("title", "")), clean_text(named.get("publisher", "")), places


def _parse(content: bytes):
    try:
        return defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise FormatError("refused: the book declares XML entities or a document type") from None
    except defusedxml.ElementTree.ParseError as error:
        raise FormatError(f"not a whole book: {error}") from None


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


FORMAT = Format(
    "books",
    (".epub",),
    "one article a chapter",
    read_epub,
    lambda raw: KIND in raw[:200] and CONTAINER in list_members(raw),
)
