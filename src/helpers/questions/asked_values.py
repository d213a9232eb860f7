"""Compare the dates and amounts of a reader's statement with those that the sources give for the same event and measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from helpers import tables
from helpers.disagreements.asked import compare_amounts
from helpers.disagreements.kinds.dates import find_date_conflicts
from helpers.disagreements.view import Story
from helpers.mentions.find import find_mentions
from helpers.passages.split import split_passages
from helpers.reuse.origins import find_origins

VAGUE = 2.0  # how many times its least an amount may be at most, to support another
ASKED = "\x00asked"  # stands for the statement among the articles; no article's id begins so


class Value(NamedTuple):
    """How an article's value stands to that of a statement, `supports` or `disputes`, and the sentence that gives it."""

    relation: str
    start: int
    end: int
    text: str


def compare_values(
    question: str, articles: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame
) -> dict[str, Value]:
    """Say which articles give the value of a statement and which give another: article id to `Value`.

    Articles that give none for the same event and measure are left out, and so are all where the statement has no
    resolved value, or of a date nobody has another.
    """
    if articles.empty or not question.strip():
        return {}
    asked = _make_article(question, articles)
    passages = split_passages(asked)
    own = _make_claim(asked["text"].iloc[0], passages["passage_id"].iloc[0])
    values = find_mentions(own, asked)
    if not values["kind"].isin(tables.VALUE_KINDS).any():
        return {}
    story = _tell_with(
        asked,
        passages,
        pd.concat([claims, own], ignore_index=True),
        pd.concat([mentions, values], ignore_index=True),
        articles,
    )
    doer = _find_asked_doer(question, values, mentions)
    amounts = (
        (mention.claim_id, same)
        for mention, same in compare_amounts(story, ASKED)
        if _is_of(doer, story.claim[mention.claim_id], int(mention.start), mentions)
        and not (same and _is_vague(mention))
    )
    answers = [*_read_dates(story), *amounts]
    found: dict[str, Value] = {}
    for claim_id, same in sorted(answers, key=lambda answer: (not answer[1], answer[0])):
        claim = story.claim[claim_id]
        denied = claim.stance == "denies" or claim.modality == "denied"
        if denied and not same:
            continue
        same = same and not denied
        start, end, text = int(claim.sentence_start), int(claim.sentence_end), story.sentence_of(claim)
        found.setdefault(claim.article_id, Value("supports" if same else "disputes", start, end, text))
    return found


def _tell_with(
    asked: pd.DataFrame, passages: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame
) -> Story:
    """Give a story in which a statement stands beside the articles, as a text of its own."""
    together = pd.concat([articles, asked], ignore_index=True)
    read = pd.concat([split_passages(articles), passages], ignore_index=True)
    unrelated = (tables.conform([], name) for name in ("propositions", "proposition_claims"))
    origins = find_origins(together[together["text"].str.strip() != ""], read)
    story = Story(together, read, claims, mentions, *unrelated, origins)
    story.origin[ASKED] = ASKED  # a statement in the words of an article is no copy of it
    return story


def _find_asked_doer(question: str, values: pd.DataFrame, mentions: pd.DataFrame) -> set[str]:
    """Find who a statement says pays, counts or has something: the entity that it begins with, by what sources call it."""
    said = question.strip()
    said = said[4:] if said.casefold().startswith("the ") else said
    named = values.loc[values["kind"].isin(tables.ENTITY_KINDS), "text"]
    told = mentions.loc[mentions["kind"].isin(tables.ENTITY_KINDS) & mentions["entity_id"].notna()]
    names = {str(name) for name in [*named, *told["text"]] if re.match(rf"{re.escape(str(name))}\b", said)}
    if not names:
        return set()
    longest = max(names, key=len)
    return set(told.loc[told["text"] == longest, "entity_id"]) or {longest}


def _is_of(doer: set[str], claim, at: int, mentions: pd.DataFrame) -> bool:
    """Say whether the amount at a place may be that of `doer`: nobody else is named as the subject, or just before it."""
    own = mentions[(mentions["claim_id"] == claim.claim_id) & mentions["entity_id"].notna() & (mentions["start"] < at)]
    if isinstance(claim.subject, str) and not pd.isna(claim.subject_start):
        subject = own[(own["start"] >= claim.subject_start) & (own["end"] <= claim.subject_end)]
        own = subject if len(subject) else own.iloc[:0]
    else:
        own = own.sort_values(["start", "end"]).tail(1)
    return not doer or own.empty or bool(doer & set(own["entity_id"]))


def _is_vague(mention) -> bool:
    """Say whether an amount leaves so much open, as «millions» does, that agreeing with it tells nothing."""
    bounded = not pd.isna(mention.low) and not pd.isna(mention.high)
    return not bounded or mention.high > VAGUE * mention.low


def _read_dates(story: Story) -> Iterator[tuple[str, bool]]:
    """Read off the conflicts of dates that the statement is part of: claims, and whether they have its date."""
    for finding in find_date_conflicts(story):
        sides = finding["sides"]
        same = {side["side"] for side in sides if side["article_id"] == ASKED}
        if same:
            yield from ((side["claim_id"], side["side"] in same) for side in sides if side["article_id"] != ASKED)


def _make_claim(text: str, passage: str) -> pd.DataFrame:
    """Lay a statement out as one claim, whatever a parser would take for its parts."""
    row = {
        "claim_id": ASKED, "article_id": ASKED, "passage_id": passage, "text": text, "start": 0, "end": len(text),
        "sentence_start": 0, "sentence_end": len(text), "quote_kind": "none", "stance": "asserts", "modality": "fact",
        "negated": False, "confidence": 1.0, "opinion": False,
    }  # fmt: skip
    return tables.conform([row], "claims")


def _make_article(question: str, articles: pd.DataFrame) -> pd.DataFrame:
    """Lay a statement out as an article without a publisher or a date."""
    blank = {
        column: None
        for column in ("source", "title", "byline", "published", "published_precision")
        if column in articles
    }
    text = question if question.rstrip().endswith((".", "!", "?")) else f"{question.rstrip()}."
    known = {"article_id": ASKED, "text": text, "n_chars": len(text), "n_words": len(text.split())}
    return articles.head(1).assign(**{**blank, **{k: v for k, v in known.items() if k in articles}})
