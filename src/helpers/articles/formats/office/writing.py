"""A document of paragraphs as an article: its text, and its headline where one is set as such."""

from __future__ import annotations

from helpers.articles.documents import Document
from helpers.articles.formats.office.packages import Paragraph


def join_paragraphs(paragraphs: list[Paragraph]) -> Document:
    """Join the paragraphs of a document to one article, whose title is the headline that it opens with."""
    text = "\n\n".join(paragraph.text for paragraph in paragraphs)
    title = paragraphs[0].text if paragraphs and paragraphs[0].headline else ""
    metadata = {"title": " ".join(title.split())} if title else {}
    skipped = None if text else "no text in the document: a picture of a page, perhaps"
    return Document(text, metadata, skipped=skipped, origin="the document", sure=dict.fromkeys(metadata, "medium"))
