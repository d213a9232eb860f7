"""The tables that lie on the desk: findings, claims, speakers, articles and reviews, each with ids as its index."""

from __future__ import annotations

import pandas as pd

from helpers.language.invisible import mark_invisible
from helpers.report.ranking import rank_findings
from helpers.report.wording import KIND_WORDS
from helpers.reviews.form import WITHDRAW
from helpers.reviews.listing import tell_action
from helpers.store.publishers import name_sources

Tables = dict[str, pd.DataFrame]


def list_findings(tables: Tables) -> pd.DataFrame:
    """List the findings in the order of the page: `kind, weight, finding, sources, review`."""
    names, sides = name_sources(tables["articles"]), tables["disagreement_sides"]
    ranked = rank_findings(tables["disagreements"], sides, tables["articles"])
    sources = sides.groupby("disagreement_id")["article_id"].agg(
        lambda own: ", ".join(names[key] for key in own.unique())
    )
    rows = {
        "kind": ranked["kind"].map(KIND_WORDS), "weight": ranked["severity"], "finding": ranked["explanation"],
        "sources": ranked["disagreement_id"].map(sources), "review": ranked["review"],
    }  # fmt: skip
    return _show(pd.DataFrame(rows), ranked["disagreement_id"])


def list_claims(tables: Tables) -> pd.DataFrame:
    """List the claims in the order of the texts: `source, speaker, statement, stance, modality, negated, review`."""
    claims, names = tables["claims"], name_sources(tables["articles"])
    rows = {
        "source": claims["article_id"].map(names), "speaker": claims["speaker_name"].fillna(claims["speaker"]),
        "statement": claims["text"], "stance": claims["stance"], "modality": claims["modality"],
        "negated": claims["negated"].map({True: "not", False: ""}), "review": claims["review"],
    }  # fmt: skip
    return _show(pd.DataFrame(rows), claims["claim_id"])


def list_speakers(tables: Tables) -> pd.DataFrame:
    """List the speakers, the most quoted first: `speaker, for, statements, sources`."""
    names = name_sources(tables["articles"])
    said = tables["claims"].dropna(subset=["speaker_name", "source_start"])
    rows = [
        {
            "speaker": name, "for": ", ".join(own["speaker_for"].dropna().unique()), "statements": str(len(own)),
            "sources": ", ".join(names[key] for key in own["article_id"].unique()),
        }
        for name, own in said.groupby("speaker_name")
    ]  # fmt: skip
    rows = sorted(rows, key=lambda row: (-int(row["statements"]), row["speaker"]))
    return _show(
        pd.DataFrame(rows, columns=["speaker", "for", "statements", "sources"]), [row["speaker"] for row in rows]
    )


def list_articles(tables: Tables) -> pd.DataFrame:
    """List the articles: `article, publisher, published, title`."""
    articles = tables["articles"]
    rows = {
        "article": articles["article_id"], "publisher": articles["source"], "published": articles["published"].dt.strftime("%Y-%m-%d"),
        "title": articles["title"],
    }  # fmt: skip
    return _show(pd.DataFrame(rows), articles["article_id"])


def list_reviews(tables: Tables) -> pd.DataFrame:
    """List the reviews, the latest first: `what, words, why, who, state, reason`."""
    reviews = tables["reviews"].sort_values("line", ascending=False)
    reviews = reviews[reviews["action"] != WITHDRAW]
    rows = {
        "what": [tell_action(row) for row in reviews.itertuples()], "words": reviews["exact"], "why": reviews["why"],
        "who": reviews["creator"], "state": reviews["state"], "reason": reviews["reason"],
    }  # fmt: skip
    return _show(pd.DataFrame(rows, index=reviews.index), reviews["review_id"])


def _show(rows: pd.DataFrame, index) -> pd.DataFrame:
    """Make cells texts that are safe to look at, with ids as the index."""
    shown = rows.astype(object).map(
        lambda cell: mark_invisible(" ".join(str(cell).split())) if isinstance(cell, str) else ""
    )
    return shown.set_axis(pd.Index(list(index), name="id"), axis="index")
