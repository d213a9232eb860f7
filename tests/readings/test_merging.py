"""What several found is one finding; what a reader alone found stands beside the engine's, with whose words it is."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from conftest import ROOT
from helpers import tables
from helpers.articles import read_articles
from helpers.readings import Material, merge_findings, read_readings, take_readings
from helpers.readings.merge import Found, tell_the_same
from helpers.report.page import build_report
from helpers.report.readers import leave_out_readers
from helpers.report.twin import read_schema
from helpers.report.write import write_report
from reports import make_tables

TEXTS = {
    "morning": "The bridge at Ostrel fell on Monday, the mayor said. Nobody was on the bridge.\n\nThe repair costs $3 million.\n",
    "evening": "The bridge at Ostrel fell on Tuesday, the mayor said. Eight people were on the bridge.\n\nThe repair costs $3 million.\n",
}
DAYS = {"morning": "2021-05-07", "evening": "2021-05-07"}


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    """All tables of a story with one finding of the engine's, set by hand: on which day the bridge fell."""
    made = make_tables(TEXTS, published=DAYS)
    sides = [
        {"disagreement_id": "d-0123456789ab", "side": side, "article_id": name, "claim_id": None,
         "start": TEXTS[name].index(day), "end": TEXTS[name].index(day) + len(day), "text": day, "value": None}
        for side, name, day in (("a", "morning", "Monday"), ("b", "evening", "Tuesday"))
    ]  # fmt: skip
    finding = {
        "disagreement_id": "d-0123456789ab", "proposition_id": None, "kind": "date", "severity": "minor", "score": 0.6,
        "explanation": "The bridge fell: Morning says Monday; Evening says Tuesday.", "between": "articles",
    }  # fmt: skip
    made["disagreements"] = tables.conform([finding], "disagreements")
    made["disagreement_sides"] = tables.conform(sides, "disagreement_sides")
    return made


def place(article: str, quote: str) -> dict:
    return {"article": article, "quote": quote}


WHEN = {
    "kind": "date", "severity": "major", "confidence": 0.5, "what": "The bridge fell on Monday or on Tuesday.",
    "sides": [[place("morning", "fell on Monday")], [place("evening", "fell on Tuesday")]],
}  # fmt: skip
WHO = {
    "kind": "amount", "severity": "minor", "confidence": 0.8, "what": "Nobody was on the bridge, or eight people.",
    "sides": [[place("morning", "Nobody was on the bridge")], [place("evening", "Eight people were on the bridge")]],
}  # fmt: skip
COSTS = {
    "what": "The repair costs $3 million.",
    "places": [place(name, "The repair costs $3 million") for name in TEXTS],
}


def merge(frames, **readings):
    """Merge readings given as lists of disagreements, by name."""
    given = {
        name.replace("_", "-"): {"format": 1, "by": "person", "disagreements": items}
        for name, items in readings.items()
    }
    material = Material(frames["articles"], frames["passages"], frames["claims"])
    read = read_readings("nowhere", material, given)
    found, sides = merge_findings(
        frames["disagreements"], frames["disagreement_sides"], read, frames["articles"], frames["claims"]
    )
    assert tables.find_misplaced({"articles": frames["articles"], "readings": read, "disagreement_sides": sides}) == []
    return {**frames, "readings": read, "disagreements": found, "disagreement_sides": sides}


def test_without_readings_nothing_changes_but_that_the_engine_is_named(frames):
    merged = merge(frames)
    assert set(merged["disagreements"]["found_by"]) == {"engine"}
    pd.testing.assert_frame_equal(
        merged["disagreements"].drop(columns="found_by"), frames["disagreements"].drop(columns="found_by")
    )
    pd.testing.assert_frame_equal(merged["disagreement_sides"], frames["disagreement_sides"])


def test_what_the_engine_and_a_reader_tell_is_one_finding_surer_and_as_grave_as_the_gravest_holds(frames):
    before = frames["disagreements"].query("kind == 'date'").iloc[0]
    merged = merge(frames, mine=[WHEN])["disagreements"]
    assert len(merged) == len(frames["disagreements"])
    after = merged.set_index("disagreement_id").loc[before["disagreement_id"]]
    assert (after["found_by"], after["severity"], after["explanation"]) == (
        "engine, mine",
        "major",
        before["explanation"],
    )
    assert after["score"] > before["score"]


def test_what_a_reader_alone_found_is_a_finding_with_its_places_and_a_content_hash(frames):
    merged = merge(frames, mine=[WHO])
    new = merged["disagreements"].query("found_by == 'mine'").iloc[0]
    sides = merged["disagreement_sides"].query("disagreement_id == @new.disagreement_id")
    assert list(sides["text"]) == ["Nobody was on the bridge", "Eight people were on the bridge"]
    assert (
        new["disagreement_id"]
        == merge(frames, yours=[WHO])["disagreements"].query("found_by == 'yours'").iloc[0]["disagreement_id"]
    )
    assert new["between"] == "articles"


def test_two_readings_that_tell_the_same_are_one_finding_in_the_words_of_the_surest(frames):
    other = {**WHO, "confidence": 0.9, "what": "Eight people were on the bridge, or nobody."}
    merged = merge(frames, mine=[WHO], yours=[other])["disagreements"]
    (row,) = merged[merged["found_by"] != "engine"].itertuples()
    assert (row.found_by, row.explanation, row.score) == ("mine, yours", other["what"], 0.98)


def test_the_same_reading_told_twice_is_no_surer(frames):
    merged = merge(frames, mine=[WHO, WHO])["disagreements"]
    (row,) = merged[merged["found_by"] != "engine"].itertuples()
    assert row.score == 0.8


def test_what_was_dropped_makes_no_finding(frames):
    invented = {**WHO, "what": "Nobody was on the bridge, or nine people."}
    assert set(merge(frames, mine=[invented])["disagreements"]["found_by"]) == {"engine"}


def test_what_an_article_has_from_somebody_is_told_as_theirs(frames):
    said = {
        **WHEN,
        "kind": "scope",
        "sides": [[place("morning", "Monday")], [place("evening", "Tuesday, the mayor said. Eight")]],
    }
    merged = merge(frames, mine=[{**said, "what": "Monday here is Tuesday there."}])["disagreements"]
    told = merged[merged["found_by"] == "mine"]["explanation"].iloc[0]
    assert told == "Monday here is Tuesday there (in the words of the mayor in Morning and Evening)."


def test_findings_of_two_kinds_on_one_sentence_are_two_unless_the_words_are_the_same():
    whole = {"a": [("one", 0, 60)], "b": [("two", 0, 60)]}
    value = {"a": [("one", 10, 18)], "b": [("two", 12, 20)]}
    date, amount = (Found(kind, value, frozenset()) for kind in ("date", "amount"))
    assert tell_the_same(date, Found("date", whole, frozenset()))
    assert not tell_the_same(amount, Found("date", whole, frozenset()))
    assert tell_the_same(amount, date)


def test_words_shared_on_one_side_alone_make_no_two_findings_one():
    one = Found("amount", {"a": [("one", 0, 9)], "b": [("two", 0, 9)]}, frozenset())
    other = Found("amount", {"a": [("one", 0, 9)], "b": [("six", 0, 9)]}, frozenset())
    assert not tell_the_same(one, other)


def test_omissions_are_one_where_the_same_article_is_silent_on_the_same_words():
    told = {"a": [("one", 0, 30)]}
    two, three = (Found("omission", told, frozenset({silent})) for silent in ("two", "three"))
    assert tell_the_same(two, Found("omission", {"a": [("one", 20, 40)]}, frozenset({"two"})))
    assert not tell_the_same(two, three)


def test_a_reading_that_cannot_be_read_is_a_row_that_says_why_and_costs_the_others_nothing(frames, tmp_path):
    folder = tmp_path / "readings"
    folder.mkdir()
    (folder / "broken.json").write_text('{"format": 1,\n "by": }')
    (folder / "engine.json").write_text("{}")
    (folder / "mine.json").write_text(json.dumps({"format": 1, "by": "person", "disagreements": [WHO]}))
    read = take_readings(tmp_path, frames)
    heads = read[read["item"] == "reading"].set_index("reading")["state"]
    assert heads["broken"].startswith("line 2: not JSON")
    assert heads["engine"] == "'engine' is no name for a reading"
    assert read[read["kind"].notna()]["reading"].unique().tolist() == ["mine"]


def test_a_parameter_leaves_readers_out(frames, tmp_path):
    (tmp_path / "readings").mkdir()
    (tmp_path / "readings" / "mine.json").write_text(json.dumps({"format": 1, "by": "person", "disagreements": [WHO]}))
    assert len(take_readings(tmp_path, frames)) > 0
    assert len(take_readings(tmp_path, frames, use=False)) == 0
    left = leave_out_readers(merge(frames, mine=[WHO, WHEN]))
    assert set(left["disagreements"]["found_by"]) == {"engine"}
    assert set(left["disagreement_sides"]["disagreement_id"]) <= set(left["disagreements"]["disagreement_id"])


def test_the_page_of_a_story_without_readings_says_nothing_of_readers(frames):
    html = build_report(merge(frames), {"title": "T"}).html
    assert html == build_report(frames, {"title": "T"}).html
    assert "found by" not in html


def test_page_and_twin_tell_who_found_what(frames, tmp_path):
    merged = merge(frames, mine=[WHEN, WHO])
    report = build_report(merged, {"title": "T"})
    assert "found by engine, mine" in report.html and "found by mine" in report.html
    assert ["engine", "mine"] in [finding["found_by"] for finding in report.data["disagreements"]]
    assert report.data["readers"][0]["verified"] == 2
    write_report(report, merged, "t", tmp_path)  # keeps to the schema
    assert "found_by" not in read_schema()["properties"]["disagreements"]["items"]["required"]


def test_what_both_found_comes_before_what_one_found(frames):
    merged = merge(frames, mine=[WHEN, {**WHO, "severity": "major", "confidence": 0.95}])
    assert build_report(merged, {"title": "T"}).data["disagreements"][0]["found_by"] == ["engine", "mine"]


def test_facts_that_a_reader_holds_to_be_told_alike_are_shown_apart(frames):
    merged = merge(frames)
    document = {"format": 1, "by": "person", "disagreements": [], "agreements": [COSTS]}
    material = Material(frames["articles"], frames["passages"], frames["claims"])
    merged["readings"] = read_readings("nowhere", material, {"mine": document})
    html = build_report(merged, {"title": "T"}).html
    assert "What a reader holds to be told alike" in html and "found by mine" in html


def test_what_a_reader_writes_is_text_on_the_page(frames):
    wild = {**WHO, "what": "Nobody or eight <script>alert(x)</script> were on the bridge."}
    html = build_report(merge(frames, mine=[wild]), {"title": "T"}).html
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_the_folder_of_readings_is_no_article(tmp_path):
    (tmp_path / "one.txt").write_text(TEXTS["morning"])
    (tmp_path / "readings").mkdir()
    (tmp_path / "readings" / "mine.json").write_text("{}")
    articles = read_articles(tmp_path)
    assert list(articles["article_id"]) == ["one"] and articles["notes"].isna().all()


def test_the_reading_that_comes_with_the_suite_is_named_as_handmade_and_stands_to_the_letter(tmp_path):
    shutil.copytree(ROOT / "data" / "raw" / "ferry-accident", tmp_path / "ferry")
    articles = read_articles(tmp_path / "ferry")
    from helpers.passages import split_passages

    read = read_readings(tmp_path / "ferry", Material(articles, split_passages(articles)))
    assert set(read["state"]) == {"verified"}
    assert "Written by hand: the reading of a person" in read[read["item"] == "reading"]["what"].iloc[0]
