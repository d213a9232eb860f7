"""A statement that the machine missed, read where a person marked it."""

from __future__ import annotations

import pandas as pd

from helpers.claims.attribution import Place
from helpers.claims.rows import make_row
from helpers.language.parsing import parse_sentences
from helpers.language.quotations import find_quotations
from helpers.language.sentences import find_sentences
from helpers.language.spans import Quotation, Span
from helpers.reviews.form import ReviewError
from helpers.reviews.held import SURE, Held


def read_statement(one: Held, articles: pd.DataFrame, passages: pd.DataFrame) -> dict:
    """Read the statement at a review's place as a row of `claims`, in the article's own voice. Raises ReviewError."""
    start, end = one.spot
    around = passages[passages["article_id"].eq(one.article) & passages["start"].le(start) & passages["end"].gt(start)]
    passage = next(around.itertuples(), None)
    if passage is None:
        raise ReviewError(f"line {one.line}: {one.article}[{start}:{end}] lies in no passage")
    own = Span(start - passage.start, min(end, passage.end) - passage.start)
    sentences = [span for span in find_sentences(passage.text) if span.start < own.end and own.start < span.end]
    sentence = Span(min(own.start, sentences[0].start), max(own.end, sentences[-1].end)) if sentences else own
    (doc,) = parse_sentences([passage.text[sentence.start : sentence.end]])
    place = Place(passage, sentence, doc, [_shift(q, sentence) for q in find_quotations(passage.text)])
    content = Span(own.start - sentence.start, own.end - sentence.start)
    return {**make_row(place, content, None, SURE), "review": "added"}


def _shift(quotation: Quotation, sentence: Span) -> Quotation:
    *edges, closed = quotation
    return Quotation(*(min(max(edge, sentence.start), sentence.end) - sentence.start for edge in edges), closed)
