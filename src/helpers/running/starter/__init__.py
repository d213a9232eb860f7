"""Lay out a suite of one's own: the notebooks, a story to begin with, and a Makefile."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.running.manifest import HERE
from helpers.running.stages import UsageError

STARTER = Path(__file__).parent
NAMES = {"Makefile": "Makefile", "README.md": "README.md", "gitignore": ".gitignore"}
PARTS = ("notebooks", "data/raw/ferry-accident")


def lay_out_suite(folder: Path) -> list[str]:
    """Lay out a suite in a folder, which may hold other things; gives the names of what was laid there.

    Raises UsageError where something would be overwritten, before anything is written.
    """
    source = STARTER if (STARTER / "notebooks").is_dir() else HERE.parents[1]
    parts = [(source / part, part) for part in PARTS] + [(STARTER / name, shown) for name, shown in NAMES.items()]
    taken = [name for _, name in parts if (folder / name).exists() or (folder / name).is_symlink()]
    if taken:
        raise UsageError(f"{folder}: {taken[0]} is there already; name an empty folder")
    for made, name in parts:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if made.is_dir():
            shutil.copytree(
                made, folder / name, ignore=shutil.ignore_patterns(".*", "__pycache__"), copy_function=shutil.copyfile
            )
        else:
            shutil.copyfile(made, folder / name)
    return [name for _, name in parts]
