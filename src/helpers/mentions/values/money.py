"""Sums of money: a sign, a code or a name of a currency beside a number."""

from __future__ import annotations

from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.amounts import Unit
from helpers.mentions.values.currencies import name_currencies
from helpers.mentions.values.numerals import Number, Tokens, load_phrases
from helpers.mentions.values.registry import ValueKind

MOST_WORDS_TO_MONEY = 8


def _read_sign(tokens: Tokens, i: int) -> Unit | None:
    """Read the sign or code of a currency that stands before a number: "US$", "EUR "."""
    found = load_phrases("currencies").find_before(tokens, i, cased=True)
    if not found or found[1]["form"] == "name" or tokens.opens_line(i):
        return None
    return _money(found[1], i)


def _read_currency(tokens: Tokens, number: Number, j: int, of: bool) -> Unit | None:
    found = load_phrases("currencies").find_from(tokens, j)
    if not found:
        return None
    last, row = found
    if row["form"] != "name":
        is_written = tokens.text[tokens.starts[j] : tokens.ends[last - 1]] == row["entry"]
        return _money(row, last) if is_written and not tokens.is_digits(last) else None
    if number.is_plain and row["needs"] and not _speaks_of_money(tokens, number.first):
        return None
    return _money(row, last)


def _money(row: dict[str, str], last: int) -> Unit:
    why = None if row["code"] else f"more than one country has a currency of this name: {row['entry']}"
    return Unit("money", row["code"] or None, float(row["factor"]), last, why=why)


def _speaks_of_money(tokens: Tokens, i: int) -> bool:
    words = lexicon_index("money_verbs")
    return any(word in words for word in tokens.words[max(0, i - MOST_WORDS_TO_MONEY) : i + MOST_WORDS_TO_MONEY])


KIND = ValueKind(
    name="money",
    turn=2,
    heading="Sums of money",
    measured_heading="Sums of money, {}",
    axis="amount of money, as each source gives it",
    grouped_by="unit",
    scope_after=("on", "of", "for", "in"),
    read_sign=_read_sign,
    read_unit=_read_currency,
    settle=name_currencies,
)
