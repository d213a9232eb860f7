"""«Word has it that the pier fell», «..., or so she says», «..., it is said»: a statement that is passed on as hearsay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, Sentence, cue_span
from helpers.claims.shapes import has_finite, span_of, trim
from helpers.language.forms import find_base
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import speech_forms
from helpers.language.spans import Span
from helpers.language.syntax import lemma, subject_of

PARTING = (",", "—", "–", "-")
LONGEST_FRAME = 9  # tokens of «or so the keeper of the pier maintains»
LEADING = ("or", "so", "at", "least", "as")  # words before the frame proper


def read_hearsay(sentence: Sentence, /) -> Iterable[Attribution]:
    """Read what is told as word that goes about, before the statement or behind it."""
    opening = _read_before(sentence.doc)
    if opening is not None:
        yield opening
    for token in sentence.own_words:
        said = _read_told(token) if lemma(token) == "have" else _read_behind(token) if token.text in PARTING else None
        if said is not None:
            yield said


def _read_told(verb: Token) -> Attribution | None:
    """Read «Rumour in the town has it that ...»."""
    doc, told = verb.doc, subject_of(verb)
    follows = verb.i + 3 < len(doc) and verb.nbor().lower_ == "it"
    if not follows or told is None or told.i > verb.i or told.lower_ not in lexicon_index("words_of_hearsay"):
        return None
    first = verb.i + 2 + (verb.nbor(2).lower_ == "that")
    content = trim(doc.text, span_of(doc, first, len(doc) - 1))
    cue = span_of(doc, told.i, verb.i + 1)
    return Attribution(cue, None, (content,), _stance_of(told.lower_), 0.7) if has_finite(doc[first:]) else None


def _read_before(doc: Doc) -> Attribution | None:
    """Read «As some supporters noted, ...»."""
    comma = next((token for token in doc[: LONGEST_FRAME + 2] if token.text == ","), None)
    if comma is None or doc[0].lower_ != "as" or not has_finite(doc[comma.i :]):
        return None
    verb = _find_verb(list(doc[1 : comma.i]))
    source = _find_source(doc[1 : comma.i], verb) if verb is not None else None
    content = trim(doc.text, Span(comma.idx, len(doc.text)))
    return (
        Attribution(cue_span(verb), source, (content,), _stance_of(find_base(verb.lower_)), 0.8, verb=verb)
        if verb
        else None
    )


def _read_behind(mark: Token) -> Attribution | None:
    """Read a frame behind a mark, up to the next mark or the end: «..., or so she says», «..., it is said, ...»."""
    doc, frame = mark.doc, _find_frame(mark)
    end = frame[-1].i + 1 if frame else mark.i
    verb = _find_verb(frame)
    goes_on = end < len(doc) and doc[end].text in PARTING and has_finite(doc[end:])
    if verb is None or not (goes_on or has_finite(doc[: mark.i])):
        return None
    around = Span(0, len(doc.text) if goes_on else mark.idx)
    source = _find_source(frame, verb)
    cue = span_of(doc, verb.i, verb.i) if source else span_of(doc, frame[0].i, frame[-1].i)
    return Attribution(cue, source, (trim(doc.text, around),), _stance_of(find_base(verb.lower_)), 0.7, verb=verb)


def _find_frame(mark: Token) -> list[Token]:
    """List the words between a mark and the next one, without «or so»."""
    words: list[Token] = []
    for token in mark.doc[mark.i + 1 : mark.i + 2 + LONGEST_FRAME]:
        if token.text in PARTING or token.is_punct:
            return words[_count_leading(words) :]
        words.append(token)
    return words[_count_leading(words) :] if words and words[-1].i + 1 == len(mark.doc) else []


def _count_leading(words: Sequence[Token]) -> int:
    return next((place for place, token in enumerate(words) if token.lower_ not in LEADING), len(words))


def _find_verb(frame: Sequence[Token]) -> Token | None:
    """Find the verb that makes words a frame of hearsay: «it has been said», and behind «so» any verb of saying."""
    if len(frame) < 2:
        return None
    verb, before = frame[-1], frame[0].nbor(-1)
    said = lexicon_index("raising_words").get(lemma(verb), {}).get("presents") in ("alleged", "reported")
    if frame[0].lower_ == "it" and verb.tag_ in ("VBN", "VBD") and said and lemma(frame[-2]) == "be":
        return verb
    led = before.lower_ in ("so", "least", "as") and verb.lower_ in speech_forms()
    return verb if led and frame[-2].tag_.startswith(("NN", "PRP")) else None


def _find_source(frame: Sequence[Token], verb: Token) -> Span | None:
    named = [token for token in frame if token.i < verb.i]
    return None if named[0].lower_ == "it" else span_of(verb.doc, named[0].i, named[-1].i)


def _stance_of(word: str) -> str:
    entry = lexicon_index("words_of_hearsay").get(word) or lexicon_index("reporting_verbs").get(word) or {}
    return entry.get("stance", "reports")
