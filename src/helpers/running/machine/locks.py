"""One run a story at a time: a lock that the system itself releases when its holder dies."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress

from helpers.running.jobs import Job


class LockHeldError(Exception):
    """Another run works on the story; the message says which."""


@contextmanager
def hold_lock(job: Job):
    """Hold the lock of a story; raises LockHeldError at once where another process has it."""
    from filelock import FileLock, Timeout

    job.processed.mkdir(parents=True, exist_ok=True)
    holder = job.lock.with_name(f"{job.lock.name}.holder")
    lock = FileLock(job.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LockHeldError(f"{_read_holder(holder)} holds the lock of story {job.story!r}") from None
    try:
        holder.write_text(f"process {os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
            job.lock.unlink(missing_ok=True)  # still held: who waits for this file notices that it is gone
        lock.release()


def _read_holder(holder) -> str:
    with suppress(OSError):
        return holder.read_text(encoding="utf-8").strip() or "another run"
    return "another run"
