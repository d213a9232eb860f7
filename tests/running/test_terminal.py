"""What the command says: one plain line where something is wrong, nothing that a terminal obeys, and an end when interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from conftest import ROOT
from helpers.report.excerpts import EXCERPTS
from helpers.running import announcing, kernels
from helpers.running.cli import main
from helpers.running.kernels import RunError
from helpers.running.machine.terminal import show_line
from helpers.running.stages import UsageError, check_parameters
from suites import leftovers, make_suite, open_here, published

NOTEBOOKS = ROOT / "notebooks"
HOSTILE = "Fog\x1b[2J\x1b]0;owned\x07 \u202egnp.exe\u202c \x9b31m\r"


@pytest.fixture
def suite(tmp_path, monkeypatch) -> Path:
    """A suite in a scratch folder whose notebooks take no time, called from inside, executed in this process."""
    monkeypatch.setattr(kernels, "open_kernels", open_here)
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.chdir(make_suite(tmp_path))
    return tmp_path


def synoptic(*arguments: str):
    return CliRunner().invoke(main, arguments)


def start(*arguments: str, cwd: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "helpers.running.cli", *arguments]
    return subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def obeyed(text: str) -> list[str]:
    """List the characters of a text that a terminal would obey, or that turn its direction."""
    return [char for char in text if char != "\n" and not char.isprintable()]


# What a terminal would obey


def test_nothing_in_a_line_is_obeyed_by_a_terminal():
    assert obeyed(show_line(HOSTILE + "\ud800")) == []
    assert "⟨U+001B⟩[2J" in show_line(HOSTILE) and "⟨U+202E⟩" in show_line(HOSTILE)


def test_every_command_shows_hostile_titles_and_texts_as_characters(suite):
    folder = suite / "data" / "raw" / "fog"
    (folder / "story.yaml").write_text(f"title: {json.dumps(HOSTILE)}\n")
    (folder / "one.txt").write_text(HOSTILE)
    (folder / f"{HOSTILE.strip()}.txt").write_text("")
    said = [synoptic("run", "fog", "--explain")]
    (folder / f"{HOSTILE.strip()}.txt").unlink()
    said += [synoptic(*command) for command in (("run", "fog", "--explain"), ("stories",), ("history", "fog"))]
    said += [
        synoptic("diff", "fog"),
        synoptic("diff", "fog", "--json"),
        synoptic("verify", "fog"),
        synoptic("run", HOSTILE),
    ]
    assert "⟨U+202E⟩" in "".join(ended.output for ended in said)
    assert obeyed("".join(ended.output for ended in said)) == []


def test_a_log_holds_no_colours(suite, monkeypatch):
    def fail(*_):
        raise RunError("fog: \x1b[31mred\x1b[0m", "\x1b[31mtrace\x1b[0m")

    monkeypatch.setattr("helpers.running.runner.run_story", fail)
    synoptic("run", "fog", "--log", "run.log")
    assert obeyed((suite / "run.log").read_text()) == []


def test_the_traceback_of_a_notebook_comes_without_colours(tmp_path):
    suite = make_suite(tmp_path)
    path = suite / "notebooks" / "01-read-articles.ipynb"
    path.write_text(path.read_text().replace("import json", "raise ValueError('\\\\x1b[31mred')", 1))
    ended = start("run", "fog", cwd=suite)
    _, wrong = ended.communicate(timeout=120)
    assert ended.returncode == 1
    assert wrong.startswith("synoptic: fog: 01-read-articles: ValueError: red")
    assert obeyed(wrong) == [] and "⟨U+001B⟩" not in wrong
    kept = suite / "data" / "processed" / ".failed-fog" / "01-read-articles.ipynb"
    assert "\\u001b" not in kept.read_text()


# One plain line


@pytest.mark.parametrize(
    "arguments",
    [["run", "--nope", "fog"], ["runn"], ["history"], ["run", "fog", "--keep", "none"], ["diff", "fog", "x"]],
)
def test_a_wrong_call_is_one_plain_line(suite, arguments):
    ended = synoptic(*arguments)
    assert ended.exit_code == 2
    assert ended.stderr.startswith("synoptic: ") and ended.stderr.count("\n") == 1
    assert ended.stdout == ""


@pytest.mark.slow
def test_a_fault_in_a_description_is_one_line_with_file_and_line_and_stops_no_other_story(tmp_path):
    suite = make_suite(tmp_path, "fog", "ice")
    for name in ("01-read-articles",):
        path = suite / "notebooks" / f"{name}.ipynb"
        path.write_text(path.read_text().replace('"import json\\n', '"from helpers.articles import read_story\\n_ = read_story(Path(raw_dir, story))\\nimport json\\n').replace("_ = read_story(", "from pathlib import Path\\n_ = read_story("))  # fmt: skip
    (suite / "data" / "raw" / "fog" / "story.yaml").write_text("articles:\n  one.txt:\n    published: 2021-02-30\n")
    both = start("run", "--all", cwd=suite)
    said, wrong = both.communicate(timeout=300)
    assert both.returncode == 1
    assert wrong == "synoptic: fog: fog/story.yaml: line 3: `published`: 2021-02-30 is no possible date\n"
    assert said.startswith("ice: done")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"excerpts": "everything"}, "'excerpts' must be spans, sentences or full, not 'everything'"),
        ({"min_confidence": "1.5"}, "must be a number from 0 to 1"),
        ({"min_confidence": "1e999"}, "must be a number from 0 to 1"),
        ({"size_limit": "0"}, "must be at least 1"),
        ({"questions": "[1, 2]"}, "must be a list of sentences"),
        ({"questions": "['']"}, "must be a list of sentences"),
        ({"corpus_root": "nowhere"}, "there is no folder 'nowhere'"),
        ({"questions": "\udcff"}, "no UTF-8"),
    ],
)
def test_a_parameter_out_of_its_bounds_is_refused(given, said):
    with pytest.raises(UsageError) as error:
        check_parameters(given, NOTEBOOKS)
    assert said in str(error.value)


def test_every_excerpt_that_the_report_knows_may_be_asked_for():
    assert [check_parameters({"excerpts": name}, NOTEBOOKS)["excerpts"] for name in EXCERPTS] == list(EXCERPTS)


# Interrupted


@pytest.mark.slow
@pytest.mark.parametrize("which", ["fog", "--all"])
def test_an_interrupted_run_ends_with_130_and_one_line_and_leaves_no_process(tmp_path, which):
    suite = make_suite(tmp_path, "fog", "ice")
    for path in (suite / "notebooks").glob("03*.ipynb"):
        path.write_text(path.read_text().replace("import json", "import time; time.sleep(600)", 1))
    run = start("run", which, cwd=suite)
    while not list((suite / "data" / "processed").glob(".staging-*/.executed/03-align-claims.ipynb")):
        assert run.poll() is None, run.communicate()
        time.sleep(0.05)
    time.sleep(0.5)
    at_work = psutil.Process(run.pid).children(recursive=True)
    os.killpg(run.pid, signal.SIGINT)
    said, wrong = run.communicate(timeout=30)
    assert (run.returncode, said) == (130, "")
    assert wrong == "synoptic: interrupted: what is published stays as it was, and the next run goes on from here\n"
    left = psutil.wait_procs(at_work, timeout=5)[1]
    assert [process for process in left if process.status() != psutil.STATUS_ZOMBIE] == []


# Where the suite is


def test_a_run_from_another_folder_takes_the_suite_that_is_named(suite, monkeypatch):
    (suite / "elsewhere").mkdir()
    monkeypatch.chdir(suite.parent)
    ended = synoptic("run", "fog", "--suite", suite.name)
    assert ended.exit_code == 0, ended.output
    assert published(suite)["index.html"]
    assert "fog: no story" not in synoptic("stories", "--suite", str(suite)).output
    ended = synoptic("history", "fog", "--suite", str(suite / "elsewhere"))
    assert ended.exit_code == 2
    assert "that is no suite" in ended.stderr and "--suite DIR" in ended.stderr


def test_a_run_from_nowhere_takes_the_checkout_that_the_command_comes_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "ferry-accident: " in synoptic("stories").output
    monkeypatch.setattr("helpers.running.manifest.HERE", tmp_path / "site-packages" / "helpers")
    ended = synoptic("run", "fog")
    assert ended.exit_code == 2
    assert ended.stderr.count("\n") == 1 and "--suite DIR" in ended.stderr and "synoptic init" in ended.stderr


# The command on change


def test_a_command_on_change_that_takes_too_long_is_ended_with_what_it_started(suite, monkeypatch):
    monkeypatch.setattr(announcing, "PATIENCE", 1)
    ended = synoptic("run", "fog", "--on-change", "sleep 600 & echo $! > sleeper; wait")
    assert ended.exit_code == 1
    assert "took longer than 1 seconds" in ended.stderr
    with pytest.raises(psutil.NoSuchProcess):
        psutil.Process(int((suite / "sleeper").read_text())).wait(3)
        raise psutil.NoSuchProcess(0)
    assert published(suite)["index.html"] and leftovers(suite) == []


def test_a_command_on_change_need_not_read_what_it_is_given(suite):
    assert synoptic("run", "fog", "--on-change", "true").exit_code == 0
