"""Claims as a person put them right: who says it, how it is presented, what is none, and what the machine missed."""

from __future__ import annotations

import pandas as pd

from helpers import tables
from helpers.reviews.form import ADD_CLAIM, CLAIM_FIELDS, NO_CLAIM, ReviewError
from helpers.reviews.held import SURE, Held, find_claim, list_held, name_said_by
from helpers.reviews.naming import unite_names
from helpers.reviews.spots import MOSTLY

OWN_VOICE = {
    "speaker": None, "speaker_id": None, "speaker_name": None, "speaker_for_id": None, "speaker_for": None, "source_start": None,
    "source_end": None, "cue": None, "cue_start": None, "cue_end": None, "stance": "asserts",
}  # fmt: skip
# What follows from who speaks, unless a person said otherwise: column, whether somebody is quoted, before, after.
FOLLOWS = (
    ("quote_kind", True, "none", "indirect"),
    ("quote_kind", False, "indirect", "none"),
    ("modality", True, "fact", "reported"),
    ("modality", False, "reported", "fact"),
)
ITSELF = 0.9  # share of a place that a claim needs to be the one that a person missed
# A statement is there before it is put right, and who speaks before what follows from that.
ORDER = {ADD_CLAIM: 0, "speaker": 1}


def review_claims(
    claims: pd.DataFrame, reviews: pd.DataFrame, articles: pd.DataFrame, passages: pd.DataFrame
) -> pd.DataFrame:
    """Give the claims with what a person reviewed; a claim that was put right keeps its id."""
    held = sorted(list_held(reviews, "claim"), key=lambda one: ORDER.get(one.action, 2))
    claims = claims.astype({"review": object}) if "review" in claims else claims.assign(review=None)
    for one in held:
        if one.action != "value":
            claims = _apply(claims, one, articles, passages)
    return tables.conform(unite_names(claims, reviews, "speaker", ("source_start", "source_end")), "claims")


def _apply(claims: pd.DataFrame, one: Held, articles: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    least = ITSELF if one.action == ADD_CLAIM else MOSTLY
    index = find_claim(claims, one.article, one.spot, name_said_by(one), least)
    if one.action == NO_CLAIM:
        return claims if index is None else _drop(claims, index)
    done = "corrected"
    if index is None:
        from helpers.reviews.reading import read_statement  # it parses: only where a statement is added

        claims = tables.conform([*claims.to_dict("records"), read_statement(one, articles, passages)], "claims")
        claims = claims.astype({"review": object})
        index, done = find_claim(claims, one.article, one.spot), "added"
    told = (one.value or {}) if one.action == ADD_CLAIM else {one.action: one.value}
    text = articles.set_index("article_id").at[one.article, "text"]
    row = claims.loc[index].to_dict()
    for name in CLAIM_FIELDS:
        if name in told:
            row |= _set_speaker(row, told[name], claims, text) if name == "speaker" else {name: told[name]}
    row |= {"confidence": SURE, "review": row["review"] if row["review"] == "added" else done}
    others = claims.drop(index=index).to_dict("records")
    return tables.conform([*others, row], "claims").astype({"review": object})


def _drop(claims: pd.DataFrame, index: object) -> pd.DataFrame:
    """Drop what is no claim; what was nested in it is nested in what that was nested in."""
    gone, outer = claims.at[index, "claim_id"], claims.at[index, "parent_id"]
    kept = claims.drop(index=index)
    nested = kept["parent_id"].eq(gone).fillna(False)
    return kept.assign(parent_id=kept["parent_id"].mask(nested, outer)).reset_index(drop=True)


def _set_speaker(row: dict, name: str | None, claims: pd.DataFrame, text: str) -> dict:
    """Say who says a claim; the words that name them are looked for in its sentence, else those that were read stay."""
    told = dict(OWN_VOICE) if name is None else _find_speaker(row, name, claims, text)
    quoted = name is not None
    follow = {column: after for column, who, before, after in FOLLOWS if who == quoted and row[column] == before}
    return told | follow


def _find_speaker(row: dict, name: str, claims: pd.DataFrame, text: str) -> dict:
    from helpers.mentions.names import entity_id

    key = entity_id(name)
    known = claims[claims["speaker_id"].eq(key) & claims["speaker_for_id"].notna()]
    spoken_for = known.iloc[0][["speaker_for_id", "speaker_for"]].to_dict() if len(known) else {}
    told = {"speaker_id": key, "speaker_name": name, "speaker_for_id": None, "speaker_for": None, **spoken_for}
    start = text.find(name, int(row["sentence_start"]), int(row["sentence_end"]))
    if start >= 0:
        return {**told, "speaker": name, "source_start": start, "source_end": start + len(name)}
    return told if isinstance(row["speaker"], str) else {**told, "speaker": name}


def review_mentions(mentions: pd.DataFrame, reviews: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Give the mentions with the values and names that a person put right. Raises ReviewError where a value cannot be read."""
    for one in list_held(reviews, "claim"):
        if one.action == "value":
            mentions = _set_value(mentions, one, claims)
    return tables.conform(unite_names(mentions, reviews, "text", ("start", "end")), "mentions")


def _set_value(mentions: pd.DataFrame, one: Held, claims: pd.DataFrame) -> pd.DataFrame:
    values = mentions[mentions["kind"].isin(tables.VALUE_KINDS)]
    rows = [row for row in values.itertuples() if row.article_id == one.article and _hold(row, one.spot)]
    kept = mentions.drop(index=[row.Index for row in rows])
    if one.value is None:
        return kept
    told = read_value(one.value)
    old = [mentions.loc[row.Index].to_dict() for row in rows] or _place_value(one, claims)
    made = [
        row | told | {"scope": told["scope"] or (row["scope"] if row["kind"] == told["kind"] else None)} for row in old
    ]
    return tables.conform([*kept.to_dict("records"), *made], "mentions")


def read_value(text: str) -> dict:
    """Read a value as a person writes it, «163 passengers», by the grammar that reads articles. Raises ReviewError."""
    from helpers.mentions.values.find import find_values

    found = find_values(text)
    if len(found) != 1:
        raise ReviewError(f"{text!r} cannot be read as one amount or date")
    columns = ("kind", "value", "unit", "low", "high", "date_start", "date_end", "partial", "scope")
    return {**{name: getattr(found[0], name) for name in columns}, "why": "set by a person's review"}


def _hold(row, spot: tuple[int, int]) -> bool:
    """Say whether a value and the place of a review are one: more or fewer words of it may be marked."""
    start, end = spot
    return (row.start <= start and end <= row.end) or (start <= row.start and row.end <= end)


def _place_value(one: Held, claims: pd.DataFrame) -> list[dict]:
    """Give the rows of a value where the machine read none: one for each claim that holds its place."""
    start, end = one.spot
    around = claims[claims["article_id"].eq(one.article) & claims["start"].le(start) & claims["end"].ge(end)]
    return [
        {
            "claim_id": claim.claim_id, "article_id": one.article, "start": start, "end": end,
            "text": claim.text[start - claim.start : end - claim.start], "event": claim.predicate, "scope": None, "kind": None, "beside": False,
        }
        for claim in around.itertuples()
    ]  # fmt: skip
