"""The registry of formats: a new one is one module, one test and one name; what the manual lists is what is read."""

from __future__ import annotations

import gzip

import pytest

from conftest import ROOT
from helpers.articles import read_articles
from helpers.articles.documents import FormatError, Limits
from helpers.articles.formats.registry import NAMES, choose_format, find_format, list_formats, read_documents
from samples import TEXT, make_docx, make_samples

FOLDER = ROOT / "src" / "helpers" / "articles" / "formats"


def describe_formats() -> str:
    """Say what can be read as the manual says it: a table of the formats, each with its endings and what it gives."""
    endings: dict[tuple[str, str], list[str]] = {}
    for known in list_formats():
        endings.setdefault((known.called, known.gives), []).extend(known.endings)
    rows = [
        f"| {called} | {' '.join(f'`{end}`' for end in own)} | {gives} |" for (called, gives), own in endings.items()
    ]
    return "\n".join(["| files | endings | what each gives |", "| --- | --- | --- |", *rows])


def test_the_readme_lists_the_formats_that_are_read_and_what_each_gives():
    assert (ROOT / "README.md").read_text(encoding="utf-8").count(describe_formats()) == 1


def test_every_module_that_defines_a_format_stands_in_the_list():
    paths = [path for path in FOLDER.rglob("*.py") if "\nFORMAT = " in path.read_text(encoding="utf-8")]
    assert {path.relative_to(FOLDER).with_suffix("").as_posix().replace("/", ".") for path in paths} == set(NAMES)


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
        ("a", "plain_text"),
        ("Dam burst. Seven dead", "plain_text"),
        ("notes of 5.3.2025", "plain_text"),
    ],
)
def test_the_end_of_a_name_tells_the_format_whatever_its_case(name, module):
    assert find_format(name) is list_formats()[NAMES.index(module)]


def test_an_ending_that_nobody_knows_is_no_format():
    assert find_format("a.odd") is None


@pytest.mark.parametrize("ending", make_samples())
def test_a_file_is_told_by_its_bytes_whatever_its_name_says(ending):
    raw = make_samples()[ending]
    own = find_format(f"a{ending}")
    if own.shows is None:
        pytest.skip("text, which only its name tells")
    assert choose_format(raw, "article.txt") is own


def test_every_format_has_a_sample():
    assert {known.endings[0] for known in list_formats()} <= set(make_samples())


@pytest.mark.parametrize("ending", make_samples())
def test_a_whole_file_of_every_format_gives_a_row_and_no_error(tmp_path, ending):
    (tmp_path / f"a{ending}").write_bytes(make_samples()[ending])
    articles = read_articles(tmp_path)
    wanted = articles["skipped"].str.contains("an abstract is none") if ending == ".ris" else articles["skipped"].isna()
    assert wanted.all(), articles["skipped"].tolist()


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.odd", TEXT.encode(), "name it .txt"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save the message as .eml"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "a picture"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "a picture"),
        ("a.pages", b"PK\x03\x04" + bytes(200), "another word processor"),
        ("a.mp3", b"ID3\x03\x00" + bytes(200), "transcript"),
        ("a.txt", bytes(range(32)) * 20, "binary"),
        ("a.docx", b"PK\x03\x04" + bytes(40), "not a whole Word document"),
        ("a.docx", make_docx()[:-300], "not a whole Word document"),
    ],
)
def test_what_no_reader_takes_is_never_read_as_text_and_says_what_to_do(tmp_path, name, raw, reason):
    (tmp_path / name).write_bytes(raw)
    row = read_articles(tmp_path).iloc[0]
    assert reason in row["skipped"]
    assert row["text"] == ""


def test_a_text_that_begins_as_another_format_is_read_as_that():
    with pytest.raises(FormatError, match="not a whole PDF"):
        read_documents(b"%PDF-1.7 and nothing else", "article.txt", Limits())
    assert read_documents(gzip.compress(TEXT.encode()), "article.txt", Limits())[0].text == TEXT
