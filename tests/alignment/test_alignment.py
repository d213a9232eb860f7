"""Claims of different articles meet where they speak to the same thing, and only there."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.alignment import align_claims
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.language.acts import find_actions
from helpers.mentions import find_mentions
from helpers.passages import split_passages
from stories import make_articles, read_claims

GIVEN = "Harbourline gave Quayside access to the private letters of its passengers."
ABLE = "Quayside could read the private letters of Harbourline passengers."
DID = "Quayside read the private letters of Harbourline passengers."
WEATHER = "Heavy snow closed the mountain road between the two villages on Sunday."


def align(*texts: str, **columns):
    """Give the claims of some articles with the proposition and the relation of each."""
    articles = make_articles({f"paper-{number}": text for number, text in enumerate(texts, 1)}, **columns)
    claims = extract_claims(articles, split_passages(articles))
    propositions, relations = align_claims(claims, find_mentions(claims, articles), articles=articles)
    return propositions, relations.merge(claims[["claim_id", "text"]], on="claim_id").set_index("text")


def groups(relations: pd.DataFrame) -> list[set[str]]:
    return [set(group.index) for _, group in relations.groupby("proposition_id")]


def test_the_same_thing_in_other_words_is_one_proposition():
    propositions, _ = align(
        "The ferry Aurelia struck the east pier of the harbour in dense fog.",
        "In dense fog, the ferry Aurelia struck the harbour's east pier.",
    )
    assert list(propositions["n_sources"]) == [2]


def test_what_has_nothing_to_do_with_it_stands_alone():
    propositions, _ = align(GIVEN, WEATHER)
    assert list(propositions["n_sources"]) == [1, 1]


@pytest.mark.parametrize(("one", "other"), [(GIVEN, ABLE), (GIVEN, DID), (ABLE, DID)])
def test_access_given_able_to_read_and_did_read_are_three_propositions(one, other):
    _, relations = align(one, other)
    assert len(groups(relations)) == 2


def test_a_negation_meets_what_it_negates_and_disputes_it():
    _, relations = align(
        "Harbourline shared the private letters of its passengers with Quayside.",
        "Harbourline did not share the private letters of its passengers with Quayside.",
    )
    assert relations["proposition_id"].nunique() == 1
    assert sorted(relations["relation"]) == ["disputes", "supports"]


def test_a_denial_is_never_counted_as_support():
    _, relations = align(
        "Harbourline shared the private letters of its passengers with Quayside.",
        "A spokeswoman denied that Harbourline shared the private letters of its passengers with Quayside.",
    )
    assert relations["proposition_id"].nunique() == 1
    assert sorted(relations["relation"]) == ["disputes", "supports"]


def test_the_label_is_a_plain_statement_rather_than_its_denial():
    propositions, _ = align(
        "Harbourline did not share the private letters of its passengers with Quayside.",
        "Harbourline shared the private letters of its passengers with Quayside.",
    )
    assert "not" not in propositions["label"].iloc[0].split()


def test_numbers_that_differ_do_not_keep_claims_apart():
    propositions, _ = align(
        "The ferry struck a pier in dense fog on Monday, injuring 11 people.",
        "The ferry struck a pier in dense fog on Monday, injuring 14 people.",
    )
    assert propositions["n_sources"].max() == 2


def test_fragments_of_one_or_two_words_align_with_nothing():
    claims = read_claims(GIVEN, GIVEN)[1].assign(text="the allegations")
    propositions, _ = align_claims(claims, find_mentions(claims.iloc[:0], make_articles({"paper-1": "a"})))
    assert set(propositions["n_claims"]) == {1}


def test_every_claim_that_is_not_opinion_has_one_proposition():
    articles, claims = read_claims(GIVEN + " " + WEATHER, ABLE, DID + " " + WEATHER)
    _, relations = align_claims(claims, find_mentions(claims, articles), articles=articles)
    counted = claims[~claims["opinion"] & (claims["confidence"] >= 0.5)]
    assert sorted(relations["claim_id"]) == sorted(counted["claim_id"])


def test_copies_are_counted_as_one_origin():
    articles, claims = read_claims(GIVEN, GIVEN)
    origins = pd.DataFrame({"article_id": ["paper-1", "paper-2"], "origin_id": ["o-1", "o-1"]})
    propositions, _ = align_claims(claims, find_mentions(claims, articles), articles, origins)
    assert (propositions["n_sources"].iloc[0], propositions["n_origins"].iloc[0]) == (2, 1)


def test_the_earliest_date_of_publication_is_told():
    propositions, _ = align(GIVEN, GIVEN, published={"paper-1": "2024-05-03", "paper-2": "2024-05-01"})
    assert propositions["first_published"].iloc[0] == pd.Timestamp("2024-05-01")


def test_propositions_keep_their_id_when_the_rows_come_in_another_order():
    articles, claims = read_claims(GIVEN + " " + WEATHER, ABLE, GIVEN)
    mentions = find_mentions(claims, articles)
    first = align_claims(claims, mentions, articles)
    second = align_claims(claims.iloc[::-1], mentions.iloc[::-1], articles.iloc[::-1])
    for one, other in zip(first, second, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_stories_are_not_mixed():
    articles, claims = read_claims(GIVEN, GIVEN)
    articles = articles.assign(story=["one", "other"])
    propositions, _ = align_claims(claims, find_mentions(claims, articles), articles)
    assert list(propositions["n_sources"]) == [1, 1]


def test_no_claim_gives_no_proposition():
    articles, claims = read_claims(GIVEN)
    propositions, relations = align_claims(claims.iloc[:0], find_mentions(claims.iloc[:0], articles))
    assert propositions.empty and relations.empty


@pytest.mark.parametrize(
    ("text", "lemma", "possible"),
    [
        (GIVEN, "access", False),
        (ABLE, "read", True),
        (DID, "read", False),
        ("Harbourline allowed Quayside to read the private letters.", "read", True),
        ("Quayside had unlimited access to the private letters.", "access", False),
    ],
)
def test_the_act_is_found_below_light_verbs(text, lemma, possible):
    action = find_actions(read_claims(text)[1])[0]
    assert (action.lemma, action.possible) == (lemma, possible)


def test_the_denied_sharing_of_the_originals_is_one_proposition_of_several_articles(originals):
    articles = read_articles(originals)
    claims = extract_claims(articles, split_passages(articles))
    propositions, relations = align_claims(claims, find_mentions(claims, articles), articles)
    denied = claims[claims["text"].str.contains("share") & claims["negated"] & (claims["quote_kind"] == "direct")]
    shared = relations[relations["claim_id"].isin(denied["claim_id"])]["proposition_id"].unique()
    assert propositions.set_index("proposition_id").loc[shared, "n_sources"].max() >= 3


def test_what_negates_another_act_only_mentions_the_label():
    _, relations = align(
        "Marten Vos will star as the late founder Ida Quill in the coming film about her company.",
        "Marten Vos did not audition to star as the late founder Ida Quill in the coming film about her company.",
    )
    assert "disputes" not in set(relations["relation"])


def test_claims_with_the_columns_of_the_contract_alone_are_aligned_too():
    articles, claims = read_claims(GIVEN, GIVEN)
    beyond = ["confidence", "opinion", "subject", "predicate", "predicate_end", "object", "modifiers"]
    bare = claims.drop(columns=beyond)
    assert align_claims(bare, find_mentions(claims, articles))[0]["n_sources"].max() == 2


def test_one_text_told_by_very_many_is_one_proposition():
    _, claims = read_claims(GIVEN + " " + WEATHER)
    many = pd.concat([claims.assign(article_id=f"p-{n}", claim_id=claims["claim_id"] + str(n)) for n in range(80)])
    mentions = find_mentions(claims.iloc[:0], make_articles({"paper-1": "a"}))
    assert list(align_claims(many, mentions)[0]["n_sources"]) == [80] * len(claims)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "“There is not a pier or a ferry that he is not on,” Edda Voss said.",
            "“There is not a pier or ferry that he is not on, and there is such a lot of it,” Edda Voss said.",
        ),
        (
            "Harbourline gave Quayside access to the DMs of its passengers.",
            "Harbourline gave Quayside access to the private messages of its passengers.",
        ),
    ],
)
def test_renderings_of_one_quotation_and_names_of_one_thing_meet(one, other):
    propositions, _ = align(one, other)
    assert list(propositions["n_sources"]) == [2]


def test_what_the_same_words_only_make_possible_stays_apart_from_what_is_done():
    _, relations = align(
        "The crew could read every private letter of the passengers on the ferry.",
        "The crew read every private letter of the passengers on the ferry.",
    )
    assert len(groups(relations)) == 2


def test_the_act_stands_behind_what_is_only_set_off():
    _, claims = read_claims("Harbourline, formerly known as Fogline, granted Quayside access to its letters.")
    assert list(zip(claims["subject"], claims["predicate"], strict=True)) == [("Harbourline", "grant")]


def test_stories_told_in_one_call_give_the_rows_that_they_give_alone():
    told = {
        "ferry-1": GIVEN,
        "ferry-2": ABLE,
        "road-1": WEATHER,
        "road-2": "The mountain road was closed by heavy snow.",
    }
    articles = make_articles(told)
    articles["story"] = articles["article_id"].str.split("-").str[0]
    claims = extract_claims(articles, split_passages(articles))
    mentions = find_mentions(claims, articles)
    alone = []
    for _, part in articles.groupby("story"):
        own = claims[claims["article_id"].isin(part["article_id"])]
        alone.append(align_claims(own, mentions, articles=part)[1])
    together = align_claims(claims, mentions, articles=articles)[1]
    order = ["article_id", "claim_id"]
    expected = pd.concat(alone).sort_values(order).reset_index(drop=True)
    pd.testing.assert_frame_equal(together.sort_values(order).reset_index(drop=True), expected)
