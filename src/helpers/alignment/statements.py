"""Claims as they are set against each other: their words of content with what each weighs, their roles, values and polarity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers import tables
from helpers.language.content import is_manner
from helpers.language.forms import find_base
from helpers.language.lexicons import lexicon_index
from helpers.language.meaning import find_lemma_of_meaning, find_sense
from helpers.language.polarity import read_polarity
from helpers.language.sentences import APOSTROPHES, WORD
from helpers.language.units import in_base_unit

LEAST_SURE = 0.5  # confidence of extraction below which a claim takes no part
MEASURED = ("quantity", "duration", "age")  # kinds whose units are brought to one
COMMON = 0.12  # how fast a word loses weight by how common it is in English
NAME_WEIGHT = 1.3  # of a name beside a common word that is as rare in the story
REPEATED_MANNER = 0.25  # weight of a word that tells how something is said


@dataclass(frozen=True)
class Word:
    """A word of content: its place in the article, its lemma, whether it is a name, and its weight in the story."""

    start: int
    end: int
    form: str
    lemma: str
    is_name: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Value:
    """A value in a claim: its kind, bounds and unit; for a date `low` and `high` are ordinal days, `partial` what is known of it."""

    start: int
    end: int
    kind: str
    low: float
    high: float
    unit: str
    partial: str


@dataclass
class Statement:
    """One claim made ready for comparison; offsets are the article's."""

    row: int
    claim: object
    words: tuple[Word, ...]
    context: tuple[Word, ...]  # the words of the other claims of its sentence
    values: tuple[Value, ...]
    negated: bool = False
    hedged: bool = False
    alleged: bool = False
    doubted: bool = False
    denied: bool = False
    groups: dict[str, tuple[Word, ...]] = field(default_factory=dict)  # words by role: subject, act, object

    @property
    def is_no(self) -> bool:
        """Whether it comes down to «no»: negated or denied, not both."""
        return self.negated != self.denied

    @property
    def is_sure(self) -> bool:
        """Whether it is told as settled, by the article itself or by who knows."""
        return not (self.hedged or self.alleged or self.doubted or self.claim.modality in ("alleged", "hypothetical"))


def read_statements(claims: pd.DataFrame, mentions: pd.DataFrame) -> list[Statement]:
    """Read the claims of one story, in the order of the table, as statements."""
    rows = list(claims.itertuples())
    named, valued = _split_mentions(mentions)
    cut = [_cut_words(row, named.get(row.claim_id, ())) for row in rows]
    weights = _weigh_words(rows, cut)
    sentences: dict[tuple, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        sentences[(row.article_id, row.sentence_start)].append(number)
    weighed = [tuple(_weigh(word, weights) for word in words) for words in cut]
    found = []
    for number, row in enumerate(rows):
        beside = sentences[(row.article_id, row.sentence_start)]
        own = {word.start for word in weighed[number]}
        context = {w.start: w for other in beside for w in weighed[other] if w.start not in own}
        around = tuple(context[start] for start in sorted(context))
        statement = Statement(number, row, weighed[number], around, valued.get(row.claim_id, ()))
        _read_polarity(statement)
        statement.groups = _group_by_role(row, statement)
        found.append(statement)
    return found


def _split_mentions(mentions: pd.DataFrame) -> tuple[dict, dict]:
    """Give each claim's places of names, and its values."""
    named: dict[str, list] = defaultdict(list)
    valued: dict[str, list] = defaultdict(list)
    for row in mentions.itertuples():
        if row.kind in tables.ENTITY_KINDS:
            named[row.claim_id].append((int(row.start), int(row.end)))
        elif not getattr(row, "beside", False):
            value = _read_value(row)
            if value is not None:
                valued[row.claim_id].append(value)
    return named, {claim: tuple(values) for claim, values in valued.items()}


def _read_value(row) -> Value | None:
    """Read the bounds of a value, a measure in its base unit; None where nothing is known of it."""
    partial = _text(row.partial)
    if row.kind == "date":
        known = not pd.isna(row.date_start) and not pd.isna(row.date_end)
        if not known and not partial:
            return None
        low = row.date_start.toordinal() if known else np.nan
        high = row.date_end.toordinal() if known else np.nan
        return Value(int(row.start), int(row.end), row.kind, low, high, "", partial)
    low = -np.inf if pd.isna(row.low) else float(row.low)
    high = np.inf if pd.isna(row.high) else float(row.high)
    if not np.isfinite(low) and not np.isfinite(high):
        if pd.isna(row.value):
            return None
        low = high = float(row.value)
    factor, unit = (
        in_base_unit(1.0, row.unit) if row.kind in MEASURED and isinstance(row.unit, str) else (1.0, _text(row.unit))
    )
    return Value(int(row.start), int(row.end), row.kind, low * factor, high * factor, unit, partial)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _cut_words(row, named) -> list[Word]:
    """Cut a claim into its words of content; numbers are none, they are values."""
    found = []
    headline = sum(m.group()[0].isupper() for m in WORD.finditer(row.text)) > 0.6 * len(row.text.split())
    for match in WORD.finditer(row.text.translate(APOSTROPHES)):
        for part, start in _split_hyphens(match.group(), match.start()):
            lower = part.casefold()
            if part[0].isdigit() or lower in lexicon_index("function_words") or lower in lexicon_index("numbers"):
                continue
            at = int(row.start) + start
            is_name = any(first <= at < last for first, last in named) or (
                part[0].isupper() and start > 0 and not headline
            )
            lemma = lower.removesuffix("'s").rstrip("'") if is_name else find_lemma_of_meaning(part)
            if len(lemma) > 1:
                found.append(Word(at, at + len(part), part, lemma, is_name))
    return found


def _split_hyphens(word: str, start: int):
    place = 0
    for part in word.split("-"):
        if part:
            yield part, start + place
        place += len(part) + 1


def _weigh_words(rows: list, cut: list[list[Word]]) -> dict[str, float]:
    """Weigh each lemma by how few sentences of the story have it and how uncommon it is in English."""
    held: dict[str, set] = defaultdict(set)
    for row, words in zip(rows, cut, strict=True):
        for word in words:
            held[word.lemma].add((row.article_id, row.sentence_start))
    total = len({(row.article_id, row.sentence_start) for row in rows}) + 4
    return {lemma: float(np.log(total / (0.5 + len(places)))) for lemma, places in held.items()}


def _weigh(word: Word, weights: dict[str, float]) -> Word:
    weight = max(weights[word.lemma], 0.3)
    if word.is_name:
        weight *= NAME_WEIGHT
    else:
        weight /= 1 + COMMON * find_sense(word.lemma).commonness
        if is_manner(word.lemma) or word.lemma in lexicon_index("light_verbs"):
            weight *= REPEATED_MANNER
    return Word(word.start, word.end, word.form, word.lemma, word.is_name, round(weight, 6))


def _read_polarity(statement: Statement) -> None:
    """Read from a claim's words, stance and modality whether it is negated, open, alleged, doubted or denied."""
    claim = statement.claim
    read = read_polarity(claim.text)
    statement.negated = bool(claim.negated) or read.negated
    statement.hedged = read.hedged
    statement.alleged = read.alleged or claim.modality == "alleged" or claim.stance == "alleges"
    statement.doubted = read.doubted
    statement.denied = claim.stance == "denies" or claim.modality == "denied"


def _group_by_role(row, statement: Statement) -> dict[str, tuple[Word, ...]]:
    """Part a claim's words by the role in which they stand; a subject outside the claim counts too."""
    groups = {}
    for role, text, start, end in (
        ("subject", row.subject, row.subject_start, row.subject_end),
        ("object", row.object, row.object_start, row.object_end),
        ("agent", row.agent, row.agent_start, row.agent_end),
    ):
        if isinstance(text, str) and not pd.isna(start):
            words = (*statement.words, *statement.context)
            groups[role] = tuple(word for word in words if start <= word.start < end)
    if isinstance(row.predicate, str) and row.predicate:
        base = find_base(row.predicate)
        groups["act"] = (Word(-1, -1, row.predicate, base, False, 1.0),)
    return groups
