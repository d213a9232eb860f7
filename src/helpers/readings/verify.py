"""Verify a reading item by item: what does not stand in the articles is dropped, with the reason, and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

from helpers import tables
from helpers.readings.folding import fold
from helpers.readings.form import FORMAT, ReadingError, find_fault
from helpers.readings.grounding import find_ungrounded
from helpers.readings.material import Article, Material, QuotationError, Sentence, Spot
from helpers.readings.taken import AGREEMENT, LOOK_ALIKE, VERIFIED
from helpers.readings.voices import name_speaker

PARTS = {"disagreements": "disagreement", "agreements": "alike", "look_alikes": "alike"}
ALIKE_KINDS = {"agreements": AGREEMENT, "look_alikes": LOOK_ALIKE}
# Kinds that rest on the words themselves: the same words on both sides are no difference.
OF_WORDS = frozenset({"date", "amount", "characterisation", "wording", "scope"})
USUAL_CONFIDENCE = 0.7  # of an item without a confidence of its own


@dataclass(frozen=True)
class Place:
    """A verified quotation: where it stands, its sentences, and whose words it is, where it is not the article's own."""

    article: Article
    spot: Spot
    sentences: tuple[Sentence, ...]
    speaker: str | None

    @property
    def text(self) -> str:
        return self.article.text[self.spot.start : self.spot.end]


@dataclass
class Item:
    """One item of a reading with what became of it: `state` is `verified`, or why it was dropped."""

    name: str
    kind: str | None = None
    severity: str | None = None
    confidence: float = USUAL_CONFIDENCE
    what: str | None = None
    sides: list[list[Place]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    state: str = VERIFIED
    given: dict = field(default_factory=dict)

    @property
    def places(self) -> list[Place]:
        return [place for side in self.sides for place in side]


def verify_document(document: object, material: Material) -> list[Item]:
    """Verify every item of a reading. Raises ReadingError where the document as a whole is no reading."""
    if not isinstance(document, dict):
        raise ReadingError("a reading is a JSON object")
    if document.get("format") != FORMAT:
        raise ReadingError(f"format {document.get('format')!r} is unknown: this version reads format {FORMAT}")
    whole = {key: [] if key in PARTS else value for key, value in document.items()}
    fault = find_fault(whole)
    if fault:
        raise ReadingError(fault)
    items = []
    for part in PARTS:
        given = document.get(part, [])
        if not isinstance(given, list):
            raise ReadingError(f"{part}: a list is expected")
        items += [verify_item(entry, part, number, material) for number, entry in enumerate(given, 1)]
    return items


def verify_item(given: object, part: str, number: int, material: Material) -> Item:
    """Verify one entry of a part of a reading."""
    item = Item(f"{part} {number}", given=given if isinstance(given, dict) else {})
    fault = find_fault(given, PARTS[part])
    if fault:
        item.state = fault
        return item
    item.kind = given.get("kind") or ALIKE_KINDS[part]
    item.severity, item.what = given.get("severity"), " ".join(given["what"].split())
    item.confidence = float(given.get("confidence", USUAL_CONFIDENCE))
    sides = given["sides"] if part == "disagreements" else [given["places"]]
    try:
        item.sides = [[_find_place(place, material) for place in side] for side in sides]
        item.silent = [material.find_article(name).article_id for name in given.get("silent", ())]
        _check(item, part)
        _check_sentence(item, [material.articles[name].source for name in item.silent])
    except (QuotationError, ReadingError) as error:
        item.state = str(error)
    if item.state == VERIFIED and given.get("withdrawn"):
        item.state = f"withdrawn by the reader: {' '.join(given['withdrawn'].split())}"
    return item


def _find_place(given: dict, material: Material) -> Place:
    article = material.find_article(given["article"])
    spot = article.find(given["quote"], given.get("sentence"))
    speaker = name_speaker(material.voices.find(article.article_id, *spot))
    return Place(article, spot, tuple(article.sentences_of(spot)), speaker)


def _check(item: Item, part: str) -> None:
    """Check what the schema cannot: that the sides of an item are sides. Raises ReadingError."""
    articles = {place.article.article_id for place in item.places}
    if part != "disagreements":
        if len(articles) < 2:
            raise ReadingError(
                "a fact told alike needs two articles" if part == "agreements" else "two articles are needed"
            )
        return
    if item.kind == "omission":
        _check_omission(item, articles)
    elif len(item.sides) < 2:
        raise ReadingError(f"a finding of kind {item.kind} needs two sides or more")
    elif item.silent:
        raise ReadingError("only an omission has articles that are silent")
    for one, other in combinations(item.sides, 2):
        _check_apart(item.kind, one, other)
    if item.kind == "headline" and len({_stands_in_title(place) for place in item.places}) < 2:
        raise ReadingError("a finding of kind headline has a side in a title and one in a text")


def _check_omission(item: Item, articles: set[str]) -> None:
    if len(item.sides) != 1 or not item.silent:
        raise ReadingError("an omission has one side that tells it, and names the articles that are silent")
    if articles & set(item.silent):
        raise ReadingError("an article is named as silent that is quoted with it")


def _check_apart(kind: str, one: list[Place], other: list[Place]) -> None:
    if any(
        a.article is b.article and a.spot.start < b.spot.end and b.spot.start < a.spot.end for a in one for b in other
    ):
        raise ReadingError("two sides rest on the same words of one article")
    words = [{fold(place.text)[0].casefold() for place in side} for side in (one, other)]
    if kind in OF_WORDS and words[0] & words[1]:
        raise ReadingError("two sides quote the same words: nothing differs")


def _stands_in_title(place: Place) -> bool:
    return any(sentence.is_title for sentence in place.sentences)


def _check_sentence(item: Item, silent: list[str]) -> None:
    """Check that the explaining sentence holds no value, name or date that its evidence lacks. Raises ReadingError."""
    evidence = [sentence.text for place in item.places for sentence in place.sentences]
    names = [place.article.source for place in item.places] + silent
    names += [place.speaker for place in item.places if place.speaker]
    counts = {
        len(item.sides),
        *(len({place.article.article_id for place in side}) for side in (*item.sides, item.places)),
    }
    word = find_ungrounded(item.what, evidence, names, counts)
    if word:
        raise ReadingError(f"the sentence says {word!r}, which does not stand in the sentences quoted")


def tabulate_items(reading: str, items: list[Item]) -> list[dict]:
    """Give the rows of `readings` for the items of one reading: a row a place; silent articles without one."""
    rows = []
    for item in items:
        told = {
            "reading": reading, "item": item.name, "kind": item.kind, "severity": item.severity,
            "confidence": item.confidence if item.kind else None, "what": item.what, "state": item.state,
        }  # fmt: skip
        places = [
            {**told, "side": tables.name_side(number), "article_id": place.article.article_id, "start": place.spot.start,
             "end": place.spot.end, "quote": place.text}
            for number, side in enumerate(item.sides)
            for place in side
        ]  # fmt: skip
        silent = [{**told, "side": tables.name_side(len(item.sides)), "article_id": article} for article in item.silent]
        rows += [*places, *silent] if item.state == VERIFIED and places else [told]
    return rows
