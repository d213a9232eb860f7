"""Numbers as they are written in running text: figures, words, vague plurals, and what "nearly" or "over" leave open."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from text_to_num import text2num

from helpers.language.forms import is_plural
from helpers.language.lexicons import lexicon_index, load_lexicon

TOKEN = re.compile(
    r"\d{1,3}(?:\.\d{3}){2,}(?![.\d])|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|(?<![\d.,])\d{1,3}(?: \d{3})* 000(?!\d)|(?<![\d.,])\d{1,3}(?: \d{3})+(?= (?:million|billion|trillion|bn|m)\b)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?|[^\W\d_]+|[^\s]"
)
HYPHENS = frozenset("-‐‑–—−")
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
YEARS = range(1000, 2200)


class Tokens:
    """A text cut into words, figures and single signs; hyphens and apostrophes stand alone.

    `words[i]` is lower-cased, `starts[i]` and `ends[i]` are its offsets. Places past either end read as "".
    """

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(TOKEN.finditer(text))
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.words = [match.group().lower() for match in matches]
        self.size = len(matches)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < self.size else ""

    def raw(self, i: int) -> str:
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < self.size else ""

    def is_glued(self, i: int) -> bool:
        """Tell whether nothing stands between token i and the one after it."""
        return 0 <= i < self.size - 1 and self.ends[i] == self.starts[i + 1]

    def is_digits(self, i: int) -> bool:
        return "0" <= self.word(i)[:1] <= "9"

    def is_capital(self, i: int) -> bool:
        return any(letter.isupper() for letter in self.raw(i))

    def opens_line(self, i: int) -> bool:
        return i <= 0 or "\n" in self.text[self.ends[i - 1] : self.starts[i]]

    def opens_sentence(self, i: int) -> bool:
        """Tell whether token i follows a full stop, a quotation mark or the start of a line."""
        return self.opens_line(i) or self.word(i - 1) in {".", "!", "?", "“", '"', "‘", ":", "•", "("}

    def skip_hyphen(self, i: int) -> int:
        return i + 1 if self.word(i) in HYPHENS and self.is_glued(i - 1) else i

    def skip_back(self, i: int) -> int:
        """Give the place before token i, and before a hyphen that joins it to the word there."""
        return i - 2 if self.word(i - 1) in HYPHENS and self.is_glued(i - 1) else i - 1

    def at(self, offset: int) -> int:
        """Give the first token that starts at `offset` or later."""
        return bisect_left(self.starts, offset)


class Phrases:
    """The entries of a lexicon as sequences of tokens, found at a place of a text or ending before it; longest first."""

    def __init__(self, rows: tuple[dict[str, str], ...]) -> None:
        self.first: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {}
        self.last: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {}
        for row in rows:
            words = tuple(TOKEN.findall(row["entry"].lower()))
            self.first.setdefault(words[0], []).append((words, row))
            self.last.setdefault(words[-1], []).append((words, row))
        for index in (self.first, self.last):
            for entries in index.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def find_from(self, tokens: Tokens, i: int) -> tuple[int, dict[str, str]] | None:
        """Find the longest entry that begins at token i: the place behind it, and its row."""
        for words, row in self.first.get(tokens.word(i), ()):
            k = i
            for word in words:
                if word not in HYPHENS:
                    k = tokens.skip_hyphen(k)
                if tokens.word(k) != word:
                    break
                k += 1
            else:
                return k, row
        return None

    def find_before(self, tokens: Tokens, i: int, cased: bool = False) -> tuple[int, dict[str, str]] | None:
        """Find the longest entry that ends just before token i: its first place, and its row; `cased` minds capitals."""
        for words, row in self.last.get(tokens.word(i - 1), ()):
            first = i - len(words)
            if first < 0 or tuple(tokens.words[first:i]) != words:
                continue
            if not cased or tokens.text[tokens.starts[first] : tokens.ends[i - 1]] == row["entry"]:
                return first, row
        return None


@cache
def load_phrases(name: str, column: str = "", choice: str = "") -> Phrases:
    """Read a lexicon as `Phrases`, or only its rows with `choice` in `column`."""
    return Phrases(tuple(row for row in load_lexicon(name) if not column or row[column] == choice))


ARTICLES = ("a", "an")
DOZEN = 12


class Number(NamedTuple):
    """A number at the tokens [first, last): the figure named (none for "dozens") and the bounds that its words leave."""

    first: int
    last: int
    value: float | None
    low: float | None
    high: float | None
    is_plain: bool = True  # a bare figure or numeral, without a magnitude: it may be a label as well as a count
    is_range: bool = False


@cache
def load_numerals() -> dict[str, dict[str, float]]:
    """List the numerals by form (figure, hundred, magnitude, suffix) with what each stands for."""
    forms: dict[str, dict[str, float]] = {"figure": {}, "hundred": {}, "magnitude": {}, "suffix": {}}
    for row in load_lexicon("numbers"):
        forms[row["form"]][row["entry"]] = float(row["value"])
    return forms


@cache
def number_starters() -> frozenset[str]:
    """Give the words with which a number that is not in figures can begin."""
    return frozenset({*load_numerals()["figure"], *load_phrases("vague_numbers").first, "half", "quarter", *ARTICLES})


def read_number(tokens: Tokens, i: int, money: bool = False, ends_range: bool = False) -> Number | None:
    """Read the number that begins at token i, with its magnitude.

    With `money`, "m" and "b" are magnitudes too; one that `ends_range` may follow a hyphen, as others may not (F-16).
    """
    if tokens.is_digits(i):
        read = None if _is_inside_code(tokens, i, money, ends_range) else _read_figures(tokens, i, money)
        return _count_dozens(tokens, read)
    vague = load_phrases("vague_numbers").find_from(tokens, i)
    if vague:
        last, row = vague
        if row["needs"] and tokens.word(last) != row["needs"]:
            return None
        low, high = float(row["low"]), float(row["high"])
        return Number(i, last, low if low == high else None, low, high, is_plain=False)
    return _count_dozens(tokens, _read_numerals(tokens, i))


def _count_dozens(tokens: Tokens, number: Number | None) -> Number | None:
    """Read «two dozen», «4 dozen»: a plain number ahead of the word counts dozens."""
    if number is None or not number.is_plain or number.value is None or tokens.word(number.last) != "dozen":
        return number
    dozens = number.value * DOZEN
    return Number(number.first, number.last + 1, dozens, dozens, dozens, is_plain=False)


def _is_inside_code(tokens: Tokens, i: int, money: bool, ends_range: bool) -> bool:
    """Tell whether a figure is glued to letters or signs before it: "io9", "F-16", "#5", "3.2.1"."""
    before = tokens.word(i - 1)
    if not tokens.is_glued(i - 1):
        return False
    if before in HYPHENS:
        return tokens.is_glued(i - 2) and not ends_range
    return (before.isalpha() and not money) or before in {"_", "#", "@", "/", ".", ":", ","}


def _read_figures(tokens: Tokens, i: int, money: bool) -> Number | None:
    word = tokens.word(i)
    if len(word) > 1 and word[0] == "0" and word[1] != ".":
        return None
    value = to_float(word)
    is_plain = word.isdigit() or "." in word
    last = i + 1
    if tokens.is_glued(i) and tokens.word(last) in VULGAR:
        value, last = value + VULGAR[tokens.word(last)], last + 1
    else:
        added, last = _read_stroke(tokens, last) if word.isdigit() else (0.0, last)
        value += added
    decimals = _read_decimals(tokens, i) if word.isdigit() else None
    if decimals is not None:
        value, last, is_plain = float(f"{word}.{decimals}"), i + 3, False
    suffix = tokens.word(last)
    if tokens.is_glued(last - 1) and suffix in load_numerals()["suffix"]:
        if not _is_measure(tokens, last, money):
            return _exact(i, last + 1, value * load_numerals()["suffix"][suffix], is_plain=False)
    elif tokens.is_glued(last - 1) and suffix.isalpha() and suffix not in lexicon_index("measures") and suffix != "pc":
        return None
    magnitude = load_numerals()["magnitude"].get(tokens.word(tokens.skip_hyphen(last)))
    if money and magnitude is None and suffix in load_numerals()["suffix"]:
        magnitude = load_numerals()["suffix"][suffix]
    if magnitude is not None:
        return _exact(i, _skip_point(tokens, tokens.skip_hyphen(last)), value * magnitude, is_plain=False)
    return _exact(i, last, value, is_plain)


def _skip_point(tokens: Tokens, k: int) -> int:
    """Go past a magnitude, with the full stop of its abbreviation: "40 Mio. euros"."""
    is_short = len(tokens.word(k)) <= len("mio") and tokens.word(k + 1) == "." and tokens.is_glued(k)
    return k + 2 if is_short and tokens.raw(k + 2)[:1].islower() else k + 1


def _read_stroke(tokens: Tokens, k: int) -> tuple[float, int]:
    """Read the fraction of "2 1/2 miles", and the place behind it."""
    is_fraction = (
        tokens.word(k + 1) == "/" and tokens.is_glued(k) and tokens.is_glued(k + 1) and not tokens.is_glued(k - 1)
    )
    above, below = tokens.word(k), tokens.word(k + 2)
    if not is_fraction or not (above.isdigit() and below.isdigit()) or not int(above) < int(below) <= 16:
        return 0.0, k
    return int(above) / int(below), k + 3


def _read_decimals(tokens: Tokens, i: int) -> str | None:
    """Read the decimals of "3,5 million": one or two figures behind a comma, before a magnitude or a sign."""
    decimals, behind = tokens.word(i + 2), tokens.word(tokens.skip_hyphen(i + 3))
    is_joined = tokens.word(i + 1) == "," and tokens.is_glued(i) and tokens.is_glued(i + 1)
    is_scaled = behind in load_numerals()["magnitude"] or behind in {"%", "€", "percent", "euros", "m", "bn"}
    return decimals if is_joined and is_scaled and decimals.isdigit() and len(decimals) <= 2 else None


def to_float(figures: str) -> float:
    """Read figures with commas, spaces or, where there are two or more, points between thousands."""
    if figures.count(".") > 1:
        figures = figures.replace(".", "")
    return float(re.sub(r"[,\s]", "", figures))


def _is_measure(tokens: Tokens, suffix: int, money: bool) -> bool:
    """Tell "12m wide" from "12m users": a plural noun behind it makes the letter a magnitude."""
    if money or tokens.word(suffix) not in {"m", "b", "mil"}:
        return False
    return not is_plural(tokens.word(suffix + 1))


def _exact(first: int, last: int, value: float, is_plain: bool) -> Number:
    value = round(value, 6)
    return Number(first, last, value, value, value, is_plain)


def _read_numerals(tokens: Tokens, i: int) -> Number | None:
    """Read a spelled-out number: "twenty-five", "a hundred and forty", "half a million", "two and a half million"."""
    forms = load_numerals()
    part = _read_fraction(tokens, i) or _read_one_unit(tokens, i)
    if part is not None:
        return part
    parts: list[str] = []
    k = i
    if tokens.word(k) in {"a", "an"}:
        if tokens.word(k + 1) not in forms["magnitude"] and tokens.word(k + 1) != "hundred":
            return None
        parts.append("one")
        k += 1
    while True:
        place = tokens.skip_hyphen(k) if parts else k
        word = tokens.word(place)
        if (
            (
                word == "and"
                and parts
                and parts[-1] in {"hundred", "thousand"}
                and tokens.word(place + 1) in forms["figure"]
            )
            or word in forms["figure"]
            or (parts and (word == "hundred" or word in forms["magnitude"]))
        ):
            parts.append(word)
        else:
            break
        k = place + 1
    if not parts:
        return None
    return _evaluate(tokens, i, k, parts)


FRACTIONS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("half", "a"), 0.5), (("half", "an"), 0.5), (("half", "of", "a"), 0.5), (("half", "of", "one"), 0.5), (("half",), 0.5), (("a", "half"), 0.5), (("one", "half"), 0.5),
    (("a", "quarter", "of", "a"), 0.25), (("a", "quarter", "of", "an"), 0.25), (("quarter", "of", "a"), 0.25),
    (("a", "quarter"), 0.25), (("quarter",), 0.25), (("three", "quarters", "of", "a"), 0.75),
    (("three", "quarters", "of", "an"), 0.75), (("three", "quarter"), 0.75), (("a", "third", "of", "a"), 1 / 3),
    (("two", "thirds", "of", "a"), 2 / 3),
)  # fmt: skip


FRACTIONS_FROM = {word: [(words, part) for words, part in FRACTIONS if words[0] == word] for (word, *_), _ in FRACTIONS}


def _read_fraction(tokens: Tokens, i: int) -> Number | None:
    """Read the part of one magnitude, measure or unit of time: "half a million", "quarter-century", "half a mile"."""
    for words, fraction in FRACTIONS_FROM.get(tokens.word(i), ()):
        k = _match(tokens, i, words)
        if k is None:
            continue
        k = tokens.skip_hyphen(k)
        magnitude = load_numerals()["magnitude"].get(tokens.word(k))
        if magnitude is not None:
            return _exact(i, k + 1, fraction * magnitude, is_plain=False)
        measure = load_phrases("measures").find_from(tokens, k)
        is_measure = (measure is not None and not measure[1]["glued"]) or tokens.word(k) in {"percent", "percentage"}
        if is_measure or _is_unit_of_time(tokens, k):
            return _exact(i, k, fraction, is_plain=False)
    return None


def _match(tokens: Tokens, i: int, words: tuple[str, ...]) -> int | None:
    """Give the place behind words that stand at token i, hyphens between them or not."""
    k = i
    for word in words:
        k = tokens.skip_hyphen(k) if k > i else k
        if tokens.word(k) != word:
            return None
        k += 1
    return k


def _is_unit_of_time(tokens: Tokens, k: int) -> bool:
    row = lexicon_index("duration_units").get(tokens.word(k))
    return row is not None and row["number"] == "one" and row["unit"] not in {"second", "night", "weekend", "quarter"}


def _read_one_unit(tokens: Tokens, i: int) -> Number | None:
    """Read the article of «a mile» as one; «$3 a gallon» is a rate and no measure."""
    if tokens.word(i) not in ARTICLES:
        return None
    measure = load_phrases("measures").find_from(tokens, i + 1)
    if measure is None or measure[1]["glued"] or _follows_amount(tokens, i):
        return None
    return _exact(i, i + 1, 1.0, is_plain=False)


def _follows_amount(tokens: Tokens, i: int) -> bool:
    """Say whether a price or a count stands just ahead."""
    before = tokens.word(i - 1)
    counted = tokens.is_digits(i - 1) or before in load_numerals()["figure"] or before in load_numerals()["magnitude"]
    return (
        counted or before == "%" or is_plural(before) or load_phrases("currencies").find_from(tokens, i - 1) is not None
    )


ADDED: tuple[tuple[tuple[str, ...], float], ...] = tuple(
    ((("and", *part)), value)
    for part, value in (
        (("a", "half"), 0.5), (("one", "half"), 0.5), (("half",), 0.5), (("a", "quarter"), 0.25), (("one", "quarter"), 0.25),
        (("three", "quarters"), 0.75), (("a", "third"), 1 / 3), (("two", "thirds"), 2 / 3),
    )
)  # fmt: skip


def read_added(tokens: Tokens, k: int) -> tuple[float, int]:
    """Read what "and a half" or "and three-quarters" adds to a number before token k, and the place behind it."""
    start = tokens.skip_hyphen(k)
    for words, value in ADDED:
        last = _match(tokens, start, words)
        if last is not None and tokens.word(last) not in {"of", "the"}:
            return value, last
    return 0.0, k


def _evaluate(tokens: Tokens, i: int, k: int, parts: list[str]) -> Number | None:
    magnitudes = load_numerals()["magnitude"]
    scale = 1.0
    if parts[-1] in {"lakh", "lakhs", "crore", "crores"}:
        scale = magnitudes[parts.pop()]
    try:
        value = float(text2num(" ".join(parts), "en"))
    except ValueError:
        return None
    added, k = read_added(tokens, k)
    if added:
        value += added
        if tokens.word(k) in magnitudes:
            scale, k = magnitudes[tokens.word(k)], k + 1
    is_plain = scale == 1 and all(part in load_numerals()["figure"] for part in parts)
    return _exact(i, k, value * scale, is_plain)


def widen(number: Number, row: dict[str, str]) -> Number:
    """Open the bounds of a number as an approximator of the lexicon says; an empty factor leaves that side open."""
    low = float(row["low"]) * number.low if row["low"] and number.low is not None else None
    high = float(row["high"]) * number.high if row["high"] and number.high is not None else None
    return number._replace(low=_rounded(low), high=_rounded(high))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
