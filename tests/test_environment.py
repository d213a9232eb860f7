"""pyproject.toml, the lists of requirements and environment.yml name one environment, and nothing names a registry."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from runpy import run_path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from conftest import ROOT

LOCK = (ROOT / "requirements-all.lock").read_text(encoding="utf-8")
FOR_REPORTS = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [
    Requirement(text)
    for text in PROJECT["dependencies"]
    + [entry for extra in PROJECT["optional-dependencies"].values() for entry in extra]
]


def read_lock(lock: str = LOCK) -> dict[str, list[tuple[str, str]]]:
    """Read a lock: package -> its versions, each with its marker."""
    pins: dict[str, list[tuple[str, str]]] = {}
    for name, version, marker in re.findall(r"^([a-z0-9-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", lock, re.M):
        pins.setdefault(name, []).append((version, marker.strip()))
    return pins


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda requirement: requirement.name)
def test_the_lock_pins_every_declared_package_within_its_range(requirement):
    versions = read_lock()[re.sub(r"[-_.]+", "-", requirement.name).lower()]
    assert all(requirement.specifier.contains(Version(version)) for version, _ in versions)


def fold(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_a_report_gets_the_same_versions_as_everything_else_and_much_less():
    few, all_ = read_lock(FOR_REPORTS), read_lock()
    assert {name: {version for version, _ in pins} for name, pins in few.items()}.items() <= {
        name: {version for version, _ in pins} for name, pins in all_.items()
    }.items()
    needed = {fold(Requirement(text).name) for text in PROJECT["dependencies"]}
    assert needed <= set(few)
    assert not {"playwright", "dask", "duckdb", "jupyterlab", "pytest", "scikit-learn"} & set(few)


def test_every_package_that_the_modules_import_is_declared():
    known = packages_distributions()
    declared = {fold(requirement.name) for requirement in DECLARED}
    found: dict[str, str] = {}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            found |= {name.partition(".")[0]: path.name for name in names}
    own = {"helpers", *sys.stdlib_module_names, "_winapi"}
    comes_with = {"jupyter-client": "ipykernel", "traitlets": "ipykernel", "ipython": "ipykernel", "pygments": "ipykernel",
                  "markupsafe": "jinja2", "srsly": "spacy", "thinc": "spacy", "distributed": "dask"}  # fmt: skip
    missing = {
        f"{name} in {place}"
        for name, place in found.items()
        if name not in own and not {comes_with.get(fold(d), fold(d)) for d in known.get(name, [name])} & declared
    }
    assert not missing


def test_the_list_of_parts_names_every_pinned_package_with_its_hashes():
    components = run_path(str(ROOT / ".ci" / "components.py"))
    parts = components["read_lock"](ROOT / "requirements.lock")
    document = components["list_parts"](parts, PROJECT)
    assert (document["bomFormat"], document["metadata"]["component"]["version"]) == ("CycloneDX", PROJECT["version"])
    assert {part["name"] for part in document["components"]} == set(read_lock(FOR_REPORTS))
    assert all(part["properties"] for part in document["components"])
    assert len({part["bom-ref"] for part in document["components"]}) == len(document["components"])


def test_a_licence_that_is_unknown_or_binds_others_is_told_of():
    components = run_path(str(ROOT / ".ci" / "components.py"))
    part = components["Part"]("numpy", "1", (), "")
    assert components["check_licences"]([part]) == []
    components["check_licences"].__globals__["find_licence"] = lambda name: "GPL-3.0-only"
    assert components["check_licences"]([part]) == ["numpy: GPL-3.0-only"]


@pytest.mark.skipif(shutil.which("awk") is None, reason="there is no awk")
def test_setting_up_tells_which_package_and_how_far_it_is():
    said = "Ignoring x: markers do not match\nCollecting numpy==2 (from -r l)\nProcessing /w/pandas-3-py3.whl (from x)\nInstalling collected packages: y\n"
    command = ["awk", "-v", "of=3", "-f", ".ci/progress.awk"]
    shown = subprocess.run(command, cwd=ROOT, input=said, capture_output=True, text=True).stdout
    assert shown.splitlines() == ["  fetching 1 of 2: numpy", "  unpacking 2 packages ..."]


def test_every_pin_of_the_lock_has_hashes():
    blocks = [block for lock in (LOCK, FOR_REPORTS) for block in re.split(r"\n(?=[a-z0-9-]+==)", lock)]
    assert len(blocks) > 50
    assert not [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_conda_installs_from_the_same_lock_and_the_same_python():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(entry for entry in environment["dependencies"] if str(entry).startswith("python"))
    assert python == f"python{PROJECT['requires-python']}"
    assert {"pip": ["--requirement requirements-all.lock"]} in environment["dependencies"]


def test_no_file_names_a_registry_or_a_path_of_a_machine():
    hosts = ["py" + "pi.", "python" + "hosted", "registry.npm" + "js", "anaconda" + ".org", "deb.deb" + "ian"]
    paths = ["/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/"]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of the repository's files")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".parquet", ".gz", ".npz", ".xlsx"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {word}" for word in hosts + paths if word in text]
    assert not found
