"""What a reader reads and a quotation is looked for in: the sentences of each article, numbered, with its claims."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from helpers.language.sentences import find_sentences
from helpers.readings.folding import fold
from helpers.readings.voices import Voices
from helpers.store.publishers import name_sources
from helpers.tables import CLAIM_BEARING

APART = "\0"  # between sentences that something lies between: no quotation runs over it
NUMBER_JOINTS = ".,"


class Sentence(NamedTuple):
    """A sentence of an article with its number, from 1, and its place in the article's text."""

    number: int
    start: int
    end: int
    text: str
    is_title: bool


class Spot(NamedTuple):
    """A stretch of an article's text, in code points."""

    start: int
    end: int


class QuotationError(ValueError):
    """A quotation does not stand where it is said to stand; the message is one line."""


class Article:
    """One article: its numbered sentences, and its folded text in which quotations are found."""

    def __init__(self, article_id: str, source: str, text: str, sentences: list[Sentence]):
        self.article_id = article_id
        self.source = source
        self.text = text
        self.sentences = sentences
        self.folded, self.places = self._fold_sentences()

    def _fold_sentences(self) -> tuple[str, list[int]]:
        folded, places, end = "", [], 0
        for sentence in self.sentences:
            gap = self.text[end : sentence.start]
            signs, own = fold(sentence.text)
            folded += (" " if not gap.strip() else APART) + signs
            places += [end, *(sentence.start + place for place in own)]
            end = sentence.end
        return folded, places

    def find(self, quote: str, number: int | None = None) -> Spot:
        """Find a quotation: in the sentence of that number, else where it stands once. Raises QuotationError."""
        wanted = fold(quote)[0].strip()
        if not any(char.isalnum() for char in wanted):
            raise QuotationError(f"{quote!r} is no quotation: it holds no word")
        found = list(self._find_all(wanted))
        if not found:
            raise QuotationError(
                f"the quotation does not stand in {self.article_id}{self._say_aside(wanted)}: {quote!r}"
            )
        if number is not None:
            begins = [s for s in self.sentences if s.number == number]
            within = [spot for spot in found for s in begins if s.start <= spot.start < s.end]
            if within:
                return within[0]
        if len(found) > 1:
            raise QuotationError(
                f"the quotation stands {len(found)} times in {self.article_id} and not in the sentence given: {quote!r}"
            )
        return found[0]

    def _say_aside(self, wanted: str) -> str:
        return " but in a part that is set aside" if wanted in fold(self.text)[0] else ""

    def _find_all(self, wanted: str):
        start = self.folded.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if not self._cuts_word(start, end):
                yield Spot(self.places[start], self.places[end - 1] + 1)
            start = self.folded.find(wanted, start + 1)

    def _cuts_word(self, start: int, end: int) -> bool:
        """Say whether a stretch of the folded text begins or ends inside a word or a number: «2» is no part of «2.5»."""
        text = self.folded
        return _is_joined(text, start, -1) or _is_joined(text, end - 1, 1)

    def sentences_of(self, spot: Spot) -> list[Sentence]:
        """Give the sentences that a stretch lies in."""
        return [s for s in self.sentences if s.start < spot.end and spot.start < s.end]


def _is_joined(text: str, edge: int, step: int) -> bool:
    """Say whether the sign at an edge belongs to one word or number with the sign beside it."""
    inner, outer = text[edge], text[edge + step : edge + step + 1] if edge + step >= 0 else ""
    if not outer or not inner.isalnum():
        return bool(outer) and unicodedata.combining(outer) > 0
    if outer.isalnum() or unicodedata.combining(outer):
        return True
    beyond = text[edge + 2 * step : edge + 2 * step + 1] if edge + 2 * step >= 0 else ""
    return inner.isdigit() and outer in NUMBER_JOINTS and beyond.isdigit()


class Material:
    """The articles of one story as readers get them, and the claims by which it is known whose words a place holds."""

    def __init__(self, articles: pd.DataFrame, passages: pd.DataFrame, claims: pd.DataFrame | None = None):
        names = name_sources(articles)
        sentences = number_sentences(passages)
        self.articles = {
            row.article_id: Article(row.article_id, names[row.article_id], row.text, sentences.get(row.article_id, []))
            for row in articles.itertuples()
        }
        self.published = dict(zip(articles["article_id"], articles["published"], strict=True))
        self._files = {str(row.raw_path).rpartition("/")[2]: row.article_id for row in articles.itertuples()}
        self.voices = Voices(claims)

    def find_article(self, name: str) -> Article:
        """Find an article by its id or the name of its file. Raises QuotationError where there is none."""
        found = self.articles.get(name) or self.articles.get(self._files.get(name, ""))
        if found is None:
            raise QuotationError(f"there is no article {name!r}")
        return found


def number_sentences(passages: pd.DataFrame) -> dict[str, list[Sentence]]:
    """Number the sentences of the passages that hold the article, from 1 in each; what is set aside has no number."""
    found: dict[str, list[Sentence]] = defaultdict(list)
    kept = passages[passages["kind"].isin(CLAIM_BEARING)].sort_values(["article_id", "start"], kind="stable")
    for passage in kept.itertuples():
        own = found[passage.article_id]
        for start, end in find_sentences(passage.text):
            place = Spot(passage.start + start, passage.start + end)
            own.append(Sentence(len(own) + 1, *place, passage.text[start:end], passage.kind == "title"))
    return dict(found)
