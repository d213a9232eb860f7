"""Pages that hold several articles: exports of databases as HTML, lists of hits with their whole texts."""

from __future__ import annotations

import re
from collections import defaultdict

import lxml.html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document
from helpers.articles.formats.markup import is_nested_deeper
from helpers.articles.parts.envelope import Envelope, make_document, name_publisher, read_envelope
from helpers.language.lexicons import load_lexicon

BOX = re.compile(r"<article\b|<\w+[^>]+\b(?:class|id)=[\"'][^\"']*\b(?:article|document|hit|result|story)\b", re.I)
BOXES = frozenset({"article", "document", "hit", "result", "story"})
LIVE = re.compile(r"LiveBlogPosting|class=[\"'][^\"']*\blive-?(?:blog|updates?)\b", re.I)
BLOCKS = frozenset(
    {"article", "p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "section", "header"}
    | {"footer", "table", "ul", "ol", "figure"}
)
HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "form", "button", "nav", "aside"})
FEWEST_WORDS = 25  # in the paragraphs of each box
FEWEST_PARAGRAPHS = 2
DEEPEST = 300  # tags in one another, in a page that is taken apart


def split_page(page: str) -> list[Document]:
    """Split a page into its articles where it holds several, each in a box of its own with its head; else give none.

    The posts of a live blog are one article's, and a box that only leads to an article (a title, a line) is none.
    """
    if len(BOX.findall(page)) < 2 or LIVE.search(page) or is_nested_deeper(page, DEEPEST):
        return []
    root = read_tree(page)
    if root is None:
        return []
    for boxes in _list_boxes(root):
        found = [_read_box(box) for box in boxes]
        whole = [document for document in found if document is not None]
        if len(whole) > 1:
            for number, document in enumerate(whole, 1):
                document.place = f"article {number} of {len(whole)} of the page"
            return whole
    return []


def read_tree(page: str) -> HtmlElement | None:
    """Read the source of a page as a tree; None where it is none."""
    try:
        return lxml.html.document_fromstring(page.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError):
        return None


def _list_boxes(root: HtmlElement) -> list[list[HtmlElement]]:
    """List the groups of boxes of one kind that stand beside one another, the outermost first."""
    groups: dict[tuple, list[HtmlElement]] = defaultdict(list)
    for element in root.iter("article", "div", "section", "li", "td"):
        names = set((element.get("class") or "").lower().split())
        named = (element.get("id") or "").lower().partition("-")[0]
        if element.tag == "article" or names & BOXES or named in BOXES:
            groups[element.tag, len(list(element.iterancestors()))].append(element)
    return [boxes for boxes in groups.values() if len(boxes) > 1]


def _read_box(box: HtmlElement) -> Document | None:
    """Read one box as an article; None where it has no head or no text of its own."""
    paragraphs = [words for one in box.iter("p") if (words := len(one.text_content().split()))]
    given = _read_classes(box)
    lines = list_lines(box, skipped=frozenset(element for element, _, _ in given))
    envelope = read_envelope(lines)
    found = Envelope(body=envelope.body)
    for _, name, value in given:
        found.keep(name, name_publisher(value) if name == "source" else value)
    for name, value in envelope.fields.items():
        found.keep(name, value, envelope.sure[name])
    told = found.fields.keys() & {"source", "published", "byline"}
    if "title" not in found.fields or not told or sum(paragraphs) < FEWEST_WORDS or len(found.body) < FEWEST_PARAGRAPHS:
        return None
    return make_document(found, Document(""), "the page")


def _read_classes(box: HtmlElement) -> list[tuple[HtmlElement, str, str]]:
    """Read the fields of an article that elements of its box name by their class or by what they are."""
    found: dict[str, tuple[HtmlElement, str, str]] = {}
    for element in box.iter(lxml.etree.Element):
        value = " ".join(element.text_content().split())
        name = _name_field(element)
        if name and value and len(value) < 300 and name not in found:
            given = element.get("datetime") or value if name == "published" else re.sub(r"^by ", "", value, flags=re.I)
            found[name] = (element, name, clean_text(given))
    return list(found.values())


def _name_field(element: HtmlElement) -> str | None:
    if element.tag in ("h1", "h2", "h3"):
        return "title"
    if element.tag == "time":
        return "published"
    names = (element.get("class") or "").lower().split()
    return next(
        (row["field"] for row in load_lexicon("page_classes") if any(n.endswith(row["entry"]) for n in names)), None
    )


def list_lines(element: HtmlElement, skipped: frozenset = frozenset()) -> list[str]:
    """List the lines of an element as a browser sets them, without the elements that are `skipped`."""
    pieces: list[str] = []
    _write(element, pieces, skipped)
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return [clean_text(re.sub(r"[ \xa0]+", " ", line)) for line in lines if line]


def _write(element: HtmlElement, pieces: list[str], skipped: frozenset) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag and tag not in HIDDEN and element not in skipped:
        edge = "\n" if tag in BLOCKS else "\t" if tag == "td" else ""
        pieces.append(edge)
        pieces.append(re.sub(r"\s+", " ", element.text or ""))
        for child in element:
            _write(child, pieces, skipped)
        pieces.append(edge if tag != "td" else "")
    pieces.append(re.sub(r"\s+", " ", element.tail or ""))
