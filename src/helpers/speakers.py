"""Which speakers are one: names, offices, pronouns and «the company» resolved across the articles of a story."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from helpers.entities import entity_id, find_names, name_entities
from helpers.lexicons import lexicon_index

PERSONAL = {"he", "she", "him", "her"}
IMPERSONAL = {"it"}
GENERIC = re.compile(r"^(?:the|this|that|its|their|his|her|a|an) ", re.I)
# What follows a name only adds to it: «Edda Voss, secretary of the union», «the agency that raised the wreck».
ADDED = re.compile(r",| \(| (?:who|whom|whose|which|that) ")
ORGANISATION_WORDS = {
    "company",
    "firm",
    "agency",
    "group",
    "organisation",
    "organization",
    "ministry",
    "government",
    "platform",
    "giant",
    "newspaper",
    "network",
    "union",
    "operator",
}
ROLE_WORDS = {
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "director",
    "chief",
    "minister",
    "officer",
    "lawyer",
    "reporter",
    "president",
    "actor",
    "publicist",
    "rep",
    "representative",
}


def resolve_speakers(claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Fill `speaker_id, speaker_name, speaker_for_id, speaker_for` of claims, in the order of the text.

    A pronoun or a bare office takes the last speaker of its article that it can stand for; where there is none,
    it stays unresolved. Sources that are documents or groups are known by their head noun. A name of one story says
    nothing about a name of another.
    """
    if claims.empty or "story" not in articles or articles["story"].nunique() == 1:
        return _resolve_in_story(claims, articles)
    story_of = dict(zip(articles["article_id"], articles["story"], strict=True))
    told = dict(list(articles.groupby("story", sort=True)))
    parts = [
        _resolve_in_story(rows, told[story])
        for story, rows in claims.groupby(claims["article_id"].map(story_of), sort=True)
    ]
    return pd.concat(parts).loc[claims.index]


def _resolve_in_story(claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    fullest = name_entities(articles["text"])
    columns: dict[str, list] = {"speaker_id": [], "speaker_name": [], "speaker_for_id": [], "speaker_for": []}
    known = _find_known_people(articles["text"], fullest)
    people = {row.article_id: _find_people(row.text, fullest, known) for row in articles.itertuples()}
    last: dict[str, dict[str, str]] = {}
    for row in claims.sort_values(["article_id", "start"], kind="stable").itertuples():
        state = last.setdefault(row.article_id, {})
        if isinstance(row.speaker, str) and row.speaker.casefold() in PERSONAL:
            before = [name for place, name in people[row.article_id] if place < row.source_start]
            state["person"] = before[-1] if before else state.get("person")
        person, organisation = _resolve(row.speaker, fullest, state)
        columns["speaker_id"].append((row.Index, entity_id(person) if person else None))
        columns["speaker_name"].append((row.Index, person))
        columns["speaker_for_id"].append((row.Index, entity_id(organisation) if organisation else None))
        columns["speaker_for"].append((row.Index, organisation))
    resolved = {name: pd.Series(dict(values), dtype=object) for name, values in columns.items()}
    return claims.assign(**resolved)


def _find_known_people(texts: Iterable[str], fullest: dict[str, str]) -> set[str]:
    """Find who is a person: a name of two words or three that a title precedes or that is shortened to its last word."""
    known = set()
    for text in texts:
        for start, end in find_names(text):
            short = text[start:end]
            name = fullest.get(short, short)
            before = re.search(r"([\w'’-]+),? $", text[max(0, start - 30) : start])
            titled = before is not None and before.group(1).casefold() in lexicon_index("titles")
            if len(name.split()) in (2, 3) and (titled or name.split()[-1] == short):
                known.add(name)
    return known


def _find_people(text: str, fullest: dict[str, str], known: set[str]) -> list[tuple[int, str]]:
    """List where a text names a person: whom «he» or «she» can stand for."""
    names = (
        (start, fullest.get(text[start:end], text[start:end]))
        for start, end in find_names(text)
        if text[end : end + 2] not in ("’s", "'s")
    )
    return [(start, name) for start, name in names if name in known]


def _resolve(speaker: str | None, fullest: dict[str, str], last: dict[str, str]) -> tuple[str | None, str | None]:
    if not isinstance(speaker, str) or not speaker.strip():
        return None, None
    speaker = ADDED.split(speaker, maxsplit=1)[0].strip() or speaker
    words = speaker.casefold().split()
    if len(words) == 1 and words[0] in PERSONAL:
        return last.get("person"), last.get("person's organisation")
    if len(words) == 1 and words[0] in IMPERSONAL | {"they"}:
        return last.get("thing"), None
    names = [
        (span, speaker[span.start : span.end])
        for span in find_names(f"x {speaker}", headlines=False)
        for span in [type(span)(span.start - 2, span.end - 2)]
    ]
    # A capital that only opens a sentence makes no name: «Explosive documents», «Revelations from the harbour».
    names = [
        (span, name) for span, name in names if span.start > 0 or name in fullest or not speaker[span.end :].strip()
    ]
    own = [name for span, name in names if not re.match(r"['’]", speaker[span.end : span.end + 1])]
    owners = [name for span, name in names if re.match(r"['’]", speaker[span.end : span.end + 1])]
    if own:
        name = fullest.get(own[-1], own[-1])
        spoken_for = fullest.get((owners or own[:-1])[0], (owners or own[:-1])[0]) if owners or len(own) > 1 else None
        is_role = any(word.strip(",") in ROLE_WORDS for word in words)
        if is_role and len(own) == 1 and words[-1] in ROLE_WORDS:
            name, spoken_for = f"{name} {words[-1]}", name
        last["person" if is_role or " " in name else "thing"] = name
        last["thing" if not is_role and " " not in name else "named"] = name
        last["person's organisation"] = spoken_for
        return name, spoken_for
    head = re.sub(r"[^\w-]", "", words[-1])
    if head in ORGANISATION_WORDS and GENERIC.match(speaker):
        return last.get("thing"), None
    if head in ROLE_WORDS:
        organisation = fullest.get(owners[0], owners[0]) if owners else None
        return (f"{organisation} {head}" if organisation else last.get("person")), organisation
    name = GENERIC.sub("", speaker).strip()
    last["thing"] = name
    return name or None, None


def same_speaker(one: str | None, other: str | None) -> bool:
    """Say whether two speaker ids are one known speaker."""
    return isinstance(one, str) and one == other
