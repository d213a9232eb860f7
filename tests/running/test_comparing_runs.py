"""What changed between two runs: told on request, and handed to a command of the user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.running import kernels
from helpers.running.cli import main
from helpers.running.runner import run_story
from suites import make_job, make_suite, open_here


@pytest.fixture
def suite(tmp_path, monkeypatch) -> Path:
    """A suite in a scratch folder whose notebooks take no time, called from inside, executed in this process."""
    monkeypatch.setattr(kernels, "open_kernels", open_here)
    monkeypatch.chdir(make_suite(tmp_path))
    return tmp_path


def synoptic(*arguments: str):
    return CliRunner().invoke(main, arguments)


def test_diff_says_what_changed_between_two_runs(suite):
    run_story(make_job(suite))
    (suite / "data" / "raw" / "fog" / "two.txt").write_text("Nobody was hurt.")
    run_story(make_job(suite))
    said = synoptic("diff", "fog")
    assert said.exit_code == 0, said.output
    assert said.output.splitlines() == ["fog: from run 1 to run 2", "New article: two.txt."]
    assert json.loads(synoptic("diff", "fog", "2", "1", "--json").output)["changes"]["articles"]["gone"]
    assert synoptic("diff", "fog", "9").exit_code == 2


def test_a_command_on_change_gets_the_difference_and_only_where_there_is_one(suite):
    told = suite / "told.json"
    command = ["run", "fog", "--on-change", f"cat >> {told}"]
    assert synoptic(*command).exit_code == 0
    first = json.loads(told.read_text())
    assert (first["story"], first["previous"], first["run"]) == ("fog", None, 1)
    told.unlink()
    assert synoptic(*command, "--force").exit_code == 0
    assert not told.exists()
    (suite / "data" / "raw" / "fog" / "two.txt").write_text("Nobody was hurt.")
    assert synoptic(*command).exit_code == 0
    second = json.loads(told.read_text())
    assert [article["name"] for article in second["changes"]["articles"]["new"]] == ["two.txt"]
    (suite / "data" / "raw" / "fog" / "two.txt").write_text("One was hurt.")
    ended = synoptic("run", "fog", "--on-change", "exit 7")
    assert ended.exit_code == 1
    assert "the command on change ended with 7" in ended.stderr
    assert "One was hurt" in (suite / "reports" / "fog" / "index.html").read_text()
