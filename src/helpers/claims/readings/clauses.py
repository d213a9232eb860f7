"""«said (that) the pier fell», «asked whether it fell»: what is said as a whole clause that hangs on its verb."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, Cue
from helpers.claims.contents import complete_content, content_of, find_content, find_that
from helpers.claims.shapes import has_finite, has_that, is_time, sets_scene, tokens_in, trim
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, SUBJECTS, children, label, lemma


def read_clause(cue: Cue) -> Attribution | None:
    """Read a clause that hangs on the verb."""
    verb, clause = cue.verb, _find_clause(cue.verb)
    if not cue.tells or clause is None or _tells_time(clause, verb):
        return None
    begun = _begin_whole(content_of(clause, verb), clause, verb)
    content = complete_content(begun, find_content(verb, cue.source, cue.entry["bare"] == "yes"), verb.doc)
    content = _with_main_clause(_begin_at_that(verb, content), verb.doc)
    inside = tokens_in(verb.doc, content)
    if not has_finite(inside) and (len(inside) < 4 or clause.i < verb.i):
        return None
    confidence = 0.9 if cue.source else 0.6
    if _is_wanted(clause) or _is_question(clause):
        return cue.attribute(content, min(confidence, 0.6), hypothetical=True)
    return cue.attribute(content, confidence)


def _find_clause(verb: Token) -> Token | None:
    """Find the clause that a verb reports; one with a subject of its own is such a clause, whatever its label.

    Of two the one behind «that» is it, then the one behind the verb: «told NBC’s “Meet the Press” that (it fell)».
    """
    clauses = [clause for clause in children(verb, "ccomp", "xcomp") if _is_reported(clause, verb)]
    return min(clauses, key=lambda clause: (not has_that(clause), clause.i < verb.i), default=None)


def _is_reported(clause: Token, verb: Token) -> bool:
    if label(clause) == "ccomp":
        return True
    return clause.i > verb.i and clause.tag_ in FINITE and bool(children(clause, *SUBJECTS))


def _tells_time(clause: Token, verb: Token) -> bool:
    """Say whether a clause tells when something was said: «what she said when she resigned»."""
    return lemma(verb) == "say" and clause.i > verb.i and clause.doc[clause.left_edge.i].lower_ == "when"


def _is_wanted(clause: Token) -> bool:
    return clause.tag_ == "VB" and any(mark.lower_ == "to" for mark in children(clause, "mark"))


def _is_question(clause: Token) -> bool:
    first = clause.doc[clause.left_edge.i]
    return first.tag_ in ("WRB", "WP", "WDT") and first.lower_ != "that"


def _begin_whole(content: Span, clause: Token, verb: Token) -> Span:
    """Begin a content right behind its verb where the parse cut the clause off its subject."""
    between = [t for t in verb.doc[verb.i + 1 : clause.i] if t.idx < content.start]
    opening = next((t for t in between if t.text != "“"), None)
    nominal = opening is not None and opening.tag_ in ("DT", "PRP", "PRP$", "NNP", "NNPS", "NN", "NNS")
    if clause.i < verb.i or not nominal:
        return content
    listens = lemma(verb) in lexicon_index("verbs_of_telling") or any(
        t.lower_ in entries("clause_openers", kind="content") for t in between
    )
    if listens or is_time(between) or between[0].lower_ in lexicon_index("weekdays"):
        return content
    return Span(between[0].idx, content.end)


def _with_main_clause(content: Span, doc: Doc) -> Span:
    """Let a content that only sets the scene go on with its main clause: «said since it passed, there was no trouble»."""
    if not sets_scene(doc, content) or doc.text[content.end : content.end + 1] != ",":
        return content
    ends = [t.idx for t in doc if t.text == "," and t.idx > content.end and t.nbor().tag_ in FINITE]
    return trim(doc.text, Span(content.start, ends[0] if ends else len(doc.text)))


def _begin_at_that(verb: Token, content: Span) -> Span:
    """Begin a content behind the «that» right after its verb, not behind a later one: «said that (his view is that)»."""
    following = verb.doc[verb.i + 1 : verb.i + 3]
    if len(following) < 2 or following[0].lower_ != "that":
        opens = find_that(verb)
        inside = opens is not None and verb.doc[opens].idx < content.start
        return Span(verb.doc[opens].idx, content.end) if inside else content
    if following[1].tag_ == "MD" or following[1].lower_ in ("was", "is", "were", "are", "has", "had", "did", "does"):
        return Span(min(content.start, following[0].idx), content.end)  # «said that was not her view»
    if following[0].tag_ != "IN":
        return content
    return Span(following[1].idx, content.end) if following[1].idx < content.start < content.end else content
