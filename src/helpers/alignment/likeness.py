"""Score how surely two sentences say the same thing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from threadpoolctl import ThreadpoolController

from helpers.alignment.resemblance import LEXICAL, STORY, measure_pairs
from helpers.alignment.vectors import UNSEEN
from helpers.language.forms import stem_word
from helpers.language.sentences import WORD
from helpers.language.words import ROOT

__all__ = ["ROOT", "UNSEEN", "WORD", "load_weights", "score_pairs", "stem_word"]

STORY_SIZE = 15  # sentences from which a story has a shape that can be measured
COMPARERS = 4  # pairs of a sentence, in the mean, from which pairs show how a story hangs together
HEADS = ("proposition", "event", "story")
EVENT_CAP = 1.0  # log odds from which one event is taken for granted
STORY_CAP = 1.0  # the same of one story
EVENT_SHARE = 0.5  # weight of the event
STORY_WEIGHT = 3.0  # with the caps: chosen on topics left out, see benchmarks/train_alignment.py
COLUMNS = {"alone": LEXICAL, "with_story": LEXICAL + STORY}


def score_pairs(sentences: Sequence[str], pairs: np.ndarray) -> np.ndarray:
    """Score how surely two sentences say the same thing, in [0, 1]: one score a pair of `pairs`, shape (n, 2).

    Logistic regressions for one proposition, one event and participant, and one story, over likeness of words, acts,
    names and numbers, and over the place of both in their story. Rarity and place are taken from the sentences
    that pairs connect, so that scoring many stories in one call gives what one call a story gives. Weights: benchmarks/train_alignment.py.
    """
    pairs = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    scores = np.zeros(len(pairs))
    # One thread: the matrices are small, so that more cost more than they give, and may round otherwise.
    with _find_threads().limit(limits=1):
        for story in split_stories(sentences, pairs):
            features = measure_pairs(story.sentences, story.pairs, story.kind != "alone")
            scores[story.rows] = np.round(apply_weights(features, story.kind), 6)
    wordless = np.array([not WORD.search(sentence) for sentence in sentences], dtype=bool)
    scores[wordless[pairs].any(axis=1)] = 0.0
    return scores


@cache
def _find_threads() -> ThreadpoolController:
    """Find the libraries that use threads, once: looking through what is loaded costs more than a small story."""
    return ThreadpoolController()


@cache
def load_weights() -> dict[str, dict[str, dict[str, float]]]:
    """Load the weights of the pair score: one number a feature, for three questions, with and without a story around.

    `link` holds those that bring claims together (helpers.alignment.links). The file also says, as `provenance`, what they were learned on.
    """
    return json.loads(files("helpers.alignment").joinpath("weights.json").read_text(encoding="utf-8"))


def apply_weights(features: np.ndarray, kind: str) -> np.ndarray:
    """Give the probability that two sentences say the same thing, from the features of pairs."""
    weights = load_weights()[kind]
    odds = [
        features @ np.array([weights[head][name] for name in COLUMNS[kind]]) + weights[head]["intercept"]
        for head in HEADS
    ]
    calibration = weights["calibration"]
    return 1.0 / (1.0 + np.exp(-(calibration["scale"] * combine(*odds) + calibration["shift"])))


def combine(proposition: np.ndarray, event: np.ndarray, story: np.ndarray) -> np.ndarray:
    """Combine the log odds of one proposition, one event and participant, one story to one measure.

    Pairs of other stories, then of other events, go to the end; among those that most likely are of one story and
    event, hence the caps, only the proposition tells better from worse.
    """
    return proposition + EVENT_SHARE * np.minimum(event, EVENT_CAP) + STORY_WEIGHT * np.minimum(story, STORY_CAP)


class Story(NamedTuple):
    """Sentences that pairs connect, the pairs' rows in the call, and whether they show a story or stand alone."""

    rows: np.ndarray
    sentences: list[str]
    pairs: np.ndarray
    kind: str


def split_stories(sentences: Sequence[str], pairs: np.ndarray) -> Iterable[Story]:
    """Yield the stories of a call: the parts of it that no pair connects.

    Small ones come together, as `alone`; so is one where hardly more is asked than how all relate to one sentence.
    """
    if not len(pairs):
        return
    n = len(sentences)
    graph = sparse.coo_matrix((np.ones(len(pairs), dtype=bool), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    _, story = connected_components(graph, directed=False)
    story = np.where(np.bincount(story)[story] < STORY_SIZE, -1, story)
    of_pair = story[pairs[:, 0]]
    order = np.argsort(of_pair, kind="stable")
    bounds = np.flatnonzero(np.diff(of_pair[order])) + 1
    for rows in np.split(order, bounds):
        members, local = np.unique(pairs[rows], return_inverse=True)
        local = local.reshape(-1, 2)
        shows = of_pair[rows[0]] >= 0 and 2 * len(rows) >= COMPARERS * len(members)
        yield Story(rows, [sentences[i] for i in members], local, "with_story" if shows else "alone")
