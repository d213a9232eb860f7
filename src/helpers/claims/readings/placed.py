"""What is said by its place alone: behind the verb and its «that», before «, X said», or in the clause beside it."""

from __future__ import annotations

from helpers.claims.attribution import Attribution, Cue
from helpers.claims.contents import find_content
from helpers.claims.shapes import has_finite, tokens_in
from helpers.language.syntax import children, label, subtree_span


def read_placed(cue: Cue) -> Attribution | None:
    """Read what stands where a statement must, whatever the parse made of it."""
    if not cue.tells or children(cue.verb, "aux:pass"):
        return None
    content = find_content(cue.verb, cue.source, cue.entry["bare"] == "yes")
    return cue.attribute(content, 0.8) if content is not None else None


def read_beside(cue: Cue) -> Attribution | None:
    """Read a statement that the parse hung the verb beside: «The pier fell, the mayor said»."""
    verb = cue.verb
    if not cue.tells or label(verb) != "parataxis" or cue.source is None or children(verb, "obj"):
        return None
    beside = subtree_span(verb.head, without=[verb])
    return cue.attribute(beside, 0.75) if has_finite(tokens_in(verb.doc, beside)) else None
