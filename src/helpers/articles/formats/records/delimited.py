"""Exports as tables of text: cells between commas, semicolons, tabs, bars or whatever sign the file is cut at."""

from __future__ import annotations

import csv
import io
import re

from helpers.articles.decoding import decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.records.columns import (
    ROWS,
    count_broken,
    find_header,
    map_columns,
    read_records,
    refuse_columns,
)
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text

DELIMITERS = ",;\t|^~\x1f\x1e§¦"
SAID = re.compile(r"\ufeff?sep=(?P<delimiter>[^\n])\n")  # the line that Excel writes and reads before a table
HEAD = 2000  # bytes that hold the names of the columns
FEWEST_FIELDS = 3
SAMPLE = 20  # lines on which delimiters are tried


def read_csv(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a table of articles; every cell stays the text that it is ("NA", "007")."""
    csv.field_size_limit(max(limits.size, 131_072))
    text = read_text(raw, name)
    said = SAID.match(text)
    text = text[said.end() :] if said else text
    delimiter = said["delimiter"] if said else find_delimiter(text)
    try:
        rows = _cut_rows(text, delimiter)
    except csv.Error as error:
        raise FormatError(f"not a table: {error}") from None
    if not rows:
        return []
    place = find_header(rows)
    header, cells = rows[place], rows[place + 1 :]
    torn = _is_torn(text, cells[-1][-1], delimiter) if cells else False
    swallowed = cells.pop()[-1].count("\n") if torn else 0
    records = [dict(zip(header, row, strict=True)) for row in cells if len(row) == len(header)]
    if len(set(header)) < len(header):
        records = [dict(zip(reversed(header), reversed(row), strict=True)) for row in cells if len(row) == len(header)]
    found = read_records(records, limits) if records else refuse_columns(header, limits)
    found += count_broken(len(cells) - len(records), "rows", "too few or too many cells", name)
    detail = f"the table breaks off inside quotation marks, {swallowed} line ends behind them"
    return found + count_broken(int(torn), "rows", detail, name)


def _cut_rows(text: str, delimiter: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


def find_delimiter(text: str) -> str:
    """Find the sign at which a table is cut: the one that gives rows of as many cells as the header, and most of these."""
    head = text.partition("\n")[0]
    sample = "".join(text.splitlines(keepends=True)[:SAMPLE])

    def count_fitting(sign: str) -> tuple[int, int]:
        try:
            rows = _cut_rows(sample, sign)
        except csv.Error:
            return 0, head.count(sign)
        return sum(len(row) == len(rows[0]) > 1 for row in rows[1:]), head.count(sign)

    present = [sign for sign in DELIMITERS if sign in head] or [","]
    return max(present, key=lambda sign: (count_fitting(sign), -DELIMITERS.index(sign)))


def _is_torn(text: str, last: str, delimiter: str) -> bool:
    """Say whether a table ends inside a quoted cell: its last cell was opened and never closed."""
    opened = '"' + last.replace('"', '""')
    text = text if last.endswith("\n") else text.rstrip("\n")
    return text.endswith(opened) and text[-len(opened) - 1 : -len(opened)] in ("\n", delimiter)


def is_table(raw: bytes) -> bool:
    """Say whether a file begins as a table of articles: with the names of three columns that tools use, a text among them."""
    head = decode_bytes(raw[:HEAD]).text
    said = SAID.match(head)
    line = (head[said.end() :] if said else head).partition("\n")[0]
    signs = [said["delimiter"]] if said else [sign for sign in DELIMITERS if sign in line]
    named = (map_columns({cell.strip(' "') for cell in line.split(sign)}, {}) for sign in signs)
    return any(len(columns) >= FEWEST_FIELDS and "text" in columns for columns in named)


FORMAT = Format("exports", (".csv", ".tsv"), ROWS, read_csv, is_table)
