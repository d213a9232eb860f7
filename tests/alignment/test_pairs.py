"""Which claims are set side by side, and how they stand to each other."""

import hashlib
from importlib.resources import files

import pytest

from helpers import tables
from helpers.alignment import relate_claims
from helpers.alignment.judge import RELATIONS, judge_relations, load_judge
from helpers.alignment.pairs import measure_pair, weigh_pairs
from helpers.corpus.pipeline import analyse
from stories import make_articles

KILN = (
    "Kiln explodes in Ostrand\n\nThe explosion in the Ostrand kiln killed four potters on Tuesday. "
    "Mayor Ida Brandt has closed the workshop. The clay comes from a pit near Lenz."
)
POTTERY = (
    "Four dead at pottery\n\nFour potters died on Tuesday when the kiln at Ostrand exploded. "
    "The mayor, Ida Brandt, said she had not closed the workshop. A choir sang in the square at noon."
)


def relate(*texts):
    made = analyse(make_articles({f"paper-{number}": text for number, text in enumerate(texts, 1)}), until="claims")
    pairs = relate_claims(made["claims"], made["mentions"])
    return made, pairs


def find(made, pairs, one, other):
    """The row of the pair of claims that hold these words."""
    texts = made["claims"].set_index("claim_id")["text"]
    held = pairs[pairs["claim_a"].map(texts).str.contains(one) & pairs["claim_b"].map(texts).str.contains(other)]
    return held.sort_values("rank").iloc[0]


def test_one_fact_in_other_words_is_likelier_the_same_than_two_facts():
    made, pairs = relate(KILN, POTTERY)
    told = find(made, pairs, "killed four potters", "Four potters died")
    other = find(made, pairs, "killed four potters", "closed the workshop")
    assert told["same"] > 0.5 > other["same"]


def test_a_denial_is_where_two_statements_of_one_thing_part():
    made, pairs = relate(KILN, POTTERY)
    row = find(made, pairs, "has closed the workshop", "had not closed")
    assert row["differs"] > find(made, pairs, "killed four potters", "Four potters died")["differs"]
    assert row["difference"] in ("denial", None) or row["relation"] not in ("same", "differs")


def test_the_words_that_differ_stand_where_the_table_says():
    made, pairs = relate(
        "Raid on a bakery\n\nThieves stole 40 sacks of flour from the bakery in Lund on Monday.",
        "Bakery raided\n\nThieves stole 90 sacks of flour from the bakery in Lund on Monday.",
    )
    row = find(made, pairs, "40 sacks", "90 sacks")
    texts = made["articles"].set_index("article_id")["text"]
    assert row["difference"] == "amount"
    assert texts[row["article_a"]][row["start_a"] : row["end_a"]] == "40"
    assert texts[row["article_b"]][row["start_b"] : row["end_b"]] == "90"


def test_only_claims_of_different_articles_are_set_side_by_side_each_pair_once():
    _, pairs = relate(KILN, POTTERY, KILN.replace("four", "five"))
    assert (pairs["article_a"] != pairs["article_b"]).all()
    assert pairs["pair_id"].is_unique
    assert not {frozenset(p) for p in zip(pairs["claim_a"], pairs["claim_b"], strict=True)} - {
        frozenset(p) for p in zip(pairs["claim_b"], pairs["claim_a"], strict=True)
    }


def test_a_single_article_or_none_gives_an_empty_table():
    _, pairs = relate(KILN)
    assert pairs.empty
    assert list(pairs.columns) == list(tables.TABLES["claim_pairs"].columns)


def test_the_table_keeps_to_its_schema_and_is_the_same_in_any_order_of_rows():
    made, pairs = relate(KILN, POTTERY)
    tables.check(pairs, "claim_pairs")
    shuffled = relate_claims(
        made["claims"].sample(frac=1, random_state=3), made["mentions"].sample(frac=1, random_state=4)
    )
    assert shuffled.equals(pairs)


def test_probabilities_of_the_four_relations_sum_to_one():
    made, _ = relate(KILN, POTTERY)
    judged = judge_relations([measure_pair(pair) for pair in weigh_pairs(made["claims"], made["mentions"])])
    assert judged.shape[1] == len(RELATIONS)
    assert judged.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_the_weights_are_those_that_the_card_describes():
    card = files("helpers.alignment").joinpath("MODEL_CARD.md").read_text(encoding="utf-8")
    weights = files("helpers.alignment").joinpath("relations.json").read_bytes()
    assert hashlib.sha256(weights).hexdigest() in card
    assert set(load_judge()) == {*RELATIONS, "provenance"}
