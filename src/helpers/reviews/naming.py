"""Names as a person put them right: two that are one, and one that is two."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.reviews.form import SAME
from helpers.reviews.held import Held, list_held, list_meeting

COLUMNS = {"speaker": ("speaker_id", "speaker_name"), "text": ("entity_id", "entity_name")}


def unite_names(frame: pd.DataFrame, reviews: pd.DataFrame, written: str, edges: tuple[str, str]) -> pd.DataFrame:
    """Unite or part the names of claims or mentions as reviews say; `written` is the column of a name as it stands."""
    for one in list_held(reviews, "name"):
        change = _unite if one.action.startswith(SAME) else _part
        frame = change(frame, one, written, edges)
    return frame


def _find_name(
    frame: pd.DataFrame, one: Held, number: int, written: str, edges: tuple[str, str]
) -> tuple[str | None, str]:
    """Find the id and the fullest name of what stands at a place of a review; without one, the words there are the name."""
    key, name = COLUMNS[written]
    _, article, spot = one.places[number]
    rows = list(list_meeting(frame.itertuples(), article, spot, *edges))
    named = [row for row in rows if isinstance(getattr(row, key), str)]
    if named:
        return getattr(named[0], key), getattr(named[0], name)
    words = one.body["names"][number] if isinstance(one.body.get("names"), list) else ""
    same = frame[frame[name].str.casefold().eq(words.casefold()) & frame[key].notna()]
    return (same.iloc[0][key], same.iloc[0][name]) if len(same) else (None, words)


def _unite(frame: pd.DataFrame, one: Held, written: str, edges: tuple[str, str]) -> pd.DataFrame:
    key, name = COLUMNS[written]
    found = [_find_name(frame, one, number, written, edges) for number in (0, 1)]
    fullest = max((told for _, told in found), key=len)
    own = frame[key].isin([known for known, _ in found if known])
    return frame.assign(
        **{key: frame[key].mask(own, tables.make_id("e", fullest.casefold())), name: frame[name].mask(own, fullest)}
    )


def _part(frame: pd.DataFrame, one: Held, written: str, edges: tuple[str, str]) -> pd.DataFrame:
    """Give what stands at the second place, and what is written like it, a name of its own.

    Where both are written alike only the second place itself is another's.
    """
    key, name = COLUMNS[written]
    (first, _), (second, _) = (_find_name(frame, one, number, written, edges) for number in (0, 1))
    if first is None or first != second:
        return frame
    _, article, spot = one.places[1]
    there = [row.Index for row in list_meeting(frame.itertuples(), article, spot, *edges)]
    words, others = ([getattr(row, written) for row in _list_rows(frame, one, place, edges)] for place in (1, 0))
    like = frame[written].isin(set(words) - set(others)) & frame[key].eq(second)
    own = like | frame.index.isin(there)
    called = next(iter(words), "")
    return frame.assign(
        **{
            key: frame[key].mask(own, tables.make_id("e", called.casefold(), "another")),
            name: frame[name].mask(own, called),
        }
    )


def _list_rows(frame: pd.DataFrame, one: Held, number: int, edges: tuple[str, str]) -> list:
    _, article, spot = one.places[number]
    return list(list_meeting(frame.itertuples(), article, spot, *edges))
