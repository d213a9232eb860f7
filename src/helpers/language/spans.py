"""Stretches of a text, in code points, and what two of them share."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch [start, end) of a text, in code points."""

    start: int
    end: int


class Quotation(NamedTuple):
    """A quotation [start, end) with its marks, and the words [inner_start, inner_end) between them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def overlap(one: Span, other: Span) -> int:
    """Count the characters that two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
