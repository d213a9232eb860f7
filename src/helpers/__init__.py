"""Synoptic: what several articles about one story claim, where they agree, and where they do not."""

__version__ = "0.1.0"
