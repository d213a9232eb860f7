"""Where sources differ: typed findings with the evidence on each side, and one plain sentence for a reader."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.alignment.weigh import weigh_pairs
from helpers.disagreements.kinds.actors import find_defendant_conflicts, find_speaker_conflicts
from helpers.disagreements.kinds.amounts import find_amount_conflicts
from helpers.disagreements.kinds.certainty import find_certainty_differences
from helpers.disagreements.kinds.dates import find_date_conflicts
from helpers.disagreements.kinds.denials import find_denials
from helpers.disagreements.kinds.headlines import find_headline_differences
from helpers.disagreements.kinds.negations import find_negations
from helpers.disagreements.kinds.omissions import find_omissions
from helpers.disagreements.kinds.scope import find_scope_conflicts
from helpers.disagreements.kinds.wordings import find_wording_differences
from helpers.disagreements.view import Story
from helpers.reuse.origins import find_origins

FINDERS = (
    find_denials,
    find_negations,
    find_date_conflicts,
    find_amount_conflicts,
    find_speaker_conflicts,
    find_defendant_conflicts,
    find_certainty_differences,
    find_headline_differences,
    find_scope_conflicts,
    find_wording_differences,
    find_omissions,
)


def find_disagreements(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    claims: pd.DataFrame,
    mentions: pd.DataFrame,
    propositions: pd.DataFrame,
    proposition_claims: pd.DataFrame,
    origins: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find `disagreements, disagreement_sides` between the articles of a story.

    Values are compared only for the same event and measure, and only where both are resolved. Copies of one
    origin never disagree with each other; `origins` are found anew where they are not given. `between` tells a conflict between articles from a dispute between
    sources that every article has. A finding says that sources differ, never who is right.
    """
    if origins is None:
        origins = find_origins(tables.select_read(articles), passages)
    own = set(articles["article_id"])
    pairs = weigh_pairs(claims[claims["article_id"].isin(own)], mentions)
    story = Story(articles, passages, claims, mentions, propositions, proposition_claims, origins, pairs)
    found: dict[str, dict] = {}
    for find in FINDERS:
        for finding in find(story):
            identity = tables.make_id("d", finding["kind"], *[tuple(side.values()) for side in finding["sides"]])
            found.setdefault(identity, finding)
    rows = [{"disagreement_id": i, **{k: v for k, v in f.items() if k != "sides"}} for i, f in found.items()]
    sides = [{"disagreement_id": i, **side} for i, f in found.items() for side in f["sides"]]
    return tables.conform(rows, "disagreements"), tables.conform(sides, "disagreement_sides")
