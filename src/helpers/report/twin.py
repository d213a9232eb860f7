"""The machine-readable twin of a report: every finding, statement and value with its place, and the schema that it keeps to."""

from __future__ import annotations

import json

import pandas as pd

from helpers.mentions.values import registry
from helpers.readings.taken import list_finders
from helpers.report.overviews import list_amounts
from helpers.report.ranking import rank_findings
from helpers.report.readers import has_readings, list_readers
from helpers.report.statements import list_compared, rank_statements, settle_status
from helpers.report.templates import read_part
from helpers.store.publishers import name_sources
from helpers.tables import DISAGREEMENT_KINDS

FORMAT = 1  # raised when the meaning of a field changes
SCHEMA = "report.schema.json"


def read_schema() -> dict:
    """Read the JSON Schema of `report.json`, with the kinds of findings and of amounts that there are."""
    schema = json.loads(read_part(SCHEMA))
    kinds = {"disagreements": DISAGREEMENT_KINDS, "amounts": [kind.name for kind in registry.list_amounts()]}
    for listed, names in kinds.items():
        schema["properties"][listed]["items"]["properties"]["kind"]["enum"] = list(names)
    return schema


def build_twin(tables: dict[str, pd.DataFrame], story: dict, method: dict, answers: pd.DataFrame) -> dict:
    """Build the twin of a report from all tables of a story, its description and how it was made.

    Texts stand as the articles have them; offsets refer to the articles' decoded text. Findings
    come in the order of the page; `answers` to a reader's statements, and who found what, only where there are any
    statements and readings. Holds no time and no path of the machine: the same tables give the same twin.
    """
    return {
        "$schema": SCHEMA,
        "format": FORMAT,
        "story": {key: _text(story.get(key)) for key in ("title", "about", "kind")},
        "articles": _list_articles(tables),
        "disagreements": _list_disagreements(tables),
        "propositions": _list_propositions(tables),
        "compared": {"statements": len(tables["claims"]), "beside_another": len(list_compared(tables))},
        "dates": _list_dates(tables["timeline"]),
        "amounts": _list_amounts(tables),
        "shared_text": _list_shared(tables["text_reuse"]),
        **({"answers": _list_answers(answers)} if len(answers) else {}),
        **({"readers": list_readers(tables["readings"])} if has_readings(tables) else {}),
        **method,
    }


def _list_answers(answers: pd.DataFrame) -> list[dict]:
    return [
        {
            "question": row.question,
            "article_id": row.article_id,
            "relation": row.relation,
            "score": float(row.score),
            "start": _whole(row.start),
            "end": _whole(row.end),
            "text": _text(row.text),
            "speaker": _text(row.speaker),
        }
        for row in answers.itertuples()
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(value)


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)


def _day(value: object) -> str | None:
    return None if pd.isna(value) else f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


def _list_articles(tables: dict[str, pd.DataFrame]) -> list[dict]:
    names = name_sources(tables["articles"])
    origins = tables["origins"].set_index("article_id")
    return [
        {
            "article_id": row.article_id, "name": names[row.article_id], "source": _text(row.source), "title": _text(row.title),
            "published": _day(row.published), "file": row.raw_path, "sha256": row.raw_sha256, "n_words": int(row.n_words),
            "skipped": _text(row.skipped), "origin": _text(origins["origin_id"].get(row.article_id)),
            "copy_of": _text(origins["copy_of"].get(row.article_id)),
        }
        for row in tables["articles"].itertuples()
    ]  # fmt: skip


def _list_disagreements(tables: dict[str, pd.DataFrame]) -> list[dict]:
    sides = dict(tuple(tables["disagreement_sides"].groupby("disagreement_id")))
    told = has_readings(tables)
    return [
        {
            "id": row.disagreement_id, "kind": row.kind, "severity": row.severity, "explanation": row.explanation,
            "proposition": _text(row.proposition_id), "between": _text(getattr(row, "between", None)), "central": bool(row.central),
            **({"found_by": list_finders(row.found_by)} if told else {}),
            **({"review": row.review} if isinstance(row.review, str) else {}),
            "evidence": [
                {
                    "side": side.side, "article_id": side.article_id, "start": _whole(side.start), "end": _whole(side.end),
                    "text": _text(side.text), "value": _text(side.value),
                }
                for side in sides[row.disagreement_id].itertuples()
            ],
        }
        for row in rank_findings(tables["disagreements"], tables["disagreement_sides"], tables["articles"]).itertuples()
    ]  # fmt: skip


def _list_propositions(tables: dict[str, pd.DataFrame]) -> list[dict]:
    claims = tables["claims"].set_index("claim_id")
    relations = dict(tuple(tables["proposition_claims"].groupby("proposition_id")))
    ranked = rank_statements(tables["propositions"])
    status = settle_status(ranked, tables["proposition_claims"], tables["disagreements"], tables["disagreement_sides"])
    return [
        {
            "id": row.proposition_id, "label": row.label, "n_sources": int(row.n_sources), "n_origins": int(row.n_origins),
            "n_voices": _whole(row.n_voices), "status": status[row.proposition_id],
            "claims": [
                {
                    "article_id": claim.article_id, "relation": claim.relation, "start": int(claims.at[claim.claim_id, "start"]),
                    "end": int(claims.at[claim.claim_id, "end"]), "text": claims.at[claim.claim_id, "text"],
                    "speaker": _text(claims.at[claim.claim_id, "speaker_name"]), "voice": _text(claim.voice),
                }
                for claim in relations[row.proposition_id].itertuples()
            ],
        }
        for row in ranked.itertuples()
    ]  # fmt: skip


def _list_dates(timeline: pd.DataFrame) -> list[dict]:
    return [
        {
            "article_id": row.article_id, "start": int(row.start), "end": int(row.end), "text": row.text,
            "from": _day(row.date_start), "to": _day(row.date_end), "event": row.event,
        }
        for row in timeline.itertuples()
    ]  # fmt: skip


def _list_amounts(tables: dict[str, pd.DataFrame]) -> list[dict]:
    read = tables["articles"][tables["articles"]["skipped"].isna()]
    amounts = list_amounts(tables["mentions"], tables["claims"], read).sort_values(
        ["article_id", "start", "end", "kind"]
    )
    return [
        {
            "article_id": row.article_id, "start": int(row.start), "end": int(row.end), "text": row.text, "kind": row.kind,
            "unit": _text(row.unit), "scope": _text(row.scope), "value": _number(row.value), "low": _number(row.low),
            "high": _number(row.high), "statement": _text(row.statement),
        }
        for row in amounts.itertuples()
    ]  # fmt: skip


def _list_shared(reuse: pd.DataFrame) -> list[dict]:
    return [
        {
            **{name: getattr(row, name) for name in ("article_a", "article_b")},
            **{name: int(getattr(row, name)) for name in ("start_a", "end_a", "start_b", "end_b", "n_chars")},
            "similarity": float(row.similarity),
        }
        for row in reuse.itertuples()
    ]
