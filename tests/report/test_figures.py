"""Figures draw what the tables say, whatever it is, and one source looks the same in all of them."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.report import figures
from helpers.report.statements import VOICE_LOOK
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


def test_a_source_keeps_its_colour_where_others_are_not_shown(articles):
    both, alone = (figures._looks(shown, articles) for shown in (["One", "Two"], ["Two"]))
    assert both["Two"] == alone["Two"]
    assert both["One"] != both["Two"]


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
        "speaker_name",
    ]
    assert "<svg" in figures.figure_svg(draw(pd.DataFrame(columns=columns)))


def test_a_figure_without_words_is_refused():
    with pytest.raises(ValueError, match="words for those who cannot see it"):
        figures.show_figure(figures.plot_coverage(pd.DataFrame()), " ")
