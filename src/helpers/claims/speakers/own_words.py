"""Quotations that were given to whoever spoke last and cannot be theirs: they speak of that person as of somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.claims.speakers.context import GOING_BACK, Context, Speaker
from helpers.claims.speakers.offices import PERSON, WORD, gender_of, is_role
from helpers.language.lexicons import lexicon_index

Place = tuple[int, int]
CLOSING = ("”", '"', "’", "'", "»")


def goes_on_freely(text: str, source: Place, start: int) -> bool:
    """Say whether a quotation has its speaker only from the paragraph before: no colon leads to it, no open mark."""
    before = text[:start].rstrip("“\"‘'«-– \t")
    above = before.rstrip()
    return source[1] <= len(above) < len(before) and above.endswith((*CLOSING, "."))


def speaks_of_oneself(context: Context, speaker: Speaker, said: Sequence[Place], gender: str | None) -> bool:
    """Say whether somebody would speak of themselves by name, by their office, or as «he» where nobody else is meant."""
    if speaker.sort != PERSON or not speaker.name:
        return False
    start, end = said[0][0], said[-1][1]
    if any(m.name == speaker.name for m in context.mentions if start <= m.start < end):
        return True
    offices = context.offices.nouns.get(speaker.name, ())
    if any(re.search(rf"\b[Tt]he {re.escape(noun)}\b", context.text[start:end]) for noun in offices):
        return True
    genders = [one for one in (gender, context.gender(speaker.name)) if one][:1] or ["m", "f"]
    pronouns = [(at, one) for one in genders if (at := _find_pronoun(context.text, start, end, one)) is not None]
    return bool(pronouns) and not any(_means_another(context, speaker, start, at, one) for at, one in pronouns)


def _find_pronoun(text: str, start: int, end: int, gender: str) -> int | None:
    """Find the first «he» or «his» of a gender."""
    words = ((start + m.start(), m.group().casefold()) for m in WORD.finditer(text[start:end]))
    return next((at for at, word in words if _is_pronoun(word, gender)), None)


def _is_pronoun(word: str, gender: str) -> bool:
    row = lexicon_index("pronouns").get(word.removesuffix("self"))
    return row is not None and row["stands_for"] == "person" and row["gender"] == gender


def _means_another(context: Context, speaker: Speaker, start: int, pronoun: int, gender: str) -> bool:
    """Say whether somebody else stands before a pronoun whom it can mean, by name, by what they are, or as a pronoun said before."""
    first = context.sentences[max(0, context.sentence_of(start) - 1 - GOING_BACK)]
    named = (m for m in context.people_before(pronoun) if m.start >= first and m.name != speaker.name)
    if any(m.name is None or context.fits(m.name, gender) for m in named):
        return True
    own = {*context.offices.nouns.get(speaker.name or "", ()), *(speaker.name or "").casefold().split()}
    words = [m.group().casefold() for m in WORD.finditer(context.text[first:pronoun])]
    if any(is_role(word) and word not in own and gender_of(word) in (None, gender) for word in words):
        return True
    return any(_find_pronoun(context.text, *span, gender) for span in context.quoted_of(speaker, start))
