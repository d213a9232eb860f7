"""What the words of a sentence tell by their tags and marks alone, where a parse may have gone wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from helpers.language.lexicons import entries, lexicon_index
from helpers.language.spans import Quotation, Span
from helpers.language.syntax import FINITE, children, is_verb, label, lemma

RELATIVE = ("WP", "WDT", "WP$", "WRB")
MARKS = ",;:.—–-"
MARKS_OF_LEAD = (",", ":", "—", "–", "-")
NAMING = ("NN", "PRP", "CD", "DT")  # tags of words that can head a name


def span_of(doc: Doc, first: int, last: int) -> Span:
    """Give the span of tokens, the last one included, in characters."""
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def tokens_in(doc: Doc, span: Span) -> list[Token]:
    """List the tokens that begin in a span."""
    return [token for token in doc if span.start <= token.idx < span.end]


def trim(text: str, span: Span, before: str = MARKS, behind: str = MARKS) -> Span:
    """Take white space and marks that belong to no content off the edges of a span."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in before):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in behind) and not _ends_initials(text, end):
        end -= 1
    return Span(start, end)


def _ends_initials(text: str, end: int) -> bool:
    """Say whether a full stop belongs to initials: «the U.S.», «Washington, D.C.», «at 10 p.m.»."""
    return text[end - 1] == "." and text[max(0, end - 4) : end - 1 : 2].isalpha() and text[max(0, end - 3)] == "."


def is_inside(token: Token, spans: Sequence[Quotation]) -> bool:
    """Say whether a token stands between the marks of a quotation."""
    return any(span.inner_start <= token.idx < span.inner_end for span in spans)


def has_finite(tokens: Iterable[Token]) -> bool:
    """Say whether tokens can state something: a finite verb is among them."""
    return any(token.tag_ in FINITE for token in tokens)


def has_finite_form(tokens: Iterable[Token]) -> bool:
    """Say whether tokens hold a finite verb by its tag, or by the subject of what the tagger took for a participle."""
    return any(_is_finite_form(token) for token in tokens)


def _is_finite_form(token: Token) -> bool:
    if token.tag_ in FINITE:
        return True
    return token.tag_ == "VBN" and bool(children(token, "nsubj")) and not children(token, "aux", "aux:pass")


def is_main_verb(token: Token) -> bool:
    """Say whether a token is a finite verb that says something itself: no auxiliary, no modal before another verb."""
    return token.tag_ in FINITE and not is_between(token)


def is_between(token: Token) -> bool:
    """Say whether a token may stand between a subject and its verb: an adverb or an auxiliary."""
    return token.tag_ in ("RB", "MD", "RBR") or (
        token.tag_ in ("VBZ", "VBD", "VBP", "VBN") and lemma(token) in ("have", "be", "do", "'ve", "'s")
    )


def has_relative(tokens: Iterable[Token]) -> bool:
    """Say whether a word that opens a relative clause is among tokens."""
    return any(token.tag_ in RELATIVE or token.lower_ == "that" for token in tokens)


def opens_clause(token: Token) -> bool:
    """Say whether a word can open a clause with a subject and a verb of its own."""
    return token.lower_ in lexicon_index("clause_openers")


def is_adverbial_opener(token: Token) -> bool:
    """Say whether a word can open a clause that tells when or why something is so, or what it is set against."""
    kinds = lexicon_index("clause_openers").get(token.lower_, {"kind": ""})["kind"].split()
    return not {"time", "cause", "concession"}.isdisjoint(kinds)


def speaks(token: Token) -> bool:
    """Say whether a token is a verb of saying."""
    return is_verb(token) and lemma(token) in lexicon_index("reporting_verbs")


def has_that(clause: Token) -> bool:
    """Say whether a clause opens with «that», «whether» or «if»."""
    first = clause.doc[clause.left_edge.i]
    return any(mark.lower_ in entries("clause_openers", kind="content") for mark in children(clause, "mark")) or (
        first.lower_ == "that" and first.tag_ == "IN"
    )


def comma_before(verb: Token) -> Token | None:
    """Find the comma right before a participle, inside closing marks or not: «a “special bond,” suggesting that»."""
    place = verb.i - 1
    while place > 0 and verb.doc[place].text in ("”", "'", ")"):
        place -= 1
    return verb.doc[place] if place >= 0 and verb.doc[place].text == "," else None


def is_time(tokens: Iterable[Token]) -> bool:
    """Say whether words only name a time: «this month», «Tuesday»."""
    tokens = list(tokens)
    times = [t for t in tokens if t.lower_ in lexicon_index("weekdays") or lemma(t) in lexicon_index("duration_units")]
    return bool(times) and all(t in times or t.tag_ in ("DT", "JJ", "CD", "IN") for t in tokens)


def sets_scene(doc: Doc, span: Span) -> bool:
    """Say whether a span is one clause that only tells when: «But when the money ran out»."""
    words = tokens_in(doc, span)
    words = words[1:] if words and words[0].tag_ == "CC" else words
    return bool(words) and is_adverbial_opener(words[0]) and not any(t.text == "," for t in words)


def is_only_verb(verb: Token) -> bool:
    """Say whether a participle is the only verb that a sentence can be about: «The mayor called for calm»."""
    heads = label(verb) == "ROOT" or (label(verb) == "acl" and verb.head.head == verb.head)
    return heads and verb.nbor(-1).tag_ in ("NN", "NNS") and not has_finite(verb.doc)


def is_cue(token: Token) -> bool:
    """Say whether a token is a verb form that can introduce speech."""
    if token.lower_ == "read" and token.tag_ == "NN" and token.i and token.nbor(-1).tag_.startswith("NN"):
        return True  # «“...,” the article read»
    if not is_verb(token) or is_between(token) or (token.i and token.nbor(-1).tag_ in ("IN", "DT", "PRP$")):
        return False
    if lemma(token) == "put":
        return token.i + 1 < len(token.doc) and token.nbor().lower_ == "it"
    passive = token.tag_ == "VBN" and token.i and lemma(token.nbor(-1)) == "be"
    return token.tag_ != "VB" and lemma(token) in lexicon_index("reporting_verbs") and not passive


def ends_with_mark(gap: Sequence[Token]) -> bool:
    """Say whether the words before a quotation end with a mark that opens speech."""
    return bool(gap) and gap[-1].text in MARKS_OF_LEAD
