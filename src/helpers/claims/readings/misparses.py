"""Statements whose verb the parser took for something else, read by their words alone: «X allege that ...»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Doc, Token

from helpers.claims.frames import FINITE, RELATIVE, trim
from helpers.claims.saying import Attribution, is_inside
from helpers.language.forms import strip_ending
from helpers.language.lexicons import lexicon_index
from helpers.language.quotations import Quotation
from helpers.language.sentences import Span
from helpers.language.syntax import is_verb, label


def read_misparsed(doc: Doc, speech: Sequence[Quotation]) -> list[Attribution]:
    """Read «X allege that ...» by its words alone where the parser took the verb for something else."""
    verbs = lexicon_index("reporting_verbs")
    for token in doc[1:-2]:
        base = next(
            (
                form
                for form in (token.lower_, strip_ending(token.lower_, "VBZ"), strip_ending(token.lower_, "VBD"))
                if form in verbs
            ),
            None,
        )
        ever = doc[token.i + 1].lower_ == "ever" and label(token) == "aux"
        following = doc[token.i + 1 + ever].lower_
        gerund = base is not None and verbs[base]["stance"] == "denies" and following.endswith("ing")
        if (
            base is None
            or (is_verb(token) and not (gerund and ever))
            or (following == "that" and doc[token.i + 2].tag_ in ("VBD", "VBZ", "VBP", "MD"))
            or not (gerund or following == "that" or _opens_clause(token, verbs[base]))
            or is_inside(token, speech)
            or doc[token.i - 1].tag_ in ("DT", "JJ", "PRP$", "POS", "TO")
        ):
            continue
        source = _drop_lead(doc.text, trim(doc.text, Span(0, token.idx)))
        content = trim(doc.text, Span(doc[token.i + (1 if gerund or following != "that" else 2)].idx, len(doc.text)))
        if gerund and ", " in doc.text[content.start : content.end]:
            content = Span(content.start, doc.text.index(", ", content.start))
        states = any(t.tag_ in FINITE for t in doc if source.start <= t.idx < source.end)
        if source.end - source.start < 60 and not states:
            return [Attribution(Span(token.idx, token.idx + len(token)), source, [content], verbs[base]["stance"], 0.6)]
    return []


def _opens_clause(token: Token, entry: dict[str, str]) -> bool:
    """Say whether a supposed noun is a verb with a clause: «Police suspect the captain sank it», «Voss notes they left»."""
    before, behind = token.nbor(-1), token.doc[token.i + 1 :]
    if entry["bare"] != "yes":
        return False
    if token.tag_ == "NNS":
        pronoun = behind[0].lower_ in ("he", "she", "it", "they", "we")
        return before.tag_.startswith("NNP") and pronoun and behind[1].tag_ in FINITE
    plural = before.tag_ in ("NNS", "NNPS") or before.lower_ == "police"
    if token.tag_ != "NN" or not plural or not behind[0].tag_.startswith(("DT", "PRP", "NNP")):
        return False
    clause = list(takewhile(lambda t: not t.is_punct and t.tag_ not in RELATIVE, behind[:10]))
    return any(t.tag_ in FINITE for t in clause[1:])


def _drop_lead(text: str, span: Span) -> Span:
    """Leave out what stands around a subject between commas: «Additionally, the filing», «Acme, in response,»."""
    pieces = text[span.start : span.end].split(", ")
    if len(pieces) == 1:
        return span
    named = [piece for piece in pieces if piece[:1].isupper() and not piece.endswith("ly")] or pieces[-1:]
    piece = pieces[-1] if pieces[-1].split(" ")[0] not in ("in", "on", "for", "by") and len(pieces) == 2 else named[0]
    start = text.index(piece, span.start)
    return Span(start, start + len(piece))
