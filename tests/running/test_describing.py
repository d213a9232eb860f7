"""`synoptic describe`: writes a story.yaml once, and never over what somebody wrote."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from helpers.running.cli import main
from helpers.running.published.describing import word_missing
from stories import make_articles


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "one.txt").write_text(
        "The ferry Aurelia was late on Monday. The crew said that the radar was broken.\n"
    )
    return tmp_path


def describe(raw):
    return CliRunner().invoke(main, ["describe", "fog", "--raw", str(raw)])


def test_it_writes_what_is_known_and_says_what_is_not(raw):
    ended = describe(raw)
    assert ended.exit_code == 0
    assert "1 publisher and 1 date are not known" in ended.output
    assert '"one.txt":' in (raw / "story.yaml").read_text()


def test_a_description_that_is_there_stays_as_it_is(raw):
    (raw / "story.yaml").write_text("title: Fog # mine\n")
    ended = describe(raw)
    assert (raw / "story.yaml").read_text() == "title: Fog # mine\n"
    assert "there is a story.yaml already" in ended.output
    assert "source:  # who published it" in ended.output


def test_one_thing_that_is_not_known_is_told_in_the_singular():
    articles = make_articles({"one": "Text."}, published={"one": "2025-03-03"}, source={"one": None})
    assert word_missing(articles) == "1 publisher is not known"
