"""Forms of words: lemma, base, stem, plural and singular."""

from __future__ import annotations

import pytest

from helpers.language.forms import find_base, find_plain_form, is_plural, singular
from helpers.language.sentences import list_told_forms


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("denies", "deny"),
        ("planned", "plan"),
        ("provoking", "provoke"),
        ("went", "go"),
        ("was", "be"),
        ("mayor’s", "mayor"),
    ],
)
def test_a_form_of_a_verb_comes_down_to_its_base(form, base):
    assert find_base(form) == base


@pytest.mark.parametrize("word", ["we", "it", "this", "nothing", "during", "as"])
def test_a_word_of_a_closed_class_is_its_own_base(word):
    assert find_base(word) == word


@pytest.mark.parametrize(
    ("plural", "one"), [("ferries", "ferry"), ("people", "person"), ("kroner", "krone"), ("churches", "church")]
)
def test_a_plural_comes_down_to_its_singular(plural, one):
    assert is_plural(plural)
    assert singular(plural) == one


def test_news_is_compared_by_the_group_of_words_that_it_uses_for_a_thing():
    assert find_plain_form("Mayor’s") == find_plain_form("mayors")


def test_verbs_tell_in_the_past_and_in_the_third_person():
    assert {"denied", "said", "says"} <= list_told_forms(["deny", "say"])
    assert "say" not in list_told_forms(["deny", "say"])
