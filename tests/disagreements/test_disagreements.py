"""Where sources differ, and where they only seem to."""

from __future__ import annotations

import pytest

from helpers.corpus.pipeline import analyse
from helpers.disagreements import find_disagreements
from helpers.language.content import find_content
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
    assert kinds(text, text) == []


def test_a_figure_that_a_copy_changes_is_told():
    text = "The ferry struck a pier in dense fog on Monday, injuring 11 people, and was towed to the yard at Brae on Tuesday."
    found, sides = findings(text, text.replace("11 people", "14 people"))
    assert list(found["kind"]) == ["amount"]
    assert set(sides["text"]) == {"11", "14"}


def test_the_same_articles_give_the_same_findings():
    texts = ("The union said that the radar was broken.", "Spokesman Peter Aldous denied that the radar was broken.")
    one, other = findings(*texts), findings(*texts)
    assert one[0].equals(other[0])
    assert one[1].equals(other[1])


def test_one_article_alone_has_nothing_to_differ_from():
    assert kinds("The ferry struck a pier on Monday, injuring 11 people.") == []


def sentences(*texts: str, kind: str, **columns) -> list[str]:
    found, _ = findings(*texts, **columns)
    return list(found[found["kind"] == kind]["explanation"])


def evidence(*texts: str, kind: str) -> dict[str, set[tuple[str, str]]]:
    """Give the sides of the first finding of a kind: article and text of each piece of evidence."""
    found, sides = findings(*texts)
    first = found[found["kind"] == kind]["disagreement_id"].iloc[0]
    own = sides[sides["disagreement_id"] == first]
    return {side: set(zip(part["article_id"], part["text"], strict=True)) for side, part in own.groupby("side")}


HARBOUR = "Berit Halvorsen has run the harbour office at Brae for nine years, and her clerks keep the tide tables."
MARKET = "The fish market in Tolby opens at four, long before the first buses arrive from the valley."


def test_a_negation_stands_against_the_claims_that_it_bears_on():
    sides = evidence(
        f"{HARBOUR} The ferry Aurelia sank off Brae on Monday.",
        f"{MARKET} The coastguard said the ferry Aurelia did not sink off Brae.",
        kind="denial",
    )
    assert ("paper0", "The ferry Aurelia sank off Brae on Monday") in sides["a"]
    assert [article for article, _ in sides["b"]] == ["paper1"]


def test_a_doubt_counts_as_a_dispute_and_is_called_a_doubt():
    (told,) = sentences(
        f"{HARBOUR} The crater near Tolby was caused by a meteorite.",
        f"{MARKET} Experts have raised doubts about whether the crater near Tolby was caused by a meteorite.",
        kind="denial",
    )
    assert "doubts it" in told and "denied" not in told


def test_what_is_not_said_yet_is_no_denial():
    assert "denial" not in kinds(
        f"{HARBOUR} The owner commented on the sinking of the ferry Aurelia.",
        f"{MARKET} The owner did not immediately comment on the sinking of the ferry Aurelia.",
    )


def test_counts_of_one_group_differ_and_counts_of_its_parts_do_not():
    assert "amount" in kinds(
        f"{HARBOUR} Gunmen kidnapped 276 pupils from the remote mountain town of Orrin in April.",
        f"{MARKET} Gunmen kidnapped 219 pupils from the remote mountain town of Orrin in April.",
    )
    assert "amount" not in kinds(
        f"{HARBOUR} Gunmen kidnapped 276 pupils from the remote mountain town of Orrin in April.",
        f"{MARKET} The 219 pupils who remain missing come from the remote mountain town of Orrin.",
    )


def test_two_units_of_one_length_are_no_conflict():
    assert "amount" not in kinds(
        f"{HARBOUR} The blast left a crater 39 feet wide near the airport of Tolby.",
        f"{MARKET} The blast left a crater 12 metres wide near the airport of Tolby.",
    )


def test_deaths_of_one_year_and_of_many_years_are_two_facts():
    assert "amount" not in kinds(
        f"{HARBOUR} The rebels have reportedly killed 13,000 civilians since 2009.",
        f"{MARKET} Some 2,000 civilians were reportedly killed by the rebels this year.",
    )


def test_month_and_day_can_be_compared_without_the_year():
    assert "date" in kinds(
        f"{HARBOUR} On April 14 gunmen kidnapped 276 pupils in Orrin.",
        f"{MARKET} On April 15 gunmen kidnapped 276 pupils in Orrin.",
    )


def test_one_article_with_both_words_contrasts_with_nobody():
    assert "actor" not in kinds(
        f"{HARBOUR} The army detained the daughter of the rebel leader Oskar Brandt.",
        f"{MARKET} The army detained the son of the rebel leader Oskar Brandt, or by other reports the daughter of Oskar Brandt.",
    )


def test_a_suit_against_one_and_against_two_differs():
    sides = evidence(
        f"{HARBOUR} A lawsuit filed by Anna Lind and Per Holm against Norsea claims that the pier was unsafe.",
        f"{MARKET} The pier was unsafe, says a lawsuit filed by Anna Lind and Per Holm against both Norsea and Tidewell.",
        kind="actor",
    )
    assert {text for side in sides.values() for _, text in side} == {
        "against Norsea",
        "against both Norsea and Tidewell",
    }


def test_a_headline_that_tells_an_allegation_as_a_fact_is_found_inside_one_article():
    found, sides = findings(
        "Norsea Hid Cracks in the Pier at Brae\n\nTOLBY — Norsea allegedly hid cracks in the pier at Brae for years, a claim that the harbour office looks into.",
        f"{MARKET} The buses were late.",
    )
    assert list(found["kind"]) == ["headline"]
    assert set(sides["article_id"]) == {"paper0"}


def test_spelling_and_numerals_are_no_difference_of_wording():
    assert "wording" not in kinds(
        f"{HARBOUR} “They have now memorised three chapters of the harbour rules,” Halvorsen said.",
        f"{MARKET} “They have now memorized 3 chapters of the harbour rules,” Halvorsen said.",
    )


def test_clipping_what_takes_a_quotation_back_changes_its_meaning():
    found, _ = findings(
        f"{HARBOUR} “I thought at once that the report was a hoax, but maybe I was wrong,” Halvorsen said.",
        f"{MARKET} “I thought at once that the report was a hoax,” Halvorsen said.",
    )
    assert list(found[found["kind"] == "wording"]["severity"]) == ["major"]


def test_a_wording_that_several_articles_share_is_one_finding():
    quote = "“Nobody was in danger at any {} after the impact of the ferry,” said spokesman Peter Aldous."
    found, sides = findings(
        f"{HARBOUR} {quote.format('time')}", f"{MARKET} {quote.format('moment')}", f"{FOG} {quote.format('moment')}"
    )
    assert len(found[found["kind"] == "wording"]) == 1
    assert set(sides["article_id"]) == {"paper0", "paper1", "paper2"}


def test_a_dispute_that_every_article_tells_of_is_between_sources():
    both = (
        "The seamen's union said that the radar of the ferry Aurelia was broken. "
        "Spokesman Peter Aldous denied that the radar of the ferry Aurelia was broken."
    )
    found, _ = findings(f"{HARBOUR} {both}", f"{MARKET} {both}")
    assert set(found[found["kind"] == "denial"]["between"]) == {"sources"}


def test_dates_a_day_apart_stand_on_two_sides():
    found, sides = findings(
        f"{HARBOUR} The crew of the Aurelia reported the fault on Friday, February 28, 2025.",
        f"{MARKET} The crew of the Aurelia reported the fault on Saturday, March 1, 2025.",
    )
    assert list(found["kind"]) == ["date"]
    assert set(sides["side"]) == {"a", "b"}


def test_one_party_alone_and_two_parties_of_one_act_differ_in_scope():
    sides = evidence(
        f"{HARBOUR} The harbour board had allowed Norvik Corp to dump dredged mud in the Tolby channel.",
        f"{MARKET} The harbour board had allowed Norvik Corp and Tarnlund Corp to dump dredged mud in the Tolby channel.",
        kind="scope",
    )
    assert sides == {"a": {("paper0", "Norvik Corp")}, "b": {("paper1", "Norvik Corp and Tarnlund Corp")}}


def test_named_parties_here_and_many_there_differ_in_scope():
    sides = evidence(
        f"{HARBOUR} The registry gave many companies access to the private addresses of sailors.",
        f"{MARKET} Norvik Corp and Tarnlund Corp had access to the private addresses of sailors.",
        kind="scope",
    )
    assert sides == {"a": {("paper1", "Norvik Corp and Tarnlund Corp")}, "b": {("paper0", "many companies")}}


def test_an_article_that_names_the_further_party_elsewhere_differs_from_nobody():
    assert "scope" not in kinds(
        f"{HARBOUR} The harbour board had allowed Norvik Corp to dump dredged mud in the Tolby channel. Tarnlund Corp did so too.",
        f"{MARKET} The harbour board had allowed Norvik Corp and Tarnlund Corp to dump dredged mud in the Tolby channel.",
    )


def test_all_and_some_of_one_group_differ_in_scope():
    sides = evidence(
        f"{HARBOUR} All lifeboats of the ferry Aurelia were inspected by the coastguard in May.",
        f"{MARKET} Only a few lifeboats of the ferry Aurelia were inspected by the coastguard in May.",
        kind="scope",
    )
    assert sides == {"a": {("paper0", "All lifeboats")}, "b": {("paper1", "Only a few lifeboats")}}


@pytest.mark.parametrize(
    "other",
    [
        "Only a few lifeboats of the ferry Aurelia were painted by the yard in May.",
        "Only a few dozen lifeboats of the ferry Aurelia were inspected by the coastguard in May.",
        "Not all lifeboats of the ferry Aurelia were new when the coastguard came in May.",
    ],
    ids=["another act", "a number", "a negated quantifier of another act"],
)
def test_shares_of_other_acts_and_numbers_are_no_difference_of_scope(other):
    assert "scope" not in kinds(
        f"{HARBOUR} All lifeboats of the ferry Aurelia were inspected by the coastguard in May.", f"{MARKET} {other}"
    )


def test_many_and_several_are_no_difference_of_scope():
    assert "scope" not in kinds(
        f"{HARBOUR} Many lifeboats of the ferry Aurelia were inspected by the coastguard in May.",
        f"{MARKET} Several lifeboats of the ferry Aurelia were inspected by the coastguard in May.",
    )


def test_one_companion_and_several_differ_in_scope():
    sides = evidence(
        f"{HARBOUR} Elin Brandvold was sailing to Brae with a friend on Sunday.",
        f"{MARKET} Elin Brandvold was sailing along the coast with friends when the engine failed.",
        kind="scope",
    )
    assert sides == {"a": {("paper0", "with a friend")}, "b": {("paper1", "with friends")}}


def test_copies_never_differ_in_scope():
    text = (
        "The coastguard towed the ferry to the yard at Brae, where all lifeboats of the Aurelia were inspected in May."
    )
    assert "scope" not in kinds(text, text.replace("all lifeboats", "only a few lifeboats"))


def test_a_denial_names_who_says_no_and_in_which_words():
    (told,) = sentences(
        "Records show that the council allowed Harbour Line to open the mail of residents.",
        "Council spokesman Peter Aldous said Harbour Line did not open the mail of residents.",
        kind="denial",
    )
    assert "Peter Aldous" in told and "says no to it: “Harbour Line did not open the mail of residents”" in told


def test_what_one_tells_as_a_fact_and_another_as_reported_differs_in_certainty():
    found, sides = findings(
        f"{HARBOUR} The pilot of the tug Marlin scraped the lighthouse wall while drunk at noon.",
        f"{MARKET} The pilot of the tug Marlin allegedly scraped the lighthouse wall at noon.",
    )
    assert list(found["kind"]) == ["certainty"]
    assert sides.sort_values("side")["article_id"].tolist() == ["paper0", "paper1"]


def test_a_hedge_on_another_act_is_no_difference_of_certainty():
    assert "certainty" not in kinds(
        f"{HARBOUR} The pilot of the tug Marlin scraped the lighthouse wall at noon.",
        f"{MARKET} The lighthouse wall was reportedly painted at noon by the pilot of the tug Marlin.",
    )


def test_an_article_that_tells_it_both_ways_differs_from_nobody():
    assert "certainty" not in kinds(
        f"{HARBOUR} The pilot of the tug Marlin scraped the lighthouse wall at noon.",
        f"{MARKET} The pilot of the tug Marlin allegedly scraped the lighthouse wall at noon. {HARBOUR} "
        "The pilot of the tug Marlin scraped the lighthouse wall at noon, films show.",
        f"{MARKET} The pilot of the tug Marlin scraped the lighthouse wall at noon. The pilot of the tug Marlin "
        "reportedly scraped the lighthouse wall at noon.",
    )


def test_reading_is_an_act_and_not_only_a_way_of_speaking():
    assert find_content("The clerk was reading the messages") == ("clerk", "read", "message")


@pytest.mark.parametrize(
    "told",
    [
        "The fire at the Tolby mill left 15 dead.",
        "Fifteen residents died in the fire at the Tolby mill.",
        "There were at least 15 fatalities in the fire at the Tolby mill.",
    ],
)
def test_the_dead_are_counted_under_whatever_noun(told):
    (sentence,) = sentences(
        f"{HARBOUR} The fire at the Tolby mill killed 12 people.", f"{MARKET} {told}", kind="amount"
    )
    assert sentence.startswith("How many died:")


@pytest.mark.parametrize(
    "told",
    [
        "The fire at the Tolby mill killed at least 12 people.",
        "Three children were killed by the fire at the Tolby mill.",
        "The fire at the Tolby mill left 15 injured.",
        "A fire at the Brae harbour killed 3 people.",
        "The fire at the Tolby mill killed seven people, then five more.",
    ],
)
def test_a_part_of_the_dead_and_another_toll_are_no_conflict(told):
    assert "amount" not in kinds(f"{HARBOUR} The fire at the Tolby mill killed 12 people.", f"{MARKET} {told}")


def test_two_years_differ_on_either_side_of_two_thousand():
    assert "date" in kinds(
        f"{HARBOUR} The lighthouse company was founded by the sailor Anna Berg in 1987.",
        f"{MARKET} The lighthouse company was founded by the sailor Anna Berg in 2003.",
    )


def test_two_people_with_two_plans_are_no_difference_of_certainty():
    assert "certainty" not in kinds(
        f"{HARBOUR} Anna Berg will captain the new ferry Aurelia on its first crossing.",
        f"{MARKET} Peter Aldous is in talks to captain the new ferry Aurelia on its first crossing.",
    )


def test_two_things_to_verify_are_no_difference_of_certainty():
    assert "certainty" not in kinds(
        f"{HARBOUR} The coastguard has verified the licence of the pilot.",
        f"{MARKET} The coastguard could not independently verify the video of the burning tug Marlin.",
    )


def test_a_follower_of_someone_is_not_someone():
    assert "certainty" not in kinds(
        f"{HARBOUR} Anna Berg said the smugglers of Brae would sink the tug Marlin. Anna Berg has long led the smugglers.",
        f"{MARKET} A woman claiming to be a follower of Anna Berg said the smugglers of Brae would sink the tug Marlin.",
    )


@pytest.mark.parametrize(
    "told",
    [
        "A guard saw Anders Moen alive hours before the storm.",
        "The pilot Berit Holm is alive and laughing.",
        "Anders Moen killed two rivals, and both are no longer alive.",
    ],
)
def test_another_time_or_another_person_is_no_quarrel_over_who_lives(told):
    assert "denial" not in kinds(f"{HARBOUR} The coastguard said it killed Anders Moen a year ago.", f"{MARKET} {told}")


def test_an_article_that_tells_the_fact_with_another_number_leaves_nothing_out():
    told = "the ferry Aurelia struck the east pier of Brae harbour in dense fog"
    more = "The harbour office closed the east pier. The captain was questioned by the coastguard. The ferry was towed to Tolby."
    texts = [f"{told[0].upper()}{told[1:]}, injuring {n} people. {more}" for n in (21, 21, 21, 11)]
    assert "omission" not in kinds(
        *(f"{text} {extra}" for text, extra in zip(texts, (HARBOUR, MARKET, FOG, ""), strict=True))
    )


def find_of_own_origin(*texts: str):
    """Compare articles of which none copied another, however alike they are."""
    articles = make_articles(
        {f"paper{number:02}": text for number, text in enumerate(texts)},
        published={f"paper{number:02}": "2025-03-03" for number in range(len(texts))},
    )
    made = analyse(articles)
    apart = made["origins"].assign(origin_id=made["origins"]["article_id"])
    names = ("passages", "claims", "mentions", "propositions", "proposition_claims")
    return find_disagreements(articles, *[made[name] for name in names], apart)


def test_twelve_articles_with_twelve_tolls_show_twelve_values():
    tolls = [str(20 + 7 * number) for number in range(12)]
    found, sides = find_of_own_origin(
        *[f"{toll} people were injured when the ferry struck a pier in dense fog." for toll in tolls]
    )
    amount = found[found["kind"] == "amount"]["disagreement_id"].iloc[0]
    shown = sides[sides["disagreement_id"] == amount]
    assert list(shown["text"]) == tolls[::-1]
    assert "".join(shown["side"]) == "abcdefghijkl"
    assert all(f"says {toll}" in found["explanation"].iloc[0] for toll in tolls)


def test_a_suit_against_eight_sets_of_defendants_shows_all_of_them():
    rivals = ["Berg", "Holm", "Lund", "Dahl", "Moen", "Vik", "Aune", "Lie"]
    found, sides = find_of_own_origin(
        *[f"The residents filed a lawsuit against Acme and {rival} over the collapsed pier." for rival in rivals]
    )
    actor = found[found["kind"] == "actor"]["disagreement_id"].iloc[0]
    assert set(sides[sides["disagreement_id"] == actor]["value"]) == {f"Acme, {rival}" for rival in rivals}


def test_neither_of_two_denies_the_act_and_not_the_names():
    denied = f"{MARKET} Neither Anna Berg nor Nils Peder Holm has begun rehearsals."
    assert "denial" not in kinds(
        f"{HARBOUR} Anna Berg was among the singers in line for the part, along with Nils Peder Holm.", denied
    )
    assert "denial" in kinds(f"{HARBOUR} Anna Berg and Nils Peder Holm have begun rehearsals in Brae.", denied)


def sides_of_denial(*texts: str) -> tuple[list[str], list[str]]:
    found, sides = findings(*texts)
    assert list(found["kind"]) == ["denial"]
    return tuple(list(sides.loc[sides["side"] == side, "text"]) for side in ("a", "b"))


@pytest.mark.parametrize(
    "answer",
    [
        "Aldous denied the claim.",
        "Aldous called the claim baseless.",
        "Aldous dismissed the report as nonsense.",
        "But Aldous rejected the accusation.",
        "Aldous disagreed.",
    ],
)
def test_an_answer_that_only_points_is_set_against_the_statement_before_it(answer):
    told, denied = sides_of_denial(
        f"{HARBOUR} The union said that the radar of the ferry Aurelia had been broken since May. {answer}"
    )
    assert told == ["the radar of the ferry Aurelia had been broken since May"]
    assert answer.removeprefix("But ").rstrip(".") in denied[0]


def test_who_denies_all_blame_is_set_against_what_they_are_accused_of():
    told, denied = sides_of_denial(
        f"{HARBOUR} Captain Ravn is accused of leaving the bridge in the fog, though he denies any wrongdoing."
    )
    assert told == ["leaving the bridge in the fog"]
    assert denied == ["he denies any wrongdoing"]


@pytest.mark.parametrize(
    "act",
    [
        "The council rejected the plan for a new pier.",
        "The harbour master dismissed the pilot.",
        "The court denied the firm a licence.",
        "He would not deny the report.",
        "The mayor has no doubt about the ferry.",
    ],
)
def test_to_reject_a_thing_or_not_to_deny_is_no_denial(act):
    assert "denial" not in kinds(
        f"{HARBOUR} The union said that a new pier will be built by the firm. {act}", f"{MARKET} {FOG}"
    )


def test_of_what_does_not_exist_nobody_can_tell_anything():
    told, denied = sides_of_denial(
        f"{HARBOUR} The Brae Pilots Guild has bought the lighthouse.",
        f"{MARKET} The Brae Pilots Guild does not exist, the county register said.",
    )
    assert told == ["The Brae Pilots Guild has bought the lighthouse"]
    assert denied == ["The Brae Pilots Guild does not exist"]


def test_numbers_that_both_tell_alike_contradict_no_other_number():
    assert "amount" not in kinds(
        f"{HARBOUR} The ferry carried 140 passengers on Monday. On the way back it carried 152 passengers.",
        f"{MARKET} The ferry carried 152 passengers on the way back and 140 passengers on the way out on Monday.",
    )


def test_a_count_of_another_time_is_another_count():
    assert "amount" not in kinds(
        f"{HARBOUR} The storm sank 12 boats in the harbour of Brae on Monday.",
        f"{MARKET} In 1987 a storm sank 15 boats in the harbour of Brae.",
        published=["2025-03-03", "2025-03-03"],
    )


def test_far_apart_counts_are_counts_of_two_things():
    assert "amount" not in kinds(
        f"{HARBOUR} The strike keeps 4,000 pupils in Brae out of school.",
        f"{MARKET} The strike does not touch 450 pupils in Brae who go to the church school.",
    )


def test_that_report_is_a_report_and_no_clause():
    told, denied = sides_of_denial(
        f"{HARBOUR} The union said that the radar of the ferry Aurelia had been broken since May. "
        "Aldous disputed that report in a letter to the members under the title “All in order”."
    )
    assert told == ["the radar of the ferry Aurelia had been broken since May"]
    assert denied == ["Aldous disputed that report"]
