"""What a run was made from and what it made: digests by which the next run knows whether anything changed."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from helpers import __version__

MANIFEST = "manifest.json"
PACKAGES = ("pandas", "pyarrow", "spacy", "sentencex", "scikit-learn", "matplotlib", "papermill", "trafilatura")
HERE = Path(__file__).resolve().parent


def digest_bytes(content: bytes) -> str:
    """Give the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def digest_folder(folder: Path, suffixes: tuple[str, ...] = ()) -> str:
    """Give one digest of a folder: the names and contents of its files, hidden and compiled ones left out."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if "__pycache__" in path.parts or any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.is_file() and not path.is_symlink() and (not suffixes or path.suffix in suffixes):
            total.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape"))
            total.update(hashlib.sha256(path.read_bytes()).digest())
        elif path.is_symlink() or path.is_file() or path.is_dir():
            total.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def digest_code(notebook: Path) -> str:
    """Give the digest of a notebook's code cells and tags: prose may change without changing a finding."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    kept = [["".join(c["source"]), c["metadata"].get("tags", [])] for c in cells if c["cell_type"] == "code"]
    return digest_bytes(json.dumps(kept).encode())


def describe_inputs(raw: Path, notebooks: Path, parameters: dict[str, object], root: Path) -> dict[str, object]:
    """Describe all that a run's result depends on, by name: a digest, a value or a version each."""
    lock = root / "requirements.lock"
    return {
        "raw articles": digest_folder(raw),
        **{f"notebook {path.stem}": digest_bytes(path.read_bytes()) for path in sorted(notebooks.glob("*.ipynb"))},
        "helpers": digest_folder(HERE),
        "requirements.lock": digest_bytes(lock.read_bytes()) if lock.exists() else "",
        "parameters": parameters,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "synoptic": __version__,
    }


def describe_outputs(folders: dict[str, Path]) -> dict[str, str]:
    """Give the digest of every file that a run published, by folder and name."""
    found = {}
    for label, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != MANIFEST:
                found[f"{label}/{path.relative_to(folder).as_posix()}"] = digest_bytes(path.read_bytes())
    return found


def read_manifest(folder: Path) -> dict:
    """Read the manifest of the last published run; empty where there is none or it cannot be read."""
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def name_changes(old: dict, new: dict) -> list[str]:
    """Name the inputs that differ between two descriptions."""
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


def list_versions() -> dict[str, str]:
    """List the versions of the packages that findings depend on."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
