"""Every pair of claims that was weighed, and how its two claims stand to each other: the table `claim_pairs`."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.alignment.compare import Pair
from helpers.alignment.differences import find_differences, measure_pair
from helpers.alignment.judge import RELATIONS, judge_relations
from helpers.alignment.weigh import weigh_pairs


def relate_claims(claims: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Give `claim_pairs`: the claims of one story that may speak of one thing, two of different articles a row.

    `relation` is the likeliest of `same, differs, related, unrelated` and `score` its probability; `difference` says of two
    claims that speak of one thing where they part, with the place of the words on either side. Learned on pairs that readers
    labelled (benchmarks/train_pairs.py); a statement about likeness, never about who is right.
    """
    pairs = weigh_pairs(claims, mentions)
    if not pairs:
        return tables.conform([], "claim_pairs")
    judged = judge_relations([measure_pair(pair) for pair in pairs])
    return tables.conform([_make_row(pair, shares) for pair, shares in zip(pairs, judged, strict=True)], "claim_pairs")


def _make_row(pair: Pair, shares) -> dict:
    a, b = pair.a.claim, pair.b.claim
    best = int(shares.argmax())
    row = {
        "pair_id": tables.make_id("r", a.claim_id, b.claim_id), "claim_a": a.claim_id, "claim_b": b.claim_id,
        "article_a": a.article_id, "article_b": b.article_id, "rank": pair.ranks[0] + 1, "relation": RELATIONS[best],
        "score": float(shares[best]), "same": float(shares[0]), "differs": float(shares[1]),
    }  # fmt: skip
    found = find_differences(pair) if best < 2 else []
    if found:
        row["difference"] = found[0].kind
        for side, place in (("a", found[0].a), ("b", found[0].b)):
            row[f"start_{side}"], row[f"end_{side}"] = place or (None, None)
    return row
