"""A log for runs that nobody watches: a line an event, with its time, and never more than two files of bounded size."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

LIMIT = 1_000_000  # bytes after which the log starts anew; the one before is kept as FILE.1


def append_lines(path: Path, lines: list[str]) -> None:
    """Append lines with the time of day in UTC; a log that cannot be written stops nothing."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    text = "".join(f"{now} {part}\n" for line in lines for part in line.splitlines())
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LIMIT:
            path.replace(path.with_name(f"{path.name}.1"))
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)
