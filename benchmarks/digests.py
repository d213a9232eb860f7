"""Print the digest of every table and report of the known stories: what a change that moves code must leave as it is.

    digests.py [--save FILE] [--against FILE]

The stories are those of data/raw, and where ../shared is there the five originals and the eight of ../shared/stories. Each goes through the
public functions of the stages in one process, without readings (and without `found_by`); a report is the page and its machine-readable twin. `--against` names what differs and exits with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import warnings
from pathlib import Path

from helpers import tables
from helpers.articles import read_articles, read_story
from helpers.corpus.pipeline import analyse
from helpers.report.page import build_report
from helpers.report.write import write_report

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def list_folders() -> dict[str, Path]:
    """The folder of each known story by its name."""
    folders = [
        *sorted((ROOT / "data" / "raw").iterdir()),
        SHARED / "articles" / "netflix-messages",
        *sorted(SHARED.glob("stories/*")),
    ]
    return {folder.name: folder for folder in folders if folder.is_dir()}


def run_story(folder: Path) -> dict[str, object]:
    """All tables of a story by name."""
    articles = read_articles(folder).assign(story=folder.name)
    articles["raw_path"] = [f"{folder.name}/{Path(path).name}" for path in articles["raw_path"]]
    return {name: tables.conform(frame, name) for name, frame in analyse(articles).items()}


def digest_story(folder: Path) -> dict[str, str]:
    """The digest of each table of a story, and of its page and twin."""
    made = run_story(folder)
    digests = {
        name: hashlib.sha256(
            frame.drop(columns="found_by", errors="ignore").to_csv(index=False).encode("utf-8", "surrogatepass")
        ).hexdigest()
        for name, frame in made.items()
    }
    with tempfile.TemporaryDirectory() as place:
        write_report(
            build_report(made, read_story(folder), settings={"notebooks": {}, "changed": {}}), made, folder.name, place
        )
        for name in ("index.html", "report.json"):
            digests[name] = hashlib.sha256((Path(place) / folder.name / name).read_bytes()).hexdigest()
    return digests


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    found = {name: digest_story(folder) for name, folder in list_folders().items()}
    for story, digests in found.items():
        for name, digest in digests.items():
            print(f"{story:28} {name:20} {digest[:16]}")
    if given.save:
        given.save.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if given.against:
        before = json.loads(given.against.read_text(encoding="utf-8"))
        differing = [
            f"{story} {name}"
            for story in before
            for name in before[story]
            if found.get(story, {}).get(name) != before[story][name]
        ]
        print(f"{len(differing)} differ" + "".join(f"\n  {name}" for name in differing))
        return int(bool(differing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
