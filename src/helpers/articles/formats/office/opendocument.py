"""Documents of LibreOffice and its kin (.odt)."""

from __future__ import annotations

from helpers.articles.documents import Document, Limits
from helpers.articles.formats.office.packages import Notation, Package, list_members, read_paragraphs
from helpers.articles.formats.office.writing import join_paragraphs
from helpers.articles.formats.registry import Format

BODY = "content.xml"
KIND = b"application/vnd.oasis.opendocument.text"
NOTATION = Notation(
    paragraphs=frozenset({"p", "h"}),
    texts=frozenset(),
    signs={"line-break": "\n", "tab": "\t", "s": " "},
    hidden=frozenset({"tracked-changes", "annotation", "note", "automatic-styles"}),
    headline="h",
    styles=frozenset({"1", "Title"}),
)


def read_odt(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read an OpenDocument text, paragraph by paragraph."""
    package = Package(raw, "OpenDocument text", limits)
    return [join_paragraphs(read_paragraphs(package.read(BODY), NOTATION, "OpenDocument text"))]


def is_odt(raw: bytes) -> bool:
    """Say whether a package is an OpenDocument text: its kind is its first member and not packed."""
    return raw[:4] == b"PK\x03\x04" and KIND in raw[:200] and BODY in list_members(raw)


FORMAT = Format("OpenDocument texts", (".odt", ".ott"), "one article", read_odt, is_odt)
