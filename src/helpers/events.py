"""What a value in a sentence belongs to: the verbs and the things that stand around it."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.lexicons import lexicon_index
from helpers.syntax import SUBJECTS, children, is_verb, label, lemma, subject_of

REACH = 6  # words on either side that tell what a value is about
STEM = 5  # letters by which forms of one word are known as such


class Event(NamedTuple):
    """A verb's lemma and the lemma of its theme: what was filed, unsealed, cut; either may be empty."""

    verb: str
    theme: str


class Setting(NamedTuple):
    """The stems of the verbs and of the nouns around a value, and the dimension that it measures, if any."""

    verbs: frozenset[str]
    things: frozenset[str]
    dimension: str = ""

    def meets(self, other: Setting, things: int) -> bool:
        """Say whether two values are told of one event: a verb in common, and at least so many things."""
        return bool(self.verbs & other.verbs) and len(self.things & other.things) >= things


def find_setting(doc: Doc, start: int, end: int) -> Setting:
    """Find the setting of the words [start, end) of a parsed sentence: its governing verb and what stands near."""
    inside = [token for token in doc if token.idx < end and token.idx + len(token) > start]
    if not inside:
        return Setting(frozenset(), frozenset())
    first, last = inside[0].i, inside[-1].i
    near = [token for token in doc[max(0, first - REACH) : last + 1 + REACH] if not first <= token.i <= last]
    verbs = {_stem(token) for token in near if _tells(token)} | {
        _stem(token) for token in _govern(inside[0], first, last)
    }
    things = {_stem(token) for token in near if token.tag_ in ("NN", "NNS") and token.is_alpha and len(token) > 2}
    # A quantity and the noun that it counts belong together: 14 people.
    things |= {
        _stem(token) for token in inside if token.tag_ in ("NN", "NNS") and token.is_alpha and not _is_measure(token)
    }
    dimensions = lexicon_index("dimensions")
    after = [dimensions[token.lower_]["dimension"] for token in doc[last + 1 : last + 4] if token.lower_ in dimensions]
    return Setting(frozenset(verbs), frozenset(things - verbs), after[0] if after else "")


def _stem(token: Token) -> str:
    return (lemma(token) if is_verb(token) else token.lower_)[:STEM]


def _tells(token: Token) -> bool:
    if is_verb(token):
        return label(token) not in ("aux", "aux:pass", "cop") and lemma(token) not in ("be", "have", "do", "say")
    return token.tag_ in ("JJ", "NN") and token.lower_.endswith(("ed", "ing")) and len(token) > 5


def _govern(token: Token, first: int, last: int) -> list[Token]:
    for _ in range(12):
        if token.head == token:
            return []
        token = token.head
        if _tells(token) and not first <= token.i <= last:
            return [token]
    return []


def _is_measure(token: Token) -> bool:
    return token.lower_ in lexicon_index("duration_units") or token.lower_ in (
        "million",
        "billion",
        "thousand",
        "hundred",
    )


def find_event(doc: Doc, start: int, end: int) -> Event:
    """Find the event that the words [start, end) of a parsed sentence belong to."""
    token = next((token for token in doc if token.idx < end and token.idx + len(token) > start), None)
    if token is None:
        return Event("", "")
    while token.idx >= start and start <= token.head.idx < end and token.head != token:
        token = token.head
    verb = token
    for _ in range(12):
        if is_verb(verb) and label(verb) not in ("aux", "aux:pass", "cop") and not start <= verb.idx < end:
            return Event(lemma(verb), find_theme(verb))
        if verb.head == verb:
            break
        verb = verb.head
    return Event("", "")


def find_theme(verb: Token) -> str:
    """Find what an act befell: the noun that it modifies, its object, its passive subject, else its subject; a lemma."""
    if label(verb) in ("acl", "acl:relcl") and verb.head.tag_.startswith("NN"):
        return lemma(verb.head)
    objects = children(verb, "obj")
    if objects:
        return lemma(objects[0])
    passive = children(verb, "nsubj:pass")
    subject = passive[0] if passive else subject_of(verb)
    if subject is None and children(verb, *SUBJECTS):
        subject = children(verb, *SUBJECTS)[0]
    return lemma(subject) if subject is not None and subject.tag_.startswith("NN") else ""
