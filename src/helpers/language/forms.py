"""Forms of words: lemma, base, stem, plural and singular, from the form and the word lists alone."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files

from helpers.language.dictionary import find_listed_lemma
from helpers.language.lexicons import lexicon_index

UNINFLECTED = frozenset({"determiner", "pronoun", "preposition", "connective"})
TAGS = (("ing", "VBG"), ("ed", "VBD"), ("s", "VBZ"))


def fold_word(word: str) -> str:
    """Fold a word to lower case, its apostrophe straight and its possessive ending off."""
    return word.casefold().replace("’", "'").removesuffix("'s")


@lru_cache(maxsize=1)
def _lemma_table() -> dict[str, str]:
    return json.loads(gzip.decompress(files("helpers.language.model").joinpath("lemmas.json.gz").read_bytes()))


@lru_cache(maxsize=1 << 16)
def find_lemma(form: str, tag: str) -> str:
    """Find the lemma of a form in lower case with a tag of the Penn treebank; a name is its own lemma."""
    if tag == "NNP":
        return form
    if tag == "CD":
        return form.replace(",", "")
    irregular = lexicon_index("irregular_verbs").get(form) if tag.startswith(("VB", "MD")) else None
    if irregular:
        return irregular["lemma"]
    kind = tag[:1]
    return _lemma_table().get(f"{form}|{kind}") or find_listed_lemma(form, kind) or strip_ending(form, tag)


def strip_ending(form: str, tag: str) -> str:
    """Take a regular ending off a form: the fallback for what the lemma table does not list."""
    if tag in ("NNS", "VBZ") and form.endswith("s") and not form.endswith("ss"):
        if form.endswith("ies") and len(form) > 4:
            return form[:-3] + "y"
        return form[:-2] if form.endswith(("ches", "shes", "sses", "xes", "zzes")) else form[:-1]
    if tag in ("VBD", "VBN") and form.endswith("ed"):
        return _restore(form[:-3] + "y" if form.endswith("ied") else form[:-2])
    if tag == "VBG" and form.endswith("ing") and len(form) > 4:
        return _restore(form[:-3])
    return form


def _restore(stem: str) -> str:
    """Give the base form of a stem: «plann» is plan, «provok» is provoke."""
    doubled = len(stem) > 3 and stem[-1] == stem[-2]
    if doubled and (stem[-1] not in "lsz" or (stem.endswith("ell") and len(stem) > 5)):
        return stem[:-1]
    endings = lexicon_index("silent_e")
    for length in (3, 2, 1):
        entry = endings.get(stem[-length:])
        if entry and len(stem) > length:
            return stem if entry["unless"] and stem.endswith(tuple(entry["unless"].split())) else f"{stem}e"
    return stem


@lru_cache(maxsize=50_000)
def find_base(word: str) -> str:
    """Bring a word to its lemma by its ending alone; a word of a closed class has one form, auxiliaries apart."""
    form = fold_word(word)
    if lexicon_index("function_words").get(form, {}).get("class") in UNINFLECTED:
        return form
    for ending, tag in TAGS:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            return find_lemma(form, tag)
    return find_lemma(form, "VB")


@lru_cache(maxsize=100_000)
def stem_word(word: str) -> str:
    """Fold a word to its stem; a number loses its thousands separators."""
    word = word.casefold().removesuffix("'s")
    if word[:1].isdigit():
        return word.replace(",", "")
    for ending, tag in (("ing", "VBG"), ("ed", "VBD"), ("s", "NNS")):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return strip_ending(word, tag)
    return word


def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun."""
    if word in lexicon_index("irregular_plurals"):
        return True
    if word in lexicon_index("singular_in_s"):
        return False
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def singular(word: str) -> str:
    """Give the singular of a plural noun."""
    row = lexicon_index("irregular_plurals").get(word)
    if row is not None:
        return row["singular"]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


@lru_cache(maxsize=200_000)
def find_plain_form(word: str) -> str:
    """Bring a word to the form under which it is compared: its lemma, or the group of words that news uses for it."""
    form = fold_word(word).rstrip("'")
    synonyms = lexicon_index("news_synonyms")
    single = singular(form) if is_plural(form) else form
    for candidate in (form, single, find_base(form)):
        if candidate in synonyms:
            return synonyms[candidate]["group"]
    return single if is_plural(form) else find_base(form)
