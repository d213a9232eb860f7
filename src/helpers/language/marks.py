"""Marks of quotation and apostrophes brought to the shapes that a reader of text knows, character for character."""

from __future__ import annotations

import re

DOUBLED = re.compile(r"''|``|‘‘|’’")
# The marks that the tokenizer and the treebanks know, character for character, so that offsets stay.
KNOWN_MARKS = str.maketrans({"„": "“", "«": "“", "»": "”", "‘": "'", "’": "'", "\u00a0": " "})
OPENING_MARK = re.compile(r'(?:(?<=^)|(?<=[\s(\[—–-]))"(?=\S)')


def direct_marks(text: str) -> str:
    """Write quotation marks with their direction and apostrophes straight, character for character."""
    text = read_doubled_marks(text).translate(KNOWN_MARKS)
    return OPENING_MARK.sub("“", text).replace('"', "”") if '"' in text else text


def read_doubled_marks(text: str) -> str:
    """Write two single marks, as agencies send them, as a double one and a space: every offset stays."""
    return DOUBLED.sub(_as_one_mark, text) if DOUBLED.search(text) else text


def _as_one_mark(match: re.Match[str]) -> str:
    opens = match.start() == 0 or match.string[match.start() - 1] in " \t\n([—–-"
    return "“ " if opens else " ”"
