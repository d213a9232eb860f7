"""What a text says of its own publisher, author, date and origin, and what it does not say."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.articles import read_articles
from helpers.articles.stamps import read_published
from helpers.store.publishers import find_agency_credit, find_look_alikes, make_source_key

LONG = "The ferry Aurelia struck the pier at Halvik in fog, and eleven people were hurt. " * 3


def read(folder, text: str, yaml: str = "") -> pd.Series:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    if yaml:
        (folder / "story.yaml").write_text(yaml, encoding="utf-8")
    return read_articles(folder).iloc[0]


@pytest.mark.parametrize(
    ("text", "source", "byline"),
    [
        ("Ferry strikes pier\n\n(Jan Holm, Halvik Courier) " + LONG, "Halvik Courier", "Jan Holm"),
        (LONG + "\n\nJan Holm is a staff writer at the Halvik Courier. Follow him at", "Halvik Courier", "Jan Holm"),
        ("Ferry strikes pier\nBy Ida Berg, Northern Post\n" + LONG, "Northern Post", "Ida Berg"),
        ("Ferry strikes pier\nBy Ida Berg\n" + LONG, None, "Ida Berg"),
        (LONG + "\n© 2024 Northern Post. All rights reserved.", "Northern Post", None),
        ("(Sydney, Australia) " + LONG, None, None),
        (LONG + " She is a writer at heart.", None, None),
    ],
)
def test_publisher_and_author_are_what_the_text_names(tmp_path, text, source, byline):
    row = read(tmp_path, text)
    found = [None if pd.isna(row[field]) else row[field] for field in ("source", "byline")]
    assert found == [source, byline]
    assert source is None or row["source_from"].startswith("the text")


def test_every_value_says_where_it_comes_from_and_how_sure_it_is(tmp_path):
    yaml = "articles: {a.txt: {source: Halvik Courier}}"
    row = read(tmp_path, "Ferry strikes pier\nUpdated 04 March 2025\n\nHALVIK (AP) — " + LONG, yaml)
    assert (row["source_from"], row["source_sure"]) == ("story.yaml", "high")
    assert (row["published_from"], row["published_sure"]) == ("the text: stamp of an update", "medium")
    assert (row["title_from"], row["title_sure"]) == ("the text: the first line", "medium")
    assert row["dateline"] == "HALVIK (AP)"
    assert row["origin_credit"] == "Associated Press"


def test_what_a_second_article_in_the_file_says_of_itself_is_not_said_of_the_first(tmp_path):
    own = "Ferry strikes the pier at Halvik\n\n" + LONG.strip()
    own += "\n\nThe coastguard towed the Aurelia to the harbour, and divers looked at her hull and her rudder.\n\n"
    other = "Bakery wins a prize for its rye bread\n\nUpdated 12 May 2025\n\nFollow\n\nBakery wins a prize for its rye bread\n\n"
    other += "LUND: A baker from Lund has won the national prize for sourdough, and the jury praised crust, crumb and aroma.\n\n"
    other += "Customers queued for loaves, buns and pretzels until the ovens had cooled.\n\nEva Lind is a reporter at Lund Daily."
    row = read(tmp_path, own + other)
    assert pd.isna(row["published"])
    assert pd.isna(row["source"])


@pytest.mark.parametrize(
    ("stamps", "day", "why"),
    [
        ("Published 3 March 2025\nUpdated 5 March 2025", "2025-03-03", None),
        ("March 3, 2025", "2025-03-03", None),
        ("Posted: Mon, 3 March 2025, 10:15", "2025-03-03", None),
        ("Published 3 March 2025\nPublished 9 March 2025", None, "2025-03-03 and 2025-03-09"),
        ("Published 04/03/2025", None, None),
        ("Published 3 March 2999", None, None),
        ("It happened on 3 March 2025.", None, None),
    ],
)
def test_a_stamp_dates_an_article_and_contradicting_ones_do_not(tmp_path, stamps, day, why):
    row = read(tmp_path, "Ferry strikes pier\n" + stamps + "\n\n" + LONG)
    assert (None if pd.isna(row["published"]) else str(row["published"].date())) == day
    assert why is None or why in row["notes"]


@pytest.mark.parametrize(
    ("written", "date", "precision"),
    [
        ("2024", "2024", "year"),
        ("April 2024", "2024-04", "month"),
        ("20240430120000", "2024-04-30", "day"),
        ("2024-04-03T23:30:00-05:00", "2024-04-03", "day"),
        ("Wed, 03 Apr 2024 23:30:00 -0500", "2024-04-03", "day"),
        ("13/04/2024", "2024-04-13", "day"),
        ("04/03/2024", None, None),
        ("31 February 2024", None, None),
        ("2999-01-01", None, None),
        ("earlier this month", None, None),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written, date, precision):
    assert read_published(written)[:2] == (date, precision)
    assert date or read_published(written).why


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (LONG + "\nWith files from The Canadian Press", "Canadian Press"),
        (
            LONG + "\nAssociated Press writers Jan Holm in Halvik and Ida Berg contributed to this report.",
            "Associated Press",
        ),
        (LONG + "\nAgence France Presse, Reuters", "Agence France-Presse"),
        (LONG + "\n—Copyright the Associated Press", "Associated Press"),
        ("HALVIK, Norway, March 3 (UPI) -- " + LONG, "United Press International"),
        ("A ferry at the pier. (AFP/File)\n" + LONG, None),
        ("The pier (Reuters)\n" + LONG, None),
        (LONG + "\nPhoto: Reuters", None),
        (LONG + " Reuters asked the operator.", None),
        ("The gap (AP courses count) closed.\n" + LONG, None),
    ],
)
def test_agency_credits_are_told_from_pictures_and_mentions(text, agency):
    assert find_agency_credit(text) == agency


def test_a_publisher_has_one_key_by_domain_masthead_and_spelling():
    for names in (
        ("The New York Times", "nytimes.com", "https://www.nytimes.com/2024/x.html", "New York Times"),
        ("BBC News", "bbc.co.uk", "www.bbc.com"),
        ("The Halvik Courier", "halvik-courier.co.uk", "HALVIK COURIER", "news.halvik-courier.com"),
        ("TheCourant", "thecourant.com", "The Courant"),
    ):
        assert len({make_source_key(name) for name in names}) == 1, names
    assert make_source_key("Northern Post") != make_source_key("Northern Star")
    assert make_source_key("NA") == "na"


def test_look_alike_publishers_in_one_folder_are_flagged_and_stay_two(tmp_path):
    names = {"a": "Halvik Post", "b": "H\u0430lvik Post", "c": "Halvik P0st", "d": "Northern Post"}
    for name in names:
        (tmp_path / f"{name}.txt").write_text(LONG)
    lines = "".join(f"  {name}.txt: {{source: {source!r}}}\n" for name, source in names.items())
    (tmp_path / "story.yaml").write_text("articles:\n" + lines, encoding="utf-8")
    articles = read_articles(tmp_path).set_index("article_id")
    assert articles["source_key"].nunique() == 4
    assert articles["notes"].str.contains("looks like another one").fillna(False).tolist() == [True, True, True, False]
    assert find_look_alikes(["The Halvik Post", "halvikpost.com"]) == {}


@pytest.mark.parametrize(
    ("head", "origin"),
    [("HALVIK (Coast Wire) — ", "Coast Wire"), ("HALVIK (AP) — ", "Associated Press"), ("PORTLAND (Oregon) — ", None)],
)
def test_whoever_stands_in_the_brackets_of_a_dateline_is_the_origin(tmp_path, head, origin):
    found = read(tmp_path, head + LONG)["origin_credit"]
    assert (None if pd.isna(found) else found) == origin
