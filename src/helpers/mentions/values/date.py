"""Dates, those told by another date and by "ago" among them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import timedelta

from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_sentences
from helpers.mentions.values.amounts import Amount
from helpers.mentions.values.date_grammar import YEAR_INFERRED, Dated, count_back, date_starters, read_date, shift_from
from helpers.mentions.values.numerals import Tokens
from helpers.mentions.values.periods import Anchor, season_days
from helpers.mentions.values.registry import ValueKind


def _settle(tokens: Tokens, found: list[Dated | Amount], anchor: Anchor | None) -> list[Dated | Amount]:
    return _refer_back(tokens, _join_weekday(tokens, [_count_ago(tokens, item, anchor) for item in found]))


def _count_ago(tokens: Tokens, item: Dated | Amount, anchor: Anchor | None) -> Dated | Amount:
    """Turn a length of time that ends in "ago" into a date."""
    if not isinstance(item, Amount) or item.period is None or tokens.word(item.last) != "ago":
        return item
    ago = Dated(item.first, item.last + 1, core=item.core)
    if anchor is None:
        return replace(ago, why="publication date unknown")
    days = count_back(anchor, *item.period)
    if days is None:
        return replace(ago, why="longer ago than the calendar goes")
    return replace(ago, start=days[0], end=days[1], why="counted back from the publication date")


def _join_weekday(tokens: Tokens, found: list[Dated | Amount]) -> list[Dated | Amount]:
    """Read "a week ago on Monday" as the Monday of that week."""
    joined: list[Dated | Amount] = []
    for item in found:
        before = joined[-1] if joined else None
        if isinstance(item, Dated) and isinstance(before, Dated) and _is_day_of_week(tokens, before, item):
            weekday = int(lexicon_index("weekdays")[tokens.word(item.core)]["weekday"])
            day = before.start and before.start + timedelta(days=weekday - before.start.isoweekday())
            item = replace(before, last=item.last, start=day, end=day)
            joined.pop()
        joined.append(item)
    return joined


def _is_day_of_week(tokens: Tokens, ago: Dated, day: Dated) -> bool:
    """Tell whether a weekday stands behind a week that is counted back."""
    is_weekday = day.core is not None and tokens.word(day.core) in lexicon_index("weekdays")
    between = tokens.words[ago.last : day.first]
    is_week = tokens.word(ago.last - 1) == "ago" and tokens.word(ago.last - 2) in {"week", "weeks", "fortnight"}
    return is_week and is_weekday and between in ([], ["on"])


def _refer_back(tokens: Tokens, found: list[Dated | Amount]) -> list[Dated | Amount]:
    """Resolve "the same year" and "two years earlier" against a date told before, where there is no doubt which."""
    settled: list[Dated | Amount] = []
    for item in found:
        if isinstance(item, Dated) and item.shift is not None:
            item = _resolve(tokens, item, settled)
        elif (
            isinstance(item, Dated)
            and item.is_resolved
            and item.why == YEAR_INFERRED
            and _is_of_another_year(tokens, item, settled)
        ):
            item = replace(item, start=None, end=None, why="no year given, and its sentence speaks of another year")
        elif isinstance(item, Amount) and item.period and tokens.word(item.last) in {"later", "earlier"}:
            item = _count_from(tokens, item, settled)
        if item is not None:
            settled.append(item)
    return settled


def _resolve(tokens: Tokens, item: Dated, settled: list[Dated | Amount]) -> Dated | None:
    told = _find_told(tokens, item.first, settled)
    unit, shift = item.shift
    if unit in lexicon_index("seasons"):
        return _resolve_season(tokens, item, told, unit)
    days = shift_from(told, unit, shift) if told else None
    if days is None:
        return None if unit == "same" else item
    if unit == "same" and tokens.word(item.first) == "by":
        days = (None, days[1])
    written = tokens.text[tokens.starts[told.first] : tokens.ends[told.last - 1]]
    return replace(item, start=days[0], end=days[1], why=f"refers to “{written}”")


def _resolve_season(tokens: Tokens, item: Dated, told: Dated | None, season: str) -> Dated:
    """Resolve "that winter" to the one of the year told before; a winter may have begun in the year before."""
    if told is None or told.start is None or told.end is None or told.start.year != told.end.year:
        return item
    year = told.start.year
    start, end = season_days(year, season)
    start = season_days(year - 1, season)[0] if end.year > year else start
    written = tokens.text[tokens.starts[told.first] : tokens.ends[told.last - 1]]
    return replace(item, start=start, end=end, why=f"refers to “{written}”")


def _count_from(tokens: Tokens, item: Amount, settled: list[Dated | Amount]) -> Dated | Amount:
    """Turn "two years earlier" into a date where a date told before it is certain; it stays a duration where not."""
    told = _find_told(tokens, item.first, settled)
    unit, low, high = item.period
    if (
        told is None
        or low != high
        or low is None
        or low % 1
        or unit in {"hour", "minute", "second", "fortnight", "night"}
    ):
        return item
    days = shift_from(told, unit, int(low) * (1 if tokens.word(item.last) == "later" else -1))
    if days is None:
        return item
    written = tokens.text[tokens.starts[told.first] : tokens.ends[told.last - 1]]
    return Dated(item.first, item.last + 1, *days, core=item.core, why=f"counted from “{written}”")


def _find_told(tokens: Tokens, i: int, settled: list[Dated | Amount]) -> Dated | None:
    """Find the date that words at token i refer to: the last in the sentence, or the only one in the sentence before."""
    dates = [item for item in settled if isinstance(item, Dated)]
    here, before = _sentence_starts(tokens, i)
    same = [item for item in dates if item.first >= here]
    if same:
        return same[-1] if same[-1].is_resolved else None
    previous = [item for item in dates if before <= item.first < here]
    return previous[0] if len(previous) == 1 and previous[0].is_resolved else None


def _sentence_starts(tokens: Tokens, i: int) -> tuple[int, int]:
    """Give the tokens at which the sentence of token i begins, and the sentence before it in the same paragraph."""
    spans = find_sentences(tokens.text)
    k = bisect_right(spans, tokens.starts[i], key=lambda span: span.start) - 1
    here = spans[k].start if k >= 0 else 0
    is_paragraph = k > 0 and "\n" not in tokens.text[spans[k - 1].end : here]
    return tokens.at(here), tokens.at(spans[k - 1].start if is_paragraph else here)


def _is_of_another_year(tokens: Tokens, item: Dated, settled: list[Dated | Amount]) -> bool:
    """Tell whether the sentence of a day without a year names another year before it, which may be the day's own."""
    here = None
    for told in reversed(settled):
        if not isinstance(told, Dated) or told.why is not None or not told.is_resolved:
            continue
        here = _sentence_starts(tokens, item.first)[0] if here is None else here
        if told.first < here:
            return False
        years = {day.year for day in (told.start, told.end) if day is not None}
        if years != {(item.end or item.start).year}:
            return True
    return False


KIND = ValueKind(name="date", turn=0, starters=date_starters, read=read_date, settle=_settle)
