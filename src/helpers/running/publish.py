"""Put a finished run where readers look: whole folders change places at once, and a broken-off change is completed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from helpers.running.jobs import Job
from helpers.running.machine import exchange
from helpers.running.machine.exchange import name_aside
from helpers.running.manifest import MANIFEST, describe_outputs, digest_file, read_manifest
from helpers.store.files import read_json, sync_entry, sync_folder, write_json

FINISHED = "finished.json"
SWITCHING = ".switching"  # held while folders change places, by whichever process lets them


def publish(job: Job) -> None:
    """Publish what lies finished in the staging folder: the report, then the tables with the manifest.

    From the moment at which the folder is marked as finished, a run that is broken off is completed by the next one.
    """
    staging = job.staging
    sync_folder(staging.tables)
    sync_folder(staging.report)
    write_json(staging.folder / FINISHED, {"manifest": digest_file(staging.tables / MANIFEST)})
    try:
        _complete(job)
    except OSError:
        (staging.folder / FINISHED).unlink(missing_ok=True)
        _restore(job)
        raise


def recover(job: Job) -> None:
    """Mend what a killed run left: complete a publication that had begun, bring a set-aside folder back."""
    staging = job.staging
    if (staging.folder / SWITCHING).exists():
        with _hold(staging.folder):
            pass
    _restore(job)
    job.proving.remove()
    finished = read_json(staging.folder / FINISHED).get("manifest")
    if finished and finished == digest_file(staging.tables / MANIFEST):
        _complete(job)
    elif finished:  # all was in place already, but for the sweeping
        staging.remove()


def _complete(job: Job) -> None:
    staging, published = job.staging, job.published
    listed = read_manifest(staging.tables)["outputs"]
    beside = job.reports / f".staging-{job.story}"
    pairs = [(staging.tables, published.tables)]
    if describe_outputs({"report": published.report}) != _only_report(listed):
        shutil.rmtree(beside, ignore_errors=True)
        job.reports.mkdir(parents=True, exist_ok=True)
        shutil.copytree(staging.report, beside)
        sync_folder(beside)
        pairs.insert(0, (beside, published.report))
    _switch(staging.folder, pairs)
    for _, target in pairs:
        sync_entry(target.parent)
        shutil.rmtree(name_aside(target), ignore_errors=True)
    shutil.rmtree(beside, ignore_errors=True)
    staging.remove()


def _switch(folder: Path, pairs: list[tuple[Path, Path]]) -> None:
    """Let folders change places in a process that goes on should this one be killed; `folder` holds its lock."""
    if os.name != "posix":
        exchange.switch(pairs)
        return
    command = [sys.executable, "-I", "-S", exchange.__file__, *(os.fspath(place) for pair in pairs for place in pair)]
    with _hold(folder) as handle:
        ended = subprocess.run(command, stdout=subprocess.PIPE, pass_fds=[handle], start_new_session=True)
    if ended.returncode:
        number, _, place = ended.stdout.partition(b"\n")
        code = int(number or 0)
        raise OSError(
            code, os.strerror(code) if code else "the folders could not change places", os.fsdecode(place) or None
        )


@contextmanager
def _hold(folder: Path):
    """Wait until no process lets folders change places, and give the open file whose lock says that one does."""
    import fcntl

    with (folder / SWITCHING).open("wb") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        yield guard.fileno()


def _only_report(listed: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in listed.items() if name.startswith("report/")}


def _restore(job: Job) -> None:
    for target in (job.published.tables, job.published.report):
        aside = name_aside(target)
        if aside.exists() and not target.exists():
            aside.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(job.reports / f".staging-{job.story}", ignore_errors=True)
