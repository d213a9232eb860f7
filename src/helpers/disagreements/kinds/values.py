"""Where two sources give one fact another value: amounts and dates, for the same event, measure and scope only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from spacy.tokens import Doc, Token

from helpers.disagreements.events import find_event, find_nearer, find_theme, is_act
from helpers.disagreements.groups import join_pairs
from helpers.disagreements.tolls import TOLL_WORDS, count_one_group, find_toll
from helpers.disagreements.undecided import gives_both
from helpers.disagreements.view import Story, make_finding
from helpers.language.content import Rarity, find_content, find_plain_form
from helpers.language.forms import singular
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.sentences import find_words
from helpers.language.syntax import children, lemma, subject_of
from helpers.language.units import in_base_unit
from helpers.tables import VALUE_KINDS

MONTH_AND_DAY = re.compile(r"XXXX-\d\d-\d\d")
LEAP_YEAR = pd.Timestamp("1999-12-31").toordinal()
LOOK_BACK = 9  # words before a measure among which the thing measured stands
DAYS_OF_YEAR = 366
REACH = 10  # words on either side that tell what a value is about
ROUNDING = 0.06  # relative difference that rounding a measure may leave
CONVERTING = 0.12  # the same between two units
NEAR_DATE = 60  # characters between a value and the date that it is of
SAME_SETTING = 0.5  # share of the rarer words around one value that stand around the other
SAME_EVENT = 0.3  # the same where act and thing are the same
SAME_CLAUSE = 0.2  # the same where the clause is, and what is told of the thing itself may be
CLOSE = 0.65  # words in common from which two sentences are one statement but for the value
BEFORE_NOUN = frozenset(
    ["JJ", "JJR", "CD", "VBN", "HYPH", "NNP", "RB", ":", ",", "DT", "PRP$", "IN", "(", ")"]
)  # tags of what stands before a noun
AMOUNTS = ("money", "quantity", "percent", "duration")
ANSWERS = 0.6  # share of a reader's statement, by rarity, that the sentence of an answering amount has
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

    @property
    def article(self) -> str:
        """The article that gives it."""
        return self.mention.article_id

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the value stands."""
        return self.mention.article_id, int(self.mention.start), int(self.mention.end)


def find_amount_conflicts(story: Story) -> Iterator[dict]:
    """Yield `amount`: origins give values for one event, measure and scope whose bounds do not meet.

    A value that grows from one day of publication to a later one is a development; values beside different dates,
    of a part and of the whole, or of other acts are two facts.
    """
    mentions = story.mentions[story.mentions["kind"].isin(AMOUNTS)].drop_duplicates(
        ["article_id", "start", "end", "kind"]
    )
    rarity = story.rarity_in_sentences
    measures: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for mention in mentions.itertuples():
        bounds = _bound(mention)
        if bounds is not None:
            reading = _read(story, mention, *bounds[:2])
            counted = reading.toll or reading.thing if mention.kind == "quantity" and bounds[2] == "" else ""
            measures[(bounds[2], counted)].append(reading)
    for _, readings in sorted(measures.items()):
        apart = [
            (one, other, likeness)
            for one, other in combinations(readings, 2)
            if story.is_independent(one.article, other.article)
            and not _meet(one, other)
            and (likeness := _tell_of_one(rarity, one, other))
            and not _is_dated_apart(one, other)
            and not _is_development(story, one, other)
            and not gives_both(readings, one, other, _is_same_amount)
        ]
        yield from _group(story, "amount", apart)


def find_date_conflicts(story: Story) -> Iterator[dict]:
    """Yield `date`: origins date one event to days that cannot be the same.

    An event is the same where its act and what it befell are. A date of which only month and day are known is compared
    with its like; one that could not be resolved is not compared.
    """
    dates = story.mentions[story.mentions["kind"] == "date"].drop_duplicates(["article_id", "start", "end"])
    rarity = story.rarity_in_sentences
    events: dict[str, list[Reading]] = defaultdict(list)
    for mention in dates.itertuples():
        for days in _find_days(mention):
            reading = _read(story, mention, *days)
            if not story.is_title(story.claim[mention.claim_id]):
                reading = reading._replace(thing=_find_theme(story, mention))
                for act, thing in [(reading.acts, reading.thing), *_find_further_acts(story, mention)]:
                    events[" ".join(sorted(act))].append(reading._replace(acts=act, thing=thing))
    events.pop("", None)
    for _, readings in sorted(events.items()):
        apart = [
            (one, other, likeness)
            for one, other in combinations(readings, 2)
            if story.is_independent(one.article, other.article)
            and not _share_days(one, other)
            and (likeness := _date_one_event(rarity, one, other))
            and not gives_both(readings, one, other, lambda date, _, pair=(one, other): _covers(date, *pair))
        ]
        yield from _group(story, "date", apart)


def _covers(date: Reading, one: Reading, other: Reading) -> bool:
    """Say whether a date is of the thing that two others are of, and can be either."""
    return date.thing == one.thing and _share_days(date, one) and _share_days(date, other)


def compare_amounts(story: Story, asked: str) -> Iterator[tuple[object, bool]]:
    """Yield the amounts of other articles that answer those of the short article `asked`, and whether they can be the same.

    Looser than a conflict between articles, because a statement that a reader types is about nothing else: most of its
    words must stand in the other's sentence, and the dates beside the two amounts must not be apart.
    """
    rarity = story.rarity_in_sentences
    readings: dict[str, list[Reading]] = defaultdict(list)
    for mention in story.mentions[story.mentions["kind"].isin(AMOUNTS)].itertuples():
        bounds = _bound(mention)
        if bounds is not None:
            readings[bounds[2]].append(_read(story, mention, *bounds[:2]))
    for _, measured in sorted(readings.items()):
        for one in [reading for reading in measured if reading.mention.article_id == asked]:
            wanted = _words_around(story, one) | ({one.thing} - {""})
            for other in measured:
                told = set(find_content(story.sentence_of(story.claim[other.mention.claim_id])))
                fits = rarity.contain(wanted, told) >= ANSWERS and one.parts == other.parts
                if other.article != asked and fits and not _is_dated_apart(one, other):
                    yield other.mention, _meet(one, other)


def _words_around(story: Story, reading: Reading) -> set[str]:
    """Give the words of content of a value's sentence without those of the values in it."""
    claim = story.claim[reading.mention.claim_id]
    values = story.mentions[(story.mentions["claim_id"] == claim.claim_id) & story.mentions["kind"].isin(VALUE_KINDS)]
    inside = {form for text in values["text"] for form in find_content(text)}
    return set(find_content(story.sentence_of(claim))) - inside


def _find_days(mention) -> Iterator[tuple[float, float]]:
    """Give the first and last day of a date as numbers; month and day without a year as days of some leap year."""
    if not pd.isna(mention.date_start) and not pd.isna(mention.date_end):
        yield float(mention.date_start.toordinal()), float(mention.date_end.toordinal())
    elif isinstance(mention.partial, str) and MONTH_AND_DAY.fullmatch(mention.partial):
        day = float(pd.Timestamp(f"2000-{mention.partial[5:]}").toordinal() - LEAP_YEAR)
        yield day, day


def _find_theme(story: Story, mention) -> str:
    doc, offset = story.doc_of(story.claim[mention.claim_id])
    theme = find_event(doc, int(mention.start) - offset, int(mention.end) - offset).theme
    return find_plain_form(theme) if theme else ""


def _find_further_acts(story: Story, mention) -> Iterator[tuple[frozenset[str], str]]:
    """Find what is told to have been done in the same breath, and to what: «raided a school, kidnapping 30 girls»."""
    doc, offset = story.doc_of(story.claim[mention.claim_id])
    start, end = int(mention.start) - offset, int(mention.end) - offset
    token = next((t for t in doc if t.idx < end and t.idx + len(t) > start and t.tag_ != "IN"), None)
    verb = _find_governor(token, token.i, token.i) if token is not None else None
    for clause in children(verb, "advcl", "xcomp") if verb is not None else []:
        if clause.tag_ == "VBG" and _as_act(clause):
            yield _as_act(clause), find_plain_form(find_theme(clause) or "-")


def _share_days(one: Reading, other: Reading) -> bool:
    if (one.low <= DAYS_OF_YEAR) != (other.low <= DAYS_OF_YEAR):
        return True  # one has no year
    return one.low <= other.high and other.low <= one.high


def _date_one_event(rarity: Rarity, one: Reading, other: Reading) -> float:
    """Say how surely two dates are of one event, by what it befell and what stands around; 0 where they are not."""
    shared = (one.around & other.around) - one.acts
    likeness = _find_likeness(rarity, one.around, other.around)
    themes = {one.thing, other.thing} - {""}
    if any(theme in one.around | {one.thing} and theme in other.around | {other.thing} for theme in themes):
        return max(likeness, SAME_SETTING)
    return likeness if likeness >= SAME_SETTING and len(shared) >= 2 else 0.0


def _bound(mention) -> tuple[float, float, str] | None:
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


def _read(story: Story, mention, low: float, high: float) -> Reading:
    claim = story.claim[mention.claim_id]
    doc, offset = story.doc_of(claim)
    start, end = int(mention.start) - offset, int(mention.end) - offset
    inside = [token for token in doc if token.idx < end and token.idx + len(token) > start]
    if not inside:
        return Reading(mention, low, high, "", *[frozenset()] * 3, (), frozenset(), frozenset(), "")
    first, last = inside[0].i, inside[-1].i
    head = _find_counted(doc, first, last) if mention.kind != "date" else None
    thing, own = _find_thing(doc, first, mention.unit, head)
    act = _find_governor(head if head is not None else inside[0], first, last)
    before, after = doc[max(0, first - REACH) : first].text, doc[last + 1 : last + 1 + REACH].text
    return Reading(
        mention, low, high, thing, _as_act(own), _as_act(act), _find_owner(act), _find_date(story, mention, claim),
        _find_parts(doc, first, head.i if head is not None else last), frozenset(find_content(f"{before} {after}")) - {thing},
        _find_dimension(doc, first, last), story.topics_of[mention.article_id],
        find_toll(thing, mention.unit, _as_act(own) or _as_act(act)),
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


def _as_act(verb: Token | None) -> frozenset[str]:
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


def _find_governor(token: Token, first: int, last: int) -> Token | None:
    inside = token
    for _ in range(8):
        if token.head == token:
            return None
        token = token.head
        if is_act(token) and not first <= token.i <= last:
            return find_nearer(inside, token)
    return None


def _meet(one: Reading, other: Reading) -> bool:
    """Say whether two values can be one: their bounds meet, give or take what rounding and converting leave."""
    slack = 0.0 if one.mention.kind == "date" else 0.001
    if one.mention.kind == "quantity" and in_base_unit(1.0, str(one.mention.unit))[1] in _measures():
        slack = ROUNDING if one.mention.unit == other.mention.unit else CONVERTING
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low <= high or (np.isfinite(low) and np.isfinite(high) and low - high <= slack * abs(low))


def _tell_of_one(rarity: Rarity, one: Reading, other: Reading) -> float:
    """Say how surely two values are of one event, measure and scope; 0 where they are not."""
    if one.toll and one.toll == other.toll and (likeness := _count_one_toll(rarity, one, other)):
        return likeness
    if not one.thing or (one.thing, one.parts, one.dimension) != (other.thing, other.parts, other.dimension):
        return 0.0
    shared = one.around & other.around
    likeness = _find_likeness(rarity, one.around, other.around)
    if not one.own ^ other.own and (_is_topic_of_both(one, other) or one.owner & other.owner):
        return max(likeness, SAME_SETTING)
    if one.own and other.own:
        return _tell_of_one_act(one, other, likeness)
    if one.thing == "person" and "population" in shared and len(shared) > 1:
        return SAME_SETTING
    if likeness >= CLOSE and len(shared) >= 3:
        return likeness
    acts = (one.own | one.acts) & (other.own | other.acts)
    return likeness if acts and len(shared - acts) >= 2 and likeness >= SAME_EVENT else 0.0


def _is_topic_of_both(one: Reading, other: Reading) -> bool:
    """Say whether two measures are of a thing that both articles speak of again and again."""
    return bool(one.dimension) and one.thing in one.topics and other.thing in other.topics


def _tell_of_one_act(one: Reading, other: Reading, likeness: float) -> float:
    """Say the same where an act is told of each thing itself: it is one act, or the clauses around are."""
    shared = one.around & other.around
    same = (
        bool(shared) if one.own & other.own else likeness >= SAME_CLAUSE and one.acts & other.acts and len(shared) > 2
    )
    return max(likeness, SAME_EVENT) if same else 0.0


def _find_likeness(rarity: Rarity, one: frozenset[str], other: frozenset[str]) -> float:
    """Find how much of the lighter of two sets of words the other has."""
    smaller = min(one, other, key=lambda forms: (rarity.weigh(forms), sorted(forms)))
    return rarity.contain(smaller, one & other)


def _count_one_toll(rarity: Rarity, one: Reading, other: Reading) -> float:
    """Say how surely two counts of the dead or the hurt are of one event, by what stands around; 0 where they are not."""
    if one.parts != other.parts or not count_one_group(one.thing, other.thing):
        return 0.0
    around = [reading.around - TOLL_WORDS - {reading.thing} for reading in (one, other)]
    likeness = _find_likeness(rarity, *around)
    return likeness if likeness >= SAME_SETTING and len(around[0] & around[1]) > 2 else 0.0


def _is_dated_apart(one: Reading, other: Reading) -> bool:
    """Say whether the dates beside two values are not one: days that do not meet, or words that share nothing."""
    if not one.date or not other.date:
        return False
    if not any(pd.isna(day) for day in (*one.date[:2], *other.date[:2])):
        return not (one.date[0] <= other.date[1] and other.date[0] <= one.date[1])
    return not one.date[2] & other.date[2] - lexicon_index("function_words").keys()


def _is_development(story: Story, one: Reading, other: Reading) -> bool:
    """Say whether a value only grew from one day of publication to a later one."""
    first, second = story.published[one.article], story.published[other.article]
    if pd.isna(first) or pd.isna(second) or first == second:
        return False
    early, late = (one, other) if first < second else (other, one)
    return late.low >= early.low


def _is_same_amount(held: Reading, value: Reading) -> bool:
    """Say whether an exact amount can be another one of the same thing, told of in the same act."""
    of_one_thing = value.dimension or (held.thing == value.thing and held.own == value.own)
    return bool(_is_exact(held) and _meet(held, value) and of_one_thing)


def _is_exact(reading: Reading) -> bool:
    return np.isfinite(reading.low) and np.isfinite(reading.high) and reading.high <= 1.25 * reading.low


def _group(story: Story, kind: str, apart: list[tuple[Reading, Reading, float]]) -> Iterator[dict]:
    """Make one finding of all that hangs together: a side for each value, every article on the side of its value."""
    group = join_pairs((one.place, other.place) for one, other, _ in apart)
    readings = {reading.place: reading for one, other, _ in apart for reading in (one, other)}
    sure: dict[tuple, float] = defaultdict(float)
    for one, _, likeness in apart:
        sure[group[one.place]] = max(sure[group[one.place]], likeness)
    for root in sorted(sure):
        members = [readings[place] for place in sorted(readings) if group[place] == root]
        finding = _make_conflict(story, kind, members, sure[root])
        if len({side["side"] for side in finding["sides"]}) > 1:
            yield finding


def _make_conflict(story: Story, kind: str, members: list[Reading], sure: float) -> dict:
    values: list[list[Reading]] = []
    for reading in sorted(members, key=lambda r: (-(r.low if np.isfinite(r.low) else r.high), r.place)):
        same = next((held for held in values if all(_meet(reading, r) for r in held)), None)
        (same.append(reading) if same is not None else values.append([reading]))
    sides, told, quoted = [], [], []
    for held in values:
        sides.append([story.show(story.claim[r.mention.claim_id], r.mention.text, r.place[1:]) for r in held])
        articles = {r.mention.article_id for r in held}
        several = len(articles) > 1
        named = story.name_outlets(articles)
        told.append(f"{named} {'say' if several else 'says'} {_cite(held)}")
        quoted.append(f"{named} {'say' if several else 'says'} “{_around(story, held[0].mention)}”")
    head = _name_subject(story, kind, members)
    explanation = (
        f"{head}: {'; '.join(told)}."
        if head
        else f"{'Two amounts' if kind == 'amount' else 'Two dates'} for one thing: {'; '.join(quoted)}."
    )
    confident = min(story.claim[r.mention.claim_id].confidence for r in members)
    return make_finding(
        story, kind, "major" if _is_grave(kind, values) else "minor", explanation,
        0.5 * sure + 0.5 * float(confident), sides, story.proposition_of.get(members[0].mention.claim_id),
    )  # fmt: skip


def _cite(held: list[Reading]) -> str:
    """Cite a value as written, with the day or month that it comes to where a date does not name its year."""
    mention = held[0].mention
    if mention.kind == "date" and not pd.isna(mention.date_start) and not re.search(r"\d{4}", mention.text):
        return f"{mention.text} ({_name_days(mention.date_start, mention.date_end)})"
    return mention.text


def _name_days(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if start == end:
        return f"{start.day} {start:%B %Y}"
    return f"{start:%B %Y}" if start.to_period("M") == end.to_period("M") else f"{start:%Y}"


def _name_subject(story: Story, kind: str, members: list[Reading]) -> str:
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


def _is_grave(kind: str, values: list[list[Reading]]) -> bool:
    """Say whether amounts differ by half or more, or dates by more than a month: less is a matter of detail."""
    ends = [reading.low if np.isfinite(reading.low) else reading.high for held in values for reading in held]
    if kind == "date":
        return max(ends) - min(ends) > 31
    return max(ends) >= 1.5 * min(ends) if min(ends) > 0 else True


def _around(story: Story, mention, words: int = 6) -> str:
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
