"""What the table of readings tells, for whoever merges or shows it: who found what, and what became of each item."""

from __future__ import annotations

import pandas as pd

ENGINE = "engine"
REVIEW = "review"  # who found what only a person's review holds
JOIN = ", "  # between the names of those who found a finding
HEAD = "reading"  # the item that stands for a reading as a whole
VERIFIED = "verified"  # the state of an item that was not dropped
AGREEMENT, LOOK_ALIKE = "agreement", "look-alike"


def list_finders(found_by: object) -> list[str]:
    """List who found a finding: the engine, readings by name."""
    return found_by.split(JOIN) if isinstance(found_by, str) else [ENGINE]


def list_alike(readings: pd.DataFrame) -> pd.DataFrame:
    """Give the verified facts that readers hold to be told alike; look-alikes are for labels only."""
    return readings[readings["state"].eq(VERIFIED) & readings["kind"].eq(AGREEMENT)]


def count_states(readings: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the items of each reading: `reading, verified, dropped`."""
    items = readings[readings["kind"].notna() | (readings["state"] != VERIFIED)].drop_duplicates(["reading", "item"])
    verified = items["state"].eq(VERIFIED)
    counts = items.assign(verified=verified, dropped=~verified).groupby("reading")[["verified", "dropped"]].sum()
    return counts.reset_index()
