"""The report tells what people put right: on the page, in its data, and in what changed between two runs."""

from __future__ import annotations

import pytest

from helpers.corpus.pipeline import analyse
from helpers.report.between_reports import compare_reports, describe_changes, list_changes
from helpers.report.page import build_report
from helpers.report.readers import leave_out_readers
from helpers.report.write import write_report
from reviewing import TEXTS, Desk

STORY = {"title": "The bridge", "about": "", "kind": "invented"}


@pytest.fixture(scope="module")
def machine():
    return analyse(Desk().articles)


@pytest.fixture(scope="module")
def desk(machine):
    desk = Desk()
    desk.on_finding("dismiss", machine, "date", why="the herald took it back")
    desk.on_finding("severity", machine, "amount", value="minor", was="major")
    sides = [desk.point("gazette", "falls", "a"), desk.point("herald", "collapses", "b")]
    what = "The bridge falls in one headline and collapses in the other."
    desk.review("add finding", *sides, value={"kind": "characterisation", "severity": "minor", "what": what})
    return desk


@pytest.fixture(scope="module")
def reviewed(desk):
    return desk.analyse()


def test_without_reviews_the_report_says_nothing_of_them(machine):
    report = build_report(machine, STORY)
    assert "reviews" not in report.data and "dismissed" not in report.html.split("<body>")[1]
    assert "none reviewed" in report.html


def test_the_head_counts_what_was_reviewed(reviewed):
    assert "3 reviewed (1 added, 1 corrected, 1 dismissed)" in build_report(reviewed, STORY).html


def test_a_reviewed_finding_says_so_and_what_the_machine_had(reviewed):
    html = build_report(reviewed, STORY).html
    assert "corrected by Ada: the machine had major as its severity" in html and "added by Ada" in html


def test_a_dismissed_finding_is_folded_with_the_reason(reviewed):
    report = build_report(reviewed, STORY)
    folded = report.html.split('<details class="dismissed">')[1].split("</details>")[0]
    assert "1 finding of the machine, dismissed by a person" in folded and "the herald took it back" in folded
    assert "date" not in {finding["kind"] for finding in report.data["disagreements"]}
    assert [row["kind"] for row in report.data["reviews"]["dismissed"]] == ["date"]


def test_only_what_a_person_holds_is_published_on_demand(reviewed):
    report = build_report(reviewed, STORY, reviewed_only=True)
    assert {row["review"] for row in report.data["disagreements"]} == {"corrected", "added"}
    assert "Only what a person has confirmed is told here." in report.html
    assert "-p reviewed_only True" in report.html


def test_an_orphan_is_told_on_the_page(desk):
    later = Desk({**TEXTS, "herald": "Nothing is left of it.\n"})
    later.made = desk.made
    html = build_report(later.analyse(), STORY).html
    assert "have lost their place" in html and "its words no longer stand there" in html


def test_the_data_keep_to_their_schema_and_the_tables_carry_it(reviewed, tmp_path):
    written = write_report(build_report(reviewed, STORY), reviewed, "story", tmp_path)
    assert "tables/reviews.csv" in set(written["file"])
    assert "dismissed" in (tmp_path / "story" / "tables" / "disagreements.csv").read_text()


def test_what_reviews_changed_is_told_apart_from_what_articles_changed(machine, reviewed):
    before, after = build_report(machine, STORY).data, build_report(reviewed, STORY).data
    changes = compare_reports(before, after)
    assert changes["conflicts"] == {"new": [], "gone": [], "changed": []}
    assert [row["verdict"] for row in changes["reviews"]] == ["Corrected", "Added", "Dismissed"]
    assert describe_changes(changes).splitlines()[-1].startswith("Dismissed: Bridge fell")
    assert [change["conflict"] is None for change in list_changes(changes)] == [False, False, True]
    assert compare_reports(after, after)["reviews"] == []


def test_what_follows_from_a_review_is_told_as_such(machine):
    desk = Desk()
    for name in ("gazette", "post"):
        desk.on_claim("not a claim", name, "12 people were hurt")
    changes = compare_reports(build_report(machine, STORY).data, build_report(desk.analyse(), STORY).data)
    assert {row["verdict"] for row in changes["reviews"]} == {"No longer found after a review"}
    assert changes["conflicts"]["gone"] == []


def test_leaving_readers_out_leaves_what_a_person_added(reviewed):
    kept = leave_out_readers(reviewed)["disagreements"]
    assert set(kept["review"].dropna()) == {"added", "corrected", "dismissed"}
