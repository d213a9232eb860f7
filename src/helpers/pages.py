"""Web pages, saved pages, feeds and messages: their main text, and what they say of themselves."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

import defusedxml.ElementTree
import trafilatura
from defusedxml import DefusedXmlException

from helpers.decoding import clean_text, decode_bytes
from helpers.documents import Document, FormatError, Limits

MAX_NESTING = 1_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
# Their end tags may be left out, so that an open one says nothing of depth.
UNCLOSED = {"p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead"}
BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol", "figure", "figcaption"}
# The date that a page shows for itself, and no year picked out of its text: see htmldate's strict mode.
STRICT_DATES = {"extensive_search": False, "original_date": True}


def read_page(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved web page: its main text and metadata by trafilatura, decoded by us beforehand."""
    return [extract_page(decode_bytes(raw).text)]


def extract_page(page: str, url: str | None = None) -> Document:
    """Take the article out of a page's source; a page that nests without end or declares entities is refused."""
    if re.search(r"<!ENTITY", page[:20_000], re.I):
        raise FormatError("refused: the page declares XML entities")
    if measure_nesting(page) > MAX_NESTING:
        return Document("", url=url, skipped=f"no text found: tags nested more than {MAX_NESTING:,} deep")
    found = trafilatura.bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, date_extraction_params=STRICT_DATES
    )
    if found is None or not found.text:
        return Document("", url=url, skipped="no text found")
    metadata = {"title": found.title, "byline": found.author, "source": found.sitename, "published": found.date}
    return Document(clean_text(found.text), {key: value for key, value in metadata.items() if value}, found.url or url)


def measure_nesting(page: str) -> int:
    """Measure how deep the tags of a page are nested, in one pass."""
    depth = deepest = 0
    for closing, tag, alone in TAG.findall(page):
        if alone or tag.lower() in VOID or tag.lower() in UNCLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


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
    return clean_text(re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(parser.pieces)).strip())


def read_feed(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the items of an RSS or Atom file; declared entities are refused and nothing is fetched."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode_bytes(raw).text)
    try:
        root = defusedxml.ElementTree.fromstring(source, forbid_dtd=True)
    except DefusedXmlException:
        raise FormatError("refused: the feed declares XML entities or a document type") from None
    except defusedxml.ElementTree.ParseError as error:
        raise FormatError(f"not a whole XML file: {error}") from None
    items = [node for node in root.iter() if _local(node.tag) in ("item", "entry")]
    channel = next((_child(node, "title") for node in root.iter() if _local(node.tag) in ("channel", "feed")), None)
    return [_read_item(item, channel) for item in items]


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _child(node, *names: str) -> str | None:
    for name in names:
        for child in node:
            if _local(child.tag) == name:
                text = "".join(child.itertext()).strip()
                if text:
                    return text
    return None


def _read_item(item, channel: str | None) -> Document:
    text = strip_tags(_child(item, "encoded", "content", "description", "summary") or "")
    links = [child.get("href") for child in item if _local(child.tag) == "link" and child.get("href")]
    metadata = {
        "title": _child(item, "title"),
        "byline": _child(item, "creator", "author"),
        "source": _child(item, "source") or channel,
        "published": read_message_date(_child(item, "pubdate", "published", "date")),
    }
    metadata = {key: clean_text(value) for key, value in metadata.items() if value}
    url = _child(item, "link") or next(iter(links), None)
    return Document(text, metadata, url=url, skipped=None if text else "no text in this item of the feed")


def read_message_date(value: str | None) -> str | None:
    """Read a date as mail and RSS write it, or as ISO 8601; None where it is neither."""
    if not value:
        return None
    if re.match(r"\d{4}-\d\d-\d\d", value.strip()):
        return value.strip()[:10]
    try:
        return parsedate_to_datetime(value).strftime("%Y-%m-%d")
    except (TypeError, ValueError, IndexError):
        return None


def read_email(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved message: its plain part, else its HTML; subject, sender and date are the metadata."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = message.get_body(preferencelist=("plain", "html")) if isinstance(message, EmailMessage) else None
    if part is None:
        raise FormatError("a message without a text")
    text = _decode_part(part)
    document = extract_page(text) if part.get_content_type() == "text/html" else Document(text)
    metadata = {"title": message["subject"], "byline": message["from"], "published": read_message_date(message["date"])}
    document.metadata = {key: clean_text(str(value)) for key, value in metadata.items() if value}
    attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    if attached:
        document.notes.append(f"{attached} attachments not read")
    return [document]


def _decode_part(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True) or b""
    charset = part.get_content_charset()
    try:
        return clean_text(payload.decode(charset or "", "replace")) if charset else decode_bytes(payload).text
    except LookupError:
        return decode_bytes(payload).text


def read_mhtml(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a page saved as one file (MHTML): its first HTML part."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return [extract_page(_decode_part(part), part["content-location"] or message["snapshot-content-location"])]
    raise FormatError("a saved page without an HTML part")
