"""Lines are not paragraphs: what was broken into lines comes back as it was written, and nothing else is touched."""

from __future__ import annotations

import textwrap

import pytest

from helpers.passages.paragraphs import drop_running_heads, join_lines

PARAGRAPHS = [
    "Seven killed as gate of Kelmar dam bursts",
    "Seven people were killed on Tuesday when a spillway gate of the Kelmar dam burst and sent a wave of water through the "
    "lower town, the fire service said.",
    "About 1,200 residents were evacuated to two schools during the night. The flood carried away the footbridge at Mill Lane "
    "and 14 houses.",
    "Mayor Tomas Berel said the town had asked for repairs for years. “We were told in January that the gate was safe,” Berel "
    "said.",
]


def wrap(width: int, between: str = "\n\n") -> str:
    return between.join("\n".join(textwrap.wrap(one, width)) for one in PARAGRAPHS)


@pytest.mark.parametrize("width", [46, 60, 72, 76])
def test_wrapped_paragraphs_are_joined(width):
    assert [line.text for line in join_lines(wrap(width)).paragraphs] == PARAGRAPHS


@pytest.mark.parametrize("width", [60, 66, 76])
def test_paragraphs_are_told_by_their_short_last_lines_where_no_empty_line_parts_them(width):
    assert [line.text for line in join_lines(wrap(width, "\n")).paragraphs] == PARAGRAPHS


def test_a_quoted_message_is_read_without_its_marks():
    quoted = "\n".join(f"> {line}".rstrip() for line in wrap(70).split("\n"))
    assert [line.text for line in join_lines(quoted).paragraphs] == PARAGRAPHS


def test_a_text_with_an_empty_line_behind_each_line_is_joined_too():
    spaced = "\n\n".join(line for line in wrap(60).split("\n") if line)
    assert join_lines(spaced).paragraphs[1].text == PARAGRAPHS[1]


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PARAGRAPHS),
        "\n".join(PARAGRAPHS),
        "A list of names\nTomas Berel\nLena Ostrow\nIlse Varga\n",
        "FENN: Did you know?\nBEREL: I did.\nFENN: When?\nBEREL: In January.\n",
    ],
    ids=["paragraphs apart", "a line a paragraph", "a list", "turns"],
)
def test_a_text_that_nobody_wrapped_stays_as_it_is(text):
    assert join_lines(text).text == text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the engi-\nneers", "the engineers"),
        ("a well-\nknown fault", "a well-known fault"),
        ("the Nor-\nvik board", "the Norvik board"),
        ("twenty-\nthree people", "twenty-three people"),
        ("an Anglo-\nDutch firm", "an Anglo-Dutch firm"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_bridged_unless_the_word_has_it(broken, whole):
    text = f"{wrap(60)}\n\nThe utility said on Wednesday evening that it had heard {broken}\nand of nothing else in all of that time.\n"
    assert whole in join_lines(text).text


def test_what_stands_around_a_page_is_left_out_and_the_sentence_across_it_joined():
    lines = textwrap.wrap(" ".join(PARAGRAPHS[1:]), 60)
    frame = [
        "",
        "10/03/2025, 09:12 Seven killed as gate of Kelmar dam bursts - Kelmar Herald",
        "https://kelmar.example/dam 1/2",
        "",
    ]
    found = join_lines("\n".join([*lines[:4], *frame, *lines[4:]]))
    assert found.text.strip() == " ".join(PARAGRAPHS[1:])
    assert (
        found.tell()
        == "7 line ends joined into paragraphs, 2 lines of the pages' frame (running heads, numbers, print stamps) left out"
    )


def test_heads_that_run_over_the_pages_are_left_out_and_their_numbers_with_them():
    pages = [
        [f"KELMAR HERALD 5 March {number}", f"Text of page {word}.", "Down.", str(number)]
        for number, word in ((1, "one"), (2, "two"))
    ]
    assert drop_running_heads(pages) == ([["Text of page one."], ["Text of page two."]], 6)
