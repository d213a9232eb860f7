"""Find where another article begins in the same file: what it brings with it, and what its words no longer speak of."""

from __future__ import annotations

import json
import math
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import pairwise

from helpers.blocks import BULLET, STAMP_WHY, Block, find_dateline, fold_line, is_headline
from helpers.lexicons import lexicon_index
from helpers.sentences import find_words

NEAR = 6  # lines behind a cut in which a second stamp, dateline or repeated headline is looked for
FEWEST_WORDS = 8  # topic words on either side, below which nothing can be said of a change of topic
FEATURES = (
    "headline", "headline_repeated", "stamp", "dateline", "shared_words", "shared_names", "neighbours", "known_words",
    "log_words", "wide_gap",
)  # fmt: skip


def find_foreign(blocks: list[Block], others: set[str]) -> tuple[int, str] | None:
    """Find the line at which an article of another topic begins, with what shows it; None where nothing is sure.

    `others` holds the topic words of the story's other articles. The lines' signs and the words on the two sides of
    each line are weighed by a logistic regression (`weights/foreign.json`, made by benchmarks/train_foreign.py).
    """
    model = _load_weights()
    best, evidence = None, model["threshold"]
    for cut, features in measure_cuts(blocks, others):
        score = model["intercept"] + sum(model["weights"][name] * features[name] for name in FEATURES)
        if score > evidence:
            best, evidence = (cut, _explain(features)), score
    return best


@cache
def _load_weights() -> dict:
    return json.loads(files("helpers.weights").joinpath("foreign.json").read_text(encoding="utf-8"))


def _explain(features: dict[str, float]) -> str:
    names = {
        "headline": "own headline", "headline_repeated": "headline repeated", "stamp": "own date stamp",
        "dateline": "own dateline",
    }  # fmt: skip
    signs = [shown for name, shown in names.items() if features[name]]
    return "another article in the same file: " + ", ".join([*signs, "another topic"])


def measure_cuts(blocks: list[Block], others: set[str]) -> list[tuple[int, dict[str, float]]]:
    """Measure every line at which another article could begin: its place and the `FEATURES` of a cut there.

    One pass over the words: each line moves its own from one side to the other.
    """
    words = [find_topic_words(block.text) if block.kind in ("body", "caption", "title") else [] for block in blocks]
    before: Counter = Counter()
    after = Counter(word for line in words for word in line)
    sides = {"shared": 0, "names": 0, "known_before": 0, "known_after": sum(word in others for word in after)}
    total = {"before": 0, "after": after.total()}
    gaps = sorted(later.start - earlier.end for earlier, later in pairwise(blocks))
    usual = gaps[len(gaps) // 2] if gaps else 0
    measured = []
    for cut, block in enumerate(blocks):
        possible = block.kind == "body" or block.why == STAMP_WHY
        enough = min(len(before), len(after)) >= FEWEST_WORDS
        if possible and enough and not BULLET.match(block.text):
            features = _read_signs(blocks, cut)
            features |= _compare_sides(before, after, sides)
            features["neighbours"] = _compare_neighbours(words, cut)
            features["log_words"] = math.log(min(total["before"], total["after"]))
            features["wide_gap"] = float(block.start - blocks[cut - 1].end > usual)
            measured.append((cut, features))
        for word in words[cut]:
            _move_word(word, before, after, sides, others)
        total["before"] += len(words[cut])
        total["after"] -= len(words[cut])
    return measured


def find_topic_words(text: str) -> list[str]:
    """List the words of a text that tell its topic: folded, names with a capital kept, common words left out."""
    common = lexicon_index("common_words")
    found = []
    for span in find_words(text):
        word = text[span.start : span.end].removesuffix("'s").removesuffix("’s")
        folded = word.casefold()
        if len(word) > 3 and not word[0].isdigit() and folded not in common and folded.removesuffix("s") not in common:
            found.append(folded.removesuffix("s") if word[0].islower() else "^" + folded)
    return found


def _move_word(word: str, before: Counter, after: Counter, sides: dict[str, int], others: set[str]) -> None:
    name, known = word.startswith("^"), word in others
    was_before = before[word] > 0
    before[word] += 1
    after[word] -= 1
    still_after = after[word] > 0
    if not still_after:
        del after[word]
    change = int(still_after) if not was_before else -int(not still_after)
    sides["shared"] += change
    sides["names"] += change * name
    sides["known_before"] += int(known and not was_before)
    sides["known_after"] -= int(known and not still_after)


def _read_signs(blocks: list[Block], cut: int) -> dict[str, float]:
    block, behind = blocks[cut], blocks[cut : cut + NEAR]
    headline = block.kind == "body" and is_headline(block.text) and not find_dateline(block.text)
    repeated = headline and any(fold_line(other.text) == fold_line(block.text) for other in behind[1:])
    return {
        "headline": float(headline),
        "headline_repeated": float(repeated),
        "stamp": float(any(other.why == STAMP_WHY for other in behind[:3])),
        "dateline": float(any(find_dateline(other.text) for other in behind[:4])),
    }


def _compare_sides(before: Counter, after: Counter, sides: dict[str, int]) -> dict[str, float]:
    smaller = min(len(before), len(after))
    known_before, known_after = sides["known_before"] / len(before), sides["known_after"] / len(after)
    return {
        "shared_words": sides["shared"] / smaller**0.75,
        "shared_names": math.sqrt(sides["names"]),
        "known_words": known_before - known_after,
    }


def _compare_neighbours(words: list[list[str]], cut: int) -> float:
    near_before = {word for line in words[max(0, cut - NEAR) : cut] for word in line}
    near_after = {word for line in words[cut : cut + NEAR] for word in line}
    smaller = min(len(near_before), len(near_after))
    return len(near_before & near_after) / smaller**0.75 if smaller else 0.0
