"""Where two sources give one thing another amount: counts, money, shares, measures and how long something lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.disagreements.facing import Faced, face
from helpers.disagreements.measured import AMOUNTS, Reading, are_dated_apart, bound_amount, can_be_one, read_value
from helpers.disagreements.tolls import count_one_group
from helpers.disagreements.values_told import tell_values
from helpers.disagreements.view import Story
from helpers.language.content import find_content, find_plain_form
from helpers.language.lexicons import lexicon_index
from helpers.language.meaning import measure_likeness
from helpers.language.sentences import find_words

LIKELY = 0.35  # how surely two amounts must be of one thing to be set against each other
LIKELY_IN_ONE = 0.8  # the same between the title of an article and its text
SAME_NOUN = 0.75  # likeness of two counted nouns from which they count one thing
KIN_NOUN = 0.7  # what it counts that one is a role of people and the other says that they are people
UNNAMED = 0.6  # what it counts where nothing says that two amounts are of other things
EQUAL = 0.25  # what it counts for two amounts to be one that they are equal
FARTHEST = 1.67  # ratio beyond which two amounts are of two things rather than told differently
NEAREST = 1.1  # ratio within which what is rounded or bounded tells nothing else
VAGUE = 1.6  # ratio of the bounds of an amount that is too vague to be contradicted: «dozens»
COPIED = 0.9  # share of the words of two sentences from which one is a copy of the other
FAR_LIKELY = 0.55  # how surely two sums must be of one thing to differ by any ratio
LEAD = 2  # sentences of a text that tell what it is about
DEFINITE = frozenset(["including", "the", "these", "those", "both", "his", "her", "their", "its"])
MANY = 10  # a count from which «the 12 dead» tells a number
ADDED = frozenset(["only", "just"])  # words before a count that leave it the whole


class Site(NamedTuple):
    """An amount where it stands: its reading, the words of its sentence, and whether title or lead tell it."""

    reading: Reading
    kind: str
    unit: str
    words: frozenset[str]
    is_title: bool
    is_lead: bool
    names: frozenset[str]
    years: frozenset[int]  # told beside it, other than the story's own
    is_joined: bool  # to the noun behind it: «the 272-seat majority»

    @property
    def fact(self) -> tuple:
        """What an article may tell at several places: the amount and the thing."""
        r = self.reading
        return r.article, self.unit, round(r.low, 3), round(r.high, 3), r.toll or r.thing


def find_amount_conflicts(story: Story) -> Iterator[dict]:
    """Yield `amount`: two origins give one thing amounts that differ, or an article's title and its text do.

    Between two articles each amount is set against the one that is most surely of the same thing, equal ones first, so that
    what both tell alike contradicts nothing else. A count that grows from one day of publication to a later one is a
    development; a share of a whole, a further helping and an amount of another time are other amounts.
    """
    sites = _read_sites(story)
    told = {(site.reading.article, site.kind, site.unit, site.reading.value) for site in sites}
    lead = {site.reading.place for site in sites if site.is_title or site.is_lead}
    apart, alike = [], []
    for faced in face(_pair(story, sites), LIKELY):
        one, other = sites[faced.one], sites[faced.other]
        if faced.equal and not _is_vague(one) and not _is_vague(other):
            alike.append((one.reading, other.reading))
        elif (
            not faced.equal
            and _is_near(one, other, faced.score)
            and not _tells_both(one, other, told)
            and not _is_development(story, one, other)
        ):
            apart.append((one.reading, other.reading, faced.score))
    yield from tell_values(story, "amount", apart, lambda values: _is_grave(values, lead), alike)


def _read_sites(story: Story) -> list[Site]:
    mentions = story.told_mentions[story.told_mentions["kind"].isin(AMOUNTS)]
    mentions = mentions.drop_duplicates(["article_id", "start", "end", "kind"])
    leads = {article: _find_lead(claims) for article, claims in story.claims_of.items()}
    return [site for mention in mentions.itertuples() if (site := _read_site(story, mention, leads)) is not None]


def _find_lead(claims: list) -> int:
    """Find where the lead of an article ends: behind the first sentences that make claims, the title aside."""
    ends = sorted({int(claim.sentence_end) for claim in claims})
    return ends[min(LEAD, len(ends) - 1)] if ends else 0


def _read_site(story: Story, mention, leads: dict[str, int]) -> Site | None:
    bounds = bound_amount(mention)
    claim = story.claim[mention.claim_id]
    sentence, offset = story.sentence_of(claim), int(claim.sentence_start)
    if bounds is None or _is_known_group(mention, sentence[: int(mention.start) - offset]):
        return None
    low, high, unit = bounds
    around = f"{sentence[: int(mention.start) - offset]} {sentence[int(mention.end) - offset :]}"
    reading = read_value(story, mention, low, high)._replace(value=_find_value(mention, low, high))
    reading = reading._replace(thing=_find_measured(mention) or reading.thing)
    return Site(
        reading, mention.kind, unit, frozenset(find_content(around)),
        story.is_title(claim), int(claim.sentence_end) <= leads[claim.article_id], _find_places(story, claim), _find_years(story, claim),
        "-" in f"{mention.text}{sentence[int(mention.end) - offset :][:1]}",
    )  # fmt: skip


def _is_known_group(mention, before: str) -> bool:
    """Say whether a small count only names again whom the reader knows: «the two gunmen»."""
    words = find_words(before)
    last = before[slice(*words[-1])].casefold() if words else ""
    return last in DEFINITE and mention.kind == "quantity" and not pd.isna(mention.value) and mention.value < MANY


def _find_measured(mention) -> str:
    """Find what an amount measures where its row says it as a noun: «average teacher salary»."""
    measures = mention.measures if isinstance(mention.measures, str) else ""
    words = find_words(measures)
    if not words or " by " in measures:
        return ""
    return find_plain_form(measures[slice(*words[-1])])


def _find_value(mention, low: float, high: float) -> float:
    """Find the amount that the words name: the middle of what they leave open, or the bound that they give."""
    if np.isfinite(low) and np.isfinite(high):
        named = float(mention.value) if not pd.isna(mention.value) else np.nan
        value = named * high / float(mention.high) if float(mention.high or 0) else named
        return value if low <= value <= high else (low + high) / 2
    return low if np.isfinite(low) else high


def _find_places(story: Story, claim) -> frozenset[str]:
    """Find the places that a sentence names."""
    return frozenset(
        str(place.entity_name).casefold() for place in story.places_of.get(claim.article_id, ())
        if claim.sentence_start <= place.start < claim.sentence_end
    )  # fmt: skip


def _find_years(story: Story, claim) -> frozenset[int]:
    """Find the years that a sentence tells of, other than that of its article; «that winter» is of the year told last."""
    published = story.published[claim.article_id]
    dates = sorted(story.dates_of.get(claim.article_id, ()), key=lambda date: date.start)
    own = [date for date in dates if claim.sentence_start <= date.start < claim.sentence_end]
    if any(date.text.casefold().startswith("that ") and pd.isna(date.date_start) for date in own):
        own += [date for date in dates if date.start < claim.sentence_start and _names_year(date)][-1:]
    years = {year for date in own if _names_year(date) for year in (date.date_start.year, date.date_end.year)}
    return frozenset() if not pd.isna(published) and published.year in years else frozenset(years)


def _names_year(date) -> bool:
    return not pd.isna(date.date_start) and str(date.date_start.year) in date.text


def _pair(story: Story, sites: list[Site]) -> Iterator[Faced]:
    """Pair the amounts of one unit that may be of one thing, each pair with how surely it is."""
    by_unit: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, site in enumerate(sites):
        by_unit[(site.kind, site.unit)].append(number)
    for _, numbers in sorted(by_unit.items()):
        for i, j in combinations(numbers, 2):
            one, other = sites[i], sites[j]
            within = one.reading.article == other.reading.article
            if within and one.is_title == other.is_title:
                continue
            if not within and not _is_told_apart(story, one, other):
                continue
            counted = _count_one_thing(one, other)
            if not counted or _are_of_other_years(one, other) or are_dated_apart(one.reading, other.reading):
                continue
            if one.names and other.names and not one.names & other.names:
                continue
            score = _tell_of_one(story, one, other, counted)
            if not within or score >= LIKELY_IN_ONE:
                yield Faced(i, j, one.fact, other.fact, score, not _differ(one, other), EQUAL)


def _are_of_other_years(one: Site, other: Site) -> bool:
    """Say whether the sentences of two amounts tell of years that are not the same."""
    return bool(one.years or other.years) and not one.years & other.years


def _is_told_apart(story: Story, one: Site, other: Site) -> bool:
    """Say whether two amounts are told by two origins, or a copy changed one in a sentence that is otherwise the same."""
    if story.is_independent(one.reading.article, other.reading.article):
        return True
    return _is_copied(one, other) and not can_be_one(one.reading, other.reading)


def _is_copied(one: Site, other: Site) -> bool:
    """Say whether two sentences are one but for their amounts."""
    shared, either = len(one.words & other.words), len(one.words | other.words)
    return shared >= COPIED * either > 0


def _count_one_thing(one: Site, other: Site) -> float:
    """Say how surely two amounts count one thing by what they say that they count, in [0, 1]."""
    a, b = one.reading, other.reading
    if one.is_joined != other.is_joined and not one.unit:
        return 0.0
    if a.dimension != b.dimension or bool(a.parts - ADDED) != bool(b.parts - ADDED):
        return 0.0
    if (a.toll or b.toll) and one.kind == "quantity":
        return float(a.toll == b.toll and count_one_group(a.thing, b.thing))
    if not a.thing or not b.thing:
        return UNNAMED if one.unit else 0.0
    likeness = measure_likeness(a.thing, b.thing)
    if likeness >= SAME_NOUN:
        return likeness
    if one.unit:
        return UNNAMED if (a.own | a.acts) & (b.own | b.acts) else 0.0
    people, roles = lexicon_index("counted_people"), lexicon_index("people_by_role")
    general = (a.thing in people or b.thing in people) and count_one_group(a.thing, b.thing)
    return KIN_NOUN if general and (a.thing in roles or b.thing in roles) else 0.0


def _tell_of_one(story: Story, one: Site, other: Site, counted: float) -> float:
    """Say how surely two amounts are of one thing: by the words of their sentences, the act, and what is counted."""
    weigh = story.rarity_in_sentences.weigh
    shared, sizes = weigh(one.words & other.words), (weigh(one.words), weigh(other.words))
    if not min(sizes):
        return 0.0
    a, b = one.reading, other.reading
    acts = bool((a.own | a.acts) & (b.own | b.acts))
    beside = 0.5 * shared / np.sqrt(sizes[0] * sizes[1]) + 0.25 * shared / min(sizes)
    return float(round(beside + 0.1 * acts + 0.15 * counted + 0.15 * (a.thing == b.thing), 6))


def _differ(one: Site, other: Site) -> bool:
    """Say whether two amounts of one thing contradict each other: exact ones by any difference, others by a tenth."""
    if _is_vague(one) or _is_vague(other):
        return False
    if not can_be_one(one.reading, other.reading):
        return True
    ratio = _find_ratio(one, other)
    bounded = [site for site in (one, other) if not site.reading.is_closed]
    if not bounded:
        rounded = any(site.reading.low < site.reading.high for site in (one, other))
        return rounded and ratio >= NEAREST
    alike = len(bounded) == 2 and np.isfinite(one.reading.low) == np.isfinite(other.reading.low)
    return (alike or bool(one.reading.toll)) and ratio >= NEAREST


def _tells_both(one: Site, other: Site, told: set[tuple]) -> bool:
    """Say whether the article of either amount has the other too, of whatever: then each may be of something else."""
    a, b = one.reading, other.reading
    if a.article == b.article:
        return False
    return (a.article, other.kind, other.unit, b.value) in told or (b.article, one.kind, one.unit, a.value) in told


def _is_vague(site: Site) -> bool:
    """Say whether an amount leaves so much open that nothing contradicts it."""
    return site.reading.is_closed and site.reading.high > VAGUE * max(site.reading.low, 1e-9)


def _find_ratio(one: Site, other: Site) -> float:
    values = sorted((abs(one.reading.value), abs(other.reading.value)))
    return values[1] / max(values[0], 1e-9)


def _is_near(one: Site, other: Site, score: float) -> bool:
    """Say whether two amounts are near enough to be of one thing: sums of one named thing may lie far apart."""
    named = one.kind == "money" and one.reading.thing == other.reading.thing != ""
    return _find_ratio(one, other) <= FARTHEST or (named and score >= FAR_LIKELY) or _is_copied(one, other)


def _is_development(story: Story, one: Site, other: Site) -> bool:
    """Say whether an amount only grew from one day of publication to a later one."""
    first, second = story.published[one.reading.article], story.published[other.reading.article]
    if pd.isna(first) or pd.isna(second) or first == second:
        return False
    early, late = (one, other) if first < second else (other, one)
    return late.reading.value >= early.reading.value


def _is_grave(values: list[list[Reading]], lead: set[tuple]) -> bool:
    """Say whether amounts are what the story is about: a toll, or told in a title or a lead."""
    return any(reading.toll or reading.place in lead for held in values for reading in held)
