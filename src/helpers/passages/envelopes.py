"""The envelope of an article: the fields that databases and mail programs write around it, and the frames of pages."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from helpers.language.lexicons import lexicon_index, load_lexicon

LABELLED = re.compile(r"^(?P<label>[A-Za-z][A-Za-z /-]{1,40}?)(?: ?\(\d+\))?\s*(?::|\t)\s*(?P<value>.*)$", re.S)
CODED = re.compile(r"^(?P<label>[A-Z]{2,3})(?:\t| {2,}|\s*\|\s*)(?P<value>\S.*)$", re.S)
SURE = ("strong", "cover", "foot", "code", "mail")


class Field(NamedTuple):
    """A field of an envelope: its label, what it holds («title», «source», ... or nothing of use), its value, its mark."""

    label: str
    holds: str
    value: str
    mark: str


class Bound(NamedTuple):
    """A line between articles: whether one begins behind it, ends before it, or both, and what writes such lines."""

    side: str
    of: str


def read_field(line: str) -> Field | None:
    """Read a line as a field of an envelope, with its value or alone; None where it is none by its label."""
    line = line.strip()
    coded = CODED.match(line)
    row = lexicon_index("envelope_fields").get(coded["label"]) if coded else None
    if row and row["mark"] == "code":
        return Field(coded["label"], row["field"], coded["value"].strip(), "code")
    labelled = LABELLED.match(line)
    label = " ".join((labelled["label"] if labelled else line).split())
    row = lexicon_index("envelope_fields").get(label.casefold()) if len(label) <= 42 else None
    if row is None or (not labelled and row["mark"] != "foot" and row["field"] != "body"):
        return _read_bare_code(line)
    return Field(label.casefold(), row["field"], labelled["value"].strip() if labelled else "", row["mark"])


def _read_bare_code(line: str) -> Field | None:
    row = lexicon_index("envelope_fields").get(line) if line.isupper() and len(line) <= 3 else None
    return Field(line, row["field"], "", "code") if row and row["mark"] == "code" else None


def is_field(line: str) -> bool:
    """Say whether a line is surely a field of an envelope, wherever it stands."""
    found = read_field(line)
    return found is not None and found.mark in SURE and (found.mark != "code" or bool(found.value))


def is_surely_field(line: str) -> bool:
    """Say whether a line is a field that nothing but an export writes: «LOAD-DATE: March 5, 2025»."""
    found = read_field(line)
    return found is not None and found.mark == "strong" and bool(found.value)


def is_label(name: str) -> bool:
    """Say whether what stands before a colon is the label of a field, and so nobody who speaks."""
    return " ".join(name.split()).casefold() in lexicon_index("envelope_fields")


def read_bound(line: str) -> Bound | None:
    """Read a line as one between the articles of a file; None where it is none."""
    line = line.strip()
    if not line or len(line) > 300 or not _any_bound().match(line):
        return None
    return next((Bound(row["side"], row["of"]) for row, pattern in _bounds() if pattern.match(line)), None)


def is_frame(line: str) -> bool:
    """Say whether a line belongs to the frame of a page: the stamp of a print, an address with its page, a number."""
    line = line.strip()
    return len(line) <= 220 and bool(_frames().match(line))


@cache
def _bounds() -> list[tuple[dict[str, str], re.Pattern]]:
    return [(row, re.compile(row["entry"], re.I)) for row in load_lexicon("export_bounds")]


@cache
def _any_bound() -> re.Pattern:
    return re.compile("|".join(f"(?:{row['entry']})" for row in load_lexicon("export_bounds")), re.I)


@cache
def _frames() -> re.Pattern:
    return re.compile("|".join(f"(?:{row['entry']})" for row in load_lexicon("page_frames")), re.I)
