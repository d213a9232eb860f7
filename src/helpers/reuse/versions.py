"""What changed between versions of one text: sentences added, taken away and reworded, with their places in both."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import pandas as pd

from helpers import tables
from helpers.language.sentences import find_sentences, find_words
from helpers.passages.lines import fold_line

SAME_SENTENCE = 0.5  # share of words in order that two sentences have in common, from which one rewords the other


class Sentence(NamedTuple):
    """A sentence of an article's own text, with its place and what tells it from another: words without case and marks."""

    start: int
    end: int
    text: str
    folded: str


def find_changes(articles: pd.DataFrame, passages: pd.DataFrame, origins: pd.DataFrame) -> pd.DataFrame:
    """Find `changes` between each article that copies or updates another and that other: one row a sentence.

    `article_a` is the earlier version. `change` is `added`, `removed` or `reworded`; a side without the sentence is
    empty. `detail` gives the words that differ. Capitals, quotation marks and other typography are no change.
    """
    told = passages[passages["kind"].isin(tables.CLAIM_BEARING)]
    needed = {*origins["article_id"][origins["copy_of"].notna()], *origins["copy_of"].dropna()}
    sentences = {
        article: [sentence for row in own.itertuples() for sentence in _read_sentences(row.text, row.start)]
        for article, own in told.groupby("article_id")
        if article in needed
    }
    rows = []
    for row in origins[origins["copy_of"].notna()].itertuples():
        earlier, later = sentences.get(row.copy_of, []), sentences.get(row.article_id, [])
        rows += [
            {"origin_id": row.origin_id, "article_a": row.copy_of, "article_b": row.article_id, **change}
            for change in _compare(earlier, later)
        ]
    return tables.conform(rows, "changes")


def _read_sentences(text: str, offset: int) -> list[Sentence]:
    spans = find_sentences(text)
    return [
        Sentence(offset + s.start, offset + s.end, text[s.start : s.end], fold_line(text[s.start : s.end]))
        for s in spans
    ]


def _compare(earlier: list[Sentence], later: list[Sentence]) -> Iterator[dict]:
    matcher = SequenceMatcher(None, [s.folded for s in earlier], [s.folded for s in later], autojunk=False)
    moved = {s.folded for s in earlier} & {s.folded for s in later}
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            # A sentence that only stands elsewhere is no change of what is said.
            yield from _pair_up(
                [s for s in earlier[a:b] if s.folded not in moved], [s for s in later[c:d] if s.folded not in moved]
            )


def _pair_up(gone: list[Sentence], new: list[Sentence]) -> Iterator[dict]:
    """Pair the sentences of two differing stretches that say the same in other words; the rest came or went."""
    likeness = sorted(
        ((-_measure_likeness(one, other), i, j) for i, one in enumerate(gone) for j, other in enumerate(new)),
    )
    pairs: dict[int, int] = {}
    for score, i, j in likeness:
        if -score >= SAME_SENTENCE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    for i, sentence in enumerate(gone):
        other = new[pairs[i]] if i in pairs else None
        yield _describe(sentence, other)
    for j, sentence in enumerate(new):
        if j not in pairs.values():
            yield _describe(None, sentence)


def _measure_likeness(one: Sentence, other: Sentence) -> float:
    return SequenceMatcher(None, one.folded.split(), other.folded.split(), autojunk=False).ratio()


def _describe(earlier: Sentence | None, later: Sentence | None) -> dict:
    row: dict = {"change": "reworded" if earlier and later else "removed" if earlier else "added", "detail": None}
    for side, sentence in (("a", earlier), ("b", later)):
        row |= {
            f"start_{side}": sentence.start if sentence else None,
            f"end_{side}": sentence.end if sentence else None,
            f"text_{side}": sentence.text if sentence else None,
        }
    if earlier and later:
        row["detail"] = _list_differences(earlier.text, later.text)
    return row


def _list_differences(earlier: str, later: str) -> str:
    """List the words that differ: "eleven → nine; + seriously; − slightly"."""
    old, new = ([text[s.start : s.end] for s in find_words(text)] for text in (earlier, later))
    matcher = SequenceMatcher(None, [w.casefold() for w in old], [w.casefold() for w in new], autojunk=False)
    shown = []
    for tag, a, b, c, d in matcher.get_opcodes():
        before, after = " ".join(old[a:b]), " ".join(new[c:d])
        if tag == "replace":
            shown.append(f"{before} → {after}")
        elif tag != "equal":
            shown.append(f"− {before}" if before else f"+ {after}")
    return "; ".join(shown)
