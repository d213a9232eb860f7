"""Runs that are killed, starved or shut out: readers see the old report or the new one, and the next run mends the rest."""

from __future__ import annotations

import fcntl
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

from helpers.running import kernels, manifest, publish
from helpers.running.cli import main
from helpers.running.runner import run_story
from suites import execute_here, leftovers, make_job, make_suite, open_here, published

# What a run does to the file system, as Python announces it; the exchange of two folders shows as the look-up of its name.
STEPS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "ctypes.dlsym")
SAMPLES = 16


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch):
    """No test pulls the plug: bringing files to the disk would only take time."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def synoptic(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "helpers.running.cli", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


def start(*arguments: str, cwd: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "helpers.running.cli", *arguments]
    return subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def list_children(run: subprocess.Popen) -> list[psutil.Process]:
    return psutil.Process(run.pid).children(recursive=True)


def split(suite: Path) -> tuple[dict, dict]:
    """Split what is published into the report and the tables."""
    found = published(suite)
    tables = {name: content for name, content in found.items() if name.startswith("tables/")}
    return {name: content for name, content in found.items() if name not in tables}, tables


def run_and_die(suite: Path, at: int) -> int:
    """Run in a process of its own that is killed at its step number `at`; gives the number of steps if it never was."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        _, status = os.waitpid(child, 0)
        counted = os.read(reader, 20)
        os.close(reader)
        assert os.WIFSIGNALED(status) or counted
        return int(counted or 0)
    steps = 0

    def count(event: str, details: tuple) -> None:
        nonlocal steps
        if event in STEPS and (event != "open" or "w" in str(details[1])):
            steps += 1
            if steps == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        run_story(make_job(suite), execute=execute_here)
        os.write(writer, str(steps).encode())
    finally:
        os._exit(0)


def is_of_one_run(suite: Path) -> bool:
    """Say whether the report is the one that the manifest lists, once no process lets folders change places any more."""
    guard = suite / "data" / "processed" / ".staging-fog" / publish.SWITCHING
    if guard.exists():
        with guard.open("wb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
    listed = manifest.read_manifest(suite / "data" / "processed" / "fog")["outputs"]
    folders = {"report": suite / "reports" / "fog", "tables": suite / "data" / "processed" / "fog"}
    return manifest.describe_outputs(folders) == listed


def test_a_run_killed_at_any_step_leaves_a_whole_report_and_the_next_run_completes_it(tmp_path):
    suite = make_suite(tmp_path)
    article = suite / "data" / "raw" / "fog" / "one.txt"
    texts = ["The ferry struck the pier.\n", "Eleven people were hurt.\n"]
    clean = []
    for text in texts:
        article.write_text(text)
        run_story(make_job(suite), execute=execute_here)
        clean.append(split(suite))
    article.write_text(texts[0])
    total = run_and_die(suite, 0)
    assert total > 150
    for number in range(SAMPLES):
        turn = number % 2
        article.write_text(texts[1 - turn])
        # half of the samples fall on the last steps, in which the folders change places
        at = 1 + total * number // SAMPLES if number < SAMPLES // 2 else total - 2 * (SAMPLES - number) - 10
        run_and_die(suite, at)
        assert is_of_one_run(suite), f"killed at step {at}"
        report, tables = split(suite)
        assert report in [clean[0][0], clean[1][0]], f"killed at step {at}"
        assert tables in [clean[0][1], clean[1][1]], f"killed at step {at}"
        run_story(make_job(suite), execute=execute_here)
        assert split(suite) == clean[1 - turn], f"killed at step {at}"
        assert leftovers(suite) == []


def test_a_run_killed_between_the_two_exchanges_leaves_report_and_manifest_of_one_run(tmp_path, monkeypatch):
    suite = make_suite(tmp_path)
    run_story(make_job(suite), execute=execute_here)
    (suite / "data" / "raw" / "fog" / "one.txt").write_text("Eleven people were hurt.\n")

    def start_and_die(*command, **options):
        subprocess.Popen(*command, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        monkeypatch.setattr(publish.subprocess, "run", start_and_die)
        try:
            run_story(make_job(suite), execute=execute_here)
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert is_of_one_run(suite)
    assert "Eleven" in (suite / "reports" / "fog" / "index.html").read_text()
    assert run_story(make_job(suite), execute=execute_here).state == "unchanged"
    assert leftovers(suite) == []


@pytest.mark.slow
def test_kernels_die_with_their_run_and_stages_that_were_done_are_not_repeated(tmp_path):
    suite = make_suite(tmp_path)
    run_story(make_job(suite), execute=execute_here)
    before = published(suite)
    (suite / "data" / "raw" / "fog" / "one.txt").write_text("Eleven people were hurt.\n")
    staging = suite / "data" / "processed" / ".staging-fog"
    for stage in ("02-extract-claims", "04-compare-sources"):
        run = start("run", "fog", cwd=suite)
        while not (staging / ".executed" / f"{stage}.ipynb").exists() or not (at_work := list_children(run)):
            assert run.poll() is None, run.communicate()
            time.sleep(0.005)
        run.kill()
        run.wait()
        left = psutil.wait_procs(at_work, timeout=5)[1]
        # what has ended and waits for the machine's first process to take note of it is dead too
        assert [process for process in left if process.status() != psutil.STATUS_ZOMBIE] == []
        assert published(suite) == before
    run = start("run", "fog", "--explain", cwd=suite)
    while not (kernel := list_children(run)):
        time.sleep(0.005)
    kernel[0].kill()  # a kernel that dies, as for want of memory, is a failure and not a finding
    assert run.wait() == 1
    wrong = run.stderr.read().splitlines()
    assert wrong[0].startswith("synoptic: fog: 04-compare-sources: ")
    assert "Kernel died" in wrong[0]
    assert published(suite) == before
    ended = synoptic("run", "fog", "--explain", cwd=suite)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count(": kept") == 3
    after = published(suite)
    assert after != before
    assert leftovers(suite) == []
    # what real kernels made is what a run from nothing makes
    assert synoptic("verify", "fog", cwd=suite).returncode == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk")
class TestOnASmallDisk:
    @pytest.fixture
    def disk(self, tmp_path) -> Path:
        """A suite whose results go to a disk of their own of 2 MB, where a first run is published."""
        suite = make_suite(tmp_path / "suite")
        for folder in ("data/processed", "reports"):
            (suite / folder).mkdir()
            size = ["-o", "size=2m", "tmpfs", str(suite / folder)]
            if subprocess.run(["mount", "-t", "tmpfs", *size], capture_output=True).returncode:
                pytest.skip("no disk can be mounted here")
        run_story(make_job(suite), execute=execute_here)
        (suite / "data" / "raw" / "fog" / "one.txt").write_text("Eleven people were hurt.\n")
        yield suite
        for folder in ("data/processed", "reports"):
            subprocess.run(["umount", "-l", str(suite / folder)], check=False)

    @pytest.mark.parametrize("full", ["data/processed", "reports"])
    def test_a_full_disk_ends_with_1_and_one_line_and_keeps_what_was_published(self, disk, full, monkeypatch):
        before = published(disk)
        ballast = disk / full / "ballast"
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError):
            while True:
                file.write(b"0" * 4096)
        monkeypatch.setattr(kernels, "open_kernels", open_here)
        monkeypatch.chdir(disk)
        ended = CliRunner().invoke(main, ["run", "fog"])
        assert ended.exit_code == 1
        assert "No space left on device" in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
        assert published(disk) == before
        ballast.unlink()
        assert run_story(make_job(disk), execute=execute_here).state == "done"
        assert published(disk) != before
        assert leftovers(disk) == []

    @pytest.mark.parametrize("locked", ["data/processed", "reports"])
    def test_a_read_only_folder_ends_with_1_and_one_line(self, disk, locked, monkeypatch):
        before = published(disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk / locked)], check=True)
        monkeypatch.setattr(kernels, "open_kernels", open_here)
        monkeypatch.chdir(disk)
        ended = CliRunner().invoke(main, ["run", "fog"])
        assert ended.exit_code == 1
        assert "Read-only file system" in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
        accepted = CliRunner().invoke(main, ["run", "fog", "--accept"])
        assert accepted.exit_code == (1 if locked == "data/processed" else 0), accepted.output
        assert len(accepted.stderr.splitlines()) == accepted.exit_code
        assert published(disk) == before


def test_a_kernel_that_finds_the_disk_full_says_so_in_one_line(tmp_path):
    suite = make_suite(tmp_path)
    path = suite / "notebooks" / "01-read-articles.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][2]["source"] = "import errno, os\nraise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))"
    path.write_text(json.dumps(notebook))
    ended = synoptic("run", "fog", "--quiet", cwd=suite)
    assert ended.returncode == 1
    assert ended.stderr == "synoptic: fog: 01-read-articles: OSError: [Errno 28] No space left on device\n"


def test_two_runs_at_once_and_stories_side_by_side(tmp_path):
    suite = make_suite(tmp_path, "fog", "ice")
    both = start("run", "--all", "--quiet", "--jobs", "2", cwd=suite)
    while not (suite / "data" / "processed" / ".lock-fog.holder").exists():
        assert both.poll() is None, both.communicate()
        time.sleep(0.005)
    second = synoptic("run", "fog", cwd=suite)
    assert second.returncode == 4
    assert "holds the lock of story 'fog'" in second.stderr
    said, wrong = both.communicate()
    assert (both.returncode, wrong) == (0, "")
    assert [line.split(":")[0] for line in said.splitlines()] == ["fog", "ice"]
    assert leftovers(suite) == []
