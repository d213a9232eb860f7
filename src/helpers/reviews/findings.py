"""Findings as a person put them right: confirmed, dismissed, changed, and those that the machine missed.

A finding is named by its kind and the places on its sides, never by its id: the id changes when an article comes or goes.
"""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.readings.taken import REVIEW
from helpers.readings.voices import Voices
from helpers.reviews.form import ADD_FINDING, CONFIRM, DISMISS
from helpers.reviews.held import SURE, Held, list_held
from helpers.reviews.spots import Place, Spot, meet, overlap

NOT_FOUND = "the engine no longer finds it"
VERDICTS = {CONFIRM: "confirmed", DISMISS: "dismissed"}


def review_findings(
    disagreements: pd.DataFrame,
    disagreement_sides: pd.DataFrame,
    reviews: pd.DataFrame,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give `disagreements, disagreement_sides, reviews` with what a person said of the findings.

    What is dismissed stays, marked. What a person holds to be a finding stays too when the machine no longer finds it.
    """
    found = _Findings(disagreements, disagreement_sides)
    spoken_of, missing = {}, {}
    for one in list_held(reviews, "finding"):
        key = found.find(one)
        if key is None and one.action == DISMISS:
            missing[one.index] = NOT_FOUND
            continue
        spoken_of[one.index] = found.judge(key or found.add(one, claims, articles), one, new=key is None)
    reviews = reviews.assign(
        disagreement_id=reviews.index.map(spoken_of.get),
        reason=reviews["reason"].mask(reviews.index.isin(missing), NOT_FOUND),
    )
    return (*found.tabulate(), tables.conform(reviews, "reviews"))


class _Findings:
    """The findings of a story, by id, as they were found and as they stand."""

    def __init__(self, disagreements: pd.DataFrame, sides: pd.DataFrame):
        self.rows = {row["disagreement_id"]: {**row, "review": None} for row in disagreements.to_dict("records")}
        self.kinds = {key: row["kind"] for key, row in self.rows.items()}
        self.sides = sides.to_dict("records")
        self.places: dict[str, list[Place]] = {key: [] for key in self.rows}
        for row in self.sides:
            self.places[row["disagreement_id"]].append(_read_place(row))

    def find(self, one: Held) -> str | None:
        """Find the finding that a review speaks of: of its kind, with places on two sides that it has too."""
        kind = _name(one)["kind"]
        near = []
        for key, places in self.places.items():
            shared = _measure(one.places, places) if self.kinds[key] == kind else None
            if shared:
                near.append((-shared, key))
        return min(near)[1] if near else None

    def judge(self, key: str, one: Held, new: bool) -> str:
        """Note on a finding what a person says of it."""
        row = self.rows[key]
        if one.action in ("kind", "severity"):
            row[one.action] = one.value
        if one.action == ADD_FINDING:
            row |= {"severity": one.value["severity"], "explanation": one.value["what"]}
        verdict = "added" if new and one.action == ADD_FINDING else VERDICTS.get(one.action, "corrected")
        if row["review"] is None or verdict == "dismissed" or (row["review"], verdict) == ("confirmed", "corrected"):
            row["review"] = verdict
        return key

    def add(self, one: Held, claims: pd.DataFrame, articles: pd.DataFrame) -> str:
        """Add a finding that only a person holds."""
        told, voices = _name(one), Voices(claims)
        texts = dict(zip(articles["article_id"], articles["text"], strict=True))
        sides = [_make_side(place, voices, texts) for place in one.places]
        key = tables.make_id("d", told["kind"], *[tuple(side.values()) for side in sides])
        self.rows[key] = {
            "disagreement_id": key, "proposition_id": None, "kind": told["kind"], "severity": told["severity"],
            "explanation": told["what"], "score": SURE, "between": "articles", "found_by": REVIEW, "review": None,
        }  # fmt: skip
        self.kinds[key], self.places[key] = told["kind"], list(one.places)
        self.sides += [{"disagreement_id": key, **side} for side in sides]
        return key

    def tabulate(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return (
            tables.conform(list(self.rows.values()), "disagreements"),
            tables.conform(self.sides, "disagreement_sides"),
        )


def _name(one: Held) -> dict:
    """Give the kind, severity and sentence by which a review names its finding."""
    return one.value if one.action == ADD_FINDING else one.body["finding"]


def _read_place(row: dict) -> Place:
    spot = None if pd.isna(row["start"]) else Spot(int(row["start"]), int(row["end"]))
    return Place(row["side"], row["article_id"], spot)


def _make_side(place: Place, voices: Voices, texts: dict[str, str]) -> dict:
    side, article, spot = place
    start, end = spot or (None, None)
    claim = voices.find(article, start, end) if spot else None
    return {
        "side": side, "article_id": article, "claim_id": None if claim is None else claim.claim_id, "start": start, "end": end,
        "text": texts[article][start:end] if spot else None, "value": None,
    }  # fmt: skip


def _measure(one: tuple[Place, ...], other: list[Place]) -> float | None:
    """Measure how much of a review's places a finding has; None where they have no two sides in common.

    A finding of one article on both sides, or an article that is silent, needs its two sides like any other.
    """
    pairs = [(a, b) for a in one for b in other if meet(a, b)]
    if len({a.side for a, _ in pairs}) < 2 or len({b.side for _, b in pairs}) < 2:
        return None
    return sum(1.0 if a.spot is None else overlap(a.spot, b.spot) for a, b in pairs) / len(one)


def leave_out_dismissed(disagreements: pd.DataFrame, sides: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the findings that stand, with their sides: without those that a person dismissed."""
    stand = disagreements[~disagreements["review"].eq("dismissed").fillna(False)]
    return stand, sides[sides["disagreement_id"].isin(stand["disagreement_id"])]
