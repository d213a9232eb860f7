"""What is said in the passive: «was rejected by the company», «is accused of hiding it», «is said to have slept»."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, Cue
from helpers.claims.contents import content_of, last_of_predicate, links_content
from helpers.claims.grounds import find_resumption, is_act
from helpers.claims.shapes import has_that, span_of, trim
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import SUBJECTS, children, is_negated, is_verb, label, lemma, subtree_span


def read_bare_passive(cue: Cue) -> Attribution | None:
    """Read what a headline's participle lays to someone or asks of him, and who does, where «by» names him.

    A thing that nobody in particular speaks of, «convicted of arson», is no statement of its own.
    """
    verb, doc, link = cue.verb, cue.verb.doc, cue.link
    if link is None:
        return None
    asks = doc[link].lower_ == "to"
    source = trim(doc.text, span_of(doc, verb.i + 2, link - 1)) if link > verb.i + 1 else None
    if source is None and not asks and cue.stance != "alleges" and not is_act(doc[link + 1]):
        return None
    content = trim(doc.text, span_of(doc, link + (not asks), last_of_predicate(verb, link + 1)))
    ends = [*find_resumption(verb, link), *([subtree_span(verb).end] if label(verb) == "acl" else [])]
    content = trim(doc.text, Span(content.start, min([content.end, *(end for end in ends if end > content.start)])))
    return cue.tell(source, [content], 0.6 if source else 0.5, named=not asks, hypothetical=asks)


def read_impersonal(cue: Cue) -> Attribution | None:
    """Read «It was reported in the Herald that the pier fell», whatever noun the parse hung the clause on."""
    verb, doc, subject = cue.verb, cue.verb.doc, _find_subject(cue)
    if subject is None or subject.lower_ != "it" or cue.entry["takes"] not in ("clause", "both"):
        return None
    between = list(takewhile(lambda token: token.lower_ != "that", doc[verb.i + 1 :]))
    that = verb.i + 1 + len(between)
    if that + 1 >= len(doc) or any(is_verb(t) or t.is_punct for t in between):
        return None
    return cue.tell(None, [trim(doc.text, span_of(doc, that + 1, len(doc) - 1))], 0.6)


def read_passive(cue: Cue) -> Attribution | None:
    """Read «was rejected by the company», «is described by Voss as a ruin», «is accused of hiding it»."""
    verb, subject = cue.verb, _find_subject(cue)
    if subject is None or subject.tag_ in ("WDT", "WP") or is_negated(verb) or _is_quoted_as_saying(verb):
        return None
    return _read_linked(cue, subject) or _read_told(cue, subject) or _read_done_to(cue, subject)


def read_raised(cue: Cue) -> Attribution | None:
    """Read «The captain is said to have slept»: the whole sentence is what is said, by whom it does not tell."""
    verb = cue.verb
    if not cue.tells or not cue.is_passive or not children(verb, "xcomp") or not children(verb, *SUBJECTS):
        return None
    return cue.tell(None, [subtree_span(verb, without=children(verb, "advcl", "parataxis", "conj"))], 0.7)


def _find_subject(cue: Cue) -> Token | None:
    """Find the subject before a passive verb."""
    subject = next(iter(children(cue.verb, *SUBJECTS)), None) if cue.tells and cue.is_passive else None
    return subject if subject is not None and subject.i < cue.verb.i else None


def _is_quoted_as_saying(verb: Token) -> bool:
    """Say whether a second verb frames what is said: «was quoted as saying»."""
    return any(t.lower_ == "as" and t.nbor().tag_ == "VBG" for t in verb.doc[verb.i + 1 : -1])


def _read_linked(cue: Cue, subject: Token) -> Attribution | None:
    """Read what a preposition ties to the verb: «is described by Voss (as) a ruin», «is accused (of) hiding it»."""
    verb, doc, source = cue.verb, cue.verb.doc, cue.source
    last = last_of_predicate(verb, verb.i + 1) if verb.i + 1 < len(doc) else verb.i
    link = next((t for t in doc[verb.i + 1 : last + 1] if links_content(t, verb, cue.frames)), None)
    if link is None or link.i >= last:
        return None
    content = trim(doc.text, span_of(doc, link.i + 1, last))
    if source is not None and content.start <= source.start < content.end:
        content = trim(doc.text, Span(content.start, doc[_token_at(doc, source.start) - 1].idx))
    whole = Span(subtree_span(subject).start, content.end) if link.lower_ != "of" else content
    return cue.tell(source, [whole], 0.6 if source else 0.5)


def _read_told(cue: Cue, subject: Token) -> Attribution | None:
    """Read «claims that the pier fell were rejected by the company» as what the claims tell."""
    told = next((c for c in children(subject, "acl", "ccomp", "acl:relcl") if has_that(c)), None)
    if told is None or lemma(subject) not in lexicon_index("reporting_nouns"):
        return None
    return cue.tell(cue.source, [content_of(told, subject)], 0.75)


def _read_done_to(cue: Cue, subject: Token) -> Attribution | None:
    """Read what somebody has spoken of: «The plan was rejected by the company»."""
    takes_thing = "np" in cue.frames or cue.entry["takes"] in ("np", "both", "clause")
    if cue.source is None or "of" in cue.frames or not takes_thing:
        return None
    return cue.tell(cue.source, [subtree_span(subject)], 0.5, named=not children(cue.verb, "ccomp"))


def _token_at(doc: Doc, position: int) -> int:
    return next((t.i for t in doc if t.idx >= position), len(doc))
