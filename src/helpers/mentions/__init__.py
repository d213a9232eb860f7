"""Names and values inside claims; its face loads the parser when it is asked for, so that the kinds of values stay light."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.mentions.find import find_mentions

__all__ = ["find_mentions"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from helpers.mentions import find

    return getattr(find, name)
