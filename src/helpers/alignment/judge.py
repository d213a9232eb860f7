"""What is learned about pairs of statements: one linear reading of named features for each relation, in a file that a person can read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

RELATIONS = ("same", "differs", "related", "unrelated")


@cache
def load_judge() -> dict[str, dict]:
    """Load for each relation its `weights` by feature and its `intercept`, with `provenance`: what they were learned on."""
    return json.loads(files("helpers.alignment").joinpath("relations.json").read_text(encoding="utf-8"))


def judge_relations(measured: Sequence[Mapping[str, float]]) -> np.ndarray:
    """Give for each measured pair the probability of each of `RELATIONS`: an array of shape (n, 4), rows that sum to 1.

    Sums run in the order of the file, so that they are the same everywhere; rounded to six places.
    """
    judge = load_judge()
    odds = np.empty((len(measured), len(RELATIONS)))
    for column, relation in enumerate(RELATIONS):
        odds[:, column] = judge[relation]["intercept"]
        for feature, weight in judge[relation]["weights"].items():
            odds[:, column] += weight * np.array([row[feature] for row in measured])
    odds -= odds.max(axis=1, keepdims=True)
    shares = np.exp(odds)
    return np.round(shares / shares.sum(axis=1, keepdims=True), 6)
