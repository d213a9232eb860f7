"""Measure the alignment of claims: pairs that `align_claims` brings together against labels, and its speed.

Reads ../shared/articles (the five originals) and benchmarks/gold/alignment_originals.jsonl: for each proposition that
two articles or more speak to, the places of its claims. A pair of claims of different articles is right where some
labelled proposition holds both; pairs of which neither claim is labelled are not judged. Also prints what
`score_pairs` does per second.

Usage: python benchmarks/alignment.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.alignment import align_claims
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.likeness import score_pairs
from helpers.mentions import find_mentions
from helpers.passages import split_passages

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
        claims = extract_claims(articles, split_passages(articles))
        yield path.stem.removeprefix("alignment_"), articles, claims, find_mentions(claims, articles), labels


def measure_claims() -> None:
    """Print precision and recall of the pairs that `align_claims` brings together, story by story."""
    for name, articles, claims, mentions, labels in read_labelled():
        _, relations = align_claims(claims, mentions, articles=articles)
        article_of = dict(zip(claims["claim_id"], claims["article_id"], strict=True))
        placed = place_labels(claims[claims["claim_id"].isin(relations["claim_id"])], labels)
        right, labelled = pair_up(placed.values(), article_of), set().union(*placed.values())
        groups = relations.groupby("proposition_id")["claim_id"].agg(set)
        found = {pair for pair in pair_up(groups, article_of) if labelled & set(pair)}
        judged = {pair for pair in found if set(pair) <= labelled}
        hits = len(found & right)
        touched = sum(bool(pair_up([ids & group for group in groups], article_of)) for ids in placed.values())
        print(
            f"{name:<13} pairs found {len(found)}, right {hits}, labelled {len(right)}: "
            f"P {hits / max(1, len(found)):.2f} (both labelled {hits / max(1, len(judged)):.2f}) "
            f"R {hits / max(1, len(right)):.2f}; propositions found at least in part {touched} of {len(placed)}"
        )


def measure_speed() -> None:
    """Print the pairs a second of `score_pairs` on the annotated topics, one call a topic and in one call."""
    sentences = pd.read_json(SHARED / "eval" / "alignment_sentences.jsonl", lines=True, dtype={"topic": str})
    pairs = pd.read_json(SHARED / "eval" / "alignment_pairs.jsonl", lines=True, dtype={"topic": str})
    place = {name: i for i, name in enumerate(sentences["id"])}
    index = np.column_stack([pairs["a"].map(place), pairs["b"].map(place)])
    for name, times in (("once", 1), ("ten times over", 10)):
        started = time.perf_counter()
        score_pairs(sentences["text"].tolist(), np.tile(index, (times, 1)))
        print(
            f"score_pairs, {len(index):,} pairs {name}: {len(index) * times / (time.perf_counter() - started):,.0f} pairs a second"
        )


if __name__ == "__main__":
    if not SHARED.is_dir():
        sys.exit("../shared is absent: the originals and the annotated pairs are not in this repository")
    measure_claims()
    measure_speed()
