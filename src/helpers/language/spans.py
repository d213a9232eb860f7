"""Stretches of a text, in code points."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch [start, end) of a text, in code points."""

    start: int
    end: int
