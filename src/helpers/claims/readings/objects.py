"""What is said as less than a clause: what is promised, asked for, denied, called something or only named."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.claims.frames import CONJUNCTIONS, FINITE, find_content, is_time, span_of, trim
from helpers.claims.readings.clauses import complete_content, content_of
from helpers.claims.sayers import is_only_verb
from helpers.claims.saying import Attribution, cue_span, has_that, is_unreal, speaks
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import Span
from helpers.language.syntax import children, label, lemma, subtree_span


def read_object(verb: Token, make, source: Span | None) -> list[Attribution]:
    """Read what is denied or alleged as a noun phrase or a participle: «denies sharing», «denied claims that»."""
    confidence = 0.75 if source else 0.4
    for clause in children(verb, "xcomp", "advcl"):
        having = any(aux.tag_ == "VBG" for aux in children(clause, "aux"))
        if (clause.tag_ in ("VBG", "VB") or having) and clause.i > verb.i and not children(clause, "mark"):
            return [make([subtree_span(clause)], confidence)]
    for thing in children(verb, "obj"):
        oblique = [
            child
            for child in children(verb, "advcl", "obl")
            if child.i > thing.i and child.doc[child.left_edge.i].lower_ == "of"
        ]
        if oblique and lemma(verb) in ("accuse",):
            return [make([Span(subtree_span(thing).start, subtree_span(oblique[0]).end)], confidence)]
        if lemma(thing) in lexicon_index("reporting_nouns"):
            inner = [child for child in children(thing, "acl", "ccomp", "acl:relcl") if has_that(child)]
            if not inner and lexicon_index("reporting_verbs")[lemma(verb)]["stance"] in ("asserts", "reports"):
                return []
            if not inner:
                return [make([subtree_span(thing)], 0.45)]
            content = complete_content(content_of(inner[0], thing), find_content(verb, source, False), verb.doc)
            return [make([content], confidence)]
        if thing.tag_ not in ("PRP", "WP", "WDT") and thing.i > verb.i:
            return [make([subtree_span(thing)], confidence - 0.1)]
    return []


def read_predicate(verb: Token, frames: Sequence[str], make, source: Span | None) -> list[Attribution]:
    """Read what is promised, asked for, called something or spoken of, as the lexicon says that the verb can do.

    «vowed to reopen the pier», «called the plan a mistake», «called for a vote», «cited the cost of the pier».
    """
    doc, first = verb.doc, _end_of_cue(verb) + 1
    if _is_headline_of(verb, first) and "of" in frames:
        # «Soundline accused of hiding it», as headlines have it: the accused is no accuser.
        of_what = trim(doc.text, span_of(doc, first + 1, last_of_predicate(verb, first)))
        return [Attribution(cue_span(verb), None, [of_what], make([], 0.0).stance, 0.5, verb=verb)]
    if source is None or first >= len(doc) or not _can_predicate(verb):
        return []
    last = last_of_predicate(verb, first)
    if lemma(verb) == "call" and _is_phoned(doc, first, last):
        return []
    return _read_asked(verb, frames, make, first, last) or _read_named(verb, frames, make, first, last)


def _is_headline_of(verb: Token, first: int) -> bool:
    is_participle = verb.tag_ == "VBN" and verb.head == verb and not children(verb, "aux:pass")
    return is_participle and first + 1 < len(verb.doc) and verb.doc[first].lower_ == "of"


def _can_predicate(verb: Token) -> bool:
    """Say whether a verb tells of a real act of its subject: no passive, no infinitive after «would», no mere participle."""
    shares = verb.tag_ == "VB" and label(verb) == "conj" and is_unreal(verb.head)
    describes = verb.tag_ == "VBN" and label(verb) == "acl" and not is_only_verb(verb)
    return not (children(verb, "aux:pass") or is_unreal(verb) or shares or describes)


def _read_asked(verb: Token, frames: Sequence[str], make, first: int, last: int) -> list[Attribution]:
    """Read what is spoken of or asked: «called (for) a vote», «vowed (to) reopen it», «asked (why) it was shut»."""
    doc, opening = verb.doc, verb.doc[first]
    to = next(
        (t for t in doc[first : last + 1] if t.tag_ == "TO" and t.i < last and t.nbor().tag_ in ("VB", "RB")), None
    )
    content = trim(doc.text, span_of(doc, first, last)) if last >= first else Span(0, 0)
    if opening.tag_ in ("IN", "TO") and opening.lower_ in frames and last > first:
        spoken = make([_cut_named(doc, trim(doc.text, span_of(doc, first + 1, last)))], 0.55)
        spoken.cue = Span(spoken.cue.start, opening.idx + len(opening))
        spoken.hypothetical = to is not None and to.i > first
        spoken.named = not spoken.hypothetical
        return [spoken]
    intends = "inf" in frames and to is not None and (to.i == first or _is_whom(doc[first : to.i]))
    asking = doc[first + 1] if opening.lower_ in ("just", "exactly", "precisely") and first < last else opening
    if intends or (_asks(asking, verb) and any(t.tag_ in FINITE for t in doc[first : last + 1])):
        asked = make([content], 0.65 if intends else 0.55)
        asked.hypothetical = True
        return [asked]
    return []


def _read_named(verb: Token, frames: Sequence[str], make, first: int, last: int) -> list[Attribution]:
    """Read what is called something or only named: «called the plan a mistake», «cited the cost of the pier»."""
    doc, opening = verb.doc, verb.doc[first]
    content = trim(doc.text, span_of(doc, first, last)) if last >= first else Span(0, 0)
    if not _opens_noun(doc, first, last):
        return []
    linked = [t for t in doc[first + 1 : last + 1] if links_content(t, verb, frames)]
    things = [thing for thing in children(verb, "obj", "iobj", "xcomp", "ccomp") if first <= thing.i <= last]
    if linked or ("naming" in frames and _is_named(verb, things, first, last)):
        called = make([content], 0.65)
        called.named = bool(linked) and not any(t.lower_ in ("of", "as") for t in linked)
        return [called]
    if "np" in frames and last > first and opening.tag_ not in ("PRP", "WP"):
        mentioned = make([_cut_named(doc, content)], 0.5)
        mentioned.named = True
        return [mentioned]
    return []


def _opens_noun(doc: Doc, first: int, last: int) -> bool:
    """Say whether a noun phrase opens at a token, an adverb or a participle before it included: «(newly) found flaws»."""
    opening = doc[first]
    if opening.tag_.startswith(("DT", "PRP", "NN", "JJ", "CD", "WP", "PDT", "``", "VBG")) or opening.is_quote:
        return True
    modifies = opening.tag_ in ("RB", "VBN") and last > first + 1
    return modifies and doc[first + 1].tag_.startswith(("VBN", "JJ", "NN"))


def links_content(token: Token, verb: Token, frames: Sequence[str]) -> bool:
    """Say whether a preposition ties what is said to its verb: «blamed X (for) Y», «described X (as) Y»."""
    if token.lower_ == "as":
        return "naming" in frames
    above = (token.head, token.head.head, token.head.head.head if token.lower_ == "to" else token.head)
    return token.tag_ in ("IN", "TO") and token.lower_ in frames and verb in above


def _is_whom(tokens) -> bool:
    """Say whether the words before an infinitive name who is asked: «urged (the crew of the ship) to leave»."""
    return len(tokens) <= 10 and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD", ",", ":") for t in tokens)


def _is_named(verb: Token, things: Sequence[Token], first: int, last: int) -> bool:
    """Say whether someone is called something: a predicate, an adjective or a quotation stands behind the object."""
    doc = verb.doc
    objects = [t for t in things if label(t) in ("obj", "iobj")]
    if any(label(t) == "xcomp" and not children(t, "mark") for t in things) and (len(things) > 1 or objects):
        return True
    if doc[first].tag_ == "PRP" and last > first:
        return True
    if lemma(verb) == "call" and any(t.lower_ in ("a", "an") for t in doc[first + 1 : last]):
        return True
    opened = next((t.i for t in doc[first + 1 : last + 1] if t.text in ("“", "``", "'")), None)
    if opened is not None:
        return doc[opened - 1].tag_.startswith(("NN", "DT", "PRP"))
    inside = [t for t in doc[first + 1 : last] if t.tag_ == "DT" and t.nbor(-1).tag_.startswith("NN")]
    return bool(inside) and inside[0].lower_ in ("a", "an", "the")


def _asks(asking: Token, verb: Token) -> bool:
    """Say whether a word opens what is asked or told; «what she said when she resigned» tells only the time."""
    tells_time = asking.lower_ == "when" and lemma(verb) == "say"
    return asking.tag_ in ("WRB", "WP") and verb.tag_ != "VBN" and not tells_time


def _is_phoned(doc: Doc, first: int, last: int) -> bool:
    """Say whether a name and no name for it follows «called»: «called Peter Holm on Friday», «called him yesterday»."""
    after = next((t for t in doc[first : last + 1] if not t.tag_.startswith(("NNP", "PRP"))), None)
    if after is None or after.i == first:
        return False
    return after.tag_ in ("IN", "TO", "RB", "CC") or after.lower_ in ("yesterday", "today") or is_time([after])


def _cut_named(doc: Doc, content: Span) -> Span:
    """End what is only named before what is added to it: «the cost of the pier(, which ...)», «(as the ferry left)»."""
    for token in doc:
        if content.start + 3 < token.idx < content.end and (
            (token.tag_ in ("WP", "WDT", "WRB") and token.nbor(-1).text == ",")
            or (token.lower_ in ("while", "as", "when", "after", "before", "because") and _is_clause_behind(token))
        ):
            return trim(doc.text, Span(content.start, token.idx))
    return content


def _is_clause_behind(token: Token) -> bool:
    following = token.doc[token.i + 1 : token.i + 7]
    return any(t.tag_ in FINITE or (t.tag_ == "VBG" and t.i == token.i + 1) for t in following)


def _end_of_cue(verb: Token) -> int:
    particles = [child.i for child in children(verb, "compound:prt") if child.i == verb.i + 1]
    return particles[0] if particles else verb.i


def last_of_predicate(verb: Token, first: int) -> int:
    """Find the last token of what a verb goes on with: up to a dash, a participle, or what comes beside it."""
    doc = verb.doc
    for token in doc[first:]:
        i = token.i
        following = doc[i + 1] if i + 1 < len(doc) else None
        if token.text in (";", "—", "–", "--", ":") or following is None or _is_spaced_hyphen(token):
            break
        if token.text == "," and (
            following.tag_ == "VBG" or following.lower_ in CONJUNCTIONS or following.lower_ in ("but", "so", "then")
        ):
            break
        if token.tag_ == "CC" or (token.text == "," and following.tag_ == "CC"):
            after = next((t for t in doc[i + 1 :] if t.tag_ not in ("CC", "RB")), None)
            reports = after is not None and after.tag_ in ("VBD", "VBN", "VBZ", "VBP", verb.tag_) and speaks(after)
            if reports or (after is not None and after.tag_ in FINITE and after.lower_ not in ("'s", "'re")):
                return max(i - 1, first)
    else:
        i = len(doc) - 1
    while i > first and (doc[i].text in (",", ";", ".", "—", "–", "--", ":") or doc[i].tag_ in (".", ":")):
        i -= 1
    return i


def _is_spaced_hyphen(token: Token) -> bool:
    return token.text == "-" and bool(token.whitespace_) and token.i > 0 and bool(token.nbor(-1).whitespace_)
