"""Execute one notebook in a fresh kernel with papermill, the same way everywhere, and take out what differs from run to run."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache, partial
from pathlib import Path

from helpers.running.machine.fork_server import ForkServer, end_with_parent, list_imports
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
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# Errors of ours that say in a line what a reader can mend: no traceback makes that plainer.
TOLD = {"ArticleError", "LanguageModelError", "ReadingError", "ReportError", "TableError", "UsageError"}
MESSAGES = {"stream": ("text",), "error": ("evalue", "traceback")}


class RunError(Exception):
    """A notebook failed; the message is one line, `trace` the end of the traceback, `kept` the executed notebook."""

    def __init__(self, message: str, trace: str = "", kept: str = ""):
        super().__init__(message)
        self.trace = trace
        self.kept = kept

    def __reduce__(self):
        return RunError, (str(self), self.trace, self.kept)


@contextmanager
def open_kernels() -> Iterator[Callable[..., dict]]:
    """Give `execute_notebook` for the notebooks of one run, whose kernels are forked from one process that ends with it."""
    with closing(ForkServer()) as server:
        yield partial(execute_notebook, server)


def execute_notebook(
    server: ForkServer,
    path: Path,
    parameters: dict[str, object],
    folder: Path,
    failed: Path,
    scratch: Path | None = None,
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
                kernel_manager_class=_bound_manager(server, list_imports(path)), engine_name=_register_engine(),
                config=Config({"KernelManager": {"transport": "ipc"}}),
            )  # fmt: skip
    except PapermillExecutionError as error:
        kept = _keep_failed(output, failed, hidden)
        if error.ename in TOLD:
            raise RunError(_hide(_first_line(error.evalue), hidden)) from None
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


@cache
def _register_engine() -> str:
    """Register papermill's own way to execute, which then keeps a notebook at its start and end and not twice a cell."""
    from papermill.engines import NBClientEngine, papermill_engines

    class WholeNotebook(NBClientEngine):
        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, **options):
            kept, nb_man.output_path = nb_man.output_path, None
            try:
                return super().execute_managed_notebook(nb_man, kernel_name, **options)
            finally:
                nb_man.output_path = kept

    papermill_engines.register("whole-notebook", WholeNotebook)
    return "whole-notebook"


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
    return CELL_FILE.sub("the notebook", COLOUR.sub("", text))


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


def _bound_manager(server: ForkServer, modules: list[str]) -> type:
    """Give the class of kernel managers whose kernels are forked where that can be, with these modules in them.

    On Linux they end with this process, however it ends; elsewhere ipykernel looks for its parent once a second.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning import LocalProvisioner

    class ForkingProvisioner(LocalProvisioner):
        async def launch_kernel(self, cmd, **options):
            if not server.can_fork(cmd):
                return await super().launch_kernel(cmd, preexec_fn=end_with_parent, **options)
            self.cwd = Path(options.get("cwd") or ".").absolute()
            self.process = server.fork(cmd, str(self.cwd), options["env"], modules)
            self.pid = self.pgid = self.process.pid
            return self.connection_info

    class BoundKernelManager(AsyncKernelManager):
        async def start_kernel(self, **options):
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = ForkingProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            await super().start_kernel(**options)

    return BoundKernelManager if sys.platform.startswith("linux") else AsyncKernelManager
