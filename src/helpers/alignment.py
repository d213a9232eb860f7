"""Bring claims of different articles together where they speak to the same thing."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers import tables
from helpers.actions import find_action, find_actions, find_bases, is_headline
from helpers.lexicons import lexicon_index
from helpers.likeness import score_pairs
from helpers.syntax import NEGATIONS
from helpers.tokens import read_tokens, stem_words

__all__ = ["align_claims", "is_denial", "relate_claims", "score_pairs", "stem_words"]

LEAST_SURE = 0.5  # confidence of extraction below which a claim takes no part
CANDIDATES = 30  # nearest claims of the story that are weighed against a claim
LEAST_LIKE = 0.05  # cosine of words below which two claims are not weighed at all
CONTENT_WORDS = 3  # content words that a claim needs before likeness means anything
PLAIN_WORDS = 2  # of them, those that are no names
SAME_PROPOSITION = 0.42  # likeness from which two claims speak to one proposition; see benchmarks/alignment.py
MEAN_LINK = 0.42  # mean likeness that two groups need before they become one
SAME_ACT, SAME_ENABLING, OTHER_ACT, OTHER_NAMES = 0.6, 0.3, -1.6, -0.7  # in log odds; see benchmarks/alignment.py
APART = 0.3  # likeness that two claims keep at most where one tells what the other only makes possible

Group = tuple[pd.Series, list[tuple[pd.Series, float]]]  # the claim that gives the label, and the others


def align_claims(
    claims: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    origins: pd.DataFrame | None = None,
    threshold: float = SAME_PROPOSITION,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Align claims to `propositions, proposition_claims`; a claim that stands alone is a proposition of one.

    Candidates are each claim's nearest in its story. Their likeness is that of `score_pairs`, raised where both tell
    of one act, lowered where the acts, the names or what is merely possible differ: access given, able to read and
    did read are three propositions. Groups grow from the likest pair on and merge only while their members are alike
    on the whole, so that likeness does not chain. `relation` tells support from dispute by stance and negation
    against the label. `articles` give the dates and the stories, `origins` what is counted as one.
    """
    claims = _complete(claims)
    usable = claims[~claims["opinion"] & (claims["confidence"] >= LEAST_SURE)].reset_index(drop=True)
    if usable.empty:
        return tables.conform([], "propositions"), tables.conform([], "proposition_claims")
    story_of = dict(zip(articles["article_id"], articles["story"], strict=True)) if articles is not None else {}
    named = _find_named(mentions)
    groups = []
    for _, part in usable.groupby(usable["article_id"].map(lambda article: story_of.get(article, "")), sort=True):
        groups.extend(_group_story(part.reset_index(drop=True), named, threshold))
    rows = [row for group in groups for row in _relate(group)]
    relations = tables.conform(rows, "proposition_claims")
    return _describe(groups, relations, articles, origins), relations


def _complete(claims: pd.DataFrame) -> pd.DataFrame:
    """Add what the contract leaves open and claims from elsewhere may lack: slots, confidence, opinion; fix the order."""
    absent = {column: None for column in tables.TABLES["claims"].columns if column not in claims}
    whole = claims.assign(**absent).sort_values(["article_id", "start", "end", "claim_id"], kind="stable")
    opinion = whole["opinion"].astype("boolean").fillna(False).astype(bool)
    return whole.assign(opinion=opinion, confidence=whole["confidence"].astype(float).fillna(1.0))


def _find_named(mentions: pd.DataFrame) -> dict[str, set[str]]:
    """Give the people, organisations, products and places that each claim names."""
    known = mentions[mentions["kind"].isin(tables.ENTITY_KINDS) & mentions["entity_id"].notna()]
    named: dict[str, set[str]] = defaultdict(set)
    for claim, entity in zip(known["claim_id"], known["entity_id"], strict=True):
        named[claim].add(entity)
    return named


def _group_story(claims: pd.DataFrame, named: dict[str, set[str]], threshold: float) -> list[Group]:
    pairs = _find_candidates(claims)
    links = _link(pairs, weigh_pairs(claims, named, pairs), threshold)
    return [_choose_label(claims, members, links) for members in _merge(len(claims), links, threshold)]


def _find_candidates(claims: pd.DataFrame) -> np.ndarray:
    """Pair each claim with its nearest, of whichever article; claims of too few words take no part."""
    stems = [_find_content(text) for text in claims["text"]]
    telling = np.array([i for i, row in enumerate(stems) if row], dtype=np.int64)
    if len(telling) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    view = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform([stems[i] for i in telling]).tocsr()
    found = []
    for start in range(0, len(telling), 500):
        likeness = (view[start : start + 500] @ view.T).tocsr()
        for row in range(likeness.shape[0]):
            bounds = slice(likeness.indptr[row], likeness.indptr[row + 1])
            columns, values = likeness.indices[bounds], np.round(likeness.data[bounds], 9)
            kept = (values >= LEAST_LIKE) & (columns != start + row)
            columns, values = columns[kept], values[kept]
            nearest = columns[np.lexsort((columns, -values))[:CANDIDATES]]
            found.append(np.column_stack([np.full(len(nearest), start + row), nearest]))
    pairs = np.sort(telling[np.concatenate(found).astype(np.int64)], axis=1)
    return np.unique(pairs, axis=0)


def _find_content(text: str) -> list[str]:
    """List the stems of a claim's content words; none where they are too few, or hardly more than names."""
    content = [token for token in read_tokens(text) if token[0] not in lexicon_index("function_words")]
    plain = {stem for stem, is_name, _ in content if not is_name}
    stems = [stem for stem, _, _ in content]
    return stems if len(set(stems)) >= CONTENT_WORDS and (len(plain) >= PLAIN_WORDS or is_headline(text)) else []


def weigh_pairs(claims: pd.DataFrame, named: dict[str, set[str]], pairs: np.ndarray) -> np.ndarray:
    """Weigh how surely the claims of each pair speak to the same thing, in [0, 1]."""
    if not len(pairs):
        return np.zeros(0)
    scores = np.clip(score_pairs(claims["text"].tolist(), pairs), 1e-6, 1 - 1e-6)
    actions = find_actions(claims)
    words = [set(find_bases(text)) for text in claims["text"]]
    names = [named.get(claim, set()) for claim in claims["claim_id"]]
    shift, limit = np.zeros(len(pairs)), np.ones(len(pairs))
    for number, (a, b) in enumerate(pairs.tolist()):
        one, other = actions[a], actions[b]
        if one.lemma and one.lemma == other.lemma:
            shift[number] += SAME_ENABLING if one.enables else SAME_ACT
            if one.possible != other.possible and not one.enables:
                limit[number] = APART
        elif one.lemma and other.lemma:
            if one.enables != other.enables:
                limit[number] = APART
            elif one.verbal and other.verbal and (one.lemma not in words[b] or other.lemma not in words[a]):
                shift[number] += OTHER_ACT
        if names[a] and names[b] and not names[a] & names[b]:
            shift[number] += OTHER_NAMES
    texts = claims["text"].to_numpy()
    shift[texts[pairs[:, 0]] == texts[pairs[:, 1]]] = 0.0
    return np.minimum(limit, 1 / (1 + np.exp(-(np.log(scores / (1 - scores)) + shift))))


def _link(pairs: np.ndarray, weights: np.ndarray, threshold: float) -> dict[tuple[int, int], float]:
    """Give the likeness of pairs, likest first; what lies far below the threshold cannot help a group."""
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -np.round(weights, 6)))
    return {
        (int(a), int(b)): float(w) for (a, b), w in zip(pairs[order], weights[order], strict=True) if w >= threshold / 4
    }


def _merge(n: int, links: dict[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Merge claims into groups, likest pair first, while the groups are alike on the whole (mean linkage)."""
    group_of = list(range(n))
    groups = {i: [i] for i in range(n)}
    for (a, b), weight in links.items():
        one, other = group_of[a], group_of[b]
        if one == other or weight < threshold:
            continue
        across = [links.get((min(x, y), max(x, y)), 0.0) for x in groups[one] for y in groups[other]]
        if sum(across) / len(across) >= MEAN_LINK:
            for member in groups[other]:
                group_of[member] = one
            groups[one] += groups.pop(other)
    return [sorted(members) for _, members in sorted(groups.items())]


def _choose_label(claims: pd.DataFrame, members: list[int], links: dict[tuple[int, int], float]) -> Group:
    """Choose the claim that says best what the group is about: whole, plain, and most like the others."""

    def likeness(i: int, j: int) -> float:
        return links.get((min(i, j), max(i, j)), 0.0)

    def rank(i: int) -> tuple:
        claim = claims.loc[i]
        whole = isinstance(claim["subject"], str) and isinstance(claim["predicate"], str)
        plain = claim["stance"] != "denies" and claim["modality"] != "hypothetical"
        central = sum(likeness(i, j) for j in members if j != i)
        return (-(2 * int(not claim["negated"]) + int(whole) + int(plain)), -round(central, 6), claim["claim_id"])

    label = min(members, key=rank)
    return claims.loc[label], [(claims.loc[j], likeness(label, j)) for j in members if j != label]


def _relate(group: Group) -> list[dict]:
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
    """Say how a claim stands to what another states: `supports`, `disputes`, or only `mentions` it.

    A claim disputes where stance and negation together come down to the opposite, and the words of both bear it out.
    Where what is denied is another act than the label's, the claim only mentions it.
    """
    if claim["modality"] == "hypothetical":
        return "mentions"
    opposite = is_denial(claim) != bool(centre["negated"])
    borne_out = (_says_no(claim["text"]) != (claim["stance"] == "denies")) != _says_no(centre["text"])
    if not (opposite and borne_out):
        return "supports"
    return "disputes" if _tell_of_one_act(claim, centre) else "mentions"


def _tell_of_one_act(claim: pd.Series, centre: pd.Series) -> bool:
    """Say whether what is denied in one of two claims is what the other tells of."""
    if claim["negated"] or centre["negated"]:
        negated, other = (claim, centre) if claim["negated"] else (centre, claim)
        return find_action(negated).lemma in find_bases(other["text"])
    one, other = find_action(claim).lemma, find_action(centre).lemma
    return one in find_bases(centre["text"]) or other in find_bases(claim["text"])


def _says_no(text: str) -> bool:
    """Say whether a text's words of negation and denial come down to a no: one does, two take each other back."""
    words = find_bases(text)
    negations = sum(word in NEGATIONS or word.endswith("n't") or word == "cannot" for word in words)
    denials = sum(lexicon_index("reporting_verbs").get(word, {}).get("stance") == "denies" for word in words)
    return (negations + denials) % 2 == 1


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
