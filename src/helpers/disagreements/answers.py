"""What a rejoinder answers: the statement that it says no to, found by its words, or where it points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from helpers.disagreements.rejoinders import STATEMENTS, Answer, Rejoinder, find_rejoinders, may_rejoin
from helpers.language.content import find_content
from helpers.language.lexicons import lexicon_index
from helpers.language.meaning import are_opposed, measure_likeness
from helpers.language.parsing import parse_sentences
from helpers.language.sentences import find_sentences, find_words

if TYPE_CHECKING:
    from helpers.disagreements.view import Story

COUNTERING = frozenset(["but", "however"])
SHARED = 3.2  # weight of the words that two statements must share to be of one thing
BACK = 2  # sentences before a rejoinder in which the statement stands that it points to
FAR_BACK = 6  # the same where it says whose statement it is
DENIED = 0.55  # share of the words denied, by rarity, that a statement must have
DENIED_NEARBY = 0.35  # the same within a few sentences of the rejoinder
SURE = 0.45  # confidence of a claim below which it is no evidence
ACCUSING = 0.1  # what it counts that a claim is an accusation
NEARLY = 0.85  # share of what the nearest claim has that others need to stand beside it
ALIKE = 0.75  # likeness from which two words mean the same
OPENING = 3  # words among which a claim names a statement that it is about: «the notion that ...»
DENIED_OF_ACCUSED = 0.25  # the same of an accusation
FEWEST_ALIKE = 3  # words of a claim from which another can be told to say the same
FEWEST = 2  # words denied that a statement must have
UNITS = frozenset(["percent", "going"])  # words beside which others tell what is meant
TOLD = ("title", "summary", "body")


class Line(NamedTuple):
    """A sentence of an article: its place, and the number of its place among the sentences."""

    article: str
    number: int
    start: int
    end: int


def find_answers(story: Story) -> list[Answer]:
    """Find who says no to what, in the order of the articles."""
    lines = _cut_lines(story)
    wanted = [
        line for own in lines.values() for line in own if may_rejoin(story.texts[line.article][line.start : line.end])
    ]
    texts = sorted({story.texts[line.article][line.start : line.end] for line in wanted})
    docs = dict(zip(texts, parse_sentences(texts), strict=True))
    read = [
        (line, r) for line in wanted for r in find_rejoinders(docs[story.texts[line.article][line.start : line.end]])
    ]
    saying_no = {(line.article, line.start + rejoinder.verb[0]) for line, rejoinder in read}
    open_to = [claim for claim in story.claims if _may_be_denied(claim, saying_no)]
    found: list[Answer] = []
    for line, rejoinder in read:
        answer = _answer(story, open_to, lines[line.article], line, rejoinder)
        before = found[-1] if found and found[-1].article == line.article else None
        if answer and rejoinder.to == "points" and before and _is_further(lines[line.article], line, before, answer):
            answer = answer._replace(claims=before.claims)
        if answer is not None:
            found.append(answer)
    answered = {(answer.article, answer.start) for answer in found}
    return found + [a for a in _find_counters(story, lines) if (a.article, a.start) not in answered]


def _find_counters(story: Story, lines: dict[str, list[Line]]) -> Iterator[Answer]:
    """Find what a second speaker sets against a first right behind: «..., he said. But prosecutors said ...»."""
    for article, own in lines.items():
        spoken: dict[int, list] = {}
        for claim in story.claims_of.get(article, ()):
            place = bisect_right(own, claim.start, key=lambda line: line.start) - 1
            if isinstance(claim.speaker, str) and place >= 0 and claim.start < own[place].end:
                spoken.setdefault(place, []).append(claim)
        for number, claims in sorted(spoken.items()):
            words = find_words(story.texts[article][own[number].start : own[number].end])
            opener = story.texts[article][own[number].start :][slice(*words[0])].casefold() if words else ""
            if number and opener in COUNTERING:
                yield from _oppose(story, spoken.get(number - 1, []), claims)


def _oppose(story: Story, before: list, claims: list) -> Iterator[Answer]:
    """Set against each other the two statements of two speakers that share most."""
    pairs = [
        (story.rarity.weigh(set(find_content(one.text)) & set(find_content(other.text))), one, other)
        for one in before for other in claims
        if str(one.speaker_name).casefold() != str(other.speaker_name).casefold() and not _is_no(one)
    ]  # fmt: skip
    weight, one, other = max(pairs, key=lambda pair: pair[0], default=(0.0, None, None))
    if weight >= SHARED:
        place = (other.article_id, int(other.start), int(other.end))
        yield Answer(*place, other.speaker, "counters", frozenset(), (one,))


def _is_further(lines: list[Line], line: Line, before: Answer, answer: Answer) -> bool:
    """Say whether an answer joins the one in the sentence before it: what both say no to is one thing."""
    return before.end <= answer.start and line.number > 0 and lines[line.number - 1].start <= before.start < line.end


def _may_be_denied(claim, saying_no: set[tuple[str, int]]) -> bool:
    """Say whether a claim puts something forward: none that denies, negates, only supposes, or itself answers with «no»."""
    opening = [claim.text[start:end].casefold() for start, end in find_words(claim.text)[:OPENING]]
    if _is_no(claim) or claim.confidence < SURE or STATEMENTS.intersection(opening):
        return False
    return not any(article == claim.article_id and claim.start <= at < claim.end for article, at in saying_no)


def _cut_lines(story: Story) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {}
    for row in story.passages.sort_values(["article_id", "start"], kind="stable").itertuples():
        if row.kind in TOLD and row.article_id in story.origin:
            own = lines.setdefault(row.article_id, [])
            for start, end in find_sentences(story.texts[row.article_id][row.start : row.end]):
                own.append(Line(row.article_id, len(own), int(row.start) + start, int(row.start) + end))
    return lines


def _answer(story: Story, open_to: list, lines: list[Line], line: Line, rejoinder: Rejoinder) -> Answer | None:
    text = story.texts[line.article]
    place = (line.start + rejoinder.span[0], line.start + rejoinder.span[1])
    speaker = text[line.start + rejoinder.speaker[0] : line.start + rejoinder.speaker[1]] if rejoinder.speaker else ""
    denied: frozenset[str] = frozenset()
    if rejoinder.content is not None:
        denied = _find_denied(text[line.start + rejoinder.content[0] : line.start + rejoinder.content[1]])
    speaker, denier = _find_denier(story, line, *place, speaker)
    others = [claim for claim in open_to if not _is_own(claim, denier)]
    if rejoinder.to == "content":
        claims = _find_by_words(story, others, lines, line, place, denied, denier)
    else:
        own = [claim for claim in others if claim.article_id == line.article]
        find = _find_accusation if rejoinder.to == "guilt" else _find_pointed
        claims = find(story, own, lines, line, place, rejoinder)
    claims = [*claims, *_find_alike(story, others, claims)] if rejoinder.to == "points" else claims
    return (
        Answer(line.article, *place, speaker, rejoinder.to, denied, tuple(claims), rejoinder.doubts) if claims else None
    )


def _find_denied(text: str) -> frozenset[str]:
    """Find the words of content of what is denied, without those that only carry others."""
    return frozenset(find_content(text)) - lexicon_index("light_verbs").keys() - UNITS


def _find_alike(story: Story, others: list, claims: list) -> list:
    """Find in other articles what tells the same as the first of some claims."""
    told = frozenset(find_content(claims[0].text)) if claims else frozenset()
    if len(told) < FEWEST_ALIKE:
        return []
    return [
        claim for claim in others
        if story.is_independent(claim.article_id, claims[0].article_id) and not claim.negated
        and story.rarity.contain(told, _share(told, frozenset(find_content(claim.text)))) >= ALIKE
    ]  # fmt: skip


def _find_denier(story: Story, line: Line, start: int, end: int, speaker: str) -> tuple[str, set[str]]:
    """Name who says no, resolved where the claims there are, and give the words by which they may be known."""
    names = [speaker] if speaker else []
    for claim in story.claims_of.get(line.article, ()):
        inside = claim.start < end and start < claim.end
        if inside and isinstance(claim.speaker, str) and (claim.stance == "denies" or not speaker):
            names.append(claim.speaker)
            if isinstance(claim.speaker_name, str):
                names.append(claim.speaker_name)
                speaker = claim.speaker_name
    common = lexicon_index("function_words")
    words = {name[a:b].casefold() for name in names for a, b in find_words(name)} - common.keys()
    return ("" if speaker.casefold() in common else speaker), words


def _is_own(claim, denier: set[str]) -> bool:
    """Say whether a claim is of the one who says no."""
    for name in (claim.speaker_name, claim.speaker):
        if isinstance(name, str):
            words = [name[a:b].casefold() for a, b in find_words(name)]
            if words and words[-1] in denier:
                return True
    return False


def _is_no(claim) -> bool:
    return claim.stance == "denies" or claim.modality == "denied"


def _find_by_words(
    story: Story, others: list, lines, line: Line, place, denied: frozenset[str], denier: set[str]
) -> list:
    """Find the claims that put forward what is denied, of any article: those that have most of its words."""
    if len(denied) < FEWEST:
        return []
    window = [other for other in lines if line.number - BACK <= other.number <= line.number]
    found = []
    for claim in others:
        own = claim.article_id == line.article
        if (
            claim.negated
            or claim.modality == "hypothetical"
            or (own and claim.start < place[1] and place[0] < claim.end)
        ):
            continue
        shared = _share(denied, frozenset(find_content(claim.text)))
        close = own and any(other.start <= claim.start < other.end for other in window)
        accusing = claim.modality == "alleged" or claim.stance == "alleges"
        aimed = accusing and bool(denier & {claim.text[a:b].casefold() for a, b in find_words(claim.text)})
        share = story.rarity.contain(denied, shared)
        least = DENIED_OF_ACCUSED if accusing else DENIED_NEARBY if close else DENIED
        if len(shared) >= (1 if aimed else FEWEST) and share >= (0.0 if aimed else least):
            found.append((share + ACCUSING * accusing, claim))
    best = max((share for share, _ in found), default=0.0)
    return [claim for share, claim in sorted(found, key=lambda item: -item[0]) if share >= NEARLY * best]


def _share(denied: frozenset[str], told: frozenset[str]) -> frozenset[str]:
    """Give the words of what is denied that a claim has, or one that means the same."""
    return frozenset(
        w for w in denied if w in told or any(measure_likeness(w, t) >= ALIKE and not are_opposed(w, t) for t in told)
    )


def _find_accusation(story: Story, own: list, lines, line: Line, place, rejoinder: Rejoinder) -> list:
    """Find what somebody is accused of who denies to be to blame: in the sentence, else the nearest around it."""
    for number in (line.number, line.number - 1, line.number + 1, line.number - 2):
        if 0 <= number < len(lines):
            found = [
                c for c in own
                if lines[number].start <= c.start < lines[number].end and "alleg" in f"{c.modality} {c.stance}"
                and not (c.start < place[1] and place[0] < c.end)
            ]  # fmt: skip
            if found:
                return found
    return []


def _find_pointed(story: Story, own: list, lines, line: Line, place, rejoinder: Rejoinder) -> list:
    """Find the statement that a rejoinder points to: before it in its sentence, else what the nearest other voice before it tells.

    Where the pointing noun has words of its own («that job loss figure»), the statement that has them comes first.
    """
    whose = rejoinder.whose.casefold().removesuffix("'s").removesuffix("’s")
    for number in range(line.number, max(-1, line.number - (FAR_BACK if whose else BACK) - 1), -1):
        here = [c for c in own if lines[number].start <= c.start < lines[number].end and c.end <= place[0]]
        about = [c for c in here if rejoinder.about & set(find_content(c.text))]
        spoken = [c for c in here if isinstance(c.speaker, str) or (number == line.number and not whose)]
        if whose:
            spoken = [c for c in spoken if whose in f"{c.speaker_name} {c.speaker}".casefold()]
        if spoken or about:
            return _find_run(about or spoken[-1:], own, lines, number)
    return []


def _find_run(found: list, own: list, lines: list[Line], number: int) -> list:
    """Go back from a statement over what the same speaker tells without a break: the first is what it is about."""
    speaker = found[0].speaker_id if isinstance(found[0].speaker_id, str) else None
    while speaker and number > 0:
        number -= 1
        before = [c for c in own if lines[number].start <= c.start < lines[number].end]
        same = [c for c in before if c.speaker_id == speaker]
        if not same or len(same) < len(before) or len(found) > BACK:
            break
        found = same + found
    return found
