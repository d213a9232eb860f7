"""Dates and quantities of running text as bounded values, each at its place: a span grammar of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_sentences
from helpers.mentions.values.amounts import Amount, read_amount, read_period
from helpers.mentions.values.currencies import name_currencies
from helpers.mentions.values.dates import (
    YEAR_INFERRED,
    Anchor,
    Dated,
    count_back,
    date_starters,
    make_anchor,
    read_date,
    shift_from,
)
from helpers.mentions.values.numerals import Tokens, number_starters
from helpers.mentions.values.shares import read_share, share_starters

# Addresses of the web and handles hold digits that count nothing.
ADDRESS = re.compile(r"(?:https?://|www\.|pic\.)\S+|\S+@\S+|[@#]\w+|\S+\.(?:com|org|net|co)\b\S*")


class Value(NamedTuple):
    """A date or an amount at [start, end) of a text; `core_start, core_end` is the part that may not be cut off.

    `kind` is money, quantity, percent, duration or date. `value`, `low` and `high` are in `unit` (ISO 4217 code,
    percent, day, or what is counted); None is unknown or open. A date is the days from `date_start` to `date_end`.
    """

    start: int
    end: int
    kind: str
    value: float | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    date_start: date | None = None
    date_end: date | None = None
    scope: str | None = None
    partial: str | None = None
    why: str | None = None
    core_start: int = 0
    core_end: int = 0


def find_values(text: str, published: object = None, precision: str | None = None) -> list[Value]:
    """Find the dates and amounts of a text in reading order; none overlaps another.

    Relative dates ("last month", "on Tuesday", a day without its year) are resolved against `published`, a date or
    None, as exactly as `precision` (day, month, year) allows; those that can't be stay None and `why` says so.
    """
    tokens = Tokens(text)
    anchor = make_anchor(published, precision)
    masked = _mask(tokens)
    found: list[Dated | Amount] = []
    i = last = 0
    while i < tokens.size:
        word = tokens.words[i]
        if (word not in _starters() and not "0" <= word[0] <= "9") or i in masked:
            i += 1
            continue
        item = read_date(tokens, i, anchor) or read_share(tokens, i) or _read_amount(tokens, i, anchor)
        if item is None or item.first < last:
            i += 1
            continue
        found.append(item)
        i = last = max(item.last, i + 1)
    settled = name_currencies(tokens, _join_durations(tokens, _refer_back(tokens, found)))
    return [_place(tokens, item) for item in settled]


def _join_durations(tokens: Tokens, found: list[Dated | Amount]) -> list[Dated | Amount]:
    """Join "five years and three months", "3 minutes 40 seconds" into one duration."""
    joined: list[Dated | Amount] = []
    for item in found:
        last = joined[-1] if joined else None
        if isinstance(item, Amount) and isinstance(last, Amount) and _goes_on(tokens, last, item):
            item = last._replace(
                last=item.last, value=round(last.value + item.value, 6), low=round(last.low + item.low, 6),
                high=round(last.high + item.high, 6), period=None,
            )  # fmt: skip
            joined.pop()
        joined.append(item)
    return joined


def _goes_on(tokens: Tokens, last: Amount, item: Amount) -> bool:
    exact = all(
        amount.kind == "duration" and amount.low == amount.high == amount.value is not None for amount in (last, item)
    )
    if not exact or last.period is None or item.period is None or item.scope != last.scope:
        return False
    between = tokens.words[last.last : item.first]
    is_smaller = item.value < float(lexicon_index("duration_units")[last.period[0]]["days"])
    return is_smaller and item.period[0] != last.period[0] and between in ([], ["and"], [","], [",", "and"])


@cache
def _starters() -> frozenset[str]:
    words = {"a", "an", "every", "twice"} | set(lexicon_index("duration_units"))
    return number_starters() | date_starters() | share_starters() | words


def _mask(tokens: Tokens) -> frozenset[int]:
    masked: set[int] = set()
    for match in ADDRESS.finditer(tokens.text):
        masked.update(range(tokens.at(match.start()), tokens.at(match.end())))
    return frozenset(masked)


def _read_amount(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | Amount | None:
    """Read an amount; one of time that ends in "ago" is a date."""
    if tokens.word(i) == "twice" and tokens.word(i - 1) not in {"think", "once"}:
        return Amount(i, i + 1, i, "quantity", 2.0, "time", 2.0, 2.0)
    amount = read_amount(tokens, i) or read_period(tokens, i)
    if amount is None or amount.period is None or tokens.word(amount.last) != "ago":
        return amount
    ago = Dated(amount.first, amount.last + 1, core=amount.core)
    if anchor is None:
        return replace(ago, why="publication date unknown")
    days = count_back(anchor, *amount.period)
    if days is None:
        return replace(ago, why="longer ago than the calendar goes")
    return replace(ago, start=days[0], end=days[1], why="counted back from the publication date")


def _place(tokens: Tokens, item: Dated | Amount) -> Value:
    start, end = tokens.starts[item.first], tokens.ends[item.last - 1]
    core = tokens.starts[item.core] if item.core is not None else start
    if isinstance(item, Amount):
        return Value(
            start, end, item.kind, item.value, item.unit, item.low, item.high,
            scope=item.scope, why=item.why, core_start=core, core_end=end,
        )  # fmt: skip
    return Value(
        start, end, "date", date_start=item.start, date_end=item.end, partial=item.partial, why=item.why,
        core_start=core, core_end=end,
    )  # fmt: skip


def _refer_back(tokens: Tokens, found: list[Dated | Amount]) -> list[Dated | Amount]:
    """Resolve "the same year" and "two years earlier" against a date told before, where there is no doubt which."""
    settled: list[Dated | Amount] = []
    for item in found:
        if isinstance(item, Dated) and item.shift is not None:
            item = _resolve(tokens, item, settled)
        elif isinstance(item, Dated) and item.why == YEAR_INFERRED and _is_of_another_year(tokens, item, settled):
            item = replace(item, start=None, end=None, why="no year given, and its sentence speaks of another year")
        elif isinstance(item, Amount) and item.period and tokens.word(item.last) in {"later", "earlier"}:
            item = _count_from(tokens, item, settled)
        if item is not None:
            settled.append(item)
    return settled


def _resolve(tokens: Tokens, item: Dated, settled: list[Dated | Amount]) -> Dated | None:
    told = _find_told(tokens, item.first, settled)
    unit, shift = item.shift
    days = shift_from(told, unit, shift) if told else None
    if days is None:
        return None if unit == "same" else item
    if unit == "same" and tokens.word(item.first) == "by":
        days = (None, days[1])
    written = tokens.text[tokens.starts[told.first] : tokens.ends[told.last - 1]]
    return replace(item, start=days[0], end=days[1], why=f"refers to “{written}”")


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
