"""Apply a story's reviews to any table that they speak of, as each stage does before it writes."""

from __future__ import annotations

import pandas as pd

from helpers.reviews.findings import review_findings
from helpers.reviews.imprints import review_articles
from helpers.reviews.pairs import review_pairs
from helpers.reviews.statements import review_claims, review_mentions

# By a column that only the table has.
TELLING = {
    "raw_sha256": "articles",
    "stance": "claims",
    "entity_id": "mentions",
    "pair_id": "claim_pairs",
    "severity": "disagreements",
}


def apply_reviews(table: pd.DataFrame, reviews: pd.DataFrame, **beside: pd.DataFrame) -> pd.DataFrame:
    """Give a table with reviews applied: `articles`, `claims`, `mentions`, `claim_pairs` or `disagreements`.

    `beside` are the tables that it rests on: `articles` and `passages` of claims, `claims` of mentions, of pairs and, with
    `articles` and `disagreement_sides`, of disagreements. Raises ReviewError where a review cannot be applied.
    """
    name = next((told for column, told in TELLING.items() if column in table), None)
    if name is None or reviews.empty:
        return table
    return _APPLY[name](table, reviews, beside)


def _review_findings(table: pd.DataFrame, reviews: pd.DataFrame, beside: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return review_findings(table, beside["disagreement_sides"], reviews, beside["claims"], beside["articles"])[0]


_APPLY = {
    "articles": lambda table, reviews, beside: review_articles(table, reviews),
    "claims": lambda table, reviews, beside: review_claims(table, reviews, beside["articles"], beside["passages"]),
    "mentions": lambda table, reviews, beside: review_mentions(table, reviews, beside["claims"]),
    "claim_pairs": lambda table, reviews, beside: review_pairs(table, reviews, beside["claims"]),
    "disagreements": _review_findings,
}
