"""Turns of speech: «PILOT: The engine is on fire.» in a transcript, «Poll: Voters want the pier» in a headline."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import pandas as pd

from helpers.language.lexicons import lexicon_index
from helpers.passages.envelopes import is_label
from helpers.passages.lines import ASKED, NAMED, SPEAKER, TIME, TURN_WHY, find_turn_line, read_label

NAMED_LABEL = re.compile(
    rf"(?:{TIME}\s+)?(?P<name>{NAMED})(?:, [^:.!?“”\"]{{2,60}})?(?: ?\([^)]{{1,40}}\))?(?P<colon>:)(?:\s+(?=\S)|\s*$)"
)
HEADLINE = re.compile(r"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?P<colon>:)\s+(?=\S)")
SIGNATURE = re.compile(r"(?P<dash>[—–―]|--|-(?=[ A-Z])|\()\s*(?P<name>[A-Z](?:[^.!?:;“”\"]|[A-Z]\.)+[\w)])[.]?$")
HEAD_OF_STATEMENT = re.compile(
    r"(?:(?:and|also|then|a|the|in a) )*(?P<cue>(?:from the desk of|(?:statement|comment|remarks?|message|words|note|response) (?:by|from|of)|from|by))"
    r"(?: the)? (?P<name>(?-i:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,4}))(?:, [^:“”\"]{2,100})?[:.]?$",
    re.I,
)
FULL_NAME = re.compile(
    r"[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){1,2}(?=,| (?:talks|speaks|spoke|tells|told|answers|answered|explains|on)\b)"
)
TO_ANOTHER = re.compile(r"\b(?:I|we|you|me|us|my|our|your)\b|\?", re.I)
ANONYMOUS = re.compile(r"(?:speaker|unidentified|unknown|voice)\b", re.I)
LONGEST_SIGNATURE = 16
OPENING = ("“", '"', "‘‘", "``", "„", "«")
FEWEST_WORDS = 4
TRANSCRIPT_SHARE = 0.4  # of the passages open with a label, in a text that is nothing but turns


class Turn(NamedTuple):
    """Whose turn it is: the name (None where it is nobody's in particular) at [start, end), what shows it, the speech."""

    name: str | None
    start: int
    end: int
    cue: str
    cue_start: int
    speech_start: int


def find_signature(sentence: str) -> tuple[int, int, int] | None:
    """Find who signs the quotation before: «— Edda Voss, 34, Lund», «(Edda Voss)» as (place of the mark, start and end of the name)."""
    match = SIGNATURE.match(sentence)
    if match is None or len(sentence.split()) > LONGEST_SIGNATURE or not _is_named(match.group("name")):
        return None
    start, end = match.span("name")
    end -= match.group("dash") == "(" and sentence[end - 1] == ")"
    return match.start("dash"), start, end


def _is_named(signed: str) -> bool:
    """Say whether what is signed opens with a name and not with a sentence: no «Named archbishop of Lund in 1977»."""
    words = signed.partition(",")[0].split()
    inside = lexicon_index("words_inside_names")
    return all(word[0].isupper() or word in inside or _is_office(word) for word in words)


def _is_office(word: str) -> bool:
    return lexicon_index("speaker_nouns").get(word, {}).get("kind") == "role"


def find_turns(passages: pd.DataFrame) -> dict[str, Turn]:
    """Find the passages that are someone's speech by the name before them: passage id to turn.

    In the body the name stands in capitals, as in transcripts, as «Q:» and «A:», as a name before a colon, or with a
    time in a line of its own, at the head of two passages or more; or in a line that says from whom the quotation
    below it is. In a title the name must come again in the article, or be a thing that speaks («Report: ...»).
    """
    turns: dict[str, Turn] = {}
    for _, own in passages.groupby("article_id", sort=False):
        rows = list(own.sort_values("start", kind="stable").itertuples())
        turns.update(_find_headline_turns(rows))
        turns.update(_find_statements(rows))
        turns.update(_find_transcript_turns(rows, _find_labels(rows)))
    return turns


def _find_headline_turns(rows: list) -> dict[str, Turn]:
    titles = [(row, HEADLINE.match(row.text)) for row in rows if row.kind == "title"]
    body = " ".join(row.text for row in rows if row.kind == "body") if any(match for _, match in titles) else ""
    return {row.passage_id: _make_turn(row, m) for row, m in titles if m and _names_speaker(m, row.text, body)}


def _find_statements(rows: list) -> dict[str, Turn]:
    """Find the quotations below a line that says from whom they are: «And from Chairwoman Petra Lind:»."""
    turns: dict[str, Turn] = {}
    turn: Turn | None = None
    for row in rows:
        head = HEAD_OF_STATEMENT.match(row.text) if row.kind in ("body", "summary", "byline") else None
        if head:
            start = row.start + head.start("cue")
            turn = Turn(
                head["name"], row.start + head.start("name"), row.start + head.end("name"), head["cue"], start, row.end
            )
        elif turn and row.kind == "body" and row.text.startswith(OPENING):
            turns[row.passage_id] = turn
        else:
            turn = None
    return turns


def _find_labels(rows: list) -> dict[str, Turn]:
    """Find the labels of speakers that passages open with, where there are two of them or nothing else: passage id to turn."""
    spoken = [row for row in rows if row.kind in ("body", "dateline") or row.why == TURN_WHY]
    labels = {row.passage_id: found for row in spoken if (found := _read_label(row, rows))}
    named = {row.passage_id: m for row in spoken if row.passage_id not in labels and (m := NAMED_LABEL.match(row.text))}
    labels |= {
        row.passage_id: _make_turn(row, named[row.passage_id]) for row in _choose_named(spoken, named, len(labels))
    }
    return labels if len(labels) > 1 or len(labels) == len(spoken) else {}


def _read_label(row, rows: list) -> Turn | None:
    """Read the label that a passage surely opens with: a name in capitals, «Q:» or «A:», a name with a time."""
    place = find_turn_line(row.text) if row.why == TURN_WHY else None
    if place is not None:
        name = row.text[slice(*place)]
        start, end = row.start + place[0], row.start + place[1]
        time = re.search(TIME, row.text)
        return Turn(
            None if ANONYMOUS.match(name) else name, start, end, time.group(), row.start + time.start(), row.end
        )
    asked = ASKED.match(row.text)
    if asked:
        return _make_asked_turn(row, asked, rows)
    match = SPEAKER.match(row.text)
    if match is None or is_label(match["name"]) or read_label(row.text):
        return None
    return _make_turn(row, match)


def _make_asked_turn(row, match: re.Match[str], rows: list) -> Turn:
    """Give an answer to the one whom the lines above the questions introduce, and a question to nobody in particular."""
    turn = _make_turn(row, match)._replace(name=None)
    if match["name"][0] == "Q":
        return turn
    for above in rows:
        if ASKED.match(above.text):
            break
        found = FULL_NAME.search(above.text) if above.kind in ("title", "summary", "body", "byline") else None
        if found and above.kind != "byline":
            return turn._replace(name=found.group(), start=above.start + found.start(), end=above.start + found.end())
    return turn


def _choose_named(spoken: list, named: dict[str, re.Match[str]], sure: int) -> list:
    """Choose the passages whose name before a colon is that of whoever speaks, and no heading: who speaks says «I» or asks."""
    text = "\n".join(row.text[named[row.passage_id].end() :] if row.passage_id in named else row.text for row in spoken)
    counts = Counter(match["name"] for match in named.values())
    chosen = [
        row
        for row in spoken
        if row.passage_id in named and _may_speak(named[row.passage_id]["name"], row.text, text, counts, sure)
    ]
    if len(named) + sure == len(spoken):
        return [row for row in spoken if row.passage_id in named and not is_label(named[row.passage_id]["name"])]
    talking = sum(bool(TO_ANOTHER.search(row.text[named[row.passage_id].end() :])) for row in chosen)
    return chosen if sure > 1 or 2 * talking >= len(chosen) else []


def _may_speak(name: str, line: str, text: str, counts: Counter, sure: int) -> bool:
    words = name.split()
    folded = words[-1].casefold()
    known = lexicon_index("headline_labels").get(folded)
    if is_label(name) or read_label(line) or (known and known["speaks"] == "no"):
        return False
    if len(words) == 1 and folded in lexicon_index("common_words") and folded not in lexicon_index("speaker_nouns"):
        return False
    return (
        sure > 1 or counts[name] > 1 or re.search(rf"\b{re.escape(words[-1])}\b", text) is not None or len(counts) > 1
    )


def _find_transcript_turns(rows: list, labels: dict[str, Turn]) -> dict[str, Turn]:
    """Give each passage to the name at its head, to that in a line of its own before it, or to the turn that goes on."""
    turns: dict[str, Turn] = {}
    turn: Turn | None = None
    named = False
    spoken = sum(row.kind in ("body", "dateline") or row.why == TURN_WHY for row in rows)
    throughout = len(labels) >= TRANSCRIPT_SHARE * spoken
    for row in rows:
        label = labels.get(row.passage_id)
        if label:
            turn, named = label, True
        elif row.kind != "body" or not (named or throughout or row.text.startswith(OPENING)):
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
    colon = row.start + match.start("colon")
    return Turn(match.group("name"), row.start + start, row.start + end, match["colon"], colon, row.start + match.end())
