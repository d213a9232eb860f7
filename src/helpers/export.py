"""Write a report to disk: the page, its machine-readable twin, and the tables for a spreadsheet."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from helpers.places import locate
from helpers.report import Report
from helpers.tables import neutralise, to_csv, write_file

WORKBOOK_TABLES = (
    "claims",
    "mentions",
    "propositions",
    "proposition_claims",
    "disagreements",
    "disagreement_sides",
    "timeline",
)


def write_report(report: Report, tables: dict[str, pd.DataFrame], story: str, reports_dir: str | Path) -> pd.DataFrame:
    """Write ``<reports_dir>/<story>/``: index.html, report.json, tables as CSV and one workbook.

    Gives a row a file: `file, bytes`. The page comes last, so that it never stands beside older data.
    """
    folder = locate(reports_dir, story)
    content: dict[str, bytes] = {
        "report.json": (json.dumps(report.data, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode(
            "utf-8", "replace"
        ),
        "tables.xlsx": write_workbook({name: tables[name] for name in WORKBOOK_TABLES}),
        **{f"tables/{name}.csv": to_csv(tables[name]).encode("utf-8", "replace") for name in WORKBOOK_TABLES},
        "index.html": report.html.encode("utf-8", "replace"),
    }
    for name, written in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, written)
    return pd.DataFrame([{"file": name, "bytes": len(written)} for name, written in content.items()])


def write_workbook(tables: dict[str, pd.DataFrame]) -> bytes:
    """Write tables as one XLSX file, formula cells neutralised as in the CSV files, the same bytes every time."""
    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name[:31])
        sheet.append(list(table.columns))
        for row in table.itertuples(index=False):
            sheet.append([_cell(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return _fix_times(buffer.getvalue())


def _cell(value: object) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, str):
        return neutralise("".join(c for c in value if ord(c) >= 32 or c in "\n\t"))[:32_767]
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
