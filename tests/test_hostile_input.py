"""What nobody writes and somebody sends: texts without an end, titles that are programs, and whatever a generator thinks of."""

from __future__ import annotations

import csv
import io
import json
import os
import time

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import tables
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.mentions.values.find import find_values
from helpers.passages import split_passages
from helpers.report.write import write_workbook
from helpers.running.published import crate, index
from helpers.running.runner import run_story
from helpers.store.descriptions import DescriptionError, parse_description
from stories import make_articles
from suites import execute_here, make_job, make_suite

SENTENCE = "The ferry struck the pier at Halvik on Monday, the harbour master said. Eleven people were hurt. "
ENDLESS = {
    "a line without a break": lambda size: SENTENCE * (20 * size),
    "quotation marks that never close": lambda size: 'He said "so and then ' * (40 * size),
    "curly marks that never close": lambda size: "He said “so and then " * (40 * size),
    "numbers alone": lambda size: " ".join(f"{n} million people" for n in range(60 * size)),
    "a word without a space": lambda size: "x" * (4000 * size) + " sank, he said.",
    "commas": lambda size: "the owner, the crew, the port, " * (40 * size),
    "brackets": lambda size: "(he said " * (60 * size),
}
TITLES = (
    "=HYPERLINK(\"http://evil.example\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "'=1", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "{{7*7}}", "$x$", "a\u202egnp.exe", "\x1b[2J\x07", "line\nbreak", "\ufffe\uffff", "x" * 40_000, "]]>", "&amp;", "javascript:alert(1)", "\ud800",
)  # fmt: skip


def spend(text: str) -> float:
    articles = make_articles({"a": f"Ferry\n\n{text}", "b": "Fog\n\nThe ferry sank."})
    began = time.process_time()
    extract_claims(articles, split_passages(articles))
    return time.process_time() - began


@pytest.mark.parametrize("make", ENDLESS.values(), ids=list(ENDLESS))
def test_a_text_without_an_end_takes_time_in_step_with_its_length(make):
    spend(make(1))  # what is read once a process
    small, large = min(spend(make(4)) for _ in range(2)), spend(make(16))
    assert large < 8 * max(small, 0.15)


def test_a_sentence_that_never_ends_is_cut_between_words():
    from helpers.language.sentences import LONGEST, find_sentences

    text = "  The crew waited and " * 400
    pieces = find_sentences(text)
    assert len(pieces) > 5 and max(piece.end - piece.start for piece in pieces) <= LONGEST
    assert "".join(text[p.start : p.end].replace(" ", "") for p in pieces) == text.replace(" ", "")
    assert all(text[p.start] != " " and text[p.end - 1] != " " for p in pieces)


def test_five_thousand_files_are_five_thousand_rows(tmp_path):
    for number in range(5000):
        (tmp_path / f"{number:04d}.txt").write_text(f"Ferry {number}\n\nThe ferry sank.\n")
    began = time.process_time()
    articles = read_articles(tmp_path)
    assert (len(articles), articles["skipped"].notna().sum(), articles["article_id"].nunique()) == (5000, 0, 5000)
    assert time.process_time() - began < 30


@pytest.mark.slow
def test_nineteen_megabytes_and_a_line_of_five_are_read_and_cut(tmp_path):
    (tmp_path / "long.txt").write_text("\n\n".join([SENTENCE] * (19_000_000 // len(SENTENCE))))
    (tmp_path / "line.txt").write_text("Ferry\n\n" + SENTENCE * (5_000_000 // len(SENTENCE)))
    began = time.process_time()
    articles = read_articles(tmp_path)
    passages = split_passages(articles)
    assert time.process_time() - began < 120
    assert articles["skipped"].isna().all()
    assert set(passages["article_id"]) == set(articles["article_id"])


# Titles that are programs


@pytest.mark.parametrize("title", TITLES, ids=[repr(title[:12]) for title in TITLES])
def test_a_hostile_title_is_text_in_every_file_for_spreadsheets(title):
    clean = title.encode("utf-8", "replace").decode()
    frame = pd.DataFrame({"title": [clean, "end"], "n": [-5, 1]})
    text = tables.to_csv(frame).encode("utf-8", "replace").decode()
    csv.field_size_limit(10**6)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert (len(rows), rows[1][1], rows[2]) == (3, "-5", ["end", "1"])
    assert not rows[1][0].startswith(tables.FORMULA_STARTS[:-1])
    sheet = openpyxl.load_workbook(
        io.BytesIO(write_workbook({"articles": pd.DataFrame({"title": [title, "end"]}, dtype=object)}))
    )["articles"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert len(cells) == 2 and all(
        cell.data_type in ("s", "inlineStr", "n") and cell.hyperlink is None for cell in cells
    )
    assert not str(cells[0].value or "").startswith(tables.FORMULA_STARTS[:-1])


@pytest.mark.parametrize("title", TITLES, ids=[repr(title[:12]) for title in TITLES])
def test_a_hostile_title_is_text_in_the_index_and_the_crate(tmp_path, title, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    suite = make_suite(tmp_path)

    def execute(path, parameters, folder, failed):
        done = execute_here(path, parameters, folder, failed)
        made = folder / "reports" / "fog" / "report.json"
        if made.exists():
            told = {"title": title, "about": title, "kind": "retold"}
            articles = [{"skipped": None, "origin": "o", "published": None, "source": title, "name": title}]
            finding = {"id": "d-1", "kind": "denial", "explanation": title}
            made.write_text(json.dumps({"story": told, "articles": articles, "disagreements": [finding]}))
        return done

    run_story(make_job(suite), execute=execute)
    described = json.loads((suite / "reports" / "fog" / crate.CRATE).read_text(encoding="utf-8"))
    (root,) = [entity for entity in described["@graph"] if entity["@id"] == "./"]
    assert root["name"] == title
    index.write_index(suite / "reports")
    page = (suite / "reports" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and "<img" not in page
    assert "cannot be read" not in page
    assert "{{7*7}}" in page or "{{" not in title
    assert not [char for char in page if not char.isprintable() and char not in "\n\t\ufffe\uffff"]


# Whatever a generator thinks of


ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=200)
NEWS = st.lists(
    st.sampled_from(["“", "”", '"', "'", "(", ")", " said ", "He ", "denied ", " that ", "Ida Brekke", ", ", ". ", "\n", "$", "5", "million ", "%",
                     "2021-02-30 ", "nearly ", "not ", "according to ", "\u200b", "é", "\U0001f6f3", "\x00", "1e999 ", "½", "٣ ", "Monday ", "ten "])
    | ANY_TEXT,
    max_size=40,
).map("".join)  # fmt: skip
calmly = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


@calmly
@given(
    NEWS, st.sampled_from([None, pd.Timestamp("2024-02-29"), pd.Timestamp("1700-01-01"), pd.Timestamp("2261-12-31")])
)
def test_values_lie_where_they_say_and_their_bounds_are_in_order(text, published):
    for value in find_values(text, published, None if published is None else "day"):
        assert 0 <= value.start < value.end <= len(text)
        if value.low is not None and value.high is not None:
            assert value.low <= value.high


@calmly
@given(st.lists(NEWS, min_size=1, max_size=3))
def test_claims_lie_where_they_say_in_any_text(texts):
    articles = make_articles({f"a{n}": text for n, text in enumerate(texts)})
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    assert tables.find_misplaced({"articles": articles, "passages": passages, "claims": claims}) == []


KEYS = (
    st.sampled_from(
        ["title", "about", "articles", "references", "columns", "kind", "titel", "published", "file", "a.txt"]
    )
    | ANY_TEXT
)
YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@calmly
@given(
    st.dictionaries(KEYS, YAML, max_size=4).map(lambda found: json.dumps(found, default=str))
    | ANY_TEXT
    | st.binary(max_size=200)
)
def test_a_description_is_read_or_refused_in_one_line(content):
    try:
        found = parse_description(content)
    except DescriptionError as error:
        assert str(error) and "\n" not in str(error)
    else:
        assert isinstance(found, dict)
