"""Kernels that need not import what the one before has imported: one process imports it and forks each kernel.

Five notebooks import nearly the same packages, which takes longer than their work on a small story. A forked kernel is a
fresh one: the process that forks it never executes a cell. It lives no longer than one run, so that a changed module is
never missed. Linux only; elsewhere every kernel starts from nothing.

Light on purpose: what is imported here is in every kernel.
"""

from __future__ import annotations

import ast
import ctypes
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
KERNEL = ["-m", "ipykernel_launcher"]
# What whoever uses a module would wait for first: the language model.
PREPARED = {"helpers.language.parsing": "load_pipeline"}
PATIENCE = 5  # seconds that the process that forks has to end by itself
LIBC = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def end_with_parent() -> None:
    """Ask the system to kill this process when the one that started it ends: no orphan may write into a later run."""
    if LIBC is not None:
        LIBC.prctl(DIE_WITH_PARENT, signal.SIGKILL)


def list_imports(notebook: Path) -> list[str]:
    """List the modules that a notebook's cells import; a cell that is no plain Python has none."""
    found: list[str] = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        with suppress(SyntaxError):
            for node in ast.parse("".join(cell["source"])).body if cell["cell_type"] == "code" else ():
                if isinstance(node, ast.Import):
                    found += [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.append(node.module)
    return list(dict.fromkeys(found))


class ForkedKernel:
    """A kernel as a process of somebody else's, with as much of `subprocess.Popen` as Jupyter asks for."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid
        self.handle: int | None = None
        with suppress(ProcessLookupError):
            self.handle = os.pidfd_open(pid)

    def poll(self, seconds: float | None = 0) -> int | None:
        """Give 1 once the process has ended, and None before; how it ended only its parent knows."""
        if self.handle is not None and select.select([self.handle], [], [], seconds)[0]:
            os.close(self.handle)
            self.handle = None
        return 1 if self.handle is None else None

    def wait(self) -> int | None:
        """Wait for the end of the process."""
        return self.poll(None)

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self.handle, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """The process that forks kernels, as its client sees it; it starts with the first kernel, in the environment of then."""

    def __init__(self):
        self.process: subprocess.Popen | None = None
        self.channel = None

    @staticmethod
    def can_fork(command: list[str]) -> bool:
        """Say whether a kernel with this command can be forked: it is this Python's own, on a system that can."""
        return hasattr(os, "pidfd_open") and LIBC is not None and command[:3] == [sys.executable, *KERNEL]

    def fork(self, command: list[str], folder: str, environment: dict[str, str], modules: list[str]) -> ForkedKernel:
        """Fork a kernel in which the modules are imported. Raises RuntimeError where the process that forks has died."""
        if self.process is None:
            self._start()
        request = {"command": command, "folder": folder, "environment": environment, "modules": modules}
        try:
            self.channel.write(json.dumps(request) + "\n")
            self.channel.flush()
            answer = self.channel.readline()
        except OSError:
            answer = ""
        if not answer:
            raise RuntimeError("Kernel died before it could start")
        return ForkedKernel(int(answer))

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "helpers.running.machine.fork_server", str(theirs.fileno())]
        with ours, theirs:
            self.process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, preexec_fn=end_with_parent, start_new_session=True
            )  # fmt: skip
            self.channel = ours.makefile("rw", encoding="utf-8")

    def close(self) -> None:
        """End the process, and every kernel that it has forked with it."""
        if self.process is None:
            return
        with suppress(OSError):  # what was not yet asked of a process that has died
            self.channel.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def serve(channel) -> None:
    """Answer each request, a line of JSON, with the number of a process that becomes the kernel, until the client is gone."""
    kernels: set[int] = set()

    def bury(*_: object) -> None:
        with suppress(ChildProcessError):
            while ended := os.waitpid(-1, os.WNOHANG)[0]:
                kernels.discard(ended)

    signal.signal(signal.SIGCHLD, bury)
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    while line := channel.readline():
        request = json.loads(line)
        _prepare(request["modules"])
        child = os.fork()
        if not child:
            channel.close()
            _become_kernel(request)
        kernels.add(child)
        channel.write(f"{child}\n")
        channel.flush()
    for kernel in list(kernels):
        with suppress(ProcessLookupError):
            os.kill(kernel, signal.SIGKILL)
    with suppress(ChildProcessError):
        while os.waitpid(-1, 0):
            pass


def _prepare(modules: list[str]) -> None:
    """Import what a kernel will import; what cannot be imported says what is wrong with it in the kernel."""
    for name in ("ipykernel.kernelapp", *modules):
        with suppress(Exception):
            importlib.import_module(name)
    for name, function in PREPARED.items():
        if name in sys.modules:
            with suppress(Exception):
                getattr(sys.modules[name], function)()


def _become_kernel(request: dict) -> None:
    """Go on as a kernel that was started by its command in its folder and environment; never returns."""
    end_with_parent()
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request["environment"], JPY_PARENT_PID=str(os.getppid()))
    os.chdir(request["folder"])
    sys.argv = request["command"][2:]
    from ipykernel.kernelapp import launch_new_instance

    try:
        launch_new_instance(argv=request["command"][3:])
    finally:
        os._exit(0)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given:
        serve(given.makefile("rw", encoding="utf-8"))
