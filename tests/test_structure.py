"""The house keeps its rooms: what the linters may let pass only gets less, and what must be light stays so."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def test_no_function_may_be_too_complex():
    ignored = SETTINGS["ruff"]["lint"]["per-file-ignores"]
    assert SETTINGS["ruff"]["lint"]["mccabe"]["max-complexity"] == 12
    assert not [files for files, rules in ignored.items() if "C901" in rules]
    modules = [*ROOT.glob("src/**/*.py"), *ROOT.glob("benchmarks/*.py")]
    assert not [path.name for path in modules if re.search(r"noqa:.*C901", path.read_text(encoding="utf-8"))]


def test_no_import_goes_across_the_contracts():
    contracts = SETTINGS["importlinter"]["contracts"]
    assert not [contract["name"] for contract in contracts if contract.get("ignore_imports")]


def test_every_room_stands_in_the_order_of_the_rooms():
    layers = SETTINGS["importlinter"]["contracts"][0]["layers"]
    ordered = {room.strip("() ") for layer in layers for room in layer.split("|")}
    rooms = {path.parent.name for path in ROOT.glob("src/helpers/*/__init__.py")}
    assert rooms <= ordered


def test_no_folder_holds_more_than_twenty_modules():
    modules = [path for path in ROOT.glob("src/helpers/**/*.py") if path.name != "__init__.py"]
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in modules)
    assert {folder: count for folder, count in counts.items() if count > 20} == {}


def load_benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_module_rests_on_a_longer_chain_of_imports_than_eight():
    structure = load_benchmark("structure")
    chain = structure.find_longest_chain(structure.find_imports(structure.read_modules(ROOT / "src")))
    assert len(chain) <= 8, " <- ".join(chain)


def test_a_chain_looks_behind_a_face_and_ends_at_the_word_lists():
    structure = load_benchmark("structure")
    sources = {
        "helpers.harbour": "from helpers.ferry import sail",
        "helpers.ferry": "from helpers.ferry.engine import sail",
        "helpers.ferry.engine": "from helpers.tables import check",
        "helpers.tables": "from helpers.store import files",
        "helpers.store": "",
        "helpers.store.files": "",
    }
    imports = structure.find_imports({name: ast.parse(text) for name, text in sources.items()})
    assert structure.find_longest_chain(imports) == ["helpers.harbour", "helpers.ferry.engine", "helpers.tables"]


# What the first cell of a notebook may load of what takes long to load; a parser only where it parses.
LOADED = {
    "01-read-articles": set(),
    "02-extract-claims": {"spacy", "matplotlib"},
    "03-align-claims": {"matplotlib"},
    "04-compare-sources": {"spacy", "matplotlib"},
    "05-report": set(),
}


@pytest.mark.parametrize("notebook", LOADED)
def test_a_stage_loads_only_what_it_uses(notebook):
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    imports = "".join(next(cell["source"] for cell in cells if cell["cell_type"] == "code"))
    heavy = ["spacy", "sklearn", "trafilatura", "pypdf", "matplotlib", "jsonschema", "papermill"]
    shown = f"{imports}\nimport sys\nprint(*[name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= LOADED[notebook]


def test_the_readme_lists_the_rooms_in_their_order():
    layers = SETTINGS["importlinter"]["contracts"][0]["layers"]
    ordered = [room.strip("() ") for layer in reversed(layers) for room in layer.split("|")]
    tree = (ROOT / "README.md").read_text(encoding="utf-8").split("The rooms of `src/helpers`")[1]
    listed = re.findall(r"^    (\w+)(?:/|\.py) ", tree, re.M)
    places = {room: place for place, layer in enumerate(layers) for room in re.findall(r"\w+", layer)}
    assert set(listed) == set(ordered)
    assert [places[room] for room in listed] == sorted((places[room] for room in listed), reverse=True)


def test_the_readme_says_of_every_room_what_it_is_for():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"- **{path.parent.name}** " in text for path in ROOT.glob("src/helpers/*/__init__.py"))
