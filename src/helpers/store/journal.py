"""What a person reviewed in a story: a file that only grows, one JSON object a line, kept beside the articles.

Light on purpose: a run with nothing to do reads which lines concern which stage.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAME = "review.jsonl"
LARGEST = 20_000_000  # bytes of the file


class JournalError(Exception):
    """A line is no line of the file; the message names it and is one line."""


def read_lines(folder: Path) -> list[tuple[int, str]]:
    """Read the lines of a story's file as they stand, each with its number from 1; none where there is no file."""
    path = folder / NAME
    if not path.is_file():
        return []
    if path.stat().st_size > LARGEST:
        raise JournalError(f"{NAME}: larger than the limit of {LARGEST:,} bytes")
    lines = path.read_bytes().split(b"\n")
    return [(number, _decode(number, line)) for number, line in enumerate(lines, 1) if line.strip()]


def _decode(number: int, line: bytes) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    except UnicodeDecodeError:
        raise JournalError(f"{NAME} line {number}: not UTF-8 text") from None


def read_object(number: int, line: str) -> dict:
    """Read a line as the JSON object that it must be. Raises JournalError."""
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise JournalError(f"{NAME} line {number}: not JSON: {getattr(error, 'msg', 'nested too deeply')}") from None
    if not isinstance(content, dict):
        raise JournalError(f"{NAME} line {number}: a JSON object is expected")
    return content


def append_objects(folder: Path, contents: Iterable[dict]) -> None:
    """Append objects, a line each, whole or not at all, whoever else appends at the same time."""
    from filelock import FileLock

    written = b"".join(json.dumps(content, ensure_ascii=False).encode("utf-8") + b"\n" for content in contents)
    lock = FileLock(folder / f".{NAME}.lock")
    with lock:
        with (folder / NAME).open("a+b") as file:
            before = file.seek(0, os.SEEK_END)
            if before:
                file.seek(before - 1)
                written = written if file.read(1) == b"\n" else b"\n" + written
            try:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(before)
                raise
        with suppress(OSError):
            Path(lock.lock_file).unlink()  # still held: who waits for this file notices that it is gone


def digest_reviews(folder: Path, about: Iterable[str]) -> str | None:
    """Give one digest of the lines that are about something of `about`; None where there are none.

    A file that cannot be read has the digest of what is wrong with it: the run that it makes necessary says so.
    """
    try:
        lines = [line for number, line in read_lines(folder) if _find_subject(read_object(number, line)) in about]
    except (JournalError, OSError) as error:
        lines = [str(error)]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest() if lines else None


def _find_subject(content: dict) -> str:
    """Say what a line is about; what does not say so is a note."""
    body = content.get("body")
    subject = body.get("about") if isinstance(body, dict) else None
    return subject if isinstance(subject, str) else "note"
