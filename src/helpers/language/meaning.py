"""How two words stand to each other in meaning: the same, near, opposed, or nothing to do with each other.

Read off WordNet 3.1, cut down to what is asked of it (senses, words derived from one another, broader concepts, opposites) by
`benchmarks/build_wordnet.py`; its licence lies beside it.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from helpers.language.forms import find_base, is_plural, singular
from helpers.language.lexicons import lexicon_index

DERIVED, SYNONYM, BROADER, KIN = 0.95, 0.9, 0.75, 0.6  # likeness by how WordNet relates two words
SAME_ROOT = 5  # letters that names of one root share: Iran, Iranian


class Sense(NamedTuple):
    """What WordNet knows of a word: its concepts, those it is derived from, broader ones, opposites, how common it is."""

    concepts: frozenset[int]
    derived: frozenset[int]
    broader: frozenset[int]
    opposites: frozenset[str]
    commonness: int


UNKNOWN = Sense(frozenset(), frozenset(), frozenset(), frozenset(), 0)


@lru_cache(maxsize=1)
def _senses() -> dict[str, list]:
    return json.loads(gzip.decompress(files("helpers.language.model").joinpath("wordnet.json.gz").read_bytes()))


@lru_cache(maxsize=100_000)
def find_sense(word: str) -> Sense:
    """Give what WordNet knows of a lemma."""
    row = _senses().get(word)
    if row is None:
        return UNKNOWN
    return Sense(frozenset(row[0]), frozenset(row[1]), frozenset(row[2]), frozenset(row[3]), row[4])


@lru_cache(maxsize=100_000)
def find_lemma_of_meaning(form: str) -> str:
    """Bring a form to the lemma under which its meaning is listed: a noun's singular or a verb's base."""
    lower = form.casefold().replace("’", "'").removesuffix("'s").rstrip("'")
    known = _senses()
    irregular = lexicon_index("irregular_verbs").get(lower)
    if irregular:
        return irregular["lemma"]
    base, single = find_base(lower), singular(lower) if is_plural(lower) else lower
    if lower.endswith(("ed", "ing")) and base in known:
        return base
    for candidate in (lower, single, base):
        if candidate in known and (candidate != lower or not is_plural(lower)):
            return candidate
    return single


@lru_cache(maxsize=500_000)
def measure_likeness(one: str, other: str) -> float:
    """Measure how near two lemmas are in meaning, in [0, 1]: 1 the same word, 0 nothing in common."""
    if one == other:
        return 1.0
    a, b = find_sense(one), find_sense(other)
    if one in b.opposites or other in a.opposites:
        return 0.0
    if a.derived & b.concepts or b.derived & a.concepts:
        return DERIVED
    if a.concepts & b.concepts:
        return SYNONYM
    if a.broader & b.concepts or b.broader & a.concepts:
        return BROADER
    return KIN if a.derived & b.derived else 0.0


@lru_cache(maxsize=200_000)
def are_opposed(one: str, other: str) -> bool:
    """Say whether two lemmas are opposites."""
    return other in find_sense(one).opposites or one in find_sense(other).opposites


def share_root(one: str, other: str) -> bool:
    """Say whether two names come from one root: «Iran» and «Iranian»."""
    size = min(SAME_ROOT, len(one), len(other))
    return size > 3 and one[:size] == other[:size]
