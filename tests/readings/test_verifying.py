"""What a reader hands in must stand in the articles to the letter, or it is dropped."""

from __future__ import annotations

import pytest

from helpers import tables
from helpers.claims import extract_claims
from helpers.passages import split_passages
from helpers.readings.folding import fold
from helpers.readings.form import ReadingError, load_schema
from helpers.readings.material import Material, QuotationError
from helpers.readings.taken import VERIFIED
from helpers.readings.verify import tabulate_items, verify_document
from stories import make_articles

MORNING = """\
Mayor blamed for flood

The dam at Ostrel broke on Monday, and 2.5 million litres of water ran into the town. “Nobody was warned,” said Tilda Brannoch.

The mayor said that 14 houses were flooded. The cause of the flood is unknown.

Subscribe to our newsletter
"""
EVENING = """\
Flood at Ostrel

The dam at Ostrel broke on Tuesday. The fire brigade said that twenty-one houses were flooded. The town café stayed open.

Everybody was warned, the mayor said. The dam broke again at night.
"""


@pytest.fixture(scope="module")
def material() -> Material:
    articles = make_articles({"morning": MORNING, "evening": EVENING})
    passages = split_passages(articles)
    return Material(articles, passages, extract_claims(articles, passages))


def place(article: str, quote: str, sentence: int | None = None) -> dict:
    return {"article": article, "quote": quote} | ({"sentence": sentence} if sentence else {})


def disagreement(*sides, kind="amount", what="The number of houses differs.", **more) -> dict:
    return {"kind": kind, "severity": "minor", "what": what, "sides": [list(side) for side in sides], **more}


def verify(material, *items, **more):
    document = {"format": 1, "by": "person", "disagreements": list(items), **more}
    return verify_document(document, material)


def state_of(material, item) -> str:
    return verify(material, item)[0].state


HOUSES = ([place("morning", "14 houses were flooded")], [place("evening", "twenty-one houses were flooded")])


def test_a_quotation_is_found_with_its_exact_place(material):
    (item,) = verify(material, disagreement(*HOUSES))
    assert item.state == VERIFIED
    for (found,), text in zip(item.sides, (MORNING, EVENING), strict=True):
        assert text[found.spot.start : found.spot.end] == found.text
    assert item.sides[0][0].text == "14 houses were flooded"


def test_the_sentences_of_an_article_are_numbered_from_its_title_on_without_what_is_set_aside(material):
    sentences = material.articles["morning"].sentences
    assert [s.number for s in sentences] == list(range(1, len(sentences) + 1))
    assert sentences[0].text == "Mayor blamed for flood" and sentences[0].is_title
    assert all(MORNING[s.start : s.end] == s.text for s in sentences)
    assert not any("Subscribe" in s.text for s in sentences)


@pytest.mark.parametrize(
    "quote", ['"Nobody was warned," said', "“Nobody  was\nwarned,” said", "„Nobody was warned,“ said"]
)
def test_white_space_and_the_shape_of_marks_make_no_other_quotation(material, quote):
    assert material.articles["morning"].find(quote) == (
        MORNING.index("“Nobody"), MORNING.index("said Tilda") + len("said"),
    )  # fmt: skip


def test_an_accent_written_in_two_signs_is_the_same_letter_and_another_letter_is_not(material):
    evening = material.articles["evening"]
    assert evening.find("town cafe\u0301 stayed") == evening.find("town café stayed")
    with pytest.raises(QuotationError):
        evening.find("town cafe stayed")


@pytest.mark.parametrize(
    "invented",
    [
        "15 houses were flooded", "14 Houses were flooded", "The mayor denied that", "14 houses … flooded",
        "5 million litres", "2.5 mill", "Mayor blamed for flood The dam broke",
    ],
)  # fmt: skip
def test_an_invented_cut_or_joined_quotation_drops_the_item(material, invented):
    state = state_of(material, disagreement([place("morning", invented)], HOUSES[1]))
    assert state.startswith("the quotation does not stand in morning")


def test_words_of_a_part_that_is_set_aside_are_no_evidence(material):
    state = state_of(material, disagreement([place("morning", "Subscribe to our newsletter")], HOUSES[1]))
    assert "in a part that is set aside" in state


def test_words_that_stand_twice_need_the_number_of_their_sentence(material):
    evening = material.articles["evening"]
    with pytest.raises(QuotationError, match="stands 2 times"):
        evening.find("houses were flooded. The") and evening.find("dam")
    last = evening.sentences[-1]
    assert evening.find("dam", last.number).start == EVENING.rindex("dam")


def test_a_wrong_number_of_a_sentence_is_mended_where_the_words_stand_once(material):
    assert material.articles["morning"].find("14 houses", 1) == material.articles["morning"].find("14 houses")


def test_an_article_is_named_by_its_id_or_its_file_and_no_other_way(material):
    assert material.find_article("morning.txt") is material.find_article("morning")
    assert state_of(material, disagreement([place("noon", "14 houses")], HOUSES[1])) == "there is no article 'noon'"


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("One paper says 14 houses, the other 22.", "22"),
        ("Fourteen houses were flooded, or as many as twenty-two.", "twenty-two"),
        ("Mayor Olin Fersk is said to have counted the houses.", "Olin"),
        ("The flood of March is told with other numbers.", "March"),
        ("Damage of $14 is told for the houses.", "$"),
        ("The houses are listed at flood-news.example for all to see.", "flood-news.example"),
        ("Three papers differ on the houses that were flooded.", "Three"),
    ],
)
def test_a_value_name_or_date_that_the_quoted_sentences_lack_drops_the_item(material, what, word):
    state = state_of(material, disagreement(*HOUSES, what=what))
    assert state == f"the sentence says {word!r}, which does not stand in the sentences quoted"


@pytest.mark.parametrize(
    "what",
    [
        "Morning says that 14 houses were flooded, Evening says 21.",
        "Two papers differ: fourteen houses here, twenty-one there.",
        "The fire brigade counts more houses than the mayor does.",
    ],
)
def test_a_sentence_may_name_sources_count_its_sides_and_write_numbers_its_own_way(material, what):
    assert state_of(material, disagreement(*HOUSES, what=what)) == VERIFIED


def test_the_speaker_that_the_claims_resolve_may_be_named(material):
    quoted = [place("morning", "Nobody was warned")]
    item = disagreement(
        quoted,
        [place("evening", "Everybody was warned")],
        kind="denial",
        what="Tilda Brannoch says that nobody was warned.",
    )
    assert state_of(material, item) == VERIFIED


def test_unknown_kinds_and_severities_are_dropped_and_the_others_stay(material):
    items = verify(
        material,
        disagreement(*HOUSES, kind="lie"),
        {**disagreement(*HOUSES), "severity": "grave"},
        disagreement(*HOUSES),
    )
    assert ["lie" in items[0].state, "grave" in items[1].state, items[2].state] == [True, True, VERIFIED]


def test_one_side_alone_is_no_disagreement(material):
    assert state_of(material, disagreement(HOUSES[0])) == "a finding of kind amount needs two sides or more"


def test_two_sides_cannot_rest_on_the_same_words(material):
    assert "same words of one article" in state_of(material, disagreement(HOUSES[0], [place("morning", "14 houses")]))
    told = disagreement([place("morning", "houses were flooded")], [place("evening", "houses were flooded")])
    assert "nothing differs" in state_of(material, told)


def test_an_omission_names_who_is_silent_and_is_told_by_others(material):
    told = [place("morning", "Nobody was warned")]
    base = {"kind": "omission", "what": "That nobody was warned is left out."}
    assert state_of(material, disagreement(told, **base, silent=["evening"])) == VERIFIED
    assert "names the articles that are silent" in state_of(material, disagreement(told, **base))
    assert "silent that is quoted" in state_of(material, disagreement(told, **base, silent=["morning"]))


def test_a_headline_finding_sets_a_title_beside_a_text(material):
    title, text = [place("morning", "Mayor blamed for flood")], [place("morning", "The cause of the flood is unknown")]
    what = "The headline blames the mayor, while the text knows no cause."
    assert state_of(material, disagreement(title, text, kind="headline", what=what)) == VERIFIED
    assert "a side in a title" in state_of(material, disagreement(*HOUSES, kind="headline"))


def test_a_fact_told_alike_needs_two_articles(material):
    alike = {
        "what": "The dam at Ostrel broke.",
        "places": [place("morning", "The dam at Ostrel broke"), place("morning", "ran into the town")],
    }
    assert verify(material, agreements=[alike])[0].state == "a fact told alike needs two articles"


def test_what_a_reader_took_back_is_kept_as_taken_back(material):
    item = disagreement(*HOUSES, withdrawn="Two counts at two hours.")
    assert state_of(material, item) == "withdrawn by the reader: Two counts at two hours."


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"format": 2},
        {"format": 1, "by": "oracle", "disagreements": []},
        {"format": 1, "by": "person", "disagreements": {}},
    ],
)
def test_what_is_no_reading_is_refused_whole_in_one_line(material, document):
    with pytest.raises(ReadingError) as error:
        verify_document(document, material)
    assert "\n" not in str(error.value)


def test_the_table_holds_a_row_a_place_and_one_for_what_was_dropped(material):
    items = verify(material, disagreement(*HOUSES), disagreement([place("morning", "99 houses")], HOUSES[1]))
    frame = tables.check(tables.conform(tabulate_items("mine", items), "readings"), "readings")
    assert frame.groupby("item").size().to_dict() == {"disagreements 1": 2, "disagreements 2": 1}
    assert frame[frame["state"] != VERIFIED]["start"].isna().all()
    assert set(frame["quote"].dropna()) == {"14 houses were flooded", "twenty-one houses were flooded"}


def test_the_schema_knows_the_kinds_and_severities_of_the_tables():
    given = load_schema()["$defs"]["disagreement"]["properties"]
    assert tuple(given["kind"]["enum"]) == tables.DISAGREEMENT_KINDS
    assert tuple(given["severity"]["enum"]) == tables.SEVERITIES


def test_folding_keeps_the_place_of_every_sign():
    text = "“Caf\u00e9”  open\u2026"
    folded, places = fold(text)
    assert folded == '"Cafe\u0301" open...'
    assert [text[place] for place in places][:5] == ["“", "C", "a", "f", "é"]
