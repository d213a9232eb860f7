"""Which kinds of values there are. A new kind is one module here and its name in `helpers.tables.VALUE_KINDS`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from helpers.mentions.values.numerals import Number, Tokens
from helpers.mentions.values.periods import Anchor
from helpers.tables import VALUE_KINDS


class ValueKind(NamedTuple):
    """A kind of value: how it is read, and how a report shows it.

    Kinds are asked in `turn`. `read` finds a value of a form of its own, at a word of `starters`; the others find what a
    number is of: `read_sign` before it, `read_unit` behind it (or behind its "of"), `read_counted` where neither is.
    What it is for stands behind one of `scope_after`. `settle` joins or resolves what was found in a whole text.

    In a report its values stand under `heading`, those of one `unit` or `scope` (`grouped_by`) on one scale under
    `measured_heading`; the figure shows them along `axis`. A kind without a heading has a place of its own there, as dates have in the timeline.
    """

    name: str
    turn: int
    heading: str = ""
    measured_heading: str = ""
    axis: str = ""
    grouped_by: str = ""
    scope_after: tuple[str, ...] = ()
    starters: Callable[[], frozenset[str]] = frozenset
    read: Callable[[Tokens, int, Anchor | None], Any] | None = None
    read_sign: Callable[[Tokens, int], Any] | None = None
    read_unit: Callable[[Tokens, Number, int, bool], Any] | None = None
    read_counted: Callable[[Tokens, Number, int], Any] | None = None
    settle: Callable[[Tokens, list, Anchor | None], list] | None = None


@cache
def list_kinds() -> tuple[ValueKind, ...]:
    """List the kinds in the order in which they are asked."""
    return tuple(sorted(_kinds().values(), key=lambda kind: kind.turn))


def list_amounts() -> tuple[ValueKind, ...]:
    """List the kinds that a report shows as amounts, in the order of its headings."""
    return tuple(kind for kind in _kinds().values() if kind.heading)


def find_kind(name: str) -> ValueKind:
    """Find a kind by its name."""
    return _kinds()[name]


@cache
def _kinds() -> dict[str, ValueKind]:
    return {name: import_module(f"{__package__}.{name}").KIND for name in VALUE_KINDS}
