"""What a story.yaml may say and where its references may lead: limits, types, keys and places, each refused in one line."""

from __future__ import annotations

import os
import time
from datetime import date
from itertools import pairwise

import pytest

from helpers.store.descriptions import DescriptionError, find_referred, parse_description, read_description

BOMB = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [{', '.join([f'*{b}'] * 20)}]\n" for b, c in pairwise("abcdefghi"))


def refuse(text: str | bytes) -> str:
    with pytest.raises(DescriptionError) as error:
        parse_description(text)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_description_is_read_with_dates_and_numbers_as_such():
    given = """
title: 1984
about:
articles:
  one.txt: {source: No, published: 2024-04-03, published_precision: day}
  two.txt:
columns: {text: artikel}
references:
  - {file: corpus/a.jsonl, start: 0, end: 80}
"""
    assert parse_description(given) == {
        "title": "1984",
        "articles": {"one.txt": {"source": "No", "published": date(2024, 4, 3), "published_precision": "day"}, "two.txt": {}},
        "columns": {"text": "artikel"},
        "references": [{"file": "corpus/a.jsonl", "start": 0, "end": 80}],
    }  # fmt: skip


@pytest.mark.parametrize("empty", ["", "# nothing yet\n", "~"])
def test_an_empty_description_says_nothing(empty):
    assert parse_description(empty) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("about: Fog.\ntitel: Fog\n", "line 2: `titel` is no key of `the description`; did you mean `title`?"),
        ("xyz: 1\n", "line 1: `xyz` is no key of `the description`; there are title, about"),
        ("articles:\n  a.txt:\n    publised: 2024\n", "line 3: `publised` is no key of `a.txt`; did you mean `published`?"),
        ("title: Fog\nabout: x\ntitle: Mist\n", "line 3: `title` stands twice"),
        ("articles:\n  a.txt: {source: A}\n  a.txt: {source: B}\n", "line 3: `a.txt` stands twice"),
        ("title: [Fog]\n", "line 1: `title` must be a word"),
        ("articles: 5\n", "line 1: `articles` must be a mapping"),
        ("articles:\n  a.txt: The Courier\n", "line 2: `a.txt` must be a mapping such as {source: ...}"),
        ("references: 5\n", "line 1: `references` must be a list"),
        ("references:\n  - [a, b]\n", "line 2: `references` must be a mapping"),
        ("columns: [text]\n", "line 1: `columns` must be a mapping"),
        ("- title\n", "line 1: `the description` must be a mapping"),
        ("articles:\n  a.txt:\n    published: 2021-02-30\n", "line 3: `published`: 2021-02-30 is no possible date"),
        ("articles:\n  a.txt: {published_precision: hour}\n", "line 2: `published_precision` of `a.txt` must be day"),
        ("title: [a, b\nabout: x\n", "line 2: "),
        ("title: !!python/name:os.system x\nabout: *a\n", "line 2: found undefined alias"),
        (b"title: \xff\xfe\xfa", "not YAML"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value.split("\n")[0][:30],
)  # fmt: skip
def test_what_breaks_a_rule_is_told_with_its_line_and_key(text, said):
    assert said in refuse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("title: " + "[" * 5000, "nested deeper"), ("title: " + "{a: " * 5000, "nested deeper"),
     ("&a [*a]", "must be a mapping"), (BOMB, "aliases"), ("start: " + "9" * 9000, "is no key"),
     ("references:\n- {file: a, start: " + "9" * 9000 + "}", "no possible number")],
    ids=["brackets", "braces", "itself", "bomb", "unknown", "digits"],
)  # fmt: skip
def test_what_would_grow_without_limit_is_refused_at_once(text, said):
    started = time.process_time()
    assert said in refuse(text)
    assert time.process_time() - started < 1


def test_a_description_that_is_too_large_or_lies_elsewhere_is_not_read(tmp_path):
    (tmp_path / "large").mkdir()
    (tmp_path / "large" / "story.yaml").write_bytes(b"# " + b"x" * 2_000_000)
    with pytest.raises(DescriptionError, match="larger than the limit"):
        read_description(tmp_path / "large")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "story.yaml").symlink_to(tmp_path / "large" / "story.yaml")
    with pytest.raises(DescriptionError, match="a link out of the folder"):
        read_description(tmp_path / "linked")


def test_a_description_that_is_a_pipe_is_none(tmp_path):
    os.mkfifo(tmp_path / "story.yaml")
    assert read_description(tmp_path) is None


@pytest.fixture
def corpus(tmp_path):
    """A suite with a corpus, and a file beside it that no story may read."""
    root = tmp_path / "suite"
    (root / "data" / "raw" / "fog").mkdir(parents=True)
    (root / "corpus").mkdir()
    (root / ".git").mkdir()
    (tmp_path / "secret.txt").write_text("nothing for a report")
    for place in ("corpus/a.txt", "data/raw/fog/b.txt", ".git/config"):
        (root / place).write_text("The ferry sank.")
    os.mkfifo(root / "corpus" / "pipe")
    (root / "corpus" / "zero").symlink_to("/dev/zero")
    (root / "corpus" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "corpus" / "circle").symlink_to(root / "corpus" / "circle")
    (root / "data" / "raw" / "fog" / "out").symlink_to(tmp_path)
    (root / "linked").symlink_to(root / "corpus")
    return root


@pytest.mark.parametrize("file", ["corpus/a.txt", "data/raw/fog/b.txt", "linked/a.txt"])
def test_a_reference_leads_to_a_file_under_its_root(corpus, file):
    assert find_referred(file, corpus).read_text() == "The ferry sank."


@pytest.mark.parametrize(
    "file",
    ["", ".", "/etc/passwd", "../secret.txt", "corpus/../../secret.txt", "~/a", "C:/a", "\\\\host\\a", "a\0b", ".git/config",
     "corpus", "corpus/pipe", "corpus/zero", "corpus/out.txt", "corpus/circle", "data/raw/fog/out/secret.txt"],
)  # fmt: skip
def test_a_reference_to_any_other_place_is_refused_before_it_is_opened(corpus, file):
    with pytest.raises((DescriptionError, OSError)):
        find_referred(file, corpus)
