"""The words by which a statement says no."""

from __future__ import annotations

NEGATIONS = {"not", "n't", "never", "no", "nobody", "nothing", "neither", "nor", "none", "without", "nt"}
