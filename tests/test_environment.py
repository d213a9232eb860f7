"""pyproject.toml, requirements.lock and environment.yml name one environment, and nothing names a registry."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [
    Requirement(text)
    for text in PROJECT["dependencies"]
    + [entry for extra in PROJECT["optional-dependencies"].values() for entry in extra]
]


def read_lock() -> dict[str, list[tuple[str, str]]]:
    """Read the lock: package -> its versions, each with its marker."""
    pins: dict[str, list[tuple[str, str]]] = {}
    for name, version, marker in re.findall(r"^([a-z0-9-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", LOCK, re.M):
        pins.setdefault(name, []).append((version, marker.strip()))
    return pins


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda requirement: requirement.name)
def test_the_lock_pins_every_declared_package_within_its_range(requirement):
    versions = read_lock()[re.sub(r"[-_.]+", "-", requirement.name).lower()]
    assert all(requirement.specifier.contains(Version(version)) for version, _ in versions)


def test_every_pin_of_the_lock_has_hashes():
    blocks = re.split(r"\n(?=[a-z0-9-]+==)", LOCK)
    assert len(blocks) > 50
    assert not [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_conda_installs_from_the_same_lock_and_the_same_python():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(entry for entry in environment["dependencies"] if str(entry).startswith("python"))
    assert python == f"python{PROJECT['requires-python']}"
    assert {"pip": ["--requirement requirements.lock"]} in environment["dependencies"]


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
