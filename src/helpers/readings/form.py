"""The form of a reading: its JSON Schema, and what in a document does not keep to it, in one line each."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from helpers.tables import DISAGREEMENT_KINDS

FORMAT = 1
LONGEST_FAULT = 200  # characters of a message


class ReadingError(Exception):
    """A reading cannot be read, or a reader cannot be asked; the message is one line."""


@lru_cache(maxsize=1)
def load_schema() -> dict:
    """Read the schema of readings, with the kinds of findings that there are."""
    schema = json.loads(files(__package__).joinpath("schema.json").read_text(encoding="utf-8"))
    schema["$defs"]["disagreement"]["properties"]["kind"]["enum"] = list(DISAGREEMENT_KINDS)
    return schema


def expand_schema(name: str) -> dict:
    """Give one of the definitions as a schema without references, as servers take it that build a grammar from it."""
    return _expand(load_schema()["$defs"][name])


def _expand(part: object) -> object:
    if isinstance(part, list):
        return [_expand(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _expand(load_schema()["$defs"][part["$ref"].rpartition("/")[2]])
    return {key: _expand(value) for key, value in part.items()}


def find_fault(content: object, name: str | None = None) -> str | None:
    """Say in one line what does not keep to the schema, or to its definition `name`, and where; None where all does."""
    from jsonschema import Draft202012Validator  # a second to load: only for whoever has a reading
    from jsonschema.exceptions import best_match

    schema = {"$ref": f"#/$defs/{name}", "$defs": load_schema()["$defs"]} if name else load_schema()
    error = best_match(Draft202012Validator(schema).iter_errors(content))
    if error is None:
        return None
    place = " ".join(str(part + 1 if isinstance(part, int) else part) for part in error.absolute_path)
    return f"{place}: {error.message}"[:LONGEST_FAULT].replace("\n", " ").removeprefix(": ")
