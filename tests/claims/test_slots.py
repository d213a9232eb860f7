"""What the slots of a statement hold, and where a sentence is cut into statements."""

from __future__ import annotations

import pytest

from helpers.claims.slots import find_slots
from helpers.claims.statements import split_statements
from helpers.language.parsing import parse_sentences
from helpers.language.spans import Span


def slots(sentence: str, statement: str | None = None) -> dict:
    doc = parse_sentences([sentence])[0]
    start = sentence.index(statement) if statement else 0
    return find_slots(doc, Span(start, start + len(statement or sentence.rstrip("."))))


def statements(sentence: str, taken: str | None = None, frame: str = "") -> list[str]:
    doc = parse_sentences([sentence])[0]
    frames = [token for token in doc if token.text == frame]
    spans = []
    if taken:
        start = sentence.index(taken)
        spans.append(Span(start, start + len(taken)))
    return [sentence[slice(*one.span)] for one in split_statements(doc, spans, frames)]


def test_who_did_what_to_whom():
    found = slots("The council closed the old bridge.")
    assert (found["subject"], found["predicate"], found["object"]) == ("The council", "close", "the old bridge")
    assert (found["voice"], found["negated"], found["modifiers"]) == ("active", False, None)


def test_the_places_are_those_of_the_article():
    sentence = "The council closed the old bridge."
    doc = parse_sentences([sentence])[0]
    article = f"Berg, May 3. {sentence}"
    found = find_slots(doc, Span(0, len(sentence) - 1), offset=article.index(sentence))
    for name in ("subject", "object"):
        assert article[found[f"{name}_start"] : found[f"{name}_end"]] == found[name]
    assert article[found["predicate_start"] : found["predicate_end"]] == "closed"


def test_typographic_marks_are_kept_in_a_slot():
    assert slots("The council’s engineer closed the “old” bridge.")["subject"] == "The council’s engineer"


def test_a_passive_has_what_it_is_done_to_as_subject_and_who_did_it_as_agent():
    found = slots("The bridge was closed by the council.")
    assert (found["subject"], found["agent"], found["voice"]) == ("The bridge", "the council", "passive")
    assert found["object"] is None


def test_a_copula_is_the_predicate_and_its_complement_the_object():
    found = slots("The plant is the largest employer in the region.")
    assert (found["subject"], found["predicate"]) == ("The plant", "be")
    assert found["object"].startswith("the largest employer")


def test_a_reporting_passive_gives_way_to_what_is_reported():
    found = slots("The firm is alleged to have paid millions to the minister.")
    assert (found["subject"], found["predicate"], found["object"]) == ("The firm", "pay", "millions")
    assert "is alleged" in found["modifiers"]


def test_appearance_is_a_reserve_and_not_the_predicate():
    found = slots("Officials appear to have hidden the report.")
    assert (found["subject"], found["predicate"], found["modifiers"]) == ("Officials", "hide", "appear")


def test_modals_hedges_times_and_places_are_modifiers():
    found = slots("The council will probably sell the mill in Harrow next year.", None)
    assert found["modifiers"].split(" | ")[:2] == ["will", "probably"]
    assert found["modifiers"].endswith("next year")


@pytest.mark.parametrize(
    "sentence",
    [
        "The council did not close the bridge.",
        "The council didn’t close the bridge.",
        "The council never closed the bridge.",
        "No engineer closed the bridge.",
        "The council does not appear to have closed the bridge.",
    ],
)
def test_a_negated_statement_says_so(sentence):
    assert slots(sentence)["negated"] is True


def test_a_negation_inside_the_object_does_not_negate_the_statement():
    assert slots("The council said the bridge was not safe.")["negated"] is False


def test_a_phrase_without_a_verb_has_no_predicate():
    assert slots("A bridge over the river.")["predicate"] is None


def test_coordinated_predicates_are_two_statements():
    sentence = "The mayor cut the budget and dismissed ten officials on Monday."
    assert statements(sentence) == ["The mayor cut the budget", sentence[:-1]]


def test_the_second_of_two_coordinated_statements_begins_with_its_subject():
    doc = parse_sentences(["The mayor cut the budget and dismissed ten officials on Monday."])[0]
    statement = split_statements(doc)[1]
    found = find_slots(doc, statement.span, head=statement.head)
    assert (found["subject"], found["predicate"], found["object"]) == ("The mayor", "dismiss", "ten officials")


def test_the_second_of_two_coordinated_statements_finds_its_subject_in_the_first():
    sentence = "The mayor cut the budget and dismissed ten officials on Monday."
    found = slots(sentence, "dismissed ten officials on Monday")
    assert (found["subject"], found["subject_start"], found["object"]) == ("The mayor", 0, "ten officials")


def test_verbs_under_one_negation_stay_together():
    sentence = "The council did not answer the letter or publish the report."
    assert statements(sentence) == [sentence[:-1]]


def test_verbs_under_one_modal_stay_together():
    sentence = "The council may sell the mill and close the bridge."
    assert statements(sentence) == [sentence[:-1]]


def test_a_relative_clause_between_commas_stands_on_its_own():
    sentence = "The mayor, who took office in 2019, cut the budget."
    assert "The mayor, who took office in 2019" in statements(sentence)
    assert slots(sentence, "who took office in 2019")["subject"] == "The mayor"


def test_a_relative_clause_that_narrows_down_is_part_of_its_statement():
    sentence = "The council closed the bridge that crosses the river."
    assert statements(sentence) == [sentence[:-1]]


def test_a_clause_cut_off_at_the_end_leaves_the_statement_before_it():
    sentence = "The council sold the mill, which employed ninety people."
    assert statements(sentence) == ["The council sold the mill", "the mill, which employed ninety people"]


def test_a_noun_with_its_apposition_is_no_statement():
    sentence = "The letter was written by Anna Berg, the finance chief of the firm."
    assert statements(sentence) == [sentence[:-1]]


def test_a_clause_before_a_frame_is_a_statement():
    sentence = "After the bank had closed, clerks told police that the safe was empty."
    assert statements(sentence, taken="the safe was empty", frame="told") == ["the bank had closed"]


def test_what_is_attributed_is_no_statement_of_the_article():
    sentence = "The bridge is closed, and the mayor said the road was safe."
    assert statements(sentence, taken="the mayor said the road was safe") == ["The bridge is closed"]


def test_words_of_attribution_at_the_end_are_cut_off():
    sentence = "The union sued the firm, alleging that it had sold the mill."
    assert statements(sentence, taken="it had sold the mill", frame="alleging") == ["The union sued the firm"]


def test_words_that_only_say_who_speaks_are_no_statement():
    assert "the mayor said" not in statements("The bridge is closed and the road is open, the mayor said.")


def test_an_infinitive_can_be_the_object():
    assert slots("The owner agreed to sell the mill.")["object"] == "to sell the mill"


def test_statements_come_in_the_order_of_the_text():
    doc = parse_sentences(["The mayor, who took office in 2019, cut the budget and sold the mill."])[0]
    spans = split_statements(doc)
    assert spans == sorted(spans) and len(spans) == len(set(spans))
