"""An analyst opens each notebook in JupyterLab and presses Run All: no cell ends in an error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from browser import open_browser
from conftest import ROOT

pytestmark = pytest.mark.slow

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
RUN_ALL = """async () => {
    const app = window.jupyterapp;
    await app.restored;
    const panel = app.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await app.commands.execute('notebook:run-all-cells');
    const cells = panel.context.model.toJSON().cells.filter(cell => cell.cell_type === 'code');
    return cells.map(cell => ({count: cell.execution_count, outputs: cell.outputs.map(
        output => ({type: output.output_type, name: output.ename || '', value: output.evalue || ''}))}));
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> str:
    """Start JupyterLab on a copy of the suite and give the address of its notebooks."""
    folder = tmp_path_factory.mktemp("suite")
    for part in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / part, folder / part)
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {
        "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "IPYTHONDIR": str(home / "ipython"),
    }  # fmt: skip
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0",
        "--IdentityProvider.token=", "--ServerApp.password=", "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = (home / "lab.log").open("w")
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield wait_for(server, home / "runtime")
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def wait_for(server: subprocess.Popen, runtime: Path) -> str:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        for record in runtime.glob("jpserver-*.json"):
            address = json.loads(record.read_text())["url"]
            try:
                urllib.request.urlopen(f"{address}api/status", timeout=5).close()
                return address
            except OSError:
                pass
        time.sleep(0.3)
    pytest.fail("JupyterLab did not start within 90 seconds")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_ends_without_an_error(lab, name):
    with open_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(180_000)
        page.goto(f"{lab}lab/workspaces/{name[:2]}/tree/notebooks/{name}?reset")
        page.wait_for_function("window.jupyterapp && window.jupyterapp.shell.currentWidget?.context?.isReady")
        cells = page.evaluate(RUN_ALL)
    errors = [output for cell in cells for output in cell["outputs"] if output["type"] == "error"]
    assert cells
    assert errors == []
    assert all(cell["count"] for cell in cells)
