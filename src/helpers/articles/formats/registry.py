"""Which format opens which file: bytes in, documents out. A new format is one module here and its name in the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.unread import explain_unread

# Where several know a file by its bytes, the first is asked: what is packed in a way of its own stands before its kind.
NAMES = (
    "plain_text",
    "markdown",
    "page",
    "saved_page",
    "safari_page",
    "message",
    "mailbox",
    "pdf",
    "office.word",
    "office.opendocument",
    "office.rich_text",
    "office.book",
    "subtitles",
    "feed",
    "records.json_file",
    "records.json_lines",
    "records.delimited",
    "records.sheet",
    "records.parquet_file",
    "records.references",
    "crawl",
    "web_archive",
    "gzipped",
    "zipped",
)
# What lies beside the articles in a folder or an archive without being one.
NOT_ARTICLES = re.compile(
    r"^(?:readme(?:\..*)?|\..*|_.*|~\$.*|.*~|.*\.(?:bak|tmp|swp|part|crdownload)|story\.ya?ml|.*\.(?:ya?ml|log|py|ipynb|cfg|toml|ini|css|js)|thumbs\.db|desktop\.ini)$",
    re.I,
)
ENDING = re.compile(r"\.[a-z][a-z0-9]{0,9}")  # what else stands behind a full stop is part of a name


class Format(NamedTuple):
    """A format of files: what a reader of the manual calls it, how its files are told, what they give and how they are read.

    Files are told by the endings of their names and by their bytes: `shows` says whether these can be nothing else. A
    file of many articles may be cut: `cut` gives the places of stretches of about so many bytes that can be read alone,
    and `part` the places of the single articles in the bytes of a stretch.
    """

    called: str
    endings: tuple[str, ...]
    gives: str
    read: Callable[[bytes, str, Limits], list[Document]]
    shows: Callable[[bytes], bool] | None = None
    cut: Callable[[Path, int], Iterable[dict[str, int]]] | None = None
    part: Callable[[bytes], Iterable[tuple[int, int]]] | None = None


def begin_with(*starts: bytes) -> Callable[[bytes], bool]:
    """Make the `shows` of a format whose files begin with one of these bytes."""
    return lambda raw: raw.startswith(starts)


@cache
def list_formats() -> tuple[Format, ...]:
    """List the formats in the order of `NAMES`, plain text first."""
    return tuple(import_module(f"{__package__}.{name}").FORMAT for name in NAMES)


@cache
def _formats_by_ending() -> dict[str, Format]:
    return {ending: known for known in list_formats() for ending in known.endings}


def find_format(name: str) -> Format | None:
    """Find the format of a file by the end of its name: plain text where it has no ending, None for one nobody knows."""
    suffixes = PurePosixPath(name.lower()).suffixes
    known = _formats_by_ending()
    longest = known.get("".join(suffixes[-2:]))
    last = suffixes[-1] if suffixes and ENDING.fullmatch(suffixes[-1]) else ""
    return longest or (known.get(last) if last else list_formats()[0])


def choose_format(raw: bytes, name: str) -> Format:
    """Choose the format of a file by its bytes and its name together; raises FormatError where none takes it.

    What the bytes show goes before what the name says; where both fit, as of a packed archive, the name decides.
    """
    named = find_format(name)
    if named and named.shows and named.shows(raw):
        return named
    shown = next((known for known in list_formats() if known.shows and known.shows(raw)), None)
    if shown or named:
        return shown or named
    raise FormatError(explain_unread(raw, name))


def read_documents(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a file's articles by the format that its bytes and its name ask for."""
    return choose_format(raw, name).read(raw, name, limits)
