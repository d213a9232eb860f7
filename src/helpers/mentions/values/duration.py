"""Lengths of time and ages: "three weeks", "about a year", "for decades", "every two weeks", "aged 77"."""

from __future__ import annotations

from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.amounts import Amount, Unit, put_together
from helpers.mentions.values.numerals import Number, Tokens, read_number
from helpers.mentions.values.periods import Anchor
from helpers.mentions.values.registry import ValueKind


def _read_period(tokens: Tokens, i: int, anchor: Anchor | None) -> Amount | None:
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
    unit = _read_time(tokens, number, tokens.skip_hyphen(number.last)) if number else None
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
    found = put_together(tokens, i, number, unit)
    return found if found.first < i or _is_lasting(tokens, i, unit.last) else None


def _is_lasting(tokens: Tokens, i: int, last: int) -> bool:
    """Tell whether the words beside a unit of time say that it passes."""
    words = lexicon_index("lasting_words")
    before, behind = words.get(tokens.word(i - 1)), words.get(tokens.word(last))
    return (before is not None and before["place"] == "before") or (behind is not None and behind["place"] == "after")


def _read_time(tokens: Tokens, number: Number, j: int, of: bool = False) -> Unit | None:
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


def _read_age(tokens: Tokens, number: Number, j: int) -> Unit | None:
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


def _join(tokens: Tokens, found: list, anchor: Anchor | None) -> list:
    """Join "five years and three months", "3 minutes 40 seconds" into one duration."""
    joined: list = []
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


def _list_starters() -> frozenset[str]:
    return frozenset({"a", "an", "every", *lexicon_index("duration_units")})


KIND = ValueKind(
    name="duration",
    turn=3,
    heading="Lengths of time",
    starters=_list_starters,
    read=_read_period,
    read_unit=_read_time,
    read_counted=_read_age,
    settle=_join,
)
