"""The places that a report leads to: passages of the articles with the spans that findings rest on marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from helpers.sentences import Span, find_sentences
from helpers.show import mark_invisible

EXCERPTS = ("spans", "sentences", "full")


@dataclass
class Piece:
    """A stretch of shown text: marked or not, with the anchors that begin at it."""

    text: str
    marked: bool
    anchors: list[str] = field(default_factory=list)


@dataclass
class Excerpt:
    """One shown passage of an article; `start` is where it lies in the text."""

    start: int
    pieces: list[Piece]


class Places:
    """Collects the spans that a report refers to and gives each its anchor."""

    def __init__(self, articles: list[str]):
        self.numbers = {article: number for number, article in enumerate(articles, 1)}
        self.spans: dict[str, set[Span]] = {article: set() for article in articles}

    def anchor(self, article: str, start: int, end: int) -> str:
        """Note a span and give the anchor of its place."""
        self.spans[article].add(Span(int(start), int(end)))
        return f"a{self.numbers[article]}-{int(start)}-{int(end)}"


def cut_excerpts(text: str, spans: set[Span], number: int, excerpts: str) -> list[Excerpt]:
    """Cut out of an article what may be shown around the marked spans: `spans`, their `sentences`, or the `full` text."""
    if excerpts == "full":
        windows = [Span(0, len(text))]
    elif excerpts == "spans":
        windows = _merge(sorted(spans))
    else:
        sentences = find_sentences(text)
        touched = [s for s in sentences if any(span.start < s.end and span.end > s.start for span in spans)]
        windows = _merge(sorted([*touched, *spans]))
    return [Excerpt(window.start, _mark(text, window, spans, number)) for window in windows]


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _mark(text: str, window: Span, spans: set[Span], number: int) -> list[Piece]:
    within = sorted(span for span in spans if window.start <= span.start and span.end <= window.end)
    cuts = sorted({window.start, window.end, *[edge for span in within for edge in span]})
    pieces = []
    for start, end in pairwise(cuts):
        anchors = [f"a{number}-{span.start}-{span.end}" for span in within if span.start == start]
        marked = any(span.start <= start and end <= span.end for span in within)
        pieces.append(Piece(mark_invisible(text[start:end]), marked, anchors))
    return pieces
