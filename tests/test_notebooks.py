"""The notebooks are essays: parametrised, without outputs, without logic of their own."""

from __future__ import annotations

import ast

import nbformat
import pytest

from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXPECTED = ROOT / "tests" / "expected"

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read_code(path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_is_a_notebook_for_each_stage_and_one_before_and_behind_them():
    assert [path.stem for path in NOTEBOOKS] == [
        "00-find-stories", "01-read-articles", "02-extract-claims", "03-align-claims", "04-compare-sources", "04b-desk", "05-report",
        "06-across-stories",
    ]  # fmt: skip


@each_notebook
def test_it_is_valid_and_holds_no_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in read_code(path))


@each_notebook
def test_it_opens_with_a_question_and_says_what_it_reads_and_writes(path):
    opening = nbformat.read(path, as_version=4).cells[0].source
    assert opening.startswith("# ")
    assert all(word in opening for word in ("**Reads**", "**Writes**", "*Caveats.*"))


@each_notebook
def test_its_parameters_are_plain_literals_with_a_comment_each(path):
    (cell,) = [cell for cell in read_code(path) if "parameters" in cell.metadata.get("tags", [])]
    for line, statement in zip(cell.source.splitlines(), ast.parse(cell.source).body, strict=True):
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)
        assert "  # " in line


@each_notebook
def test_it_defines_nothing_and_loops_over_nothing(path):
    logic = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If)
    for cell in read_code(path):
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, logic)]


@each_notebook
def test_its_expected_copy_has_the_same_source(path):
    sources = [(cell.cell_type, cell.id, cell.source) for cell in nbformat.read(path, as_version=4).cells]
    copy = nbformat.read(EXPECTED / path.name, as_version=4)
    assert [(cell.cell_type, cell.id, cell.source) for cell in copy.cells] == sources


@each_notebook
def test_its_expected_copy_names_no_folder_of_a_machine(path):
    text = (EXPECTED / path.name).read_text(encoding="utf-8")
    assert str(ROOT) not in text
