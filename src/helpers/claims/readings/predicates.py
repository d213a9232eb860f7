"""What is said as less than a clause: «vowed to reopen it», «called for a vote», «called the plan a mistake», «cited its cost»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, Cue, is_unreal
from helpers.claims.contents import last_of_predicate, links_content
from helpers.claims.shapes import has_finite, is_adverbial_opener, is_only_verb, is_time, span_of, trim
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, children, label, lemma

LONGEST_WHOM = 10  # tokens from a verb of asking to its infinitive


def read_accused(cue: Cue) -> Attribution | None:
    """Read «Soundline accused of hiding it», as headlines have it: the accused is no accuser."""
    verb, first = cue.verb, _first_behind(cue.verb)
    is_participle = verb.tag_ == "VBN" and verb.head == verb and not children(verb, "aux:pass")
    if not cue.tells or not is_participle or "of" not in cue.frames or first + 1 >= len(verb.doc):
        return None
    if verb.doc[first].lower_ != "of":
        return None
    of_what = trim(verb.doc.text, span_of(verb.doc, first + 1, last_of_predicate(verb, first)))
    return cue.tell(None, [of_what], 0.5)


def read_asked(cue: Cue) -> Attribution | None:
    """Read what is spoken of or asked: «called (for) a vote», «vowed (to) reopen it», «asked (why) it was shut»."""
    reach = _find_reach(cue)
    if reach is None:
        return None
    first, last = reach
    doc, opening = cue.verb.doc, cue.verb.doc[first]
    if opening.tag_ in ("IN", "TO") and opening.lower_ in cue.frames and last > first:
        return _read_spoken_of(cue, first, last)
    to = _find_infinitive(doc, first, last)
    intends = "inf" in cue.frames and to is not None and _is_whom(doc[first : to.i])
    asking = doc[first + 1] if opening.lower_ in ("just", "exactly", "precisely") and first < last else opening
    if not intends and not (_asks(asking, cue.verb) and has_finite(doc[first : last + 1])):
        return None
    tells = lexicon_index("raising_words").get(lemma(cue.verb), {}).get("presents") == "alleged"  # «claims to be»
    return cue.attribute(_content(doc, first, last), 0.65 if intends else 0.55, hypothetical=not tells)


def read_named(cue: Cue) -> Attribution | None:
    """Read what is called something or only named: «called the plan a mistake», «cited the cost of the pier»."""
    reach = _find_reach(cue)
    if reach is None or not _opens_noun(cue.verb.doc, *reach):
        return None
    first, last = reach
    doc, verb, content = cue.verb.doc, cue.verb, _content(cue.verb.doc, first, last)
    linked = [t for t in doc[first + 1 : last + 1] if links_content(t, verb, cue.frames)]
    if linked or ("naming" in cue.frames and _is_called(verb, first, last)):
        named = bool(linked) and not any(t.lower_ in ("of", "as") for t in linked)
        return cue.attribute(content, 0.65, named=named)
    if "np" in cue.frames and last > first and doc[first].tag_ not in ("PRP", "WP"):
        return cue.attribute(_cut_named(doc, content), 0.5, named=True)
    return None


def _find_reach(cue: Cue) -> tuple[int, int] | None:
    """Find the first and last token of what a verb goes on with; None where it tells of no act of its subject."""
    verb = cue.verb
    first = _first_behind(verb)
    if not cue.tells or cue.source is None or first >= len(verb.doc) or not _can_predicate(verb):
        return None
    last = last_of_predicate(verb, first)
    return None if lemma(verb) == "call" and _is_phoned(verb.doc, first, last) else (first, last)


def _first_behind(verb: Token) -> int:
    """Find the first token behind a verb and its particle."""
    particles = [child.i for child in children(verb, "compound:prt") if child.i == verb.i + 1]
    return (particles[0] if particles else verb.i) + 1


def _can_predicate(verb: Token) -> bool:
    """Say whether a verb tells of a real act of its subject: no passive, no infinitive after «would», no mere participle."""
    shares = verb.tag_ == "VB" and label(verb) == "conj" and is_unreal(verb.head)
    describes = verb.tag_ == "VBN" and label(verb) == "acl" and not is_only_verb(verb)
    return not (children(verb, "aux:pass") or is_unreal(verb) or shares or describes)


def _is_phoned(doc: Doc, first: int, last: int) -> bool:
    """Say whether a name and no name for it follows «called»: «called Peter Holm on Friday», «called him yesterday»."""
    after = next((t for t in doc[first : last + 1] if not t.tag_.startswith(("NNP", "PRP"))), None)
    if after is None or after.i == first:
        return False
    return after.tag_ in ("IN", "TO", "RB", "CC") or after.lower_ in ("yesterday", "today") or is_time([after])


def _content(doc: Doc, first: int, last: int) -> Span:
    return trim(doc.text, span_of(doc, first, last)) if last >= first else Span(0, 0)


def _read_spoken_of(cue: Cue, first: int, last: int) -> Attribution:
    """Read what stands behind the preposition of a verb: «called for (a vote)», which names it, or calls to do it."""
    doc, opening, to = cue.verb.doc, cue.verb.doc[first], _find_infinitive(cue.verb.doc, first, last)
    content = _cut_named(doc, trim(doc.text, span_of(doc, first + 1, last)))
    calls = to is not None and to.i > first
    said = cue.attribute(content, 0.55, hypothetical=calls, named=not calls)
    return replace(said, cue=Span(said.cue.start, opening.idx + len(opening)))


def _find_infinitive(doc: Doc, first: int, last: int) -> Token | None:
    behind = (t for t in doc[first : last + 1] if t.tag_ == "TO" and t.i < last)
    return next((t for t in behind if t.nbor().tag_ in ("VB", "RB")), None)


def _is_whom(tokens: Sequence[Token]) -> bool:
    """Say whether the words before an infinitive, if any, name who is asked: «urged (the crew of the ship) to leave»."""
    return len(tokens) <= LONGEST_WHOM and not any(t.tag_ in (*FINITE, ",", ":") for t in tokens)


def _asks(asking: Token, verb: Token) -> bool:
    """Say whether a word opens what is asked or told; «what she said when she resigned» tells only the time."""
    tells_time = asking.lower_ == "when" and lemma(verb) == "say"
    return asking.tag_ in ("WRB", "WP") and verb.tag_ != "VBN" and not tells_time


def _opens_noun(doc: Doc, first: int, last: int) -> bool:
    """Say whether a noun phrase opens at a token, an adverb or a participle before it included: «(newly) found flaws»."""
    opening = doc[first]
    if opening.tag_.startswith(("DT", "PRP", "NN", "JJ", "CD", "WP", "PDT", "``", "VBG")) or opening.is_quote:
        return True
    modifies = opening.tag_ in ("RB", "VBN") and last > first + 1
    return modifies and doc[first + 1].tag_.startswith(("VBN", "JJ", "NN"))


def _is_called(verb: Token, first: int, last: int) -> bool:
    """Say whether someone is called something: a predicate, an adjective or a quotation stands behind the object."""
    doc = verb.doc
    pronoun = doc[first].tag_ == "PRP" and last > first
    article = lemma(verb) == "call" and any(t.lower_ in ("a", "an") for t in doc[first + 1 : last])
    if pronoun or article or _has_predicate(verb, first, last):
        return True
    opened = next((t for t in doc[first + 1 : last + 1] if t.text in ("“", "``", "'")), None)
    if opened is not None:
        return opened.nbor(-1).tag_.startswith(("NN", "DT", "PRP"))
    inside = [t for t in doc[first + 1 : last] if t.tag_ == "DT" and t.nbor(-1).tag_.startswith("NN")]
    return bool(inside) and inside[0].lower_ in ("a", "an", "the")


def _has_predicate(verb: Token, first: int, last: int) -> bool:
    """Say whether the parse has a predicate beside the object of a verb."""
    things = [t for t in children(verb, "obj", "iobj", "xcomp", "ccomp") if first <= t.i <= last]
    predicates = [t for t in things if label(t) == "xcomp" and not children(t, "mark")]
    objects = [t for t in things if label(t) in ("obj", "iobj")]
    return bool(predicates) and (len(things) > 1 or bool(objects))


def _cut_named(doc: Doc, content: Span) -> Span:
    """End what is only named before what is added to it: «the cost of the pier(, which ...)», «(as the ferry left)»."""
    inside = (t for t in doc if content.start + 3 < t.idx < content.end)
    added = next((t for t in inside if _is_relative_behind_comma(t) or _opens_circumstance(t)), None)
    return content if added is None else trim(doc.text, Span(content.start, added.idx))


def _is_relative_behind_comma(token: Token) -> bool:
    return token.tag_ in ("WP", "WDT", "WRB") and token.nbor(-1).text == ","


def _opens_circumstance(token: Token) -> bool:
    following = token.doc[token.i + 1 : token.i + 7]
    return is_adverbial_opener(token) and any(
        t.tag_ in FINITE or (t.tag_ == "VBG" and t.i == token.i + 1) for t in following
    )
