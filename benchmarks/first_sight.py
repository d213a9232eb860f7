"""Run fresh stories of the pool once, and add up how their findings stand to the lists that were committed before.

    first_sight.py FIRST LAST --tables DIR [--signed DIR]

Runs the stories numbered FIRST to LAST of ../shared/pool/stories, where DIR does not hold their tables yet, and scores each with
../shared/pool/first_sight.py against benchmarks/first_sight/NN-slug.json. With --signed, a folder of NN-slug.csv (disagreement_id,sign
as somebody judged each finding beside the articles, not knowing the lists), signed findings are counted too. Prints the sums, one a line;
they go as one line into benchmarks/first_sight.csv before anybody reads the errors.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

from helpers import tables
from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse

ROOT = Path(__file__).resolve().parents[1]
POOL = ROOT.parent / "shared" / "pool"
LISTS = ROOT / "benchmarks" / "first_sight"


def run(folder: Path, place: Path) -> None:
    """Write the tables of a story to a folder, as a run does; what lies there already stays."""
    if place.is_dir():
        return
    made = analyse(read_articles(folder).assign(story=folder.name))
    place.mkdir(parents=True)
    for name, frame in made.items():
        tables.conform(frame, name).to_parquet(place / f"{name}.parquet")


def score(lists: Path, place: Path, signed: Path | None) -> Counter:
    """Give the counts that the scorer of the pool prints for one story."""
    command = [sys.executable, str(POOL / "first_sight.py"), str(lists), str(place)]
    command += ["--signed", str(signed)] if signed is not None else []
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return Counter({name: int(value) for name, _, value in (line.partition(" ") for line in lines) if name != "missed"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--signed", type=Path)
    given = parser.parse_args()
    if not POOL.is_dir():
        print("../shared/pool is absent: nothing to measure")
        return 0
    warnings.simplefilter("ignore")
    total: Counter = Counter()
    for folder in sorted((POOL / "stories").iterdir()):
        if given.first <= int(folder.name[:2]) <= given.last:
            run(folder, given.tables / folder.name)
            signed = given.signed / f"{folder.name}.csv" if given.signed is not None else None
            total += score(LISTS / f"{folder.name}.json", given.tables / folder.name, signed)
    for name, count in total.items():
        print(f"{name} {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
