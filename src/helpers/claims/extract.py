"""Take the claims out of the passages: what is stated, who says so, and how the article presents it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from spacy.tokens import Doc

from helpers import tables
from helpers.claims.attribution import Attribution, Loose, Place
from helpers.claims.cues import read_sentence
from helpers.claims.going_on import (
    continue_speech,
    find_leading,
    find_speaking,
    leads_on,
    read_turn,
    sign,
    split_content,
)
from helpers.claims.labelled_speech import Turn, find_signature, find_turns
from helpers.claims.own_voice import find_asides, find_own_statements, states_something
from helpers.claims.readings import FALLBACKS, READINGS
from helpers.claims.rows import make_row, nest_rows
from helpers.claims.settle import find_attributions
from helpers.claims.speakers import resolve_speakers
from helpers.claims.standing import resolve_text, settle_standing
from helpers.claims.statements import Statement
from helpers.language.parsing import parse_sentences
from helpers.language.quotations import find_quotations, find_speech
from helpers.language.sentences import ADDRESS, count_words, find_sentences
from helpers.language.spans import Quotation, Span

# Below this, a phrase only names something: «welcomed the decision»; a denial is kept whatever it names.
LEAST_CONFIDENCE = 0.4
OF_ASIDES = 0.7
LONGEST_HEADLINE = 20  # words


def extract_claims(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    min_confidence: float = LEAST_CONFIDENCE,
    language_model: str | None = None,
) -> pd.DataFrame:
    """Extract `claims`: one row a statement of the passages that give claims.

    `min_confidence` leaves out what is less sure; `language_model` names another spaCy pipeline. A statement that a
    source denies keeps its own words with the stance `denies`: it is never turned into support. Whoever says that
    something did not happen `asserts` a statement that is `negated`; only a cue of denial makes the stance `denies`.
    """
    bearing = passages[passages["kind"].isin(tables.CLAIM_BEARING)]
    places = [
        (passage, sentence)
        for passage in bearing.sort_values(["article_id", "start"], kind="stable").itertuples()
        for sentence in find_sentences(passage.text)
    ]
    docs = parse_sentences([passage.text[start:end] for passage, (start, end) in places], language_model)
    turns = find_turns(passages)
    quotations = {passage.passage_id: find_quotations(passage.text) for passage in bearing.itertuples()}
    placed = [_place(*place, doc, quotations) for place, doc in zip(places, docs, strict=True)]
    rows = _read_places(placed, quotations, turns)
    claims = tables.conform(_drop_repeated(rows), "claims")
    claims = resolve_text(settle_standing(resolve_speakers(claims, articles)), articles)
    return tables.conform(claims[claims["confidence"] >= min_confidence], "claims")


def _place(passage, span: Span, doc: Doc, quotations: dict[str, list[Quotation]]) -> Place:
    here = [q for q in quotations[passage.passage_id] if q.start < span.end and q.end > span.start]
    return Place(passage, span, doc, [_shift(q, span) for q in here])


def _read_places(placed: Sequence[Place], quotations: dict[str, list[Quotation]], turns: dict[str, Turn]) -> list[dict]:
    """Read sentence after sentence, with who speaks as far as the ones before tell it."""
    rows: list[dict] = []
    speaking: dict | None = None
    for place, following in zip(placed, [*placed, None][1:], strict=True):
        passage = place.passage
        if speaking and speaking["article_id"] != passage.article_id:
            speaking = None
        signature = find_signature(place.text)
        if signature is not None and sign(place, signature, rows):
            speaking = None
            continue
        found = _read_place(place, quotations[passage.passage_id], turns.get(passage.passage_id), speaking)
        if leads_on(place, following):
            speaking = find_leading(place, found)
            found = [row for row in found if speaking is None or not _holds_cue(row, speaking)]
        else:
            speaking = find_speaking(passage, found, speaking)
        rows.extend(found)
    return rows


def _holds_cue(row: dict, leading: dict) -> bool:
    """Say whether a statement is only that somebody wrote what follows."""
    return row["start"] <= leading["cue_start"] <= row["end"]


def _drop_repeated(rows: list[dict]) -> list[dict]:
    return list({row["claim_id"]: row for row in rows}.values())


def _shift(quotation: Quotation, sentence: Span) -> Quotation:
    """Move a quotation of a passage to the offsets of a sentence, as far as it lies in it."""
    *edges, closed = quotation
    return Quotation(*(min(max(edge, sentence.start), sentence.end) - sentence.start for edge in edges), closed)


def _read_place(place: Place, quotations: Sequence[Quotation], turn: Turn | None, speaking: dict | None) -> list[dict]:
    """Read the claims of one sentence: of a turn, of whoever the sentence names, and of the article itself."""
    if turn is not None:
        return _make_rows(*read_turn(place, turn))
    here = [q for q in quotations if q.start < place.span.end and q.end > place.span.start]
    speech = [_shift(q, place.span) for q in find_speech(place.passage.text, here)]
    stated = states_something(place.doc, place.text)
    if not (stated or speech):
        return []
    attributions = find_attributions(read_sentence(place.doc, speech, stated), READINGS, FALLBACKS)
    rows = [make_row(place, piece, one) for one in attributions for piece in _pieces(place.text, one)]
    loose = continue_speech(place, speech, speaking, stated) if speech and not attributions else None
    if loose is not None:
        rows += _make_rows(place, loose)
    elif stated:
        rows += [_make_own_row(place, one) for one in find_own_statements(place.doc, attributions, _is_headline(place))]
    if stated:
        rows += _read_asides(place, rows)
    nest_rows(rows)
    return rows


def _make_own_row(place: Place, statement: Statement) -> dict:
    row = make_row(place, statement.span, None, head=statement.head)
    return row if statement.resolved is None else {**row, "text_resolved": statement.resolved}


def _is_headline(place: Place) -> bool:
    """Say whether a sentence is a title, or written as one, so that it may state something without a finite verb."""
    ends = place.text.rstrip("”\"' ").endswith((".", "!", "…"))
    short = count_words(place.text) <= LONGEST_HEADLINE and ADDRESS.search(place.text) is None
    return place.passage.kind == "title" or (short and not ends)


def _make_rows(place: Place, speech: Sequence[Loose]) -> list[dict]:
    return [{**make_row(place, one.content, one.attribution), **one.told} for one in speech]


def _pieces(text: str, attribution: Attribution) -> list[Span]:
    return [piece for content in attribution.contents for piece in split_content(text, content, attribution)]


def _read_asides(place: Place, rows: Sequence[dict]) -> list[dict]:
    """Read what a sentence states by the way, where no claim of it has that already."""
    taken = [Span(row["start"] - place.offset, row["end"] - place.offset) for row in rows]
    return [make_row(place, aside, None, OF_ASIDES) for aside in find_asides(place.doc, taken)]
