"""What counts without a noun of their own count: "killing 12 and injuring 22", "four others", "up 6 percent"."""

from __future__ import annotations

from typing import NamedTuple

from helpers.language.forms import singular
from helpers.language.lexicons import lexicon_index
from helpers.language.syntax import lemma
from helpers.mentions.measures import Measure, is_harm

STANDING_FOR = frozenset({None, "other", "more", "dead", "wounded", "injured", "hurt", "remaining"})
ENDINGS_OF_PEOPLE = ("er", "or", "ist", "ian", "man", "woman", "ee", "ant")
PEOPLE = ("people", "person")
DESCRIBING = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "this", "that"})
CHANGES = frozenset({"up", "down"})


class Counted(NamedTuple):
    """A noun that was counted in the article before: as it is written, and in the singular."""

    text: str
    unit: str


class Ellipses:
    """The counted nouns of one article, asked in reading order for what a number without a noun stands for."""

    def __init__(self) -> None:
        self.before: list[Counted] = []  # of the sentence before, in the same paragraph
        self.here: list[Counted] = []
        self.measured: str | None = None

    def open_sentence(self, goes_on: bool) -> None:
        """Begin a sentence; `goes_on` says whether it follows the last one in its paragraph."""
        self.before, self.here, self.measured = self.here if goes_on else [], [], None

    def fill(self, row: dict, measure: Measure, before: str, behind: str) -> tuple[str | None, str | None]:
        """Give what a value measures and its unit, filled in from what was counted before.

        `before` is the word ahead of the value, `behind` the text that follows it.
        """
        text, unit = measure.text, row["unit"]
        if row["kind"] == "quantity":
            is_vague = row["value"] is None and unit is None  # "hundreds fled"
            text, unit = self._count(row["scope"], text, unit, measure, is_vague)
        elif row["kind"] in ("money", "percent"):
            text = self._name_share(row, measure, before, behind)
        if row["kind"] in ("money", "quantity", "percent") and measure.noun is not None:
            self.measured = text
        return text, unit

    def _name_share(self, row: dict, measure: Measure, before: str, behind: str) -> str | None:
        """Name what a sum or a share is of: the noun that it describes, however it is parsed, or what was told before."""
        scope = row["scope"]
        is_behind = isinstance(scope, str) and behind.lstrip(" -").startswith(scope)
        if is_behind and (measure.noun is None or (before in DESCRIBING and measure.noun.text not in scope)):
            return scope
        if row["kind"] == "percent" and before in CHANGES and self.measured:
            return self.measured
        known = [*reversed(self.here), *reversed(self.before)]
        if row["kind"] == "percent" and measure.noun is None and known:
            return known[0].text
        return measure.text

    def _count(
        self, scope: str | None, text: str | None, unit: str | None, measure: Measure, is_vague: bool
    ) -> tuple[str | None, str | None]:
        named = singular(measure.noun.lower_) if measure.noun is not None else None
        if unit not in STANDING_FOR and scope is not None and named != unit:
            text, named = scope, unit  # the words right behind the number, however they are parsed
        if unit is None and named not in STANDING_FOR:
            unit = named
        if unit not in STANDING_FOR:
            if text and named is not None:
                self.here.append(Counted(text, named if unit == "time" else unit))
            return text, unit
        people = is_vague or _counts_people(measure)
        known = [*reversed(self.here), *reversed(self.before)]
        counted = next((noun for noun in known if not people or _is_people(noun.unit)), None)
        counted = counted or (Counted(*PEOPLE) if people else None)
        if counted is None:
            return text, unit
        return counted.text, counted.unit if unit in (None, "other", "more") else unit


def _counts_people(measure: Measure) -> bool:
    """Tell whether what is counted can only be people: those who died, were hurt or were held."""
    verb = measure.verb
    near = [] if verb is None else [verb, verb.head, *verb.children]
    told = any(is_harm(token) or lemma(token) in ("die", "drown", "perish") for token in near)
    return told or (measure.noun is not None and measure.noun.lower_ in {"dead", "wounded", "injured", "hurt"})


def _is_people(unit: str) -> bool:
    """Tell whether a counted noun, in the singular, is one for people."""
    lists = ("counted_people", "people_by_role", "gendered_words")
    named = lexicon_index("speaker_nouns").get(unit, {}).get("kind") == "role"
    return named or any(unit in lexicon_index(name) for name in lists) or unit.endswith(ENDINGS_OF_PEOPLE)
