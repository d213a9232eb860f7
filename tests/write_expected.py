"""Write anew what is made from the suite and kept with it: tests/expected and the codebook in data/processed.

tests/expected holds the notebooks, executed on the shipped story in a scratch copy of the suite. Compare with
`nbdiff tests/expected/NAME.ipynb` before committing: a change here is a change of findings.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from helpers.tables import TABLES, describe_tables

ROOT = Path(__file__).resolve().parents[1]
CODEBOOK = "## Codebook\n"


def describe_codebook() -> str:
    """Describe every table and column in Markdown, as `helpers.tables` has them."""
    lines = []
    for name, columns in describe_tables().groupby("table", sort=False):
        lines += ["", f"### {name}", "", f"A row is {TABLES[name].row}. Written by `{TABLES[name].notebook}`.", ""]
        lines += ["| column | type | may be empty | meaning |", "| --- | --- | --- | --- |"]
        for row in columns.itertuples():
            meaning = row.meaning.replace("|", "\\|")
            lines.append(f"| `{row.column}` | {row.type} | {'yes' if row.may_be_empty else ''} | {meaning} |")
    return "\n".join(lines) + "\n"


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
                for output in cell.get(
                    "outputs", []
                ):  # of a widget its tables are kept, not the id of a model that is gone
                    output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
            notebook.metadata.pop("language_info", None)
            notebook.metadata.pop("widgets", None)
            nbformat.write(notebook, target / path.name)
            print(f"tests/expected/{path.name}")


def write_codebook() -> None:
    """Write the columns of all tables behind the heading «Codebook» of data/processed/README.md."""
    path = ROOT / "data" / "processed" / "README.md"
    before = path.read_text(encoding="utf-8").partition(CODEBOOK)[0]
    path.write_text(before + CODEBOOK + describe_codebook(), encoding="utf-8")
    print("data/processed/README.md")


if __name__ == "__main__":
    write_codebook()
    write_expected()
