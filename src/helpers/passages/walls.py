"""Walls before the rest of a text: what stands below one is the wall's, and what stands above it breaks off."""

from __future__ import annotations

from helpers.passages.lines import Block

WALL_WHY = "wall before the rest of the text"
CUT_WHY = "the rest stands behind a wall"
LONGEST_WALL = 80  # words below the line that shows a wall, above which it is an offer within a text that goes on


def mark_wall(blocks: list[Block]) -> None:
    """Mark what stands below a wall as the wall's, and the last of the text above as breaking off.

    A wall within a text that goes on is an offer, and only its own line.
    """
    wall = next((place for place, block in enumerate(blocks) if block.why == WALL_WHY), None)
    if (
        wall is None
        or sum(len(block.text.split()) for block in blocks[wall + 1 :] if block.kind == "body") > LONGEST_WALL
    ):
        return
    for block in blocks[wall + 1 :]:
        if block.kind in ("body", "summary", "truncated"):
            block.kind, block.why = "boilerplate", WALL_WHY
    last = next((block for block in reversed(blocks[:wall]) if block.kind in ("body", "summary")), None)
    if last is not None:
        last.kind, last.why = "truncated", CUT_WHY
