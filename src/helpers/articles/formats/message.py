"""Saved messages: the text that somebody mailed, or the one that was forwarded with it."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parseaddr

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.markup import strip_tags
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import Format
from helpers.articles.stamps import read_published

FULLER = 2  # times the words of the plain part, from which the part with markup is the article and that a stub
HEADERS = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+){3}")
TELLING = re.compile(rb"^(?:received|mime-version|message-id|return-path|delivered-to|content-type):", re.I | re.M)
# Mail is laid out in tables, which are none: those have headers.
LAYOUT, HEADER_CELL = re.compile(r"<(/?)(?:table|tbody|tr|td)\b[^>]*>", re.I), re.compile(r"<th\b", re.I)
# The head that programs set above what they hand on, with a line before it that says so or without one.
HANDED_ON = re.compile(
    r"^(?:[^\n]*(?:forwarded message|original message)[^\n]*\n\s*)?"
    r"(?P<head>(?:[> *]*(?:From|Date|Sent|Subject|To|Cc|Reply-To):[^\n]+\n\s*){3,7})",
    re.M | re.I,
)
FIELD = re.compile(r"^[> *]*(?P<name>From|Date|Sent|Subject):[* ]*(?P<value>[^\n]*?)[* ]*$", re.M | re.I)
ROLES = re.compile(
    r"(?:no-?reply|news(?:letters?)?|info|editors?|desk|alerts?|mail|hello|updates?|press|briefing|daily)\b", re.I
)


def read_email(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved message: the part that holds its text; subject, sender and date are the metadata.

    A message that only hands another on gives that one, with its own sender and date.
    """
    message = email.message_from_bytes(raw, policy=email.policy.default)
    document = _read_body(message)
    _describe(document, message["subject"], message["from"], message["date"])
    inner = [part.get_payload(0) for part in message.walk() if part.get_content_type() == "message/rfc822"]
    for number, handed_on in enumerate(inner):
        forwarded = _read_body(handed_on)
        if len(forwarded.text.split()) > len(document.text.split()) or (number and not document.skipped):
            document = forwarded
            _describe(document, handed_on["subject"], handed_on["from"], handed_on["date"])
            document.notes.append("the message forwards another, which was read")
    document = _take_handed_on(document)
    if not document.text and not document.skipped:
        document.skipped = "a message without a text"
    attached = sum(1 for _ in message.iter_attachments()) - len(inner) if message.is_multipart() else 0
    if attached > 0:
        document.notes.append(f"{attached} attachments not read")
    return [document]


def _read_body(message: EmailMessage) -> Document:
    """Read the text of a message: its plain part, unless that is a stub beside the part with markup."""
    if not isinstance(message, EmailMessage):
        raise FormatError("a message without a text")
    parts = {kind: message.get_body(preferencelist=(kind,)) for kind in ("plain", "html")}
    if parts["plain"] is None and parts["html"] is None:
        if any(part.get_content_type() == "message/rfc822" for part in message.walk()):
            return Document("")
        raise FormatError("a message without a text")
    plain = Document(decode_part(parts["plain"])) if parts["plain"] is not None else Document("")
    if parts["html"] is None:
        return plain
    page = _read_markup(decode_part(parts["html"]))
    if len(page.text.split()) <= FULLER * len(plain.text.split()):
        return plain
    if plain.text.strip():
        page.notes.append("the message's part with markup was read: its plain part is a stub")
    return page


def _read_markup(page: str) -> Document:
    """Read the part with markup: the article in it, or all of its text where an article shows too little of it."""
    page = page if HEADER_CELL.search(page) else LAYOUT.sub(r"<\1div>", page)
    document, whole = extract_page(page), strip_tags(page)
    document.metadata, document.sure = {}, {}
    if HANDED_ON.search(whole):
        return Document(whole)
    if not document.text and whole:
        return Document(whole, notes=["the whole text of the message: no article found in its HTML"])
    return document


def _take_handed_on(document: Document) -> Document:
    """Take the one message that another hands on in its text, with the sender and day of its own head; of several, none."""
    heads = [head for head in HANDED_ON.finditer(document.text) if re.search(r"^[> *]*From:", head["head"], re.M)]
    if len(heads) != 1:
        return document
    inner = document.text[heads[0].end() :].strip()
    if len(inner.split()) <= len(document.text[: heads[0].start()].split()):
        return document
    if all(line.startswith(">") for line in inner.split("\n") if line.strip()):
        inner = re.sub(r"^> ?", "", inner, flags=re.M)
    fields = {field["name"].capitalize(): field["value"] for field in FIELD.finditer(heads[0]["head"])}
    handed_on = Document(inner, notes=[*document.notes, "the message hands another on, which was read"])
    _describe(handed_on, fields.get("Subject"), fields.get("From"), fields.get("Date") or fields.get("Sent"))
    return handed_on


def _describe(document: Document, subject: object, sender: object, date: object) -> None:
    """Take the head of a message for what it says of the text: a sender whose name is its address's house is the publisher."""
    published = read_published(date) if date else None
    if published and published.why:
        document.notes.append(published.why)
    title = re.sub(r"^(?:(?:fwd?|re|wg|tr):\s*)+", "", clean_text(str(subject or "")), flags=re.I)
    name, address = parseaddr(clean_text(str(sender or "")))
    name = name.strip("'\" ")
    metadata = {"title": title, _tell_sender(name, address): name or address, "published": published and published.date}
    document.metadata = {key: value for key, value in metadata.items() if value}
    document.origin, document.sure = "the message", {"source": "medium"}


def _tell_sender(name: str, address: str) -> str:
    """Say whether the sender of a message is a publisher or a person, by what the name has in common with the address."""
    local, _, host = address.casefold().partition("@")
    folded = re.sub(r"\W+|^the\b", "", name.casefold())
    if folded and re.sub(r"\W+", "", local) == folded:
        return "byline"
    shared = folded and any(
        folded in re.sub(r"\W+", "", part) or (len(part) > 3 and re.sub(r"\W+", "", part) in folded)
        for part in host.split(".")[:-1]
    )
    return "source" if shared or ROLES.match(local) else "byline"


def decode_part(part: EmailMessage) -> str:
    """Decode the text of one part by the charset that it names."""
    return decode_bytes(part.get_payload(decode=True) or b"", part.get_content_charset()).text


def is_message(raw: bytes) -> bool:
    """Say whether a file begins with the headers of a message."""
    head = HEADERS.match(raw[:20_000])
    return bool(head) and bool(TELLING.search(raw[:3000]))


FORMAT = Format("messages", (".eml",), "one article, or the one that it forwards", read_email, is_message)
