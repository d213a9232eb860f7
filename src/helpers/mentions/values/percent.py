"""Percentages, in figures or as shares told in words: "45%", "two-thirds of voters", "half the staff", "one in five"."""

from __future__ import annotations

from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.amounts import ROUND_WHOLES, Amount, Unit, describe_scope, widen_before
from helpers.mentions.values.numerals import Number, Tokens, read_number
from helpers.mentions.values.periods import Anchor
from helpers.mentions.values.quantity import find_counted_noun
from helpers.mentions.values.registry import ValueKind

PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10,
    "tenths": 10,
}  # fmt: skip
PREDICATES = frozenset({"were", "are", "have", "had"})  # of "a quarter were"
CUTTING = ("cut", "reduc", "slash", "split", "shrink", "shrank", "shrunk", "divid", "brok", "break", "fold", "slic")
WORDS_TO_CUT = 8
OWNERS = frozenset({"the", "its", "their", "his", "her", "our", "all", "these", "those"})
ORDINALS = frozenset({"first", "second", "third", "fourth", "last", "latter", "other", "final", "opening", "closing"})


def _list_starters() -> frozenset[str]:
    """Give the words with which a share that is not in figures can begin."""
    return frozenset(
        {
            "half",
            "quarter",
            "a",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            *lexicon_index("words_of_growth"),
        }
    )


def _read_share(tokens: Tokens, i: int, anchor: Anchor | None) -> Amount | None:
    """Read the share that begins at token i, in percent; None where the words count, date or measure something."""
    return _read_fraction(tokens, i) or _read_stroke(tokens, i) or _read_halving(tokens, i) or _read_ratio(tokens, i)


def _read_fraction(tokens: Tokens, i: int) -> Amount | None:
    """Read "a third of", "two-thirds", "three quarters of", "half of" and "half the"."""
    word = tokens.word(i)
    if word == "half":
        return _read_half(tokens, i)
    numerator = 1 if word in {"a", "one"} else _small(tokens, i)
    k = tokens.skip_hyphen(i + 1)
    whole = PARTS.get(tokens.word(k))
    if numerator is None or whole is None or numerator >= whole or tokens.word(i - 1) in ORDINALS:
        return None
    is_plural = tokens.word(k).endswith("s") or tokens.word(k) == "halves"
    if (numerator > 1) != is_plural or (word == "a" and whole > 2 and tokens.word(k + 1) not in PREDICATES | {"of"}):
        return None
    needs_of = numerator == 1 and tokens.word(k + 1) not in PREDICATES
    if whole == 2 or not _is_of_a_whole(tokens, k + 1, needs_of):
        return None
    return _share(tokens, i, k + 1, numerator / whole)


def _read_stroke(tokens: Tokens, i: int) -> Amount | None:
    """Read "2/3 of the seats"."""
    above, below = tokens.word(i), tokens.word(i + 2)
    is_fraction = tokens.word(i + 1) == "/" and tokens.is_glued(i) and tokens.is_glued(i + 1)
    if not is_fraction or not (above.isdigit() and below.isdigit()) or not 0 < int(above) < int(below) <= 16:
        return None
    return _share(tokens, i, i + 3, int(above) / int(below)) if tokens.word(i + 3) == "of" else None


def _read_halving(tokens: Tokens, i: int) -> Amount | None:
    """Read what is halved or cut in half."""
    row = lexicon_index("words_of_growth").get(tokens.word(i))
    if row is not None:
        return _share(tokens, i, i + 1, float(row["value"]) / 100) if row["unit"] == "percent" else None
    is_cut = tokens.word(i) == "half" and tokens.word(i - 1) == "in" and tokens.word(i + 1) not in {"a", "an", "of"}
    words = tokens.words[max(0, i - WORDS_TO_CUT) : i]
    return _share(tokens, i, i + 1, 0.5) if is_cut and any(word.startswith(CUTTING) for word in words) else None


def _read_half(tokens: Tokens, i: int) -> Amount | None:
    if tokens.word(i - 1) == "and" and read_number(tokens, i - 2) is not None:
        return None  # "two and half"
    if tokens.word(i - 1) in ORDINALS | {"a", "one"} or tokens.word(i + 1) not in OWNERS | {"of"}:
        return None
    return _share(tokens, i, i + 1, 0.5) if _is_of_a_whole(tokens, i + 1, needs_of=False) else None


def _small(tokens: Tokens, i: int) -> int | None:
    number = read_number(tokens, i)
    is_small = number is not None and number.value is not None and number.value < 10 and number.last == i + 1
    return int(number.value) if is_small and number.value == int(number.value) else None


def _is_of_a_whole(tokens: Tokens, k: int, needs_of: bool) -> bool:
    """Tell a share of something from "half of 2022", "a quarter of a mile" and "half the time"."""
    if tokens.word(k) != "of" and needs_of:
        return False
    k += tokens.word(k) == "of"
    if tokens.word(k) in {"a", "an"} or tokens.word(k + 1) == "percent":
        return False
    k += tokens.word(k) in OWNERS
    is_time = tokens.word(k) in lexicon_index("duration_units") or tokens.word(k) in lexicon_index("months")
    year = tokens.word(k)
    is_year = len(year) == 4 and year.isdigit() and 1500 <= int(year) <= 2150
    return not is_time and not is_year and tokens.word(k) not in {"way", "time", "distance", "battle"}


def _read_ratio(tokens: Tokens, i: int) -> Amount | None:
    """Read "one in five people", "3 out of 10": so many of each such number."""
    part = read_number(tokens, i)
    if part is None or part.value is None or not part.is_plain or tokens.word(i - 1) in {"of", "in"}:
        return None
    k = part.last
    if tokens.word(k) == "out" and tokens.word(k + 1) == "of":
        k += 2
    elif tokens.word(k) == "in":
        k += 1
    else:
        return None
    k += tokens.word(k) == "every"
    whole = read_number(tokens, k)
    if whole is None or whole.value not in ROUND_WHOLES or part.value >= whole.value:
        return None
    behind = tokens.word(whole.last)
    if tokens.words[k - 1] != "of" and (behind in lexicon_index("duration_units") or not behind.isalpha()):
        return None
    share = _share(tokens, i, whole.last, part.value / whole.value)
    head = find_counted_noun(tokens, whole.last)
    return (
        share._replace(scope=tokens.text[tokens.starts[whole.last] : tokens.ends[head]]) if head is not None else share
    )


def _share(tokens: Tokens, first: int, last: int, share: float) -> Amount:
    percent = round(100 * share, 6)
    start, number = widen_before(tokens, first, Number(first, last, percent, percent, percent))
    scope = describe_scope(tokens, last)
    return Amount(start, last, first, "percent", percent, "percent", number.low, number.high, scope)


def _read_percent(tokens: Tokens, number: Number, j: int, of: bool) -> Unit | None:
    if of:
        return None
    word, behind = tokens.word(j), tokens.skip_hyphen(j + 1)
    if word == "percentage" and tokens.word(behind) in {"point", "points"}:
        return Unit("percent", "percentage point", 1, behind + 1)
    if word == "per" and tokens.word(j + 1) == "cent":
        return Unit("percent", "percent", 1, j + 2)
    is_short = word == "pc" and tokens.is_glued(j - 1)
    return Unit("percent", "percent", 1, j + 1) if word in {"%", "percent", "pct"} or is_short else None


KIND = ValueKind(
    name="percent",
    turn=1,
    heading="Percentages",
    grouped_by="unit",
    scope_after=("on", "of", "for"),
    starters=_list_starters,
    read=_read_share,
    read_unit=_read_percent,
)
