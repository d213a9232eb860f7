"""A run: what is refused before anything is written, what is kept and what is made again, and what readers see meanwhile."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from helpers.running import history, kernels, manifest
from helpers.running.cli import main
from helpers.running.runner import accept_outputs, run_story, verify_story
from helpers.running.stages import STAGES, UsageError, check_parameters, check_story, read_parameters
from suites import execute_here, files, leftovers, make_job, make_suite, open_here, published

NOTEBOOKS = ROOT / "notebooks"
NAMES = [stage.name for stage in STAGES]


@pytest.fixture
def suite(tmp_path, monkeypatch) -> Path:
    """A suite in a scratch folder whose notebooks take no time, called from inside, executed in this process."""
    monkeypatch.setattr(kernels, "open_kernels", open_here)
    monkeypatch.chdir(make_suite(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch):
    """No test pulls the plug: bringing files to the disk would only take time."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def run(suite: Path, *, force: bool = False, story: str = "fog", **parameters):
    return run_story(make_job(suite, story, **parameters), force)


def actions(outcome) -> list[str]:
    return [step.action for step in outcome.steps]


def synoptic(*arguments: str):
    return CliRunner().invoke(main, arguments)


def edit_notebook(suite: Path, name: str, cell: int, source: str) -> None:
    path = suite / "notebooks" / f"{name}.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][cell]["source"] = source
    path.write_text(json.dumps(notebook))


# What is refused


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
    read = check_parameters(given, NOTEBOOKS)
    assert read == {"min_confidence": 1.0, "language_model": "007", "questions": ["It sank."]}
    assert isinstance(read["min_confidence"], float)


def test_where_things_go_is_no_parameter():
    with pytest.raises(UsageError):
        check_parameters({"processed_dir": "/tmp"}, NOTEBOOKS)


def test_every_notebook_declares_the_story_and_its_folders():
    for stage in STAGES:
        assert {"story", "raw_dir", "processed_dir"} <= set(read_parameters(NOTEBOOKS / f"{stage.name}.ipynb"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"], ["run", "../x"], ["run", "fog", "--all"], ["run", "fog", "-p", "falt", "x"], ["run", "--all", "--raw", "."],
        ["run", "fog", "--accept", "--force"], ["run", "fog", "--raw", "nowhere"], ["verify", "fog"], ["diff", "fog"],
        ["history", "ice"], ["run", "fog", "--accept"], ["watch", "ice"],
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_one_line(suite, arguments):
    ended = synoptic(*arguments)
    assert ended.exit_code == 2, ended.output
    assert len(ended.stderr.strip().splitlines()) == 1
    assert not (suite / "data" / "processed" / "fog").exists()


# What is kept and what is made again


def test_a_run_publishes_and_the_next_one_has_nothing_to_do(suite):
    assert actions(run(suite)) == ["ran"] * 5
    before = files(suite)
    assert run(suite).state == "unchanged"
    assert files(suite) == before
    assert leftovers(suite) == []


def test_a_changed_article_is_named_as_the_cause(suite):
    run(suite)
    (suite / "data" / "raw" / "fog" / "two.txt").write_text("Nobody was hurt.")
    shown = synoptic("run", "fog", "--explain").output
    assert "ran because of: raw article two.txt" in shown
    assert "01-read-articles: ran (raw article two.txt)" in shown
    assert "02-extract-claims: ran (table articles, table passages)" in shown


def test_a_change_that_leaves_the_tables_alone_stops_there(suite):
    run(suite)
    (suite / "data" / "raw" / "fog" / "notes.json").write_text("{}")
    assert actions(run(suite)) == ["ran", "kept", "kept", "kept", "ran"]


def test_a_parameter_reaches_only_the_notebooks_that_declare_it_and_the_report_that_tells_of_it(suite):
    path = suite / "notebooks" / "04-compare-sources.ipynb"
    path.write_text(path.read_text().replace('fault = \\"\\"', 'weight = 1.0  # heavy\\nfault = \\"\\"'))
    run(suite)
    outcome = run(suite, weight=2.0)
    assert outcome.changed == ["parameter weight"]
    assert actions(outcome) == ["kept", "kept", "kept", "ran", "ran"]


def test_changed_code_runs_its_notebook_and_what_depends_on_it(suite):
    run(suite)
    path = suite / "notebooks" / "03-align-claims.ipynb"
    path.write_text(path.read_text().replace("name + str", "'new ' + name + str"))
    outcome = run(suite)
    assert outcome.steps[2].reasons == ["code of 03-align-claims"]
    assert actions(outcome) == ["kept", "kept", "ran", "ran", "ran"]


def test_changed_prose_is_set_anew_without_running_anything(suite):
    run(suite)
    before = published(suite)
    edit_notebook(suite, "02-extract-claims", 0, "# Another title")
    outcome = run(suite)
    assert actions(outcome) == ["kept", "rendered", "kept", "kept", "kept"]
    after = published(suite)
    changed = {name for name in after if before[name] != after[name]}
    assert changed == {
        "notebooks/02-extract-claims.html", "tables/notebooks/02-extract-claims.ipynb", "ro-crate-metadata.json",
    }  # fmt: skip
    assert b"Another title" in after["notebooks/02-extract-claims.html"]
    assert b"injected-parameters" in after["tables/notebooks/02-extract-claims.ipynb"]
    run(suite, force=True)
    assert published(suite) == after
    assert run(suite).state == "unchanged"


@pytest.mark.parametrize("part", ["src/helpers", "requirements.lock", "python"])
def test_other_modules_packages_or_python_run_everything_again(suite, part, monkeypatch):
    run(suite)
    changed = {**manifest.describe_suite(suite), part: "another"}
    monkeypatch.setattr(manifest, "describe_suite", lambda root: changed)
    outcome = run(suite)
    assert outcome.changed == [part]
    assert actions(outcome) == ["ran"] * 5


@pytest.mark.parametrize("part", ["language/lexicons/hedges.csv", "report/templates/report.css", "tables.py"])
def test_a_change_in_any_room_runs_everything_again(suite, tmp_path_factory, monkeypatch, part):
    assert manifest.HERE == ROOT / "src" / "helpers"
    copy = tmp_path_factory.mktemp("modules") / "helpers"
    shutil.copytree(manifest.HERE, copy, ignore=shutil.ignore_patterns("__pycache__", "model"))
    monkeypatch.setattr(manifest, "HERE", copy)
    run(suite)
    assert run(suite).state == "unchanged"
    with (copy / part).open("a", encoding="utf-8") as file:
        file.write("\n")
    outcome = run(suite)
    assert outcome.changed == ["src/helpers"]
    assert actions(outcome) == ["ran"] * 5


def test_the_content_of_a_model_folder_counts(suite):
    path = suite / "notebooks" / "02-extract-claims.ipynb"
    path.write_text(path.read_text().replace('fault = \\"\\"', 'model = \\"\\"  # own\\nfault = \\"\\"'))
    (suite / "own-model").mkdir()
    (suite / "own-model" / "weights").write_text("1")
    run(suite, model="own-model")
    assert run(suite, model="own-model").state == "unchanged"
    (suite / "own-model" / "weights").write_text("2")
    assert run(suite, model="own-model").changed == ["folder own-model"]


def test_force_runs_everything_and_gives_the_same_bytes(suite):
    run(suite)
    before = published(suite)
    outcome = run(suite, force=True)
    assert actions(outcome) == ["ran"] * 5
    assert published(suite) == before


@pytest.mark.parametrize("name", ["reports/fog/index.html", "data/processed/fog/claims.parquet"])
@pytest.mark.parametrize("deed", ["edited", "deleted"])
def test_an_output_edited_or_deleted_by_hand_is_made_again(suite, name, deed):
    run(suite)
    before = published(suite)
    (suite / name).unlink()
    if deed == "edited":
        (suite / name).write_text("by hand")
    label = name.replace("reports/fog", "report").replace("data/processed/fog", "tables")
    shown = synoptic("run", "fog", "--explain").output
    assert f"output {label}" in shown
    assert shown.count(": ran (") == 1
    assert published(suite) == before


def test_a_file_laid_beside_the_results_is_not_theirs_and_stays(suite):
    run(suite)
    (suite / "data" / "processed" / "fog" / "my-notes.txt").write_text("remember")
    (suite / "data" / "processed" / "fog" / ".checkpoints").mkdir()
    assert run(suite).state == "unchanged"
    run(suite, force=True)
    assert (suite / "data" / "processed" / "fog" / "my-notes.txt").read_text() == "remember"


def test_accepted_outputs_count_as_the_new_state(suite):
    run(suite)
    (suite / "reports" / "fog" / "index.html").write_text("corrected by hand")
    edit_notebook(suite, "05-report", 2, "raise RuntimeError('must not run')")
    ended = synoptic("run", "fog", "--accept")
    assert ended.exit_code == 0, ended.output
    assert "fog: accepted" in ended.output
    assert run(suite).state == "unchanged"
    assert (suite / "reports" / "fog" / "index.html").read_text() == "corrected by hand"
    written = manifest.read_manifest(suite / "data" / "processed" / "fog")
    assert written["accepted"] == ["code of 05-report", "output report/index.html"]


def test_an_accepted_table_is_what_the_next_notebooks_read(suite):
    run(suite)
    claims = suite / "data" / "processed" / "fog" / "claims.parquet"
    claims.write_text("corrected by hand")
    assert synoptic("run", "fog", "--accept").exit_code == 0
    outcome = run(suite)
    assert outcome.changed == ["table claims"]
    assert actions(outcome) == ["kept", "kept", "ran", "ran", "ran"]
    assert claims.read_text() == "corrected by hand"
    assert run(suite).state == "unchanged"


def test_a_deleted_output_cannot_be_accepted(suite):
    run(suite)
    (suite / "reports" / "fog" / "index.html").unlink()
    with pytest.raises(UsageError, match=r"report/index\.html"):
        accept_outputs(make_job(suite))


# What a fault leaves behind


def test_a_failing_notebook_keeps_what_is_published_and_the_retry_does_not_repeat_the_stages_before(suite):
    run(suite)
    (suite / "data" / "raw" / "fog" / "one.txt").write_text("Another text.")
    before = published(suite)
    edit_notebook(suite, "03-align-claims", 2, "raise RuntimeError('planned')")
    ended = synoptic("run", "fog")
    assert ended.exit_code == 1
    assert "fog: 03-align-claims: RuntimeError: planned" in ended.stderr
    assert published(suite) == before
    make_suite(suite / "fresh")
    edit_notebook(suite, "03-align-claims", 2, "x = 1")
    ended = synoptic("run", "fog")  # still wrong: its tables are missing
    assert ended.exit_code == 1
    sound = (suite / "fresh" / "notebooks" / "03-align-claims.ipynb").read_text()
    (suite / "notebooks" / "03-align-claims.ipynb").write_text(sound)
    assert actions(run(suite)) == ["kept", "kept", "ran", "ran", "ran"]
    after = published(suite)
    assert run(suite, force=True) and published(suite) == after
    assert leftovers(suite) == []


def test_a_run_given_up_leaves_nothing_once_there_is_nothing_to_do(suite):
    run(suite)
    with pytest.raises(kernels.RunError):
        run(suite, fault="04-compare-sources")
    assert leftovers(suite) != []
    assert run(suite).state == "unchanged"
    assert leftovers(suite) == []


def test_an_article_that_cannot_be_read_makes_the_run_partial_each_time(suite):
    (suite / "data" / "raw" / "fog" / "empty.txt").write_bytes(b"")
    for _ in range(2):
        ended = synoptic("run", "fog")
        assert ended.exit_code == 3
        assert "skipped data/raw/fog/empty.txt: empty" in ended.stderr


def test_a_held_lock_ends_with_4_and_says_who_holds_it(suite):
    from filelock import FileLock

    processed = suite / "data" / "processed"
    processed.mkdir()
    (processed / ".lock-fog.holder").write_text("process 4711\n")
    with FileLock(processed / ".lock-fog"):
        ended = synoptic("run", "fog")
    assert ended.exit_code == 4
    assert "process 4711 holds the lock of story 'fog'" in ended.stderr


def test_the_lock_of_a_run_that_died_is_taken_over(suite):
    child = os.fork()
    if not child:
        from helpers.running.machine.locks import hold_lock

        with hold_lock(make_job(suite)):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert ".lock-fog" in {path.name for path in (suite / "data" / "processed").iterdir()}
    assert run(suite).state == "done"
    assert leftovers(suite) == []


def test_a_folder_set_aside_by_a_killed_run_comes_back(suite):
    run(suite)
    before = published(suite)
    (suite / "reports" / "fog").rename(suite / "reports" / ".old-fog")
    assert run(suite).state == "unchanged"
    assert published(suite) == before
    assert leftovers(suite) == []


def test_two_folders_change_places_where_the_file_system_cannot_exchange_them(suite, monkeypatch):
    from helpers.running import publish
    from helpers.running.machine import exchange

    run(suite)
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    monkeypatch.setattr(publish, "_switch", lambda folder, pairs: exchange.switch(pairs))
    (suite / "data" / "raw" / "fog" / "one.txt").write_text("Another text.")
    run(suite)
    assert "Another text" in (suite / "reports" / "fog" / "index.html").read_text()
    assert leftovers(suite) == []


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("first", ["new", "old"])
def test_folders_that_changed_places_go_back_where_another_cannot(tmp_path, monkeypatch, can_exchange, first):
    from helpers.running.machine import exchange

    for name in ("made", "old", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "is").write_text(name)
    if not can_exchange:
        monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    target = tmp_path / first
    with pytest.raises(OSError):
        exchange.switch([(tmp_path / "made", target), (tmp_path / "missing", tmp_path / "other")])
    assert (tmp_path / "made" / "is").read_text() == "made"
    assert not target.exists() if first == "new" else (target / "is").read_text() == "old"


def test_articles_that_change_while_they_are_read_are_read_again(suite):
    article = suite / "data" / "raw" / "fog" / "one.txt"
    texts = iter(["The ferry sank.", "The ferry did not sink."])

    def execute(path, *given):
        done = execute_here(path, *given)
        if path.stem == "02-extract-claims":
            article.write_text(next(texts, article.read_text()))
        return done

    outcome = run_story(make_job(suite), execute=execute)
    assert outcome.state == "done"
    assert "did not sink" in (suite / "reports" / "fog" / "index.html").read_text()
    assert run(suite).state == "unchanged"


def test_articles_that_never_stay_the_same_are_told_of_and_nothing_is_published(suite):
    article = suite / "data" / "raw" / "fog" / "one.txt"

    def execute(path, *given):
        article.write_text(article.read_text() + "More.\n")
        return execute_here(path, *given)

    with pytest.raises(kernels.RunError, match=r"change while they are read: one\.txt"):
        run_story(make_job(suite), execute=execute)
    assert not (suite / "reports" / "fog").exists()


@pytest.mark.parametrize(
    ("mask", "file", "folder"), [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700), (0o002, 0o664, 0o775)]
)
def test_what_is_published_may_be_read_by_whom_the_users_own_files_may(suite, mask, file, folder):
    for path in suite.rglob("*.txt"):
        path.chmod(0o600)
    before = os.umask(mask)
    try:
        run(suite)
    finally:
        os.umask(before)
    made = [
        path for place in ("reports/fog", "data/processed/fog") for path in [suite / place, *(suite / place).rglob("*")]
    ]
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {file}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {folder}


def test_names_that_are_no_text_go_through_a_run_and_its_messages(suite):
    for name in (b"a\xff.txt", b"b\nc.txt", b"d\x1b[31m.txt"):
        (suite / "data" / "raw" / "fog" / os.fsdecode(name)).write_text("")
    ended = synoptic("run", "fog", "--explain")
    assert ended.exit_code == 3, ended.output
    (suite / "data" / "raw" / "fog" / "one.txt").write_text("x")
    assert run(suite).changed == ["raw article one.txt"]
    (suite / "data" / "raw" / "fog" / os.fsdecode(b"a\xff.txt")).unlink()
    ended = synoptic("run", "fog", "--explain")
    assert "raw article a?.txt" in ended.output
    assert "\x1b" not in ended.output
    json.loads((suite / "data" / "processed" / "fog" / "manifest.json").read_text(encoding="utf-8"))


# What the manifest, the history and the crate say


def test_the_manifest_names_every_input_and_output_and_holds_the_only_times(suite):
    run(suite)
    written = manifest.read_manifest(suite / "data" / "processed" / "fog")
    assert list(written["inputs"]["raw"]) == ["one.txt"]
    assert set(written["inputs"]["notebooks"]) == set(NAMES)
    assert {name.removeprefix("report/") for name in written["outputs"] if name.startswith("report/")} == set(
        files(suite / "reports" / "fog")
    )
    assert {"python", "pandas", "spacy"} <= set(written["versions"])
    year = written["started"][:4]
    assert not [name for name, content in published(suite).items() if f"{year}-".encode() in content]


def test_nothing_published_depends_on_where_the_articles_lie_or_the_results_go(suite, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "fog").mkdir()
    (elsewhere / "fog" / "one.txt").write_bytes((suite / "data" / "raw" / "fog" / "one.txt").read_bytes())
    found = []
    for place in ("a", "b/c"):
        target = elsewhere / place
        ended = synoptic(
            "run", "fog", "--raw", str(elsewhere / "fog"), "--processed", str(target / "p"), "--reports", str(target / "r")
        )  # fmt: skip
        assert ended.exit_code == 0, ended.output
        found.append(files(target / "r") | files(target / "p" / "fog"))
        found[-1].pop("manifest.json")
    assert found[0] == found[1]
    assert not [name for name, content in found[0].items() if str(elsewhere.parent).encode() in content]


def test_every_run_is_in_the_history_until_it_is_pruned(suite):
    for number in range(4):
        (suite / "data" / "raw" / "fog" / "one.txt").write_text(f"Version {number}.")
        run_story(make_job(suite), keep=3)
    assert [manifest["run"] for manifest in history.list_runs(make_job(suite))] == [2, 3, 4]
    shown = synoptic("history", "fog").output.splitlines()
    assert len(shown) == 3
    assert shown[0].split()[0] == "4"
    assert "because of: raw article one.txt" in shown[0]


def test_the_crate_describes_all_that_it_refers_to_with_the_digests_of_the_files(suite):
    run(suite)
    content = json.loads((suite / "reports" / "fog" / "ro-crate-metadata.json").read_text())
    entities = {entity["@id"]: entity for entity in content["@graph"]}
    for entity in content["@graph"]:
        for value in entity.values():
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    assert part["@id"] in entities or part["@id"].startswith("https://w3id.org/ro/crate/")
    listed = {part["@id"] for part in entities["./"]["hasPart"]}
    assert listed == set(files(suite / "reports" / "fog")) - {"ro-crate-metadata.json"}
    page = suite / "reports" / "fog" / "index.html"
    assert entities["index.html"]["sha256"] == manifest.digest_file(page)
    assert entities["./"]["datePublished"] == "2020-05-01"


def test_verify_proves_the_published_bytes(suite):
    run(suite)
    ended = synoptic("verify", "fog")
    assert ended.exit_code == 0, ended.output
    assert re.search(r"all \d\d published files come out the same", ended.output)
    (suite / "reports" / "fog" / "index.html").write_text("by hand")
    assert verify_story(make_job(suite))[0] == ["report/index.html"]
    ended = synoptic("verify", "fog")
    assert ended.exit_code == 1
    assert "differs: report/index.html" in ended.stderr
    assert leftovers(suite) == []


def test_verify_says_when_the_inputs_are_no_longer_those(suite):
    run(suite)
    (suite / "data" / "raw" / "fog" / "two.txt").write_text("More.")
    ended = synoptic("verify", "fog")
    assert ended.exit_code == 2
    assert "inputs have changed: raw article two.txt" in ended.stderr


# What the command says


def test_quiet_says_one_line_a_story_and_logs_the_rest(suite):
    make_suite(suite / "more", "ice")
    (suite / "more" / "data" / "raw" / "ice").rename(suite / "data" / "raw" / "ice")
    (suite / "data" / "raw" / "fog" / "empty.txt").write_bytes(b"")
    ended = synoptic("run", "--all", "--quiet", "--jobs", "1")
    assert ended.exit_code == 3
    first, second = ended.stdout.splitlines()
    assert first.startswith("fog: done") and "1 skipped" in first
    assert second.startswith("ice: done")
    assert ended.stderr == ""
    log = (suite / ".synoptic" / "run.log").read_text()
    assert "empty.txt: empty" in log and "fog: ran because of: no earlier run" in log
    again = synoptic("run", "--all", "--quiet")
    assert (again.exit_code, again.stderr) == (3, "")
    assert again.stdout.startswith("fog: unchanged, 1 skipped")
    index = (suite / "reports" / "index.html").read_text()
    assert "fog/index.html" in index and "ice/index.html" in index


def test_a_failed_story_is_one_line_too_and_does_not_stop_the_others(suite):
    make_suite(suite / "more", "ice")
    (suite / "more" / "data" / "raw" / "ice").rename(suite / "data" / "raw" / "ice")
    path = suite / "notebooks" / "03-align-claims.ipynb"
    path.write_text(path.read_text().replace("if fault ==", "if story == 'fog' or fault =="))
    ended = synoptic("run", "--all", "--quiet", "--jobs", "1")
    assert ended.exit_code == 1
    assert ended.stderr.splitlines() == ["synoptic: fog: 03-align-claims: RuntimeError: planned"]
    assert [line.split(":")[0] for line in ended.stdout.splitlines()] == ["ice"]


def test_a_fault_of_our_own_in_one_story_does_not_cost_the_others(suite, monkeypatch):
    from helpers.running.published import crate

    make_suite(suite / "more", "ice")
    (suite / "more" / "data" / "raw" / "ice").rename(suite / "data" / "raw" / "ice")
    sound = crate.write_crate

    def write_crate(job, *rest):
        if job.story == "fog":
            raise KeyError("unforeseen")
        sound(job, *rest)

    monkeypatch.setattr(crate, "write_crate", write_crate)
    ended = synoptic("run", "--all", "--quiet", "--jobs", "1")
    assert ended.exit_code == 1
    assert ended.stderr == "synoptic: fog: KeyError: 'unforeseen'\n"
    assert ended.stdout.startswith("ice: done")


def test_watch_runs_again_when_an_article_changes(suite):
    from threading import Timer

    from helpers.running.batch import Wishes
    from helpers.running.watch import watch_stories

    raw = suite / "data" / "raw"
    results = watch_stories(raw, lambda: [make_job(suite)], Wishes(explain=True))
    assert next(results).code == 0
    Timer(0.6, lambda: (raw / "fog" / "two.txt").write_text("The captain was asleep.")).start()
    again = next(results)
    results.close()
    assert "raw article two.txt" in again.said[0]
    assert "asleep" in (suite / "reports" / "fog" / "index.html").read_text()


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
    notebook["cells"][1]["metadata"]["tags"] = ["parameters"]
    path.write_text(json.dumps(notebook))
    tagged = manifest.digest_code(path)
    notebook["cells"][1]["metadata"]["tags"] = []
    path.write_text(json.dumps(notebook))
    assert manifest.digest_code(path) != tagged


@pytest.mark.parametrize("which", ["fog", "--all"])
def test_a_run_with_nothing_to_do_imports_neither_pandas_nor_papermill(suite, which):
    assert synoptic("run", "--all").exit_code == 0
    code = (
        "import sys, helpers.running.cli\n"
        f"try: helpers.running.cli.main(['run', {which!r}])\n"
        "except SystemExit as ended: print(ended.code)\n"
        "heavy = {'pandas', 'numpy', 'papermill', 'nbformat', 'spacy', 'matplotlib', 'jinja2', 'filelock', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=suite, capture_output=True, text=True)
    assert "unchanged" in shown.stdout, shown.stderr
    assert shown.stdout.splitlines()[1:] == ["0", "[]"]


# What is damaged


DAMAGED = {
    "a list of inputs": {"inputs": []}, "a word for the outputs": {"outputs": "all"}, "a list of stages": {"stages": [1, 2]},
    "a stage that is a number": {"stages": dict.fromkeys(NAMES, 5)}, "a run that is a word": {"run": "first"},
    "skipped without lines": {"skipped": [None]}, "raw articles as a list": {"inputs": {"raw": ["a.txt"]}},
    "reasons that are none": {"because": None}, "outputs without digests": {"outputs": {"tables/articles.csv": None}},
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=list(DAMAGED))
def test_a_damaged_manifest_is_made_again(suite, damage):
    run(suite)
    path = suite / "data" / "processed" / "fog" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **damage}))
    assert synoptic("history", "fog").exit_code == 0
    assert run(suite).state == "done"
    assert manifest.read_manifest(path.parent)["stages"].keys() == set(NAMES)


@pytest.mark.parametrize(
    "records", ["5", "[1]", '{"01-read-articles": 5}', '{"01-read-articles": {"outputs": []}}', "[" * 9000]
)
def test_a_damaged_record_of_the_stages_is_made_again(suite, records):
    (suite / "data" / "processed" / ".staging-fog").mkdir(parents=True)
    (suite / "data" / "processed" / ".staging-fog" / "stages.json").write_text(records)
    assert actions(run(suite)) == ["ran"] * len(STAGES)


def test_the_damage_of_one_story_never_stops_the_others(suite, monkeypatch):
    run(suite)
    for name in ("bomb", "mist"):
        (suite / "data" / "raw" / name).mkdir()
        (suite / "data" / "raw" / name / "a.txt").write_text("The ferry sank, the owner said.")
    (suite / "data" / "raw" / "bomb" / "story.yaml").write_text("references: 5\ntitel: x\n" + "[" * 5000)
    (suite / "data" / "processed" / "fog" / "manifest.json").write_text('{"inputs": [], "stages": 1}')
    ended = synoptic("run", "--all", "--jobs", "1")
    assert "mist: done" in ended.output
    assert "fog: done" in ended.output
