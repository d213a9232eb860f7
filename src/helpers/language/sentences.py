"""Sentences and words with their places: the units that every later stage speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import sentencex

from helpers.language.dictionary import find_word_class
from helpers.language.lexicons import lexicon_index, load_lexicon
from helpers.language.spans import Span

LONGEST = (
    1_200  # characters of a sentence; what runs on without an end is cut, or reading it would take the square of it
)
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
APOSTROPHES = {0x2019: "'", 0x2018: "'"}  # typographic ones written straight
# Addresses of the web and handles hold digits that count nothing and capitals that name nobody.
ADDRESS = re.compile(r"(?:https?://|www\.|pic\.)\S+|\S+@\S+|[@#]\w+|\S+\.(?:com|org|net|co)\b\S*")
# Words of these classes open a sentence and no name.
OPENING = ("pronoun", "determiner", "preposition", "connective", "contraction")

WHOLE_MONTH = re.compile(
    r"\bMay(?=\. )"
)  # no abbreviation, though sentencex takes it for one; another word of its length

ASKED = ("?”", "!”", '?"', '!"', "?''", "!''", "?’", "!’")
NO_NAMES = frozenset(
    [
        "i",
        "we",
        "you",
        "it",
        "this",
        "that",
        "there",
        "if",
        "when",
        "but",
        "and",
        "as",
        "in",
        "on",
        "at",
        "after",
        "before",
        "because",
        "while",
        "so",
    ]
)


@lru_cache(maxsize=4096)
def find_sentences(text: str) -> tuple[Span, ...]:
    """Find the sentences of a text as spans without surrounding white space; a line break always ends one.

    The boundaries are sentencex's, joined again after an abbreviation that a capital letter follows. One that runs on
    is cut between words after `LONGEST` characters.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        for span in _find_in_line(line.group(), line.start()):
            spans += _cut_endless(text, span) if span.end - span.start > LONGEST else [span]
    return tuple(spans)


def _cut_endless(text: str, span: Span) -> list[Span]:
    pieces, start = [], span.start
    while span.end - start > LONGEST:
        piece = text[start : start + LONGEST]
        kept = (piece[: piece.rfind(" ")].rstrip() if " " in piece else "") or piece
        pieces.append(Span(start, start + len(kept)))
        start += len(kept)
        while text[start].isspace():
            start += 1
    return [*pieces, Span(start, span.end)]


def _find_in_line(line: str, offset: int) -> list[Span]:
    found: list[Span] = []
    position = 0
    line = WHOLE_MONTH.sub("mai", line)
    for item in sentencex.get_sentence_boundaries("en", line):
        start = line.find(item["text"], position)
        position = start + len(item["text"])
        stripped = item["text"].strip()
        if not stripped:
            continue
        start = line.index(stripped, start)
        before = line[found[-1].start - offset : found[-1].end - offset] if found else ""
        if found and (_breaks_off(before, stripped) or (before.endswith(ASKED) and _names_speaker(stripped))):
            found[-1] = Span(found[-1].start, offset + start + len(stripped))
        else:
            found.append(Span(offset + start, offset + start + len(stripped)))
    return found


def _breaks_off(before: str, behind: str) -> bool:
    """Say whether a supposed sentence ends with an abbreviation, and a name or a number goes on: «Ms. | Voss»."""
    last = before.rpartition(" ")[2].lstrip("(“\"'‘")
    if not (last[:1].isupper() and last.endswith(".")):
        return False
    goes_on_with = lexicon_index("abbreviations").get(last[:-1].casefold(), {}).get("behind")
    if goes_on_with in ("name", "number"):
        return behind[0].isdigit() == (goes_on_with == "number")
    initials = all(len(part) == 1 for part in last[:-1].rpartition("-")[2].split("."))
    return (initials or goes_on_with == "either") and not _opens_sentence(behind)


def _opens_sentence(text: str) -> bool:
    """Say whether a text begins with a word that no name begins with; «A.» is an initial."""
    first = WORD.search(text)
    if first is None or text[first.end() : first.end() + 1] == ".":
        return False
    form = first.group().casefold()
    return find_word_class(form) == "r" or lexicon_index("function_words").get(form, {}).get("class") in OPENING


def _names_speaker(sentence: str) -> bool:
    """Say whether a supposed sentence only tells who asked or cried what goes before: «“Who pays?” Voss asked.»"""
    words = [match.group() for match in WORD.finditer(sentence[:80])]
    if sentence[0] in "“\"'‘«" or not words:
        return False
    cue = next((place for place, word in enumerate(words[:7]) if word in speech_forms()), 0)
    return cue > 0 and not any(word.casefold() in NO_NAMES for word in words[:cue])


def is_title_case(sentence: str) -> bool:
    """Say whether a line capitalises its words as headlines do and has no full stop: capitals tell nothing of names."""
    if sentence.rstrip("”\"’'").endswith("."):
        return False
    long = [word for word in re.findall(r"[A-Za-z][\w'’-]*", sentence)[1:] if len(word) > 3]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


@lru_cache(maxsize=1)
def speech_forms() -> frozenset[str]:
    """Give the forms of the verbs that can introduce speech: past tenses and third persons."""
    return list_told_forms(row["entry"] for row in load_lexicon("reporting_verbs") if row["takes"] != "np")


def list_told_forms(verbs: Iterable[str]) -> frozenset[str]:
    """List the forms with which verbs tell: past tenses and third persons that are no base form of another."""
    verbs = set(verbs)
    irregular = {row["entry"] for row in load_lexicon("irregular_verbs") if row["lemma"] in verbs}
    past = {f"{verb.removesuffix('y')}ied" if verb.endswith("y") else f"{verb.removesuffix('e')}ed" for verb in verbs}
    return frozenset(irregular | past | {_third_person(verb) for verb in verbs}) - verbs


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in "aeou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"


def find_words(text: str) -> list[Span]:
    """Find the words of a text: runs of letters and digits, with inner hyphens, apostrophes, points and commas."""
    return [Span(*match.span()) for match in WORD.finditer(text)]


def count_words(text: str) -> int:
    """Count the words of a text, as `find_words` finds them."""
    return len(WORD.findall(text))
