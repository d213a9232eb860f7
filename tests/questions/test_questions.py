"""What is promised of a statement put to every source: relation, sentence, silence, and no dependence on company."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.claims import extract_claims
from helpers.mentions import find_mentions
from helpers.passages import split_passages
from helpers.questions import judge, judge_all, lay_out_answers, summarise_answers
from helpers.questions.asked_values import compare_values
from helpers.questions.bearing import MEASURES, find_cues, read_words
from helpers.questions.judge import COLUMNS, is_conflict, load_weights
from stories import make_articles

SUPPORTS = (
    "Pop singer Lena Marlow has bought the old lighthouse at Cape Tern. She signed the papers on Monday.\n\n"
    "The lighthouse has stood empty for twelve years. Marlow will turn it into a studio, her manager said."
)
DISPUTES = (
    "No, singer Lena Marlow has not bought the lighthouse at Cape Tern, whatever you read this week.\n\n"
    "The story is a hoax, her spokeswoman said. It began on a satirical website that invented the sale.\n\n"
    "The coast guard, which owns the lighthouse, denied that it was ever for sale."
)
DISCUSSES = (
    "Singer Lena Marlow may have bought the lighthouse at Cape Tern, according to unconfirmed reports.\n\n"
    "It is unclear whether the rumoured sale went through. The coast guard had no comment on the alleged deal."
)
SILENT = (
    "The town council of Brill voted on Tuesday to repair the swimming pool.\n\n"
    "The repairs will cost 2 million dollars and take a year, the mayor said."
)
QUESTION = "Lena Marlow bought the lighthouse at Cape Tern"


def ask(question: str, **texts: str):
    articles = make_articles(texts)
    claims = extract_claims(articles, split_passages(articles))
    return judge(question, articles, claims, find_mentions(claims, articles)).set_index("article_id", drop=False)


@pytest.fixture(scope="module")
def answers():
    return ask(QUESTION, daily=SUPPORTS, weekly=DISPUTES, herald=DISCUSSES, brill=SILENT)


def test_each_article_stands_to_the_statement_as_it_says(answers):
    assert answers["relation"].to_dict() == {
        "daily": "supports", "weekly": "disputes", "herald": "discusses", "brill": "silent",
    }  # fmt: skip


def test_the_columns_are_those_of_the_contract_one_row_an_article_in_order(answers):
    assert tuple(answers.columns) == COLUMNS
    assert list(answers["article_id"]) == sorted(answers["article_id"])


def test_the_span_slices_back_and_shows_the_relation(answers):
    for name, text in {"daily": SUPPORTS, "weekly": DISPUTES, "herald": DISCUSSES}.items():
        row = answers.loc[name]
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
    assert answers.loc["daily", "text"].startswith("Pop singer Lena Marlow has bought")
    assert answers.loc["weekly", "text"].startswith("No, singer Lena Marlow has not bought")
    assert answers.loc["herald", "text"].startswith("Singer Lena Marlow may have bought")


def test_a_silent_article_has_no_span(answers):
    assert answers.loc["brill", ["start", "end", "text"]].isna().all()


def test_the_denied_statement_turns_support_and_dispute_round(answers):
    turned = ask(
        "Lena Marlow did not buy the lighthouse at Cape Tern", daily=SUPPORTS, weekly=DISPUTES, herald=DISCUSSES
    )
    assert turned["relation"].to_dict() == {"daily": "disputes", "weekly": "supports", "herald": "discusses"}
    assert turned.loc["weekly", "text"] == answers.loc["weekly", "text"]


def test_an_article_is_judged_the_same_alone_and_in_any_order(answers):
    for name, text in {"daily": SUPPORTS, "weekly": DISPUTES, "herald": DISCUSSES}.items():
        assert ask(QUESTION, **{name: text}).loc[name, "relation"] == answers.loc[name, "relation"]
    again = ask(QUESTION, weekly=DISPUTES, brill=SILENT, herald=DISCUSSES, daily=SUPPORTS)
    assert again.to_csv() == answers.to_csv()


def test_a_detail_is_judged_where_it_stands_and_not_by_the_rest_of_the_article():
    answer = ask(
        "Marlow's first album sold 400,000 copies", weekly=DISPUTES + "\n\nMarlow's first album sold 400,000 copies."
    )
    assert answer.loc["weekly", "relation"] == "supports"
    assert answer.loc["weekly", "text"] == "Marlow's first album sold 400,000 copies."


def test_something_like_a_detail_is_not_the_detail():
    text = DISPUTES + "\n\nMarlow's first album was recorded in a barn near Brill in 2011."
    answer = ask("Marlow's first album sold 400,000 copies in 2011", weekly=text)
    assert answer.loc["weekly", "relation"] in ("discusses", "not sure", "silent")


def test_no_question_and_no_claim_are_no_error():
    articles = make_articles({"daily": SUPPORTS})
    claims = extract_claims(articles, split_passages(articles))
    assert judge_all([], articles, claims, find_mentions(claims, articles)).empty
    assert list(judge(QUESTION, articles, claims.head(0), find_mentions(claims, articles).head(0))["relation"]) == [
        "supports"
    ]
    assert list(judge("", articles, claims, find_mentions(claims, articles))["relation"]) == ["silent"]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The photo is a hoax.", ["refutes"]),
        ("It was not a hoax.", ["hedges"]),
        ("Police have confirmed the find.", ["confirms"]),
        ("Police have not confirmed the find.", ["hedges"]),
        ("It can't be ruled out.", ["hedges"]),
        ("She met him in May.", []),
        ("She may meet him.", ["hedges"]),
    ],
)
def test_a_negation_turns_a_cue_round(sentence, kinds):
    assert [kind for _, _, kind in find_cues(read_words(sentence))] == kinds


def test_the_speaker_of_the_shown_words_is_named_and_the_articles_own_voice_is_not():
    told = ask(
        "The bridge at Brill is safe",
        daily="The bridge at Brill is safe, the engineer Ada Finch said on Monday.",
        weekly="The bridge at Brill is safe and open again.",
    )
    assert told.loc["daily", "speaker"].endswith("Ada Finch")
    assert pd.isna(told.loc["weekly", "speaker"])


def test_a_sentence_behind_a_dateline_is_read_without_it():
    text = "BRILL—The mayor denied that the bridge at Brill is safe.\n\nTwo cranes were brought there on Monday."
    answer = ask("The bridge at Brill is safe", daily=text)
    assert answer.loc["daily", "text"].startswith("The mayor denied")
    assert text[answer.loc["daily", "start"] : answer.loc["daily", "end"]] == answer.loc["daily", "text"]


def test_answers_are_laid_out_by_relation_with_the_sources_names():
    articles = make_articles({"daily": SUPPORTS, "weekly": DISPUTES, "herald": DISCUSSES, "brill": SILENT})
    claims = extract_claims(articles, split_passages(articles))
    answers = judge_all([QUESTION], articles, claims, find_mentions(claims, articles))
    shown = lay_out_answers(answers, articles)
    assert list(shown["source"]) == ["Daily", "Weekly", "Herald", "Brill"]
    assert list(shown["relation"]) == ["supports", "disputes", "discusses", "silent"]
    assert list(shown.loc[3, ["sentence", "who says it", "sure"]]) == ["", "", ""]


def test_weights_are_readable_and_name_every_measure():
    for own in load_weights().values():
        assert set(own) == {*MEASURES, "intercept"}


def test_no_sentence_shown_for_support_speaks_against_the_statement():
    text = (
        "The bridge at Brill was not the bridge that the council had called safe.\n\nThe council had called the bridge "
        "at Brill safe in March, in May and in June.\n\nThe bridge at Brill is safe, the council said again."
    )
    answer = ask("The bridge at Brill is safe", daily=text)
    assert answer.loc["daily", "relation"] != "supports" or "not" not in answer.loc["daily", "text"]


HARBOUR = "The new pier of Brill cost $40 million, the council said. Work on the pier was finished in May 2021."
CREW = "The new pier of Brill cost $65 million, the union said. Work on the pier was finished in March 2019."


@pytest.mark.parametrize(
    ("question", "harbour", "crew"),
    [
        ("The new pier of Brill cost $40 million", "supports", "disputes"),
        ("The new pier of Brill cost more than $60 million", "disputes", "supports"),
        ("The new pier of Brill did not cost $40 million", "disputes", "supports"),
        ("Work on the pier was finished in May 2021", "supports", "disputes"),
        ("Work on the pier was finished in 2019", "disputes", "supports"),
    ],
)
def test_a_date_or_an_amount_is_compared_as_a_value(question, harbour, crew):
    answer = ask(question, harbour=HARBOUR, crew=CREW)
    assert (answer.loc["harbour", "relation"], answer.loc["crew", "relation"]) == (harbour, crew)
    for name, text in {"harbour": HARBOUR, "crew": CREW}.items():
        assert text[answer.loc[name, "start"] : answer.loc[name, "end"]] == answer.loc[name, "text"]


def test_amounts_beside_different_dates_answer_different_statements():
    text = "By 2015 the firm had spent $40 million on ads.\n\nBy 2017 the firm had spent $150 million on ads."
    assert compare_all("By 2017 the firm had spent $150 million on ads", daily=text) == {"daily": "supports"}
    assert compare_all("By 2019 the firm had spent $300 million on ads", daily=text) == {}


def test_an_amount_of_somebody_else_answers_nothing():
    text = "By 2015, Quayside was spending $40 million on Harbourline ads. Harbourline had 12 ferries."
    assert compare_all("Quayside spent $40 million", daily=text) == {"daily": "supports"}
    assert compare_all("Harbourline spent $40 million", daily=text) == {}


def test_millions_support_no_single_amount():
    text = "Quayside spent millions of dollars on ads."
    assert compare_all("Quayside spent $40 million on ads", daily=text) == {}


def test_an_empty_statement_and_no_articles_are_answered_with_nothing():
    assert compare_all("  ", daily=SUPPORTS) == {}
    assert set(ask("", daily=SUPPORTS)["relation"]) == {"silent"}
    assert compare_all("It cost $5", daily="") == {}


def compare_all(question: str, **texts: str) -> dict[str, str]:
    articles = make_articles(texts)
    claims = extract_claims(articles, split_passages(articles))
    values = compare_values(question, articles, claims, find_mentions(claims, articles))
    return {article: value.relation for article, value in values.items()}


def test_sources_conflict_where_one_row_supports_and_another_disputes(answers):
    told = summarise_answers(answers.assign(question=QUESTION))
    counts = {"supports": 1, "disputes": 1, "discusses": 1, "not sure": 0, "silent": 1}
    assert told.to_dict("records") == [{"question": QUESTION, **counts, "conflict": True}]
    one_sided = answers[answers["relation"] != "supports"].assign(question=QUESTION)
    assert not summarise_answers(one_sided)["conflict"].any()
    assert is_conflict(pd.Series(["supports", "disputes", "not sure"]))
    assert not is_conflict(pd.Series(["supports", "not sure"]))


BEARS = (
    "The police shot the bears that had come into the village of Brill, the mayor said. The bears had eaten bins empty."
)


@pytest.mark.parametrize(
    ("question", "relation"),
    [
        ("Police shot both bears of Brill", "supports"),
        ("police shot both bears of Brill", "supports"),
        ("Poachers shot the bears of Brill", "not sure"),
        ("The police'll have shot the bears of Brill", "supports"),
    ],
)
def test_a_capital_an_unseen_word_or_a_contraction_silences_nobody(question, relation):
    assert ask(question, daily=BEARS, herald=SILENT).loc["daily", "relation"] == relation


def test_an_amount_in_what_somebody_denies_is_no_support():
    answer = ask(
        "Kestrel will close 30% of its mills",
        daily="Kestrel has denied that it is going to close 30 percent of its mills.",
    )
    assert answer.loc["daily", "relation"] == "disputes"
