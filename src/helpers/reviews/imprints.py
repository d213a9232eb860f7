"""Who published an article and when, as a person put it right."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.reviews.held import BY_A_PERSON, list_held
from helpers.store.publishers import make_source_key

PARTS = {1: "year", 2: "month", 3: "day"}


def review_articles(articles: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Give the articles with the publishers and dates of publication that a person set."""
    rows = {row["article_id"]: row for row in articles.to_dict("records")}
    for one in list_held(reviews, "article"):
        rows[one.article] |= _name_publisher(one.value) if one.action == "publisher" else _date(one.value)
    return tables.conform(list(rows.values()), "articles")


def _name_publisher(name: str) -> dict:
    return {"source": name, "source_key": make_source_key(name), "source_from": BY_A_PERSON, "source_sure": "high"}


def _date(day: str) -> dict:
    return {
        "published": pd.Timestamp(f"{day}-01-01"[:10]), "published_precision": PARTS[day.count("-") + 1],
        "published_from": BY_A_PERSON, "published_sure": "high",
    }  # fmt: skip
