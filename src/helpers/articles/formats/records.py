"""Records of exports, whatever file they lie in: which column holds what, and one article a record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.markup import strip_tags
from helpers.articles.stamps import read_published
from helpers.language.lexicons import load_lexicon

FIELDS = ("text", "title", "byline", "source", "published", "url", "name")


def read_records(records: list[dict], limits: Limits) -> list[Document]:
    """Read one article a record; raises FormatError where no column can be its text."""
    if not records:
        return []
    columns = map_columns({key for record in records for key in record}, dict(limits.columns))
    if "text" not in columns and not {"url", "title"} & columns.keys():
        raise FormatError(_miss_text({key for record in records for key in record}))
    reason = "no text in this record" if "text" in columns else _miss_text(records[0])
    return [_read_record(record, columns, reason) for record in records]


def count_broken(number: int, unit: str, detail: str, name: str) -> list[Document]:
    """Give the row that counts what could not be read of a file; none where all could."""
    if not number:
        return []
    stem = name.partition(".")[0]
    return [Document("", name=f"{stem}-broken-{unit}", skipped=f"{number} {unit} could not be read: {detail}")]


def refuse_columns(header: list[str], limits: Limits) -> list[Document]:
    """Say of a table without records what its columns lack, if they lack anything."""
    if "text" not in map_columns(set(header), dict(limits.columns)):
        raise FormatError(_miss_text(header))
    return []


def _miss_text(columns: Iterable[object]) -> str:
    shown = ", ".join(sorted(map(str, columns)))[:120]
    return f"no column of text among {shown}; name it under `columns: {{text: ...}}` in story.yaml"


def map_columns(present: set[str], given: dict[str, str]) -> dict[str, list[str]]:
    """Find which columns hold what, best first: as story.yaml says, else by the names that known tools use."""
    folded = {str(column).casefold(): column for column in sorted(map(str, present), reverse=True)}
    found: dict[str, list[str]] = {}
    for field, column in given.items():
        if field in FIELDS and column in present:
            found[field] = [column]
    for row in load_lexicon("export_columns"):
        if row["entry"] in folded and row["field"] not in given:
            found.setdefault(row["field"], []).append(folded[row["entry"]])
    return found


def _read_record(record: dict, columns: dict[str, list[str]], reason: str) -> Document:
    cells, names = {}, {}
    for field, candidates in columns.items():
        for column in candidates:
            cell = _read_cell(record.get(column))
            if cell.strip() and not (field == "text" and not isinstance(record[column], str)):
                cells[field], names[field] = cell, column
                break
    text = cells.pop("text", "")
    if re.search(r"html", names.get("text", ""), re.I):
        text = strip_tags(text)
    url, name = cells.pop("url", None), cells.pop("name", None)
    notes, sure = [], {}
    if "published" in cells:
        published = read_published(cells["published"])
        if published.why:
            notes.append(published.why)
        cells["published"] = published.date or ""
        if names["published"].casefold() in ("seendate", "indexed_date"):
            sure["published"] = "low"
            notes.append(f"date of publication by {names['published']}: when the tool saw the article")
    metadata = {key: value for key, value in cells.items() if value}
    return Document(text, metadata, url, name, None if text.strip() else reason, notes, "the export", sure)


def _read_cell(cell: object) -> str:
    """Read a cell as text: the members of a list side by side, of a group the one that is its name."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, dict):
        return _read_cell(cell.get("name"))
    if isinstance(cell, list | tuple):
        return ", ".join(filter(None, map(_read_cell, cell)))
    if isinstance(cell, bytes):
        return decode_bytes(cell).text
    return clean_text(str(cell))
