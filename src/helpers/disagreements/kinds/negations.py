"""What one source tells and another negates in almost the same words, and what one tells of that does not exist by another."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.alignment.compare import Pair, answer_role, cover, measure
from helpers.alignment.statements import Statement, Word
from helpers.disagreements.denials_told import tell_denials
from helpers.disagreements.rejoinders import Answer
from helpers.disagreements.view import Story
from helpers.language.lexicons import entries
from helpers.language.meaning import are_opposed
from helpers.language.polarity import NEGATIONS
from helpers.language.sentences import find_words

SAME_ACT = 0.7  # likeness of two verbs from which they tell one act
SAME_ROLE = 0.7  # how much of who did it, and of what it befell, must be the same
COVERED = 0.6  # share of the words of the statement that says no that the other has
NEARLY_ALL = 0.85  # share of the words of what is negated from which it is told almost word for word
IN_ORDER = 0.6  # run of words that both must have then, so that nobody has changed places
FEWEST = 3  # words of such a statement
MODALS = frozenset(["would", "could", "should", "might", "may", "can"])
HALF = 0.5  # share of the words of either of two opposite statements that the other must have
ONE_TEXT = 0.8  # run of words from which two statements are one text, and only a plain «not» parts them
UNKNOWN = 0.5  # what a role counts that is not known on both sides


def find_negations(story: Story) -> Iterator[dict]:
    """Yield `denial`: of one act two origins say that it was and that it was not, or of one thing that there is none."""
    yield from tell_denials(story, list(_find_opposed(story)))


def _find_opposed(story: Story) -> Iterator[Answer]:
    for pair in story.pairs:
        if pair.a.is_no == pair.b.is_no and _is_reversed(pair):
            yield _answer(pair.b, pair.a)
        if pair.a.is_no != pair.b.is_no:
            no, yes = (pair.a, pair.b) if pair.a.is_no else (pair.b, pair.a)
            if _is_opposed(pair, no, yes):
                yield _answer(no, yes)
    yield from _find_nonexistent(story, {id(s): s for pair in story.pairs for s in (pair.a, pair.b)}.values())


def _answer(no: Statement, yes: Statement) -> Answer:
    claim = no.claim
    speaker = claim.speaker if isinstance(claim.speaker, str) else ""
    return Answer(claim.article_id, int(claim.start), int(claim.end), speaker, "negates", frozenset(), (yes.claim,))


def _is_opposed(pair: Pair, no: Statement, yes: Statement) -> bool:
    """Say whether two statements tell one act, by act and roles or almost word for word, of which one is plainly negated."""
    if "hypothetical" in (no.claim.modality, yes.claim.modality) or _is_softened(no) or _has_other_modal(no, yes):
        return False
    if pair.run >= ONE_TEXT and (_is_plain_no(yes) or not _is_plain_no(no)):
        return False
    measured = measure(pair)
    if measured["names_apart"]:
        return False
    own = cover(no.words, pair.answers[0 if no is pair.a else 1])
    if measured["act"] >= SAME_ACT and _compare_roles(no, yes) >= SAME_ROLE and own >= COVERED:
        return True
    near = own >= NEARLY_ALL and len(no.words) >= FEWEST and pair.run >= IN_ORDER
    return near and _is_plain_no(no) and not _is_plain_no(yes)


def _is_reversed(pair: Pair) -> bool:
    """Say whether of one thing two statements tell opposite acts: that it rose and that it fell."""
    acts = [statement.groups.get("act", ()) for statement in (pair.a, pair.b)]
    if not all(acts) or not are_opposed(acts[0][0].lemma, acts[1][0].lemma):
        return False
    if "hypothetical" in (pair.a.claim.modality, pair.b.claim.modality) or measure(pair)["names_apart"]:
        return False
    return (
        _compare_roles(pair.a, pair.b) >= SAME_ROLE
        and max(cover(s.words, answers) for s, answers in zip((pair.a, pair.b), pair.answers, strict=True)) >= HALF
    )


def _has_other_modal(no: Statement, yes: Statement) -> bool:
    """Say whether what is negated is only wished, able or to come, and the other tells it as done."""
    words = [{s.claim.text[a:b].casefold() for a, b in find_words(s.claim.text)} for s in (no, yes)]
    return bool(words[0] & MODALS) and not words[1] & MODALS


def _is_softened(statement: Statement) -> bool:
    """Say whether a negation denies nothing: «not only», «not yet», «did not immediately»."""
    text = statement.claim.text.casefold().replace("’", "'")
    words = [text[a:b] for a, b in find_words(text)]
    softening = entries("rejoinders", kind="softens")
    return any(
        (word in NEGATIONS or word.endswith("n't")) and softening.intersection(words[place + 1 : place + 3])
        for place, word in enumerate(words)
    )


def _is_plain_no(statement: Statement) -> bool:
    """Say whether a statement has a word of negation of its own."""
    text = statement.claim.text.casefold().replace("’", "'")
    return any(text[a:b] in NEGATIONS or text[a:b].endswith("n't") for a, b in find_words(text))


def _compare_roles(no: Statement, yes: Statement) -> float:
    """Say how well who did it and what it befell are the same, whether told in the active or the passive.

    The subject of what is negated must be known on both sides; so must an agent, for it is what a «not ... by» bears on.
    """
    actors = answer_role(*(_take_role(s, "agent" if _is_passive(s) else "subject") for s in (no, yes)))
    befallen = answer_role(*(_take_role(s, "subject" if _is_passive(s) else "object") for s in (no, yes)))
    own, other = (befallen, actors) if _is_passive(no) else (actors, befallen)
    if own == UNKNOWN or (other == UNKNOWN and _take_role(no, "agent")):
        return 0.0
    return own if other == UNKNOWN else min(own, other)


def _is_passive(statement: Statement) -> bool:
    return statement.claim.voice == "passive"


def _take_role(statement: Statement, role: str) -> tuple[Word, ...]:
    return statement.groups.get(role, ())


def _find_nonexistent(story: Story, statements) -> Iterator[Answer]:
    """Find who says that there is no such person, firm or place, and who tells of it."""
    ordered = sorted(statements, key=lambda s: s.row)
    for no in ordered:
        names = _name_nonexistent(no)
        for yes in ordered if names else ():
            own = {word.lemma for word in yes.words if word.is_name}
            apart = story.is_independent(no.claim.article_id, yes.claim.article_id)
            if apart and names <= own and not yes.is_no:
                yield _answer(no, yes)


def _name_nonexistent(statement: Statement) -> frozenset[str]:
    """Give the name of what a statement says not to exist: «there is no Linden Row», «the Amber Society does not exist»."""
    claim = statement.claim
    text = claim.text.casefold()
    existing = claim.predicate == "exist" or (claim.predicate == "be" and text.startswith("there "))
    if not statement.negated or not existing:
        return frozenset()
    named: list[Word] = []
    for word in statement.words:
        if not word.is_name or (named and word.start - named[-1].end > 1):
            break
        named.append(word)
    return frozenset(word.lemma for word in named) if len(named) > 1 else frozenset()
