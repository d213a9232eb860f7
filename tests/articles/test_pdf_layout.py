"""How a PDF lies on its pages: columns are read one after the other, and what stands around the text is left out."""

from __future__ import annotations

import pytest

from helpers.articles import read_articles
from helpers.articles.formats.pdf_layout import Piece, Pieces, set_paragraphs

TITLE = "Nine dead after Kelmar dam disaster"
LEFT = [
    "Nine people died when a gate of the Kelmar dam",
    "burst on Tuesday, police said on Thursday. The",
    "utility denied that it had ignored warnings from",
]
RIGHT = [
    "its engineers. The regional government put the",
    "damage at 65 million euros, and the mayor of the",
    "town said that nobody had been told of it.",
]
WHOLE = " ".join([*LEFT, *RIGHT])


def lay(lines, x=50.0, top=700.0, size=9.0, step=12.0, font="/Times"):
    return [Piece(x, x + len(line) * size * 0.45, top - n * step, size, font, line) for n, line in enumerate(lines)]


def test_two_columns_are_read_one_after_the_other():
    title = lay([TITLE], top=760, size=16)
    rows = [piece for pair in zip(lay(LEFT), lay(RIGHT, x=310), strict=True) for piece in pair]
    text, notes = set_paragraphs([[*title, *rows]])
    assert text == f"{TITLE}\n\n{WHOLE}"
    assert notes == ["set in columns, which are read one after the other"]


def test_a_line_over_both_columns_parts_what_is_above_from_what_is_below():
    above = [*lay(LEFT), *lay(RIGHT, x=310)]
    across = lay(
        ["A line that runs over the whole width of the page, from its left edge up to the right one, tells more."],
        top=640,
    )
    below = [*lay(LEFT, top=600), *lay(RIGHT, x=310, top=600)]
    text, _ = set_paragraphs([[*above, *across, *below]])
    assert text.split("\n\n") == [WHOLE, across[0].text.strip(), WHOLE]


def test_a_sentence_goes_on_over_the_page_and_the_frame_is_left_out():
    frames = [
        [
            *lay([f"KELMAR HERALD 5 March 2025 {n}"], top=780, size=7),
            *lay([f"https://kelmar.example/dam {n}/2"], top=20, size=7),
        ]
        for n in (1, 2)
    ]
    text, notes = set_paragraphs([[frames[0][0], *lay(LEFT), frames[0][1]], [frames[1][0], *lay(RIGHT), frames[1][1]]])
    assert text == WHOLE
    assert notes == ["4 lines of the pages' frame (running heads, numbers, print stamps) left out"]


@pytest.mark.parametrize("between", ["room", "indent", "short last line"])
def test_a_paragraph_ends_where_the_page_shows_it(between):
    first = [*LEFT[:2], "river rose."]
    top = 700 - 3 * 12 - (12 if between == "room" else 0)
    second = lay(RIGHT, top=top)
    if between == "indent":
        second[0] = second[0]._replace(x=62)
    text, _ = set_paragraphs([[*lay(first), *second]])
    assert text.split("\n\n") == [" ".join(first), " ".join(RIGHT)]


def test_a_heading_of_two_lines_is_one():
    heading = [
        *lay(["Nine dead after Kelmar dam"], x=91, top=760, size=18),
        *lay(["disaster, utility rejects blame"], x=86, top=738, size=18),
    ]
    text, _ = set_paragraphs([[*heading, *lay(LEFT)]])
    assert text.split("\n\n")[0] == "Nine dead after Kelmar dam disaster, utility rejects blame"


def test_a_visitor_learns_where_a_piece_ends_from_where_the_next_begins():
    pieces, upright = Pieces(), [1, 0, 0, 1, 0, 0]
    pieces.visit("The dam", upright, [1, 0, 0, 1, 50, 700], None, 10)
    pieces.visit("", upright, [1, 0, 0, 1, 88, 700], None, 10)
    assert [(piece.x, piece.right, piece.text) for piece in pieces.found] == [(50, 88, "The dam")]


def test_what_a_program_writes_for_no_title_is_none(tmp_path):
    from matplotlib.figure import Figure

    figure = Figure()
    figure.text(0.1, 0.5, "The ferry Aurelia struck the pier.")
    figure.savefig(tmp_path / "page.pdf", metadata={"CreationDate": None, "Title": "untitled", "Author": "anonymous"})
    row = read_articles(tmp_path).iloc[0]
    assert row[["title", "byline"]].isna().all()


def test_the_name_of_a_printed_page_gives_title_and_publisher(tmp_path):
    from matplotlib.figure import Figure

    figure = Figure()
    figure.text(0.1, 0.5, "The ferry Aurelia struck the pier.")
    figure.savefig(
        tmp_path / "page.pdf", metadata={"CreationDate": None, "Title": "Ferry strikes the pier - Harbour Mail"}
    )
    row = read_articles(tmp_path).iloc[0]
    assert (row["title"], row["source"], row["source_sure"]) == ("Ferry strikes the pier", "Harbour Mail", "medium")
