"""Run several stories, independent ones side by side, and say in a line or two how each ended."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from helpers.running.freshness import Outcome, check_unchanged
from helpers.running.jobs import Job
from helpers.running.manifest import describe_suite
from helpers.running.stages import STAGES
from helpers.running.workspace import read_records
from helpers.store.descriptions import NAME

DONE, FAILED, USAGE, PARTIAL, LOCKED = 0, 1, 2, 3, 4
LOOKING = 0.5  # seconds between two looks at how far stories are that run side by side
Tell = Callable[[str, int, int], None]


class Wishes(NamedTuple):
    """How stories are to be run: forced, with explanations, tersely, with how long a history, and a command on change."""

    force: bool = False
    explain: bool = False
    quiet: bool = False
    keep: int = 20
    on_change: str | None = None


class Result(NamedTuple):
    """How a story ended: the exit code, lines for the reader, about what is wrong, for the log; whether nothing was to do."""

    story: str
    code: int
    said: list[str]
    wrong: list[str]
    details: list[str]
    idle: bool = False


def choose_code(codes: list[int]) -> int:
    """Give the exit code of several stories: the gravest."""
    return next((code for code in (FAILED, LOCKED, PARTIAL) if code in codes), DONE)


def run_jobs(jobs: list[Job], wishes: Wishes, workers: int, tell: Tell = lambda *told: None) -> Iterator[Result]:
    """Run stories in as many processes as there are workers; results come in the order of the jobs.

    A story that has not changed costs no process. `tell` is called with what is at work, and how many stages of how many
    are done.
    """
    suite = describe_suite(jobs[0].root) if jobs else {}
    idle = {job.story: None if wishes.force else _check(job, suite, wishes) for job in jobs}
    busy = [job for job in jobs if idle[job.story] is None]
    alone = len(busy) == 1 or workers == 1
    made = _run_in_turn(busy, wishes, tell) if alone else _run_side_by_side(busy, wishes, workers, tell)
    for job in jobs:
        yield idle[job.story] or next(made)


def _run_in_turn(jobs: list[Job], wishes: Wishes, tell: Tell) -> Iterator[Result]:
    for number, job in enumerate(jobs):

        def tell_stage(
            stage: str, done: int, of: int, before: int = number * len(STAGES), story: str = job.story
        ) -> None:
            tell(f"{story} {stage}" if len(jobs) > 1 else stage, before + done, of * len(jobs))

        yield run_one(job, wishes, tell_stage)


def _check(job: Job, suite: dict[str, object], wishes: Wishes) -> Result | None:
    try:
        outcome = check_unchanged(job, suite)
    except OSError as error:
        return Result(job.story, FAILED, [], [f"synoptic: {job.story}: {tell_error(error)}"], [])
    except Exception:  # what is damaged costs its own story only: running it tells what is wrong
        return None
    return outcome and describe_outcome(job, outcome, wishes, 0)


def _run_side_by_side(jobs: list[Job], wishes: Wishes, workers: int, tell: Tell) -> Iterator[Result]:
    """Run each story in a worker process; one that dies costs its own story only, an interruption ends them all."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    options = {"mp_context": get_context("spawn"), "initializer": prepare_worker}
    pool = ProcessPoolExecutor(min(workers, len(jobs)), **options)
    with pool:
        futures = [pool.submit(run_one, job, wishes) for job in jobs]
        try:
            for job, future in zip(jobs, futures, strict=True):
                _follow(jobs, futures, future, tell)
                try:
                    yield future.result()
                except BrokenProcessPool:  # which story it was is not known: each gets a process of its own
                    yield _run_alone(job, wishes, options)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in active_children():
                worker.kill()
            raise


def _run_alone(job: Job, wishes: Wishes, options: dict) -> Result:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(1, **options) as alone:
        try:
            return alone.submit(run_one, job, wishes).result()
        except BrokenProcessPool:
            return Result(job.story, FAILED, [], [f"synoptic: {job.story}: the process was killed"], [])


def prepare_worker() -> None:
    """Let a worker end with its parent, which alone takes an interruption from the terminal."""
    import signal

    from helpers.running.machine.fork_server import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def _follow(jobs: list[Job], futures: list, awaited, tell: Tell) -> None:
    """Tell how far the stories are until one is done, by the records that each leaves in its staging folder."""
    from concurrent.futures import wait

    while not awaited.done():
        done, at_work = 0, []
        for job, future in zip(jobs, futures, strict=True):
            made = len(STAGES) if future.done() else len(read_records(job.staging.folder))
            done += made
            if future.running() and made < len(STAGES):
                at_work.append(f"{job.story} {STAGES[made].name}")
        tell(", ".join(at_work[:2]), done, len(STAGES) * len(jobs))
        wait([awaited], timeout=LOOKING)


def run_one(job: Job, wishes: Wishes, tell: Tell = lambda *told: None) -> Result:
    """Run a story and turn whatever happens into lines and an exit code."""
    import traceback

    from helpers.running.kernels import RunError
    from helpers.running.machine.locks import LockHeldError
    from helpers.running.runner import run_story

    started = time.monotonic()
    try:
        outcome = run_story(job, wishes.force, tell, keep=wishes.keep)
        result = describe_outcome(job, outcome, wishes, time.monotonic() - started)
        return _announce(job, outcome, wishes, result)
    except LockHeldError as error:
        return Result(job.story, LOCKED, [], [f"synoptic: {error}"], [])
    except RunError as error:
        more = [error.trace] if error.trace else []
        if error.kept:
            more.append(f"the notebook up to there: {show_path(job, job.failed / error.kept)}")
        wrong = [f"synoptic: {job.story}: {error}", *([] if wishes.quiet else more)]
        return Result(job.story, FAILED, [], wrong, more if wishes.quiet else [])
    except OSError as error:
        return Result(job.story, FAILED, [], [f"synoptic: {job.story}: {tell_error(error)}"], [])
    except Exception as error:  # a fault of ours in one story must not cost the others
        where = traceback.format_exc().splitlines()
        wrong = [f"synoptic: {job.story}: {type(error).__name__}: {error}"]
        return Result(job.story, FAILED, [], wrong if wishes.quiet else wrong + where, where if wishes.quiet else [])


def describe_outcome(job: Job, outcome: Outcome, wishes: Wishes, seconds: float) -> Result:
    """Say how a run ended."""
    page = show_path(job, job.published.report / "index.html")
    skipped = [f"{job.story}: skipped {line}" for line in outcome.skipped]
    orphans = [f"{job.story}: a review has lost its place: {line}" for line in outcome.orphans]
    what = f"done in {seconds:.0f} s" if outcome.state == "done" else outcome.state
    if wishes.quiet and skipped:
        what += f", {len(skipped)} skipped"
    if wishes.quiet and orphans:
        what += f", {len(orphans)} reviews without a place"
    skipped += orphans
    steps = [f"{job.story}: {line}" for line in explain_steps(outcome)] if wishes.explain else []
    code = PARTIAL if skipped else DONE
    more = (
        [f"{job.story}: ran because of: {', '.join(outcome.changed)}"]
        if outcome.changed and wishes.quiet and not wishes.explain
        else []
    )
    skeleton = job.published.report / NAME
    unknown = (
        [
            f"{job.story}: publishers or dates are not known: see {show_path(job, skeleton)}, or synoptic describe {job.story}"
        ]
        if outcome.state == "done" and not wishes.quiet and skeleton.is_file()
        else []
    )
    return Result(
        job.story, code, [*steps, f"{job.story}: {what}, {page}", *unknown], [] if wishes.quiet else skipped,
        [*more, *(skipped if wishes.quiet else [])], outcome.state == "unchanged",
    )  # fmt: skip


def explain_steps(outcome: Outcome) -> list[str]:
    """Say what made a run necessary, and stage by stage what was done and why."""
    if not outcome.changed:
        return ["nothing has changed"]
    lines = [f"{'accepted' if outcome.state == 'accepted' else 'ran because of'}: {', '.join(outcome.changed)}"]
    for step in outcome.steps:
        why = f" ({', '.join(step.reasons)})" if step.reasons else ""
        lines.append(f"  {step.stage}: {step.action}{why}")
    return lines


def _announce(job: Job, outcome: Outcome, wishes: Wishes, result: Result) -> Result:
    if outcome.state != "done" or not wishes.on_change:
        return result
    from helpers.running.announcing import announce_changes

    fault = announce_changes(job, outcome, wishes.on_change)
    return result if fault is None else result._replace(code=FAILED, wrong=[*result.wrong, f"synoptic: {fault}"])


def show_path(job: Job, path) -> str:
    """Name a path as the reader gave it: relative to the suite where it lies inside."""
    return os.path.relpath(path, job.root) if path.is_relative_to(job.root) else str(path)


def tell_error(error: OSError) -> str:
    """Say in one line what the system refused, and where."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def count_workers() -> int:
    """Count the processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
