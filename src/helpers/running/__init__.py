"""Notebooks in sequence: stages, keys, locks, atomic publication, the command."""
