"""How well stories are found in a heap: real rumours with several publishers, among news articles that stand alone.

Reads ../shared/stories and ../shared/articles (which articles tell one story is known) and ../shared/eval (articles of
which each is its own story). Prints precision and recall over pairs of articles, and how many stories came out whole
and pure, for the shipped threshold and around it. Half of the stories («test») played no part in choosing it.

Usage: python benchmarks/stories.py
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.corpus.clusters import ALIKE, count_features, find_stories

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def read_heap() -> tuple[list[str], list[str]]:
    """Read the texts of the heap and the story of each."""
    folders = sorted(f for f in [*(SHARED / "stories").iterdir(), *(SHARED / "articles").iterdir()] if f.is_dir())
    found = [
        (path.read_text(encoding="utf-8", errors="replace"), f.name)
        for f in folders
        for path in sorted(f.glob("*.txt"))
    ]
    with (SHARED / "eval" / "attribution_dev.jsonl").open(encoding="utf-8") as lines:
        alone = [json.loads(line) for line in lines]
    found += [(article["text"], f"alone {article['id']}") for article in alone]
    return [text for text, _ in found], [story for _, story in found]


def measure(texts: list[str], truth: list[str], alike: float) -> str:
    """Give precision and recall over pairs of articles, and the share of stories that are whole and pure."""
    numbers = find_stories(pd.Series([pd.NaT] * len(texts)), count_features(texts), alike=alike)
    pairs = {p for p in combinations(range(len(texts)), 2) if truth[p[0]] == truth[p[1]]}
    found = {p for p in combinations(range(len(texts)), 2) if numbers[p[0]] == numbers[p[1]] >= 0}
    labels = np.array(truth)
    several = [story for story in sorted(set(truth)) if (labels == story).sum() > 1]
    whole = sum(
        len(set(numbers[labels == story])) == 1 and set(labels[numbers == numbers[labels == story][0]]) == {story}
        for story in several
    )
    precision, recall = len(pairs & found) / max(1, len(found)), len(pairs & found) / len(pairs)
    return f"pairs: P {precision:.3f} R {recall:.3f}; whole and pure {whole} of {len(several)} stories"


def main() -> None:
    """Print the figures of both halves."""
    if not SHARED.is_dir():
        raise SystemExit("nothing measured: ../shared is absent")
    texts, truth = read_heap()
    several = sorted({story for story in truth if truth.count(story) > 1})
    for half, stories in (("dev", several[::2]), ("test", several[1::2])):
        kept = [i for i, story in enumerate(truth) if story in stories or story.startswith("alone")]
        for alike in (ALIKE - 0.07, ALIKE, ALIKE + 0.07):
            shown = measure([texts[i] for i in kept], [truth[i] for i in kept], alike)
            print(f"{half:4} {len(kept)} articles, cosine {alike:.2f}: {shown}")


if __name__ == "__main__":
    main()
