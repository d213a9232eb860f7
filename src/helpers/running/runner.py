"""Run the notebooks of a story in sequence, only those whose inputs changed, in a staging folder; publish what they made."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from helpers.running import history, manifest, publish
from helpers.running.freshness import (
    Outcome,
    State,
    Step,
    check_unchanged,
    describe,
    find_changes,
    leave_unchanged,
    name_reasons,
    read_state,
    renew_readings,
)
from helpers.running.jobs import Job
from helpers.running.machine.locks import hold_lock
from helpers.running.published.earlier_report import bring_earlier, name_earlier
from helpers.running.stages import STAGES, Stage, UsageError
from helpers.running.workspace import Workspace
from helpers.store.files import write_json
from helpers.store.journal import NAME as REVIEWS

TRIES = 3  # readings of raw articles that change meanwhile
Execute = Callable[[Path, dict, Path, Path], dict]
Tell = Callable[[str, int, int], None]


def run_story(
    job: Job,
    force: bool = False,
    tell: Tell = lambda *told: None,
    *,
    keep: int = history.KEPT,
    execute: Execute | None = None,
) -> Outcome:
    """Run the stages of a story whose inputs changed, and publish tables and report together.

    `tell` is called with each stage's name, how many are done and how many there are, before it starts; `keep` runs stay in the history. Raises
    LockHeldError, RunError, OSError; what is published stays as it was then, and the next run goes on from there.
    """
    unchanged = None if force else check_unchanged(job)
    if unchanged:
        return unchanged
    with hold_lock(job):
        publish.recover(job)
        history.archive(job, keep)
        started = datetime.now(UTC)
        state = read_state(job)
        changed = ["forced"] if force else find_changes(job, state)
        if not changed:
            job.staging.remove()
            return leave_unchanged(job)
        if force:
            job.staging.remove()
        staging = job.staging
        staging.lay_out(job.root, job.raw, job.raw_place)
        published = {} if force else _read_records(job)
        state, steps = _make_settled(job, staging, state, published, tell, execute)
        return _finish(job, staging, state, changed, steps, started, keep)


def _make_settled(
    job: Job, staging: Workspace, state: State, published: dict[str, dict], tell: Tell, execute: Execute | None
) -> tuple[State, list[Step]]:
    """Make the stages from raw articles that stay the same meanwhile: where one changes, once more from what is there then."""
    for _ in range(TRIES):
        steps = make_stages(job, staging, state, published, tell, execute)
        now = read_state(job, state.suite)
        if now.raw == state.raw:
            return state, steps
        changed, state = manifest.name_changes(state.raw, now.raw), now
    from helpers.running.kernels import RunError

    raise RunError(
        f"the raw articles change while they are read: {', '.join(changed[:3])}; run again when they are all there"
    )


def _read_records(job: Job) -> dict[str, dict]:
    return manifest.read_manifest(job.published.tables).get("stages", {})


def make_stages(
    job: Job, staging: Workspace, state: State, published: dict[str, dict], tell: Tell, execute: Execute | None
) -> list[Step]:
    """Make every stage in the staging folder: kept from there or from what is published, else executed."""
    if execute is None:
        from helpers.running.kernels import open_kernels

        with open_kernels() as execute:
            return make_stages(job, staging, state, published, tell, execute)
    bring_earlier(job, staging, state.raw)
    steps = []
    for number, stage in enumerate(STAGES):
        inputs = describe(job, stage, state, staging.tables)
        record = _find_record(job, staging, stage, inputs, published)
        reasons = _explain(job, stage, inputs, published, state)
        if record is None:
            tell(stage.name, number, len(STAGES))
            _execute(job, staging, stage, inputs, execute)
            steps.append(Step(stage.name, "ran", reasons))
        elif record["notebook"] != manifest.digest_file(job.notebook(stage)):
            _render_again(job, staging, stage, record)
            steps.append(Step(stage.name, "rendered", [f"prose of {stage.name}"]))
        else:
            steps.append(Step(stage.name, "kept", []))
    return steps


def _find_record(job: Job, staging: Workspace, stage: Stage, inputs: dict, published: dict) -> dict | None:
    """Find what was made from the same inputs, and bring it into the staging folder; None where there is nothing."""
    staged = staging.records.get(stage.name)
    if staged and staged["inputs"] == inputs and staging.holds(staged["outputs"]):
        return staged
    staging.forget(stage.name)
    record = published.get(stage.name)
    if record and record["inputs"] == inputs and job.published.holds(record["outputs"]):
        staging.copy_from(job.published, record["outputs"])
        staging.record(stage.name, record)
        return record
    return None


def _explain(job: Job, stage: Stage, inputs: dict, published: dict, state: State) -> list[str]:
    record = published.get(stage.name)
    if not record:
        return ["nothing to keep from an earlier run"]
    old_raw = manifest.read_manifest(job.published.tables)["inputs"]["raw"]
    edited = [name for name, digest in record["outputs"].items() if not job.published.holds({name: digest})]
    return name_reasons(record["inputs"], inputs, old_raw, state) + [f"output {name}" for name in edited]


def _execute(job: Job, staging: Workspace, stage: Stage, inputs: dict, execute: Execute) -> None:
    started = datetime.now(UTC)
    path = job.notebook(stage)
    digest = manifest.digest_file(path)
    before = staging.list_files()
    notebook = execute(path, {**job.resolved, **name_earlier(job, staging)}, staging.folder, job.failed)
    _write_notebook(staging, stage, notebook)
    made = {name: made for name, made in staging.list_files().items() if before.get(name) != made}
    seconds = round((datetime.now(UTC) - started).total_seconds(), 1)
    inputs = renew_readings(job, stage, inputs)
    staging.record(stage.name, {"inputs": inputs, "notebook": digest, "outputs": made, "seconds": seconds})


def _write_notebook(staging: Workspace, stage: Stage, notebook: dict) -> None:
    from helpers.report.notebook_pages import render_notebook
    from helpers.running.kernels import RunError

    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    try:
        page = render_notebook(text)
    except ValueError as error:
        raise RunError(f"{stage.name}: the notebook cannot be shown: {error}") from None
    for label, suffix, content in (("tables", "ipynb", text), ("report", "html", page)):
        path = staging.find(f"{label}/notebooks/{stage.name}.{suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", errors="replace")


def _render_again(job: Job, staging: Workspace, stage: Stage, record: dict) -> None:
    """Set the new prose of a notebook around the code cells that were executed before."""
    kept = json.loads(staging.find(f"tables/notebooks/{stage.name}.ipynb").read_text(encoding="utf-8"))
    source = json.loads(job.notebook(stage).read_text(encoding="utf-8"))
    _write_notebook(staging, stage, merge_prose(source, kept))
    found = staging.list_files()
    outputs = {name: found[name] for name in record["outputs"]}
    staging.record(stage.name, {**record, "notebook": manifest.digest_file(job.notebook(stage)), "outputs": outputs})


def merge_prose(source: dict, executed: dict) -> dict:
    """Give an executed notebook the prose of its source: code cells with their outputs, and the injected one, stay."""
    code = [cell for cell in executed["cells"] if cell["cell_type"] == "code"]
    cells = []
    for cell in source["cells"]:
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        cells.append(code.pop(0))
        if code and "injected-parameters" in code[0]["metadata"].get("tags", []):
            cells.append(code.pop(0))
    return {**executed, "cells": cells}


def _finish(
    job: Job, staging: Workspace, state: State, changed: list[str], steps: list[Step], started: datetime, keep: int
) -> Outcome:
    """Describe what was made, publish it with its manifest, and keep it in the history."""
    from helpers.running.published.crate import write_crate

    skipped, orphans = list_skipped(staging.tables / "articles.csv"), list_orphans(staging.tables / "reviews.csv")
    write_crate(job, staging, state.raw, staging.list_files())
    previous = manifest.read_manifest(job.published.tables)
    number = history.number_next(job)
    content = _describe_run(job, staging.records, state, staging.list_files())
    content |= {
        "run": number, "because": changed, "steps": {step.stage: step.action for step in steps}, "skipped": skipped,
        "started": started.isoformat(timespec="seconds"), "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        **({"orphans": orphans} if orphans else {}),
    }  # fmt: skip
    if previous:  # a file that somebody laid beside the results is none of them, and stays
        foreign = set(job.published.list_files()) - {*previous["outputs"], *content["outputs"]}
        staging.copy_from(job.published, dict.fromkeys(sorted(foreign), ""))
    write_json(staging.tables / manifest.MANIFEST, content)
    publish.publish(job)
    shutil.rmtree(job.failed, ignore_errors=True)
    history.archive(job, keep)
    return Outcome("done", skipped, changed, steps, number, previous.get("run"), orphans)


def _describe_run(job: Job, records: dict, state: State, outputs: dict[str, str]) -> dict:
    return {
        "story": job.story,
        "inputs": {
            **state.suite, "raw": state.raw, "parameters": job.parameters,
            **({"reviews": digest} if (digest := manifest.digest_file(job.raw / REVIEWS)) else {}),
            "notebooks": {stage.name: records[stage.name]["notebook"] for stage in STAGES},
        },
        "stages": records,
        "outputs": outputs,
        "versions": manifest.list_versions(),
    }  # fmt: skip


def list_skipped(articles: Path) -> list[str]:
    """List the articles that could not be read, with the reasons, from the table's CSV twin."""
    rows = [row for row in _read_twin(articles) if row.get("skipped")]
    return [f"{row['raw_path']}: {row['skipped']}" for row in rows]


def list_orphans(reviews: Path) -> list[str]:
    """List the reviews whose place is gone, with the reasons, from the table's CSV twin."""
    rows = [row for row in _read_twin(reviews) if row.get("state") == "orphan"]
    return [
        f"line {row['line']}: {row['action']}: {row['reason']}"
        for row in sorted(rows, key=lambda row: int(row["line"]))
    ]


def _read_twin(path: Path) -> list[dict[str, str]]:
    """Read the CSV twin of a table, without the apostrophes that keep a spreadsheet from running a cell."""
    if not path.exists():
        return []
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{name: (cell or "").removeprefix("'") for name, cell in row.items() if name} for row in rows]


def accept_outputs(job: Job, keep: int = history.KEPT) -> Outcome:
    """Take the published files as they are for the result of the present inputs, without running anything.

    For changes that cannot change a finding, and for outputs that were edited on purpose. A stage that reads a table
    which was edited is not up to date by that: the next run makes it from the table as it is now. The manifest says
    what was accepted; `verify_story` will still tell the difference. Raises UsageError where an output is missing.
    """
    with hold_lock(job):
        publish.recover(job)
        started = datetime.now(UTC)
        last = manifest.read_manifest(job.published.tables)
        if not last:
            raise UsageError(f"story {job.story!r} has not been run yet: there is nothing to accept")
        found = job.published.list_files()
        missing = sorted(set(last["outputs"]) - set(found))
        if missing:
            raise UsageError(f"{missing[0]} of story {job.story!r} is missing: what is deleted can only be made again")
        state = read_state(job)
        changed = find_changes(job, state)
        if not changed:
            return leave_unchanged(job)
        records = {stage.name: _accept_stage(job, stage, state, last["stages"], found) for stage in STAGES}
        number = history.number_next(job)
        content = _describe_run(job, records, state, found) | {
            "run": number, "because": ["accepted", *changed], "steps": {stage.name: "accepted" for stage in STAGES},
            "accepted": sorted({*last.get("accepted", []), *changed}), "skipped": last["skipped"],
            **({"orphans": last["orphans"]} if last.get("orphans") else {}),
            "started": started.isoformat(timespec="seconds"), "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        }  # fmt: skip
        write_json(job.published.tables / manifest.MANIFEST, content)
        job.staging.remove()
        history.archive(job, keep)
        orphans = last.get("orphans", [])
        return Outcome("accepted", last["skipped"], changed, number=number, previous=last["run"], orphans=orphans)


def _accept_stage(job: Job, stage: Stage, state: State, records: dict, found: dict[str, str]) -> dict:
    record = records[stage.name]
    tables = {name: digest for name, digest in record["inputs"].items() if name.startswith("table ")}
    return {
        **record,
        "inputs": {**describe(job, stage, state, job.published.tables), **tables},
        "notebook": manifest.digest_file(job.notebook(stage)),
        "outputs": {name: found[name] for name in record["outputs"]},
    }


def verify_story(job: Job, tell: Tell = lambda *told: None, execute: Execute | None = None) -> tuple[list[str], int]:
    """Run a published story anew from its inputs and name every published file that does not come out the same; also their number.

    Nothing is published. The parameters are those of the published run. Raises UsageError where there is none or its
    inputs are gone or changed, so that nothing could be proved.
    """
    from helpers.running.published.crate import write_crate

    with hold_lock(job):
        publish.recover(job)
        last = manifest.read_manifest(job.published.tables)
        if not last:
            raise UsageError(f"story {job.story!r} has not been run yet: there is nothing to verify")
        job.parameters = dict(last["inputs"]["parameters"])
        state = read_state(job)
        other = [change for change in find_changes(job, state) if not change.startswith("output ")]
        if other:
            raise UsageError(f"story {job.story!r} cannot be verified, its inputs have changed: {', '.join(other[:5])}")
        fresh = job.proving
        try:
            fresh.lay_out(job.root, job.raw, job.raw_place)
            make_stages(job, fresh, state, {}, tell, execute)
            write_crate(job, fresh, state.raw, fresh.list_files())
            made = fresh.list_files()
        finally:
            fresh.remove()
        published = {name: digest for name, digest in job.published.list_files().items() if name in last["outputs"]}
        return manifest.name_changes(made, published), len(published)
