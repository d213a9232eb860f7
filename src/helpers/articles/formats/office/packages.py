"""Zipped packages of office programs: their members within the limits, and the paragraphs of the XML in them."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException

from helpers.articles.decoding import clean_text
from helpers.articles.documents import FormatError, Limits
from helpers.articles.formats.markup import MAX_NESTING

PACKED = b"PK\x03\x04"


def list_members(raw: bytes) -> frozenset[str]:
    """List the names of the members of a zipped package; none where it is not whole."""
    if not raw.startswith(PACKED):
        return frozenset()
    try:
        return frozenset(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


class Package:
    """A zipped package, of which single members are read within the limits; raises FormatError where it is none."""

    def __init__(self, raw: bytes, called: str, limits: Limits):
        self.called, self.limits = called, limits
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise FormatError(f"not a whole {called}: {' '.join(str(error).split())[:120]}") from None

    def read(self, name: str) -> bytes:
        """Read one member; raises FormatError where it is absent, damaged, encrypted or too large."""
        try:
            member = self.archive.getinfo(name)
            if member.flag_bits & 1:
                raise FormatError(f"an encrypted {self.called}: save it without a password")
            self.limits.check(member.file_size, member.compress_size)
            with self.archive.open(member) as file:
                content = file.read(self.limits.size + 1)
        except KeyError:
            raise FormatError(f"not a whole {self.called}: {name} is missing") from None
        except FormatError:
            raise
        except Exception as error:  # whatever a damaged member does to the unpacker, the file costs only itself
            raise FormatError(f"not a whole {self.called}: {' '.join(str(error).split())[:120]}") from None
        self.limits.check(len(content), member.compress_size)
        return content


class Paragraph(NamedTuple):
    """A paragraph of a document, and whether it is set as a headline."""

    text: str
    headline: bool


class Notation(NamedTuple):
    """How a kind of document writes its text in XML: names of elements, without their prefixes."""

    paragraphs: frozenset[str]
    texts: frozenset[str]  # elements that alone hold characters; none where all inside a paragraph count
    signs: dict[str, str]  # elements that stand for a character
    hidden: frozenset[str]  # elements with all that is in them: what was deleted, notes, settings
    headline: str  # element whose attribute names the style of a paragraph, or the paragraph itself
    styles: frozenset[str]  # values of such attributes that make it a headline


class _Paragraphs(ContentHandler):
    def __init__(self, notation: Notation):
        super().__init__()
        self.notation = notation
        self.found: list[Paragraph] = []
        self.open: list[list[str]] = []
        self.headline: list[bool] = []
        self.hidden = self.reading = self.depth = 0

    def startElement(self, name: str, attrs) -> None:  # noqa: N802  the name is SAX's
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise FormatError(f"refused: tags nested more than {MAX_NESTING:,} deep")
        local, notation = name.rpartition(":")[2], self.notation
        self.hidden += local in notation.hidden
        if local in notation.paragraphs:
            self.open.append([])
            self.headline.append(False)
        if local == notation.headline and self.headline:
            self.headline[-1] |= not notation.styles.isdisjoint(attrs.values())
        if local in notation.signs and self.open and not self.hidden:
            self.open[-1].append(notation.signs[local])
        self.reading += local in notation.texts

    def characters(self, content: str) -> None:
        if self.open and not self.hidden and (self.reading or not self.notation.texts):
            self.open[-1].append(content)

    def endElement(self, name: str) -> None:  # noqa: N802  the name is SAX's
        self.depth -= 1
        local = name.rpartition(":")[2]
        self.hidden -= local in self.notation.hidden
        self.reading -= local in self.notation.texts
        if local in self.notation.paragraphs:
            text, headline = "".join(self.open.pop()).strip(), self.headline.pop()
            if text and not self.hidden:
                self.found.append(Paragraph(clean_text(text), headline))


def read_paragraphs(xml: bytes, notation: Notation, called: str) -> list[Paragraph]:
    """Read the paragraphs of a document's XML as they stand in it, holding none of its tree; raises FormatError."""
    handler = _Paragraphs(notation)
    try:
        defusedxml.sax.parseString(xml, handler, forbid_dtd=True)
    except DefusedXmlException:
        raise FormatError("refused: the document declares XML entities or a document type") from None
    except SAXException as error:
        raise FormatError(f"not a whole {called}: {' '.join(str(error).split())[:120]}") from None
    return handler.found
