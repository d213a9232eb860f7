"""Headlines that tell as a fact what their own article leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import find_content
from helpers.language.polarity import read_polarity
from helpers.language.sentences import find_words

SURE = 0.6  # confidence of a claim from which its certainty is judged
SAME_AS_TITLE = 0.65  # share of a headline's words, by rarity, that a sentence of the body must have
SUSPECTED = frozenset(["suspect", "suspects", "suspected", "accused", "alleged"])
LABEL = re.compile(r"[A-Z][\w.’' ]{2,30}: ")  # whose words a headline gives: «Court papers: ...»


def find_headline_differences(story: Story) -> Iterator[dict]:
    """Yield `headline`: an article's title tells as a fact what its own body only gives as alleged or possible."""
    for _, claims in sorted(story.claims_of.items()):
        body = [claim for claim in claims if not story.is_title(claim)]
        for title in claims:
            if story.is_title(title) and _tells_outright(title) and (softer := _find_softer(story, title, body)):
                yield _make_headline(story, title, softer)


def _tells_outright(title) -> bool:
    """Say whether a headline itself tells something as a fact."""
    own = title.modality == "fact" and not isinstance(title.speaker, str)
    suspected = any(title.text[a:b].casefold() in SUSPECTED for a, b in find_words(title.text))
    return (
        own and not suspected and not _is_open(title.text) and not title.negated and len(find_content(title.text)) > 2
    )


def _is_open(text: str) -> bool:
    read = read_polarity(text)
    return read.hedged or read.alleged or read.doubted


def _find_softer(story: Story, title, body: list) -> object | None:
    """Find the first claim that gives what a headline tells as alleged or uncertain, where none tells it as a fact."""
    words = find_content(title.text)
    near = [c for c in body if story.rarity.contain(words, find_content(story.sentence_of(c))) >= SAME_AS_TITLE]
    if any(_is_told_as_fact(story, claim) for claim in near):
        return None
    softer = [c for c in near if c.modality == "alleged" or _is_open(story.sentence_of(c))]
    return min(softer, key=lambda c: (c.sentence_start, c.start, c.claim_id), default=None)


def _is_told_as_fact(story: Story, claim) -> bool:
    """Say whether an article tells something in its own voice and without a reserve."""
    own = claim.modality == "fact" and not isinstance(claim.speaker, str) and claim.confidence >= SURE
    return own and not _is_open(story.sentence_of(claim)) and not LABEL.match(claim.text)


def _make_headline(story: Story, title, claim) -> dict:
    sentence = (int(claim.sentence_start), int(claim.sentence_end))
    return make_finding(
        story, "headline", "minor",
        f"The headline of {story.names[title.article_id]} says {cite(title.text)}, which its text gives only as alleged or "
        f"uncertain: {cite(claim.text)}.",
        0.65, [[story.show(title, "fact")], [story.show(claim, "alleged", sentence)]],
        story.proposition_of.get(title.claim_id),
    )  # fmt: skip
