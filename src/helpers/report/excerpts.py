"""The places that a report leads to: passages of the articles with the spans that findings rest on marked."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field

from helpers.language.sentences import find_sentences
from helpers.language.spans import Span
from helpers.report.show import mark_invisible

EXCERPTS = ("spans", "sentences", "full")


@dataclass
class Place:
    """A span that a report leads to: its anchor, and its number in its article as a reader cites it («2.14»)."""

    anchor: str
    number: int
    span: Span
    places: Places = field(repr=False)

    @property
    def label(self) -> str:
        """The place as it is cited on the page and on paper; final once every place is known."""
        return f"{self.number}.{self.places.rank(self)}"


class Places:
    """Collects the spans that a report refers to and gives each its anchor and its number.

    Anchors hold the article's id as a digest and the offsets, so a link into a report survives when other articles
    come or go.
    """

    def __init__(self, articles: list[str]):
        self.numbers = {article: number for number, article in enumerate(articles, 1)}
        self.keys = {
            article: hashlib.sha256(article.encode("utf-8", "replace")).hexdigest()[:6] for article in articles
        }
        self.spans: dict[str, dict[Span, Place]] = {article: {} for article in articles}
        self._ranks: dict[int, dict[Span, int]] = {}

    def find(self, article: str, start: int, end: int) -> Place:
        """Note a span of an article and give its place."""
        span = Span(int(start), int(end))
        place = Place(f"p{self.keys[article]}-{span.start}-{span.end}", self.numbers[article], span, self)
        return self.spans[article].setdefault(span, place)

    def rank(self, place: Place) -> int:
        """Say which of its article's places a place is, in the order of the text."""
        spans = next(spans for article, spans in self.spans.items() if self.numbers[article] == place.number)
        ranks = self._ranks.get(place.number)
        if ranks is None or len(ranks) != len(spans):
            ranks = {span: rank for rank, span in enumerate(sorted(spans), 1)}
            self._ranks[place.number] = ranks
        return ranks[place.span]


@dataclass
class Piece:
    """A stretch of shown text, or a marked span that holds further pieces; `place` where a link leads to its start."""

    text: str = ""
    marked: bool = False
    place: Place | None = None
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Excerpt:
    """One shown passage of an article; `start` and `end` are where it lies in the text."""

    start: int
    end: int
    pieces: list[Piece]


def cut_excerpts(text: str, places: dict[Span, Place], excerpts: str) -> list[Excerpt]:
    """Cut out of an article what may be shown around the marked spans: `spans`, their `sentences`, or the `full` text."""
    spans = sorted(places)
    if excerpts == "full":
        windows = [Span(0, len(text))]
    elif excerpts == "spans":
        windows = _merge(spans)
    else:
        sentences = find_sentences(text)
        touched = [s for s in sentences if any(span.start < s.end and span.end > s.start for span in spans)]
        windows = _merge(sorted([*touched, *spans]))
    return [Excerpt(window.start, window.end, _mark(text, window, places)) for window in windows]


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _mark(text: str, window: Span, places: dict[Span, Place]) -> list[Piece]:
    within = [(*span, place) for span, place in places.items() if window.start <= span.start and span.end <= window.end]
    return _nest(text, window, deque(sorted(within, key=lambda item: (item[0], -item[1]))))


def _nest(text: str, window: Span, spans: deque) -> list[Piece]:
    """Nest marked spans inside each other; of two that cross, the later one is cut where the earlier one ends."""
    pieces: list[Piece] = []
    position = window.start
    while spans:
        start, end, place = spans.popleft()
        inner, later = deque(), []
        while spans and spans[0][0] < end:
            first, last, inside = spans.popleft()
            inner.append((first, min(last, end), inside))
            if last > end:
                later.append((end, last, None))
        spans = deque(sorted([*later, *spans], key=lambda item: (item[0], -item[1])))
        pieces.append(Piece(mark_invisible(text[position:start])))
        pieces.append(Piece(marked=True, place=place, pieces=_nest(text, Span(start, end), inner)))
        position = end
    pieces.append(Piece(mark_invisible(text[position : window.end])))
    return [piece for piece in pieces if piece.text or piece.marked]
