"""Where a content ends that runs into another clause, and where it goes on: each rule names one place, the nearest holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, Sentence
from helpers.claims.contents import BACKSHIFTED, last_of_predicate
from helpers.claims.shapes import (
    comma_before,
    has_finite,
    is_adverbial_opener,
    is_between,
    opens_clause,
    span_of,
    tokens_in,
    trim,
)
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, is_verb, lemma

# «, and 27 houses were lost, »: up to the comma of the frame
ADDED_CLAUSE = re.compile(r",?\s+(?:and|but)\s.*\w,\s*$", re.S)
LAST_WORDS = 4  # that may follow the frame at the end of a sentence: «on Monday.»
SHORTEST = 8  # characters of a content before its cut

EndRule = Callable[[Attribution, Sequence[Attribution]], Iterable[int]]


def end_content(attribution: Attribution, read: Sequence[Attribution]) -> Attribution:
    """End the contents of an attribution at the nearest place that a rule of `ENDS` names inside them."""
    ends = [place for rule in ENDS for place in rule(attribution, read)]
    if not ends:
        return attribution
    return replace(attribution, contents=tuple(_cut(content, ends) for content in attribution.contents))


def _cut(content: Span, ends: Sequence[int]) -> Span:
    inside = [end for end in ends if content.start + SHORTEST < end < content.end]
    return Span(content.start, min(inside)) if inside else content


def _at_outer_frame(inner: Attribution, read: Sequence[Attribution]) -> Iterable[int]:
    """End what is nested in another content before the frame of that: «X fear (it is lost), Y said»."""
    for outer in read:
        whole = outer.contents[-1]
        nested = whole.start <= inner.cue.start and inner.cue.end <= whole.end <= outer.cue.start
        if inner is not outer and nested:
            yield whole.end


def _at_contrast(attribution: Attribution, read: Sequence[Attribution]) -> Iterable[int]:
    """End an indirect content before «, but ...», which sets something against it."""
    if not _is_indirect_behind(attribution):
        return
    doc, content = attribution.verb.doc, attribution.contents[-1]
    for token in tokens_in(doc, content):
        if token.lower_ == "but" and token.i and token.nbor(-1).text == "," and token.idx > content.start + 12:
            before, behind = tokens_in(doc, Span(content.start, token.idx)), doc[token.i + 1 :]
            if has_finite(before) and has_finite(behind) and not any(t.lower_ in BACKSHIFTED for t in behind):
                yield token.nbor(-1).idx
            return


def _at_main_clause(attribution: Attribution, read: Sequence[Attribution]) -> Iterable[int]:
    """End a content before the main clause after «While she admitted that ..., »: it is no part of what she admitted."""
    if not _is_indirect_behind(attribution) or not _opens_subordinate(attribution.verb):
        return
    verb, doc = attribution.verb, attribution.verb.doc
    yield from (t.idx for t in doc[verb.i + 1 : -2] if t.text == "," and _opens_main_clause(t))


def _is_indirect_behind(attribution: Attribution) -> bool:
    """Say whether a content that is no quotation follows its verb."""
    before = attribution.cue.start > attribution.contents[0].start
    return attribution.verb is not None and not attribution.direct and not before


def _opens_subordinate(verb: Token) -> bool:
    """Say whether a sentence opens with a conjunction whose clause a verb stands in."""
    doc = verb.doc
    opening = doc[1] if doc[0].tag_ == "CC" and len(doc) > 1 else doc[0]
    subordinate = is_adverbial_opener(opening)
    return subordinate and not any(t.text == "," for t in doc[: verb.i])


def _opens_main_clause(comma: Token) -> bool:
    """Say whether a subject and its verb follow a comma."""
    opening, following = comma.nbor(), comma.doc[comma.i + 2 : comma.i + 7]
    if opening.tag_.startswith(("PRP", "NNP", "DT", "NN")) and has_finite(following):
        return True
    return opening.tag_.startswith("NNP") and following[0].tag_ in ("VBN", "VBD")


def _at_participle(attribution: Attribution, read: Sequence[Attribution]) -> Iterable[int]:
    """End a content before «, saying that ...», in which the same speaker goes on."""
    for later in read:
        if later is attribution or attribution.direct or attribution.source != later.source:
            continue
        if later.verb is not None and later.verb.tag_ == "VBG" and comma_before(later.verb) is not None:
            before = later.verb.nbor(-1)
            yield before.idx if before.text == "," else before.idx + len(before)


def _at_report(attribution: Attribution, read: Sequence[Attribution]) -> Iterable[int]:
    """End a content before «and said that ...», in which the same speaker goes on."""
    verb = attribution.verb
    if verb is None or not is_verb(verb) or attribution.direct:
        return
    for later in verb.doc[verb.i + 2 :]:
        conjunction = _conjunction_before(later) if _goes_on_from(later, verb) else None
        if conjunction is not None and conjunction.i > verb.i + 1:
            yield _end_before(conjunction)
            return


def _goes_on_from(later: Token, verb: Token) -> bool:
    """Say whether a verb of saying has the form of another, or both are finite."""
    alike = later.tag_ == verb.tag_ or {later.tag_, verb.tag_} <= set(FINITE)
    return alike and lemma(later) in lexicon_index("reporting_verbs") and not is_between(later)


def _conjunction_before(verb: Token) -> Token | None:
    before = verb.i - 1
    while is_between(verb.doc[before]):
        before -= 1
    return verb.doc[before] if verb.doc[before].tag_ == "CC" else None


def _end_before(token: Token) -> int:
    """Give the end of what stands before a token, without the white space and the mark between."""
    return trim(token.doc.text, Span(0, token.idx)).end


def _at_resumption(attribution: Attribution, read: Sequence[Attribution]) -> Iterable[int]:
    """End what a relative clause reports where its sentence goes on: «Voters, who say that it helps(,) stayed away»."""
    verb = attribution.verb
    if verb is None or attribution.direct or verb.i < 2 or attribution.contents[-1].start < attribution.cue.start:
        return
    lead = next((t for t in reversed(verb.doc[max(0, verb.i - 3) : verb.i]) if t.tag_ in ("WP", "WDT")), None)
    if lead is not None and lead.i and lead.nbor(-1).text == ",":
        yield from (t.idx for t in verb.doc[verb.i + 1 : -1] if t.text == "," and t.nbor().tag_ in FINITE)


def _at_rejoinder(attribution: Attribution, read: Sequence[Attribution]) -> Iterable[int]:
    """End a content before what somebody else answers to it: «he had paid(, a claim that the piper called untrue)»."""
    for later in read:
        statement = later.contents[0]
        answers = later.stance == "denies" and statement.start == attribution.contents[-1].start
        if later is not attribution and answers and later.cue.start > statement.end:
            yield statement.end


ENDS: tuple[EndRule, ...] = (
    _at_rejoinder,
    _at_outer_frame,
    _at_contrast,
    _at_main_clause,
    _at_participle,
    _at_report,
    _at_resumption,
)


def extend_content(sentence: Sentence, attribution: Attribution, read: Sequence[Attribution]) -> Attribution:
    """Let a content go on that stops short of what belongs to it: up to the frame behind it, or behind its quotation."""
    if len(attribution.contents) != 1:
        return attribution
    others = [other.cue.start for other in read if other is not attribution]
    return _go_on_behind_marks(sentence.doc, _reach_to_frame(sentence.doc, attribution, others), others)


def _reach_to_frame(doc: Doc, attribution: Attribution, others: Sequence[int]) -> Attribution:
    """Let «A broke, and B was lost, X said» claim both: what begins the sentence reaches to the frame that ends it."""
    if attribution.source is None or attribution.direct:
        return attribution
    content, text = attribution.contents[0], doc.text
    frame = min(attribution.source.start, attribution.cue.start)
    begins = not text[: content.start].strip() and ADDED_CLAUSE.match(text[content.end : frame])
    ends = len(text[max(attribution.source.end, attribution.cue.end) :].split()) <= LAST_WORDS
    if not begins or not ends or any(content.end <= cue < frame for cue in others):
        return attribution
    return replace(attribution, contents=(trim(text, Span(content.start, frame)),))


def _go_on_behind_marks(doc: Doc, attribution: Attribution, others: Sequence[int]) -> Attribution:
    """Let «it was “a mistake” to use the boat» end with its clause, not with the quotation in the middle of it."""
    content, verb = attribution.contents[0], attribution.verb
    if verb is None or attribution.named or attribution.cue.start > content.start:
        return attribution
    first = _find_going_on(doc, content)
    if first is None:
        return attribution
    end = span_of(doc, first.i, last_of_predicate(verb, first.i)).end
    if any(content.end <= cue < end for cue in others):
        return attribution
    quoted = attribution.direct and content.start and doc.text[content.start - 1] == "“"
    start = content.start - 1 if quoted and _is_closed(doc, content) else content.start
    return replace(attribution, contents=(trim(doc.text, Span(start, end)),), direct=False)


def _is_closed(doc: Doc, content: Span) -> bool:
    """Say whether a content ends with a closing mark or right before one."""
    following = next((t for t in doc if t.idx >= content.end), None)
    return doc.text[content.end - 1] == "”" or (following is not None and following.text == "”")


def _find_going_on(doc: Doc, content: Span) -> Token | None:
    """Find where a statement goes on behind its content: a phrase behind a closing mark, or the verb that it lacks."""
    rest = [t for t in doc if t.idx >= content.end]
    rest = rest[1:] if rest and rest[0].text == "”" else rest
    if not rest or doc.text[: content.end].rstrip("”")[-1] in ".,!?":
        return None
    first = rest[0]
    if _is_closed(doc, content) and first.tag_ in ("IN", "TO") and not opens_clause(first):
        return first
    lacks_verb = first.tag_ == "CC" and not has_finite(tokens_in(doc, content)) and has_finite(rest[1:])
    return first if lacks_verb and not rest[1].tag_.startswith(("VB", "MD")) else None


def nest_cues(read: Sequence[Attribution]) -> list[Attribution]:
    """Read «X reported that documents indicated that ...» where the parse ends the outer content before the inner cue."""
    nested = list(read)
    for outer, inner in ((o, i) for o in range(len(nested)) for i in range(len(nested)) if i != o):
        if _ends_before_cue(nested[outer], nested[inner]):
            content, said = nested[outer].contents[0], nested[inner]
            nested[inner] = replace(said, source=content, confidence=min(said.confidence, 0.7))
            nested[outer] = replace(nested[outer], contents=(Span(content.start, said.contents[-1].end),))
    return nested


def _ends_before_cue(outer: Attribution, inner: Attribution) -> bool:
    participle = inner.verb is not None and inner.verb.tag_ == "VBG"
    behind = inner.contents[0].start > inner.cue.start and not participle
    return len(outer.contents) == 1 and behind and inner.cue.start - outer.contents[0].end in (0, 1)
