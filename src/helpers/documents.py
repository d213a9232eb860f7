"""What a reader of a format gives: one document an article, and the limits within which files are read."""

from __future__ import annotations

from dataclasses import dataclass, field


class FormatError(Exception):
    """A file is not what its name says or is refused; the message is one line."""


@dataclass
class Document:
    """One article in a file: its text, what the file says of it, and why it was set aside if it was."""

    text: str
    metadata: dict = field(default_factory=dict)
    url: str | None = None
    name: str | None = None
    skipped: str | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Limits:
    """How much a file may hold, in bytes as unpacked, and which columns of an export hold what."""

    size: int = 20_000_000
    ratio: int = 200
    members: int = 10_000
    columns: tuple[tuple[str, str], ...] = ()
