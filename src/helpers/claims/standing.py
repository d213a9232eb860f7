"""What a claim is by who makes it: a filing alleges what it says, and an accused who says «I did not» denies it.

The words of a frame do not tell. «The complaint says» reads as a report, and «he did not take it, Voss said» as an
assertion; what they are follows from the article: who accuses, and who is accused.
"""

from __future__ import annotations

import pandas as pd

from helpers.language.forms import singular
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_words

OWN = frozenset(
    {"i", "we", "he", "she", "they", "it", "my", "our", "his", "her", "their", "its", "nobody", "nothing", "none"}
)
OPEN_MODALS = frozenset({"will", "wo", "would", "can", "ca", "should", "shall", "may", "might", "must"})


def settle_standing(claims: pd.DataFrame) -> pd.DataFrame:
    """Give claims with speakers the modality that follows from who speaks in their article."""
    if claims.empty:
        return claims
    modality = claims["modality"].where(~_are_laid(claims), "alleged")
    for _, own in claims.assign(modality=modality).groupby("article_id", sort=False):
        accusing = own[own["modality"] == "alleged"]
        told = own[(own["modality"] == "reported") & own["negated"].astype(bool) & own["speaker"].notna()]
        denied = [row.Index for row in told.itertuples() if _is_own_denial(row) and _is_accused(row, accusing)]
        modality.loc[denied] = "denied"
    return claims.assign(modality=modality)


def resolve_text(claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Put the name of whoever speaks in the place of the «he» or «she» that a reported clause of theirs begins with.

    It is put in only where nobody else is named before it in the sentence: with two candidates it stays as it stands.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    resolved = [_resolve_pronoun(row, texts[row.article_id]) for row in claims.itertuples()]
    return claims.assign(text_resolved=resolved)


def _resolve_pronoun(row, article: str) -> str:
    pronoun, _, rest = row.text_resolved.partition(" ")
    named = row.quote_kind != "direct" and isinstance(row.speaker_name, str) and pd.notna(row.source_start)
    if not named or pronoun not in ("he", "she") or not row.sentence_start <= row.source_start < row.start:
        return row.text_resolved
    before = article[int(row.sentence_start) : int(row.source_start)] + article[int(row.source_end) : int(row.start)]
    others = [
        word
        for word in before.split()[1:]
        if word[:1].isupper() and word.strip(",.").casefold() not in lexicon_index("weekdays")
    ]
    return f"{row.speaker_name} {rest}" if not others and row.speaker.casefold() not in OWN else row.text_resolved


def _are_laid(claims: pd.DataFrame) -> pd.Series:
    """Say which claims are what a filing, a complaint or a prosecutor lays to somebody, and no plan of theirs."""
    told = (claims["modality"] == "reported") & claims["speaker"].notna()
    laid = [
        bool(t) and _lays(speaker) and not _plans(modifiers)
        for t, speaker, modifiers in zip(told, claims["speaker"], claims["modifiers"], strict=True)
    ]
    return pd.Series(laid, index=claims.index)


def _lays(speaker: str) -> bool:
    """Say whether a source is one that accuses: its first noun before a «of» or a comma is listed."""
    head = speaker.partition(",")[0].partition(" of ")[0].partition(" for ")[0].partition(" in ")[0]
    words = [singular(word) for word in _words(head)]
    return bool(words) and any(word in lexicon_index("accusing_sources") for word in words[-2:])


def _plans(modifiers: str | None) -> bool:
    return isinstance(modifiers, str) and not OPEN_MODALS.isdisjoint(modifiers.casefold().split(" | "))


def _words(text: str) -> list[str]:
    return [text[start:end].casefold().removesuffix("'s").removesuffix("’s") for start, end in find_words(text)]


def _is_own_denial(row) -> bool:
    """Say whether whoever speaks tells what he did not do himself, and not what he does not think or will not do."""
    subject = _words(row.subject)[:1] if isinstance(row.subject, str) else []
    if subject[:1] == ["it"] and (row.predicate == "be" or row.voice == "passive"):
        return False  # «it was not known»
    speaks_of_himself = bool(subject) and (subject[0] in OWN or bool(_names(row) & set(_words(row.subject))))
    return speaks_of_himself and not _plans(row.modifiers) and row.predicate not in lexicon_index("verbs_of_mind")


def _names(row) -> set[str]:
    """List the words under which whoever speaks, and whom he speaks for, is named."""
    named = (row.speaker_name, row.speaker_for, row.speaker)
    words = {word for name in named if isinstance(name, str) for word in _words(name)}
    return {word for word in words if word not in lexicon_index("function_words")}


def _is_accused(row, accusing: pd.DataFrame) -> bool:
    """Say whether somebody else lays something to whoever speaks."""
    others = accusing[accusing["speaker"] != row.speaker]
    return any(not _names(row).isdisjoint(_words(text)) for text in (*others["text"], *others["subject"].dropna()))
