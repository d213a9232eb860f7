"""The sections of a report, each as plain rows that the page's template sets: coverage, values, voices, what each alone tells."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from rapidfuzz import fuzz

from helpers.language.wording import mark_words
from helpers.mentions.values.registry import list_amounts
from helpers.report import overviews
from helpers.report.drawn import captions, layouts
from helpers.report.drawn.page_drawings import draw_count, draw_lanes, draw_value
from helpers.report.evidence import Evidence, cut
from helpers.report.show import mark_invisible
from helpers.report.statements import VOICE_LOOK, list_compared
from helpers.report.wording import capitalise

SAME_EVENT = 88  # likeness from which two statements with one date are one row, 0 to 100
SHARED_SHOWN = 180  # code points of a shared passage that are shown; its length is told
HEAD_OF_COPY = 150  # code points of a longer shared passage that are marked in the articles
STATEMENTS = 30  # shared statements that the matrix has room for; the others stand in the tables
LABEL, EVENT, ITEM = 90, 84, 72  # code points of a statement in the matrix, beside a date, in a list
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
    """Draw when things happened, a lane a source and a figure a kind of date, and list each as a chronology."""
    alt = captions.describe_timeline(tables["timeline"], read)
    figures = [
        {
            "heading": lanes.heading,
            "svg": draw_lanes(lanes.list_lanes(), lanes.ticks, layouts.describe_lanes(lanes)),
            "alt": layouts.describe_lanes(lanes),
            "rows": _list_events([mark for mark in lanes.marks if not mark.background], evidence),
            "background": _list_events([mark for mark in lanes.marks if mark.background], evidence),
        }
        for lanes in layouts.lay_out_timeline(tables["timeline"], tables["mentions"], read)
    ]
    return {"figures": figures, "alt": alt}


def _list_events(marks: list[layouts.Mark], evidence: Evidence) -> list[dict]:
    """List dated statements in their order; the same statement in several sources is one row, and so is a day told alike."""
    rows: list[dict] = []
    for mark in marks:
        claim = evidence.claims.loc[mark.claim_id]
        same = next(
            (
                r
                for r in rows
                if r["days"] == mark.name and fuzz.token_set_ratio(r["event"], claim["text"]) >= SAME_EVENT
            ),
            None,
        )
        if same is None:
            pieces = evidence.show_value(mark.article_id, mark.start, mark.end, claim, EVENT)
            same = {"days": mark.name, "event": claim["text"], "pieces": pieces, "told": []}
            rows.append(same)
        same["told"].append(evidence.tell(mark.article_id, mark.start, mark.end))
    return rows


def tabulate_amounts(tables: dict[str, pd.DataFrame], read: pd.DataFrame, evidence: Evidence) -> dict:
    """Tabulate the amounts by what they measure: those that several sources give differently as bars, the others in a list."""
    amounts = overviews.list_amounts(tables["mentions"], tables["claims"], read)
    groups, others = layouts.group_amounts(amounts)
    compared = [{"heading": group.heading, "values": _list_values(group.rows, evidence)} for group in groups]
    for group in compared:
        most = max(value["high"] for value in group["values"])
        for value in group["values"]:
            value["svg"] = draw_value(value["low"], value["high"], most)
    alone = [
        {"heading": kind.heading, "values": _list_values(others[others["kind"] == kind.name], evidence)}
        for kind in list_amounts()
        if (others["kind"] == kind.name).any()
    ]
    return {"compared": compared, "others": alone, "alt": layouts.describe_amounts(amounts)}


def _list_values(rows: pd.DataFrame, evidence: Evidence) -> list[dict]:
    """List values with the sources that give them, the least first; the same value in several sources is one row."""
    values: list[dict] = []
    for row in rows.itertuples():
        told = evidence.tell(row.article_id, row.start, row.end)
        low, high = layouts.scale_amount(row)
        key = (row.kind, row.unit, low, high) if high else (row.text,)
        same = next((value for value in values if value["key"] == key), None)
        if same is None:
            statement = evidence.show_value(row.article_id, row.start, row.end, evidence.claims.loc[row.claim_id], ITEM)
            same = {
                "key": key,
                "text": mark_invisible(row.text),
                "low": low,
                "high": high,
                "statement": statement,
                "told": [],
            }
            values.append(same)
        if all(other["number"] != told["number"] for other in same["told"]):
            same["told"].append(told)
    return sorted(values, key=lambda value: (value["low"], value["high"], value["text"]))


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
    lanes = layouts.lay_out_shared_text(reuse, read)
    rows = [_describe_shared(row, evidence, excerpts) for row in reuse.head(10).itertuples()]
    svg = draw_lanes(lanes.list_lanes(), lanes.ticks, alt, dots=False)
    return {"svg": svg, "alt": alt, "rows": rows, "more": max(0, len(reuse) - 10)}


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
