"""Dates of publication, as metadata and stamps write them: a day, a month or a year, or the reason why none is known."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from helpers.language.lexicons import lexicon_index

# Years outside of which a date of publication is a slip: there is no clock in the analysis to compare with.
FIRST_YEAR, LAST_YEAR = 1600, 2049
ISO = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d\d?)(?:[-/](?P<day>\d\d?)(?:[T /].*)?)?)?/*$")
COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?:(?P<day>\d\d)(?:T?\d{4,6}Z?)?)?$")
EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3})?(?:\.\d+)?$")
SLASHED = re.compile(r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})(?:[ ,].*)?$")
WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? )?(?P<month>[A-Za-z]{3,9})\.? "
    r"(?:(?P<late_day>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>\d{4})\b"
)


class Published(NamedTuple):
    """A date of publication: an ISO date cut to what is known, how exact it is, or why it is unknown."""

    date: str | None
    precision: str | None
    why: str | None = None


def read_published(value: object, day_first: bool | None = None) -> Published:
    """Read a date as metadata, exports, feeds and people write it; an ambiguous or impossible one is unknown.

    A day is the one that is written, in the writer's time zone. `04/03/2024` is a day in two calendars, and so none
    unless `day_first` says which; full stops stand between numbers only where the day comes first.
    """
    text = re.sub(r"\s+", " ", str(value)).strip()
    unknown = Published(None, None, f"date of publication unknown: {text[:40]!r} is not a possible date")
    parts = _read_parts(text, day_first)
    if parts is None:
        return unknown
    if parts == "ambiguous":
        return Published(None, None, f"date of publication unknown: {text[:40]!r} can be read as two days")
    year, month, day = parts
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return unknown
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return unknown
    if day:
        return Published(f"{year:04}-{month:02}-{day:02}", "day")
    return Published(f"{year:04}-{month:02}", "month") if month else Published(f"{year:04}", "year")


def _read_parts(text: str, day_first: bool | None) -> tuple[int, int, int] | str | None:
    """Read year, month and day (0 where not given); "ambiguous" where day and month could change places."""
    for pattern in (ISO, COMPACT):
        found = pattern.match(text)
        if found:
            return int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    if EPOCH.match(text):
        moment = datetime.datetime.fromtimestamp(int(EPOCH.match(text)["seconds"]), datetime.UTC)
        return moment.year, moment.month, moment.day
    slashed = SLASHED.match(text)
    if slashed:
        day_first = True if "." in slashed.group()[:3] else day_first
        return _order_numbers(int(slashed["first"]), int(slashed["second"]), int(slashed["year"]), day_first)
    written = WRITTEN.search(text)
    month = _find_month(written["month"]) if written else 0
    if month:
        return int(written["year"]), month, int(written["day"] or written["late_day"] or 0)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return moment.year, moment.month, moment.day


def tell_order(text: str) -> bool | None:
    """Say whether a date in numbers sets the day before the month; None where it can be read both ways, or is none."""
    found = SLASHED.match(text.strip())
    first, second = (int(found["first"]), int(found["second"])) if found else (0, 0)
    return first > 12 if (first > 12) != (second > 12) else None


def _order_numbers(first: int, second: int, year: int, day_first: bool | None) -> tuple[int, int, int] | str | None:
    if day_first is not None and first <= 12 and second <= 12:
        return (year, second, first) if day_first else (year, first, second)
    if first == second or (first > 12) != (second > 12):
        return (year, second, first) if first > 12 or first == second else (year, first, second)
    return "ambiguous" if first <= 12 else None


def _find_month(word: str) -> int:
    row = lexicon_index("months").get(word.casefold())
    return int(row["month"]) if row else 0
