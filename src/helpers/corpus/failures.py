"""What fails is set aside with the reason, so that one poisoned article does not cost the others."""

from __future__ import annotations

import pandas as pd

FAILURES = ["story", "article_id", "stage", "reason"]


def set_aside(articles: pd.DataFrame, places: list, reason: str) -> pd.DataFrame:
    """Empty the texts at `places` and say why, so that the articles stay in the table and take no part."""
    emptied = articles.copy()
    emptied.loc[places, ["text", "n_chars", "n_words", "skipped"]] = ["", 0, 0, reason]
    return emptied


def say_why(error: Exception) -> str:
    """Tell a failure in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
