"""Cutting articles into passages: a partition, with a reason for everything that is set aside."""

from __future__ import annotations

import re

import pytest
from stories import make_articles

from helpers import tables
from helpers.articles import read_articles
from helpers.passages import split_passages

FERRY = "\n\n".join(
    [
        "Ferry strikes the pier at Halvik",
        "Ferry strikes the pier at Halvik",
        "Short Url",
        "Updated 03 March 2025",
        "Follow",
        "  • Eleven people were hurt",
        "HALVIK: The ferry Aurelia struck the pier in dense fog, and eleven people on board were hurt, the coastguard said.",
        "Become a Subscriber",
        "The operator of the ferry said that its radar had been inspected. (NOTE: Please see our update at the bottom of this post.)",
        "A ferry at the pier of Halvik on Monday. (AFP/File)",
        "Jan Holm is a staff writer at the Halvik Courier. Follow him at",
    ]
)
BAKERY = "\n\n".join(
    [
        "Bakery wins a prize for its bread",
        "Updated 12 May 2025",
        "Follow",
        "Bakery wins a prize for its bread",
        "LUND: A baker from Lund has won the national prize for rye bread, the jury announced.",
        "The jury praised crust and crumb. Customers queued for loaves, buns and cakes until the shop had sold everything.",
    ]
)


def kinds(text: str) -> dict[str, str]:
    passages = split_passages(make_articles({"a": text}))
    return dict(zip(passages["text"], passages["kind"], strict=True))


def test_passages_cover_the_text_without_gap_or_overlap():
    articles = make_articles({"a": FERRY, "b": BAKERY, "c": FERRY + "\n\n\n" + BAKERY})
    passages = split_passages(articles)
    assert tables.find_misplaced({"articles": articles, "passages": passages}) == []
    for article, own in passages.groupby("article_id"):
        text = articles.set_index("article_id").at[article, "text"]
        assert (own["start"].iloc[1:].to_numpy() >= own["end"].iloc[:-1].to_numpy()).all()
        assert "".join(own["text"]).replace(" ", "").replace("\n", "") == re.sub(r"\s", "", text)


def test_page_furniture_is_told_from_the_article():
    found = kinds(FERRY)
    assert found["Ferry strikes the pier at Halvik"] in ("title", "boilerplate")
    assert found["Updated 03 March 2025"] == "boilerplate"
    assert found["Become a Subscriber"] == "boilerplate"
    assert found["• Eleven people were hurt"] == "summary"
    assert found["HALVIK:"] == "dateline"
    assert found["A ferry at the pier of Halvik on Monday. (AFP/File)"] == "caption"
    assert found["Jan Holm is a staff writer at the Halvik Courier."] == "byline"


def test_text_that_breaks_off_and_text_that_is_promised_are_truncated():
    found = kinds(FERRY)
    assert found["Follow him at"] == "truncated"
    assert [text for text, kind in found.items() if kind == "truncated" and "update at the bottom" in text]


def test_a_second_article_in_the_file_is_foreign_from_its_headline_on():
    passages = split_passages(make_articles({"a": FERRY + "\n\n\n" + BAKERY}))
    foreign = passages[passages["kind"] == "foreign"]
    assert foreign["start"].min() == len(FERRY) + 3
    assert foreign["end"].max() == len(FERRY) + 3 + len(BAKERY)


def test_an_article_alone_has_nothing_foreign():
    passages = split_passages(make_articles({"a": FERRY, "b": BAKERY}))
    assert "foreign" not in set(passages["kind"])


def test_every_passage_has_a_reason():
    passages = split_passages(make_articles({"a": FERRY}))
    assert (passages["why"].str.len() > 3).all()


def test_the_originals_lose_their_debris_and_the_foreign_article(originals):
    articles = read_articles(originals)
    passages = split_passages(articles)
    foreign = passages[passages["kind"] == "foreign"]
    assert foreign["article_id"].nunique() == 1
    text = articles.set_index("article_id").at[foreign["article_id"].iloc[0], "text"]
    assert foreign["start"].min() == text.index("Foreign press group")
    body = " ".join(passages[passages["kind"] == "body"]["text"])
    for debris in ("Short Url", "Subscribe Now", "Getty Image", "Follow him"):
        assert debris not in body


def test_a_note_of_correction_gives_claims_and_is_named():
    passages = split_passages(
        make_articles({"a": "The ferry struck the pier.\n\nCORRECTION: An earlier version gave eleven people as hurt."})
    )
    assert list(passages["kind"]) == ["body", "body"]
    assert passages["why"].iloc[1] == "correction or update note"


def test_a_promise_in_brackets_ends_with_its_bracket():
    found = kinds(
        "The ferry sank. (NOTE: Please see our update at the bottom of this post.) And it was raised.\n\nIt rained."
    )
    assert found["(NOTE: Please see our update at the bottom of this post.)"] == "truncated"
    assert found["And it was raised."] == "body"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Reporting by Jan Holm; Editing by Ida Berg)", "byline"),
        ("abc/de (Coast Wire, Sound Wire)", "byline"),
        ("jholm@courier.example", "boilerplate"),
        ("MORE: Ferry captain cleared after the long inquiry", "boilerplate"),
        ("Watch the segment below, via Channel Four:", "boilerplate"),
        ("The operator has been contacted for", "truncated"),
        ("He asked: who was on watch that night?", "body"),
        ("Video shows the ferry turning too late.", "body"),
        ("Photos showed a hole in the pier.", "body"),
        ("Photo: Ida Berg/Coast Wire.", "caption"),
        ("Follow-up inspections found the radar in order.", "body"),
        ("Read alone, the report blames nobody.", "body"),
        ("Watch officers saw the pier too late.", "body"),
        ("Related costs rose to 3 million euros.", "body"),
        ("Contact with the ferry was lost at noon.", "body"),
        ("Registered owners must pay, the court said.", "body"),
    ],
)
def test_a_last_line_is_told_from_running_text(line, kind):
    assert kinds("The ferry Aurelia struck the pier in fog.\n\nNobody saw it come.\n\n" + line)[line] == kind
