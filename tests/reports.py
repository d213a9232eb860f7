"""Reports for the tests: every table of a story made in one go, from its texts or from a folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.alignment import align_claims
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.disagreements import find_disagreements
from helpers.mentions import find_mentions
from helpers.passages import split_passages
from helpers.report.comparison import build_timeline, compare_pairs
from helpers.reuse import find_changes, find_origins, find_shared_passages
from stories import make_articles


def make_tables(texts: dict[str, str], **columns) -> dict[str, pd.DataFrame]:
    """Make every table of a story from its texts."""
    return compare_articles(make_articles(texts, **columns))


def read_tables_of(folder: Path) -> dict[str, pd.DataFrame]:
    """Make every table of a story from its raw files."""
    return compare_articles(read_articles(folder).assign(story=folder.name))


def compare_articles(articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Run all stages on articles, as the notebooks do."""
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    mentions = find_mentions(claims, articles)
    reuse, origins = find_shared_passages(articles, passages), find_origins(articles, passages)
    propositions, relations = align_claims(claims, mentions, articles=articles, origins=origins)
    found, sides = find_disagreements(articles, passages, claims, mentions, propositions, relations)
    return {
        "articles": articles, "passages": passages, "claims": claims, "mentions": mentions, "text_reuse": reuse,
        "origins": origins, "changes": find_changes(articles, passages, origins), "propositions": propositions, "proposition_claims": relations, "disagreements": found,
        "disagreement_sides": sides, "timeline": build_timeline(claims, mentions, articles),
        "source_pairs": compare_pairs(articles, relations, sides, reuse),
    }  # fmt: skip
