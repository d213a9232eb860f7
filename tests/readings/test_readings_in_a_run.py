"""Readings in a run: what they rerun, and what the command says of them."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from conftest import ROOT
from helpers.running.cli import main
from helpers.running.runner import run_story
from suites import execute_here, make_job, make_suite


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
