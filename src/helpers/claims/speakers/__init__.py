"""Which speakers are one: names, offices, pronouns and «the company» resolved across the articles of a story."""

from helpers.claims.speakers.resolve import resolve_speakers

__all__ = ["resolve_speakers"]
