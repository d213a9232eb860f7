"""Write a report to disk: the page, its machine-readable twin, and the tables for a spreadsheet."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import fastjsonschema
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from helpers.report.page import Report
from helpers.report.twin import SCHEMA, read_schema
from helpers.store.descriptions import NAME
from helpers.store.places import locate
from helpers.tables import describe_tables, neutralise, to_csv, write_file

# The passages are left out, and the articles' texts: what is shared holds statements, not whole articles.
WORKBOOK_TABLES = (
    "articles", "claims", "mentions", "propositions", "proposition_claims", "disagreements", "disagreement_sides",
    "readings", "reviews", "timeline", "origins", "changes", "text_reuse", "source_pairs",
)  # fmt: skip
NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # what no part of a workbook may hold
WIDTHS = {
    "text": 70,
    "statement": 70,
    "event": 70,
    "label": 70,
    "explanation": 90,
    "meaning": 80,
    "why": 40,
    "title": 40,
}


class ReportError(Exception):
    """A report to compare with is missing or cannot be read; the message is one line."""


def write_report(report: Report, tables: dict[str, pd.DataFrame], story: str, reports_dir: str | Path) -> pd.DataFrame:
    """Write ``<reports_dir>/<story>/``: index.html, report.json with its schema, tables as CSV and one workbook.

    Where a publisher or a date is not known, a story.yaml to fill in lies beside them.

    Gives a row a file: `file, bytes`. The page comes last, so that it never stands beside older data. Raises
    ValueError where the data do not keep to their schema: nothing is written then.
    """
    _check_schema(report.data)
    folder = locate(reports_dir, story)
    shared = {
        name: tables[name].drop(columns="text") if name == "articles" else tables[name] for name in WORKBOOK_TABLES
    }
    content: dict[str, bytes] = {
        "report.json": _to_json(report.data),
        SCHEMA: _to_json(read_schema()),
        "tables.xlsx": write_workbook(shared),
        **({NAME: report.description.encode("utf-8", "replace")} if report.description else {}),
        **{f"tables/{name}.csv": to_csv(table).encode("utf-8", "replace") for name, table in shared.items()},
        "index.html": report.html.encode("utf-8", "replace"),
    }
    for name, written in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, written)
    return pd.DataFrame([{"file": name, "bytes": len(written)} for name, written in content.items()])


def _to_json(data: dict) -> bytes:
    text = json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode("utf-8", "replace")


def _check_schema(data: object) -> None:
    """Raise ValueError where data do not keep to the schema of reports."""
    fastjsonschema.validate(read_schema(), data, use_formats=False)


def read_report(path: str | Path) -> dict | None:
    """Read the `report.json` of an earlier report; None where no path is given. Raises ReportError in one line."""
    if not str(path):
        return None
    try:
        data = json.loads(locate(path).read_text(encoding="utf-8"))
        _check_schema(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "message", None) or getattr(error, "strerror", None) or error
        raise ReportError(f"{path} is no report to compare with: {str(reason).splitlines()[0][:200]}") from None
    return data


def write_workbook(tables: dict[str, pd.DataFrame]) -> bytes:
    """Write tables as one XLSX file with a codebook, formula cells neutralised as in the CSV files, always the same bytes.

    The first row stays in sight and filters; cells that a spreadsheet would run get an apostrophe, as in `to_csv`.
    """
    book = Workbook(write_only=True)
    codebook = describe_tables()
    for name, table in {"codebook": codebook[codebook["table"].isin(list(tables))], **tables}.items():
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, 18)
        sheet.append([_head(sheet, column) for column in table.columns])
        for row in table.itertuples(index=False):
            sheet.append([_cell(value) for value in row])
        sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(table.columns)))}{len(table) + 1}"
    buffer = io.BytesIO()
    book.save(buffer)
    return _fix_times(buffer.getvalue())


def _head(sheet, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(value: object) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, str):
        return neutralise(NO_XML.sub("", value))[:32_767]
    return value.item() if hasattr(value, "item") else value


def _fix_times(content: bytes) -> bytes:
    """Write a workbook's parts anew without the time of writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _without_times(part)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _without_times(part: bytes) -> bytes:
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", part)
