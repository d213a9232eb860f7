"""Bad input: each fault costs only itself, leaves a row with a reason, and takes a bounded time."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import zipfile

import pandas as pd
import pytest
from test_formats import PAGE, STORY, make_response

from helpers import tables
from helpers.articles import read_articles
from helpers.passages import split_passages
from helpers.sources import find_look_alike, make_source_key


def read_by_id(folder) -> pd.DataFrame:
    return read_articles(folder).set_index("article_id")


def test_hidden_characters_stay_in_the_text_and_look_alike_publishers_are_flagged_not_merged(tmp_path):
    (tmp_path / "a.txt").write_text("The mayor\u202e said\u200b no.", encoding="utf-8")
    (tmp_path / "story.yaml").write_text("articles: {a.txt: {source: 'R\u0435uters'}}", encoding="utf-8")
    row = read_articles(tmp_path).iloc[0]
    assert row["text"] == "The mayor\u202e said\u200b no."
    assert "look-alike" in row["notes"]
    assert make_source_key("R\u0435uters") != make_source_key("Reuters")
    assert find_look_alike("Reuters") is None


def test_spellings_of_one_publisher_have_one_key():
    keys = {make_source_key(name) for name in ("The Halvik Courier", "Halvik Courier", "www.halvik-courier.com")}
    assert keys == {"halvikcourier"}


def test_mojibake_is_noted_and_left_as_it_is(tmp_path):
    garbled = "The mayor said “no”.".encode().decode("cp1252", "replace").replace("\ufffd", "")
    (tmp_path / "a.txt").write_text(garbled, encoding="utf-8")
    row = read_articles(tmp_path).iloc[0]
    assert row["text"] == garbled
    assert "garbled" in row["notes"]


def test_a_lone_surrogate_is_replaced_and_the_table_can_be_written(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "s", "text": "It said \\ud800 twice.", "title": "A \\udfff"}')
    articles = read_articles(tmp_path)
    assert articles["text"][0] == "It said \ufffd twice."
    tables.write_table(articles, "articles", "s", tmp_path)


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.zip", "bomb.warc.gz"])
def test_a_bomb_is_refused_by_size_and_the_rest_is_read(tmp_path, name):
    zeros = b"a" * 30_000_000
    if name.endswith("zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("big.txt", zeros)
    else:
        (tmp_path / name).write_bytes(gzip.compress(zeros * (4 if "warc" in name else 1)))
    (tmp_path / "good.txt").write_text(STORY)
    articles = read_by_id(tmp_path)
    assert articles.loc["good", "text"] == STORY
    assert articles["skipped"].dropna().str.contains("refused").all()
    assert len(articles) == 2


def test_a_ratio_no_text_reaches_is_refused(tmp_path):
    (tmp_path / "flat.txt.gz").write_bytes(gzip.compress(b"a" * 5_000_000))
    assert "times its size" in read_articles(tmp_path)["skipped"][0]


def test_members_that_lead_out_of_an_archive_are_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../escape.txt", "out")
        archive.writestr("good.txt", STORY)
    (tmp_path / "folder.zip").write_bytes(buffer.getvalue())
    articles = read_by_id(tmp_path)
    assert "leads out" in articles.loc["escape", "skipped"]
    assert articles.loc["good", "text"] == STORY
    assert not (tmp_path.parent / "escape.txt").exists()


@pytest.mark.parametrize("name", ["feed.xml", "page.html"])
def test_declared_entities_are_refused_and_nothing_is_fetched(tmp_path, name):
    secret = tmp_path / "secret.log"
    secret.write_text("not yours")
    (tmp_path / name).write_text(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"a" * 99}"><!ENTITY b SYSTEM "file://{secret}">]>'
        f"<rss><channel><item><description>&a;&b;</description></item></channel></rss>"
    )
    row = read_articles(tmp_path).iloc[0]
    assert "refused" in row["skipped"]
    assert row["text"] == ""


@pytest.mark.parametrize("close", ["</div>" * 20_000, ""], ids=["closed", "open"])
def test_twenty_thousand_nested_tags_are_no_text_in_bounded_time(tmp_path, close):
    (tmp_path / "deep.html").write_text("<html><body>" + "<div>" * 20_000 + STORY + close + "</body></html>")
    started = time.monotonic()
    assert "no text found" in read_articles(tmp_path)["skipped"][0]
    assert time.monotonic() - started < 5


def test_a_name_that_is_no_utf8_is_read_and_gets_an_id(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(STORY)
    articles = read_articles(tmp_path)
    assert articles["text"][0] == STORY
    articles["article_id"][0].encode("utf-8")


def test_the_torn_tail_of_an_export_costs_only_itself(tmp_path):
    lines = [json.dumps({"id": f"r{n}", "text": f"{STORY} {n}"}) for n in range(3)]
    (tmp_path / "export.jsonl").write_text("\n".join(lines)[:-20])
    articles = read_by_id(tmp_path)
    assert {"r0", "r1"} <= set(articles.index[articles["skipped"].isna()])
    assert articles["skipped"].dropna().str.contains("1 lines could not be read").any()


def test_a_torn_web_archive_keeps_its_whole_records_and_counts_the_rest(tmp_path):
    whole = make_response(PAGE.encode(), "https://x.example/1") + make_response(PAGE.encode(), "https://x.example/2")
    (tmp_path / "archive.warc").write_bytes(whole[:-200])
    articles = read_articles(tmp_path)
    assert articles["skipped"].isna().sum() == 1
    assert articles["skipped"].str.contains("breaks off").sum() == 1


def test_a_torn_parquet_file_is_skipped_with_its_reason(tmp_path):
    pd.DataFrame({"text": [STORY] * 50}).to_parquet(tmp_path / "export.parquet")
    content = (tmp_path / "export.parquet").read_bytes()
    (tmp_path / "export.parquet").write_bytes(content[: len(content) // 2])
    assert "not a whole Parquet file" in read_articles(tmp_path)["skipped"][0]


@pytest.mark.parametrize("date", ["soon", "2025-02-30", "9999-01-01", "0001-01-01"])
def test_an_impossible_date_is_unknown_with_the_reason(tmp_path, date):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "story.yaml").write_text(f"articles: {{a.txt: {{published: '{date}'}}}}")
    row = read_articles(tmp_path).iloc[0]
    assert pd.isna(row["published"])
    assert pd.isna(row["published_precision"])
    assert "not a possible date" in row["notes"]


def test_a_year_alone_is_no_day(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "story.yaml").write_text("articles: {a.txt: {published: 2024}}")
    assert read_articles(tmp_path)["published_precision"][0] == "year"


def test_dates_that_differ_are_noted(tmp_path):
    (tmp_path / "a.txt").write_text("Ferry strikes pier\nUpdated 04 March 2025\n\n" + STORY)
    (tmp_path / "story.yaml").write_text("articles: {a.txt: {published: 2025-03-03}}")
    row = read_articles(tmp_path).iloc[0]
    assert row["published"] == pd.Timestamp("2025-03-03")
    assert "dates of publication differ" in row["notes"]


def test_a_description_of_an_absent_file_is_noted(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "story.yaml").write_text("articles: {b.txt: {source: X}}")
    assert "b.txt" in read_articles(tmp_path)["notes"][0]


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("HALVIK (Reuters) - " + STORY, "Reuters"),
        (STORY + "\n\nThe Associated Press contributed to this report.", "Associated Press"),
        ("The ferry at the pier. (AFP/File)\n\n" + STORY, None),
        (STORY + " Reuters asked the operator for comment.", None),
    ],
)
def test_an_agency_is_the_origin_only_where_the_text_is_credited_to_it(tmp_path, text, credit):
    (tmp_path / "a.txt").write_text(text)
    found = read_articles(tmp_path)["origin_credit"][0]
    assert found == credit or (credit is None and pd.isna(found))


def test_one_poisoned_article_among_many_costs_only_itself(tmp_path, monkeypatch):
    import helpers.articles as reading

    for number in range(300):
        (tmp_path / f"a{number}.txt").write_text(f"{STORY} {number}")
    whole = reading.read_documents

    def poisoned(raw, name, limits):
        if name == "a7.txt":
            raise RecursionError("poison")
        return whole(raw, name, limits)

    monkeypatch.setattr(reading, "read_documents", poisoned)
    articles = read_by_id(tmp_path)
    assert list(articles.index[articles["skipped"].notna()]) == ["a7"]
    assert "RecursionError" in articles.loc["a7", "skipped"]
    assert split_passages(articles.reset_index())["article_id"].nunique() == 299
