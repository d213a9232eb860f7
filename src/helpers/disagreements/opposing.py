"""Which words of a text speak against something: negations, doubts, withdrawals, questions, denials."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from helpers.language.lexicons import lexicon_index, load_lexicon

NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing|neither|nor|none|without|cannot)\b|n['’]t\b", re.IGNORECASE)
OPEN_QUESTION = re.compile(r"\bwhether\b|\bhowever\b|\bsuggested that\b|\bsupposed to\b", re.IGNORECASE)
MARKS = re.compile(r"[\"“”'’]")
PLAIN_NEGATION = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)(?: not\b|n['’]t\b)|\bcannot\b", re.IGNORECASE
)
SUBORDINATE = re.compile(
    r"\b(?:because|who|which|that|if|although|though|while|when|where|what|why|how|but|as|and)\b|,", re.IGNORECASE
)
NOT_DONE = re.compile(
    r"\b(?:fail(?:s|ed|ing)? to|refus(?:es|ed|ing) to|declin(?:es|ed|ing) to|unable to)\b", re.IGNORECASE
)
CONDITIONAL = re.compile(r"^\W*(?:if|whether|unless|until|when|where|why|how)\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def speaks_against(text: str) -> bool:
    """Say whether a text doubts, negates, withdraws, questions or denies something rather than putting it forward."""
    if text.rstrip().endswith("?") or find_cue(text) or find_withdrawal(text) or _tells_of_denial(text):
        return True
    return any(pattern.search(text) for pattern in (NEGATION, OPEN_QUESTION, NOT_DONE, CONDITIONAL))


def negates_plainly(text: str) -> bool:
    """Say whether the first clause of a text negates its verb, where the parse did not see it."""
    match = PLAIN_NEGATION.search(text)
    return match is not None and not SUBORDINATE.search(text[: match.start()])


def is_negated_before(text: str, place: int) -> bool:
    """Say whether a negation stands shortly before a place."""
    return NEGATION.search(text[max(0, place - 25) : place]) is not None


def find_cue(text: str) -> re.Match[str] | None:
    """Find the words of a text that doubt or deny something."""
    return _cue_pattern().search(text)


def side_of(cue: str) -> str:
    """Say on which side of such words what they bear on stands."""
    return _cues()[MARKS.sub("", cue).casefold()]


def effect_of(cue: str) -> str:
    """Say whether such words doubt or deny."""
    return lexicon_index("doubt_cues")[MARKS.sub("", cue).casefold()]["effect"]


@cache
def _cues() -> dict[str, str]:
    return {row["entry"]: row["side"] for row in load_lexicon("doubt_cues")}


@cache
def _cue_pattern() -> re.Pattern[str]:
    longest_first = sorted(_cues(), key=lambda cue: (-len(cue), cue))
    marked = [re.escape(cue).replace(r"\ ", r"[\"“”'’]? [\"“”'’]?") for cue in longest_first]
    return re.compile(r"\b(?:" + "|".join(marked) + r")\b", re.IGNORECASE)


def find_withdrawal(text: str) -> re.Match[str] | None:
    """Find the words that give up something planned."""
    return _withdrawal_pattern().search(text)


@cache
def _withdrawal_pattern() -> re.Pattern[str]:
    entries = sorted((row["entry"] for row in load_lexicon("withdrawals")), key=lambda cue: (-len(cue), cue))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, entries)) + r")\b", re.IGNORECASE)


def _tells_of_denial(text: str) -> bool:
    words = {word.removesuffix("s") for word in re.findall(r"[a-z]+", text.casefold())}
    verbs = lexicon_index("reporting_verbs")
    return any(verbs.get(stem, {}).get("stance") == "denies" for word in words for stem in _list_stems(word))


def _list_stems(word: str) -> tuple[str, ...]:
    cut = [word.removesuffix(ending) for ending in ("ed", "d", "ing")]
    return (word, *cut, re.sub(r"i(?:ed|e)$", "y", word))
