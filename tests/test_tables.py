"""The contract of the tables: checked at every write and read, whole or absent on disk, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from conftest import ROOT
from helpers import tables
from write_expected import CODEBOOK, describe_codebook


def one_passage(**changes) -> dict:
    row = {"article_id": "a", "passage_id": "p", "start": 0, "end": 3, "kind": "body", "text": "Yes", "why": "prose"}
    return {**row, **changes}


@pytest.mark.parametrize("name", tables.TABLES)
def test_an_empty_table_has_all_its_columns_and_types(name):
    frame = tables.conform([], name)
    assert list(frame) == list(tables.TABLES[name].columns)
    assert [str(dtype) for dtype in frame.dtypes] == [spec.dtype for spec in tables.TABLES[name].columns.values()]


def test_a_table_comes_back_from_disk_as_it_was_written(tmp_path):
    rows = [
        {"article_id": "b", "claim_id": "c", "start": 4, "end": 8, "text": "2013", "event": "it began",
         "date_start": pd.Timestamp("2013-01-01"), "date_end": pd.Timestamp("2013-12-31")},
        {"article_id": "a", "claim_id": "d", "start": 1, "end": 5, "text": "soon", "event": "it ends"},
    ]  # fmt: skip
    written = tables.write_table(pd.DataFrame(rows), "timeline", "story", tmp_path)
    pd.testing.assert_frame_equal(tables.read_table("timeline", "story", tmp_path), written)


def test_rows_have_one_order_whatever_order_they_come_in():
    rows = [one_passage(passage_id=f"p{start}", start=start, end=start + 1, text="x") for start in (5, 1, 3)]
    assert list(tables.conform(rows, "passages")["start"]) == [1, 3, 5]


def test_a_further_column_is_kept_behind_the_others():
    assert list(tables.conform([one_passage(note="x")], "passages"))[-1] == "note"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "poem"}, "'poem' in the column 'kind' is none of"),
        ({"start": "soon"}, "start"),
        ({"text": None}, "has empty cells"),
    ],
    ids=["unknown kind", "offset that is no number", "missing text"],
)
def test_a_row_that_breaks_the_schema_is_refused_in_one_line(change, fault, tmp_path):
    with pytest.raises(tables.TableError, match=fault) as error:
        tables.write_table(pd.DataFrame([one_passage(**change)]), "passages", "story", tmp_path)
    assert "\n" not in str(error.value)


def test_what_must_be_unique_stands_once_in_a_story():
    one, two = one_passage(story="fog"), one_passage(story="ice")
    both = tables.conform([one, two], "passages")
    assert tables.check(both, "passages", many_stories=True) is both
    with pytest.raises(tables.TableError, match="'passage_id' stands twice"):
        tables.check(both, "passages")


def test_a_missing_column_is_named():
    with pytest.raises(tables.TableError, match="'why' is missing"):
        tables.conform([{key: value for key, value in one_passage().items() if key != "why"}], "passages")


def test_a_missing_table_says_which_notebook_to_run(tmp_path):
    with pytest.raises(tables.TableError, match=r"run notebooks/02-extract-claims.ipynb first"):
        tables.read_table("claims", "story", tmp_path)


def test_a_truncated_parquet_file_is_named_with_its_reason(tmp_path):
    tables.write_table(pd.DataFrame([one_passage()]), "passages", "story", tmp_path)
    path = tables.table_path("passages", "story", tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(tables.TableError, match=r"passages.parquet cannot be read"):
        tables.read_table("passages", "story", tmp_path)


def test_publishers_called_NA_or_007_stay_strings(tmp_path):  # noqa: N802
    rows = [
        {"article_id": name, "story": "s", "source": name, "raw_path": "x", "raw_sha256": "0", "text": "", "n_chars": 0,
         "n_words": 0} for name in ("007", "NA", "None", "null")
    ]  # fmt: skip
    tables.write_table(pd.DataFrame(rows), "articles", "s", tmp_path)
    assert list(tables.read_table("articles", "s", tmp_path)["source"]) == ["007", "NA", "None", "null"]


def test_formula_cells_are_neutralised_and_can_be_brought_back():
    cells = ["=1+1", "+49", "-3", "@x", "\tx", "'quoted'", "plain"]
    written = tables.to_csv(pd.DataFrame({"text": cells, "number": [-1.5] * len(cells)}))
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["text"] for row in rows] == ["'=1+1", "'+49", "'-3", "'@x", "'\tx", "''quoted'", "plain"]
    assert [row["text"].removeprefix("'") for row in rows] == cells
    assert {row["number"] for row in rows} == {"-1.5"}


def test_ids_depend_on_content_alone():
    assert tables.make_id("c", "a", 1, 2) == tables.make_id("c", "a", 1, 2)
    assert len({tables.make_id("c", "a", 12), tables.make_id("c", "a1", 2), tables.make_id("p", "a", 12)}) == 3


def test_a_span_that_is_not_where_it_says_is_found():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["Yes, but"]})
    frames = {"articles": articles, "passages": pd.DataFrame([one_passage()])}
    assert tables.find_misplaced(frames) == []
    frames["passages"] = pd.DataFrame([one_passage(start=1, end=4)])
    assert len(tables.find_misplaced(frames)) == 1


def test_the_codebook_describes_every_column_as_it_is():
    written = (ROOT / "data" / "processed" / "README.md").read_text(encoding="utf-8")
    assert written.partition(CODEBOOK)[2] == describe_codebook(), "run `make expected`"


def test_sides_are_named_as_columns_are_and_never_run_out():
    assert [tables.name_side(number) for number in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        "a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa",
    ]  # fmt: skip
