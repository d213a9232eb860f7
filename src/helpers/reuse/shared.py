"""Find the passages that two articles share, to the letter or nearly so, with their place in both."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import Indel

from helpers import tables
from helpers.language.quotations import find_quotations
from helpers.language.sentences import find_words

SHINGLE = 8  # words that must stand in the same order before chance is ruled out
SEED = 3  # words in the same order that carry a passage on from where shingles have found it
GAP = 12  # words by which two shared stretches may be apart and still be one passage
SLIP = 6  # words that one side may have more than the other within a passage
COMMON = 40  # from this many articles on, those that hold a shingle are each compared with the first only
REPEATED = 4  # places of one shingle in one article that are followed
QUOTED = 0.8  # share of a passage inside quotation marks from which it is a quotation
SCORE = 20  # words that are compared at once where texts agree for long
# The edits over which a passage goes on: so many words further in one text, so many in the other, the least first.
EDITS = sorted(((x, y) for x in range(1, SLIP) for y in range(1, SLIP)), key=lambda step: (sum(step), step))
REUSABLE = ("summary", "body", "truncated", "caption")


class Words(NamedTuple):
    """The words of an article's reusable text: each one's number and place; `runs` numbers the stretches of text."""

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    runs: np.ndarray


class Stretch(NamedTuple):
    """A shared stretch, in words of both articles, ends included."""

    first_a: int
    last_a: int
    first_b: int
    last_b: int


def find_shared_passages(articles: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Find `text_reuse`: passages of `SHINGLE` words or more that two articles share, small edits bridged.

    Hashed word shingles meet in one index; hits on neighbouring diagonals are merged and carried on at both ends as
    far as the words agree (the method of text-reuse detection in newspapers). Case and typography make no difference.
    Titles, foreign text and page furniture take no part. `quoted` marks what both articles have in quotation marks.
    """
    words = read_words(articles, passages)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    sides = [Side(name, texts[name], words[name]) for name in words]
    rows = [
        _measure(sides[one], sides[other], stretch)
        for (one, other), hits in sorted(_find_hits(list(words.values())).items())
        for stretch in merge_hits(hits, sides[one].ids, sides[other].ids)
    ]
    return tables.conform(rows, "text_reuse")


class Side:
    """One article beside all others: what each comparison asks of it is read once."""

    def __init__(self, name: str, text: str, words: Words):
        self.name = name
        self.text = text
        self.ids: list[int] = words.ids.tolist()
        self.starts: list[int] = words.starts.tolist()
        self.ends: list[int] = words.ends.tolist()
        self.quoted: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def find_quoted(self, start: int, end: int) -> list[tuple[int, int]]:
        """Find what is inside quotation marks in the paragraphs in which a stretch begins and ends."""
        paragraph = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        if (paragraph, stop) not in self.quoted:
            shown = self.text[paragraph : stop if stop >= 0 else len(self.text)]
            found = find_quotations(shown)
            self.quoted[paragraph, stop] = [(paragraph + q.inner_start, paragraph + q.inner_end) for q in found]
        return self.quoted[paragraph, stop]


def read_words(articles: pd.DataFrame, passages: pd.DataFrame) -> dict[str, Words]:
    """Number the words of each article's reusable passages, folded so that typography makes no difference."""
    numbers: dict[str, int] = {}
    found: dict[str, list[tuple[int, int, int, int]]] = {article: [] for article in sorted(articles["article_id"])}
    ordered = passages.sort_values(["article_id", "start"], kind="stable")
    for run, passage in enumerate(_join_neighbours(ordered)):
        article, start, text = passage
        for first, last in _find_whole_words(text):
            number = numbers.setdefault(fold_word(text[first:last]), len(numbers))
            found[article].append((number, start + first, start + last, run))
    return {article: Words(*np.array(rows, dtype=np.int64).reshape(-1, 4).T) for article, rows in found.items()}


def _find_whole_words(text: str) -> Iterable[tuple[int, int]]:
    """Give the words of a text; one written with marks apart from their letters (NFD) is one word nevertheless."""
    if unicodedata.is_normalized("NFC", text):
        yield from find_words(text)
        return
    open_word: tuple[int, int] | None = None
    for first, last in find_words(text):
        while last < len(text) and unicodedata.combining(text[last]):
            last += 1
        if open_word and open_word[1] == first:
            open_word = (open_word[0], last)
            continue
        if open_word:
            yield open_word
        open_word = (first, last)
    if open_word:
        yield open_word


def fold_word(word: str) -> str:
    """Fold a word, or a passage, so that case, curly marks and composed characters make no difference."""
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def _join_neighbours(passages: pd.DataFrame) -> Iterable[tuple[str, int, str]]:
    """Yield (article, start, text) of stretches of reusable text: passages that follow each other are one."""
    open_stretch: tuple[str, int, str] | None = None
    for passage in passages.itertuples():
        if open_stretch and (passage.article_id != open_stretch[0] or passage.kind not in REUSABLE):
            yield open_stretch
            open_stretch = None
        if passage.kind not in REUSABLE:
            continue
        if open_stretch is None:
            open_stretch = (passage.article_id, passage.start, passage.text)
        else:
            article, start, text = open_stretch
            open_stretch = (article, start, text + " " * (passage.start - start - len(text)) + passage.text)
    if open_stretch:
        yield open_stretch


def _find_hits(sequences: list[Words]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Find where articles hold the same shingle: by pair of articles, the pairs of places."""
    shingles, owners, places = _hash_shingles(sequences)
    order = np.argsort(shingles, kind="stable")
    bounds = np.flatnonzero(np.diff(shingles[order])) + 1
    starts, ends = np.r_[0, bounds], np.r_[bounds, len(order)]
    hits: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for start, end in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        group = order[start:end]
        holders = _keep_first(zip(owners[group].tolist(), places[group].tolist(), strict=True))
        several = len({owner for owner, _ in holders})
        if several < 2:
            continue
        pairs = combinations(holders, 2) if several <= COMMON else ((holders[0], other) for other in holders[1:])
        for (one, at), (other, there) in pairs:
            if one != other:
                hits[one, other].append((at, there))
    return hits


def _keep_first(holders: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the first `REPEATED` places of a shingle in each article: a refrain would meet itself a million times."""
    kept: dict[int, list[int]] = defaultdict(list)
    for owner, place in holders:
        if len(kept[owner]) < REPEATED:
            kept[owner].append(place)
    return [(owner, place) for owner, places in kept.items() for place in places]


def _hash_shingles(sequences: list[Words]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hash every shingle that lies in one stretch of text; give the hashes, their articles, and their first words."""
    hashes, owners, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for number, words in enumerate(sequences):
        count = len(words.ids) - SHINGLE + 1
        if count < 1:
            continue
        rolled = np.zeros(count, dtype=np.uint64)
        for offset in range(SHINGLE):  # a polynomial in an odd 64-bit constant, mixed so that small numbers spread
            mixed = (words.ids[offset : offset + count].astype(np.uint64) + np.uint64(1)) * np.uint64(
                0x9E3779B97F4A7C15
            )
            rolled = rolled * np.uint64(0xBF58476D1CE4E5B9) + (mixed ^ (mixed >> np.uint64(29)))
        whole = np.flatnonzero(words.runs[:count] == words.runs[SHINGLE - 1 :])
        hashes.append(rolled[whole])
        owners.append(np.full(len(whole), number))
        places.append(whole)
    return np.concatenate(hashes), np.concatenate(owners), np.concatenate(places)


def merge_hits(hits: list[tuple[int, int]], ids_a: list[int], ids_b: list[int]) -> list[Stretch]:
    """Merge shingle hits into stretches over small edits, and carry each on at both ends as far as words agree."""
    stretches: list[list[int]] = []
    for a, b in sorted(set(hits)):
        for stretch in reversed(stretches[-8:]):
            slip = abs((a - stretch[1]) - (b - stretch[3]))
            if -SHINGLE <= a - stretch[1] <= GAP and -SHINGLE <= b - stretch[3] <= GAP and slip <= SLIP:
                stretch[1] = max(stretch[1], a + SHINGLE - 1)
                stretch[3] = max(stretch[3], b + SHINGLE - 1)
                break
        else:
            stretches.append([a, a + SHINGLE - 1, b, b + SHINGLE - 1])
    return _keep_longest([_extend(Stretch(*stretch), ids_a, ids_b) for stretch in stretches])


def _extend(stretch: Stretch, ids_a: list[int], ids_b: list[int]) -> Stretch:
    last_a, last_b = _carry_on(ids_a, ids_b, stretch.last_a, stretch.last_b, 1)
    first_a, first_b = _carry_on(ids_a, ids_b, stretch.first_a, stretch.first_b, -1)
    return Stretch(first_a, last_a, first_b, last_b)


def _carry_on(ids_a: list[int], ids_b: list[int], at_a: int, at_b: int, way: int) -> tuple[int, int]:
    """Go on word by word, forwards (1) or backwards (-1), and over an edit where `SEED` words agree again soon after it."""
    while True:
        run = _count_alike(ids_a, ids_b, at_a + way, at_b + way, way)
        at_a, at_b = at_a + way * run, at_b + way * run
        for x, y in EDITS:
            seed = _cut(ids_a, at_a + way * x, way, SEED)
            if len(seed) == SEED and seed == _cut(ids_b, at_b + way * y, way, SEED):
                at_a, at_b = at_a + way * (x + SEED - 1), at_b + way * (y + SEED - 1)
                break
        else:
            return at_a, at_b


def _count_alike(ids_a: list[int], ids_b: list[int], at_a: int, at_b: int, way: int) -> int:
    """Count the words that agree from two places on: first by the score, then one by one."""
    count = 0
    while (many := _cut(ids_a, at_a, way, SCORE)) == _cut(ids_b, at_b, way, SCORE) and len(many) == SCORE:
        at_a, at_b, count = at_a + way * SCORE, at_b + way * SCORE, count + SCORE
    while 0 <= at_a < len(ids_a) and 0 <= at_b < len(ids_b) and ids_a[at_a] == ids_b[at_b]:
        at_a, at_b, count = at_a + way, at_b + way, count + 1
    return count


def _cut(ids: list[int], at: int, way: int, most: int) -> list[int]:
    """Cut out the words from a place on, forwards, or those up to it where the way is backwards."""
    return ids[at : at + most] if way > 0 else ids[max(0, at + 1 - most) : max(0, at + 1)]


def _keep_longest(stretches: list[Stretch]) -> list[Stretch]:
    """Keep the longest of stretches that overlap on both sides."""
    kept: list[Stretch] = []
    for one in sorted(stretches, key=lambda s: (s.first_a - s.last_a, s)):
        if not any(
            one.first_a <= other.last_a
            and other.first_a <= one.last_a
            and one.first_b <= other.last_b
            and other.first_b <= one.last_b
            for other in kept
        ):
            kept.append(one)
    return sorted(kept)


def _measure(one: Side, other: Side, stretch: Stretch) -> dict:
    start_a, end_a = one.starts[stretch.first_a], one.ends[stretch.last_a]
    start_b, end_b = other.starts[stretch.first_b], other.ends[stretch.last_b]
    text_a, text_b = one.text[start_a:end_a], other.text[start_b:end_b]
    return {
        "article_a": one.name, "start_a": start_a, "end_a": end_a,
        "article_b": other.name, "start_b": start_b, "end_b": end_b,
        "n_chars": min(len(text_a), len(text_b)),
        "similarity": round(Indel.normalized_similarity(fold_word(text_a), fold_word(text_b)), 4),
        "quoted": _is_quoted(one, start_a, end_a) and _is_quoted(other, start_b, end_b),
    }  # fmt: skip


def _is_quoted(side: Side, start: int, end: int) -> bool:
    inside = sum(max(0, min(end, last) - max(start, first)) for first, last in side.find_quoted(start, end))
    return inside >= QUOTED * (end - start)
