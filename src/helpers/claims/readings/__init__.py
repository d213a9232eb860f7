"""The constructions in which English says who says what, one file a construction."""
