"""Learn the weights of `helpers.alignment.score_pairs` and write them as readable JSON.

Data: ../shared/eval (sentence pairs of ECB+, annotations CC BY 3.0), its train part only. Topics are left out in
turn to see what generalises; the dev part is scored once with the weights of the whole train part.

Usage: python benchmarks/train_alignment.py [--write]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from helpers.alignment import FEATURES, measure_pairs, score_pairs

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
WEIGHTS = ROOT / "src" / "helpers" / "weights" / "alignment.json"


def load_pairs() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Load sentences and pairs; stop with a clear word where the data are absent."""
    if not EVAL.is_dir():
        sys.exit("../shared/eval is absent: the alignment data are not in this repository")
    sentences = pd.read_json(EVAL / "alignment_sentences.jsonl", lines=True, dtype={"topic": str})
    pairs = pd.read_json(EVAL / "alignment_pairs.jsonl", lines=True, dtype={"topic": str})
    return sentences, pairs


def measure_topics(sentences: pd.DataFrame, pairs: pd.DataFrame) -> np.ndarray:
    """Measure the features of all pairs, topic by topic as in use."""
    features = np.zeros((len(pairs), len(FEATURES)))
    for topic, part in pairs.groupby("topic"):
        own = sentences[sentences["topic"] == topic].reset_index(drop=True)
        place = {name: i for i, name in enumerate(own["id"])}
        index = np.column_stack([part["a"].map(place), part["b"].map(place)])
        features[part.index] = measure_pairs(own["text"].tolist(), index)
    return features


def fit(features: np.ndarray, labels: np.ndarray) -> LogisticRegression:
    """Fit the regression, positive and negative pairs weighing alike in part."""
    return LogisticRegression(C=1.0, max_iter=2000, class_weight={0: 1.0, 1: 3.0}).fit(features, labels)


def report(name: str, pairs: pd.DataFrame, scores: np.ndarray) -> None:
    """Print the average precisions that the README quotes."""
    same = (pairs["same_sub"] == 1).to_numpy()
    strict = average_precision_score(pairs["y_strict"][same], scores[same])
    claim = average_precision_score(pairs["y_claim"], scores)
    print(f"{name:<28} strict AP in a story {strict:.3f}   claim AP in a topic {claim:.3f}   pairs {len(pairs):,}")


def main() -> None:
    """Cross-validate over topics, fit on the train part, score dev, and write the weights if asked."""
    sentences, pairs = load_pairs()
    features = measure_topics(sentences, pairs)
    target = (0.5 * pairs["y_strict"] + 0.5 * pairs["y_claim"]).to_numpy() >= 0.5
    train = (pairs["split"] == "train").to_numpy()
    held_out = np.zeros(len(pairs))
    topics = sorted(pairs.loc[train, "topic"].unique())
    for fold in range(6):
        out = train & pairs["topic"].isin(topics[fold::6]).to_numpy()
        held_out[out] = fit(features[train & ~out], target[train & ~out]).decision_function(features[out])
    report("train, topics left out", pairs[train], held_out[train])
    model = fit(features[train], target[train])
    report("dev", pairs[~train], model.decision_function(features[~train]))
    for number, name in enumerate(FEATURES):
        single = features[~train, number]
        report(f"dev, {name} alone", pairs[~train], single)
    if "--write" in sys.argv:
        weights = {name: round(float(w), 4) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
        weights["intercept"] = round(float(model.intercept_[0]), 4)
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n")
        print(f"written: {WEIGHTS.relative_to(ROOT)}")
    topic = pairs[pairs["topic"] == topics[0]]
    own = sentences[sentences["topic"] == topics[0]].reset_index(drop=True)
    place = {name: i for i, name in enumerate(own["id"])}
    index = np.column_stack([topic["a"].map(place), topic["b"].map(place)])
    index = np.tile(index, (max(1, 100_000 // len(index)), 1))
    started = time.perf_counter()
    score_pairs(own["text"].tolist(), index)
    print(f"{len(index) / (time.perf_counter() - started):,.0f} pairs a second")


if __name__ == "__main__":
    main()
