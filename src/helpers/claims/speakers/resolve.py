"""Resolve the source of every claim of a story, article by article, in the order of the text."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from helpers.claims.speakers.context import NOBODY, Context, Speaker
from helpers.claims.speakers.descriptions import read_phrase
from helpers.claims.speakers.offices import ORGANISATION, PERSON, Mention, Offices
from helpers.claims.speakers.pronouns import resolve_pronoun
from helpers.language.lexicons import lexicon_index
from helpers.mentions.names import entity_id, find_entities

Place = tuple[int, int]


def resolve_speakers(claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Fill `speaker_id, speaker_name, speaker_for_id, speaker_for` of claims, in the order of the text.

    A pronoun or a bare office takes the speaker or name of its article that it can stand for; where there is none,
    it stays unresolved. Sources that are documents or groups are known by what they are called. A name of one story
    says nothing about a name of another.
    """
    if claims.empty:
        return claims.assign(**dict.fromkeys(("speaker_id", "speaker_name", "speaker_for_id", "speaker_for")))
    mentions = _read_mentions(articles)
    stories = articles["story"] if "story" in articles else pd.Series("", index=articles.index)
    rows_of = dict(iter(claims.groupby("article_id", sort=True)))
    found: dict[object, Speaker] = {}
    for _, story in articles.groupby(stories, sort=True):
        texts = dict(zip(story["article_id"], story["text"], strict=True))
        offices = Offices(texts, {article_id: mentions[article_id] for article_id in texts})
        for article_id in sorted(texts.keys() & rows_of.keys()):
            context = Context(article_id, texts[article_id], mentions[article_id], offices)
            found.update(_read_article(context, rows_of[article_id]))
    speakers = [found[index] for index in claims.index]
    return claims.assign(
        speaker_id=[entity_id(one.name) if one.name else None for one in speakers],
        speaker_name=[_write_small(one.name) for one in speakers],
        speaker_for_id=[entity_id(one.spoken_for) if one.spoken_for else None for one in speakers],
        speaker_for=[one.spoken_for for one in speakers],
    )


def _write_small(name: str | None) -> str | None:
    """Write a name that stands in capitals as names are written: «DORA FENN» is Dora Fenn; an acronym stays."""
    if name is None or not (name.isupper() and " " in name):
        return name
    return " ".join(word if len(word) < 3 else word.title().replace("’S", "’s") for word in name.split())


def _read_mentions(articles: pd.DataFrame) -> dict[str, list[Mention]]:
    mentions: dict[str, list[Mention]] = {article_id: [] for article_id in articles["article_id"]}
    columns = ("article_id", "start", "end", "text", "kind", "entity_name")
    entities = find_entities(articles).sort_values(["article_id", "start"], kind="stable")
    for article_id, start, end, text, kind, name in zip(*(entities[column] for column in columns), strict=True):
        if kind == PERSON and " " not in text and text == name and text.casefold() in lexicon_index("common_words"):
            kind = ORGANISATION  # «People», a magazine or an ordinary word: nobody whom «he» stands for
        mentions[article_id].append(Mention(start, end, text, kind, name if isinstance(name, str) else None))
    return mentions


def _read_article(context: Context, rows: pd.DataFrame) -> dict[object, Speaker]:
    """Resolve the sources of an article from its first to its last; claims of one source have one speaker."""
    found: dict[object, Speaker] = dict.fromkeys(rows.index, NOBODY)
    places: defaultdict[Place, list] = defaultdict(list)
    contents: defaultdict[Place, list[Place]] = defaultdict(list)
    for row in rows.itertuples():
        if isinstance(row.speaker, str) and pd.notna(row.source_start):
            source = (int(row.source_start), int(row.source_end))
            places[source].append(row.Index)
            contents[source].append((int(row.start), int(row.end)))
    said = [span for spans in contents.values() for span in spans]
    for start, end in sorted(places):
        context.contents = contents[start, end]
        context.outer = [span for source, spans in contents.items() if source != (start, end) for span in spans]
        speaker = resolve_pronoun(context, start, context.text[start:end]) or read_phrase(context, start, end)
        if speaker.name and not any(outer < start and end <= behind for outer, behind in said):
            context.hear(start, speaker)
        found.update(dict.fromkeys(places[start, end], speaker))
    return found
