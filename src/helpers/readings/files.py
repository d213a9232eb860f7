"""The readings that lie with a story: found, read and verified, one that cannot be read never costing the others."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.readings.form import ReadingError
from helpers.readings.material import Material
from helpers.readings.taken import ENGINE, HEAD, VERIFIED
from helpers.readings.verify import Item, tabulate_items, verify_document

FOLDER = "readings"  # beside a story's articles
LARGEST = 5_000_000  # bytes of a reading


def list_files(folder: Path) -> list[Path]:
    """List the readings of a story, by name; `folder` is the story's own."""
    place = folder / FOLDER
    if not place.is_dir():
        return []
    return sorted(path for path in place.glob("*.json") if path.is_file() and not path.name.startswith("."))


def read_document(path: Path) -> dict:
    """Read one reading as it stands. Raises ReadingError in one line."""
    try:
        if path.stem == ENGINE:
            raise ReadingError(f"{ENGINE!r} is no name for a reading")
        if path.stat().st_size > LARGEST:
            raise ReadingError(f"larger than the limit of {LARGEST:,} bytes")
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ReadingError(f"line {error.lineno}: not JSON: {error.msg}") from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise ReadingError(getattr(error, "strerror", None) or "not UTF-8 text, or nested too deeply") from None


def read_readings(folder: str | Path, material: Material, given: dict[str, dict] | None = None) -> pd.DataFrame:
    """Read and verify the readings of a story: the table `readings`.

    `given` are documents by name that take the place of files of that name. A reading that cannot be read is one row
    that says why.
    """
    given = given or {}
    paths = {path.stem: path for path in list_files(Path(folder))}
    rows = []
    for name in sorted({*paths, *given}):
        try:
            document = given[name] if name in given else read_document(paths[name])
            items = verify_document(document, material)
            rows += [_describe_head(name, document), *tabulate_items(name, items)]
        except ReadingError as error:
            rows.append({"reading": name, "item": HEAD, "what": None, "state": str(error)})
    return tables.conform(rows, "readings")


def _describe_head(name: str, document: dict) -> dict:
    return {"reading": name, "item": HEAD, "what": describe_reader(name, document), "state": VERIFIED}


def describe_reader(name: str, document: dict) -> str:
    """Say in words who read and how; of a model also where its texts went, when, and what that cost."""
    reader, note = document.get("reader") or name, " ".join((document.get("note") or "").split())
    asked = document.get("asked")
    if document["by"] == "person":
        parts = [f"{reader}: the reading of a person."]
    elif asked is None:
        parts = [f"{reader}, handed in as the reading of a model."]
    else:
        parts = [_tell_asked(reader, asked)]
    return " ".join([*parts, *([note] if note else [])])


def _tell_asked(reader: str, asked: dict) -> str:
    """Say what was sent where and when."""
    where = " and ".join(asked.get("where") or []) or "nowhere"
    when = asked.get("first") or "never"
    until = f" to {asked['last']}" if asked.get("last") not in (None, asked.get("first")) else ""
    told = (
        f"{reader}, a language model: the texts of {asked.get('articles', 0)} articles were sent to {where}, {when}{until}; "
        f"{asked['answered']} of {asked['requests']} requests have an answer, {asked.get('tokens_in', 0):,} tokens in, "
        f"{asked.get('tokens_out', 0):,} out."
    )
    missing = asked.get("missing") or []
    return f"{told} Without an answer: {'; '.join(missing)}." if missing else told


def check_file(path: Path, material: Material) -> tuple[list[Item], list[str]]:
    """Verify one file: its items, and what fails in it, a line each."""
    try:
        items = verify_document(read_document(path), material)
    except ReadingError as error:
        return [], [f"{path.name}: {error}"]
    return items, [f"{path.name}: {item.name}: {item.state}" for item in items if item.state != VERIFIED]
