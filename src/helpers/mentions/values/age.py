"""Ages of people and things: "a 43-year-old", "aged 77", "Ada Roe, 26, said", "turned 30", "in her late 40s"."""

from __future__ import annotations

from functools import cache

from helpers.language.dictionary import find_word_class
from helpers.language.lexicons import lexicon_index
from helpers.mentions.values.amounts import Amount, Unit
from helpers.mentions.values.numerals import Number, Tokens, load_numerals
from helpers.mentions.values.periods import Anchor
from helpers.mentions.values.registry import ValueKind

OLDEST = 120
DECADES = {None: (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}  # years of a decade of life
OWNERS = frozenset({"his", "her", "their", "my", "our", "your"})
BEINGS = frozenset({"he", "she", "who", "i", "they"})
PEOPLE_OF_AGE = frozenset(
    {
        "children",
        "people",
        "adults",
        "men",
        "women",
        "girls",
        "boys",
        "those",
        "anyone",
        "everyone",
        "youths",
        "kids",
        "all",
    }
)
TO_BE = frozenset({"is", "was", "be", "am", "are", "were"})
TURNING = frozenset({"turned", "turns", "turning", "turn"})
MODALS = frozenset({"will", "would"})
ENDS = frozenset({".", ",", ";", ")", "and", "when", "at", "now", "but", ""})


def _read_decade_of_life(tokens: Tokens, i: int, anchor: Anchor | None) -> Amount | None:
    """Read "in his 40s", "in her late thirties": the years that the words leave open."""
    word, last = tokens.word(i), i + 1
    if word.isdigit() and len(word) == len("40") and word.endswith("0") and tokens.is_glued(i):
        tens, last = float(word), i + 2
        if tokens.word(i + 1) != "s":
            return None
    else:
        tens = _decades().get(word)
    before = tokens.skip_back(i)
    part = tokens.word(before) if tokens.word(before) in DECADES else None
    first = before if part else i
    if tens is None or tokens.word(first - 1) not in OWNERS:
        return None
    low, high = (tens + years for years in DECADES[part])
    return Amount(first, last, i, "age", None, "year", low, high)


@cache
def _decades() -> dict[str, float]:
    """List the plurals of the tens: twenties, thirties."""
    tens = {word: value for word, value in load_numerals()["figure"].items() if value >= 20}
    return {f"{word[:-1]}ies": value for word, value in tens.items()}


def _read_old(tokens: Tokens, number: Number, j: int, of: bool) -> Unit | None:
    """Read the unit of "43-year-old", "three months old" and "43 years of age"."""
    row = lexicon_index("duration_units").get(tokens.word(j))
    if row is None or of:
        return None
    last = j + 1
    behind = tokens.skip_hyphen(last)
    if tokens.word(behind) in {"old", "olds"}:
        return Unit("age", row["unit"], 1, behind + 1)
    is_of_age = tokens.words[last : last + 2] == ["of", "age"]
    return Unit("age", row["unit"], 1, last + 2) if is_of_age else None


def _read_bare(tokens: Tokens, number: Number, j: int) -> Unit | None:
    """Read the age that is a bare number: "aged 77", "at the age of 77", "Ada Roe, 26, said", "Bo Lee (29)", "turned 43"."""
    if not number.is_plain or not 0 < (number.value or number.low or 0) < OLDEST:
        return None
    is_age = _follows_age(tokens, number) or _is_apposition(tokens, number) or _is_predicate(tokens, number)
    return Unit("age", "year", 1, number.last) if is_age else None


def _follows_age(tokens: Tokens, number: Number) -> bool:
    """Tell whether the word "age" or "aged" leads to a number."""
    before = number.first - 1
    is_bound = tokens.word(before) in {"under", "over", "above"} and tokens.word(before - 1) in PEOPLE_OF_AGE
    if is_bound or tokens.words[max(0, before - 1) : before + 1] in (["younger", "than"], ["older", "than"]):
        return True
    before -= tokens.word(before) in {"of", "about", "around", "just", "only", "between", "from"}
    before -= tokens.word(before) == "of"
    return tokens.word(before) in {"aged", "age", "ages"}


def _is_apposition(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number stands beside a name or a role between commas or in brackets, as ages do."""
    before, i, behind = tokens.word(number.first - 1), number.first - 2, tokens.word(number.last)
    if not tokens.is_digits(number.first) or tokens.word(i) in lexicon_index("months"):
        return False
    if before == "(":
        is_told = (tokens.is_capital(i) and tokens.word(i).isalpha()) or tokens.word(i) == "age"
        return behind == ")" and is_told and number.value is not None
    is_someone = tokens.is_capital(i) or lexicon_index("speaker_nouns").get(tokens.word(i), {}).get("kind") == "role"
    is_set_off = behind in {",", ".", ";"} or (behind == "and" and tokens.is_capital(number.last + 1))
    return before == "," and is_set_off and is_someone and not tokens.is_digits(number.last + 1)


def _is_predicate(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number is said of somebody: "turned 43", "he is 43", "Ada Roe was 43 when"; "at 43, she"."""
    i, behind = number.first - 1, tokens.word(number.last)
    i -= tokens.word(i) in {"just", "only", "now", "already", "about", "around", "nearly", "almost"}
    if tokens.word(i) in TURNING:
        return behind in ENDS or behind in {"in", "on", "this", "last", "next"}
    if tokens.word(i) == "at" and tokens.opens_sentence(i):
        return behind == "," and tokens.word(number.last + 1) in BEINGS
    if tokens.word(i) not in TO_BE or behind not in ENDS or (tokens.is_glued(number.last) and behind == "."):
        return False
    i -= tokens.word(i - 1) in MODALS
    before = tokens.word(i - 1)
    is_time = before in lexicon_index("months") or before in lexicon_index("weekdays")
    return before in BEINGS - {"they"} or (not is_time and _is_name(tokens, i - 1))


def _is_name(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is written as a name; at the head of a sentence, one that no dictionary has as a noun."""
    word = tokens.raw(i)
    is_named = word.isalpha() and word[:1].isupper() and word[1:].islower()
    return is_named and (not tokens.opens_sentence(i) or "n" not in find_word_class(word))


def _list_starters() -> frozenset[str]:
    return frozenset(_decades())


KIND = ValueKind(
    name="age",
    turn=3,
    heading="Ages",
    starters=_list_starters,
    read=_read_decade_of_life,
    read_unit=_read_old,
    read_counted=_read_bare,
)
