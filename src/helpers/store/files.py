"""Write files whole: a reader, or a crash, sees the old content or the new one and nothing between."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

LOG_LIMIT = 1_000_000  # bytes after which the log starts anew; the one before is kept as FILE.1


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


def append_lines(path: Path, lines: list[str]) -> None:
    """Append lines to a log, with the time of day in UTC; one that cannot be written stops nothing, none outgrows two files."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    text = "".join(f"{now} {part}\n" for line in lines for part in line.splitlines())
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_name(f"{path.name}.1"))
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)


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
