"""Set what two articles tell against each other, each thing against the one that most surely is the same, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Faced(NamedTuple):
    """Two things that may be one: their numbers, the facts that they tell, how surely, and whether they agree."""

    one: int
    other: int
    fact_one: tuple
    fact_other: tuple
    score: float
    equal: bool
    bonus: float  # what agreeing counts for being one thing


def face(pairs: Iterable[Faced], likely: float) -> list[Faced]:
    """Choose the pairs that are one thing: between two articles each fact faces one other, the surest first.

    A fact is what an article may tell at several places; its first word is the article.
    """
    between: dict[tuple, list[Faced]] = defaultdict(list)
    for pair in pairs:
        between[tuple(sorted((pair.fact_one[0], pair.fact_other[0])))].append(pair)
    chosen = []
    for _, held in sorted(between.items()):
        facing: dict[tuple, tuple] = {}
        for pair in sorted(held, key=lambda p: (-(p.score + p.bonus * p.equal), p.one, p.other)):
            free = facing.get(pair.fact_one, pair.fact_other) == pair.fact_other
            if pair.score >= likely and free and facing.get(pair.fact_other, pair.fact_one) == pair.fact_one:
                facing[pair.fact_one], facing[pair.fact_other] = pair.fact_other, pair.fact_one
                chosen.append(pair)
    return chosen
