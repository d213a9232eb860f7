"""The quotations of a story's articles, and which of them share words in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from helpers import tables
from helpers.disagreements.view import Story
from helpers.language.quotations import find_quotations
from helpers.language.wording import find_folded_words

QUOTE_WORDS = 3  # shorter quotations are names and turns of phrase
SHINGLE = 3  # words in a row that two quotations must share to be compared
COMMON = 60  # quotations that share words in a row beyond which they tell nothing


class Quoted(NamedTuple):
    """The words between quotation marks in an article."""

    article: str
    start: int
    end: int
    text: str


def collect_quotations(story: Story) -> list[Quoted]:
    """Collect the quotations of a story's articles, in order."""
    if story.quotations is None:
        story.quotations = _find_quoted(story)
    return story.quotations


def _find_quoted(story: Story) -> list[Quoted]:
    quoted = []
    for passage in story.passages[story.passages["kind"].isin(tables.CLAIM_BEARING)].itertuples():
        if passage.article_id not in story.origin:
            continue
        for quotation in find_quotations(passage.text):
            inner = passage.text[quotation.inner_start : quotation.inner_end]
            if len(find_folded_words(inner)) >= QUOTE_WORDS:
                start = int(passage.start) + quotation.inner_start
                quoted.append(Quoted(passage.article_id, start, start + len(inner), inner))
    return sorted(quoted)


def pair_quotations(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Pair the texts of quotations that share three words in a row."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        words = [word for _, word in find_folded_words(text)]
        for shingle in {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}:
            holders[shingle].append(number)
    pairs = {pair for numbers in holders.values() if len(numbers) <= COMMON for pair in combinations(numbers, 2)}
    for one, other in sorted(pairs):
        yield texts[one], texts[other]
