"""Web pages that are nothing but a table of articles: what databases call an Excel file."""

from __future__ import annotations

import re

from helpers.articles.documents import Document, Limits
from helpers.articles.formats.markup import strip_tags
from helpers.articles.formats.records.columns import map_columns, read_records

ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr\s*>", re.S | re.I)
CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]\s*>", re.S | re.I)
FEWEST_FIELDS = 3  # names of columns that make a table one of articles, a text among them


def read_tabled_page(page: str, limits: Limits) -> list[Document]:
    """Read a page whose table has a text, a title and more in columns of known names; none where it is another page."""
    rows = ROW.finditer(page)
    first = next(rows, None)
    header = [strip_tags(cell) for cell in CELL.findall(first[1])] if first else []
    columns = map_columns(set(header), dict(limits.columns))
    if len(columns) < FEWEST_FIELDS or "text" not in columns:
        return []
    cells = ([strip_tags(cell) for cell in CELL.findall(row[1])] for row in rows)
    return read_records([dict(zip(header, row, strict=True)) for row in cells if len(row) == len(header)], limits)
