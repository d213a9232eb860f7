"""A suite in a scratch folder whose notebooks take no time, for the tests of running: text in, tables and a page out."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from pathlib import Path

import nbformat

from helpers.running.jobs import Job
from helpers.running.kernels import RunError
from helpers.running.stages import STAGES, read_parameters

PARAMETERS = """\
story = "fog"  # which
raw_dir = "data/raw"  # where
raw_folder = ""  # where
processed_dir = "data/processed"  # to
reports_dir = "reports"  # to
fault = ""  # which stage fails
"""
PROLOGUE = """\
import json
from pathlib import Path
tables = Path(processed_dir, story)
tables.mkdir(parents=True, exist_ok=True)
"""
READ = """\
raw = Path(raw_folder or f"{raw_dir}/{story}")
texts = {path.name: path.read_text() for path in sorted(raw.glob("*.txt"))}
rows = [f"{raw}/{name},{'' if text else 'empty'}" for name, text in texts.items()]
_ = (tables / "articles.csv").write_text("raw_path,skipped\\n" + "\\n".join(rows), errors="replace")
_ = (tables / "articles.parquet").write_text(json.dumps(texts))
_ = (tables / "passages.parquet").write_text(json.dumps(sorted(texts)))
"""
STEP = """\
before = [(tables / f"{{name}}.parquet").read_text() for name in {reads!r}]
for name in {writes!r}:
    _ = (tables / f"{{name}}.parquet").write_text(name + str(sum(map(len, before))) + before[0])
"""
REPORT = """\
texts = json.loads((tables / "articles.parquet").read_text())
folder = Path(reports_dir, story)
folder.mkdir(parents=True, exist_ok=True)
articles = [{"article_id": name, "name": name, "sha256": text, "published": "2020-05-01"} for name, text in texts.items()]
report = {"story": {"title": story}, "articles": articles, "disagreements": [], "propositions": [], "amounts": [], "dates": []}
_ = (folder / "report.json").write_text(json.dumps(report))
_ = (folder / "index.html").write_text("<p>" + " ".join(texts.values()))
"""
TEXT = "The ferry struck the pier.\n"


def make_suite(folder: Path, *stories: str) -> Path:
    """Lay out a suite with the five stages and stories of one article each."""
    for story in stories or ("fog",):
        (folder / "data" / "raw" / story).mkdir(parents=True)
        (folder / "data" / "raw" / story / "one.txt").write_text(TEXT)
    (folder / "notebooks").mkdir()
    for stage in STAGES:
        body = {"01-read-articles": READ, "05-report": REPORT}.get(stage.name)
        code = body or STEP.format(reads=stage.reads, writes=stage.writes)
        fail = f"if fault == {stage.name!r}:\n    raise RuntimeError('planned')\n"
        cells = [
            nbformat.v4.new_markdown_cell(f"# {stage.name}", id="title"),
            nbformat.v4.new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(fail + PROLOGUE + code + f"print({stage.name!r})", id="body"),
        ]
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        nbformat.write(
            nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "notebooks" / f"{stage.name}.ipynb"
        )
    return folder


def make_job(suite: Path, story: str = "fog", **parameters) -> Job:
    """Make the job of a story of the suite, its folders where they usually are."""
    return Job(story, f"data/raw/{story}", "data/processed", "reports", suite, parameters)


def execute_here(path: Path, parameters: dict, folder: Path, failed: Path) -> dict:
    """Execute a notebook in this process, in place of a kernel: the same files come out, at once."""
    notebook = json.loads(path.read_text())
    space = {"print": lambda *words: None}
    cells, before = [], Path.cwd()
    os.chdir(folder)
    try:
        for cell in notebook["cells"]:
            cells.append(cell)
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), space)
            if "parameters" in cell["metadata"].get("tags", []):
                given = {name: parameters[name] for name in read_parameters(path) if name in parameters}
                space.update(given)
                source = "".join(f"{name} = {value!r}\n" for name, value in given.items())
                cells.append({
                    "cell_type": "code", "id": "injected-02", "metadata": {"tags": ["injected-parameters"]},
                    "source": source, "outputs": [], "execution_count": None,
                })  # fmt: skip
    except RuntimeError as error:
        raise RunError(f"{path.stem}: RuntimeError: {error}", "a trace", path.name) from None
    finally:
        os.chdir(before)
    return {**notebook, "cells": cells}


def open_here():
    """Stand for `kernels.open_kernels` where notebooks are executed in this process."""
    return nullcontext(execute_here)


def files(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder, by name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def published(suite: Path, story: str = "fog") -> dict[str, bytes]:
    """Read what is published of a story, but for the manifest, which alone holds times."""
    found = files(suite / "reports" / story)
    found |= {f"tables/{name}": content for name, content in files(suite / "data" / "processed" / story).items()}
    found.pop("tables/manifest.json", None)
    return found


def leftovers(suite: Path) -> list[str]:
    """List what a run left beside the stories: staging folders, locks, set-aside folders, temporary files."""
    found = [p for parent in ("data/processed", "reports") for p in (suite / parent).glob(".*") if p.name != ".history"]
    found += list(suite.rglob("*.tmp"))
    return sorted(p.relative_to(suite).as_posix() for p in found)
