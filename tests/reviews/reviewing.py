"""A small story under review: its tables as the machine makes them, and reviews of what stands in them."""

from __future__ import annotations

import pandas as pd

from helpers.corpus.pipeline import analyse
from helpers.reviews.form import make_annotation, read_review
from helpers.reviews.places import record_article, record_target
from helpers.reviews.record import place_reviews
from stories import make_articles

TEXTS = {
    "gazette": (
        "Bridge at Ostrel falls\n\nThe bridge at Ostrel fell on 3 May 2021. Mara Lind, the mayor, said that 12 people were hurt. "
        "She denied that the town had known of the cracks.\n"
    ),
    "herald": (
        "Ostrel bridge collapses\n\nThe bridge at Ostrel fell on 4 May 2021. Mayor Mara Lind said that 15 people were hurt. "
        "The town had known of the cracks, engineer Tomas Brell said.\n"
    ),
    "post": "A bridge is gone\n\nThe bridge at Ostrel fell on 3 May 2021. The mayor said that 12 people were hurt.\n",
}


class Desk:
    """Reviews of a story, made as the desk makes them: what is pointed at is told by its words."""

    def __init__(self, texts: dict[str, str] = TEXTS):
        self.articles = make_articles(texts).assign(raw_sha256=[f"digest of {name}" for name in texts])
        self.rows = {row.article_id: row for row in self.articles.itertuples()}
        self.made: list[dict] = []

    def point(self, article: str, words: str, side: str = "a") -> dict:
        start = self.rows[article].text.index(words)
        return record_target(self.rows[article], start, start + len(words), side)

    def review(self, action: str, *targets: dict, **told) -> dict:
        annotation = make_annotation(action, targets, told.pop("creator", "Ada"), **told)
        self.made.append(annotation)
        return annotation

    def on_claim(self, action: str, article: str, words: str, **told) -> dict:
        return self.review(action, self.point(article, words), **told)

    def on_article(self, action: str, article: str, value: str) -> dict:
        return self.review(action, record_article(self.rows[article]), value=value)

    def on_finding(self, action: str, made: dict, kind: str, **told) -> dict:
        """Review the first finding of a kind in the tables `made`."""
        found = made["disagreements"].query("kind == @kind").iloc[0]
        sides = made["disagreement_sides"].query("disagreement_id == @found.disagreement_id")
        targets = [
            record_article(self.rows[row.article_id], row.side) if pd.isna(row.start)
            else record_target(self.rows[row.article_id], int(row.start), int(row.end), row.side)
            for row in sides.itertuples()
        ]  # fmt: skip
        finding = {"kind": kind, "severity": found.severity, "what": found.explanation}
        return self.review(action, *targets, finding=finding, **told)

    def place(self, texts: dict[str, str] | None = None) -> pd.DataFrame:
        """The table of the reviews so far, in the articles as they are or in others."""
        articles = self.articles if texts is None else make_articles(texts)
        return place_reviews([read_review(line, made) for line, made in enumerate(self.made, 1)], articles)

    def analyse(self) -> dict[str, pd.DataFrame]:
        return analyse(self.articles, reviews=self.place())
