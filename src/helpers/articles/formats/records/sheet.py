"""Excel sheets (.xlsx): one article a row, as in a table of text."""

from __future__ import annotations

import datetime
import io

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.office.packages import Package, list_members
from helpers.articles.formats.records.columns import ROWS, find_header, read_records
from helpers.articles.formats.registry import Format

BOOK = "xl/workbook.xml"
MOST_CELLS = 2_000_000


def read_xlsx(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the sheets of a workbook that hold articles; the values of formulas, no formulas."""
    import openpyxl  # a folder without sheets is read without it

    package = Package(raw, "Excel workbook", limits)
    for member in list_members(raw):
        if member.startswith("xl/") and member.endswith(".xml"):
            package.read(member)  # within the limits, before a reader holds all of it
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        tables = {sheet.title: _read_rows(sheet) for sheet in book.worksheets}
    except FormatError:
        raise
    except Exception as error:  # whatever a damaged workbook does to its reader, it costs only itself
        raise FormatError(f"not a whole Excel workbook: {' '.join(str(error).split())[:120]}") from None
    documents: list[Document] = []
    reasons: list[str] = []
    for rows in filter(None, tables.values()):
        try:
            documents += read_records(list_records(rows), limits)
        except FormatError as error:
            reasons.append(str(error))
    if reasons and not documents:
        raise FormatError(reasons[0])
    return documents


def _read_rows(sheet) -> list[list[str]]:
    """Read the cells of a sheet as text; rows without a word in them are left out."""
    rows, cells = [], 0
    for row in sheet.iter_rows(values_only=True):
        cells += len(row)
        if cells > MOST_CELLS:
            raise FormatError(f"refused: more than {MOST_CELLS:,} cells in it")
        written = [_write_cell(cell) for cell in row]
        if any(written):
            rows.append(written)
    return rows


def _write_cell(cell: object) -> str:
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


def list_records(rows: list[list[str]]) -> list[dict[str, str]]:
    """List the records of a table of cells, each by the names in its header."""
    place = find_header(rows)
    header = rows[place]
    padded = ([*row, *[""] * (len(header) - len(row))] for row in rows[place + 1 :])
    return [{key: cell for key, cell in zip(header, row, strict=False) if key} for row in padded]


FORMAT = Format("sheets", (".xlsx", ".xlsm"), ROWS, read_xlsx, lambda raw: BOOK in list_members(raw))
