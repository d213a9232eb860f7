"""Stories are found by what their articles tell and when; an article that tells of nothing else stays alone."""

from __future__ import annotations

import pandas as pd

from helpers.corpus.clusters import count_features, find_stories, name_stories

TEXTS = [
    "The ferry Aurelia struck the pier of Halvik in dense fog, and eleven passengers were injured, said Sound Lines.",
    "Growers in Tolmere lost half of their plums to the frost of April, the orchard guild of Tolmere reported.",
    "Eleven passengers were injured when the Aurelia, a ferry of Sound Lines, hit the Halvik pier in fog.",
    "A library in Ostwick will lend telescopes to children who want to watch the comet.",
    "Frost in April cost the growers of Tolmere half of their plums, according to the orchard guild.",
]
DAYS = pd.Series(pd.to_datetime(["2025-03-03", "2025-04-20", "2025-03-04", None, "2025-04-21"]))


def test_articles_about_one_event_are_one_story_and_the_rest_stays_alone():
    assert find_stories(DAYS, count_features(TEXTS)).tolist() == [0, 1, 0, -1, 1]


def test_what_lies_too_far_apart_in_time_is_no_story():
    later = DAYS.copy()
    later[2] = pd.Timestamp("2025-09-01")
    assert find_stories(later, count_features(TEXTS), days=14).tolist() == [-1, 0, -1, -1, 0]


def test_an_article_without_a_date_can_belong_to_any_story():
    undated = DAYS.copy()
    undated[0] = pd.NaT
    assert find_stories(undated, count_features(TEXTS)).tolist() == [0, 1, 0, -1, 1]


def test_stories_do_not_depend_on_the_order_of_the_articles():
    order = [4, 2, 0, 3, 1]
    found = find_stories(DAYS[order], count_features([TEXTS[i] for i in order]))
    assert found.tolist() == [0, 1, 1, -1, 0]


def test_a_corpus_of_one_article_has_no_story():
    assert find_stories(DAYS[:1], count_features(TEXTS[:1])).tolist() == [-1]


def test_a_story_is_named_after_its_earliest_article_the_same_in_every_run():
    corpus = pd.DataFrame(
        {"article_id": list("abcde"), "title": ["Ferry hits pier", None, "Ferry: eleven injured", None, "Plums lost"],
         "source": ["Post", "Echo", "Post", None, "Mail"], "published": DAYS}
    )  # fmt: skip
    numbers = find_stories(DAYS, count_features(TEXTS))
    named = name_stories(corpus, numbers)
    assert named["title"].tolist() == ["Ferry hits pier", "Plums lost"]
    assert named["members"].tolist() == [[0, 2], [1, 4]]
    assert named["n_sources"].tolist() == [1, 2]
    assert named["story"].str.fullmatch(r"[a-z0-9-]+").all()
    assert named["story"].tolist() == name_stories(corpus, numbers)["story"].tolist()
