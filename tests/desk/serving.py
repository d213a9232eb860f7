"""The desk as people open it, in JupyterLab, in Notebook 7 and by Voilà, on a copy of the suite."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket

import pytest

from conftest import ROOT

LAB_CONFIG = ROOT / "src" / "helpers" / "desk" / "lab"  # as `make lab` and `make desk` set it
OPEN = ["--allow-root", "--ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.password="]
COMMANDS = {
    "lab": ["jupyterlab", "--no-browser", *OPEN, "--LabApp.expose_app_in_browser=True"],
    "notebook": ["notebook", "--no-browser", *OPEN],
    "voila": ["voila", "notebooks/04b-desk.ipynb", "--no-browser", "--Voila.ip=127.0.0.1", "--template=synoptic"],
}
PLACES = {
    "lab": "lab/workspaces/x/tree/notebooks/04b-desk.ipynb?reset",
    "notebook": "notebooks/notebooks/04b-desk.ipynb",
    "voila": "",
}
RUN_ALL = """async () => {
    const app = window.jupyterapp;
    await app.restored;
    const panel = app.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    app.shell.collapseLeft();
    await app.commands.execute('notebook:run-all-cells');
}"""


def copy_suite(folder: Path) -> Path:
    """Copy what the notebooks need."""
    for part in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


@contextmanager
def serve(kind: str, suite: Path, home: Path) -> Iterator[str]:
    """Serve a suite, and give the address."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "IPYTHONDIR": str(home / "ipython"), "JUPYTER_CONFIG_PATH": str(LAB_CONFIG),
        "JUPYTER_PATH": str(LAB_CONFIG),
        "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    log = (home / f"{kind}.log").open("w")
    command = [sys.executable, "-m", *COMMANDS[kind], f"--port={port}"]
    server = subprocess.Popen(command, cwd=suite, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait(server, f"{address}api/status" if kind != "voila" else f"{address}voila/static/x")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait(server: subprocess.Popen, address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError):
            with suppress(urllib.error.HTTPError):  # an answer is an answer
                urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.3)
    pytest.fail("the server did not start")


def open_page(browser, kind: str, address: str):
    """Open the desk in a browser; give the page, and the list of what it asked of anybody else."""
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(120_000)
    asked = []
    own = (address, "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else asked.append(request.url))
    page.goto(f"{address}{PLACES[kind]}")
    if kind == "lab":
        page.wait_for_function("window.jupyterapp && window.jupyterapp.shell.currentWidget?.context?.isReady")
        page.evaluate(RUN_ALL)
    elif kind == "notebook":
        page.get_by_text("Python 3 (ipykernel)").first.wait_for()
        page.locator(".jp-CodeCell").first.wait_for()
        time.sleep(3)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_selector(".synoptic-desk .dt-container tbody tr")
    return page, asked


class Hand:
    """What a person does at the desk."""

    def __init__(self, page):
        self.page = page
        self.desk = page.locator(".synoptic-desk").first

    def open(self, tab: str) -> None:
        self.page.get_by_role("tab", name=tab).click()

    def choose(self, words: str) -> None:
        self.desk.locator("tbody tr:visible").filter(has_text=words).first.click()
        self.page.locator(".synoptic-passage:visible mark").first.wait_for()

    def press(self, label: str) -> None:
        self.desk.get_by_role("button", name=label).locator("visible=true").click()

    def field(self, label: str, number: int = 0):
        boxes = self.desk.locator(f".jupyter-widgets:has(> .widget-label:text-is('{label}')):visible")
        return boxes.nth(number).locator("input, select").first

    def fill(self, label: str, text: str, number: int = 0) -> None:
        field = self.field(label, number)
        field.fill(text)
        field.press("Tab")

    def wait(self, words: str) -> None:
        self.desk.locator(".widget-html").filter(has_text=words).first.wait_for()
