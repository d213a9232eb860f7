"""The passes of a model over a story: what differs, which likely pairs were left out, and which findings it takes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import combinations

import pandas as pd

from helpers.readings.ask.groups import PAIRS, Part, count_tokens, group_articles
from helpers.readings.ask.prompts import FIND, REFUTE, make_messages
from helpers.readings.ask.prompts import PAIRS as PAIRS_PROMPT
from helpers.readings.ask.reader import Reader
from helpers.readings.form import FORMAT
from helpers.readings.material import Article, Material, Sentence, Spot
from helpers.readings.records import Request
from helpers.readings.taken import VERIFIED
from helpers.readings.verify import Item, verify_item

MOST_PAIRS = 60  # likely pairs that the second pass asks for
LONGEST_WHY = 400

Key = tuple[str, int]  # an article and the number of a sentence


def ask_story(material: Material, frames: dict[str, pd.DataFrame], reader: Reader) -> dict:
    """Ask a model for its reading of a story: the document, unverified but for what the model took back itself."""
    given: dict[str, list[dict]] = {"disagreements": [], "agreements": []}
    _collect(given, reader.read_all(make_first_requests(material, reader)))
    pairs = list_likely_pairs(frames, material, verify_given(given, material))
    _collect(given, reader.read_all(_make_pair_requests(pairs, material, reader)))
    _refute(given, material, reader)
    sent = sum(bool(article.sentences) for article in material.articles.values())
    return {
        "format": FORMAT, "by": "model", "reader": reader.model, "asked": reader.describe(sent if reader.answers else 0),
        **given,
    }  # fmt: skip


def make_first_requests(material: Material, reader: Reader) -> list[Request]:
    """Make the requests of the first pass, one a group of articles."""
    empty = sum(count_tokens(message["content"]) for message in make_messages(FIND, articles=""))
    room = max(500, reader.limits.context - reader.limits.answer - empty)
    return [reader.make_request(FIND, "answer", articles=_join(group)) for group in group_articles(material, room)]


def _join(group: Iterable[Part]) -> str:
    return "\n".join(part.text for part in group)


def _collect(given: dict[str, list[dict]], contents: Iterable[dict | None]) -> None:
    """Add what answers hold, each item once."""
    for content in contents:
        for part, kept in given.items():
            entries = content.get(part) if content else None
            for entry in entries if isinstance(entries, list) else []:
                if isinstance(entry, dict) and entry not in kept:
                    kept.append({key: value for key, value in entry.items() if key != "withdrawn"})


def verify_given(given: dict[str, list[dict]], material: Material) -> list[Item]:
    """Verify what was collected so far; only what holds."""
    items = [
        verify_item(entry, part, number, material)
        for part, entries in given.items()
        for number, entry in enumerate(entries, 1)
    ]
    return [item for item in items if item.state == VERIFIED]


def list_likely_pairs(frames: dict[str, pd.DataFrame], material: Material, items: list[Item]) -> list[tuple[Key, Key]]:
    """List pairs of sentences that the engine holds likely to bear on one thing and that no item rests on yet.

    First what the engine found, then claims that dispute and support one proposition, then those that support one.
    """
    told = [{(place.article.article_id, s.number) for place in item.places for s in place.sentences} for item in items]
    pairs: dict[tuple[Key, Key], None] = {}
    for one, other in (*_list_found(frames), *_list_claims(frames)):
        keys = [_find_sentence(material, place) for place in (one, other)]
        if None in keys or one[0] == other[0] or any(set(keys) <= places for places in told):
            continue
        pairs.setdefault(tuple(sorted(keys)))
    return list(pairs)[:MOST_PAIRS]


def _list_found(frames: dict[str, pd.DataFrame]) -> Iterator[tuple]:
    sides = frames["disagreement_sides"].dropna(subset=["start"])
    for _, rows in sides.groupby("disagreement_id", sort=True):
        first = rows.drop_duplicates("side")
        places = list(zip(first["article_id"], first["start"], first["end"], strict=True))
        yield from combinations(places, 2)


def _list_claims(frames: dict[str, pd.DataFrame]) -> list[tuple]:
    """List pairs of claims on one proposition in two articles, disputed ones first, then the likest."""
    claims = frames["claims"].set_index("claim_id")
    found = []
    for _, rows in frames["proposition_claims"].groupby("proposition_id", sort=True):
        for one, other in combinations(list(rows.itertuples()), 2):
            disputed = "disputes" in (one.relation, other.relation) and one.relation != other.relation
            places = [
                (row.article_id, claims.at[row.claim_id, "start"], claims.at[row.claim_id, "end"])
                for row in (one, other)
            ]
            found.append((not disputed, -min(one.score, other.score), *places))
    return [tuple(row[2:]) for row in sorted(found)]


def _find_sentence(material: Material, place: tuple[str, int, int]) -> Key | None:
    article = material.articles.get(place[0])
    sentences = article.sentences_of(Spot(int(place[1]), int(place[2]))) if article else []
    return (place[0], sentences[0].number) if sentences else None


def _show_sentence(article: Article, sentence: Sentence) -> dict:
    return {"article": article.article_id, "source": article.source, "sentence": sentence.number, "text": sentence.text}


def _show_pair(number: int, pair: tuple[Key, Key], material: Material) -> str:
    articles = [material.articles[name] for name, _ in pair]
    statements = [_show_sentence(a, a.sentences[key[1] - 1]) for a, key in zip(articles, pair, strict=True)]
    return json.dumps({"pair": number, "statements": statements}, ensure_ascii=False)


def _make_pair_requests(pairs: list[tuple[Key, Key]], material: Material, reader: Reader) -> list[Request]:
    shown = [_show_pair(number, pair, material) for number, pair in enumerate(pairs, 1)]
    return [
        reader.make_request(PAIRS_PROMPT, "answer", pairs="\n".join(shown[start : start + PAIRS]))
        for start in range(0, len(shown), PAIRS)
    ]


def _refute(given: dict[str, list[dict]], material: Material, reader: Reader) -> None:
    """Ask the model to refute its own findings, and mark those that it takes back."""
    items = [item for item in verify_given(given, material) if item.severity]
    batches = [items[start : start + PAIRS] for start in range(0, len(items), PAIRS)]
    requests = [
        reader.make_request(REFUTE, "refutation", findings="\n".join(map(_show_finding, range(1, len(b) + 1), b)))
        for b in batches
    ]
    for batch, content in zip(batches, reader.read_all(requests), strict=True):
        for judgement in _list_judgements(content):
            number = judgement.get("number")
            if judgement.get("holds") is False and isinstance(number, int) and 0 < number <= len(batch):
                why = judgement.get("why")
                batch[number - 1].given["withdrawn"] = why[:LONGEST_WHY] if isinstance(why, str) and why else "refuted"


def _list_judgements(content: dict | None) -> list[dict]:
    judgements = content.get("judgements") if content else None
    return [entry for entry in judgements if isinstance(entry, dict)] if isinstance(judgements, list) else []


def _show_finding(number: int, item: Item) -> str:
    sides = [
        [_show_sentence(place.article, place.sentences[0]) | {"quote": place.text} for place in side]
        for side in item.sides
    ]
    return json.dumps({"number": number, "kind": item.kind, "what": item.what, "sides": sides}, ensure_ascii=False)
