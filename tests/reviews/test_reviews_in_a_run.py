"""Reviews in a run: which stages they rerun, what the command says of them, and how it ends."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from conftest import ROOT
from helpers.articles import read_articles
from helpers.reviews import append_reviews
from helpers.reviews.form import make_annotation
from helpers.reviews.places import record_target
from helpers.running.batch import Wishes, describe_outcome
from helpers.running.cli import main
from helpers.running.freshness import Outcome
from helpers.running.manifest import read_manifest
from helpers.running.runner import run_story
from helpers.store.journal import NAME
from suites import execute_here, make_job, make_suite


def review(folder, action, words="struck", **told):
    (row,) = list(read_articles(folder).itertuples())[:1]
    start = row.text.index(words)
    annotation = make_annotation(action, [record_target(row, start, start + len(words))], "Ada", **told)
    append_reviews(folder, [annotation])
    return annotation


def run(job):
    return run_story(job, execute=execute_here)


@pytest.mark.parametrize(
    ("action", "told", "first"),
    [("publisher", {"value": "The Fog"}, 1), ("stance", {"value": "denies"}, 2), ("note", {"why": "look again"}, 4)],
)
def test_a_review_reruns_the_stages_that_it_touches_and_none_before(tmp_path, action, told, first):
    job = make_job(make_suite(tmp_path))
    run(job)
    review(job.raw, action, **told)
    outcome = run(job)
    assert outcome.changed == ["reviews"]
    by_itself = [step.stage for step in outcome.steps if "reviews" in step.reasons]
    assert by_itself[0].startswith(f"0{first}") and by_itself[-1].startswith("04")
    assert [step.action for step in outcome.steps][: first - 1] == ["kept"] * (first - 1)
    assert run(job).state == "unchanged"
    assert read_manifest(job.published.tables)["inputs"]["reviews"]


def test_the_record_is_no_article(tmp_path):
    folder = make_suite(tmp_path) / "data" / "raw" / "fog"
    before = read_articles(folder)
    review(folder, "note", why="look again")
    assert read_articles(folder).equals(before)


def test_reviews_without_a_place_end_a_run_with_three(tmp_path):
    job = make_job(make_suite(tmp_path))
    result = describe_outcome(job, Outcome("unchanged", [], orphans=["line 2: stance: gone"]), Wishes(), 0)
    assert (result.code, result.wrong) == (3, ["fog: a review has lost its place: line 2: stance: gone"])


@pytest.fixture
def ferry(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "data" / "raw" / "ferry-accident", tmp_path / "data" / "raw" / "ferry")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "raw" / "ferry"


def call(*words):
    return CliRunner().invoke(main, ["review", "ferry", *words])


def test_the_command_lists_what_was_reviewed(ferry):
    assert call().output == "ferry: no reviews\n"
    review(ferry, "stance", "struck the east pier", value="denies", why="so it says", was="asserts")
    result = call()
    first, last = result.output.splitlines()
    assert first.startswith(
        "   1  applied   stance: denies (was: asserts) in 01-coast-wire «struck the east pier» because so it says (Ada, "
    )
    assert (last, result.exit_code) == ("ferry: 1 reviews: 1 applied", 0)
    assert call("--check").exit_code == 0


def test_the_command_names_the_orphans_and_ends_with_three(ferry):
    review(ferry, "stance", "struck the east pier", value="denies")
    article = ferry / "01-coast-wire.txt"
    article.write_text(article.read_text().replace("struck the east pier", "met the east pier"))
    result = call("--check")
    assert result.exit_code == 3
    assert "ferry: line 1: stance 'denies': its words no longer stand there: 'struck the east pier'" in result.output


def test_a_broken_record_is_refused_with_the_line(ferry):
    review(ferry, "stance", "struck the east pier", value="denies")
    with (ferry / NAME).open("a") as file:
        file.write("{}\n")
    result = call()
    assert (result.exit_code, "review.jsonl line 2: no Web Annotation" in result.output) == (1, True)
