"""Statements that go on around the words that say who speaks: «The ferry, Voss insisted, was safe», «..., said Voss»."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from helpers.claims.frames import FINITE, find_source_after, find_source_before, is_between, trim
from helpers.claims.saying import Attribution, cue_span, has_finite
from helpers.language.sentences import Span
from helpers.language.syntax import SUBJECTS, children, label, subtree_span


def read_parenthesis(verb: Token, entry: dict[str, str]) -> Attribution | None:
    """Read «The ferry, Voss insisted, was safe»: a name and a verb between two commas, a statement around them."""
    doc = verb.doc
    end = next((t.i for t in doc[verb.i + 1 : verb.i + 6] if t.text in (",", "—", "–")), None)
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or entry["takes"] != "clause" or end is None:
        return None
    if any(t.tag_ in (*FINITE, "TO", "VB", "CC") or t.lower_ == "that" for t in doc[verb.i + 1 : end]):
        return None
    begin = next((t.i for t in reversed(doc[max(0, verb.i - 12) : verb.i]) if t.text in (",", "—", "–")), None)
    if begin is None or begin == 0 or verb.i - begin < 2:
        return None
    first = begin + 2 if doc[begin + 1].lower_ == "as" else begin + 1
    inside = doc[first : verb.i]
    if not inside or not inside[0].tag_.startswith(("NN", "PRP", "DT", "CD", "JJ")):
        return None
    source = find_source_before(verb, first)
    front, back = doc[:begin], doc[end + 1 :]
    if source is None or source.start != inside[0].idx or not has_finite(back) or len(front) < 1:
        return None
    if any(t.tag_ in (*FINITE, "WP", "WDT") and not is_between(t) for t in inside):
        return None
    before, after = trim(doc.text, Span(0, doc[begin].idx)), trim(doc.text, Span(doc[end].idx, len(doc.text)))
    if front[0].tag_ in ("IN", "RB", "CC") and not any(t.tag_ in FINITE for t in front):
        return None  # «In May, Voss said, ...»: the name follows what only sets the scene
    whole = [before, after] if any(t.tag_ in FINITE for t in front) else [Span(before.start, after.end)]
    return Attribution(cue_span(verb), source, whole, entry["stance"], 0.85, verb=verb)


def read_inverted(verb: Token, entry: dict[str, str]) -> Attribution | None:
    """Read «..., said Edda Voss, the secretary»: nothing but a name follows the verb, and a statement goes before."""
    doc = verb.doc
    before = doc[: verb.i]
    if verb.tag_ not in ("VBD", "VBZ", "VBN") or entry["takes"] != "clause" or len(before) < 4:
        return None
    if before[-1].text not in (",", "”") or verb.i + 1 >= len(doc) or not any(t.tag_ in FINITE for t in before):
        return None
    following = doc[verb.i + 1]
    titled = (
        following.tag_ in ("JJ", "VBN", "VBD")
        and following.i + 1 < len(doc)
        and following.nbor().tag_[:2] in ("NN", "JJ")
    )
    if not (titled or following.tag_.startswith(("NNP", "DT", "NN", "PRP"))) or following.tag_ == "PRP$":
        return None  # «said retired general Edda Voss»
    source = find_source_after(verb, len(doc) - 1)
    if source is None:
        return None
    rest = [t for t in doc if t.idx >= source.end]
    framed = any(t.tag_ in FINITE for t in rest) or any(
        t.tag_ in FINITE and not _is_relative(doc, verb.i, t.i)
        for t in doc[verb.i + 1 + titled :]
        if t.idx < source.end
    )
    if framed or _has_subject_before_comma(verb):
        return None
    return Attribution(
        cue_span(verb), source, [trim(doc.text, Span(0, before[-1].idx))], entry["stance"], 0.85, verb=verb
    )


def _goes_on(rest) -> bool:
    """Say whether what follows a comma is the predicate of a subject before it: «..., do not inspect wood»."""
    words = [t for t in rest if not t.is_punct]
    return bool(words) and (words[0].tag_ in (*FINITE, "MD") or (words[0].tag_ == "RB" and has_finite(words[1:3])))


def _is_relative(doc: Doc, first: int, place: int) -> bool:
    return any(t.tag_ in ("WP", "WDT", "WP$") or t.lower_ == "that" for t in doc[first:place])


def _has_subject_before_comma(verb: Token) -> bool:
    """Say whether a verb has its subject before a comma: «Voss, the mayor, said the pier ...»."""
    own = [s for s in children(verb, *SUBJECTS) if s.i < verb.i]
    return bool(own) and own[0].right_edge.i >= verb.i - 2


def read_beside(verb: Token, make, source: Span | None) -> list[Attribution]:
    """Read a statement that the verb stands beside: «The pier fell, the mayor said»."""
    if label(verb) != "parataxis" or source is None or children(verb, "obj"):
        return []
    beside = subtree_span(verb.head, without=[verb])
    states = has_finite(t for t in verb.doc if beside.start <= t.idx < beside.end)
    return [make([beside], 0.75)] if states else []


def read_according(token: Token) -> list[Attribution]:
    """Read «According to the mayor, the pier fell», in front of a statement or behind it."""
    noun = token.head
    if noun == token or noun.i < token.i:
        return []
    doc = token.doc
    while label(noun) in ("compound", "amod", "flat", "nmod:desc", "nmod:poss") and noun.head.i > noun.i:
        noun = noun.head
    source = subtree_span(noun)
    source = Span(max(source.start, doc[token.i + 1].idx + 3), source.end)
    start, end = token.idx, source.end
    before, after = Span(0, start), Span(end, len(doc.text))
    content = trim(doc.text, before if start > len(doc.text) - end else after)
    rest = [t for t in doc if t.idx >= end]
    if 1 < token.i <= 8 and content.start >= end and not has_finite(doc[: token.i]) and _goes_on(rest):
        content = trim(doc.text, Span(0, len(doc.text)))  # «Engineers, according to the council, fear the worst»
    if content.end - content.start < 8:
        return []
    cue = Span(token.idx, doc[token.i + 1].idx + 2)
    return [Attribution(cue, source, [content], "reports", 0.85)]
