"""Which articles are one text: copies, versions and reprints collapse to one origin before anything is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import tables
from helpers.reuse.shared import Words, find_shared_passages, read_words
from helpers.store.publishers import make_source_key

SAME_TEXT = 0.6  # share of the shorter article's words that must stand in the other; see benchmarks/reuse.py
SAME_LENGTH = 0.25  # share of the longer article's words: a brief lifted into a long report is reuse, not one text


def find_origins(
    articles: pd.DataFrame, passages: pd.DataFrame, text_reuse: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find `origins`: each article with the origin that it is counted with.

    Two articles are one text where at least `SAME_TEXT` of the shorter one's words, and `SAME_LENGTH` of the longer
    one's, stand in shared passages, quotations apart: a shared quotation shows a shared source, not a copy. The
    earliest of them is the original, the longest where dates do not tell; the others are listed as copies of the
    article that they are likest to, among those that came before.
    """
    reuse = find_shared_passages(articles, passages) if text_reuse is None else text_reuse
    words = read_words(articles, passages)
    shares = _measure_shares(reuse, words)
    order = articles.assign(n=[-len(words[a].ids) for a in articles["article_id"]]).sort_values(
        ["published", "n", "article_id"], na_position="last", kind="stable"
    )["article_id"]
    source_of = dict(zip(articles["article_id"], articles["source"], strict=True))
    original = _find_originals(list(order), shares)
    seen: set[str] = set()
    versions: Counter = Counter()
    rows = []
    for article in order:
        versions[original[article]] += 1
        known = [(share, other) for other, share in sorted(shares.get(article, {}).items()) if other in seen]
        known = [(share, other) for share, other in known if original[article] in (original[other], article)]
        share, model = max(known, default=(Share(0.0, 0.0), original[article]))
        copied = original[article] != article
        rows.append(
            {
                "article_id": article,
                "origin_id": tables.make_id("o", original[article]),
                "copy_of": model if copied else None,
                "similarity": round(share.of_shorter, 4),
                "version": versions[original[article]],
                "why": _explain(share, copied, _is_same(source_of[article], source_of[model])),
            }
        )
        seen.add(article)
    return tables.conform(rows, "origins")


def _find_originals(order: list[str], shares: dict[str, dict[str, Share]]) -> dict[str, str]:
    """Give each article the earliest of the articles that are one text with it; copies of copies are one text."""
    original: dict[str, str] = {}
    for article in order:
        waiting = [] if article in original else [article]
        while waiting:
            found = waiting.pop()
            if found not in original:
                original[found] = article
                waiting += [other for other, share in sorted(shares.get(found, {}).items()) if share.shows_one_text]
    return original


class Share(NamedTuple):
    """How much of two articles is the same text: the share of the shorter one's words, and of the longer one's."""

    of_shorter: float
    of_longer: float

    @property
    def shows_one_text(self) -> bool:
        """Whether so much is shared that the two count as one."""
        return self.of_shorter >= SAME_TEXT and self.of_longer >= SAME_LENGTH


def _is_same(one: object, other: object) -> bool:
    """Say whether two names are one publisher's, by its spellings, masthead or domain."""
    return isinstance(one, str) and isinstance(other, str) and make_source_key(one) == make_source_key(other)


def _explain(share: Share, copied: bool, same_source: bool) -> str:
    if copied and not share.of_shorter:
        return "the same text as others that count with this origin"
    if copied:
        kind = "another version of the same publisher's text" if same_source else "the same text under another name"
        return f"{kind}: {share.of_shorter:.0%} of the shorter one's words stand in the other"
    if share.of_shorter:
        return f"a text of its own: at most {share.of_shorter:.0%} of its words or the other's are shared"
    return "a text of its own"


def _measure_shares(reuse: pd.DataFrame, words: dict[str, Words]) -> dict[str, dict[str, Share]]:
    """Give, for each article, the articles that share its text and how much of both is shared."""
    covered: dict[tuple[str, str], tuple[set[int], set[int]]] = {}
    quoted = reuse["quoted"].fillna(False).astype(bool) if "quoted" in reuse else pd.Series(False, index=reuse.index)
    for row in reuse[~quoted].itertuples():
        sides = covered.setdefault((row.article_a, row.article_b), (set(), set()))
        sides[0].update(_cover(words[row.article_a], row.start_a, row.end_a))
        sides[1].update(_cover(words[row.article_b], row.start_b, row.end_b))
    shares: dict[str, dict[str, Share]] = defaultdict(dict)
    for (one, other), sides in covered.items():
        lengths = [max(1, len(words[article].ids)) for article in (one, other)]
        parts = [len(side) / length for side, length in zip(sides, lengths, strict=True)]
        share = Share(*(parts if lengths[0] <= lengths[1] else parts[::-1]))
        shares[one][other] = shares[other][one] = share
    return shares


def _cover(words: Words, start: int, end: int) -> range:
    first, last = np.searchsorted(words.starts, [start, end])
    return range(int(first), int(last))
