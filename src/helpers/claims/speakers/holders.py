"""Who holds an office in an article: the one person whom it calls so."""

from __future__ import annotations

from helpers.claims.speakers.context import Context, Speaker
from helpers.claims.speakers.offices import PERSON
from helpers.language.lexicons import lexicon_index


def find_holder(context: Context, noun: str, position: int, body: str | None = None) -> Speaker | None:
    """Find who holds an office, of a body where one is told."""
    name = name_holder(context, noun, position, body)
    return context.person(name) if name is not None else None


def name_holder(context: Context, noun: str, position: int, body: str | None = None) -> str | None:
    """Name the one person of an article who is called by an office; of several the one named last before a place."""
    if _is_calling(noun):
        return None
    here = {m.name for m in context.mentions if m.kind == PERSON and m.name}
    holders = {name for name in here if noun in context.offices.nouns.get(name, ())}
    if body is not None:
        holders = {name for name in holders if context.offices.find_organisation(name, context.article_id) == body}
    if len(holders) == 1:
        return holders.pop()
    before = [m.name for m in context.named_before(position, PERSON) if m.name in holders]
    return before[-1] if before else None


def _is_calling(noun: str) -> bool:
    """Say whether a noun tells only what somebody is, a man or a victim, so that nobody holds it as an office."""
    return lexicon_index("speaker_nouns")[noun]["use"] == "person"
