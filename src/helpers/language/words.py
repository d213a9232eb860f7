"""Cut a sentence into words and say of each what likeness needs: its stem, its concept, and what it can be."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from helpers.language.dictionary import UNKNOWN, find_word_class
from helpers.language.forms import find_base, stem_word
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import APOSTROPHES, WORD

ROOT = 5  # letters that words of one family share: allege, alleged, allegation
VERBS, TENSED, NOUNS = set("vzdg"), set("zd"), set("ns")  # letters of the dictionary's classes


class Word(NamedTuple):
    """What a word is to likeness, whatever its place in a sentence."""

    stem: str  # lower case, regular ending off
    concept: str  # the family of news acts and actors it belongs to, else its root
    family: str | None
    is_function: bool
    is_number: bool
    classes: str  # what a dictionary says it can be; «-» where none knows it
    kind: str  # «verb» where it can be nothing else, «noun_or_verb», «noun» or «other»


def look_up_words(sentence: str) -> list[tuple[Word, bool]]:
    """List the words of a sentence, each with whether it is written as a name."""
    found = []
    for number, match in enumerate(WORD.finditer(sentence.translate(APOSTROPHES))):
        form = match.group()
        word = look_up(form)
        found.append((word, form[0].isupper() and number > 0 and not word.is_function))
    return found


@lru_cache(maxsize=100_000)
def look_up(form: str) -> Word:
    """Say what a form is, by its letters and the word lists alone."""
    stem, lower = stem_word(form), form.casefold()
    families = lexicon_index("event_families")
    row = families.get(lower) or families.get(find_base(form)) or families.get(stem)
    family = row["family"] if row else None
    is_number = form[0].isdigit() or stem in lexicon_index("numbers")
    classes = find_word_class(lower)
    return Word(
        stem=stem,
        concept=f"={family}" if family else stem[:ROOT],
        family=family,
        is_function=stem in lexicon_index("function_words") or lower in lexicon_index("function_words"),
        is_number=is_number,
        classes=classes,
        kind="other" if is_number or classes == UNKNOWN else _find_kind(set(classes)),
    )


def _find_kind(classes: set[str]) -> str:
    if classes & VERBS:
        return "noun_or_verb" if classes & NOUNS or not classes & (VERBS - {"v"}) else "verb"
    return "noun" if classes & NOUNS else "other"


def stem_words(sentence: str) -> list[str]:
    """Fold a sentence to the stems of its words: lower case, regular endings off."""
    return [word.stem for word, _ in look_up_words(sentence)]


def join_words(words: list[str], length: int) -> list[str]:
    """List the runs of so many words."""
    return [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]
