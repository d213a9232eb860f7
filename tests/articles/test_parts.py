"""Several articles in one file: each becomes an article of its own, with what its envelope says of it."""

from __future__ import annotations

import importlib.util
import json

import pandas as pd
import pytest

from conftest import ROOT
from helpers.articles import read_articles
from helpers.articles.documents import Document
from helpers.articles.parts import split_document
from helpers.passages import split_passages

SPEC = importlib.util.spec_from_file_location("joined", ROOT / "benchmarks" / "joined.py")
joined = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(joined)

HERALD = joined.Paper(
    "Seven killed as gate of Kelmar dam bursts",
    "Kelmar Herald",
    pd.Timestamp("2025-03-05"),
    "Ilse Varga",
    [
        "KELMAR — Seven people were killed on Tuesday when a spillway gate of the Kelmar dam burst and sent a wave of water "
        "through the lower town, the fire service said.",
        "Mayor Tomas Berel said the town had asked for repairs for years. “We were told in January that the gate was safe,” "
        "Berel said.",
        "The dam was built in 1962. It holds 18 million cubic metres of water.",
    ],
)
GAZETTE = joined.Paper(
    "Nine dead after Kelmar dam disaster, utility rejects blame",
    "Fenland Gazette",
    pd.Timestamp("2025-03-06"),
    "Owen Rask",
    [
        "Nine people died when a gate of the Kelmar dam burst on Tuesday, police said on Thursday.",
        "Norvik Water denied that it had ignored warnings from its engineers. “No warning ever reached the board,” said Lena "
        "Ostrow, a spokeswoman for Norvik Water.",
        "The dam, which was built in 1958, holds 18 million cubic metres of water.",
    ],
)
FERRY = joined.Paper(
    "Ferry timetable to change in spring",
    "Harbour Mail",
    pd.Timestamp("2025-03-07"),
    "Jon Hale",
    [
        "The island ferry will leave at six instead of seven from April, the shipping office announced in a letter to commuters.",
        "A second boat is to be hired for the summer months, when tourists crowd the quay and queues reach the lighthouse.",
        "Tickets stay at four crowns a passage, and schoolchildren sail free of charge on every weekday morning.",
    ],
)


def read(folder, content: str, name: str = "file.txt"):
    (folder / name).write_text(content, encoding="utf-8")
    return read_articles(folder)


@pytest.mark.parametrize("layout", joined.LAYOUTS)
def test_each_article_of_a_file_is_one_with_its_own_publisher_and_day(tmp_path, layout):
    make, ending = joined.LAYOUTS[layout]
    articles = read(tmp_path, make([HERALD, GAZETTE]), f"file.{ending}")
    told = {(row.title, row.source, str(row.published)[:10]) for row in articles.itertuples()}
    assert told == {(paper.title, paper.source, str(paper.day)[:10]) for paper in (HERALD, GAZETTE)}
    for paper in (HERALD, GAZETTE):
        text = articles.loc[articles["title"] == paper.title, "text"].item()
        assert joined.is_right(text, paper, [HERALD, GAZETTE])


@pytest.mark.parametrize("layout", joined.LAYOUTS)
def test_no_field_of_an_envelope_is_running_text(tmp_path, layout):
    make, ending = joined.LAYOUTS[layout]
    passages = split_passages(read(tmp_path, make([HERALD, GAZETTE]), f"file.{ending}"))
    body = passages.loc[passages["kind"].isin(["body", "dateline"]), "text"]
    assert "\n".join(body).replace("—\n", "— ").split("\n") != []
    words = " ".join(body)
    assert not any(
        label in words for label in ("LENGTH", "Copyright", "Document ", "Record", "From:", "words", "Section")
    )


def test_the_place_of_an_article_leads_to_its_lines_of_the_raw_file(tmp_path):
    content = joined.nexis_text([HERALD, GAZETTE])
    articles = read(tmp_path, content).set_index("source")
    place = articles.loc["Fenland Gazette", "raw_place"]
    assert place.startswith("article 2 of 2, lines ")
    first, last = map(int, place.rpartition("lines ")[2].split(" to "))
    stretch = "\n".join(content.split("\n")[first - 1 : last])
    assert "police\nsaid" in stretch or "police said" in stretch
    assert "fire service" not in stretch


def test_a_document_that_the_cover_lists_and_the_file_lacks_is_a_row_that_says_so(tmp_path):
    content = joined.nexis_uni([HERALD, GAZETTE])
    start = content.index(HERALD.title, content.index("Documents (2)") + 60)
    cut = content[:start] + content[content.index(GAZETTE.title, start) :]
    articles = read(tmp_path, cut)
    assert articles["skipped"].notna().sum() == 1
    missing = articles[articles["skipped"].notna()].iloc[0]
    assert (missing["title"], missing["skipped"]) == (
        HERALD.title,
        "listed on the cover of the export, and not in the file",
    )


def test_an_export_that_counts_more_documents_than_it_holds_says_so(tmp_path):
    content = joined.nexis_text([HERALD, GAZETTE]).replace("of 2 DOCUMENTS", "of 5 DOCUMENTS")
    skipped = read(tmp_path, content)["skipped"].dropna().tolist()
    assert skipped == ["the export counts 5 documents; 3 of them are not in the file"]


def test_an_article_of_another_topic_pasted_below_stays_where_it_is(tmp_path):
    articles = read(tmp_path, joined.pasted([HERALD, FERRY]))
    assert len(articles) == 1
    passages = split_passages(articles)
    assert "Tickets stay" in " ".join(passages.loc[passages["kind"] == "foreign", "text"])


@pytest.mark.parametrize("inner", ["By the numbers", "What happens next", "* * *", "March 5, 2025", "By Ilse Varga"])
def test_a_heading_or_a_stamp_inside_an_article_cuts_nothing(inner):
    text = "\n\n".join([HERALD.title, *HERALD.body, inner, *GAZETTE.body])
    assert [one.text for one in split_document(Document(text))] == [text]


def test_articles_under_their_titles_alone_are_told_by_the_gaps_between_them(tmp_path):
    whole = ["\n\n".join([paper.title, *paper.body]) for paper in (HERALD, GAZETTE)]
    assert list(read(tmp_path, "\n\n\n\n".join(whole))["text"].str.strip().sort_values()) == sorted(whole)


def test_a_headline_between_wide_gaps_is_no_article_where_all_gaps_are_wide():
    text = "\n\n\n\n".join([HERALD.title, *HERALD.body, "Mayor calls for a new dam at Kelmar soon", *GAZETTE.body])
    assert [one.text for one in split_document(Document(text))] == [text]


def test_one_article_in_an_envelope_is_read_without_it(tmp_path):
    row = read(tmp_path, joined.records([HERALD])).iloc[0]
    assert (row["source"], row["byline"], str(row["published"])[:10]) == ("Kelmar Herald", "Ilse Varga", "2025-03-05")
    assert row["text"] == "\n\n".join([HERALD.title, *HERALD.body])
    assert pd.isna(row["raw_place"])


def test_a_page_with_one_article_and_links_to_others_stays_one(tmp_path):
    teasers = "".join(
        f"<article class='hit'><h3>{title}</h3><p>More.</p></article>" for title in ("Ferry late", "Pier shut")
    )
    body = "".join(f"<p>{one}</p>" for one in [*HERALD.body, *GAZETTE.body])
    page = f"<html><body><article><h1>{HERALD.title}</h1>{body}</article>{teasers}</body></html>"
    assert len(read(tmp_path, page, "page.html")) == 1


def test_a_live_blog_is_one_article_with_its_own_title_and_the_times_of_its_posts(tmp_path):
    posts = [
        {
            "@type": "BlogPosting",
            "headline": "Toll rises",
            "datePublished": "2025-03-05T18:40:00Z",
            "articleBody": GAZETTE.body[0],
        },
        {
            "@type": "BlogPosting",
            "headline": "Gate bursts",
            "datePublished": "2025-03-05T09:15:00Z",
            "articleBody": HERALD.body[0],
        },
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "Kelmar dam: live updates", "liveBlogUpdate": posts}
    blog |= {
        "datePublished": "2025-03-05T07:00:00Z",
        "author": {"name": "Jon Hale"},
        "publisher": {"name": "Daily Basin"},
    }
    shown = "".join(f"<div class='block'><h2>{one['headline']}</h2><p>{one['articleBody']}</p></div>" for one in posts)
    page = (
        f"<html><head><script type='application/ld+json'>{json.dumps(blog)}</script></head><body>{shown}</body></html>"
    )
    articles = read(tmp_path, page, "live.html")
    row = articles.iloc[0]
    assert (len(articles), row["title"], row["source"], row["byline"]) == (
        1,
        "Kelmar dam: live updates",
        "Daily Basin",
        "Jon Hale",
    )
    passages = split_passages(articles)
    assert list(passages.loc[passages["why"] == "time of a post", "text"]) == ["2025-03-05, 18:40", "2025-03-05, 09:15"]


def test_what_is_said_by_hand_of_a_file_of_several_stands_only_where_an_article_says_nothing(tmp_path):
    (tmp_path / "story.yaml").write_text(
        "articles:\n  file.txt: {source: Kelmar Herald, byline: Ilse Varga}\n", encoding="utf-8"
    )
    articles = read(tmp_path, joined.pasted_rules([HERALD, GAZETTE])).set_index("title")
    assert articles.loc[GAZETTE.title, "source"] == "Fenland Gazette"
    assert set(articles["byline"]) == {"Ilse Varga"}


def test_the_posts_that_a_live_blog_shows_are_read_where_it_tells_nothing_of_itself(tmp_path):
    times = zip(("2025-03-05T18:40", "2025-03-05T09:15"), (GAZETTE, HERALD), strict=True)
    boxes = "".join(
        f"<div class='post'><time datetime='{at}'>now</time><p>{paper.body[0]}</p></div>" for at, paper in times
    )
    row = read(
        tmp_path, f"<html><body><h1>Kelmar dam: live</h1><div class='live-blog'>{boxes}</div></body></html>", "l.html"
    ).iloc[0]
    assert row["text"].split("\n\n") == [
        "Kelmar dam: live",
        *("2025-03-05, 18:40", GAZETTE.body[0]),
        *("2025-03-05, 09:15", HERALD.body[0]),
    ]
