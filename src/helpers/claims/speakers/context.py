"""An article as far as its sources have been read: who has spoken in it, who is named, and what its story says of offices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from helpers.claims.speakers.offices import PERSON, Mention, Offices, gender_of, mentions_before
from helpers.language.sentences import find_sentences

Words = list[tuple[int, str]]  # each with its place in the article

GOING_BACK = 4  # sentences in which a pronoun still finds whom it stands for
NEAR = 2  # sentences in which «the writer» can stand for whoever spoke last


class Speaker(NamedTuple):
    """Who speaks: the name (None where it stays open), for whom, and what sort: person, organisation, document, group."""

    name: str | None
    spoken_for: str | None
    sort: str


NOBODY = Speaker(None, None, "")


class Spoken(NamedTuple):
    """A source that was resolved: its sentence and place, and who it is."""

    sentence: int
    start: int
    speaker: Speaker


class Context:
    """One article: its names, who has spoken so far, and what the source in hand and the others say."""

    def __init__(self, article_id: str, text: str, mentions: list[Mention], offices: Offices) -> None:
        self.article_id, self.text, self.mentions, self.offices = article_id, text, mentions, offices
        self.sentences = [span.start for span in find_sentences(text)]
        self.history: list[Spoken] = []
        self.contents: list[tuple[int, int]] = []
        self.outer: list[tuple[int, int]] = []

    def hear(self, start: int, speaker: Speaker) -> None:
        """Keep in mind who spoke at a place."""
        self.history.append(Spoken(self.sentence_of(start), start, speaker))

    def sentence_of(self, position: int) -> int:
        """Give the number of the sentence at a place."""
        return bisect_right(self.sentences, position)

    def start_of_sentence(self, position: int) -> int:
        """Give where the sentence at a place begins."""
        return self.sentences[self.sentence_of(position) - 1] if self.sentences else 0

    def opening(self, sentence: int) -> str:
        """Give the first words of a sentence, without its opening mark."""
        start = self.sentences[sentence - 1] if 0 < sentence <= len(self.sentences) else len(self.text)
        return self.text[start : start + 60].lstrip("“\"‘'")

    def spoken(self, *sorts: str) -> list[Spoken]:
        """List who of some sorts has spoken so far, in order."""
        return [one for one in self.history if one.speaker.sort in sorts]

    def named_before(self, position: int, *kinds: str) -> list[Mention]:
        """List the names of some kinds before a place, as far as it is known whom they name."""
        return [m for m in mentions_before(self.mentions, position) if m.kind in kinds and m.name]

    def named_in(self, sentence: int, *kinds: str) -> list[Mention]:
        """List the names of some kinds in a sentence."""
        return [m for m in self.mentions if self.sentence_of(m.start) == sentence and m.kind in kinds]

    def is_said(self, mention: Mention) -> bool:
        """Say whether a name stands in what this source says, where the pronoun of the frame hardly refers to it."""
        return self.is_in_contents(mention.start)

    def is_in_contents(self, position: int) -> bool:
        """Say whether a place lies in what the source in hand says."""
        return any(start <= position < end for start, end in self.contents)

    def fits(self, name: str, gender: str | None) -> bool:
        """Say whether a person can be of a gender, by what is said of them and by their forename."""
        known = self.offices.find_gender(name) or next(_genders(name.split()), None)
        return gender is None or known in (None, gender)

    def person(self, name: str) -> Speaker:
        """Give a person as a speaker, with whom they speak for."""
        return Speaker(name, self.offices.find_organisation(name, self.article_id), PERSON)


def _genders(words: Iterable[str]) -> Iterator[str]:
    return (gender for gender in map(gender_of, words) if gender)
