"""What leads to a quotation: «X said: “...”», «adding, “...”», «X told the Herald, “...”»."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from helpers.claims.shapes import ends_with_mark, has_finite, is_adverbial_opener, is_cue, is_main_verb
from helpers.claims.source_places import find_speaker
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import speech_forms
from helpers.language.spans import Quotation, Span
from helpers.language.syntax import FINITE, lemma

LONGEST_LEAD = 14  # tokens between a verb and the quotation that a comma or a colon opens
LONGEST_UNMARKED = 3  # tokens where no mark opens it


def read_lead(gap: Sequence[Token], quotation: Quotation, used: set[int]) -> tuple[Token, Span | None] | None:
    """Find the verb that leads to a quotation, and who is named before it."""
    words = [t for t in gap if not t.is_space]
    if not words or _leads_on(words):
        return None
    if not ends_with_mark(words) and not _opens_speech(words, quotation):
        return None
    verb = _find_before_insertion(words, used) or _find_lead_verb(words, used) or _find_before_clause(words, used)
    return (verb, find_speaker(verb.doc, verb, words[0].i)) if verb is not None else None


def _leads_on(words: Sequence[Token]) -> bool:
    """Say whether the last words before a quotation take it as a part of their phrase: «lyrics such as: “...”»."""
    if words[-1].lower_ in ("than", "of", "the", "a", "an", "as", "because"):
        return True
    return [t.lower_ for t in words[-3:-1]] == ["such", "as"]


def _opens_speech(words: Sequence[Token], quotation: Quotation) -> bool:
    """Say whether a quotation without a mark before it is speech: its capital, or a verb right before it, tells so.

    «He told me “no, we left long ago.”», «Voss said that “the pier is a ruin.”»
    """
    text = words[-1].doc.text
    inner = text[quotation.inner_start : quotation.inner_end]
    if words[-1].lower_ == "that":
        ends = text[quotation.end : quotation.end + 1] in ("", ".", ",") or inner[-1:] in ".,!?"
        return len(words) > 1 and _says_outright(words[-2]) and ends
    listened = len(words) > 1 and words[-1].tag_ == "PRP" and lemma(words[-2]) == "tell"
    return inner[:1].isupper() or listened or _says_outright(words[-1])


def _find_before_insertion(words: Sequence[Token], used: set[int]) -> Token | None:
    """Find the cue before what a circumstance parts from its quotation: «X once said, while feeding a dog that fell, “...”»."""
    if not ends_with_mark(words):
        return None
    for place, token in enumerate(words[:-2]):
        speaks = token.tag_ in ("VBD", "VBZ") and token.i not in used and is_cue(token) and _says(token)
        if speaks and _opens_circumstance(words[place + 1 : place + 4]) and not any(map(is_cue, words[place + 1 :])):
            return token
    return None


def _find_before_clause(words: Sequence[Token], used: set[int]) -> Token | None:
    """Find the verb whose clause a quotation behind a colon bears out: «X wrote that the pier was lost: “...”»."""
    if words[-1].text != ":":
        return None
    cues = [t for t in words if t.tag_ in ("VBD", "VBZ", "VBP") and t.i not in used and is_cue(t) and _says(t)]
    return cues[-1] if cues and has_finite(words[words.index(cues[-1]) + 1 :]) else None


def _opens_circumstance(following: Sequence[Token]) -> bool:
    first, *behind = following
    opens = behind[1:] if behind[0].tag_ == "RB" and not is_adverbial_opener(behind[0]) else behind
    return first.text == "," and bool(opens) and is_adverbial_opener(opens[0])


def _find_lead_verb(words: Sequence[Token], used: set[int]) -> Token | None:
    """Find the last verb before a quotation, if it can speak and stands near enough."""
    longest = LONGEST_LEAD if ends_with_mark(words) else LONGEST_UNMARKED
    for distance, token in enumerate(reversed(words[-longest - 1 :])):
        if token.i not in used and _can_lead(token, words[-1].text == ":"):
            return token if _reaches(token, words, distance) else None
        if token.tag_ in FINITE:
            return None
    return None


def _can_lead(token: Token, colon: bool) -> bool:
    """Say whether a verb can lead to speech: one of saying, or before a colon any."""
    participle = token.tag_ == "VBG" and lemma(token) in lexicon_index("reporting_verbs")
    return is_cue(token) or participle or (colon and is_main_verb(token)) or _is_noun_by_mistake(token)


def _is_noun_by_mistake(token: Token) -> bool:
    """Say whether a supposed plural behind a noun, before the mark that opens speech, is a verb: «The hiker replies, “...”»."""
    if token.tag_ != "NNS" or not token.i or token.nbor(-1).tag_ not in ("NN", "NNP"):
        return False
    behind = [t for t in token.doc[token.i + 1 : token.i + 3] if t.tag_ not in ("RB", "RP")]
    return token.lower_ in speech_forms() and bool(behind) and behind[0].text in (",", ":")


def _reaches(verb: Token, words: Sequence[Token], distance: int) -> bool:
    """Say whether a verb is near enough to a quotation: a participle stands close, and no object without a mark parts them."""
    marked = ends_with_mark(words)
    if verb.tag_ == "VBG" and words[-1].text != ":" and distance > (10 if _says(verb) and marked else 4):
        return False
    return marked or not any(t.tag_ in ("DT", "PRP$", "JJ") for t in words[len(words) - distance :])


def _says(token: Token) -> bool:
    return lexicon_index("reporting_verbs").get(lemma(token), {}).get("takes") == "clause"


def _says_outright(token: Token) -> bool:
    entry = lexicon_index("reporting_verbs").get(lemma(token), {"bare": ""})
    return token.tag_ in ("VBD", "VBZ") and is_cue(token) and _says(token) and entry["bare"] == "yes"
