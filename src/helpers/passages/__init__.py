"""An article becomes passages: what is the article, what is page furniture, what belongs to another."""

from helpers.passages.split import measure_passages, split_passages

__all__ = ["measure_passages", "split_passages"]
