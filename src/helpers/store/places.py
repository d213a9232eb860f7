"""Where things are: the root of the suite, found from wherever Jupyter or the command was started."""

from __future__ import annotations

from pathlib import Path


def find_root() -> Path:
    """Find the folder that holds `notebooks/` and `data/`, upwards from here, so that Jupyter may start anywhere."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "data").is_dir():
            return folder
    return here


def locate(folder: str | Path, *parts: str) -> Path:
    """Resolve a folder given relative to the root of the suite."""
    return find_root().joinpath(folder, *parts)
