"""«According to the mayor, the pier fell», in front of a statement or behind it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from helpers.claims.attribution import Attribution, Sentence
from helpers.claims.shapes import has_finite, trim
from helpers.language.spans import Span
from helpers.language.syntax import label, subtree_span

SHORTEST = 8  # characters of a statement


def read_according(sentence: Sentence, /) -> Iterable[Attribution]:
    """Read every «according to» of a sentence."""
    doc = sentence.doc
    for token in sentence.own_words:
        if token.lower_ == "according" and token.i + 1 < len(doc) and token.nbor().lower_ == "to":
            yield from _read(token)


def _read(token: Token) -> Iterable[Attribution]:
    noun, doc = token.head, token.doc
    if noun == token or noun.i < token.i:
        return
    while label(noun) in ("compound", "amod", "flat", "nmod:desc", "nmod:poss") and noun.head.i > noun.i:
        noun = noun.head
    source = subtree_span(noun)
    source = Span(max(source.start, token.nbor().idx + 3), source.end)
    content = trim(doc.text, _find_statement(token, source))
    if content.end - content.start >= SHORTEST:
        cue = Span(token.idx, token.nbor().idx + 2)
        yield Attribution(cue, source, (content,), "reports", 0.85)


def _find_statement(token: Token, source: Span) -> Span:
    """Find what is said: the longer side of the sentence, or both where one holds only the subject of the other."""
    doc, length = token.doc, len(token.doc.text)
    if token.idx > length - source.end:
        return Span(0, token.idx)
    rest = [t for t in doc if t.idx >= source.end]
    splits = 1 < token.i <= 8 and not has_finite(doc[: token.i]) and _goes_on(rest)
    return Span(0 if splits else source.end, length)  # «Engineers, according to the council, fear the worst»


def _goes_on(rest: list[Token]) -> bool:
    """Say whether what follows a comma is the predicate of a subject before it: «..., do not inspect wood»."""
    words = [t for t in rest if not t.is_punct]
    return bool(words) and (has_finite(words[:1]) or (words[0].tag_ == "RB" and has_finite(words[1:3])))
