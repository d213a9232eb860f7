"""Measure alignment: pairs of sentences on topics left out, claims brought together against labels, and the speed.

Sentences: ../shared/eval (ECB+, annotations CC BY 3.0). Weights are fitted on all topics but those that are scored
(six folds by topic), and on train for dev; beside them, in the same run, what words alone give: TF-IDF of characters
and of words and BM25, fitted a topic. Claims: the labelled stories of benchmarks/gold. A pair of claims of different
articles is right where some labelled proposition holds both; pairs of which neither claim is labelled are not judged.
Speed: pairs a second of this process's own time, and seconds to align one story of 200 articles.

Usage: python benchmarks/alignment.py [sentences | claims | speed]
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd
from labelled_stories import SHARED, pair_up, place_labels, read_labelled
from sklearn.metrics import average_precision_score
from train_alignment import FOLDS, fit, load_pairs, measure_calls, score

from helpers.alignment import align_claims, score_pairs
from helpers.alignment.likeness import COLUMNS
from helpers.corpus.pipeline import analyse

WORDS_ALONE = {"TF-IDF characters 3-5": "characters", "TF-IDF words": "stems", "BM25, both ways": "saturated"}
STORY_OF_MANY = 200


def measure_sentences() -> None:
    """Print what scores of unseen topics are worth, beside words alone; then the same for dev."""
    sentences, pairs = load_pairs()
    topics = sorted(pairs["topic"].unique())
    folds = [set(topics[fold::FOLDS]) for fold in range(FOLDS)]
    train = set(pairs.loc[pairs["split"] == "train", "topic"])
    dev = (pairs["split"] == "dev").to_numpy()
    measured = {unit: measure_calls(sentences, pairs, unit) for unit in ("topic", "story")}
    rows, features = measured["topic"]
    features = features[np.argsort(rows)]
    for name, column in WORDS_ALONE.items():
        alone = features[:, COLUMNS["with_story"].index(column)]
        report(f"{name}: all topics", pairs, alone)
        report(f"{name}: dev", pairs[dev], alone[dev])
    scores = np.zeros(len(pairs))
    for fold in folds:
        out = pairs["topic"].isin(fold).to_numpy()
        scores[out] = score(fit(measured, pairs, set(topics) - fold), features[out])
    report("topics left out", pairs, scores)
    report("dev, from train", pairs[dev], score(fit(measured, pairs, train), features[dev]))


def report(name: str, pairs: pd.DataFrame, scores: np.ndarray) -> None:
    """Print average precision and recall at 5, strict in a story and by claim in a topic."""
    story = (pairs["same_sub"] == 1).to_numpy()
    strict = average_precision_score(pairs["y_strict"][story], scores[story])
    claim = average_precision_score(pairs["y_claim"], scores)
    near = recall_at_5(pairs[story], scores[story], "y_strict")
    print(f"{name:<36} strict AP in a story {strict:.3f}, R@5 {near:.3f}; claim AP in a topic {claim:.3f}")


def recall_at_5(pairs: pd.DataFrame, scores: np.ndarray, label: str) -> float:
    """Give the mean share of a sentence's true partners among its five best, as score_alignment.py does."""
    told = pd.DataFrame({"a": pairs["a"], "b": pairs["b"], "y": pairs[label], "s": scores})
    told = pd.concat([told, told.rename(columns={"a": "b", "b": "a"})], ignore_index=True)
    told = told.sort_values(["a", "s", "b"], ascending=[True, False, True], kind="stable")
    found = told.groupby("a").head(5).groupby("a")["y"].sum()
    true = told.groupby("a")["y"].sum()
    return float((found[true > 0] / np.minimum(true[true > 0], 5)).mean())


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
    """Print pairs a second, in one call and one call a topic, and the seconds that a story of many articles takes."""
    sentences, pairs = load_pairs()
    place = {name: i for i, name in enumerate(sentences["id"])}
    index = np.column_stack([pairs["a"].map(place), pairs["b"].map(place)])
    texts = sentences["text"].tolist()
    score_pairs(texts, index[:1000])  # word lists are read once
    calls = [index[rows] for rows in pairs.groupby("topic", sort=True).indices.values()]
    for name, parts in (("in one call", [index]), ("a call a topic", calls)):
        started = time.process_time()
        for part in parts:
            score_pairs(texts, part)
        print(f"{len(index):,} pairs {name}: {len(index) / (time.process_time() - started):,.0f} a second")
    for times in (1, 2):
        articles = multiply_story(STORY_OF_MANY * times)
        made = analyse(articles, until="claims")
        claims, mentions = made["claims"], made["mentions"]
        started = time.process_time()
        align_claims(claims, mentions, articles=articles)
        print(f"{len(articles)} articles, {len(claims):,} claims: {time.process_time() - started:.1f} s to align")


def multiply_story(count: int) -> pd.DataFrame:
    """Make one story of so many articles out of those of the labelled stories, each with a sentence of its own."""
    every = pd.concat([articles for _, articles, *_ in read_labelled()], ignore_index=True)
    chosen = every.iloc[np.arange(count) % len(every)].reset_index(drop=True)
    copies = [f"{text}\n\nThis was told as number {number}." for number, text in enumerate(chosen["text"])]
    return chosen.assign(
        story="many", article_id=[f"article-{number:04d}" for number in range(count)], text=copies,
        n_chars=[len(text) for text in copies],
    )  # fmt: skip


if __name__ == "__main__":
    if not SHARED.is_dir():
        sys.exit("../shared is absent: the originals and the annotated pairs are not in this repository")
    measures = {"sentences": measure_sentences, "claims": measure_claims, "speed": measure_speed}
    for name in sys.argv[1:] or measures:
        measures[name]()
