"""What changed since the last report: told as an editor would, and never twice."""

from __future__ import annotations

import copy

import pytest

from helpers.report.between_reports import compare_reports, describe_changes, is_unchanged, list_changes
from helpers.report.page import build_report
from reports import make_tables

WIRE = "The ferry Aurelia struck the pier at Halvik. Officials said that 11 people were injured. The town council said repairs will cost €2 million."
POST = "The ferry Aurelia struck the pier at Halvik on Monday, the coastguard said. Hospital officials said that 14 people were injured."
MONDAY = {"wire": "2025-03-03", "post": "2025-03-03", "radio": "2025-03-04"}


def report(texts: dict[str, str], earlier: dict | None = None):
    digests = {name: str(hash(text)) for name, text in texts.items()}
    frames = make_tables(texts, published=MONDAY, raw_sha256=digests)
    return build_report(frames, {"title": "T"}, earlier=earlier)


@pytest.fixture(scope="module")
def first() -> dict:
    return report({"wire": WIRE, "post": POST}).data


def test_nothing_changed_between_a_report_and_itself(first):
    changes = compare_reports(first, copy.deepcopy(first))
    assert is_unchanged(changes)
    assert describe_changes(changes) == "Nothing changed."


def test_a_new_article_and_a_vanished_one_are_named(first):
    later = report({"wire": WIRE, "radio": POST.replace("14", "19")}).data
    changes = compare_reports(first, later)
    assert [row["name"] for row in changes["articles"]["new"]] == ["Radio"]
    assert [row["name"] for row in changes["articles"]["gone"]] == ["Post"]


def test_a_renamed_file_is_neither_new_nor_gone(first):
    later = copy.deepcopy(first)
    later["articles"][0]["article_id"] = "renamed"
    assert compare_reports(first, later)["articles"] == {"new": [], "gone": [], "changed": []}


def test_a_value_that_moved_is_told_with_both_values(first):
    changes = compare_reports(first, report({"wire": WIRE.replace("11 people", "12 people"), "post": POST}).data)
    (moved,) = changes["values"]
    assert (moved["name"], moved["before"], moved["after"]) == ("Wire", "11", "12")
    assert [row["name"] for row in changes["articles"]["changed"]] == ["Wire"]


def test_another_sum_for_another_thing_is_no_moved_value(first):
    text = WIRE.replace(
        "The town council said repairs will cost €2 million.", "A fine of €9 million was imposed on the owner in May."
    )
    assert compare_reports(first, report({"wire": text, "post": POST}).data)["values"] == []


def test_a_conflict_that_gains_evidence_is_changed_and_not_new():
    def finding(name: str, *texts: str) -> dict:
        evidence = [{"article_id": text, "text": text} for text in texts]
        return {"id": name, "kind": "denial", "severity": "major", "explanation": name, "evidence": evidence}

    def data(*findings: dict) -> dict:
        return {"articles": [], "disagreements": list(findings), "propositions": [], "amounts": [], "dates": []}

    changes = compare_reports(
        data(finding("d-1", "a", "b"), finding("d-2", "x", "y")),
        data(finding("d-3", "a", "b", "c"), finding("d-4", "z", "y")),
    )
    assert [row["id"] for row in changes["conflicts"]["changed"]] == ["d-3"]
    assert [row["id"] for row in changes["conflicts"]["new"]] == ["d-4"]
    assert [row["id"] for row in changes["conflicts"]["gone"]] == ["d-2"]


def test_a_conflict_in_which_one_source_gives_another_value_now_is_changed(first):
    changes = compare_reports(first, report({"wire": WIRE, "post": POST.replace("14", "15")}).data)
    (changed,) = [row for row in changes["conflicts"]["changed"] if row["kind"] == "amount"]
    assert "14" in changed["before"]
    assert "15" in changed["explanation"]
    assert not [row for row in changes["conflicts"]["gone"] if row["kind"] == "amount"]


def test_vanished_conflicts_lead_nowhere_and_new_ones_to_their_place(first):
    changes = list_changes(compare_reports(first, report({"wire": WIRE, "post": POST.replace("14", "11")}).data))
    gone = [change for change in changes if change["text"].startswith("No longer found")]
    assert gone
    assert all(change["conflict"] is None for change in gone)


def test_the_page_opens_with_what_changed_only_where_there_is_something_to_compare_with(first):
    later = report({"wire": WIRE.replace("11 people", "12 people"), "post": POST}, earlier=first).html
    assert "since the last report" in later.split("<main>")[0]
    assert "What changed since the last report" in later.split('id="conflicts"')[0]
    assert "Wire now has “12” where it had “11”" in later
    assert "What changed since" not in report({"wire": WIRE, "post": POST}).html
