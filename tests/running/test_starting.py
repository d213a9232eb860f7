"""A suite without cloning: `synoptic init` lays one out, and what is installed from a release can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from helpers.running.cli import main
from suites import files

LAID_OUT = {"Makefile", "README.md", ".gitignore", "notebooks/05-report.ipynb", "data/raw/ferry-accident/story.yaml"}


def synoptic(*arguments: str):
    return CliRunner().invoke(main, arguments)


def test_a_suite_is_laid_out_in_an_empty_folder_and_knows_its_story(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = synoptic("init", "my suite")
    assert ended.exit_code == 0, ended.output
    assert "next: cd my suite && synoptic run --all" in ended.output
    assert set(files(tmp_path / "my suite")) >= LAID_OUT
    monkeypatch.chdir(tmp_path / "my suite")
    assert "The Halvik ferry accident (6 files, no report yet)" in synoptic("stories").output


def test_nothing_that_is_there_is_overwritten(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Makefile").write_text("all:\n")
    ended = synoptic("init")
    assert (ended.exit_code, ended.stderr) == (2, "synoptic: .: Makefile is there already; name an empty folder\n")
    assert files(tmp_path) == {"Makefile": b"all:\n"}


@pytest.mark.slow
def test_a_wheel_made_from_the_source_archive_lays_out_the_same_suite(tmp_path):
    pytest.importorskip("setuptools")
    source = tmp_path / "source"
    leave_out = shutil.ignore_patterns(
        ".*", "__pycache__", "*.egg-info", "build", "processed", "stories", "tests", "reports"
    )
    shutil.copytree(ROOT, source, ignore=leave_out)
    quiet = {"cwd": source, "check": True, "capture_output": True}
    subprocess.run([sys.executable, "setup.py", "-q", "sdist", "-d", str(tmp_path)], **quiet)
    shutil.unpack_archive(next(tmp_path.glob("*.tar.gz")), tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(tmp_path),
        str(unpacked),
    ]
    subprocess.run(command, check=True, capture_output=True)
    shutil.unpack_archive(next(tmp_path.glob("*.whl")), tmp_path / "installed", "zip")
    suite = tmp_path / "suite"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    code = f"from pathlib import Path\nfrom helpers.running import starter as starting\nprint(starting.__file__)\nstarting.lay_out_suite(Path({str(suite)!r}))"
    shown = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert Path(shown.stdout.strip()).is_relative_to(tmp_path / "installed")
    assert set(files(suite)) >= LAID_OUT
    for part in ("notebooks", "data/raw/ferry-accident"):
        assert files(suite / part) == {
            name: text for name, text in files(ROOT / part).items() if "/." not in f"/{name}"
        }
