"""A review finds its place again in a text that has changed, or is told to have lost it: never on a wrong place."""

from __future__ import annotations

import random

import pytest

from conftest import ROOT
from editing import WORD, edit, read
from helpers.corpus.pipeline import analyse
from helpers.reviews.form import make_annotation, read_review
from helpers.reviews.places import record_target
from helpers.reviews.record import place_reviews
from reviewing import TEXTS, Desk
from stories import make_articles

ARTICLES = sorted((ROOT / "data" / "raw").glob("*/*.txt"))


def put_somewhere(rows, chance):
    """Review some words of some article, from one to a sentence or two."""
    row = chance.choice(rows)
    words = list(WORD.finditer(row.text))
    first = chance.randrange(len(words))
    last = min(first + chance.choice([0, 0, 1, 3, 8, 15]), len(words) - 1)
    start, end = words[first].start(), words[last].end()
    made = make_annotation("stance", [record_target(row, start, end)], "Ada", value="denies")
    return made, (row.article_id, start, end)


@pytest.mark.parametrize("seed", range(4))
def test_of_random_reviews_over_edited_texts_none_is_lost_and_none_stands_on_a_wrong_place(seed):
    chance = random.Random(seed)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in ARTICLES}
    rows = list(make_articles(texts).itertuples())
    made, spots = zip(*(put_somewhere(rows, chance) for _ in range(200)), strict=True)
    edited = {name: edit(text, chance, chance.randrange(10)) for name, text in texts.items()}
    reviews = place_reviews(
        [read_review(line, one) for line, one in enumerate(made, 1)],
        make_articles({name: read(signs) for name, signs in edited.items()}),
    ).sort_values("line")
    assert list(reviews["line"]) == list(range(1, 201))
    for row, (article, start, end) in zip(reviews.itertuples(), spots, strict=True):
        if row.state == "orphan":
            assert row.reason
            continue
        came = [place for sign, place in edited[article][row.start : row.end] if not sign.isspace()]
        kept = sum(place is not None and start <= place < end for place in came)
        assert row.article_id == article and kept >= 0.8 * len(came), row.exact
    assert reviews["state"].eq("applied").mean() > 0.6


def test_the_same_words_elsewhere_are_another_place():
    text = "Harbour\n\nThe pilot denied it. Nobody was hurt.\n\nMuch later the owner spoke. He too was asked, and he said it. The pilot denied it.\n"
    desk = Desk({"a": text})
    desk.on_claim("stance", "a", "denied it", value="denies")
    first = text.replace("The pilot denied it. Nobody", "Nobody", 1)
    assert list(desk.place({"a": first})["state"]) == ["orphan"]
    later = "A new beginning.\n" + text.replace("He too was asked", "He was asked")
    (row,) = desk.place({"a": later}).itertuples()
    assert (row.state, row.start) == ("applied", later.index("denied it"))


def test_other_marks_and_blanks_are_the_same_words():
    desk = Desk({"a": "It is the town’s bridge,\nthe “old” one — said Mara Lind.\n"})
    desk.on_claim("stance", "a", "the town’s bridge,\nthe “old” one", value="denies")
    (row,) = desk.place({"a": 'Ostrel\n\nIt is the town\'s bridge, the "old" one - said Mara Lind.\n'}).itertuples()
    assert (row.state, row.exact) == ("applied", 'the town\'s bridge, the "old" one')


def test_a_file_that_was_renamed_keeps_its_reviews():
    desk = Desk()
    desk.on_claim("stance", "gazette", "12 people were hurt", value="denies")
    articles = desk.articles.assign(article_id=desk.articles["article_id"].replace("gazette", "the-gazette"))
    (row,) = place_reviews([read_review(1, desk.made[0])], articles).itertuples()
    assert (row.article_id, row.state) == ("the-gazette", "applied")


def test_an_article_that_is_gone_leaves_an_orphan_that_says_so():
    desk = Desk()
    desk.on_claim("stance", "post", "12 people were hurt", value="denies")
    (row,) = desk.place({name: text for name, text in TEXTS.items() if name != "post"}).itertuples()
    assert (row.state, row.reason) == ("orphan", "the article post is gone")


def test_a_finding_stands_while_two_of_its_sides_do():
    desk = Desk()
    desk.on_finding("dismiss", analyse(desk.articles), "date")
    fewer = {name: text for name, text in TEXTS.items() if name != "post"}
    assert list(desk.place(fewer)["state"]) == ["applied"]
    assert list(desk.place({"gazette": TEXTS["gazette"]})["state"]) == ["orphan"]
