"""Which words of two statements differ, and of what kind the difference is: a value, a date, a negation, a reserve, a name, other words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.alignment.compare import Pair, measure
from helpers.alignment.statements import Statement, Value, Word
from helpers.language.polarity import read_polarity

GAP = 2  # characters between words of one phrase
DIFFERENCES = ("amount", "date", "denial", "certainty", "name", "words")


class Difference(NamedTuple):
    """Where two statements part: the kind, and the place of the words in either; a place may be absent on one side."""

    kind: str
    a: tuple[int, int] | None
    b: tuple[int, int] | None


def find_differences(pair: Pair) -> list[Difference]:
    """Find where two statements part, values first, then negation and reserve, then the words that nothing answers."""
    found = [*_compare_values(pair), *_compare_polarity(pair)]
    left = [_join(words) for words in pair.left]
    if left[0] or left[1]:
        names = all(any(word.is_name for word in words) for words in left)
        found.append(Difference("name" if names else "words", _place(left[0]), _place(left[1])))
    return found


def measure_differences(pair: Pair) -> dict[str, float]:
    """Measure what differs: values that agree, values that cannot both hold, negation, reserve."""
    values = _compare_values(pair)
    return {
        "values_equal": float(any(_are_one(v, w) for v in pair.a.values for w in pair.b.values)),
        "amounts_apart": float(any(difference.kind == "amount" for difference in values)),
        "dates_apart": float(any(difference.kind == "date" for difference in values)),
        "no_and_yes": float(pair.a.is_no != pair.b.is_no),
        "sure_and_open": float(pair.a.is_sure != pair.b.is_sure),
        "doubted": float(pair.a.doubted != pair.b.doubted),
    }


def measure_pair(pair: Pair) -> dict[str, float]:
    """Measure all that the judge of relations reads: what two statements share, and what differs."""
    return {**measure(pair), **measure_differences(pair)}


def _compare_values(pair: Pair) -> list[Difference]:
    """Find the values of one kind and unit that cannot both hold, where neither statement tells the other's value as well."""
    found = []
    for v in pair.a.values:
        for w in pair.b.values:
            comparable = v.kind == w.kind and (v.kind not in ("money", "quantity") or v.unit == w.unit)
            if not comparable or _are_one(v, w) or _tells(pair.a, w) or _tells(pair.b, v):
                continue
            kind = "date" if v.kind == "date" else "amount"
            found.append(Difference(kind, (v.start, v.end), (w.start, w.end)))
    return found


def _tells(statement: Statement, value: Value) -> bool:
    return any(own.kind == value.kind and _are_one(own, value) for own in statement.values)


def _are_one(v: Value, w: Value) -> bool:
    """Say whether two values can both hold; of dates that are not resolved, whether they are written alike."""
    if v.kind != w.kind:
        return False
    if np.isnan(v.low) or np.isnan(w.low):
        return v.partial == w.partial or not (v.partial and w.partial)
    return v.low <= w.high and w.low <= v.high


def _compare_polarity(pair: Pair) -> list[Difference]:
    found = []
    if pair.a.is_no != pair.b.is_no:
        found.append(Difference("denial", _place_cue(pair.a), _place_cue(pair.b)))
    elif pair.a.is_sure != pair.b.is_sure:
        found.append(Difference("certainty", _place_cue(pair.a), _place_cue(pair.b)))
    return found


def _place_cue(statement: Statement) -> tuple[int, int] | None:
    """Place the words of a statement that negate it or leave it open: its own, else the cue that reports it."""
    claim = statement.claim
    words = read_polarity(claim.text).words
    if words:
        return int(claim.start) + words[0].start, int(claim.start) + words[0].end
    if isinstance(claim.cue, str) and (statement.denied or statement.alleged):
        return int(claim.cue_start), int(claim.cue_end)
    return None


def _join(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Take of the words that are left over the phrase that weighs most."""
    phrases: list[list[Word]] = []
    for word in words:
        if phrases and 0 <= word.start - phrases[-1][-1].end <= GAP:
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return tuple(max(phrases, key=lambda own: (sum(word.weight for word in own), -own[0].start), default=()))


def _place(words: tuple[Word, ...]) -> tuple[int, int] | None:
    return (words[0].start, words[-1].end) if words else None
