"""The sections of a report, each as plain rows that the page's template sets: agreement, voices, coverage, values."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from rapidfuzz import fuzz

from helpers.language.wording import mark_words
from helpers.mentions.values.registry import find_kind, list_amounts
from helpers.report import captions, overviews
from helpers.report.evidence import Evidence, capitalise, name_speaker
from helpers.report.page_drawings import Bar, TimeAxis, draw_count, draw_lanes, draw_value, name_days
from helpers.report.show import mark_invisible

SURE = 0.6  # confidence from which a claim is shown as somebody's position
SAME_EVENT = 88  # likeness from which two statements with one date are one row, 0 to 100
SHARED_SHOWN = 320  # code points of a shared passage that are shown; its length is told
HEAD_OF_COPY = 240  # code points of a longer shared passage that are marked in the articles
MERE_WORDING = ("omission", "wording", "headline", "characterisation")  # leave the fact itself undisputed
STANCES = (("alleges", "Who puts it forward"), ("denies", "Who denies"), ("concedes", "Who concedes"))
RELATION_WORDS = {
    "supports": ("●", "says so"),
    "disputes": ("✕", "denies it"),
    "both": ("◐", "carries claim and denial"),
    "mentions": ("○", "mentions it"),
    "silent": ("·", "does not say"),
}


def list_agreement(tables: dict[str, pd.DataFrame], evidence: Evidence, most: int = 20) -> list[dict]:
    """List what at least two independent origins tell and nobody disputes, the most widely told first.

    Each row has `label, said_by, n_origins, evidence`; `said_by` names the one speaker of all its claims, if there is
    one. What has no verb of its own («the cease-fire on the campaign trail») states nothing and is left out.
    """
    relations = tables["proposition_claims"]
    shared = tables["propositions"].query("n_origins > 1")
    shared = shared[~shared["proposition_id"].isin(_find_disputed(tables))]
    shared = shared.sort_values(["n_origins", "n_claims", "proposition_id"], ascending=[False, False, True])
    rows = []
    for proposition in shared.itertuples():
        group = relations[relations["proposition_id"] == proposition.proposition_id]
        own = evidence.claims.loc[list(group["claim_id"])]
        if own["predicate"].isna().all() or len(rows) == most:
            continue
        best = group.sort_values(["score", "claim_id"], ascending=[False, True]).drop_duplicates("article_id")
        claims = [evidence.claims.loc[claim] for claim in best.sort_values("article_id")["claim_id"]]
        rows.append(
            {
                "label": _quote_label(mark_invisible(capitalise(proposition.label)), own),
                "said_by": _name_only_speaker(own),
                "n_origins": int(proposition.n_origins),
                "evidence": [evidence.describe_claim(claim) for claim in claims],
            }
        )
    return rows


def _quote_label(label: str, claims: pd.DataFrame) -> str:
    """Put what is only ever quoted in quotation marks."""
    quoted = (claims["quote_kind"] == "direct").all()
    return f"“{label.rstrip('.')}”" if quoted else label


def _name_only_speaker(claims: pd.DataFrame) -> str | None:
    """Name who alone says it, in all articles that have it; None where that is nobody, or not one and the same."""
    if claims["speaker_id"].isna().any() or claims["speaker_id"].nunique() != 1:
        return None
    return name_speaker(claims.iloc[0])


def _find_disputed(tables: dict[str, pd.DataFrame]) -> set[str]:
    """Find the propositions that somebody disputes: by their own claims, or because their claims are evidence in a conflict."""
    relations, found = tables["proposition_claims"], tables["disagreements"]
    disputed = set(relations[relations["relation"] == "disputes"]["proposition_id"])
    conflicted = set(found[found["kind"] != "omission"]["proposition_id"].dropna())
    sharp = found[~found["kind"].isin(MERE_WORDING)][["disagreement_id"]]
    evidence = set(tables["disagreement_sides"].merge(sharp)["claim_id"].dropna())
    return disputed | conflicted | set(relations[relations["claim_id"].isin(evidence)]["proposition_id"])


def list_voices(tables: dict[str, pd.DataFrame], evidence: Evidence) -> list[dict]:
    """List who puts forward, denies or concedes what, by speaker: the dispute as the sources carry it.

    What stands on the two sides of a denial belongs here whatever its verb: «she said it did not» denies too.
    """
    claims = evidence.claims
    denials = tables["disagreements"].query("kind == 'denial'")[["disagreement_id"]]
    sides = tables["disagreement_sides"].merge(denials)
    contested = {
        stance: set(sides[sides["side"] == side]["claim_id"].dropna())
        for stance, side in (("alleges", "a"), ("denies", "b"))
    }
    groups = []
    for stance, heading in STANCES:
        own = (claims["stance"] == stance) & (claims["confidence"] >= SURE)
        chosen = claims[own | (claims["claim_id"].isin(contested.get(stance, set())) & claims["speaker"].notna())]
        speakers: dict[str, list[dict]] = defaultdict(list)
        for _, claim in chosen.sort_values(["article_id", "start", "end"]).iterrows():
            speakers[name_speaker(claim)].append(evidence.describe_claim(claim))
        ordered = sorted(speakers.items(), key=lambda item: (-len({c["source"] for c in item[1]}), item[0]))
        if ordered:
            groups.append({"heading": heading, "speakers": [{"name": n, "claims": c} for n, c in ordered]})
    return groups


def tabulate_coverage(tables: dict[str, pd.DataFrame], read: pd.DataFrame, evidence: Evidence) -> dict:
    """Tabulate which source says, denies or does not say each shared statement: a row a statement, a column a source."""
    coverage = overviews.measure_coverage(tables["propositions"], tables["proposition_claims"], read)
    rows = []
    for _, group in coverage.groupby("rank", sort=True):
        cells = []
        for row in group.itertuples():
            sign, words = RELATION_WORDS[row.relation]
            claim = evidence.claims.loc[row.claim_id] if isinstance(row.claim_id, str) else None
            place = None if claim is None else evidence.find_place(row.article_id, claim["start"], claim["end"])
            cells.append({"sign": sign, "words": words, "relation": row.relation, "place": place})
        rows.append({"label": mark_invisible(capitalise(group["label"].iloc[0])), "cells": cells})
    signs = [RELATION_WORDS[name] for name in RELATION_WORDS if name in set(coverage["relation"])]
    return {"rows": rows, "alt": captions.describe_coverage(coverage), "legend": signs}


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
        pieces = evidence.set_in_context(row, evidence.claims.loc[row.claim_id])
        told = {
            "source": evidence.names[row.article_id],
            "place": evidence.find_place(row.article_id, row.start, row.end),
        }
        days = name_days(row.date_start, row.date_end)
        same = next((r for r in rows if r["days"] == days and fuzz.ratio(r["event"], row.event) >= SAME_EVENT), None)
        if same:
            same["told"].append(told)
        else:
            rows.append({"days": days, "event": row.event, "pieces": pieces, "told": [told]})
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
        if find_kind(kind).grouped_by and len(values) > 1 and max(value["high"] for value in values) > 0:
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
    told = {
        "source": evidence.names[row.article_id],
        "text": mark_invisible(row.text),
        "statement": evidence.set_in_context(row, evidence.claims.loc[row.claim_id]),
        "place": evidence.find_place(row.article_id, row.start, row.end),
    }
    key = tuple(None if pd.isna(number) else float(number) for number in (row.low, row.high, row.value))
    same = next((value for value in values if value["key"] == key and key != (None, None, None)), None)
    if same is None:
        low, high = _bound(*key)
        values.append({"key": key, "text": told["text"], "low": low, "high": high, "told": [told]})
    elif all((other["source"], other["statement"]) != (told["source"], told["statement"]) for other in same["told"]):
        same["told"].append(told)


def _bound(low: float | None, high: float | None, value: float | None) -> tuple[float, float]:
    """Bound what is drawn of an amount: an open end is drawn a little beyond what is said."""
    if low is None and high is None:
        return (value or 0.0, value or 0.0)
    return (low or 0.0, high if high is not None else 1.15 * (low or 0.0))


def _sources(values: list[dict]) -> set[str]:
    return {told["source"] for value in values for told in value["told"]}


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


def tabulate_speakers(tables: dict[str, pd.DataFrame], read: pd.DataFrame, evidence: Evidence, excerpts: str) -> dict:
    """Tabulate how many statements of each speaker each source gives, with the statements; with `spans` only quoted ones."""
    counts = overviews.count_quoted_speakers(tables["claims"], read)
    if counts.empty:
        return {"rows": [], "alt": captions.describe_quoted_speakers(counts)}
    most = int(counts["n_claims"].max())
    rows = []
    for speaker, group in counts.groupby("speaker_name", sort=False):
        given = dict(zip(group["article_id"], group["n_claims"], strict=True))
        cells = [
            {"count": int(given[a]), "svg": draw_count(int(given[a]), most)} if a in given else None
            for a in read["article_id"]
        ]
        claims = evidence.claims[evidence.claims["speaker_name"] == speaker].sort_values(["article_id", "start", "end"])
        if excerpts == "spans":
            claims = claims[claims["quote_kind"].isin(["direct", "mixed"])]
        rows.append(
            {
                "name": mark_invisible(capitalise(speaker)),
                "cells": cells,
                "claims": [evidence.describe_claim(claim) for _, claim in claims.iterrows()],
            }
        )
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
    rows = [_describe_shared(row, evidence, excerpts) for row in reuse.head(20).itertuples()]
    return {"svg": draw_lanes(lanes, ticks, alt, dots=False), "alt": alt, "rows": rows}


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
        "a": evidence.names[row.article_a],
        "b": evidence.names[row.article_b],
        "place_a": evidence.find_place(row.article_a, row.start_a, ends[0]),
        "place_b": evidence.find_place(row.article_b, row.start_b, ends[1]),
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


def list_omissions(findings: list[dict], propositions: pd.DataFrame) -> list[dict]:
    """List what each source leaves out: a group a source, the longest list first."""
    labels = propositions.set_index("proposition_id")["label"]
    groups: dict[str, list[dict]] = defaultdict(list)
    for finding in findings:
        silent = [piece["source"] for side in finding["sides"] for piece in side["evidence"] if piece["pieces"] is None]
        told = [side for side in finding["sides"] if any(piece["pieces"] for piece in side["evidence"])]
        having = {piece["source"] for side in told for piece in side["evidence"]}
        label = mark_invisible(capitalise(labels.get(finding["topic"], finding["explanation"])))
        for number, source in enumerate(silent):
            anchor = None if number else finding["anchor"]
            groups[source].append({**finding, "sides": told, "anchor": anchor, "label": label, "n_told": len(having)})
    return [
        {"source": name, "findings": rows} for name, rows in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    ]
