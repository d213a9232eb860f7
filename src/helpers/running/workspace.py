"""The staging folder of a run: a small suite of its own in which the notebooks find everything at its usual place.

Whatever a run is told about folders, its notebooks read `data/raw`, write `data/processed` and `reports`, all relative to
the folder they run in. So nothing that they write can name a folder of the machine, and the same articles give the
same bytes wherever they lie and wherever the results go.
"""

from __future__ import annotations

import os
from pathlib import Path

from helpers.running.manifest import describe_outputs, digest_file, is_record
from helpers.store.files import read_json, write_json

PROCESSED, REPORTS = "data/processed", "reports"
RECORDS = "stages.json"


class Workspace:
    """The staging folder of a story: where its tables and its report are made, and which stages are done."""

    def __init__(self, folder: Path, story: str):
        self.folder = folder
        self.tables = folder / PROCESSED / story
        self.report = folder / REPORTS / story
        self.records: dict[str, dict] = {}

    def lay_out(self, root: Path, raw: Path, place: str) -> None:
        """Lay out the folder; `raw` is the folder of raw articles, which the notebooks find at `place`.

        What an earlier run left is kept as far as its records vouch for it.
        """
        for made in (self.tables, self.report, self.folder / "data" / "raw"):
            made.mkdir(parents=True, exist_ok=True)
        self._link_entries(root, self.folder, without=("data", REPORTS))
        self._link_entries(root / "data", self.folder / "data", without=("raw", "processed"))
        target = self.folder / place
        if target.is_symlink() and target.parent.resolve().is_relative_to(self.folder.resolve()):
            target.unlink()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(raw.resolve(), target)
        if (root / "data" / "raw").is_dir():  # a story may refer to articles that lie with another
            self._link_entries(root / "data" / "raw", self.folder / "data" / "raw", without=(target.name,))
        self.records = read_records(self.folder)
        self._drop_unrecorded()

    def _link_entries(self, source: Path, target: Path, without: tuple[str, ...]) -> None:
        """Let the notebooks find what else the suite holds, such as a language model of one's own."""
        for entry in sorted(source.iterdir()):
            if entry.name.startswith(".") or entry.name in without or not entry.is_dir():
                continue
            if entry.resolve() not in self.folder.resolve().parents and not (target / entry.name).is_symlink():
                _link(entry.resolve(), target / entry.name)

    def _drop_unrecorded(self) -> None:
        vouched = {name: digest for record in self.records.values() for name, digest in record["outputs"].items()}
        for name, digest in self.list_files().items():
            if vouched.get(name) != digest:
                self.find(name).unlink()

    def list_files(self) -> dict[str, str]:
        """List what has been made so far, by name: `tables/...` and `report/...`, with digests."""
        return describe_outputs({"tables": self.tables, "report": self.report})

    def find(self, name: str) -> Path:
        """Say where a file of `list_files` lies."""
        label, _, rest = name.partition("/")
        return (self.tables if label == "tables" else self.report) / rest

    def holds(self, outputs: dict[str, str]) -> bool:
        """Say whether all these files are there, unchanged."""
        return all(digest_file(self.find(name)) == digest for name, digest in outputs.items())

    def record(self, stage: str, record: dict) -> None:
        """Keep that a stage is done, with what it was made from and what it made."""
        self.records[stage] = record
        write_json(self.folder / RECORDS, self.records)

    def forget(self, stage: str) -> None:
        """Remove what a stage had made, before it is made anew."""
        for name in self.records.pop(stage, {"outputs": {}})["outputs"]:
            self.find(name).unlink(missing_ok=True)
        write_json(self.folder / RECORDS, self.records)

    def copy_from(self, published: Workspace, outputs: dict[str, str]) -> None:
        """Take over files as they are published."""
        import shutil

        for name in outputs:
            target = self.find(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(published.find(name), target)

    def remove(self) -> None:
        """Remove the whole folder; links are removed, never followed."""
        import shutil

        shutil.rmtree(self.folder, ignore_errors=True)


class Published(Workspace):
    """What is published of a story: the same view of the folders that readers see."""

    def __init__(self, tables: Path, report: Path):
        self.tables = tables
        self.report = report


def read_records(folder: Path) -> dict[str, dict]:
    """Read which stages are done in a staging folder, and what each was made from and made."""
    return {stage: record for stage, record in read_json(folder / RECORDS).items() if is_record(record)}


def _link(source: Path, target: Path) -> None:
    if os.name == "nt":
        import _winapi

        _winapi.CreateJunction(str(source), str(target))  # needs no privilege, unlike a symbolic link
    else:
        target.symlink_to(source, target_is_directory=True)
