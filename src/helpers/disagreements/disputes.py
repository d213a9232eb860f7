"""What is in dispute in a story: for each thing the denials of it, each with the claims that put it forward."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

from helpers.disagreements.denied import SURE, Denial, points_and_denies, read_denial
from helpers.disagreements.groups import join_pairs
from helpers.disagreements.opposing import find_cue, side_of, speaks_against
from helpers.disagreements.view import Story
from helpers.language.content import Rarity, find_content
from helpers.language.hedging import is_hedged

DENIED = 0.6  # share of what is denied, by the rarity of words, that a claim must have to put it forward
DENIED_PLAINLY = 0.75  # the same where an article merely tells that something is not so
FOCUS = 0.5  # the same for the words that the negation bears on
ONE_DISPUTE = 0.5  # share of the smaller set of claims that two denials must both meet to be of one dispute
CENTRAL_ORIGINS = 3  # origins that must tell a thing for a denial that only points to be of it
CENTRAL_SHARE = 0.3  # share of the story's origins that must
LINKS = re.compile(
    r"\b(?:come|came|broken?|split|chip(?:ped)?) off\b|\b(?:piece|part|fragment|result) of\b|\bcaused by\b|\blinked to\b|\brelated to\b"
    r"|\bconnected (?:to|with)\b|\bassociated with\b|\bfrom an?\b|\bbecause of\b|\bbroken off from\b|\bdue to\b",
    re.IGNORECASE,
)
# What someone can draw out of: «will play», «is set to play», and in a headline «Anna Berg to play».
PLANNED = re.compile(
    r"\b(?i:will|would|confirmed|(?:set|is|are|plans?|planned|agreed|due|about) to)\b"
    r"|^[A-Z]\S*(?: [A-Z]\S*){0,3} to (?!the\b|an?\b)[a-z]+"
)

Stated = list[tuple[float, object]]  # claims that put something forward, each with how much of what is denied it has
Dispute = list[tuple[Denial, Stated]]


def find_disputes(story: Story) -> list[Dispute]:
    """Find what is in dispute: for each thing the denials of it, each with the claims that put it forward."""
    if story.disputes is None:
        denials = [denial for claim in story.claims if (denial := read_denial(claim)) is not None]
        stated = _index_statements(story, {denial.claim.claim_id for denial in denials})
        met = [(denial, found) for denial in denials if (found := _find_stated(story, denial, stated))]
        met += _meet_central(story, {claim.claim_id for claim, *_ in denials}, stated, met)
        story.disputes = _join_disputes(story.rarity, met)
    return story.disputes


def _meet_central(
    story: Story, denying: set[str], stated: dict[str, list], outright: list[tuple[Denial, list]]
) -> list[tuple[Denial, list]]:
    """Let denials that only point («it never happened», «denied the claims») meet what the story turns on.

    That is what others deny outright, where somebody does; else a proposition that three origins or more put forward.
    """
    if outright:
        central = [claim for _, claim in max(outright, key=lambda item: len(item[1]))[1]]
    else:
        central = _find_central(story, {claim.claim_id for claims in stated.values() for claim in claims})
    met = []
    for claim in story.claims:
        if claim.claim_id in denying or not points_and_denies(claim):
            continue
        others = [(1.0, c) for c in central if c.article_id != claim.article_id]
        if others:
            focus = frozenset(find_content(others[0][1].text))
            met.append((Denial(claim, focus, focus), others))
    return met


def _find_central(story: Story, stating: set[str]) -> list:
    """Find the claims that put forward what most origins tell; none where nothing stands out."""
    groups: dict[str, list] = defaultdict(list)
    for relation in story.relations.itertuples():
        if relation.claim_id in stating and relation.relation == "supports":
            groups[relation.proposition_id].append(story.claim[relation.claim_id])
    counts = {
        identity: len(story.origins_of(claim.article_id for claim in claims)) for identity, claims in groups.items()
    }
    if not counts:
        return []
    top = min(counts, key=lambda identity: (-counts[identity], identity))
    share = counts[top] / len(set(story.origin.values()))
    return groups[top] if counts[top] >= CENTRAL_ORIGINS and share >= CENTRAL_SHARE else []


def _index_statements(story: Story, denying: set[str]) -> dict[str, list]:
    """List the claims that put something forward, by each of their words."""
    index: dict[str, list] = defaultdict(list)
    under = {claim.claim_id for claim in story.claims if claim.parent_id in denying}
    for claim in story.claims:
        if claim.claim_id in denying or claim.claim_id in under or not _states(claim) or _is_doubted(story, claim):
            continue
        for word in set(find_content(claim.text)):
            index[word].append(claim)
    return index


def _states(claim) -> bool:
    if claim.confidence < SURE or claim.stance == "denies" or claim.negated or claim.modality == "hypothetical":
        return False
    return not speaks_against(claim.text)


def _is_doubted(story: Story, claim) -> bool:
    """Say whether the sentence of a claim tells that it is doubted or denied."""
    before = story.texts[claim.article_id][int(claim.sentence_start) : int(claim.start)]
    after = story.texts[claim.article_id][int(claim.end) : int(claim.sentence_end)]
    return any(
        side_of(m.group()) == side for text, side in ((before, "before"), (after, "after")) if (m := find_cue(text))
    )


def _find_stated(story: Story, denial: Denial, stated: dict[str, list]) -> Stated:
    """Find the claims that put forward what is denied, with how much of it they have."""
    candidates = {claim.claim_id: claim for word in sorted(denial.focus) for claim in stated.get(word, ())}
    plainly = not (isinstance(denial.claim.speaker, str) or denial.doubts or denial.links)
    least = DENIED_PLAINLY if plainly else DENIED
    found = []
    for identity in sorted(candidates):
        claim = candidates[identity]
        share, focus = _measure(story.rarity, denial, claim)
        if share >= least and focus >= FOCUS and _can_be_denied(denial, claim) and _stand_apart(story, denial, claim):
            found.append((round(share, 6), claim))
    return sorted(found, key=lambda item: (-item[0], item[1].claim_id))


def _measure(rarity: Rarity, denial: Denial, claim) -> tuple[float, float]:
    """Measure how much a claim has of what is denied, and of the words that the «no» bears on."""
    words = set(find_content(claim.text))
    share, focus = rarity.contain(denial.denied, words), rarity.contain(denial.focus, words)
    if denial.identity and claim.predicate == "be" and denial.focus <= words:
        share = max(share, DENIED)
    if denial.undoes and len(words & denial.denied) > 1:
        share, focus = max(share, DENIED), max(focus, FOCUS)
    return share, focus


def _can_be_denied(denial: Denial, claim) -> bool:
    """Say whether a claim is of the kind that a denial is of: a plan that is given up, a link, something said as sure."""
    words = set(find_content(claim.text))
    if denial.undoes and not (PLANNED.search(claim.text) and _share_name(denial.claim, claim)):
        return False
    if len(words & denial.denied) < 2 - denial.links or (denial.head and denial.head not in words):
        return False
    return not (denial.links and not LINKS.search(claim.text)) and not (denial.doubts and is_hedged(claim.text))


def _stand_apart(story: Story, denial: Denial, claim) -> bool:
    """Say whether a claim is somebody else's than a denial, and not its own words."""
    return story.voice(claim) != story.voice(denial.claim) and not lie_in_one_place(claim, denial.claim)


def _share_name(one, other) -> bool:
    """Say whether two claims are of the same person: the name that one begins with stands in the other."""
    start = (one.subject if isinstance(one.subject, str) else one.text[:60]).split(",")[0]
    names = re.findall(r"[A-Z][\w’'-]+", start)
    return any(re.search(rf"\b{re.escape(name)}\b(?!['’]s)", other.text) for name in names)


def lie_in_one_place(one, other) -> bool:
    """Say whether two claims are of the same words."""
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def _join_disputes(rarity: Rarity, met: list[tuple[Denial, Stated]]) -> list[Dispute]:
    """Join denials of one thing: those that meet mostly the same claims, or deny the same words."""
    sets = [{claim.claim_id for _, claim in found} for _, found in met]
    alike = [
        (i, j)
        for i, j in combinations(range(len(met)), 2)
        if met[i][0].links == met[j][0].links
        and (_meet_one(sets[i], sets[j]) or _deny_one(rarity, met[i][0], met[j][0]))
    ]
    root = join_pairs(alike)
    joined: dict[int, Dispute] = defaultdict(list)
    for i, item in enumerate(met):
        joined[root.get(i, i)].append(item)
    return [joined[first] for first in sorted(joined)]


def _meet_one(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ONE_DISPUTE * min(len(one), len(other))


def _deny_one(rarity: Rarity, one: Denial, other: Denial) -> bool:
    return (
        rarity.contain(one.focus, other.denied) >= DENIED
        and rarity.contain(other.focus, one.denied) >= DENIED
        and len(one.denied & other.denied) > 1
    )
