"""Of the texts that a page holds, the one that is the article is taken; embedded posts are quoted, lists of links are none."""

from __future__ import annotations

import json
import plistlib

import pytest

from helpers.articles.documents import FormatError, Limits
from helpers.articles.formats.page import extract_page
from helpers.articles.formats.registry import read_documents
from samples import make_samples, make_webarchive

FIRST = "The ferry Aurelia struck the pier at Halvik on Monday, and eleven people were hurt, the coastguard said."
REST = [
    "The operator denied that the radar had failed on the way into the harbour on Monday.",
    "Two of the injured were still in the hospital of Halvik on Tuesday evening, a doctor said.",
    "The harbour office has asked for the log of the ferry, which was built in 1998 in a yard abroad.",
]


def make_page(inside: str, head: str = "") -> str:
    return f"<html><head><title>Ferry strikes pier</title>{head}</head><body><article><h1>Ferry strikes pier</h1>{inside}</article></body></html>"


def make_own_account(body: str, kind: str = "NewsArticle", **more: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, "articleBody": body, **more})}</script>'


def test_the_text_that_a_page_gives_of_itself_is_taken_where_less_shows():
    whole = "\n\n".join([FIRST, *REST])
    page = make_page(f"<p>{FIRST}</p><p>Subscribe to read on.</p>", make_own_account(whole))
    document = extract_page(page)
    assert document.text == whole
    assert any("articleBody" in note for note in document.notes)


def test_the_text_that_shows_is_kept_where_a_page_gives_no_more_of_itself():
    page = make_page("".join(f"<p>{p}</p>" for p in [FIRST, *REST]), make_own_account(f"{FIRST} {REST[0]}"))
    assert REST[2] in extract_page(page).text


def test_a_list_of_other_articles_is_not_the_text_of_a_page():
    others = make_own_account(" ".join(REST) * 3) + make_own_account(" ".join(REST) * 4)
    assert extract_page(make_page(f"<p>{FIRST}</p><p>{REST[0]}</p>", others)).text.count(REST[1]) == 0


@pytest.mark.parametrize(
    "hiding", ['aria-hidden="true"', "hidden", 'style="display: none"', 'class="paywall" aria-hidden="true"']
)
def test_paragraphs_that_a_page_hides_between_those_that_show_are_read(hiding):
    inside = f"<p>{FIRST}</p><p {hiding}>{REST[0]}</p><p>{REST[1]}</p>"
    assert REST[0] in extract_page(make_page(inside)).text


def test_a_hidden_form_or_menu_stays_hidden():
    inside = (
        f"<p>{FIRST}</p><form hidden><p>Give us your address, and we will write to you about it every day.</p></form>"
    )
    assert "your address" not in extract_page(make_page(inside + f"<p>{REST[0]}</p><p>{REST[1]}</p>")).text


def test_an_embedded_post_is_a_quotation_with_its_author():
    post = '<blockquote class="x-post"><p>The radar had failed twice. We have the log.</p>&mdash; Ada Lunn (@adalunn) <a href="https://x.example">March 4, 2025</a></blockquote>'
    text = extract_page(make_page(f"<p>{FIRST}</p>{post}<p>{REST[0]}</p><p>{REST[1]}</p>")).text
    assert "“The radar had failed twice. We have the log.” — Ada Lunn\n" in text


def test_a_quotation_in_a_page_is_no_post():
    quoted = "<blockquote><p>The radar had failed twice.</p></blockquote>"
    assert "“" not in extract_page(make_page(f"<p>{FIRST}</p>{quoted}<p>{REST[0]}</p><p>{REST[1]}</p>")).text


def test_a_page_that_sends_its_text_in_chunks_keeps_all_of_it():
    chunks = "".join(
        f'<div class="body__inner"><p>{FIRST} {n}.</p><p>{REST[n]}</p><p>{REST[n]} Again, {n} times.</p></div><aside>Advertisement</aside>'
        for n in range(3)
    )
    page = f'<html><body><div class="article-body"><div class="grid">{chunks}</div></div></body></html>'
    text = extract_page(page).text
    assert all(f"{FIRST} {n}." in text for n in range(3))


def test_a_page_that_safari_saved_keeps_its_address():
    document = read_documents(make_webarchive(), "a.webarchive", Limits())[0]
    assert document.url == "https://x.example/1"
    assert "The operator called" in document.text


def test_a_property_list_that_is_no_page_says_so():
    with pytest.raises(FormatError, match="no page"):
        read_documents(plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "a.webarchive", Limits())


def test_only_the_pages_of_a_collection_that_somebody_visited_are_read():
    documents = read_documents(make_samples()[".wacz"], "a.wacz", Limits())
    assert [document.url for document in documents] == ["https://x.example/1"]


def make_item(description: str) -> bytes:
    item = (
        f"<item><title>Ferry strikes pier - Halvik Courier</title><description><![CDATA[{description}]]></description>"
    )
    return (
        f"<rss><channel><title>x</title>{item}<source url='x'>Halvik Courier</source></item></channel></rss>".encode()
    )


def test_a_feeds_list_of_other_papers_headlines_is_no_article():
    listed = "".join(
        f"<li><a href='https://x.example/{n}'>Ferry strikes pier {n}</a> <font>Coast Wire</font></li>" for n in range(3)
    )
    document = read_documents(make_item(f"<ol>{listed}</ol>"), "a.xml", Limits())[0]
    assert document.text == ""
    assert "headlines" in document.skipped
    assert document.metadata["title"] == "Ferry strikes pier"


def test_a_link_in_an_article_of_a_feed_makes_no_list_of_it():
    document = read_documents(make_item(f"<p>{FIRST} <a href='https://x.example'>Read on</a></p>"), "a.xml", Limits())[
        0
    ]
    assert FIRST in document.text
