"""What hangs together by pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np


def join_pairs(pairs: Iterable[Sequence]) -> dict:
    """Give for each item of some pairs the least of those that it hangs together with, directly or through others."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    pairs = list(pairs)
    items = sorted({item for pair in pairs for item in pair})
    number = {item: place for place, item in enumerate(items)}
    ones, others = ([number[pair[side]] for pair in pairs] for side in (0, 1))
    graph = coo_matrix((np.ones(len(pairs)), (ones, others)), shape=(len(items), len(items)))
    groups = connected_components(graph, directed=False)[1].tolist() if pairs else []
    first: dict[int, object] = {}
    return {item: first.setdefault(group, item) for item, group in zip(items, groups, strict=True)}
