"""Put a finished run where readers look: whole folders change places at once, and a broken-off change is completed."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from helpers.running.jobs import Job
from helpers.running.manifest import MANIFEST, describe_outputs, digest_file, read_manifest
from helpers.store.files import read_json, sync_entry, sync_folder, write_json

FINISHED = "finished.json"
EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
HERE = -100  # AT_FDCWD
NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM}


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
    _restore(job)
    job.proving.remove()
    staging = job.staging
    finished = read_json(staging.folder / FINISHED).get("manifest")
    if finished and finished == digest_file(staging.tables / MANIFEST):
        _complete(job)
    elif finished:  # all was in place already, but for the sweeping
        staging.remove()


def _complete(job: Job) -> None:
    staging, published = job.staging, job.published
    listed = read_manifest(staging.tables)["outputs"]
    if describe_outputs({"report": published.report}) != _only_report(listed):
        beside = job.reports / f".staging-{job.story}"
        shutil.rmtree(beside, ignore_errors=True)
        job.reports.mkdir(parents=True, exist_ok=True)
        shutil.copytree(staging.report, beside)
        sync_folder(beside)
        put_in_place(beside, published.report)
        shutil.rmtree(beside, ignore_errors=True)
    put_in_place(staging.tables, published.tables)
    staging.remove()


def _only_report(listed: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in listed.items() if name.startswith("report/")}


def _restore(job: Job) -> None:
    for target in (job.published.tables, job.published.report):
        aside = _aside(target)
        if aside.exists() and not target.exists():
            aside.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(job.reports / f".staging-{job.story}", ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.with_name(f".old-{target.name}")


def put_in_place(made: Path, target: Path) -> None:
    """Put a folder in the place of another; the old one is then where the new one was, or gone.

    Where the file system can exchange two folders, no moment passes without one. Elsewhere the old folder is set aside
    first, and `recover` brings it back should the run end just then.
    """
    if not target.exists():
        made.rename(target)
    elif not _exchange(made, target):
        aside = _aside(target)
        target.rename(aside)
        made.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
    sync_entry(target.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the file system cannot."""
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform.startswith("linux") and hasattr(libc, "renameat2"):
        failed = libc.renameat2(HERE, first, HERE, second, EXCHANGE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(first, second, EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))
