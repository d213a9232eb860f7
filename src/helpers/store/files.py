"""Write files whole: a reader, or a crash, sees the old content or the new one and nothing between."""

from __future__ import annotations

import json
import os
from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there; where that fails nothing is left behind."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_json(path: Path, content: object) -> None:
    """Write JSON for people and programs alike: indented, keys sorted, characters as they are.

    Bytes of a file's name that are no character become JSON escapes, so that the file is UTF-8 and nothing is lost.
    """
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_file(path, text.encode("utf-8", "backslashreplace"))


def read_json(path: Path) -> dict:
    """Read a JSON object; empty where there is none or it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def sync_folder(folder: Path) -> None:
    """Bring a folder with all that is in it to the disk, so that moving it into place is the last step."""
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent, name))
        sync_entry(Path(parent))


def sync_entry(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the platform can (Windows cannot)."""
    if os.name == "posix":
        _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
