"""An article as far as its sources have been read: who has spoken in it, who is named, and what its story says of offices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from helpers.claims.speakers.offices import ORGANISATION, PERSON, Mention, Offices, gender_of, is_role, mentions_before
from helpers.language.sentences import find_sentences, is_title_case

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
        self.quoted: list[tuple[Speaker, tuple[int, int]]] = []
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

    def end_of(self, sentence: int) -> int:
        """Give where the sentence behind one begins."""
        return self.sentences[sentence] if sentence < len(self.sentences) else len(self.text)

    def opening(self, sentence: int) -> str:
        """Give the first words of a sentence, without its opening mark."""
        start = self.sentences[sentence - 1] if 0 < sentence <= len(self.sentences) else len(self.text)
        return self.text[start : start + 60].lstrip("“\"‘'")

    def spoken(self, *sorts: str) -> list[Spoken]:
        """List who of some sorts has spoken so far, in order."""
        return [one for one in self.history if one.speaker.sort in sorts]

    def sentences_before(self, position: int, longest: int) -> Iterator[int]:
        """Give the number of the sentence at a place and of those before it, without what the source in hand says."""
        here, found = self.sentence_of(position), 0
        for sentence in range(here, 0, -1):
            if sentence == here or not (
                self.is_in_contents(self.sentences[sentence - 1] + 1) or self._is_line(sentence)
            ):
                found += 1
                yield sentence
            if found > longest:
                return

    def _is_line(self, sentence: int) -> bool:
        """Say whether a sentence is a headline in between, which is no part of the story: «Is Voss Telling the Truth?»."""
        return is_title_case(self.text[self.sentences[sentence - 1] : self.end_of(sentence)].strip())

    def people_before(self, position: int) -> list[Mention]:
        """List the names of people before a place, those too of which it is open whom they name."""
        return [m for m in mentions_before(self.mentions, position) if m.kind == PERSON]

    def name_person(self, mention: Mention, gender: str) -> Speaker:
        """Give the person whom a name stands for; one that two people have, by the gender that only one of them can have."""
        if mention.name is not None:
            return self.person(mention.name)
        sharing = {m.name for m in self.mentions if m.kind == PERSON and m.name and m.name.endswith(f" {mention.text}")}
        fitting = [name for name in sharing if self.fits(name, gender)]
        return self.person(fitting[0]) if len(sharing) > 1 and len(fitting) == 1 else NOBODY

    def named_before(self, position: int, *kinds: str) -> list[Mention]:
        """List the names of some kinds before a place, as far as it is known whom they name."""
        return [m for m in mentions_before(self.mentions, position) if m.kind in kinds and m.name]

    def named_in(self, sentence: int, *kinds: str) -> list[Mention]:
        """List the names of some kinds in a sentence."""
        return [m for m in self.mentions if self.sentence_of(m.start) == sentence and m.kind in kinds]

    def named_alone(self, sentence: int) -> list[Mention]:
        """List the names of one word in a sentence that can be surnames for all that is known: «Veres»."""
        return [m for m in self.named_in(sentence, ORGANISATION) if m.text.isalpha() and not m.text.isupper()]

    def is_said(self, mention: Mention) -> bool:
        """Say whether a name stands in what this source says, where the pronoun of the frame hardly refers to it."""
        return self.is_in_contents(mention.start)

    def is_in_contents(self, position: int) -> bool:
        """Say whether a place lies in what the source in hand says."""
        return any(start <= position < end for start, end in self.contents)

    def is_told(self, position: int) -> bool:
        """Say whether a place lies in what any source says."""
        return any(start <= position < end for start, end in [*self.contents, *self.outer])

    def fits(self, name: str, gender: str | None) -> bool:
        """Say whether a person can be of a gender, by what is said of them and by their forename."""
        return gender is None or self.gender(name) in (None, gender)

    def gender(self, name: str) -> str | None:
        """Give the gender of a person, by what is said of them and by their forename; None where neither tells it."""
        words = name.split()
        if is_role(words[-1]):
            return gender_of(words[-1])  # «Karl Lind’s lawyer»
        return self.offices.find_gender(name) or next(_genders(words), None)

    def quoted_of(self, speaker: Speaker, position: int) -> list[tuple[int, int]]:
        """List what is quoted of somebody before a place."""
        return [span for one, span in self.quoted if one.name == speaker.name and span[0] < position]

    def person(self, name: str) -> Speaker:
        """Give a person as a speaker, with whom they speak for."""
        return Speaker(name, self.offices.find_organisation(name, self.article_id), PERSON)


def _genders(words: Iterable[str]) -> Iterator[str]:
    return (gender for gender in map(gender_of, words) if gender)
