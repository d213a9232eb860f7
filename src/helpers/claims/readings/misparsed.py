"""«X allege that ...» by its words alone: a statement whose verb the parser took for something else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from spacy.tokens import Token

from helpers.claims.attribution import Attribution, Sentence
from helpers.claims.shapes import RELATIVE, has_finite, is_inside, tokens_in, trim
from helpers.language.forms import strip_ending
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, is_verb, label

LONGEST_SOURCE = 60  # characters


def read_misparsed(sentence: Sentence, /) -> Iterable[Attribution]:
    """Read the first word of a sentence that can only be a verb of saying, whatever its tag."""
    read = (_read(token, sentence) for token in sentence.doc[1:-2])
    return [said for said in read if said is not None][:1]


def _read(token: Token, sentence: Sentence) -> Attribution | None:
    base = _find_base(token)
    if base is None or token.nbor(-1).tag_ in ("DT", "JJ", "PRP$", "POS", "TO") or is_inside(token, sentence.speech):
        return None
    entry = lexicon_index("reporting_verbs")[base]
    gerund = _denies_act(token, entry)
    if not gerund and not _takes_clause(token, entry):
        return None
    doc, source = token.doc, _drop_lead(sentence.text, trim(sentence.text, Span(0, token.idx)))
    if source.end - source.start >= LONGEST_SOURCE or has_finite(tokens_in(doc, source)):
        return None
    that = token.nbor().lower_ == "that" and not gerund
    content = trim(doc.text, Span(doc[token.i + 1 + that].idx, len(doc.text)))
    if gerund:
        content = Span(content.start, content.start + len(doc.text[content.start : content.end].partition(", ")[0]))
    return Attribution(Span(token.idx, token.idx + len(token)), source, (content,), entry["stance"], 0.6)


def _find_base(token: Token) -> str | None:
    """Find the verb of saying that a word may be a form of."""
    forms = (token.lower_, strip_ending(token.lower_, "VBZ"), strip_ending(token.lower_, "VBD"))
    return next((form for form in forms if form in lexicon_index("reporting_verbs")), None)


def _denies_act(token: Token, entry: dict[str, str]) -> bool:
    """Say whether a supposed noun or auxiliary denies an act: «Voss denies (ever) taking it»."""
    ever = token.nbor().lower_ == "ever" and label(token) == "aux"
    follows = token.nbor(1 + ever).lower_.endswith("ing")
    return entry["stance"] == "denies" and follows and (ever or not is_verb(token))


def _takes_clause(token: Token, entry: dict[str, str]) -> bool:
    """Say whether a clause follows what the parser took for no verb, with its «that» or without."""
    if is_verb(token):
        return False
    if token.nbor().lower_ == "that":
        return token.nbor(2).tag_ not in FINITE
    return _opens_clause(token, entry)


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
    return has_finite(clause[1:])


def _drop_lead(text: str, span: Span) -> Span:
    """Leave out what stands around a subject between commas: «Additionally, the filing», «Acme, in response,»."""
    pieces = text[span.start : span.end].split(", ")
    if len(pieces) == 1:
        return span
    named = [piece for piece in pieces if piece[:1].isupper() and not piece.endswith("ly")] or pieces[-1:]
    piece = pieces[-1] if pieces[-1].split(" ")[0] not in ("in", "on", "for", "by") and len(pieces) == 2 else named[0]
    start = text.index(piece, span.start)
    return Span(start, start + len(piece))
