"""«He had paid, a claim that the piper called untrue», «..., which the firm denies»: what goes before is denied behind it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from helpers.claims.attribution import Attribution, Sentence, cue_span
from helpers.claims.contents import find_that
from helpers.claims.shapes import has_finite, is_between, span_of, speaks, trim
from helpers.claims.source_places import find_source_after
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, lemma

LONGEST_NAMING = 3  # words of «a false old claim»
LONGEST_SUBJECT = 7
NEAR = 4  # words between «called» and «untrue»


def read_rejoinders(sentence: Sentence, /) -> Iterable[Attribution]:
    """Read the additions behind a comma in which somebody denies the statement before it."""
    for comma in sentence.own_words:
        first = _find_first(comma) if comma.text == "," and has_finite(sentence.doc[: comma.i]) else None
        verb = _find_denial(first) if first is not None else None
        if verb is not None:
            source = _name_before(first, verb) if verb != first else _name_behind(verb)
            yield Attribution(cue_span(verb), source, (_find_statement(comma),), "denies", 0.7, verb=verb)


def _name_before(first: Token, verb: Token) -> Span:
    last = next(t for t in reversed(verb.doc[first.i : verb.i]) if not is_between(t))
    return span_of(verb.doc, first.i, last.i)


def _name_behind(verb: Token) -> Span | None:
    """Name who denies what «a claim denied by the owner» takes up."""
    by = verb.nbor() if verb.i + 2 < len(verb.doc) else verb
    return find_source_after(by, len(verb.doc) - 1) if by.lower_ == "by" else None


def _find_first(comma: Token) -> Token | None:
    """Find the name, or the participle, behind «, which», «, something that» or «, a claim (that)»."""
    behind = list(comma.doc[comma.i + 1 : comma.i + 3 + LONGEST_NAMING])
    if not behind:
        return None
    named = 0 if behind[0].lower_ in ("which", "something") else _place_of_noun(behind)
    if named is None:
        return None
    rest = behind[named + 1 :]
    rest = rest[1:] if rest and rest[0].lower_ in ("that", "which") else rest
    return rest[0] if rest and rest[0].tag_.startswith(("DT", "NN", "PRP", "JJ", "VBN", "VBD")) else None


def _place_of_noun(words: list[Token]) -> int | None:
    """Find the noun of saying that takes up a statement: «a (claim)», «an old (accusation)»."""
    if words[0].lower_ not in ("a", "an"):
        return None
    listed = (lexicon_index("nouns_of_statement"), lexicon_index("reporting_nouns"))
    return next((place for place, t in enumerate(words) if any(lemma(t) in nouns for nouns in listed)), None)


def _find_denial(first: Token) -> Token | None:
    """Find the verb behind a name that denies, or calls untrue; None where another comes first."""
    for token in first.doc[first.i : first.i + 1 + LONGEST_SUBJECT]:
        if token.is_punct or (token.tag_ in FINITE and not speaks(token) and lemma(token) not in ("have", "be")):
            return None
        if speaks(token):
            denies = lexicon_index("reporting_verbs")[lemma(token)]["stance"] == "denies"
            return token if denies or _calls_false(token) else None
    return None


def _calls_false(verb: Token) -> bool:
    behind = verb.doc[verb.i + 1 : verb.i + 1 + NEAR]
    judges = "naming" in lexicon_index("reporting_verbs")[lemma(verb)]["objects"].split()
    return judges and any(token.lower_ in lexicon_index("words_of_falsity") for token in behind)


def _find_statement(comma: Token) -> Span:
    """Find the statement before a comma, without the frame that reports it."""
    doc = comma.doc
    cue = next((t for t in reversed(doc[: comma.i]) if speaks(t) and t.tag_ in FINITE), None)
    if cue is None or not has_finite(doc[cue.i + 1 : comma.i]):
        return trim(doc.text, Span(0, comma.idx))
    return trim(doc.text, Span(doc[find_that(cue) or cue.i + 1].idx, comma.idx))
