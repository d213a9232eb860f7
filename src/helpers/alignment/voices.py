"""In whose voice each claim of a proposition stands, how many voices that makes, and whether a denial or a value parts them."""

from __future__ import annotations

from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from helpers import tables
from helpers.language.units import in_base_unit, is_measure

HEARSAY = ("alleged", "reported", "denied")  # modalities by which an article lends a statement no voice of its own
UNNAMED = "unnamed"  # the voice of all that is only reportedly so


def tell_voices(
    propositions: pd.DataFrame,
    proposition_claims: pd.DataFrame,
    claims: pd.DataFrame,
    mentions: pd.DataFrame,
    origins: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add to propositions `n_voices, status`, and to their claims `voice`; nothing else of either table changes.

    A denial that is carried is somebody's whom the article quotes. Somebody who speaks for another is the same voice;
    an article's own voice counts once an origin, and all that nobody is named for once.
    """
    own = claims.drop_duplicates("claim_id").set_index("claim_id")
    rows = [(row, own.loc[row.claim_id]) for row in proposition_claims.itertuples()]
    voices = [tell_voice(claim, row.relation) for row, claim in rows]
    relations = proposition_claims.assign(voice=pd.Series(voices, index=proposition_claims.index, dtype=object))
    origin_of = {} if origins is None else dict(zip(origins["article_id"], origins["origin_id"], strict=True))
    keys = [
        _make_key(voice, claim, origin_of.get(row.article_id, row.article_id))
        for voice, (row, claim) in zip(voices, rows, strict=True)
    ]
    counted = relations.assign(key=pd.Series(keys, index=relations.index, dtype=object))
    n_voices = counted.groupby("proposition_id")["key"].nunique()
    disputed = set(relations.loc[relations["relation"] == "disputes", "proposition_id"])
    differing = _find_differing(propositions, relations, mentions)
    status = [
        "disputed" if key in disputed else "differing" if key in differing else "undisputed"
        for key in propositions["proposition_id"]
    ]
    described = propositions.assign(
        n_voices=propositions["proposition_id"].map(n_voices),
        status=pd.Series(status, index=propositions.index, dtype=object),
    )
    return tables.conform(described, "propositions"), tables.conform(relations, "proposition_claims")


def tell_voice(claim, relation: str) -> str:
    """Tell in whose voice an article has a claim: its `own`, `attributed`, or as a `denial carried`."""
    quoted = isinstance(claim.speaker, str) or isinstance(claim.speaker_id, str)
    denies = relation == "disputes" or (claim.stance == "denies" and relation != "supports")
    if denies and (quoted or claim.modality == "denied"):
        return "denial carried"
    return "attributed" if quoted or claim.modality in HEARSAY else "own"


def _make_key(voice: str, claim, origin: str) -> str:
    if voice == "own":
        return f"own {origin}"
    known = (getattr(claim, name, None) for name in ("speaker_for_id", "speaker_id", "speaker_name", "speaker"))
    return next((name.casefold() for name in known if isinstance(name, str)), UNNAMED)


def _find_differing(propositions: pd.DataFrame, relations: pd.DataFrame, mentions: pd.DataFrame) -> set[str]:
    """Find the propositions whose claims give values that cannot be one, in different articles."""
    shared = set(propositions.loc[propositions["n_sources"] > 1, "proposition_id"])
    members = relations[relations["proposition_id"].isin(shared)]
    values = mentions[mentions["claim_id"].isin(members["claim_id"])]
    return {key for key, group in members.groupby("proposition_id", sort=True) if find_apart(group, values)}


def find_apart(group: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, str]:
    """Find the values by which the claims of one proposition part: what each article gives, as written; else nothing."""
    values = mentions[mentions["kind"].isin(tables.VALUE_KINDS) & mentions["claim_id"].isin(group["claim_id"])]
    given = {article: list(rows.itertuples()) for article, rows in values.groupby("article_id", sort=True)}
    for kind in sorted(set(values["kind"])):
        own = {article: [value for value in rows if value.kind == kind] for article, rows in given.items()}
        if any(have_other_values(own[one], own[other]) for one, other in combinations(own, 2)):
            return {article: " · ".join(dict.fromkeys(v.text for v in rows)) for article, rows in own.items() if rows}
    return {}


def have_other_values(one: list, other: list) -> bool:
    """Say whether none of one article's values can be one of another's: values of one kind, rows of `mentions`.

    Where each gives a single count they count the same, by whatever noun; else they must share a measure.
    """
    alone = len(one) == len(other) == 1
    bounds = [(_bound(a), _bound(b)) for a in one for b in other]
    pairs = [(a, b) for a, b in bounds if a and b and (a.unit == b.unit or (alone and not a.measured | b.measured))]
    return bool(pairs) and not any(a.low <= b.high and b.low <= a.high for a, b in pairs)


class Bounds(NamedTuple):
    """The least and the most that a value can be, in its base unit, and whether that is a measure and no counted noun."""

    low: Any
    high: Any
    unit: str
    measured: bool


def _bound(value) -> Bounds | None:
    """Bound a value; None where its words leave that open on a side."""
    low, high = (value.date_start, value.date_end) if value.kind == "date" else (value.low, value.high)
    if pd.isna(low) or pd.isna(high):
        return None
    unit = value.unit if isinstance(value.unit, str) else ""
    if value.kind == "date" or not unit:
        return Bounds(low, high, value.kind, value.kind != "quantity")
    (least, base), (most, _) = in_base_unit(low, unit), in_base_unit(high, unit)
    return Bounds(least, most, base, is_measure(unit) or value.kind != "quantity")
