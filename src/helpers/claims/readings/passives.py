"""What is said in the passive: «was rejected by the company», «is accused of hiding it», «is said to have slept»."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Doc, Token

from helpers.claims.accusations import find_resumption
from helpers.claims.frames import span_of, trim
from helpers.claims.grounds import is_act
from helpers.claims.readings.clauses import content_of
from helpers.claims.readings.objects import last_of_predicate, links_content
from helpers.claims.saying import Attribution, cue_span, has_that
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import Span
from helpers.language.syntax import SUBJECTS, children, is_negated, is_verb, label, lemma, subtree_span

LONGEST_AGENT = 8  # words from «blamed by» to «for»


def read_passive(verb: Token, entry: dict[str, str], source: Span | None) -> Attribution | None:
    """Read «was rejected by the company», «is described by Voss as a ruin», «is accused of hiding it»."""
    doc, frames = verb.doc, entry["objects"].split()
    subject = next(iter(children(verb, *SUBJECTS)), None)
    if subject is None or subject.i > verb.i or subject.tag_ in ("WDT", "WP") or is_negated(verb):
        return None
    if any(t.lower_ == "as" and t.nbor().tag_ == "VBG" for t in doc[verb.i + 1 : -1]):
        return None  # «was quoted as saying»: the second verb frames it
    last = last_of_predicate(verb, verb.i + 1) if verb.i + 1 < len(doc) else verb.i
    link = next((t for t in doc[verb.i + 1 : last + 1] if links_content(t, verb, frames)), None)
    cue = cue_span(verb)
    if link is not None and link.i < last:
        content = trim(doc.text, span_of(doc, link.i + 1, last))
        if source is not None and content.start <= source.start < content.end:
            content = trim(doc.text, Span(content.start, doc[_token_at(doc, source.start) - 1].idx))
        whole = Span(subtree_span(subject).start, content.end) if link.lower_ != "of" else content
        return Attribution(cue, source, [whole], entry["stance"], 0.6 if source else 0.5, verb=verb)
    told = [c for c in children(subject, "acl", "ccomp", "acl:relcl") if has_that(c)]
    if lemma(subject) in lexicon_index("reporting_nouns") and told:
        return Attribution(cue, source, [content_of(told[0], subject)], entry["stance"], 0.75, verb=verb)
    if source is None or "of" in frames or not ({"np"} & set(frames) or entry["takes"] in ("np", "both", "clause")):
        return None
    named = len(children(verb, "ccomp")) == 0
    return Attribution(cue, source, [subtree_span(subject)], entry["stance"], 0.5, named=named, verb=verb)


def find_bare_link(verb: Token) -> int | None:
    """Find the link of a passive that lacks its auxiliary: «Mayor blamed (for) the delay», «Firm urged by union (to) pay».

    Such a verb has its object before it: who is blamed or told is never who blames or tells.
    """
    entry = lexicon_index("verbs_done_to_people").get(lemma(verb))
    doc, first = verb.doc, verb.i + 1
    if entry is None or verb.tag_ not in ("VBD", "VBN") or children(verb, "aux", "aux:pass"):
        return None
    opens = list(takewhile(lambda token: not token.is_punct and not is_verb(token), doc[first : first + LONGEST_AGENT]))
    link = next((t for t in opens if t.lower_ in entry["links"].split()), None)
    if link is None or link.i + 1 >= len(doc) or (link.i > first and doc[first].lower_ != "by"):
        return None
    return None if link.lower_ == "to" and not link.nbor().tag_.startswith("VB") else link.i


def read_bare_passive(verb: Token, entry: dict[str, str], link: int) -> list[Attribution]:
    """Read what a headline's participle lays to someone or asks of him, and who does, where «by» names him.

    A thing that nobody in particular speaks of, «convicted of arson», is no statement of its own.
    """
    doc, asks = verb.doc, verb.doc[link].lower_ == "to"
    source = trim(doc.text, span_of(doc, verb.i + 2, link - 1)) if link > verb.i + 1 else None
    if source is None and not asks and entry["stance"] != "alleges" and not is_act(doc[link + 1]):
        return []
    content = trim(doc.text, span_of(doc, link + (not asks), last_of_predicate(verb, link + 1)))
    ends = [*find_resumption(verb, link), *([subtree_span(verb).end] if label(verb) == "acl" else [])]
    content = trim(doc.text, Span(content.start, min([content.end, *(end for end in ends if end > content.start)])))
    read = Attribution(cue_span(verb), source, [content], entry["stance"], 0.6 if source else 0.5, verb=verb)
    read.named, read.hypothetical = not asks, asks
    return [read]


def read_impersonal(verb: Token, entry: dict[str, str]) -> Attribution | None:
    """Read «It was reported in the Herald that the pier fell», whatever noun the parse hung the clause on."""
    subject = next(iter(children(verb, *SUBJECTS)), None)
    if subject is None or subject.lower_ != "it" or subject.i > verb.i or entry["takes"] not in ("clause", "both"):
        return None
    between = list(takewhile(lambda token: token.lower_ != "that", verb.doc[verb.i + 1 :]))
    that = verb.i + 1 + len(between)
    if that + 1 >= len(verb.doc) or any(is_verb(t) or t.is_punct for t in between):
        return None
    content = trim(verb.doc.text, span_of(verb.doc, that + 1, len(verb.doc) - 1))
    return Attribution(cue_span(verb), None, [content], entry["stance"], 0.6, verb=verb)


def read_raised(verb: Token, entry: dict[str, str]) -> Attribution | None:
    """Read «The captain is said to have slept»: the whole sentence is what is said, by whom it does not tell."""
    if not children(verb, "xcomp") or not children(verb, *SUBJECTS):
        return None
    whole = subtree_span(verb, without=children(verb, "advcl", "parataxis", "conj"))
    return Attribution(cue_span(verb), None, [whole], entry["stance"], 0.7, verb=verb)


def _token_at(doc: Doc, position: int) -> int:
    return next((t.i for t in doc if t.idx >= position), len(doc))
