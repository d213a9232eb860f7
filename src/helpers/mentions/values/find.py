"""Dates and amounts of running text as bounded values, each at its place: what a number counts is asked of each kind in turn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import ADDRESS
from helpers.mentions.values.amounts import (
    ROUND_WHOLES,
    Amount,
    Unit,
    find_sign,
    put_together,
    read_range,
    widen_behind,
)
from helpers.mentions.values.date_grammar import Dated, make_anchor
from helpers.mentions.values.numerals import HYPHENS, Number, Tokens, load_phrases, number_starters, read_number
from helpers.mentions.values.periods import Anchor
from helpers.mentions.values.registry import find_kind, list_kinds


class Value(NamedTuple):
    """A date or an amount at [start, end) of a text; `core_start, core_end` is the part that may not be cut off.

    `kind` is one of `helpers.tables.VALUE_KINDS`. `value`, `low` and `high` are in `unit` (ISO 4217 code,
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
    return next((item for item in own if item is not None), None) or _read_amount(tokens, i)


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


def _read_amount(tokens: Tokens, i: int) -> Amount | None:
    """Read the amount whose number begins at token i; None where it counts nothing: a name, a label, a score."""
    sign = _first(kind.read_sign(tokens, i) for kind in list_kinds() if kind.read_sign)
    number = read_number(tokens, i, money=sign is not None)
    if number is None or (sign is None and _is_label(tokens, number)):
        return None
    number = widen_behind(tokens, read_range(tokens, number, sign is not None))
    unit = sign._replace(last=number.last) if sign is not None else _read_unit(tokens, number)
    unit = unit or _read_unit_of_end(tokens, number)
    if unit is None:
        return None
    first = find_sign(tokens, i) if sign is not None else i
    return put_together(tokens, first, number, unit, find_kind(unit.kind).scope_after)


def _read_unit(tokens: Tokens, number: Number) -> Unit | None:
    """Read what stands behind a number: a unit of one of the kinds, or else what it counts."""
    j = tokens.skip_hyphen(number.last)
    of = tokens.word(j) == "of" and number.value != 1
    unit = _read_measured(tokens, number, j + of, of)
    if unit is not None or (j > number.last and not of):
        return unit
    return _first(kind.read_counted(tokens, number, j + of) for kind in list_kinds() if kind.read_counted)


def _read_unit_of_end(tokens: Tokens, number: Number) -> Unit | None:
    """Read the unit that the start of a change shares with its end: "from 15 to 20 percent"."""
    if tokens.word(number.first - 1) != "from" or tokens.word(number.last) != "to":
        return None
    end = read_number(tokens, number.last + 1)
    unit = _read_unit(tokens, end) if end is not None else None
    return unit._replace(last=number.last) if unit is not None and unit.name is not None else None


def _read_measured(tokens: Tokens, number: Number, j: int, of: bool = False) -> Unit | None:
    return _first(kind.read_unit(tokens, number, j, of) for kind in list_kinds() if kind.read_unit)


def _first(units: Iterable[Unit | None]) -> Unit | None:
    return next((unit for unit in units if unit is not None), None)


def _is_label(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number names something instead of counting it: a channel, a score, a time of day, a set phrase."""
    i = number.first
    idioms = load_phrases("number_idioms")
    found = idioms.find_from(tokens, i)
    if (found and found[0] >= number.last) or idioms.find_from(tokens, i - 1):
        return True
    if not number.is_plain:
        return False
    before = tokens.word(i - 1)
    if before == "." and tokens.word(i - 2) in lexicon_index("numbered_things") and len(tokens.word(i - 2)) <= 4:
        return True
    is_numbered = (
        before in lexicon_index("numbered_things")
        and _read_measured(tokens, number, tokens.skip_hyphen(number.last)) is None
    )
    if is_numbered or _is_part_of_ratio(tokens, number):
        return True
    return tokens.is_digits(i) and (_is_part_of_code(tokens, number) or _follows_a_name(tokens, i))


def _is_part_of_ratio(tokens: Tokens, number: Number) -> bool:
    """Tell the ten of "eight in 10" and "two out of three" from a count of ten; "one of 150 women" counts 150."""
    i = number.first
    if tokens.word(i - 1) == "of" and tokens.word(i - 2) in {"half", "third", "quarter", "tenth", "fifth", "thirds"}:
        return True
    if tokens.word(i - 1) == "every" and tokens.word(i - 2) in {"of", "in"}:
        return True
    if tokens.word(i - 1) not in {"of", "in"} or number.value not in ROUND_WHOLES:
        return False
    k = i - 2 - (tokens.word(i - 2) == "out")
    before = tokens.word(k)
    return tokens.is_digits(k) or (before in number_starters() and (before != "one" or tokens.word(i - 1) == "in"))


def _is_part_of_code(tokens: Tokens, number: Number) -> bool:
    """Tell telephone numbers, scores, versions, times of day and fractions from counts."""
    i, last = number.first, number.last
    sign, behind = tokens.word(last), tokens.word(last + 1)
    if tokens.is_glued(last - 1) and sign in {":", "/", "#", "_", "@"}:
        return True
    if tokens.is_glued(i - 1) and tokens.word(i - 1) in {":", "/", "#", "_", "@", "."}:
        return True
    if (sign in {"a", "p"} and behind in {".", "m"}) or sign in lexicon_index("clock_words"):
        return True
    if sign in {"hours", "hrs"} and len(tokens.word(i)) == len("1800") and tokens.word(i - 1) == "at":
        return True
    if sign in {"st", "nd", "rd", "th"} and tokens.is_glued(last - 1):
        return True
    is_chained = sign in HYPHENS and tokens.is_glued(last - 1) and tokens.is_digits(last + 1)
    return is_chained and tokens.word(last + 2) in HYPHENS


def _follows_a_name(tokens: Tokens, i: int) -> bool:
    """Tell "Acme 6 users" from "In Halvik 6 people": a capital before the figure, and no preposition before that."""
    before = i - 1
    if not tokens.is_capital(before) or not tokens.word(before).isalpha():
        return False
    is_mixed = not tokens.raw(before)[1:].islower() and len(tokens.raw(before)) > 1
    if tokens.opens_sentence(before) and not is_mixed:
        return False
    if tokens.word(before) in lexicon_index("months") or tokens.word(before) in lexicon_index("weekdays"):
        return False
    return tokens.word(before - 1) not in {"in", "on", "at", "from", "near"}
