"""Tell somebody that the findings changed: a command of the user's own gets the difference as JSON."""

from __future__ import annotations

import json
import subprocess

from helpers.running import history
from helpers.running.freshness import Outcome
from helpers.running.jobs import Job
from helpers.running.stages import UsageError

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
    text = json.dumps(difference, ensure_ascii=False)
    ended = subprocess.run(command, shell=True, input=text, text=True, encoding="utf-8", cwd=job.root)
    return f"{job.story}: the command on change ended with {ended.returncode}" if ended.returncode else None
