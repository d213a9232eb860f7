"""Name the act that a claim tells of, below the words that only allow, give, begin or report it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.language.forms import find_base
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_words


class Action(NamedTuple):
    """The act of a claim: its lemma (None where it cannot be told), whether it is only said to be possible, and
    whether a verb names it, by its form."""

    lemma: str | None
    possible: bool
    verbal: bool

    @property
    def enables(self) -> bool:
        """Whether the act only opens the way to others, as access does."""
        return self.lemma in lexicon_index("enabling_acts")


def find_actions(claims: pd.DataFrame) -> list[Action]:
    """Find the act of each claim from its text, its main verb and what the verb takes.

    «Allowed X to read», «could read» and «read» are the act of reading, possible in the first two; «gave X access»
    and «had access» are access.
    """
    read = claims[["text", "start", "end", "predicate", "predicate_end", "object"]]
    return [find_action(claim) for claim in read.itertuples(index=False)]


def find_action(claim) -> Action:
    """Find the act of one claim, a row of `claims`."""
    return _find_action(claim.text, _known(claim.predicate), _offset(claim), _known(claim.object))


def _known(slot: object) -> str | None:
    return slot if isinstance(slot, str) and slot else None


def _offset(claim) -> int:
    inside = not pd.isna(claim.predicate_end) and claim.start <= claim.predicate_end <= claim.end
    return int(claim.predicate_end - claim.start) if inside else 0


def _find_action(text: str, predicate: str | None, after: int, taken: str | None) -> Action:
    if predicate and predicate not in lexicon_index("light_verbs"):
        return Action(predicate, _is_possible(text[:after]), _is_verb_form(text[:after].rpartition(" ")[2]))
    headline = is_headline(text)
    act = (_find_head(taken, headline) if taken else None) or _find_first(text[after:], headline)
    before = _before(text, act)
    return Action(act, _is_possible(before), before.casefold().endswith(" to "))


def is_headline(text: str) -> bool:
    """Say whether most words are capitalised, so that a capital tells nothing."""
    words = [text[start:end] for start, end in find_words(text)]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _is_verb_form(word: str) -> bool:
    form = word.casefold()
    return form in lexicon_index("irregular_verbs") or form.endswith(("ed", "ing"))


def _before(text: str, act: str | None) -> str:
    """Give the text ahead of the act's word, as far as it can be found again."""
    for start, end in find_words(text):
        if find_base(text[start:end]) == act:
            return text[:start]
    return text


def _is_possible(text: str) -> bool:
    return any(find_base(text[start:end]) in lexicon_index("ability_words") for start, end in find_words(text))


def _find_head(taken: str, headline: bool) -> str | None:
    """Find the act in what a light verb takes: the verb after «to», else the noun ahead of the first preposition."""
    words = [taken[start:end] for start, end in find_words(taken)]
    if words and words[0].casefold() == "to":
        return _find_first(taken, headline)
    phrase: list[str] = []
    for word in words:
        row = lexicon_index("function_words").get(word.casefold())
        if row and row["class"] == "preposition":
            break
        phrase.append(word)
    return _find_first(" ".join(reversed(phrase)), headline)


def _find_first(text: str, headline: bool) -> str | None:
    """Find the first word that is no function word, no light verb and no name, as its lemma."""
    for start, end in find_words(text):
        word = text[start:end]
        base = find_base(word)
        if base in lexicon_index("function_words") or base in lexicon_index("light_verbs") or word[0].isdigit():
            continue
        if word[0].isupper() and not headline:
            continue
        return base
    return None


def find_bases(text: str) -> list[str]:
    """List the lemmas of a text's words, by their endings alone."""
    return [find_base(text[start:end]) for start, end in find_words(text)]
