"""A notebook that is opened alone: the tables that it needs are made by the notebooks before it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from helpers.running.jobs import Job
from helpers.running.machine.locks import hold_lock
from helpers.running.stages import DESK, STAGES, Stage
from helpers.store.places import find_root
from helpers.tables import table_path


def run_earlier(notebook: str, story: str, raw_dir: str, processed_dir: str, raw_folder: str = "") -> None:
    """Run the notebooks before `notebook` where a table that it reads is missing; silent where all are there.

    So each notebook can be opened alone. In a run the tables are there, and nothing happens.
    """
    stage = next(stage for stage in (*STAGES, DESK) if stage.name == notebook)
    if all(table_path(name, story, processed_dir).exists() for name in stage.reads):
        return
    earlier = [other for other in STAGES if other.name < notebook]
    _run_in_place(
        earlier, {"story": story, "raw_dir": raw_dir, "processed_dir": processed_dir, "raw_folder": raw_folder}
    )


def _run_in_place(stages: Iterable[Stage], parameters: dict[str, str]) -> None:
    from helpers.running.kernels import open_kernels

    root = find_root()
    given = parameters["raw_folder"] or Path(parameters["raw_dir"]) / parameters["story"]
    job = Job(parameters["story"], given, parameters["processed_dir"], "reports", root)
    with hold_lock(job), open_kernels() as execute:
        for stage in stages:
            print(f"{stage.name} had not been run for this story: running it first")  # noqa: T201
            execute(job.notebook(stage), parameters, root, job.failed, job.staging.folder)
        job.staging.remove()
