"""Words as rows of a matrix: a large one is decomposed by a sample, and that must come to the same."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.alignment.vectors import DENSE, RANK, decompose


@pytest.mark.parametrize("shape", [(DENSE + 100, 900), (DENSE + 100, 200)])
def test_a_large_matrix_has_the_directions_of_the_exact_decomposition(shape):
    random = np.random.default_rng(5)
    factors = [np.linalg.qr(random.normal(size=(size, RANK)))[0] for size in shape]
    lengths = np.linspace(9.0, 1.0, RANK)
    vectors, values = decompose(factors[0] * lengths @ factors[1].T)
    assert np.allclose(values, lengths)
    assert np.allclose(np.abs(vectors.T @ factors[0]), np.eye(RANK), atol=1e-6)
    assert all(column[np.argmax(np.abs(column))] > 0 for column in vectors.T)
