"""How two words stand to each other in meaning."""

import pytest

from helpers.language.meaning import are_opposed, find_lemma_of_meaning, measure_likeness, share_root


@pytest.mark.parametrize(("one", "other"), [("buy", "purchase"), ("resign", "resignation"), ("resign", "step down")])
def test_words_of_one_sense_are_near(one, other):
    assert measure_likeness(one, other) == measure_likeness(other, one) >= 0.9


def test_opposites_are_opposed_and_not_alike():
    assert are_opposed("guilty", "innocent")
    assert measure_likeness("guilty", "innocent") == 0.0


def test_words_that_have_nothing_in_common_are_not_alike():
    assert measure_likeness("bakery", "parliament") == 0.0


def test_a_word_that_no_list_knows_is_like_itself_alone():
    assert measure_likeness("zorbling", "zorbling") == 1.0
    assert measure_likeness("zorbling", "bakery") == 0.0


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("killed", "kill"), ("teachers", "teacher"), ("injuries", "injury"), ("news", "news"), ("fell", "fall")],
)
def test_a_form_is_brought_to_the_lemma_of_its_meaning(form, lemma):
    assert find_lemma_of_meaning(form) == lemma


def test_names_of_one_root_belong_together():
    assert share_root("ostrand", "ostrander")
    assert not share_root("lund", "lenz")
