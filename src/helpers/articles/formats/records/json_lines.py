"""Exports with one JSON object a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

from helpers.articles.documents import Document, Limits
from helpers.articles.formats.records.columns import ROWS, count_broken, read_records
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text


def read_jsonl(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read one JSON object a line; lines that are none are counted in a row of their own."""
    records, broken = [], []
    for number, line in enumerate(read_text(raw, name).split("\n"), 1):
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
    return read_records(records, limits) + count_broken(len(broken), "lines", f"the first is line {broken[:1]}", name)


def cut_lines(path: Path, most: int) -> Iterator[dict[str, int]]:
    """Cut a file between its lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        while start < size:
            file.seek(min(start + most, size))
            file.readline()
            yield {"start": start, "end": file.tell()}
            start = file.tell()


def part_lines(raw: bytes) -> Iterator[tuple[int, int]]:
    """Give the place of each line that is not empty."""
    place = 0
    for line in io.BytesIO(raw):
        if line.strip():
            yield place, place + len(line)
        place += len(line)


FORMAT = Format("exports", (".jsonl", ".ndjson"), ROWS, read_jsonl, cut=cut_lines, part=part_lines)
