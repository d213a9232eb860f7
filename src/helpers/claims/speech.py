"""Who speaks the quotations of a sentence: read off the words before, between and after them.

A parse of a sentence with quotations is a parse of two texts at once, and seldom holds. The words outside the marks
are few, and newspapers order them in few ways: «“...,” said X», «“...,” X, of Y, said on Friday», «X said: “...”»,
«“...,” X said, adding, “...”».
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.claims.frames import (
    FINITE,
    RELATIVE,
    find_source_after,
    find_source_before,
    is_between,
    is_time,
    span_of,
)
from helpers.language.lexicons import lexicon_index
from helpers.language.quotations import Quotation
from helpers.language.sentences import Span
from helpers.language.syntax import is_verb, label, lemma

LONGEST_FRAME = 48  # tokens between a quotation and the verb after it: names with what is said of them
LONGEST_LEAD = 14  # tokens between a verb and the quotation that a comma or a colon opens
CIRCUMSTANCES = ("while", "when", "after", "before", "as")
MARKS_OF_LEAD = (",", ":", "—", "–", "-")


class Frame(NamedTuple):
    """A verb of speech, who speaks, and the quotations that are spoken."""

    verb: Token
    source: Span
    quotations: list[Quotation]


def read_speech(doc: Doc, speech: Sequence[Quotation]) -> list[Frame]:
    """Give each quotation of a sentence to the verb before or after it; one without any goes with its neighbour."""
    gaps = _find_gaps(doc, speech)
    frames: list[Frame] = []
    holder: Frame | None = None
    used: set[int] = set()
    for place, quotation in enumerate(speech):
        leads = place and doc.text[quotation.inner_end - 1 : quotation.inner_end] in (",", "?", "!") and gaps[place]
        frame = None if leads and holder is None else _read_lead(gaps[place], quotation, used)
        if frame is None and (holder is None or not _is_shared(gaps[place], used)):
            frame = _read_tail(gaps[place + 1], used, _is_unfinished(doc.text, quotation))
        if frame is None and leads and holder is None:
            frame = _read_lead(gaps[place], quotation, used)
        if frame is not None:
            verb, source = frame
            used.add(verb.i)
            source = source or (holder.source if holder is not None else None) or _find_speaker(doc, verb)
            if source is not None:
                holder = Frame(verb, source, [quotation])
                frames.append(holder)
                continue
        if holder is not None and _is_shared(gaps[place], used):
            holder.quotations.append(quotation)
    return frames


def _is_unfinished(text: str, quotation: Quotation) -> bool:
    """Say whether a quotation of some length ends in a comma, so that whoever is named next speaks it."""
    inner = text[quotation.inner_start : quotation.inner_end]
    return inner.endswith(",") and inner.count(" ") >= 4


def _find_gaps(doc: Doc, speech: Sequence[Quotation]) -> list[list[Token]]:
    """Give the tokens before the first quotation, between each two, and after the last one."""
    gaps: list[list[Token]] = [[] for _ in range(len(speech) + 1)]
    for token in doc:
        place = next((n for n, q in enumerate(speech) if token.idx < q.end), len(speech))
        if place == len(speech) or token.idx < speech[place].start:
            gaps[place].append(token)
    return gaps


def _is_shared(gap: Sequence[Token], used: set[int]) -> bool:
    """Say whether the words before a quotation leave it with the frame of the one before."""
    words = [t.lower_ for t in gap if not t.is_punct and not t.is_space]
    if words[-1:] == ["that"]:
        return False
    return not any(
        t.tag_ in FINITE and t.i not in used and not t.text.startswith("'") for t in gap[-3:]
    ) or _ends_with_mark(gap)


def _ends_with_mark(gap: Sequence[Token]) -> bool:
    return bool(gap) and gap[-1].text in MARKS_OF_LEAD


def _read_tail(gap: Sequence[Token], used: set[int], unfinished: bool) -> tuple[Token, Span | None] | None:
    """Read what follows a quotation: «said X», «X, the head of Y, said»; the source is None where it must be sought.

    An `unfinished` quotation, one that ends in a comma, is spoken by whoever follows, whatever the verb.
    """
    words = [t for t in gap if not t.is_space]
    while words and (words[0].is_punct and not words[0].is_bracket):
        words.pop(0)
    if words and words[0].tag_ in FINITE and is_between(words[0]):
        return None  # «“...,” is how she puts it»
    if not words or words[0].tag_ in (*RELATIVE, "CC") or words[0].lower_ == "that":
        return None
    doc, last = words[0].doc, words[-1].i
    unfinished = unfinished and not any(is_cue(t) and t.i not in used for t in words[:LONGEST_FRAME])
    for place, token in enumerate(words[:LONGEST_FRAME]):
        if token.tag_ == "VBG" and token.i not in used and place == 0:
            return None
        if token.tag_ == "VBG":
            if place > 3 and [t.lower_ for t in words[place - 2 : place + 1]] == ["quoted", "as", "saying"]:
                return _name_before(doc, words[: place - 2], token)
            continue
        scolds = unfinished and token.tag_ in FINITE and token.tag_ != "MD" and not is_between(token)
        if not (is_cue(token) or scolds) or token.i in used:
            if place == 0 and token.lower_.endswith("ed") and token.nbor().tag_.startswith(("NN", "JJ")):
                continue  # «“...,” retired general Voss said»
            if token.tag_ in FINITE and not is_between(token) and not _is_relative(words[:place]):
                return None
            continue
        if [t.lower_ for t in doc[token.i + 1 : token.i + 3]] == ["the", "same"]:
            return None  # «“...,” while most said the same»
        if all(is_between(t) for t in words[:place]):
            source = find_source_after(token, last)
            return (token, source) if source is not None else None
        return _name_before(doc, words[:place], token)
    return None


def _name_before(doc: Doc, words: Sequence[Token], verb: Token) -> tuple[Token, Span] | None:
    named = list(words)
    while named and (is_between(named[-1]) or named[-1].text in (",", "—", "–", "--", "-") or named[-1].is_space):
        named.pop()
    for length in (3, 2, 1):
        if len(named) > length and is_time(named[-length:]):
            named = named[:-length]
            break
    while named and named[-1].text in (",", "—", "–", "--"):
        named.pop()
    if not named or not any(t.tag_.startswith(("NN", "PRP", "CD", "DT")) for t in named):
        return None
    if named[0].tag_ in ("IN", "TO") and named[0].lower_ not in ("one",):
        return verb, find_source_before(verb, named[0].i)
    while named and named[0].tag_ in ("RB", ",") and len(named) > 1:
        named.pop(0)
    return verb, span_of(doc, named[0].i, named[-1].i)


def _is_relative(words: Sequence[Token]) -> bool:
    return any(t.tag_ in RELATIVE or t.lower_ == "that" for t in words)


def is_cue(token: Token) -> bool:
    """Say whether a token is a verb form that can introduce speech."""
    if token.lower_ == "read" and token.tag_ == "NN" and token.i and token.nbor(-1).tag_.startswith("NN"):
        return True  # «“...,” the article read»
    if not is_verb(token) or is_between(token) or (token.i and token.nbor(-1).tag_ in ("IN", "DT", "PRP$")):
        return False
    if lemma(token) == "put":
        return token.i + 1 < len(token.doc) and token.nbor().lower_ == "it"
    entry = lexicon_index("reporting_verbs").get(lemma(token)) if token.tag_ != "VB" else None
    passive = token.tag_ == "VBN" and token.i and lemma(token.nbor(-1)) == "be"
    return entry is not None and not passive


def _says(token: Token) -> bool:
    return (
        lexicon_index("reporting_verbs")[lemma(token)]["takes"] == "clause"
        if lemma(token) in lexicon_index("reporting_verbs")
        else False
    )


def _read_lead(gap: Sequence[Token], quotation: Quotation, used: set[int]) -> tuple[Token, Span | None] | None:
    """Read what leads to a quotation: «X said: “...”», «adding, “...”», «X told the Herald, “...”»."""
    words = [t for t in gap if not t.is_space]
    marked = _ends_with_mark(words)
    if not words or (words[-1].lower_ in ("than", "of", "the", "a", "an", "as", "because")):
        return None
    if [t.lower_ for t in words[-3:-1]] == ["such", "as"]:
        return None  # «lyrics such as: “...”»
    if not marked and not _opens_speech(words, quotation):
        return None
    colon = words[-1].text == ":"
    inserted = _before_insertion(words, used) if marked else None
    if inserted is not None:
        return inserted, _find_speaker(inserted.doc, inserted, words[0].i)
    for distance, token in enumerate(reversed(words)):
        if distance > (LONGEST_LEAD if marked else 3):
            return None
        cue = is_cue(token) or (token.tag_ == "VBG" and lemma(token) in lexicon_index("reporting_verbs"))
        if not cue and colon and token.tag_ in FINITE and not is_between(token):
            cue = True
        if cue and token.i not in used:
            if token.tag_ == "VBG" and distance > (10 if _says(token) and marked else 4) and not colon:
                return None
            if not marked and any(t.tag_ in ("DT", "PRP$", "JJ") for t in words[len(words) - distance :]):
                return None
            return token, _find_speaker(token.doc, token, words[0].i)
        if token.tag_ in FINITE:
            return None
    return None


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


def _says_outright(token: Token) -> bool:
    entry = lexicon_index("reporting_verbs").get(lemma(token), {"bare": ""})
    return token.tag_ in ("VBD", "VBZ") and is_cue(token) and _says(token) and entry["bare"] == "yes"


def _before_insertion(words: Sequence[Token], used: set[int]) -> Token | None:
    """Find the cue before what a circumstance parts from its quotation: «X once said, while feeding a dog that fell, “...”»."""
    for place, token in enumerate(words[:-2]):
        following = words[place + 1 : place + 4]
        if token.tag_ not in ("VBD", "VBZ") or token.i in used or not is_cue(token) or following[0].text != ",":
            continue
        opens = following[1].lower_ in CIRCUMSTANCES or (
            following[1].tag_ == "RB" and following[2:] and following[2].lower_ in CIRCUMSTANCES
        )
        if _says(token) and opens and not any(is_cue(t) for t in words[place + 1 :]):
            return token
    return None


def _find_speaker(doc: Doc, verb: Token, first: int = 0) -> Span | None:
    """Find who speaks before a verb; None for a participle, whose speaker is the one of the verb before it."""
    if verb.tag_ == "VBG" and verb.i and doc[verb.i - 1].text in (",", ")", "”"):
        return find_subject_of_sentence(doc, verb)
    named = find_source_before(verb, first)
    opening = next((t for t in doc if named is not None and t.idx >= named.start), None)
    if verb.tag_ == "VBG" and opening is not None and opening.tag_ == "VBG" and label(opening) in ("advcl", "acl"):
        return find_subject_of_sentence(doc, opening)  # «while yelling at me saying»
    return named


def find_subject_of_sentence(doc: Doc, verb: Token) -> Span | None:
    """Find what the first finite verb before a participle is about."""
    finite = (t for t in doc[: verb.i] if t.tag_ in FINITE and not is_between(t) and t.i)
    main = next((t for t in finite if t.nbor(-1).tag_ not in RELATIVE and t.nbor(-1).lower_ != "that"), None)
    return find_source_before(main) if main is not None else None
