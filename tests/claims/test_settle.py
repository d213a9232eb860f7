"""Readings propose, one place chooses: what holds of several proposals for a sentence, and between which bounds."""

from __future__ import annotations

import dataclasses
from itertools import permutations

import pytest

from helpers.claims import bounds
from helpers.claims.attribution import Attribution, Sentence
from helpers.claims.cues import read_sentence
from helpers.claims.readings import FALLBACKS, READINGS
from helpers.claims.settle import find_attributions
from helpers.language.parsing import parse_sentences
from helpers.language.quotations import find_quotations, find_speech


def read(text: str) -> Sentence:
    return read_sentence(parse_sentences([text])[0], find_speech(text, find_quotations(text)))


def attribute(sentence: Sentence) -> list[Attribution]:
    return find_attributions(sentence, READINGS, FALLBACKS)


def read_contents(text: str) -> list[str]:
    found = attribute(read(text))
    return [text[start:end] for one in found for start, end in one.contents]


LONG = [
    "The harbour master, who said that the pier was safe, closed it on Monday.",
    "Edda Voss said that the ferry was late and told reporters that the union would strike.",
    "While she admitted that the engine had failed, Edda Voss kept the route open.",
    "The council said that the bridge was sound, but the engineers closed it.",
    "Edda Voss said the pier had been inspected, adding that nobody had warned the crew.",
]


@pytest.mark.parametrize("text", LONG)
def test_the_rules_that_end_a_content_hold_in_any_order(text, monkeypatch):
    expected = read_contents(text)
    for rules in permutations(bounds.ENDS):
        monkeypatch.setattr(bounds, "ENDS", rules)
        assert read_contents(text) == expected


@pytest.mark.parametrize("text", LONG)
def test_a_reading_changes_neither_the_sentence_nor_what_it_proposed(text):
    sentence = read(text)
    proposed = [list(reading(sentence)) for reading in READINGS]
    attribute(sentence)
    assert proposed == [list(reading(sentence)) for reading in READINGS]
    first = next(one for some in proposed for one in some)
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.stance = "denies"


def test_one_verb_has_one_reading():
    found = attribute(read("The ferry, Edda Voss insisted, was safe when it left Halvik."))
    assert [one.verb.text for one in found] == ["insisted"]


def test_a_quotation_of_speech_is_what_was_said_whatever_the_parse_made_of_it():
    text = "“The pier is a ruin and the council knows it,” Edda Voss, who leads the union, said on Friday."
    found = attribute(read(text))
    assert [text[slice(*one.contents[0])] for one in found] == ["The pier is a ruin and the council knows it,"]
    assert text[slice(*found[0].source)] == "Edda Voss, who leads the union"


def test_the_last_words_of_a_sentence_tell_who_speaks_only_where_no_other_reading_does():
    assert all(reading not in READINGS for reading in FALLBACKS)
    text = "Voss: “The pier is a ruin and the council knows it.”"
    found = attribute(read(text))
    assert [(text[slice(*one.source)], text[slice(*one.cue)]) for one in found] == [("Voss", ":")]
