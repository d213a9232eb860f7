"""The schedules that users have: each calls a command that exists, and the system that reads it finds no fault in it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from conftest import ROOT
from helpers.running.cli import main
from suites import make_suite

SCHEDULES = ROOT / "schedules"


def read_line(name: str, start: str) -> str:
    lines = (SCHEDULES / name).read_text().splitlines()
    (line,) = [line for line in lines if line.startswith(start)]
    return line


def parse_command(command: str) -> dict:
    """Parse a call of synoptic as the command itself does, and give its options."""
    words = shlex.split(command.partition("synoptic run ")[2].partition(">")[0].rstrip("'"))
    return main.commands["run"].make_context("run", [word for word in words if word not in ("||", "code=$?")]).params


def assert_scheduled(command: str) -> None:
    params = parse_command(command)
    assert params["every"] and params["quiet"]


def test_the_crontab_calls_the_command_from_the_folder_of_the_suite():
    line = read_line("crontab", "17")
    assert re.match(r"17 \* \* \* \* cd /srv/synoptic && \.venv/bin/synoptic run ", line)
    assert_scheduled(line)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here to verify the units")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    units = [str(SCHEDULES / name) for name in ("synoptic.service", "synoptic.timer")]
    ended = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    bad = tmp_path / "bad.service"
    bad.write_text((SCHEDULES / "synoptic.service").read_text().replace("ExecStart", "ExecStrt"))
    assert subprocess.run(["systemd-analyze", "verify", str(bad)], capture_output=True).returncode
    assert_scheduled(read_line("synoptic.service", "ExecStart="))


def test_the_workflow_regenerates_then_publishes():
    flow = yaml.safe_load((SCHEDULES / "github-pages.yml").read_text())
    assert set(flow[True]) == {"push", "schedule", "workflow_dispatch"}  # YAML reads `on` as true
    assert flow["jobs"]["publish"]["needs"] == "regenerate"
    assert flow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert flow["permissions"] == {"contents": "read"}
    for job in flow["jobs"].values():
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/x@v1"))
    if shutil.which("actionlint"):
        subprocess.run(["actionlint", str(SCHEDULES / "github-pages.yml")], check=True)


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 1), (3, 0), (4, 4)])
def test_the_workflow_publishes_a_partial_run_and_stops_at_a_failed_one(tmp_path, code, expected):
    flow = yaml.safe_load((SCHEDULES / "github-pages.yml").read_text())
    (script,) = [step["run"] for step in flow["jobs"]["regenerate"]["steps"] if "synoptic" in step.get("run", "")]
    assert_scheduled(next(line for line in script.splitlines() if "synoptic run" in line))
    command = tmp_path / ".venv" / "bin" / "synoptic"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\nexit {code}\n")
    command.chmod(0o755)
    assert subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path).returncode == expected


def test_the_airflow_dag_calls_the_command(monkeypatch):
    made = []

    class Recorded:
        def __init__(self, **options):
            made.append(options)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

    for name, parts in (
        ("airflow", {"DAG": Recorded}),
        ("airflow.operators", {}),
        ("airflow.operators.bash", {"BashOperator": Recorded}),
    ):
        module = ModuleType(name)
        module.__dict__.update(parts)
        monkeypatch.setitem(sys.modules, name, module)
    path = SCHEDULES / "airflow_synoptic.py"
    exec(compile(path.read_text(), str(path), "exec"), {})
    dag, task = made
    assert (dag["dag_id"], dag["catchup"], len(dag["schedule"].split())) == ("synoptic", False, 5)
    assert_scheduled(task["bash_command"])
    assert task["skip_on_exit_code"] == 3


def install_command(suite: Path) -> None:
    """Put the command where a suite has it."""
    command = suite / ".venv" / "bin" / "synoptic"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m helpers.running.cli "$@"\n')
    command.chmod(0o755)


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("cron") and shutil.which("unshare")) or os.geteuid() != 0,
    reason="Debian's cron is not here, or this is not root: the line is parsed only",
)
def test_debians_cron_runs_the_line(tmp_path):
    suite = make_suite(tmp_path / "suite")
    install_command(suite)
    line = read_line("crontab", "17").replace("17 *", "* *", 1).replace("/srv/synoptic", str(suite))
    table = tmp_path / "crontab"
    table.write_text(line + "\n")
    # a cron of our own: in a file system view of its own it sees this one line and nothing of the machine's
    script = (
        "mount -t tmpfs tmpfs /var/spool/cron/crontabs && mount -t tmpfs tmpfs /etc/cron.d && mount -t tmpfs tmpfs /run && "
        f"mount --bind /dev/null /etc/crontab && install -m 600 {shlex.quote(str(table))} /var/spool/cron/crontabs/root && exec cron -f"
    )
    cron = subprocess.Popen(["unshare", "--mount", "sh", "-c", script], stderr=subprocess.PIPE, text=True)
    page = suite / "reports" / "fog" / "index.html"
    try:
        ends = time.monotonic() + 150
        while not page.exists() and time.monotonic() < ends:
            if cron.poll() is not None:
                pytest.skip(f"cron cannot be run here: {cron.stderr.read().strip()}")
            time.sleep(0.2)
        assert page.exists()
        log = suite / ".synoptic" / "run.log"
        while not log.exists() and time.monotonic() < ends:
            time.sleep(0.1)
        assert "fog: done" in log.read_text()
    finally:
        cron.terminate()
        cron.wait()


@pytest.mark.slow
@pytest.mark.skipif(
    not find_spec("jupyter_scheduler"), reason="jupyter-scheduler is not among our dependencies, and not installed here"
)
def test_jupyter_scheduler_runs_a_job_that_is_created_through_its_rest_interface(tmp_path):
    import nbformat
    import requests

    suite = make_suite(tmp_path / "suite")
    install_command(suite)
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    cell = nbformat.v4.new_code_cell(f"!cd {suite} && .venv/bin/synoptic run --all --quiet")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), suite / "regenerate.ipynb")
    folders = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    for folder in folders.values():
        Path(folder).mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--IdentityProvider.token=t",
        "--ServerApp.jpserver_extensions=jupyter_scheduler=True",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *options],
        cwd=suite,
        env={**os.environ, **folders},
        stderr=subprocess.DEVNULL,
    )
    jobs = f"http://127.0.0.1:{port}/scheduler/jobs"
    session = requests.Session()
    session.headers["Authorization"] = "token t"
    job = {
        "name": "synoptic",
        "input_uri": "regenerate.ipynb",
        "runtime_environment_name": "python",
        "output_formats": ["ipynb"],
        "package_input_folder": False,
    }
    try:
        ends = time.monotonic() + 120
        while time.monotonic() < ends:
            try:
                assert session.post(jobs, json=job).status_code == 200
                break
            except requests.ConnectionError:
                time.sleep(0.5)
        while (status := session.get(jobs).json()["jobs"][0]["status"]) not in ("COMPLETED", "FAILED"):
            assert time.monotonic() < ends
            time.sleep(0.5)
        assert status == "COMPLETED"
        assert "fog: done" in (suite / ".synoptic" / "run.log").read_text()
        assert (suite / "reports" / "fog" / "index.html").exists()
    finally:
        server.terminate()
        server.wait()


def test_the_schedules_name_no_folder_of_a_machine():
    for path in Path(SCHEDULES).iterdir():
        assert str(ROOT) not in path.read_text()
