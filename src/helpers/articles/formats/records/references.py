"""References of a library (.ris): what they say of an article, and its text only where it stands with them."""

from __future__ import annotations

import re

from helpers.articles.documents import Document, Limits
from helpers.articles.formats.records.columns import NO_FULL_TEXT, read_records
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text

LINE = re.compile(r"^(?P<tag>[A-Z][A-Z0-9])  -(?: (?P<value>.*))?$")
# The tags of RIS that tell something of a newspaper article, best first; what several mean is told by their order.
TAGS = {
    "title": ("TI", "T1", "CT"),
    "source": ("T2", "JO", "JF", "JA", "PB"),
    "byline": ("AU", "A1"),
    "published": ("DA", "Y1", "PY"),
    "url": ("UR", "L2"),
    "text": ("FT", "TX"),
}


# Exports of databases of papers set the whole text where an abstract belongs; a lead that somebody copied is shorter.
ABSTRACTS, OF_PAPERS, FEWEST_WORDS = ("N2", "AB"), {"NEWS", "MGZN"}, 60


def read_ris(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read one row a reference; an abstract is no article, and a reference without a text says so."""
    records = [_read_entry(entry) for entry in list_entries(read_text(raw, name))]
    return read_records(records, limits, missing=NO_FULL_TEXT)


def list_entries(text: str) -> list[dict[str, list[str]]]:
    """List the references of a file, each with the values of its tags; a line without a tag goes on with the one above."""
    entries: list[dict[str, list[str]]] = []
    values: list[str] = []
    for line in text.split("\n"):
        found = LINE.match(line)
        if found and found["tag"] == "TY":
            entries.append({})
        if found and entries:
            values = entries[-1].setdefault(found["tag"], [])
            values.append((found["value"] or "").strip())
        elif values and line.strip():
            values[-1] += f"\n{line.strip()}"
    return entries


def _read_entry(entry: dict[str, list[str]]) -> dict[str, str]:
    found = {}
    for field, tags in TAGS.items():
        values = next((entry[tag] for tag in tags if any(entry.get(tag, ()))), [])
        values = [_turn_name(value) for value in values] if field == "byline" else values
        found[field] = ", ".join(filter(None, values)) if field != "text" else "\n\n".join(values)
    summed_up = "\n\n".join(next((entry[tag] for tag in ABSTRACTS if any(entry.get(tag, ()))), []))
    if not found["text"] and set(entry.get("TY", ())) & OF_PAPERS and len(summed_up.split()) >= FEWEST_WORDS:
        found["text"] = summed_up
    return found


def _turn_name(name: str) -> str:
    """Write a name as a byline does: references set the family name first, with a comma behind it."""
    family, _, given = name.partition(", ")
    return f"{given} {family}" if given and "," not in given else name


FORMAT = Format(
    "references of a library",
    (".ris",),
    "a row a reference; without its text it is set aside",
    read_ris,
    lambda raw: bool(re.match(rb"(?:\xef\xbb\xbf)?\s*TY  - ", raw)),
)
