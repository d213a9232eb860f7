"""Where sources differ: typed findings with the evidence on each side, and one plain sentence for a reader."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from helpers import tables
from helpers.alignment import is_denial, score_pairs, stem_words
from helpers.comparison import name_sources
from helpers.events import find_setting
from helpers.lexicons import lexicon_index
from helpers.origins import find_origins
from helpers.quotations import Quotation, find_quotations
from helpers.sentences import find_words
from helpers.syntax import parse_sentences
from helpers.wording import compare_wordings

QUOTE_WORDS = 4  # shorter quotations are names and turns of phrase
SAME_QUOTATION = 78.0  # likeness of two quotations that are one, 0 to 100
DENIED_LIKENESS = 0.85  # from which a claim is what a denial denies
OMISSION_SHARE = 0.6  # share of the origins that must have what one leaves out


def find_disagreements(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    claims: pd.DataFrame,
    mentions: pd.DataFrame,
    propositions: pd.DataFrame,
    proposition_claims: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find `disagreements, disagreement_sides` between the articles of a story.

    Values are compared only for the same event and measure, and only where both are resolved. Copies of one
    origin never disagree with each other. A finding says that sources differ, never who is right.
    """
    story = _Story(articles, passages, claims, mentions, propositions, proposition_claims)
    found = [
        *find_denials(story),
        *find_date_conflicts(story),
        *find_amount_conflicts(story),
        *find_wording_differences(story),
        *find_omissions(story),
    ]
    rows, sides = [], []
    for finding in found:
        identity = tables.make_id("d", finding["kind"], *[tuple(side.values()) for side in finding["sides"]])
        if any(row["disagreement_id"] == identity for row in rows):
            continue
        rows.append({"disagreement_id": identity, **{key: value for key, value in finding.items() if key != "sides"}})
        sides.extend({"disagreement_id": identity, **side} for side in finding["sides"])
    return tables.conform(rows, "disagreements"), tables.conform(sides, "disagreement_sides")


class _Story:
    """The tables of one call, joined the way the finders read them."""

    def __init__(self, articles, passages, claims, mentions, propositions, proposition_claims):
        self.articles = articles[articles["text"].str.strip() != ""]
        self.names = name_sources(articles)
        self.texts = dict(zip(articles["article_id"], articles["text"], strict=True))
        self.published = dict(zip(articles["article_id"], articles["published"], strict=True))
        origins = find_origins(self.articles, passages)
        self.origin = dict(zip(origins["article_id"], origins["origin_id"], strict=True))
        self.passages = passages
        self.claims = claims.set_index("claim_id", drop=False).rename_axis(None)
        self.mentions = mentions
        self.propositions = propositions
        self.relations = proposition_claims
        self.proposition_of = dict(
            zip(proposition_claims["claim_id"], proposition_claims["proposition_id"], strict=True)
        )

    def side(self, name: str, claim: pd.Series, value: str | None = None) -> dict:
        return {
            "side": name, "article_id": claim["article_id"], "claim_id": claim["claim_id"], "start": int(claim["start"]),
            "end": int(claim["end"]), "text": claim["text"], "value": value,
        }  # fmt: skip

    def voice(self, claim: pd.Series) -> str:
        """Name who stands behind a claim: its speaker, else its article."""
        return claim["speaker_name"] if isinstance(claim["speaker_name"], str) else self.names[claim["article_id"]]


def find_denials(story: _Story) -> Iterator[dict]:
    """Yield `denial`: one side states what the other denies.

    A denial meets the claims of its own proposition; where it stands there alone, it meets the claims that come
    nearest to what it denies, for nobody denies what nobody said. A negation counts as a denial where a source
    makes it, not where an article merely reports a negative fact.
    """
    labels = story.propositions.set_index("proposition_id")["label"]
    for proposition, group in story.relations.groupby("proposition_id", sort=True):
        claims = story.claims.loc[group["claim_id"]]
        denying = claims[[is_denial(claim) and isinstance(claim["speaker"], str) for _, claim in claims.iterrows()]]
        if denying.empty:
            continue
        stating = claims[[_states(claim) for _, claim in claims.iterrows()]]
        if stating.empty:
            stating = _find_denied(story, labels[proposition])
        deniers = {story.voice(claim) for _, claim in denying.iterrows()}
        stating = stating[[story.voice(claim) not in deniers for _, claim in stating.iterrows()]]
        if stating.empty:
            continue
        staters = {story.voice(claim) for _, claim in stating.iterrows()}
        origins = {story.origin[article] for article in [*denying["article_id"], *stating["article_id"]]}
        yield {
            "proposition_id": proposition,
            "kind": "denial",
            "severity": "major" if len(origins) > 1 else "minor",
            "explanation": f"Put forward by {join_names(staters)}, denied by {join_names(deniers)}: "
            f"«{shorten(labels[proposition])}».",
            "score": round(min(0.95, 0.6 + 0.08 * len(origins)), 4),
            "sides": [
                *[story.side("a", claim, _say_stance(claim)) for _, claim in stating.iterrows()],
                *[story.side("b", claim, "denies") for _, claim in denying.iterrows()],
            ],
        }


def _states(claim: pd.Series) -> bool:
    """Say whether a claim puts something forward: not denied, not negated, not hypothetical."""
    if is_denial(claim) or claim["negated"] or claim["modality"] not in ("fact", "alleged", "reported"):
        return False
    return not any(_tells_of_denial(word) for word in stem_words(claim["text"]))


def _tells_of_denial(stem: str) -> bool:
    return lexicon_index("reporting_verbs").get(stem, {}).get("stance") == "denies"


def _say_stance(claim: pd.Series) -> str:
    return "alleges" if claim["modality"] == "alleged" else "says"


def _find_denied(story: _Story, label: str) -> pd.DataFrame:
    """Find the claims that come nearest to what is denied, the best of each article."""
    candidates = story.claims[[_states(claim) and claim["confidence"] >= 0.6 for _, claim in story.claims.iterrows()]]
    if candidates.empty:
        return candidates
    pairs = np.column_stack([np.zeros(len(candidates), dtype=int), np.arange(1, len(candidates) + 1)])
    near = candidates.assign(likeness=score_pairs([label, *candidates["text"]], pairs))
    near = near[near["likeness"] >= DENIED_LIKENESS].sort_values(["likeness", "claim_id"], ascending=[False, True])
    return near.drop_duplicates("article_id")


def find_date_conflicts(story: _Story) -> Iterator[dict]:
    """Yield `date`: two origins date the same event to days that cannot be the same."""
    dates = story.mentions[(story.mentions["kind"] == "date") & story.mentions["date_start"].notna()]
    dates = dates[dates["date_end"].notna()]
    for one, other in _compare_origins(story, _find_settings(story, dates)):
        if one.date_start <= other.date_end and other.date_start <= one.date_end:
            continue
        if one.setting.meets(other.setting, things=1) and not _agree_elsewhere(
            dates, one, other, "date_start", "date_end"
        ):
            yield _value_finding(story, "date", one, other)


def find_amount_conflicts(story: _Story) -> Iterator[dict]:
    """Yield `amount`: two origins give values for one event and measure whose bounds do not meet.

    A value that only grows from one date of publication to a later one is a development, not a conflict; values
    that stand beside different dates are two facts.
    """
    amounts = story.mentions[story.mentions["kind"].isin(["money", "quantity", "percent", "duration"])].copy()
    amounts = _bound(amounts)
    for _, same in _find_settings(story, amounts).groupby(["kind", amounts["unit"].fillna("")], sort=True):
        for one, other in _compare_origins(story, same):
            if one.floor <= other.ceiling and other.floor <= one.ceiling:
                continue
            related = one.setting.meets(other.setting, things=0 if one.kind == "quantity" else 1)
            if (
                not related
                or _is_development(story, one, other)
                or _agree_elsewhere(same, one, other, "floor", "ceiling")
            ):
                continue
            if not _dated_apart(story, one, other) and one.setting.dimension == other.setting.dimension:
                yield _value_finding(story, "amount", one, other)


def _bound(amounts: pd.DataFrame) -> pd.DataFrame:
    """Give every amount a floor and a ceiling: what its words leave open on one side is open there."""
    bounded = amounts["low"].notna() | amounts["high"].notna()
    floor = amounts["low"].where(amounts["low"].notna() | ~bounded, -np.inf).where(bounded, amounts["value"])
    ceiling = amounts["high"].where(amounts["high"].notna() | ~bounded, np.inf).where(bounded, amounts["value"])
    amounts = amounts.assign(floor=floor, ceiling=ceiling)
    return amounts[amounts["floor"].notna() & amounts["ceiling"].notna()]


def _find_settings(story: _Story, mentions: pd.DataFrame) -> pd.DataFrame:
    if mentions.empty:
        return mentions.assign(setting=None)
    claims = story.claims.loc[mentions["claim_id"]]
    places = list(zip(mentions["article_id"], claims["sentence_start"], claims["sentence_end"], strict=True))
    unique = sorted(set(places))
    docs = dict(zip(unique, parse_sentences([story.texts[a][s:e] for a, s, e in unique]), strict=True))
    return mentions.assign(
        setting=[
            find_setting(docs[place], int(start) - place[1], int(end) - place[1])
            for place, start, end in zip(places, mentions["start"], mentions["end"], strict=True)
        ]
    )


def _compare_origins(story: _Story, mentions: pd.DataFrame) -> Iterator[tuple]:
    """Yield pairs of mentions of different origins, one pair for each two values of two origins."""
    rows = list(
        mentions.drop_duplicates(["article_id", "start", "end"]).sort_values(["article_id", "start"]).itertuples()
    )
    seen = set()
    for one, other in combinations(rows, 2):
        key = (story.origin[one.article_id], story.origin[other.article_id], one.text.casefold(), other.text.casefold())
        if key[0] != key[1] and key not in seen:
            seen.add(key)
            yield one, other


def _dated_apart(story: _Story, one, other) -> bool:
    """Say whether the two claims name dates that cannot be the same."""
    dates = story.mentions[(story.mentions["kind"] == "date") & story.mentions["date_end"].notna()]
    mine, theirs = (dates[dates["claim_id"] == mention.claim_id] for mention in (one, other))
    if mine.empty or theirs.empty:
        return False
    return bool(mine["date_end"].max() < theirs["date_end"].min() or theirs["date_end"].max() < mine["date_end"].min())


def _agree_elsewhere(group: pd.DataFrame, one, other, low: str, high: str) -> bool:
    """Say whether either article also gives the other's value, so that they do not really differ."""

    def given(article: str, value) -> bool:
        own = group[group["article_id"] == article]
        return bool(((own[low] <= getattr(value, high)) & (own[high] >= getattr(value, low))).any())

    return given(one.article_id, other) or given(other.article_id, one)


def _is_development(story: _Story, one, other) -> bool:
    first, second = story.published[one.article_id], story.published[other.article_id]
    if pd.isna(first) or pd.isna(second) or first == second:
        return False
    early, late = (one, other) if first < second else (other, one)
    return late.floor >= early.floor


def _value_finding(story: _Story, kind: str, one, other) -> dict:
    first, second = story.names[one.article_id], story.names[other.article_id]
    claims = [story.claims.loc[one.claim_id], story.claims.loc[other.claim_id]]
    return {
        "proposition_id": story.proposition_of.get(one.claim_id) or story.proposition_of.get(other.claim_id),
        "kind": kind,
        "severity": "major",
        "explanation": f"{first} has “{_around(story, one)}”, {second} “{_around(story, other)}”.",
        "score": round(float(min(claim["confidence"] for claim in claims)), 4),
        "sides": [
            {
                "side": name, "article_id": mention.article_id, "claim_id": mention.claim_id, "start": int(mention.start),
                "end": int(mention.end), "text": mention.text, "value": mention.text,
            }
            for name, mention in (("a", one), ("b", other))
        ],
    }  # fmt: skip


def _around(story: _Story, mention, words: int = 6) -> str:
    """Give a value with the few words before and after it in its claim."""
    claim = story.claims.loc[mention.claim_id]
    text = story.texts[mention.article_id]
    before = text[int(claim["start"]) : int(mention.start)].split()
    after = text[int(mention.end) : int(claim["end"])].split()
    lead = ("… " if len(before) > words else "") + " ".join(before[-words:])
    tail = " ".join(after[:words]) + (" …" if len(after) > words else "")
    return " ".join(filter(None, [lead, mention.text, tail])).replace(" ,", ",")


def find_wording_differences(story: _Story) -> Iterator[dict]:
    """Yield `wording`: one quotation that two origins give in different words."""
    quoted = _collect_quotations(story)
    seen = set()
    for (one, a), (other, b) in combinations(quoted, 2):
        if one == other or story.origin[one] == story.origin[other]:
            continue
        words_a, words_b = (story.texts[x][q.inner_start : q.inner_end] for x, q in ((one, a), (other, b)))
        if fuzz.partial_ratio(_fold(words_a), _fold(words_b)) < SAME_QUOTATION:
            continue
        for difference in compare_wordings(words_a, words_b):
            place_a, place_b = a.inner_start + difference.start_a, b.inner_start + difference.start_b
            # Copies of one text differ from a third in the same way: that is one finding.
            key = (story.origin[one], story.origin[other], difference.text_a.casefold(), difference.text_b.casefold())
            if key in seen:
                continue
            seen.add(key)
            yield {
                "proposition_id": None,
                "kind": "wording",
                "severity": "major" if difference.changes_meaning else "minor",
                "explanation": f"{story.names[one]} quotes “{shorten(difference.text_a)}” where {story.names[other]} has "
                f"“{shorten(difference.text_b)}”.",
                "score": round(difference.likeness, 4),
                "sides": [
                    {"side": "a", "article_id": one, "claim_id": _claim_at(story, one, place_a), "start": place_a,
                     "end": a.inner_start + difference.end_a, "text": difference.text_a, "value": difference.words_a},
                    {"side": "b", "article_id": other, "claim_id": _claim_at(story, other, place_b), "start": place_b,
                     "end": b.inner_start + difference.end_b, "text": difference.text_b, "value": difference.words_b},
                ],
            }  # fmt: skip


def _collect_quotations(story: _Story) -> list[tuple[str, Quotation]]:
    quoted = []
    for passage in story.passages[story.passages["kind"].isin(tables.CLAIM_BEARING)].itertuples():
        for quotation in find_quotations(passage.text):
            if len(find_words(passage.text[quotation.inner_start : quotation.inner_end])) >= QUOTE_WORDS:
                quoted.append(
                    (
                        passage.article_id,
                        Quotation(*[passage.start + place for place in quotation[:4]], quotation.closed),
                    )
                )
    return sorted(quoted, key=lambda item: (item[0], item[1].start))


def _fold(text: str) -> str:
    return re.sub(r"[^\w ]", "", text.replace("’", "'")).casefold()


def _claim_at(story: _Story, article: str, place: int) -> str | None:
    holding = story.claims[
        (story.claims["article_id"] == article) & (story.claims["start"] <= place) & (story.claims["end"] > place)
    ]
    return holding.sort_values(["start", "end"]).iloc[-1]["claim_id"] if len(holding) else None


def find_omissions(story: _Story) -> Iterator[dict]:
    """Yield `omission`: what most origins have and one, which tells the same story and is not older, leaves out."""
    total = len(set(story.origin.values()))
    shared = story.relations.merge(
        story.propositions[story.propositions["n_sources"] > 1][["proposition_id"]], on="proposition_id"
    )
    told: dict[str, set[str]] = defaultdict(set)
    for row in shared.itertuples():
        told[row.article_id].add(row.proposition_id)
    for proposition in story.propositions.itertuples():
        group = story.relations[story.relations["proposition_id"] == proposition.proposition_id]
        having = {story.origin[article] for article in group["article_id"]}
        if total < 3 or len(having) < 3 or len(having) < OMISSION_SHARE * total or len(having) == total:
            continue
        evidence = group.sort_values(["score", "claim_id"], ascending=[False, True]).drop_duplicates("article_id")
        for article in sorted(story.origin):
            older = story.published.get(article)
            before = (
                not pd.isna(older) and not pd.isna(proposition.first_published) and older < proposition.first_published
            )
            if story.origin[article] in having or before or len(told[article]) < 3:
                continue
            yield {
                "proposition_id": proposition.proposition_id,
                "kind": "omission",
                "severity": "minor",
                "explanation": f"{story.names[article]} does not say what {len(having)} others do: «{shorten(proposition.label)}».",
                "score": round(len(having) / total, 4),
                "sides": [
                    *[story.side("a", story.claims.loc[row.claim_id], "says") for row in evidence.itertuples()],
                    {
                        "side": "b",
                        "article_id": article,
                        "claim_id": None,
                        "start": None,
                        "end": None,
                        "text": None,
                        "value": "is silent",
                    },
                ],
            }


def join_names(names: set[str]) -> str:
    """Join names for a sentence: «A», «A and B», «A, B and 3 others»."""
    ordered = sorted(names)
    if len(ordered) <= 2:
        return " and ".join(ordered)
    if len(ordered) == 3:
        return f"{ordered[0]}, {ordered[1]} and {ordered[2]}"
    return f"{ordered[0]}, {ordered[1]} and {len(ordered) - 2} others"


def shorten(text: str, limit: int = 140) -> str:
    """Shorten a text at a word to `limit` characters."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
