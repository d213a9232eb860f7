"""One finding of what is in dispute: what is put forward on one side, who says no to it on the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from helpers.disagreements.groups import join_pairs
from helpers.disagreements.view import Story, cite, join_names, make_finding
from helpers.language.sentences import find_words

if TYPE_CHECKING:
    from helpers.disagreements.rejoinders import Answer

ALL = frozenset(["allegations", "claims", "accusations", "charges"])
REJECTING = ("points", "content", "guilt")
EVIDENCE = 3  # claims of one article that a side shows at most
SURE = {
    "content": 0.8,
    "guilt": 0.85,
    "points": 0.7,
    "negates": 0.65,
    "counters": 0.6,
}  # how sure an answer is of what it answers


def tell_denials(story: Story, answers: list[Answer]) -> Iterator[dict]:
    """Make findings of answers of «no»: those that meet the same claims are one dispute."""
    for dispute in _join_disputes(story, answers):
        yield _make_denial(story, dispute)


def _join_disputes(story: Story, answers: list[Answer]) -> list[list[Answer]]:
    """Join the answers that say no to the same claim, or to claims of one proposition."""
    numbers: dict[object, list[int]] = defaultdict(list)
    for number, answer in enumerate(answers):
        for claim in answer.claims:
            numbers[claim.claim_id].append(number)
            if claim.claim_id in story.proposition_of:
                numbers[story.proposition_of[claim.claim_id]].append(number)
    for name in {name for answer in answers if _rejects_all(story, answer) and (name := _find_denier(answer))}:
        numbers[("denier", name)] += [n for n, a in enumerate(answers) if _find_denier(a) == name and a.to in REJECTING]
    pairs = [(n, n) for n in range(len(answers))]
    pairs += [pair for held in numbers.values() for pair in combinations(dict.fromkeys(held), 2)]
    group = join_pairs(pairs)
    joined: dict[int, list[Answer]] = defaultdict(list)
    for number, answer in enumerate(answers):
        joined[group[number]].append(answer)
    return [joined[root] for root in sorted(joined)]


def _rejects_all(story: Story, answer: Answer) -> bool:
    """Say whether somebody rejects what is said of them as a whole: «denied the allegations»."""
    text = story.texts[answer.article][answer.start : answer.end]
    plain = answer.to == "points"
    return plain and any(text[start:end].casefold() in ALL for start, end in find_words(text))


def _find_denier(answer: Answer) -> str:
    words = [answer.speaker[start:end].casefold() for start, end in find_words(answer.speaker)]
    return words[-1] if words else ""


def _make_denial(story: Story, dispute: list[Answer]) -> dict:
    first = min(dispute, key=lambda answer: (-SURE[answer.to], not answer.speaker, answer.article, answer.start))
    told = _choose_told(story, dispute)
    main = next((claim for claim in told if claim in first.claims), told[0])
    denying = {(answer.article, answer.start): answer for answer in dispute}
    severity = "major" if any(answer.to == "negates" or answer.speaker for answer in dispute) else "minor"
    return make_finding(
        story, "denial", severity, _explain(story, first, main, told, list(denying.values())), SURE[first.to],
        [
            [story.show(claim, "alleges" if claim.modality == "alleged" else "says") for claim in told],
            [story.show_place(a.article, a.start, a.end, "doubts" if a.doubts else "denies") for _, a in sorted(denying.items())],
        ],
        story.proposition_of.get(main.claim_id),
    )  # fmt: skip


def _choose_told(story: Story, dispute: list[Answer]) -> list:
    """Choose what is shown of what the answers say no to: of each article the claims that most of them meet.

    Where some say what they deny, what others only point to is left out.
    """
    counts: dict[str, list] = defaultdict(lambda: [0.0, None])
    exact = [answer for answer in dispute if answer.to == "content"]
    for answer in exact or dispute:
        for place, claim in enumerate(answer.claims):
            counts[claim.claim_id][0] += 1 / (1 + place)
            counts[claim.claim_id][1] = claim
    denied = [(answer.article, answer.start, answer.end) for answer in dispute]
    chosen: dict[str, list] = defaultdict(list)
    for _, claim in sorted(counts.values(), key=lambda item: (-item[0], item[1].claim_id)):
        apart = all(
            article != claim.article_id or claim.end <= start or end <= claim.start for article, start, end in denied
        )
        if len(chosen[claim.article_id]) < EVIDENCE and (apart or len(counts) == 1):
            chosen[claim.article_id].append(claim)
    return [claim for claims in chosen.values() for claim in claims] or [dispute[0].claims[0]]


def _explain(story: Story, first: Answer, main, told: list, denying: list[Answer]) -> str:
    """Say in one sentence who tells what, and who says no to it in which words."""
    others = {claim.article_id for claim in told} - {main.article_id}
    also = f", as {'do' if len(others) > 1 else 'does'} {story.name_outlets(others)}" if others else ""
    voice, outlet = story.voice(main), story.names[main.article_id]
    told_by = f"{outlet} tells" if voice == outlet else f"{voice} says in {outlet}"
    words = story.texts[first.article][first.start : first.end]
    names = {name for a in denying if a is not first and (name := _name_denier(story, a)) != _name_denier(story, first)}
    too = f"; so {'do' if len(names) > 1 else 'does'} {join_names(names)}" if names else ""
    who = _name_denier(story, first)
    place = "" if story.names[first.article] in who else f" in {story.names[first.article]}"
    return f"{told_by} {cite(_read_out(story, main))}{also}; {who}{place} {_name_answer(first)}: {cite(words)}{too}."


def _name_answer(answer: Answer) -> str:
    if answer.to == "counters":
        return "sets against it"
    return "doubts it" if answer.doubts else "says no to it"


def _read_out(story: Story, claim) -> str:
    """Give a claim as it can be read alone: an accusation with the verb that accuses."""
    if (
        claim.modality == "alleged"
        and isinstance(claim.cue, str)
        and claim.cue_end <= claim.start
        and claim.cue_start >= claim.sentence_start
    ):
        return story.texts[claim.article_id][int(claim.cue_start) : int(claim.end)]
    return claim.text


def _name_denier(story: Story, answer: Answer) -> str:
    """Name who says no as the article does; what is told without a speaker is the article's own."""
    return story.name_speaker(answer.speaker) if answer.speaker else story.names[answer.article]
