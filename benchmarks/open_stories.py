"""How the findings stand to what readers listed for the open stories of the pool: sixteen stories, two readers, each list alone.

    open_stories.py [--missed]

Runs each story of ../shared/pool/stories numbered 01 to 16 through all stages and scores it with ../shared/pool/first_sight.py against
../shared/pool/lists (first reader) and benchmarks/gold/lists (second reader). These stories are open: they may be read and trained on, so that
the figures are «open», not first sight. Which findings a reader would sign is not measured here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path

from helpers import tables
from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse

ROOT = Path(__file__).resolve().parents[1]
POOL = ROOT.parent / "shared" / "pool"
LISTS = {"first": (POOL / "lists", "{}.json"), "second": (ROOT / "benchmarks" / "gold" / "lists", "{}.second.json")}
LAST_OPEN = 16


def run(folder: Path, place: Path) -> None:
    """Write the tables of a story to a folder, as a run does."""
    for name, frame in analyse(read_articles(folder).assign(story=folder.name)).items():
        tables.conform(frame, name).to_parquet(place / f"{name}.parquet")


def score(lists: Path, place: Path, missed: bool) -> Counter:
    """Give the counts that the scorer of the pool prints for one story and one reader."""
    command = [sys.executable, str(POOL / "first_sight.py"), str(lists), str(place), *(["--missed"] if missed else [])]
    counts: Counter = Counter()
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        name, _, value = line.partition(" ")
        if name == "missed":
            print(line)
        else:
            counts[name] = int(value)
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missed", action="store_true")
    given = parser.parse_args()
    if not POOL.is_dir():
        print("../shared/pool is absent: nothing to measure")
        return 0
    warnings.simplefilter("ignore")
    totals = {reader: Counter() for reader in LISTS}
    for folder in sorted((POOL / "stories").iterdir()):
        if int(folder.name[:2]) > LAST_OPEN:
            continue
        with tempfile.TemporaryDirectory() as place:
            run(folder, Path(place))
            for reader, (lists, name) in LISTS.items():
                totals[reader] += score(lists / name.format(folder.name), Path(place), given.missed)
    for name in totals["first"]:
        print(f"{name:24}" + "".join(f"  {reader} reader {totals[reader][name]:4}" for reader in totals))
    return 0


if __name__ == "__main__":
    sys.exit(main())
