"""The stages of a run: which notebook reads and writes which tables, and which parameters each takes.

Light on purpose: nothing here imports pandas or papermill, so that «nothing has changed» is found quickly.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class UsageError(Exception):
    """What was asked for does not exist or is of the wrong kind; the message is one line."""


class Stage(NamedTuple):
    """One notebook of the suite, the tables that it reads and writes, whether it reads the raw folder, whether it
    tells with which parameters the other notebooks ran, whether it takes in readings, and reviews about what it applies."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    raw: bool = False
    tells: bool = False
    readings: bool = False
    reviews: tuple[str, ...] = ()


STAGES = (
    Stage("01-read-articles", (), ("articles", "passages"), raw=True, reviews=("article",)),
    Stage("02-extract-claims", ("articles", "passages"), ("claims", "mentions"), reviews=("claim", "name")),
    Stage(
        "03-align-claims",
        ("articles", "passages", "claims", "mentions"),
        ("text_reuse", "origins", "changes", "claim_pairs", "propositions", "proposition_claims"),
        reviews=("pair",),
    ),
    Stage(
        "04-compare-sources",
        ("articles", "passages", "claims", "mentions", "text_reuse", "origins", "propositions", "proposition_claims"),
        ("disagreements", "disagreement_sides", "readings", "reviews", "timeline", "source_pairs"),
        readings=True,
        reviews=("article", "claim", "name", "pair", "finding", "note"),  # it tells what became of each
    ),
    Stage(
        "05-report",
        (
            "articles", "passages", "claims", "mentions", "text_reuse", "origins", "changes", "propositions", "proposition_claims",
            "disagreements", "disagreement_sides", "readings", "reviews", "timeline", "source_pairs",
        ),
        (),
        raw=True,  # the description of the story
        tells=True,
    ),
)  # fmt: skip
# The notebook for a person at the desk, which no run executes.
DESK = Stage("04b-desk", ("articles", "passages", "claims", "text_reuse", "origins", "readings", "reviews"), ())
READINGS = "readings"  # folder beside a story's articles: what readers found, and what a model was asked
# Parameters of what is off by default: told only where they are set.
QUIET = ("readings", "reader_url", "reader_model")
# What a parameter may be beside its type, in words and as a test.
BOUNDS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "excerpts": ("spans, sentences or full", lambda value: value in ("spans", "sentences", "full")),
    "min_confidence": ("a number from 0 to 1", lambda value: 0 <= value <= 1),
    "size_limit": ("at least 1", lambda value: value >= 1),
    "questions": ("a list of sentences", lambda value: all(isinstance(line, str) and line.strip() for line in value)),
}
PLACES = ("story", "raw_dir", "raw_folder", "processed_dir", "reports_dir", "earlier_report")


def read_parameters(notebook: Path) -> dict[str, object]:
    """Read the names and defaults of a notebook's `parameters` cell, and what a run injected behind it."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = [
        "".join(cell["source"])
        for cell in cells
        if {"parameters", "injected-parameters"} & set(cell["metadata"].get("tags", []))
    ]
    return {
        target.id: ast.literal_eval(statement.value)
        for source in sources
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def read_settings(story: str, processed_dir: str) -> dict[str, dict]:
    """Read which parameters the notebooks before the report ran with: all, by notebook, and `changed`, those no defaults.

    A run keeps its executed notebooks beside the tables; where there is none, a notebook's own defaults hold. Of a
    path only the last part is told.
    """
    from helpers.store.places import find_root, locate

    notebooks, changed = {}, {}
    for stage in STAGES[:-1]:
        path = find_root() / "notebooks" / f"{stage.name}.ipynb"
        kept = locate(processed_dir, story, "notebooks", path.name)
        defaults = {name: value for name, value in read_parameters(path).items() if name not in PLACES}
        given = read_parameters(kept) if kept.exists() else {}
        used = {name: _hide_folder(given.get(name, value)) for name, value in defaults.items()}
        set_here = {name: value for name, value in used.items() if value != defaults[name]}
        used = {name: value for name, value in used.items() if name in set_here or name not in QUIET}
        if used:
            notebooks[stage.name] = used
        changed.update(set_here)
    return {"notebooks": notebooks, "changed": changed}


def _hide_folder(value: object) -> object:
    is_folder = isinstance(value, str) and "/" in value and "://" not in value
    return Path(value).name if is_folder else value


def check_parameters(given: dict[str, str], notebooks: Path) -> dict[str, object]:
    """Check parameters as typed on the command line against all notebooks: known names, the type of the default.

    Raises UsageError naming the nearest name or the type that is expected.
    """
    import difflib

    known: dict[str, object] = {}
    for stage in STAGES:
        known.update(read_parameters(notebooks / f"{stage.name}.ipynb"))
    settable = [name for name in known if name not in PLACES]
    checked = {}
    for name, text in given.items():
        if name not in settable:
            near = difflib.get_close_matches(name, settable, n=1, cutoff=0.4)
            hint = f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(sorted(settable))}"
            raise UsageError(f"unknown parameter {name!r}{hint}")
        checked[name] = read_value(name, text, known[name])
        _check_bounds(name, checked[name], text, notebooks.parent)
    return checked


def _check_bounds(name: str, value: object, text: str, root: Path) -> None:
    words, holds = BOUNDS.get(name, ("", lambda value: True))
    if not holds(value):
        raise UsageError(f"parameter {name!r} must be {words}, not {text[:60]!r}")
    if name == "corpus_root" and not (root / str(value)).is_dir():
        raise UsageError(f"parameter {name!r}: there is no folder {text[:60]!r}")


def read_value(name: str, text: str, default: object) -> object:
    """Read a parameter's text as the type of its default; a string stays as it is typed."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise UsageError(f"parameter {name!r} holds bytes that are no UTF-8")
    if isinstance(default, str):
        return text
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        value = text
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if isinstance(default, list) and isinstance(value, str):
        value = [value]
    if type(value) is not type(default):
        kind = {float: "a number", int: "a whole number", bool: "True or False", list: "a list"}[type(default)]
        raise UsageError(f"parameter {name!r} must be {kind}, not {text!r}")
    return value


def check_story(story: str, stories: list[str], anywhere: bool) -> str:
    """Refuse a story's name that could lead out of its folder or, unless raw articles are given, that is unknown."""
    listed = f"; there are: {', '.join(stories)}" if stories else "; data/raw holds no story"
    if (
        not story.strip()
        or story.startswith((".", "_"))
        or any(sign in story for sign in "/\\\0\n")
        or Path(story).is_absolute()
    ):
        raise UsageError(f"{story!r} is no name of a story{listed}")
    if not anywhere and story not in stories:
        raise UsageError(f"story {story!r} is unknown{listed}")
    return story


def list_stories(raw_dir: Path) -> list[str]:
    """List the stories under a folder: its visible subfolders, by name."""
    if not raw_dir.is_dir():
        return []
    return sorted(path.name for path in raw_dir.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
