"""What a value in a sentence belongs to: the verb that governs it and what that verb befell."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.language.syntax import SUBJECTS, children, is_verb, label, lemma, subject_of

REACH = 8  # words between a participle and a date or amount that belongs to it


class Event(NamedTuple):
    """A verb's lemma and the lemma of its theme: what was filed, unsealed, cut; either may be empty."""

    verb: str
    theme: str


def is_act(token: Token) -> bool:
    """Say whether a word is a verb that tells an act: no auxiliary, no copula."""
    return is_verb(token) and label(token) not in ("aux", "aux:pass", "cop")


def find_event(doc: Doc, start: int, end: int) -> Event:
    """Find the event that the words [start, end) of a parsed sentence belong to."""
    token = next((token for token in doc if token.idx < end and token.idx + len(token) > start), None)
    if token is None:
        return Event("", "")
    while token.idx >= start and start <= token.head.idx < end and token.head != token:
        token = token.head
    verb = token
    for _ in range(12):
        if is_act(verb) and not start <= verb.idx < end:
            verb = find_nearer(token, verb)
            return Event(lemma(verb), find_theme(verb))
        if verb.head == verb:
            break
        verb = verb.head
    return Event("", "")


def find_nearer(token: Token, verb: Token) -> Token:
    """Prefer to a verb behind a comma the participle that a word stands behind: «filed in April, they claimed ...»."""
    doc = token.doc
    if verb.i < token.i or not any(t.text == "," for t in doc[token.i : verb.i]):
        return verb
    for before in reversed(doc[max(0, token.i - REACH) : token.i]):
        if before.is_punct:
            break
        if before.tag_ == "VBN" and label(before) not in ("aux", "aux:pass", "cop"):
            return before
    return verb


def find_theme(verb: Token) -> str:
    """Find what an act befell: the noun that it modifies, its object, its passive subject, else its subject; a lemma."""
    if label(verb) in ("acl", "acl:relcl") and verb.head.tag_.startswith("NN"):
        return lemma(verb.head)
    relative = _find_relative(verb)
    if relative is not None:
        return lemma(relative)
    objects = children(verb, "obj")
    if objects:
        return lemma(objects[0])
    passive = children(verb, "nsubj:pass")
    subject = passive[0] if passive else subject_of(verb)
    if subject is None and children(verb, *SUBJECTS):
        subject = children(verb, *SUBJECTS)[0]
    return lemma(subject) if subject is not None and subject.tag_.startswith("NN") else ""


def _find_relative(verb: Token) -> Token | None:
    """Find the noun that a clause without an object of its own is about: «a suit, long in court, that two men filed»."""
    that = next((t for t in children(verb, "mark", "obj") if t.lower_ in ("that", "which") and t.i < verb.i), None)
    if that is None or that.i == 0 or [t for t in children(verb, "obj") if t != that] or not children(verb, "nsubj"):
        return None
    before = that.i - 1
    if verb.doc[before].text == ",":  # what stands between two commas is only added
        before = next((t.i - 1 for t in reversed(verb.doc[:before]) if t.text == ","), before - 1)
    noun = verb.doc[before] if before >= 0 else None
    return noun if noun is not None and noun.tag_ in ("NN", "NNS") else None
