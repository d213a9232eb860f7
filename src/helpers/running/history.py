"""The runs of a story: the manifest and the findings of each, so that two of them can be compared later."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.running.jobs import Job
from helpers.running.manifest import MANIFEST, read_manifest
from helpers.running.stages import UsageError
from helpers.store.files import read_json, write_file

FINDINGS = "report.json"
KEPT = 20  # runs of a story


def number_next(job: Job) -> int:
    """Give the number of the next run of a story: one more than any before."""
    return 1 + max([read_manifest(job.published.tables).get("run", 0), *_list_numbers(job)])


def _list_numbers(job: Job) -> list[int]:
    return sorted(int(path.name) for path in job.history.glob("[0-9]*") if path.name.isdigit())


def archive(job: Job, keep: int = KEPT) -> None:
    """Keep the published run in the history, unless it is there, and drop all but the last `keep` runs."""
    number = read_manifest(job.published.tables).get("run")
    if not number:
        return
    folder = job.history / f"{number:04d}"
    if not (folder / MANIFEST).exists():
        folder.mkdir(parents=True, exist_ok=True)
        if (job.published.report / FINDINGS).exists():
            write_file(folder / FINDINGS, (job.published.report / FINDINGS).read_bytes())
        write_file(folder / MANIFEST, (job.published.tables / MANIFEST).read_bytes())
    for old in _list_numbers(job)[: -max(keep, 1)]:
        shutil.rmtree(job.history / f"{old:04d}", ignore_errors=True)


def list_runs(job: Job) -> list[dict]:
    """List the manifests of the runs that are kept, the oldest first."""
    found = [read_manifest(job.history / f"{number:04d}") for number in _list_numbers(job)]
    return [manifest for manifest in found if manifest]


def read_findings(job: Job, number: int | None) -> dict:
    """Read the findings of a run by its number, or of none; raises UsageError where that run is not kept."""
    if number is None:
        return {}
    found = read_json(_folder(job, number) / FINDINGS)
    if not found:
        numbers = ", ".join(map(str, _list_numbers(job))) or "none"
        raise UsageError(f"run {number} of {job.story!r} is not kept; there are: {numbers}")
    return found


def _folder(job: Job, number: int) -> Path:
    return job.history / f"{number:04d}"


def choose_runs(job: Job, old: int | None, new: int | None) -> tuple[int | None, int]:
    """Choose the two runs to compare: the last two, or the given one and the last; raises UsageError where there is none."""
    numbers = _list_numbers(job)
    if not numbers:
        raise UsageError(f"story {job.story!r} has not been run yet: there is nothing to compare")
    new = new or numbers[-1]
    earlier = [number for number in numbers if number < new]
    return old or (earlier[-1] if earlier else None), new
