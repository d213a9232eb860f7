"""Word lists as data: one CSV file a lexicon; SOURCES.toml says where each is from."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def load_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Read the lexicon `name`.csv: one dict a row, in the file's order."""
    text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def entries(name: str, **columns: str) -> frozenset[str]:
    """Give the entries of the lexicon `name` in whose `columns` given words stand: all that have kind="time"."""
    rows = load_lexicon(name)
    return frozenset(row["entry"] for row in rows if all(word in row[key].split() for key, word in columns.items()))


@cache
def lexicon_index(name: str, key: str = "entry") -> dict[str, dict[str, str]]:
    """Give the lexicon `name` as a dict by its column `key`."""
    return {row[key]: row for row in load_lexicon(name)}
