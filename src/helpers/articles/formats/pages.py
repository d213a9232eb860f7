"""Web pages, saved pages, feeds and messages: their main text, and what they say of themselves."""

from __future__ import annotations

import email
import email.policy
import io
import re
from email.message import EmailMessage
from html import escape, unescape
from html.entities import html5
from html.parser import HTMLParser

import defusedxml.ElementTree
import trafilatura
from defusedxml import DefusedXmlException

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.stamps import read_published
from helpers.store.publishers import find_host

MAX_NESTING = 1_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)[^<>]*?(/?)>")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
# Their end tags may be left out, so that an open one says nothing of depth.
UNCLOSED = {"p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead"}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what no XML may hold
# An entity, or an ampersand that begins none; the parts that hold markup literally are left alone.
ENTITY = re.compile(r"<!\[CDATA\[.*?\]\]>|&(?:(#?\w{1,32});)?", re.S)
BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol", "figure", "figcaption"}
# The date that a page shows for itself, and no year picked out of its text: see htmldate's strict mode.
STRICT_DATES = {"extensive_search": False, "original_date": True}


def read_page(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved web page: its main text and metadata by trafilatura, decoded by us beforehand."""
    return [extract_page(decode_bytes(raw).text)]


def extract_page(page: str, url: str | None = None) -> Document:
    """Take the article out of a page's source; a page that nests without end or declares entities is refused."""
    if "<!ENTITY" in page[:20_000].upper():
        raise FormatError("refused: the page declares XML entities")
    if is_nested_deeper(page, MAX_NESTING):
        return Document("", url=url, skipped=f"no text found: tags nested more than {MAX_NESTING:,} deep")
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


def is_nested_deeper(page: str, limit: int) -> bool:
    """Say whether the tags of a page are nested deeper than `limit`, in one pass and no further than needed."""
    if page.count("<") - page.count("</") <= limit:
        return False  # without so many tags that open, none can be nested so deep: most pages end here
    depth = 0
    for closing, tag, alone in TAG.findall(page):
        folded = tag.lower()
        if alone or folded in VOID or folded in UNCLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > limit:
            return True
    return False


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.hidden += tag in ("script", "style")
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def strip_tags(markup: str) -> str:
    """Give the text of a piece of HTML that is article throughout, as in a feed: one paragraph a block."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = (line.strip() for line in "".join(parser.pieces).split("\n"))
    paragraphs: list[str] = []
    gap = 0
    for line in lines:
        if line:
            paragraphs += ["\n" if gap < 2 else "\n\n"] * bool(paragraphs) + [line]
            gap = 0
        gap += 1
    return clean_text("".join(paragraphs))


def read_feed(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the items of an RSS or Atom file; declared entities are refused and nothing is fetched.

    A file that breaks off keeps the items before the break, and a row says so.
    """
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode_bytes(raw).text)
    source = ENTITY.sub(_write_entity, CONTROLS.sub("\ufffd", source))
    if is_nested_deeper(source, MAX_NESTING):
        raise FormatError(f"refused: tags nested more than {MAX_NESTING:,} deep")
    items, channel, broken = _parse_feed(source)
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
    text = strip_tags(_child(item, "encoded", "content", "description", "summary") or "")
    links = [child.get("href") for child in item if _local(child.tag) == "link" and child.get("href")]
    metadata = {
        "title": unescape(_child(item, "title") or ""),
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
    return Document(text, metadata, url, skipped=skipped, notes=notes, origin="the feed", sure=sure)


def read_email(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved message: its plain part, else its HTML; subject, sender and date are the metadata."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = message.get_body(preferencelist=("plain", "html")) if isinstance(message, EmailMessage) else None
    if part is None:
        raise FormatError("a message without a text")
    text = _decode_part(part)
    document = Document(text)
    if part.get_content_type() == "text/html":
        document = extract_page(text)
        if document.skipped == "no text found" and strip_tags(text):
            document = Document(strip_tags(text), notes=["the whole text of the message: no article found in its HTML"])
    published = read_published(message["date"]) if message["date"] else None
    if published and published.why:
        document.notes.append(published.why)
    metadata = {"title": message["subject"], "byline": message["from"], "published": published and published.date}
    document.metadata = {key: clean_text(str(value)) for key, value in metadata.items() if value}
    document.origin, document.sure = "the message", {}
    attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    if attached:
        document.notes.append(f"{attached} attachments not read")
    return [document]


def _decode_part(part: EmailMessage) -> str:
    return decode_bytes(part.get_payload(decode=True) or b"", part.get_content_charset()).text


def read_mhtml(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a page saved as one file (MHTML): its first HTML part."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return [extract_page(_decode_part(part), part["content-location"] or message["snapshot-content-location"])]
    raise FormatError("a saved page without an HTML part")
