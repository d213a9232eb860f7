"""«..., said Edda Voss, the secretary»: a statement, the verb, and nothing but a name behind it."""

from __future__ import annotations

from spacy.tokens import Token

from helpers.claims.attribution import Attribution, Cue
from helpers.claims.shapes import has_finite, trim
from helpers.claims.source_places import find_source_after
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, SUBJECTS, children


def read_inverted(cue: Cue) -> Attribution | None:
    """Read a statement whose verb of saying and speaker follow it in this order."""
    verb, doc = cue.verb, cue.verb.doc
    if cue.entry["takes"] != "clause" or not _closes_statement(verb) or not _opens_name(verb):
        return None
    source = find_source_after(verb, len(doc) - 1)
    if source is None or _states_behind(verb, source) or _has_subject_before_comma(verb):
        return None
    return cue.tell(source, [trim(doc.text, Span(0, verb.nbor(-1).idx))], 0.85)


def _closes_statement(verb: Token) -> bool:
    """Say whether a statement, and a comma or a closing mark, stand right before a verb in the past or third person."""
    before = verb.doc[: verb.i]
    if verb.tag_ not in ("VBD", "VBZ", "VBN") or len(before) < 4 or verb.i + 1 >= len(verb.doc):
        return False
    return before[-1].text in (",", "”") and has_finite(before)


def _opens_name(verb: Token) -> bool:
    following = verb.nbor()
    return _is_titled(verb) or (following.tag_.startswith(("NNP", "DT", "NN", "PRP")) and following.tag_ != "PRP$")


def _is_titled(verb: Token) -> bool:
    """Say whether a name opens with what its bearer is: «said retired general Edda Voss»."""
    following = verb.nbor()
    return (
        following.tag_ in ("JJ", "VBN", "VBD")
        and following.i + 1 < len(verb.doc)
        and following.nbor().tag_[:2] in ("NN", "JJ")
    )


def _states_behind(verb: Token, source: Span) -> bool:
    """Say whether a statement follows the verb, so that it frames that one: outside the name or in it without a pronoun."""
    doc = verb.doc
    behind = doc[verb.i + 1 + _is_titled(verb) :]
    if has_finite(t for t in doc if t.idx >= source.end):
        return True
    return any(t.tag_ in FINITE and t.idx < source.end and not _is_relative(verb, t) for t in behind)


def _is_relative(verb: Token, token: Token) -> bool:
    between = verb.doc[verb.i : token.i]
    return any(t.tag_ in ("WP", "WDT", "WP$") or t.lower_ == "that" for t in between)


def _has_subject_before_comma(verb: Token) -> bool:
    """Say whether a verb has its subject before a comma: «Voss, the mayor, said the pier ...»."""
    own = [s for s in children(verb, *SUBJECTS) if s.i < verb.i]
    return bool(own) and own[0].right_edge.i >= verb.i - 2
