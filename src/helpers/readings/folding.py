"""Texts folded to what a quotation is compared by, so that a reader's keyboard and a printer's marks agree."""

from __future__ import annotations

import unicodedata

from helpers.language.invisible import INVISIBLE

# The shapes of one mark: a reader's keyboard has other quotation marks and dashes than a printer.
SHAPES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)


def fold(text: str) -> tuple[str, list[int]]:
    """Fold a text to what a quotation is compared by, with the place in the text that each folded sign comes from.

    White space becomes one blank, each mark its plain shape, an accented letter its parts; unseen signs go.
    """
    signs: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if INVISIBLE.match(char) or char == "\u00ad":
            continue
        if char.isspace():
            if signs and signs[-1] == " ":
                continue
            shape = " "
        else:
            shape = unicodedata.normalize("NFD", char.translate(SHAPES))
        signs.extend(shape)
        places.extend([place] * len(shape))
    return "".join(signs), places
