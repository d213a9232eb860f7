"""What a value measures: the noun counted, also where it is left out, what a sum went to, or verb and subject."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.mentions import find_mentions

PUBLISHED = "2024-04-03"


def read(text: str) -> dict[str, object]:
    """Read the values of a text whose sentences are claims, by what is written."""
    day = pd.to_datetime(pd.Series([PUBLISHED])).astype("datetime64[s]")
    articles = pd.DataFrame(
        {"article_id": ["a"], "story": ["s"], "published": day, "published_precision": ["day"], "text": [text]}
    )
    starts = [
        0,
        *(
            i + 2
            for i in range(len(text) - 2)
            if text[i : i + 2] == ". " and text[i + 2].isupper() and text[i - 1].islower()
        ),
    ]
    spans = list(zip(starts, [*(start - 1 for start in starts[1:]), len(text)], strict=True))
    claims = pd.DataFrame(
        {
            "claim_id": [f"c{start}" for start, _ in spans],
            "article_id": "a",
            "start": [start for start, _ in spans],
            "end": [end for _, end in spans],
            "sentence_start": [start for start, _ in spans],
            "sentence_end": [end for _, end in spans],
            "predicate": None,
        }
    )
    return {row.text: row for row in find_mentions(claims, articles).itertuples()}


@pytest.mark.parametrize(
    ("text", "written", "measures"),
    [
        ("The harbour closed 19 US diplomatic posts.", "19", "US diplomatic posts"),
        ("It opened 144 of its 578 schools.", "144", "schools"),
        ("As many as 6,000 harbour workers could lose their jobs.", "As many as 6,000", "harbour workers"),
        ("Some 37 percent of voters agreed.", "Some 37 percent", "voters"),
        ("The dairy paid an average levy on its milk of 12.4 percent.", "12.4 percent", "average levy"),
        ("The council offered to increase salaries 16%.", "16%", "salaries"),
        ("Turnout was 45 percent.", "45 percent", "Turnout"),
        ("Unemployment rose to 7 percent.", "7 percent", "Unemployment"),
    ],
)
def test_a_count_or_share_names_what_it_is_of(text: str, written: str, measures: str):
    assert read(text)[written].measures == measures


@pytest.mark.parametrize(
    ("text", "written", "measures"),
    [
        ("Holub bought a €840 ladder from Kessel Tools.", "€840", "ladder"),
        ("Purchases included €2,210 on carpets.", "€2,210", "carpets"),
        ("Holub spent over €4,000 at a chair maker.", "over €4,000", "chair maker"),
        ("Holub spent €13,250 on the Ardent Optics telescope.", "€13,250", "Ardent Optics telescope"),
        ("A $2 million fine was imposed.", "$2 million", "fine"),
        ("A budget of $3 million was agreed.", "$3 million", "budget"),
        ("Annual turnover at the firm fell to £71m.", "£71m", "Annual turnover"),
        ("The firm booked £24 million in turnover.", "£24 million", "turnover"),
        ("The average salary was $74,839.", "$74,839", "average salary"),
        ("It cost $40 million to build the pier.", "$40 million", "build the pier"),
        ("The Lunds earned roughly €53 million.", "roughly €53 million", "earned by The Lunds"),
        ("The firm was fined $2 million by the town.", "$2 million", "The firm fined"),
    ],
)
def test_a_sum_names_what_it_went_to_or_who_earned_it(text: str, written: str, measures: str):
    assert read(text)[written].measures == measures


@pytest.mark.parametrize(
    ("text", "written", "measures", "unit"),
    [
        ("At least 12 skiers were killed and 22 hurt on that slope.", "22", "skiers", "skier"),
        ("It left at least 12 skiers dead and four others hurt.", "four", "skiers", "skier"),
        ("Gunmen killed six people and wounded 15 others.", "15", "people", "person"),
        ("The blast hit the market, killing 12 and injuring 22.", "22", "people", "person"),
        ("A bomb killed at least 22 and injured hundreds.", "at least 22", "people", "person"),
        ("A bomb killed at least 22 and injured hundreds.", "hundreds", "people", "person"),
        ("The fire burned 200 homes and sent hundreds fleeing.", "hundreds", "people", "person"),
        ("The most divers — 340 — were killed there.", "340", "people", "person"),
        ("Three died and seven were hurt.", "seven", "people", "person"),
        ("The wave sank 30 boats, killing 12.", "12", "people", "person"),
        ("Two of those killed were brothers.", "Two", "people", "person"),
        ("Two of those killed Thursday were brothers.", "Two", "people", "person"),
        ("Two of the dead sailors were brothers.", "Two", "dead sailors", "sailor"),
        ("Five pilots fled. One was shot, and the other four swam out.", "four", "pilots", "pilot"),
        ("It held three Americans, a Malay and a dog.", "three", "Americans", "american"),
        ("Five divers swam out. Two were held.", "Two", "divers", "diver"),
        (
            "The number of cancellations may be in the area of 90 or fewer.",
            "in the area of 90 or fewer",
            "cancellations",
            "cancellation",
        ),
    ],
)
def test_a_count_without_its_noun_takes_the_one_told_before(text: str, written: str, measures: str, unit: str):
    assert (read(text)[written].measures, read(text)[written].unit) == (measures, unit)


@pytest.mark.parametrize(
    ("text", "written", "measures"),
    [
        ("Varga led the 2003 garden show.", "2003", "garden show"),
        ("Varga praised Tuesday's vote.", "Tuesday", "vote"),
        ("Varga was elected in 1988.", "1988", "Varga elected"),
        ("Elected in 1988, Varga resigned.", "1988", "Varga Elected"),
        ("It cancelled 600 sailings in 1987.", "1987", "cancelled by It"),
    ],
)
def test_a_date_is_of_the_noun_that_it_describes_or_of_its_verb(text: str, written: str, measures: str):
    assert read(text)[written].measures == measures


@pytest.mark.parametrize(
    ("text", "written", "subject", "verb"),
    [
        ("Greta and Per Lund earned €53 million.", "€53 million", "Greta and Per Lund", "earn"),
        ("The plan, which would cost $400 million, was dropped.", "$400 million", "The plan", "cost"),
        ("Gunmen killed six people and wounded 15 others.", "15", None, "wound"),
    ],
)
def test_a_value_has_its_verb_and_who_does_it(text: str, written: str, subject: str | None, verb: str):
    row = read(text)[written]
    assert (row.measures_subject if isinstance(row.measures_subject, str) else None, row.event) == (subject, verb)


@pytest.mark.parametrize(
    ("text", "written", "person"),
    [
        ("Ada Roe, 26, swam home.", "26", "Ada Roe"),
        ("Ada Roe swam home. Roe turned 30 at sea.", "30", "Ada Roe"),
        ("The 26-year-old Ada Roe swam home.", "26-year-old", "Ada Roe"),
        ("Elected at the age of 26, Ada Roe was the youngest.", "26", "Ada Roe"),
        ("Police held 26-year-old sailor Ada Roe.", "26-year-old", "Ada Roe"),
        ("Ada Roe swam home. The 26-year-old was tired.", "26-year-old", "Ada Roe"),
        ("Ada Roe and Bo Lee swam home. The 26-year-old was tired.", "26-year-old", None),
        ("Ada Roe brought her daughter, 12, home.", "12", None),
    ],
)
def test_an_age_is_of_the_person_that_it_stands_beside(text: str, written: str, person: str | None):
    found = read(text)
    assert found[written].kind == "age"
    assert (found[written].entity_name if isinstance(found[written].entity_name, str) else None) == person
