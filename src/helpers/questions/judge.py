"""Put a statement to every source: who supports it, who disputes it, who speaks of it, who is silent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from helpers import tables
from helpers.questions import bearing
from helpers.questions.asked_values import Value, compare_values
from helpers.questions.bearing import Sentence, Statement

COLUMNS = ("article_id", "relation", "score", "start", "end", "text", "speaker")
SPEAKING = ("supports", "disputes", "discusses")
UNSURE = "not sure"
RELATIONS = (*SPEAKING, UNSURE, "silent")
MOST_UNHEARD = 0.25  # share of a statement in words that no article has, above which nothing is told to support it
OPPOSITE = {"supports": "disputes", "disputes": "supports", "discusses": "discusses"}
LEAST_SURE = {
    "supports": 0.4,
    "disputes": 0.5,
}  # how sure a relation must be to be told: see benchmarks/stance_to_claim.py
OPENING = ("hedges", "reports")  # cues of a sentence that leaves a statement open
VALUE_SURE = 0.8  # how sure a relation is that rests on a date or an amount of the same event
AT_LEAST = 0.1  # how near any sentence counts to what its article is about, so that «It never happened» can be shown
FITTING = 3.0  # what it counts that a sentence shows the relation, beside how near it is


def judge(question: str, articles: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Judge how each article stands to a statement: `article_id, relation, score, start, end, text, speaker`, a row an
    article.

    `relation` is supports, disputes, discusses, not sure or silent, `score` how sure that is, in [0, 1]; the span is the sentence
    that shows it, none for a silent article. A date or an amount of the statement is compared as a value with what an
    article gives for the same event. `speaker` is whose words these are, none where they are the article's own.
    """
    return judge_all([question], articles, claims, mentions)[list(COLUMNS)]


def judge_all(
    questions: Sequence[str], articles: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """Judge several statements: the columns of `judge` behind `question`."""
    read = tables.select_read(articles).sort_values("article_id", kind="stable")
    sentences = bearing.read_sentences(read)
    texts = dict(zip(read["article_id"], read["text"], strict=True))
    rows = []
    for question in questions:
        values = compare_values(question, read, claims, mentions)
        rows += [_hold_value(row, values) for row in _judge_question(question, sentences, texts)]
    for row in rows:
        row["speaker"] = _find_speaker(row, claims)
    return pd.DataFrame(rows, columns=["question", *COLUMNS])


def lay_out_answers(answers: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Lay answers out for a reader: `question, source, relation, sentence, who says it, sure`, in the order of relations.

    A source without a name goes by its article's id; an article that says it in its own voice is told so.
    """
    names = dict(zip(articles["article_id"], articles["source"].fillna(articles["article_id"]), strict=True))
    order = {name: place for place, name in enumerate(RELATIONS)}
    asked = {question: place for place, question in enumerate(dict.fromkeys(answers["question"]))}
    silent = answers["relation"] == "silent"
    laid_out = pd.DataFrame(
        {
            "question": answers["question"],
            "source": answers["article_id"].map(names),
            "relation": answers["relation"],
            "sentence": answers["text"].fillna(""),
            "who says it": answers["speaker"].fillna("the article").mask(silent, ""),
            "sure": answers["score"].round(2).astype(object).mask(silent, ""),
        }
    )
    places = pd.DataFrame({"asked": answers["question"].map(asked), "order": answers["relation"].map(order)})
    return laid_out.loc[places.sort_values(["asked", "order"], kind="stable").index].reset_index(drop=True)


def summarise_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """Count the answers of each question, in the order asked: `question, supports, disputes, discusses, not sure,
    silent, conflict`.

    `conflict` says whether the sources contradict each other on it: some row shown supports it and another disputes it.
    """
    rows = []
    for question, own in answers.groupby("question", sort=False):
        counts = own["relation"].value_counts()
        row = {"question": question} | {name: int(counts.get(name, 0)) for name in RELATIONS}
        rows.append(row | {"conflict": is_conflict(own["relation"])})
    return pd.DataFrame(rows, columns=["question", *RELATIONS, "conflict"])


def is_conflict(relations: pd.Series) -> bool:
    """Say whether some article supports a statement and some other disputes it."""
    return {"supports", "disputes"} <= set(relations)


def _find_speaker(row: dict, claims: pd.DataFrame) -> str | None:
    """Find whose words a shown sentence holds: the speaker of its longest claim, where that has one."""
    if row["start"] is None or claims.empty:
        return None
    inside = claims[
        (claims["article_id"] == row["article_id"]) & (claims["start"] < row["end"]) & (claims["end"] > row["start"])
    ]
    if inside.empty:
        return None
    longest = inside.assign(length=inside["end"] - inside["start"]).sort_values(["length", "claim_id"]).iloc[-1]
    names = [longest[column] for column in ("speaker_name", "speaker") if column in longest]
    return next((name for name in names if isinstance(name, str) and name), None)


def _judge_question(question: str, sentences: dict[str, list[Sentence]], texts: dict[str, str]) -> list[dict]:
    statement = bearing.read_statement(question, list(sentences.values()))
    sure = weigh_relations(measure_articles(statement, sentences), load_weights(), statement)
    rows = []
    for article, own in sentences.items():
        row = {"question": question, "article_id": article, "relation": "silent", "score": 0.0}
        row |= {"start": None, "end": None, "text": None, "negative": statement.negative}
        if bearing.speaks_to(statement, own):
            relation = settle(sure.loc[article])
            relation = UNSURE if relation == "supports" and statement.unheard > MOST_UNHEARD else relation
            shown = _find_shown(statement, own, relation)
            if relation != UNSURE and not (bearing.tells(statement, own) and _shows(statement, shown, relation)):
                relation = "discusses"
                shown = _find_shown(statement, own, relation)
            row |= {
                "relation": relation,
                "score": round(float(sure.loc[article].get(relation, sure.loc[article].max())), 4),
            }
            row |= {"start": shown.start, "end": shown.end, "text": texts[article][shown.start : shown.end]}
        rows.append(row)
    return rows


def _hold_value(row: dict, values: dict[str, Value]) -> dict:
    """Let a date or amount of the same event decide, where an article gives one: the same supports, another disputes."""
    value = values.get(row["article_id"])
    if value is None:
        return row
    relation = value.relation if not row["negative"] else OPPOSITE[value.relation]
    return row | {"relation": relation, "score": VALUE_SURE, "start": value.start, "end": value.end, "text": value.text}


def settle(sure: pd.Series) -> str:
    """Settle on a relation: the likeliest; where support or dispute is not likely enough to be told, that is not sure."""
    likeliest = max(SPEAKING, key=lambda name: sure[name])
    return likeliest if sure[likeliest] >= LEAST_SURE.get(likeliest, 0.0) else UNSURE


def _find_shown(statement: Statement, sentences: list[Sentence], relation: str) -> Sentence:
    """Find the sentence that shows a relation: near the statement, and speaking for it, against it or leaving it open."""
    relation = "discusses" if relation == UNSURE else OPPOSITE[relation] if statement.negative else relation
    near = bearing.measure_nearness(statement, sentences)
    near = np.maximum(near, statement.central * bearing.spread_nearness(near)) + statement.central * AT_LEAST
    against = np.array([min(1.0, bearing.weigh_against(statement, sentence)) for sentence in sentences])
    open_ = np.array([min(1, sum(sentence.cues.get(kind, 0) for kind in OPENING)) for sentence in sentences])
    fits = {"supports": 1.0 - against - open_ / 4, "disputes": against, "discusses": open_ - against / 2}[relation]
    return sentences[int(np.argmax(np.round(near * (1.0 + FITTING * fits), 9)))]


def _shows(statement: Statement, sentence: Sentence, relation: str) -> bool:
    """Say whether a sentence bears a relation out: no support by words against a statement, no dispute without any."""
    relation = OPPOSITE[relation] if statement.negative else relation
    against = bearing.weigh_against(statement, sentence) > 0
    return relation == "discusses" or against == (relation == "disputes")


def measure_articles(statement: Statement, sentences: dict[str, list[Sentence]]) -> pd.DataFrame:
    """Measure how each article bears on a statement: one row an article, one column a measure.

    An article stands beside those that speak to the statement; the silent ones are no company.
    """
    rows = {article: bearing.measure_article(statement, own) for article, own in sentences.items()}
    measures = pd.DataFrame.from_dict(rows, orient="index")
    speaking = [bearing.speaks_to(statement, own) for own in sentences.values()]
    beside = bearing.compare_articles(measures[speaking])
    return measures.join(beside[["against_beside_others"]]).fillna({"against_beside_others": 0.0})


@cache
def load_weights() -> dict[str, dict[str, float]]:
    """Load the weights of the relations: one number a measure and relation, for a statement that says that something is so."""
    return json.loads(files("helpers.questions").joinpath("weights.json").read_text(encoding="utf-8"))["relations"]


def weigh_relations(measures: pd.DataFrame, weights: dict[str, dict[str, float]], statement: Statement) -> pd.DataFrame:
    """Weigh how surely each article supports, disputes and discusses a statement: one column each, they add up to one.

    What disputes that something is so supports that it is not.
    """
    scores = pd.DataFrame(index=measures.index)
    for name in SPEAKING:
        own = weights[OPPOSITE[name] if statement.negative else name]
        scores[name] = sum(own[measure] * measures[measure] for measure in bearing.MEASURES) + own["intercept"]
    odds = np.exp(scores.sub(scores.max(axis=1), axis=0))
    return odds.div(odds.sum(axis=1), axis=0)
