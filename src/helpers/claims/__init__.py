"""Who says what: statements with their speakers, stance and modality."""

from helpers.claims.extract import extract_claims

__all__ = ["extract_claims"]
