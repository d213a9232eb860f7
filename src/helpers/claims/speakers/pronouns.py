"""Whom «he», «it», «they» and «who» stand for: the one who spoke last or is named next before them."""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.claims.speakers.context import GOING_BACK, NEAR, NOBODY, Context, Speaker, Spoken, Words
from helpers.claims.speakers.holders import find_holder
from helpers.claims.speakers.offices import (
    ORGANISATION,
    PERSON,
    WORD,
    Mention,
    gender_of,
    is_preposition,
    is_role,
    kind_of_noun,
    name_body,
)
from helpers.language.lexicons import lexicon_index

OTHER = {"m": "f", "f": "m"}
LONGEST_NOUN = 4  # words before a noun among which its determiner stands
EXPLETIVE = re.compile(r"it (?:is|was|would be|has been|had been) ", re.I)  # «it was not a surprise that ...»


def resolve_pronoun(context: Context, position: int, written: str) -> Speaker | None:
    """Find whom a pronoun stands for; None where the source is no pronoun."""
    pronoun = lexicon_index("pronouns").get(written.casefold().strip())
    if pronoun is None:
        return None
    kind = pronoun["stands_for"].split()[0]
    if kind == "person":
        return _find_person(context, position, pronoun["gender"])
    found = {"thing": _find_thing, "several": _find_group, "antecedent": _find_relative}.get(kind)
    return found(context, position) if found is not None else NOBODY


class _Search(NamedTuple):
    """Whom a gendered pronoun can stand for: who spoke, who is named, and from where the words around it are told."""

    position: int
    gender: str
    spoken: list[Spoken]
    named: list[Mention]
    told_from: int


def _find_person(context: Context, position: int, gender: str) -> Speaker:
    """Find whom «he» or «she» stands for: who spoke in the sentence before, else who is named, going back.

    Where two people fit alike, or the one who fits cannot be told by name, it stays open.
    """
    spoken = [one for one in context.spoken(PERSON) if context.fits(one.speaker.name, gender)]
    told_from = max((start for start, end in context.outer if start < position < end), default=0)
    named = [m for m in context.people_before(position) if m.name is None or context.fits(m.name, gender)]
    named = [m for m in named if told_from or not context.is_said(m)]
    search = _Search(position, gender, spoken, named, told_from)
    found = (_find_in_sentence(context, search, n) for n in context.sentences_before(position, GOING_BACK))
    speaker = next((one for one in found if one is not None), None)
    return speaker if speaker is not None else _find_only_one(context, search)


def _find_in_sentence(context: Context, search: _Search, sentence: int) -> Speaker | None:
    """Find whom a pronoun stands for in one sentence, its own or an earlier one; None where nobody there can be meant."""
    earlier = sentence < context.sentence_of(search.position)
    speaking = {one.speaker.name: one.speaker for one in search.spoken if one.sentence == sentence}
    if speaking and earlier and not search.told_from:
        only = next(iter(speaking.values())) if len(speaking) == 1 else NOBODY
        return NOBODY if _is_rivalled(context, search, sentence, only) else only
    if earlier and _opens_with_pronoun(context, sentence, search.gender):
        return None  # «He identified her as the sister of ...»: the same goes on
    acting = _find_acting(context, search, sentence)
    officer = _find_opening_office(context, sentence, search)
    if officer is not None and (earlier or not acting):
        return officer
    return _choose(context, search, acting) or (_find_described(context, search, sentence) if earlier else None)


def _find_described(context: Context, search: _Search, sentence: int) -> Speaker | None:
    """Find of whom a sentence speaks without a name, «her deputy»: the holder of that office, or somebody who stays open."""
    start = context.sentences[sentence - 1]
    text = context.text[start : context.end_of(sentence)]
    words = [(start + m.start(), m.group()) for m in WORD.finditer(text)]
    for place, (_, word) in enumerate(words):
        if is_role(word) and gender_of(word) in (None, search.gender) and _is_subject(context, words, place):
            return find_holder(context, word.casefold(), search.position) or NOBODY
    return None


def _is_subject(context: Context, words: Words, place: int) -> bool:
    """Say whether a noun can be what a sentence is about: behind a determiner that no preposition governs, and no owner."""
    at, word = words[place]
    before = [one.casefold() for _, one in words[max(0, place - LONGEST_NOUN) : place]]
    opening = next((k for k in reversed(range(len(before))) if before[k] in lexicon_index("determiners")), None)
    if opening is None or context.is_told(at) or context.text[at + len(word) : at + len(word) + 1] in ("'", "’"):
        return False
    inside = before[max(0, opening - 1) : opening] + before[opening + 1 :]
    return not any(map(is_preposition, inside))


def _is_rivalled(context: Context, search: _Search, sentence: int, speaker: Speaker) -> bool:
    """Say whether a sentence names somebody of whom a speaker without a name, «a guard», speaks: either can be meant."""
    unnamed = speaker.name is not None and not speaker.name[:1].isupper()
    others = _find_acting(context, search, sentence) or context.named_alone(sentence)
    return unnamed and context.gender(speaker.name) is None and bool(others)


def _choose(context: Context, search: _Search, acting: list[Mention]) -> Speaker | None:
    """Choose the one person whom a sentence is about; nobody where it is about two."""
    foremost = [m for m in acting if not _is_governed(context, m)] or acting
    people = {one.name: one for one in (context.name_person(m, search.gender) for m in foremost)}
    if not people:
        return None
    return next(iter(people.values())) if len(people) == 1 else NOBODY


def _find_acting(context: Context, search: _Search, sentence: int) -> list[Mention]:
    """List who is named in a sentence; owners, «Voss’s boat», are left out."""
    return [
        m
        for m in search.named
        if context.sentence_of(m.start) == sentence
        and m.start >= search.told_from
        and not re.match(r"['’]s?\b", context.text[m.end : m.end + 2])
    ]


def _is_governed(context: Context, mention: Mention) -> bool:
    """Say whether a preposition stands before a name, so that it is hardly who a sentence is about."""
    before = WORD.findall(context.text[max(0, mention.start - 40) : mention.start])
    while before and is_role(before[-1]):
        before.pop()  # «of (Mayor) Voss»
    return bool(before) and is_preposition(before[-1].casefold())


def _opens_with_pronoun(context: Context, sentence: int, gender: str) -> bool:
    """Say whether a sentence goes on about the same person: «He left», but not «His deputy left»."""
    first = re.match(r"\w+", context.opening(sentence))
    return first is not None and first.group().casefold() == {"m": "he", "f": "she"}[gender]


def _find_opening_office(context: Context, sentence: int, search: _Search) -> Speaker | None:
    """Read «The minister, speaking in Halvik, ...», whom «he» in this or the next sentence stands for."""
    match = re.match(r"The (?:[a-z]+ ){0,1}?([A-Za-z-]+)\b(?!['’])", context.opening(sentence))
    if match is None or not is_role(match.group(1)) or gender_of(match.group(1)) not in (None, search.gender):
        return None
    words = {
        word.casefold()
        for word in WORD.findall(context.text[context.sentences[sentence - 1] : context.end_of(sentence)])
    }
    if any(lexicon_index("pronouns").get(word, {}).get("gender") == OTHER[search.gender] for word in words):
        return None  # «The doctor and his wife»
    known = find_holder(context, match.group(1).casefold(), search.position)
    return known or Speaker(match.group()[4:], None, PERSON)


def _find_only_one(context: Context, search: _Search) -> Speaker:
    """Take the only person who can be meant in all that stands before, whoever spoke or is named."""
    names = {m.name for m in search.named} | {one.speaker.name for one in search.spoken}
    only = names.pop() if len(names) == 1 else None
    return context.person(only) if only else NOBODY


def _find_thing(context: Context, position: int) -> Speaker:
    """Find what «it» stands for: the body or paper that spoke last, else the one named last in its sentence."""
    if EXPLETIVE.match(context.text, position):
        return NOBODY
    here = context.sentence_of(position)
    spoken = context.spoken(ORGANISATION, "document")
    same = next((one.speaker for one in reversed(spoken) if one.sentence == here), None)
    found = same or _find_body_before(context, position)
    earlier = (_find_body_in_sentence(context, spoken, here - back) for back in (1, 2))
    return found or next((one for one in earlier if one is not None), NOBODY)


def _find_body_in_sentence(context: Context, spoken: list[Spoken], sentence: int) -> Speaker | None:
    """Find the body that spoke first in a sentence, else the only one that it names; nobody where it is about «the group»."""
    speaking = next((one.speaker for one in spoken if one.sentence == sentence), None)
    if speaking is not None:
        return speaking
    opening = WORD.findall(context.opening(sentence))[:3]
    if (
        opening
        and opening[0] == "The"
        and any(kind_of_noun(word) == "organisation" for word in opening if word.islower())
    ):
        return NOBODY
    named = [m for m in context.named_in(sentence, ORGANISATION) if not _is_governed(context, m)]
    only = len({m.name for m in named}) == 1 and named[0].name
    return Speaker(named[0].name, None, ORGANISATION) if only else None


def _find_body_before(context: Context, position: int) -> Speaker | None:
    """Find the last organisation named before a place in its own sentence, by name or by a common noun."""
    start = context.start_of_sentence(position)
    named = [m for m in context.named_before(position, ORGANISATION) if m.start >= start and not context.is_said(m)]
    words = [(start + m.start(), m.group()) for m in WORD.finditer(context.text[start:position])]
    bodies = [at for at, word in words if kind_of_noun(word) == "organisation" and not context.is_in_contents(at)]
    if bodies and (not named or named[-1].end <= bodies[-1]):
        name = name_body(context.text, words, bodies[-1], context.mentions)
        return Speaker(name, None, ORGANISATION) if name else None
    return Speaker(named[-1].name, None, ORGANISATION) if named else None


def _find_group(context: Context, position: int) -> Speaker:
    """Find whom «they» stands for: the group or body that spoke just before, with nobody named since."""
    here = context.sentence_of(position)
    spoken = [one for one in context.history if one.sentence >= here - NEAR]
    if not spoken or spoken[-1].speaker.sort not in ("group", ORGANISATION):
        return NOBODY
    between = range(spoken[-1].sentence + 1, here)
    named = any(context.named_in(sentence, ORGANISATION, PERSON) for sentence in between)
    return NOBODY if named else spoken[-1].speaker


def _find_relative(context: Context, position: int) -> Speaker:
    """Find the name that «who» follows, over what stands between brackets or commas."""
    start = context.start_of_sentence(position)
    lead = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), context.text[start:position]).rstrip(" ,")
    named = [m for m in context.mentions if start <= m.start and m.end == start + len(lead) and m.name]
    if not named:
        return NOBODY
    mention = named[-1]
    return context.person(mention.name) if mention.kind == PERSON else Speaker(mention.name, None, ORGANISATION)
