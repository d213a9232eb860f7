"""Lengths of time in the unit that is written: "three weeks", "about a year", "for decades", "every two weeks"."""

from __future__ import annotations

from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.amounts import Amount, Unit, put_together
from helpers.mentions.values.numerals import HYPHENS, Number, Tokens, read_number
from helpers.mentions.values.periods import Anchor
from helpers.mentions.values.registry import ValueKind

WORDS_OF_A_HEADLINE = 9
NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
SHORT = 3  # letters of words that headlines leave small


def _read_period(tokens: Tokens, i: int, anchor: Anchor | None) -> Amount | None:
    """Read a duration that names no number: "about a year", "for decades"; and the frequency "every two weeks"."""
    word = tokens.word(i)
    if word == "every":
        return _read_frequency(tokens, i)
    if word in NTH:
        return _read_running(tokens, i)
    if word in {"last", "past", "next"} and tokens.word(i - 1) in {"the", "this"}:
        return _read_stretch(tokens, i)
    row = lexicon_index("duration_units").get(tokens.word(i + 1) if word in {"a", "an"} else word)
    if row is None or row["unit"] in {"night", "weekend", "quarter"}:
        return None
    if word in {"a", "an"}:
        return _read_single(tokens, i, row) if row["number"] == "one" else None
    if row["number"] == "one" and _is_long(tokens, i + 1):
        return Amount(i, i + 3, i, "duration", 1.0, row["unit"], 1.0, 1.0)
    if row["number"] != "many" or not _is_lasting(tokens, i, i + 1):
        return None
    return Amount(i, i + 1, i, "duration", None, row["unit"], 2.0, None, period=(row["unit"], 2.0, None))


def _read_running(tokens: Tokens, i: int) -> Amount | None:
    """Read "in its third year": more than two years, and no more than three."""
    row = lexicon_index("duration_units").get(tokens.word(i + 1))
    is_led = tokens.word(i - 1) in {"its", "his", "her", "their"} and tokens.word(i - 2) in {"in", "into", "entering"}
    if row is None or row["number"] != "one" or not is_led:
        return None
    last = NTH[tokens.word(i)]
    return Amount(i, i + 2, i, "duration", None, row["unit"], last - 1.0, float(last))


def _read_stretch(tokens: Tokens, i: int) -> Amount | None:
    """Read "the last decade": the ten years up to now, and no decade of the calendar."""
    row = lexicon_index("duration_units").get(tokens.word(i + 1))
    if row is None or row["number"] != "one" or row["unit"] in {"night", "weekend", "day", "quarter"}:
        return None
    return Amount(i, i + 2, i, "duration", 1.0, row["unit"], 1.0, 1.0, period=(row["unit"], 1.0, 1.0))


def _read_frequency(tokens: Tokens, i: int) -> Amount | None:
    number = read_number(tokens, i + 1)
    unit = _read_time(tokens, number, tokens.skip_hyphen(number.last)) if number else None
    if unit is None or number.value is None:
        return None
    why = "how often: once in each such period"
    return Amount(
        i, unit.last, i + 1, "duration", *[number.value, unit.name, number.value, number.value], "frequency", why
    )


def _read_single(tokens: Tokens, i: int, row: dict[str, str]) -> Amount | None:
    """Read "a year" where it lasts or has passed, not where it only says how often ("twice a week")."""
    number = Number(i, i + 2, 1.0, 1.0, 1.0)
    if tokens.words[i + 2 : i + 5] == ["and", "a", "half"]:
        number = Number(i, i + 5, 1.5, 1.5, 1.5)
    unit = Unit("duration", row["unit"], 1, number.last, period=row["unit"])
    found = put_together(tokens, i, number, unit)
    is_told = found.first < i or _is_lasting(tokens, i, unit.last) or _is_long(tokens, unit.last)
    return found if is_told else None


def _is_long(tokens: Tokens, k: int) -> bool:
    """Tell whether "-long" follows a unit: "a week-long strike"."""
    return tokens.word(k) in HYPHENS and tokens.is_glued(k - 1) and tokens.word(k + 1) == "long"


def _is_lasting(tokens: Tokens, i: int, last: int) -> bool:
    """Tell whether the words beside a unit of time say that it passes."""
    words = lexicon_index("lasting_words")
    before, behind = words.get(tokens.word(i - 1)), words.get(tokens.word(last))
    return (before is not None and before["place"] == "before") or (behind is not None and behind["place"] == "after")


def _read_time(tokens: Tokens, number: Number, j: int, of: bool = False) -> Unit | None:
    row = lexicon_index("duration_units").get(tokens.word(j))
    if row is None or _is_title(tokens, j):
        return None
    return Unit("duration", row["unit"], 1, j + 1, period=row["unit"])


def _is_title(tokens: Tokens, j: int) -> bool:
    """Tell the programme "60 Minutes" from sixty minutes: a capital on the unit, in text that is no headline."""
    if not tokens.raw(j)[:1].isupper() or tokens.raw(j).isupper():
        return False
    before = [tokens.raw(k) for k in range(max(0, j - WORDS_OF_A_HEADLINE), j - 1) if len(tokens.word(k)) > SHORT]
    return not before or not all(word[:1].isupper() for word in before if word.isalpha())


def _join(tokens: Tokens, found: list, anchor: Anchor | None) -> list:
    """Join "five years and three months", "3 minutes 40 seconds" into one duration."""
    joined: list = []
    for item in found:
        last = joined[-1] if joined else None
        if isinstance(item, Amount) and isinstance(last, Amount) and _goes_on(tokens, last, item):
            whole = round(last.value + item.value * _size(item) / _size(last), 6)
            item = last._replace(last=item.last, value=whole, low=whole, high=whole, period=None)
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
    is_smaller = item.value * _size(item) < _size(last)
    return is_smaller and item.period[0] != last.period[0] and between in ([], ["and"], [","], [",", "and"])


def _size(amount: Amount) -> float:
    """Give the days in the unit of a duration."""
    return float(lexicon_index("duration_units")[amount.unit]["days"])


def _list_starters() -> frozenset[str]:
    return frozenset({"a", "an", "every", "past", *NTH, *lexicon_index("duration_units")})


KIND = ValueKind(
    name="duration",
    turn=4,
    heading="Lengths of time",
    starters=_list_starters,
    read=_read_period,
    read_unit=_read_time,
    settle=_join,
)
