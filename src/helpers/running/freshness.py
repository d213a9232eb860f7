"""Whether a story is up to date: what a run would be made from now, beside what the last one was made from and made.

Light on purpose: this is all that a run with nothing to do goes through.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from helpers.running import manifest
from helpers.running.jobs import Job
from helpers.running.stages import READINGS, STAGES, Stage
from helpers.store.journal import digest_reviews


class Step(NamedTuple):
    """What became of one stage: `ran`, `kept` or `rendered`, and the reasons."""

    stage: str
    action: str
    reasons: list[str]


class Outcome(NamedTuple):
    """How a run ended: `done`, `unchanged` or `accepted`; the skipped articles, why it ran, stage by stage, its number,
    and the reviews that have lost their place."""

    state: str
    skipped: list[str]
    changed: Sequence[str] = ()
    steps: Sequence[Step] = ()
    number: int = 0
    previous: int | None = None
    orphans: Sequence[str] = ()


class State(NamedTuple):
    """What a run is made from, as it is now: the raw articles by name, their digest, the suite, the readings' digest, and
    that of the reviews that each stage applies, by its name."""

    raw: dict[str, str]
    raw_digest: str
    suite: dict[str, object]
    readings: str | None = None
    reviews: dict[str, str | None] = {}  # noqa: RUF012  never changed


def read_state(job: Job, suite: dict[str, object] | None = None) -> State:
    """Read what a run of this story would be made from; `suite` is `manifest.describe_suite` where it is known already."""
    raw = manifest.list_raw(job.raw, job.corpus)
    digest = manifest.digest_bytes(json.dumps(raw, sort_keys=True).encode())
    reviews = {stage.name: digest_reviews(job.raw, stage.reviews) for stage in STAGES if stage.reviews}
    return State(raw, digest, suite or manifest.describe_suite(job.root), manifest.digest_readings(job.raw), reviews)


def describe(job: Job, stage: Stage, state: State, tables: Path) -> dict[str, object]:
    """Describe what a stage of this job depends on; see `manifest.describe_stage`."""
    described = manifest.describe_stage(stage, job.root, state.suite, job.resolved, state.raw_digest, tables)
    beside = {READINGS: state.readings if stage.readings else None, "reviews": state.reviews.get(stage.name)}
    return described | {name: digest for name, digest in beside.items() if digest}


def renew_readings(job: Job, stage: Stage, inputs: dict[str, object]) -> dict[str, object]:
    """Describe a stage's inputs with the records that it added itself when it asked a reader: a rerun finds them there."""
    digest = manifest.digest_readings(job.raw) if stage.readings else None
    return {**inputs, READINGS: digest} if digest else inputs


def find_changes(job: Job, state: State | None = None) -> list[str]:
    """Name what makes a run necessary: changed inputs, missing or edited outputs; empty where nothing does."""
    last = manifest.read_manifest(job.published.tables)
    if not last:
        return ["no earlier run"]
    state = state or read_state(job)
    found: list[str] = []
    for stage in STAGES:
        record = last["stages"][stage.name]
        new = describe(job, stage, state, job.published.tables)
        found += name_reasons(record["inputs"], new, last["inputs"]["raw"], state)
        prose_or_code = manifest.digest_file(job.notebook(stage)) != record["notebook"]
        if prose_or_code and f"code of {stage.name}" not in found:
            found.append(f"prose of {stage.name}")
    made = job.published.list_files()
    edited = [name for name, digest in last["outputs"].items() if made.get(name) != digest]
    return list(dict.fromkeys([*found, *(f"output {name}" for name in edited)]))


def name_reasons(old: dict, new: dict, old_raw: dict[str, str], state: State) -> list[str]:
    """Name the changed inputs of a stage; raw articles one by one, and not the tables, whose own change has a cause."""
    names = manifest.name_changes(old, new)
    articles = [f"raw article {name}" for name in manifest.name_changes(old_raw, state.raw)]
    return [part for name in names for part in (articles if name == "raw articles" else [name])]


def check_unchanged(job: Job, suite: dict[str, object] | None = None) -> Outcome | None:
    """Say that a story is up to date, without its lock; None where it is not, or where a run is or was at work."""
    disturbed = any(trace.exists() for trace in job.traces)
    return None if disturbed or find_changes(job, read_state(job, suite)) else leave_unchanged(job)


def leave_unchanged(job: Job) -> Outcome:
    """Say that nothing was to do, with what the last run had skipped."""
    last = manifest.read_manifest(job.published.tables)
    return Outcome("unchanged", last.get("skipped", []), number=last.get("run", 0), orphans=last.get("orphans", []))
