"""Values in their sentences: their bounds in a base unit, what they measure, and what is told around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from spacy.tokens import Doc, Token

from helpers.disagreements.events import find_nearer, is_act
from helpers.disagreements.tolls import find_toll
from helpers.language.content import Rarity, find_content, find_plain_form
from helpers.language.forms import singular
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.sentences import find_words
from helpers.language.syntax import lemma, subject_of
from helpers.language.units import in_base_unit

if TYPE_CHECKING:
    from helpers.disagreements.view import Story

LOOK_BACK = 9  # words before a measure among which the thing measured stands
REACH = 10  # words on either side that tell what a value is about
ROUNDING = 0.06  # relative difference that rounding a measure may leave
CONVERTING = 0.12  # the same between two units
NEAR_DATE = 60  # characters between a value and the date that it is of
BEFORE_NOUN = frozenset(
    ["JJ", "JJR", "CD", "VBN", "HYPH", "NNP", "RB", ":", ",", "DT", "PRP$", "IN", "(", ")"]
)  # tags of what stands before a noun
AMOUNTS = ("money", "quantity", "percent", "duration")
PARTS = entries("parts_of_counts", place="before")
GOES_ON = entries("parts_of_counts", place="behind")
PLAIN_VERBS = entries("verbs_of_no_act", of="amount")


class Reading(NamedTuple):
    """A value in its sentence: its bounds in a base unit, and what stands around it."""

    mention: object
    low: float
    high: float
    thing: str  # plain form of what is counted or measured
    own: frozenset[str]  # plain form of the act told of the thing itself: «276 girls kidnapped»
    acts: frozenset[str]  # that of the clause that it stands in
    owner: frozenset[str]  # who has it: «X has three wives»
    date: tuple  # the date nearest to it
    parts: frozenset[str]
    around: frozenset[str]
    dimension: str
    topics: frozenset[str] = frozenset()  # what its article speaks of again and again
    toll: str = ""  # whether it counts the dead or the hurt
    value: float = np.nan  # the amount that the words name

    @property
    def article(self) -> str:
        """The article that gives it."""
        return self.mention.article_id

    @property
    def is_closed(self) -> bool:
        """Whether both its bounds are known."""
        return bool(np.isfinite(self.low) and np.isfinite(self.high))

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the value stands."""
        return self.mention.article_id, int(self.mention.start), int(self.mention.end)


def bound_amount(mention) -> tuple[float, float, str] | None:
    """Give the bounds of an amount in its base unit: what its words leave open on one side is open there."""
    low, high, value = (float(x) if not pd.isna(x) else None for x in (mention.low, mention.high, mention.value))
    if low is None and high is None:
        if value is None:
            return None
        low = high = value
    unit = mention.unit if isinstance(mention.unit, str) else ""
    if mention.kind == "quantity":
        base = in_base_unit(1.0, unit)
        unit = base[1] if base[1] in _measures() else ""
    factor = in_base_unit(1.0, mention.unit)[0] if unit in _measures() else 1.0
    if mention.kind == "duration":
        factor, unit = in_base_unit(1.0, unit)
    kind = "" if mention.kind == "quantity" and not unit else f"{mention.kind} {unit}"
    return (-np.inf if low is None else low * factor), (np.inf if high is None else high * factor), kind


@cache
def _measures() -> set[str]:
    return {row["base"] for row in lexicon_index("measures").values()}


def read_value(story: Story, mention, low: float, high: float) -> Reading:
    claim = story.claim[mention.claim_id]
    doc, offset = story.doc_of(claim)
    start, end = int(mention.start) - offset, int(mention.end) - offset
    inside = [token for token in doc if token.idx < end and token.idx + len(token) > start]
    if not inside:
        return Reading(mention, low, high, "", *[frozenset()] * 3, (), frozenset(), frozenset(), "")
    first, last = inside[0].i, inside[-1].i
    head = _find_counted(doc, first, last) if mention.kind != "date" else None
    thing, own = _find_thing(doc, first, mention.unit, head)
    act = find_governor(head if head is not None else inside[0], first, last)
    before, after = doc[max(0, first - REACH) : first].text, doc[last + 1 : last + 1 + REACH].text
    units = (find_plain_form(mention.unit), mention.unit) if isinstance(mention.unit, str) else ()
    return Reading(
        mention, low, high, thing, as_act(own), as_act(act), _find_owner(act), _find_date(story, mention, claim),
        _find_parts(doc, first, head.i if head is not None else last), frozenset(find_content(f"{before} {after}")) - {thing},
        _find_dimension(doc, first, last), story.topics_of[mention.article_id],
        find_toll(thing, units, as_act(own) or as_act(act)),
    )  # fmt: skip


def _find_thing(doc: Doc, first: int, unit: object, head: Token | None) -> tuple[str, Token | None]:
    """Find what is counted, in its plain form, and the act told of it itself."""
    people = lexicon_index("counted_people")
    own = _find_own_act(doc, head) if head is not None else None
    if isinstance(unit, str) and unit in people:
        return unit, None if people[unit]["toll"] or _counts_population(doc, first) else own
    if _counts_population(doc, first):
        return "person", None
    return find_plain_form(head.text) if head is not None else "", own


def _counts_population(doc: Doc, first: int) -> bool:
    return "population" in [token.lower_ for token in doc[max(0, first - 3) : first]]


def _find_parts(doc: Doc, first: int, last: int) -> frozenset[str]:
    """Find the words that make a number a part, or a second helping: «another 12», «six shots, followed by four»."""
    between = {
        token.lower_
        for token in doc[max(0, first - 2) : last + 1]
        if token.i + 1 >= len(doc) or token.nbor().lower_ != "than"  # «more than 60» bounds a number, it adds nothing
    }
    goes_on = GOES_ON.intersection(token.lower_ for token in doc[last + 1 : last + 5])
    return frozenset((between | ({"more"} if goes_on else set())) & PARTS)


def _find_dimension(doc: Doc, first: int, last: int) -> str:
    """Find the way in which something is measured, by the word next to a value: «high», «across»; empty where none."""
    behind = last + 1
    if behind < len(doc) and doc[behind].text == "(":  # a conversion: 40 feet (12 metres) across
        behind = next((t.i + 1 for t in doc[behind : behind + 6] if t.text == ")"), behind)
    following = [t.lower_ for t in doc[behind : behind + 3]]
    joined = next((n for n, word in enumerate(following) if word in ("and", ",", "or")), len(following))
    near = following[:joined] + [t.lower_ for t in doc[max(0, first - 3) : first]][::-1]
    near += doc[first : last + 1].text.casefold().split("-")
    dimensions = lexicon_index("dimensions")
    return next((dimensions[word]["dimension"] for word in near if word in dimensions), "")


def as_act(verb: Token | None) -> frozenset[str]:
    return frozenset({find_plain_form(lemma(verb))} - PLAIN_VERBS) if verb is not None else frozenset()


def _find_owner(verb: Token | None) -> frozenset[str]:
    """Find who has something, where that is what a verb says."""
    if verb is None or lemma(verb) != "have":
        return frozenset()
    subject = subject_of(verb)
    return (
        frozenset(find_content(subject.doc[subject.left_edge.i : subject.right_edge.i + 1].text))
        if subject is not None
        else frozenset()
    )


def _find_date(story: Story, mention, claim) -> tuple:
    """Find the date that stands nearest to a value in its sentence: first day, last day, words."""
    near = []
    for date in story.dates_of.get(mention.article_id, ()):
        if not claim.sentence_start <= date.start < claim.sentence_end or date.start == mention.start:
            continue
        behind = date.start >= mention.end
        apart = date.start - mention.end if behind else mention.start - date.end
        joined = behind and "," not in story.texts[mention.article_id][int(mention.end) : int(date.start)]
        if apart <= NEAR_DATE:
            near.append((not joined, apart, date.start, date))
    if not near:
        return ()
    date = min(near, key=lambda item: item[:3])[3]
    return date.date_start, date.date_end, frozenset(date.text.casefold().split())


def _find_counted(doc: Doc, first: int, last: int) -> Token | None:
    """Find the noun that a number counts or a measure is of: the head of its phrase, else the noun next to it."""
    inside = [
        token
        for token in doc[first : last + 1]
        if token.tag_ in ("NN", "NNS") and token.is_alpha and not _is_unit(token)
    ]
    if inside:
        return inside[-1]
    for token in doc[last + 1 : last + 6]:
        if token.tag_ in ("NN", "NNS", "NNP", "NNPS") and not _is_unit(token):
            return token if token.i + 1 >= len(doc) or not doc[token.i + 1].tag_.startswith("NN") else doc[token.i + 1]
        if (token.tag_ not in BEFORE_NOUN and not _is_unit(token)) or (token.tag_ == "IN" and token.lower_ != "of"):
            break
    for token in reversed(doc[max(0, first - LOOK_BACK) : first]):
        if token.tag_ in ("NN", "NNS") and not _is_unit(token):
            return token
    return None


def _is_unit(token: Token) -> bool:
    form = token.lower_
    return _is_measure(form) or form in lexicon_index("duration_units") or form in (
        "million", "billion", "thousand", "hundred", "dozen",
    )  # fmt: skip


def _is_measure(form: str) -> bool:
    return form in lexicon_index("measures") or singular(form) in lexicon_index("measures")


def _find_own_act(doc: Doc, head: Token) -> Token | None:
    """Find the act told of a counted thing itself: the participle or the clause right behind it."""
    for token in doc[head.i + 1 : head.i + 6]:
        if is_act(token) and token.tag_ in ("VBN", "VBD", "VBG", "VB", "VBP"):
            return token
        if token.is_punct or (token.tag_ in ("IN", "CC", "CD", "NN", "NNS") and token.lower_ not in ("that", "of")):
            return None
    return None


def find_governor(token: Token, first: int, last: int) -> Token | None:
    inside = token
    for _ in range(8):
        if token.head == token:
            return None
        token = token.head
        if is_act(token) and not first <= token.i <= last:
            return find_nearer(inside, token)
    return None


def can_be_one(one: Reading, other: Reading) -> bool:
    """Say whether two values can be one: their bounds meet, give or take what rounding and converting leave."""
    slack = 0.0 if one.mention.kind == "date" else 0.001
    if one.mention.kind == "quantity" and in_base_unit(1.0, str(one.mention.unit))[1] in _measures():
        slack = ROUNDING if one.mention.unit == other.mention.unit else CONVERTING
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low <= high or (np.isfinite(low) and np.isfinite(high) and low - high <= slack * abs(low))


def find_likeness(rarity: Rarity, one: frozenset[str], other: frozenset[str]) -> float:
    """Find how much of the lighter of two sets of words the other has."""
    smaller = min(one, other, key=lambda forms: (rarity.weigh(forms), sorted(forms)))
    return rarity.contain(smaller, one & other)


def are_dated_apart(one: Reading, other: Reading) -> bool:
    """Say whether the dates beside two values are not one: days that do not meet, or words that share nothing."""
    if not one.date or not other.date:
        return False
    if not any(pd.isna(day) for day in (*one.date[:2], *other.date[:2])):
        return not (one.date[0] <= other.date[1] and other.date[0] <= one.date[1])
    return not one.date[2] & other.date[2] - lexicon_index("function_words").keys()


def is_exact(reading: Reading) -> bool:
    return np.isfinite(reading.low) and np.isfinite(reading.high) and reading.high <= 1.25 * reading.low


def cite_value(held: list[Reading]) -> str:
    """Cite a value as written, with the day or month that it comes to where a date does not name its year."""
    mention = held[0].mention
    if mention.kind == "date" and not pd.isna(mention.date_start) and not re.search(r"\d{4}", mention.text):
        return f"{mention.text} ({_name_days(mention.date_start, mention.date_end)})"
    return mention.text


def _name_days(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if start == end:
        return f"{start.day} {start:%B %Y}"
    return f"{start:%B %Y}" if start.to_period("M") == end.to_period("M") else f"{start:%Y}"


def name_subject(story: Story, kind: str, members: list[Reading]) -> str:
    """Name in the sources' words what the values are of: «girls kidnapped», «lawsuit filed»; empty where slots lack."""
    if members[0].toll:
        return "How many died" if members[0].toll == "dead" else "How many were hurt"
    shared = {r.place: sum(r.thing in other.around | {other.thing} for other in members) for r in members}
    for reading in sorted(members, key=lambda r: (-shared[r.place], r.place)):
        act = reading.own or (reading.acts if kind == "date" else frozenset())
        text = story.sentence_of(story.claim[reading.mention.claim_id])
        words = [text[start:end] for start, end in find_words(text)]
        thing = next((word for word in words if find_plain_form(word) == reading.thing), "")
        done = next((word for word in words if act and find_plain_form(word) in act and word[0].islower()), "")
        if thing and done and reading.thing not in act:
            return f"{thing[0].upper()}{thing[1:]} {done}"
    return ""


def show_around(story: Story, mention, words: int = 6) -> str:
    """Give a value with the few words before and after it in its claim."""
    claim = story.claim[mention.claim_id]
    text = story.texts[mention.article_id]
    before = text[int(claim.start) : int(mention.start)].split()
    after = text[int(mention.end) : int(claim.end)].split()
    joined = "" if text[int(mention.start) - 1 : int(mention.start)] in ("(", "$", "-", "“", '"') else " "
    lead = ("… " if len(before) > words else "") + " ".join(before[-words:])
    glue = "" if text[int(mention.end) : int(mention.end) + 1] in "-,.;)”" else " "
    tail = " ".join(after[:words]) + (" …" if len(after) > words else "")
    return f"{lead}{joined}{mention.text}{glue}{tail}".strip()
