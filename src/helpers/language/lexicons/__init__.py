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
def lexicon_index(name: str, key: str = "entry") -> dict[str, dict[str, str]]:
    """Give the lexicon `name` as a dict by its column `key`."""
    return {row[key]: row for row in load_lexicon(name)}
