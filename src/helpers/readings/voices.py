"""Whose words a place in an article holds, as the claims tell it: nothing quoted becomes the article's own."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from helpers.language.sentences import find_words

SHORTEST_TELLING = 4  # letters of a word by which a speaker can be told in a sentence


class Voices:
    """The claims of a story, asked by place."""

    def __init__(self, claims: pd.DataFrame | None):
        self._claims = defaultdict(list)
        for claim in [] if claims is None else claims.itertuples():
            self._claims[claim.article_id].append(claim)

    def find(self, article: str, start: int, end: int):
        """Give the claim that a place holds most of, one that somebody is quoted with before the article's own; or None."""
        held = [claim for claim in self._claims[article] if claim.start < end and start < claim.end]
        return min(held, key=lambda claim: _rank(claim, start, end), default=None)


def _rank(claim, start: int, end: int) -> tuple:
    shared = min(claim.end, end) - max(claim.start, start)
    return (not isinstance(claim.speaker, str), -shared, claim.end - claim.start, claim.claim_id)


def name_speaker(claim) -> str | None:
    """Name the speaker of a claim: a name as it is resolved, anybody else as written; None for the article's own voice."""
    if claim is None or not isinstance(claim.speaker, str):
        return None
    resolved = claim.speaker_name
    return resolved if isinstance(resolved, str) and resolved[:1].isupper() else claim.speaker


def name_voices(what: str, voices: list[tuple[str, object]], names: dict[str, str]) -> str:
    """Add to a reader's sentence whose words an article carries, where the sentence itself does not name them.

    `voices` are the articles and claims of its places, `names` the sources' names by article.
    """
    words = {what[start:end].casefold().removesuffix("'s") for start, end in find_words(what.replace("’", "'"))}
    carried: dict[str, list[str]] = {}
    for article, claim in voices:
        speaker = name_speaker(claim)
        if speaker and not words & _telling_words(speaker):
            carried.setdefault(speaker, []).append(names[article])
    if not carried:
        return what
    told = [f"{speaker} in {' and '.join(dict.fromkeys(sources))}" for speaker, sources in carried.items()]
    return f"{what.rstrip('. ')} (in the words of {', of '.join(told)})."


def _telling_words(name: str) -> set[str]:
    words = {name[start:end].casefold() for start, end in find_words(name)}
    return {word for word in words if len(word) >= SHORTEST_TELLING} or words
