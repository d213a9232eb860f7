"""The files of a story's folder and of the folders in it, and what the place of a file says of its article."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

from helpers.articles.formats.registry import NOT_ARTICLES, find_format
from helpers.articles.stamps import read_published
from helpers.store import journal
from helpers.store.publishers import make_source_key

READINGS = "readings"  # a folder of what readers found, beside the articles
DEEPEST = 8  # folders in folders
FILE_DATE = re.compile(r"(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?:$|[ _-]+[^\W\d])")


def list_files(folder: Path) -> tuple[list[Path], list[str]]:
    """List the files of a folder and of those in it, in the order of their names, and the names of what is left alone.

    Links are listed and never followed. A folder that is empty is left alone, unless its name is that of a file.
    """
    paths: list[Path] = []
    left: list[str] = []
    _walk(folder, folder, paths, left)
    return paths, left


def _walk(place: Path, top: Path, paths: list[Path], left: list[str]) -> None:
    entries = sorted(os.scandir(place), key=lambda entry: os.fsencode(entry.name))
    stems = {Path(entry.name).stem for entry in entries if not entry.is_dir(follow_symlinks=False)}
    for entry in entries:
        path = Path(entry.path)
        if not entry.is_dir(follow_symlinks=False):
            if place == top and entry.name == journal.NAME:
                continue
            if not NOT_ARTICLES.match(entry.name):
                paths.append(path)
            elif not re.match(r"\.|readme|story\.ya?ml$", entry.name, re.I):
                left.append(path.relative_to(top).as_posix())
        elif entry.name.endswith("_files") and entry.name.removesuffix("_files") in stems:
            left.append(path.relative_to(top).as_posix())  # the pictures that a browser saves beside a page
        elif (place == top and entry.name == READINGS) or entry.name.startswith((".", "_")):
            continue
        else:
            before = len(paths)
            if len(path.relative_to(top).parts) < DEEPEST:
                _walk(path, top, paths, left)
            if len(paths) == before and path.suffix and find_format(entry.name):
                paths.append(path)
            elif len(paths) == before:
                left.append(path.relative_to(top).as_posix())


def find_publishers(paths: list[Path], top: Path) -> dict[Path, str]:
    """Find the folders whose names can be a publisher's: several stand side by side, and each has a name of its own."""
    beside: dict[Path, set[Path]] = defaultdict(set)
    for path in paths:
        if path.parent != top:
            beside[path.parent.parent].add(path.parent)
    found = {}
    for siblings in beside.values():
        shapes = [re.sub(r"[\W\d_]+", " ", folder.name).strip().casefold() for folder in siblings]
        for folder, shape in zip(siblings, shapes, strict=True):
            if (
                len(siblings) > 1
                and shapes.count(shape) == 1
                and re.match(r"[^\W\d_a-z]|[\w-]+\.[a-z]{2,}|\d+ ?[A-Z]", folder.name)
            ):
                found[folder] = folder.name
    return found


def name_by_folder(row: dict, publisher: str | None) -> dict:
    """Give an article that names no publisher the one that its folder is called by, which is not sure."""
    if publisher and row.get("n_chars") and not row.get("source"):
        row |= {"source": publisher, "source_from": "the folder", "source_sure": "low"}
        row["source_key"] = make_source_key(publisher)
    return row


def read_file_date(stem: str) -> str | None:
    """Read the day that the name of a file begins with, as people name what they saved: the day of the paper."""
    found = FILE_DATE.match(stem)
    return read_published(found["date"]).date if found else None
