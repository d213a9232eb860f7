"""Versions of one text: in order, counted once, and what changed between them with its places on both sides."""

from __future__ import annotations

from helpers import tables
from helpers.passages import split_passages
from helpers.reuse import find_changes, find_origins
from stories import make_articles

FIRST = (
    "The ferry Aurelia struck the pier at Halvik in dense fog on Monday, the coastguard said. "
    "Nine people were hurt when the bow hit the concrete. "
    "The operator declined to comment on the radar of the ship. "
    "Divers will look at the hull as soon as the fog has lifted over the sound."
)
SECOND = (
    "The ferry Aurelia struck the pier at Halvik in dense fog on Monday, the coastguard said. "
    "Eleven people were seriously hurt when the bow hit the concrete. "
    "Divers will look at the hull as soon as the fog has lifted over the sound. "
    "An inquiry has been opened."
)
OTHER = (
    "Sound Line will scrap its oldest ship. Its shares fell on Tuesday, and a union called for an inquiry into safety."
)


def compare(texts: dict[str, str], **columns):
    articles = make_articles(texts, **columns)
    passages = split_passages(articles)
    origins = find_origins(articles, passages)
    changes = find_changes(articles, passages, origins)
    assert tables.find_misplaced({"articles": articles, "changes": changes}) == []
    return origins.set_index("article_id"), changes


def test_an_update_is_a_later_version_of_one_origin_and_its_changes_are_listed():
    origins, changes = compare(
        {"late": SECOND, "early": FIRST, "other": OTHER},
        published={"early": "2025-03-03", "late": "2025-03-04", "other": "2025-03-04"},
    )
    assert origins.loc["late", "copy_of"] == "early"
    assert list(origins.loc[["early", "late", "other"], "version"]) == [1, 2, 1]
    assert sorted(changes["change"]) == ["added", "removed", "reworded"]
    reworded = changes[changes["change"] == "reworded"].iloc[0]
    assert reworded["detail"] == "Nine → Eleven; + seriously"
    assert (reworded["text_a"][:4], reworded["text_b"][:6]) == ("Nine", "Eleven")
    assert changes[changes["change"] == "removed"]["text_a"].str.startswith("The operator declined").all()


def test_a_copy_that_only_differs_in_typography_has_no_changes():
    origins, changes = compare({"a": FIRST, "b": FIRST.replace("Monday", "MONDAY").replace("hull", "“hull”")})
    assert origins["origin_id"].nunique() == 1
    assert changes.empty


def test_articles_of_their_own_have_no_changes():
    assert compare({"a": FIRST, "b": OTHER})[1].empty
