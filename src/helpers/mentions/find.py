"""Values and names inside claims: what every later comparison of dates, amounts and people rests on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc, Token

from helpers import tables
from helpers.language.parsing import parse_sentences
from helpers.language.syntax import copula_of, is_verb, lemma
from helpers.mentions.names import find_entities
from helpers.mentions.values.find import Value, find_values


def find_mentions(
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    entities: pd.DataFrame | None = None,
    language_model: str | None = None,
) -> pd.DataFrame:
    """Find the dates, amounts and names inside each claim, with normalised values: the table `mentions`.

    A claim holds what lies within its [start, end); a value that reaches over an edge is cut there if its number or
    date stays whole. `entities` is what `helpers.mentions.names.find_entities` gave for these articles, found anew where not
    given; `language_model` names another spaCy pipeline for `event`, the verb that a value belongs to in its sentence.
    """
    spoken_of = articles[articles["article_id"].isin(claims["article_id"])]
    entities = find_entities(spoken_of) if entities is None else entities
    claims_of = _read_claims(claims)
    names_of = {
        article_id: names.to_dict("records")
        for article_id, names in entities.sort_values(["article_id", "start"], kind="stable").groupby("article_id")
    }
    values: list[dict] = []
    names: list[dict] = []
    for article in spoken_of.itertuples(index=False):
        own = claims_of[article.article_id]
        in_text = find_values(article.text, article.published, article.published_precision)
        values += _place_values(own, article.text, in_text)
        names += _place_names(own, names_of.get(article.article_id, []))
    _name_events(values, dict(zip(articles["article_id"], articles["text"], strict=True)), language_model)
    return tables.conform([*values, *names], "mentions")


class _Claim(NamedTuple):
    """What is needed of a claim: its span, its sentence, and the lemma of its verb."""

    claim_id: str
    article_id: str
    start: int
    end: int
    sentence: tuple[int, int]
    predicate: str | None


def _read_claims(claims: pd.DataFrame) -> dict[str, list[_Claim]]:
    columns = ["claim_id", "article_id", "start", "end", "sentence_start", "sentence_end"]
    predicates = claims["predicate"] if "predicate" in claims else [None] * len(claims)
    found: dict[str, list[_Claim]] = {}
    for *head, start, end, predicate in zip(*(claims[column] for column in columns), predicates, strict=True):
        found.setdefault(head[1], []).append(_Claim(*head, (start, end), predicate))
    return found


def _place_values(claims: list[_Claim], text: str, values: list[Value]) -> Iterator[dict]:
    ends = [value.end for value in values]
    for claim in claims:
        for value in values[bisect_right(ends, claim.start) :]:
            if value.start >= claim.end:
                break
            if claim.start <= value.core_start and value.core_end <= claim.end:
                yield _value_row(claim, value, text)


def _value_row(claim: _Claim, value: Value, text: str) -> dict:
    start = max(value.start, claim.start)
    return {
        "claim_id": claim.claim_id,
        "article_id": claim.article_id,
        "start": start,
        "end": value.end,
        "text": text[start : value.end],
        "kind": value.kind,
        "value": value.value,
        "unit": value.unit,
        "low": value.low,
        "high": value.high,
        "date_start": value.date_start,
        "date_end": value.date_end,
        "partial": value.partial,
        "scope": value.scope,
        "event": (*claim.sentence, claim.predicate),
        "why": value.why,
    }


def _place_names(claims: list[_Claim], names: list[dict]) -> Iterator[dict]:
    starts = [name["start"] for name in names]
    for claim in claims:
        for name in names[bisect_left(starts, claim.start) : bisect_left(starts, claim.end)]:
            if name["end"] <= claim.end:
                yield {**name, "claim_id": claim.claim_id}


def _name_events(values: list[dict], texts: dict[str, str], language_model: str | None) -> None:
    """Fill `event` of the rows: the lemma of the verb above the value in its sentence, else the claim's predicate."""
    places = sorted({(row["article_id"], *row["event"][:2]) for row in values})
    docs = parse_sentences([texts[article][start:end] for article, start, end in places], language_model)
    doc_of = dict(zip(places, docs, strict=True))
    for row in values:
        start, end, predicate = row["event"]
        verb = _find_verb(doc_of[row["article_id"], start, end], row["start"] - start, row["end"] - start)
        row["event"] = lemma(verb) if verb is not None else predicate


def _find_verb(doc: Doc, start: int, end: int) -> Token | None:
    """Find the verb that a span of a sentence hangs on; of "it was 40 metres long" that is "be"."""
    inside = [token for token in doc if start <= token.idx < end]
    token = next((token for token in inside if token.head not in inside or token.head == token), None)
    while token is not None and not is_verb(token):
        if copula_of(token) is not None:
            return copula_of(token)
        token = token.head if token.head != token else None
    return token
