"""Where two sources date one event to days that cannot be the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.alignment.compare import Pair, cover, measure
from helpers.alignment.statements import Value
from helpers.disagreements.events import find_event, find_theme
from helpers.disagreements.measured import Reading, as_act, find_governor, find_likeness, read_value
from helpers.disagreements.undecided import gives_both
from helpers.disagreements.values_told import tell_values
from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import Rarity, find_plain_form
from helpers.language.syntax import children

MONTH_AND_DAY = re.compile(r"XXXX-\d\d-\d\d")
LEAP_YEAR = pd.Timestamp("1999-12-31").toordinal()
DAYS_OF_YEAR = 366
SAME_ACT = 0.7  # likeness of two verbs from which they tell one act, and of who did it
COVERED = 0.6  # share of the words of either statement that the other must have for both to be one
NEARLY_ALL = 0.8  # the same where act and subject are not read alike
SAME_EVENT = 0.3  # the same where act and thing are the same
SAME_SETTING = 0.5  # share of the rarer words around one value that stand around the other


def find_date_conflicts(story: Story) -> Iterator[dict]:
    """Yield `date`: origins date one event to days that cannot be the same.

    An event is the same where its act and what it befell are. A date of which only month and day are known is compared
    with its like; one that could not be resolved is not compared.
    """
    found = list(_find_of_events(story))
    yield from found
    taken = {(side["article_id"], side["start"]) for finding in found for side in finding["sides"]}
    yield from _find_in_statements(story, taken)


def _find_of_events(story: Story) -> Iterator[dict]:
    """Find dates of one event, by the act and what it befell."""
    dates = story.mentions[story.mentions["kind"] == "date"].drop_duplicates(["article_id", "start", "end"])
    rarity = story.rarity_in_sentences
    events: dict[str, list[Reading]] = defaultdict(list)
    for mention in dates.itertuples():
        for days in () if _is_attributive(story, mention) else _find_days(mention):
            reading = read_value(story, mention, *days)
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
            and not _tells_both(story, one, other)
            and (likeness := _date_one_event(rarity, one, other))
            and not gives_both(readings, one, other, lambda date, _, pair=(one, other): _covers(date, *pair))
        ]
        yield from tell_values(story, "date", apart, _is_grave)


def _find_in_statements(story: Story, taken: set[tuple]) -> Iterator[dict]:
    """Find two statements that are one but for the date, whether or not its year is known, where the date is not taken yet."""
    seen = set(taken)
    for pair in story.pairs:
        dates = [[value for value in statement.values if value.kind == "date"] for statement in (pair.a, pair.b)]
        if not (len(dates[0]) == len(dates[1]) == 1) or not _is_one_statement(pair):
            continue
        one, other = dates[0][0], dates[1][0]
        places = [(s.claim.article_id, v.start) for s, v in ((pair.a, one), (pair.b, other))]
        if are_apart(one, other) and not seen & set(places):
            seen |= set(places)
            yield _make_of_statements(story, pair, one, other)


def _is_one_statement(pair: Pair) -> bool:
    covered = [cover(s.words, answers) for s, answers in zip((pair.a, pair.b), pair.answers, strict=True)]
    measured = measure(pair)
    roles = measured["act"] >= SAME_ACT and measured["subject"] >= SAME_ACT and not measured["names_apart"]
    return min(covered) >= COVERED and pair.a.is_no == pair.b.is_no and (roles or min(covered) >= NEARLY_ALL)


def are_apart(one: Value, other: Value) -> bool:
    """Say whether two dates cannot be one: days that do not meet, or what is known of them is of one form and differs."""
    if not np.isnan(one.low) and not np.isnan(other.low):
        return not (one.low <= other.high and other.low <= one.high)
    known = one.partial, other.partial
    return all(known) and known[0] != known[1] and known[0][:6] == known[1][:6]


def _make_of_statements(story: Story, pair: Pair, one: Value, other: Value) -> dict:
    sides, told = [], []
    for statement, value in ((pair.a, one), (pair.b, other)):
        words = story.texts[statement.claim.article_id][value.start : value.end]
        sides.append([story.show(statement.claim, words, (value.start, value.end))])
        told.append(f"{story.names[statement.claim.article_id]} says {cite(statement.claim.text)}")
    return make_finding(story, "date", "major", f"Two dates for one thing: {'; '.join(told)}.", 0.65, sides)


def _tells_both(story: Story, one: Reading, other: Reading) -> bool:
    """Say whether the article of either date has the other date too, of whatever: then each may be of something else."""
    for held, asked in ((one, other), (other, one)):
        for date in story.dates_of.get(held.article, ()):
            if (
                any(low <= asked.high and asked.low <= high for low, high in _find_days(date))
                and date.start != held.mention.start
            ):
                return True
    return "ago" in one.mention.text.split() or "ago" in other.mention.text.split()


def _is_attributive(story: Story, mention) -> bool:
    """Say whether a date stands before the noun that it belongs to: «the duke's 2003 garden show» dates the show alone."""
    doc, offset = story.doc_of(story.claim[mention.claim_id])
    last = next((t for t in reversed(list(doc)) if t.idx < int(mention.end) - offset), None)
    return last is not None and last.head.i > last.i and last.head.tag_.startswith("NN")


def _covers(date: Reading, one: Reading, other: Reading) -> bool:
    """Say whether a date is of the thing that two others are of, and can be either."""
    return date.thing == one.thing and _share_days(date, one) and _share_days(date, other)


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
    verb = find_governor(token, token.i, token.i) if token is not None else None
    for clause in children(verb, "advcl", "xcomp") if verb is not None else []:
        if clause.tag_ == "VBG" and as_act(clause):
            yield as_act(clause), find_plain_form(find_theme(clause) or "-")


def _share_days(one: Reading, other: Reading) -> bool:
    if (one.low <= DAYS_OF_YEAR) != (other.low <= DAYS_OF_YEAR):
        return True  # one has no year
    return one.low <= other.high and other.low <= one.high


def _date_one_event(rarity: Rarity, one: Reading, other: Reading) -> float:
    """Say how surely two dates are of one event, by what it befell and what stands around; 0 where they are not."""
    likeness = find_likeness(rarity, one.around, other.around)
    themes = {one.thing, other.thing} - {""}
    shared = (one.around & other.around) - one.acts - themes
    if any(theme in one.around | {one.thing} and theme in other.around | {other.thing} for theme in themes):
        return max(likeness, SAME_SETTING) if likeness >= SAME_EVENT and shared else 0.0
    return likeness if likeness >= SAME_SETTING and len(shared) >= 2 else 0.0


def _is_grave(values: list[list[Reading]]) -> bool:
    """Say whether dates differ by more than a month: less is a matter of detail."""
    days = [reading.low for held in values for reading in held]
    return max(days) - min(days) > 31
