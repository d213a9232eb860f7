"""Whether a reader's sentence says more than the places it rests on: its values, names and dates must stand there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import zip_longest

from text_to_num import alpha2digit

from helpers.language.dictionary import UNKNOWN, find_word_class
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_sentences, find_words
from helpers.readings.folding import fold

SHORTEST_HOST = 5  # letters of a word with an inner point from which it is an address and no abbreviation


def find_ungrounded(what: str, evidence: Iterable[str], names: Iterable[str], counts: Iterable[int] = ()) -> str | None:
    """Find the first value, name, date or address in a reader's sentence that its evidence lacks; None where all stand.

    `names` are those of the sources and resolved speakers of the evidence; `counts` are the numbers by which the
    sentence may count its own sides and articles.
    """
    texts = [fold(text)[0] for text in (*evidence, *names)]
    known = {key for text in texts for word in _cut_words(text) for key in _list_keys(word)}
    own = {_name_number(count) for count in counts}
    known |= {char for text in texts for char in text if _is_currency(char)}
    text = fold(what)[0]
    lacking = [_find_first_lacking(version, known, own) for version in (text, alpha2digit(text, "en"))]
    return lacking[0] if all(lacking) else None


def _find_first_lacking(text: str, known: set[str], own: set[str]) -> str | None:
    for word, counts_sources in _list_telling(text):
        if not _is_known(word, known | own if counts_sources else known):
            return word
    return None


def _is_known(word: str, known: set[str]) -> bool:
    if known.intersection(_list_keys(word)):
        return True
    parts = word.split("-")
    if len(parts) == 1 or all(map(_is_numeral, parts)):  # «twenty-two» is one number
        return False
    telling = [part for part in parts if part and _tells(part)]
    return bool(telling) and all(known.intersection(_list_keys(part)) for part in telling)


def _is_currency(char: str) -> bool:
    return unicodedata.category(char) == "Sc"


def _cut_words(text: str) -> Iterator[str]:
    """Cut a text into words, those with hyphens into their parts too, and read its numbers in figures beside."""
    for version in (text, alpha2digit(text, "en")):
        for start, end in find_words(version):
            word = version[start:end]
            yield word
            yield from word.split("-") if "-" in word else ()


def _list_telling(text: str) -> Iterator[tuple[str, bool]]:
    """List what a sentence tells that can be looked up: signs of currencies, numbers, names and addresses.

    With each goes whether it counts sources: «three papers».
    """
    yield from ((char, False) for char in text if _is_currency(char))
    openers = {start + find_words(text[start:end])[0].start for start, end in _find_worded(text)}
    words = find_words(text)
    for (start, end), after in zip_longest(words, words[1:]):
        word = text[start:end]
        counts = after is not None and _strip(text[after.start : after.end]) in lexicon_index("source_nouns")
        opens = start in openers and word.isalpha() and not _is_numeral(word) and _is_common(word)
        if not opens and (_tells(word) or _leads_away(text, start, end)):
            yield word, counts


def _find_worded(text: str) -> list:
    return [span for span in find_sentences(text) if find_words(text[span.start : span.end])]


def _tells(word: str) -> bool:
    """Say whether a word is a number or is written as a name."""
    named = any(char.isupper() for char in word) and _strip(word) not in _small_words()
    return named or any(map(_is_numeral, word.split("-"))) or any(char.isdigit() for char in word)


def _is_numeral(word: str) -> bool:
    """Say whether a word is a number in words; «one» is a pronoun more often."""
    form = _strip(word)
    return form != "one" and form in lexicon_index("numbers")


def _leads_away(text: str, start: int, end: int) -> bool:
    """Say whether a word is an address or part of one."""
    word, after = text[start:end], text[end : end + 3]
    return after == "://" or after[:1] == "@" or ("." in word and len(word) >= SHORTEST_HOST and word[-3:-2] != ".")


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset(lexicon_index("function_words")) | {"i"}


def _is_common(word: str) -> bool:
    """Say whether a word that opens a sentence is capital for that reason alone."""
    form = _strip(word)
    if form in _small_words() or any(form in lexicon_index(name) for name in ("common_words", "not_names")):
        return True
    return find_word_class(form) != UNKNOWN


def _strip(word: str) -> str:
    return word.casefold().removesuffix("'s").rstrip("'")


def _list_keys(word: str) -> list[str]:
    """List by what a word is known: its form, the value that it is, the month that it names."""
    form = _strip(word)
    row, month = lexicon_index("numbers").get(form), lexicon_index("months").get(form)
    keys = [form]
    with suppress(ValueError):
        keys.append(_name_number(float(row["value"] if row and row["value"] else form.replace(",", ""))))
    if month and word[0].isupper():
        keys.append(f"month {month['month']}")
    return keys


def _name_number(value: float) -> str:
    return f"number {float(value):g}"
