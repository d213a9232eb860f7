"""Figures draw what the tables say, whatever it is, and one source looks the same in all of them."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.report import figures
from helpers.report.drawn.layouts import UNDATED, WEEKDAYS, group_amounts, lay_out_timeline
from helpers.report.drawn.page_drawings import draw_lanes
from helpers.report.overviews import list_amounts
from helpers.report.statements import VOICE_LOOK
from reports import make_tables
from stories import make_articles


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return make_articles({"one": "Text.", "two": "Text."})


def test_every_voice_can_be_drawn():
    rows = [
        {
            "rank": 1,
            "proposition_id": "q",
            "label": "it was late",
            "article_id": name,
            "source": name,
            "voice": name,
            "value": "3",
        }
        for name in VOICE_LOOK
    ]
    assert "<svg" in figures.figure_svg(figures.plot_coverage(pd.DataFrame(rows)))


def test_dates_without_a_year_and_weekdays_have_axes_of_their_own():
    texts = {
        "one": "The ferry struck the pier on Monday. It was towed away on Tuesday. The union had written on March 3.",
        "two": "The ferry struck the pier on Monday. The union had written on March 4, and the owner on March 5.",
    }
    frames = make_tables(texts)
    found = lay_out_timeline(frames["timeline"], frames["mentions"], frames["articles"])
    assert [lanes.heading for lanes in found] == [UNDATED, WEEKDAYS]
    assert [mark.name for mark in found[0].marks] == ["3 March", "4 March", "5 March"]
    assert [mark.name for mark in found[1].marks] == ["Monday", "Monday", "Tuesday"]
    assert all("2000" not in label for lanes in found for _, label in lanes.ticks)


def test_page_and_notebook_draw_from_one_layout(articles):
    frames = make_tables({"one": "The ferry struck the pier on March 3, 2025.", "two": "It sank on March 4, 2025."})
    (lanes,) = lay_out_timeline(frames["timeline"], frames["mentions"], frames["articles"])
    drawn = draw_lanes(lanes.list_lanes(), lanes.ticks, "words")
    assert drawn.count('class="bar"') == 2
    assert "<svg" in figures.figure_svg(
        figures.plot_timeline(frames["timeline"], frames["mentions"], frames["articles"])
    )


def test_only_what_measures_one_thing_shares_an_axis():
    frames = make_tables(
        {
            "one": "The crater is 12 metres wide. The repairs cost $3 million. Eleven passengers were hurt in the accident.",
            "two": "The fine was $9 million. Fourteen passengers were hurt in the accident.",
        }
    )
    amounts = list_amounts(frames["mentions"], frames["claims"], frames["articles"])
    groups, others = group_amounts(amounts)
    assert [list(group.rows["value"]) for group in groups] == [[11, 14]]
    assert len(others) == len(amounts) - 2


def test_the_same_figure_gives_the_same_bytes(articles):
    quoted = pd.DataFrame(
        {"speaker_name": ["Ann Lee"], "article_id": ["one"], "source": ["One"], "n_claims": [2], "n_direct": [1]}
    )
    assert figures.figure_svg(figures.plot_quoted_speakers(quoted, articles)) == figures.figure_svg(
        figures.plot_quoted_speakers(quoted, articles)
    )


@pytest.mark.parametrize("draw", [figures.plot_coverage, figures.plot_quoted_speakers, figures.plot_amounts])
def test_an_empty_table_gives_a_figure_that_says_so(draw):
    columns = [
        "rank",
        "source",
        "voice",
        "label",
        "kind",
        "value",
        "low",
        "high",
        "start",
        "text",
        "statement",
        "measures",
        "unit",
        "article_id",
        "speaker_name",
    ]
    assert "<svg" in figures.figure_svg(draw(pd.DataFrame(columns=columns)))


def test_a_figure_without_words_is_refused():
    with pytest.raises(ValueError, match="words for those who cannot see it"):
        figures.show_figure(figures.plot_coverage(pd.DataFrame()), " ")
