"""Amounts of articles that answer those of a statement that a reader types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from helpers.disagreements.measured import AMOUNTS, Reading, are_dated_apart, bound_amount, can_be_one, read_value
from helpers.disagreements.view import Story
from helpers.language.content import find_content
from helpers.tables import VALUE_KINDS

ANSWERS = 0.6  # share of a reader's statement, by rarity, that the sentence of an answering amount has


def compare_amounts(story: Story, asked: str) -> Iterator[tuple[object, bool]]:
    """Yield the amounts of other articles that answer those of the short article `asked`, and whether they can be the same.

    Looser than a conflict between articles, because a statement that a reader types is about nothing else: most of its
    words must stand in the other's sentence, and the dates beside the two amounts must not be apart.
    """
    rarity = story.rarity_in_sentences
    readings: dict[str, list[Reading]] = defaultdict(list)
    for mention in story.mentions[story.mentions["kind"].isin(AMOUNTS)].itertuples():
        bounds = bound_amount(mention)
        if bounds is not None:
            readings[bounds[2]].append(read_value(story, mention, *bounds[:2]))
    for _, measured in sorted(readings.items()):
        for one in [reading for reading in measured if reading.mention.article_id == asked]:
            wanted = _words_around(story, one) | ({one.thing} - {""})
            for other in measured:
                told = set(find_content(story.sentence_of(story.claim[other.mention.claim_id])))
                fits = rarity.contain(wanted, told) >= ANSWERS and one.parts == other.parts
                if other.article != asked and fits and not are_dated_apart(one, other):
                    yield other.mention, can_be_one(one, other)


def _words_around(story: Story, reading: Reading) -> set[str]:
    """Give the words of content of a value's sentence without those of the values in it."""
    claim = story.claim[reading.mention.claim_id]
    values = story.mentions[(story.mentions["claim_id"] == claim.claim_id) & story.mentions["kind"].isin(VALUE_KINDS)]
    inside = {form for text in values["text"] for form in find_content(text)}
    return set(find_content(story.sentence_of(claim))) - inside
