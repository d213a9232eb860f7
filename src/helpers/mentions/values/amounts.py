"""Amounts in running text: money, counts, percentages and durations as bounded values in one unit."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers.language.forms import is_plural, singular
from helpers.language.lexicons import lexicon_index, load_lexicon
from helpers.mentions.values.numerals import (
    HYPHENS,
    YEARS,
    Number,
    Tokens,
    load_phrases,
    number_starters,
    read_number,
    to_float,
    widen,
)

MOST_WORDS_OF_A_NOUN = 6
MOST_WORDS_TO_MONEY = 8
ROUND_WHOLES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000})  # of which shares are told


class Amount(NamedTuple):
    """An amount at the tokens [first, last); `core` is the place of its number.

    `period` is the unit of time of a duration with the fewest and the most of them, for "two years ago".
    """

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
    period: tuple[str, float | None, float | None] | None = None


class Unit(NamedTuple):
    """What a number counts: how an amount of it is called, its size, and the place behind its words."""

    kind: str
    name: str | None
    factor: float
    last: int
    scope: str | None = None
    why: str | None = None
    period: str | None = None


def read_amount(tokens: Tokens, i: int) -> Amount | None:
    """Read the amount whose number begins at token i; None where it counts nothing: a name, a label, a score."""
    currency = _read_currency_before(tokens, i)
    number = read_number(tokens, i, money=currency is not None)
    if number is None or (currency is None and _is_label(tokens, number)):
        return None
    number = _widen_behind(tokens, _read_range(tokens, number, currency))
    unit = currency._replace(last=number.last) if currency is not None else _read_unit(tokens, number)
    if unit is None:
        return None
    return _put_together(tokens, _currency_start(tokens, i) if currency is not None else i, number, unit)


def _put_together(tokens: Tokens, first: int, number: Number, unit: Unit) -> Amount:
    core = number.first
    first, number = widen_before(tokens, first, number)
    if unit.name in {"degree", "percent"} and _is_negative(tokens, first):
        first = first - 1
        number = number._replace(value=_negate(number.value), low=_negate(number.high), high=_negate(number.low))
    value, low, high = (x and round(x * unit.factor, 6) for x in (number.value, number.low, number.high))
    period = (unit.period, number.low, number.high) if unit.period else None
    last = max(unit.last, number.last)
    scope = unit.scope or _find_measured(tokens, first, last, unit.kind)
    why = unit.why or _read_rate(tokens, last)
    return Amount(first, last, core, unit.kind, value, unit.name, low, high, scope, why, period)


def _read_rate(tokens: Tokens, last: int) -> str | None:
    """Read how often an amount falls due: "$5 a year" is not $5."""
    k = tokens.skip_hyphen(tokens.skip_hyphen(last) + 1)
    row = lexicon_index("duration_units").get(tokens.word(k))
    is_rate = tokens.word(tokens.skip_hyphen(last)) in {"a", "an", "per", "each", "every"}
    return f"for each {row['unit']}" if is_rate and row is not None and row["number"] == "one" else None


def _is_negative(tokens: Tokens, first: int) -> bool:
    before = tokens.word(first - 1)
    return before == "minus" or (before in HYPHENS and tokens.is_glued(first - 1) and not tokens.is_glued(first - 2))


def _negate(value: float | None) -> float | None:
    return None if value is None else -value


# Durations without a number


def read_period(tokens: Tokens, i: int) -> Amount | None:
    """Read a duration that names no number: "about a year", "for decades"; and the frequency "every two weeks"."""
    word = tokens.word(i)
    if word == "every":
        return _read_frequency(tokens, i)
    if word in {"last", "past", "next"} and tokens.word(i - 1) == "the":
        return _read_stretch(tokens, i)
    row = lexicon_index("duration_units").get(tokens.word(i + 1) if word in {"a", "an"} else word)
    if row is None or row["unit"] in {"night", "weekend", "quarter"}:
        return None
    if word in {"a", "an"}:
        return _read_single(tokens, i, row) if row["number"] == "one" else None
    if row["number"] != "many" or not _is_lasting(tokens, i, i + 1):
        return None
    return Amount(i, i + 1, i, "duration", None, "day", 2 * float(row["days"]), None, period=(row["unit"], 2.0, None))


def _read_stretch(tokens: Tokens, i: int) -> Amount | None:
    """Read "the last decade": the ten years up to now, and no decade of the calendar."""
    row = lexicon_index("duration_units").get(tokens.word(i + 1))
    if row is None or row["number"] != "one" or row["unit"] in {"night", "weekend", "day", "quarter"}:
        return None
    days = float(row["days"])
    return Amount(i, i + 2, i, "duration", days, "day", days, days, period=(row["unit"], 1.0, 1.0))


def _read_frequency(tokens: Tokens, i: int) -> Amount | None:
    number = read_number(tokens, i + 1)
    unit = _read_time(tokens, tokens.skip_hyphen(number.last)) if number else None
    if unit is None or number.value is None:
        return None
    days = round(number.value * unit.factor, 6)
    why = "how often: once in each such period"
    return Amount(i, unit.last, i + 1, "duration", days, "day", days, days, "frequency", why)


def _read_single(tokens: Tokens, i: int, row: dict[str, str]) -> Amount | None:
    """Read "a year" where it lasts or has passed, not where it only says how often ("twice a week")."""
    number = Number(i, i + 2, 1.0, 1.0, 1.0)
    if tokens.words[i + 2 : i + 5] == ["and", "a", "half"]:
        number = Number(i, i + 5, 1.5, 1.5, 1.5)
    unit = Unit("duration", "day", float(row["days"]), number.last, period=row["unit"])
    found = _put_together(tokens, i, number, unit)
    return found if found.first < i or _is_lasting(tokens, i, unit.last) else None


def _is_lasting(tokens: Tokens, i: int, last: int) -> bool:
    """Tell whether the words beside a unit of time say that it passes."""
    words = lexicon_index("lasting_words")
    before, behind = words.get(tokens.word(i - 1)), words.get(tokens.word(last))
    return (before is not None and before["place"] == "before") or (behind is not None and behind["place"] == "after")


# Currencies


def _read_currency_before(tokens: Tokens, i: int) -> Unit | None:
    """Read the sign or code of a currency that stands before a number: "US$", "EUR "."""
    found = load_phrases("currencies").find_before(tokens, i, cased=True)
    if not found or found[1]["form"] == "name" or tokens.opens_line(i):
        return None
    return _money(found[1], i)


def _currency_start(tokens: Tokens, i: int) -> int:
    found = load_phrases("currencies").find_before(tokens, i, cased=True)
    return found[0] if found and found[1]["form"] != "name" else i


def _money(row: dict[str, str], last: int) -> Unit:
    why = None if row["code"] else f"more than one country has a currency of this name: {row['entry']}"
    return Unit("money", row["code"] or None, float(row["factor"]), last, why=why)


def _read_currency_behind(tokens: Tokens, number: Number, j: int) -> Unit | None:
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


def _speaks_of_money(tokens: Tokens, i: int) -> bool:
    words = lexicon_index("money_verbs")
    return any(word in words for word in tokens.words[max(0, i - MOST_WORDS_TO_MONEY) : i + MOST_WORDS_TO_MONEY])


# Labels


def _is_label(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number names something instead of counting it: a channel, a score, a time of day, a set phrase."""
    i = number.first
    idioms = load_phrases("number_idioms")
    if idioms.find_from(tokens, i) or idioms.find_from(tokens, i - 1):
        return True
    if not number.is_plain:
        return False
    before = tokens.word(i - 1)
    if before == "." and tokens.word(i - 2) in lexicon_index("numbered_things") and len(tokens.word(i - 2)) <= 4:
        return True
    is_numbered = before in lexicon_index("numbered_things") and _read_measured(tokens, number) is None
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


# Ranges and bounds


def _read_range(tokens: Tokens, number: Number, currency: Unit | None) -> Number:
    """Read "between 20 and 30", "20-30", "$5-6 million", "two or three"; else give the number as it stands."""
    word = tokens.word(number.last)
    before = tokens.word(_currency_start(tokens, number.first) - 1)
    second = number.last + 1
    if word in {"%", "percent"} and before not in {"from", "between"}:
        word, second = tokens.word(second), second + 1
        if not (word in HYPHENS or word == "to") or tokens.word(second + 1) not in {"%", "percent"}:
            return number
    if not (word in HYPHENS or word in {"to", "or"} or (word == "and" and before == "between")):
        return number
    if word in HYPHENS and tokens.word(second) in {"to", "or"} and tokens.word(second + 1) in HYPHENS:
        word, second = tokens.word(second), second + 2
    if currency is not None:
        sign = load_phrases("currencies").find_from(tokens, second)
        second = sign[0] if sign and sign[1]["form"] != "name" else second
    other = read_number(tokens, second, currency is not None, ends_range=True)
    if other is None or other.value is None or number.value is None or (before == "from" and word == "to"):
        return number
    low = number.value * (other.value / _significand(tokens, other) if number.is_plain else 1)
    low = number.value if low >= other.value else low
    if low >= other.value or (word == "or" and other.value > 2 * low):
        return number
    is_plain = number.is_plain and other.is_plain
    return Number(number.first, other.last, None, low, other.value, is_plain, is_range=True)


def _significand(tokens: Tokens, number: Number) -> float:
    """Give the figure before a magnitude: 6 of "6 million"."""
    word = tokens.word(number.first)
    if tokens.is_digits(number.first):
        return to_float(word)
    row = lexicon_index("numbers").get(word)
    return float(row["value"]) if row and row["form"] == "figure" else number.value


def _widen_behind(tokens: Tokens, number: Number) -> Number:
    phrases = load_phrases("approximators", "place", "after")
    joined = tokens.skip_hyphen(number.last)
    found = phrases.find_from(tokens, number.last) or (
        phrases.find_from(tokens, joined) if joined > number.last else None
    )
    if found is None or (found[1]["entry"] in {"plus", "odd"} and not tokens.is_glued(number.last - 1)):
        return number
    return widen(number, found[1])._replace(last=found[0])


def widen_before(tokens: Tokens, first: int, number: Number) -> tuple[int, Number]:
    """Widen a number by the words before it, "nearly" or "at least": the first place of all, and the number."""
    phrases = load_phrases("approximators", "place", "before")
    if number.is_range and tokens.word(first - 1) == "between":
        return first - 1, number
    found = phrases.find_before(tokens, first)
    if found is None and tokens.word(first - 1) in {"a", "an", "the"}:
        found = phrases.find_before(tokens, first - 1)
    return (found[0], widen(number, found[1])) if found else (first, number)


# Units


def _read_unit(tokens: Tokens, number: Number) -> Unit | None:
    """Read what stands behind a number: a percent sign, a currency, a unit of time or measure, or a counted noun."""
    j = tokens.skip_hyphen(number.last)
    if tokens.word(j) == "of" and number.value != 1:
        behind = j + 1
        return (
            _read_currency_behind(tokens, number, behind)
            or _read_time(tokens, behind)
            or _read_noun(tokens, number, behind)
        )
    if j > number.last and tokens.word(j) == "strong":
        return Unit("quantity", None, 1, j + 1)  # "its 1,200-strong staff"
    if j > number.last and tokens.word(j) == "fold":
        return Unit("quantity", "time", 1, j + 1)
    measured = _read_measured(tokens, number)
    if measured is not None or j > number.last:
        return measured
    return _read_age(tokens, number) or _read_noun(tokens, number, j)


def _read_measured(tokens: Tokens, number: Number) -> Unit | None:
    """Read a unit that is no counted noun: percent, a currency, a unit of time or measure."""
    j = tokens.skip_hyphen(number.last)
    return (
        _read_percent(tokens, j)
        or _read_currency_behind(tokens, number, j)
        or _read_time(tokens, j)
        or _read_measure(tokens, j)
    )


def _read_percent(tokens: Tokens, j: int) -> Unit | None:
    word, behind = tokens.word(j), tokens.skip_hyphen(j + 1)
    if word == "percentage" and tokens.word(behind) in {"point", "points"}:
        return Unit("percent", "percentage point", 1, behind + 1)
    if word == "per" and tokens.word(j + 1) == "cent":
        return Unit("percent", "percent", 1, j + 2)
    is_short = word == "pc" and tokens.is_glued(j - 1)
    return Unit("percent", "percent", 1, j + 1) if word in {"%", "percent", "pct"} or is_short else None


def _read_time(tokens: Tokens, j: int) -> Unit | None:
    row = lexicon_index("duration_units").get(tokens.word(j))
    if row is None:
        return None
    if _is_title(tokens, j):
        return None
    days, last = float(row["days"]), j + 1
    behind = tokens.skip_hyphen(last)
    if tokens.word(behind) in {"old", "olds"}:
        return Unit("duration", "day", days, behind + 1, scope="age")
    if tokens.words[last : last + 2] == ["of", "age"]:
        return Unit("duration", "day", days, last + 2, scope="age")
    return Unit("duration", "day", days, last, period=row["unit"])


def _is_title(tokens: Tokens, j: int) -> bool:
    """Tell the programme "60 Minutes" from sixty minutes: a capital on the unit, in text that is no headline."""
    return tokens.raw(j)[:1].isupper() and not tokens.raw(j).isupper() and not tokens.raw(j - 2)[:1].isupper()


def _read_age(tokens: Tokens, number: Number) -> Unit | None:
    """Read the age in "aged 77" and "Ada Roe, 26, said"."""
    i, behind = number.first, tokens.word(number.last)
    if not number.is_plain or not 0 < (number.value or number.low or 0) < 120:
        return None
    is_apposition = (
        tokens.word(i - 1) == ","
        and behind in {",", "."}
        and tokens.is_digits(i)
        and (
            tokens.is_capital(i - 2) or lexicon_index("speaker_nouns").get(tokens.word(i - 2), {}).get("kind") == "role"
        )
        and tokens.word(i - 2) not in lexicon_index("months")
        and not tokens.is_digits(number.last + 1)
    )
    if tokens.word(i - 1) not in {"aged", "age"} and not is_apposition:
        return None
    return Unit("duration", "day", float(lexicon_index("duration_units")["year"]["days"]), number.last, scope="age")


def _read_measure(tokens: Tokens, j: int) -> Unit | None:
    found = load_phrases("measures").find_from(tokens, j)
    if found is None or (found[1]["glued"] and not tokens.is_glued(j - 1)):
        return None
    return Unit("quantity", found[1]["unit"], 1, found[0])


def _read_noun(tokens: Tokens, number: Number, j: int) -> Unit | None:
    """Find the counted noun: the last plural of the words behind the number, up to a word that ends them."""
    is_year = number.is_plain and tokens.is_digits(number.first) and number.value in YEARS
    if number.value == 1 or (is_year and tokens.is_capital(j)):
        return None
    head = find_counted_noun(tokens, j)
    if head is not None and tokens.word(head) in lexicon_index("duration_units"):
        return None
    if head is not None:
        scope = tokens.text[tokens.starts[_after_article(tokens, j)] : tokens.ends[head]]
        return Unit("quantity", singular(tokens.word(head)), 1, number.last, scope=scope)
    if not number.is_plain or _is_bounded(tokens, number) or _follows_harm(tokens, number):
        return Unit("quantity", None, 1, number.last)
    return None


def _is_bounded(tokens: Tokens, number: Number) -> bool:
    """Tell whether "more than" or "at least" stands before a bare number; "over 9" and "about 5" may be times or notes."""
    found = load_phrases("approximators", "place", "before").find_before(tokens, number.first)
    return found is not None and number.first - found[0] > 1


def _follows_harm(tokens: Tokens, number: Number) -> bool:
    """Tell whether a bare number is what a verb of harm or arrest counts: "killed 25 and wounded seven"."""
    words = tokens.words[max(0, number.first - 6) : number.first]
    if "toll" in words and words[-1] in {"to", "at", "of", "past", "reached", "is", "was", "stands"}:
        return not tokens.is_digits(number.last)
    return tokens.word(number.first - 1) in lexicon_index("verbs_of_toll") and not tokens.raw(number.last)[:1].isupper()


def _after_article(tokens: Tokens, j: int) -> int:
    j += tokens.word(j) == "of" and tokens.word(j + 1) in lexicon_index("articles_and_possessives")
    return j + (tokens.word(j) in lexicon_index("articles_and_possessives"))


def find_counted_noun(tokens: Tokens, j: int) -> int | None:
    """Find the place of the plural noun that a number before token j counts."""
    stops = lexicon_index("noun_stops")
    j = _after_article(tokens, j)
    j += tokens.word(j) in {"more", "additional"}
    found = None
    for k in range(j, min(j + MOST_WORDS_OF_A_NOUN, tokens.size)):
        word = tokens.word(k)
        if word in stops or tokens.opens_line(k):
            break
        if not word.isalpha():
            if (word in HYPHENS or word == ".") and tokens.is_glued(k - 1) and tokens.word(k - 1).isalpha():
                continue
            break
        is_people = word.endswith("is") and lexicon_index("places").get(tokens.raw(k), {}).get("sort") == "demonym"
        if found is not None and tokens.word(found) not in lexicon_index("attributive_plurals"):
            break
        if (is_people or is_plural(word)) and not tokens.raw(k).isupper():
            found = k
        elif found is not None:
            break
    return found


def _find_measured(tokens: Tokens, first: int, last: int, kind: str) -> str | None:
    """Find what a sum of money or a share is for: "a $2 million fine", "$40 million on ads", "a budget of $3 million"."""
    if kind not in {"money", "percent"}:
        return None
    if tokens.word(first - 1) in lexicon_index("articles_and_possessives") or tokens.word(first - 1) in {
        "a",
        "an",
        "s",
    }:
        return _last_word(tokens, last)
    if tokens.word(last) in {"on", "of", "for"} or (kind == "money" and tokens.word(last) == "in"):
        j = last + 1
        j += tokens.word(j) in lexicon_index("articles_and_possessives") or tokens.word(j) in {"a", "an"}
        return _last_word(tokens, j)
    before = tokens.raw(first - 2)
    is_noun = (
        before.isalpha()
        and before.islower()
        and not before.endswith("ed")
        and before not in lexicon_index("noun_stops")
    )
    return before if tokens.word(first - 1) in {"of", "to", "worth"} and is_noun else None


def describe_scope(tokens: Tokens, k: int) -> str | None:
    """Give what a share is a share of: the words behind "of" or "the" at token k."""
    k += tokens.word(k) == "of"
    k += tokens.word(k) in lexicon_index("articles_and_possessives")
    return _last_word(tokens, k)


def _last_word(tokens: Tokens, j: int) -> str | None:
    """Give the words from token j up to a word that ends a noun phrase; None where the phrase is a name or a number."""
    k, stops = j, lexicon_index("noun_stops")
    while k < min(j + MOST_WORDS_OF_A_NOUN, tokens.size) and tokens.word(k).isalpha() and tokens.word(k) not in stops:
        if tokens.word(k + 1) in {"'", "’"} and tokens.word(k + 2) == "s":
            j = k = k + 3
            continue
        if k > j and (tokens.opens_line(k) or tokens.word(k).endswith(("ed", "ly"))):
            break
        k += 1
    if k == j or not tokens.raw(k - 1).islower():
        return None
    return tokens.text[tokens.starts[j] : tokens.ends[k - 1]]


def in_base_unit(value: float, unit: str) -> tuple[float, str]:
    """Convert a measure into its base unit, so that 39 feet can be compared with 12 metres; other units stay as they are."""
    row = _bases().get(unit)
    return (value * float(row["factor"]), row["base"]) if row else (value, unit)


@cache
def _bases() -> dict[str, dict[str, str]]:
    return {row["unit"]: row for row in load_lexicon("measures")}
