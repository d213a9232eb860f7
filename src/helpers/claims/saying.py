"""One act of saying, and what its verb and its words tell by themselves: the cue, whether it is real, whether it states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from helpers.claims.frames import FINITE
from helpers.language.lexicons import lexicon_index
from helpers.language.quotations import Quotation
from helpers.language.sentences import Span
from helpers.language.syntax import children, is_negated, is_verb, lemma

CLAUSE_MARKS = ("that", "whether", "if")


@dataclass
class Attribution:
    """One act of saying: all spans are character offsets in the sentence."""

    cue: Span
    source: Span | None
    contents: list[Span]
    stance: str
    confidence: float
    cue_negated: bool = False
    hypothetical: bool = False
    direct: bool = False
    named: bool = False  # the content only names what is spoken of: «criticised the plan»
    verb: Token | None = field(default=None, repr=False)


def prepare_attribution(verb: Token, source: Span | None, stance: str) -> Callable[[list[Span], float], Attribution]:
    """Give a function that makes attributions of one verb and source from contents and a confidence."""
    negated = is_negated(verb) or _is_nobody(verb.doc, source)

    def make(contents: list[Span], confidence: float) -> Attribution:
        return Attribution(cue_span(verb), source, contents, stance, confidence, negated, is_unreal(verb), verb=verb)

    return make


def _is_nobody(doc: Doc, source: Span | None) -> bool:
    """Say whether a source names nobody: «neither the mayor nor the union», «no witness»."""
    if source is None:
        return False
    first = next(t for t in doc if t.idx >= source.start)
    return any(t.lower_ in ("neither", "nobody", "none", "no") for t in doc[max(0, first.i - 1) : first.i + 1])


def cue_span(verb: Token) -> Span:
    """Give the words of a cue: a verb with its particle, «as she (put it)», «he (went on)»."""
    particles = [child for child in children(verb, "compound:prt") if child.i == verb.i + 1]
    end = particles[-1] if particles else verb
    if lemma(verb) == "put" and verb.i + 1 < len(verb.doc):
        end = verb.nbor()  # «as she put it»
    if lemma(verb) == "go" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "on":
        end = verb.nbor()
    quoted = verb.i > 1 and verb.tag_ == "VBG" and verb.nbor(-1).lower_ == "as" and speaks(verb.nbor(-2))
    begin = verb.nbor(-2) if quoted else verb  # «was quoted as saying»
    return Span(begin.idx, end.idx + len(end))


def is_unreal(verb: Token) -> bool:
    """Say whether a verb tells of no act of saying that took place: «would say», «to say», «if she says»."""
    modal = any(
        child.lower_ in ("would", "could", "may", "might", "should", "must", "will", "to")
        for child in children(verb, "aux", "mark")
    )
    return modal or any(child.lower_ == "if" for child in children(verb, "mark"))


def speaks(token: Token) -> bool:
    """Say whether a token is a verb of saying."""
    return is_verb(token) and lemma(token) in lexicon_index("reporting_verbs")


def has_finite(tokens) -> bool:
    """Say whether tokens can state something: a finite verb is among them."""
    return any(t.tag_ in FINITE for t in tokens)


def comma_before(verb: Token) -> Token | None:
    """Find the comma right before a participle, inside closing marks or not: «a “special bond,” suggesting that»."""
    place = verb.i - 1
    while place > 0 and verb.doc[place].text in ("”", "'", ")"):
        place -= 1
    return verb.doc[place] if place >= 0 and verb.doc[place].text == "," else None


def has_that(clause: Token) -> bool:
    """Say whether a clause opens with «that», «whether» or «if»."""
    first = clause.doc[clause.left_edge.i]
    return any(mark.lower_ in CLAUSE_MARKS for mark in children(clause, "mark")) or (
        first.lower_ == "that" and first.tag_ == "IN"
    )


def is_inside(token: Token, spans: Sequence[Quotation]) -> bool:
    """Say whether a token stands between the marks of a quotation."""
    return any(span.inner_start <= token.idx < span.inner_end for span in spans)


def overlap(one: Span, other: Span) -> int:
    """Count the characters that two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
