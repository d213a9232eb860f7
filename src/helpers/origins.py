"""Which articles are one text: copies, versions and reprints collapse to one origin before anything is counted."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.reuse import find_shared_passages, read_words

SAME_TEXT = 0.6  # share of the shorter article's words that must stand in the other; see benchmarks/reuse.py


def find_origins(
    articles: pd.DataFrame, passages: pd.DataFrame, text_reuse: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find `origins`: each article with the origin that it is counted with.

    Two articles are one text where at least `SAME_TEXT` of the shorter one's words stand in shared passages,
    quotations apart: a shared quotation shows a shared source, not a copy. The earliest of them is the original,
    the longest where dates do not tell.
    """
    reuse = find_shared_passages(articles, passages) if text_reuse is None else text_reuse
    words = read_words(articles, passages)
    shares = _measure_shares(reuse, words)
    order = articles.assign(n=[-len(words[a]) for a in articles["article_id"]]).sort_values(
        ["published", "n", "article_id"], na_position="last", kind="stable"
    )["article_id"]
    original: dict[str, str] = {}
    rows = []
    for article in order:
        likest = max(
            ((shares.get((article, other), 0.0), other) for other in original if original[other] == other),
            key=lambda found: (found[0], found[1]),
            default=(0.0, ""),
        )
        copied = likest[0] >= SAME_TEXT
        original[article] = original[likest[1]] if copied else article
        rows.append(
            {
                "article_id": article,
                "origin_id": tables.make_id("o", original[article]),
                "copy_of": likest[1] if copied else None,
                "similarity": round(likest[0], 4),
                "why": f"{likest[0]:.0%} of the shorter text stands in the other" if copied else "a text of its own",
            }
        )
    return tables.conform(rows, "origins")


def _measure_shares(reuse: pd.DataFrame, words: dict) -> dict[tuple[str, str], float]:
    """Give, for each pair that shares text, the share of the shorter article's words that the other has too."""
    covered: dict[tuple[str, str], dict[str, set[int]]] = {}
    for row in reuse.itertuples():
        if getattr(row, "quoted", False):
            continue
        sides = covered.setdefault((row.article_a, row.article_b), {row.article_a: set(), row.article_b: set()})
        for article, start, end in ((row.article_a, row.start_a, row.end_a), (row.article_b, row.start_b, row.end_b)):
            sides[article].update(i for i, word in enumerate(words[article]) if start <= word.start < end)
    shares: dict[tuple[str, str], float] = {}
    for (one, other), sides in covered.items():
        shorter = min(one, other, key=lambda article: (len(words[article]), article))
        share = len(sides[shorter]) / max(1, len(words[shorter]))
        shares[one, other] = shares[other, one] = share
    return shares
