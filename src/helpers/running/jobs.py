"""One story to run: its raw articles, where its tables and report go, and the folders that a run uses beside them."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.running.workspace import PROCESSED, REPORTS, Published, Workspace

# Folders that the staging folder has of its own: raw articles cannot lie in their place.
TAKEN = (".", "data", "data/raw", PROCESSED, REPORTS)


class Job:
    """One story to run: its name, its raw articles, where tables and report go, and the checked parameters.

    Folders are absolute or relative to `root`, the folder of the suite.
    """

    def __init__(
        self,
        story: str,
        raw_folder: str | Path,
        processed_dir: str | Path,
        reports_dir: str | Path,
        root: Path,
        parameters: dict[str, object] | None = None,
    ):
        self.story = story
        self.root = root.resolve()
        self.raw = self._place(raw_folder)
        self.processed = self._place(processed_dir)
        self.reports = self._place(reports_dir)
        self.reports_dir = str(reports_dir)
        self.parameters = dict(sorted((parameters or {}).items()))  # in whichever order they are typed

    def _place(self, folder: str | Path) -> Path:
        return Path(os.path.abspath(self.root / folder))  # noqa: PTH100  a linked folder keeps its place

    @property
    def raw_place(self) -> str:
        """Where the notebooks see the raw articles: as in the suite, or by the folder's name alone if it is outside."""
        if self.raw.is_relative_to(self.root):
            place = self.raw.relative_to(self.root).as_posix()
            return f"raw/{self.raw.name}" if place in TAKEN else place
        return f"raw/{self.raw.name}" if (self.root / self.raw.name).exists() else self.raw.name

    @property
    def corpus(self) -> Path:
        """The folder from which the references of a story count."""
        return self.root / str(self.parameters.get("corpus_root", ""))

    @property
    def resolved(self) -> dict[str, object]:
        """All parameters as the notebooks get them; the folders are those of the staging folder, always the same."""
        usual = self.raw_place == f"data/raw/{self.story}"
        return {
            "story": self.story, "raw_dir": "data/raw", "raw_folder": "" if usual else self.raw_place,
            "processed_dir": PROCESSED, "reports_dir": REPORTS, **self.parameters,
        }  # fmt: skip

    @property
    def staging(self) -> Workspace:
        return Workspace(self.processed / f".staging-{self.story}", self.story)

    @property
    def proving(self) -> Workspace:
        """Where a published story is made anew to compare it."""
        return Workspace(self.processed / f".verify-{self.story}", self.story)

    @property
    def published(self) -> Published:
        return Published(self.processed / self.story, self.reports / self.story)

    @property
    def failed(self) -> Path:
        """Where the notebook of a failed run is kept for reading."""
        return self.processed / f".failed-{self.story}"

    def notebook(self, stage) -> Path:
        """Where a stage's notebook lies."""
        return self.root / "notebooks" / f"{stage.name}.ipynb"

    @property
    def history(self) -> Path:
        return self.processed / ".history" / self.story

    @property
    def lock(self) -> Path:
        return self.processed / f".lock-{self.story}"

    @property
    def traces(self) -> tuple[Path, ...]:
        """What is there only while a run works, or after one was broken off."""
        return (
            self.lock, self.staging.folder, self.proving.folder, *(parent / f"{kind}-{self.story}" for parent in (self.processed, self.reports)
            for kind in (".old", ".staging")),
        )  # fmt: skip
