"""Bring claims of different articles together where they speak to the same thing."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers import tables
from helpers.likeness import score_pairs, stem_words

__all__ = ["align_claims", "is_denial", "relate_claims", "score_pairs", "stem_words"]

CANDIDATES = 30  # nearest claims of other articles that are weighed against a claim
SAME_PROPOSITION = 0.9  # score from which two claims speak to one proposition; see benchmarks/alignment.py


def align_claims(
    claims: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    origins: pd.DataFrame | None = None,
    threshold: float = SAME_PROPOSITION,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Align claims to `propositions, proposition_claims`; a claim that stands alone is a proposition of one.

    Candidates are each claim's nearest in other articles of its story; groups grow around the claim that is most
    like the others, and none joins that is not like the centre, so that likeness does not chain. `relation` tells
    support from dispute by stance and negation against the centre. `articles` give the dates and the stories,
    `origins` what is counted as one.
    """
    usable = claims[~claims["opinion"].astype(bool) & (claims["confidence"] >= 0.5)].reset_index(drop=True)
    if usable.empty:
        return tables.conform([], "propositions"), tables.conform([], "proposition_claims")
    story_of = dict(zip(articles["article_id"], articles["story"], strict=True)) if articles is not None else {}
    groups = []
    for _, part in usable.groupby(usable["article_id"].map(lambda article: story_of.get(article, "")), sort=True):
        groups.extend(_group_story(part.reset_index(drop=True), threshold))
    rows = [row for group in groups for row in _relate(group)]
    relations = tables.conform(rows, "proposition_claims")
    return _describe(groups, relations, articles, origins), relations


def _group_story(claims: pd.DataFrame, threshold: float) -> list[tuple[pd.Series, list[tuple[pd.Series, float]]]]:
    pairs = _find_candidates(claims)
    scores = score_pairs(claims["text"].tolist(), pairs) * _weigh_predicates(claims, pairs)
    likeness: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), score in zip(pairs.tolist(), scores.tolist(), strict=True):
        if score >= threshold:
            likeness[a][b] = likeness[b][a] = score
    order = sorted(range(len(claims)), key=lambda i: (-_centrality(i, likeness, claims), claims.at[i, "claim_id"]))
    taken: set[int] = set()
    groups = []
    for centre in order:
        if centre in taken:
            continue
        members = [(other, score) for other, score in sorted(likeness[centre].items()) if other not in taken]
        taken.update([centre, *[other for other, _ in members]])
        groups.append((claims.loc[centre], [(claims.loc[other], score) for other, score in members]))
    return groups


def _centrality(i: int, likeness: dict[int, dict[int, float]], claims: pd.DataFrame) -> float:
    best: dict[str, float] = {}
    for other, score in likeness[i].items():
        article = claims.at[other, "article_id"]
        best[article] = max(best.get(article, 0.0), score)
    return sum(best.values())


def _find_candidates(claims: pd.DataFrame) -> np.ndarray:
    if len(claims) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    vectorizer = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)
    view = vectorizer.fit_transform([" ".join([*stem_words(text), "x"]) for text in claims["text"]])
    found = set()
    for start in range(0, len(claims), 500):
        likeness = (view[start : start + 500] @ view.T).tocsr()
        for row in range(likeness.shape[0]):
            i = start + row
            columns = likeness.indices[likeness.indptr[row] : likeness.indptr[row + 1]]
            values = likeness.data[likeness.indptr[row] : likeness.indptr[row + 1]]
            nearest = columns[np.lexsort((columns, -values))][: CANDIDATES + 1]
            found.update((min(i, int(j)), max(i, int(j))) for j in nearest if i != j)
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _weigh_predicates(claims: pd.DataFrame, pairs: np.ndarray) -> np.ndarray:
    """Lower the score of pairs whose main verbs are both known and of different kinds: access is not reading."""
    predicates = claims["predicate"].fillna("").tolist()
    texts = [set(stem_words(text)) for text in claims["text"]]
    weights = np.ones(len(pairs))
    for number, (a, b) in enumerate(pairs.tolist()):
        one, other = predicates[a], predicates[b]
        if one and other and one != other and one not in texts[b] and other not in texts[a]:
            weights[number] = 0.85
    return weights


def _relate(group: tuple[pd.Series, list[tuple[pd.Series, float]]]) -> list[dict]:
    centre, members = group
    proposition = tables.make_id("q", centre["claim_id"])
    rows = []
    for claim, score in [(centre, 1.0), *members]:
        rows.append(
            {
                "proposition_id": proposition,
                "claim_id": claim["claim_id"],
                "article_id": claim["article_id"],
                "relation": relate_claims(claim, centre),
                "score": round(float(score), 4),
            }
        )
    return rows


def relate_claims(claim: pd.Series, centre: pd.Series) -> str:
    """Say how a claim stands to what another states: `supports`, `disputes`, or only `mentions` it."""
    if claim["modality"] == "hypothetical":
        return "mentions"
    return "disputes" if is_denial(claim) != bool(centre["negated"]) else "supports"


def is_denial(claim: pd.Series) -> bool:
    """Say whether a claim comes down to «no»: denied, or negated, but not both."""
    return (claim["stance"] == "denies") != bool(claim["negated"])


def _describe(groups, relations: pd.DataFrame, articles, origins) -> pd.DataFrame:
    published = dict(zip(articles["article_id"], articles["published"], strict=True)) if articles is not None else {}
    origin_of = dict(zip(origins["article_id"], origins["origin_id"], strict=True)) if origins is not None else {}
    rows = []
    for centre, members in groups:
        sources = {centre["article_id"], *[claim["article_id"] for claim, _ in members]}
        dates = [published[a] for a in sources if a in published and not pd.isna(published[a])]
        rows.append(
            {
                "proposition_id": tables.make_id("q", centre["claim_id"]),
                "label": centre["text"],
                "n_claims": 1 + len(members),
                "n_sources": len(sources),
                "n_origins": len({origin_of.get(article, article) for article in sources}),
                "first_published": min(dates) if dates else pd.NaT,
            }
        )
    return tables.conform(rows, "propositions")
