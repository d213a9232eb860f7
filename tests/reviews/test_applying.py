"""What a person put right stays right: in the claims, in what rests on them, and in the findings."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import tables
from helpers.corpus.pipeline import analyse
from helpers.reviews import ReviewError
from helpers.reviews.findings import leave_out_dismissed
from reviewing import TEXTS, Desk


@pytest.fixture(scope="module")
def machine():
    return analyse(Desk().articles)


def find(made, article, words):
    """The claims of an article that hold some words, the shortest first."""
    own = made["claims"][made["claims"]["article_id"].eq(article)]
    own = own[own["text"].str.contains(words, regex=False)]
    return own.loc[own["text"].str.len().sort_values().index]


def analyse_under(desk: Desk):
    made = desk.analyse()
    assert tables.find_misplaced(made) == []
    for name, frame in made.items():
        tables.check(frame, name)
    return made


def test_without_reviews_nothing_is_changed(machine):
    made = Desk().analyse()
    for name in tables.TABLES:
        pd.testing.assert_frame_equal(made[name], machine[name])


def test_a_speaker_who_was_put_right_stays_and_the_words_that_name_him_are_found(machine):
    before = find(machine, "herald", "known of the cracks").iloc[0]
    desk = Desk()
    desk.on_claim("speaker", "herald", before["text"], value="Tomas Brell", said_by=before["speaker"])
    claim = find(analyse_under(desk), "herald", "known of the cracks").iloc[0]
    assert (claim["speaker"], claim["speaker_name"], claim["review"]) == ("Tomas Brell", "Tomas Brell", "corrected")
    assert claim["claim_id"] == before["claim_id"]
    assert TEXTS["herald"][int(claim["source_start"]) : int(claim["source_end"])] == "Tomas Brell"


def test_a_statement_that_nobody_is_quoted_with_is_the_articles_own():
    desk = Desk()
    desk.on_claim("speaker", "gazette", "12 people were hurt", value=None)
    claim = find(analyse_under(desk), "gazette", "12 people were hurt").iloc[0]
    assert claim[["speaker", "speaker_id", "cue"]].isna().all()
    assert (claim["stance"], claim["quote_kind"], claim["modality"]) == ("asserts", "none", "fact")


@pytest.mark.parametrize(("action", "value"), [("stance", "concedes"), ("modality", "alleged"), ("negated", True)])
def test_how_a_statement_is_presented_can_be_put_right(action, value):
    desk = Desk()
    desk.on_claim(action, "gazette", "12 people were hurt", value=value)
    assert find(analyse_under(desk), "gazette", "12 people were hurt").iloc[0][action] == value


def test_what_is_no_claim_gives_no_value_and_no_finding(machine):
    assert "amount" in set(machine["disagreements"]["kind"])
    desk = Desk()
    for name, words in (("gazette", "12 people were hurt"), ("post", "12 people were hurt")):
        desk.on_claim("not a claim", name, words)
    made = analyse_under(desk)
    assert find(made, "gazette", "12 people were hurt").empty
    assert "amount" not in set(made["disagreements"]["kind"])


def test_a_claim_that_the_machine_missed_is_read_where_it_stands():
    desk = Desk()
    desk.on_claim(
        "add claim",
        "gazette",
        "the town had known",
        value={"speaker": "Mara Lind", "stance": "denies", "modality": "denied"},
    )
    claim = find(analyse_under(desk), "gazette", "the town had known").iloc[0]
    assert (claim["text"], claim["speaker_name"], claim["review"]) == ("the town had known", "Mara Lind", "added")
    assert (claim["stance"], claim["modality"], claim["predicate"]) == ("denies", "denied", "know")


def test_a_value_that_was_put_right_is_compared_anew(machine):
    desk = Desk()
    desk.on_claim("value", "herald", "15 people", value="12 people")
    made = analyse_under(desk)
    mention = made["mentions"].query("article_id == 'herald' and kind == 'quantity'").iloc[0]
    assert (mention["value"], mention["why"]) == (12, "set by a person's review")
    assert "amount" in set(machine["disagreements"]["kind"]) and "amount" not in set(made["disagreements"]["kind"])


def test_a_value_that_cannot_be_read_is_refused_in_one_line():
    desk = Desk()
    desk.on_claim("value", "herald", "15 people", value="rather many")
    with pytest.raises(ReviewError, match="'rather many' cannot be read"):
        desk.analyse()


def test_publisher_and_date_of_publication_are_taken_over():
    desk = Desk()
    desk.on_article("publisher", "post", "The Ostrel Post")
    desk.on_article("published", "post", "2021-05")
    row = analyse_under(desk)["articles"].set_index("article_id").loc["post"]
    assert (row["source"], row["source_from"], row["source_sure"]) == ("The Ostrel Post", "a person's review", "high")
    assert (row["published"], row["published_precision"]) == (pd.Timestamp("2021-05-01"), "month")


def test_two_names_that_are_one_are_one_speaker():
    desk = Desk({"a": "Fire\n\nMara Lind said that the mill was safe. Bell said that the mill was old.\n"})
    names = ["Mara Lind", "Bell"]
    desk.review("same as (names)", *[desk.point("a", name) for name in names], names=names)
    claims = analyse_under(desk)["claims"].dropna(subset=["speaker"])
    assert set(claims["speaker_name"]) == {"Mara Lind"} and claims["speaker_id"].nunique() == 1


def test_claims_that_speak_to_one_thing_are_brought_together_and_parted():
    words = {"gazette": "the town had known of the cracks", "post": "A bridge is gone"}
    made = {}
    for action in ("same as (claims)", "different from (claims)"):
        desk = Desk()
        desk.review("same as (claims)", *[desk.point(name, told) for name, told in words.items()])
        desk.review(action, *[desk.point(name, told) for name, told in words.items()])
        made[action] = analyse_under(desk)
    for action, count in (("same as (claims)", 1), ("different from (claims)", 2)):
        claims = [find(made[action], name, told).iloc[0]["claim_id"] for name, told in words.items()]
        relations = made[action]["proposition_claims"]
        assert relations[relations["claim_id"].isin(claims)]["proposition_id"].nunique() == count
        pairs = made[action]["claim_pairs"]
        pair = pairs[pairs["claim_a"].isin(claims) & pairs["claim_b"].isin(claims)].iloc[0]
        assert (pair["relation"], pair["score"]) == (("same", "unrelated")[count - 1], 1.0)


def test_a_finding_that_is_dismissed_stays_marked_and_counts_no_more(machine):
    desk = Desk()
    desk.on_finding("dismiss", machine, "date", why="the herald was corrected")
    made = analyse_under(desk)
    found = made["disagreements"].query("kind == 'date'").iloc[0]
    assert found["review"] == "dismissed"
    assert "date" not in set(leave_out_dismissed(made["disagreements"], made["disagreement_sides"])[0]["kind"])
    row = made["reviews"].iloc[0]
    assert (row["disagreement_id"], row["why"]) == (found["disagreement_id"], "the herald was corrected")
    assert made["source_pairs"]["disagreements"].sum() < machine["source_pairs"]["disagreements"].sum()


def test_a_finding_keeps_its_review_when_an_article_comes_and_its_id_changes(machine):
    desk = Desk()
    desk.on_finding("severity", machine, "date", value="minor")
    desk.on_finding("confirm", machine, "amount")
    later = Desk(
        {
            **TEXTS,
            "times": "Ostrel\n\nThe bridge at Ostrel fell on 4 May 2021. Officials said that 15 people were hurt.\n",
        }
    )
    later.made = desk.made
    made = analyse_under(later)
    before = machine["disagreements"].set_index("kind")
    after = made["disagreements"].set_index("kind")
    assert after.at["date", "disagreement_id"] != before.at["date", "disagreement_id"]
    assert (after.at["date", "severity"], after.at["date", "review"]) == ("minor", "corrected")
    assert after.at["amount", "review"] == "confirmed"


def test_a_confirmed_finding_stands_when_the_machine_no_longer_finds_it(machine):
    desk = Desk()
    desk.on_finding("confirm", machine, "amount")
    for name, words in (("gazette", "12 people were hurt"), ("herald", "15 people were hurt")):
        desk.on_claim("not a claim", name, words)
    desk.on_claim("not a claim", "post", "12 people were hurt")
    found = analyse_under(desk)["disagreements"].set_index("kind").loc["amount"]
    assert (found["review"], found["found_by"]) == ("confirmed", "review")


def test_a_finding_that_the_machine_missed_is_added_with_its_sides():
    desk = Desk()
    sides = [desk.point("gazette", "falls", "a"), desk.point("herald", "collapses", "b")]
    what = "The bridge falls in one headline and collapses in the other."
    desk.review("add finding", *sides, value={"kind": "characterisation", "severity": "minor", "what": what})
    made = analyse_under(desk)
    found = made["disagreements"].query("review == 'added'").iloc[0]
    assert (found["kind"], found["explanation"], found["found_by"]) == ("characterisation", what, "review")
    own = made["disagreement_sides"].query("disagreement_id == @found.disagreement_id")
    assert list(zip(own["side"], own["article_id"], own["text"], strict=True)) == [
        ("a", "gazette", "falls"),
        ("b", "herald", "collapses"),
    ]
