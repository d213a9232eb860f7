"""A claim stands alone: a clause that a name could be put under, whole at both ends, and none of a sentence is lost."""

from __future__ import annotations

import pytest

from stories import read_claims


def texts(sentence: str) -> list[str]:
    _, claims = read_claims(sentence)
    return list(claims["text"])


def spoken(sentence: str) -> list[tuple[str, str]]:
    _, claims = read_claims(sentence)
    told = claims[claims["speaker"].notna()]
    return list(zip(told["speaker"], told["text"], strict=True))


@pytest.mark.parametrize(
    ("sentence", "speaker", "content"),
    [
        (
            "The captain said he believed his boat, or a nearby dinghy, had been struck by a whale.",
            "The captain",
            "he believed his boat, or a nearby dinghy, had been struck by a whale",
        ),
        (
            "Investigators say the driver was found unhurt and two others, a nun and a baker, were pulled from the lake.",
            "Investigators",
            "the driver was found unhurt and two others, a nun and a baker, were pulled from the lake",
        ),
        (
            "A spokesman told the Mirror that the curator was travelling, but had she been there, she would have bid.",
            "A spokesman",
            "the curator was travelling, but had she been there, she would have bid",
        ),
        (
            "The bill says that a delay would be harmful, but the council should mend the law.",
            "The bill",
            "a delay would be harmful, but the council should mend the law",
        ),
    ],
)
def test_what_is_said_goes_on_to_its_end(sentence, speaker, content):
    assert (speaker, content) in spoken(sentence)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Voss turns around and asks, “What now?” before knocking the ladder to the floor.",
            "Voss turns around and asks, “What now?” before knocking the ladder to the floor",
        ),
        (
            "The organist issued an apology on Friday as the boy wanted to ask him whether he likes the pipes.",
            "The organist issued an apology on Friday as the boy wanted to ask him whether he likes the pipes",
        ),
        ("Although no charges were filed, officials said the inquiry would go on.", "no charges were filed"),
        ("After the bank had closed, clerks told police that the safe was empty.", "the bank had closed"),
        (
            "Her agent said that the yacht had been stripped, but this week the skipper hired a diver.",
            "this week the skipper hired a diver",
        ),
        (
            "The cause is not known, but the mayor says that lightning struck the barn.",
            "The cause is not known",
        ),
        (
            "The mayor resigned on the day when the union demanded that she sell the mill.",
            "The mayor resigned on the day when the union demanded that she sell the mill",
        ),
    ],
)
def test_what_happens_beside_the_speaking_is_the_articles_own_claim(sentence, told):
    _, claims = read_claims(sentence)
    own = claims[claims["speaker"].isna()]
    assert told in set(own["text"])


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "The crew loads sandbags and is often sent out at night.",
            ["The crew loads sandbags", "The crew loads sandbags and is often sent out at night"],
        ),
        (
            "The fire reached the mill, which had been shut since May.",
            ["The fire reached the mill", "the mill, which had been shut since May"],
        ),
        (
            "Ana Lund, the mayor, and nine others signed the letter.",
            ["Ana Lund, the mayor, and nine others signed the letter"],
        ),
    ],
)
def test_a_predicate_is_never_cut_off_its_subject(sentence, told):
    assert texts(sentence) == told


def test_that_somebody_spoke_is_no_claim_beside_what_was_said():
    assert spoken("The baker continued to insist that the oven was cold.") == [("The baker", "the oven was cold")]
    assert len(texts("The baker continued to insist that the oven was cold.")) == 1


def test_initials_at_the_end_keep_their_full_stop():
    assert texts("Police were called to the pier at 10 p.m.") == ["Police were called to the pier at 10 p.m."]
    assert texts("The firm moved its office to the U.S.") == ["The firm moved its office to the U.S."]


@pytest.mark.parametrize(
    ("sentence", "text", "resolved"),
    [
        (
            "The mayor cut the budget and dismissed ten clerks in May.",
            "The mayor cut the budget and dismissed ten clerks in May",
            "The mayor dismissed ten clerks in May",
        ),
        (
            "The fire reached the mill, which had been shut since May.",
            "the mill, which had been shut since May",
            "the mill had been shut since May",
        ),
        ("Edda Voss said she had left the town.", "she had left the town", "Edda Voss had left the town"),
        ("Edda Voss told Ada Holm she had left the town.", "she had left the town", "she had left the town"),
        ("The ferry sank on Monday.", "The ferry sank on Monday", "The ferry sank on Monday"),
    ],
)
def test_what_a_claim_leaves_to_its_sentence_stands_in_a_column_of_its_own(sentence, text, resolved):
    _, claims = read_claims(sentence)
    assert list(claims.loc[claims["text"] == text, "text_resolved"]) == [resolved]


def test_whose_defeat_it_was_is_no_claim():
    told = texts("The minister lamented his party's defeat but said the party would live.")
    assert told == ["The minister lamented his party's defeat", "the party would live"]


def test_a_list_of_names_is_no_claim():
    assert (
        texts("Ana Lund, 29; Bo Ek, 23; Carl Voss, 31; Dora Klim, 24; Emil Holm, 30; Finn Orr, 43; Gus Pell, 21") == []
    )


def test_a_condition_is_never_told_without_what_hangs_on_it():
    sentence = "But if he did not, the officer said, the region is now a safer place."
    assert spoken(sentence) == [("the officer", sentence.rstrip("."))]
