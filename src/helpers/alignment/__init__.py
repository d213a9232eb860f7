"""Which statements speak of one thing."""

from helpers.alignment.align import align_claims
from helpers.alignment.likeness import score_pairs
from helpers.alignment.pairs import relate_claims

__all__ = ["align_claims", "relate_claims", "score_pairs"]
