"""Execute one notebook in a fresh kernel with papermill, the same way everywhere, and take out what differs from run to run."""

from __future__ import annotations

import ctypes
import hashlib
import json
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from helpers.running.stages import read_parameters

# What a kernel gets whatever the caller's environment says: no time zone, locale, number of threads, hash seed, style
# of figures or start-up file of the account may reach a finding.
KERNEL_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "0",
    "TZ": "UTC",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
DROPPED = ("PYTHONWARNINGS", "PYTHONSTARTUP", "PYTHONOPTIMIZE", "PYTHONIOENCODING", "LANGUAGE", "COLUMNS", "LINES")
TIMEOUT = 1800  # seconds that one cell may take
DISK = re.compile(r"Errno (?:5|28|30|122)\b|No space left|Read-only file system|quota exceeded", re.I)
CELL_FILE = re.compile(r"[^\s\"'(]*ipykernel_\d+[/\\]\d+\.py")
MESSAGES = {"stream": ("text",), "error": ("evalue", "traceback")}
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class RunError(Exception):
    """A notebook failed; the message is one line, `trace` the end of the traceback, `kept` the executed notebook."""

    def __init__(self, message: str, trace: str = "", kept: str = ""):
        super().__init__(message)
        self.trace = trace
        self.kept = kept

    def __reduce__(self):
        return RunError, (str(self), self.trace, self.kept)


def execute_notebook(
    path: Path, parameters: dict[str, object], folder: Path, failed: Path, scratch: Path | None = None
) -> dict:
    """Execute a notebook in a fresh kernel whose working folder is `folder`, and give it back stripped of what varies.

    Only the parameters that the notebook declares are handed to it. Raises RunError; the notebook up to the fault
    is then kept in the folder `failed`. `scratch` is for passing files, `folder` where none is given.
    """
    papermill = _import_papermill()
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    _silence_loggers()
    declared = read_parameters(path)
    chosen = {name: value for name, value in parameters.items() if name in declared}
    scratch = scratch or folder
    output = scratch / ".executed" / path.name
    output.parent.mkdir(parents=True, exist_ok=True)
    hidden = {f"{folder}/": "", f"{sys.prefix}/": "<python>/", f"{path.parent.parent}/": "", f"{Path.home()}/": "~/"}
    try:
        with _settle_environment(scratch):
            papermill.execute_notebook(
                path, output, parameters=chosen, cwd=folder, progress_bar=False, execution_timeout=TIMEOUT,
                kernel_name="python3", language="python", shutdown_kernel="immediate",
                kernel_manager_class=_bound_manager(), config=Config({"KernelManager": {"transport": "ipc"}}),
            )  # fmt: skip
    except PapermillExecutionError as error:
        kept = _keep_failed(output, failed, hidden)
        reason = _hide(f"{path.stem}: {error.ename}: {_first_line(error.evalue)}", hidden)
        trace = "\n".join(str(line) for line in error.traceback[-1:]).splitlines()[-8:]
        raise RunError(reason, "" if DISK.search(reason) else _hide("\n".join(trace), hidden), kept) from None
    except Exception as error:  # a dead kernel or a time-out says nothing in the notebook itself
        kept = _keep_failed(output, failed, hidden)
        reason = _hide(f"{path.stem}: {type(error).__name__}: {_first_line(str(error))}", hidden)
        raise RunError(reason, "", kept) from None
    executed = json.loads(output.read_text(encoding="utf-8"))
    output.unlink()
    return strip_notebook(executed, hidden)


def _import_papermill():
    """Import papermill without the checker of internationalised addresses that jsonschema loads where it can.

    Building its grammar takes two thirds of the whole import, and no notebook holds such an address.
    """
    checker = "rfc3987_syntax"
    blocked = checker not in sys.modules
    if blocked:
        sys.modules[checker] = None
    try:
        import papermill
    finally:
        if blocked:
            del sys.modules[checker]
    return papermill


def _silence_loggers() -> None:
    """Keep the libraries from printing beside our one line what the exception says anyway."""
    for name in ("papermill", "traitlets"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False


def strip_notebook(notebook: dict, hidden: dict[str, str]) -> dict:
    """Take out of an executed notebook what differs from run to run or from machine to machine.

    Times, durations, random ids, and in messages the folders of the machine: `hidden` says what stands for each.
    """
    notebook["metadata"].pop("papermill", None)
    notebook["metadata"].pop("widgets", None)
    for number, cell in enumerate(notebook["cells"]):
        for name in ("papermill", "execution", "collapsed"):
            cell["metadata"].pop(name, None)
        if "injected-parameters" in cell["metadata"].get("tags", []):
            cell["id"] = f"injected-{number:02d}"
        for output in cell.get("outputs", []):
            for part in MESSAGES.get(output["output_type"], ()):  # what articles say is never touched
                output[part] = _hide_within(output[part], hidden)
    return notebook


def _hide_within(value: str | list[str], hidden: dict[str, str]) -> str | list[str]:
    return [_hide(line, hidden) for line in value] if isinstance(value, list) else _hide(value, hidden)


def _hide(text: str, hidden: dict[str, str]) -> str:
    for name, shown in hidden.items():
        if len(name) > 2:
            text = text.replace(name, shown)
    return CELL_FILE.sub("the notebook", text)


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "")[:300]


def _keep_failed(output: Path, failed: Path, hidden: dict[str, str]) -> str:
    """Keep the notebook up to the fault for reading; gives its name, or none where even that cannot be written."""
    try:
        notebook = strip_notebook(json.loads(output.read_text(encoding="utf-8")), hidden)
        failed.mkdir(parents=True, exist_ok=True)
        (failed / output.name).write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except (OSError, ValueError):
        return ""
    return output.name


@contextmanager
def _settle_environment(scratch: Path):
    """Set the environment that the kernel inherits, and a short-lived folder for its connection; undo both."""
    before = dict(os.environ)
    sockets = _make_socket_folder(scratch)
    style = scratch / ".matplotlibrc"
    style.write_text("", encoding="utf-8")
    os.environ.update(KERNEL_ENVIRONMENT)
    os.environ.update(
        IPYTHONDIR=str(scratch / ".ipython"), MATPLOTLIBRC=str(style), JUPYTER_RUNTIME_DIR=str(sockets),
    )  # fmt: skip
    for name in DROPPED:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(sockets, ignore_errors=True)


def _make_socket_folder(scratch: Path) -> Path:
    """Make the folder for a kernel's sockets, whose paths must be short.

    Its name follows from the working folder, so that what a killed run left is swept away by the next one.
    """
    name = f"synoptic-{hashlib.sha256(os.fsencode(scratch.absolute())).hexdigest()[:12]}"
    sockets = Path(tempfile.gettempdir()) / name
    shutil.rmtree(sockets, ignore_errors=True)
    try:
        sockets.mkdir(mode=0o700)
    except FileExistsError:  # somebody else's, or in use
        sockets = Path(tempfile.mkdtemp(prefix="synoptic-"))
    return sockets


def _bound_manager() -> type:
    """Give the class of kernel managers whose kernels end with this process, however it ends (on Linux)."""
    from jupyter_client.manager import AsyncKernelManager

    if not sys.platform.startswith("linux"):
        return AsyncKernelManager  # ipykernel looks for its parent once a second

    class BoundKernelManager(AsyncKernelManager):
        async def start_kernel(self, **options):
            await super().start_kernel(preexec_fn=end_with_parent, **options)

    return BoundKernelManager


LIBC = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def end_with_parent() -> None:
    """Ask the system to kill this process when the one that started it ends: no orphan may write into a later run."""
    if LIBC is not None:
        LIBC.prctl(DIE_WITH_PARENT, signal.SIGKILL)
