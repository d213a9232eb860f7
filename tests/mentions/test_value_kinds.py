"""A kind of value is one module and one name: whatever else tells kinds apart is derived from them."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from helpers.mentions.values import registry
from helpers.mentions.values.find import find_values
from helpers.mentions.values.registry import ValueKind, find_kind, list_amounts, list_kinds
from helpers.report.overviews import list_amounts as list_shown
from helpers.report.twin import read_schema
from helpers.tables import VALUE_KINDS

SENTENCES = {
    "money": ("She paid $40 million for the pier.", "$40 million"),
    "quantity": ("The ferry carried 120 passengers.", "120 passengers"),
    "percent": ("Turnout was 45.3 percent.", "45.3 percent"),
    "duration": ("The talks took three weeks.", "three weeks"),
    "age": ("The 43-year-old diver swam.", "43-year-old"),
    "date": ("The pier opened on 4 March 2019.", "4 March 2019"),
}


@pytest.mark.parametrize("name", VALUE_KINDS)
def test_each_kind_of_the_contract_reads_its_values(name):
    text, written = SENTENCES[name]
    (value,) = find_values(text)
    assert value.kind == find_kind(name).name == name
    assert written in text[value.start : value.end] or text[value.start : value.end] in written


def test_kinds_are_asked_in_turn_each_with_a_turn_of_its_own():
    turns = [kind.turn for kind in list_kinds()]
    assert turns == sorted(set(turns))


def test_the_schema_of_a_report_allows_the_kinds_that_have_a_heading():
    amounts = read_schema()["properties"]["amounts"]["items"]["properties"]["kind"]["enum"]
    assert amounts == [kind.name for kind in list_amounts()] == ["money", "quantity", "percent", "duration", "age"]


def test_a_new_kind_is_listed_with_the_amounts_of_a_story(monkeypatch):
    known = {**registry._kinds(), "speed": ValueKind(name="speed", turn=9, heading="Speeds", grouped_by="unit")}
    monkeypatch.setattr(registry, "_kinds", lambda: known)
    columns = ["article_id", "start", "end", "kind", "claim_id", "text", "unit", "value", "low", "high", "scope"]
    mentions = pd.DataFrame([["a", 0, 7, "speed", "c", "90 km/h", "km/h", 90, 90, 90, None]], columns=columns)
    claims = pd.DataFrame({"claim_id": ["c"], "text": ["The train ran at 90 km/h"]})
    articles = pd.DataFrame({"article_id": ["a"], "source": ["Halvik Post"]})
    assert list_shown(mentions, claims, articles)["kind"].tolist() == ["speed"]


def test_kinds_of_values_are_known_without_the_parser():
    code = "import sys; from helpers.mentions.values.registry import list_kinds; list_kinds(); print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
