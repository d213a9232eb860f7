"""What is really denied and how it is presented: a denial never becomes support, a hedge reaches no further than its clause."""

from __future__ import annotations

import pandas as pd
import pytest

from stories import read_claims


def find(text: str, content: str) -> pd.Series:
    """Give the smallest claim that holds some words."""
    _, claims = read_claims(text)
    holding = claims[claims["text"].str.contains(content, regex=False)]
    assert len(holding), claims[["text", "cue", "stance"]].to_string()
    return holding.loc[holding["text"].str.len().idxmin()]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The harbour master said it was untrue that the pier had collapsed.", "the pier had collapsed"),
        ("It is not true that the pier collapsed, the harbour master said.", "the pier collapsed"),
        ("The harbour master said reports that the pier had collapsed were false.", "the pier had collapsed"),
        ("Claims that the ferry was overloaded have been denied by the operator.", "the ferry was overloaded"),
        ("The accusation that the firm dumped oil was rejected by its lawyers.", "the firm dumped oil"),
        ("The accusation that the firm dumped oil was denied by its lawyers.", "the firm dumped oil"),
        ("Edda Voss called the claim that she took bribes “a lie”.", "she took bribes"),
        ("The general denies ever having met the smuggler.", "ever having met the smuggler"),
    ],
)
def test_what_is_called_false_is_denied(text: str, content: str):
    claim = find(text, content)
    assert (claim["text"], claim["stance"], claim["modality"]) == (content, "denies", "denied")


def test_the_one_who_denies_in_the_passive_is_the_speaker():
    claim = find("Claims that the ferry was overloaded have been denied by the operator.", "the ferry was overloaded")
    assert claim["speaker"] == "the operator"


def test_what_is_not_denied_is_conceded():
    claim = find("The airline did not deny that the pilot had been warned.", "the pilot had been warned")
    assert (claim["stance"], claim["modality"]) == ("concedes", "reported")


def test_who_was_not_aware_of_it_denies_the_knowledge_and_concedes_the_thing():
    text = "Soundline said that it was not aware that access had been granted."
    _, claims = read_claims(text)
    knowledge = claims[claims["cue"] == "said"].iloc[0]
    granted = claims[claims["cue"] == "aware"].iloc[0]
    assert (knowledge["stance"], knowledge["negated"]) == ("asserts", True)
    assert (granted["text"], granted["stance"]) == ("access had been granted", "concedes")
    assert not granted["negated"]
    assert granted["parent_id"] == knowledge["claim_id"]
    assert granted["speaker_id"] == knowledge["speaker_id"]


def test_who_denies_knowing_it_denies_the_knowledge():
    claim = find("The director denied knowing that the fund was empty.", "the fund was empty")
    assert (claim["text"], claim["stance"]) == ("knowing that the fund was empty", "denies")


@pytest.mark.parametrize("cue", ["declined to say whether", "would not say whether", "refused to say if"])
def test_who_declines_to_say_it_says_nothing(cue: str):
    _, claims = read_claims(f"Edda Voss {cue} the ferry had been sold.")
    assert claims["speaker"].isna().all()


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The ferry appears to have struck a rock.", "reported"),
        ("The general is understood to have left the country.", "reported"),
        ("The general is expected to resign next week.", "hypothetical"),
        ("The strike could cost the port millions of dollars.", "hypothetical"),
        ("The crew could not see the buoy in the fog.", "fact"),
        ("If the talks fail, the port will close.", "hypothetical"),
        ("The port will close on Friday for repairs.", "fact"),
        ("The alleged fraud cost the port two million dollars.", "alleged"),
        ("The suspected killer was arrested in the old town.", "fact"),
        ("The broker allegedly hid the losses from his clients.", "alleged"),
        ("The captain was accused of leaving the bridge.", "alleged"),
    ],
)
def test_hedges_of_the_predicate_say_how_it_is_presented(text: str, modality: str):
    _, claims = read_claims(text)
    assert list(claims["modality"]) == [modality]


@pytest.mark.parametrize(
    "text",
    [
        "The firm, accused of dumping oil, has hired new lawyers.",
        "The violence has gone on since news of the alleged truce.",
        "The captain, who allegedly slept, was promoted in May.",
    ],
)
def test_a_hedge_reaches_no_further_than_its_clause(text: str):
    _, claims = read_claims(text)
    main = claims.loc[claims["text"].str.len().idxmax()]
    assert main["modality"] == "fact"


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The captain failed to sound the alarm in time.", True),
        ("The captain did not fail to sound the alarm.", False),
        ("The crew hardly noticed the alarm that night.", True),
        ("Neither ship carried a working radio that night.", True),
    ],
)
def test_what_was_not_done_is_negated(text: str, negated: bool):
    _, claims = read_claims(text)
    assert list(claims["negated"]) == [negated]


def test_a_clause_of_concession_is_a_statement_of_its_own():
    _, claims = read_claims("While the talks had been going on for weeks, the ministry closed the port on Friday.")
    assert list(claims["text"]) == [
        "the talks had been going on for weeks",
        "the ministry closed the port on Friday",
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The account matches what the crew told investigators, a source close to the inquiry told the Herald.",
            "a source close to the inquiry",
            "The account matches what the crew told investigators",
        ),
        (
            "A small rock crashed into a wooded area overnight, the government said Sunday.",
            "the government",
            "A small rock crashed into a wooded area overnight",
        ),
    ],
)
def test_who_is_named_at_the_end_of_a_sentence_is_who_says_it(text: str, speaker: str, content: str):
    claim = find(text, content)
    assert (claim["speaker"], claim["text"], claim["modality"]) == (speaker, content, "reported")


def test_what_is_said_against_a_claim_is_not_what_is_denied():
    _, claims = read_claims("Aldous disputes that, saying Vale started the fight by grabbing him by the neck.")
    assert "denies" not in set(claims["stance"])


def test_what_may_yet_be_alleged_is_alleged_by_nobody():
    _, claims = read_claims("Investigators are weighing whether to accuse the officer of hiding the report.")
    assert "alleges" not in set(claims["stance"])


def test_who_was_accused_is_not_who_accuses():
    _, claims = read_claims("In 2011, Aldous was arrested and accused of theft and of lying to the police.")
    assert claims["speaker"].isna().all()


def test_a_condition_before_its_clause_leaves_it_open():
    _, claims = read_claims("If the tape is genuine, the pause does not prove anything.")
    assert list(claims["modality"]) == ["hypothetical"]


def test_the_accused_of_a_headline_accuses_nobody():
    _, claims = read_claims("Soundline accused of hiding the report from the crew")
    assert claims["speaker"].isna().all()
    assert set(claims["modality"]) == {"alleged"}


def test_what_was_agreed_is_told_as_a_fact():
    _, claims = read_claims("By 2017, Soundline agreed to increase its spending to $150 million.")
    assert list(claims["modality"]) == ["fact"]


def test_a_concession_ends_before_what_is_asserted_next():
    claim = find(
        "Soundline said it was not aware it had been given such rights and had used the key only for letters.",
        "it had been given such rights",
    )
    assert (claim["text"], claim["stance"]) == ("it had been given such rights", "concedes")


def test_reports_that_contradict_each_other_deny_nothing():
    _, claims = read_claims("There were contradicting and unconfirmed reports that the child was a girl.")
    assert "denies" not in set(claims["stance"])


def test_what_could_be_heard_was_heard():
    _, claims = read_claims("About six shots could be heard in the harbour that night.")
    assert list(claims["modality"]) == ["fact"]


@pytest.mark.parametrize(
    "text",
    [
        "Aldous quickly denied it using a video message on Friday.",
        "There were reports that suspected militants had killed several people in the village.",
    ],
)
def test_what_only_looks_like_a_denial_or_an_allegation_is_none(text: str):
    _, claims = read_claims(text)
    assert claims[claims["stance"].isin(["denies", "alleges"])].empty
