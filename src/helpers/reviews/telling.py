"""What a person reviewed, as the page and its twin tell it: which findings stand, what was put right, what is left out and why."""

from __future__ import annotations

import json
from typing import Protocol

import pandas as pd

from helpers.language.invisible import mark_invisible
from helpers.reviews.findings import leave_out_dismissed
from helpers.reviews.form import ADD_FINDING, DISMISS, NOTE, WITHDRAW
from helpers.reviews.listing import count_reviewed, tell_action

APPLIED, OVERRULED, ORPHAN = "applied", "overruled", "orphan"
STATE_WORDS = {APPLIED: "holds", OVERRULED: "does not hold", ORPHAN: "has lost its place"}
VERDICT_WORDS = {"confirmed": "confirmed by {who}", "corrected": "corrected by {who}", "added": "added by {who}"}
PLACE = ("side", "article_id", "start", "end")

Tables = dict[str, pd.DataFrame]


class Evidence(Protocol):
    """What the page knows of places: the names of the articles, and where a stretch stands on it."""

    names: dict[str, str]

    def find_place(self, article: str, start: int, end: int) -> object:
        """Note a stretch and give its place on the page."""


def leave_standing(tables: Tables, reviewed_only: bool = False) -> Tables:
    """Give the tables with the findings that stand: none that a person dismissed, or only those that a person holds."""
    found, sides = leave_out_dismissed(tables["disagreements"], tables["disagreement_sides"])
    found = found[found["review"].notna()] if reviewed_only else found
    sides = sides[sides["disagreement_id"].isin(found["disagreement_id"])]
    return {
        **tables,
        "disagreements": found.reset_index(drop=True),
        "disagreement_sides": sides.reset_index(drop=True),
    }


def word_verdicts(tables: Tables) -> dict[str, str]:
    """Say of each finding that stands what a person's review did, by its id: «corrected by Ada: the machine had major»."""
    reviews = tables["reviews"]
    told = {}
    for row in tables["disagreements"].dropna(subset="review").itertuples():
        own = reviews[reviews["disagreement_id"].eq(row.disagreement_id) & reviews["state"].eq(APPLIED)]
        if row.review not in VERDICT_WORDS or own.empty:
            continue
        words = VERDICT_WORDS[row.review].format(who=" and ".join(own["creator"].unique()))
        had = [f"{one.was} as its {one.action}" for one in own.itertuples() if isinstance(one.was, str)]
        told[row.disagreement_id] = mark_invisible(words + (f": the machine had {' and '.join(had)}" if had else ""))
    return told


def describe_reviews(tables: Tables, evidence: Evidence) -> dict | None:
    """Describe the reviews of a story for the page: `counts`, `dismissed` with the reasons, `rows`; None where there are none."""
    reviews = tables.get("reviews", pd.DataFrame())
    if reviews.empty:
        return None
    return {
        "dismissed": [_describe_dismissed(row, reviews) for row in _list_dismissed(tables)],
        "rows": [
            _describe_row(row, evidence) for row in reviews.sort_values("line").itertuples() if row.action != WITHDRAW
        ],
        "orphans": int(reviews["state"].eq(ORPHAN).sum()),
    }


def list_counts(tables: Tables) -> list[str]:
    """Say how many findings were reviewed: «4 reviewed (2 confirmed, 1 corrected, 1 dismissed)»."""
    counts = count_reviewed(tables["disagreements"]) if "review" in tables["disagreements"] else {}
    if not counts:
        return ["none reviewed"]
    return [f"{sum(counts.values())} reviewed ({', '.join(f'{number} {state}' for state, number in counts.items())})"]


def _list_dismissed(tables: Tables) -> list:
    found = tables["disagreements"]
    return list(found[found["review"].eq("dismissed").fillna(False)].itertuples())


def _describe_dismissed(row, reviews: pd.DataFrame) -> dict:
    own = reviews[
        reviews["disagreement_id"].eq(row.disagreement_id)
        & reviews["action"].eq(DISMISS)
        & reviews["state"].eq(APPLIED)
    ]
    last = own.iloc[-1]
    return {
        "kind": row.kind,
        "explanation": mark_invisible(row.explanation),
        "why": mark_invisible(last["why"]) if isinstance(last["why"], str) else "no reason given",
        "who": mark_invisible(last["creator"]),
    }


def _describe_row(row, evidence: Evidence) -> dict:
    """Describe a review: what it does at which place, why, who, and whether it holds."""
    place = evidence.find_place(row.article_id, row.start, row.end) if pd.notna(row.start) else None
    source = evidence.names.get(row.article_id) if isinstance(row.article_id, str) else None
    return {
        "says": mark_invisible("note" if row.action == NOTE else tell_action(row)),
        "exact": mark_invisible(row.exact) if isinstance(row.exact, str) and row.action != ADD_FINDING else None,
        "source": source or (mark_invisible(row.article_id) if isinstance(row.article_id, str) else None),
        "place": place,
        "why": mark_invisible(row.why) if isinstance(row.why, str) else None,
        "who": mark_invisible(row.creator),
        "when": row.created[:10] if isinstance(row.created, str) else None,
        "state": STATE_WORDS[row.state],
        "reason": mark_invisible(row.reason) if isinstance(row.reason, str) else None,
    }


def list_twin(tables: Tables) -> dict:
    """Give what the machine-readable twin tells of reviews; nothing where there are none."""
    reviews = tables.get("reviews", pd.DataFrame())
    if reviews.empty:
        return {}
    columns = ("action", "value", "was", "why", "created", "creator", "state", "reason")
    rows = [
        {
            "id": row.review_id, "line": int(row.line), "finding": _text(row.disagreement_id),
            "places": [dict(zip(PLACE, place, strict=True)) for place in json.loads(row.places)],
            **{name: _text(getattr(row, name)) for name in columns},
        }
        for row in reviews.sort_values("line").itertuples()
    ]  # fmt: skip
    dismissed = [
        {"id": row.disagreement_id, "kind": row.kind, "severity": row.severity, "explanation": row.explanation}
        for row in _list_dismissed(tables)
    ]
    return {"reviews": {"counts": count_reviewed(tables["disagreements"]), "dismissed": dismissed, "lines": rows}}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
