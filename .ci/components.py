"""The packages that the suite stands on: their licences checked, and the list of parts that goes with a release (CycloneDX).

    components.py --licences        exit 1 where a package's licence is unknown or does not let it be used as it is here
    components.py --list FOLDER     write FOLDER/synoptic-VERSION.cdx.json

Versions and hashes are those of requirements.lock; licences are what the installed packages say of themselves.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
# Words of licences under which a package may be used beside code under MIT. MPL binds the files of the package alone.
FREE = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|ISCL?|PSF|Python Software Foundation|Mozilla Public License|MPL|Zlib|CC0|HPND|Unlicense)\b",
    re.I,
)
# What says nothing of itself that a program can read, with what a person read.
READ = {"axe-playwright-python": "MIT"}


class Part(NamedTuple):
    """One pinned package: its name, version and hashes, and for which machines it is needed; empty: for all."""

    name: str
    version: str
    hashes: tuple[str, ...]
    marker: str


def read_lock(path: Path) -> list[Part]:
    """Read a list of requirements."""
    found = []
    for block in re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8")):
        head = re.match(r"([a-z0-9-]+)==([^\s;\\]+)(?: ; ([^\\\n]+))?", block)
        if head:
            hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
            found.append(Part(head[1], head[2], hashes, (head[3] or "").strip()))
    return found


def find_licence(name: str) -> str | None:
    """Find what an installed package says of its licence; None where it is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    classes = [
        line.rpartition("::")[2].strip() for line in said.get_all("Classifier") or [] if line.startswith("License")
    ]
    first = (said.get("License") or "").strip().splitlines()[:1]
    return said.get("License-Expression") or READ.get(name) or " | ".join(classes) or "".join(first) or "unknown"


def check_licences(parts: list[Part]) -> list[str]:
    """Say which installed packages have a licence that is unknown or not free enough."""
    found = {part.name: find_licence(part.name) for part in parts}
    return [f"{name}: {licence}" for name, licence in found.items() if licence and not FREE.search(licence)]


def list_parts(parts: list[Part], project: dict) -> dict:
    """List the parts of a release as a CycloneDX document, the same one for the same requirements."""
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    text = json.dumps([own, *map(list, parts)])
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}",
        "metadata": {
            "component": {
                "type": "application", "bom-ref": own, "name": project["name"], "version": project["version"], "purl": own,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [describe_part(part) for part in sorted(parts)],
        "dependencies": [{"ref": own, "dependsOn": sorted({name_part(part) for part in parts})}],
    }  # fmt: skip


def name_part(part: Part) -> str:
    """Name a package as a package URL."""
    return f"pkg:pypi/{part.name}@{part.version}"


def describe_part(part: Part) -> dict:
    """Describe a package for the list of parts."""
    described = {
        "type": "library", "bom-ref": f"{name_part(part)}#{part.marker}" if part.marker else name_part(part),
        "name": part.name, "version": part.version, "purl": name_part(part),
        "properties": [{"name": "sha256 of an archive", "value": value} for value in part.hashes],
    }  # fmt: skip
    licence = find_licence(part.name)
    if licence:
        described["licenses"] = [{"license": {"name": licence}}]
    if part.marker:
        described["scope"] = "optional"
        described["properties"].append({"name": "needed where", "value": part.marker})
    return described


def main() -> int:
    """Check or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--licences", action="store_true")
    parser.add_argument("--list", metavar="FOLDER", type=Path)
    given = parser.parse_args()
    if given.licences:
        parts = read_lock(ROOT / "requirements-all.lock")
        wrong = check_licences(parts)
        known = sum(find_licence(part.name) is not None for part in parts)
        print("\n".join(wrong) or f"the licences of all {known} installed packages let them be used")
        return 1 if wrong else 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    document = list_parts(read_lock(ROOT / "requirements.lock"), project)
    path = given.list / f"{project['name']}-{project['version']}.cdx.json"
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
