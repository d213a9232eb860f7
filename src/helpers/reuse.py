"""Find the passages that two articles share, to the letter or nearly so, with their place in both."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import pandas as pd
from rapidfuzz.distance import Indel

from helpers import tables
from helpers.quotations import find_quotations
from helpers.sentences import find_words

SHINGLE = 8  # words that must stand in the same order before chance is ruled out
GAP = 12  # words by which two shared stretches may be apart and still be one passage
SLIP = 6  # words that one side may have more than the other within a passage
COMMON = 40  # a shingle in more articles than this is a formula, not a trace
REUSABLE = ("summary", "body", "truncated", "caption")


class Word(NamedTuple):
    """A word of an article with its place; `run` numbers the stretches of reusable text."""

    folded: str
    start: int
    end: int
    run: int


def find_shared_passages(articles: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Find `text_reuse`: passages of `SHINGLE` words or more that two articles share, small edits bridged.

    Hashed word shingles meet in one index; hits on neighbouring diagonals are merged (the method of
    text-reuse detection in newspapers). Foreign text and page furniture take no part.
    """
    words = read_words(articles, passages)
    index: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for article, sequence in words.items():
        for position in range(len(sequence) - SHINGLE + 1):
            shingle = sequence[position : position + SHINGLE]
            if shingle[0].run == shingle[-1].run:
                index[hash_words(shingle)].append((article, position))
    hits: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for places in index.values():
        if len({article for article, _ in places}) > COMMON:
            continue
        for number, (one, at) in enumerate(places):
            for other, there in places[number + 1 :]:
                if one != other:
                    pair = ((one, at), (other, there)) if one < other else ((other, there), (one, at))
                    hits[pair[0][0], pair[1][0]].append((pair[0][1], pair[1][1]))
    rows = [
        _measure(pair, stretch, words, texts)
        for texts in [articles.set_index("article_id")["text"]]
        for pair in sorted(hits)
        for stretch in merge_hits(hits[pair])
    ]
    return tables.conform(rows, "text_reuse")


def read_words(articles: pd.DataFrame, passages: pd.DataFrame) -> dict[str, list[Word]]:
    """List the words of each article's reusable passages, folded so that typography makes no difference."""
    words: dict[str, list[Word]] = {article: [] for article in articles["article_id"]}
    runs: dict[str, int] = defaultdict(int)
    for passage in passages.sort_values(["article_id", "start"], kind="stable").itertuples():
        if passage.kind not in REUSABLE:
            runs[passage.article_id] += 1
            continue
        for start, end in find_words(passage.text):
            folded = passage.text[start:end].casefold().replace("’", "'")
            words[passage.article_id].append(
                Word(folded, passage.start + start, passage.start + end, runs[passage.article_id])
            )
    return words


def hash_words(words: list[Word]) -> int:
    """Hash a shingle; only equality within one run of the program matters, never the number itself."""
    return hash(tuple(word.folded for word in words))


def merge_hits(hits: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Merge shingle hits into stretches (first_a, last_a, first_b, last_b), words counted, ends included."""
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
    return _keep_longest([tuple(stretch) for stretch in stretches])


def _keep_longest(stretches: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    kept: list[tuple[int, int, int, int]] = []
    for one in sorted(stretches, key=lambda s: (s[0] - s[1], s)):
        if not any(
            one[0] <= other[1] and other[0] <= one[1] and one[2] <= other[3] and other[2] <= one[3] for other in kept
        ):
            kept.append(one)
    return sorted(kept)


def _measure(pair, stretch, words, texts) -> dict:
    (one, other), (first_a, last_a, first_b, last_b) = pair, stretch
    row = {
        "article_a": one, "start_a": words[one][first_a].start, "end_a": words[one][last_a].end,
        "article_b": other, "start_b": words[other][first_b].start, "end_b": words[other][last_b].end,
    }  # fmt: skip
    text_a, text_b = texts[one][row["start_a"] : row["end_a"]], texts[other][row["start_b"] : row["end_b"]]
    row["n_chars"] = min(len(text_a), len(text_b))
    row["similarity"] = round(Indel.normalized_similarity(text_a, text_b), 4)
    row["quoted"] = _is_quoted(texts[one], row["start_a"], row["end_a"]) and _is_quoted(
        texts[other], row["start_b"], row["end_b"]
    )
    return row


def _is_quoted(text: str, start: int, end: int) -> bool:
    paragraph = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    shown = text[paragraph : stop if stop >= 0 else len(text)]
    inside = sum(
        max(0, min(end, paragraph + q.inner_end) - max(start, paragraph + q.inner_start))
        for q in find_quotations(shown)
    )
    return inside >= 0.8 * (end - start)
