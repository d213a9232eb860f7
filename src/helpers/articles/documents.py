"""What a reader of a format gives: one document an article, and the limits within which files are read."""

from __future__ import annotations

from dataclasses import dataclass, field

SMALL = 1_000_000  # bytes below which a high ratio of compression says nothing


class FormatError(Exception):
    """A file is not what its name says or is refused; the message is one line."""


class NoArticlesError(FormatError):
    """A whole file that holds no articles: a description, labels, a setting; the message is one line."""


@dataclass
class Document:
    """One article in a file: its text, what the file says of it and how sure, and why it was set aside if it was."""

    text: str
    metadata: dict = field(default_factory=dict)
    url: str | None = None
    name: str | None = None
    skipped: str | None = None
    notes: list[str] = field(default_factory=list)
    origin: str = "the file"  # what the metadata come from: "the page", "the feed", "the export", "the message"
    sure: dict[str, str] = field(default_factory=dict)  # of a field of the metadata: high where not said
    place: str | None = None  # where in a file of several articles this one stands
    is_whole: bool = False  # its reader knows that it is one article: the posts of a live blog are none of their own


@dataclass(frozen=True)
class Limits:
    """How much a file may hold, in bytes as unpacked, and which columns of an export hold what."""

    size: int = 20_000_000
    ratio: int = 200
    members: int = 10_000
    columns: tuple[tuple[str, str], ...] = ()

    def check(self, unpacked: int, packed: int) -> None:
        """Refuse what unpacks to too many bytes, or to too many times its size; raises FormatError."""
        if unpacked > self.size:
            raise FormatError(f"refused: unpacks to more than the limit of {self.size:,} bytes")
        if unpacked > SMALL and unpacked > self.ratio * max(1, packed):
            raise FormatError(f"refused: unpacks to more than {self.ratio} times its size")
