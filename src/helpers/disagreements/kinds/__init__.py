"""The kinds of findings, one file a kind."""
