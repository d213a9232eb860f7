"""A wall gives a text that breaks off, and never a claim."""

from __future__ import annotations

import pytest

from helpers.claims import extract_claims
from helpers.passages import split_passages
from stories import make_articles

FIRST = "Seven people were killed on Tuesday when a gate of the dam burst, the fire service said."
SECOND = "About 1,200 residents were moved to two schools during the night, and the road to the coast was shut."
LONG = " ".join([SECOND] * 3)


def cut(text: str):
    return split_passages(make_articles({"a": text}))


@pytest.mark.parametrize(
    "wall",
    [
        "This article is for subscribers only. Choose a plan to go on: monthly for 9.90 euros, yearly for 99 euros.",
        "To continue reading, please log in or create an account.",
        "Subscribe now to read the rest of this story.",
        "You have reached your limit of free articles.\n\nFrom 1 euro a week you get the paper and the app.",
        "The rest of this article is available to registered readers.",
        "Read the full story with a subscription.\n\nCancel at any time.",
        "Only subscribers can read this article.",
        "Want to read more?\n\nOur offers begin at 2 euros a month.",
    ],
)
def test_what_stands_at_a_wall_is_no_claim_and_the_text_above_breaks_off(wall):
    articles = make_articles({"a": f"Seven killed as gate bursts\n\n{FIRST}\n\n{SECOND}\n\n{wall}"})
    passages = split_passages(articles)
    assert passages.loc[passages["text"] == SECOND, "kind"].tolist() == ["truncated"]
    claims = " ".join(extract_claims(articles, passages)["text"])
    assert "Seven people were killed" in claims
    assert "residents were moved" in claims
    assert not any(word in claims for word in ("subscri", "plan", "limit", "euro", "registered", "more", "account"))


def test_an_offer_within_a_text_that_goes_on_is_only_its_own_line():
    passages = cut(
        f"Seven killed as gate bursts\n\n{FIRST}\n\nSubscribe now to read the rest of this story.\n\n{LONG}\n\n{LONG}"
    )
    kinds = passages.set_index("text")["kind"]
    assert kinds[FIRST] == "body"
    assert "truncated" not in set(kinds)
    assert (kinds == "boilerplate").sum() == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The club is for members only, and the police had to wait at its door.",
        "Users have to sign up to read the messages, the company said.",
        "Residents who want to read more of the report can find it in the town hall.",
        "To continue with the works, the utility needs a permit of the regional government.",
    ],
)
def test_news_of_subscribers_and_members_is_no_wall(sentence):
    assert set(cut(f"Seven killed as gate bursts\n\n{FIRST}\n\n{sentence}\n\n{SECOND}")["kind"]) <= {"title", "body"}
