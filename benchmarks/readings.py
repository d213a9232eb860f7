"""Score readings at first sight beside the engine: what a reader listed before, found or not, in the terms of first_sight.py.

    readings.py GOLD_FOLDER STORIES_FOLDER [--stories NAME ...] [--reading NAME] [--scorer first_sight.py]

GOLD_FOLDER holds one list of a reader a story, by the story's name; STORIES_FOLDER the stories, each with its articles and, under `readings`,
what readers or models handed in. Each story goes through the stages once; then the scorer is called on the engine's tables alone, on those of
each reading alone, and on both together. Counts are summed over the stories, for who lists is another than who reads. A figure holds for the
reading of that name only: readings of a model are named after it.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse
from helpers.readings import Material, merge_findings, read_readings
from helpers.readings.taken import count_states

ROOT = Path(__file__).resolve().parents[1]
SCORER = ROOT.parent / "shared" / "pool" / "first_sight.py"
WRITTEN = ("articles", "claims", "proposition_claims")


def list_versions(made: dict[str, pd.DataFrame], folder: Path, only: str | None) -> dict[str, tuple]:
    """The findings to score, by who found them: the engine, each reading alone, the engine with each reading."""
    engine = (made["disagreements"], made["disagreement_sides"])
    nothing = tuple(frame.head(0) for frame in engine)
    material = Material(made["articles"], made["passages"], made["claims"])
    read = read_readings(folder, material)
    for row in count_states(read).itertuples():
        print(f"{folder.name}: {row.reading}: {row.verified} items verified, {row.dropped} dropped")
    found = {"engine": engine}
    for name in sorted(set(read["reading"])):
        if only in (None, name):
            own, rest = read[read["reading"] == name], (made["articles"], made["claims"])
            found[name] = merge_findings(*nothing, own, *rest)
            found[f"engine + {name}"] = merge_findings(*engine, own, *rest)
    return found


def score(gold: Path, made: dict[str, pd.DataFrame], found: tuple, scorer: str) -> Counter:
    """What the scorer counts for one version of the findings of a story."""
    with tempfile.TemporaryDirectory() as folder:
        frames = {name: made[name] for name in WRITTEN}
        frames |= dict(zip(("disagreements", "disagreement_sides"), found, strict=True))
        for name, frame in frames.items():
            tables.write_table(frame, name, "story", folder)
        ran = subprocess.run(
            [*shlex.split(scorer), str(gold), f"{folder}/story"], capture_output=True, text=True, check=True
        )
    return Counter({name: int(value) for name, value in map(str.split, ran.stdout.splitlines())})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--stories", dest="names", nargs="+", metavar="NAME")
    parser.add_argument("--reading", metavar="NAME")
    parser.add_argument("--scorer", default=f"{sys.executable} {SCORER}")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    sums: dict[str, Counter] = defaultdict(Counter)
    names = given.names or sorted(path.stem for path in given.gold.glob("*.json"))
    for name in names:
        folder = given.stories / name
        made = analyse(read_articles(folder).assign(story=name))
        for version, found in list_versions(made, folder, given.reading).items():
            sums[version]["stories"] += 1
            sums[version].update(score(given.gold / f"{name}.json", made, found, given.scorer))
    print(pd.DataFrame(sums).fillna(0).astype(int).to_string())
    return 0


if __name__ == "__main__":
    sys.exit(main())
