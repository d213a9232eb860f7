"""The registry of formats: a new one is one module, one test and one name; what the manual lists is what is read."""

from __future__ import annotations

import pytest

from conftest import ROOT
from helpers.articles.documents import FormatError, Limits
from helpers.articles.formats.registry import NAMES, find_by_first_bytes, find_format, list_formats, read_documents

FOLDER = ROOT / "src" / "helpers" / "articles" / "formats"


def describe_formats() -> str:
    """Say what can be read as the manual says it: formats of one kind together, each with its endings."""
    endings: dict[str, list[str]] = {}
    for known in list_formats():
        endings.setdefault(known.called, []).extend(known.endings)
    listed = [f"{called} ({', '.join(f'`{ending}`' for ending in own)})" for called, own in endings.items()]
    return ", ".join(listed)


def test_the_readme_lists_the_formats_that_are_read():
    assert " ".join((ROOT / "README.md").read_text(encoding="utf-8").split()).count(describe_formats()) == 1


def test_every_module_that_defines_a_format_stands_in_the_list():
    modules = {path.stem for path in FOLDER.glob("*.py") if "FORMAT = " in path.read_text(encoding="utf-8")}
    assert modules == set(NAMES)


def test_no_two_formats_claim_one_ending():
    endings = [ending for known in list_formats() for ending in known.endings]
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("a.html", "page"),
        ("A.HTM", "page"),
        ("crawl.warc.gz", "web_archive"),
        ("crawl.jsonl.gz", "gzipped"),
        ("a.odd", "plain_text"),
        ("a", "plain_text"),
    ],
)
def test_the_end_of_a_name_tells_the_format_whatever_its_case(name, module):
    assert find_format(name) is list_formats()[NAMES.index(module)]


def test_a_text_that_begins_as_another_format_is_read_as_that():
    assert find_by_first_bytes(b"%PDF-1.7 ...").endings == (".pdf",)
    with pytest.raises(FormatError, match="not a whole PDF"):
        read_documents(b"%PDF-1.7 and nothing else", "article.txt", Limits())
