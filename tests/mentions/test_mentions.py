"""What a claim holds: its own dates, amounts and names, each at its place, and nothing of its neighbours."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import tables
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.mentions import find_mentions
from helpers.passages import split_passages

TEXT = (
    "Ferry owner Norland Lines said on Tuesday that it had spent $40 million on lifeboats by 2015. "
    "The harbour master, Ada Roe, denied that at least 12 people were hurt. Roe left last month."
)


def make_articles(
    text: str = TEXT, published: str | None = "2024-04-03", precision: str | None = "day"
) -> pd.DataFrame:
    day = pd.to_datetime(pd.Series([published])).astype("datetime64[s]")
    return pd.DataFrame(
        {"article_id": ["a"], "story": ["s"], "published": day, "published_precision": [precision], "text": [text]}
    )


def make_claims(*contents: str, text: str = TEXT) -> pd.DataFrame:
    """Make claims of `contents`, which stand in `text`, in sentences that are the lines or full stops around them."""
    rows = []
    for content in contents:
        start = text.index(content)
        opened = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
        closed = text.find(". ", start)
        rows.append(
            {
                "claim_id": tables.make_id("c", content),
                "article_id": "a",
                "start": start,
                "end": start + len(content),
                "sentence_start": opened,
                "sentence_end": closed + 1 if closed > 0 else len(text),
                "predicate": None,
            }
        )
    return pd.DataFrame(rows)


def test_a_claim_holds_only_what_stands_in_its_span():
    found = find_mentions(make_claims("it had spent $40 million on lifeboats by 2015"), make_articles())
    found = found[~found["beside"].fillna(False).astype(bool)]
    assert found["text"].tolist() == ["$40 million", "by 2015"]
    assert found["kind"].tolist() == ["money", "date"]


def test_a_date_in_the_words_that_frame_a_claim_goes_to_it_as_standing_beside_it():
    found = find_mentions(make_claims("it had spent $40 million on lifeboats by 2015"), make_articles())
    beside = found[found["beside"].fillna(False).astype(bool)]
    assert beside[["text", "kind", "event"]].to_numpy().tolist() == [["Tuesday", "date", "say"]]


def test_a_value_beside_two_claims_goes_to_the_nearer_one():
    text = "In 2018 the News told its readers that boats sank and that 12 divers left."
    found = find_mentions(make_claims("boats sank", "12 divers left", text=text), make_articles(text))
    claim = found.loc[found["text"].str.contains("2018"), "claim_id"]
    assert claim.tolist() == [tables.make_id("c", "boats sank")]


def test_this_morning_in_a_quotation_is_that_of_the_day_on_which_it_was_said():
    text = "“A seal slept in the boat early this morning,” Roe told the News on Tuesday."
    claims = make_claims("A seal slept in the boat early this morning", text=text).assign(quote_kind="direct")
    found = find_mentions(claims, make_articles(text))
    dates = dict(found.loc[found["kind"] == "date", ["text", "date_start"]].to_numpy())
    assert dates["this morning"] == pd.Timestamp("2024-04-02")


def test_every_mention_stands_where_its_text_stands():
    articles = make_articles()
    found = find_mentions(make_claims(TEXT), articles)
    assert tables.find_misplaced({"articles": articles, "mentions": found}) == []
    assert all(TEXT[row.start : row.end] == row.text for row in found.itertuples())


def test_money_has_its_code_its_scope_and_its_event():
    found = find_mentions(make_claims("it had spent $40 million on lifeboats by 2015"), make_articles())
    money = found[found["kind"] == "money"].iloc[0]
    assert (money["value"], money["unit"], money["scope"], money["event"]) == (40e6, "USD", "lifeboats", "spend")


def test_a_surname_is_resolved_to_the_full_name():
    found = find_mentions(make_claims("Roe left last month."), make_articles())
    person = found[found["kind"] == "person"].iloc[0]
    assert (person["text"], person["entity_name"]) == ("Roe", "Ada Roe")


def test_last_month_is_resolved_against_publication():
    found = find_mentions(make_claims("Roe left last month."), make_articles())
    date = found[found["kind"] == "date"].iloc[0]
    assert (date["date_start"], date["date_end"]) == (pd.Timestamp("2024-03-01"), pd.Timestamp("2024-03-31"))


def test_last_month_is_unknown_where_publication_is():
    found = find_mentions(make_claims("Roe left last month."), make_articles(published=None, precision=None))
    date = found[found["kind"] == "date"].iloc[0]
    assert pd.isna(date["date_start"]) and pd.isna(date["date_end"])
    assert date["why"] == "publication date unknown"


def test_a_value_over_the_edge_of_a_claim_is_cut_but_its_figure_is_not():
    inside = find_mentions(make_claims("12 people were hurt"), make_articles())
    assert inside["text"].tolist() == ["12"]
    assert inside["low"].tolist() == [12]
    cut = find_mentions(make_claims("million on lifeboats"), make_articles())
    assert cut["beside"].all()


def test_nested_claims_both_hold_the_value():
    claims = make_claims("it had spent $40 million on lifeboats by 2015", "spent $40 million on lifeboats")
    found = find_mentions(claims, make_articles())
    assert found[found["kind"] == "money"]["claim_id"].nunique() == 2


def test_no_claims_give_an_empty_table_of_the_right_shape():
    found = find_mentions(make_claims(TEXT).iloc[:0], make_articles())
    assert found.empty
    assert list(found.columns) == list(tables.TABLES["mentions"].columns)


def test_the_order_of_the_rows_given_does_not_matter():
    claims = make_claims("it had spent $40 million on lifeboats by 2015", "Roe left last month.")
    one = find_mentions(claims, make_articles())
    other = find_mentions(claims.iloc[::-1], make_articles())
    pd.testing.assert_frame_equal(one, other)


@pytest.fixture(scope="module")
def originals_mentions(originals):
    articles = read_articles(originals)
    claims = extract_claims(articles, split_passages(articles))
    return articles, claims, find_mentions(claims, articles)


def test_the_originals_give_mentions_at_their_places(originals_mentions):
    articles, claims, mentions = originals_mentions
    assert tables.find_misplaced({"articles": articles, "mentions": mentions}) == []
    spans = claims.set_index("claim_id")
    inside = mentions.join(spans[["start", "end"]].add_suffix("_of_claim"), on="claim_id")
    inside = inside[~inside["beside"].fillna(False).astype(bool)]
    assert (inside["start"] >= inside["start_of_claim"]).all()
    assert (inside["end"] <= inside["end_of_claim"]).all()


def test_in_the_originals_no_relative_date_is_resolved_without_a_publication_date(originals_mentions):
    articles, _, mentions = originals_mentions
    undated = set(articles[articles["published"].isna()]["article_id"])
    dates = mentions[(mentions["kind"] == "date") & mentions["article_id"].isin(undated)]
    relative = dates[~dates["text"].str.contains(r"\d{4}|same|that", regex=True)]
    assert len(relative) > 0
    assert relative["date_start"].isna().all() and relative["date_end"].isna().all()
