"""How far a thing is settled: decided here and only talked about there, verified here and not to be verified there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from helpers.disagreements.groups import join_pairs
from helpers.disagreements.undecided import leave_out_undecided
from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import Rarity, find_content
from helpers.language.hedging import find_hedge
from helpers.language.lexicons import load_lexicon

SURE = 0.6  # confidence of a claim from which its words count
SAME_THING = 0.5  # share of the shorter one's words, by rarity, that the other must have
SAME_PLAN = 0.35  # the same for a plan of one and the same party
SHARED_WORDS = 3  # words of content that both must have
SHARED_CHECKED = 2  # the same for what was verified
APOSTROPHE = re.compile(r"n[’']t\b")
NEGATED = re.compile(r"\b(?:not|never|cannot|no)\b|n[’']t\b", re.IGNORECASE)


class Level(NamedTuple):
    """How far a claim says that something is settled, and the words of the thing."""

    claim: object
    scale: str
    settled: bool
    words: frozenset[str]
    subject: frozenset[str]  # those of them that stand before the cue: whom a plan is of


def find_unsettled(story: Story) -> Iterator[dict]:
    """Yield `certainty`: what some origins give as decided or verified, and others as only talked about or not verified.

    An article that says both of one thing differs from nobody.
    """
    levels = [level for claim in story.claims if (level := read_level(claim)) is not None]
    rarity = story.rarity
    pairs = [(o, s) for o, s in _pair_levels(levels) if _are_one_thing(story, rarity, o, s)]
    apart = leave_out_undecided(story, pairs, lambda level: level.claim)
    yield from (_make_finding(story, *sides) for sides in _join_pairs(apart))


def read_level(claim) -> Level | None:
    """Read how far a claim says that something is settled, None where it says nothing of it."""
    text = APOSTROPHE.sub(" not", claim.text).replace("cannot", "can not")
    match = _cue_pattern().search(text)
    if match is None or claim.confidence < SURE or claim.opinion:
        return None
    scale, level = _cues()[" ".join(match.group().casefold().split())]
    before, after = text[: match.start()], text[match.end() :]
    if NEGATED.search(before) or after.lstrip().startswith(("not ", "never ")):
        return None
    if level == "settled" and (find_hedge(claim.text) is not None or claim.text.rstrip().endswith("?")):
        return None
    if level == "settled" and (claim.stance == "denies" or claim.modality in ("alleged", "denied")):
        return None
    words = frozenset(find_content(after if scale == "check" else f"{before} {after}"))
    return Level(claim, scale, level == "settled", words, frozenset(find_content(before))) if words else None


@cache
def _cues() -> dict[str, tuple[str, str]]:
    return {row["entry"]: (row["scale"], row["level"]) for row in load_lexicon("assurance_cues")}


@cache
def _cue_pattern() -> re.Pattern[str]:
    longest_first = sorted(_cues(), key=lambda cue: (-len(cue), cue))
    return re.compile(r"\b(?:" + "|".join(cue.replace(" ", r"\s+") for cue in longest_first) + r")\b", re.IGNORECASE)


def _pair_levels(levels: list[Level]) -> Iterator[tuple[Level, Level]]:
    """Pair what is open with what is settled on the same scale where they share words enough."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, level in enumerate(levels):
        if level.settled:
            for word in level.words:
                index[(level.scale, word)].append(number)
    for level in levels:
        if not level.settled:
            shared = Counter(n for word in sorted(level.words) for n in index.get((level.scale, word), ()))
            least = SHARED_CHECKED if level.scale == "check" else SHARED_WORDS
            yield from ((level, levels[n]) for n in sorted(shared) if shared[n] >= least)


def _are_one_thing(story: Story, rarity: Rarity, one: Level, other: Level) -> bool:
    shared = one.words & other.words
    smaller = min(one.words, other.words, key=lambda words: (rarity.weigh(words), sorted(words)))
    if one.scale == "plan" and not one.subject & other.subject & story.name_words:
        return False
    if not shared - story.name_words or not shared - one.subject:
        return False
    return rarity.contain(smaller, shared) >= (SAME_THING if one.scale == "check" else SAME_PLAN)


def _join_pairs(pairs: list[tuple[Level, Level]]) -> Iterator[tuple[str, list, list]]:
    """Join pairs that share a claim: what is settled on one side, what is open on the other."""
    group = join_pairs([level.claim.claim_id for level in pair] for pair in pairs)
    held: dict[str, tuple[dict, dict]] = defaultdict(lambda: ({}, {}))
    for unsettled, settled in pairs:
        for side, level in zip(held[group[settled.claim.claim_id]], (settled, unsettled), strict=True):
            best = side.get(level.claim.article_id)
            if best is None or (len(level.claim.text), level.claim.claim_id) < (len(best.text), best.claim_id):
                side[level.claim.article_id] = level.claim
    scale = {level.claim.claim_id: level.scale for pair in pairs for level in pair}
    for root in sorted(held):
        settled, unsettled = ([side[article] for article in sorted(side)] for side in held[root])
        yield scale[settled[0].claim_id], settled, unsettled


def _make_finding(story: Story, scale: str, settled: list, unsettled: list) -> dict:
    given = ("verified", "not verified") if scale == "check" else ("settled", "open")
    named = [story.name_outlets({claim.article_id for claim in side}) for side in (settled, unsettled)]
    verbs = ["give" if len(side) > 1 else "gives" for side in (settled, unsettled)]
    origins = story.origins_of(claim.article_id for claim in (*settled, *unsettled))
    return make_finding(
        story, "certainty", "major" if len(origins) > 2 else "minor",
        f"{named[0]} {verbs[0]} as {given[0]}, {cite(settled[0].text)}, what {named[1]} {verbs[1]} as {given[1]}, {cite(unsettled[0].text)}.",
        0.65, [[story.show(c, given[0]) for c in settled], [story.show(c, given[1]) for c in unsettled]],
        story.proposition_of.get(settled[0].claim_id),
    )  # fmt: skip
