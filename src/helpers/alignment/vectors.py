"""Count, weigh and compare the words of sentences as rows of a matrix: dense where it is small, sparse where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy import sparse

from helpers.language.sentences import APOSTROPHES

Matrix = np.ndarray | sparse.csr_matrix

SMALL = 400_000  # cells up to which a dense matrix is faster than a sparse one
RANK = 32  # directions kept of a space
DENSE = 500  # rows up to which a decomposition is exact
SPARE = 10  # directions found beyond those asked for, so that these are sure
UNSEEN = 10  # sentences imagined beside those given, so that rarity means something among two


def count(rows: Sequence[Sequence[str]]) -> Matrix:
    """Count the items of each row; columns in the order in which items are first seen."""
    vocabulary: dict[str, int] = {}
    columns = np.array([vocabulary.setdefault(i, len(vocabulary)) for row in rows for i in row], dtype=np.int32)
    lengths = [len(row) for row in rows]
    shape = (len(rows), max(1, len(vocabulary)))
    if shape[0] * shape[1] <= SMALL:
        counted = np.zeros(shape)
        np.add.at(counted, (np.repeat(np.arange(len(rows)), lengths), columns), 1.0)
        return counted
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    counted = sparse.csr_matrix((np.ones(len(columns)), columns, bounds), shape=shape)
    counted.sum_duplicates()
    return counted


def count_characters(sentences: Sequence[str]) -> sparse.csr_matrix:
    """Count the runs of 3 to 5 letters inside the words of each sentence, edges included."""
    vocabulary: dict[str, int] = {}
    words = [
        [vocabulary.setdefault(word, len(vocabulary)) for word in sentence.translate(APOSTROPHES).casefold().split()]
        for sentence in sentences
    ]
    letters = sparse.csr_matrix(count([_cut_letters(word) for word in vocabulary] or [[]]))
    bounds = np.concatenate([[0], np.cumsum([len(row) for row in words])])
    columns = np.array([column for row in words for column in row], dtype=np.int32)
    used = sparse.csr_matrix((np.ones(len(columns)), columns, bounds), shape=(len(words), max(1, len(vocabulary))))
    return (used @ letters).tocsr()


@lru_cache(maxsize=100_000)
def _cut_letters(word: str) -> tuple[str, ...]:
    """Cut a word, with a space at either end, into its runs of 3 to 5 characters."""
    padded = f" {word} "
    runs = [padded[i : i + size] for size in range(3, 6) for i in range(len(padded) - size + 1)]
    return tuple(runs) or (padded,)


def find_seen(counts: Matrix) -> np.ndarray:
    """Give how many rows hold each column's item."""
    if sparse.issparse(counts):
        return np.bincount(counts.indices, minlength=counts.shape[1])
    return (counts > 0).sum(axis=0)


def find_rarity(counts: Matrix) -> np.ndarray:
    """Give how rare each item is, as if `UNSEEN` more rows without it were known."""
    return np.log((counts.shape[0] + UNSEEN + 1) / (find_seen(counts) + 1)) + 0.1


def mark(counts: Matrix) -> Matrix:
    """Give ones where items occur."""
    if not sparse.issparse(counts):
        return (counts > 0).astype(float)
    present = counts.copy()
    present.data = np.ones_like(present.data)
    return present


def scale(matrix: Matrix, columns: np.ndarray) -> Matrix:
    """Multiply each column by its factor."""
    return (matrix @ sparse.diags(columns)).tocsr() if sparse.issparse(matrix) else matrix * columns


def unit(matrix: Matrix) -> Matrix:
    """Bring each row to length one; an empty row stays empty."""
    if sparse.issparse(matrix):
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return (sparse.diags(1.0 / np.maximum(norms, 1e-9)) @ matrix).tocsr()
    return matrix / np.maximum(np.sqrt(np.einsum("ij,ij->i", matrix, matrix)), 1e-9)[:, None]


def weigh(counts: Matrix) -> Matrix:
    """Weigh counts by the logarithm of frequency and by rarity (tf-idf), rows brought to length one."""
    rarity = np.log((counts.shape[0] + 1) / (find_seen(counts) + 1)) + 1.0
    if sparse.issparse(counts):
        weighted = counts.copy()
        weighted.data = 1.0 + np.log(weighted.data)
        return unit(scale(weighted, rarity))
    return unit(np.where(counts > 0, 1.0 + np.log(np.maximum(counts, 1.0)), 0.0) * rarity)


def sum_rows(matrix: Matrix) -> np.ndarray:
    """Give the sum of each row."""
    return np.asarray(matrix.sum(axis=1)).ravel()


def saturate(counts: Matrix, lengths: np.ndarray, rarity: np.ndarray) -> tuple[Matrix, Matrix, np.ndarray]:
    """Give the factors of BM25 (k1 1.2, b .75): document weights, query weights, and each row's own score."""
    norm = 1.2 * (0.25 + 0.75 * lengths / max(1e-9, lengths.mean()))
    query = scale(mark(counts), rarity)
    if sparse.issparse(counts):
        cells = counts.tocoo()
        weights = cells.data * 2.2 / (cells.data + norm[cells.row])
        document = sparse.csr_matrix((weights, (cells.row, cells.col)), shape=counts.shape)
        itself = sum_rows(query.multiply(document))
    else:
        document = counts * 2.2 / (counts + norm[:, None])
        itself = np.einsum("ij,ij->i", query, document)
    return document, query, np.maximum(itself, 1e-9)


def multiply(one: Matrix, other: Matrix, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Multiply row a of one matrix with row b of another, pair by pair; all rows at once where the pairs are dense."""
    if one.shape[0] * other.shape[0] <= 20 * len(a):
        product = one @ other.T
        return (product.toarray() if sparse.issparse(product) else product)[a, b]
    left, at_left = np.unique(a, return_inverse=True)
    right, at_right = np.unique(b, return_inverse=True)
    if len(left) * len(right) <= 20 * len(a):
        product = one[left] @ other[right].T
        return (product.toarray() if sparse.issparse(product) else product)[at_left, at_right]
    if sparse.issparse(one):
        return sum_rows(one[a].multiply(other[b]))
    return np.einsum("ij,ij->i", one[a], other[b])


def decompose(view: Matrix) -> tuple[np.ndarray, np.ndarray]:
    """Give the first `RANK` left singular vectors and values of a matrix, largest first."""
    if view.shape[0] <= DENSE:
        product = view @ view.T
        values, vectors = np.linalg.eigh(product.toarray() if sparse.issparse(product) else product)
        values, vectors = values[::-1][:RANK], vectors[:, ::-1][:, :RANK]
        return vectors, np.sqrt(np.maximum(values, 0))
    return _find_directions(view, min(RANK, *view.shape), rounds=4)


def _find_directions(matrix: Matrix, n: int, rounds: int) -> tuple[np.ndarray, np.ndarray]:
    """Find the first `n` left singular vectors and values of a large matrix by sampling its range (Halko et al. 2011).

    The sample is always the same, and each vector points to where its greatest entry is positive.
    """
    from scipy import linalg

    wide = matrix.shape[0] < matrix.shape[1]
    tall = matrix.T if wide else matrix
    basis = np.random.RandomState(0).normal(size=(tall.shape[1], n + SPARE))
    for _ in range(rounds):
        basis, _ = linalg.lu(tall @ basis, permute_l=True, check_finite=False)
        basis, _ = linalg.lu(tall.T @ basis, permute_l=True, check_finite=False)
    basis, _ = linalg.qr(tall @ basis, mode="economic", check_finite=False)
    left, values, right = linalg.svd(basis.T @ tall, full_matrices=False)
    vectors = right.T if wide else basis @ left
    greatest = np.argmax(np.abs(vectors), axis=0)
    vectors = vectors * np.sign(vectors[greatest, np.arange(vectors.shape[1])])
    return vectors[:, :n], values[:n]


def find_strands(likeness: Matrix, n: int = 5) -> tuple[np.ndarray, float]:
    """Give each row's place along the `n` main divisions of a graph of likeness (normalised cut), the first trivial.

    Also gives how cleanly the second parts the graph: near 1 for two stories in one, near 0 where there is but one.
    """
    degree = np.sqrt(np.maximum(sum_rows(likeness), 1e-9))
    size = likeness.shape[0]
    if size <= DENSE:
        dense = likeness.toarray() if sparse.issparse(likeness) else likeness
        values, vectors = np.linalg.eigh(dense / np.outer(degree, degree))
        values, vectors = values[::-1][:n], vectors[:, ::-1][:, :n]
    else:
        scaled = sparse.diags(1.0 / degree) @ sparse.csr_matrix(likeness) @ sparse.diags(1.0 / degree)
        vectors, values = _find_directions(scaled.tocsr(), n, rounds=8)
    padded = np.zeros((size, n))
    padded[:, : vectors.shape[1]] = vectors
    return padded * np.sqrt(size), float(np.clip(values[1], 0, 1)) if len(values) > 1 else 0.0


def unit_rows(space: np.ndarray) -> np.ndarray:
    """Bring each row of a dense matrix to length one."""
    return space / np.maximum(np.linalg.norm(space, axis=1, keepdims=True), 1e-9)
