"""One finding of values that differ: a side for each value, every article on the side of its value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from helpers.disagreements.measured import Reading, can_be_one, cite_value, name_subject, show_around
from helpers.disagreements.view import Story, make_finding

ROUNDED = 1.1  # ratio of two amounts below which rounding can make them one


def tell_values(
    story: Story,
    kind: str,
    apart: list[tuple[Reading, Reading, float]],
    is_grave: Callable[[list[list[Reading]]], bool],
    alike: list[tuple[Reading, Reading]] = (),
) -> Iterator[dict]:
    """Make one finding of all that hangs together by pairs that are `apart`; what is `alike` one of them stands beside it."""
    group, readings, sure = _group_pairs(apart)
    for one, other in alike:
        for held, joins in ((one, other), (other, one)):
            if held.place in group and joins.place not in group and _may_join(joins, held, group, readings):
                group[joins.place], readings[joins.place] = group[held.place], joins
    for root in sorted(sure):
        members = [readings[place] for place in sorted(readings) if group[place] == root]
        finding = _make_conflict(story, kind, members, sure[root], is_grave)
        if len({side["side"] for side in finding["sides"]}) > 1:
            yield finding


def _group_pairs(apart: list[tuple[Reading, Reading, float]]) -> tuple[dict, dict, dict]:
    """Group the readings of pairs, the surest pair first, so that no article gives one finding two values of its own."""
    group: dict[tuple, tuple] = {}
    readings: dict[tuple, Reading] = {}
    sure: dict[tuple, float] = {}
    for one, other, likeness in sorted(apart, key=lambda pair: (-pair[2], pair[0].place, pair[1].place)):
        roots = [group.get(reading.place) for reading in (one, other)]
        root = next((root for root in roots if root is not None), one.place)
        members = [reading for reading in (one, other) if reading.place not in group]
        if all(roots) or all(_fits(reading, root, group, readings) for reading in members):
            for reading in members:
                group[reading.place], readings[reading.place] = root, reading
            sure[root] = max(sure.get(root, 0.0), likeness)
    return group, readings, sure


def _fits(reading: Reading, root: tuple, group: dict, readings: dict) -> bool:
    """Say whether the article of a reading gives no other value in a group."""
    own = [held for place, held in readings.items() if group[place] == root and held.article == reading.article]
    return all(_is_one(reading, held) for held in own)


def _may_join(reading: Reading, held: Reading, group: dict, readings: dict) -> bool:
    return _is_one(reading, held) and _fits(reading, group[held.place], group, readings)


def _make_conflict(story: Story, kind: str, members: list[Reading], sure: float, is_grave) -> dict:
    values = _part_values(members)
    sides, told, quoted = [], [], []
    for held in values:
        sides.append([story.show(story.claim[r.mention.claim_id], r.mention.text, r.place[1:]) for r in held])
        articles = {r.mention.article_id for r in held}
        several = len(articles) > 1
        named = story.name_outlets(articles)
        told.append(f"{named} {'say' if several else 'says'} {cite_value(held)}")
        quoted.append(f"{named} {'say' if several else 'says'} “{show_around(story, held[0].mention)}”")
    head = name_subject(story, kind, members)
    explanation = (
        f"{head}: {'; '.join(told)}."
        if head
        else f"{'Two amounts' if kind == 'amount' else 'Two dates'} for one thing: {'; '.join(quoted)}."
    )
    confident = min(story.claim[r.mention.claim_id].confidence for r in members)
    return make_finding(
        story, kind, "major" if is_grave(values) else "minor", explanation,
        0.5 * sure + 0.5 * float(confident), sides, story.proposition_of.get(members[0].mention.claim_id),
    )  # fmt: skip


def _part_values(members: list[Reading]) -> list[list[Reading]]:
    """Part readings into those that can be one value, the greatest first."""
    values: list[list[Reading]] = []
    for reading in sorted(members, key=lambda r: (-(r.low if np.isfinite(r.low) else r.high), r.place)):
        same = next((held for held in values if all(_is_one(reading, r) for r in held)), None)
        (same.append(reading) if same is not None else values.append([reading]))
    return values


def _is_one(one: Reading, other: Reading) -> bool:
    """Say whether two readings give one value: alike but for rounding, and both may hold."""
    if (one.low, one.high) == (other.low, other.high):
        return True
    if np.isnan(one.value) or np.isnan(other.value):
        return can_be_one(one, other)
    values = sorted((abs(one.value), abs(other.value)))
    return can_be_one(one, other) and values[1] < ROUNDED * values[0]
