"""What someone is accused of is an allegation, in headlines too; that he was charged, sued or arrested is a fact."""

from __future__ import annotations

import pytest

from stories import read_claims


def presented(text: str) -> dict[str, tuple[str, str | None]]:
    _, claims = read_claims(text)
    speakers = claims["speaker"].astype(object).where(claims["speaker"].notna(), None)
    return dict(zip(claims["text"], zip(claims["modality"], speakers, strict=True), strict=True))


@pytest.mark.parametrize(
    ("sentence", "accused_of", "by"),
    [
        ("Mayor accused by union of hiding report", "hiding report", "union"),
        (
            "The mayor was accused on Friday by the dockers' union of hiding the report for two years.",
            "hiding the report for two years",
            "the dockers' union",
        ),
        (
            "Police suspect the captain of stealing the silver.",
            "the captain of stealing the silver",
            "Police",
        ),
    ],
)
def test_who_is_accused_is_never_told_to_have_done_it(sentence, accused_of, by):
    told = presented(sentence)
    assert told.pop(accused_of) == ("alleged", by)
    assert {modality for modality, _ in told.values()} == {"alleged"}


def test_an_accusation_by_nobody_in_particular_is_one_allegation():
    told = presented("Firm suspected of dumping oil in the harbour")
    assert told == {"Firm suspected of dumping oil in the harbour": ("alleged", None)}


@pytest.mark.parametrize(
    ("sentence", "alleged", "by"),
    [
        ("Captain charged with sinking the ferry Aurora", "sinking the ferry Aurora", None),
        ("The mayor was sued by the union for hiding the report.", "hiding the report", "the union"),
        ("The captain was arrested on suspicion of stealing the silver.", "stealing the silver", None),
        ("The firm is under investigation for dumping oil in the harbour.", "dumping oil in the harbour", None),
        ("The firm faces charges of dumping oil in the harbour.", "dumping oil in the harbour", None),
    ],
)
def test_a_step_of_the_law_is_a_fact_and_its_ground_an_allegation(sentence, alleged, by):
    told = presented(sentence)
    assert told == {alleged: ("alleged", by), sentence.rstrip("."): ("fact", None)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The army charged the hill with flying banners.",
        "The captain was never charged with sinking the ferry.",
        "The council has charged visitors for parking since Sunday.",
        "The storm claimed the lives of three sailors.",
        "The trial of the new ferry ended on Monday.",
    ],
)
def test_nobody_is_accused_where_no_act_is_laid_to_anyone(sentence):
    assert {modality for modality, _ in presented(sentence).values()} == {"fact"}


def test_what_the_reader_is_asked_to_do_is_no_statement():
    assert presented("(NOTE: Please see the update at the end of this post.)") == {}


def test_a_headline_that_ends_in_its_speaker_is_the_speakers():
    told = presented("Mayor accused of hiding report, union says")
    assert told == {"Mayor accused of hiding report": ("alleged", "union")}
