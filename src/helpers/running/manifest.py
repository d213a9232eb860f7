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
from helpers.store.descriptions import DescriptionError, find_referred, parse_description, read_description
from helpers.store.files import read_json
from helpers.store.journal import NAME as REVIEWS

MANIFEST = "manifest.json"
EARLIER = "earlier-report.json"  # what the report compares itself with; see `earlier`
PACKAGES = (
    "ipykernel", "matplotlib", "numpy", "pandas", "papermill", "pyarrow", "scipy", "sentencex", "spacy", "trafilatura",
)  # fmt: skip
PIECE = 1_000_000  # bytes of a file that are read at once
WHOLE = {
    "because": list, "ended": str, "inputs": dict, "outputs": dict, "run": int, "skipped": list, "stages": dict, "steps": dict,
}  # fmt: skip
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
    """List what the raw articles of a story are: the contents of its folder, and what its story.yaml refers to under `root`."""
    found = list_contents(folder, without=(READINGS,))
    found.pop(REVIEWS, None)
    try:
        references = parse_description(read_description(folder) or b"").get("references", [])
    except (DescriptionError, OSError):  # reading the articles says what is wrong with it
        references = []
    for entry in references:
        if isinstance(entry, dict) and isinstance(entry.get("file"), str):
            start, end = (entry.get(name) if isinstance(entry.get(name), int) else None for name in ("start", "end"))
            place = f"{entry['file']} {start or 0}-{end}" if end is not None else entry["file"]
            if place not in found:
                found[place] = _digest_referred(entry["file"], root, start or 0, end)
    return dict(sorted(found.items()))


def _digest_referred(file: str, root: Path, start: int, end: int | None) -> str:
    """Digest a file that a reference names, or the stretch of it; what may not be opened is named and left alone."""
    try:
        path = find_referred(file, root)
    except (DescriptionError, OSError):
        return "refused or absent"
    if end is None:
        return _digest_readable(path)
    digest = hashlib.sha256()
    with path.open("rb") as stretch:
        stretch.seek(max(start, 0))
        while piece := stretch.read(max(min(end - stretch.tell(), PIECE), 0)):
            digest.update(piece)
    return digest.hexdigest()


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
        if name not in (*PLACES, "corpus_root") and isinstance(value, str) and value and (root / value).is_dir():
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
    return found if _is_whole(found) else {}


def _is_whole(found: dict) -> bool:
    """Say whether a manifest has all that later runs ask of it, each of its type: one that is damaged is made again."""
    kinds = all(isinstance(found.get(name), kind) for name, kind in WHOLE.items())
    return (
        kinds
        and is_texts(found["inputs"].get("raw"))
        and is_texts(found["outputs"])
        and isinstance(found.get("orphans", []), list)
        and all(isinstance(line, str) for line in (*found["skipped"], *found["because"], *found.get("orphans", [])))
        and all(is_record(found["stages"].get(stage.name)) for stage in STAGES)
    )


def is_record(found: object) -> bool:
    """Say whether something is the record of a stage: from what, by which notebook and in what time it made what."""
    kinds = {"inputs": dict, "notebook": str, "outputs": dict, "seconds": (int, float)}
    return (
        isinstance(found, dict)
        and all(isinstance(found.get(name), kind) for name, kind in kinds.items())
        and is_texts(found["outputs"])
    )


def is_texts(found: object) -> bool:
    """Say whether something is a mapping of texts, such as names to digests."""
    return isinstance(found, dict) and all(isinstance(value, str) for value in found.values())


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
