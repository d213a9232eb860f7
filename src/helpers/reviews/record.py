"""The record of a story's reviews: read, checked, brought to its places; of two that contradict the later holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.reviews.form import Review, ReviewError, Target, read_review
from helpers.reviews.places import Text, find_target
from helpers.reviews.settle import Placed, settle
from helpers.reviews.spots import Place
from helpers.store.journal import NAME, JournalError, append_objects, read_lines, read_object

ORPHAN = tables.REVIEW_STATES[-1]


def read_reviews(folder: str | Path, articles: pd.DataFrame) -> pd.DataFrame:
    """Read the reviews of a story whose own folder is `folder`: the table `reviews`, each at its place in the articles.

    Raises ReviewError, which names the line, where the file holds anything that is no review.
    """
    return place_reviews(list_reviews(folder), articles)


def list_reviews(folder: str | Path) -> list[Review]:
    """Read the lines of a story's record. Raises ReviewError."""
    found: dict[str, Review] = {}
    try:
        for number, line in read_lines(Path(folder)):
            review = _read_line(number, line)
            if review.key in found:
                raise ReviewError(f"{NAME} line {number}: the id of line {found[review.key].line} stands here again")
            found[review.key] = review
    except JournalError as error:
        raise ReviewError(str(error)) from None
    return list(found.values())


def _read_line(number: int, line: str) -> Review:
    try:
        return read_review(number, read_object(number, line))
    except ReviewError as error:
        raise ReviewError(f"{NAME} line {number}: {error}") from None


def append_reviews(folder: str | Path, annotations: Iterable[dict]) -> None:
    """Append annotations to the record of a story, each whole, whoever else writes there."""
    annotations = list(annotations)
    for annotation in annotations:
        read_review(0, annotation)
    append_objects(Path(folder), annotations)


def place_reviews(reviews: Iterable[Review], articles: pd.DataFrame) -> pd.DataFrame:
    """Bring reviews to their places in the articles as they are now: the table `reviews`."""
    library = Library(articles)
    placed = [library.place(review) for review in sorted(reviews, key=lambda review: (review.created, review.line))]
    states = settle(placed)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = [_tabulate(one, *state, texts) for one, state in zip(placed, states, strict=True)]
    return tables.conform(rows, "reviews")


class Library:
    """The articles of a story, in which targets are looked up."""

    def __init__(self, articles: pd.DataFrame):
        self.rows = {row.article_id: row for row in articles.itertuples()}
        self.texts = {key: Text(row.text) for key, row in self.rows.items()}
        digests = articles["raw_sha256"].value_counts()
        self.by_digest = {
            row.raw_sha256: key for key, row in self.rows.items() if row.raw_sha256 and digests[row.raw_sha256] == 1
        }
        self.by_address = {row.url: key for key, row in self.rows.items() if isinstance(row.url, str)}
        self.by_file = {row.raw_path.rpartition("/")[2]: key for key, row in self.rows.items()}

    def find_article(self, target: Target) -> str | None:
        """Find the article of a target: the same file under the same name, else that file renamed, else the name."""
        own = self.rows.get(target.article)
        if own is not None and own.raw_sha256 == target.digest:
            return target.article
        name = target.article.rpartition("/")[2]
        ways = (self.by_digest.get(target.digest), target.article if own is not None else None)
        ways += (self.by_address.get(target.article), self.by_file.get(name))
        return next((way for way in ways if way is not None), None)

    def place(self, review: Review) -> Placed:
        """Place every target of a review, as far as it can be found."""
        places, lost = [], 0
        for target in review.targets:
            article = self.find_article(target)
            if article is None:
                lost += 1
            elif target.exact is None:
                places.append(Place(target.side, article, None))
            else:
                spot = find_target(target, self.texts[article])
                lost += spot is None
                places += [Place(target.side, article, spot)] if spot is not None else []
        return Placed(review, tuple(places), lost, frozenset(self.rows))


def _tabulate(placed: Placed, state: str, reason: str | None, texts: dict[str, str]) -> dict:
    review = placed.review
    named = Place("", review.targets[0].article if review.targets else None, None)
    _, article, spot = next(iter(placed.places), named)
    return {
        "review_id": review.key, "line": review.line, "created": review.created or None, "creator": review.creator,
        "about": review.about, "action": review.action, "article_id": article,
        "start": spot.start if spot else None, "end": spot.end if spot else None,
        "exact": texts[article][spot.start : spot.end] if spot else None,
        "value": word_value(review), "was": _word(review.body.get("was")), "why": _word(review.body.get("why")), "state": state,
        "reason": reason, "body": json.dumps(review.body, ensure_ascii=False, sort_keys=True),
        "places": json.dumps([[side, key, *(spot or (None, None))] for side, key, spot in placed.places]),
    }  # fmt: skip


def word_value(review: Review) -> str | None:
    """Say the value of a review in a few words."""
    value = review.value
    if isinstance(value, dict):
        value = value.get("what") or ", ".join(f"{name}: {_word(told)}" for name, told in sorted(value.items()))
    return _word(value)


def _word(value: object) -> str | None:
    if value is None:
        return None
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else " ".join(str(value).split())


def list_orphans(reviews: pd.DataFrame) -> list[str]:
    """Say of each review whose place is gone what it was and what is missing, a line each."""
    return [
        f"line {row.line}: {row.action}{f' {row.value!r}' if isinstance(row.value, str) else ''}: {row.reason}"
        for row in reviews[reviews["state"].eq(ORPHAN)].sort_values("line").itertuples()
    ]
