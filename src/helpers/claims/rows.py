"""One statement as a row of the table `claims`: its place, who says it, how it is presented, and what it nests in."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from helpers import tables
from helpers.claims.attribution import Attribution, Place
from helpers.claims.modality import is_accusation, judge_modality
from helpers.claims.slots import find_slots
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Quotation, Span
from helpers.language.syntax import tokens_within


def make_row(
    place: Place, content: Span, attribution: Attribution | None, confidence: float = 0.8, head: Token | None = None
) -> dict:
    """Make the row of a statement; without an attribution the article says it itself, by the predicate `head`."""
    text, offset, doc = place.text, place.offset, place.doc
    row: dict = {
        "article_id": place.passage.article_id,
        "passage_id": place.passage.passage_id,
        "start": offset + content.start,
        "end": offset + content.end,
        "text": text[content.start : content.end],
        "text_resolved": text[content.start : content.end],
        "sentence_start": offset,
        "sentence_end": offset + len(text),
        "speaker": None,
        "cue": None,
        "stance": "asserts",
        "confidence": confidence,
        "quote_kind": _quote_kind(content, place.quotations, attribution),
        "opinion": attribution is None
        and any(token.lower_ in lexicon_index("opinion_words") for token in tokens_within(doc, content)),
        "modality": judge_modality(doc, content, attribution, head),
    }
    if attribution is not None:
        row.update(_tell_speaker(attribution, text, offset))
    elif row["modality"] == "alleged" and is_accusation(doc, content, head):
        row["stance"] = "alleges"
    row.update(find_slots(doc, content, offset, head))
    named = ("article_id", "start", "end", "text", "speaker", "cue")
    row["claim_id"] = tables.make_id("c", *(row[name] for name in named))
    return row


def _tell_speaker(attribution: Attribution, text: str, offset: int) -> dict:
    """Give the columns that tell who says it, by which words, and how surely that was read."""
    cue, source = attribution.cue, attribution.source
    told: dict = {
        "stance": attribution.stance,
        "confidence": round(attribution.confidence, 2),
        "cue": text[cue.start : cue.end],
        "cue_start": offset + cue.start,
        "cue_end": offset + cue.end,
    }
    if source is not None:
        told["speaker"] = text[source.start : source.end]
        told["source_start"], told["source_end"] = offset + source.start, offset + source.end
    return told


def _quote_kind(content: Span, quotations: Sequence[Quotation], attribution: Attribution | None) -> str:
    covered = sum(max(0, min(content.end, q.inner_end) - max(content.start, q.inner_start)) for q in quotations)
    if covered >= 0.9 * (content.end - content.start):
        return "direct"
    if covered:
        return "mixed"
    return "indirect" if attribution is not None else "none"


def nest_rows(rows: Sequence[dict]) -> None:
    """Point each claim to the smallest claim of its sentence that holds its cue inside its own content."""
    for row in rows:
        outer = [other for other in rows if other is not row and _holds(other, row)]
        if outer:
            row["parent_id"] = min(outer, key=lambda other: other["end"] - other["start"])["claim_id"]


def _holds(outer: dict, row: dict) -> bool:
    if row.get("cue_start") is None or outer["speaker"] is None:
        return False
    first, last = min(row["cue_start"], row["start"]), max(row["cue_end"], row["end"])
    return outer["start"] <= first and last <= outer["end"]
