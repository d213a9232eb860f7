"""Word documents (.docx): their text as it would be printed, without what was deleted in them."""

from __future__ import annotations

from helpers.articles.documents import Document, Limits
from helpers.articles.formats.office.packages import Notation, Package, list_members, read_paragraphs
from helpers.articles.formats.office.writing import join_paragraphs
from helpers.articles.formats.registry import Format

BODY = "word/document.xml"
NOTATION = Notation(
    paragraphs=frozenset({"p"}),
    texts=frozenset({"t"}),
    signs={"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"},
    # A text box stands twice in a document, for older programs under `Fallback`; `tabs` are stops, no characters.
    hidden=frozenset({"del", "moveFrom", "Fallback", "tabs", "instrText"}),
    headline="pStyle",
    styles=frozenset({"Title", "Heading1", "Titre1", "berschrift1"}),
)


def read_docx(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a Word document, paragraph by paragraph; what it says of its author and date is of whoever saved it."""
    package = Package(raw, "Word document", limits)
    return [join_paragraphs(read_paragraphs(package.read(BODY), NOTATION, "Word document"))]


FORMAT = Format(
    "Word documents",
    (".docx", ".docm", ".dotx"),
    "one article, or the several of a database's export",
    read_docx,
    lambda raw: BODY in list_members(raw),
)
