"""A story.yaml for what the texts do not say of themselves: what is known filled in, what is missing left open."""

from __future__ import annotations

import json

import pandas as pd

from helpers.store.descriptions import NAME
from helpers.store.publishers import name_sources

HEAD = f"""\
# What the texts do not say of themselves. Fill in what is empty, correct what is wrong,
# and keep this file as {NAME} beside the articles. Empty lines mean that nothing is known.
"""
TOP = {"title": "what the story is called", "about": "one or two sentences", "kind": ""}
FIELDS = {"source": "who published it", "published": "the day, as 2024-04-03"}
GIVEN = ("title", "byline", "url", "note")  # of what somebody described already, kept as it is


def list_missing(articles: pd.DataFrame) -> dict[str, int]:
    """Count what is not known of the articles that were read: `publisher`, `date`."""
    read = articles[articles["skipped"].isna()]
    return {"publisher": int(read["source"].isna().sum()), "date": int(read["published"].isna().sum())}


def write_skeleton(articles: pd.DataFrame, story: dict) -> str:
    """Write the text of a story.yaml: what is described already, what pages and texts say of themselves, and what is open.

    A file with several articles is left out: one entry would speak of all of them.
    """
    given = story.get("articles") or {}
    lines = [
        HEAD,
        *[_line("", key, story.get(key), hint) for key, hint in TOP.items() if key != "kind" or story.get(key)],
    ]
    lines.append("articles:\n")
    names = name_sources(articles)
    read = articles[articles["skipped"].isna()]
    files = {row.article_id: _find_file(row) for row in read.itertuples()}
    counts = pd.Series(list(files.values())).value_counts()
    for row in read.itertuples():
        file = files[row.article_id]
        if counts[file] == 1:
            lines += _describe_article(row, file, names[row.article_id], given.get(file) or {})
    return "".join(lines)


def _find_file(row) -> str:
    """Give an article's file as a description names it, in the story's folder."""
    _, found, within = row.raw_path.partition(f"{row.story}/")
    return within if found else row.raw_path.rpartition("/")[2]


def _describe_article(row, file: str, name: str, given: dict) -> list[str]:
    lines = [f"  {_quote(file)}:  # {' '.join(name.split())}\n"]
    for field, hint in FIELDS.items():
        value = getattr(row, field)
        known = isinstance(value, str) if field == "source" else pd.notna(value)
        shown = value if field == "source" or not known else f"{value:%Y-%m-%d}"
        origin = getattr(row, f"{field}_from", None)
        told = (
            ""
            if not known or origin in (None, NAME)
            else f"from {origin}, {getattr(row, f'{field}_sure', None)} certainty"
        )
        lines.append(_line("    ", field, shown if known else None, told or hint, plain=field == "published"))
        if field == "published" and known and isinstance(row.published_precision, str):
            lines.append(_line("    ", "published_precision", row.published_precision, "", plain=True))
    return [*lines, *[_line("    ", key, given[key], "") for key in GIVEN if given.get(key)]]


def _line(indent: str, key: str, value: object, hint: str, plain: bool = False) -> str:
    known = value not in (None, "")
    shown = f" {value if plain else _quote(str(value))}" if known else ""
    told = f"  # {hint}" if hint and (not known or hint.startswith("from ")) else ""
    return f"{indent}{key}:{shown}{told}\n"


def _quote(text: str) -> str:
    """Quote a text so that it stays one whatever it holds; what JSON escapes, YAML reads the same."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
