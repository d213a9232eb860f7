"""Small stories for the tests, written as articles are: text in, tables out through the public functions."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.claims import extract_claims
from helpers.passages import split_passages


def make_articles(texts: dict[str, str], **columns: dict[str, str]) -> pd.DataFrame:
    """Make the table of articles from texts by id; `columns` give further values by id, such as published."""
    rows = []
    for name, text in texts.items():
        row = {
            "article_id": name, "story": "a-story", "source": name.title(), "raw_path": f"a-story/{name}.txt", "raw_sha256": "0",
            "text": text, "n_chars": len(text), "n_words": len(text.split()),
        }  # fmt: skip
        row.update({column: values.get(name) for column, values in columns.items()})
        rows.append(row)
    frame = pd.DataFrame(rows)
    if "published" in frame:
        frame["published"] = pd.to_datetime(frame["published"])
    return tables.conform(frame, "articles")


def read_claims(*texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give articles and claims of some texts."""
    articles = make_articles({f"paper-{number}": text for number, text in enumerate(texts, 1)})
    return articles, extract_claims(articles, split_passages(articles))


def compare(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Run everything up to the findings: disagreements and their sides."""
    from helpers.corpus.pipeline import analyse

    made = analyse(articles)
    assert tables.find_misplaced(made) == []
    return made["disagreements"], made["disagreement_sides"]
