"""Which statements speak to one thing, as a person put it right: two that do, and two that only seem to."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.reviews.form import SAME
from helpers.reviews.held import SURE, find_claim, list_held

Pair = tuple[str, str, bool]  # two claims by their ids, and whether they speak to one thing


def list_pairs(reviews: pd.DataFrame, claims: pd.DataFrame) -> list[Pair]:
    """List the pairs of claims that a person judged."""
    found = []
    for one in list_held(reviews, "pair"):
        indices = [find_claim(claims, article, spot) for _, article, spot in one.places]
        if None not in indices and indices[0] != indices[1]:
            found.append((*(claims.at[index, "claim_id"] for index in indices), one.action.startswith(SAME)))
    return found


def review_pairs(claim_pairs: pd.DataFrame, reviews: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Give the pairs of claims with what a person said of them; a pair that was never weighed is added."""
    rows = {frozenset((row["claim_a"], row["claim_b"])): row for row in claim_pairs.to_dict("records")}
    article_of = dict(zip(claims["claim_id"], claims["article_id"], strict=True))
    for a, b, same in list_pairs(reviews, claims):
        a, b = sorted((a, b), key=lambda claim: (article_of[claim], claim))
        row = rows.get(frozenset((a, b))) or {
            "pair_id": tables.make_id("r", a, b), "claim_a": a, "claim_b": b, "article_a": article_of[a], "article_b": article_of[b],
            "rank": 1,
        }  # fmt: skip
        rows[frozenset((a, b))] = row | {
            "relation": "same" if same else "unrelated", "score": SURE, "same": float(same), "differs": 0.0, "difference": None,
            "start_a": None, "end_a": None, "start_b": None, "end_b": None,
        }  # fmt: skip
    return tables.conform(list(rows.values()), "claim_pairs")


def review_propositions(
    propositions: pd.DataFrame,
    proposition_claims: pd.DataFrame,
    reviews: pd.DataFrame,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    origins: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give `propositions, proposition_claims` with claims brought together or parted as a person said."""
    pairs = list_pairs(reviews, claims)
    if not pairs:
        return propositions, proposition_claims
    known = {row.claim_id: row for row in claims.itertuples()}
    relations = proposition_claims.to_dict("records")
    labels = dict(zip(propositions["proposition_id"], propositions["label"], strict=True))
    for a, b, same in pairs:
        relations = _join(relations, known, labels, a, b) if same else _part(relations, known, labels, a, b)
    relations = tables.conform(relations, "proposition_claims")
    kept = propositions[propositions["proposition_id"].isin(relations["proposition_id"])]
    described = _describe(relations, labels, articles, origins)
    extra = kept.drop(columns=[column for column in described if column != "proposition_id"])
    return tables.conform(described.merge(extra, on="proposition_id", how="left"), "propositions"), relations


def _find(relations: list[dict], claim: str) -> list[dict]:
    """Give all rows of the proposition that a claim speaks to; none where it speaks to none."""
    own = next((row["proposition_id"] for row in relations if row["claim_id"] == claim), None)
    return [row for row in relations if row["proposition_id"] == own]


def _join(relations: list[dict], known: dict, labels: dict, a: str, b: str) -> list[dict]:
    """Bring two claims into one proposition: that of the first, or the larger one."""
    groups = [_find(relations, claim) or [_open(known[claim], labels)] for claim in (a, b)]
    if groups[0][0]["proposition_id"] == groups[1][0]["proposition_id"]:
        return relations
    from helpers.alignment.align import relate_to_label  # it loads what weighs likeness: only where claims are joined

    into, other = sorted(groups, key=len, reverse=True)
    centre = _find_centre(into, known, labels)
    moved = [
        {
            **row,
            "proposition_id": into[0]["proposition_id"],
            "relation": relate_to_label(known[row["claim_id"]], centre),
        }
        for row in other
    ]
    gone = {id(row) for row in (*into, *other)}
    return [*(row for row in relations if id(row) not in gone), *into, *moved]


def _find_centre(rows: list[dict], known: dict, labels: dict):
    """Find the claim that gives a proposition its label."""
    label = labels[rows[0]["proposition_id"]]
    return next(
        (known[row["claim_id"]] for row in rows if known[row["claim_id"]].text == label), known[rows[0]["claim_id"]]
    )


def _part(relations: list[dict], known: dict, labels: dict, a: str, b: str) -> list[dict]:
    """Part two claims of one proposition: the one that does not give its label stands alone from then on."""
    own = _find(relations, a)
    if not any(row["claim_id"] == b for row in own):
        return relations
    leaving = a if _find_centre(own, known, labels).claim_id == b else b
    return [*(row for row in relations if row["claim_id"] != leaving), _open(known[leaving], labels)]


def _open(claim, labels: dict) -> dict:
    """Open a proposition of one claim."""
    key = tables.make_id("q", claim.claim_id)
    labels[key] = claim.text
    relation = "mentions" if claim.modality == "hypothetical" else "supports"
    return {
        "proposition_id": key,
        "claim_id": claim.claim_id,
        "article_id": claim.article_id,
        "relation": relation,
        "score": SURE,
    }


def _describe(relations: pd.DataFrame, labels: dict, articles: pd.DataFrame, origins: pd.DataFrame) -> pd.DataFrame:
    published = articles.set_index("article_id")["published"]
    origin_of = dict(zip(origins["article_id"], origins["origin_id"], strict=True))
    rows = [
        {
            "proposition_id": key, "label": labels[key], "n_claims": len(own), "n_sources": own["article_id"].nunique(),
            "n_origins": len({origin_of.get(article, article) for article in own["article_id"]}),
            "first_published": published.reindex(own["article_id"].unique()).min(),
        }
        for key, own in relations.groupby("proposition_id")
    ]  # fmt: skip
    return pd.DataFrame(rows)
