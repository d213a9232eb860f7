"""Which names of people are one: middle names, initials, accents and the short forms of given names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from helpers.language.lexicons import lexicon_index, load_lexicon

GENERATIONS = frozenset({"Jr", "Sr", "II", "III", "IV"})
LONGEST_INITIALS = 2  # capitals without full stops: «JP»
SHORTEST_OPENING = 3  # letters by which a given name opens a longer one: «Chris», «Christian»

Apart = Callable[[str, str], bool]


@cache
def fold_name(name: str) -> str:
    """Give a name without accents, capitals and full stops, so that two spellings of it are one."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return plain.casefold().replace(".", "").replace("’", "'")


@cache
def _split(name: str) -> tuple[tuple[str, ...], str]:
    """Cut a name into its given names, each initial by itself, and its surname; «Jr» and the like count to neither."""
    words = drop_generation(name.split())
    parts: list[str] = []
    for word in words[:-1]:
        initials = list(word) if word.isupper() and len(word) <= LONGEST_INITIALS else re.split(r"[.-]", word)
        parts += [fold_name(part) for part in initials if part]
    return tuple(parts), fold_name(words[-1])


def drop_generation(words: list[str]) -> list[str]:
    """Leave out what only tells a son from his father: «Karl Lind Jr»."""
    return words[:-1] if len(words) > 1 and words[-1].rstrip(".") in GENERATIONS else words


def _generation(name: str) -> str | None:
    last = name.split()[-1].rstrip(".")
    return last if last in GENERATIONS else None


@cache
def may_be_one(name: str, other: str) -> bool:
    """Say whether two full names can be one person's: «Arthur J. Pell» and «Art Pell», «J.P. Holm» and «Jens Peter Holm»."""
    if fold_name(name) == fold_name(other):
        return True
    (given, surname), (others, same) = _split(name), _split(other)
    if len({_generation(name), _generation(other)} - {None}) > 1:
        return False
    if surname != same or not given or not others:
        return False
    longer, shorter = (given, others) if len(given) >= len(others) else (others, given)
    if longer[len(longer) - len(shorter) :] == shorter:
        return True
    return _are_forms(given[0], others[0]) and _stand_in_order(shorter[1:], longer[1:])


def _stand_in_order(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Say whether all middle names of one stand among those of the other, in their order."""
    rest = iter(longer)
    return all(any(_are_forms(word, other) for other in rest) for word in shorter)


def _are_forms(one: str, other: str) -> bool:
    """Say whether two given names can be one: the same, an initial, a short form, or the longer one cut."""
    short, long = sorted((one, other), key=len)
    if one == other or (len(short) == 1 and long.startswith(short)):
        return True
    if other in _short_forms(one) or one in _short_forms(other):
        return True
    return len(short) >= SHORTEST_OPENING and long.startswith(short) and short not in _given_names()


def _short_forms(name: str) -> list[str]:
    row = lexicon_index("given_names").get(name)
    return row["short_forms"].split() if row else []


@cache
def _given_names() -> frozenset[str]:
    known = {row["entry"] for row in load_lexicon("gendered_words") if row["kind"] == "forename"}
    return frozenset(known | {row["entry"] for row in load_lexicon("given_names")})


def is_given_name(word: str) -> bool:
    """Say whether a word is known as a given name, in full or short."""
    return fold_name(word) in _given_names()


def find_fullest(names: Iterable[str]) -> str:
    """Give the fullest of several names of one person: no short form, then the longest, then the one with its accents."""
    names = sorted(names)
    short = {form for name in names for form in _short_forms(_split(name)[0][0])} if len(names) > 1 else set()

    def weigh(name: str) -> tuple[bool, int, int, str]:
        accents = sum(not letter.isascii() for letter in name)
        return _split(name)[0][0] not in short, len(name), accents, name

    return max(names, key=weigh)


def join_names(names: Iterable[str], are_apart: Apart) -> Mapping[str, str]:
    """Map the full names of people to the fullest name of the same person, where it can be only one.

    A name that could be that of two people whose names exclude each other stays what it is.
    """
    by_surname: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        if _split(name)[0]:
            by_surname.setdefault(_split(name)[1], []).append(name)
    joined: dict[str, str] = {}
    for alike in by_surname.values():
        joined.update(_join_alike(alike, are_apart))
    return joined


def _join_alike(names: list[str], are_apart: Apart) -> dict[str, str]:
    """Join the names of one surname as far as each can be joined with only one person."""
    if len(names) < 2:
        return {}
    partners = {
        name: [other for other in names if other != name and may_be_one(name, other) and not are_apart(name, other)]
        for name in names
    }
    sure = {
        name: others
        for name, others in partners.items()
        if all(other in partners[another] for other in others for another in others if other != another)
    }
    groups = {name: find_fullest([name, *others]) for name, others in sure.items() if others}
    return {name: full for name, full in groups.items() if name != full and full in sure}
