"""Readings in a run: what they rerun, and what the command says of them."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from conftest import ROOT
from helpers import tables
from helpers.running.cli import main
from helpers.running.runner import run_story
from replaying import Server
from reports import make_tables
from suites import execute_here, make_job, make_suite

TEXTS = {"morning": "The bridge at Ostrel fell on Monday.\n", "evening": "The bridge at Ostrel fell on Tuesday.\n"}


def honest(request):
    """Answer as a good reader would."""
    sides = [
        [{"article": name, "sentence": 1, "quote": f"fell on {day}"}]
        for name, day in (("morning", "Monday"), ("evening", "Tuesday"))
    ]
    what = "The bridge fell on Monday or on Tuesday."
    if request.wanted == "refutation":
        return {"judgements": [{"number": 1, "holds": True, "why": "It stands."}]}
    return {"disagreements": [{"kind": "date", "severity": "major", "what": what, "sides": sides}], "agreements": []}


def run(job):
    return run_story(job, execute=execute_here)


def test_a_new_reading_reruns_the_comparison_and_no_article_is_read_again(tmp_path):
    job = make_job(make_suite(tmp_path))
    run(job)
    folder = tmp_path / "data" / "raw" / "fog" / "readings"
    folder.mkdir()
    (folder / "mine.json").write_text("{}")
    outcome = run(job)
    assert [(step.stage[:2], step.action) for step in outcome.steps][:4] == [
        ("01", "kept"), ("02", "kept"), ("03", "kept"), ("04", "ran"),
    ]  # fmt: skip
    assert list(outcome.changed) == ["readings"]
    assert run(job).state == "unchanged"


def test_a_record_that_a_run_adds_itself_is_no_reason_to_run_again(tmp_path):
    job = make_job(make_suite(tmp_path))
    records = tmp_path / "data" / "raw" / "fog" / "readings" / "records"

    def execute(path, parameters, folder, failed):
        if path.stem.startswith("04"):
            records.mkdir(parents=True, exist_ok=True)
            (records / "0123.json").write_text("{}")
        return execute_here(path, parameters, folder, failed)

    run_story(job, execute=execute)
    assert run(job).state == "unchanged"
    (records / "0123.json").write_text("edited")
    assert list(run(job).changed) == ["readings"]


def test_the_order_in_which_parameters_are_typed_changes_no_byte(tmp_path):
    suite = make_suite(tmp_path)
    one, other = make_job(suite, reader_url="u", reader_model="m"), make_job(suite, reader_model="m", reader_url="u")
    assert list(one.resolved) == list(other.resolved)


@pytest.fixture
def ferry(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "data" / "raw" / "ferry-accident", tmp_path / "data" / "raw" / "ferry")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "raw" / "ferry" / "readings"


def test_the_command_verifies_a_reading(ferry):
    result = CliRunner().invoke(main, ["readings", "ferry", "--check"])
    assert (result.exit_code, result.output) == (0, "by-hand.json: 10 of 10 items verified\n")


def test_the_command_says_what_fails_line_by_line(ferry):
    document = json.loads((ferry / "by-hand.json").read_text())
    document["disagreements"][0]["sides"][0][0]["quote"] = "Captain cleared of ferry disaster"
    document["agreements"][0]["what"] = "The ferry carried 164 passengers."
    (ferry / "mine.json").write_text(json.dumps(document))
    (ferry / "torn.json").write_text(json.dumps(document)[:200])
    result = CliRunner().invoke(main, ["readings", "ferry", "--check"])
    assert result.exit_code == 1
    assert "mine.json: 8 of 10 items verified" in result.output
    assert "mine.json: disagreements 1: the quotation does not stand in 03-northern-post" in result.output
    assert "mine.json: agreements 1: the sentence says '164'" in result.output
    assert "torn.json: line 1: not JSON" in result.output


def test_a_story_without_readings_says_so(ferry):
    shutil.rmtree(ferry)
    result = CliRunner().invoke(main, ["readings", "ferry", "--check"])
    assert (result.exit_code, result.output) == (0, "ferry: no readings\n")


@pytest.fixture
def bridge(tmp_path, monkeypatch):
    """A story with its tables, laid out as in a suite."""
    frames = make_tables(TEXTS)
    folder = tmp_path / "data" / "raw" / "bridge"
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    for name, frame in frames.items():
        tables.write_table(frame, name, "bridge", "data/processed")
    return folder


def call(*words):
    return CliRunner().invoke(main, ["readings", "bridge", *words])


def test_asking_anew_tells_the_cost_first_and_then_what_changed(bridge):
    with Server(honest) as server:
        first = call("--ask", "--url", server.url, "--model", "small:1b")
        assert first.exit_code == 0, first.output
        lines = first.output.splitlines()
        assert "requests of about" in lines[0] and "never more than 400,000 tokens" in lines[0]
        assert "new: The bridge fell on Monday or on Tuesday." in lines
        assert (bridge / "readings" / "small-1b.json").is_file()
        again = call("--ask", "--url", server.url, "--model", "small:1b")
    assert "the same items as before" in again.output
    assert not list((bridge / "readings" / "records").glob(".*"))
    assert call("--check").output == "small-1b.json: 1 of 1 items verified\n"


def test_more_than_the_budget_is_refused_before_anything_is_sent(bridge):
    with Server(honest) as server:
        result = call("--ask", "--url", server.url, "--model", "small", "--budget", "100")
        assert server.calls == []
    assert result.exit_code == 1 and "more than the budget of 100" in result.output


def test_asking_elsewhere_without_leave_is_refused_before_anything_is_sent(bridge):
    result = call("--ask", "--url", "https://models.example/v1", "--model", "small")
    assert result.exit_code == 1 and "texts_may_leave_this_machine: true" in result.output


def test_an_ask_that_gets_no_answer_leaves_the_reading_before_as_it_was(bridge):
    with Server(honest) as server:
        call("--ask", "--url", server.url, "--model", "small")
    before = (bridge / "readings" / "small.json").read_bytes()
    with Server(lambda request: request.send(b"no such model", 404)) as server:
        result = call("--ask", "--url", server.url, "--model", "small")
    assert result.exit_code == 1 and "knows no model 'small'" in result.output
    assert (bridge / "readings" / "small.json").read_bytes() == before


def test_a_story_that_was_never_run_cannot_be_asked_about(bridge):
    shutil.rmtree(bridge.parents[1] / "processed")
    result = call("--ask", "--url", "http://127.0.0.1:1/v1", "--model", "small")
    assert result.exit_code == 1 and "synoptic run bridge" in result.output


def test_asking_needs_a_server_and_a_model(bridge):
    assert call("--ask", "--model", "small").exit_code == 2
