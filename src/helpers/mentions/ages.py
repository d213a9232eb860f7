"""Whose age it is that an article tells: the person named beside it, or the one that "he" or "the 43-year-old" stands for."""

from __future__ import annotations

LEADING = frozenset(
    [
        ",",
        "(",
        "–",
        "—",
        "who",
        "is",
        "was",
        "now",
        "aged",
        "age",
        "a",
        "an",
        "then",
        "just",
        "only",
        "and",
        "turned",
        "turns",
        "turning",
        "will",
        "be",
        "at",
        "the",
        "of",
    ]
)
MOST_WORDS_BEHIND = 4
SAID_OF = frozenset({"of", "age", "at", "is", "was", "be", "just", "only", "turned", "turns", "turning"})
PRONOUNS = frozenset({"he", "she", "who"})


def find_person(row: dict, subject: str | None, text: str, people: list[dict]) -> dict | None:
    """Find the person, among those that an article names in reading order, whose age a value is; None where it is open.

    A name right before or behind the age is its person, and so is the subject of "was elected at the age of 24"; a pronoun or "the 43-year-old" is the only one that the
    paragraph names up to there.
    """
    start, end = row["start"], row["end"]
    before = [person for person in people if person["end"] <= start]
    if before and _leads(text[before[-1]["end"] : start]):
        return before[-1]
    behind = next((person for person in people if person["start"] >= end), None)
    if behind is not None and _describes(text[end : behind["start"]]):
        return behind
    named = [
        person
        for person in people
        if person["text"] in (subject or "") and row["event"][0] <= person["start"] < row["event"][1]
    ]
    if named and text[:start].split()[-1].lower() in SAID_OF and len({person["entity_id"] for person in named}) == 1:
        return named[0]
    is_meant = (subject or "").lower() in PRONOUNS or text[:start].rstrip().lower().endswith(" the")
    opened = text.rfind("\n", 0, start) + 1
    near = {person["entity_id"]: person for person in before if person["start"] >= opened}
    return next(iter(near.values())) if is_meant and len(near) == 1 else None


def _leads(between: str) -> bool:
    """Tell whether only a comma, a bracket and words such as "aged" stand between a name and an age."""
    apart = between.replace(",", " , ").replace("(", " ( ").split()
    return all(word in LEADING for word in apart)


def _describes(between: str) -> bool:
    """Tell whether an age stands before a name, with at most a few common words between: "43-year-old sailor Ada Roe"."""
    words = between.split()
    return len(words) <= MOST_WORDS_BEHIND and all(word.isalpha() and word.islower() for word in words)
