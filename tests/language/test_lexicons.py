"""Where word lists are from, and that each of their columns is for something."""

from __future__ import annotations

import csv
import re
import tomllib

import pytest

from conftest import ROOT

HELPERS = ROOT / "src" / "helpers"
LEXICONS = HELPERS / "language" / "lexicons"
LISTS = sorted(path.stem for path in LEXICONS.glob("*.csv"))
SOURCES = tomllib.loads((LEXICONS / "SOURCES.toml").read_text(encoding="utf-8"))
CODE = {path: path.read_text(encoding="utf-8") for path in HELPERS.rglob("*.py")}


def read_list(name: str) -> list[dict[str, str]]:
    with (LEXICONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def list_columns_read(name: str) -> set[str]:
    """The columns that the packages which load a list ask any row for."""
    packages = {path.relative_to(HELPERS).parts[0] for path, text in CODE.items() if f'"{name}"' in text}
    code = "".join(text for path, text in CODE.items() if path.relative_to(HELPERS).parts[0] in packages)
    asked = [r"(?:\[|\.get\()[\"'](\w+)[\"']", rf'"{name}", "(\w+)"', rf'entries\("{name}", (\w+)=']
    return {"entry", *(column for pattern in asked for column in re.findall(pattern, code))}


def test_every_list_says_where_it_is_from_and_nothing_else_does():
    assert sorted(SOURCES) == LISTS


@pytest.mark.parametrize("name", LISTS)
def test_a_source_says_what_the_list_is_its_licence_and_method(name):
    told = {key: text for key, text in SOURCES[name].items() if key != "keys"}
    assert set(told) == {"what", "source", "licence", "method"}
    assert all(told.values())


@pytest.mark.parametrize("name", LISTS)
def test_a_key_of_an_entry_is_told_in_the_sources(name):
    keys = {row["source"] for row in read_list(name) if row.get("source")}
    assert keys == set(SOURCES[name].get("keys", {}))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_no_column_that_no_code_reads(name):
    assert set(read_list(name)[0]) - {"source"} <= list_columns_read(name)


def test_no_code_reads_where_an_entry_is_from():
    for name in LISTS:
        if SOURCES[name].get("keys"):
            loaders = [text for text in CODE.values() if f'"{name}"' in text]
            assert loaders
            assert not any(re.search(r'row(?:\[|\.get\()"source"', text) for text in loaders), name


def test_prepositions_and_words_for_untrue_are_told_by_columns_of_their_own():
    assert {row["polarity"] for row in read_list("rejoinders") if row["kind"] == "untrue"} == {"yes", "no"}
    assert {"of", "in"} <= {row["entry"] for row in read_list("function_words") if row["class"] == "preposition"}


def test_a_list_ends_lines_in_one_way():
    for path in sorted(LEXICONS.glob("*.csv")):
        assert b"\r" not in path.read_bytes(), path.name
