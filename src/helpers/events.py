"""What a value in a sentence belongs to: the verb that governs it and what that verb befell."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.syntax import SUBJECTS, children, is_verb, label, lemma, subject_of


class Event(NamedTuple):
    """A verb's lemma and the lemma of its theme: what was filed, unsealed, cut; either may be empty."""

    verb: str
    theme: str


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
