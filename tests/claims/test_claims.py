"""Who says what: content without its cue, the speaker, the stance; a denial is never support."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import tables
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.passages import split_passages
from stories import read_claims


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
    ("sentence", "speaker", "content"),
    [
        (
            "A harbour official said Friday that divers have searched the wreck.",
            "A harbour official",
            "divers have searched the wreck",
        ),
        (
            "“The pier is not the ruin that they describe,” Revesh said.",
            "Revesh",
            "The pier is not the ruin that they describe",
        ),
        (
            "''It is a misguided plan for the harbour,'' said Edda Voss, the secretary of the union.",
            "Edda Voss, the secretary of the union",
            "It is a misguided plan for the harbour",
        ),
        ("The minister vowed to reopen the pier.", "The minister", "to reopen the pier"),
        (
            "The union said that the pier was “wholly unsafe” and badly lit.",
            "The union",
            "the pier was “wholly unsafe” and badly lit",
        ),
    ],
)
def test_frames_are_read_where_a_day_an_apposition_or_a_quotation_parts_them(sentence, speaker, content):
    claim = only(sentence)
    assert (claim["speaker"], claim["text"]) == (speaker, content)


def test_a_report_of_what_documents_say_is_nested():
    _, claims = read_claims("The Harbour Herald reported that documents indicated that Soundline could read the radar.")
    inner = claims[claims["cue"] == "indicated"].iloc[0]
    outer = claims[claims["cue"] == "reported"].iloc[0]
    assert inner["speaker"] == "documents"
    assert inner["parent_id"] == outer["claim_id"]
    assert outer["text"].endswith("Soundline could read the radar")


def test_a_participle_goes_on_with_the_first_speaker_and_ends_the_first_content():
    _, claims = read_claims(
        "Soundline denies sharing letters with Dockside, asserting that the radar merely sent them."
    )
    said = claims[claims["speaker"].notna()]
    assert list(said["text"]) == ["sharing letters with Dockside", "the radar merely sent them"]
    assert set(said["speaker_name"]) == {"Soundline"}


def test_nobody_speaks_in_these_claims_and_it_is_worth_noting():
    _, claims = read_claims(
        "These claims recently gained weight in the harbour. It is important to note that the ferry was old."
    )
    assert claims["speaker"].isna().all()
    assert claims["cue"].isna().all()


def test_what_only_opens_a_sentence_is_no_name_of_a_speaker():
    claim = only("Explosive documents show that the radar was broken.")
    assert claim["speaker_name"] != "Explosive"


def test_what_someone_is_accused_of_in_a_headline_is_alleged():
    _, claims = read_claims("Soundline was accused of hiding the report from the crew.")
    assert set(claims["modality"]) == {"alleged"}


def test_less_sure_readings_can_be_left_out():
    text = "The operator denied the allegations on Friday. The union said that the radar was broken."
    articles, every = read_claims(text)
    sure = extract_claims(articles, split_passages(articles), min_confidence=0.8)
    assert set(sure["claim_id"]) < set(every["claim_id"])
    assert (sure["confidence"] >= 0.8).all()


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


def test_a_surname_of_another_story_is_another_speaker():
    articles, _ = read_claims(
        "Union secretary Edda Voss said that the radar was broken.",
        "Voss said that the crew had reported the fault on Friday.",
    )
    apart = articles.assign(story=["harbour", "airport"])
    said = extract_claims(apart, split_passages(apart))
    said = said[said["speaker"].notna()]
    assert said["speaker_id"].nunique() == 2


def test_what_is_mostly_somebodys_is_not_told_again_as_the_articles_own():
    _, claims = read_claims(
        "Court papers unsealed in May reveal shocking claims that Harbourline, formerly known as Fogline, allegedly gave "
        "Quayside access to the private letters of its passengers."
    )
    own = claims[claims["speaker"].isna()]
    assert list(own["text"]) == ["Court papers unsealed in May"]
