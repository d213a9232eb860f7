"""Who denies, negates or doubts what another puts forward: one finding for each thing in dispute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from helpers.disagreements.denied import Denial
from helpers.disagreements.disputes import Dispute, find_disputes, lie_in_one_place
from helpers.disagreements.view import Story, cite, join_names, make_finding
from helpers.language.content import find_content

NEARLY = 0.7  # share of what the nearest claim has that others need to stand beside it
CLOSEST = 0.8  # share of what the nearest claim has for a claim to be cited beside a denial
FEWEST_WORDS = 4  # a shorter claim is cited with its sentence
EVIDENCE = 3  # claims of one article that a side shows at most


def find_denials(story: Story) -> Iterator[dict]:
    """Yield `denial`: what one side puts forward, another denies, negates or doubts.

    What is denied is held against every claim of the story by the words that the negation bears on, the rarer the
    more telling. Denials that meet the same claims are one dispute. A negation that nobody contradicts is none.
    """
    for dispute in find_disputes(story):
        finding = _make_denial(story, dispute)
        if finding is not None:
            yield finding


def _make_denial(story: Story, dispute: Dispute) -> dict | None:
    shares = _find_shares(story, dispute)
    chosen = _take_best(shares)
    denying = _take_one_a_voice(story, [denial for denial, _ in dispute])
    if not chosen or not _is_dispute(story, [*chosen, *[denial.claim for denial in denying]]):
        return None
    verb = "doubted" if all(denial.doubts for denial in denying) else "denied"
    return make_finding(
        story, "denial", _weigh(story, chosen, denying, verb), _explain(story, dispute, chosen, denying, verb),
        0.45 + 0.4 * max(share for share, _ in shares),
        [
            [story.show(claim, "alleges" if claim.modality == "alleged" else "says") for claim in chosen],
            [story.show(d.claim, "doubts" if d.doubts else "denies") for d in denying],
        ],
        story.proposition_of.get(chosen[0].claim_id),
    )  # fmt: skip


def _find_shares(story: Story, dispute: Dispute) -> list[tuple[float, object]]:
    """Find the claims of a dispute that come near to what is denied and are not a denier's, each with its best share."""
    deniers = {story.voice(denial.claim) for denial, _ in dispute}
    best: dict[str, tuple[float, object]] = {}
    for _, found in dispute:
        least = NEARLY * max(share for share, _ in found)
        for share, claim in found:
            if share >= least and story.voice(claim) not in deniers:
                best[claim.claim_id] = max(best.get(claim.claim_id, (0.0, claim)), (share, claim), key=lambda b: b[0])
    return list(best.values())


def _is_dispute(story: Story, claims: list) -> bool:
    """Say whether claims are of two origins or all of speakers: an article alone does not contradict itself."""
    origins = story.origins_of(claim.article_id for claim in claims)
    return len(origins) > 1 or all(isinstance(claim.speaker, str) for claim in claims)


def _weigh(story: Story, chosen: list, denying: list[Denial], verb: str) -> str:
    origins = story.origins_of([c.article_id for c in (*chosen, *[d.claim for d in denying])])
    outright = verb == "denied" and any(denial.claim.stance == "denies" for denial in denying)
    return "major" if len(origins) > 2 or outright else "minor"


def _explain(story: Story, dispute: Dispute, chosen: list, denying: list[Denial], verb: str) -> str:
    """Say in one sentence who tells what, and who says no to it in which words."""
    shares = {(d.claim.claim_id, claim.claim_id): share for d, found in dispute for share, claim in found}
    first, told = _choose_cited(shares, chosen, denying)
    others = {claim.article_id for claim in chosen} - {told.article_id}
    also = f", as {'do' if len(others) > 1 else 'does'} {story.name_outlets(others)}" if others else ""
    names = {_name_denier(story, d) for d in denying} - {_name_denier(story, first)}
    too = f"; also {verb} by {join_names(names)}" if names else ""
    return f"{story.names[told.article_id]} tells {cite(told.text)}{also}; {_cite_denial(story, first)}{too}."


def _choose_cited(shares: dict[tuple[str, str], float], chosen: list, denying: list[Denial]) -> tuple[Denial, object]:
    """Choose the denial that is cited, the plainest, and the claim beside it, which most of the denials meet."""
    nearest = {
        d.claim.claim_id: max((shares.get((d.claim.claim_id, claim.claim_id), 0.0) for claim in chosen), default=0.0)
        for d in denying
    }
    first = min(
        denying,
        key=lambda d: (
            not d.denied & set(find_content(d.claim.text)), d.doubts, not isinstance(d.claim.speaker, str),
            -nearest[d.claim.claim_id], len(d.claim.text), d.claim.claim_id,
        ),
    )  # fmt: skip
    denial = first.claim.claim_id
    near = [c for c in chosen if shares.get((denial, c.claim_id), 0.0) >= CLOSEST * nearest[denial]]
    total = {c.claim_id: round(sum(s for (_, i), s in shares.items() if i == c.claim_id), 3) for c in chosen}
    return first, min(near or chosen, key=lambda c: (-total[c.claim_id], len(c.text), c.claim_id))


def _cite_denial(story: Story, denial: Denial) -> str:
    """Cite a denial: who says no, where, and the words, which are what is denied where the verb itself denies."""
    claim, outlet = denial.claim, story.names[denial.claim.article_id]
    text, who = cite(claim.text), _name_denier(story, denial)
    place = "" if outlet in who else f" in {outlet}"
    if claim.stance == "denies":
        return f"{who}{place} denies {text}"
    if denial.doubts:
        return f"{who}{place} doubts it: {text}"
    if len(claim.text.split()) <= FEWEST_WORDS:
        text = cite(story.sentence_of(claim))
    return f"{who}{place} says otherwise: {text}"


def _name_denier(story: Story, denial: Denial) -> str:
    """Name who denies: the speaker where it is someone known by name, else the article that tells of it.

    Whoever is named here must have said no: a name that is not sure is left to the article.
    """
    claim = denial.claim
    if not isinstance(claim.speaker, str):
        return story.names[claim.article_id]
    known = isinstance(claim.speaker_id, str) and claim.speaker_id in story.speakers
    return (
        story.voice(claim)
        if known or story.is_full_name(claim.speaker_name)
        else f"a source in {story.names[claim.article_id]}"
    )


def _take_best(found: list[tuple[float, object]]) -> list:
    """Take, of each article, the claims that have most of what is denied, in that order."""
    chosen: dict[str, list] = defaultdict(list)
    taken = []
    for _, claim in sorted(found, key=lambda item: (-item[0], len(item[1].text), item[1].claim_id)):
        own = chosen[claim.article_id]
        if len(own) < EVIDENCE and not any(lie_in_one_place(claim, other) for other in own):
            own.append(claim)
            taken.append(claim)
    return taken


def _take_one_a_voice(story: Story, denials: list[Denial]) -> list[Denial]:
    chosen: dict[tuple[str, str], Denial] = {}
    for denial in sorted(denials, key=lambda d: (len(d.claim.text), d.claim.claim_id)):
        chosen.setdefault((denial.claim.article_id, story.voice(denial.claim)), denial)
    return sorted(chosen.values(), key=lambda d: (d.claim.article_id, d.claim.start))
