"""An article by reference is the article itself, wherever in whichever file of a corpus it lies."""

from __future__ import annotations

import gzip
import json
import os

import pandas as pd
import pytest
import yaml

from helpers.articles import read_articles
from helpers.articles.references import Reference, read_bytes
from helpers.corpus.group import count_skipped, group_corpus, list_pieces, read_corpus, write_stories
from helpers.running.manifest import list_raw

FERRY = (
    "The ferry Aurelia struck the pier of Halvik harbour in dense fog, injuring eleven people, the coastguard said.",
    "Aurelia, the Halvik ferry, hit the pier of the harbour in fog and eleven people were injured, said the coastguard.",
)
ORCHARD = (
    "Growers at Tolmere lost half of the plum harvest to late frost, the orchard guild of Tolmere reported.",
    "Late frost destroyed half of the plum harvest at Tolmere, according to the orchard guild.",
)
TEXTS = [*FERRY, *ORCHARD]


def write_jsonl(path):
    path.write_text(
        "".join(json.dumps({"id": f"r{n}", "text": t}) + "\n" for n, t in enumerate(TEXTS)), encoding="utf-8"
    )


def write_parquet(path):
    pd.DataFrame({"id": [f"r{n}" for n in range(4)], "text": TEXTS}).to_parquet(path, row_group_size=3)


def write_csv(path):
    pd.DataFrame({"id": [f"r{n}" for n in range(4)], "text": TEXTS}).to_csv(path, index=False)


def write_warc(path):
    records = []
    for number, text in enumerate(TEXTS):
        page = f"<html><body><article><p>{text}</p><p>{text}</p></article></body></html>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/r{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    pack = gzip.compress if path.suffix == ".gz" else bytes
    path.write_bytes(b"".join(map(pack, records)))


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder that counts as the suite's root."""
    for part in ("notebooks", "data/raw", "corpus"):
        (tmp_path / part).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.jsonl", write_jsonl), ("a.parquet", write_parquet), ("a.csv", write_csv), ("a.warc", write_warc),
     ("a.warc.gz", write_warc)],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_stories_of_a_corpus_are_read_by_reference(root, name, write):
    write(root / "corpus" / name)
    corpus, features = read_corpus(root / "corpus")
    stories = group_corpus(corpus, features, alike=0.1)
    assert sorted(stories["n_articles"]) == [2, 2]
    written = write_stories(stories, corpus, root / "data" / "raw")
    texts = {story: set(read_articles(root / "data" / "raw" / story)["text"]) for story in written}
    found = sorted("".join(sorted(group)).count("ferry") for group in texts.values())
    assert found[0] == 0 < found[1]
    assert all(len(group) == 2 for group in texts.values())
    for group in texts.values():
        assert all(any(text in whole for text in TEXTS) for whole in group)


def test_a_change_in_the_corpus_makes_only_the_stories_run_anew_that_refer_to_it(root):
    write_jsonl(root / "corpus" / "a.jsonl")
    corpus, features = read_corpus(root / "corpus")
    stories = group_corpus(corpus, features, alike=0.1)
    folders = [root / "data" / "raw" / name for name in write_stories(stories, corpus, root / "data" / "raw")]
    before = [list_raw(folder, root) for folder in folders]
    changed = (root / "corpus" / "a.jsonl").read_text(encoding="utf-8").replace("eleven", "twelve")
    (root / "corpus" / "a.jsonl").write_text(changed, encoding="utf-8")
    assert [list_raw(folder, root) == old for folder, old in zip(folders, before, strict=True)] == [
        "ferry" not in json.dumps([row["text"] for row in read_articles(folder).to_dict("records")])
        for folder in folders
    ]


def test_a_large_file_is_read_in_pieces_that_lose_no_line(root):
    write_jsonl(root / "corpus" / "a.jsonl")
    pieces = list_pieces(root / "corpus", root, most=200)
    assert len(pieces) > 1
    ends = [(stretch.start, stretch.end) for piece in pieces for stretch in piece]
    assert ends[0][0] == 0
    assert ends[-1][1] == (root / "corpus" / "a.jsonl").stat().st_size
    assert [end for _, end in ends[:-1]] == [start for start, _ in ends[1:]]


def test_a_broken_line_and_a_torn_archive_cost_only_themselves(root):
    write_jsonl(root / "corpus" / "a.jsonl")
    with (root / "corpus" / "a.jsonl").open("a") as file:
        file.write('{"id": "r9", "text": "torn\n')
    write_warc(root / "corpus" / "b.warc.gz")
    whole = (root / "corpus" / "b.warc.gz").read_bytes()
    (root / "corpus" / "b.warc.gz").write_bytes(whole[:-40])
    corpus, _ = read_corpus(root / "corpus")
    assert corpus["skipped"].isna().sum() >= 7
    assert count_skipped(corpus)["articles"].sum() == corpus["skipped"].notna().sum() >= 2


def test_what_a_list_says_of_an_article_is_taken_over(root):
    (root / "corpus" / "one.txt").write_text(FERRY[0], encoding="utf-8")
    entry = {"file": "corpus/one.txt", "source": "Harbour Radio", "published": "2025-03-04"}
    (root / "data" / "raw" / "ferry").mkdir()
    (root / "data" / "raw" / "ferry" / "story.yaml").write_text(yaml.safe_dump({"references": [entry]}))
    (row,) = read_articles(root / "data" / "raw" / "ferry").to_dict("records")
    assert (row["source"], str(row["published"].date()), row["raw_path"]) == (
        "Harbour Radio", "2025-03-04", "corpus/one.txt",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "reason"),
    [({"start": 1}, "`file` is missing"), ({"file": "corpus/one.txt", "start": "x"}, "whole numbers"),
     ({"file": "corpus/none.txt"}, "No such file"), ({"file": "corpus/one.txt", "record": 4}, "no article 4")],
    ids=["no file", "no number", "absent", "beyond the end"],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_is_a_row_with_the_reason(root, entry, reason):
    (root / "corpus" / "one.txt").write_text(FERRY[0], encoding="utf-8")
    (root / "data" / "raw" / "ferry").mkdir()
    good = {"file": "corpus/one.txt"}
    (root / "data" / "raw" / "ferry" / "story.yaml").write_text(yaml.safe_dump({"references": [entry, good]}))
    articles = read_articles(root / "data" / "raw" / "ferry")
    assert len(articles) == 2
    assert articles["skipped"].str.contains(reason, regex=False).sum() == 1


@pytest.mark.parametrize("file", ["/etc/passwd", "../beside.txt", "corpus/pipe", "corpus/zero", "corpus/out.txt"])
def test_a_reference_out_of_the_corpus_is_a_row_that_says_so_and_is_never_opened(root, file):
    (root.parent / "beside.txt").write_text(FERRY[1], encoding="utf-8")
    (root / "corpus" / "one.txt").write_text(FERRY[0], encoding="utf-8")
    os.mkfifo(root / "corpus" / "pipe")
    (root / "corpus" / "zero").symlink_to("/dev/zero")
    (root / "corpus" / "out.txt").symlink_to(root.parent / "beside.txt")
    folder = root / "data" / "raw" / "ferry"
    folder.mkdir()
    (folder / "story.yaml").write_text(yaml.safe_dump({"references": [{"file": file}, {"file": "corpus/one.txt"}]}))
    articles = read_articles(folder)
    assert articles["skipped"].str.contains("refused", regex=False).sum() == 1
    assert articles["text"].tolist().count(FERRY[0]) == 1
    assert list_raw(folder, root)[file] == "refused or absent"


def test_references_count_from_a_corpus_elsewhere_where_one_is_named(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("crawl")
    (elsewhere / "one.txt").write_text(FERRY[0], encoding="utf-8")
    folder = root / "data" / "raw" / "ferry"
    folder.mkdir()
    (folder / "story.yaml").write_text("references:\n- {file: one.txt}\n")
    assert read_articles(folder, corpus_root=elsewhere)["text"].tolist() == [FERRY[0]]
    assert read_articles(folder)["skipped"].str.contains("No such file", regex=False).all()
    (elsewhere / "one.txt").write_text(FERRY[1], encoding="utf-8")
    before = list_raw(folder, elsewhere)
    (elsewhere / "one.txt").write_text(FERRY[0], encoding="utf-8")
    assert list_raw(folder, elsewhere) != before


def test_a_stretch_whose_end_lies_before_its_start_reads_nothing(root):
    (root / "corpus" / "one.txt").write_text(FERRY[0], encoding="utf-8")
    assert read_bytes(Reference("corpus/one.txt", 50, 10), root, 1000) == b""
