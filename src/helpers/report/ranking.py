"""The one order of findings: first screen, list, notebook, index and `report.json` follow it."""

from __future__ import annotations

import pandas as pd

from helpers.readings.taken import JOIN
from helpers.report.wording import KIND_WORDS

KIND_ORDER = {kind: number for number, kind in enumerate(KIND_WORDS)}
CARRIED = 1 / 3  # share of the articles that must carry a quarrel for it to be what the story is about


def rank_findings(disagreements: pd.DataFrame, sides: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Rank findings for a reader: what the story is about, then conflicts between articles before disputes inside them.

    Major comes first, then what several found, the engine and a reader or two readers, then by kind. The column
    `central` marks the quarrel that the story is about, if it is about one.
    """
    finders = (
        disagreements["found_by"].fillna("") if "found_by" in disagreements else pd.Series("", disagreements.index)
    )
    inside = disagreements["between"].eq("sources") if "between" in disagreements else False
    central = find_central(disagreements, sides, articles)
    ranked = disagreements.assign(
        central=disagreements["disagreement_id"].eq(central or ""),
        inside=inside,
        weight=disagreements["severity"].map({"major": 0, "minor": 1}),
        finders=finders.str.count(JOIN),
        place=disagreements["kind"].map(KIND_ORDER),
    )
    return ranked.sort_values(
        ["central", "weight", "inside", "finders", "place", "score", "disagreement_id"],
        ascending=[False, True, True, False, True, False, True],
    )


def find_central(disagreements: pd.DataFrame, sides: pd.DataFrame, articles: pd.DataFrame) -> str | None:
    """Find the quarrel that a story is about: the major denial that most of its articles carry; None where too few do."""
    quarrels = disagreements[(disagreements["kind"] == "denial") & (disagreements["severity"] == "major")]
    if quarrels.empty:
        return None
    width = sides[sides["start"].notna()].groupby("disagreement_id")["article_id"].nunique()
    n_read = int(articles["skipped"].isna().sum())
    widest = quarrels.assign(width=quarrels["disagreement_id"].map(width).fillna(0)).sort_values(
        ["width", "score", "disagreement_id"], ascending=[False, False, True]
    )
    first = widest.iloc[0]
    return first["disagreement_id"] if first["width"] >= max(2, n_read * CARRIED) else None
