"""The command: what is refused before anything is written, what a failed or broken-off run leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from conftest import ROOT
from helpers import manifest, publish
from helpers.stages import STAGES, UsageError, check_parameters, check_story, read_parameters

NOTEBOOKS = ROOT / "notebooks"


def synoptic(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "helpers.cli", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


@pytest.fixture
def suite(tmp_path) -> Path:
    """A suite in a scratch folder whose notebooks do next to nothing, with one story of one article."""
    (tmp_path / "data" / "raw" / "fog").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "fog" / "one.txt").write_text("The ferry struck the pier.\n")
    (tmp_path / "notebooks").mkdir()
    for stage in STAGES:
        code = [
            'story = "fog"  # which\nraw_dir = "data/raw"  # where\nraw_folder = ""  # where\n'
            'processed_dir = "data/processed"  # to\nreports_dir = "reports"  # to\nfault = ""  # which stage fails',
            f"if fault == {stage.name!r}:\n    raise RuntimeError('planned')",
            "from helpers.articles import read_articles\nfrom helpers.tables import locate_story, locate, write_table\n"
            + (
                "a = write_table(read_articles(locate_story(story, raw_dir, raw_folder)), 'articles', story, processed_dir)"
                if stage.name == STAGES[0].name
                else "page = locate(reports_dir, story, 'index.html')\npage.parent.mkdir(parents=True, exist_ok=True)\n"
                "_ = page.write_text('<p>' + story)"
            ),
        ]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in code])
        notebook.cells[0].metadata["tags"] = ["parameters"]
        nbformat.write(notebook, tmp_path / "notebooks" / f"{stage.name}.ipynb")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", ["../x", "/etc", "", "  ", ".hidden", "nowhere", "a\nb"])
def test_a_bad_name_of_a_story_is_refused_with_the_list_of_stories(name):
    with pytest.raises(UsageError, match="there are: fog, ice"):
        check_story(name, ["fog", "ice"], anywhere=False)


def test_a_story_given_by_its_folder_may_be_new_but_not_lead_elsewhere():
    assert check_story("new", ["fog"], anywhere=True) == "new"
    with pytest.raises(UsageError):
        check_story("../x", ["fog"], anywhere=True)


def test_an_unknown_parameter_is_refused_with_the_nearest_name():
    with pytest.raises(UsageError, match="did you mean 'min_confidence'"):
        check_parameters({"min_confidense": "0.5"}, NOTEBOOKS)


def test_a_parameter_of_the_wrong_type_is_refused():
    with pytest.raises(UsageError, match="'min_confidence' must be a number, not 'high'"):
        check_parameters({"min_confidence": "high"}, NOTEBOOKS)


def test_parameters_are_read_as_the_type_of_their_default():
    given = {"min_confidence": "1", "language_model": "007", "questions": "['It sank.']"}
    assert check_parameters(given, NOTEBOOKS) == {
        "min_confidence": 1.0,
        "language_model": "007",
        "questions": ["It sank."],
    }


def test_where_things_go_is_no_parameter():
    with pytest.raises(UsageError):
        check_parameters({"processed_dir": "/tmp"}, NOTEBOOKS)


def test_every_notebook_declares_the_story_and_its_folders():
    for stage in STAGES:
        assert {"story", "raw_dir", "processed_dir"} <= set(read_parameters(NOTEBOOKS / f"{stage.name}.ipynb"))


def test_wrong_usage_ends_with_2_and_one_line(suite):
    for arguments in (["run"], ["run", "../x"], ["run", "fog", "--all"], ["run", "fog", "-p", "falt", "x"]):
        ended = synoptic(*arguments, cwd=suite)
        assert ended.returncode == 2, ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1
    assert not (suite / "data" / "processed").exists()


@pytest.mark.slow
def test_a_run_publishes_then_has_nothing_to_do_then_mends_what_was_edited(suite):
    first = synoptic("run", "fog", cwd=suite)
    assert first.returncode == 0, first.stderr
    published = files(suite / "reports")
    assert "unchanged" in synoptic("run", "fog", cwd=suite).stdout
    (suite / "reports" / "fog" / "index.html").write_text("by hand")
    mended = synoptic("run", "fog", "--explain", cwd=suite)
    assert "output report/index.html" in mended.stdout
    assert files(suite / "reports") == published
    leftovers = [p.name for p in (suite / "data" / "processed").iterdir() if p.name != "fog"]
    assert leftovers == []


@pytest.mark.slow
def test_a_failing_notebook_keeps_the_published_report_and_says_where_it_failed(suite):
    assert synoptic("run", "fog", cwd=suite).returncode == 0
    before = files(suite / "reports") | files(suite / "data" / "processed" / "fog")
    ended = synoptic("run", "fog", "-p", "fault", "03-align-claims", cwd=suite)
    assert ended.returncode == 1
    assert "03-align-claims: RuntimeError: planned" in ended.stderr
    assert files(suite / "reports") | files(suite / "data" / "processed" / "fog") == before
    kept = suite / "data" / "processed" / ".failed-fog" / "03-align-claims.ipynb"
    assert "planned" in kept.read_text()


@pytest.mark.slow
def test_an_article_that_cannot_be_read_makes_the_run_partial(suite):
    (suite / "data" / "raw" / "fog" / "empty.txt").write_bytes(b"")
    ended = synoptic("run", "fog", cwd=suite)
    assert ended.returncode == 3
    assert "empty.txt: empty" in ended.stderr


def test_a_held_lock_ends_with_4_and_says_who_holds_it(suite):
    from filelock import FileLock

    processed = suite / "data" / "processed"
    processed.mkdir()
    (processed / ".lock-fog.holder").write_text("process 4711\n")
    with FileLock(processed / ".lock-fog"):
        ended = synoptic("run", "fog", cwd=suite)
    assert ended.returncode == 4
    assert "process 4711 holds the lock of story 'fog'" in ended.stderr


def test_a_folder_set_aside_by_a_killed_run_comes_back(tmp_path):
    (tmp_path / ".old-fog").mkdir()
    (tmp_path / ".old-fog" / "index.html").write_text("old")
    (tmp_path / ".staging-fog" / "fog").mkdir(parents=True)
    publish.recover(tmp_path, "fog")
    assert files(tmp_path) == {"fog/index.html": b"old"}
    assert [p.name for p in tmp_path.iterdir()] == ["fog"]


def test_prose_does_not_change_the_digest_of_a_notebooks_code(tmp_path):
    notebook = json.loads((NOTEBOOKS / "01-read-articles.ipynb").read_text())
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(notebook))
    before = manifest.digest_code(path)
    notebook["cells"][0]["source"] = ["# Another title"]
    path.write_text(json.dumps(notebook))
    assert manifest.digest_code(path) == before
    notebook["cells"][1]["source"] = ["x = 1"]
    path.write_text(json.dumps(notebook))
    assert manifest.digest_code(path) != before


def test_the_check_for_changes_imports_neither_pandas_nor_papermill():
    code = (
        "import sys; from pathlib import Path; from helpers.runner import Job, find_changes;"
        "find_changes(Job('netflix-facebook-messages', 'data/raw/netflix-facebook-messages', 'data/processed', 'reports', Path('.')));"
        "print(sorted({'pandas', 'papermill', 'spacy', 'matplotlib'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert shown.stdout.strip() == "[]", shown.stderr
