"""The words of content of a stretch of text in plain forms, and how much two stretches share, by the rarity of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from helpers.language.forms import find_plain_form
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import WORD

# Words that tell how something is said or how sure it is, not what: they never make two claims alike.
MANNER = ("reporting_verbs", "hedges", "function_words", "numbers", "relative_dates", "light_verbs")


@lru_cache(maxsize=20_000)
def find_content(text: str) -> tuple[str, ...]:
    """List the plain forms of a text's words of content, in order; names come in parts, «Sana al-Marsadi» in three."""
    forms = []
    for match in WORD.finditer(text):
        whole = match.group()
        for part in [whole] if whole.casefold() in lexicon_index("news_synonyms") else whole.split("-"):
            form = find_plain_form(part)
            if len(form) > 2 and not part[0].isdigit() and not is_manner(form) and not is_manner(part.casefold()):
                forms.append(form)
    return tuple(forms)


@lru_cache(maxsize=100_000)
def is_manner(form: str) -> bool:
    """Say whether a word tells how something is said rather than what; «attack» and «read» mostly tell of an act."""
    if find_plain_form(form) in lexicon_index("told_acts"):
        return False
    return any(form in lexicon_index(name) for name in MANNER)


class Rarity:
    """How much a word tells, by how few of a story's sentences have it."""

    def __init__(self, texts: Iterable[str]):
        texts = list(texts)
        self.count = Counter(form for text in texts for form in set(find_content(text)))
        self.total = len(texts) + 10

    def weigh(self, forms: Iterable[str]) -> float:
        """Weigh a set of plain forms, each counted once."""
        return float(sum(np.log(self.total / (1 + self.count.get(form, 0))) for form in sorted(set(forms))))

    def contain(self, inner: Iterable[str], outer: Iterable[str]) -> float:
        """Say how much of `inner`, by weight, `outer` has too, in [0, 1]."""
        inner = set(inner)
        whole = self.weigh(inner)
        return self.weigh(inner & set(outer)) / whole if whole else 0.0
