"""Names and values inside claims."""

from helpers.mentions.find import find_mentions

__all__ = ["find_mentions"]
