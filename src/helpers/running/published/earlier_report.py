"""The report that a new one compares itself with: that of the last run that was made from other articles.

It is kept among the tables and taken over from run to run as long as the articles stay the same. So a run made again,
forced or to verify what is published, compares with the same report as before and gives the same bytes.
"""

from __future__ import annotations

import shutil

from helpers.running import manifest
from helpers.running.jobs import Job
from helpers.running.stages import STAGES, read_parameters
from helpers.running.workspace import PROCESSED, Workspace
from helpers.store.files import read_json

PARAMETER = "earlier_report"


def bring_earlier(job: Job, staging: Workspace, raw: dict[str, str]) -> None:
    """Bring into the staging folder the report to compare with, where there is one that the notebook can read; `raw` are the articles."""
    last = manifest.read_manifest(job.published.tables)
    if not last or PARAMETER not in read_parameters(job.notebook(STAGES[-1])):
        return
    same = last["inputs"]["raw"] == raw
    source = job.published.tables / manifest.EARLIER if same else job.published.report / "report.json"
    if read_json(source).get("format") == _read_format():
        shutil.copyfile(source, staging.tables / manifest.EARLIER)


def name_earlier(job: Job, staging: Workspace) -> dict[str, str]:
    """Give the parameter that names the report to compare with; nothing where there is none."""
    there = (staging.tables / manifest.EARLIER).is_file()
    return {PARAMETER: f"{PROCESSED}/{job.story}/{manifest.EARLIER}"} if there else {}


def _read_format() -> int:
    """Read which format of reports is written now: one of another version is not compared with."""
    import json

    from helpers.report.templates import read_part

    return json.loads(read_part("report.schema.json"))["properties"]["format"]["const"]
