"""What readings propose: one act of saying, with who says what by which words, and the sentence and verb it is read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Doc, Token

from helpers.claims.shapes import is_inside, speaks
from helpers.claims.sources import agrees_in_number, find_headline_source, find_source, has_no_speaker
from helpers.language.lexicons import lexicon_index
from helpers.language.quotations import Quotation
from helpers.language.spans import Span
from helpers.language.syntax import children, is_negated, is_verb, lemma

LONGEST_AGENT = 8  # words from «blamed by» to «for»


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

    @property
    def stance(self) -> str:
        """Give the stance of whoever speaks by this verb."""
        return self.entry["stance"]

    @property
    def frames(self) -> list[str]:
        """List what the verb can go on with short of a clause: prepositions, «inf», «np», «naming»."""
        return self.entry["objects"].split()

    @property
    def is_passive(self) -> bool:
        """Whether who speaks is at most an agent: «was rejected by the company»."""
        return bool(children(self.verb, "aux:pass", "obl:agent"))

    @cached_property
    def link(self) -> int | None:
        """The link of a passive that lacks its auxiliary, as headlines have it: «Mayor blamed (for) the delay»."""
        return _find_bare_link(self.verb)

    @cached_property
    def source(self) -> Span | None:
        """Who says it, as far as the sentence tells."""
        return None if has_no_speaker(self.verb) else find_source(self.verb) or find_headline_source(self.verb)

    @cached_property
    def tells(self) -> bool:
        """Whether somebody in particular speaks: «it is worth noting that» and «to say that» tell of nobody."""
        if self.link is not None or has_no_speaker(self.verb):
            return False
        if self.source is not None:
            return agrees_in_number(self.verb, self.source)
        return self.verb.tag_ != "VB" or bool(children(self.verb, "aux:pass"))

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
    """A parsed sentence, the quotations in it that give speech, and the verbs of saying outside them."""

    doc: Doc
    speech: Sequence[Quotation]
    stated: bool = True  # it states something: no question, no exhortation, no fragment

    @property
    def text(self) -> str:
        """Give the text that all offsets count in."""
        return self.doc.text

    @cached_property
    def own_words(self) -> list[Token]:
        """The words outside the quotations that give speech."""
        return [token for token in self.doc if not is_inside(token, self.speech)]

    @cached_property
    def cues(self) -> list[Cue]:
        """The verbs of saying among them that do say something."""
        verbs = lexicon_index("reporting_verbs")
        spoken = [t for t in self.own_words if speaks(t) and verbs[lemma(t)]["takes"] != "speech"]
        cues = [Cue(token, verbs[lemma(token)]) for token in spoken if not is_noun_after_all(token)]
        return [cue for cue in cues if not _says_nothing(cue)]


def is_noun_after_all(token: Token) -> bool:
    """Say whether a supposed verb is the noun of «these claims», «such reports»."""
    return token.tag_ == "VBZ" and token.i > 0 and token.nbor(-1).lower_ in ("these", "those", "such", "the", "its")


def _says_nothing(cue: Cue) -> bool:
    """Say whether a verb is no act of saying here: «disparaging remarks», «The storm claimed lives», «without saying»."""
    verb = cue.verb
    describes = verb.i > 0 and verb.nbor(-1).text != "," and not children(verb, "aux")
    if verb.tag_ == "VBG" and cue.entry["takes"] == "np" and describes:
        return True
    without = verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).lower_ == "without"
    return without or _does_something_to(verb)


def _does_something_to(verb: Token) -> bool:
    """Say whether a verb of saying acts on its object: «The storm claimed three lives», «The clinic admitted patients»."""
    act = lexicon_index("acts_not_speech").get(lemma(verb))
    return act is not None and any(lemma(t) in act["objects"].split() for t in children(verb, "obj"))


def _find_bare_link(verb: Token) -> int | None:
    """Find the link of a passive that lacks its auxiliary: «Mayor blamed (for) the delay», «Firm urged by union (to) pay».

    Such a verb has its object before it: who is blamed or told is never who blames or tells.
    """
    entry = lexicon_index("verbs_done_to_people").get(lemma(verb))
    doc, first = verb.doc, verb.i + 1
    if entry is None or verb.tag_ not in ("VBD", "VBN") or children(verb, "aux", "aux:pass"):
        return None
    opens = takewhile(lambda token: not token.is_punct and not is_verb(token), doc[first : first + LONGEST_AGENT])
    link = next((t for t in opens if t.lower_ in entry["links"].split()), None)
    if link is None or link.i + 1 >= len(doc) or (link.i > first and doc[first].lower_ != "by"):
        return None
    return None if link.lower_ == "to" and not link.nbor().tag_.startswith("VB") else link.i


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
    modal = any(
        child.lower_ in ("would", "could", "may", "might", "should", "must", "will", "to")
        for child in children(verb, "aux", "mark")
    )
    return modal or any(child.lower_ == "if" for child in children(verb, "mark"))


def _is_nobody(doc: Doc, source: Span | None) -> bool:
    """Say whether a source names nobody: «neither the mayor nor the union», «no witness»."""
    if source is None:
        return False
    first = next(t for t in doc if t.idx >= source.start)
    return any(t.lower_ in ("neither", "nobody", "none", "no") for t in doc[max(0, first.i - 1) : first.i + 1])
