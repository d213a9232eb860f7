"""Which pairs of statements are worth weighing: near by their letters and words, in both directions."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from scipy import sparse

from helpers.alignment.statements import Statement

NEAREST = 5  # partners in another article among which each of two statements must find the other
VALUED = 2  # for statements with values of one kind: partners among which one must find the other
NO_PARTNER = 1_000_000  # rank of a statement of the same article
LEAST = 0.05  # cosine below which letters tell nothing
MOST_ARTICLES = 12  # articles from which only the nearest partners of a whole story are taken
PARTNERS = 12  # partners of a statement in a story of many articles
OWN_SHARE = 0.7  # of a statement's own words beside those of its sentence
LETTERS = range(3, 6)


def find_pairs(statements: list[Statement]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the pairs of statements of different articles that may speak of one thing.

    Gives pairs of row numbers, the lesser first, in order; the nearness of each in [0, 1]; and the ranks of each among the
    other's partners, the lower first.
    """
    if len(statements) < 2:
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0), np.zeros((0, 2), dtype=np.int64)
    near = measure_nearness(statements)
    articles = number_articles(statements)
    ranks = rank_partners(near, articles)
    kept = _keep_mutual(statements, near, ranks, articles)
    one, other = kept[:, 0], kept[:, 1]
    both = np.sort(np.column_stack([ranks[one, other], ranks[other, one]]), axis=1)
    return kept, np.round(near[one, other], 6), both


def number_articles(statements: list[Statement]) -> np.ndarray:
    """Number the articles of statements in the order in which they come."""
    known = {name: number for number, name in enumerate(dict.fromkeys(s.claim.article_id for s in statements))}
    return np.array([known[s.claim.article_id] for s in statements], dtype=np.int64)


def measure_nearness(statements: list[Statement]) -> np.ndarray:
    """Measure the cosine of statements by runs of letters, their own weighed with those of their sentences."""
    own = [_cut_letters(s.claim.text) for s in statements]
    whole: dict[tuple, Counter] = defaultdict(Counter)
    for statement, runs in zip(statements, own, strict=True):
        whole[_sentence(statement)] |= runs
    sentences = [whole[_sentence(statement)] for statement in statements]
    return OWN_SHARE * _compare(own) + (1 - OWN_SHARE) * _compare(sentences)


def _sentence(statement: Statement) -> tuple:
    return (statement.claim.article_id, int(statement.claim.sentence_start))


def _cut_letters(text: str) -> Counter:
    runs: Counter = Counter()
    for word in text.casefold().split():
        padded = f" {word} "
        for size in LETTERS:
            runs.update(padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))
    return runs


def _compare(counted: list[Counter]) -> np.ndarray:
    columns: dict[str, int] = {}
    rows, cols, cells = [], [], []
    for row, runs in enumerate(counted):
        for run, count in sorted(runs.items()):
            rows.append(row)
            cols.append(columns.setdefault(run, len(columns)))
            cells.append(1.0 + np.log(count))
    matrix = sparse.csr_matrix((cells, (rows, cols)), shape=(len(counted), max(1, len(columns))))
    held = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rarity = np.log((1 + len(counted)) / (1 + held)) + 1
    matrix = matrix @ sparse.diags(rarity)
    norm = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    matrix = sparse.diags(1 / np.maximum(norm, 1e-12)) @ matrix
    return np.round(np.asarray((matrix @ matrix.T).todense()), 9)


def rank_partners(near: np.ndarray, articles: np.ndarray) -> np.ndarray:
    """Rank for each statement its partners within each other article, the nearest first."""
    many = articles.max() + 1 > MOST_ARTICLES
    ranks = np.full(near.shape, NO_PARTNER, dtype=np.int64)
    blocks = [np.flatnonzero(articles == a) for a in range(articles.max() + 1)]
    for number in range(len(near)):
        others = (
            [np.flatnonzero(articles != articles[number])]
            if many
            else [b for b in blocks if articles[b[0]] != articles[number]]
        )
        for block in others:
            order = block[np.argsort(-near[number, block], kind="stable")]
            ranks[number, order] = np.arange(len(order))
    return ranks


def _keep_mutual(statements: list[Statement], near: np.ndarray, ranks: np.ndarray, articles: np.ndarray) -> np.ndarray:
    nearest = PARTNERS if articles.max() + 1 > MOST_ARTICLES else NEAREST
    mutual = (ranks < nearest) & (nearest > ranks.T) & (near >= LEAST)
    kept = {(int(i), int(j)) for i, j in zip(*np.nonzero(np.triu(mutual, 1)), strict=True)}
    kinds = [{(v.kind, v.unit if v.kind in ("money", "quantity") else "") for v in s.values} for s in statements]
    close = (ranks < VALUED) | (ranks.T < VALUED)
    for i, j in zip(*np.nonzero(np.triu(close & (articles[:, None] != articles[None, :]), 1)), strict=True):
        if kinds[i] & kinds[j]:
            kept.add((int(i), int(j)))
    return np.array(sorted(kept), dtype=np.int64).reshape(-1, 2)
