"""Where what is said begins and ends: read off the parse, off the place of its verb, and completed where a parse breaks off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.claims.shapes import (
    RELATIVE,
    has_finite,
    has_finite_form,
    has_relative,
    is_time,
    opens_clause,
    speaks,
    tokens_in,
    trim,
)
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, children, is_finite, label, lemma, subtree_span

PAIRING = ("neither", "either", "both", "no", "not", "“")
BACKSHIFTED = ("would", "could", "should", "might", "must")  # what is told with these goes on to be reported
SAID_INSTEAD = ("so", "as")
LONGEST_TAIL = 14
LONGEST_GAP = 9
DASHES = ("—", "–", "--")
SECOND_THAT = re.compile(r",? (?:and|but|or) that ")
GOING_ON = re.compile(r",? (?:and|but|or) (?:(?:will|would|could|can|may|might|must|should|cannot) |“)")


def find_content(verb: Token, source: Span | None, bare: bool) -> Span | None:
    """Find what is said by the place of the verb: behind its «that», before «, X said», or around «, X said,».

    With `bare`, the verb may also be followed by a clause without «that».
    """
    if source is None or (label(verb) == "acl:relcl" and verb.i and verb.doc[verb.i - 1].tag_ in ("WP", "WDT")):
        return None
    text, doc = verb.doc.text, verb.doc
    behind = find_that(verb)
    if behind is None:
        beside = _find_beside_frame(verb, source)
        if beside is not None:
            return trim(text, beside)
        behind = _find_bare_clause(verb) if bare and source.end <= verb.idx else None
    return trim(text, Span(doc[behind].idx, _end_of_clause(verb))) if behind is not None else None


def find_that(verb: Token) -> int | None:
    """Find the first token behind a «that» which a day, a place or a listener parts from its verb."""
    for token in verb.doc[verb.i + 1 : verb.i + LONGEST_GAP + 4]:
        if token.lower_ == "that" and token.i + 1 < len(verb.doc):
            return token.i + 1 if _opens_content(token) else None
        if token.tag_ in (*FINITE, "VB", ":", "``", ",") or token.text in ("“", "”"):
            return None
    return None


def _opens_content(that: Token) -> bool:
    """Say whether a «that» opens a clause: it is no pronoun, and a subject and a verb follow."""
    nominal = that.nbor(-1).tag_ in ("DT", "JJ", "IN") or that.tag_ == "DT"
    following = that.doc[that.i + 1 :]
    states = has_finite_form(following) or label(that) == "mark"  # a verb that the tagger took for a noun
    return not nominal and following[0].tag_ not in FINITE and states


def _find_beside_frame(verb: Token, source: Span) -> Span | None:
    """Find what is said around a frame between commas, or before one at the end of its sentence."""
    doc, first = verb.doc, min(source.start, verb.idx)
    before = doc.text[:first].rstrip()
    if not before.endswith((",", ",”", ", ”", ',"', ",''")) or len(before.split()) <= 2:
        return None
    closing = next((t for t in doc[verb.i + 1 :] if t.tag_ == "," and t.idx >= source.end), None)
    if closing is not None and closing.i - verb.i <= LONGEST_GAP and has_finite_form(doc[closing.i + 1 :]):
        return Span(closing.idx + 1, len(doc.text))
    return Span(0, first) if _ends_sentence(verb, source, first) else None


def _ends_sentence(verb: Token, source: Span, first: int) -> bool:
    """Say whether a frame that begins at character `first` ends its sentence, with a statement before it."""
    rest = [t for t in verb.doc[verb.i + 1 :] if not t.is_punct and t.idx >= source.end]
    if len(rest) > LONGEST_TAIL or has_finite_form(rest) or _takes_object(verb, rest):
        return False
    before = verb.doc[: verb.i]
    return not has_relative(t for t in before if t.idx >= source.start) and has_finite_form(
        t for t in before if t.idx < first
    )


def _takes_object(verb: Token, rest: Sequence[Token]) -> bool:
    """Say whether a verb goes on with an object or an infinitive, so that what stands before it is not what is said."""
    if not rest or rest[0].i != verb.i + 1 or lemma(verb) == "tell":
        return False
    following = rest[0]
    is_day = following.lower_ in lexicon_index("weekdays") or following.lower_ in ("this", "last", "then", "yesterday")
    return following.tag_.startswith(("TO", "DT", "NN", "PRP", "JJ", "CD", "VB")) and not is_day


def _find_bare_clause(verb: Token) -> int | None:
    """Find where a clause without «that» begins behind a verb, a time or a listener: «told the crew (it was over)»."""
    doc, start = verb.doc, _behind_listener(verb)
    if start + 1 >= len(doc):
        return None
    if doc[start].tag_ == "IN":  # «said (after the vote) she would stay»
        following = doc[start : min(start + LONGEST_GAP, len(doc) - 1)]
        start = next((t.i for t in following if t.tag_ == "PRP" and t.nbor().tag_ in FINITE), start)
    opening = doc[start]
    opens = opening.tag_.startswith(("DT", "PRP", "NN", "CD", "JJ", "EX")) or opening.lower_ in PAIRING
    if not opens or opening.lower_ in SAID_INSTEAD:
        return None
    verb_or_end = next((t for t in doc[start + 1 :] if t.tag_ in FINITE or _opens_another(t, verb)), None)
    return start if verb_or_end is not None and verb_or_end.tag_ in FINITE else None


def _behind_listener(verb: Token) -> int:
    """Find the token behind a verb, whom it is told to, and the time."""
    doc, start = verb.doc, verb.i + 1
    listeners = (
        [t for t in children(verb, "obj", "iobj") if t.i > verb.i]
        if lemma(verb) in lexicon_index("verbs_of_telling")
        else []
    )
    if listeners:
        start = listeners[0].i + 1
    while start < len(doc) and (is_time(doc[start : start + 1]) or doc[start].lower_ in ("on", "last", "this")):
        start += 1
    return start


def _opens_another(token: Token, verb: Token) -> bool:
    """Say whether a word opens another clause, or leads over to a verb of the same form: «lamented his defeat but said»."""
    joins = token.tag_ == "CC" and token.i + 1 < len(token.doc) and token.nbor().tag_ == verb.tag_
    return joins or token.tag_ in RELATIVE or token.text in (",", ";", ":") or opens_clause(token)


def _end_of_clause(verb: Token) -> int:
    """Find where a statement behind its verb ends: with the sentence, or before a second verb of the same subject."""
    doc = verb.doc
    for clause in children(verb, "conj", "advcl"):
        first = clause.left_edge.i
        set_off = is_finite(clause) and doc[first - 1].text == ","
        alike = clause.tag_ == verb.tag_ and has_finite(doc[verb.i + 1 : first])
        joined = label(clause) == "conj" and doc[first].tag_ == "CC" and alike
        if clause.i > verb.i + 3 and (set_off or joined):
            return doc[first].idx
    return len(doc.text)


def content_of(clause: Token, verb: Token) -> Span:
    """Give a reported clause without its «that»: whatever stands before it belongs to the frame."""
    marks = [
        mark
        for mark in children(clause, "mark")
        if mark.lower_ in entries("clause_openers", kind="content") and mark.i < clause.i
    ]
    span = subtree_span(clause, without=[*marks, *([] if verb.is_ancestor(clause) else [verb])])
    if marks:
        return Span(max(span.start, marks[-1].idx + len(marks[-1]) + 1), span.end)
    first = clause.doc[clause.left_edge.i]
    if first.lower_ != "that" or first.tag_ != "IN":
        span = _without_day(verb, span)
    opens = clause.doc.text[span.start : span.start + 5].casefold() == "that "
    return Span(span.start + 5, span.end) if opens else span


def _without_day(verb: Token, span: Span) -> Span:
    """Leave to the frame the day that follows its verb: «said Thursday morning (he would go)»."""
    first = next((t for t in verb.doc[verb.i + 1 :] if t.idx >= span.start), None)
    if first is None or first.i != verb.i + 1:
        return span
    after = first
    while after.i + 1 < len(after.doc) and (
        after.lower_ in lexicon_index("weekdays") or after.lower_ in lexicon_index("parts_of_day")
    ):
        after = after.nbor()
    return Span(after.idx, span.end) if after.idx < span.end else span


def complete_content(content: Span, by_words: Span | None, doc: Doc) -> Span:
    """Let a content that the parse breaks off in the middle of a phrase go on to the end of its clause."""
    text = doc.text
    if SECOND_THAT.match(text, content.end) or GOING_ON.match(text, content.end):
        end = by_words.end if by_words is not None and by_words.end > content.end + 8 else len(text)
        return trim(text, Span(content.start, end))
    if by_words is None or by_words.start != content.start:
        return content
    is_whole = has_finite(tokens_in(doc, content)) and not _breaks_off(text, content.end)
    rest = tokens_in(doc, Span(content.end, by_words.end))
    if is_whole and not _resumes(rest) and not _goes_on_reported(rest):
        return content
    return Span(content.start, max(content.end, by_words.end))


def _resumes(rest: Sequence[Token]) -> bool:
    """Say whether a clause that a parse ended goes on behind what is set off: «his boat, or a dinghy, | had sunk»."""
    return any(
        t.tag_ in FINITE and t.nbor(-1).text == "," and not has_relative(rest[:place]) for place, t in enumerate(rest)
    )


def _goes_on_reported(rest: Sequence[Token]) -> bool:
    """Say whether a second clause goes on to be reported, by its modal: «, but had she known, she would have left»."""
    words = [token for token in rest if not token.is_punct][:1]
    joins = bool(words) and words[0].lower_ in ("and", "but")
    return (
        joins and any(t.lower_ in BACKSHIFTED for t in rest) and not any(speaks(t) and t.tag_ in FINITE for t in rest)
    )


def _breaks_off(text: str, end: int) -> bool:
    """Say whether a content ends in the middle of a phrase: before no mark, no conjunction and no dash."""
    broken = text[end : end + 1] not in ("", ",", ".", ";", ":", "”", '"', ")")
    goes_on = text[end:].lstrip().split(" ")[0] in ("and", "but", "or", "while", "—", "–", "-")
    return broken and not goes_on


def last_of_predicate(verb: Token, first: int) -> int:
    """Find the last token of what a verb goes on with: up to a dash, a participle, or what comes beside it."""
    doc, last = verb.doc, len(verb.doc) - 1
    for token in doc[first:]:
        if _ends_predicate(token):
            last = token.i
            break
        if _goes_over(token, verb):
            return max(token.i - 1, first)
    while last > first and (doc[last].text in (",", ";", ".", ":", *DASHES) or doc[last].tag_ in (".", ":")):
        last -= 1
    return last


def _ends_predicate(token: Token) -> bool:
    """Say whether a predicate ends at a token: a dash, or a comma before a participle or another clause."""
    if token.text in (";", ":", *DASHES) or token.i + 1 == len(token.doc) or _is_spaced_hyphen(token):
        return True
    following = token.nbor()
    opens = following.tag_ == "VBG" or opens_clause(following) or following.lower_ in ("but", "so", "then")
    return token.text == "," and opens


def _goes_over(token: Token, verb: Token) -> bool:
    """Say whether a conjunction leads over to another verb of the same subject: «and said», «, but refused»."""
    if token.tag_ != "CC" and not (token.text == "," and token.nbor().tag_ == "CC"):
        return False
    after = next((t for t in token.doc[token.i + 1 :] if t.tag_ not in ("CC", "RB")), None)
    if after is None:
        return False
    reports = after.tag_ in ("VBD", "VBN", "VBZ", "VBP", verb.tag_) and speaks(after)
    return reports or (after.tag_ in FINITE and after.lower_ not in ("'s", "'re"))


def _is_spaced_hyphen(token: Token) -> bool:
    return token.text == "-" and bool(token.whitespace_) and token.i > 0 and bool(token.nbor(-1).whitespace_)


def links_content(token: Token, verb: Token, frames: Sequence[str]) -> bool:
    """Say whether a preposition ties what is said to its verb: «blamed X (for) Y», «described X (as) Y»."""
    if token.lower_ == "as":
        return "naming" in frames
    above = (token.head, token.head.head, token.head.head.head if token.lower_ == "to" else token.head)
    return token.tag_ in ("IN", "TO") and token.lower_ in frames and verb in above
