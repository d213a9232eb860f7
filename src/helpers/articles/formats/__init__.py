"""The readers of formats: bytes in, documents out."""
