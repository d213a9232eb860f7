"""Texts set in capitals throughout, as captions and teletype are: written again as others are, before anything is named."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from helpers.language.dictionary import UNKNOWN, find_word_class
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_sentences

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LABEL = re.compile(r"(?:>> ?)?(?P<name>[^\W\d_][^:,.!?]{0,40}?)(?:,[^:.!?]{0,60})?:\s")
SHARE = 0.7  # of the letters of a text that stand in lines without a small one, from which it is set in capitals
FEWEST_LETTERS = 60
LONGEST_LINE = 20_000  # characters, beyond which a line is no paragraph
LONGEST_NAME = 3  # words of a place
NAMES = ("weekdays", "titles")
PAIRED = 0.6  # of the times that a name stands in a text, from which the word behind it is of the name
HEAD = 80  # characters in which a dash parts a place from the report
DASH = re.compile(r" [—–-]+ ")
BYLINE = re.compile(r"BY (?:[A-Z.'’-]+ ?){2,5}(?:, [A-Z&.'’ -]+)?$")


def fold_capitals(text: str) -> str | None:
    """Write a text that is set in capitals with small letters, character for character; None where it is not.

    A word keeps its first capital where it opens a sentence or a label of a speaker, is the name of a place, a month or a
    day, or stands in no dictionary; the acronyms that English has stay as they are.
    """
    lines = text.split("\n")
    if max(map(len, lines)) > LONGEST_LINE:
        return None
    shouted = [line for line in lines if _is_shouted(line)]
    letters = sum(map(str.isalpha, text))
    if letters < FEWEST_LETTERS or sum(map(str.isalpha, "".join(shouted))) < SHARE * letters:
        return None
    pairs = _find_pairs(text)
    return "\n".join(_fold_line(line, pairs) if _is_shouted(line) else line for line in lines)


def _is_shouted(line: str) -> bool:
    return any(map(str.isalpha, line)) and line.upper() == line


def _fold_line(line: str, pairs: frozenset[tuple[str, str]]) -> str:
    words = list(WORD.finditer(line))
    opening = _find_openings(line)
    label = LABEL.match(line)
    named = len(line) if BYLINE.match(line) else label.end("name") if label else 0
    found = list(line.lower())
    place = 0
    while place < len(words):
        count = _count_place(line, words[place:])
        for number in range(place, place + max(count, 1)):
            start, end = words[number].span()
            before = words[number - 1].group() if number else ""
            paired = (before, words[number].group()) in pairs
            if count or paired or start < named or start in opening or _is_name(line, words[number]):
                found[start] = line[start]
            if _is_acronym(words[number].group()):
                found[start:end] = line[start:end]
        place += max(count, 1)
    return "".join(found)


def _find_pairs(text: str) -> frozenset[tuple[str, str]]:
    """Find the words that stand behind a name wherever it stands, or nearly: they are of the name, «NORVIK WATER»."""
    words = WORD.findall(text)
    singles = Counter(words)
    pairs = Counter(pair for pair in pairwise(words) if _is_unknown(pair[0]) and len(pair[1]) > 3)
    return frozenset(
        pair
        for pair, count in pairs.items()
        if count > 1 and count >= PAIRED * singles[pair[0]] and "N" in _classes(pair[1])
    )


def _classes(word: str) -> str:
    return find_word_class(word.lower()).upper()


def _find_openings(line: str) -> set[int]:
    """Find where sentences open, and what stands behind the label of a speaker."""
    begins = [span.start for span in find_sentences(line)]
    label = LABEL.match(line)
    begins += [label.end()] if label else []
    begins += [found.end() for found in DASH.finditer(line[:HEAD])]
    return {found.start() for begin in begins if (found := WORD.search(line, begin))}


def _count_place(line: str, words: list[re.Match[str]]) -> int:
    """Count the words of a place's name that the words open with; 0 where they open with none."""
    for count in range(min(LONGEST_NAME, len(words)), 0, -1):
        name = line[words[0].start() : words[count - 1].end()]
        if name.title() in lexicon_index("places"):
            return count
    return 0


def _is_acronym(word: str) -> bool:
    folded = word.lower()
    if any(folded in lexicon_index(name) for name in ("titles", "months", "common_words", "function_words")):
        return False
    return folded in lexicon_index("common_acronyms") or (len(word) < LONGEST_NAME + 1 and _is_unknown(word))


def _is_name(line: str, found: re.Match[str]) -> bool:
    folded = found.group().lower().replace("’", "'")
    month = lexicon_index("months").get(folded)
    if month and month["ambiguous"]:
        return bool(
            re.match(r" \d", line[found.end() :]) or re.search(r"(?:\d| IN| LAST| NEXT) $", line[: found.start()])
        )
    if folded in ("i", "i'm", "i've", "i'd", "i'll") or month or any(folded in lexicon_index(name) for name in NAMES):
        return True
    return _is_unknown(found.group())


def _is_unknown(word: str) -> bool:
    """Say whether no dictionary has a word, and no list of common ones, its ending left out."""
    folded = word.lower().replace("’", "'")
    if folded.removesuffix("s") in lexicon_index("currencies"):
        return False
    stem = folded.removesuffix("n't").partition("'")[0]
    common = lexicon_index("common_words")
    return (
        find_word_class(stem) == UNKNOWN
        and stem not in common
        and folded not in common
        and stem not in lexicon_index("function_words")
    )
