"""«denies sharing it», «denied the claims that ...», «accused the firm of hiding it»: what is denied or alleged as an object."""

from __future__ import annotations

from spacy.tokens import Token

from helpers.claims.attribution import Attribution, Cue
from helpers.claims.contents import complete_content, content_of, find_content
from helpers.claims.shapes import comma_before, has_that
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import children, lemma, subtree_span


def read_object(cue: Cue) -> Attribution | None:
    """Read what a verb of denying or alleging takes: a participle, an act somebody is accused of, or a thing."""
    takes_object = cue.stance == "denies" or (cue.stance == "alleges" and cue.frames)
    if not cue.tells or not takes_object:
        return None
    confidence = 0.75 if cue.source else 0.4
    act = next((c for c in children(cue.verb, "xcomp", "advcl") if _is_act(c, cue.verb)), None)
    if act is not None and cue.entry["takes"] != "np":
        return cue.attribute(subtree_span(act), confidence)
    read = (_read_thing(cue, thing, confidence) for thing in children(cue.verb, "obj"))
    return next((said for said in read if said is not None), None)


def _is_act(clause: Token, verb: Token) -> bool:
    """Say whether a clause names an act: «denied (having shared it)»."""
    having = any(aux.tag_ == "VBG" for aux in children(clause, "aux"))
    follows = clause.i > verb.i and not children(clause, "mark") and comma_before(clause) is None
    return (clause.tag_ in ("VBG", "VB") or having) and follows


def _read_thing(cue: Cue, thing: Token, confidence: float) -> Attribution | None:
    ground = _find_ground(cue.verb, thing)
    if ground is not None and lemma(cue.verb) == "accuse":
        return cue.attribute(Span(subtree_span(thing).start, subtree_span(ground).end), confidence)
    if lemma(thing) in lexicon_index("reporting_nouns"):
        return _read_told_thing(cue, thing, confidence)
    if thing.tag_ not in ("PRP", "WP", "WDT") and thing.i > cue.verb.i:
        return cue.attribute(subtree_span(thing), confidence - 0.1)
    return None


def _find_ground(verb: Token, thing: Token) -> Token | None:
    """Find what someone is accused of: the phrase with «of» behind who is accused."""
    behind = (child for child in children(verb, "advcl", "obl") if child.i > thing.i)
    return next((child for child in behind if child.doc[child.left_edge.i].lower_ == "of"), None)


def _read_told_thing(cue: Cue, thing: Token, confidence: float) -> Attribution:
    """Read «denied the claims that ...» as what the claims tell; «denied the claims» only names them."""
    told = next((child for child in children(thing, "acl", "ccomp", "acl:relcl") if has_that(child)), None)
    if told is None:
        return cue.attribute(subtree_span(thing), 0.45)
    by_words = find_content(cue.verb, cue.source, False)
    return cue.attribute(complete_content(content_of(told, thing), by_words, cue.verb.doc), confidence)
