"""Run stories again while somebody works on them: whenever a file among the raw articles changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from helpers.running.batch import Result, Wishes, count_workers, run_jobs
from helpers.running.jobs import Job

SETTLING = 800  # milliseconds without a change before a run starts: an editor saves in several steps


def watch_stories(folder: Path, make_jobs: Callable[[], list[Job]], wishes: Wishes) -> Iterator[Result]:
    """Run the stories once, then those that changed after each change in `folder`, until the user interrupts.

    `make_jobs` lists the stories anew each time, so that a new folder is a new story.
    """
    from watchfiles import watch

    yield from run_jobs(make_jobs(), wishes, count_workers())
    for _ in watch(folder, debounce=SETTLING, raise_interrupt=False):
        for result in run_jobs(make_jobs(), wishes, count_workers()):
            if not result.idle:
                yield result
