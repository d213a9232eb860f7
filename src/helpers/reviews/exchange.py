"""Reviews out to other tools and marks of other tools in, as plain Web Annotations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.readings.folding import fold
from helpers.reviews.form import ACTIONS, CONTEXT, NOTE, ReviewError, Target, make_annotation, read_review
from helpers.reviews.listing import tell_action
from helpers.reviews.places import Text, find_target, record_article, record_target
from helpers.reviews.record import Library, append_reviews, list_reviews, read_reviews
from helpers.reviews.spots import Spot
from helpers.store.journal import read_lines


class Taken(NamedTuple):
    """What became of the marks of another tool: how many were taken in, and a line for each that was not."""

    count: int
    refused: list[str]


def export_reviews(folder: Path, articles: pd.DataFrame) -> dict:
    """Give the reviews of a story as one page of annotations, each with a text that any tool shows."""
    reviews = read_reviews(folder, articles).set_index("line")
    items = []
    for number, line in read_lines(folder):
        annotation, row = json.loads(line), reviews.loc[number]
        if isinstance(annotation.get("body"), dict) and "action" in annotation["body"]:
            said = ". ".join(filter(None, (tell_action(row), row["why"] if isinstance(row["why"], str) else None)))
            text = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": said}
            annotation["body"] = [text, annotation["body"]]
        items.append(annotation)
    return {"@context": CONTEXT, "id": f"urn:synoptic:{folder.name}:reviews", "type": "AnnotationPage", "items": items}


def import_marks(folder: Path, articles: pd.DataFrame, content: str) -> Taken:
    """Take marks into the record of a story: annotations, pages of them, or what Hypothesis exports.

    A mark is a note, unless a tag names an action: «not a claim», «speaker: Mara Lind». One that stands in the record
    already is left out. Raises ReviewError where the content is none of these.
    """
    known = {review.key for review in list_reviews(folder)}
    made, refused = [], []
    for number, mark in enumerate(_list_marks(content), 1):
        try:
            annotation = _read_mark(mark, articles)
        except ReviewError as error:
            refused.append(f"mark {number}: {error}")
            continue
        if annotation["id"] not in known:
            known.add(annotation["id"])
            made.append(annotation)
    append_reviews(folder, made)
    return Taken(len(made), refused)


def _list_marks(content: str) -> Iterator[object]:
    """List the marks of a file: of an array, of a page or collection, of an export, or a line each."""
    try:
        whole = json.loads(content)
    except ValueError:
        try:
            yield from (json.loads(line) for line in content.splitlines() if line.strip())
        except ValueError:
            raise ReviewError("neither JSON nor JSON a line") from None
        return
    yield from _unfold(whole)


def _unfold(part: object) -> Iterator[object]:
    if isinstance(part, list):
        yield from part
    elif isinstance(part, dict):
        inner = next((part[name] for name in ("items", "rows", "annotations", "first") if name in part), None)
        yield from [part] if inner is None else _unfold(inner)


def _read_mark(mark: object, articles: pd.DataFrame) -> dict:
    if not isinstance(mark, dict):
        raise ReviewError("no annotation")
    bodies = mark.get("body") if isinstance(mark.get("body"), list) else [mark.get("body")]
    own = next((body for body in bodies if isinstance(body, dict) and "action" in body), None)
    if own is not None:
        annotation = {**mark, "body": own}
        read_review(0, annotation)
        return annotation
    texts, tags = _read_words(mark, bodies)
    action, value = _choose_action(tags)
    told = {"why": " ".join(texts) or None, **({"value": value} if action != NOTE else {})}
    creator = mark.get("creator") or mark.get("user") or "somebody"
    creator = creator.get("name", "somebody") if isinstance(creator, dict) else str(creator)
    made = make_annotation(action, _find_targets(mark, articles), creator.removeprefix("acct:").split("@")[0], **told)
    created = {"created": mark["created"]} if isinstance(mark.get("created"), str) else {}
    annotation = {**made, **created, "id": str(mark.get("id") or made["id"])}
    read_review(0, annotation)
    return annotation


def _read_words(mark: dict, bodies: list) -> tuple[list[str], list[str]]:
    """Read the texts and tags of a mark, of a Web Annotation or of Hypothesis."""
    texts = [body for body in bodies if isinstance(body, str)] + [
        mark[name] for name in ("text",) if isinstance(mark.get(name), str)
    ]
    tags = [tag for tag in mark.get("tags") or [] if isinstance(tag, str)]
    for body in bodies:
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            (tags if body.get("purpose") == "tagging" else texts).append(body["value"])
    return [text for text in texts if text.strip()], tags


def _choose_action(tags: list[str]) -> tuple[str, object]:
    """Choose what a mark does: the first tag that names an action, with its value behind a colon; else it is a note."""
    for tag in tags:
        name, _, value = tag.partition(":")
        known = ACTIONS.get(name.strip().casefold())
        if (known and known.places == 1) or (known and known.about == "article"):
            told: object = value.strip() or None
            told = {"true": True, "false": False}.get(str(told), told) if name.strip() == "negated" else told
            return name.strip().casefold(), told
    return NOTE, None


def _find_targets(mark: dict, articles: pd.DataFrame) -> list[dict]:
    """Find the places of a mark, and record them as the suite does. Raises ReviewError."""
    given = mark.get("target")
    targets = given if isinstance(given, list) else [given] if given is not None else []
    library, rows = Library(articles), {row.article_id: row for row in articles.itertuples()}
    review = read_review(
        0, {"type": "Annotation", "id": "mark", "target": [_with_source(target, mark) for target in targets]}
    )
    found = []
    for target in review.targets:
        article = library.find_article(target)
        if article is None:
            raise ReviewError(f"there is no article {target.article!r}")
        spot = None if target.exact is None else _find_mark(target, Text(rows[article].text))
        if target.exact is not None and spot is None:
            raise ReviewError(f"its words do not stand in {article}, or stand there twice: {target.exact[:80]!r}")
        found.append(record_article(rows[article]) if spot is None else record_target(rows[article], *spot))
    return found


def _find_mark(target: Target, text: Text) -> Spot | None:
    """Find a mark that was made just now: words that stand once need nothing beside them."""
    places = text.find_all(fold(target.exact)[0].strip())
    return text.unfold(places[0]) if len(places) == 1 else find_target(target, text)


def _with_source(target: object, mark: dict) -> object:
    lacks = isinstance(target, dict) and "source" not in target and isinstance(mark.get("uri"), str)
    return {**target, "source": mark["uri"]} if lacks else target
