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
GOLD = ROOT / "benchmarks" / "gold" / "alignment_originals.jsonl"


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


def measure_originals() -> None:
    """Print precision and recall of the pairs on the five originals."""
    articles = read_articles(SHARED / "articles" / "netflix-messages")
    claims = extract_claims(articles, split_passages(articles))
    _, relations = align_claims(claims, find_mentions(claims, articles), articles=articles)
    article_of = dict(zip(claims["claim_id"], claims["article_id"], strict=True))
    placed = place_labels(claims, pd.read_json(GOLD, lines=True, dtype={"article_id": str}))
    right = pair_up(placed.values(), article_of)
    labelled = set().union(*placed.values())
    found = {
        pair
        for pair in pair_up(relations.groupby("proposition_id")["claim_id"].agg(set), article_of)
        if labelled & set(pair)
    }
    hits = len(found & right)
    precision, recall = hits / max(1, len(found)), hits / max(1, len(right))
    print(f"pairs found {len(found)}, right {hits}, labelled {len(right)}: P {precision:.2f} R {recall:.2f}")
    several = relations[relations["article_id"].groupby(relations["proposition_id"]).transform("nunique") > 1]
    groups = several.groupby("proposition_id")["claim_id"].agg(set)
    touched = sum(any(len(ids & group) > 1 for group in groups) for ids in placed.values())
    print(
        f"propositions with two articles or more {len(groups)}; labelled ones found at least in part {touched} of {len(placed)}"
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
    measure_originals()
    measure_speed()
