"""PDFs with a text layer."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.registry import Format, begin_with

if TYPE_CHECKING:
    import pypdf

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what a torn PDF lacks is said in its row


def read_pdf(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the text layer of a PDF, page after page; a scan has none and is skipped."""
    import pypdf  # a folder of plain texts is read without it

    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("an encrypted PDF")
        pages, lost = _read_pages(reader, limits)
        found = reader.metadata or {}
        metadata = {"title": found.get("/Title"), "byline": found.get("/Author")}
    except pypdf.errors.PyPdfError as error:
        raise FormatError(f"not a whole PDF: {' '.join(str(error).split())[:120]}") from None
    text = clean_text("\n\n".join(pages))
    metadata = {key: clean_text(str(value)) for key, value in metadata.items() if value}
    skipped = None if text.strip() else "a PDF without a text layer"
    notes = [f"{lost} pages could not be read"] if lost else []
    # What a program wrote into a PDF as its title is as often the name of another file.
    sure = dict.fromkeys(metadata, "medium")
    return [Document(text, metadata, skipped=skipped, notes=notes, origin="the PDF", sure=sure)]


def _read_pages(reader: pypdf.PdfReader, limits: Limits) -> tuple[list[str], int]:
    """Read the text of each page within the limit; a page that cannot be read costs only itself and is counted."""
    pages, lost, total = [], 0, 0
    for page in reader.pages:
        try:
            pages.append(page.extract_text())
        except Exception:  # whatever a damaged page does to the reader, the other pages stand
            lost += 1
            continue
        total += len(pages[-1])
        if total > limits.size:
            raise FormatError(f"refused: unpacks to more than the limit of {limits.size:,} bytes")
    return pages, lost


FORMAT = Format("PDFs with a text layer", (".pdf",), "one article", read_pdf, begin_with(b"%PDF-"))
