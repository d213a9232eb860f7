"""Where sources differ, and where they only seem to."""

from __future__ import annotations

import pytest
from stories import compare, make_articles

FOG = "Fog lay over the harbour all week, and many people in the town could not sleep for the horns."


def findings(*texts: str, published: list[str] | None = None):
    names = [f"paper{number}" for number in range(len(texts))]
    columns = {"published": dict(zip(names, published, strict=True))} if published else {}
    return compare(make_articles(dict(zip(names, texts, strict=True)), **columns))


def kinds(*texts: str, **columns) -> list[str]:
    return list(findings(*texts, **columns)[0]["kind"])


def test_a_denial_stands_against_what_it_denies():
    found, sides = findings(
        "The seamen's union said that the radar of the ferry Aurelia was broken.",
        "Spokesman Peter Aldous denied that the radar of the ferry Aurelia was broken.",
    )
    assert list(found["kind"]) == ["denial"]
    assert list(sides.sort_values("side")["article_id"]) == ["paper0", "paper1"]


def test_two_numbers_for_one_event_on_one_day_differ():
    found, sides = findings(
        "The ferry struck a pier in dense fog on Monday, injuring 11 people.",
        "Hospital doctors counted again: 14 people were injured when the ferry struck a pier.",
        published=["2025-03-03", "2025-03-03"],
    )
    assert "amount" in set(found["kind"])
    amount = found[found["kind"] == "amount"]["disagreement_id"].iloc[0]
    assert set(sides[sides["disagreement_id"] == amount]["text"]) == {"11", "14"}


def test_a_count_that_rises_from_day_to_day_is_no_conflict():
    assert "amount" not in kinds(
        "The ferry struck a pier in dense fog on Monday, injuring 11 people.",
        "Hospital doctors counted again: 19 people were injured when the ferry struck a pier.",
        published=["2025-03-03", "2025-03-05"],
    )


def test_two_dates_for_one_filing_differ():
    assert "date" in kinds(
        "The case goes back to a lawsuit that two residents filed against the council in 2020.",
        "A lawsuit filed against the council in April 2023 says that the pier was never safe.",
    )


def test_a_month_inside_the_year_is_no_conflict():
    assert "date" not in kinds(
        "The case goes back to a lawsuit that two residents filed against the council in 2023.",
        "A lawsuit filed against the council in April 2023 says that the pier was never safe.",
    )


def test_last_year_and_its_number_are_one_when_the_day_of_publication_says_so():
    assert "date" not in kinds(
        "A lawsuit was filed against the council last year.",
        "A lawsuit was filed against the council in 2023.",
        published=["2024-04-03", "2024-04-03"],
    )


def test_what_cannot_be_dated_raises_no_conflict():
    assert "date" not in kinds(
        "A lawsuit was filed against the council last year.", "A lawsuit was filed against the council in 2020."
    )


def test_different_measures_are_never_compared():
    assert "amount" not in kinds(
        "The company spent €40 million on the ferry in 2015.", "The company spent €150 million on the ferry in 2017."
    )


def test_one_quotation_in_two_wordings_is_found_with_the_words_that_differ():
    found, sides = findings(
        f"{FOG} “Nobody was in danger at any time after the impact,” said spokesman Peter Aldous.",
        "The harbour reopened at noon. “Nobody was in danger at any moment after the impact,” Aldous said.",
    )
    wording = found[found["kind"] == "wording"]
    assert len(wording) == 1
    assert set(sides[sides["disagreement_id"] == wording["disagreement_id"].iloc[0]]["value"]) == {"time", "moment"}


@pytest.mark.parametrize(
    "other",
    ['"Nobody was in danger at any time after the impact," Aldous said.', "“Nobody was in danger,” Aldous said."],
    ids=["other marks", "clipped"],
)
def test_typography_and_clipping_are_no_difference(other):
    first = f"{FOG} “Nobody was in danger at any time after the impact,” said spokesman Peter Aldous."
    assert "wording" not in kinds(first, f"The harbour reopened at noon. {other}")


def test_copies_of_one_text_never_disagree():
    text = "The ferry struck a pier in dense fog on Monday, injuring 11 people, and was towed to the yard at Brae on Tuesday."
    assert kinds(text, text.replace("11 people", "14 people")) == []


def test_the_same_articles_give_the_same_findings():
    texts = ("The union said that the radar was broken.", "Spokesman Peter Aldous denied that the radar was broken.")
    one, other = findings(*texts), findings(*texts)
    assert one[0].equals(other[0])
    assert one[1].equals(other[1])


def test_one_article_alone_has_nothing_to_differ_from():
    assert kinds("The ferry struck a pier on Monday, injuring 11 people.") == []
