"""From raw text to one page: the shipped story as a newcomer runs it, and the originals as they are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, SHIPPED_STORY
from helpers import tables

pytestmark = pytest.mark.slow


def run(folder: Path, story: str, *more: str, **environment: str) -> Path:
    command = [
        sys.executable, "-m", "helpers.running.cli", "run", story, "--processed", str(folder / "processed"), "--reports",
        str(folder / "reports"), "--force", *more,
    ]  # fmt: skip
    environment = {**os.environ, **environment}
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, env=environment)
    assert ended.returncode == 0, ended.stderr
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and not path.name.startswith(".lock")
    }


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    return run(tmp_path_factory.mktemp("shipped"), SHIPPED_STORY)


def test_every_table_is_there_and_every_span_is_where_it_says(shipped):
    frames = tables.read_tables(SHIPPED_STORY, shipped / "processed")
    assert tables.find_misplaced(frames) == []
    assert len(frames["articles"]) == 5
    assert len(frames["disagreements"]) > 0


def test_the_same_bytes_come_of_another_place_locale_time_zone_and_hash_seed(shipped, tmp_path):
    odd = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"}
    again = run(tmp_path, SHIPPED_STORY, **odd, MPLBACKEND="svg", COLUMNS="20")
    assert files(again) == files(shipped)


def test_the_committed_report_has_the_findings_of_a_fresh_run(shipped):
    fresh = json.loads((shipped / "reports" / SHIPPED_STORY / "report.json").read_text(encoding="utf-8"))
    committed = json.loads((ROOT / "reports" / SHIPPED_STORY / "report.json").read_text(encoding="utf-8"))
    assert committed["disagreements"] == fresh["disagreements"]
    assert committed["propositions"] == fresh["propositions"]


def test_the_page_is_one_file_under_a_megabyte_that_asks_nothing_of_any_server(shipped):
    page = (shipped / "reports" / SHIPPED_STORY / "index.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 1_000_000
    assert "default-src 'none'" in page
    for reference in ('src="http', 'href="http', "url(http", "@import"):
        assert reference not in page


def test_nothing_published_names_a_folder_of_this_machine(shipped):
    for name, content in files(shipped).items():
        for place in (ROOT, shipped, sys.prefix, Path.home()):
            assert f"{place}/".encode() not in content, name


def test_the_originals_run_as_they_are(originals, tmp_path):
    run(tmp_path, "netflix-messages", "--raw", str(originals))
    frames = tables.read_tables("netflix-messages", tmp_path / "processed")
    assert tables.find_misplaced(frames) == []
    assert "foreign" in set(frames["passages"]["kind"])
    found = frames["disagreements"]
    assert {"denial", "wording"} <= set(found["kind"])
    denial = found[(found["kind"] == "denial") & (found["severity"] == "major")]
    sides = frames["disagreement_sides"].merge(denial[["disagreement_id"]])
    assert sides["article_id"].nunique() >= 3
