"""What several sources tell, and in whose voice each does: the matrix of notebook and page, and what is told alike."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from helpers.alignment.voices import find_apart
from helpers.store.publishers import name_sources

# What leaves the fact itself undisputed: how it is worded, what a headline makes of it, who leaves it out.
MERE_WORDING = ("omission", "wording", "headline", "characterisation")
FOLLOWS = {"denial": "disputed", "certainty": "disputed"}  # the state that a kind of finding gives, else `differing`
VOICE_LOOK = {
    "own": ("●", "in its own voice"),
    "attributed": ("○", "attributed"),
    "own and denial": ("◐", "in its own voice, and carries a denial"),
    "attributed and denial": ("◑", "attributed, and carries a denial"),
    "denial": ("⊗", "carries a denial"),
    "own denial": ("✕", "says the opposite in its own voice"),
    "silent": ("·", "does not say"),
}
COLUMNS = [
    "rank", "proposition_id", "label", "status", "n_origins", "n_voices", "article_id", "source", "voice", "value", "claim_id",
]  # fmt: skip


def measure_coverage(
    propositions: pd.DataFrame,
    proposition_claims: pd.DataFrame,
    articles: pd.DataFrame,
    mentions: pd.DataFrame,
    disagreements: pd.DataFrame | None = None,
    sides: pd.DataFrame | None = None,
    most: int | None = None,
) -> pd.DataFrame:
    """Measure who tells what, and in whose voice: one row a shared proposition and article, the widest first.

    `voice` is a key of `VOICE_LOOK`, `claim_id` the claim that shows it best; `value` is what an article gives where
    values part the proposition. With findings no proposition is `undisputed` of which a claim stands in a conflict.
    """
    shared = rank_statements(propositions, most)
    status = settle_status(shared, proposition_claims, disagreements, sides)
    given = _list_values(disagreements, sides)
    names, rows = name_sources(articles), []
    groups = dict(
        tuple(
            proposition_claims[proposition_claims["proposition_id"].isin(shared["proposition_id"])].groupby(
                "proposition_id"
            )
        )
    )
    for number, row in enumerate(shared.itertuples(), 1):
        group = groups[row.proposition_id]
        state = status[row.proposition_id]
        apart = find_apart(group, mentions) if state == "differing" else {}
        for article, name in names.items():
            claims = group[group["article_id"] == article]
            rows.append(
                {
                    "rank": number, "proposition_id": row.proposition_id, "label": row.label, "status": state,
                    "n_origins": row.n_origins, "n_voices": row.n_voices, "article_id": article, "source": name,
                    "voice": sum_up_voices(claims), "claim_id": choose_claim(claims),
                    "value": given.get((row.proposition_id, article)) or apart.get(article),
                }
            )  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def rank_statements(propositions: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Rank what at least two articles tell: by origins, then by claims; the one order of statements everywhere."""
    shared = propositions[propositions["n_sources"] > 1].sort_values(
        ["n_origins", "n_claims", "proposition_id"], ascending=[False, False, True], kind="stable"
    )
    return shared if most is None else shared.head(most)


def settle_status(
    propositions: pd.DataFrame,
    proposition_claims: pd.DataFrame,
    disagreements: pd.DataFrame | None = None,
    sides: pd.DataFrame | None = None,
) -> dict[str, str]:
    """Settle whether each proposition is undisputed, disputed or differing, with what the findings say of its claims."""
    status = dict(zip(propositions["proposition_id"], propositions["status"].fillna("undisputed"), strict=True))
    if disagreements is None or sides is None or disagreements.empty:
        return status
    members = proposition_claims[proposition_claims["proposition_id"].isin(status)]
    evidence = sides[["disagreement_id", "claim_id"]].dropna().merge(members[["claim_id", "proposition_id"]])
    of = evidence.groupby("disagreement_id")["proposition_id"].agg(set).to_dict()
    for finding in disagreements.sort_values(["kind", "disagreement_id"]).itertuples():
        if finding.kind == "omission":
            continue
        touched = set() if finding.kind in MERE_WORDING else of.get(finding.disagreement_id, set())
        for proposition in {*touched, finding.proposition_id} & status.keys():
            if status[proposition] == "undisputed":
                status[proposition] = FOLLOWS.get(finding.kind, "differing")
    return status


def _list_values(disagreements: pd.DataFrame | None, sides: pd.DataFrame | None) -> dict[tuple[str, str], str]:
    """List the value that each article gives of a proposition on which a date or an amount is a finding."""
    if disagreements is None or sides is None or disagreements.empty:
        return {}
    chosen = disagreements[disagreements["kind"].isin(["date", "amount"]) & disagreements["proposition_id"].notna()]
    told = sides.merge(chosen[["disagreement_id", "proposition_id"]])
    told = told[told["value"].notna()].drop_duplicates(["proposition_id", "article_id"])
    return {(row.proposition_id, row.article_id): row.value for row in told.itertuples()}


def sum_up_voices(claims: pd.DataFrame) -> str:
    """Sum up in whose voice an article has a statement; a denial is the outlet's only where it denies in its own voice."""
    if claims.empty:
        return "silent"
    held = Counter(zip(claims["voice"], claims["relation"] == "disputes", strict=True))
    carried = any(voice == "denial carried" for voice, _ in held)
    if ("own", True) in held:
        return "own denial"
    told = "own" if ("own", False) in held else "attributed" if any(v == "attributed" for v, _ in held) else ""
    return f"{told} and denial" if told and carried else told or "denial"


def choose_claim(claims: pd.DataFrame) -> str | None:
    """Choose the claim that shows best how an article has a statement: its own voice first, then the likest."""
    if claims.empty:
        return None
    order = {"own": 0, "attributed": 1, "denial carried": 2}
    ranked = claims.assign(order=claims["voice"].map(order)).sort_values(
        ["order", "score", "claim_id"], ascending=[True, False, True], kind="stable"
    )
    return ranked["claim_id"].iloc[0]


def list_compared(tables: dict[str, pd.DataFrame]) -> set[str]:
    """List the claims that could be set beside one of another article: that tell the same, or it otherwise."""
    propositions, relations = tables["propositions"], tables["proposition_claims"]
    shared = set(propositions.loc[propositions["n_sources"] > 1, "proposition_id"])
    beside = set(relations.loc[relations["proposition_id"].isin(shared), "claim_id"])
    if "claim_pairs" in tables:
        pairs = tables["claim_pairs"]
        near = pairs[pairs["relation"].isin(["same", "differs"])]
        beside |= set(near["claim_a"]) | set(near["claim_b"])
    return (beside | set(tables["disagreement_sides"]["claim_id"].dropna())) & set(tables["claims"]["claim_id"])
