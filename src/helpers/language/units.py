"""Units of measure and of time, and what one is in another."""

from __future__ import annotations

from functools import cache

from helpers.language.lexicons import load_lexicon


def in_base_unit(value: float, unit: str) -> tuple[float, str]:
    """Convert a measure into its base unit, so that 39 feet can be compared with 12 metres and two years with 24 months; other units stay as they are."""
    row = _bases().get(unit)
    return (value * float(row["factor"]), row["base"]) if row else (value, unit)


def is_measure(unit: str) -> bool:
    """Say whether a unit measures, as feet and months do, and is not what is counted."""
    return unit in _bases()


@cache
def _bases() -> dict[str, dict[str, str]]:
    times = {row["unit"]: {"base": "day", "factor": row["days"]} for row in load_lexicon("duration_units")}
    return times | {row["unit"]: row for row in load_lexicon("measures")}
