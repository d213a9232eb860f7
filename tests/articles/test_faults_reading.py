"""Bad input: each fault costs only itself, leaves a row with a reason, and takes a bounded time."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import unicodedata
import zipfile

import pandas as pd
import pytest

from helpers import tables
from helpers.articles import ArticleError, read_articles
from helpers.articles.decoding import decode_bytes
from helpers.passages import split_passages
from helpers.store.publishers import find_look_alike, make_source_key
from stories import make_articles
from test_formats import PAGE, STORY, make_response


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
    import helpers.articles.read as reading

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


def test_links_in_a_circle_cost_only_themselves(tmp_path):
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "good.txt").write_text(STORY)
    articles = read_by_id(tmp_path)
    assert articles.loc["good", "text"] == STORY
    assert articles["skipped"].notna().sum() == 2


@pytest.mark.parametrize("content", ["articles: {a.txt: Halvik}", "columns: [text]", "articles: [a.txt]"])
def test_a_description_of_the_wrong_shape_is_refused_in_one_line(tmp_path, content):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "story.yaml").write_text(content)
    with pytest.raises(ArticleError, match=r"story\.yaml") as error:
        read_articles(tmp_path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("It said “no”.".encode("cp1252"), "iso-8859-1", "It said “no”."),
        ("It said “no”.".encode("cp1252"), "unicode_escape", "It said “no”."),
        ("Мэр сказал".encode("cp1251"), "windows-1251", "Мэр сказал"),
        ("A ferry sank.".encode("utf-16-le"), None, "A ferry sank."),
        (b"A ferry sank off Halvik.\xff Nobody was hurt.", "utf-8", "A ferry sank off Halvik.\ufffd Nobody was hurt."),
    ],
)
def test_a_declared_charset_is_taken_for_what_it_means(raw, declared, text):
    assert decode_bytes(raw, declared).text == text


def test_all_members_of_a_gzip_file_are_read_and_what_is_none_is_counted(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(STORY.encode()) + gzip.compress(b"It rained.") + b"rest")
    articles = read_articles(tmp_path)
    assert STORY + "It rained." in set(articles["text"])
    assert articles["skipped"].dropna().str.contains("4 bytes behind the end").sum() == 1


def test_the_torn_tail_of_a_table_costs_only_itself(tmp_path):
    (tmp_path / "a.csv").write_text(f'id;text\n1;"{STORY}"\n2;"{STORY[:40]}')
    articles = read_by_id(tmp_path)
    assert articles.loc["1", "text"] == STORY
    assert articles.loc["a-broken-rows", "skipped"].startswith("1 rows could not be read")


def test_a_feed_that_breaks_off_keeps_its_whole_items(tmp_path):
    item = f"<item><title>A \x0b ferry</title><description>{STORY}</description></item>"
    (tmp_path / "feed.rss").write_text(f"<rss><channel><title>C</title>{item}<item><title>B</ti")
    articles = read_articles(tmp_path)
    assert articles["skipped"].isna().sum() == 1
    assert articles["skipped"].dropna().str.contains("the feed breaks off").all()


def test_a_damaged_group_of_rows_costs_only_itself(tmp_path):
    frame = pd.DataFrame(
        {"id": [f"r{n}" for n in range(40)], "text": [f"{STORY} {os.urandom(40).hex()}" for _ in range(40)]}
    )
    path = tmp_path / "export.parquet"
    frame.to_parquet(path, row_group_size=10, compression="zstd", use_dictionary=False)
    content = bytearray(path.read_bytes())
    content[300:900] = bytes(600)
    path.write_bytes(content)
    articles = read_articles(tmp_path)
    assert articles["skipped"].isna().sum() == 30
    assert articles["skipped"].dropna().tolist() == ["10 rows could not be read: a group of rows is damaged"]


def test_a_web_archive_is_read_as_servers_pack_it(tmp_path):
    packed = gzip.compress(PAGE.encode())
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:100], packed[100:])) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    moved = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>"
    records = b""
    for number, http in enumerate((head + chunked, moved)):
        records += (
            (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/{number}\r\n"
                f"WARC-Date: 2025-03-04T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1f0e9d0a-0000-4000-8000-00000000000{number}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            ).encode()
            + http
            + b"\r\n\r\n"
        )
    (tmp_path / "a.warc").write_bytes(records)
    row = read_articles(tmp_path).iloc[0]
    assert "The operator called" in row["text"]
    assert "1 records of 'a.warc' are no pages" in row["notes"]


def test_what_is_left_alone_beside_the_articles_is_named(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"title": "Ferry", "text": STORY}))
    (tmp_path / "labels.json").write_text('{"claim": "It sank."}')
    (tmp_path / "run.log").write_text("done")
    (tmp_path / "README.md").write_text("notes")
    articles = read_articles(tmp_path)
    assert list(articles["article_id"]) == ["a"]
    assert "labels.json, run.log" in articles["notes"][0]


def test_names_that_look_the_same_get_ids_that_do_not(tmp_path):
    for name in ("caf\u00e9.txt", "cafe\u0301.txt"):
        (tmp_path / name).write_text(f"{STORY} {name!r}")
    ids = {unicodedata.normalize("NFC", article) for article in read_articles(tmp_path)["article_id"]}
    assert len(ids) == 2


@pytest.mark.parametrize("text", ["a " * 60_000, "a\n" * 20_000, "(" * 50_000, " " * 50_000 + "a.", "A. " * 30_000])
def test_a_text_without_end_is_cut_in_bounded_time(text):
    started = time.monotonic()
    passages = split_passages(make_articles({"a": text}))
    assert "".join(passages["text"]).replace(" ", "").replace("\n", "") == "".join(text.split())
    assert not passages["why"].str.contains("could not be cut").any()
    assert time.monotonic() - started < 10


def test_one_article_that_cannot_be_cut_costs_only_itself(monkeypatch):
    import helpers.passages.split as cutting

    whole = cutting.classify_blocks

    def poisoned(text, *rest):
        if "poison" in text:
            raise RecursionError
        return whole(text, *rest)

    monkeypatch.setattr(cutting, "classify_blocks", poisoned)
    passages = cutting.split_passages(make_articles({"a": STORY, "b": " poison in the text\n", "c": STORY + " Again."}))
    bad = passages[passages["article_id"] == "b"]
    assert list(bad["why"]) == ["could not be cut into passages: RecursionError"]
    assert passages["article_id"].nunique() == 3


def test_one_poisoned_record_of_an_export_costs_only_itself(tmp_path, monkeypatch):
    import helpers.articles.read as reading

    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"id": f"r{n}", "text": f"{STORY} {n}"}) for n in range(50)))
    whole = reading.count_words

    def poisoned(text):
        if text.endswith(" 7"):
            raise MemoryError("poison")
        return whole(text)

    monkeypatch.setattr(reading, "count_words", poisoned)
    articles = read_by_id(tmp_path)
    assert list(articles.index[articles["skipped"].notna()]) == ["r7"]
    assert len(articles) == 50
