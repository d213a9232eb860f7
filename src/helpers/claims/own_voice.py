"""What an article says in its own voice: the statements of a sentence that nobody in it is said to make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution
from helpers.claims.shapes import trim
from helpers.claims.statements import split_statements
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_words
from helpers.language.spans import Span, overlap
from helpers.language.syntax import SUBJECTS, children, is_verb, label, subtree_span

EDGES = ("•*-–—([", ".,;:")  # marks that belong to no statement before it and behind it
POLITE = 6  # words among which a «please» asks the reader for something
FEWEST_WORDS = 4
SHORTEST_ASIDE = 16  # characters


def states_something(doc: Doc, text: str) -> bool:
    """Say whether a sentence states something: no question, no exhortation, no fragment without a verb."""
    if _exhorts(doc) or text.rstrip('"”’ ').endswith("?"):
        return False
    return len(find_words(text)) >= FEWEST_WORDS and any(is_verb(t) or t.tag_ == "MD" for t in doc)


def _exhorts(doc: Doc) -> bool:
    """Say whether a sentence asks the reader for something: «Follow him», «NOTE: Please see the update at the end»."""
    root = next((token for token in doc if token.head == token), doc[0])
    opens = not any(is_verb(t) for t in doc[: root.i])
    if root.tag_ == "VB" and opens and not children(root, *SUBJECTS, "aux"):
        return True
    return any(token.lower_ == "please" and token.nbor().tag_ == "VB" for token in doc[:-1][:POLITE])


def find_own_statements(doc: Doc, attributions: Sequence[Attribution]) -> list[Span]:
    """Find what the article states itself beside the attributions of a sentence, cut into atomic statements."""
    if any(_frames_sentence(attribution, doc) for attribution in attributions):
        return []
    told = [attribution for attribution in attributions if not _leaves_own_voice(attribution, doc.text)]
    return [span for span in _split(doc, told) if not any(_is_told(span, attribution) for attribution in told)]


def _frames_sentence(attribution: Attribution, doc: Doc) -> bool:
    """Say whether the whole sentence is this attribution, so that nothing is left that the article says itself."""
    if _leaves_own_voice(attribution, doc.text):
        return False  # «criticised the plan»: that it was criticised is what the article says
    if attribution.verb is None:
        return True
    root = attribution.verb
    while label(root) in ("conj", "parataxis", "ccomp") and root.head != root:
        root = root.head
    inside = any(c.start <= root.idx < c.end for c in attribution.contents)
    return root.head == root or inside or attribution.direct


def _leaves_own_voice(attribution: Attribution, text: str) -> bool:
    """Say whether the act of saying is itself what the article tells: «criticised the plan», «asked the crew to leave»."""
    if attribution.named:
        return True
    start, end = attribution.contents[0]
    intends = attribution.hypothetical and not attribution.direct and start - attribution.cue.end <= 1
    return intends and re.search(r"(?:^| )to \w+", text[start:end]) is not None


def _split(doc: Doc, told: Sequence[Attribution]) -> list[Span]:
    """Split a sentence into statements, without what is attributed to someone."""
    taken = [content for attribution in told for content in attribution.contents]
    taken += [attribution.cue for attribution in told if attribution.verb is not None]
    spans = split_statements(doc, taken)
    if len(spans) == 1 and not taken:
        return [trim(doc.text, Span(0, len(doc.text)), *EDGES)]
    return spans


def _is_told(statement: Span, attribution: Attribution) -> bool:
    """Say whether a statement has been read already: it holds the cue that frames it, or is mostly somebody's."""
    if statement.start <= attribution.cue.start and attribution.cue.end <= statement.end:
        return True
    return any(2 * overlap(statement, content) > statement.end - statement.start for content in attribution.contents)


def find_asides(doc: Doc, taken: Sequence[Span]) -> Iterable[Span]:
    """Find what a phrase states by the way, outside all claims but for its smaller part: «a lawsuit filed in April» claimed something."""
    for token in doc:
        if token.tag_ != "VBN" or label(token) != "acl" or not children(token, "obl", "obl:unmarked", "obl:agent"):
            continue
        span = _find_aside(token)
        covered = any(2 * overlap(span, other) > span.end - span.start for other in taken)
        named = token.head.tag_.startswith("NN") and not _is_part_of_phrase(token.head)
        if not covered and named and span.end - span.start >= SHORTEST_ASIDE:
            yield span


def _is_part_of_phrase(noun: Token) -> bool:
    """Say whether a noun only belongs to another: «a copy (of the logbooks released on Monday)»."""
    return label(noun) == "nmod" and bool(children(noun, "case"))


def _find_aside(participle: Token) -> Span:
    """Give the phrase of a participle with its noun and the whole of a date at its end."""
    doc, clause = participle.doc, subtree_span(participle)
    start = min(subtree_span(participle.head).start, clause.start)
    return trim(doc.text, Span(start, _end_of_date(doc, clause.end)), *EDGES)


def _end_of_date(doc: Doc, end: int) -> int:
    """Take in the rest of a date that a parse cut: «in April | last year», «in May | 2018»."""
    following = [token for token in doc if token.idx >= end][:2]
    if following and following[0].tag_ == "CD" and following[0].text.isdigit() and len(following[0]) == 4:
        return following[0].idx + 4
    if len(following) < 2 or following[0].lower_ not in ("last", "this", "next"):
        return end
    unit = following[1]
    return unit.idx + len(unit) if unit.lower_ in lexicon_index("duration_units") else end
