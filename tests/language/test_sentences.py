"""Where a sentence ends: never in a name, an abbreviation or initials."""

from __future__ import annotations

import pytest

from helpers.language.sentences import find_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "She regretted that Ms. Lorne was left out of the choir.",
        "Mme. Ferrand wrote to Mlle. Roux about the organ.",
        "The U.S. Attorney asked Atty. Gen. Cole for the file.",
        "Sen. Ana Lund, D-W.Va., met Gen. Otto J. Krog and Spc. Holm.",
        "He works for the U.N. Security Council in St. Gallen.",
        "The firm, Acme Corp. Holdings, paid No. 5 twice.",
    ],
)
def test_a_name_goes_on_behind_an_abbreviation(sentence):
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He left the U.S.", "He came back in May."],
        ["Voss was denied a visa to the U.S.", "However, she may get one."],
        ["She lives in Washington, D.C.", "Her son left."],
        ["He owns Holt & Co. Ltd.", "The firm closed."],
        ["Was it open?", "No.", "It was shut."],
    ],
)
def test_an_abbreviation_can_end_a_sentence(sentences):
    assert cut(" ".join(sentences)) == sentences


def test_a_sentence_ends_behind_the_month_of_may():
    text = "The lock will be mended by the end of May. Divers look for the hinge."
    assert [text[start:end] for start, end in find_sentences(text)] == [text[:42], text[43:]]
