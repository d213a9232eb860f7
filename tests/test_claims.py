"""Who says what: content without its cue, the speaker, the stance; a denial is never support."""

from __future__ import annotations

import pandas as pd
import pytest
from stories import read_claims

from helpers import tables
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.passages import split_passages


def only(text: str) -> pd.Series:
    _, claims = read_claims(text)
    said = claims[claims["speaker"].notna()]
    assert len(said) == 1, said[["speaker", "cue", "text"]].to_string()
    return said.iloc[0]


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "content"),
    [
        ("Edda Voss said that the radar was broken.", "Edda Voss", "said", "the radar was broken"),
        ("“The radar was broken on Friday,” said Edda Voss.", "Edda Voss", "said", "The radar was broken on Friday"),
        (
            "According to the union, the crew reported the fault.",
            "the union",
            "According to",
            "the crew reported the fault",
        ),
        (
            "The lawsuit alleges that the company hid the report.",
            "The lawsuit",
            "alleges",
            "the company hid the report",
        ),
        ("The operator denied that the radar was broken.", "The operator", "denied", "the radar was broken"),
        ("The ferry had left late, the coastguard said.", "the coastguard", "said", "The ferry had left late"),
    ],
)
def test_source_cue_and_content_are_found(sentence, speaker, cue, content):
    claim = only(sentence)
    assert (claim["speaker"], claim["cue"], claim["text"]) == (speaker, cue, content)


@pytest.mark.parametrize(
    ("sentence", "stance", "modality"),
    [
        ("The operator denied that the radar was broken.", "denies", "denied"),
        ("The union alleged that the radar was broken.", "alleges", "alleged"),
        ("The operator admitted that the radar was broken.", "concedes", "reported"),
        ("The coastguard said that the radar was broken.", "asserts", "reported"),
    ],
)
def test_the_stance_is_that_of_the_cue(sentence, stance, modality):
    claim = only(sentence)
    assert (claim["stance"], claim["modality"]) == (stance, modality)


def test_a_denial_is_never_counted_as_support():
    claim = only("The operator denied claims that the radar was broken.")
    assert claim["stance"] == "denies"
    assert claim["text"] == "the radar was broken"
    assert claim["modality"] == "denied"


def test_negation_inside_the_content_is_marked():
    claim = only("The operator said that the ship did not leave the harbour.")
    assert claim["negated"]
    assert claim["stance"] == "asserts"


def test_what_the_article_says_itself_has_no_speaker():
    _, claims = read_claims("The ferry Aurelia struck the pier on Monday. It was towed to the shipyard.")
    assert claims["speaker"].isna().all()
    assert set(claims["modality"]) == {"fact"}


def test_hedges_weaken_what_the_article_says():
    _, claims = read_claims("The ferry was reportedly sold in May. The captain allegedly slept on the bridge.")
    assert list(claims["modality"]) == ["reported", "alleged"]


def test_a_month_is_no_doubt():
    _, claims = read_claims("The harbour was dredged in May 2018 by a crew of nine.")
    assert list(claims["modality"]) == ["fact"]


def test_exhortations_and_questions_are_no_claims():
    _, claims = read_claims("Follow us on our channel for more news.\n\nWho was on the bridge that night?")
    assert claims.empty


def test_a_pronoun_is_resolved_to_the_person_named_before():
    _, claims = read_claims(
        "Spokesman Peter Aldous visited the ship. Aldous met the crew. He said that the radar was working on Friday."
    )
    said = claims[claims["speaker"] == "He"].iloc[0]
    assert said["speaker_name"] == "Peter Aldous"


def test_a_surname_and_the_full_name_are_one_speaker_across_articles():
    _, claims = read_claims(
        "Union secretary Edda Voss said that the radar was broken.",
        "Voss said that the crew had reported the fault on Friday.",
    )
    assert claims[claims["speaker"].notna()]["speaker_id"].nunique() == 1


def test_the_person_and_the_organisation_spoken_for_are_both_kept():
    claim = only("“Nobody was in danger after the impact,” said Soundline spokesman Peter Aldous.")
    assert (claim["speaker_name"], claim["speaker_for"]) == ("Peter Aldous", "Soundline")


def test_ids_depend_on_the_text_not_on_other_articles():
    _, alone = read_claims("The ferry Aurelia struck the pier on Monday.")
    _, together = read_claims("The ferry Aurelia struck the pier on Monday.", "Nobody on the pier was hurt at all.")
    assert set(alone["claim_id"]) < set(together["claim_id"])


def test_no_article_gives_an_empty_table():
    articles = tables.conform([], "articles")
    assert extract_claims(articles, tables.conform([], "passages")).empty


def test_every_span_of_the_originals_is_where_it_says(originals):
    articles = read_articles(originals)
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    assert tables.find_misplaced({"articles": articles, "passages": passages, "claims": claims}) == []
    assert len(claims) > 60
    denied = claims[(claims["stance"] == "denies") & claims["text"].str.contains("messages")]
    assert denied["article_id"].nunique() >= 3


def test_nothing_is_claimed_from_what_was_set_aside(originals):
    articles = read_articles(originals)
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    kinds = claims.merge(passages[["passage_id", "kind"]], on="passage_id")["kind"]
    assert set(kinds) <= set(tables.CLAIM_BEARING)
