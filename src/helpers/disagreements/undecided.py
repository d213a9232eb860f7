"""Who says both: an article or an origin that gives both sides of a thing differs from nobody in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from helpers.disagreements.view import Story


def gives_both(held: Iterable, one, other, is_same: Callable[[object, object], bool]) -> bool:
    """Say whether the article of either of two values gives the other value too, among all that are held."""
    wanted = ((one.article, other), (other.article, one))
    return any(item.article == article and is_same(item, value) for item in held for article, value in wanted)


def leave_out_undecided(story: Story, pairs: Sequence[Sequence], claim_of: Callable = lambda item: item) -> list:
    """Leave out the pairs of one origin, and every other pair that one of their claims is in."""
    claims = [[claim_of(item) for item in pair] for pair in pairs]
    both = {c.claim_id for pair in claims if len(story.origins_of(c.article_id for c in pair)) < 2 for c in pair}
    return [pair for pair, held in zip(pairs, claims, strict=True) if both.isdisjoint(c.claim_id for c in held)]
