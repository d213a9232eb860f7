"""Values and names inside claims: what every later comparison of dates, amounts and people rests on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import islice, takewhile
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from helpers import tables
from helpers.language.parsing import parse_sentences
from helpers.language.syntax import lemma
from helpers.mentions.ages import find_person
from helpers.mentions.ellipses import Ellipses
from helpers.mentions.measures import find_measure
from helpers.mentions.names import find_entities
from helpers.mentions.values.find import Value, find_values

FAR = 80  # characters behind a value that tell what it is of
NEAR = 3  # characters between two sentences that follow each other


def find_mentions(
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    entities: pd.DataFrame | None = None,
    language_model: str | None = None,
) -> pd.DataFrame:
    """Find the dates, amounts and names inside each claim, with normalised values: the table `mentions`.

    A claim holds what lies within its [start, end); a value that reaches over an edge is cut there if its number or
    date stays whole. One that no claim holds goes to the nearest claim of its sentence, `beside` it. `entities` is what
    `helpers.mentions.names.find_entities` gave for these articles, found anew where not given; `language_model` names
    another spaCy pipeline for what is read off a value's sentence: its verb and what it measures.
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
        values += [*_place_values(own, article.text, in_text), *_place_framing(own, article.text, in_text)]
        names += _place_names(own, names_of.get(article.article_id, []))
    _measure(values, dict(zip(articles["article_id"], articles["text"], strict=True)), names_of, language_model)
    return tables.conform([*values, *names], "mentions")


class _Claim(NamedTuple):
    """What is needed of a claim: its span, its sentence, the lemma of its verb, and whether it is quoted word by word."""

    claim_id: str
    article_id: str
    start: int
    end: int
    sentence: tuple[int, int]
    predicate: str | None
    is_quoted: bool


def _read_claims(claims: pd.DataFrame) -> dict[str, list[_Claim]]:
    columns = ["claim_id", "article_id", "start", "end", "sentence_start", "sentence_end"]
    predicates = claims["predicate"] if "predicate" in claims else [None] * len(claims)
    quoted = claims["quote_kind"].eq("direct") if "quote_kind" in claims else [False] * len(claims)
    found: dict[str, list[_Claim]] = {}
    for *head, start, end, predicate, is_quoted in zip(*(claims[c] for c in columns), predicates, quoted, strict=True):
        found.setdefault(head[1], []).append(_Claim(*head, (start, end), predicate, bool(is_quoted)))
    return found


def _place_values(claims: list[_Claim], text: str, values: list[Value]) -> Iterator[dict]:
    for claim in claims:
        said = _find_day_of_saying(claim, values) if claim.is_quoted else None
        meant = _read_as_said(claim, text, said) if said is not None else {}
        for value in _list_within(values, claim.start, claim.end):
            if _is_held(claim, value):
                yield _value_row(claim, meant.get(value.start, value), text)


def _list_within(values: list[Value], start: int, end: int) -> Iterator[Value]:
    """Give the values that have some part in a span."""
    first = bisect_right(values, start, key=lambda value: value.end)
    return takewhile(lambda value: value.start < end, islice(values, first, None))


def _is_held(claim: _Claim, value: Value) -> bool:
    return claim.start <= value.core_start and value.core_end <= claim.end


def _find_day_of_saying(claim: _Claim, values: list[Value]) -> date | None:
    """Find the one day that the words around a quotation give for it: "..., she said on Tuesday"."""
    around = [value for value in _list_within(values, *claim.sentence) if not _is_held(claim, value)]
    days = {value.date_start for value in around if value.kind == "date" and value.date_start == value.date_end}
    return days.pop() if len(days) == 1 else None


def _read_as_said(claim: _Claim, text: str, said: date) -> dict[int, Value]:
    """Read the dates of a quotation that count from the day of saying, "this morning", from that day and not from publication."""
    within = find_values(text[claim.start : claim.end], said, "day")
    dated = [value for value in within if value.kind == "date" and "publication date" in (value.why or "")]
    return {claim.start + value.start: _shift(value, claim.start) for value in dated}


def _shift(value: Value, by: int) -> Value:
    places = {name: getattr(value, name) + by for name in ("start", "end", "core_start", "core_end")}
    return value._replace(**places, why="counted from the day on which it was said")


def _place_framing(claims: list[_Claim], text: str, values: list[Value]) -> Iterator[dict]:
    """Give the values that no claim holds to the nearest claim of their sentence: "In 2018 the Times reported that ..."."""
    sentences: dict[tuple[int, int], list[_Claim]] = {}
    held: set[int] = set()
    for claim in claims:
        sentences.setdefault(claim.sentence, []).append(claim)
        within = _list_within(values, claim.start, claim.end)
        held.update(value.start for value in within if _is_held(claim, value))
    for sentence, own in sentences.items():
        for value in _list_within(values, *sentence):
            is_whole = sentence[0] <= value.core_start and value.core_end <= sentence[1]
            if is_whole and value.start not in held:
                nearest = min(
                    own, key=lambda claim: (max(claim.start - value.end, value.start - claim.end), claim.start)
                )
                yield _value_row(nearest, value, text) | {
                    "start": value.start,
                    "text": text[value.start : value.end],
                    "beside": True,
                }


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
        "beside": False,
        "event": (*claim.sentence, claim.predicate),
        "why": value.why,
    }


def _place_names(claims: list[_Claim], names: list[dict]) -> Iterator[dict]:
    starts = [name["start"] for name in names]
    for claim in claims:
        for name in names[bisect_left(starts, claim.start) : bisect_left(starts, claim.end)]:
            if name["end"] <= claim.end:
                yield {**name, "claim_id": claim.claim_id}


def _measure(values: list[dict], texts: dict[str, str], names_of: dict[str, list], language_model: str | None) -> None:
    """Fill what is read off a value's sentence: `event`, `measures`, `measures_subject`, the unit that is left out, whose age."""
    by_article: dict[str, dict[tuple[int, int], list[dict]]] = {}
    for row in values:
        sentence = by_article.setdefault(row["article_id"], {})
        sentence.setdefault(row["event"][:2], []).append(row)
    for article_id in sorted(by_article):
        text, sentences = texts[article_id], by_article[article_id]
        people = [name for name in names_of.get(article_id, []) if name["kind"] == "person"]
        ellipses, last = Ellipses(), 0
        spans = sorted(sentences)
        for (start, end), doc in zip(
            spans, parse_sentences([text[a:b] for a, b in spans], language_model), strict=True
        ):
            ellipses.open_sentence("\n" not in text[last:start] and start - last < NEAR)
            _measure_sentence(sentences[start, end], doc, start, text, people, ellipses)
            last = end


def _measure_sentence(
    rows: list[dict], doc: Doc, offset: int, text: str, people: list[dict], ellipses: Ellipses
) -> None:
    told: dict[tuple[int, str], tuple] = {}
    for row in sorted(rows, key=lambda row: (row["start"], row["end"])):
        measure = find_measure(doc, row["start"] - offset, row["end"] - offset, row["kind"])
        place = row["end"], row["kind"]
        if place not in told:
            before = text[offset : row["start"]].split()[-1:]
            told[place] = ellipses.fill(
                row, measure, before[0].lower() if before else "", text[row["end"] : row["end"] + FAR]
            )
        if row["kind"] == "age" and (person := find_person(row, measure.subject, text, people)) is not None:
            row |= {"entity_id": person["entity_id"], "entity_name": person["entity_name"]}
        row["measures"], row["unit"] = told[place]
        row["measures_subject"] = measure.subject
        row["event"] = lemma(measure.verb) if measure.verb is not None else row["event"][2]
