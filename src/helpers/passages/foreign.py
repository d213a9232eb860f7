"""Find where another article begins in the same file: what it brings with it, and what its words no longer speak of."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import WORD
from helpers.passages.lines import (
    BYLINE_WHY,
    NUMBERED,
    STAMP_WHY,
    Block,
    find_datelines,
    fold_line,
    is_headline,
    is_list_item,
)

NEAR = 6  # lines behind a cut in which a second stamp, dateline or repeated headline is looked for
NEAR_WORDS = 60  # topic words on either side of a cut that count as next to it
FEWEST_WORDS = 8  # topic words on either side, below which nothing can be said of a change of topic
# Of whole articles, measured on stories mixed with articles of others; see benchmarks/passages.py.
FEWEST_ARTICLES = 4  # in a folder, below which nothing is said of what they have in common
CORE_SHARE = 0.4  # share of a story's articles that have a word of its core
FEWEST_CORE = 5  # words in the core, below which there is none
OUTSIDE, INSIDE = 0.15, 0.25  # share of the core below which an article is none of the story's, above which it is
UNLIKE = 0.3  # likeness to the story's nearest article below which it is like none
TOLD = ("body", "caption", "title")  # kinds of lines whose words tell the topic
ENDINGS = ("contact line", "copyright notice")  # page furniture that stands below an article
FEWEST_ITEMS = 3  # numbers in their order that make a list
FEATURES = (
    "headline", "headline_repeated", "stamp", "stamp_later", "dateline", "dateline_later", "byline", "byline_later",
    "share_bar", "opener", "quote", "ended", "shared_words", "shared_names", "neighbours", "near_words", "known_words",
    "log_words", "wide_gap",
)  # fmt: skip


class Foreign(NamedTuple):
    """The lines [first, end) of a file that belong to another article, and what shows it."""

    first: int
    end: int
    why: str


def find_foreign(blocks: list[Block], others: set[str], core: frozenset[str] = frozenset()) -> Foreign | None:
    """Find the lines that belong to an article of another topic, with what shows it; None where nothing is sure.

    `others` holds the topic words of the story's other articles, `core` those that most of its articles have: where
    the part above a cut has next to none of these and the part below has, the file begins with the other article.
    The lines' signs and the words on the two sides of
    each line are weighed by a logistic regression (`weights/foreign.json`, made by benchmarks/train_foreign.py).
    """
    model = _load_weights()
    best, evidence = None, model["threshold"]
    for cut, features in measure_cuts(blocks, others):
        score = model["intercept"] + sum(model["weights"][name] * features[name] for name in FEATURES)
        if score > evidence:
            best, evidence = (cut, _explain(features)), score
    if best is None:
        return None
    cut, why = best
    while cut + 1 < len(blocks) and _belongs_above(blocks, cut):
        cut += 1
    above = {word for block in blocks[:cut] for word in find_topic_words(block.text)}
    below = {word for block in blocks[cut:] for word in find_topic_words(block.text)}
    if len(core) >= FEWEST_CORE and measure_share(above, core) < OUTSIDE and measure_share(below, core) > INSIDE:
        return Foreign(0, cut, "another article in the same file: it stands above the story's own")
    return Foreign(cut, len(blocks), why)


def _belongs_above(blocks: list[Block], cut: int) -> bool:
    """Say whether a line that looks like a headline speaks of what stands above it and not of what follows.

    Such is a line on a picture, without a full stop, at the end of the first article.
    """
    words = set(find_topic_words(blocks[cut].text))
    if blocks[cut].kind != "body" or not is_headline(blocks[cut].text) or len(words) < 3:
        return False
    above = {word for block in blocks[:cut] for word in find_topic_words(block.text)}
    below = {word for block in blocks[cut + 1 :] for word in find_topic_words(block.text)}
    seen, resumed = (sum(1 + word.startswith("^") for word in words & side) for side in (above, below))
    return seen >= 2 and seen > 2 * resumed


def find_core(articles: list[set[str]]) -> frozenset[str]:
    """Find the topic words that many articles of a story have: `CORE_SHARE` of them and three at least."""
    if len(articles) < FEWEST_ARTICLES:
        return frozenset()
    counts = Counter(word for words in articles for word in words)
    return frozenset(word for word, count in counts.items() if count >= max(3, CORE_SHARE * len(articles)))


def measure_share(words: set[str], core: frozenset[str]) -> float:
    """Measure how much of a story's core a text has, or could have by its length."""
    possible = min(len(words), len(core))
    return len(words & core) / possible if possible else 0.0


def find_outsiders(articles: dict[str, set[str]]) -> dict[str, str]:
    """Find whole articles that belong to another story than those beside them, each with what shows it.

    `articles` holds the topic words of each. An article is another story's if it has next to nothing of what the
    others have in common and is like none of these. A short article, or one in other words, still names what the
    story is about; where there is no common core, as in a mixed collection, no article is another story's.
    """
    core = find_core(list(articles.values()))
    if len(core) < FEWEST_CORE:
        return {}
    shares = {article: measure_share(words, core) for article, words in articles.items()}
    insiders = [articles[article] for article, share in shares.items() if share > INSIDE]
    found = {}
    for article, words in sorted(articles.items()):
        if shares[article] < OUTSIDE and len(words) >= FEWEST_WORDS:
            nearest = max((len(words & other) / min(len(words), len(other)) ** 0.75 for other in insiders), default=1.0)
            if nearest < UNLIKE:
                found[article] = (
                    f"another story: of the {len(core)} words that the articles beside it have in common, "
                    f"it has {len(words & core)}"
                )
    return found


@cache
def _load_weights() -> dict:
    return json.loads(files("helpers.passages").joinpath("foreign.json").read_text(encoding="utf-8"))


def _explain(features: dict[str, float]) -> str:
    names = {
        "headline": "own headline", "headline_repeated": "headline repeated", "stamp": "own date stamp",
        "dateline": "own dateline", "byline": "own author line", "share_bar": "own share bar",
    }  # fmt: skip
    signs = [shown for name, shown in names.items() if features[name]]
    return "another article in the same file: " + ", ".join([*signs, "another topic"])


def measure_cuts(blocks: list[Block], others: set[str]) -> list[tuple[int, dict[str, float]]]:
    """Measure every line at which another article could begin: its place and the `FEATURES` of a cut there.

    One pass over the words: each line moves its own from one side to the other.
    """
    words = [find_topic_words(block.text) if block.kind in TOLD else [] for block in blocks]
    flat = [word for line in words for word in line]
    signs = _Signs(blocks)
    before: Counter = Counter()
    after = Counter(flat)
    sides = {"shared": 0, "names": 0, "known_before": 0, "known_after": sum(word in others for word in after)}
    passed = 0
    measured = []
    for cut, block in enumerate(blocks):
        enough = min(len(before), len(after)) >= FEWEST_WORDS
        if enough and signs.may_begin(cut):
            features = signs.read(cut)
            features |= _compare_sides(before, after, sides)
            features["neighbours"] = _compare_windows(
                (word for line in words[max(0, cut - NEAR) : cut] for word in line),
                (word for line in words[cut : cut + NEAR] for word in line),
            )
            near = flat[max(0, passed - NEAR_WORDS) : passed], flat[passed : passed + NEAR_WORDS]
            features["near_words"] = _compare_windows(*near)
            features["log_words"] = math.log(min(passed, len(flat) - passed))
            features["wide_gap"] = float(block.start - blocks[cut - 1].end > signs.usual_gap)
            measured.append((cut, features))
        for word in words[cut]:
            _move_word(word, before, after, sides, others)
        passed += len(words[cut])
    return measured


def find_topic_words(text: str) -> list[str]:
    """List the words of a text that tell its topic: folded, names with a capital kept, common words left out."""
    common = lexicon_index("common_words")
    found = []
    for word in WORD.findall(text):
        word = word.removesuffix("'s").removesuffix("’s")
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


class _Signs:
    """The signs that lines give of what they are, read once for all cuts of a text."""

    def __init__(self, blocks: list[Block]):
        self.blocks = blocks
        self.folded = [fold_line(block.text) for block in blocks]
        places = find_datelines([block.text for block in blocks])
        self.dateline = [
            block.kind == "body" and place is not None for block, place in zip(blocks, places, strict=True)
        ]
        self.stamp = [block.why == STAMP_WHY for block in blocks]
        self.byline = [block.why == BYLINE_WHY for block in blocks]
        self.bar = [block.why == "share bar" for block in blocks]
        gaps = sorted(later.start - earlier.end for earlier, later in pairwise(blocks))
        self.usual_gap = gaps[len(gaps) // 2] if gaps else 0
        self.listed = _find_listed(blocks)

    def may_begin(self, cut: int) -> bool:
        """Say whether an article could begin with a line."""
        possible = self.blocks[cut].kind == "body" or self.stamp[cut] or self.byline[cut]
        return possible and not is_list_item(self.blocks[cut].text) and cut not in self.listed

    def read(self, cut: int) -> dict[str, float]:
        """Read the features of a cut that its own line and the lines next to it give.

        A sign counts for the line that it stands in, or for one of the other signs of a new article above it; for a
        line above without any, it shows that the article begins later.
        """
        block, behind = self.blocks[cut], range(cut, min(len(self.blocks), cut + NEAR))
        headline = block.kind == "body" and not self.dateline[cut] and is_headline(block.text)
        opens = headline or self.stamp[cut] or self.dateline[cut] or self.byline[cut]
        near = {
            "stamp": any(self.stamp[cut : cut + 3]),
            "dateline": any(self.dateline[cut : cut + 4]),
            "byline": any(self.byline[cut : cut + 4]),
        }
        first = block.text.split(None, 1)[0].strip("“\"‘'").casefold()
        above = self.blocks[cut - 1]
        return {
            "headline": float(headline),
            "headline_repeated": float(headline and any(self.folded[i] == self.folded[cut] for i in behind[1:])),
            **{name: float(opens and found) for name, found in near.items()},
            **{f"{name}_later": float(found and not opens) for name, found in near.items()},
            "share_bar": float(opens and any(self.bar[cut : cut + 5])),
            "opener": float(first in lexicon_index("openers")),
            "quote": float(block.text[0] in "“\"‘'"),
            "ended": float(above.kind == "byline" or above.why in ENDINGS),
        }


def _find_listed(blocks: list[Block]) -> set[int]:
    """Find the lines of a numbered list, with what stands below its items: its tenth town is no other article."""
    listed: set[int] = set()
    run: list[int] = []
    expected = 0
    for place, block in enumerate(blocks):
        found = NUMBERED.match(block.text)
        number = int(found["number"]) if found else None
        if number is not None and number == expected + 1:
            run.append(place)
            expected = number
            if len(run) >= FEWEST_ITEMS:
                listed.update(range(run[0], place))
        elif number == 1:
            run, expected = [place], 1
    return listed


def _compare_sides(before: Counter, after: Counter, sides: dict[str, int]) -> dict[str, float]:
    smaller = min(len(before), len(after))
    known_before, known_after = sides["known_before"] / len(before), sides["known_after"] / len(after)
    return {
        "shared_words": sides["shared"] / smaller**0.75,
        "shared_names": math.sqrt(sides["names"]),
        "known_words": known_before - known_after,
    }


def _compare_windows(before: Iterable[str], after: Iterable[str]) -> float:
    """Compare the words just above a cut with those just below: the share of the fewer ones that both have."""
    above, below = set(before), set(after)
    smaller = min(len(above), len(below))
    return len(above & below) / smaller**0.75 if smaller else 0.0
