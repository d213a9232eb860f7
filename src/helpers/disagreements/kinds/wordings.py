"""Where sources give one quotation in different words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from helpers.disagreements.quoted import Quoted, collect_quotations, pair_quotations
from helpers.disagreements.view import Story, make_finding, shorten
from helpers.language.wording import Difference, compare_wordings, find_folded_words


class Place(NamedTuple):
    """The words of one wording around a difference, in one article."""

    article: str
    start: int
    end: int
    words: str


class Parting(NamedTuple):
    """A place at which wordings of one quotation part: by the folded words of either, who has them, and one difference."""

    sides: tuple[tuple[Place, ...], ...]
    difference: Difference

    @property
    def articles(self) -> tuple[frozenset[str], ...]:
        """The articles that have either wording."""
        return tuple(sorted((frozenset(p.article for p in side) for side in self.sides), key=sorted))


def find_wording_differences(story: Story) -> Iterator[dict]:
    """Yield `wording`: one quotation in different words, a finding for each two groups of articles that word it differently.

    Every article that has a wording is evidence for it, so that copies make no further findings.
    """
    between: dict[tuple, list[Parting]] = defaultdict(list)
    for parting in _find_partings(story):
        origins = [story.origins_of(articles) for articles in parting.articles]
        if len(set().union(*origins)) > 1:
            between[parting.articles].append(parting)
    for _, partings in sorted(between.items(), key=lambda item: [sorted(side) for side in item[0]]):
        for held in _part_by_quotation(partings):
            yield _make_wording(story, held)


def _find_partings(story: Story) -> list[Parting]:
    held: dict[str, list[Quoted]] = defaultdict(list)
    for quotation in collect_quotations(story):
        held[quotation.text].append(quotation)
    found: dict[tuple, dict[str, set[Place]]] = defaultdict(lambda: defaultdict(set))
    shown: dict[tuple, Difference] = {}
    for one, other in pair_quotations(sorted(held)):
        for difference in compare_wordings(one, other):
            folded = [_fold(difference.words_a), _fold(difference.words_b)]
            key = (difference.around, tuple(sorted(folded)))
            shown.setdefault(key, difference)
            spans = ((difference.start_a, difference.end_a), (difference.start_b, difference.end_b))
            cited = (difference.words_a, difference.words_b)
            for text, words, (start, end), own in zip((one, other), folded, spans, cited, strict=True):
                found[key][words] |= {Place(q.article, q.start + start, q.start + end, own) for q in held[text]}
    two = [key for key in sorted(found) if len(found[key]) == 2]
    return [Parting(tuple(tuple(sorted(found[key][w])) for w in sorted(found[key])), shown[key]) for key in two]


def _fold(text: str) -> str:
    return " ".join(word for _, word in find_folded_words(text))


def _part_by_quotation(partings: list[Parting]) -> Iterator[list[Parting]]:
    """Part the differences between the same articles by the passage in which they stand."""
    held: list[Parting] = []
    for parting in sorted(partings, key=_find_first):
        if held and not _is_near(held[-1], parting):
            yield held
            held = []
        held.append(parting)
    if held:
        yield held


def _find_first(parting: Parting) -> Place:
    return min(place for side in parting.sides for place in side)


def _is_near(one: Parting, other: Parting, reach: int = 400) -> bool:
    a, b = _find_first(one), _find_first(other)
    return a.article == b.article and b.start - a.end < reach


def _make_wording(story: Story, partings: list[Parting]) -> dict:
    main = max(partings, key=lambda p: (p.difference.changes_meaning, p.difference.likeness, -_find_first(p).start))
    ordered = sorted(main.sides, key=lambda side: (min(side), side[0].words))
    owners = [frozenset(place.article for place in side) for side in ordered]
    places = [set(side) for side in ordered]
    for parting in partings:
        for side in parting.sides:
            articles = frozenset(place.article for place in side)
            if owners[0] != owners[1] and articles in owners:
                places[owners.index(articles)] |= set(side)
    named = [story.name_outlets(articles) for articles in owners]
    texts = [shorten(story.texts[side[0].article][side[0].start : side[0].end]) for side in ordered]
    further = f" ({len(partings) - 1} more such place{'s' if len(partings) > 2 else ''})" if len(partings) > 1 else ""
    verb = "quote" if len(owners[0]) > 1 else "quotes"
    return make_finding(
        story, "wording", "major" if any(p.difference.changes_meaning for p in partings) else "minor",
        f"{named[0]} {verb} “{texts[0]}” where {named[1]} {'have' if len(owners[1]) > 1 else 'has'} “{texts[1]}”{further}.",
        0.9 if main.difference.likeness > 0.7 else 0.75,
        [[story.show_place(p.article, p.start, p.end, p.words) for p in sorted(side)] for side in places],
    )  # fmt: skip
