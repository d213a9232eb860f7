"""What stands in quotation marks: typographic, straight, nested, unclosed, over several paragraphs."""

from __future__ import annotations

import pytest

from helpers.quotations import find_quotations


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
