"""Measure the engine by what people reviewed: of the findings and claims that a person judged, how much holds, and what was wrong.

    reviews.py [FOLDER ...]

FOLDER is a story with its articles and `review.jsonl`; without any, every story under data/raw that has one. Each is taken through the stages
without its reviews, and what people said is compared with what the engine made. A finding holds where it was confirmed, or corrected in weight only;
one that was added was missed. Precision counts what was judged and nothing else: whoever judges chooses what to look at.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse
from helpers.reviews import read_reviews
from helpers.reviews.findings import review_findings
from helpers.reviews.form import ADD_CLAIM, ADD_FINDING, CONFIRM, DISMISS, NO_CLAIM
from helpers.reviews.held import list_held
from helpers.store.journal import NAME

ROOT = Path(__file__).resolve().parents[1]
HOLDS = {CONFIRM: "right", "severity": "right", "kind": "wrong kind", DISMISS: "wrong", ADD_FINDING: "missed"}
FIELDS = ("speaker", "stance", "modality", "negated", "value", NO_CLAIM, ADD_CLAIM)


def judge_findings(made: dict[str, pd.DataFrame], reviews: pd.DataFrame) -> Counter:
    """Count the findings that a person judged, by kind and what was said; the last word on each counts."""
    rest = (made["disagreements"], made["disagreement_sides"], reviews, made["claims"], made["articles"])
    told = review_findings(*rest)[2].set_index(reviews.index)
    engine = set(made["disagreements"]["disagreement_id"])
    verdicts: dict[str, tuple[str, str]] = {}
    for one in list_held(reviews, "finding"):
        key, kind = told.at[one.index, "disagreement_id"], (one.body.get("finding") or one.value)["kind"]
        if isinstance(key, str):
            word = HOLDS[one.action] if key in engine or one.action == ADD_FINDING else "missed"
            before = verdicts.get(key, (kind, ""))[1]
            verdicts[key] = (kind, before if (word, before) == ("right", "wrong kind") else word)
    return Counter(verdicts.values())


def judge_claims(reviews: pd.DataFrame) -> Counter:
    """Count what was wrong with claims, by what a person set right."""
    return Counter(one.action for one in list_held(reviews, "claim") if one.action in FIELDS)


def print_report(findings: Counter, claims: Counter) -> None:
    """Print precision by kind, and the errors."""
    kinds = sorted({kind for kind, _ in findings})
    rows = {kind: {word: findings[kind, word] for word in ("right", "wrong kind", "wrong", "missed")} for kind in kinds}
    table = (
        pd.DataFrame.from_dict(rows, orient="index")
        .reindex(columns=["right", "wrong kind", "wrong", "missed"])
        .fillna(0)
        .astype(int)
    )
    table.loc["all"] = table.sum()
    judged = table[["right", "wrong kind", "wrong"]].sum(axis=1)
    table["precision"] = (table["right"] / judged).where(judged > 0).round(2)
    print("Findings that a person judged\n", table.to_string(na_rep="-"), sep="")
    print("Errors in claims:", ", ".join(f"{name} {count}" for name, count in claims.most_common()) or "none told")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*")
    given = parser.parse_args().folders
    folders = given or [path.parent for path in sorted((ROOT / "data" / "raw").glob(f"*/{NAME}"))]
    if not folders:
        print(f"no story under data/raw has a {NAME}: review one at the desk, or name a folder")
        return 0
    warnings.simplefilter("ignore")
    findings, claims = Counter(), Counter()
    for folder in folders:
        articles = read_articles(folder).assign(story=folder.name)
        reviews = read_reviews(folder, articles)
        findings += judge_findings(analyse(articles), reviews)
        claims += judge_claims(reviews)
        print(f"{folder.name}: {len(reviews)} reviews, {int(reviews['state'].eq('orphan').sum())} without a place")
    print_report(findings, claims)
    return 0


if __name__ == "__main__":
    sys.exit(main())
