"""What is said as a whole clause: «said (that) the pier fell», «the allegation that the pier fell»."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from helpers.claims.frames import FINITE, LISTENED_TO, PARTS_OF_DAY, find_content, is_time, trim
from helpers.claims.sayers import name_source
from helpers.claims.saying import CLAUSE_MARKS, Attribution, cue_span, has_finite, has_that
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import Span
from helpers.language.syntax import SUBJECTS, children, is_verb, label, lemma, subject_of, subtree_span

SECOND_THAT = re.compile(r",? (?:and|but|or) that ")
GOING_ON = re.compile(r",? (?:and|but|or) (?:(?:will|would|could|can|may|might|must|should|cannot) |“)")


def read_clause(verb: Token, make, source: Span | None) -> Attribution | None:
    """Read a clause that hangs on the verb: «said (that) the pier fell», «asked whether it fell»."""
    clause = next(iter(_clauses_of(verb)), None)
    if clause is None or (
        lemma(verb) == "say" and clause.i > verb.i and clause.doc[clause.left_edge.i].lower_ == "when"
    ):
        return None  # «what she said when she resigned»
    by_words = find_content(verb, source, False)
    content = complete_content(_begin_whole(content_of(clause, verb), clause, verb), by_words, verb.doc)
    content = _begin_at_that(verb, content)
    inside = [t for t in verb.doc if content.start <= t.idx < content.end]
    if not has_finite(inside) and (len(inside) < 4 or clause.i < verb.i):
        return None
    said = make([content], 0.9 if source else 0.6)
    to_do = clause.tag_ == "VB" and any(mark.lower_ == "to" for mark in children(clause, "mark"))
    if to_do or _is_question(clause):
        said.confidence, said.hypothetical = min(said.confidence, 0.6), True
    return said


def read_noun(noun: Token) -> list[Attribution]:
    """Read «the allegation that ...», «Vale's denial that ...»."""
    clauses = [
        child for child in children(noun, "acl", "ccomp", "acl:relcl") if has_that(child) and children(child, "nsubj")
    ]
    if not clauses or (is_verb(noun.head) and lemma(noun.head) in lexicon_index("reporting_verbs")):
        return []
    owner = children(noun, "nmod:poss")
    by = [
        child
        for child in children(noun, "nmod")
        if any(case.lower_ in ("by", "from") for case in children(child, "case"))
    ]
    source = subtree_span((owner or by)[0]) if owner or by else None
    subject = next(iter(children(noun, "nsubj")), None)
    if source is None and noun.lower_.endswith("ing") and children(noun, "cop") and subject is not None:
        source = name_source(subject, noun)  # «The mayor is warning that»: a verb after all
    named = noun.i and noun.nbor(-1).tag_ in ("NNP", "NNPS") and noun.head == noun
    if named and noun.tag_ == "NNS" and not any(t.tag_ in FINITE for t in noun.doc[: noun.i]):
        return []  # «The Harbour Herald reports that»: a verb after all
    stance = lexicon_index("reporting_nouns")[lemma(noun)]["stance"]
    denial = [t for t in noun.doc[max(0, noun.i - 3) : noun.i] if _denies(t)]
    if denial:
        # «... and denied claims that ...», whatever the parse made of the verb.
        subject = next(
            (s for token in noun.doc if token.head == token for s in [subject_of(token)] if s is not None), None
        )
        source = source or (name_source(subject) if subject is not None and subject.i < denial[0].i else None)
        return [Attribution(cue_span(denial[0]), source, [content_of(clauses[0], noun)], "denies", 0.7, verb=denial[0])]
    return [Attribution(Span(noun.idx, noun.idx + len(noun)), source, [content_of(clauses[0], noun)], stance, 0.6)]


def _denies(token: Token) -> bool:
    entry = lexicon_index("reporting_verbs").get(lemma(token))
    return is_verb(token) and entry is not None and entry["stance"] == "denies"


def _clauses_of(verb: Token) -> list[Token]:
    """Find the clauses that a verb reports; one with a subject of its own is such a clause, whatever its label."""
    return [
        clause
        for clause in children(verb, "ccomp", "xcomp")
        if label(clause) == "ccomp" or (clause.i > verb.i and clause.tag_ in FINITE and children(clause, *SUBJECTS))
    ]


def _begin_whole(content: Span, clause: Token, verb: Token) -> Span:
    """Begin a content right behind its verb where the parse cut the clause off its subject."""
    doc = verb.doc
    between = [t for t in doc[verb.i + 1 : clause.i] if t.idx < content.start]
    opening = next((t for t in between if t.text != "“"), None)
    nominal = opening is not None and opening.tag_ in ("DT", "PRP", "PRP$", "NNP", "NNPS", "NN", "NNS")
    if clause.i < verb.i or not nominal:
        return content
    listens = lemma(verb) in LISTENED_TO or any(t.lower_ in CLAUSE_MARKS for t in between)
    if listens or is_time(between) or between[0].lower_ in lexicon_index("weekdays"):
        return content
    return Span(between[0].idx, content.end)


def _begin_at_that(verb: Token, content: Span) -> Span:
    """Begin a content behind the «that» right after its verb, not behind a later one: «said that (his view is that)»."""
    following = verb.doc[verb.i + 1 : verb.i + 3]
    if len(following) < 2 or following[0].lower_ != "that":
        return content
    if following[1].tag_ == "MD" or following[1].lower_ in ("was", "is", "were", "are", "has", "had", "did", "does"):
        return Span(min(content.start, following[0].idx), content.end)  # «said that was not her view»
    if following[0].tag_ != "IN":
        return content
    return Span(following[1].idx, content.end) if following[1].idx < content.start < content.end else content


def _is_question(clause: Token) -> bool:
    first = clause.doc[clause.left_edge.i]
    return first.tag_ in ("WRB", "WP", "WDT") and first.lower_ != "that"


def content_of(clause: Token, verb: Token) -> Span:
    """Give a reported clause without its «that»: whatever stands before it belongs to the frame."""
    marks = [mark for mark in children(clause, "mark") if mark.lower_ in CLAUSE_MARKS and mark.i < clause.i]
    span = subtree_span(clause, without=[*marks, *([verb] if verb.is_ancestor(clause) is False else [])])
    if not marks and clause.doc[clause.left_edge.i].lower_ == "that" and clause.doc[clause.left_edge.i].tag_ == "IN":
        return (
            Span(span.start + 5, span.end) if clause.doc.text[span.start : span.start + 5].lower() == "that " else span
        )
    if not marks:
        span = _without_day(verb, span)
        leading = span.start + 5 if _starts_with_that(clause, span) else span.start
        return Span(leading, span.end)
    # Whatever stands before «that» belongs to the frame.
    start = max(span.start, marks[-1].idx + len(marks[-1]) + 1)
    return Span(start, span.end)


def _without_day(verb: Token, span: Span) -> Span:
    """Leave to the frame the day that follows its verb: «said Thursday morning (he would go)»."""
    first = next((t for t in verb.doc[verb.i + 1 :] if t.idx >= span.start), None)
    if first is None or first.i != verb.i + 1:
        return span
    after = first
    while after.i + 1 < len(after.doc) and (after.lower_ in lexicon_index("weekdays") or after.lower_ in PARTS_OF_DAY):
        after = after.nbor()
    return Span(after.idx, span.end) if after.idx < span.end else span


def _starts_with_that(clause: Token, span: Span) -> bool:
    """Say whether a content still begins with its «that»."""
    return clause.doc.text[span.start : span.start + 5].casefold() == "that "


def complete_content(content: Span, by_words: Span | None, doc: Doc) -> Span:
    """Let a content that the parse breaks off in the middle of a phrase go on to the end of its clause."""
    text = doc.text
    verbless = not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc if content.start <= t.idx < content.end)
    broken = text[content.end : content.end + 1] not in ("", ",", ".", ";", ":", "”", '"', ")")
    goes_on = text[content.end :].lstrip().split(" ")[0] in ("and", "but", "or", "while", "—", "–", "-")
    if SECOND_THAT.match(text, content.end) or GOING_ON.match(text, content.end):
        end = by_words.end if by_words is not None and by_words.end > content.end + 8 else len(text)
        return trim(text, Span(content.start, end))
    if by_words is not None and by_words.start == content.start and (verbless or (broken and not goes_on)):
        return Span(content.start, max(content.end, by_words.end))
    return content
