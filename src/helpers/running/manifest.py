"""What a run was made from and what it made: digests by which the next run knows which stages it may keep.

Light on purpose: nothing here imports pandas or papermill, so that «nothing has changed» is found quickly.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from pathlib import Path

from helpers import __version__
from helpers.running.stages import PLACES, READINGS, STAGES, Stage, read_parameters
from helpers.store.files import read_json

MANIFEST = "manifest.json"
EARLIER = "earlier-report.json"  # what the report compares itself with; see `earlier`
PACKAGES = (
    "ipykernel", "matplotlib", "numpy", "pandas", "papermill", "pyarrow", "scikit-learn", "sentencex", "spacy", "trafilatura",
)  # fmt: skip
WHOLE = {"inputs", "outputs", "run", "skipped", "stages"}
HERE = Path(__file__).resolve().parents[1]  # all of helpers: a changed lexicon must rerun a story


def digest_bytes(content: bytes) -> str:
    """Give the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def digest_file(path: Path) -> str | None:
    """Give the SHA-256 of a file, read piece by piece; None where there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def digest_folder(folder: Path) -> str:
    """Give one digest of a folder: the names and contents of its files; see `list_contents`."""
    return digest_bytes(json.dumps(list_contents(folder), sort_keys=True).encode())


def digest_readings(folder: Path) -> str | None:
    """Give one digest of the readings and records of a story, whose folder is given; None where there are none."""
    place = folder / READINGS
    return digest_folder(place) if place.is_dir() else None


def list_contents(folder: Path, without: tuple[str, ...] = ()) -> dict[str, str]:
    """List what lies in a folder, by relative name: the digest of a file, what it is of anything else.

    Folders in it that are named `without` are left out. Hidden and compiled files are left out. Links are named, not followed; devices and pipes are never opened.
    """
    found: dict[str, str] = {}
    pending = [("", folder)]
    while pending:
        place, parent = pending.pop()
        for entry in os.scandir(parent):
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            if not place and entry.name in without and entry.is_dir():
                continue
            name = (place + entry.name).replace("\n", "\\n")
            if entry.is_symlink():
                found[name] = f"link to {Path(entry.path).readlink()}{_digest_target(entry, folder)}"
            elif entry.is_dir():
                found[name] = "folder"
                pending.append((f"{name}/", Path(entry.path)))
            elif entry.is_file():
                found[name] = _digest_readable(Path(entry.path))
            else:
                found[name] = "no regular file"
    return dict(sorted(found.items()))


def list_raw(folder: Path, root: Path) -> dict[str, str]:
    """List what the raw articles of a story are: the contents of its folder, and what its story.yaml refers to."""
    found = list_contents(folder, without=(READINGS,))
    description = folder / "story.yaml"
    if "story.yaml" not in found or b"references:" not in description.read_bytes():
        return found
    import yaml

    try:
        references = (yaml.safe_load(description.read_bytes()) or {}).get("references") or []
    except (yaml.YAMLError, AttributeError):  # reading the articles says what is wrong with it
        references = []
    named = [entry for entry in references if isinstance(entry, dict) and isinstance(entry.get("file"), str)]
    for entry in named:
        start, end = entry.get("start"), entry.get("end")
        place = f"{entry['file']} {start or 0}-{end}" if isinstance(end, int) else entry["file"]
        if place not in found:
            found[place] = _digest_stretch(root / entry["file"], start, end)
    return dict(sorted(found.items()))


def _digest_stretch(path: Path, start: object, end: object) -> str:
    if not isinstance(end, int):
        return _digest_readable(path)
    try:
        with path.open("rb") as file:
            file.seek(start if isinstance(start, int) else 0)
            return digest_bytes(file.read(end - file.tell()))
    except (OSError, ValueError):
        return "absent"


def _digest_target(entry: os.DirEntry, folder: Path) -> str:
    """Add the digest of a link's target where it is a file of the same folder: the only links that are read."""
    target = Path(entry.path).resolve()
    inside = target.is_relative_to(folder.resolve()) and target.is_file()
    return f" {_digest_readable(target)}" if inside else ""


def _digest_readable(path: Path) -> str:
    try:
        return digest_file(path) or "absent"
    except OSError as error:
        return f"unreadable: {error.strerror}"


def digest_code(notebook: Path) -> str:
    """Give the digest of a notebook's code cells and tags: prose may change without changing a finding."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    kept = [["".join(c["source"]), c["metadata"].get("tags", [])] for c in cells if c["cell_type"] == "code"]
    return digest_bytes(json.dumps(kept).encode())


def describe_suite(root: Path) -> dict[str, object]:
    """Describe what every stage depends on: modules, lexicons and model, the lock file, the version of Python."""
    return {
        "src/helpers": digest_folder(HERE),
        "requirements.lock": digest_file(root / "requirements.lock"),
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def describe_stage(
    stage: Stage, root: Path, suite: dict[str, object], given: dict[str, object], raw: str, tables: Path
) -> dict[str, object]:
    """Describe all that a stage's result depends on, by name: a digest, a value or a version each.

    `suite` is `describe_suite`, `given` the parameters that are set, `raw` the digest of the raw articles, `tables`
    the folder in which the tables that the stage reads lie. Two equal descriptions give equal results.
    """
    notebook = root / "notebooks" / f"{stage.name}.ipynb"
    described = {**suite, f"code of {stage.name}": digest_code(notebook)}
    for name, default in read_parameters(notebook).items():
        value = given.get(name, default)
        described[f"parameter {name}"] = value
        if name not in PLACES and isinstance(value, str) and value and (root / value).is_dir():
            described[f"folder {value}"] = digest_folder(root / value)
    if stage.raw:
        described["raw articles"] = raw
    if stage.tells:
        described = {**_list_parameters(root / "notebooks", given), **described}
        described["earlier report"] = digest_file(tables / EARLIER)
    for name in stage.reads:
        described[f"table {name}"] = digest_file(tables / f"{name}.parquet")
    return described


def _list_parameters(notebooks: Path, given: dict[str, object]) -> dict[str, object]:
    return {
        f"parameter {name}": given.get(name, default)
        for stage in STAGES
        for name, default in read_parameters(notebooks / f"{stage.name}.ipynb").items()
        if name not in PLACES
    }


def describe_outputs(folders: dict[str, Path]) -> dict[str, str]:
    """Give the digest of every file that a run published, by folder and name, but for the manifest itself."""
    found = {}
    for label, folder in folders.items():
        for parent, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith(".")]  # checkpoints of an editor
            for name in names:
                path = Path(parent, name)
                if name != MANIFEST and not name.startswith(".") and stat.S_ISREG(path.lstat().st_mode):
                    found[f"{label}/{path.relative_to(folder).as_posix()}"] = digest_file(path)
    return dict(sorted(found.items()))


def read_manifest(folder: Path) -> dict:
    """Read the manifest of the last published run; empty where there is none or it is not whole."""
    found = read_json(folder / MANIFEST)
    whole = WHOLE.issubset(found) and "raw" in found["inputs"] and all(s.name in found["stages"] for s in STAGES)
    return found if whole else {}


def name_changes(old: dict, new: dict) -> list[str]:
    """Name the entries that differ between two descriptions."""
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


def list_versions() -> dict[str, str]:
    """List the versions of Python, the suite and the packages that findings depend on."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": ".".join(map(str, sys.version_info[:3])), "synoptic": __version__}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
