"""Where a review stands: its place is recorded with the words around it, and found again when the text has changed.

A place is only found where no other can be meant: a wrong place is worse than none, and none is told.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from helpers.readings.folding import fold
from helpers.reviews.form import Target
from helpers.reviews.spots import Spot

CONTEXT = 32  # signs of the text that are recorded on either side
BEYOND = 12  # signs more than what tells a place from those with the same words
MOST_CONTEXT = 400
TELLING = 24  # signs of a quotation that stood once in its text from which its own words are enough
LEAST_CONTEXT, LEAST_BESIDE = 8, 3  # signs beside a shorter one that must have stayed on one side, and on either
UNTELLING = CONTEXT // 2
SQUEEZED = 8  # signs that a context may lose when white space is folded


class Edge(NamedTuple):
    """What stands beside a place: how many signs as recorded, and whether all that was recorded, enough to tell it by."""

    shared: int
    whole: bool


class Text:
    """An article's text, in which quotations are looked for whatever their white space and the shape of their marks."""

    def __init__(self, text: str):
        self.text = text

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return fold(self.text)

    def find_all(self, quote: str) -> list[tuple[int, int]]:
        """Find a folded quotation wherever it stands, in the folded text."""
        folded, found = self._folded[0], []
        start = folded.find(quote)
        while start >= 0:
            found.append((start, start + len(quote)))
            start = folded.find(quote, start + 1)
        return found

    def unfold(self, place: tuple[int, int]) -> Spot:
        """Give the place in the text of one in the folded text."""
        places = self._folded[1]
        return Spot(places[place[0]], places[place[1] - 1] + 1)

    def before(self, place: tuple[int, int]) -> str:
        """Give what stands before a place in the folded text, backwards."""
        return self._folded[0][max(place[0] - MOST_CONTEXT, 0) : place[0]][::-1]

    def after(self, place: tuple[int, int]) -> str:
        """Give what stands behind a place in the folded text."""
        return self._folded[0][place[1] : place[1] + MOST_CONTEXT]


def record_target(article, start: int, end: int, side: str = "a") -> dict:
    """Record a place of an article, a row of `articles`, as the target of an annotation.

    The words around it are as many as tell it from every other place with the same words.
    """
    text = Text(article.text)
    exact = article.text[start:end]
    places = text.find_all(_fold(exact))
    own = [place for place in places if text.unfold(place).start == start]
    others = [place for place in places if place not in own]
    widths = [_widen(read, own, others) for read in (text.before, text.after)]
    before, after = article.text[max(start - widths[0], 0) : start], article.text[end : end + widths[1]]
    if others:  # what the edge of the text cuts off before it tells is kept so short that it is not taken to tell
        before = before if len(before) == widths[0] else before[-UNTELLING:]
        after = after if len(after) == widths[1] else after[:UNTELLING]
    selectors = [
        {"type": "TextPositionSelector", "start": int(start), "end": int(end)},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after},
    ]
    return {**record_article(article, side), "selector": selectors, **({"unique": True} if len(places) == 1 else {})}


def record_article(article, side: str = "a") -> dict:
    """Record an article as a whole as the target of an annotation, such as one that is silent."""
    name = article.raw_path.rpartition("/")[2]
    source = {"id": name, "type": "Text", "article": article.article_id, "sha256": article.raw_sha256}
    return {"type": "SpecificResource", "source": source, "side": side}


def _widen(read: Callable, own: list[tuple[int, int]], others: list[tuple[int, int]]) -> int:
    """Say how many signs on one side tell a place from the others with the same words."""
    contexts = [read(place) for place in own]
    shared = max((_count_shared(context, read(other)) for context in contexts for other in others), default=0)
    return min(max(CONTEXT, shared + BEYOND), MOST_CONTEXT)


def _count_shared(one: str, other: str) -> int:
    """Count the signs with which two texts begin alike."""
    length = min(len(one), len(other))
    return next((i for i in range(length) if one[i] != other[i]), length)


def find_target(target: Target, text: Text) -> Spot | None:
    """Find a recorded place in the text of its article; None where its words are gone or could be meant elsewhere.

    Where the text is as it was around the recorded offsets, they hold.
    """
    if _stands_there(target, text.text):
        return Spot(target.start, target.end)
    wanted = _fold(target.exact)
    found = {place: _compare_edges(target, text, place) for place in text.find_all(wanted)}
    telling = len(wanted) >= TELLING
    near = [place for place, sides in found.items() if telling or min(side.shared for side in sides) >= LEAST_BESIDE]
    for fits in (all, any):
        strong = [place for place in near if fits(side.whole for side in found[place])]
        if strong:
            return text.unfold(strong[0]) if len(strong) == 1 else None
    alone = target.unique and len(found) == len(near) == 1
    kept = alone and (telling or max(side.shared for side in found[near[0]]) >= LEAST_CONTEXT)
    return text.unfold(near[0]) if kept else None


def _stands_there(target: Target, text: str) -> bool:
    """Say whether the words stand at the recorded offsets, with all that was recorded beside them."""
    if target.start is None or text[target.start : target.end] != target.exact:
        return False
    before, after = text[: target.start], text[target.end :]
    beside = len(target.prefix) + len(target.suffix) >= CONTEXT
    return beside and before.endswith(target.prefix) and after.startswith(target.suffix)


def _compare_edges(target: Target, text: Text, place: tuple[int, int]) -> tuple[Edge, Edge]:
    """Compare what stands before and behind a place with what was recorded there."""
    prefix, suffix = fold(target.prefix)[0][::-1], fold(target.suffix)[0]
    return _compare_edge(text.before(place), prefix), _compare_edge(text.after(place), suffix)


def _compare_edge(beside: str, recorded: str) -> Edge:
    """Compare one side. A short record is from the edge of a text, and tells a place only at the edge."""
    shared = _count_shared(beside, recorded)
    short = len(recorded) < CONTEXT - SQUEEZED
    reaches = not short or (len(beside) == len(recorded) and len(recorded.strip()) >= BEYOND)
    return Edge(shared, shared == len(recorded) and reaches)


def _fold(text: str) -> str:
    return fold(text)[0].strip()
