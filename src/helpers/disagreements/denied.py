"""What a claim denies, negates or doubts, and which of its words the «no» bears on."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from helpers.disagreements.opposing import (
    CONDITIONAL,
    NEGATION,
    effect_of,
    find_cue,
    find_withdrawal,
    is_negated_before,
    negates_plainly,
    side_of,
)
from helpers.language.content import find_content
from helpers.language.lexicons import entries

SURE = 0.45  # confidence of a claim below which it is no evidence
POINTING = entries("words_beside_denials", kind="points")
JUDGING = entries("words_beside_denials", kind="judges")
UNTRUE = entries("words_beside_denials", kind="untrue")
SILENT = entries("verbs_of_silence")  # «has not confirmed», «did not say»
UNSURE_CUES = ("contradict", "question")  # «contradicting reports that ...» denies nothing
INSET = re.compile(r",\s{5,},")  # where a speaker stood between commas
POINTED = re.compile(
    r"\b(?:(?:it|this|that|none of (?:it|this)|the (?:story|report|rumou?r|claim|comment|quote|remark|tale|allegation)s?)\b.{0,30}"
    r"\b(?:never|false|untrue|fake|hoax|fiction|not true)\b|(?:is|was)n['’]t true\b"
    r"|none of it\b.{0,20}\bhappened\b|not made (?:the|any such|such a|those) (?:comment|remark|statement|claim)s?\b)",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r",|;|:|\bbut\b|\bbecause\b|\balthough\b|\bwho\b|\bwhich\b|\bwhile\b|—|\.\s")
DETERMINED = re.compile(r"\s*(?:a|an|the|any)\b", re.IGNORECASE)
NEW_CLAUSE = re.compile(r"[,;:] (?:they|he|she|it|we|i|you|there)\b", re.IGNORECASE)
# Negations that deny nothing: «not only», «not yet», «did not immediately comment», «never felt so ill before».
SOFTENED = re.compile(
    r"\s*(?:(?:even )?(?:have|has|need) to|need\b|only|just|merely|simply|really|yet|immediately|necessarily|always|entirely|all|the first|the only|respond|comment|answer|clear|known"
    r"|been able|a word|surprising)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(r"\b(?:so \w+ (?:in|before)|than|before|again|as \w+ as|until)\b", re.IGNORECASE)


class Denial(NamedTuple):
    """A claim that comes down to «no»: what it denies, the words that the «no» bears on, and whether it is a doubt."""

    claim: object
    denied: frozenset[str]
    focus: frozenset[str]
    doubts: bool = False
    links: bool = False
    head: str = ""  # what someone or something is said not to be
    identity: bool = False  # whether that is a name: «is not Anna Berg»
    undoes: bool = False  # whether it tells that something planned was given up


def read_denial(claim) -> Denial | None:
    """Read what a claim denies or doubts, None where it does not."""
    if claim.confidence < SURE or claim.modality == "hypothetical" or claim.opinion:
        return None
    text = _leave_out_speaker(claim)
    if claim.stance == "denies":
        unsure = bool(claim.negated) or str(claim.cue).casefold().startswith(UNSURE_CUES)
        return None if unsure else _make(claim, text, text)
    negated = claim.negated or negates_plainly(text)
    withdrawn, cue = find_withdrawal(text), find_cue(text)
    if withdrawn is not None and not negated:
        rest = f"{text[: withdrawn.start()]} {text[withdrawn.end() :]}"
        return _make(claim, rest, rest, undoes=True)
    if negated and not (cue is not None and NEGATION.match(cue.group())):
        return _read_negation(claim, text)
    return _read_cue(claim, text, cue) if cue is not None and not is_negated_before(text, cue.start()) else None


def _read_negation(claim, text: str) -> Denial | None:
    """Read what the negation of a claim's verb denies: the words behind it, in its clause."""
    match = _find_negation(claim, text)
    if match is None or claim.predicate in SILENT or CONDITIONAL.match(text):
        return None
    rest = text[match.end() :]
    if SOFTENED.match(rest) or COMPARED.search(rest) or match.group().casefold() in ("nothing", "nobody", "none"):
        return None
    clause = rest[: _find_clause_end(rest)]
    names = claim.predicate == "be" or bool(DETERMINED.match(rest))
    return _make(claim, f"{text[: match.start()]} {clause}", clause[_find_act(claim, match) :], names=names)


def _find_act(claim, match: re.Match[str]) -> int:
    """Find how far behind a negation its act begins: «neither Berg nor Holm had signed» denies of both that they signed."""
    joins = match.group().casefold() in ("neither", "nor") and not pd.isna(claim.predicate_start)
    return max(0, int(claim.predicate_start - claim.start) - match.end()) if joins else 0


def _read_cue(claim, text: str, cue: re.Match[str]) -> Denial | None:
    """Read what words of doubt bear on: what stands behind them, or before them where they close a clause."""
    side = side_of(cue.group())
    rest = text[: cue.start()] if side == "after" else text[cue.end() :]
    if side == "link":
        return _make(claim, rest, rest, links=True)
    return _make(claim, rest, rest, doubts=effect_of(cue.group()) != "denies")


def points_and_denies(claim) -> bool:
    """Say whether a claim denies what it only points to."""
    if claim.modality == "hypothetical" or claim.claim_id is None:
        return False
    words = set(find_content(claim.text))
    if claim.stance == "denies" and not claim.negated:
        return isinstance(claim.speaker, str) and words <= POINTING and len(claim.text.split()) > 2
    return POINTED.search(claim.text) is not None and len(words - POINTING - UNTRUE - _names_in(claim.text)) < 2


def _names_in(text: str) -> set[str]:
    return {form for word in re.findall(r"\b[A-Z][\w’'-]+", text) for form in find_content(word)}


def _leave_out_speaker(claim) -> str:
    """Blank out the speaker and the reporting words that stand inside a claim: «Spiders, according to Dr Berg, don't ...»."""
    text = claim.text
    for start, end in ((claim.source_start, claim.source_end), (claim.cue_start, claim.cue_end)):
        if not pd.isna(start) and claim.start < start and end < claim.end:
            first, last = int(start - claim.start), int(end - claim.start)
            text = f"{text[:first]}{' ' * (last - first)}{text[last:]}"
    return INSET.sub(lambda inset: " " * len(inset.group()), text)


def _make(
    claim,
    denied: str,
    focus: str,
    *,
    doubts: bool = False,
    links: bool = False,
    names: bool = False,
    undoes: bool = False,
) -> Denial | None:
    words, focus_words = (set(find_content(text)) - POINTING - JUDGING for text in (denied, focus))
    if not focus_words or len(words) < 2 - links:
        return None
    first = next(word for word in find_content(focus) if word in focus_words)
    named = names and re.search(rf"\b{re.escape(first)}", focus, re.IGNORECASE)
    identity = bool(named) and named.group()[0].isupper()
    return Denial(
        claim, frozenset(words), frozenset(focus_words), doubts, links, first if names else "", identity, undoes
    )


def _find_clause_end(text: str) -> int:
    """Find where the clause that a negation bears on ends: not before it has said what is negated."""
    for match in CLAUSE_END.finditer(text):
        if NEW_CLAUSE.match(text, match.start()) or find_content(text[: match.start()]):
            return match.start()
    return len(text)


def _find_negation(claim, text: str) -> re.Match[str] | None:
    """Find the negation of a claim's predicate: the one nearest to it."""
    place = 0 if pd.isna(claim.predicate_start) else int(claim.predicate_start - claim.start)
    found = NEGATION.finditer(text)
    return min(found, key=lambda match: (abs(match.start() - place), match.start()), default=None)
