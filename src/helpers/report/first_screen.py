"""The first screen: what the story asks, who claims it and who denies it, the facts that differ, what is told alike."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from rapidfuzz import fuzz

from helpers.report.evidence import Evidence, cut, is_name, name_speaker, name_voice
from helpers.report.show import mark_invisible
from helpers.report.statements import list_compared
from helpers.report.wording import (
    MODALITY_WORDS,
    capitalise,
    count,
    join,
    word_deck,
    word_question,
    word_speech,
    word_topic,
    word_voices,
)

CELL = 120  # code points of a statement that a cell shows
LABEL = 150  # code points of a statement that heads a row or a column
TAGS, OTHERS = 2, 2  # voices that a cell names, and further places that it leads to
COLUMNS = 3  # facts that stand beside each other where a story has no quarrel
FACTS, ALIKE = 5, 3  # rows of the two lists below the table
VALUED = ("date", "amount", "actor", "characterisation", "scope")  # kinds whose sides are values
VALUE = 44  # code points up to which a side's value can stand for the side


def describe_first_screen(
    tables: dict[str, pd.DataFrame],
    read: pd.DataFrame,
    findings: list[dict],
    coverage: pd.DataFrame,
    evidence: Evidence,
) -> dict:
    """Describe the first screen: `deck, table, facts, alike, footer`; `findings` come in their order."""
    central = findings[0] if findings and findings[0]["central"] else None
    facts = list_facts(tables["disagreement_sides"], findings, evidence)
    if central:
        sides = tables["disagreement_sides"]
        table = lay_out_quarrel(sides[sides["disagreement_id"] == central["anchor"]], read, evidence)
        table["anchor"] = central["anchor"]
        opening = table.pop("deck")
    else:
        table = lay_out_facts(coverage, evidence)
        opening = _word_widest(table, coverage, len(read))
    return {
        "deck": opening,
        "differ": [{"words": fact["topic"], "anchor": fact["anchor"]} for fact in facts[:FACTS]],
        "table": table,
        "facts": facts,
        "alike": list_alike(coverage, evidence),
        "footer": list_footer(tables, read, findings),
    }


def lay_out_quarrel(rows: pd.DataFrame, read: pd.DataFrame, evidence: Evidence) -> dict:
    """Lay out the quarrel: a row a source, with the claim and in whose voice, and with the denial that it carries and whose."""
    rows = rows.assign(claim_id=[_find_claim(row, evidence.claims) for row in rows.itertuples()])
    rows = rows[rows["claim_id"].notna()]
    denying = find_denying_side(rows, evidence.claims)
    put = [evidence.claims.loc[key] for key in rows.loc[rows["side"] != denying, "claim_id"].unique()]
    denied = [evidence.claims.loc[key] for key in rows.loc[rows["side"] == denying, "claim_id"].unique()]
    centre = choose_centre(put or denied, evidence.headlines)
    table = []
    for row in read.itertuples():
        claim, denial = (
            describe_cell([c for c in own if c["article_id"] == row.article_id], centre, evidence, own is denied)
            for own in (put, denied)
        )
        if claim or denial:
            table.append({**_describe_source(row, evidence), "cells": [claim, denial]})
    told = {row["number"] for row in table}
    silent = [s for s in (_describe_source(row, evidence) for row in read.itertuples()) if s["number"] not in told]
    question = word_question(centre, list(evidence.texts.values())) if centre is not None else None
    heading = mark_invisible(question or f"Is it so: “{cut(capitalise(centre['text']), LABEL).rstrip('.')}”?")
    heads = ["the claim, and in whose voice", "the denial it carries, and whose"]
    return {
        "heading": heading,
        "heads": heads,
        "rows": table,
        "silent": silent,
        "deck": _word_quarrel(put, denied, len(read)),
    }


def _find_claim(row, claims: pd.DataFrame) -> str | None:
    """Find the claim of a piece of evidence: its own, or the one inside its words that denies most plainly."""
    if isinstance(row.claim_id, str) and row.claim_id in claims.index:
        return row.claim_id
    if pd.isna(row.start):
        return None
    own = claims[(claims["article_id"] == row.article_id) & (claims["start"] < row.end) & (claims["end"] > row.start)]
    ranked = sorted(own.itertuples(), key=lambda c: (c.stance != "denies", not c.negated, c.start - c.end, c.claim_id))
    return ranked[0].claim_id if ranked else None


def find_denying_side(rows: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Find the side of a denial that says no: whose value says so, else with the largest share of claims that do."""

    def share(side: str) -> tuple[bool, float]:
        own, values = claims.loc[rows.loc[rows["side"] == side, "claim_id"]], rows.loc[rows["side"] == side, "value"]
        denies = (own["stance"] == "denies") | (own["modality"] == "denied") | own["negated"]
        return bool(values.isin(["denies", "doubts"]).any()), float(denies.mean())

    sides = sorted(rows["side"].unique())
    return max(sides, key=lambda side: (share(side), side)) if len(sides) > 1 else sides[-1]


def choose_centre(claims: list[pd.Series], headlines: set[str]) -> pd.Series | None:
    """Choose the claim that says best what several say: likest to the others, and rather one that can be asked."""

    def rank(claim: pd.Series) -> tuple:
        others = [fuzz.token_set_ratio(claim["text"], other["text"]) for other in claims if other is not claim]
        asked = word_question(claim) is not None
        titled = (
            claim["text"].istitle()
            or sum(w[:1].isupper() for w in claim["text"].split()) > len(claim["text"].split()) / 2
        )
        return (
            asked and claim["passage_id"] not in headlines,
            asked,
            not titled,
            sum(others) / max(1, len(others)),
            claim["claim_id"],
        )

    return max(claims, key=rank) if claims else None


def describe_cell(
    claims: list[pd.Series], centre: pd.Series | None, evidence: Evidence, denying: bool = False
) -> dict | None:
    """Describe what one article has on one side: the words that show it best, and the voices in which it has them."""
    if not claims:
        return None
    near = "" if centre is None else centre["text"]
    ordered = sorted(
        claims,
        key=lambda c: (
            not is_own(c),
            c["passage_id"] not in evidence.headlines,
            -fuzz.token_set_ratio(c["text"], near),
            c["claim_id"],
        ),
    )
    tags = list(dict.fromkeys(word_tag(claim, evidence, denying) for claim in ordered))
    first = ordered[0]
    return {
        "tags": [{"words": mark_invisible(words), "look": look} for words, look in tags[:TAGS]],
        "pieces": evidence.show_statement(first, CELL),
        "marks": first["quote_kind"] == "direct",
        "place": evidence.find_place(first["article_id"], first["start"], first["end"]),
        "others": [evidence.find_place(c["article_id"], c["start"], c["end"]) for c in ordered[1 : OTHERS + 1]],
    }


def is_own(claim: pd.Series) -> bool:
    """Say whether an article states a claim in its own voice, as a fact."""
    return not isinstance(claim["speaker"], str) and claim["modality"] not in MODALITY_WORDS


def word_tag(claim: pd.Series, evidence: Evidence, denying: bool = False) -> tuple[str, str]:
    """Word in whose voice a claim stands, and name its look: `own`, `attributed`, `denial` or `own-denial`."""
    denies = denying or claim["stance"] == "denies" or claim["negated"]
    if is_name(claim["speaker_name"]) or is_name(claim["speaker"]):
        speaker = name_speaker(claim, inside=True)
        known = claim["speaker_for"] if isinstance(claim.get("speaker_for"), str) else ""
        whose = f"{speaker} ({known})" if known and known not in speaker else speaker
        return word_speech(speaker, claim["stance"]).replace(speaker, whose, 1), "denial" if denies else "attributed"
    headline = claim["passage_id"] in evidence.headlines
    if not is_own(claim) or claim["stance"] in ("alleges", "reports"):
        words = MODALITY_WORDS.get(claim["modality"], "as alleged" if claim["stance"] == "alleges" else "as reported")
        return f"{words}, in the headline" if headline else words, "denial" if denies else "attributed"
    said = "in the headline" if headline else "in its own voice"
    return (f"against it, {said}", "own-denial") if denies else (f"as fact, {said}", "own")


def _word_quarrel(put: list[pd.Series], denied: list[pd.Series], n_sources: int) -> str:
    own = {claim["article_id"] for claim in put if is_own(claim)}
    carriers: dict[str, set[str]] = {}
    for claim in denied:
        if not is_own(claim):
            carriers.setdefault(name_voice(claim), set()).add(claim["article_id"])
    ranked = sorted(carriers.items(), key=lambda item: (-len(item[1]), item[0]))[:3]
    denials = [(mark_invisible(name), len(articles)) for name, articles in ranked]
    own_denials = {claim["article_id"] for claim in denied if is_own(claim)}
    return word_deck(n_sources, len({claim["article_id"] for claim in put}), len(own), denials, len(own_denials))


def _describe_source(row, evidence: Evidence) -> dict:
    """Describe an article as a row of the table has it: its number and name, its file where the publisher is not known."""
    number = evidence.places.numbers[row.article_id]
    file = None if isinstance(row.source, str) else mark_invisible(row.article_id)
    return {
        "number": number,
        "name": evidence.names[row.article_id],
        "file": file,
        "published": evidence.days[row.article_id],
    }


def lay_out_facts(coverage: pd.DataFrame, evidence: Evidence) -> dict:
    """Lay out the facts told most, a column each, where a story has no quarrel: whose voice tells it, and which value."""
    chosen = [group for _, group in coverage.groupby("rank", sort=True)][:COLUMNS]
    heads = [_head(group, evidence) for group in chosen]
    rows = []
    for number, own in enumerate(zip(*(group.itertuples() for group in chosen), strict=True)):
        source = {
            "number": number + 1,
            "name": own[0].source,
            "file": None,
            "published": evidence.days[own[0].article_id],
        }
        cells = [_describe_fact(row, evidence) for row in own]
        if any(cells):
            rows.append({**source, "number": evidence.places.numbers[own[0].article_id], "cells": cells})
    told = {row["number"] for row in rows}
    silent = [
        {"number": n, "name": evidence.names[a]}
        for a, n in evidence.places.numbers.items()
        if n not in told and a in set(coverage["article_id"])
    ]
    return {"heading": "What most of them tell", "heads": heads, "rows": rows, "silent": silent, "anchor": None}


def _describe_fact(row, evidence: Evidence) -> dict | None:
    if row.voice == "silent" or not isinstance(row.claim_id, str):
        return None
    claim = evidence.claims.loc[row.claim_id]
    words, look = word_tag(claim, evidence)
    value = isinstance(row.value, str)
    return {
        "tags": [{"words": mark_invisible(words), "look": look}],
        "pieces": [(mark_invisible(row.value), True)] if value else evidence.show_statement(claim, CELL),
        "marks": not value and claim["quote_kind"] == "direct",
        "place": evidence.find_place(claim["article_id"], claim["start"], claim["end"]),
        "others": [],
    }


def _word_widest(table: dict, coverage: pd.DataFrame, n_sources: int) -> str:
    if n_sources < 2:
        return "There is one source only: nothing to compare it with."
    if coverage.empty:
        return "No statement of one source could be set beside one of another."
    widest = int((coverage.loc[coverage["rank"] == 1, "voice"] != "silent").sum())
    return f"What is told most widely stands in {count(widest)} of {count(n_sources)} sources; no quarrel runs through them."


def _head(group: pd.DataFrame, evidence: Evidence) -> str:
    return cut(mark_invisible(capitalise(evidence.label_statement(group) or group["label"].iloc[0])), LABEL)


def list_facts(sides: pd.DataFrame, findings: list[dict], evidence: Evidence) -> list[dict]:
    """List the facts that differ, as values side by side: `topic, anchor, values` with who gives each."""
    rows = []
    for finding in findings:
        own = sides[(sides["disagreement_id"] == finding["anchor"]) & sides["value"].notna()]
        if finding["central"] or finding["kind"] not in VALUED or own["side"].nunique() < 2:
            continue
        values = [_describe_value(finding["kind"], side, evidence) for _, side in own.groupby("side", sort=True)]
        if all(value["text"] and len(value["text"]) <= VALUE for value in values):
            topic = find_topic(finding["explanation"])
            rows.append({
                "topic": word_topic(finding["kind"], topic), "head": capitalise(topic or finding["label"]),
                "anchor": finding["anchor"], "values": values,
            })  # fmt: skip
    return rows


def _describe_value(kind: str, side: pd.DataFrame, evidence: Evidence) -> dict:
    common = Counter(_read_value(kind, row, evidence) for row in side.itertuples()).most_common()
    numbers = sorted({evidence.places.numbers[article] for article in side["article_id"]})
    return {"text": mark_invisible(common[0][0]), "numbers": numbers}


def _read_value(kind: str, row, evidence: Evidence) -> str:
    """Read a side's value as a table has it: a date as the days that it stands for, several names as a sentence has them."""
    if kind == "date":
        return evidence.resolve_date(row.claim_id, row.value) or row.value
    return join(row.value.split(", ")) if kind in ("actor", "scope") else row.value


def find_topic(explanation: str) -> str | None:
    """Find what a finding is about, where its sentence begins with that and a colon: «Lawsuit filed: ...»."""
    topic, colon, _ = explanation.partition(": ")
    return topic if colon and len(topic.split()) <= 8 and not set(topic) & set('“”"') else None


def list_alike(coverage: pd.DataFrame, evidence: Evidence) -> dict:
    """List what several origins tell without dispute, with the voices named, and whether any two tell something as their own."""
    rows, own = [], False
    for _, group in coverage.groupby("rank", sort=True):
        first = group.iloc[0]
        told = group[group["voice"] != "silent"]
        if first["status"] != "undisputed" or first["n_origins"] < 2:
            continue
        n_own = int((told["voice"] == "own").sum())
        own = own or n_own > 1
        claims = [evidence.claims.loc[key] for key in told["claim_id"]]
        label = evidence.label_statement(group)
        if label is None or len(rows) == ALIKE:
            continue
        speakers = [name_voice(c) for c in claims if isinstance(c["speaker"], str)]
        rows.append({
            "label": cut(mark_invisible(capitalise(label)), LABEL),
            "marks": all(c["quote_kind"] == "direct" for c in claims),
            "voices": mark_invisible(word_voices(list(dict.fromkeys(speakers)), n_own)),
            "told": [evidence.tell(c["article_id"], c["start"], c["end"]) for c in claims],
        })  # fmt: skip
    return {"rows": rows, "own": own}


def list_footer(tables: dict[str, pd.DataFrame], read: pd.DataFrame, findings: list[dict]) -> list[str]:
    """List what is good to know of the page: findings, how much was compared, what story.yaml lacks."""
    n_claims, compared = len(tables["claims"]), len(list_compared(tables))
    shown = [f for f in findings if f["kind"] != "omission"]
    parts = [f"{len(shown)} {'finding' if len(shown) == 1 else 'findings'}"]
    parts.append(f"of {n_claims} statements {compared} could be set beside one of another article")
    named, dated = int(read["source"].notna().sum()), int(read["published"].notna().sum())
    if min(named, dated) < len(read):
        lacks = [
            f"{number} of {len(read)} {what}"
            for number, what in ((named, "publishers named"), (dated, "dates known"))
            if number < len(read)
        ]
        parts.append(f"{join(lacks)}: add them in story.yaml")
    return parts
