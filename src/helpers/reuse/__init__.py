"""Shared text: passages that two articles share, the origins that copies collapse to, what changed between versions."""

from helpers.reuse.origins import find_origins
from helpers.reuse.shared import find_shared_passages
from helpers.reuse.versions import find_changes

__all__ = ["find_changes", "find_origins", "find_shared_passages"]
