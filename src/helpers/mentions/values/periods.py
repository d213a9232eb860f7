"""The days of weeks, months, seasons and years, and of the periods before and after them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from helpers.language.lexicons import lexicon_index

WEDNESDAY = 2


class Anchor(NamedTuple):
    """The days on which a text may have been published: one day, or all days of a month or a year."""

    first: date
    last: date


def month_days(year: int, month: int) -> tuple[date, date]:
    """Give the first and the last day of a month; months past either end of the year carry over."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(year: int) -> tuple[date, date]:
    """Give the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def years_days(first: int, count: int) -> tuple[date, date]:
    """Give the first and the last day of `count` years."""
    return date(first, 1, 1), date(first + count - 1, 12, 31)


def shift_period(day: date, unit: str, shift: int, season: str = "") -> tuple[date, date]:
    """Give the day, week, month, quarter, year, decade or season that lies `shift` of them after the one `day` is in."""
    if unit == "day":
        return (day + timedelta(days=shift),) * 2
    if unit == "week":
        monday = day + timedelta(days=7 * shift - day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        return _shift_weekend(day, shift)
    if unit == "month":
        return month_days(day.year, day.month + shift)
    if unit == "quarter":
        first = 3 * ((day.month - 1) // 3 + shift) + 1
        return month_days(day.year, first)[0], month_days(day.year, first + 2)[1]
    if unit == "season":
        return _shift_season(day, season, shift)
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    return years_days(day.year - day.year % size + size * shift, size)


def _shift_weekend(day: date, shift: int) -> tuple[date, date]:
    """Give the weekend meant; until Wednesday, "this weekend" may be the one just over or the one to come."""
    saturday = day + timedelta(days=7 * shift + 5 - day.weekday())
    is_either = shift == 0 and day.weekday() <= WEDNESDAY
    return saturday - timedelta(days=7 * is_either), saturday + timedelta(days=1)


def _shift_season(day: date, season: str, shift: int) -> tuple[date, date]:
    spans = [season_days(year, season) for year in range(day.year - 2, day.year + 3)]
    if shift < 0:
        return [span for span in spans if span[1] < day][-1]
    if shift > 0:
        return next(span for span in spans if span[0] > day)
    return next((span for span in spans if span[0] <= day <= span[1]), season_days(day.year, season))


def season_days(year: int, season: str) -> tuple[date, date]:
    """Give the days of a season of the northern half of the earth; a winter is that which begins in `year`."""
    row = lexicon_index("seasons")[season]
    first, last = int(row["first_month"]), int(row["last_month"])
    return month_days(year, first)[0], month_days(year + (last < first), last)[1]


def part_of(start: date, end: date, part: str) -> tuple[date, date]:
    """Give the early, middle or late third of an interval of days, or its first, second, third or fourth share."""
    days = (end - start).days + 1
    thirds = {"early": (0, 1 / 3), "mid": (1 / 3, 2 / 3), "late": (2 / 3, 1)}
    low, high = thirds[part]
    return start + timedelta(days=round(days * low)), start + timedelta(days=round(days * high) - 1)
