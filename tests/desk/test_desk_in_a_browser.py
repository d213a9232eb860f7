"""A person opens the desk, puts three things right, and they stand in every later run."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from browser import open_browser
from conftest import ROOT
from helpers.store.journal import NAME
from helpers.tables import read_table
from serving import Hand, copy_suite, open_page, serve

pytestmark = pytest.mark.slow

STORY = "netflix-facebook-messages"
SIXTH = "Streaming and messages\n\nThe lawsuit was filed in 2021, two lawyers said. Meta denied that Netflix had read any message.\n"
MISSED = "The headline speaks of direct messages in one report and of messages in the other."


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    return copy_suite(tmp_path_factory.mktemp("suite"))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def synoptic(suite, *words):
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "helpers.running.cli", *words]
    done = subprocess.run(command, cwd=suite, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def read_page(suite):
    return (suite / "reports" / STORY / "index.html").read_text()


def put_right(hand: Hand) -> None:
    """Correct a speaker, dismiss a finding by the keyboard, and add one that was missed."""
    hand.open("Claims")
    hand.choose("for years Facebook gave Netflix")
    hand.fill("speaker", "court records")
    hand.press("Correct")
    hand.wait("corrected, saved")
    hand.open("Findings")
    hand.choose("")  # the first finding, whichever it is
    hand.fill("why", "both papers speak of two suits")
    hand.desk.locator("tbody tr:visible").first.hover()
    hand.page.evaluate("document.activeElement.blur()")
    hand.page.keyboard.press("d")
    hand.wait("dismissed, saved")
    hand.page.get_by_text("A finding that the machine missed").click()
    hand.fill("sentence", MISSED)
    hand.field("kind", 1).select_option("headline")
    hand.field("article", 0).select_option("01-headline-usa")
    hand.fill("side a", "Netflix Was Given Access to Facebook Users' DMs")
    hand.field("article", 1).select_option("03-news-weekly")
    hand.fill("side b", "Meta Let Netflix Into Facebook Users’ Messages")
    hand.press("Add finding")
    hand.wait("finding added, saved")


def check_stands(suite) -> None:
    """Check that all three reviews are applied and told."""
    tables = {
        name: read_table(name, STORY, suite / "data/processed") for name in ("reviews", "claims", "disagreements")
    }
    assert list(tables["reviews"]["state"]) == ["applied"] * 3
    claim = tables["claims"].query("review == 'corrected'").iloc[0]
    assert (claim["speaker_name"], claim["text"][:20]) == ("court records", "for years Facebook g")
    assert sorted(tables["disagreements"]["review"].dropna()) == ["added", "dismissed"]
    page = read_page(suite)
    assert "2 reviewed (1 added, 1 dismissed)" in page and MISSED in page and "both papers speak of two suits" in page


def test_what_was_put_right_at_the_desk_stands_in_every_later_run(suite, home):
    with serve("lab", suite, home) as address, open_browser() as browser:
        page, asked = open_page(browser, "lab", address)
        put_right(Hand(page))
        assert asked == []
        assert page.get_by_text("official Jupyter news").count() == 0
    lines = [json.loads(line) for line in (suite / "data/raw" / STORY / NAME).read_text().splitlines()]
    assert [line["body"]["action"] for line in lines] == ["speaker", "dismiss", "add finding"]
    synoptic(suite, "run", STORY)
    check_stands(suite)
    (suite / "data/raw" / STORY / "06-another.txt").write_text(SIXTH)
    synoptic(suite, "run", STORY)
    check_stands(suite)
    assert "byte for byte" in synoptic(suite, "verify", STORY, "--quiet")
    assert "3 reviews: 3 applied" in synoptic(suite, "review", STORY, "--check")


@pytest.mark.parametrize("kind", ["notebook", "voila"])
def test_the_desk_opens_elsewhere_too_and_asks_nothing_of_any_server(suite, home, kind):
    with serve(kind, suite, home) as address, open_browser() as browser:
        page, asked = open_page(browser, kind, address)
        hand = Hand(page)
        hand.desk.locator("tbody tr:visible").first.click()
        page.locator(".synoptic-passage:visible mark").first.wait_for()
        assert page.get_by_text("Confirm (c)").is_visible()
        assert asked == []
        assert kind != "voila" or page.get_by_text("open_desk(").count() == 0
