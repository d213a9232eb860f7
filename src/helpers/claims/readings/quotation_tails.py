"""What follows a quotation: «“...,” said X», «“...,” X, the head of Y, said on Friday»."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from helpers.claims.shapes import NAMING, RELATIVE, has_relative, is_between, is_cue, is_main_verb, is_time, span_of
from helpers.claims.source_places import find_source_after, find_source_before
from helpers.language.spans import Span

LONGEST_FRAME = 48  # tokens between a quotation and the verb after it: names with what is said of them
DASHES = ("—", "–", "--")


def read_tail(gap: Sequence[Token], used: set[int], spoken: str) -> tuple[Token, Span | None] | None:
    """Find the verb behind a quotation and who speaks; the source is None where it must be sought.

    What is `spoken` and ends in a comma is spoken by whoever follows, whatever the verb.
    """
    words = _words_behind(gap)
    if not words or _opens_no_frame(words[0]):
        return None
    near = words[:LONGEST_FRAME]
    unfinished = spoken.endswith(",") and spoken.count(" ") >= 4
    any_verb = unfinished and not any(is_cue(t) and t.i not in used for t in near)
    place = _find_tail_verb(near, used, any_verb)
    if place is None:
        return None
    verb = words[place]
    if verb.tag_ == "VBG":
        return _name_before(words[: place - 2], verb)  # «X was quoted as saying»
    if not all(is_between(t) for t in words[:place]):
        return _name_before(words[:place], verb)
    source = find_source_after(verb, words[-1].i)
    return (verb, source) if source is not None else None


def _words_behind(gap: Sequence[Token]) -> list[Token]:
    words = [t for t in gap if not t.is_space]
    first = next((place for place, t in enumerate(words) if not t.is_punct or t.is_bracket), len(words))
    return words[first:]


def _opens_no_frame(first: Token) -> bool:
    """Say whether words behind a quotation go on with it: «“...,” is how she puts it», «“...” that ...»."""
    if first.tag_ in (*RELATIVE, "CC") or first.lower_ == "that":
        return True
    return first.tag_ in ("VBD", "VBZ", "VBP", "MD") and is_between(first)


def _find_tail_verb(words: Sequence[Token], used: set[int], any_verb: bool) -> int | None:
    """Find the place of the first verb behind a quotation that can speak it; None where another verb comes first."""
    for place, token in enumerate(words):
        if token.tag_ == "VBG":
            if place == 0 and token.i not in used:
                return None
            if place > 3 and [t.lower_ for t in words[place - 2 : place + 1]] == ["quoted", "as", "saying"]:
                return place
        elif token.i not in used and _can_speak(token, any_verb):
            return None if _says_the_same(token) else place
        elif is_main_verb(token) and not has_relative(words[:place]) and not (place == 0 and _is_titled(token)):
            return None
    return None


def _can_speak(token: Token, any_verb: bool) -> bool:
    return is_cue(token) or (any_verb and is_main_verb(token))


def _says_the_same(verb: Token) -> bool:
    """Say whether a verb only compares: «“...,” while most said the same»."""
    return [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]] == ["the", "same"]


def _is_titled(token: Token) -> bool:
    """Say whether a supposed verb describes the name behind it: «“...,” retired general Voss said»."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return following is not None and token.lower_.endswith("ed") and following.tag_.startswith(("NN", "JJ"))


def _name_before(words: Sequence[Token], verb: Token) -> tuple[Token, Span | None] | None:
    """Name who stands between a quotation and its verb, without a time and what leads to it."""
    named = _without_time(words)
    if not any(t.tag_.startswith(NAMING) for t in named):
        return None
    if named[0].tag_ in ("IN", "TO") and named[0].lower_ != "one":
        return verb, find_source_before(verb, named[0].i)
    first = next((place for place, t in enumerate(named) if t.tag_ not in ("RB", ",")), len(named) - 1)
    return verb, span_of(verb.doc, named[first].i, named[-1].i)


def _without_time(words: Sequence[Token]) -> list[Token]:
    named = list(words)
    while named and (is_between(named[-1]) or named[-1].text in (",", "-", *DASHES)):
        named.pop()
    length = next((n for n in (3, 2, 1) if len(named) > n and is_time(named[-n:])), 0)
    named = named[: len(named) - length]
    while named and named[-1].text in (",", *DASHES):
        named.pop()
    return named
