"""The analyst's desk: findings, claims and speakers side by side with their passages, put right in two clicks and saved at once."""

from helpers.desk.panel import open_desk

__all__ = ["open_desk"]
