"""What readings are given, a sentence and its verbs of saying, and what they propose: who says what by which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from spacy.tokens import Doc, Token

from helpers.claims.shapes import has_that, is_inside, speaks
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Quotation, Span
from helpers.language.syntax import children, is_negated, label, lemma


@dataclass(frozen=True)
class Attribution:
    """One act of saying: all spans are character offsets in the sentence."""

    cue: Span
    source: Span | None
    contents: tuple[Span, ...]
    stance: str
    confidence: float
    cue_negated: bool = False
    hypothetical: bool = False
    direct: bool = False
    named: bool = False  # the content only names what is spoken of: «criticised the plan»
    verb: Token | None = field(default=None, repr=False)
    quotations: tuple[Quotation, ...] = ()  # the quotations of speech that are given to this verb


@dataclass(frozen=True, eq=False)
class Cue:
    """A verb of saying as it stands in its sentence, with what the lexicon says that it can do."""

    verb: Token
    entry: dict[str, str]
    link: int | None  # of a passive that lacks its auxiliary, as headlines have it: «Mayor blamed (for) the delay»
    source: Span | None  # who says it, as far as the sentence tells
    tells: bool  # somebody in particular speaks

    @property
    def stance(self) -> str:
        """Give the stance of whoever speaks by this verb: to reject a claim denies it, to reject a bid is an act."""
        stance = self.entry["stance"]
        acts = stance == "denies" and "statement" in self.frames and not _takes_statement(self.verb)
        return "asserts" if acts else stance

    @property
    def frames(self) -> list[str]:
        """List what the verb can go on with short of a clause: prepositions, «inf», «np», «naming»."""
        return self.entry["objects"].split()

    @property
    def is_passive(self) -> bool:
        """Whether who speaks is at most an agent: «was rejected by the company»."""
        return bool(children(self.verb, "aux:pass", "obl:agent"))

    def attribute(self, content: Span, confidence: float, **told: object) -> Attribution:
        """Attribute a content to whoever speaks, with what the verb says of the act: whether it took place at all."""
        source, verb = self.source, self.verb
        known = {"cue_negated": is_negated(verb) or _is_nobody(verb.doc, source), "hypothetical": is_unreal(verb)}
        return Attribution(cue_span(verb), source, (content,), self.stance, confidence, verb=verb, **{**known, **told})

    def tell(self, source: Span | None, contents: Iterable[Span], confidence: float, **told: object) -> Attribution:
        """Attribute contents to a source that a reading found by itself."""
        verb = self.verb
        return Attribution(cue_span(verb), source, tuple(contents), self.stance, confidence, verb=verb, **told)


@dataclass(frozen=True, eq=False)
class Sentence:
    """A parsed sentence, the quotations in it that give speech, and the verbs of saying outside them that do say something."""

    doc: Doc
    speech: Sequence[Quotation]
    stated: bool = True  # it states something: no question, no exhortation, no fragment
    cues: tuple[Cue, ...] = ()

    @property
    def text(self) -> str:
        """Give the text that all offsets count in."""
        return self.doc.text

    @cached_property
    def own_words(self) -> list[Token]:
        """The words outside the quotations that give speech."""
        return [token for token in self.doc if not is_inside(token, self.speech)]


def _takes_statement(verb: Token) -> bool:
    """Say whether what a verb is done to can be said: a noun of saying, one with a clause, a pronoun, or a clause alone."""
    things = children(verb, "obj", "nsubj:pass")
    return not things or any(_is_said(thing) for thing in things)


def _is_said(thing: Token) -> bool:
    named = lemma(thing) in lexicon_index("nouns_of_statement") or lemma(thing) in lexicon_index("reporting_nouns")
    pronoun = thing.lower_ in ("it", "this", "that", "these", "those", "which", "what", "any", "all")
    return named or pronoun or any(map(has_that, children(thing, "acl", "ccomp")))


def cue_span(verb: Token) -> Span:
    """Give the words of a cue: a verb with its particle, «as she (put it)», «he (went on)»."""
    particles = [child for child in children(verb, "compound:prt") if child.i == verb.i + 1]
    end = particles[-1] if particles else verb
    behind = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    if behind is not None and (lemma(verb) == "put" or (lemma(verb) == "go" and behind.lower_ == "on")):
        end = behind  # «as she put it»
    quoted = verb.i > 1 and verb.tag_ == "VBG" and verb.nbor(-1).lower_ == "as" and speaks(verb.nbor(-2))
    begin = verb.nbor(-2) if quoted else verb  # «was quoted as saying»
    return Span(begin.idx, end.idx + len(end))


def is_unreal(verb: Token) -> bool:
    """Say whether a verb tells of no act of saying that took place: «would say», «to say», «if she says»."""
    words = {child.lower_ for child in children(verb, "aux", "mark")}
    if words & {"would", "could", "may", "might", "should", "must", "will", "if"}:
        return True
    return "to" in words and not takes_place(verb)


def takes_place(verb: Token) -> bool:
    """Say whether a verb tells what did happen, by the one above it: «continued to say», «went on to say»."""
    above = verb.head
    implies = "implies" in lexicon_index("raising_words").get(lemma(above), {"kind": ""})["kind"].split()
    went_on = lemma(above) == "go" and above.nbor().lower_ == "on"
    return label(verb) in ("xcomp", "advcl") and above != verb and (implies or went_on) and not is_unreal(above)


def _is_nobody(doc: Doc, source: Span | None) -> bool:
    """Say whether a source names nobody: «neither the mayor nor the union», «no witness»."""
    if source is None:
        return False
    first = next(t for t in doc if t.idx >= source.start)
    return any(t.lower_ in ("neither", "nobody", "none", "no") for t in doc[max(0, first.i - 1) : first.i + 1])


class Place(NamedTuple):
    """A parsed sentence where it stands: its passage, its span in there, and the quotations in it, in its own offsets."""

    passage: object
    span: Span
    doc: Doc
    quotations: Sequence[Quotation]

    @property
    def text(self) -> str:
        """Give the sentence as it is written."""
        return self.passage.text[self.span.start : self.span.end]

    @property
    def offset(self) -> int:
        """Give where the sentence begins in its article."""
        return self.passage.start + self.span.start


class Reading(Protocol):
    """A construction: proposes attributions from a parsed sentence, and changes nothing."""

    def __call__(self, sentence: Sentence, /) -> Iterable[Attribution]:
        """Propose the attributions that this construction finds."""


class Loose(NamedTuple):
    """A piece of speech that no words frame, and what its row tells of who speaks in the place of the attribution."""

    content: Span
    attribution: Attribution
    told: dict
