"""Where sources differ: typed findings with the evidence on each side."""

from helpers.disagreements.find import find_disagreements

__all__ = ["find_disagreements"]
