"""How many died or were hurt, however it is told: «killed 12», «12 dead», «12 residents died», «12 fatalities»."""

from __future__ import annotations

from helpers.language.lexicons import entries, lexicon_index

DEADLY = entries("words_of_toll", toll="dead", kind="act")
HURTFUL = entries("words_of_toll", toll="hurt", kind="act")
TOLL_WORDS = entries("words_of_toll")


def find_toll(thing: str, units: tuple[str, ...], acts: frozenset[str]) -> str:
    """Say whether a count is of the dead or of the hurt, by what is counted and what is told of it; empty where neither.

    Only people count: what is counted must be a noun for people that says of no part of them that it is one.
    """
    people = lexicon_index("counted_people")
    for word in (*units, thing):
        if word in people and people[word]["toll"]:
            return people[word]["toll"]
    if thing not in people and thing not in lexicon_index("people_by_role"):
        return ""
    return "dead" if acts & DEADLY else "hurt" if acts & HURTFUL else ""


def count_one_group(one: str, other: str) -> bool:
    """Say whether two nouns can be of one group of people: the same, or one that tells nothing but that they are people."""
    people = lexicon_index("counted_people")
    return one == other or one in people or other in people
