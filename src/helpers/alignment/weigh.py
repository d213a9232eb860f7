"""Which claims of a story are set against each other."""

from __future__ import annotations

import pandas as pd

from helpers.alignment.candidates import find_pairs
from helpers.alignment.compare import Pair
from helpers.alignment.statements import LEAST_SURE, read_statements


def weigh_pairs(claims: pd.DataFrame, mentions: pd.DataFrame) -> list[Pair]:
    """List the pairs of claims that are worth weighing, in the order of the table of claims."""
    usable = claims[claims["confidence"].astype(float).fillna(1.0) >= LEAST_SURE]
    usable = usable.sort_values(["article_id", "start", "end", "claim_id"], kind="stable").reset_index(drop=True)
    statements = read_statements(usable, mentions[mentions["claim_id"].isin(set(usable["claim_id"]))])
    rows, near, ranks = find_pairs(statements)
    return [
        Pair(statements[a], statements[b], float(nearness), (int(first), int(second)))
        for (a, b), nearness, (first, second) in zip(rows.tolist(), near, ranks.tolist(), strict=True)
    ]
