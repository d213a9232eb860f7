"""Reports for the tests: every table of a story made in one go, from its texts or from a folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse
from stories import make_articles


def make_tables(texts: dict[str, str], **columns) -> dict[str, pd.DataFrame]:
    """Make every table of a story from its texts."""
    return analyse(make_articles(texts, **columns))


def read_tables_of(folder: Path) -> dict[str, pd.DataFrame]:
    """Make every table of a story from its raw files."""
    return analyse(read_articles(folder).assign(story=folder.name))
