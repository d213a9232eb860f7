"""Texts edited as editors edit them, each sign remembering where it came from: so it is known where a place has gone."""

from __future__ import annotations

import random
import re

Signs = list[tuple[str, int | None]]  # each sign with its place in the text before, None where it is new

WORD = re.compile(r"\S+")
SHAPES = {"“": '"', "”": '"', "’": "'", "'": "’", "—": "-", " ": " "}


def track(text: str) -> Signs:
    return [(sign, place) for place, sign in enumerate(text)]


def read(signs: Signs) -> str:
    return "".join(sign for sign, _ in signs)


def _choose_words(signs: Signs, chance: random.Random, most: int) -> tuple[int, int]:
    words = list(WORD.finditer(read(signs)))
    first = chance.randrange(len(words))
    last = min(first + chance.randrange(most), len(words) - 1)
    return words[first].start(), words[last].end()


def delete_words(signs: Signs, chance: random.Random) -> Signs:
    start, end = _choose_words(signs, chance, 9)
    return signs[:start] + signs[end:]


def insert_words(signs: Signs, chance: random.Random) -> Signs:
    start, _ = _choose_words(signs, chance, 1)
    new = chance.choice(["moreover ", "on Tuesday, ", "the company said ", "12 of ", "It was denied. "])
    return [*signs[:start], *((sign, None) for sign in new), *signs[start:]]


def copy_words(signs: Signs, chance: random.Random) -> Signs:
    """Say something a second time, elsewhere: the copy is another place with the same words."""
    start, end = _choose_words(signs, chance, 25)
    at, _ = _choose_words(signs, chance, 1)
    return [*signs[:at], *signs[start:end], (" ", None), *signs[at:]]


def retype(signs: Signs, chance: random.Random) -> Signs:
    """Give marks and blanks other shapes, as another program saves them."""
    return [(SHAPES.get(sign, sign) if chance.random() < 0.5 else sign, place) for sign, place in signs]


def move_paragraph(signs: Signs, chance: random.Random) -> Signs:
    breaks = [match.start() for match in re.finditer(r"\n+", read(signs))]
    if len(breaks) < 3:
        return signs
    first = chance.randrange(len(breaks) - 1)
    start, end = breaks[first], breaks[first + 1]
    rest = signs[:start] + signs[end:]
    at = chance.choice([0, *[match.end() for match in re.finditer(r"\n+", read(rest))]])
    return rest[:at] + signs[start:end] + [("\n", None)] + rest[at:]


EDITS = (delete_words, delete_words, insert_words, insert_words, copy_words, retype, move_paragraph)


def edit(text: str, chance: random.Random, times: int) -> Signs:
    """Edit a text some times over."""
    signs = track(text)
    for _ in range(times):
        if read(signs).strip():
            signs = chance.choice(EDITS)(signs, chance)
    return signs
