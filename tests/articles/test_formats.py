"""Reading each format in which analysts keep articles, on bytes made here."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pandas as pd
import pytest

from helpers.articles import read_articles

STORY = "The ferry Aurelia struck the pier at Halvik on Monday. Eleven people were hurt, the coastguard said. "
PAGE = f"""<html><head><title>Ferry strikes pier</title><meta property="og:site_name" content="Halvik Courier">
<meta property="article:published_time" content="2025-03-03T08:00:00Z"></head><body><nav>Home Menu</nav><article>
<h1>Ferry strikes pier</h1><p>{STORY * 3}</p><p>The operator called the “fog” unusually thick. {STORY}</p></article></body></html>"""


def read_one(folder, name: str, content: bytes) -> pd.Series:
    (folder / name).write_bytes(content)
    articles = read_articles(folder)
    assert len(articles) == 1, articles[["article_id", "skipped"]]
    return articles.iloc[0]


def make_response(body: bytes, url: str = "https://courier.example/ferry") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-04T00:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:1f0e9d0a-0000-4000-8000-000000000001>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def test_a_saved_page_gives_text_title_publisher_and_date_and_where_they_came_from(tmp_path):
    row = read_one(tmp_path, "page.html", PAGE.encode())
    assert "The operator called the “fog”" in row["text"]
    assert "Home Menu" not in row["text"]
    assert (row["title"], row["source"]) == ("Ferry strikes pier", "Halvik Courier")
    assert (row["published"], row["published_from"]) == (pd.Timestamp("2025-03-03"), "the page")


def test_a_page_saved_as_one_file_keeps_its_address(tmp_path):
    head = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n--XX\r\n"
    head += "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://courier.example/ferry\r\n\r\n"
    row = read_one(tmp_path, "page.mhtml", (head + PAGE + "\r\n--XX--\r\n").encode())
    assert "The operator called" in row["text"]
    assert row["url"] == "https://courier.example/ferry"


def test_a_message_gives_its_text_subject_and_date(tmp_path):
    raw = b"From: Desk <desk@courier.example>\r\nSubject: Ferry\r\nDate: Mon, 03 Mar 2025 09:00:00 +0100\r\n"
    raw += b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nThe caf\xe9 on the pier was hit.\r\n"
    row = read_one(tmp_path, "message.eml", raw)
    assert row["text"].startswith("The café on the pier was hit.")
    assert (row["title"], row["published"]) == ("Ferry", pd.Timestamp("2025-03-03"))


def test_a_feed_gives_one_article_an_item(tmp_path):
    items = "".join(
        f"<item><title>Ferry {n}</title><link>https://courier.example/{n}</link><pubDate>Mon, 03 Mar 2025 09:00:00 GMT"
        f"</pubDate><description>&lt;p&gt;Report {n}: {STORY}&lt;/p&gt;</description></item>"
        for n in (1, 2)
    )
    (tmp_path / "feed.xml").write_text(f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>")
    articles = read_articles(tmp_path)
    assert list(articles["title"]) == ["Ferry 1", "Ferry 2"]
    assert list(articles["source"]) == ["Courier", "Courier"]
    assert articles["text"].str.startswith("Report").all()


def test_an_export_with_known_columns_needs_no_map(tmp_path):
    (tmp_path / "export.csv").write_text(
        f'id,title,publish_date,media_name,url,text\n007,Ferry,2025-03-03,"NA",https://x.example/1,"{STORY}"\n'
    )
    row = read_articles(tmp_path).iloc[0]
    assert (row["article_id"], row["source"], row["published"]) == ("007", "NA", pd.Timestamp("2025-03-03"))


def test_an_export_with_its_own_columns_is_read_by_the_map_in_story_yaml(tmp_path):
    pd.DataFrame({"artikel": [STORY], "blatt": ["None"]}).to_parquet(tmp_path / "export.parquet")
    (tmp_path / "story.yaml").write_text("columns: {text: artikel, source: blatt}\n")
    row = read_articles(tmp_path).iloc[0]
    assert (row["text"], row["source"]) == (STORY, "None")


def test_an_export_without_a_text_column_says_what_to_do(tmp_path):
    row = read_one(tmp_path, "export.csv", b"seendate,headline\n20250303T000000Z,Ferry\n")
    assert "columns: {text: ...}" in row["skipped"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["warc", "warc.gz"])
def test_a_web_archive_gives_one_article_a_page(tmp_path, pack):
    name = "archive.warc" if pack is bytes else "archive.warc.gz"
    (tmp_path / name).write_bytes(
        b"".join(pack(make_response(PAGE.encode(), f"https://x.example/{n}")) for n in (1, 2))
    )
    articles = read_articles(tmp_path)
    assert list(articles["url"]) == ["https://x.example/1", "https://x.example/2"]
    assert articles["text"].str.contains("The operator called").all()


def test_a_zipped_folder_gives_its_members(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a/one.txt", STORY)
        archive.writestr("b/two.jsonl", json.dumps({"id": "x1", "text": "It rained in Halvik."}))
    (tmp_path / "folder.zip").write_bytes(buffer.getvalue())
    articles = read_articles(tmp_path).set_index("article_id")
    assert articles.loc["one", "text"] == STORY
    assert articles.loc["x1", "text"] == "It rained in Halvik."


def test_a_pdf_without_a_text_layer_is_skipped_and_one_with_is_read(tmp_path):
    from matplotlib.figure import Figure

    for name, words in (("text.pdf", "The ferry Aurelia struck the pier."), ("scan.pdf", "")):
        figure = Figure()
        figure.text(0.1, 0.5, words)
        figure.savefig(tmp_path / name, metadata={"CreationDate": None})
    articles = read_articles(tmp_path).set_index("article_id")
    assert "struck the pier" in articles.loc["text", "text"]
    assert "text layer" in articles.loc["scan", "skipped"]


def test_a_feed_may_name_characters_as_html_does_and_hold_bare_ampersands(tmp_path):
    items = f"<item><title>Fog&nbsp;&amp; pier &mdash; R&D</title><description><![CDATA[<p>A &amp; B. {STORY}</p>]]></description></item>"
    (tmp_path / "feed.rss").write_text(f"<rss><channel><title>C</title>{items}</channel></rss>", encoding="utf-8")
    row = read_articles(tmp_path).iloc[0]
    assert row["title"] == "Fog & pier — R&D"
    assert row["text"].startswith("A & B.")


def test_a_text_file_that_is_something_else_is_read_as_that(tmp_path):
    (tmp_path / "page.txt").write_bytes(PAGE.encode())
    (tmp_path / "packed.txt").write_bytes(gzip.compress(STORY.encode()))
    articles = read_articles(tmp_path).set_index("article_id")
    assert articles.loc["page", "title"] == "Ferry strikes pier"
    assert articles.loc["packed", "text"] == STORY


def test_an_export_without_text_keeps_addresses_titles_and_dates(tmp_path):
    (tmp_path / "a.csv").write_text("URL,MobileURL,Date,Title\nhttps://www.courier.example/1,,2025-03-03,Ferry\n")
    row = read_articles(tmp_path).iloc[0]
    assert (row["url"], row["title"], row["source"]) == ("https://www.courier.example/1", "Ferry", "courier.example")
    assert (row["source_from"], row["published"]) == ("the address", pd.Timestamp("2025-03-03"))
    assert "no column of text" in row["skipped"]


def test_lists_and_groups_in_a_record_are_read_by_their_names(tmp_path):
    record = {
        "id": 7,
        "maintext": STORY,
        "authors": ["Jan Holm", {"name": "Ida Berg"}],
        "date_publish": "2025-03-03 10:00:00",
    }
    (tmp_path / "a.json").write_text(json.dumps({"articles": [record]}))
    row = read_articles(tmp_path).iloc[0]
    assert (row["article_id"], row["byline"], row["published_from"]) == ("7", "Jan Holm, Ida Berg", "the export")
