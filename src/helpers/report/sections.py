"""The sections of a report, each as plain rows that the page's template sets: coverage, values, voices, what each alone tells."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from rapidfuzz import fuzz

from helpers.language.wording import mark_words
from helpers.mentions.values.registry import find_kind, list_amounts
from helpers.report import captions, overviews
from helpers.report.evidence import Evidence, cut
from helpers.report.page_drawings import Bar, TimeAxis, draw_count, draw_lanes, draw_value, name_days
from helpers.report.show import mark_invisible
from helpers.report.statements import VOICE_LOOK, list_compared
from helpers.report.wording import capitalise

SAME_EVENT = 88  # likeness from which two statements with one date are one row, 0 to 100
SHARED_SHOWN = 180  # code points of a shared passage that are shown; its length is told
HEAD_OF_COPY = 150  # code points of a longer shared passage that are marked in the articles
STATEMENTS = 30  # shared statements that the matrix has room for; the others stand in the tables
LABEL, EVENT, ITEM = 100, 90, 84  # code points of a statement in the matrix, beside a date, in a list
FEW, EACH = 6, 2  # sources up to which so much is listed of what each alone tells and lacks; else one thing of either
STATUS_WORDS = {"undisputed": "", "disputed": "disputed", "differing": "values differ"}


def tabulate_coverage(coverage: pd.DataFrame, evidence: Evidence) -> dict:
    """Tabulate which source tells each shared statement, and in whose voice: a row a statement, a column a source."""
    rows = []
    for _, group in coverage[coverage["rank"] <= STATEMENTS].groupby("rank", sort=True):
        first = group.iloc[0]
        label = evidence.label_statement(group) or first["label"]
        rows.append({
            "label": cut(mark_invisible(capitalise(label)), LABEL),
            "status": STATUS_WORDS[first["status"]],
            "cells": [_describe_cell(row, evidence) for row in group.itertuples()],
        })  # fmt: skip
    signs = [look for name, look in VOICE_LOOK.items() if name in set(coverage["voice"])]
    more = max(0, coverage["rank"].max() - STATEMENTS) if len(coverage) else 0
    return {"rows": rows, "more": int(more), "alt": captions.describe_coverage(coverage), "legend": signs}


def _describe_cell(row, evidence: Evidence) -> dict:
    sign, words = VOICE_LOOK[row.voice]
    claim = evidence.claims.loc[row.claim_id] if isinstance(row.claim_id, str) else None
    place = None if claim is None else evidence.find_place(row.article_id, claim["start"], claim["end"])
    value = mark_invisible(row.value) if isinstance(row.value, str) else None
    return {"sign": sign, "words": words, "voice": row.voice.replace(" ", "-"), "place": place, "value": value}


def draw_timeline(tables: dict[str, pd.DataFrame], read: pd.DataFrame, evidence: Evidence) -> dict:
    """Draw the dates that each source gives, a lane a source, and list them as a chronology."""
    timeline = tables["timeline"]
    alt = captions.describe_timeline(timeline, read)
    if timeline.empty:
        return {"svg": None, "alt": alt, "rows": []}
    axis = TimeAxis(timeline["date_start"], timeline["date_end"])
    lanes = []
    for article, rows in timeline.groupby("article_id", sort=True):
        bars = [
            Bar(*axis.span(row.date_start, row.date_end), f"{name_days(row.date_start, row.date_end)}: {mark_invisible(row.event)}")
            for row in rows.itertuples()
        ]  # fmt: skip
        lanes.append((f"{evidence.places.numbers[article]}  {evidence.names[article]}", bars))
    return {"svg": draw_lanes(lanes, axis.ticks(), alt), "alt": alt, "rows": _list_events(timeline, evidence)}


def _list_events(timeline: pd.DataFrame, evidence: Evidence) -> list[dict]:
    """List dated statements in order of time; the same statement in several sources is one row."""
    rows: list[dict] = []
    for row in timeline.itertuples():
        days = name_days(row.date_start, row.date_end)
        same = next((r for r in rows if r["days"] == days and fuzz.ratio(r["event"], row.event) >= SAME_EVENT), None)
        if same is None:
            pieces = evidence.show_statement(evidence.claims.loc[row.claim_id], EVENT)
            same = {"days": days, "event": row.event, "pieces": pieces, "told": []}
            rows.append(same)
        same["told"].append(evidence.tell(row.article_id, row.start, row.end))
    return rows


def tabulate_amounts(tables: dict[str, pd.DataFrame], read: pd.DataFrame, evidence: Evidence) -> dict:
    """Tabulate the amounts by what they measure: those that vary as bars, the others in a list."""
    amounts = overviews.list_amounts(tables["mentions"], tables["claims"], read)
    groups: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in amounts.itertuples():
        _add_amount(groups[row.kind, _find_measure(row)], row, evidence)
    compared, others = [], {}
    for (kind, measure), values in groups.items():
        group = {"heading": _head_amounts(kind, measure), "values": values, "kind": kind}
        several = len(values) > 1 and len(_sources(values)) > 1 and max(value["high"] for value in values) > 0
        if find_kind(kind).grouped_by and several:
            compared.append(group)
        else:
            others.setdefault(kind, []).extend(values)
    heads = {kind.name: kind.heading for kind in list_amounts()}
    compared.sort(
        key=lambda group: (-len(_sources(group["values"])), list(heads).index(group["kind"]), group["heading"])
    )
    for group in compared:
        most = max(value["high"] for value in group["values"])
        for value in group["values"]:
            value["svg"] = draw_value(value["low"], value["high"], most)
    alone = [{"heading": head, "values": others[kind]} for kind, head in heads.items() if kind in others]
    return {"compared": compared, "others": alone, "alt": captions.describe_amounts(amounts)}


def _add_amount(values: list[dict], row, evidence: Evidence) -> None:
    told = evidence.tell(row.article_id, row.start, row.end)
    key = tuple(None if pd.isna(number) else float(number) for number in (row.low, row.high, row.value))
    same = next((value for value in values if value["key"] == key and key != (None, None, None)), None)
    if same is None:
        low, high = _bound(*key)
        statement = evidence.show_statement(evidence.claims.loc[row.claim_id], ITEM)
        values.append(
            {
                "key": key,
                "text": mark_invisible(row.text),
                "low": low,
                "high": high,
                "statement": statement,
                "told": [told],
            }
        )
    elif all(other["number"] != told["number"] for other in same["told"]):
        same["told"].append(told)


def _bound(low: float | None, high: float | None, value: float | None) -> tuple[float, float]:
    """Bound what is drawn of an amount: an open end is drawn a little beyond what is said."""
    if low is None and high is None:
        return (value or 0.0, value or 0.0)
    return (low or 0.0, high if high is not None else 1.15 * (low or 0.0))


def _sources(values: list[dict]) -> set[int]:
    return {told["number"] for value in values for told in value["told"]}


def _find_measure(row) -> str:
    """Find the measure under which an amount stands with others on one scale."""
    unit = row.unit if isinstance(row.unit, str) else ""
    by = find_kind(row.kind).grouped_by
    if by == "unit" and unit:
        return unit
    return (row.scope if isinstance(row.scope, str) else unit).casefold() if by else ""


def _head_amounts(kind: str, measure: str) -> str:
    known = find_kind(kind)
    headed = known.measured_heading if measure else ""
    return headed.format(mark_invisible(measure)) or known.heading


def tabulate_speakers(tables: dict[str, pd.DataFrame], read: pd.DataFrame, evidence: Evidence) -> dict:
    """Tabulate how many statements of each speaker each source gives, each count leading to the first of them."""
    counts = overviews.count_quoted_speakers(tables["claims"], read)
    if counts.empty:
        return {"rows": [], "alt": captions.describe_quoted_speakers(counts)}
    most = int(counts["n_claims"].max())
    rows = []
    for speaker, group in counts.groupby("speaker_name", sort=False):
        given = dict(zip(group["article_id"], group["n_claims"], strict=True))
        own = evidence.claims[evidence.claims["speaker_name"] == speaker].sort_values(["article_id", "start", "end"])
        first = own.drop_duplicates("article_id").set_index("article_id")
        cells = [
            {"count": int(given[a]), "svg": draw_count(int(given[a]), most), "place": evidence.find_place(a, first.at[a, "start"], first.at[a, "end"])}
            if a in given else None
            for a in read["article_id"]
        ]  # fmt: skip
        rows.append({"name": mark_invisible(capitalise(speaker)), "cells": cells})
    return {"rows": rows, "alt": captions.describe_quoted_speakers(counts)}


def draw_shared_text(tables: dict[str, pd.DataFrame], read: pd.DataFrame, evidence: Evidence, excerpts: str) -> dict:
    """Draw where in each article its shared passages lie, and list the longest of them."""
    reuse = tables["text_reuse"].sort_values("n_chars", ascending=False, kind="stable")
    alt = captions.describe_shared_text(reuse, read)
    if reuse.empty:
        return {"svg": None, "alt": alt, "rows": []}
    lengths = dict(zip(read["article_id"], read["n_chars"], strict=True))
    bars: dict[str, list[Bar]] = defaultdict(list)
    for row in reuse.itertuples():
        for own, start, end, other in (
            (row.article_a, row.start_a, row.end_a, row.article_b),
            (row.article_b, row.start_b, row.end_b, row.article_a),
        ):
            whole = max(1, lengths[own])
            bars[own].append(Bar(100 * start / whole, 100 * end / whole, f"also in {evidence.names[other]}"))
    lanes = [
        (f"{evidence.places.numbers[article]}  {evidence.names[article]}", bars[article])
        for article in read["article_id"]
        if article in bars
    ]
    ticks = [(0.0, "start of the article"), (100.0, "end")]
    rows = [_describe_shared(row, evidence, excerpts) for row in reuse.head(10).itertuples()]
    return {"svg": draw_lanes(lanes, ticks, alt, dots=False), "alt": alt, "rows": rows, "more": max(0, len(reuse) - 10)}


def _describe_shared(row, evidence: Evidence, excerpts: str) -> dict:
    """Describe a shared passage; of a long one only the beginning is marked, so that a copy does not bring in a whole text."""
    length = int(row.end_a - row.start_a)
    whole = excerpts == "full" or length <= SHARED_SHOWN
    ends = [
        end if whole else start + len(evidence.texts[article][start : start + HEAD_OF_COPY].rsplit(None, 1)[0])
        for article, start, end in ((row.article_a, row.start_a, row.end_a), (row.article_b, row.start_b, row.end_b))
    ]
    text = evidence.texts[row.article_a][row.start_a : ends[0]]
    return {
        "told": [
            evidence.tell(row.article_a, row.start_a, ends[0]),
            evidence.tell(row.article_b, row.start_b, ends[1]),
        ],
        "text": mark_invisible(text if whole else f"{text} …"),
        "n_chars": length,
        "quoted": bool(getattr(row, "quoted", False)),
        "same": row.similarity >= 0.999,
    }


def list_versions(tables: dict[str, pd.DataFrame], evidence: Evidence, most: int = 20) -> list[dict]:
    """List what changed between versions of one text: what stood in the earlier one, what stands in the later one."""
    rows = []
    for row in tables["changes"].head(most).itertuples() if "changes" in tables else ():
        before, after = (mark_invisible(text) if isinstance(text, str) else "" for text in (row.text_a, row.text_b))
        marked = mark_words(before, after) if before and after else ([(before, False)], [(after, False)])
        sides = zip(
            (row.article_a, row.article_b), marked, (row.start_a, row.start_b), (row.end_a, row.end_b), strict=True
        )
        rows.append(
            [
                {
                    "source": evidence.names[article],
                    "pieces": [piece for piece in pieces if piece[0]],
                    "place": evidence.find_place(article, start, end),
                }
                for article, pieces, start, end in sides
            ]
        )
    return rows


def list_own(
    tables: dict[str, pd.DataFrame],
    read: pd.DataFrame,
    coverage: pd.DataFrame,
    findings: list[dict],
    evidence: Evidence,
) -> list[dict]:
    """List what each source alone tells and what it lacks of what several others tell, the weightiest first.

    A row a source: `number, source, n_claims, n_alone, alone, lacks`. Findings of what is left out stand among what a
    source lacks, with their anchors.
    """
    claims, beside = tables["claims"], list_compared(tables)
    weights = weigh_claims(tables)
    omitted = _list_omitted(findings, tables["propositions"])
    most = EACH if len(read) <= FEW else 1
    rows = []
    for row in read.itertuples():
        own = claims[claims["article_id"] == row.article_id]
        alone = own[~own["claim_id"].isin(beside) & ~own["opinion"]]
        ranked = alone.assign(weight=alone["claim_id"].map(weights)).sort_values(
            ["weight", "start"], ascending=[False, True]
        )
        whole = [
            claim for claim in (evidence.claims.loc[key] for key in ranked["claim_id"]) if evidence.stands_alone(claim)
        ]
        name = evidence.names[row.article_id]
        lacks = _list_lacks(row.article_id, coverage, tables["origins"], evidence, most)
        rows.append({
            "number": evidence.places.numbers[row.article_id], "source": name, "n_claims": len(own), "n_alone": len(alone),
            "alone": [_describe_alone(claim, evidence) for claim in whole[:most]],
            "lacks": [*omitted[name], *lacks[: max(0, most - len(omitted[name]))]],
        })  # fmt: skip
    return rows


def _describe_alone(claim: pd.Series, evidence: Evidence) -> dict:
    place = evidence.find_place(claim["article_id"], claim["start"], claim["end"])
    return {"pieces": evidence.show_statement(claim, ITEM), "place": place}


def weigh_claims(tables: dict[str, pd.DataFrame]) -> dict[str, float]:
    """Weigh claims by what a reader would miss: values and names in them, a place early in the article, an own voice."""
    claims, mentions = tables["claims"], tables["mentions"]
    held = mentions.drop_duplicates(["claim_id", "text"]).groupby("claim_id").size().clip(upper=4)
    lengths = (
        claims["article_id"].map(tables["articles"].set_index("article_id")["n_chars"]).astype(float).clip(lower=1)
    )
    early = 1 - claims["start"] / lengths
    weight = (
        claims["claim_id"].map(held).astype(float).fillna(0)
        + 2 * early
        + claims["speaker"].isna()
        + claims["confidence"]
    )
    return dict(zip(claims["claim_id"], weight.round(6), strict=True))


def _list_lacks(
    article: str, coverage: pd.DataFrame, origins: pd.DataFrame, evidence: Evidence, most: int
) -> list[dict]:
    """List the statements that several origins tell and an article does not, copies of it counting as itself."""
    origin_of = dict(zip(origins["article_id"], origins["origin_id"], strict=True))
    together = {other for other, origin in origin_of.items() if origin == origin_of.get(article)} | {article}
    few = 2 if len(set(origin_of.values())) <= 4 else 3
    rows = []
    for _, group in coverage.groupby("rank", sort=True):
        told = group[group["voice"] != "silent"]
        label = evidence.label_statement(group)
        if group["n_origins"].iloc[0] < few or set(told["article_id"]) & together or label is None:
            continue
        claims = [evidence.claims.loc[key] for key in told["claim_id"]]
        rows.append({
            "label": cut(mark_invisible(capitalise(label)), ITEM), "anchor": None,
            "told": [evidence.tell(c["article_id"], c["start"], c["end"]) for c in claims],
        })  # fmt: skip
        if len(rows) == most:
            break
    return rows


def _list_omitted(findings: list[dict], propositions: pd.DataFrame) -> dict[str, list[dict]]:
    """List the findings of what is left out by the source that does; one of several sources has its anchor once."""
    labels = propositions.set_index("proposition_id")["label"]
    groups: dict[str, list[dict]] = defaultdict(list)
    for finding in (f for f in findings if f["kind"] == "omission"):
        pieces = [piece for side in finding["sides"] for piece in side["evidence"]]
        told = [{"number": p["number"], "source": p["source"], "place": p["place"]} for p in pieces if p["pieces"]]
        label = cut(mark_invisible(capitalise(labels.get(finding["topic"], finding["explanation"]))), ITEM)
        for number, source in enumerate(piece["source"] for piece in pieces if piece["pieces"] is None):
            groups[source].append(
                {**finding, "label": label, "told": told, "anchor": None if number else finding["anchor"]}
            )
    return groups
