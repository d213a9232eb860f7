"""Turns of speech: «PILOT: The engine is on fire.» in a transcript, «Poll: Voters want the pier» in a headline."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from helpers.language.lexicons import lexicon_index

LABEL = re.compile(r"[“\"'‘ ]*(?P<name>[A-Z][A-Z.’' -]*[A-Z](?:, [A-Z][A-Z &/]+)?)(?P<colon>:)(?:\s+(?=\S)|\s*$)")
HEADLINE = re.compile(r"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?P<colon>:)\s+(?=\S)")
SIGNATURE = re.compile(r"(?P<dash>[—–―]|--|-(?= ))\s*(?P<name>[A-Z][^.!?:;“”\"]+[\w)])[.]?$")
LONGEST_SIGNATURE = 16
OPENING = ("“", '"', "‘‘", "``")
FEWEST_WORDS = 4


class Turn(NamedTuple):
    """Whose turn it is: the name at [start, end), its colon, and where the speech begins, all in the article."""

    name: str
    start: int
    end: int
    colon: int
    speech_start: int


def find_signature(sentence: str) -> tuple[int, int, int] | None:
    """Find who signs the quotation before: «— Edda Voss, 34, Lund» as (place of the dash, start and end of the name)."""
    match = SIGNATURE.match(sentence)
    if match is None or len(sentence.split()) > LONGEST_SIGNATURE:
        return None
    return match.start("dash"), *match.span("name")


def find_turns(passages: pd.DataFrame) -> dict[str, Turn]:
    """Find the passages that are someone's speech by the name before their first colon: passage id to turn.

    In the body the name stands in capitals, as in transcripts, at the head of two passages or more; a passage that
    goes on with an opening mark belongs to the turn before it. In a title the name must come again in the article, or be
    a thing that speaks («Report: ...»).
    """
    turns: dict[str, Turn] = {}
    for _, own in passages.groupby("article_id", sort=False):
        rows = list(own.sort_values("start", kind="stable").itertuples())
        turns.update(_find_headline_turns(rows))
        labels = {row.passage_id: LABEL.match(row.text) for row in rows if row.kind in ("body", "dateline")}
        if sum(match is not None for match in labels.values()) >= 2:
            turns.update(_find_transcript_turns(rows, labels))
    return turns


def _find_headline_turns(rows: list) -> dict[str, Turn]:
    titles = [(row, HEADLINE.match(row.text)) for row in rows if row.kind == "title"]
    body = " ".join(row.text for row in rows if row.kind == "body") if any(match for _, match in titles) else ""
    return {row.passage_id: _make_turn(row, m) for row, m in titles if m and _names_speaker(m, row.text, body)}


def _find_transcript_turns(rows: list, labels: dict[str, re.Match[str] | None]) -> dict[str, Turn]:
    """Give each passage to the name at its head, to that in a line of its own before it, or to the turn that goes on."""
    turns: dict[str, Turn] = {}
    turn: Turn | None = None
    named = False
    for row in rows:
        match = labels.get(row.passage_id)
        if match:
            turn, named = _make_turn(row, match), True
        elif row.kind != "body" or not (named or row.text.startswith(OPENING)):
            turn, named = None, False
        if turn is not None and row.kind == "body":
            turns[row.passage_id] = turn
            named = False
    return turns


def _names_speaker(match: re.Match[str], title: str, body: str) -> bool:
    words = match.group("name").split()
    known = lexicon_index("headline_labels").get(words[-1].casefold())
    if len(title[match.end() :].split()) < FEWEST_WORDS or (known and known["speaks"] == "no"):
        return False
    return known is not None or re.search(rf"\b{re.escape(words[-1])}\b", body) is not None


def _make_turn(row, match: re.Match[str]) -> Turn:
    start, end = match.span("name")
    return Turn(
        match.group("name"),
        row.start + start,
        row.start + end,
        row.start + match.start("colon"),
        row.start + match.end(),
    )
