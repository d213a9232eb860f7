"""Which format opens which file: bytes in, documents out. A new format is one module here and its name in the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from helpers.articles.documents import Document, Limits

NAMES = (
    "plain_text",
    "page",
    "saved_page",
    "message",
    "pdf",
    "feed",
    "json_file",
    "json_lines",
    "delimited",
    "parquet_file",
    "web_archive",
    "gzipped",
    "zipped",
)
# What lies beside the articles in a folder or an archive without being one.
NOT_ARTICLES = re.compile(
    r"^(?:readme(?:\..*)?|\..*|_.*|story\.ya?ml|.*\.(?:ya?ml|log|py|ipynb|cfg|toml|ini|css|js)|thumbs\.db|desktop\.ini)$",
    re.I,
)


class Format(NamedTuple):
    """A format of files: what a reader of the manual calls it, how its files are told, and how they are read.

    Files are told by the endings of their names, and by their first bytes where a name says nothing or says text. A file of
    many articles may be cut: `cut` gives the places of stretches of about so many bytes that can be read alone, and
    `part` the places of the single articles in the bytes of a stretch.
    """

    called: str
    endings: tuple[str, ...]
    read: Callable[[bytes, str, Limits], list[Document]]
    first_bytes: bytes | None = None
    cut: Callable[[Path, int], Iterable[dict[str, int]]] | None = None
    part: Callable[[bytes], Iterable[tuple[int, int]]] | None = None


@cache
def list_formats() -> tuple[Format, ...]:
    """List the formats in the order of `NAMES`, plain text first."""
    return tuple(import_module(f"{__package__}.{name}").FORMAT for name in NAMES)


@cache
def _formats_by_ending() -> dict[str, Format]:
    return {ending: known for known in list_formats() for ending in known.endings}


def find_format(name: str) -> Format:
    """Find the format of a file by the end of its name; one that none knows is plain text."""
    suffixes = PurePosixPath(name.lower()).suffixes
    known = _formats_by_ending()
    longest = known.get("".join(suffixes[-2:]))
    return longest or known.get("".join(suffixes[-1:])) or list_formats()[0]


def find_by_first_bytes(raw: bytes) -> Format | None:
    """Find the format that a file shows by its first bytes, whatever its name says."""
    return next((known for known in list_formats() if known.first_bytes and raw.startswith(known.first_bytes)), None)


def read_documents(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a file's articles by the format that its name asks for; a text may turn out to be of another one."""
    known = find_format(name)
    if known is list_formats()[0]:
        known = find_by_first_bytes(raw) or known
    return known.read(raw, name, limits)
