"""Read the stories whose claims are labelled by what they speak to, and place the labels on the claims of today.

Labels (benchmarks/gold/alignment_*.jsonl) are offsets: for each proposition that two articles or more speak to, the
places of its claims. Texts: ../shared/articles and ../shared/stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "benchmarks" / "gold"


def place_labels(claims: pd.DataFrame, gold: pd.DataFrame) -> dict[str, set[str]]:
    """Give each labelled proposition's claims: those that lie in a labelled place, or it in them, almost whole."""
    placed: dict[str, set[str]] = {}
    for label in gold.itertuples():
        own = claims[claims["article_id"] == label.article_id]
        shared = np.minimum(own["end"], label.end) - np.maximum(own["start"], label.start)
        shorter = np.minimum(own["end"] - own["start"], label.end - label.start)
        longer = np.maximum(own["end"] - own["start"], label.end - label.start)
        near = (shared / shorter >= 0.8) & (shared / longer >= 0.2)
        placed.setdefault(label.proposition, set()).update(own.loc[near, "claim_id"])
    return placed


def pair_up(groups, article_of: dict[str, str]) -> set[tuple[str, str]]:
    """List the pairs of claims of different articles that stand in one group."""
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2) if article_of[a] != article_of[b]}


def read_labelled() -> Iterator[tuple]:
    """Yield (name, articles, claims, mentions, labels) of the labelled stories: the originals, then dev, then test."""
    folders = {"netflix-messages": SHARED / "articles" / "netflix-messages"}
    for path in (GOLD / "alignment_originals.jsonl", *sorted(GOLD.glob("alignment_stories_*.jsonl"))):
        labels = pd.read_json(path, lines=True, dtype={"article_id": str})
        story = labels["story"].iloc[0] if "story" in labels else "netflix-messages"
        articles = read_articles(folders.get(story, SHARED / "stories" / story))
        made = analyse(articles, until="claims")
        yield path.stem.removeprefix("alignment_"), articles, made["claims"], made["mentions"], labels
