"""Fit the weights by which helpers.passages.foreign finds another article in the same file, and write them.

Usage: python benchmarks/train_foreign.py [--shared ../shared]

Learns from files composed of the half «tune» of the stories (see benchmarks/passages.py), never from the articles kept
for measuring. The threshold is the highest score that a line of an article alone gets from weights fitted without its
topic, and a margin.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from passages import SHARED, compose, read_topics
from sklearn.linear_model import LogisticRegression

from helpers.passages.foreign import FEATURES, find_topic_words, measure_cuts
from helpers.passages.furniture import match_furniture
from helpers.passages.lines import cut_lines

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "helpers" / "passages" / "foreign.json"
# How the files are composed: gaps wide or even, with the bars of a page or without; and how many pairs of each.
KINDS = (({}, 480), ({"even": True}, 240), ({"pages": True}, 480), ({"pages": True, "even": True}, 240))
MARGIN = 0.7  # above the highest score of a line of whole articles whose topic was left out


class Measured(NamedTuple):
    """The possible cuts of one composed file: its topics, the features of shape (n, k), whether an article begins."""

    topics: frozenset[str]
    rows: np.ndarray
    begins: np.ndarray


def measure_files(shared: Path) -> list[Measured]:
    """Compose the files of the half «tune» and measure every possible cut of each."""
    topics = {
        topic: {f"{topic}/{name}": text for name, text in texts.items()}
        for topic, texts in read_topics(shared, "tune").items()
    }
    files = [file for kind, pairs in KINDS for file in compose(topics, pairs=pairs, **kind)]
    return [_measure_file(name, text, start, beside) for name, text, start, _, beside in files]


def _measure_file(name: str, text: str, start: int | None, beside: dict[str, str]) -> Measured:
    blocks = cut_lines(text)
    for block in blocks:
        match_furniture(block)
    others = {word for other in beside.values() for word in find_topic_words(other)}
    rows, begins = [], []
    for cut, features in measure_cuts(blocks, others):
        if start is not None and blocks[cut].start != start and abs(blocks[cut].start - start) < 200:
            continue  # the lines next to a true cut are nearly right, and would teach the wrong thing
        rows.append([features[feature] for feature in FEATURES])
        begins.append(blocks[cut].start == start)
    topics = frozenset(part.partition("/")[0] for part in name.split("+"))
    return Measured(topics, np.array(rows).reshape(len(rows), len(FEATURES)), np.array(begins, dtype=bool))


def fit(files: list[Measured]) -> LogisticRegression:
    """Fit the weights on the possible cuts of some files."""
    rows, begins = np.vstack([file.rows for file in files]), np.concatenate([file.begins for file in files])
    return LogisticRegression(C=1.0, max_iter=5000).fit(rows, begins)


def find_highest_of_whole(files: list[Measured]) -> float:
    """Find the highest score of a line in articles that stand alone, each topic scored by weights fitted without it."""
    highest = -np.inf
    for topic in sorted({topic for file in files for topic in file.topics}):
        model = fit([file for file in files if topic not in file.topics])
        whole = [file.rows for file in files if file.topics == {topic} and not file.begins.any() and len(file.rows)]
        highest = max(highest, float(model.decision_function(np.vstack(whole)).max()))
    return highest


def main() -> None:
    """Fit and write the weights; say how the two kinds of lines lie apart."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    files = measure_files(parser.parse_args().shared)
    model, highest = fit(files), find_highest_of_whole(files)
    weights = {name: round(float(value), 3) for name, value in zip(FEATURES, model.coef_[0], strict=True)}
    threshold = round(highest + MARGIN, 3)
    content = {"intercept": round(float(model.intercept_[0]), 3), "threshold": threshold, "weights": weights}
    WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=1))
    print(f"{len(files)} files; the highest score of a line in a whole article of a topic left out: {highest:.2f}")


if __name__ == "__main__":
    main()
