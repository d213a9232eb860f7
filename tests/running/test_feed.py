"""What those who watch get: an entry a change, no entry without one, and nothing lost when the feed is damaged."""

from __future__ import annotations

import json

from defusedxml.ElementTree import parse

from helpers.running.published.feed import ATOM, read_feed
from helpers.running.published.index import write_index

FIRST, SECOND = {"d-1": "Fog: <b>Ann</b> says thick; Bo says thin."}, {"d-2": "Hurt: Ann says 11; Bo says 14."}


def publish(reports, story: str, findings: dict[str, str], now: str) -> None:
    listed = [{"id": key, "kind": "date", "severity": "major", "explanation": text} for key, text in findings.items()]
    data = {"story": {"title": story.title(), "about": None, "kind": None}, "articles": [], "disagreements": listed}
    (reports / story).mkdir(exist_ok=True)
    (reports / story / "report.json").write_text(json.dumps(data))
    write_index(reports, now=now)


def test_a_story_whose_findings_change_gets_an_entry_and_comes_first(tmp_path):
    publish(tmp_path, "fog", FIRST, "2026-11-01T00:00:00Z")
    publish(tmp_path, "ice", FIRST, "2026-11-02T00:00:00Z")
    publish(tmp_path, "fog", FIRST | SECOND, "2026-11-03T00:00:00Z")
    entries = read_feed(tmp_path / "feed.xml")
    assert [(entry.story, entry.updated[:10]) for entry in entries] == [
        ("fog", "2026-11-03"), ("ice", "2026-11-02"), ("fog", "2026-11-01"),
    ]  # fmt: skip
    assert entries[0].summary == "New: Hurt: Ann says 11; Bo says 14."
    page = (tmp_path / "index.html").read_text()
    assert page.index("fog/index.html") < page.index("ice/index.html")


def test_nothing_changed_leaves_index_and_feed_as_they_are(tmp_path):
    publish(tmp_path, "fog", FIRST, "2026-11-01T00:00:00Z")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.*")}
    write_index(tmp_path, now="2026-12-01T00:00:00Z")
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.*")} == before


def test_a_damaged_feed_is_begun_anew(tmp_path):
    publish(tmp_path, "fog", FIRST, "2026-11-01T00:00:00Z")
    (tmp_path / "feed.xml").write_text("<feed>")
    write_index(tmp_path, now="2026-11-02T00:00:00Z")
    assert [entry.updated[:10] for entry in read_feed(tmp_path / "feed.xml")] == ["2026-11-02"]


def test_a_feed_has_what_the_standard_asks_for(tmp_path):
    publish(tmp_path, "fog", FIRST, "2026-11-01T00:00:00Z")
    root = parse(tmp_path / "feed.xml").getroot()
    for element in (root, root.find(f"{{{ATOM}}}entry")):
        assert all(element.findtext(f"{{{ATOM}}}{name}") for name in ("title", "id", "updated"))
    assert root.find(f"{{{ATOM}}}author/{{{ATOM}}}name").text == "Synoptic"
