"""Lay articles out for a reader: sentences with numbers, and long stories in groups in which every two articles meet."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from helpers.readings.material import Article, Material, Sentence

CHARACTERS = 3.3  # of English, with names and figures, a token; on the safe side
SHARED = 2  # sentences at the end of a part of a long article that stand at the head of the next one too
PAIRS = 12  # in one request


class Part(NamedTuple):
    """An article, or as much of a long one as a group takes, as it is sent."""

    article: str
    text: str

    @property
    def tokens(self) -> int:
        return count_tokens(self.text)


def count_tokens(text: str) -> int:
    """Estimate how many tokens a text costs."""
    return math.ceil(len(text) / CHARACTERS)


def lay_out(article: Article, sentences: Sequence[Sentence], published: object) -> str:
    """Lay out an article as one JSON object, so that nothing in its text can end it: id, source, day, numbered sentences."""
    day = f"{published:%Y-%m-%d}" if published is not None and published == published else None
    content = {
        "article": article.article_id, "source": article.source, "published": day,
        "sentences": [[sentence.number, sentence.text] for sentence in sentences],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False)


def group_articles(material: Material, room: int) -> list[list[Part]]:
    """Group the articles of a story so that each group has at most `room` tokens and every two parts meet in one."""
    parts = [
        part
        for article in material.articles.values()
        if article.sentences
        for part in _cut(article, material.published[article.article_id], room // 2)
    ]
    if sum(part.tokens for part in parts) <= room:
        return [parts] if parts else []
    blocks: list[list[Part]] = []
    for part in parts:
        if blocks and sum(other.tokens for other in blocks[-1]) + part.tokens <= room // 2:
            blocks[-1].append(part)
        else:
            blocks.append([part])
    return [[*one, *other] for one, other in combinations(blocks, 2)] or blocks


def _cut(article: Article, published: object, room: int) -> list[Part]:
    """Cut an article into parts of at most `room` tokens, each beginning with the last sentences of the one before."""
    parts, kept = [], []
    for sentence in article.sentences:
        if kept and count_tokens(lay_out(article, [*kept, sentence], published)) > room:
            parts.append(Part(article.article_id, lay_out(article, kept, published)))
            kept = kept[-SHARED:] if len(kept) > SHARED else []
        kept = [*kept, sentence]
    return [*parts, Part(article.article_id, lay_out(article, kept, published))]
