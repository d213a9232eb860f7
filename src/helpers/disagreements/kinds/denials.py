"""Who says no in so many words to what another puts forward."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.disagreements.answers import find_answers
from helpers.disagreements.denials_told import tell_denials
from helpers.disagreements.view import Story


def find_denials(story: Story) -> Iterator[dict]:
    """Yield `denial`: what one side puts forward, another denies, disputes or calls untrue. A denial of what nobody tells is none."""
    yield from tell_denials(story, find_answers(story))
