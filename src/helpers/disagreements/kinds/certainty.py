"""What one source tells as a fact and another as an allegation or a possibility."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from helpers.alignment.compare import Pair, cover, measure
from helpers.alignment.statements import Statement
from helpers.disagreements.groups import join_pairs
from helpers.disagreements.undecided import leave_out_undecided
from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.sentences import find_words

COVERED = 0.7  # share of the words of either statement that the other must have
SAME_ACT = 0.7  # likeness of two verbs from which they tell one act
ORIGINS = 3  # origins that speak to a thing from which its certainty is no detail
TO_COME = {("has", "to"), ("have", "to"), ("needs", "to"), ("need", "to"), ("is", "to"), ("are", "to")}
UNSURE = ("alleged", "hypothetical")


def find_certainty_differences(story: Story) -> Iterator[dict]:
    """Yield `certainty`: what one origin tells as a fact, in its own voice, and another only as alleged or possible.

    An article that tells it both ways differs from nobody.
    """
    pairs = [
        (unsure.claim, sure.claim)
        for pair in story.pairs
        for unsure, sure in _order(pair)
        if _is_one(pair, unsure, sure)
    ]
    apart = leave_out_undecided(story, pairs)
    group = join_pairs((unsure.claim_id, sure.claim_id) for unsure, sure in apart)
    held: dict[str, tuple[dict, dict]] = defaultdict(lambda: ({}, {}))
    for unsure, sure in apart:
        facts, doubts = held[group[sure.claim_id]]
        facts.setdefault(sure.article_id, sure)
        doubts.setdefault(unsure.article_id, unsure)
    for root in sorted(held):
        facts, doubts = held[root]
        both = facts.keys() & doubts.keys()
        if facts.keys() - both and doubts.keys() - both:
            yield _make_difference(story, *([side[a] for a in sorted(side.keys() - both)] for side in (facts, doubts)))


def _order(pair: Pair) -> Iterator[tuple[Statement, Statement]]:
    if pair.a.is_sure != pair.b.is_sure and pair.a.is_no == pair.b.is_no:
        yield (pair.b, pair.a) if pair.a.is_sure else (pair.a, pair.b)


def _is_one(pair: Pair, unsure: Statement, sure: Statement) -> bool:
    """Say whether two statements tell one act, the one in the article's own voice."""
    claim = sure.claim
    own = claim.modality == "fact" and not isinstance(claim.speaker, str) and claim.quote_kind == "none"
    open_ = unsure.alleged or unsure.hedged or unsure.claim.modality in UNSURE
    if (
        not own
        or not open_
        or min(cover(s.words, a) for s, a in zip((pair.a, pair.b), pair.answers, strict=True)) < COVERED
    ):
        return False
    measured = measure(pair)
    return measured["act"] >= SAME_ACT and not measured["names_apart"]


def _is_to_come(text: str) -> bool:
    """Say whether a statement tells of what is still to be done: «still has to be approved»."""
    words = [text[start:end].casefold() for start, end in find_words(text)]
    return "must" in words or any(pair in TO_COME for pair in pairwise(words))


def _make_difference(story: Story, facts: list, unsure: list) -> dict:
    certain, doubtful = (story.name_outlets({claim.article_id for claim in side}) for side in (facts, unsure))
    tell, give = ("tell" if len(facts) > 1 else "tells"), ("give" if len(unsure) > 1 else "gives")
    central = len(story.origins_of(claim.article_id for claim in (*facts, *unsure))) >= ORIGINS
    return make_finding(
        story, "certainty", "major" if central else "minor",
        f"{certain} {tell} as a fact, {cite(facts[0].text)}, what {doubtful} {give} as alleged or uncertain, "
        f"{cite(unsure[0].text)}.",
        0.6, [[story.show(c, "fact") for c in facts], [story.show(c, c.modality) for c in unsure]],
        story.proposition_of.get(facts[0].claim_id),
    )  # fmt: skip
