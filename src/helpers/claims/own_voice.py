"""What an article says in its own voice: the statements of a sentence that nobody in it is said to make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import repeat

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, takes_place
from helpers.claims.shapes import has_finite_form, is_adverbial_opener, trim
from helpers.claims.statements import Statement, split_statements
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_words
from helpers.language.spans import Span, overlap
from helpers.language.syntax import (
    SUBJECTS,
    children,
    is_verb,
    label,
    lemma,
    noun_phrase_span,
    subtree_span,
    tokens_within,
)

EDGES = ("•*-–—([", ".,;:")  # marks that belong to no statement before it and behind it
POLITE = 6  # words among which a «please» asks the reader for something
FEWEST_WORDS = 4
FEWEST_OWN = 3  # words of a statement that are nobody else's
HANGING = ("who", "which", "whose", "whom")
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


def find_own_statements(doc: Doc, attributions: Sequence[Attribution], headline: bool = False) -> list[Statement]:
    """Find what the article states itself beside the attributions of a sentence, cut into atomic statements.

    That somebody spoke is no statement of its own; what he did besides is: «asked him why before knocking it down».
    """
    told = [attribution for attribution in attributions if not _leaves_own_voice(attribution, doc.text)]
    contents = [content for attribution in told for content in attribution.contents]
    frames = [frame for frame in map(_find_frame, repeat(doc), told) if frame is not None]
    acts = [frame for frame in frames if _acts(frame, contents)]
    stated = split_statements(doc, contents, [frame for frame in frames if frame not in acts])
    if len(stated) == 1 and not told and (headline or _is_sentence(doc)):
        return [Statement(trim(doc.text, Span(0, len(doc.text)), *EDGES), None)]
    stated = [one for one in stated if headline or _is_clause(doc, one.span)]
    return [one for one in stated if _count_own_words(one.span, told, doc) >= FEWEST_OWN]


def _is_sentence(doc: Doc) -> bool:
    """Say whether words are more than a list or a name: they end as a sentence does, or have a verb as their head."""
    ends = doc.text.rstrip("”\"' ").endswith((".", "!", "…"))
    return ends or has_finite_form(doc) or any(is_verb(token) and token.head == token for token in doc)


def _is_clause(doc: Doc, span: Span) -> bool:
    """Say whether words state something by themselves: with a finite verb, and not as what hangs on «that» or «who»."""
    words = [token for token in tokens_within(doc, span) if not token.is_punct]
    hangs = bool(words) and ((words[0].lower_ == "that" and label(words[0]) == "mark") or words[0].lower_ in HANGING)
    return not hangs and has_finite_form(words)


def _find_frame(doc: Doc, attribution: Attribution) -> Token | None:
    """Find the verb that a frame hangs on: that of saying, the one that it goes on from, or that takes a noun of saying."""
    verb = attribution.verb
    while verb is not None and takes_place(verb):
        verb = verb.head
    if verb is not None:
        return verb
    cue = next((token for token in doc if token.idx >= attribution.cue.start), None)
    return cue.head if cue is not None and label(cue) in ("obj", *SUBJECTS) else cue


def _acts(frame: Token, contents: Sequence[Span]) -> bool:
    """Say whether who speaks does something else in the same clause: «asked, “why?” before knocking the ladder down»."""
    beside = [c for c in children(frame, "advcl") if c.i > frame.i and not any(s <= c.idx < e for s, e in contents)]
    timed = [clause for clause in beside if any(map(is_adverbial_opener, children(clause, "mark")))]
    return any(c.tag_ == "VBG" and not _tells_clause(c) and children(c, "obj") for c in timed)


def _tells_clause(verb: Token) -> bool:
    return lexicon_index("reporting_verbs").get(lemma(verb), {"takes": "np"})["takes"] in ("clause", "both")


def _leaves_own_voice(attribution: Attribution, text: str) -> bool:
    """Say whether the act of saying is itself what the article tells: «criticised the plan», «asked the crew to leave»."""
    if attribution.named:
        return True
    start, end = attribution.contents[0]
    if attribution.direct or start - attribution.cue.end > 1 or not text[start:end].strip():
        return False
    intends = attribution.hypothetical and re.search(r"(?:^| )to \w+", text[start:end]) is not None
    return intends or text[start:end].startswith("to ")


def _count_own_words(statement: Span, told: Sequence[Attribution], doc: Doc) -> int:
    """Count the words of a statement that are in nobody's mouth and are no words of saying."""
    taken = [span for one in told for span in (*one.contents, one.cue)]
    words = (token for token in tokens_within(doc, statement) if not token.is_punct)
    return sum(1 for token in words if not any(start <= token.idx < end for start, end in taken))


def find_asides(doc: Doc, taken: Sequence[Span]) -> Iterable[Span]:
    """Find what a phrase states by the way, outside all claims but for its smaller part: «a lawsuit filed in April» claimed something."""
    for token in doc:
        if token.tag_ != "VBN" or label(token) != "acl" or not children(token, "obl", "obl:unmarked", "obl:agent"):
            continue
        span = _find_aside(token)
        if _tells_clause(token) or lexicon_index("reporting_verbs").get(lemma(token), {}).get("stance") == "denies":
            continue
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
    start = min(noun_phrase_span(participle.head).start, clause.start)
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
