"""Which reviews hold: those that were taken back or contradicted later are overruled, those without a place orphans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from helpers.reviews.form import (
    ACTIONS,
    ADD_FINDING,
    DISMISS,
    NO_CLAIM,
    NOTE,
    WITHDRAW,
    Review,
)
from helpers.reviews.spots import Place, meet
from helpers.tables import REVIEW_STATES

APPLIED, OVERRULED, ORPHAN = REVIEW_STATES


class Placed(NamedTuple):
    """A review with the places of its targets that were found, how many were not, and the articles that there are."""

    review: Review
    places: tuple[Place, ...]
    lost: int
    articles: frozenset[str]


def settle(placed: Sequence[Placed]) -> list[tuple[str, str | None]]:
    """Give the state of each review, and the reason where it does not hold; they come in the order of time."""
    keys = {one.review.key: one.review for one in placed}
    withdrawn = _find_withdrawn([one.review for one in placed])
    states: list[tuple[str, str | None]] = []
    for one in placed:
        reason = _find_gap(one, keys)
        if one.review.key in withdrawn:
            states.append((OVERRULED, f"withdrawn on line {withdrawn[one.review.key]}"))
        else:
            states.append((ORPHAN, reason) if reason else (APPLIED, None))
    held: list[Placed] = []
    for place in reversed(range(len(placed))):
        if states[place][0] != APPLIED:
            continue
        stronger = next((later for later in held if contradict(placed[place], later)), None)
        if stronger is None:
            held.append(placed[place])
        else:
            states[place] = (OVERRULED, f"a later review holds: line {stronger.review.line}")
    return states


def _find_withdrawn(reviews: Sequence[Review]) -> dict[str, int]:
    """Find what was withdrawn, with the line that says so; who withdraws may be withdrawn in turn."""
    withdrawn: dict[str, int] = {}
    for review in reversed(reviews):
        if review.action == WITHDRAW and review.key not in withdrawn:
            withdrawn[str(review.value)] = review.line
    return withdrawn


def _find_gap(one: Placed, keys: Iterable[str]) -> str | None:
    """Say what a review lacks to hold; None where it lacks nothing."""
    review, needed = one.review, ACTIONS[one.review.action]
    if review.action == WITHDRAW:
        return None if review.value in keys else "there is no such review"
    if not one.lost:
        return None
    placed = [place for place in one.places if place.spot is not None]
    if needed.about == "finding":
        sides, all_sides = {place.side for place in one.places}, {target.side for target in review.targets}
        return None if placed and len(sides) >= min(2, len(all_sides)) else _say_lost(one)
    return _say_lost(one) if review.action != NOTE or not placed else None


def _say_lost(one: Placed) -> str:
    found = {place.article for place in one.places}
    gone = [target for target in one.review.targets if target.article not in found | one.articles]
    if gone:
        return f"the article {gone[0].article} is gone"
    quoted = next((target.exact for target in one.review.targets if target.exact), "")
    return f"its words no longer stand there: {' '.join(quoted.split())[:80]!r}"


def contradict(earlier: Placed, later: Placed) -> bool:
    """Say whether of two reviews only the later can hold: of one thing, they say two things about the same."""
    one, other = earlier.review, later.review
    if one.about != other.about or NOTE in (one.action, other.action) or WITHDRAW in (one.action, other.action):
        return False
    if one.about == "article":
        return one.action == other.action and earlier.places[0].article == later.places[0].article
    if one.about in ("name", "pair"):
        return _meet_pairwise(earlier.places, later.places)
    if one.about == "finding":
        return _exclude(one.action, other.action, DISMISS) and _is_same_finding(earlier, later)
    return _exclude(one.action, other.action, NO_CLAIM) and is_same_claim(earlier, later)


def _exclude(one: str, other: str, none: str) -> bool:
    """Say whether two actions on one thing exclude each other; `none` says that there is no such thing."""
    return one == other or none in (one, other)


def is_same_claim(one: Placed, other: Placed) -> bool:
    """Say whether two reviews are of one claim: one place, and where both say so the same one who says it."""
    said = [placed.review.body.get("said_by", ...) for placed in (one, other)]
    return meet(one.places[0], other.places[0]) and (said[0] == said[1] or ... in said)


def _meet_pairwise(one: Sequence[Place], other: Sequence[Place]) -> bool:
    return any(meet(one[0], a) and meet(one[1], b) for a, b in (other[:2], other[1::-1]))


def _is_same_finding(one: Placed, other: Placed) -> bool:
    kinds = [find_kind(placed.review) for placed in (one, other)]
    return kinds[0] == kinds[1] and find_sides(one.places, other.places) >= 2


def find_kind(review: Review) -> str:
    """Give the kind by which the finding of a review is named."""
    return review.value["kind"] if review.action == ADD_FINDING else review.body["finding"]["kind"]


def find_sides(one: Sequence[Place], other: Sequence[Place]) -> int:
    """Count the sides of one finding that have a place in common with a side of the other, each with another."""
    pairs = sorted({(a.side, b.side) for a in one for b in other if meet(a, b)})
    return min(len({a for a, _ in pairs}), len({b for _, b in pairs}))
