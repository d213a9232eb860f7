"""Tell somebody that the findings changed: a command of the user's own gets the difference as JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from contextlib import suppress

from helpers.running import history
from helpers.running.freshness import Outcome
from helpers.running.jobs import Job
from helpers.running.stages import UsageError

PATIENCE = 600  # seconds that the command on change may take
EMPTY = {"articles": [], "disagreements": [], "propositions": [], "amounts": [], "dates": []}


def compare_runs(job: Job, old: int | None, new: int) -> dict:
    """Compare the findings of two runs of a story; `old` None stands for nothing at all."""
    from helpers.report.between_reports import compare_reports

    earlier, later = history.read_findings(job, old), history.read_findings(job, new)
    return {
        "story": job.story,
        "previous": old,
        "run": new,
        "changes": compare_reports({**EMPTY, **earlier}, {**EMPTY, **later}),
    }


def announce_changes(job: Job, outcome: Outcome, command: str) -> str | None:
    """Hand the changes that a run brought to a shell command on its standard input, if there are any.

    Gives what went wrong, in one line, or None. The report is published whatever the command does.
    """
    from helpers.report.between_reports import is_unchanged

    try:
        difference = compare_runs(job, outcome.previous, outcome.number)
    except UsageError:  # the run before is no longer kept
        difference = compare_runs(job, None, outcome.number)
    if is_unchanged(difference["changes"]):
        return None
    fault = hand_over(command, json.dumps(difference, ensure_ascii=False), job)
    return f"{job.story}: the command on change {fault}" if fault else None


def hand_over(command: str, text: str, job: Job) -> str | None:
    """Run a shell command on a text; says how it went wrong. One that takes too long is ended with all that it started."""
    content = text.encode("utf-8", "replace")
    with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, cwd=job.root, start_new_session=True) as run:
        try:
            run.communicate(content, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            _end_group(run)
            return f"took longer than {PATIENCE} seconds and was ended"
        except BaseException:
            _end_group(run)
            raise
    return f"ended with {run.returncode}" if run.returncode else None


def _end_group(run: subprocess.Popen) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    run.kill()
