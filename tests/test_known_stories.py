"""Nothing in src/ knows the stories that it was tried on: no name of theirs stands in a rule, a list or a docstring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, SHARED
from helpers.language.dictionary import UNKNOWN, find_word_class
from helpers.language.lexicons import load_lexicon

LAST_OPEN_STORY = 16  # of the pool; the later ones are kept for measuring, and nobody opens them
READ = {".py", ".csv", ".toml", ".md", ".j2", ".js", ".css"}
# Words that name nobody of a story: ordinary ones, cues for names, and names that are facts of the language or the trade.
GENERAL = (
    "common_words", "entity_cues", "titles", "months", "weekdays", "named_weekdays", "holidays", "currencies", "places",
    "gendered_words", "publishers", "agencies",
)  # fmt: skip
# Abbreviations of English and of the web, and a service that share bars of news pages name.
ALLOWED = {"adm", "apis", "corp", "docs", "gen", "ids", "javascript", "mac", "url", "facebook", "qur'an"}
WORD = re.compile(r"[A-Za-z][\w'-]*\w")


def list_stories() -> list[Path]:
    """The folders of the known stories; one that is invented names nobody."""
    pool = [path for path in SHARED.glob("pool/stories/[0-9]*") if int(path.name[:2]) <= LAST_OPEN_STORY]
    shipped = [path for path in (ROOT / "data" / "raw").iterdir() if path.is_dir() and not is_invented(path)]
    beside = [path for path in (*SHARED.glob("stories/*"), *SHARED.glob("articles/*")) if path.is_dir()]
    return sorted([*shipped, *beside, *pool])


def is_invented(story: Path) -> bool:
    return yaml.safe_load((story / "story.yaml").read_text(encoding="utf-8")).get("kind") == "invented"


def read_texts(story: Path) -> str:
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in sorted(story.glob("*.txt")))
    return "\n".join(texts).replace("’", "'")


def list_words(text: str) -> Iterator[str]:
    """The words of a text without possessive endings, those with a hyphen also in their parts."""
    for found in WORD.findall(text.replace("’", "'")):
        word = re.sub(r"'s?$", "", found)
        yield from {word, *word.split("-")}


def find_names(text: str) -> set[str]:
    """The words that a text writes with a capital within a sentence."""
    inside = re.finditer(r"(?<=[a-z,] )[A-Z][\w'-]*[a-z]\w*", text)
    return {word for found in inside for word in list_words(found.group()) if len(word) > 2}


@pytest.fixture(scope="module")
def ordinary() -> set[str]:
    """The words, in lower case, that are no names: of the general lists, and what any story writes small."""
    listed = (" ".join((row["entry"], row.get("name", ""))) for name in GENERAL for row in load_lexicon(name))
    given = (" ".join(row.values()) for row in load_lexicon("given_names"))
    words = {word.casefold() for text in (*listed, *given) for word in list_words(text)}
    return (
        words | ALLOWED | {word for story in list_stories() for word in list_words(read_texts(story)) if word.islower()}
    )


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """The words of src/ with the file in which they stand; what only lists write, small, and no dictionary knows may be a name."""
    places: dict[str, str] = {}
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in READ:
            for word in list_words(path.read_text(encoding="utf-8")):
                places.setdefault(word, path.name)
                if path.suffix == ".csv" and find_word_class(word) == UNKNOWN:
                    places.setdefault(word.capitalize(), path.name)
    return places


@pytest.mark.parametrize("story", list_stories(), ids=lambda story: f"{story.parent.name}-{story.name[:20]}")
def test_no_name_of_a_known_story_stands_in_the_code_or_its_lists(story, ordinary, written):
    names = {name for name in find_names(read_texts(story)) if name.casefold() not in ordinary and "'" not in name}
    assert {name: written[name] for name in names if name in written} == {}


def test_a_name_would_be_found():
    assert find_names("On Monday Netflix said that Ada Roe's firm, Al-Marsad, lost.") >= {"Netflix", "Roe", "Al-Marsad"}
