"""The invented stories of benchmarks/stories: every label stands in its text, and every story can be read."""

import json
from pathlib import Path

import pytest

from conftest import ROOT
from helpers import tables
from helpers.articles import read_articles

STORIES = sorted(path for path in (ROOT / "benchmarks" / "stories").iterdir() if path.is_dir())


def test_there_are_two_hundred_of_every_kind():
    labels = [json.loads((story / "labels.json").read_text(encoding="utf-8")) for story in STORIES]
    assert len(STORIES) >= 200
    kinds = {entry["kind"] for label in labels for entry in label["disagreements"]}
    assert kinds == set(tables.DISAGREEMENT_KINDS)
    assert sum(not label["disagreements"] for label in labels) >= len(STORIES) // 10


@pytest.mark.parametrize("story", STORIES[::20], ids=lambda path: path.name)
def test_a_story_is_read_whole_with_its_papers_and_dates(story):
    articles = read_articles(story)
    assert articles["skipped"].isna().all()
    assert articles["source"].notna().all()
    assert articles["published"].notna().all()


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_every_label_lies_in_a_text_of_its_story(story):
    label = json.loads((story / "labels.json").read_text(encoding="utf-8"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in story.glob("*.txt")}
    places = [place for entry in label["disagreements"] for side in entry["sides"] for place in side] + [
        place for name in ("agreements", "false_friends") for entry in label[name] for place in entry["places"]
    ]
    assert places
    for place in places:
        text = texts[Path(place["article"]).name]
        assert 0 <= place["start"] < place["end"] <= len(text)
        assert text[place["start"] : place["end"]].strip()
