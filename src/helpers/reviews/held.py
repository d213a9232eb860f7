"""The reviews that hold, as those who apply them read them: one at a time, in the order of time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.reviews.form import WITHDRAW
from helpers.reviews.spots import MOSTLY, Place, Spot, overlap
from helpers.tables import REVIEW_STATES

APPLIED = REVIEW_STATES[0]
BY_A_PERSON = "a person's review"  # where a value comes from
SURE = 1.0  # confidence of what a person says


@dataclass(frozen=True)
class Held:
    """A review that holds, with the places that were found."""

    index: int
    line: int
    action: str
    body: dict
    places: tuple[Place, ...]

    @property
    def value(self) -> object:
        return self.body.get("value")

    @property
    def article(self) -> str:
        return self.places[0].article

    @property
    def spot(self) -> Spot:
        """The stretch of its first place."""
        return next(place.spot for place in self.places if place.spot is not None)


def list_held(reviews: pd.DataFrame, about: str) -> list[Held]:
    """List the reviews about something that hold, the earliest first."""
    rows = reviews[reviews["state"].eq(APPLIED) & reviews["about"].eq(about) & reviews["action"].ne(WITHDRAW)]
    return [
        Held(row.Index, row.line, row.action, json.loads(row.body), read_places(row.places))
        for row in rows.itertuples()
    ]


def read_places(places: str) -> tuple[Place, ...]:
    """Read the places of a review as the table keeps them."""
    return tuple(
        Place(side, article, None if start is None else Spot(start, end))
        for side, article, start, end in json.loads(places)
    )


def find_claim(
    claims: pd.DataFrame, article: str, spot: Spot, said_by: object = ..., least: float = MOSTLY
) -> object | None:
    """Find the claim that a place stands for, by its index: the same words, or mostly the same; None where there is none.

    Where several have the place, the one that is said by `said_by` is meant; `least` is the share of it that they have in common.
    """
    near = claims[claims["article_id"].eq(article) & claims["start"].lt(spot.end) & claims["end"].gt(spot.start)]
    ranked = [
        (not _is_said_by(row.speaker, said_by), -shared, row.claim_id, row.Index)
        for row in near.itertuples()
        if (shared := overlap((row.start, row.end), spot)) >= least
    ]
    return min(ranked)[-1] if ranked else None


def _is_said_by(speaker: object, said_by: object) -> bool:
    return said_by is ... or (speaker if isinstance(speaker, str) else None) == said_by


def name_said_by(held: Held) -> object:
    """Say by whom a claim was said when it was reviewed: `...` where the review does not tell."""
    return held.body.get("said_by", ...)


def list_meeting(rows: Iterable, article: str, spot: Spot, start: str = "start", end: str = "end") -> Iterator:
    """List the rows of an article whose own stretch is mostly the place."""
    for row in rows:
        first, last = getattr(row, start), getattr(row, end)
        if row.article_id == article and pd.notna(first) and overlap((int(first), int(last)), spot) >= MOSTLY:
            yield row
