"""Exports as tables of text: cells between commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io

from helpers.articles.decoding import decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.records import count_broken, read_records, refuse_columns
from helpers.articles.formats.registry import Format

DELIMITERS = ",;\t|"


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
    found = read_records(records, limits) if records else refuse_columns(header, limits)
    found += count_broken(len(cells) - len(records), "rows", "too few or too many cells", name)
    detail = f"the table breaks off inside quotation marks, {swallowed} line ends behind them"
    return found + count_broken(int(torn), "rows", detail, name)


def _is_torn(text: str, last: str, delimiter: str) -> bool:
    """Say whether a table ends inside a quoted cell: its last cell was opened and never closed."""
    opened = '"' + last.replace('"', '""')
    text = text if last.endswith("\n") else text.rstrip("\n")
    return text.endswith(opened) and text[-len(opened) - 1 : -len(opened)] in ("\n", delimiter)


FORMAT = Format("exports", (".csv", ".tsv"), read_csv)
