"""Run the notebooks of a story in sequence with papermill, in a staging folder, and publish what they made."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from helpers import manifest, publish
from helpers.stages import STAGES, Stage, read_parameters

KERNEL_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "OMP_NUM_THREADS": "1",
}
TIMEOUT = 1800  # seconds that one cell may take


class RunError(Exception):
    """A notebook failed; the message is one line, `trace` the end of the traceback, `kept` the executed notebook."""

    def __init__(self, message: str, trace: str = "", kept: str = ""):
        super().__init__(message)
        self.trace = trace
        self.kept = kept


class LockHeldError(Exception):
    """Another run works on the story; the message says which."""


@dataclass
class Job:
    """One story to run: its name, its raw articles, where tables and report go, and the checked parameters."""

    story: str
    raw_folder: str
    processed_dir: str
    reports_dir: str
    root: Path
    parameters: dict[str, object] = field(default_factory=dict)

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def processed(self) -> Path:
        return self.root / self.processed_dir

    @property
    def reports(self) -> Path:
        return self.root / self.reports_dir

    def describe(self) -> dict[str, object]:
        """Describe what the result depends on; see `manifest.describe_inputs`."""
        return manifest.describe_inputs(self.root / self.raw_folder, self.notebooks, self.parameters, self.root)


@dataclass
class Outcome:
    """How a run ended: `done` or `unchanged`, the articles that were skipped, and why it ran."""

    state: str
    skipped: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def find_changes(job: Job) -> list[str]:
    """Name what makes a run necessary: changed inputs, missing or edited outputs; empty where nothing does."""
    last = manifest.read_manifest(job.processed / job.story)
    if not last:
        return ["no earlier run"]
    changed = manifest.name_changes(last.get("inputs", {}), job.describe())
    outputs = manifest.describe_outputs({"tables": job.processed / job.story, "report": job.reports / job.story})
    return changed + [f"output {name}" for name in manifest.name_changes(last.get("outputs", {}), outputs)]


def run_story(job: Job, force: bool = False, tell: Callable[[str, int], None] = lambda stage, number: None) -> Outcome:
    """Run a story, unless nothing has changed, and publish tables and report together.

    `tell` is called with each stage's name and number before it starts. Raises LockHeldError, RunError.
    """
    with _hold_lock(job):
        changed = ["forced"] if force else find_changes(job)
        if not changed:
            last = manifest.read_manifest(job.processed / job.story)
            return Outcome("unchanged", last.get("skipped", []))
        publish.recover(job.processed, job.story)
        publish.recover(job.reports, job.story)
        inputs = job.describe()
        started = datetime.now(UTC)
        try:
            _execute(job, tell)
            skipped = _list_skipped(job)
        except BaseException:
            publish.recover(job.processed, job.story)
            publish.recover(job.reports, job.story)
            raise
        publish.swap_in(job.reports, job.story)
        publish.swap_in(job.processed, job.story)
        _write_manifest(job, inputs, skipped, started)
        shutil.rmtree(_failed_folder(job), ignore_errors=True)
        return Outcome("done", skipped, changed)


@contextmanager
def _hold_lock(job: Job):
    job.processed.mkdir(parents=True, exist_ok=True)
    path = job.processed / f".lock-{job.story}"
    holder = job.processed / f".lock-{job.story}.holder"
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else "another run"
        raise LockHeldError(f"{who} holds the lock of story {job.story!r}") from None
    try:
        holder.write_text(f"process {os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
        path.unlink(missing_ok=True)


def _execute(job: Job, tell: Callable[[str, int], None]) -> None:
    staged_tables = publish.staging_folder(job.processed, job.story)
    staged_reports = publish.staging_folder(job.reports, job.story)
    public = {
        "story": job.story, "raw_dir": str(Path(job.raw_folder).parent), "raw_folder": job.raw_folder,
        "processed_dir": job.processed_dir, "reports_dir": job.reports_dir, **job.parameters,
    }  # fmt: skip
    private = {
        **public,
        "processed_dir": str(Path(job.processed_dir) / staged_tables.name),
        "reports_dir": str(Path(job.reports_dir) / staged_reports.name),
    }
    kept = staged_tables / job.story / "notebooks"
    kept.mkdir(parents=True)
    shown = staged_reports / job.story / "notebooks"
    shown.mkdir(parents=True)
    for number, stage in enumerate(STAGES):
        tell(stage.name, number)
        notebook = execute_notebook(
            job.notebooks / f"{stage.name}.ipynb", private, job.root, kept_at=_failed_folder(job)
        )
        text = _hide_staging(notebook, private, public)
        (kept / f"{stage.name}.ipynb").write_text(text, encoding="utf-8")
        (shown / f"{stage.name}.html").write_text(_render(text), encoding="utf-8")


def execute_notebook(path: Path, parameters: dict[str, object], root: Path, kept_at: Path | None = None) -> dict:
    """Execute one notebook in a fresh kernel and give it back, stripped of times, durations and random ids.

    Only the parameters that the notebook declares are handed to it. Raises RunError; the notebook up to the fault
    is then kept under `kept_at`.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    declared = read_parameters(path)
    chosen = {name: value for name, value in parameters.items() if name in declared}
    output = (kept_at or path.parent) / path.name
    before = dict(os.environ)
    os.environ.update(KERNEL_ENVIRONMENT)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        papermill.execute_notebook(
            path, output, parameters=chosen, cwd=root, progress_bar=False, execution_timeout=TIMEOUT,
            kernel_name="python3", language="python", shutdown_kernel="immediate", config=Config({"KernelManager": {"transport": "ipc"}}),
        )  # fmt: skip
    except PapermillExecutionError as error:
        trace = "\n".join(str(line) for line in error.traceback[-1:]).splitlines()[-8:]
        raise RunError(
            f"{path.stem}: {error.ename}: {_first_line(error.evalue)}", "\n".join(trace), output.name
        ) from None
    except Exception as error:  # a dead kernel or a time-out says nothing in the notebook itself
        raise RunError(f"{path.stem}: {type(error).__name__}: {_first_line(str(error))}", "", output.name) from None
    finally:
        os.environ.clear()
        os.environ.update(before)
    executed = json.loads(output.read_text(encoding="utf-8"))
    output.unlink()
    return strip_notebook(executed)


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "")[:300]


def strip_notebook(notebook: dict) -> dict:
    """Take out of an executed notebook what differs from run to run: times, durations, random ids."""
    notebook["metadata"].pop("papermill", None)
    notebook["metadata"].pop("widgets", None)
    for number, cell in enumerate(notebook["cells"]):
        for name in ("papermill", "execution", "collapsed"):
            cell["metadata"].pop(name, None)
        if "injected-parameters" in cell["metadata"].get("tags", []):
            cell["id"] = f"injected-{number:02d}"
    return notebook


def _hide_staging(notebook: dict, private: dict, public: dict) -> str:
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    for name in ("processed_dir", "reports_dir"):
        text = text.replace(str(private[name]), str(public[name]))
    return text


def _render(notebook: str) -> str:
    from helpers.rendering import render_notebook

    return render_notebook(notebook)


def make_tables(stages: Iterable[Stage], parameters: dict[str, object]) -> None:
    """Execute some stages in place, for an analyst who opened a later notebook first; says so in one line a stage."""
    from helpers.places import find_root

    root = find_root()
    for stage in stages:
        print(f"{stage.name} had not been run for this story: running it first")  # noqa: T201
        execute_notebook(
            root / "notebooks" / f"{stage.name}.ipynb",
            parameters,
            root,
            root / parameters["processed_dir"] / ".earlier",
        )
    shutil.rmtree(root / parameters["processed_dir"] / ".earlier", ignore_errors=True)


def _failed_folder(job: Job) -> Path:
    return job.processed / f".failed-{job.story}"


def _list_skipped(job: Job) -> list[str]:
    from helpers.tables import read_table

    staged = publish.staging_folder(job.processed, job.story)
    articles = read_table("articles", job.story, staged)
    skipped = articles[articles["skipped"].notna()]
    return [f"{row.raw_path}: {row.skipped}" for row in skipped.itertuples()]


def _write_manifest(job: Job, inputs: dict, skipped: list[str], started: datetime) -> None:
    from helpers.tables import write_file

    ended = datetime.now(UTC)
    content = {
        "story": job.story,
        "inputs": inputs,
        "outputs": manifest.describe_outputs({"tables": job.processed / job.story, "report": job.reports / job.story}),
        "skipped": skipped,
        "versions": manifest.list_versions(),
        "started": started.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_file(job.processed / job.story / manifest.MANIFEST, text.encode())
