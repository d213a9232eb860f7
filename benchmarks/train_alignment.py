"""Learn the weights of `helpers.alignment.score_pairs` and write them as readable JSON.

Data: ../shared/eval (sentence pairs of ECB+, annotations CC BY 3.0). Topics of the train part are left out in turn to
see what generalises to unseen ones; the dev part is scored once with the weights of the whole train part. The
weights that are shipped are learned on both parts. No seed is needed: nothing here is drawn at random.

Usage: python benchmarks/train_alignment.py [--write]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from helpers.likeness import LEXICAL, STORY, measure_pairs

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
WEIGHTS = ROOT / "src" / "helpers" / "weights" / "alignment.json"
FOLDS = 6
PROVENANCE = (
    "Logistic regressions by benchmarks/train_alignment.py on sentence pairs of ECB+ (Cybulska and Vossen 2014, "
    "annotations CC BY 3.0), train and dev topics; no text is held here."
)
STRENGTH = 0.002  # inverse of the penalty; stronger than usual because topics, not pairs, are what is few


def load_pairs() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Load sentences and pairs; stop with a clear word where the data are absent."""
    if not EVAL.is_dir():
        sys.exit("../shared/eval is absent: the alignment data are not in this repository")
    sentences = pd.read_json(EVAL / "alignment_sentences.jsonl", lines=True, dtype={"topic": str})
    pairs = pd.read_json(EVAL / "alignment_pairs.jsonl", lines=True, dtype={"topic": str})
    return sentences, pairs


def split_topics(sentences: pd.DataFrame, pairs: pd.DataFrame):
    """Yield each topic's rows of `pairs`, its sentences, and its pairs as numbers of these."""
    for topic, part in pairs.groupby("topic", sort=True):
        own = sentences[sentences["topic"] == topic]
        place = {name: i for i, name in enumerate(own["id"])}
        yield part.index, own["text"].tolist(), np.column_stack([part["a"].map(place), part["b"].map(place)])


def measure_topics(sentences: pd.DataFrame, pairs: pd.DataFrame) -> np.ndarray:
    """Measure the features of all pairs, topic by topic as in use."""
    features = np.zeros((len(pairs), len(LEXICAL) + len(STORY)))
    for rows, texts, local in split_topics(sentences, pairs):
        features[rows] = measure_pairs(texts, local)
    return features


class Head:
    """One logistic regression on standardised features, its weights told in the features' own units."""

    def __init__(self, features: np.ndarray, labels: np.ndarray):
        mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
        model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((features - mean) / spread, labels)
        self.weights = model.coef_[0] / spread
        self.intercept = float(model.intercept_[0] - self.weights @ mean)

    def score(self, features: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-(features @ self.weights + self.intercept)))

    def describe(self, names: tuple[str, ...]) -> dict[str, float]:
        told = {name: round(float(weight), 4) for name, weight in zip(names, self.weights, strict=True)}
        return told | {"intercept": round(self.intercept, 4)}


def fit(features: np.ndarray, pairs: pd.DataFrame, rows: np.ndarray) -> tuple[Head, Head]:
    """Fit both questions: the same proposition (among pairs of one story), the same event and participant."""
    story = rows & (pairs["same_sub"] == 1).to_numpy()
    proposition = Head(features[story], pairs.loc[story, "y_strict"].to_numpy())
    return proposition, Head(features[rows], pairs.loc[rows, "y_claim"].to_numpy())


def score(heads: tuple[Head, Head], features: np.ndarray) -> np.ndarray:
    """Mix the two answers as `score_pairs` does."""
    return (2 * heads[0].score(features) + heads[1].score(features)) / 3


def leave_topics_out(features: np.ndarray, pairs: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """Score each pair by weights that have not seen its topic."""
    topics = np.array(sorted(pairs.loc[rows, "topic"].unique()))
    scores = np.zeros(len(pairs))
    for fold in range(FOLDS):
        out = rows & pairs["topic"].isin(topics[fold::FOLDS]).to_numpy()
        scores[out] = score(fit(features, pairs, rows & ~out), features[out])
    return scores


def report(name: str, pairs: pd.DataFrame, scores: np.ndarray) -> None:
    """Print the average precisions that the README quotes."""
    same = (pairs["same_sub"] == 1).to_numpy()
    strict = average_precision_score(pairs["y_strict"][same], scores[same])
    claim = average_precision_score(pairs["y_claim"], scores)
    print(f"{name:<44} strict AP in a story {strict:.3f}   claim AP in a topic {claim:.3f}   pairs {len(pairs):,}")


def main() -> None:
    """Cross-validate over topics, score dev with what train taught, and write the weights if asked."""
    sentences, pairs = load_pairs()
    features = measure_topics(sentences, pairs)
    train = (pairs["split"] == "train").to_numpy()
    everything = np.ones(len(pairs), dtype=bool)
    shipped: dict[str, object] = {"provenance": PROVENANCE}
    for kind, names in (("with_story", LEXICAL + STORY), ("without_story", LEXICAL)):
        used = features[:, : len(names)]
        report(f"{kind}: train, topics left out", pairs[train], leave_topics_out(used, pairs, train)[train])
        report(f"{kind}: dev, from train", pairs[~train], score(fit(used, pairs, train), used[~train]))
        report(f"{kind}: all, topics left out", pairs, leave_topics_out(used, pairs, everything))
        heads = fit(used, pairs, everything)
        shipped[kind] = {
            question: head.describe(names) for question, head in zip(("proposition", "event"), heads, strict=True)
        }
    for number, name in enumerate(LEXICAL + STORY):
        report(f"{name} alone", pairs, features[:, number])
    if "--write" in sys.argv:
        WEIGHTS.write_text(json.dumps(shipped, indent=1) + "\n")
        print(f"written: {WEIGHTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
