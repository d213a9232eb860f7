"""Two statements of one act, of which one negates what the other tells."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.alignment.compare import Pair, answer_role, cover, measure
from helpers.alignment.pairs import weigh_pairs
from helpers.disagreements.answers import Answer
from helpers.disagreements.view import Story

SAME_ACT = 0.7  # likeness of two verbs from which they tell one act
SAME_ROLE = 0.7  # how much of who did it, and of what it befell, must be the same
COVERED = 0.6  # share of the words of the statement that says no that the other has
UNKNOWN = 0.5  # what a role counts that is not known on both sides
ONE_TEXT = 0.8  # run of words from which two statements are one text, and its negation was misread


def find_opposed(story: Story) -> Iterator[Answer]:
    """Find the statements that say of one act that it was and that it was not, of two origins."""
    for pair in weigh_pairs(story.claims_table, story.mentions):
        if pair.a.is_no != pair.b.is_no and story.is_independent(pair.a.claim.article_id, pair.b.claim.article_id):
            no, yes = (pair.a, pair.b) if pair.a.is_no else (pair.b, pair.a)
            if _is_opposed(pair):
                claim = no.claim
                speaker = claim.speaker if isinstance(claim.speaker, str) else ""
                place = (claim.article_id, int(claim.start), int(claim.end))
                yield Answer(*place, speaker, "opposed", frozenset(), (yes.claim,))


def _is_opposed(pair: Pair) -> bool:
    """Say whether act and roles are the same, and nearly all that is negated is what the other tells."""
    if "hypothetical" in (pair.a.claim.modality, pair.b.claim.modality) or pair.run >= ONE_TEXT:
        return False
    measured = measure(pair)
    no = 0 if pair.a.is_no else 1
    words = (pair.a, pair.b)[no].words
    roles = min(measured["subject"], max(measured["object"], 1.0 if not _has_object(pair) else 0.0))
    agents = answer_role(pair.a.groups.get("agent", ()), pair.b.groups.get("agent", ()))
    roles = min(roles, 1.0 if agents == UNKNOWN else agents)
    same = measured["act"] >= SAME_ACT and roles >= SAME_ROLE and not measured["names_apart"]
    return same and cover(words, pair.answers[no]) >= COVERED


def _has_object(pair: Pair) -> bool:
    return bool(pair.a.groups.get("object")) and bool(pair.b.groups.get("object"))
