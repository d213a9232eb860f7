"""Measure how surely shared passages and copies are found among texts made for it.

Texts are drawn from invented words, as frequent as words are in a language, with a fixed seed. Planted are
near-copies (a share of the words changed, dropped or added, marks and case changed) and single passages lifted into
other texts. Printed: how many are found, how far off their ends are, whether copies alone collapse to one origin,
and articles a second.

Usage: python benchmarks/reuse.py [ARTICLES]
"""

from __future__ import annotations

import random
import sys
import time

import pandas as pd

from helpers import tables
from helpers.reuse import find_origins, find_shared_passages

SEED = 20240411
COPIES = 300
LIFTED = 266
EDITS = (0.0, 0.02, 0.05, 0.1, 0.15)


def make_words(rng: random.Random) -> tuple[list[str], list[float]]:
    """Make 20,000 words with the frequencies of a natural language (Zipf)."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(20_000)]
    return words, [1.0 / (rank + 3) for rank in range(len(words))]


def write_text(rng: random.Random, words: list[str], weights: list[float], length: int) -> list[str]:
    """Write a text of so many words, in sentences."""
    text = rng.choices(words, weights, k=length)
    for i in range(0, length, 17):
        text[i] = text[i].capitalize()
        text[max(0, i - 1)] += "."
    return text


def edit(rng: random.Random, words: list[str], text: list[str], share: float) -> list[str]:
    """Change, drop or add a share of a text's words."""
    edited = []
    for word in text:
        dice = rng.random()
        if dice >= share:
            edited.append(word)
        elif dice < share / 3:
            edited.append(rng.choice(words))
        elif dice < 2 * share / 3:
            edited += [word, rng.choice(words)]
    return edited


def build(count: int) -> tuple[pd.DataFrame, pd.DataFrame, list[dict]]:
    """Build the texts, their one passage each, and the list of what is planted."""
    rng = random.Random(SEED)
    words, weights = make_words(rng)
    texts = [write_text(rng, words, weights, rng.randint(150, 700)) for _ in range(count)]
    planted = []
    for number in range(COPIES):
        share = EDITS[number % len(EDITS)]
        planted.append({"a": number, "b": len(texts), "copy": True, "edits": share, "words": None})
        texts.append(edit(rng, words, texts[number], share))
    for number in range(LIFTED):
        one, other = COPIES + 2 * number, COPIES + 2 * number + 1
        share, length = EDITS[number % len(EDITS)], rng.randint(20, 80)
        start = rng.randint(0, len(texts[one]) - length)
        lifted = edit(rng, words, texts[one][start : start + length], share)
        where = rng.randint(0, len(texts[other]))
        texts[other][where:where] = lifted
        planted.append({"a": one, "b": other, "copy": False, "edits": share, "words": (where, where + len(lifted))})
    names = [f"text-{number:06d}" for number in range(len(texts))]
    joined = [" ".join(text) for text in texts]
    for plant in planted:
        if plant["words"]:
            first, last = plant["words"]
            before = len(" ".join(texts[plant["b"]][:first]))
            plant["span"] = (before + (first > 0), len(" ".join(texts[plant["b"]][:last])))
    articles = pd.DataFrame(
        {
            "article_id": names, "story": "made", "raw_path": "", "raw_sha256": "", "text": joined,
            "n_chars": [len(text) for text in joined], "n_words": [len(text) for text in texts],
            "published": pd.to_datetime("2024-01-01") + pd.to_timedelta([n // 1000 for n in range(len(names))], unit="D"),
        }
    )  # fmt: skip
    passages = pd.DataFrame(
        {
            "article_id": names, "passage_id": [f"p-{name}" for name in names], "start": 0,
            "end": [len(text) for text in joined], "kind": "body", "text": joined, "why": "made",
        }
    )  # fmt: skip
    return tables.conform(articles, "articles"), tables.conform(passages, "passages"), planted


def main() -> None:
    """Print what is found of what was planted."""
    count = max(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, COPIES + 2 * LIFTED)
    articles, passages, planted = build(count)
    started = time.perf_counter()
    reuse = find_shared_passages(articles, passages)
    took = time.perf_counter() - started
    origins = find_origins(articles, passages, reuse).set_index("article_id")["origin_id"]
    print(f"{len(articles):,} texts in {took:.1f} s: {len(articles) / took:,.0f} a second; passages {len(reuse):,}")
    by_pair = dict(list(reuse.groupby(["article_a", "article_b"])))
    names = articles["article_id"].tolist()
    for share in EDITS:
        for copy in (True, False):
            own = [p for p in planted if p["edits"] == share and p["copy"] == copy]
            found = [p for p in own if (names[p["a"]], names[p["b"]]) in by_pair]
            one = sum(origins[names[p["a"]]] == origins[names[p["b"]]] for p in own)
            line = f"edits {share:4.0%} {'near-copies' if copy else 'passages   '} found {len(found):3d} of {len(own):3d}; one origin {one:3d}"
            if not copy:
                line += f"; ends off by {_median_offset(found, by_pair, names):.0f} characters (median)"
            print(line)
    made = {(names[p["a"]], names[p["b"]]) for p in planted}
    print(f"pairs found that were not planted: {len(set(by_pair) - made)}")


def _median_offset(found: list[dict], by_pair: dict, names: list[str]) -> float:
    offsets = []
    for plant in found:
        group = by_pair[names[plant["a"]], names[plant["b"]]]
        start, end = plant["span"]
        offsets += [abs(int(group["start_b"].min()) - start), abs(int(group["end_b"].max()) - end)]
    return float(pd.Series(offsets).median()) if offsets else 0.0


if __name__ == "__main__":
    main()
