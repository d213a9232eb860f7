"""The passage beside a table on the desk: the words around a place, with the place marked."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

import pandas as pd

from helpers.language.invisible import mark_invisible
from helpers.store.publishers import name_sources

AROUND = 320  # signs shown on either side of a place

Tables = dict[str, pd.DataFrame]


class Shown(NamedTuple):
    """A place that is shown: its article, its stretch, and a few words on what it is."""

    article: str
    start: int
    end: int
    head: str


def show_claim(tables: Tables, key: str) -> str:
    """Show a claim in its passage, with who says it."""
    claim = tables["claims"].set_index("claim_id").loc[key]
    who = claim["speaker_name"] if isinstance(claim["speaker_name"], str) else claim["speaker"]
    said = f"{who} {claim['stance']}" if isinstance(who, str) else "in the article's own voice"
    return show_places(tables, [Shown(claim["article_id"], int(claim["start"]), int(claim["end"]), said)])


def show_finding(tables: Tables, key: str) -> str:
    """Show a finding: its sentence, and each side in its passage."""
    found = tables["disagreements"].set_index("disagreement_id").loc[key]
    sides = tables["disagreement_sides"].query("disagreement_id == @key")
    places = [
        Shown(row.article_id, int(row.start), int(row.end), f"side {row.side}")
        for row in sides.itertuples()
        if pd.notna(row.start)
    ]
    names = name_sources(tables["articles"])
    silent = [names[row.article_id] for row in sides.itertuples() if pd.isna(row.start)]
    told = f"<p><strong>{_safe(found['explanation'])}</strong></p>" + show_places(tables, places)
    return told + (f"<p>Does not say: {_safe(', '.join(silent))}</p>" if silent else "")


def show_places(tables: Tables, places: list[Shown]) -> str:
    """Show places one under another, each with the words around it."""
    texts = tables["articles"].set_index("article_id")["text"]
    names = name_sources(tables["articles"])
    return "".join(
        f"<p class='synoptic-head'>{_safe(names[place.article])}: {_safe(place.head)}</p>"
        f"<blockquote>{mark_place(texts[place.article], place.start, place.end)}</blockquote>"
        for place in places
    )


def mark_place(text: str, start: int, end: int) -> str:
    """Mark a stretch of a text in the words around it."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = text[first:start], text[end:last]
    before = before if first == 0 else f"… {before.partition(' ')[2]}"
    after = after if last == len(text) else f"{after.rpartition(' ')[0]} …"
    return f"{_safe(before)}<mark>{_safe(text[start:end])}</mark>{_safe(after)}"


def _safe(text: str) -> str:
    return escape(mark_invisible(text)).replace("\n", "<br>").replace("$", "&#36;")
