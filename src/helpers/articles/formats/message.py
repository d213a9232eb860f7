"""Saved messages: the text that somebody mailed."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.markup import strip_tags
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import Format
from helpers.articles.stamps import read_published


def read_email(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a saved message: its plain part, else its HTML; subject, sender and date are the metadata."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = message.get_body(preferencelist=("plain", "html")) if isinstance(message, EmailMessage) else None
    if part is None:
        raise FormatError("a message without a text")
    text = decode_part(part)
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


def decode_part(part: EmailMessage) -> str:
    """Decode the text of one part by the charset that it names."""
    return decode_bytes(part.get_payload(decode=True) or b"", part.get_content_charset()).text


FORMAT = Format("messages", (".eml",), read_email)
