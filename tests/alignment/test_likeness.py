"""One score a pair: high where two sentences say the same thing, low where they do not, whoever else is asked about."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score

from helpers.alignment.align import score_pairs
from helpers.alignment.likeness import COLUMNS, HEADS, load_weights, split_stories
from helpers.alignment.resemblance import LEXICAL, STORY, measure_pairs

STORM = [
    "The ferry Aurelia struck the east pier in dense fog on Monday.",
    "In dense fog on Monday, the Aurelia struck a pier in the east of the harbour.",
    "Eleven passengers were taken to the hospital with broken bones.",
    "The mayor opened a new library in the old brewery.",
]


def score(one: str, other: str) -> float:
    return float(score_pairs([one, other], np.array([[0, 1]]))[0])


def test_the_same_sentence_scores_near_one():
    assert score(STORM[0], STORM[0]) > 0.95


def test_unrelated_sentences_score_low():
    assert score(STORM[0], STORM[3]) < 0.25


def test_a_retelling_scores_above_another_event_of_the_story():
    scores = score_pairs(STORM, np.array([[0, 1], [0, 2], [0, 3]]))
    assert scores[0] > 2 * max(scores[1], scores[2])


def test_another_number_lowers_the_score_but_the_event_is_the_same():
    same = score("The storm injured 11 people in Harwick.", "The storm injured 11 people in Harwick.")
    other = score("The storm injured 11 people in Harwick.", "The storm injured 14 people in Harwick.")
    assert 0.4 < other < same


def test_the_order_of_a_pair_makes_no_difference():
    forth, back = score_pairs(STORM, np.array([[0, 1], [1, 2]])), score_pairs(STORM, np.array([[1, 0], [2, 1]]))
    assert np.allclose(forth, back)


def test_curly_marks_and_capitals_make_no_difference():
    assert score("The company’s lawyer refused.", "the company's LAWYER refused.") > 0.9


@pytest.mark.parametrize("sentence", ["", "   ", "—"])
def test_a_sentence_without_words_is_like_nothing(sentence):
    assert score(sentence, STORM[0]) == score(sentence, sentence) == 0.0


def test_no_pairs_give_no_scores():
    assert score_pairs(STORM, np.zeros((0, 2), dtype=int)).shape == (0,)
    assert score_pairs([], []).shape == (0,)


def test_scores_lie_between_zero_and_one():
    pairs = np.array([(a, b) for a in range(4) for b in range(4) if a < b])
    scores = score_pairs(STORM, pairs)
    assert ((scores >= 0) & (scores <= 1)).all()


def test_stories_scored_together_score_as_each_alone():
    one = [f"{sentence} It was day {number} of the salvage." for number in range(6) for sentence in STORM]
    other = [sentence.replace("ferry", "balloon").replace("pier", "barn") for sentence in one]
    pairs = np.array([(a, b) for a in range(24) for b in range(a + 1, 24)])
    together = score_pairs(one + other, np.vstack([pairs, pairs + 24]))
    assert np.array_equal(together, np.concatenate([score_pairs(one, pairs), score_pairs(other, pairs)]))


def test_the_weights_are_readable_and_name_each_feature():
    for kind, names in COLUMNS.items():
        for head in HEADS:
            assert list(load_weights()[kind][head]) == [*names, "intercept"]
    assert json.dumps(load_weights()).isascii()


def test_each_pair_has_one_value_a_feature():
    assert measure_pairs(STORM * 5, np.array([[0, 1], [2, 3]])).shape == (2, len(LEXICAL) + len(STORY))


def test_annotated_pairs_are_ranked_better_than_by_words_alone(shared):
    sentences = pd.read_json(shared / "eval" / "alignment_sentences.jsonl", lines=True, dtype={"topic": str})
    pairs = pd.read_json(shared / "eval" / "alignment_pairs.jsonl", lines=True, dtype={"topic": str})
    pairs = pairs[pairs["split"] == "dev"].reset_index(drop=True)
    place = {name: number for number, name in enumerate(sentences["id"])}
    scores = score_pairs(sentences["text"].tolist(), np.column_stack([pairs["a"].map(place), pairs["b"].map(place)]))
    same = (pairs["same_sub"] == 1).to_numpy()
    assert average_precision_score(pairs["y_strict"][same], scores[same]) > 0.7
    assert average_precision_score(pairs["y_claim"], scores) > 0.7


def test_leaving_out_pairs_tells_nothing_of_the_sentences():
    """Which pairs are asked about is the layout of a question, not of the text: no document is guessed from gaps."""
    sentences = [f"{sentence} It was day {number} of the salvage." for number in range(5) for sentence in STORM]
    pairs = np.array([(a, b) for a in range(20) for b in range(a + 1, 20) if a // 4 != b // 4])
    fewer = pairs[1:]
    assert [story.kind for asked in (pairs, fewer) for story in split_stories(sentences, asked)] == ["with_story"] * 2
    assert np.abs(score_pairs(sentences, pairs)[1:] - score_pairs(sentences, fewer)).max() < 0.1
