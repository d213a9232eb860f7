"""Forms of words: plural and singular."""

from __future__ import annotations

from helpers.language.lexicons import lexicon_index


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
