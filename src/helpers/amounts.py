"""Amounts in running text: money, counts, percentages and durations as bounded values in one unit."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers.lexicons import lexicon_index, load_lexicon
from helpers.numerals import HYPHENS, YEARS, Number, Tokens, load_phrases, number_starters, read_number, widen

MOST_WORDS_OF_A_NOUN = 6


class Amount(NamedTuple):
    """An amount at the tokens [first, last); `core` is the place of its number."""

    first: int
    last: int
    core: int
    kind: str
    value: float | None
    unit: str | None
    low: float | None
    high: float | None
    scope: str | None = None
    why: str | None = None


class Unit(NamedTuple):
    """What a number counts: how an amount of it is called, and the place behind its words."""

    kind: str
    name: str | None
    factor: float
    last: int
    scope: str | None = None
    why: str | None = None


def read_amount(tokens: Tokens, i: int) -> Amount | None:
    """Read the amount whose number begins at token i; None where the number counts nothing (a name, a label, a score)."""
    currency = _read_currency_before(tokens, i)
    number = read_number(tokens, i, money=currency is not None)
    if number is None or (currency is None and _is_label(tokens, number)):
        return None
    number, span = _read_range(tokens, number, currency)
    number, last = _widen_behind(tokens, number, span)
    unit = (currency and currency._replace(last=_skip_name(tokens, last))) or _read_unit(tokens, number, last)
    if unit is None:
        return None
    return _put_together(tokens, number, unit, currency)


def _put_together(tokens: Tokens, number: Number, unit: Unit, currency: Unit | None) -> Amount:
    first = number.first
    if currency is not None:
        first = _currency_start(tokens, number.first)
    first, number = _widen_before(tokens, first, number, unit)
    value, low, high = (
        None if x is None else round(x * unit.factor, 6) for x in (number.value, number.low, number.high)
    )
    return Amount(
        first, max(unit.last, number.last), number.first, unit.kind, value, unit.name, low, high, unit.scope, unit.why
    )


# Currencies


@cache
def _currencies() -> dict[str, dict[str, dict[str, str]]]:
    forms: dict[str, dict[str, dict[str, str]]] = {"symbol": {}, "code": {}, "name": {}}
    for row in load_lexicon("currencies"):
        forms[row["form"]][row["entry"]] = row
    return forms


def _currency_start(tokens: Tokens, i: int) -> int:
    found = load_phrases("currencies").find_before(tokens, i)
    return found[0] if found else i


def _read_currency_before(tokens: Tokens, i: int) -> Unit | None:
    """Read the sign or code of a currency that stands before a number: "US$", "EUR "."""
    found = load_phrases("currencies").find_before(tokens, i)
    if not found:
        return None
    first, row = found
    written = tokens.text[tokens.starts[first] : tokens.ends[i - 1]]
    if row["form"] == "name" or written != row["entry"] or (row["form"] == "symbol" and not _is_close(tokens, i)):
        return None
    return _money(row, i)


def _is_close(tokens: Tokens, i: int) -> bool:
    return "\n" not in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def _money(row: dict[str, str], last: int) -> Unit:
    why = None if row["code"] else f"several countries have a {row['entry']}"
    return Unit("money", row["code"] or None, float(row["factor"]), last, why=why)


def _skip_name(tokens: Tokens, last: int) -> int:
    return last


def _read_currency_behind(tokens: Tokens, number: Number, j: int) -> Unit | None:
    found = load_phrases("currencies").find_from(tokens, j)
    if not found:
        return None
    last, row = found
    if row["form"] != "name":
        written = tokens.text[tokens.starts[j] : tokens.ends[last - 1]]
        return _money(row, last) if written == row["entry"] and not tokens.word(last).isdigit() else None
    if row["entry"] in {"pound", "pounds"} and number.is_plain and not _speaks_of_money(tokens, number.first):
        return None
    if row["entry"] in {"won", "sol", "real", "crown", "crowns", "colon"} and number.is_plain:
        return None
    return _money(row, last)


def _speaks_of_money(tokens: Tokens, i: int) -> bool:
    words = lexicon_index("money_verbs")
    return any(word in words for word in tokens.words[max(0, i - 8) : i + 8])


# Labels


def _is_label(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number names something instead of counting it: a channel, a score, a time of day, a set phrase."""
    i = number.first
    if load_phrases("number_idioms").find_from(tokens, i) or load_phrases("number_idioms").find_from(tokens, i - 1):
        return True
    if not number.is_plain:
        return False
    before = tokens.word(i - 1)
    if before == "." and tokens.word(i - 2) in {"no", "nos", "vol", "pt", "sec", "ch", "art", "fig", "p", "pp"}:
        return True
    if before in lexicon_index("numbered_things"):
        return True
    return tokens.is_digits(i) and (_is_part_of_code(tokens, number) or _follows_a_name(tokens, i))


def _is_part_of_code(tokens: Tokens, number: Number) -> bool:
    """Tell telephone numbers, scores, versions, times, fractions and addresses from counts."""
    i, last = number.first, number.last
    sign, behind = tokens.word(last), tokens.word(last + 1)
    if tokens.is_glued(last - 1) and sign in {":", "/", "#", "_", "@"}:
        return True
    if tokens.is_glued(i - 1) and tokens.word(i - 1) in {":", "/", "#", "_", "@", "."}:
        return True
    if (sign in {"a", "p"} and behind in {".", "m"}) or sign in {
        "am",
        "pm",
        "gmt",
        "utc",
        "et",
        "est",
        "pt",
        "bst",
        "cet",
    }:
        return True
    if sign in {"st", "nd", "rd", "th"} and tokens.is_glued(last - 1):
        return True
    return (
        sign in HYPHENS
        and tokens.is_glued(last - 1)
        and tokens.is_digits(last + 1)
        and tokens.word(last + 2) in HYPHENS
    )


def _follows_a_name(tokens: Tokens, i: int) -> bool:
    """Tell "iPhone 6 users" from "In Lagos 6 people": a capital before the figure, and no preposition before that."""
    before = i - 1
    if tokens.word(before) == "s" and tokens.word(before - 1) in {"'", "’"} and not tokens.is_glued(before):
        return tokens.is_capital(before - 2) and tokens.word(i + 1) in {"", ".", ",", "”", '"'}
    if not tokens.is_capital(before) or not tokens.word(before).isalpha() or tokens.opens_sentence(before):
        return False
    if tokens.word(before) in lexicon_index("months") or tokens.word(before) in lexicon_index("weekdays"):
        return False
    return tokens.word(before - 1) not in {"in", "on", "at", "from", "near"}


# Ranges and bounds


def _read_range(tokens: Tokens, number: Number, currency: Unit | None) -> tuple[Number, int]:
    """Read "between 20 and 30", "20-30", "$5-6 million", "two or three"; else the number as it stands."""
    joint = number.last
    word = tokens.word(joint)
    is_between = tokens.word(_currency_start(tokens, number.first) - 1) == "between" and word == "and"
    if not (word in HYPHENS or word in {"to", "or"} or is_between):
        return number, number.last
    second = joint + 1
    if currency is not None:
        sign = load_phrases("currencies").find_from(tokens, second)
        second = sign[0] if sign and sign[1]["form"] != "name" else second
    other = read_number(tokens, second, currency is not None) if not tokens.is_glued(joint - 1) else None
    if other is None:
        other = _read_glued(tokens, second, currency is not None)
    return _join(tokens, number, other, word)


def _read_glued(tokens: Tokens, second: int, money: bool) -> Number | None:
    """Read the second number of "20-30", which read_number takes for a part of a code because of the hyphen."""
    if not (tokens.is_digits(second) or tokens.word(second) in number_starters()):
        return None
    cut = Tokens(tokens.text[tokens.starts[second] : tokens.ends[min(second + 3, tokens.size - 1)]])
    found = read_number(cut, 0, money)
    return found and found._replace(first=second, last=second + found.last)


def _join(tokens: Tokens, number: Number, other: Number | None, word: str) -> tuple[Number, int]:
    if other is None or other.value is None or number.value is None:
        return number, number.last
    low = number.value
    if number.is_plain and not other.is_plain and low < _significand(tokens, other):
        low *= other.value / _significand(tokens, other)
    is_change = tokens.word(_currency_start(tokens, number.first) - 1) == "from"
    if low >= other.value or (word == "or" and other.value > 2 * low) or (is_change and word == "to"):
        return number, number.last
    return Number(number.first, other.last, None, low, other.value, number.is_plain and other.is_plain), other.last


def _significand(tokens: Tokens, number: Number) -> float:
    if tokens.is_digits(number.first):
        return float(tokens.word(number.first).replace(",", ""))
    return float(lexicon_index("numbers").get(tokens.word(number.first), {"value": number.value})["value"])


def _widen_behind(tokens: Tokens, number: Number, last: int) -> tuple[Number, int]:
    found = load_phrases("approximators", "place", "after").find_from(tokens, last)
    if found and not (found[1]["entry"] == "plus" and not tokens.is_glued(last - 1)):
        return widen(number, found[1])._replace(last=found[0]), found[0]
    return number, last


def _widen_before(tokens: Tokens, first: int, number: Number, unit: Unit) -> tuple[int, Number]:
    phrases = load_phrases("approximators", "place", "before")
    if tokens.word(first - 1) == "between" and number.value is None and number.low != number.high:
        return first - 1, number
    found = phrases.find_before(tokens, first)
    if found is None and tokens.word(first - 1) in {"a", "an", "the"}:
        found = phrases.find_before(tokens, first - 1)
    if found is None or (
        found[1]["entry"] == "some" and tokens.word(found[0] - 1) in {"in", "for"} and unit.kind == "duration"
    ):
        return first, number
    return found[0], widen(number, found[1])


# Units


def _read_unit(tokens: Tokens, number: Number, j: int) -> Unit | None:
    """Read what stands behind a number: a percent sign, a currency, a unit of time or measure, or a counted noun."""
    j = tokens.skip_hyphen(j)
    if tokens.word(j) == "of" and number.value != 1:
        behind = j + 1
        return (
            _read_currency_behind(tokens, number, behind)
            or _read_time(tokens, behind)
            or _read_noun(tokens, number, behind)
        )
    return (
        _read_percent(tokens, j)
        or _read_currency_behind(tokens, number, j)
        or _read_time(tokens, j)
        or _read_measure(tokens, j)
        or _read_noun(tokens, number, j)
    )


def _read_percent(tokens: Tokens, j: int) -> Unit | None:
    words = tokens.words[j : j + 3]
    if words[:1] in (["percentage"],) and tokens.word(tokens.skip_hyphen(j + 1)) in {"point", "points"}:
        return Unit("percent", "percentage point", 1, tokens.skip_hyphen(j + 1) + 1)
    if words[:2] == ["per", "cent"]:
        return Unit("percent", "percent", 1, j + 2)
    if words[:1] and words[0] in {"%", "percent", "pct"}:
        return Unit("percent", "percent", 1, j + 1)
    return None


def _read_time(tokens: Tokens, j: int) -> Unit | None:
    row = lexicon_index("duration_units").get(tokens.word(j))
    if row is None:
        return None
    last = j + 1
    behind = tokens.skip_hyphen(last)
    if tokens.word(behind) in {"old", "olds"}:
        return Unit("duration", "day", float(row["days"]), behind + 1, scope="age")
    if tokens.words[last : last + 2] == ["of", "age"]:
        return Unit("duration", "day", float(row["days"]), last + 2, scope="age")
    return Unit("duration", "day", float(row["days"]), last)


def _read_measure(tokens: Tokens, j: int) -> Unit | None:
    found = load_phrases("measures").find_from(tokens, j)
    if found is None:
        return None
    last, row = found
    if (
        len(row["entry"]) <= 2
        and not tokens.is_glued(j - 1)
        and row["entry"] not in {"km", "kg", "ft", "cm", "mm", "mi"}
    ):
        return None
    return Unit("quantity", row["unit"], 1, last)


def _read_noun(tokens: Tokens, number: Number, j: int) -> Unit | None:
    """Find the counted noun: the last plural of the words behind the number, up to a word that ends them."""
    if number.value == 1 or (
        number.is_plain and tokens.is_digits(number.first) and number.value in YEARS and tokens.is_capital(j)
    ):
        return None
    head = find_counted_noun(tokens, j)
    if head is not None:
        return Unit("quantity", singular(tokens.word(head)), 1, number.last)
    if not number.is_plain or number.low != number.high:
        return Unit("quantity", None, 1, number.last)
    return None


def find_counted_noun(tokens: Tokens, j: int) -> int | None:
    """Find the place of the plural noun that a number before token j counts."""
    stops = lexicon_index("noun_stops")
    if tokens.word(j) == "of" and tokens.word(j + 1) in {"the", "these", "those", "its", "his", "her", "their", "our"}:
        j += 2
    found = None
    for k in range(j, min(j + MOST_WORDS_OF_A_NOUN, tokens.size)):
        word = tokens.word(k)
        if word in stops or tokens.opens_line(k):
            break
        if not word.isalpha():
            if word in HYPHENS or (word in {"'", "’", "."} and tokens.is_glued(k)):
                continue
            break
        if is_plural(word) and tokens.raw(k) != tokens.raw(k).upper():
            found = k
        elif found is not None:
            break
    return found


def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun."""
    if word in lexicon_index("irregular_plurals"):
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def singular(word: str) -> str:
    """Give the singular of a plural noun."""
    row = lexicon_index("irregular_plurals").get(word)
    if row is not None:
        return row["singular"]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word
