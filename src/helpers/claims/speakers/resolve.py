"""Resolve the source of every claim of a story, article by article, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

import pandas as pd

from helpers.claims.speakers.context import NOBODY, Context, Speaker
from helpers.claims.speakers.descriptions import read_phrase
from helpers.claims.speakers.offices import ORGANISATION, PERSON, Mention, Offices
from helpers.claims.speakers.own_words import goes_on_freely, speaks_of_oneself
from helpers.claims.speakers.pronouns import resolve_pronoun
from helpers.language.lexicons import lexicon_index
from helpers.mentions.names import entity_id, find_entities

Place = tuple[int, int]
ANOTHER = NOBODY._replace(sort="another")  # somebody else than the one to whom a quotation was given


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
    claims = _unsay(claims, [index for index, one in found.items() if one is ANOTHER])
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


def _unsay(claims: pd.DataFrame, others: list) -> pd.DataFrame:
    """Take the source and the cue from claims that were given to somebody who cannot have made them."""
    told = [name for name in ("speaker", "source_start", "source_end", "cue", "cue_start", "cue_end") if name in claims]
    claims = claims.copy()
    claims.loc[others, told] = None
    return claims


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
    """Resolve the sources of an article from its first to its last; claims of one source have one speaker.

    A quotation of a later paragraph that speaks of its supposed speaker as of somebody else has none.
    """
    found: dict[object, Speaker] = dict.fromkeys(rows.index, NOBODY)
    places: defaultdict[Place, list] = defaultdict(list)
    for row in rows.itertuples():
        if isinstance(row.speaker, str) and pd.notna(row.source_start):
            places[int(row.source_start), int(row.source_end)].append(row)
    contents = {source: [(int(row.start), int(row.end)) for row in own] for source, own in places.items()}
    said = [span for spans in contents.values() for span in spans]
    for start, end in sorted(places):
        context.contents = contents[start, end]
        context.outer = [span for source, spans in contents.items() if source != (start, end) for span in spans]
        speaker = resolve_pronoun(context, start, context.text[start:end]) or read_phrase(context, start, end)
        if speaker.name and not any(outer < start and end <= behind for outer, behind in said):
            context.hear(start, speaker)
        kept = _leave_out_others(context, places[start, end], (start, end), speaker)
        found.update(dict.fromkeys((row.Index for row in places[start, end]), ANOTHER))
        found.update(dict.fromkeys((row.Index for row in kept), speaker))
    return found


def _leave_out_others(context: Context, rows: list, source: Place, speaker: Speaker) -> list:
    """Leave out of what one source is quoted with the paragraphs that cannot be theirs, and those that go on with them."""
    pronoun = lexicon_index("pronouns").get(context.text[slice(*source)].casefold())
    gender = pronoun["gender"] if pronoun is not None else None
    kept = []
    for _, group in groupby(rows, key=lambda row: row.passage_id):
        own = list(group)
        said = [(int(row.start), int(row.end)) for row in own]
        free = goes_on_freely(context.text, source, said[0][0])
        if free and speaks_of_oneself(context, speaker, said, gender):
            break
        kept += own
        context.quoted += [(speaker, span) for row, span in zip(own, said, strict=True) if row.quote_kind == "direct"]
    return kept
