"""Dates and amounts of running text as bounded values, each at its place: a span grammar of its own."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from helpers.language.sentences import ADDRESS
from helpers.mentions.values.amounts import Amount
from helpers.mentions.values.counting import read_amount
from helpers.mentions.values.date_grammar import Dated, make_anchor
from helpers.mentions.values.numerals import Tokens, number_starters
from helpers.mentions.values.registry import Anchor, list_kinds


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
        item = _read(tokens, i, anchor)
        if item is None or item.first < last:
            i += 1
            continue
        found.append(item)
        i = last = max(item.last, i + 1)
    for kind in list_kinds():
        found = kind.settle(tokens, found, anchor) if kind.settle else found
    return [_place(tokens, item) for item in found]


def _read(tokens: Tokens, i: int, anchor: Anchor | None) -> Dated | Amount | None:
    """Read the value that begins at token i, by the form of its own that a kind has, else by its number."""
    own = (kind.read(tokens, i, anchor) for kind in list_kinds() if kind.read)
    return next((item for item in own if item is not None), None) or read_amount(tokens, i)


@cache
def _starters() -> frozenset[str]:
    return number_starters().union(*(kind.starters() for kind in list_kinds()))


def _mask(tokens: Tokens) -> frozenset[int]:
    masked: set[int] = set()
    for match in ADDRESS.finditer(tokens.text):
        masked.update(range(tokens.at(match.start()), tokens.at(match.end())))
    return frozenset(masked)


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
