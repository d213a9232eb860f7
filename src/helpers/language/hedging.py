"""How English marks that something is alleged, believed or merely possible."""

from __future__ import annotations

import re

from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_words

# How English marks that something is not known for sure, beside the words of the lexicon of hedges.
UNSURE = re.compile(
    r"\b(?:may|might) (?:have|be|well)\b|\bcould (?:have|well|be(?! (?:\w+ed|\w+en|read|heard|seen|found|put|made|sent)\b))\b|\bappear(?:s|ed)? to\b|\bseem(?:s|ed)? to\b|\b(?:is|are|was|were) (?:said|believed|thought|reported|alleged|rumou?red)\b"
    r"|\bbelieved to\b|\bthought to\b|\bsaid to\b|\bclaim(?:s|ed|ing)?\b|\balleg\w+\b|\baccus\w+\b|\bsuggested\b|\bpurport\w*\b|\brumou?red\b",
    re.IGNORECASE,
)


def find_hedge(text: str) -> tuple[int, int] | None:
    """Find the first words of a text that mark that it is not sure: their place, None where there are none."""
    hedges = lexicon_index("hedges")
    found = [match.span() for match in UNSURE.finditer(text)]
    found += [
        (s, e)
        for s, e in find_words(text)
        if hedges.get(text[s:e].casefold(), {}).get("modality") in ("alleged", "reported")
    ]
    return min(found, default=None)


def is_hedged(text: str) -> bool:
    """Say whether a text marks that it is not sure."""
    return find_hedge(text) is not None
