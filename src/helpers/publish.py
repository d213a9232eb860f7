"""Put a finished run where readers look: whole folders change places, and a broken-off change is mended."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def staging_folder(parent: Path, story: str) -> Path:
    """Say where the next version of a story's folder is made: beside it, on the same file system."""
    return parent / f".staging-{story}"


def recover(parent: Path, story: str) -> None:
    """Mend what a killed run left: bring a set-aside folder back if nothing took its place, remove the rest."""
    parent.mkdir(parents=True, exist_ok=True)
    aside, target = parent / f".old-{story}", parent / story
    if aside.exists() and not target.exists():
        aside.rename(target)
    for leftover in (aside, staging_folder(parent, story)):
        shutil.rmtree(leftover, ignore_errors=True)


def swap_in(parent: Path, story: str) -> None:
    """Put the staged folder in the place of the published one."""
    staged, target, aside = staging_folder(parent, story) / story, parent / story, parent / f".old-{story}"
    for path in sorted(staged.rglob("*")):
        if path.is_file():
            _sync(path)
    if target.exists():
        target.rename(aside)
    staged.rename(target)
    shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(staging_folder(parent, story), ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
