"""Bring what readers found together with what the engine found: the same conflict told by several is one finding."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import tables
from helpers.readings.taken import ENGINE, JOIN, VERIFIED
from helpers.readings.voices import Voices, name_voices
from helpers.store.publishers import name_sources

MOSTLY = 0.5  # share of the longer of two places from which they are one place, whatever the kinds of the findings
LEAST, MOST = 0.05, 0.99  # bounds of a score


class Found(NamedTuple):
    """A finding of the engine or of a reader, as the others are compared with it: its places by side, who is silent."""

    kind: str
    sides: dict[str, list[tuple[str, int, int]]]
    silent: frozenset[str]


def merge_findings(
    disagreements: pd.DataFrame,
    disagreement_sides: pd.DataFrame,
    readings: pd.DataFrame,
    articles: pd.DataFrame,
    claims: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Merge the verified disagreements of `readings` into the engine's: `disagreements, disagreement_sides`.

    `found_by` names who found each. A finding that a reader has too keeps the engine's id, sides and words; it is the
    surer for it, and as grave as the gravest holds it. Without readings nothing but `found_by` is added.
    """
    engine = disagreements.assign(found_by=ENGINE)
    items = readings[readings["state"].eq(VERIFIED) & readings["kind"].isin(tables.DISAGREEMENT_KINDS)]
    if items.empty:
        return tables.conform(engine, "disagreements"), disagreement_sides
    told = [rows for _, rows in items.groupby(["reading", "item"], sort=True)]
    shapes = [_shape(rows, rows["kind"].iloc[0]) for rows in told]
    kinds = dict(zip(engine["disagreement_id"], engine["kind"], strict=True))
    known = {key: _shape(rows, kinds[key]) for key, rows in disagreement_sides.groupby("disagreement_id", sort=True)}
    left = []
    for rows, shape in zip(told, shapes, strict=True):
        same = [key for key, other in known.items() if tell_the_same(shape, other)]
        if same:
            _confirm(engine, same, rows.iloc[0])
        else:
            left.append((rows, shape))
    new, sides = _make_findings(left, articles, claims)
    found = [engine, tables.conform(new, "disagreements")] if new else [engine]
    pieces = [disagreement_sides, tables.conform(sides, "disagreement_sides")] if sides else [disagreement_sides]
    return (
        tables.conform(pd.concat(found, ignore_index=True), "disagreements"),
        tables.conform(pd.concat(pieces, ignore_index=True), "disagreement_sides"),
    )


def _shape(rows: pd.DataFrame, kind: str) -> Found:
    sides: dict[str, list[tuple[str, int, int]]] = {}
    for row in rows.itertuples():
        if pd.notna(row.start):
            sides.setdefault(row.side, []).append((row.article_id, int(row.start), int(row.end)))
    return Found(kind, sides, frozenset(rows[rows["start"].isna()]["article_id"]))


def tell_the_same(one: Found, other: Found) -> bool:
    """Say whether two findings tell one conflict: two sides of either share words with two sides of the other.

    Findings of different kinds may rest on one sentence and be two, unless they rest on mostly the same words. An
    omission is one with another where the same article is silent on what the same words tell.
    """
    if "omission" in (one.kind, other.kind):
        met = any(_share(a, b) for a in _all(one) for b in _all(other))
        return one.kind == other.kind and met and bool(one.silent & other.silent)
    least = 0.0 if one.kind == other.kind else MOSTLY
    pairs = {
        (a, b)
        for a, places in one.sides.items()
        for b, others in other.sides.items()
        if any(_share(place, beside) > least for place in places for beside in others)
    }
    return any(a != c and b != d for (a, b), (c, d) in combinations(sorted(pairs), 2))


def _all(found: Found) -> list[tuple[str, int, int]]:
    return [place for places in found.sides.values() for place in places]


def _share(one: tuple[str, int, int], other: tuple[str, int, int]) -> float:
    """Give the share of the longer of two places that both have."""
    if one[0] != other[0]:
        return 0.0
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return max(0, shared) / max(one[2] - one[1], other[2] - other[1], 1)


def _confirm(engine: pd.DataFrame, same: list[str], item: pd.Series) -> None:
    """Note on the engine's findings that a reader has them too."""
    for place in engine.index[engine["disagreement_id"].isin(same)]:
        names = engine.at[place, "found_by"].split(JOIN)
        if item["reading"] not in names:
            engine.at[place, "found_by"] = JOIN.join([*names, item["reading"]])
            engine.at[place, "score"] = _join_scores([engine.at[place, "score"], item["confidence"]])
        if item["severity"] == "major":
            engine.at[place, "severity"] = "major"


def _join_scores(scores: list[float]) -> float:
    """Join what several are sure of, each on their own: the chance that not all are wrong."""
    return round(float(np.clip(1 - np.prod([1 - score for score in scores]), LEAST, MOST)), 4)


def _make_findings(left: list, articles: pd.DataFrame, claims: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    """Make findings of what only readers have; items of several readings that tell the same are one."""
    groups = _group([shape for _, shape in left])
    names, voices = name_sources(articles), Voices(claims)
    found, sides = {}, []
    for group in sorted(set(groups)):
        told = [rows for (rows, _), own in zip(left, groups, strict=True) if own == group]
        finding, own = _make_finding(told, names, voices)
        if finding["disagreement_id"] not in found:
            found[finding["disagreement_id"]] = finding
            sides += own
    return list(found.values()), sides


def _group(shapes: list[Found]) -> list[int]:
    """Give the number of the group of each finding: those that tell the same, over others too, are one group."""
    from scipy.sparse import coo_array  # the page imports this module and groups nothing
    from scipy.sparse.csgraph import connected_components

    if not shapes:
        return []
    pairs = [(i, k) for i, k in combinations(range(len(shapes)), 2) if tell_the_same(shapes[i], shapes[k])]
    heads, tails = [i for i, _ in pairs], [k for _, k in pairs]
    grid = coo_array((np.ones(len(pairs)), (heads, tails)), shape=(len(shapes), len(shapes)))
    return connected_components(grid, directed=False)[1].tolist()


def _make_finding(told: list[pd.DataFrame], names: dict[str, str], voices: Voices) -> tuple[dict, list[dict]]:
    """Make one finding of the items that tell it, with the sides and words of the surest."""
    best = max(told, key=lambda rows: (rows["confidence"].iloc[0], -len(rows["what"].iloc[0])))
    head = best.iloc[0]
    held = [
        None if pd.isna(row.start) else voices.find(row.article_id, row.start, row.end) for row in best.itertuples()
    ]
    sides = [
        {
            "side": row.side, "article_id": row.article_id, "claim_id": None if claim is None else claim.claim_id,
            "start": None if pd.isna(row.start) else int(row.start), "end": None if pd.isna(row.end) else int(row.end),
            "text": row.quote if isinstance(row.quote, str) else None, "value": None,
        }
        for row, claim in zip(best.itertuples(), held, strict=True)
    ]  # fmt: skip
    number = tables.make_id("d", head["kind"], *[tuple(side.values()) for side in sides])
    sureness = {rows["reading"].iloc[0]: rows["confidence"].iloc[0] for rows in told}
    finding = {
        "disagreement_id": number, "proposition_id": None, "kind": head["kind"],
        "severity": "major" if any(rows["severity"].iloc[0] == "major" for rows in told) else "minor",
        "explanation": name_voices(head["what"], list(zip(best["article_id"], held, strict=True)), names),
        "score": _join_scores(list(sureness.values())), "between": _find_between(best), "found_by": JOIN.join(sorted(sureness)),
    }  # fmt: skip
    return finding, [{"disagreement_id": number, **side} for side in sides]


def _find_between(rows: pd.DataFrame) -> str:
    """Say whether articles differ, or sources that the same articles quote."""
    groups = [frozenset(own["article_id"]) for _, own in rows.groupby("side")]
    same = len(groups) > 1 and len(set(groups)) == 1 and len(groups[0]) > 1
    return "sources" if same else "articles"
