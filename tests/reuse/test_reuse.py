"""Shared passages with their place on both sides, and copies that count as one."""

from __future__ import annotations

import unicodedata

from helpers.passages import split_passages
from helpers.reuse import find_origins, find_shared_passages
from stories import make_articles

WIRE = (
    "The car ferry Aurelia struck the east pier of the harbour in dense fog on Monday morning, the coastguard said. "
    "It was the third accident of its kind since the operator changed the timetable two winters ago. "
    "“We heard the engines go full astern, and then the bow hit the stones,” a passenger said."
)
OWN = (
    "Nobody at the shipyard expected the vessel before the summer. Engineers walked around the dented bow and took pictures. "
    "A spokesman for the yard would not say how long repairs could take, or who would have to pay for them in the end."
)


def share(one: str, other: str):
    articles = make_articles({"one": one, "other": other})
    return articles, find_shared_passages(articles, split_passages(articles))


def test_a_shared_passage_is_placed_in_both_articles():
    articles, found = share(OWN + "\n\n" + WIRE, WIRE + "\n\n" + OWN[:60] + " ended differently.")
    longest = found.sort_values("n_chars").iloc[-1]
    texts = articles.set_index("article_id")["text"]
    assert texts["one"][longest["start_a"] : longest["end_a"]].rstrip(".”") in WIRE
    assert texts["other"][longest["start_b"] : longest["end_b"]].rstrip(".”") in WIRE
    assert longest["n_chars"] > 0.9 * len(WIRE)


def test_a_small_edit_does_not_break_a_passage():
    _, found = share(WIRE, WIRE.replace("dense fog", "a very dense fog").replace("“", '"').replace("”", '"'))
    assert len(found) == 1
    assert 0.9 < found["similarity"][0] < 1.0


def test_articles_of_their_own_share_nothing():
    assert share(WIRE, OWN)[1].empty


def test_a_shared_quotation_is_told_from_shared_prose():
    quote = "“We heard the engines go full astern, and then the bow hit the stones, all at once,” said one."
    _, found = share(f"{OWN} {quote}", f"Fog lay over the town. {quote}")
    assert list(found["quoted"]) == [True]


def test_reprints_collapse_to_one_origin_and_the_earliest_is_the_original():
    articles = make_articles(
        {"mirror": WIRE, "agency": WIRE.replace("the coastguard", "a coastguard"), "own": OWN},
        published={"mirror": "2025-03-04", "agency": "2025-03-03", "own": "2025-03-03"},
    )
    origins = find_origins(articles, split_passages(articles)).set_index("article_id")
    assert origins["origin_id"].nunique() == 2
    assert origins.loc["mirror", "copy_of"] == "agency"


def test_one_lifted_paragraph_is_reuse_but_not_one_origin():
    articles = make_articles(
        {
            "one": OWN + "\n\n" + OWN.replace("shipyard", "dock").upper() + "\n\n" + WIRE[:110],
            "two": WIRE + "\n\n" + WIRE[::-1],
        }
    )
    origins = find_origins(articles, split_passages(articles))
    assert origins["origin_id"].nunique() == 2


def test_a_brief_lifted_whole_into_a_long_report_does_not_make_them_one():
    long = "\n\n".join(
        [OWN, OWN.replace("shipyard", "dock").replace("vessel", "boat")[::-1], WIRE, OWN[::-1], WIRE[::-1]]
    )
    articles = make_articles({"brief": WIRE[:160], "long": long})
    assert find_origins(articles, split_passages(articles))["origin_id"].nunique() == 2


def test_one_text_under_very_many_names_is_one_origin():
    articles = make_articles({f"paper-{number:02d}": f"{WIRE} Told by paper {number}." for number in range(60)})
    assert find_origins(articles, split_passages(articles))["origin_id"].nunique() == 1


def test_case_and_typography_make_no_difference():
    assert len(share(WIRE, WIRE.upper().replace("“", '"').replace("”", '"'))[1]) == 1


def test_a_headline_repeated_in_its_own_article_is_no_shared_passage():
    head = "The car ferry Aurelia struck the east pier of the harbour in dense fog on Monday"
    articles = make_articles({"one": f"{head}\n\n{OWN}\n\n{head}"})
    assert find_shared_passages(articles, split_passages(articles)).empty


def test_a_refrain_repeated_hundreds_of_times_is_one_passage_and_soon_found():
    refrain = "the bell rang twice and then the crew went home "
    _, found = share(refrain * 400, refrain * 300)
    assert len(found) <= 4
    assert found["n_chars"].max() > 0.9 * len(refrain * 300)


def test_composed_and_decomposed_letters_are_the_same_words():
    told = "Le maire a déclaré que l’école était fermée après l’été à cause de la chaleur extrême."
    articles, found = share(unicodedata.normalize("NFC", told), unicodedata.normalize("NFD", told))
    texts = articles.set_index("article_id")["text"]
    assert len(found) == 1
    assert texts["other"][found["start_b"][0] : found["end_b"][0]] in unicodedata.normalize("NFD", told)


def test_two_articles_that_share_only_a_quotation_are_two_origins():
    quote = "“We heard the engines go full astern, and then the bow hit the stones, all of it at once,” said one."
    articles = make_articles({"one": f"Fog lay over it. {quote}", "two": f"The sun came up later. {quote}"})
    assert find_origins(articles, split_passages(articles))["origin_id"].nunique() == 2


def test_a_longer_version_of_the_same_day_counts_with_the_first():
    articles = make_articles({"first": WIRE, "later": f"{WIRE} {OWN}"})
    assert find_origins(articles, split_passages(articles))["origin_id"].nunique() == 1
