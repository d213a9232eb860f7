"""Exports of archives and search tools: one article a record, columns named as the tool names them."""

from __future__ import annotations

import csv
import io
import json
import re

import pyarrow as pa
from pyarrow import parquet

from helpers.decoding import clean_text, decode_bytes
from helpers.documents import Document, FormatError, Limits
from helpers.lexicons import load_lexicon
from helpers.pages import read_message_date

FIELDS = ("text", "title", "byline", "source", "published", "url", "name")


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
    return _read_records(records, limits) + _count_broken(len(broken), "lines", f"the first is line {broken[:1]}")


def read_csv(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a table of articles; every cell stays the text that it is ("NA", "007")."""
    text = decode_bytes(raw).text
    csv.field_size_limit(limits.size)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        records = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FormatError(f"not a table: {error}") from None
    whole = [record for record in records if None not in record and None not in record.values()]
    return _read_records(whole, limits) + _count_broken(len(records) - len(whole), "rows", "too few or too many cells")


def read_parquet(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a Parquet file of articles; a torn one has lost its table of contents and is refused whole."""
    try:
        file = parquet.ParquetFile(io.BytesIO(raw))
        unpacked = sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
        if unpacked > limits.size * 10:
            raise FormatError(f"refused: unpacks to {unpacked:,} bytes")
        return _read_records(file.read().to_pylist(), limits)
    except (pa.ArrowException, OSError) as error:
        raise FormatError(f"not a whole Parquet file: {str(error).splitlines()[0][:120]}") from None


def _count_broken(number: int, unit: str, detail: str) -> list[Document]:
    return (
        [Document("", name="broken-records", skipped=f"{number} {unit} could not be read: {detail}")] if number else []
    )


def _read_records(records: list[dict], limits: Limits) -> list[Document]:
    if not records:
        return []
    columns = _map_columns({key for record in records for key in record}, dict(limits.columns))
    if "text" not in columns:
        raise FormatError(
            "no column of text among "
            + ", ".join(sorted(map(str, records[0])))[:120]
            + "; name it under `columns: {text: ...}` in story.yaml"
        )
    return [_read_record(record, columns) for record in records]


def _map_columns(present: set[str], given: dict[str, str]) -> dict[str, str]:
    """Find which column holds what: as story.yaml says, else by the names that known tools use."""
    found = {field: column for field, column in given.items() if field in FIELDS and column in present}
    folded = {str(column).casefold(): column for column in sorted(map(str, present))}
    for row in load_lexicon("export_columns"):
        if row["entry"] in folded:
            found.setdefault(row["field"], folded[row["entry"]])
    return found


def _read_record(record: dict, columns: dict[str, str]) -> Document:
    cells = {field: record.get(column) for field, column in columns.items()}
    cells = {field: clean_text(str(cell)) for field, cell in cells.items() if cell is not None and str(cell).strip()}
    text = cells.pop("text", "")
    url, name = cells.pop("url", None), cells.pop("name", None)
    notes = []
    if "published" in cells:
        date = _read_date(cells["published"])
        if date is None:
            notes.append(f"not a full date: {cells['published'][:40]!r}")
        cells["published"] = date or ""
    metadata = {key: value for key, value in cells.items() if value}
    return Document(text, metadata, url, name, None if text.strip() else "no text in this record", notes)


def _read_date(value: str) -> str | None:
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?", value.strip())
    return "-".join(compact.groups()) if compact else read_message_date(value)
