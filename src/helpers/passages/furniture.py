"""Page furniture: lines that stand in an article without being part of it, by the lexicon that knows them."""

from __future__ import annotations

import re
from functools import lru_cache

from helpers.language.lexicons import load_lexicon
from helpers.passages.lines import Block

LONGEST_FURNITURE = 600


def match_furniture(block: Block) -> None:
    """Give a line its kind where the lexicon of page furniture knows it."""
    row = find_furniture(block.text)
    if row:
        block.kind, block.why = row["kind"], row["why"]


@lru_cache(maxsize=4096)  # of one article's lines, which several stages ask about
def find_furniture(line: str) -> dict[str, str] | None:
    """Find the entry of the lexicon of page furniture that a whole line fits; None for running text."""
    if len(line) > LONGEST_FURNITURE:
        return None
    return next((row for row, pattern in _furniture() if pattern.match(line)), None)


def is_furniture_of(line: str, whys: frozenset[str]) -> bool:
    """Say whether a whole line is page furniture of certain sorts."""
    if len(line) > LONGEST_FURNITURE:
        return False
    return any(row["why"] in whys and pattern.match(line) for row, pattern in _furniture())


def _furniture() -> list[tuple[dict[str, str], re.Pattern]]:
    if not _COMPILED:
        _COMPILED.extend(
            (row, re.compile(row["entry"], re.I if row["kind"] != "byline" else 0))
            for row in load_lexicon("page_furniture")
        )
    return _COMPILED


_COMPILED: list[tuple[dict[str, str], re.Pattern]] = []
