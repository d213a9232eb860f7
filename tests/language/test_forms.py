"""Forms of words: lemma, base, stem, plural and singular."""

from __future__ import annotations

import pytest

from helpers.language.forms import find_base


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
