"""The page, its machine-readable twin, its figures and tables."""
