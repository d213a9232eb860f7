"""Notes in Markdown (.md), as clippers of pages save them: a head of fields, and a text with signs for its setting."""

from __future__ import annotations

import re

import yaml

from helpers.articles.documents import Document, Limits
from helpers.articles.formats.markup import strip_tags
from helpers.articles.formats.records.columns import FIELDS, map_columns, read_cell
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text
from helpers.articles.stamps import read_published
from helpers.store.descriptions import DescriptionError, read_mapping

HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(?P<fields>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
FIELD = re.compile(r"^(?P<name>[A-Za-z][\w -]{0,30}):[ \t]+(?P<value>\S.*)$", re.M)
FEWEST_FIELDS = 2
LONGEST_HEAD = 20_000
WIKI_LINK = re.compile(r"!?\[\[(?P<place>[^\[\]|\n]{1,200})(?:\|(?P<shown>[^\[\]\n]{1,200}))?\]\]")
MOST_SIGNS = 20_000  # brackets and stars beyond which a file is read as the text that it is
ADDRESS = re.compile(r"https?://\S+$")


def read_markdown(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a note: the fields of its head are the metadata, and of the rest the text without the signs of Markdown."""
    text = read_text(raw, name)
    head = HEAD.match(text[:LONGEST_HEAD])
    fields = _read_head(head["fields"]) if head else None
    body = text[head.end() :] if head and fields is not None else text
    document = Document(strip_markdown(body), origin="the note")
    if fields:
        _describe(document, fields, limits)
    return [document]


def _read_head(written: str) -> dict[str, object] | None:
    """Read the fields of a head, line by line where it is no YAML; None where it is none, such as a text between two rules."""
    try:
        return read_mapping(written)
    except (DescriptionError, yaml.YAMLError, ValueError):
        fields = {found["name"]: found["value"].strip("\"' ") for found in FIELD.finditer(written)}
        return fields if len(fields) >= FEWEST_FIELDS else None


def _describe(document: Document, fields: dict[str, object], limits: Limits) -> None:
    """Take a note's fields for what they say of the article; an address under `source` is where it was clipped from."""
    columns = map_columns(set(fields), dict(limits.columns))
    for field in FIELDS:
        for column in columns.get(field, []):
            value = WIKI_LINK.sub(_show_link, read_cell(fields[column])).strip()
            if ADDRESS.match(value):
                document.url = document.url or value
            elif value and field not in ("text", "name", "url"):
                document.metadata.setdefault(field, value)
    published = read_published(document.metadata.pop("published", ""))
    if published.date:
        document.metadata["published"] = published.date


def strip_markdown(text: str) -> str:
    """Give the text of Markdown without its signs: one paragraph a block, links by their words, no pictures."""
    if sum(map(text.count, "[]*_`")) > MOST_SIGNS:
        return text
    import mistune  # a folder without notes is read without it

    html = mistune.html(WIKI_LINK.sub(_show_link, text))
    return strip_tags(html) if isinstance(html, str) else text


def _show_link(found: re.Match) -> str:
    return "" if found.group().startswith("!") else found["shown"] or found["place"]


FORMAT = Format(
    "notes in Markdown",
    (".md", ".markdown"),
    "one article",
    read_markdown,
    lambda raw: bool(HEAD.match(raw[:LONGEST_HEAD].decode("utf-8", "replace"))),
)
