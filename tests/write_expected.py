"""Write tests/expected anew: the notebooks, executed on the shipped story in a scratch copy of the suite.

Compare with `nbdiff tests/expected/NAME.ipynb` before committing: a change here is a change of findings.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]


def write_expected() -> None:
    """Execute each notebook in order with its defaults, and keep the copies with their outputs."""
    target = ROOT / "tests" / "expected"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for part in ("notebooks", "data/raw"):
            shutil.copytree(ROOT / part, scratch / part)
        for path in sorted((scratch / "notebooks").glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            NotebookClient(
                notebook, timeout=240, coalesce_streams=True, resources={"metadata": {"path": str(path.parent)}}
            ).execute()
            for cell in notebook.cells:
                cell.metadata.pop("execution", None)
            notebook.metadata.pop("language_info", None)
            nbformat.write(notebook, target / path.name)
            print(f"tests/expected/{path.name}")


if __name__ == "__main__":
    write_expected()
