"""The tables and figures' numbers that set sources side by side: coverage, voices, amounts, dates, pairs."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from helpers import tables
from helpers.mentions.values import registry
from helpers.store.publishers import name_sources


def build_timeline(claims: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Build `timeline`: every resolved date, with the statement that it stands in as its event."""
    dates = mentions[(mentions["kind"] == "date") & mentions["date_start"].notna() & mentions["date_end"].notna()]
    dates = dates.drop_duplicates(["article_id", "start", "end"])
    events = claims.set_index("claim_id")["text"]
    columns = ["article_id", "claim_id", "start", "end", "text", "date_start", "date_end"]
    return tables.conform(dates[columns].assign(event=dates["claim_id"].map(events)), "timeline")


def count_quoted_speakers(claims: pd.DataFrame, articles: pd.DataFrame, most: int = 14) -> pd.DataFrame:
    """Count who is quoted by whom: `speaker_name, article_id, source, n_claims, n_direct`, the widest quoted first."""
    columns = ["speaker_name", "article_id", "source", "n_claims", "n_direct"]
    said = claims[claims["speaker_name"].notna()]
    if said.empty:
        return pd.DataFrame(columns=columns)
    counts = (
        said.assign(direct=said["quote_kind"].isin(["direct", "mixed"]))
        .groupby(["speaker_name", "article_id"], sort=True)
        .agg(n_claims=("claim_id", "size"), n_direct=("direct", "sum"))
        .reset_index()
    )
    width = counts.groupby("speaker_name").agg(articles=("article_id", "nunique"), total=("n_claims", "sum"))
    order = width.sort_values(["articles", "total", "speaker_name"], ascending=[False, False, True]).head(most).index
    counts["source"] = counts["article_id"].map(name_sources(articles))
    counts = counts[counts["speaker_name"].isin(order)]
    place = {name: number for number, name in enumerate(order)}
    counts = counts.sort_values(
        ["speaker_name", "article_id"], key=lambda c: c.map(place) if c.name == "speaker_name" else c
    )
    return counts[columns].reset_index(drop=True)


def list_amounts(mentions: pd.DataFrame, claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List the amounts of a story: `article_id, source, kind, text, unit, value, low, high, scope, measures,
    statement, start, end, claim_id`."""
    amounts = mentions[mentions["kind"].isin([kind.name for kind in registry.list_amounts()])]
    amounts = amounts.drop_duplicates(["article_id", "start", "end", "kind"])
    amounts = amounts.assign(
        source=amounts["article_id"].map(name_sources(articles)),
        statement=amounts["claim_id"].map(claims.set_index("claim_id")["text"]),
    )
    columns = [
        "article_id",
        "source",
        "kind",
        "text",
        "unit",
        "value",
        "low",
        "high",
        "scope",
        "measures",
        "statement",
        "start",
        "end",
        "claim_id",
    ]
    return (
        amounts.reindex(columns=columns)
        .sort_values(["kind", "unit", "value", "article_id", "start"], na_position="last")
        .reset_index(drop=True)
    )


def count_disagreements(disagreements: pd.DataFrame) -> pd.DataFrame:
    """Count the findings: one row a kind, `kind, major, minor`."""
    counts = pd.crosstab(disagreements["kind"], disagreements["severity"]).reindex(
        columns=list(tables.SEVERITIES), fill_value=0
    )
    order = [kind for kind in tables.DISAGREEMENT_KINDS if kind in counts.index]
    return counts.reindex(order).rename_axis(columns=None).reset_index()


def compare_pairs(
    articles: pd.DataFrame, proposition_claims: pd.DataFrame, disagreement_sides: pd.DataFrame, text_reuse: pd.DataFrame
) -> pd.DataFrame:
    """Compare articles two by two: `source_pairs`."""
    relations: dict[str, dict[str, str]] = {article: {} for article in articles["article_id"]}
    for row in proposition_claims.itertuples():
        held = relations[row.article_id].get(row.proposition_id)
        relations[row.article_id][row.proposition_id] = row.relation if held in (None, row.relation) else "both"
    apart: dict[tuple[str, str], set[str]] = {}
    for finding, sides in disagreement_sides.groupby("disagreement_id", sort=True):
        for one, other in combinations(sides.itertuples(), 2):
            if one.side != other.side and one.article_id != other.article_id:
                apart.setdefault(tuple(sorted((one.article_id, other.article_id))), set()).add(finding)
    reused = text_reuse.groupby(["article_a", "article_b"])["n_chars"].sum().to_dict()
    rows = []
    for one, other in combinations(sorted(relations), 2):
        shared = relations[one].keys() & relations[other].keys()
        rows.append(
            {
                "article_a": one,
                "article_b": other,
                "shared_propositions": len(shared),
                "agreements": sum(relations[one][p] == relations[other][p] == "supports" for p in shared),
                "disagreements": len(apart.get((one, other), ())),
                "reused_chars": int(reused.get((one, other), 0)),
            }
        )
    return tables.conform(rows, "source_pairs")


def lay_out_pairs(claim_pairs: pd.DataFrame, claims: pd.DataFrame, relation: str) -> pd.DataFrame:
    """Lay out the pairs of claims that stand so to each other, the surest first, with the words of both: `article_a, text_a,
    article_b, text_b, score, difference`; a claim is shown with its surest partner only."""
    texts = claims.set_index("claim_id")["text"]
    shown = claim_pairs.assign(score=claim_pairs[relation]).sort_values(
        ["score", "pair_id"], ascending=[False, True], kind="stable"
    )
    shown = shown[~shown["claim_a"].duplicated() & ~shown["claim_b"].duplicated()]
    shown = shown.assign(text_a=shown["claim_a"].map(texts), text_b=shown["claim_b"].map(texts))
    return shown[["article_a", "text_a", "article_b", "text_b", "score", "difference"]].reset_index(drop=True)
