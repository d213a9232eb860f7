"""PDFs with a text layer."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.pdf_layout import Piece, Pieces, set_paragraphs
from helpers.articles.formats.registry import Format, begin_with

if TYPE_CHECKING:
    import pypdf

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what a torn PDF lacks is said in its row

PLACEHOLDERS = frozenset({"", "untitled", "anonymous", "unspecified", "unknown", "none", "document", "author", "title"})
PRINTED = re.compile(r"(?P<title>.{15,}?) (?:[-–—|]) (?P<source>[A-Z][\w&'’. ]{2,40})$")  # as browsers name a page
LEAST_SET = 0.8  # of the letters of a PDF that its lines must hold, to be read in their order


def read_pdf(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the text layer of a PDF, page after page; a scan has none and is skipped."""
    import pypdf  # a folder of plain texts is read without it

    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("an encrypted PDF")
        pages, pieces, lost = _read_pages(reader, limits)
        metadata = _read_metadata(reader.metadata or {})
    except pypdf.errors.PyPdfError as error:
        raise FormatError(f"not a whole PDF: {' '.join(str(error).split())[:120]}") from None
    set_text, told = set_paragraphs(pieces, str((reader.metadata or {}).get("/Title", "")))
    whole = _count_letters(set_text) >= LEAST_SET * sum(map(_count_letters, pages)) - _count_letters(" ".join(told))
    text = clean_text(set_text if whole else "\n\n".join(pages))
    skipped = None if text.strip() else "a PDF without a text layer"
    notes = ([f"{lost} pages could not be read"] if lost else []) + (told if whole else [])
    # What a program wrote into a PDF as its title is as often the name of another file.
    sure = dict.fromkeys(metadata, "medium")
    return [Document(text, metadata, skipped=skipped, notes=notes, origin="the PDF", sure=sure)]


def _read_metadata(found: dict) -> dict[str, str]:
    """Read title, author and publisher out of what a program wrote into a PDF, without the words that it puts for none."""
    told = {"title": found.get("/Title"), "byline": found.get("/Author")}
    metadata = {key: clean_text(str(value)).strip() for key, value in told.items() if value}
    metadata = {key: value for key, value in metadata.items() if value.strip("()").casefold() not in PLACEHOLDERS}
    printed = PRINTED.match(metadata.get("title", ""))
    return metadata | ({"title": printed["title"], "source": printed["source"]} if printed else {})


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _read_pages(reader: pypdf.PdfReader, limits: Limits) -> tuple[list[str], list[list[Piece]], int]:
    """Read each page within the limit, as text and as pieces with their places.

    A page that cannot be read costs only itself and is counted.
    """
    pages, pieces, lost, total = [], [], 0, 0
    for page in reader.pages:
        own = Pieces()
        try:
            pages.append(page.extract_text(visitor_text=own.visit))
        except Exception:  # whatever a damaged page does to the reader, the other pages stand
            lost += 1
            continue
        pieces.append(own.found)
        total += len(pages[-1])
        if total > limits.size:
            raise FormatError(f"refused: unpacks to more than the limit of {limits.size:,} bytes")
    return pages, pieces, lost


FORMAT = Format(
    "PDFs with a text layer",
    (".pdf",),
    "one article, or the several of a database's export",
    read_pdf,
    begin_with(b"%PDF-"),
)
