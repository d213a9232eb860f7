"""«The ferry, Voss insisted, was safe»: a name and a verb between two commas, and a statement that goes on around them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, Cue
from helpers.claims.shapes import has_finite, is_main_verb, sets_scene, trim
from helpers.claims.source_places import find_source_before
from helpers.language.lexicons import entries
from helpers.language.spans import Span
from helpers.language.syntax import FINITE

PARTING = (",", "—", "–")
LONGEST_FRAME = 12  # tokens from the mark before a frame to its verb
LONGEST_REST = 5  # tokens from its verb to the mark behind it


def read_inserted(cue: Cue) -> Attribution | None:
    """Read a frame that stands between two marks in the middle of what it frames."""
    verb, doc = cue.verb, cue.verb.doc
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or cue.entry["takes"] != "clause":
        return None
    begin, end = _find_marks(verb)
    if begin is None or end is None or not has_finite(doc[end + 1 :]):
        return None
    source = _find_inserted_source(verb, begin)
    if source is None or _sets_scene(doc, begin):
        return None
    return cue.tell(source, _around(doc, begin, end), 0.85)


def _find_marks(verb: Token) -> tuple[int | None, int | None]:
    """Find the marks before and behind a frame; None where what stands between is more than a frame."""
    doc = verb.doc
    begin = next((t.i for t in reversed(doc[max(0, verb.i - LONGEST_FRAME) : verb.i]) if t.text in PARTING), None)
    end = next((t.i for t in doc[verb.i + 1 : verb.i + 1 + LONGEST_REST] if t.text in PARTING), None)
    if not begin or end is None or verb.i - begin < 2:
        return None, None
    framed = any(t.tag_ in (*FINITE, "TO", "VB", "CC") or t.lower_ == "that" for t in doc[verb.i + 1 : end])
    return (None, None) if framed else (begin, end)


def _find_inserted_source(verb: Token, begin: int) -> Span | None:
    """Find the name that opens a frame, behind its mark or an «as»."""
    doc = verb.doc
    first = begin + 2 if doc[begin + 1].lower_ == "as" else begin + 1
    inside = doc[first : verb.i]
    if not inside or inside[0].lower_ == "it" or not inside[0].tag_.startswith(("NN", "PRP", "DT", "CD", "JJ")):
        return None
    if any(is_main_verb(t) or t.tag_ in ("WP", "WDT") for t in inside):
        return None
    source = find_source_before(verb, first)
    return source if source is not None and source.start == inside[0].idx else None


def _sets_scene(doc: Doc, begin: int) -> bool:
    """Say whether what stands before a frame only sets the scene: «In May, Voss said, ...»."""
    return doc[0].tag_ in ("IN", "RB", "CC") and not has_finite(doc[:begin])


def _around(doc: Doc, begin: int, end: int) -> list[Span]:
    """Give the parts of a statement before and behind its frame, or one span where they are one clause only together."""
    before, after = trim(doc.text, Span(0, doc[begin].idx)), trim(doc.text, Span(doc[end].idx, len(doc.text)))
    opening = doc[1] if doc[0].tag_ == "CC" else doc[0]
    hangs = sets_scene(doc, before) or opening.lower_ in entries("clause_openers", kind="condition")
    apart = has_finite(doc[:begin]) and not hangs
    return [before, after] if apart else [Span(before.start, after.end)]
