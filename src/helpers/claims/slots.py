"""The parts of a statement that can be compared: who does what to whom, whether it is negated, and with what reserve.

`find_slots` reads the columns of the table `claims` off any statement. Spans are in characters of the parsed sentence until `find_slots` moves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.claims.shapes import is_adverbial_opener
from helpers.language.lexicons import entries, lexicon_index, load_lexicon
from helpers.language.polarity import find_idle_words
from helpers.language.spans import Span
from helpers.language.syntax import (
    SUBJECTS,
    added_phrases,
    agent_of,
    children,
    copula_of,
    is_finite,
    is_negated,
    is_passive,
    is_verb,
    label,
    lemma,
    modals_of,
    negations_of,
    noun_phrase_span,
    source_text,
    span_head,
    subject_of,
    subtree_span,
)

MONTHS = "|".join(sorted({row["entry"].title() for row in load_lexicon("months")}, key=lambda name: (-len(name), name)))
DAY_BEHIND = re.compile(rf"(?<=day),? (?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:, \d{{4}})?")
RELATIVE_TIME = re.compile(r"(?:last|this|next|yesterday|today|tonight|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)")
PART_BEFORE = re.compile(r"\b(?:late|early|later|earlier) $", re.I)
OPENING, CLOSING = '“"', '”"'
DROPPED_ADVERBS = ("not", "n't", "never", "also", "and", "but", "or")


class Slots(NamedTuple):
    """The parts of one statement, as spans in its sentence; `subject` of a passive is what something is done to."""

    subject: Span | None
    predicate: str | None
    predicate_span: Span | None
    object: Span | None
    agent: Span | None
    passive: bool
    negated: bool
    modifiers: tuple[Span, ...]


def find_slots(doc: Doc, span: Span, offset: int = 0, head: Token | None = None) -> dict[str, object]:
    """Give the slots of the statement at `span` of a parsed sentence as columns of the table `claims`.

    Keys: `subject, predicate, object, agent`, each with `_start` and `_end`; `voice` (active, passive), `negated`
    (bool) and `modifiers` (texts separated by « | »). `offset` is where the sentence begins in its article. A slot
    may lie outside `span`: the subject of the second of two coordinated statements stands in the first. `head` is the
    predicate, where it is known which of several it is.
    """
    slots = read_slots(doc, span, head)
    text = source_text(doc)
    row: dict[str, object] = {"predicate": slots.predicate, "negated": slots.negated, "voice": None}
    if slots.predicate:
        row["voice"] = "passive" if slots.passive else "active"
    for name, place in (("subject", slots.subject), ("object", slots.object), ("agent", slots.agent)):
        row[name] = text[place.start : place.end] if place else None
    for name, place in (
        ("subject", slots.subject),
        ("predicate", slots.predicate_span),
        ("object", slots.object),
        ("agent", slots.agent),
    ):
        row[f"{name}_start"] = offset + place.start if place else None
        row[f"{name}_end"] = offset + place.end if place else None
    row["modifiers"] = " | ".join(text[start:end] for start, end in slots.modifiers) or None
    return row


def read_slots(doc: Doc, span: Span, head: Token | None = None) -> Slots:
    """Read the slots of the statement at `span` of a parsed sentence, about the predicate `head` where it is known."""
    known, text = head is not None, source_text(doc)
    head = head or span_head(doc, span)
    if head is None:
        return Slots(None, None, None, None, None, False, False, ())
    appositions = [noun for noun in children(head, "appos") if span[0] <= noun.idx < span[1]]
    predicate = head if known else _find_predicate(doc, span, head)
    if appositions and predicate == head and not is_verb(head) and copula_of(head) is None:
        return _read_apposition(head, appositions[0])
    raised = unwrap(predicate)
    verb = raised[-1]
    word = copula_of(verb) or verb
    subject = _resolve_relative(subject_of(verb), verb)
    if subject is None and predicate != head:
        subject = subject_of(head) or _find_set_off(head)
    taken = _find_object(verb)
    agent = agent_of(verb)
    return Slots(
        _clip(_name_span(subject), span, text) if subject is not None and subject != verb else None,
        lemma(word) if is_verb(word) else None,
        Span(word.idx, word.idx + len(word)) if is_verb(word) else None,
        _clip(taken, span, text),
        noun_phrase_span(agent) if agent is not None else None,
        is_passive(verb),
        _is_negated(raised),
        tuple(_find_modifiers(Span(*span), raised)),
    )


def _clip(place: Span | None, span: Span, text: str) -> Span | None:
    """Cut a slot that begins inside a statement at its end, and leave no half of a pair of marks in it."""
    if place is None:
        return None
    start, end = place
    if span[0] <= start < span[1]:
        end = min(end, span[1])
    if end > start + 1 and text[end - 1] in CLOSING and _is_lone(text[start:end]):
        end = start + len(text[start : end - 1].rstrip(".,;:"))
    if text[start] in OPENING and _is_lone(text[start:end]):
        closed = end < len(text) and text[end] in CLOSING
        start, end = (start, end + 1) if closed else (start + 1, end)
    return Span(start, end)


def _is_lone(text: str) -> bool:
    """Say whether quotation marks open and close unevenly in a text."""
    return sum(text.count(mark) for mark in "“”") % 2 == 1 or text.count('"') % 2 == 1


def _find_predicate(doc: Doc, span: Span, head: Token) -> Token:
    """Find the predicate of a statement; where the parser made a noun its head, the highest finite verb inside."""
    if is_verb(head) or copula_of(head) is not None:
        return _find_resumed(doc, span, head) or head
    verbs = [token for token in doc if span[0] <= token.idx < span[1] and is_finite(token)]
    verbs = [verb for verb in verbs if label(verb) in ("ROOT", "conj", "parataxis", "ccomp", "appos", "dep")]
    return min(verbs, key=lambda verb: sum(1 for _ in verb.ancestors), default=head)


def _find_set_off(verb: Token) -> Token | None:
    """Find the noun that a participle is set off from: «Alta, formerly known as Borea, ...»."""
    before = [t for t in verb.doc[: verb.i] if t.tag_ != "RB"][-2:]
    return before[0] if len(before) == 2 and before[0].tag_.startswith(("NN", "PRP")) else None


def _find_resumed(doc: Doc, span: Span, verb: Token) -> Token | None:
    """Find the predicate behind a participle that is only set off: «Alta, formerly known as Borea, granted ...»."""
    before = next((t for t in reversed(doc[: verb.i]) if t.tag_ != "RB"), None)
    if verb.tag_ != "VBN" or before is None or before.text != "," or children(verb, "aux", "aux:pass"):
        return None
    comma = next((t.i for t in doc[verb.i :] if t.text == "," and t.idx < span[1]), len(doc))
    following = next((t for t in doc[comma + 1 :] if t.tag_ not in ("RB", "MD") and t.idx < span[1]), None)
    return following if following is not None and following.tag_ in ("VBD", "VBN", "VBZ", "VBP") else None


def _read_apposition(noun: Token, apposition: Token) -> Slots:
    """Read «Anna Berg, the mayor» as «Anna Berg is the mayor»."""
    return Slots(noun_phrase_span(noun), "be", None, noun_phrase_span(apposition), None, False, False, ())


def unwrap(head: Token) -> list[Token]:
    """List the verbs from one that only says how sure or when to the one that says what: «appears to have known»."""
    return list(_unwrap(head))


def find_predicate(doc: Doc, span: Span) -> Token | None:
    """Find the verb or predicate that the statement at `span` of a parsed sentence hangs on."""
    head = span_head(doc, span)
    return _find_predicate(doc, span, head) if head is not None else None


def _unwrap(head: Token) -> Iterable[Token]:
    """Follow a verb that only says how sure or when to the verb that says what: «appears to have known»."""
    yield head
    kinds = lexicon_index("raising_words")
    for _ in range(3):
        kind = kinds.get(lemma(head), {"kind": ""})["kind"].split()
        inner = [clause for clause in children(head, "xcomp", "advcl") if _is_raised(clause, head)]
        if not inner and "assurance" in kind and copula_of(head) is not None and not is_negated(head):
            inner = [clause for clause in children(head, "ccomp", "csubj") if clause.i > head.i]
        if not inner or children(head, "obj") or not any(_is_of_kind(head, name) for name in kind):
            return
        head = inner[0]
        yield head


def _is_of_kind(head: Token, kind: str) -> bool:
    """Say whether a word stands as a kind of raising words does: a verb in the active, a passive, an adjective."""
    if kind in ("verb", "semi-modal"):
        return is_verb(head) and not is_passive(head)
    if kind == "passive":
        return is_passive(head)
    return copula_of(head) is not None or is_passive(head) or label(head) == "xcomp"


def _is_negated(raised: Sequence[Token]) -> bool:
    """Say whether a statement is negated by the words at its verbs, none that an idiom takes up: «could not but sing»."""
    idle = find_idle_words(source_text(raised[0].doc))
    words = [word for verb in raised for word in negations_of(verb)]
    words += [verb for verb in raised[:-1] if _negates(verb)]
    return sum(1 for word in words if not any(start <= word.idx < end for start, end in idle)) % 2 == 1


def _negates(verb: Token) -> bool:
    """Say whether a verb denies the one that follows: who failed, or has yet, to sound the alarm did not sound it."""
    has_yet = lemma(verb) in ("have", "be") and any(t.lower_ == "yet" for t in children(verb, "advmod"))
    return has_yet or lexicon_index("raising_words").get(lemma(verb), {}).get("presents") == "negates"


def _is_raised(clause: Token, head: Token) -> bool:
    to = any(mark.lower_ == "to" for mark in children(clause, "mark", "aux"))
    return clause.i > head.i and to and not children(clause, "nsubj", "nsubj:pass")


def _resolve_relative(token: Token | None, verb: Token) -> Token | None:
    """Put the noun that a relative clause is about in the place of its pronoun."""
    clause = verb
    while clause.head != clause and label(clause) in ("conj", "xcomp", "ccomp"):
        clause = clause.head
    if (
        token is not None
        and token.lower_ in entries("pronouns", stands_for="antecedent")
        and label(clause) == "acl:relcl"
    ):
        return clause.head
    return token


def _name_span(noun: Token) -> Span:
    """Give a noun phrase with the clauses that narrow it down, without what is only added: «the deal that ended it»."""
    if is_verb(noun) and not children(noun, "det", "amod"):
        return subtree_span(noun, without=children(noun, "parataxis"))
    added = added_phrases(noun) + children(noun, "parataxis", "advcl", "cop", "mark", *SUBJECTS)
    added += [
        child for child in children(noun, "case", "cc", "advmod") if child.i < noun.i and label(child) != "advmod"
    ]
    added += [child for child in children(noun, "conj") if is_verb(child) or children(child, "cop", *SUBJECTS)]
    added += [c for c in children(noun, "nmod", "nmod:unmarked") if c.i > noun.i and _circumstance(c) == "time"]
    if copula_of(noun) is not None:
        added += children(noun, "aux", "advmod")
    return subtree_span(noun, without=added)


def _find_object(verb: Token) -> Span | None:
    """Find what a verb takes: a complement, an object, a clause, or a noun whose preposition it calls for."""
    if copula_of(verb) is not None:
        return _complement_span(verb)
    taken = _find_direct_object(verb) or _find_clause(verb)
    if taken is not None:
        return taken
    following = next((n for n in children(verb, "obl") if n.i > verb.i and n != agent_of(verb)), None)
    if following is not None and _is_selected(following, verb):
        return _name_span(following)
    return next((_name_span(noun) for noun in children(verb, "iobj")), None)


def _find_direct_object(verb: Token) -> Span | None:
    things = (noun for noun in children(verb, "obj") if not _measures_time(noun))
    return next((_name_span(_resolve_relative(noun, verb)) for noun in things), None)


def _measures_time(noun: Token) -> bool:
    """Say whether a supposed object tells how long or when: «waited two days»."""
    return is_time_word(noun) and bool(children(noun, "nummod", "det", "amod"))


def _find_clause(verb: Token) -> Span | None:
    """Find the clause that a verb takes, or one that follows at once with «to» or «whether»."""
    for clause in children(verb, "xcomp", "ccomp"):
        if (clause.i > verb.i or label(clause) == "ccomp") and not is_adverbial(clause):
            nominal = children(clause, "case") and not is_verb(clause)
            return _name_span(clause) if nominal else subtree_span(clause, without=children(clause, "parataxis"))
    adjacent = (clause for clause in children(verb, "advcl") if clause.left_edge.i == verb.i + 1)
    return next((subtree_span(c) for c in adjacent if c.doc[verb.i + 1].lower_ in ("to", "whether")), None)


def is_adverbial(clause: Token) -> bool:
    """Say whether a clause tells when or why, by the conjunction that opens it."""
    return any(map(is_adverbial_opener, children(clause, "mark")))


def _is_selected(noun: Token, verb: Token) -> bool:
    """Say whether a verb calls for a noun with its preposition: «relies on oil», not «died on Monday, in Halvik»."""
    first = noun.doc[noun.left_edge.i]
    before = noun.doc[first.i - 1]
    adjacent = before == verb or (before.head == verb and label(before) == "compound:prt")
    if _circumstance(noun) is None:
        return before.text != ","
    return adjacent and first.lower_ == "on" and not is_time_word(noun) and not is_passive(verb)


def _complement_span(predicate: Token) -> Span:
    """Give what someone or something is said to be, with its preposition if it has one."""
    cut = children(predicate, *SUBJECTS, "expl", "cop", "aux", "advcl", "parataxis", "mark")
    cut += added_phrases(predicate)
    cut += [child for child in children(predicate, "conj") if is_verb(child) or children(child, "cop", *SUBJECTS)]
    cut += [c for c in children(predicate, "cc", "advmod") if c.lower_ in DROPPED_ADVERBS or _is_hedge(c)]
    cut += [child for child in children(predicate, "obl", "obl:unmarked", "nmod") if _circumstance(child) == "time"]
    adverbs = [child for child in children(predicate, "advmod") if child.i < predicate.i]
    cut += [
        child
        for child in adverbs
        if child.lower_ in entries("circumstances", part_of_speech="adverb") or not predicate.tag_.startswith("JJ")
    ]
    return subtree_span(predicate, without=cut)


def _find_modifiers(span: Span, raised: Sequence[Token]) -> Iterable[Span]:
    """Find hedges, modals and phrases of time and place, in the order of the text."""
    found: set[Span] = set()
    for verb in raised:
        found |= {Span(token.idx, token.idx + len(token)) for token in [*modals_of(verb), *_hedges_of(verb)]}
        found |= {_adjunct_span(child) for child in verb.children if _is_circumstance_of(child, verb)}
        for noun in children(verb, "obj", "nsubj", "nsubj:pass"):
            times = [child for child in children(noun, "nmod", "nmod:unmarked") if child.i > noun.i]
            found |= {_adjunct_span(child) for child in times if _circumstance(child) == "time"}
    for verb in raised[:-1]:
        first = min([verb, *children(verb, "aux:pass", "cop")], key=lambda token: token.i)
        found.add(Span(first.idx, verb.idx + len(verb)))
    text = raised[0].doc.text
    whole = _join_adverbs(text, sorted(_complete_time(text, place) for place in found))
    kept = [place for place in whole if span[0] <= place.start and place.end <= span[1]]
    return [p for p in kept if not any(o != p and o.start <= p.start and p.end <= o.end for o in kept)]


def _complete_time(text: str, place: Span) -> Span:
    """Take in the day behind a weekday and the «late» before a week, which a parse often leaves out."""
    behind = DAY_BEHIND.match(text, place.end) if place.start < place.end else None
    before = PART_BEFORE.search(text[: place.start]) if RELATIVE_TIME.match(text, place.start) else None
    return Span(before.start() if before else place.start, behind.end() if behind else place.end)


def _join_adverbs(text: str, places: Sequence[Span]) -> list[Span]:
    """Join an adverb with the phrase that it measures: «shortly | after the attack»."""
    joined: list[Span] = []
    for place in places:
        last = joined[-1] if joined else None
        if (
            last
            and place.start == last.end + 1
            and text[last.start : last.end].lower() in lexicon_index("measuring_adverbs")
        ):
            joined[-1] = Span(last.start, place.end)
        else:
            joined.append(place)
    return joined


def _is_circumstance_of(child: Token, verb: Token) -> bool:
    kind = label(child)
    if kind == "advmod":
        return child.lower_ in entries("circumstances", part_of_speech="adverb")
    if kind == "obj":
        return _measures_time(child)
    if kind == "obl":
        return _circumstance(child) is not None and not (child.i > verb.i and _is_selected(child, verb))
    return kind in ("obl:unmarked", "nmod:unmarked", "nmod") and _circumstance(child) == "time"


def _adjunct_span(token: Token) -> Span:
    added = [phrase for phrase in added_phrases(token) if not (label(phrase) == "appos" and is_time_word(phrase))]
    clauses = children(token, "acl:relcl") if is_time_word(token) else []
    return subtree_span(token, without=[*added, *clauses, *children(token, "parataxis", "cc")])


def _hedges_of(verb: Token) -> Iterable[Token]:
    """Find the hedges of a verb's own clause, not those of clauses inside it."""
    clauses = ("acl:relcl", "acl", "advcl", "ccomp", "parataxis", "conj")
    waiting = list(verb.children)
    while waiting:
        token = waiting.pop()
        if _is_hedge(token) and not (label(token) == "amod" and token.head.head != verb):
            yield token
        if label(token) not in clauses:
            waiting.extend(token.children)


def _is_hedge(token: Token) -> bool:
    entry = lexicon_index("hedges").get(token.lower_)
    return entry is not None and (entry["reach"] == "adverb" or label(token) == "amod")


@cache
def _prepositions() -> dict[str, str]:
    return {
        row["entry"]: row["kind"] for row in load_lexicon("circumstances") if row["part_of_speech"] == "preposition"
    }


@cache
def _time_words() -> frozenset[str]:
    names = ("weekdays", "months", "duration_units", "seasons", "relative_dates")
    return frozenset(row["entry"] for name in names for row in load_lexicon(name))


def _circumstance(noun: Token) -> str | None:
    """Say whether an adjunct tells a time or a place; None where it is neither."""
    if is_time_word(noun):
        return "time"
    case = next(iter(children(noun, "case")), None)
    return _prepositions().get(case.lower_) if case is not None else None


def is_time_word(noun: Token) -> bool:
    """Say whether a noun names a time: a weekday, a month, a year, a unit of time."""
    if any(case.lower_ in ("than", "of") for case in children(noun, "case")):
        return False
    year = noun.text.isdigit() and len(noun) == 4 and "1000" <= noun.text <= "2199"
    return year or noun.lower_ in _time_words() or lemma(noun) in _time_words()
