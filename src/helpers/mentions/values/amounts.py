"""What all amounts share: a number with its bounds and the noun phrase behind it, put together with its unit."""

from __future__ import annotations

from typing import NamedTuple

from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.numerals import HYPHENS, Number, Tokens, load_phrases, read_number, to_float, widen

MOST_WORDS_OF_A_NOUN = 6
MEASURING = frozenset(
    {"well", "just", "of", "than", "is", "was", "were", "be", "been", "spent", "served", "a", "the", "to"}
)
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


def put_together(tokens: Tokens, first: int, number: Number, unit: Unit, scope_after: tuple[str, ...] = ()) -> Amount:
    """Put a number and its unit together, with what widens and measures them; `scope_after` leads to what it is for."""
    core = number.first
    if not (unit.period and _is_during(tokens, first)):
        first, number = widen_before(tokens, first, number)
    if unit.name in {"degree", "percent"} and _is_negative(tokens, first):
        first = first - 1
        number = number._replace(value=_negate(number.value), low=_negate(number.high), high=_negate(number.low))
    value, low, high = (x and round(x * unit.factor, 6) for x in (number.value, number.low, number.high))
    period = (unit.period, number.low, number.high) if unit.period else None
    last = max(unit.last, number.last)
    scope = unit.scope or _find_measured(tokens, first, last, scope_after)
    why = unit.why or read_rate(tokens, last)
    return Amount(first, last, core, unit.kind, value, unit.name, low, high, scope, why, period)


def _is_during(tokens: Tokens, first: int) -> bool:
    """Tell "a rise of 16 percent over four years" from "for over four years": the stretch from its least length."""
    first -= tokens.word(first - 1) in {"a", "an", "the"}
    if tokens.word(first - 1) != "over":
        return False
    lasting = lexicon_index("lasting_words").get(tokens.word(first - 2), {})
    return lasting.get("place") != "before" and tokens.word(first - 2) not in MEASURING


def read_rate(tokens: Tokens, last: int) -> str | None:
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


def find_sign(tokens: Tokens, i: int) -> int:
    """Give the place of the sign or code of a currency before a number, the number's own where there is none."""
    found = load_phrases("currencies").find_before(tokens, i, cased=True)
    return found[0] if found and found[1]["form"] != "name" else i


def read_range(tokens: Tokens, number: Number, is_money: bool) -> Number:
    """Read "between 20 and 30", "20-30", "$5-6 million", "two or three"; else give the number as it stands."""
    before = tokens.word(find_sign(tokens, number.first) - 1)
    joined = _find_second(tokens, number, before, is_money)
    if joined is None or number.value is None:
        return number
    word, second = joined
    other = read_number(tokens, second, is_money, ends_range=True)
    if other is None or other.value is None or (before == "from" and word == "to"):
        return number
    low = number.value * (other.value / _significand(tokens, other) if number.is_plain else 1)
    low = number.value if low >= other.value else low
    if low >= other.value or (word == "or" and other.value > 2 * low):
        return number
    is_plain = number.is_plain and other.is_plain
    return Number(number.first, other.last, None, low, other.value, is_plain, is_range=True)


def _find_second(tokens: Tokens, number: Number, before: str, is_money: bool) -> tuple[str, int] | None:
    """Find the word that joins a range and the place of its second number; None where no range can begin here."""
    word, second = tokens.word(number.last), number.last + 1
    if word in {"%", "percent"} and before not in {"from", "between"}:
        word, second = tokens.word(second), second + 1
        if not (word in HYPHENS or word == "to") or tokens.word(second + 1) not in {"%", "percent"}:
            return None
    if not (word in HYPHENS or word in {"to", "or"} or (word == "and" and before == "between")):
        return None
    if word in HYPHENS and tokens.word(second) in {"to", "or"} and tokens.word(second + 1) in HYPHENS:
        word, second = tokens.word(second), second + 2
    sign = load_phrases("currencies").find_from(tokens, second) if is_money else None
    return word, sign[0] if sign and sign[1]["form"] != "name" else second


def _significand(tokens: Tokens, number: Number) -> float:
    """Give the figure before a magnitude: 6 of "6 million"."""
    word = tokens.word(number.first)
    if tokens.is_digits(number.first):
        return to_float(word)
    row = lexicon_index("numbers").get(word)
    return float(row["value"]) if row and row["form"] == "figure" else number.value


def widen_behind(tokens: Tokens, number: Number) -> Number:
    """Widen a number by the words behind it: "or more", "-plus"."""
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


def after_article(tokens: Tokens, j: int) -> int:
    """Go past an article or a possessive, with the "of" before it."""
    j += tokens.word(j) == "of" and tokens.word(j + 1) in lexicon_index("articles_and_possessives")
    return j + (tokens.word(j) in lexicon_index("articles_and_possessives"))


def _find_measured(tokens: Tokens, first: int, last: int, scope_after: tuple[str, ...]) -> str | None:
    """Find what a sum of money or a share is for: "a $2 million fine", "$40 million on ads", "a budget of $3 million"."""
    if not scope_after:
        return None
    if tokens.word(first - 1) in lexicon_index("articles_and_possessives") or tokens.word(first - 1) in {
        "a",
        "an",
        "s",
    }:
        return _last_word(tokens, last)
    if tokens.word(last) in scope_after:
        j = last + 1
        j += tokens.word(j) in lexicon_index("articles_and_possessives") or tokens.word(j) in {"a", "an"}
        return _last_word(tokens, j)
    before = tokens.raw(first - 2)
    is_noun = (
        len(before) > 1
        and before.isalpha()
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
