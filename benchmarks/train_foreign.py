"""Fit the weights by which helpers.foreign finds another article in the same file, and write them.

Usage: python benchmarks/train_foreign.py [--shared ../shared]

Learns from files composed of the half «tune» of the stories (see benchmarks/passages.py), never from the articles kept
for measuring. The threshold is the highest score of a line at which no article begins, and a margin.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from passages import SHARED, compose, read_topics
from sklearn.linear_model import LogisticRegression

from helpers.blocks import cut_lines
from helpers.foreign import FEATURES, find_topic_words, measure_cuts
from helpers.passages import match_furniture

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "helpers" / "weights" / "foreign.json"
MARGIN = 0.0


def measure_files(shared: Path) -> tuple[np.ndarray, np.ndarray]:
    """Measure every possible cut of the composed files: features of shape (n, k), and whether an article begins."""
    rows, begins = [], []
    for _, text, start, _, beside in compose(read_topics(shared, "tune"), pairs=960):
        blocks = cut_lines(text)
        for block in blocks:
            match_furniture(block)
        others = {word for other in beside.values() for word in find_topic_words(other)}
        for cut, features in measure_cuts(blocks, others):
            if start is not None and blocks[cut].start != start and abs(blocks[cut].start - start) < 200:
                continue  # the lines next to a true cut are nearly right, and would teach the wrong thing
            rows.append([features[name] for name in FEATURES])
            begins.append(blocks[cut].start == start)
    return np.array(rows), np.array(begins)


def main() -> None:
    """Fit and write the weights; say how the two kinds of lines lie apart."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    rows, begins = measure_files(parser.parse_args().shared)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(rows, begins)
    weights = dict(zip(FEATURES, (round(float(value), 3) for value in model.coef_[0]), strict=True))
    scores = rows @ np.array(list(weights.values())) + float(model.intercept_[0])
    # Seven wrong lines in ten thousand are let stand above: in these an article itself changes its subject.
    threshold = max(0.0, float(np.quantile(scores[~begins], 0.9993))) + MARGIN
    content = {"intercept": round(float(model.intercept_[0]), 3), "threshold": round(threshold, 3), "weights": weights}
    WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=1))
    print(f"{begins.sum()} cuts, {(scores[begins] > threshold).mean():.3f} above the threshold; {len(rows)} lines")


if __name__ == "__main__":
    main()
