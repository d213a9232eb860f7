"""Learn the weights of `helpers.alignment.align.score_pairs` and write them as readable JSON.

Data: ../shared/eval (sentence pairs of ECB+, annotations CC BY 3.0). Sentences are measured as they are in use: all of
a topic at once, each of its two stories by itself, and few at a time.
Topics are left out in turn to see what generalises to unseen ones; the dev part is scored once with the weights of
the train part. The weights that are shipped are learned on both parts. No seed is needed: nothing is drawn at random.

Usage: python benchmarks/train_alignment.py [--write | --links], the latter for the weights of links alone
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from labelled_stories import pair_up, place_labels, read_labelled
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from helpers.alignment.likeness import COLUMNS, HEADS, combine
from helpers.alignment.links import LINK, find_candidates, measure_links, read_contents
from helpers.alignment.resemblance import measure_pairs
from helpers.language.acts import find_actions

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
WEIGHTS = ROOT / "src" / "helpers" / "alignment" / "weights.json"
FOLDS = 6
FEW = 8  # sentences of a call that shows no story
PROVENANCE = (
    "Logistic regressions by benchmarks/train_alignment.py on sentence pairs of ECB+ (Cybulska and Vossen 2014, "
    "annotations CC BY 3.0), train and dev topics, and on benchmarks/gold/alignment_*.jsonl; no text is held here."
)
STRENGTH = 0.001  # inverse of the penalty; stronger than usual because topics, not pairs, are what is few

LINK_STRENGTH = 0.1  # of claims brought together: few features, few stories


def load_pairs() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Load sentences and pairs; stop with a clear word where the data are absent."""
    if not EVAL.is_dir():
        sys.exit("../shared/eval is absent: the alignment data are not in this repository")
    sentences = pd.read_json(EVAL / "alignment_sentences.jsonl", lines=True, dtype={"topic": str})
    pairs = pd.read_json(EVAL / "alignment_pairs.jsonl", lines=True, dtype={"topic": str})
    return sentences, pairs


def split_calls(sentences: pd.DataFrame, pairs: pd.DataFrame, unit: str):
    """Yield (pairs, their sentences) of each call: a topic, a story of it, or a few sentences at a time."""
    story_of = dict(zip(sentences["id"], sentences["sub"], strict=True))
    for topic, part in pairs.groupby("topic", sort=True):
        own = sentences[sentences["topic"] == topic]
        if unit == "topic":
            yield part, own
        elif unit == "story":
            for name, told in own.groupby("sub", sort=True):
                yield part[(part["same_sub"] == 1) & (part["a"].map(story_of) == name)], told
        else:
            for stride in (1, 3, 7):
                order = np.argsort(np.arange(len(own)) % stride, kind="stable")
                for start in range(0, len(own), FEW):
                    few = own.iloc[order[start : start + FEW]]
                    yield part[part["a"].isin(few["id"]) & part["b"].isin(few["id"])], few


def measure_calls(sentences: pd.DataFrame, pairs: pd.DataFrame, unit: str) -> tuple:
    """Measure all pairs, call by call; give the rows of `pairs` and their features."""
    rows, features = [], []
    for part, own in split_calls(sentences, pairs, unit):
        if not len(part):
            continue
        place = {name: i for i, name in enumerate(own["id"])}
        local = np.column_stack([part["a"].map(place), part["b"].map(place)])
        rows.append(part.index.to_numpy())
        features.append(measure_pairs(own["text"].tolist(), local, unit != "few"))
    return np.concatenate(rows), np.vstack(features)


class Head:
    """One logistic regression on standardised features, its weights told in the features' own units."""

    def __init__(self, features: np.ndarray, labels: np.ndarray, strength: float = STRENGTH):
        mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
        model = LogisticRegression(C=strength, max_iter=5000).fit((features - mean) / spread, labels)
        self.weights = model.coef_[0] / spread
        self.intercept = float(model.intercept_[0] - self.weights @ mean)

    def score(self, features: np.ndarray) -> np.ndarray:
        return features @ self.weights + self.intercept

    def describe(self, names: tuple[str, ...]) -> dict[str, float]:
        told = {name: round(float(weight), 4) for name, weight in zip(names, self.weights, strict=True)}
        return told | {"intercept": round(self.intercept, 4)}


def fit(measured: dict[str, tuple], pairs: pd.DataFrame, topics: set[str]) -> tuple[Head, ...]:
    """Fit the three questions on some topics: one proposition (asked within a story), one event, one story.

    Whether two sentences tell of one event is learned on whole topics only, if there are any: within a story it
    nearly always is one, and what tells stories apart would be unlearned.
    """

    def take(units: list[str], label: str, within: bool) -> Head:
        rows = np.concatenate([measured[unit][0] for unit in units])
        features = np.vstack([measured[unit][1] for unit in units])
        own = pairs.iloc[rows]
        used = own["topic"].isin(topics).to_numpy() & ((own["same_sub"] == 1).to_numpy() | (not within))
        return Head(features[used], own[label].to_numpy()[used])

    units = list(measured)
    return take(units, "y_strict", True), take(units[:1], "y_claim", False), take(units, "same_sub", False)


def score(heads: tuple[Head, ...], features: np.ndarray) -> np.ndarray:
    """Combine the answers as `score_pairs` does, short of the calibration."""
    return combine(*(head.score(features) for head in heads))


def report(name: str, pairs: pd.DataFrame, scores: np.ndarray) -> None:
    """Print the average precisions that the README quotes."""
    same = (pairs["same_sub"] == 1).to_numpy()
    strict = average_precision_score(pairs["y_strict"][same], scores[same])
    claim = average_precision_score(pairs["y_claim"], scores) if not same.all() else float("nan")
    print(f"{name:<50} strict AP in a story {strict:.3f}   claim AP in a topic {claim:.3f}   pairs {len(pairs):,}")


def validate(kind: str, measured: dict[str, tuple], pairs: pd.DataFrame) -> dict[str, float]:
    """Print what weights that have not seen a topic make of it, and what train's make of dev; calibrate on the first."""
    topics = sorted(pairs["topic"].unique())
    folds = [set(topics[fold::FOLDS]) for fold in range(FOLDS)]
    heads = [fit(measured, pairs, set(topics) - fold) for fold in folds]
    of_train = fit(measured, pairs, set(pairs.loc[pairs["split"] == "train", "topic"]))
    told = []
    for unit, (rows, features) in measured.items():
        own = pairs.iloc[rows]
        scores = np.zeros(len(rows))
        for fold, head in zip(folds, heads, strict=True):
            out = own["topic"].isin(fold).to_numpy()
            scores[out] = score(head, features[out])
        dev = (own["split"] == "dev").to_numpy()
        report(f"{kind}, a call a {unit}: topics left out", own, scores)
        report(f"{kind}, a call a {unit}: dev, from train", own[dev], score(of_train, features[dev]))
        told.append((scores, own["y_strict"].to_numpy()))
    scores, labels = (np.concatenate(part) for part in zip(*told, strict=True))
    sure = LogisticRegression(C=1e6).fit(scores[:, None], labels)
    return {"scale": round(float(sure.coef_[0, 0]), 4), "shift": round(float(sure.intercept_[0]), 4)}


def measure_labelled() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Measure the pairs of claims of different articles of which one at least is labelled, story by story."""
    measured = {}
    for name, _, claims, mentions, labels in read_labelled():
        claims = claims.sort_values(["article_id", "start", "end", "claim_id"], kind="stable").reset_index(drop=True)
        contents = read_contents(claims, mentions)
        article_of = dict(zip(claims["claim_id"], claims["article_id"], strict=True))
        placed = place_labels(claims, labels)
        right, labelled = pair_up(placed.values(), article_of), set().union(*placed.values())
        ids, articles = claims["claim_id"].tolist(), claims["article_id"].tolist()
        pairs = np.array(
            [
                (a, b)
                for a, b in find_candidates(contents["claim"]).tolist()
                if articles[a] != articles[b] and labelled & {ids[a], ids[b]}
            ]
        )
        features = measure_links(claims, contents, find_actions(claims), pairs)
        measured[name] = features, np.array([tuple(sorted((ids[a], ids[b]))) in right for a, b in pairs.tolist()])
    return measured


def fit_links(measured: dict[str, tuple[np.ndarray, np.ndarray]], names: list[str]) -> Head:
    """Fit whether two claims speak to the same thing, on some of the labelled stories."""
    features, labels = (np.concatenate([measured[name][part] for name in names]) for part in (0, 1))
    return Head(features, labels, LINK_STRENGTH)


def learn_links() -> dict[str, float]:
    """Print how well links are told in a story left out; learn the shipped weights on all but the test story."""
    measured = measure_labelled()
    known = [name for name in measured if not name.endswith("test")]
    for name, (features, labels) in measured.items():
        odds = fit_links(measured, [other for other in known if other != name]).score(features)
        print(f"links of {name:<15} left out: AP {average_precision_score(labels, odds):.3f} of {len(labels):,} pairs")
    return fit_links(measured, known).describe(LINK)


def main() -> None:
    """Cross-validate over topics, score dev with what train taught, and write the weights if asked."""
    if "--links" in sys.argv:
        shipped = json.loads(WEIGHTS.read_text()) | {"link": learn_links()}
        WEIGHTS.write_text(json.dumps(shipped, indent=1) + "\n")
        return
    sentences, pairs = load_pairs()
    shipped: dict[str, object] = {"provenance": PROVENANCE}
    for kind, units in (("alone", ("few",)), ("with_story", ("topic", "story"))):
        measured = {unit: measure_calls(sentences, pairs, unit) for unit in units}
        calibration = validate(kind, measured, pairs)
        heads = fit(measured, pairs, set(pairs["topic"]))
        shipped[kind] = {
            question: head.describe(COLUMNS[kind]) for question, head in zip(HEADS, heads, strict=True)
        } | {"calibration": calibration}
    shipped["link"] = learn_links()
    if "--write" in sys.argv:
        WEIGHTS.write_text(json.dumps(shipped, indent=1) + "\n")
        print(f"written: {WEIGHTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
