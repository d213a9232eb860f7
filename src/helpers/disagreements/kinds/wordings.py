"""Where sources give one quotation in different words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from helpers.disagreements.quoted import Quoted, collect_quotations, pair_quotations
from helpers.disagreements.view import Story, make_finding, shorten
from helpers.language.wording import Difference, compare_wordings, find_folded_words


def find_wording_differences(story: Story) -> Iterator[dict]:
    """Yield `wording`: one quotation in different words, a finding for each place where the wordings part.

    Every article that has a wording is evidence for it, so that copies make no further findings.
    """
    held: dict[str, list[Quoted]] = defaultdict(list)
    for quotation in collect_quotations(story):
        held[quotation.text].append(quotation)
    places: dict[tuple, dict[str, dict[tuple[str, int], tuple[int, int, Difference]]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for one, other in pair_quotations(sorted(held)):
        for difference in compare_wordings(one, other):
            folded = [_fold(difference.words_a), _fold(difference.words_b)]
            key = (difference.around, tuple(sorted(folded)))
            spans = ((difference.start_a, difference.end_a), (difference.start_b, difference.end_b))
            for text, words, (start, end) in zip((one, other), folded, spans, strict=True):
                for quotation in held[text]:
                    place = (quotation.article, quotation.start + start)
                    places[key][words].setdefault(place, (quotation.start + start, quotation.start + end, difference))
    for key in sorted(places):
        origins = [story.origins_of(article for article, _ in held) for held in places[key].values()]
        if len(origins) == 2 and len(set().union(*origins)) > 1:
            yield _make_wording(story, places[key])


def _fold(text: str) -> str:
    return " ".join(word for _, word in find_folded_words(text))


def _make_wording(story: Story, wordings: dict[str, dict]) -> dict:
    ordered = sorted(wordings, key=lambda words: (min(wordings[words]), words))
    difference = next(iter(wordings[ordered[0]].values()))[2]
    sides, named, texts = [], [], []
    for words in ordered:
        held = sorted(wordings[words].items())
        cited = difference.words_a if _fold(difference.words_a) == words else difference.words_b
        sides.append([story.show_place(article, start, end, cited) for (article, _), (start, end, _) in held])
        named.append(story.name_outlets({article for (article, _), _ in held}))
        article, start, end = held[0][0][0], *held[0][1][:2]
        texts.append(shorten(story.texts[article][start:end]))
    verb = "quote" if len(wordings[ordered[0]]) > 1 else "quotes"
    return make_finding(
        story, "wording", "major" if difference.changes_meaning else "minor",
        f"{named[0]} {verb} “{texts[0]}” where {named[1]} {'have' if len(wordings[ordered[1]]) > 1 else 'has'} “{texts[1]}”.",
        0.9 if difference.likeness > 0.7 else 0.75, sides,
    )  # fmt: skip
