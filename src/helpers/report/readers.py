"""What readers found beside the engine, as the page tells it: who read, what both found, what is told alike."""

from __future__ import annotations

import pandas as pd

from helpers.readings.taken import ENGINE, HEAD, REVIEW, VERIFIED, count_states, list_alike, list_finders
from helpers.report.evidence import Evidence
from helpers.report.show import mark_invisible


def has_readings(tables: dict[str, pd.DataFrame]) -> bool:
    """Say whether anybody's reading was taken in; without one the report says nothing of readers."""
    return len(tables.get("readings", ())) > 0


def leave_out_readers(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give the tables without readings and what only readers found; what a person's review holds stays."""
    found, sides = tables["disagreements"], tables["disagreement_sides"]
    kept = found["found_by"].map(lambda found_by: not {ENGINE, REVIEW}.isdisjoint(list_finders(found_by))).astype(bool)
    own = found[kept]
    own = own.assign(found_by=own["found_by"].where(own["found_by"].eq(REVIEW), ENGINE))
    return {
        **tables,
        "readings": tables["readings"].head(0),
        "disagreements": own.reset_index(drop=True),
        "disagreement_sides": sides[sides["disagreement_id"].isin(own["disagreement_id"])].reset_index(drop=True),
    }


def describe_readers(tables: dict[str, pd.DataFrame], evidence: Evidence) -> dict | None:
    """Describe the readings of a story: `readers`, how many conflicts are a reader's `alone` or of `both`, and `alike`."""
    if not has_readings(tables):
        return None
    conflicts = tables["disagreements"].query("kind != 'omission'")
    finders = [list_finders(found_by) for found_by in conflicts["found_by"]]
    return {
        "readers": list_readers(tables["readings"]),
        "alone": sum(ENGINE not in names and names != [REVIEW] for names in finders),
        "both": sum(ENGINE in names and len(names) > 1 for names in finders),
        "alike": _list_alike(tables["readings"], evidence),
    }


def list_readers(readings: pd.DataFrame) -> list[dict]:
    """List the readings: `name, what, fault, verified, dropped`; `fault` says why one could not be read."""
    counts = count_states(readings).set_index("reading")
    listed = []
    for head in readings[readings["item"].eq(HEAD)].itertuples():
        verified, dropped = counts.loc[head.reading] if head.reading in counts.index else (0, 0)
        read = head.state == VERIFIED
        listed.append(
            {
                "name": mark_invisible(head.reading),
                "what": mark_invisible(head.what) if isinstance(head.what, str) else None,
                "fault": None if read else mark_invisible(head.state),
                "verified": int(verified),
                "dropped": int(dropped) if read else 0,
            }
        )
    return listed


def _list_alike(readings: pd.DataFrame, evidence: Evidence) -> list[dict]:
    rows = []
    for (reading, _), places in list_alike(readings).groupby(["reading", "item"], sort=True):
        pieces = [evidence.describe_place(row.article_id, int(row.start), int(row.end)) for row in places.itertuples()]
        rows.append(
            {"label": mark_invisible(places["what"].iloc[0]), "reading": mark_invisible(reading), "evidence": pieces}
        )
    return rows
