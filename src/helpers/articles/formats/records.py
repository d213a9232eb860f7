"""Exports of archives and search tools: one article a record, columns named as the tool names them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

import pyarrow as pa
from pyarrow import parquet

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits, NoArticlesError
from helpers.articles.formats.pages import strip_tags
from helpers.articles.stamps import read_published
from helpers.language.lexicons import load_lexicon

FIELDS = ("text", "title", "byline", "source", "published", "url", "name")
DELIMITERS = ",;\t|"
# Where a JSON file keeps its records, if it is not a list of them: GDELT, JSON Feed, news APIs and search engines.
RECORD_KEYS = ("articles", "items", "stories", "results", "hits", "data", "docs", "entries")


def read_jsonl(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read one JSON object a line; lines that are none are counted in a row of their own."""
    records, broken = [], []
    for number, line in enumerate(decode_bytes(raw).text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            records.append(record)
        else:
            broken.append(number)
    return _read_records(records, limits) + _count_broken(len(broken), "lines", f"the first is line {broken[:1]}", name)


def read_json(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a JSON file of one article or of a list of them; raises NoArticlesError where it describes something else."""
    try:
        content = json.loads(decode_bytes(raw).text)
    except (ValueError, RecursionError) as error:
        documents = read_jsonl(raw, name, limits)
        if any(not document.skipped for document in documents):
            return documents
        raise FormatError(f"not whole JSON: {' '.join(str(error).split())[:120]}") from None
    if isinstance(content, dict):
        content = next((content[key] for key in RECORD_KEYS if isinstance(content.get(key), list)), [content])
    records = [record for record in content if isinstance(record, dict)] if isinstance(content, list) else []
    columns = _map_columns({key for record in records for key in record}, dict(limits.columns))
    if "text" not in columns and not {"url", "title"} <= columns.keys():
        raise NoArticlesError("holds no articles")
    return _read_records(records, limits) + _count_broken(len(content) - len(records), "records", "no objects", name)


def read_csv(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a table of articles; every cell stays the text that it is ("NA", "007")."""
    text = decode_bytes(raw).text
    csv.field_size_limit(max(limits.size, 131_072))
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda sign: (head.count(sign), -DELIMITERS.index(sign)))
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error as error:
        raise FormatError(f"not a table: {error}") from None
    if not rows:
        return []
    header, cells = rows[0], rows[1:]
    torn = _is_torn(text, cells[-1][-1], delimiter) if cells else False
    swallowed = cells.pop()[-1].count("\n") if torn else 0
    records = [dict(zip(header, row, strict=True)) for row in cells if len(row) == len(header)]
    if len(set(header)) < len(header):
        records = [dict(zip(reversed(header), reversed(row), strict=True)) for row in cells if len(row) == len(header)]
    found = _read_records(records, limits) if records else _refuse_columns(header, limits)
    found += _count_broken(len(cells) - len(records), "rows", "too few or too many cells", name)
    detail = f"the table breaks off inside quotation marks, {swallowed} line ends behind them"
    return found + _count_broken(int(torn), "rows", detail, name)


def _is_torn(text: str, last: str, delimiter: str) -> bool:
    """Say whether a table ends inside a quoted cell: its last cell was opened and never closed."""
    opened = '"' + last.replace('"', '""')
    text = text if last.endswith("\n") else text.rstrip("\n")
    return text.endswith(opened) and text[-len(opened) - 1 : -len(opened)] in ("\n", delimiter)


def _refuse_columns(header: list[str], limits: Limits) -> list[Document]:
    """Say of a table without records what its columns lack, if they lack anything."""
    if "text" not in _map_columns(set(header), dict(limits.columns)):
        raise FormatError(_miss_text(header))
    return []


def read_parquet(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a Parquet file of articles; what its whole groups of rows hold is kept and the rest counted.

    A file that was cut off has lost its table of contents, which stands at the end, and is refused whole.
    """
    try:
        file = parquet.ParquetFile(io.BytesIO(raw))
        groups = range(file.metadata.num_row_groups)
        unpacked = sum(file.metadata.row_group(number).total_byte_size for number in groups)
        if unpacked > limits.size * 10:
            raise FormatError(f"refused: unpacks to {unpacked:,} bytes")
    except (pa.ArrowException, OSError) as error:
        raise FormatError(f"not a whole Parquet file: {str(error).splitlines()[0][:120]}") from None
    records, lost = [], 0
    for number in groups:
        try:
            records += file.read_row_group(number).to_pylist()
        except (pa.ArrowException, OSError, ValueError):
            lost += file.metadata.row_group(number).num_rows
    if not records and not lost:
        return _refuse_columns(file.schema_arrow.names, limits)
    return _read_records(records, limits) + _count_broken(lost, "rows", "a group of rows is damaged", name)


def _count_broken(number: int, unit: str, detail: str, name: str) -> list[Document]:
    if not number:
        return []
    stem = name.partition(".")[0]
    return [Document("", name=f"{stem}-broken-{unit}", skipped=f"{number} {unit} could not be read: {detail}")]


def _miss_text(columns: Iterable[object]) -> str:
    shown = ", ".join(sorted(map(str, columns)))[:120]
    return f"no column of text among {shown}; name it under `columns: {{text: ...}}` in story.yaml"


def _read_records(records: list[dict], limits: Limits) -> list[Document]:
    if not records:
        return []
    columns = _map_columns({key for record in records for key in record}, dict(limits.columns))
    if "text" not in columns and not {"url", "title"} & columns.keys():
        raise FormatError(_miss_text({key for record in records for key in record}))
    reason = "no text in this record" if "text" in columns else _miss_text(records[0])
    return [_read_record(record, columns, reason) for record in records]


def _map_columns(present: set[str], given: dict[str, str]) -> dict[str, list[str]]:
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
