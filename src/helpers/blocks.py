"""The lines of an article on their way to passages, and the signs by which a line shows what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLET = re.compile(r"^\s*[•‣▪●◦*·–-]\s+\S")
DATELINE = re.compile(
    r"^(?P<dateline>(?:[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][\w. ]{2,25})?(?: \([A-Z][\w ]{1,20}\))?|\([A-Z][\w ]{1,20}\))\s*(?::|—|–|--|-)\s+)(?=\S)"
)
STAMP_WHY = "date stamp"


@dataclass
class Block:
    """A line of an article on its way to a passage."""

    start: int
    end: int
    text: str
    kind: str = "body"
    why: str = "running text"


def cut_lines(text: str) -> list[Block]:
    """Cut a text into its lines, white space around them left out."""
    return [
        Block(match.start() + indent, match.start() + len(match.group().rstrip()), match.group().strip())
        for match in re.finditer(r"[^\n]*\S[^\n]*", text)
        for indent in [len(match.group()) - len(match.group().lstrip())]
    ]


def fold_line(line: str) -> str:
    """Fold a line to what tells a headline from another: its words, without case and marks."""
    return re.sub(r"\W+", " ", line).strip().casefold()


def is_headline(line: str) -> bool:
    """Say whether a line could be a headline: short, one sentence at most, not ending as running text does."""
    words = len(line.split())
    return 2 <= words <= 24 and len(line) <= 180 and not re.search(r"[.;:,…]['\"”’]?$", line)


def is_list_item(line: str) -> bool:
    """Say whether a line is an item of a list rather than a broken-off sentence."""
    return bool(BULLET.match(line)) or bool(re.match(r"^\d+[.)] ", line))
