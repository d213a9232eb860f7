"""RSS and Atom files: one article an item."""

from __future__ import annotations

import io
import re
from html import escape, unescape
from html.entities import html5

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.markup import MAX_NESTING, is_nested_deeper, strip_tags
from helpers.articles.formats.registry import Format
from helpers.articles.stamps import read_published

HEAD = 3000  # bytes in which a feed begins, behind what may stand before it
BEGINNING = re.compile(
    rb"(?s)(?:\xef\xbb\xbf)?\s*<\?xml.*?<(?:rss|feed|rdf:rdf)[\s>]|(?:\xef\xbb\xbf)?\s*<(?:rss|feed|rdf:rdf)[\s>]", re.I
)
LINK = re.compile(r"<a\s[^>]*>.*?</a>", re.S | re.I)
LINKED_SHARE = 0.6  # share of an item's words that stand in links, from which it is a list of these
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what no XML may hold
# An entity, or an ampersand that begins none; the parts that hold markup literally are left alone.
ENTITY = re.compile(r"<!\[CDATA\[.*?\]\]>|&(?:(#?\w{1,32});)?", re.S)


def read_feed(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the items of an RSS or Atom file; declared entities are refused and nothing is fetched.

    A file that breaks off keeps the items before the break, and a row says so.
    """
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode_bytes(raw).text)
    source = ENTITY.sub(_write_entity, CONTROLS.sub("\ufffd", source))
    if is_nested_deeper(source, MAX_NESTING):
        raise FormatError(f"refused: tags nested more than {MAX_NESTING:,} deep")
    items, channel, broken = _parse_feed(source)
    if not items and not broken:
        raise FormatError("an XML file that is no feed: save the article as text, HTML or PDF")
    documents = [_read_item(item, channel) for item in items]
    if broken and not documents:
        raise FormatError(f"not a whole XML file: {broken}")
    if broken:
        stem = name.partition(".")[0]
        documents.append(Document("", name=f"{stem}-broken-items", skipped=f"the feed breaks off: {broken}"))
    return documents


def _write_entity(found: re.Match) -> str:
    """Write HTML's names of characters, which XML does not know, as the characters, and a bare ampersand as XML wants it."""
    name = found.group(1)
    if found.group().startswith("<"):
        return found.group()
    if name in ("amp", "lt", "gt", "quot", "apos") or (name or "").startswith("#"):
        return found.group()
    return escape(html5[f"{name};"]) if name and f"{name};" in html5 else "&amp;" + found.group()[1:]


def _parse_feed(source: str) -> tuple[list, str | None, str | None]:
    """Give the whole items of a feed, the name of its channel, and why the rest could not be read."""
    items, channel, open_items, broken = [], None, 0, None
    try:
        events = defusedxml.ElementTree.iterparse(io.BytesIO(source.encode("utf-8")), ("start", "end"), forbid_dtd=True)
        for event, node in events:
            name = _local(node.tag)
            if name in ("item", "entry"):
                open_items += 1 if event == "start" else -1
                if event == "end" and not open_items:
                    items.append(node)
            elif name == "title" and event == "end" and not open_items and channel is None:
                channel = "".join(node.itertext()).strip() or None
    except DefusedXmlException:
        raise FormatError("refused: the feed declares XML entities or a document type") from None
    except defusedxml.ElementTree.ParseError as error:
        broken = str(error)
    return items, channel, broken


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _child(node, *names: str) -> str | None:
    """Give the text of the first child of one of these names; markup inside of it stays markup."""
    for name in names:
        for child in node:
            if _local(child.tag) == name:
                text = _write_inside(child).strip()
                if text:
                    return text
    return None


def _write_inside(node) -> str:
    """Write what a node holds: its text, or the markup of an XHTML text with the names of its blocks."""
    if not len(node):
        return node.text or ""
    pieces = [escape(node.text or "")]
    for child in node:
        name = _local(child.tag)
        pieces += [f"<{name}>", _write_inside(child) if len(child) else escape(child.text or ""), f"</{name}>"]
        pieces.append(escape(child.tail or ""))
    return "".join(pieces)


def _grandchild(node, name: str, *inner: str) -> str | None:
    """Give the text of a child that may hold it one level deeper, as Atom's author holds a name."""
    for child in node:
        if _local(child.tag) == name:
            text = _child(child, *inner) or (child.text or "").strip()
            if text:
                return text
    return None


def _read_item(item, channel: str | None) -> Document:
    markup = _child(item, "encoded", "content", "description", "summary") or ""
    text = strip_tags(markup)
    links = [child.get("href") for child in item if _local(child.tag) == "link" and child.get("href")]
    metadata = {
        "title": _cut_publisher(unescape(_child(item, "title") or ""), _grandchild(item, "source", "title")),
        "byline": _child(item, "creator") or _grandchild(item, "author", "name"),
        "source": _grandchild(item, "source", "title") or channel,
    }
    notes, sure = [], {}
    for name, how_sure in (("pubdate", "high"), ("published", "high"), ("date", "high"), ("updated", "medium")):
        given = _child(item, name)
        published = read_published(given) if given else None
        if published and published.date:
            metadata["published"], sure["published"] = published.date, how_sure
            break
        if published:
            notes.append(published.why)
    metadata = {key: clean_text(value) for key, value in metadata.items() if value}
    url = _child(item, "link") or next(iter(links), None)
    skipped = None if text else "no text in this item of the feed"
    if text and _lists_headlines(markup):
        text, skipped = "", "a list of headlines that lead to papers, and no article: save the articles themselves"
    return Document(text, metadata, url, skipped=skipped, notes=notes, origin="the feed", sure=sure)


def _cut_publisher(title: str, publisher: str | None) -> str:
    """Cut the publisher off a headline behind which a service that gathers feeds has set it."""
    return title.removesuffix(f" - {publisher}") if publisher else title


def _lists_headlines(markup: str) -> bool:
    """Say whether the text of an item is made of links, with what they lead to: other papers' headlines, not this article."""
    links = LINK.findall(markup)
    linked = sum(len(strip_tags(link).split()) for link in links)
    return bool(links) and linked >= LINKED_SHARE * len(strip_tags(markup).split())


FORMAT = Format(
    "RSS and Atom files",
    (".xml", ".rss", ".atom"),
    "one article an item; a list of other papers' headlines is set aside",
    read_feed,
    lambda raw: bool(BEGINNING.match(raw[:HEAD])),
)
