"""Values and names inside claims: what every later comparison of dates, amounts and people rests on."""

from __future__ import annotations

from bisect import bisect_left

import pandas as pd

from helpers import tables
from helpers.entities import find_entities
from helpers.values import Value, find_values


def find_mentions(claims: pd.DataFrame, articles: pd.DataFrame, entities: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the dates, amounts and names inside each claim, with normalised values: the table `mentions`.

    `entities` is what `helpers.entities.find_entities` gave for these articles; it is found anew where not given.
    A claim holds what lies within its [start, end); a value that reaches over an edge is cut there if its number or
    date stays whole.
    """
    spoken_of = articles[articles["article_id"].isin(claims["article_id"])]
    found = find_entities(spoken_of) if entities is None else entities
    names = dict(tuple(found.groupby("article_id", sort=True)))
    claims_of = dict(tuple(claims.groupby("article_id", sort=True)))
    rows: list[dict] = []
    for article in spoken_of.itertuples(index=False):
        text, own = article.text, claims_of[article.article_id]
        rows += _place_values(own, text, find_values(text, article.published, article.published_precision))
        if article.article_id in names:
            rows += _place_names(own, names[article.article_id])
    return tables.conform(rows, "mentions")


def _place_values(claims: pd.DataFrame, text: str, values: list[Value]) -> list[dict]:
    ends = [value.end for value in values]
    rows = []
    for claim in claims.itertuples(index=False):
        for value in values[bisect_left(ends, claim.start + 1) :]:
            if value.start >= claim.end:
                break
            if claim.start <= value.core_start and value.core_end <= claim.end:
                start = max(value.start, claim.start)
                rows.append(_value_row(claim, value, start, value.end, text))
    return rows


def _value_row(claim: tuple, value: Value, start: int, end: int, text: str) -> dict:
    return {
        "claim_id": claim.claim_id,
        "article_id": claim.article_id,
        "start": start,
        "end": end,
        "text": text[start:end],
        "kind": value.kind,
        "value": value.value,
        "unit": value.unit,
        "low": value.low,
        "high": value.high,
        "date_start": value.date_start,
        "date_end": value.date_end,
        "partial": value.partial,
        "scope": value.scope,
        "event": getattr(claim, "predicate", None),
        "why": value.why,
    }


def _place_names(claims: pd.DataFrame, names: pd.DataFrame) -> list[dict]:
    spans = names.sort_values(["start", "end"], kind="stable").to_dict("records")
    starts = [span["start"] for span in spans]
    rows = []
    for claim in claims[["claim_id", "article_id", "start", "end"]].itertuples(index=False):
        for span in spans[bisect_left(starts, claim.start) : bisect_left(starts, claim.end)]:
            if span["end"] <= claim.end:
                rows.append({**span, "claim_id": claim.claim_id})
    return rows
