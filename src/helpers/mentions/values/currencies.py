"""Which country's currency a name means that several have: "rupees" in a text on India, "kroner" in one on Norway."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from helpers.language.forms import singular
from helpers.language.lexicons import load_lexicon
from helpers.mentions.values.amounts import Amount
from helpers.mentions.values.numerals import Tokens
from helpers.mentions.values.periods import Anchor

SHORT = {"rs": "rupee", "rs.": "rupee"}
SOUTH_ASIAN = frozenset({"crore", "crores", "lakh", "lakhs"})
COUNTING_SO = frozenset({"INR", "PKR", "NPR"})  # where news counts in lakhs and crores


def name_currencies(tokens: Tokens, found: list, anchor: Anchor | None) -> list:
    """Give the amounts of money whose currency several countries have the one whose country alone the text names."""
    open_amounts = [item for item in found if isinstance(item, Amount) and item.kind == "money" and item.unit is None]
    if not open_amounts:
        return found
    countries = _find_countries(tokens.text)
    return [_name(tokens, item, countries) if any(item is other for other in open_amounts) else item for item in found]


def _name(tokens: Tokens, item: Amount, countries: frozenset[str]) -> Amount:
    words = [tokens.word(k) for k in range(item.first, item.last)]
    currency = next((name for word in words if (name := _name_one(word)) in _candidates()), None)
    codes = dict(_candidates().get(currency, {}))
    if SOUTH_ASIAN & set(words):
        codes = {code: country for code, country in codes.items() if code in COUNTING_SO}
    named = sorted(code for code, country in codes.items() if country in countries)
    if len(named) != 1:
        return item
    return item._replace(unit=named[0], why=f"of the countries with a {currency}, the text names only this one's")


def _name_one(word: str) -> str:
    return singular(SHORT.get(word, word))


@cache
def _candidates() -> dict[str, dict[str, str]]:
    """List the currencies of one name by their codes, with the country that each belongs to."""
    peoples = {row["entry"].casefold(): row["country"] for row in load_lexicon("places") if row["sort"] == "demonym"}
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in load_lexicon("currencies"):
        people, _, name = row["entry"].rpartition(" ")
        if row["form"] == "name" and row["code"] and peoples.get(people):
            found[_name_one(name)][row["code"]] = peoples[people]
    return found


def _find_countries(text: str) -> frozenset[str]:
    countries = _countries()
    words = set(re.findall(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", text)) | set(re.findall(r"[A-Z][a-z]+", text))
    return frozenset(countries[word] for word in words if word in countries)


@cache
def _countries() -> dict[str, str]:
    return {row["entry"]: row["country"] for row in load_lexicon("places") if row["country"]}
