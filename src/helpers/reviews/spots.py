"""Places in articles, and whether two of them are one."""

from __future__ import annotations

from typing import NamedTuple

MOSTLY = 0.5  # share of what two places cover together from which they are one place


class Spot(NamedTuple):
    """A stretch of an article's text."""

    start: int
    end: int


class Place(NamedTuple):
    """A place on a side of a finding; without a stretch it is the article as a whole, such as one that is silent."""

    side: str
    article: str
    spot: Spot | None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Give the share of what two stretches cover that both cover."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / max(max(one[1], other[1]) - min(one[0], other[0]), 1)


def meet(one: Place, other: Place) -> bool:
    """Say whether two places are one: the same article, and mostly the same words."""
    if one.article != other.article or one.spot is None or other.spot is None:
        return one.article == other.article and one.spot is other.spot
    return overlap(one.spot, other.spot) >= MOSTLY
