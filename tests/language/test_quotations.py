"""What stands in quotation marks: typographic, straight, nested, unclosed, over several paragraphs."""

from __future__ import annotations

import pytest

from helpers.language.quotations import find_quotations, is_speech


def inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We saw the pier,” she said. “Then it was too late.”", ["We saw the pier,", "Then it was too late."]),
        ('"We saw it," he said, "too late."', ["We saw it,", "too late."]),
        ("“They call it ‘the wall’ here,” he said.", ["They call it ‘the wall’ here,"]),
        ("The ship's log wasn't the crew’s.", []),
        ("He called it ‘an act of God’ twice.", ["an act of God"]),
    ],
)
def test_quotations_are_paired(text, quoted):
    assert inner(text) == quoted


def test_an_unclosed_quotation_ends_with_its_paragraph():
    assert inner("“It was dark.\n\n“It was cold,” he said.") == ["It was dark.", "It was cold,"]


def test_an_odd_number_of_marks_does_not_swallow_the_next_paragraph():
    assert inner('He said: "It was dark.\n\nThe ferry sailed at noon.') == ["It was dark."]


def test_doubled_single_marks_are_read_as_agencies_send_them():
    assert inner("''It was dark,'' he said. ''It was cold.''") == ["It was dark,", "It was cold."]


def test_a_title_is_no_speech():
    text = "a post titled “Facts About Our Harbour,” which is long"
    assert not is_speech(text, find_quotations(text)[0])


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [
        ('"We warned them, said Moor.', "We warned them"),
        ("“We warned them, Edda Moor said.", "We warned them"),
        (
            "“We warned them, the mayor said on Friday, and nobody came.",
            "We warned them, the mayor said on Friday, and nobody came.",
        ),
    ],
)
def test_a_quotation_without_its_closing_mark_ends_before_who_says_it_at_the_end_of_its_paragraph(paragraph, quoted):
    (found,) = find_quotations(paragraph)
    assert paragraph[found.inner_start : found.inner_end].rstrip(",") == quoted
