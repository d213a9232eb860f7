"""The one order of the stages: articles in, every table of the contract out. Archive, tests and benchmarks go through it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers import tables
from helpers.alignment import align_claims, relate_claims
from helpers.claims import extract_claims
from helpers.disagreements import find_disagreements
from helpers.mentions import find_mentions
from helpers.passages import split_passages
from helpers.readings import merge_findings
from helpers.report.overviews import build_timeline, compare_pairs
from helpers.reuse import find_changes, find_origins, find_shared_passages

Tables = dict[str, pd.DataFrame]


def extract(made: Tables) -> Tables:
    """Take out of `articles` what each says, as notebooks 01 and 02 do: `passages, claims, mentions`."""
    articles = made["articles"]
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    return {"passages": passages, "claims": claims, "mentions": find_mentions(claims, articles)}


def find_copies(made: Tables) -> Tables:
    """Find who copied whom, as notebook 03 does first: `text_reuse, origins, changes`."""
    articles, passages = made["articles"], made["passages"]
    reuse = find_shared_passages(articles, passages)
    origins = find_origins(articles, passages, reuse)
    return {"text_reuse": reuse, "origins": origins, "changes": find_changes(articles, passages, origins)}


def align(made: Tables) -> Tables:
    """Bring together what speaks to one thing, as notebook 03 does then: `propositions, proposition_claims`."""
    propositions, relations = align_claims(
        made["claims"], made["mentions"], articles=made["articles"], origins=made["origins"]
    )
    return {"propositions": propositions, "proposition_claims": relations}


def set_side_by_side(made: Tables) -> Tables:
    """Set claims of different articles side by side, as notebook 03 does in between: `claim_pairs`."""
    return {"claim_pairs": relate_claims(made["claims"], made["mentions"])}


def compare(made: Tables) -> Tables:
    """Set the sources side by side, as notebook 04 does where nobody else read: all tables that it writes."""
    articles, claims, mentions, relations = (
        made[name] for name in ("articles", "claims", "mentions", "proposition_claims")
    )
    found, sides = find_disagreements(
        articles, made["passages"], claims, mentions, made["propositions"], relations, made["origins"]
    )
    readings = tables.conform([], "readings")
    found, sides = merge_findings(found, sides, readings, articles, claims)
    return {
        "disagreements": found,
        "disagreement_sides": sides,
        "readings": readings,
        "timeline": build_timeline(claims, mentions, articles),
        "source_pairs": compare_pairs(articles, relations, sides, made["text_reuse"]),
    }


# By the name under which a failure is told. The first takes many stories at once, each of the others one.
STEPS: dict[str, Callable[[Tables], Tables]] = {
    "claims": extract,
    "shared text": find_copies,
    "claim pairs": set_side_by_side,
    "alignment": align,
    "comparison": compare,
}


def analyse(articles: pd.DataFrame, until: str = "comparison") -> Tables:
    """Take the articles of one story through the steps, the one named `until` being the last: each table by its name."""
    made = {"articles": articles}
    for name, step in STEPS.items():
        made |= step(made)
        if name == until:
            break
    return made
