"""Bring claims of different articles together where they speak to the same thing."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from helpers import tables
from helpers.syntax import strip_ending

FEATURES = ("characters", "words", "stems", "contained", "saturated", "names", "numbers", "numbers_differ", "length")
NUMBER = re.compile(
    r"\d[\d.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)\b", re.I
)
NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]+|(?<=[A-Z][a-z] )[A-Z][\w'’-]+|^[A-Z][\w'’-]+(?= [A-Z])")
CHUNK = 200_000
CANDIDATES = 30  # nearest claims of other articles that are weighed against a claim
SAME_PROPOSITION = 0.9  # score from which two claims speak to one proposition; see benchmarks/alignment.py


@cache
def load_weights() -> dict[str, float]:
    """Load the weights of the pair score: one number a feature, learned by benchmarks/train_alignment.py."""
    return json.loads(files("helpers.weights").joinpath("alignment.json").read_text(encoding="utf-8"))


def score_pairs(sentences: Sequence[str], pairs: np.ndarray) -> np.ndarray:
    """Score how surely two sentences say the same thing, in [0, 1]: one score a pair of `pairs`, shape (n, 2).

    A logistic regression over likeness of characters, words, stems, names and numbers. Rarity is counted among
    `sentences`, so score the sentences of one story together.
    """
    pairs = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if not len(pairs):
        return np.zeros(0)
    features = measure_pairs(sentences, pairs)
    weights = load_weights()
    activation = features @ np.array([weights[name] for name in FEATURES]) + weights["intercept"]
    return 1.0 / (1.0 + np.exp(-activation))


def measure_pairs(sentences: Sequence[str], pairs: np.ndarray) -> np.ndarray:
    """Measure the likeness of each pair: an array of shape (n, len(FEATURES)), columns as in `FEATURES`."""
    views = _Views([sentence.translate({0x2019: "'", 0x2018: "'"}) for sentence in sentences])
    blocks = [views.measure(pairs[start : start + CHUNK]) for start in range(0, len(pairs), CHUNK)]
    return np.vstack(blocks)


class _Views:
    """The sparse views of a set of sentences that pairs are measured in."""

    def __init__(self, sentences: list[str]):
        self.characters = _fit(TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True), sentences)
        self.words = _fit(TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True), sentences)
        stems = [" ".join(stem_words(sentence)) for sentence in sentences]
        self.stems = _fit(TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True), stems)
        self.weighted, self.mass = _weigh_presence(stems)
        self.saturated = _saturate(stems)
        self.names = _fit(CountVectorizer(analyzer=find_names_crudely, binary=True), sentences)
        self.numbers = _fit(CountVectorizer(analyzer=find_numbers, binary=True), sentences)
        self.lengths = np.array([max(1, len(stem.split())) for stem in stems], dtype=float)

    def measure(self, pairs: np.ndarray) -> np.ndarray:
        a, b = pairs[:, 0], pairs[:, 1]
        names, numbers = _dot(self.names, a, b), _dot(self.numbers, a, b)
        least_names = np.minimum(_count(self.names)[a], _count(self.names)[b])
        least_numbers = np.minimum(_count(self.numbers)[a], _count(self.numbers)[b])
        lengths = np.minimum(self.lengths[a], self.lengths[b]) / np.maximum(self.lengths[a], self.lengths[b])
        saturated, scale = self.saturated
        both = _dot(scale, a, b, saturated) + _dot(scale, b, a, saturated)
        return np.column_stack(
            [
                _dot(self.characters, a, b),
                _dot(self.words, a, b),
                _dot(self.stems, a, b),
                _dot(self.weighted, a, b) / np.maximum(np.minimum(self.mass[a], self.mass[b]), 1e-9),
                np.log1p(both),
                names / np.maximum(least_names, 1),
                numbers / np.maximum(least_numbers, 1),
                ((least_numbers > 0) & (numbers == 0)).astype(float),
                lengths,
            ]
        )


def _fit(vectorizer, texts: list[str]) -> sparse.csr_matrix:
    try:
        return vectorizer.fit_transform(texts).tocsr()
    except ValueError:  # nothing in the texts that this view counts
        return sparse.csr_matrix((len(texts), 1))


def _weigh_presence(stems: list[str]) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Give rows whose product is the rarity that two sentences share, and the rarity that each holds."""
    present = _fit(CountVectorizer(token_pattern=r"\S+", binary=True), stems)
    rarity = np.log((present.shape[0] + 1) / (_columns(present) + 1)) + 0.1
    weighted = present @ sparse.diags(np.sqrt(rarity))
    return weighted.tocsr(), np.asarray(present @ rarity).ravel()


def _saturate(stems: list[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Give the two factors of BM25 (k1 1.2, b .75): term weights of the document, rarities of the query."""
    counts = _fit(CountVectorizer(token_pattern=r"\S+"), stems).astype(float)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    norm = 1.2 * (0.25 + 0.75 * lengths / max(lengths.mean(), 1.0))
    weighted = counts.tocoo()
    data = weighted.data * 2.2 / (weighted.data + norm[weighted.row])
    saturated = sparse.csr_matrix((data, (weighted.row, weighted.col)), shape=counts.shape)
    rarity = np.log(1 + (counts.shape[0] - _columns(counts) + 0.5) / (_columns(counts) + 0.5))
    query = (counts > 0).astype(float) @ sparse.diags(rarity)
    return saturated, query.tocsr()


def _columns(matrix: sparse.csr_matrix) -> np.ndarray:
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(float)


def _count(matrix: sparse.csr_matrix) -> np.ndarray:
    return np.diff(matrix.indptr).astype(float)


def _dot(matrix: sparse.csr_matrix, a: np.ndarray, b: np.ndarray, other: sparse.csr_matrix | None = None) -> np.ndarray:
    return np.asarray(matrix[a].multiply((matrix if other is None else other)[b]).sum(axis=1)).ravel()


def stem_words(sentence: str) -> list[str]:
    """Fold a sentence to the stems of its words: lower case, regular endings off."""
    words = re.findall(r"\w+(?:[-.,']\w+)*", sentence.casefold())
    return [_stem(word.removesuffix("'s")) for word in words]


def _stem(word: str) -> str:
    for ending, tag in (("ing", "VBG"), ("ed", "VBD"), ("s", "NNS")):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return strip_ending(word, tag)
    return word


def find_names_crudely(sentence: str) -> list[str]:
    """List the capitalised words of a sentence, its first word only where another follows."""
    return [name.removesuffix("'s") for name in NAME.findall(sentence)]


def find_numbers(sentence: str) -> list[str]:
    """List the numbers of a sentence as written, without thousands separators."""
    return [number.replace(",", "").strip(".").casefold() for number in NUMBER.findall(sentence)]


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
    view = _fit(
        TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True), [" ".join(stem_words(t)) for t in claims["text"]]
    )
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
