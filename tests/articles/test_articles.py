"""Reading a folder of articles: whatever lies there becomes a row, or a row that says why not."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from helpers.articles import ArticleError, read_articles, read_story


def write(folder, **files: bytes):
    for name, content in files.items():
        (folder / f"{name}.txt").write_bytes(content)
    return folder


def test_a_bare_folder_of_text_files_is_a_story(tmp_path):
    articles = read_articles(write(tmp_path, one=b"A ferry sank.\n", two=b"Nobody was hurt.\n"))
    assert list(articles["article_id"]) == ["one", "two"]
    assert list(articles["text"]) == ["A ferry sank.\n", "Nobody was hurt.\n"]
    assert articles["source"].isna().all()
    assert articles["published"].isna().all()


def test_line_ends_become_newlines_and_nothing_else_changes(tmp_path):
    text = read_articles(write(tmp_path, one="“A”\r\nb\rc ‘d’\u00a0e\n".encode()))["text"][0]
    assert text == "“A”\nb\nc ‘d’\u00a0e\n"


@pytest.mark.parametrize(
    ("raw", "text", "replaced"),
    [
        (b"\xef\xbb\xbfThe caf\xc3\xa9 closed.", "The café closed.", 0),
        ("The “café” closed.".encode("utf-16"), "The “café” closed.", 0),
        (b"It said \x93no\x94 to the caf\xe9.", "It said “no” to the café.", 0),
        ("It said “no” – twice.".encode("mac_roman"), "It said “no” – twice.", 0),
        ("The café’s owner said “no” \x00 twice".encode(), "The café’s owner said “no” \ufffd twice", 1),
        ("The café’s owner, ".encode() + b"\xff" + " said “no”".encode(), "The café’s owner, \ufffd said “no”", 1),
    ],
    ids=["byte-order mark", "utf-16", "cp1252", "mac_roman", "NUL", "one bad byte"],
)
def test_bytes_are_decoded_once_and_only_the_bad_one_is_replaced(tmp_path, raw, text, replaced):
    row = read_articles(write(tmp_path, one=raw)).iloc[0]
    assert row["text"] == text
    assert row["replaced_characters"] == replaced


def test_a_page_with_one_bad_byte_keeps_its_other_letters(tmp_path):
    body = "<p>" + "The mayor’s café – reopened on Monday, she said, after a long winter. " * 12 + "</p>"
    (tmp_path / "page.html").write_bytes(
        f"<html><head><title>T</title></head><body><article>{body}".encode() + b"\xff</article></body></html>"
    )
    text = read_articles(tmp_path)["text"][0]
    assert "The mayor’s café – reopened" in text


@pytest.mark.parametrize("content", [b"", b" \n\t\n", bytes(range(1, 32)) * 40], ids=["empty", "white space", "binary"])
def test_a_file_without_text_is_skipped_with_a_reason(tmp_path, content):
    articles = read_articles(write(tmp_path, good=b"A ferry sank off Halvik.", bad=content)).set_index("article_id")
    assert articles.loc["bad", "skipped"]
    assert articles.loc["bad", "text"].strip() == ""
    assert pd.isna(articles.loc["good", "skipped"])


def test_a_file_over_the_limit_is_refused_and_the_others_are_read(tmp_path):
    articles = read_articles(write(tmp_path, small=b"A ferry sank.", large=b"x" * 2000), size_limit=1000).set_index(
        "article_id"
    )
    assert "larger than the limit" in articles.loc["large", "skipped"]
    assert articles.loc["small", "text"] == "A ferry sank."


def test_links_out_pipes_and_folders_are_skipped_without_hanging(tmp_path):
    story, outside = tmp_path / "story", tmp_path / "secret.txt"
    story.mkdir()
    outside.write_text("not yours")
    (story / "link.txt").symlink_to(outside)
    os.mkfifo(story / "pipe.txt")
    (story / "folder.txt").mkdir()
    write(story, good=b"A ferry sank.")
    articles = read_articles(story).set_index("article_id")
    assert list(articles.index[articles["skipped"].isna()]) == ["good"]
    assert "secret" not in " ".join(articles["text"])


def test_names_that_would_collide_stay_distinct(tmp_path):
    for name in ("A.txt", "a.txt", "a.md", "new\nline.txt", "007.txt"):
        (tmp_path / name).write_text(f"The file is called {name!r}.")
    articles = read_articles(tmp_path)
    assert articles["article_id"].is_unique
    assert "007" in set(articles["article_id"])
    assert not articles["article_id"].str.contains("\n").any()


def test_ids_do_not_change_when_another_article_comes(tmp_path):
    before = read_articles(write(tmp_path, one=b"A ferry sank.", two=b"It rained."))
    after = read_articles(write(tmp_path, three=b"It snowed."))
    assert set(before["article_id"]) < set(after["article_id"])


def test_an_empty_folder_and_a_missing_one_say_so(tmp_path):
    with pytest.raises(ArticleError, match="no article at all"):
        read_articles(tmp_path)
    with pytest.raises(ArticleError, match="no such folder"):
        read_articles(tmp_path / "nowhere")


def test_story_yaml_tells_what_the_texts_do_not(tmp_path):
    write(tmp_path, one=b"A ferry sank.")
    (tmp_path / "story.yaml").write_text(
        "title: The ferry\narticles:\n  one.txt: {source: 'NA', published: 2025-03-03, published_precision: day}\n"
    )
    row = read_articles(tmp_path).iloc[0]
    assert (row["source"], row["published"], row["published_precision"]) == ("NA", pd.Timestamp("2025-03-03"), "day")
    assert row["published_from"] == "story.yaml"


def test_a_broken_story_yaml_is_named_with_its_line(tmp_path):
    write(tmp_path, one=b"A ferry sank.")
    (tmp_path / "story.yaml").write_text("title: [unclosed\narticles: {}\n")
    with pytest.raises(ArticleError, match=r"story.yaml: line \d+"):
        read_story(tmp_path)


def test_publisher_and_date_come_from_the_text_only_where_it_says_them(originals):
    articles = read_articles(originals).sort_values("article_id").reset_index(drop=True)
    assert len(articles) == 5
    assert articles["source"][0] == "Headline USA"
    assert list(articles["published"].notna()) == [False, False, False, True, False]
    assert articles["published"][3] == pd.Timestamp("2024-04-03")
