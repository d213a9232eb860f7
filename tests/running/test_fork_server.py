"""Kernels are forked from a process that has imported what they import, and are fresh ones all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psutil
import pytest

from helpers.running.kernels import RunError, open_kernels
from helpers.running.machine.fork_server import ForkServer, list_imports
from suites import make_suite

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux alone")


def write_cells(suite, *cells: str):
    path = suite / "notebooks" / "01-read-articles.ipynb"
    notebook = json.loads(path.read_text())
    sources = [*cells, *[""] * (3 - len(cells))]
    notebook["cells"] = [{**notebook["cells"][2], "id": f"c{n}", "source": source} for n, source in enumerate(sources)]
    path.write_text(json.dumps(notebook))
    return path


def run(execute, path, suite) -> str:
    executed = execute(path, {}, suite, suite / "failed")
    return "".join("".join(output.get("text", "")) for cell in executed["cells"] for output in cell["outputs"])


def test_the_imports_of_a_notebook_are_those_of_its_cells(tmp_path):
    path = write_cells(
        make_suite(tmp_path), "import json, os.path\nfrom helpers.tables import TABLES", "%matplotlib", "import re"
    )
    assert list_imports(path) == ["json", "os.path", "helpers.tables", "re"]


@linux
def test_a_kernel_finds_imported_what_it_imports_and_nothing_that_another_did(tmp_path):
    suite = make_suite(tmp_path)
    ask = "import sys\nprint('wave' in sys.modules, 'left' in dir(), sys.argv[0], __name__)\nimport wave\nleft = 1"
    path = write_cells(suite, ask)
    with open_kernels() as execute:
        said = [run(execute, path, suite) for _ in range(2)]
    assert [line.split()[:2] for line in said] == [["True", "False"]] * 2
    assert said[0].split()[3] == "__main__"


@linux
def test_a_module_that_changed_between_two_runs_is_read_anew(tmp_path, monkeypatch):
    suite = make_suite(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(suite), *filter(None, [os.environ.get("PYTHONPATH")])]))
    path = write_cells(suite, "import tide\nprint(tide.height)")
    said = []
    for height in ("low", "high water"):
        (suite / "tide.py").write_text(f"height = {height!r}\n")
        with open_kernels() as execute:
            said.append(run(execute, path, suite).strip())
    assert said == ["low", "high water"]


@linux
def test_an_import_that_fails_fails_in_the_notebook(tmp_path):
    suite = make_suite(tmp_path)
    path = write_cells(suite, "import no_such_module")
    with open_kernels() as execute, pytest.raises(RunError, match="No module named 'no_such_module'") as error:
        execute(path, {}, suite, suite / "failed")
    assert error.value.kept == path.name


@linux
def test_no_process_outlives_the_run(tmp_path):
    suite = make_suite(tmp_path)
    before = set(psutil.Process().children(recursive=True))
    with open_kernels() as execute:
        run(execute, write_cells(suite, "print(1)"), suite)
        assert set(psutil.Process().children(recursive=True)) - before
    assert set(psutil.Process().children(recursive=True)) == before


@linux
def test_a_kernel_whose_forking_process_was_killed_is_told_of_in_one_line(tmp_path):
    server = ForkServer()
    server._start()
    server.process.kill()
    with pytest.raises(RuntimeError, match="Kernel died"):
        server.fork([sys.executable, "-m", "ipykernel_launcher"], str(tmp_path), {}, [])
    server.close()


def test_a_kernel_of_another_python_is_started_by_its_own_command():
    assert not ForkServer.can_fork(["/usr/bin/another", "-m", "ipykernel_launcher", "-f", "x"])
    assert not ForkServer.can_fork([sys.executable, "-m", "another_kernel", "-f", "x"])


def test_the_process_that_forks_imports_little_itself():
    code = "import sys, helpers.running.machine.fork_server\nprint({'pandas', 'zmq', 'ipykernel', 'spacy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"
