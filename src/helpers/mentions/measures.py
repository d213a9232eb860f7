"""What a value in a sentence measures: the noun that it counts or is of, else the verb that it belongs to and its subject."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.language.lexicons import lexicon_index
from helpers.language.syntax import (
    SUBJECTS,
    children,
    copula_of,
    is_passive,
    is_verb,
    label,
    lemma,
    noun_phrase_span,
    source_text,
    subject_of,
    subtree_span,
    tokens_within,
)

NOUNS = ("NN", "NNS", "NNP", "NNPS")
COUNTING = frozenset({"number", "count", "total", "toll", "tally", "share", "majority", "proportion", "sum", "amount"})
SPENT_ON = ("on", "for", "in", "at", "toward", "towards", "to")  # what stands between a sum and what it goes to
REACHING = frozenset({"to", "at", "by", "from", "of"})  # what stands between a change and how far it goes
STANDING_FOR = frozenset({"those", "them", "whom", "these"})
PARTS_OF_TIME = ("duration_units", "months", "weekdays", "seasons")
MOST_WORDS_TO_NOUN = 4


class Measure(NamedTuple):
    """What a value measures in words of its sentence, with the noun's place, and its verb with who or what does that."""

    text: str | None
    noun: Token | None
    verb: Token | None
    subject: str | None


def find_measure(doc: Doc, start: int, end: int, kind: str) -> Measure:
    """Find what the value at [start, end) of a parsed sentence measures."""
    inside = tokens_within(doc, (start, end))
    top = _find_top(inside)
    if top is None:
        return Measure(None, None, None, None)
    verb = _find_standing_verb(inside) or _find_verb(top, inside)
    subject = _name_subject(verb, inside)
    noun = None if kind == "age" else _find_noun(top, inside, kind) or _find_told_of(top, verb, inside, kind)
    if noun is not None:
        noun = _complete(noun)
        return Measure(_name(noun, inside), noun, verb, subject)
    return Measure(_name_aim(verb) or _name_act(verb, subject), None, verb, subject)


def _complete(noun: Token) -> Token:
    """Go from "garden" to "show" in "garden show"."""
    while label(noun) == "compound" and noun.head.i == noun.i + 1 and noun.head.tag_ in NOUNS:
        noun = noun.head
    return noun


def _find_top(inside: list[Token]) -> Token | None:
    """Find the word of a value that hangs on what stands outside: up from its number, sign or noun."""
    token = next((t for t in inside if t.tag_ in ("CD", "$")), None) or next(
        (t for t in reversed(inside) if t.tag_ in NOUNS), inside[-1] if inside else None
    )
    while token is not None and token.head in inside and token.head != token:
        token = token.head
    return token


def _find_verb(top: Token, inside: list[Token]) -> Token | None:
    """Find the verb that a value hangs on; of "it was 40 metres long" that is "be", of "wounded 15 others" "wound"."""
    before = inside[0].nbor(-1) if inside[0].i else None
    if before is not None and label(before) == "amod" and before.tag_ in ("VBN", "VBD") and is_harm(before):
        return before
    token: Token | None = top
    while token is not None and not is_verb(token):
        if copula_of(token) is not None:
            return copula_of(token)
        token = token.head if token.head != token else None
    return token


def _find_standing_verb(inside: list[Token]) -> Token | None:
    """Find the participle of "two of those killed"."""
    last = inside[-1]
    after = last.doc[last.i + 1 : last.i + 4]
    is_pronoun = len(after) == 3 and after[0].lower_ == "of" and after[1].lower_ in STANDING_FOR
    return after[2] if is_pronoun and after[2].tag_ in ("VBN", "VBD") else None


def is_harm(token: Token) -> bool:
    """Tell whether a verb says that people are killed, hurt or held."""
    row = lexicon_index("verbs_of_toll").get(token.lower_)
    return row is not None and row["harm"] == "yes"


def _find_noun(top: Token, inside: list[Token], kind: str) -> Token | None:
    """Find the noun beside a value: the one that it counts, describes, is a share of or is spent on."""
    if kind == "date":
        return _find_dated(top, inside)
    of = _find_whole(top, inside)
    if of is not None:
        return of
    head = top.head
    if head not in inside and head.tag_ in NOUNS and label(top) in ("nummod", "compound", "amod", "nmod:poss"):
        return head if _is_thing(head) else None
    if kind == "money" and (spent := _find_spent_on(inside)) is not None:
        return spent
    if head not in inside and head.tag_ in NOUNS and label(top) in ("nmod", "nmod:unmarked", "appos"):
        return _climb(head) if any(case.lower_ in REACHING for case in children(top, "case")) else None
    return None


def _find_whole(top: Token, inside: list[Token]) -> Token | None:
    """Find the noun behind "of": "144 of its 578 schools", "37 percent of voters"."""
    last = inside[-1]
    behind = [token.lower_ for token in last.doc[last.i + 1 : last.i + 3]]
    if len(behind) < 2 or behind[0] != "of" or behind[1] in STANDING_FOR:
        return None
    whole = next((noun for noun in top.subtree if noun.i > last.i and noun.head in inside), None)
    whole = whole if whole is not None else last.nbor().head
    return whole if whole.i > last.i and (whole.tag_ in NOUNS or whole.tag_ == "JJ") and _is_thing(whole) else None


def _find_spent_on(inside: list[Token]) -> Token | None:
    """Find what a sum went to: "€2,210 on carpets", "over €4,000 at a chair maker"."""
    last = inside[-1]
    if last.i + 1 >= len(last.doc) or last.nbor().lower_ not in SPENT_ON:
        return None
    noun = last.nbor().head
    if label(last.nbor()) != "case" or noun.i <= last.i or noun.tag_ not in NOUNS or not _is_thing(noun):
        return None
    return None if last.nbor().lower_ in ("in", "to") and noun.tag_ in ("NNP", "NNPS") else noun


def _is_thing(noun: Token) -> bool:
    """Tell a thing from a number and a stretch of time, which nothing is spent on or counted in."""
    word = noun.lower_.rstrip(".")
    return (
        word[:1].isalpha()
        and word not in lexicon_index("vague_numbers")
        and not any(word in lexicon_index(name) for name in PARTS_OF_TIME)
    )


def _climb(noun: Token) -> Token:
    """Go from "milk" to "levy" in "a levy on its milk of 12 percent"."""
    case = next((case for case in children(noun, "case") if case.i < noun.i), None)
    before = case.nbor(-1) if case is not None and case.i else None
    return before if before is not None and before.tag_ in ("NN", "NNS") else noun


def _find_dated(top: Token, inside: list[Token]) -> Token | None:
    """Find the noun that a date is of: "the 2003 garden show", "Tuesday's attack", "the vote in May"."""
    head, case = top.head, children(top, "case")
    if head in inside or head.tag_ not in ("NN", "NNS") or not _is_thing(head):
        return None
    if label(top) in ("nmod:poss", "compound", "nummod", "amod"):
        return head if head.i - inside[-1].i <= MOST_WORDS_TO_NOUN else None
    is_beside = bool(case) and case[0].lower_ in ("in", "of") and case[0].i == head.i + 1
    return head if label(top) == "nmod" and is_beside and label(head) != "obj" else None


def _find_told_of(top: Token, verb: Token | None, inside: list[Token], kind: str) -> Token | None:
    """Find the noun that a value is said of: "the salary was $74,839", "turnover fell to £71m", "raised pay 16%"."""
    if kind in ("date", "duration"):
        return None
    number = _find_number_of(inside) if kind == "quantity" else None
    if number is not None or verb is None:
        return number
    subject = _subject_noun(verb, inside)
    if verb == copula_of(top) or verb == copula_of(top.head):
        return _count_what(subject)
    is_reached = any(case.lower_ in REACHING and case not in inside for case in children(top, "case"))
    if kind != "percent" and not is_reached:
        return _count_what(subject) if subject is not None and subject.lower_ in COUNTING else None
    changed = [n for n in children(verb, "obj") if n not in inside and n.tag_ in NOUNS and _is_thing(n)]
    return _count_what(changed[0] if changed else subject)


def _find_number_of(inside: list[Token]) -> Token | None:
    """Find what is counted where a sentence speaks of its number first: "the number of cancellations may be 90"."""
    before = inside[0].doc[: inside[0].i]
    number = next((token for token in reversed(before) if token.lower_ in COUNTING and token.tag_ == "NN"), None)
    counted = _count_what(number)
    return counted if counted is not number else None


def _subject_noun(verb: Token, inside: list[Token]) -> Token | None:
    """Find the noun that is the subject of a verb, or of what a form of «be» makes a predicate."""
    predicate = verb.head if label(verb) == "cop" else verb
    subject = _find_subject(predicate)
    is_noun = subject is not None and subject not in inside and subject.tag_ in NOUNS
    return subject if is_noun else None


def _count_what(noun: Token | None) -> Token | None:
    """Go from "number" to what it is the number of."""
    if noun is None or noun.lower_ not in COUNTING:
        return noun
    of = [c for c in children(noun, "nmod") if any(case.lower_ == "of" for case in children(c, "case"))]
    return of[0] if of else noun


def _name(noun: Token, inside: list[Token]) -> str:
    """Give a noun with what stands before it in its phrase, without article, owner and number, and what it is of."""
    doc, first = noun.doc, noun.i
    if noun.tag_.startswith("NNP") and set(noun.subtree).isdisjoint(inside):
        start, end = _span(noun)
        return source_text(doc)[start:end]
    while (
        first > 0 and doc[first - 1] not in inside and doc[first - 1].head.i <= noun.i and _is_modifier(doc[first - 1])
    ):
        first -= 1
    last = noun
    of = next(
        (c for c in children(noun, "nmod") if c.i > noun.i and _is_of(c, noun) and not set(c.subtree) & set(inside)),
        None,
    )
    if of is not None:
        last = max((t for t in of.subtree if t.i <= of.i), key=lambda t: t.i)
    return source_text(doc)[doc[first].idx : last.idx + len(last)]


def _is_modifier(token: Token) -> bool:
    is_owner = label(token) in ("nmod:poss", "det", "case", "nummod") or token.tag_ in ("CD", "$", "DT", "PRP$", "POS")
    return not is_owner and _is_thing(token) and (label(token) in ("amod", "compound", "flat") or token.tag_ == "HYPH")


def _is_of(noun: Token, head: Token) -> bool:
    """Tell whether a noun stands behind the "of" that follows its head."""
    case = children(noun, "case")
    return bool(case) and case[0].lower_ == "of" and case[0].i == head.i + 1


def _name_subject(verb: Token | None, inside: list[Token]) -> str | None:
    """Give who or what does what the verb of a value says; of a passive verb, to whom it is done."""
    if verb is None:
        return None
    predicate = verb.head if label(verb) in ("cop", "amod") else verb
    predicate = _find_verb(predicate, inside) if label(verb) == "amod" else predicate
    noun = _find_subject(predicate) if predicate is not None else None
    if noun is not None and (noun in inside or noun.tag_ in ("WDT", "WP", "EX") or set(noun.subtree) & set(inside)):
        noun = _find_antecedent(noun, predicate)
    if noun is None:
        return None
    start, end = _span(noun)
    return source_text(noun.doc)[start:end]


def _find_subject(predicate: Token) -> Token | None:
    """Find the subject of a predicate; of two, as in "The former head, Varga was elected", the one beside it."""
    own = children(predicate, *SUBJECTS)
    return own[-1] if len(own) > 1 else subject_of(predicate)


def _span(noun: Token) -> tuple[int, int]:
    """Give the span of a noun phrase, with the names that a conjunction adds to a name."""
    start, end = noun_phrase_span(noun)
    named = [other for other in children(noun, "conj") if other.i > noun.i]
    if named and noun.tag_.startswith("NNP"):
        end = max(end, noun_phrase_span(named[-1])[1])
    return start, end


def _find_antecedent(noun: Token | None, predicate: Token) -> Token | None:
    """Find the noun that "which" or "who" stands for."""
    is_relative = noun is not None and noun.tag_ in ("WDT", "WP") and label(predicate) == "acl:relcl"
    return predicate.head if is_relative else None


def _name_aim(verb: Token | None) -> str | None:
    """Give what "it" costs or takes so much to do: "build the pier"."""
    subject = _find_subject(verb) if verb is not None and lemma(verb) in ("cost", "take") else None
    aims = children(verb, "advcl", "xcomp", "csubj") if subject is not None and subject.lower_ == "it" else []
    aim = next((aim for aim in aims if aim.tag_ == "VB"), None)
    if aim is None:
        return None
    start, end = subtree_span(aim, without=children(aim, "mark"))
    return source_text(aim.doc)[start:end]


def _name_act(verb: Token | None, subject: str | None) -> str | None:
    if verb is None:
        return subject
    if label(verb) == "cop" and subject is not None:
        predicate = "" if verb.head.tag_ in ("CD", "$") else f" {verb.text} {verb.head.text}"
        return f"{subject}{predicate}"
    if subject is None:
        return verb.text
    is_done = is_passive(verb) or (verb.tag_ == "VBN" and not children(verb, "aux"))
    return f"{subject} {verb.text}" if is_done else f"{verb.text} by {subject}"
