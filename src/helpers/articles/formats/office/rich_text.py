"""Rich text (.rtf), as word processors and databases of papers export it."""

from __future__ import annotations

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.registry import Format, begin_with

MOST_GROUPS = 200_000  # braces beyond which a file is no writing; each costs the reader a step


def read_rtf(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the text of a rich text file; its controls are ASCII, and say themselves how other letters are coded."""
    if raw.count(b"{") > MOST_GROUPS:
        raise FormatError(f"refused: more than {MOST_GROUPS:,} groups in it")
    from striprtf.striprtf import rtf_to_text  # a folder without rich text is read without it

    try:
        text = rtf_to_text(raw.decode("latin-1"), errors="replace")
    except Exception as error:  # whatever a damaged file does to the reader, it costs only itself
        raise FormatError(f"not a whole rich text file: {' '.join(str(error).split())[:120]}") from None
    lines = (line.strip() for line in clean_text(text).split("\n"))
    text = "\n\n".join(line for line in lines if line)
    return [Document(text, skipped=None if text else "no text in the document: a picture of a page, perhaps")]


FORMAT = Format(
    "rich text",
    (".rtf",),
    "one article, or the several of a database's export",
    read_rtf,
    begin_with(b"{\\rtf"),
)
