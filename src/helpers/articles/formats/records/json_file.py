"""Exports as one JSON file: an article, or a list of them under a name that tools use."""

from __future__ import annotations

import json
import re

from helpers.articles.documents import Document, FormatError, Limits, NoArticlesError
from helpers.articles.formats.records.columns import ROWS, count_broken, map_columns, read_records
from helpers.articles.formats.records.json_lines import read_jsonl
from helpers.articles.formats.registry import Format
from helpers.articles.formats.texts import read_text

BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"")
# Where a JSON file keeps its records, if it is not a list of them: GDELT, JSON Feed, news APIs and search engines.
RECORD_KEYS = ("articles", "items", "stories", "results", "hits", "data", "docs", "entries")


def read_json(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read a JSON file of one article or of a list of them; raises NoArticlesError where it describes something else."""
    try:
        content = json.loads(read_text(raw, name))
    except (ValueError, RecursionError) as error:
        documents = read_jsonl(raw, name, limits)
        if any(not document.skipped for document in documents):
            return documents
        raise FormatError(f"not whole JSON: {' '.join(str(error).split())[:120]}") from None
    if isinstance(content, dict):
        content = next((content[key] for key in RECORD_KEYS if isinstance(content.get(key), list)), [content])
    records = [record for record in content if isinstance(record, dict)] if isinstance(content, list) else []
    columns = map_columns({key for record in records for key in record}, dict(limits.columns))
    if "text" not in columns and not {"url", "title"} <= columns.keys():
        raise NoArticlesError("holds no articles")
    return read_records(records, limits) + count_broken(len(content) - len(records), "records", "no objects", name)


FORMAT = Format("exports", (".json",), ROWS, read_json, lambda raw: bool(BEGINNING.match(raw)))
