"""Which statements speak of one thing."""

from helpers.alignment.align import align_claims
from helpers.alignment.likeness import score_pairs

__all__ = ["align_claims", "score_pairs"]
