"""What `synoptic review` says: every review of a story with what became of it, the orphans apart."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.language.invisible import mark_invisible
from helpers.reviews.form import ADD_FINDING, WITHDRAW
from helpers.reviews.record import list_orphans, read_reviews
from helpers.tables import REVIEW_STATES

SHOWN = 70  # signs of a quotation that are shown


def list_lines(folder: Path, articles: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Give a line a review with a summary behind them, and a line an orphan. Raises ReviewError."""
    reviews = read_reviews(folder, articles)
    if reviews.empty:
        return [f"{folder.name}: no reviews"], []
    counts = reviews["state"].value_counts()
    told = ", ".join(f"{counts[state]} {state}" for state in REVIEW_STATES if state in counts)
    lines = [tell_review(row) for row in reviews.sort_values("line").itertuples()]
    return [*lines, f"{folder.name}: {len(reviews)} reviews: {told}"], list_orphans(reviews)


def tell_review(row) -> str:
    """Say a review in one line: its line in the file, what it does to which words, why, who, and what became of it."""
    parts = [f"{row.line:>4}  {row.state:<9} {tell_action(row)}"]
    if isinstance(row.article_id, str):
        parts.append(f"in {row.article_id}" + (f" {_quote(row.exact)}" if isinstance(row.exact, str) else ""))
    parts += [f"because {row.why}"] if isinstance(row.why, str) else []
    parts += [f"[{row.reason}]"] if isinstance(row.reason, str) else []
    when = f", {row.created[:10]}" if isinstance(row.created, str) else ""
    return mark_invisible(f"{' '.join(parts)} ({row.creator}{when})")


def tell_action(row) -> str:
    """Say what a review does: «stance: denies (was: asserts)»."""
    if row.action == WITHDRAW:
        return "withdraws a review"
    value = f": {row.value}" if isinstance(row.value, str) else ": nobody" if row.action == "speaker" else ""
    was = f" (was: {row.was})" if isinstance(row.was, str) and row.action != ADD_FINDING else ""
    return f"{row.action}{value}{was}"


def _quote(text: str) -> str:
    text = " ".join(text.split())
    return f"«{text if len(text) <= SHOWN else text[:SHOWN].rsplit(' ', 1)[0] + ' …'}»"


def count_reviewed(disagreements: pd.DataFrame) -> dict[str, int]:
    """Count the findings by what a person said of them."""
    return {
        str(name): int(count) for name, count in disagreements["review"].dropna().value_counts().sort_index().items()
    }
