"""Find the phrases of a lexicon in words: the longest that begins at each word, none inside another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

END = ""  # the key of a trie's node under which the entry stands that ends there


class Match(NamedTuple):
    """An entry found in the words [first, last)."""

    first: int
    last: int
    entry: str


class Phrases:
    """The entries of a lexicon, of one word or several, ready to be found in words."""

    def __init__(self, entries: Iterable[str]):
        self._root: dict = {}
        for entry in entries:
            node = self._root
            for word in entry.split():
                node = node.setdefault(word, {})
            node[END] = entry

    def find(self, words: Sequence[Sequence[str]]) -> list[Match]:
        """Find the entries, longest first, in words that are each given in the forms that may match."""
        found: list[Match] = []
        place = 0
        while place < len(words):
            match = self.match_at(words, place)
            found += [match] if match else []
            place = match.last if match else place + 1
        return found

    def match_at(self, words: Sequence[Sequence[str]], place: int) -> Match | None:
        """Find the longest entry that begins at a word."""
        best = None
        nodes = [self._root]
        for last in range(place, len(words)):
            nodes = [node[form] for node in nodes for form in dict.fromkeys(words[last]) if form in node]
            if not nodes:
                break
            ended = next((node[END] for node in nodes if END in node), None)
            best = Match(place, last + 1, ended) if ended is not None else best
        return best
