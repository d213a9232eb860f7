"""A report compares itself with that of the last run on other articles, and gives the same bytes when made again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.running import kernels
from helpers.running.runner import run_story, verify_story
from suites import make_job, make_suite, open_here, published


@pytest.fixture
def suite(tmp_path, monkeypatch) -> Path:
    """A suite whose report tells how many articles the earlier one had."""
    monkeypatch.setattr(kernels, "open_kernels", open_here)
    monkeypatch.chdir(make_suite(tmp_path))
    path = tmp_path / "notebooks" / "05-report.ipynb"
    notebook = json.loads(path.read_text())
    parameters, body = (next(c for c in notebook["cells"] if c["id"] == name) for name in ("parameters", "body"))
    parameters["source"] = "".join(parameters["source"]) + 'earlier_report = ""  # to compare with\n'
    body["source"] = "".join(body["source"]).replace('report = {', 'report = {"format": 1, ') + (
        '\nearlier = len(json.loads(Path(earlier_report).read_text())["articles"]) if earlier_report else None'
        '\n_ = (folder / "index.html").write_text(f"{len(articles)} articles, earlier {earlier}")'
    )  # fmt: skip
    path.write_text(json.dumps(notebook))
    return tmp_path


def run(suite: Path, **options) -> str:
    run_story(make_job(suite), **options)
    return (suite / "reports" / "fog" / "index.html").read_text()


def add_article(suite: Path) -> None:
    folder = suite / "data" / "raw" / "fog"
    (folder / f"more-{len(list(folder.iterdir()))}.txt").write_text("The pier was repaired.\n")


def test_the_first_report_compares_itself_with_nothing(suite):
    assert run(suite) == "1 articles, earlier None"


def test_a_report_on_more_articles_compares_itself_with_the_one_before(suite):
    run(suite)
    add_article(suite)
    assert run(suite) == "2 articles, earlier 1"
    add_article(suite)
    assert run(suite) == "3 articles, earlier 2"


def test_made_again_it_compares_itself_with_the_same_and_gives_the_same_bytes(suite):
    run(suite)
    add_article(suite)
    run(suite)
    before = published(suite)
    assert run(suite, force=True) == "2 articles, earlier 1"
    assert published(suite) == before
    assert verify_story(make_job(suite))[0] == []


def test_a_report_in_another_format_is_not_compared_with(suite):
    run(suite)
    path = suite / "reports" / "fog" / "report.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 99'))
    add_article(suite)
    assert run(suite) == "2 articles, earlier None"


def test_a_notebook_that_asks_for_no_earlier_report_gets_none(suite):
    path = suite / "notebooks" / "05-report.ipynb"
    path.write_text(path.read_text().replace("earlier_report", "unrelated"))
    run(suite)
    add_article(suite)
    run(suite)
    assert not any("earlier-report" in name for name in published(suite))
