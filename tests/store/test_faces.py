"""By what an article is known: its publisher, else its first words, and no two by the same."""

from __future__ import annotations

from helpers.store.publishers import name_sources
from stories import make_articles

TEXTS = {
    "one": "The ferry Aurelia struck the pier at Halvik on Monday morning.",
    "two": "HALVIK (Coast Wire) — The harbour master said that the fog was thick.",
    "three": "“Nobody was hurt,” the operator said.",
    "four": "Fog",
}


def name(**columns) -> dict[str, str]:
    blank = dict.fromkeys(TEXTS, None)
    return name_sources(make_articles(TEXTS, **{"source": blank, **columns}))


def test_an_article_without_a_publisher_is_known_by_its_first_words():
    assert name(dateline={"two": "HALVIK (Coast Wire) — "}) == {
        "four": "four",
        "one": "“The ferry Aurelia struck the …”",
        "three": "“Nobody was hurt, the …”",
        "two": "“The harbour master said that …”",
    }


def test_a_headline_comes_before_the_text_and_a_publisher_before_both():
    names = name(title={"one": "Ferry strikes pier", "two": "Fog"}, source={"two": "Coast Wire"})
    assert (names["one"], names["two"]) == ("“Ferry strikes pier”", "Coast Wire")


def test_no_two_articles_have_one_name():
    names = name(source={"one": "Coast Wire", "two": "Coast Wire"}, title={"three": "Fog here", "four": "Fog here"})
    assert names == {
        "one": "Coast Wire (1)",
        "two": "Coast Wire (2)",
        "three": "“Fog here” (2)",
        "four": "“Fog here” (1)",
    }
