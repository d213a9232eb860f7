"""Put a statement to every source: who supports it, who disputes it, who speaks of it, who is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.alignment import is_denial, score_pairs
from helpers.lexicons import lexicon_index
from helpers.syntax import NEGATIONS

SPEAKS_TO = 0.8  # likeness from which a claim speaks to the statement
TOUCHES = 0.55  # likeness from which it is at least about it
COLUMNS = ("article_id", "relation", "score", "start", "end", "text")


def judge(question: str, articles: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Judge how each article stands to a statement: `article_id, relation, score, start, end, text`, a row an article.

    `relation` is supports, disputes, discusses or silent; the span is the claim that shows it. The nearest claims
    decide: one that denies or negates what the statement says disputes it, one that only reports or doubts
    discusses it.
    """
    read = articles[articles["text"].str.strip() != ""].sort_values("article_id", kind="stable")
    if claims.empty:
        return pd.DataFrame([_silent(article) for article in read["article_id"]], columns=list(COLUMNS))
    pairs = np.column_stack([np.zeros(len(claims), dtype=int), np.arange(1, len(claims) + 1)])
    near = claims.assign(likeness=score_pairs([question, *claims["text"]], pairs))
    negated = is_negative(question)
    rows = []
    for article in read["article_id"]:
        own = near[near["article_id"] == article].sort_values(["likeness", "claim_id"], ascending=[False, True])
        rows.append(_judge_article(article, own.head(5), negated))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def judge_all(
    questions: Sequence[str], articles: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """Judge several statements: the columns of `judge` behind `question`."""
    answers = [judge(question, articles, claims, mentions).assign(question=question) for question in questions]
    if not answers:
        return pd.DataFrame(columns=["question", *COLUMNS])
    return pd.concat(answers, ignore_index=True)[["question", *COLUMNS]]


def is_negative(statement: str) -> bool:
    """Say whether a statement is itself a negative one."""
    words = re.findall(r"n['’]t\b|\w+", statement.casefold())
    return any(word.replace("’", "'") in NEGATIONS for word in words) or any(
        lexicon_index("reporting_verbs").get(word.removesuffix("s"), {}).get("stance") == "denies" for word in words
    )


def _silent(article: str) -> dict:
    return {"article_id": article, "relation": "silent", "score": 0.0, "start": None, "end": None, "text": None}


def _judge_article(article: str, nearest: pd.DataFrame, negated: bool) -> dict:
    if nearest.empty or nearest.iloc[0]["likeness"] < TOUCHES:
        return _silent(article)
    speaking = nearest[nearest["likeness"] >= SPEAKS_TO]
    denying = speaking[[is_denial(claim) != negated for _, claim in speaking.iterrows()]]
    if len(speaking) == 0:
        relation, claim = "discusses", nearest.iloc[0]
    elif len(denying):
        relation, claim = "disputes", denying.iloc[0]
    else:
        claim = speaking.iloc[0]
        relation = "supports" if claim["modality"] == "fact" else "discusses"
    return {
        "article_id": article, "relation": relation, "score": round(float(claim["likeness"]), 4),
        "start": int(claim["start"]), "end": int(claim["end"]), "text": claim["text"],
    }  # fmt: skip
