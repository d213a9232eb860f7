"""A story.yaml to fill in: what is known stands in it, what is not stays open, and it is read as it is written."""

from __future__ import annotations

from helpers.articles import read_articles, read_story
from helpers.report.skeleton import write_skeleton
from helpers.store.descriptions import parse_description

PAGE = (
    '<html><head><meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2025-03-03T08:00:00Z">'
    "<title>Ferry strikes pier</title></head><body><article><h1>Ferry strikes pier</h1><p>The ferry Aurelia struck the pier at Halvik on"
    " Monday morning, and eleven people were hurt, the harbour master said.</p><p>The fog was thick, and nobody saw the pier.</p></article></body></html>"
)


def make_folder(folder):
    (folder / "one.html").write_text(PAGE)
    (folder / "two: odd #.txt").write_text(
        "The ferry Aurelia was late on Monday. The crew said that the radar was broken.\n"
    )
    return folder


def test_what_a_page_says_of_itself_is_filled_in_and_the_rest_left_open(tmp_path):
    folder = make_folder(tmp_path)
    text = write_skeleton(read_articles(folder), read_story(folder))
    read = parse_description(text)["articles"]
    assert read["one.html"]["source"] == "Harbour Post"
    assert f"{read['one.html']['published']}" == "2025-03-03"
    assert read["two: odd #.txt"] == {}
    assert "source:  # who published it" in text


def test_a_description_that_is_taken_over_changes_no_article(tmp_path):
    folder = make_folder(tmp_path)
    before = read_articles(folder)
    (folder / "story.yaml").write_text(write_skeleton(before, read_story(folder)))
    after = read_articles(folder)
    for column in ("source", "published", "title", "text"):
        assert before[column].equals(after[column])


def test_what_somebody_described_is_kept(tmp_path):
    folder = make_folder(tmp_path)
    (folder / "story.yaml").write_text("title: Fog\narticles:\n  one.html: {source: The Post, note: by hand}\n")
    read = parse_description(write_skeleton(read_articles(folder), read_story(folder)))
    assert read["title"] == "Fog"
    assert read["articles"]["one.html"]["source"] == "The Post"
    assert read["articles"]["one.html"]["note"] == "by hand"
