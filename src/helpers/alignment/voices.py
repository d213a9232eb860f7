"""In whose voice each claim of a proposition stands, how many voices that makes, and whether a denial or a value parts them."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from helpers import tables

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
    values = mentions[mentions["kind"].isin(tables.VALUE_KINDS) & mentions["claim_id"].isin(members["claim_id"])]
    given = {claim: list(rows.itertuples()) for claim, rows in values.groupby("claim_id", sort=True)}
    found = set()
    for proposition, group in members.groupby("proposition_id", sort=True):
        held = [(row.article_id, given[row.claim_id]) for row in group.itertuples() if row.claim_id in given]
        if any(a != b and have_other_values(one, other) for (a, one), (b, other) in combinations(held, 2)):
            found.add(proposition)
    return found


def have_other_values(one: list, other: list) -> bool:
    """Say whether two claims give values of one kind and measure of which none can be the other's, rows of `mentions`."""
    for kind in {value.kind for value in one} & {value.kind for value in other}:
        mine, theirs = ([value for value in values if value.kind == kind] for values in (one, other))
        alone = len(mine) == len(theirs) == 1
        pairs = [(a, b) for a in mine for b in theirs if _bound(a) and _bound(b) and (alone or a.unit == b.unit)]
        if pairs and not any(_overlap(_bound(a), _bound(b)) for a, b in pairs):
            return True
    return False


def _bound(value) -> tuple | None:
    """Give the least and the most that a value can be; None where its words leave that open on a side."""
    low, high = (value.date_start, value.date_end) if value.kind == "date" else (value.low, value.high)
    return None if pd.isna(low) or pd.isna(high) else (low, high)


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
