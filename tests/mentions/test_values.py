"""What a careful reader takes from dates and amounts in running text, and what nobody should."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest

from conftest import ROOT
from helpers.language.units import in_base_unit
from helpers.mentions.values.find import Value, find_values

WEDNESDAY = date(2024, 4, 3)


def only(text: str, published: date | None = WEDNESDAY, precision: str = "day") -> Value:
    """Give the one value of a text."""
    values = find_values(text, published, precision)
    assert len(values) == 1, [text[value.start : value.end] for value in values]
    return values[0]


def written(text: str, published: date | None = WEDNESDAY) -> list[str]:
    return [text[value.start : value.end] for value in find_values(text, published)]


def days(text: str, published: date | None = WEDNESDAY, precision: str = "day") -> tuple[str | None, str | None]:
    value = only(text, published, precision)
    assert value.kind == "date"
    return tuple(day and day.isoformat() for day in (value.date_start, value.date_end))


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("It paid $40 million for the wharf.", 40e6, "USD"),
        ("It raised US$1.2bn.", 1.2e9, "USD"),
        ("It raised $US10 million.", 10e6, "USD"),
        ("A £3m grant was cut.", 3e6, "GBP"),
        ("It cost EUR 1.2bn.", 1.2e9, "EUR"),
        ("It cost €1,250.50 in all.", 1250.5, "EUR"),
        ("A loan of C$5 million was granted.", 5e6, "CAD"),
        ("They lost half a million dollars.", 5e5, "USD"),
        ("They lost 2 million Australian dollars.", 2e6, "AUD"),
        ("He paid 1.5 billion Pakistani rupees.", 1.5e9, "PKR"),
        ("He paid 3 crore Indian rupees.", 3e7, "INR"),
        ("The ticket cost two and a half million yen.", 2.5e6, "JPY"),
        ("A $10-million bounty was set.", 10e6, "USD"),
        ("It cost fifty cents.", 0.5, "USD"),
        ("It cost 1 000 000 euros.", 1e6, "EUR"),
        ("It cost 12\u00a0500 euros.", 12500, "EUR"),
    ],
)
def test_money_is_given_in_units_of_its_iso_code(text: str, amount: float, unit: str):
    value = only(text)
    assert (value.kind, value.value, value.unit, value.low, value.high) == ("money", amount, unit, amount, amount)


def test_rupees_of_no_country_have_no_code():
    value = only("The bridge cost 1.5 billion rupees.")
    assert (value.kind, value.value, value.unit) == ("money", 1.5e9, None)
    assert "more than one country" in value.why


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("At least 40 divers came.", 40, 40, None),
        ("More than 200 girls left.", 200, 200, None),
        ("Up to 30 boats sank.", 30, None, 30),
        ("As many as 87 million users were hit.", 87e6, None, 87e6),
        ("Two or more programs ran.", 2, 2, None),
        ("Between 20 and 30 people swam.", None, 20, 30),
        ("On that beach 20-30 people swam.", None, 20, 30),
        ("Two or three boats sank.", None, 2, 3),
        ("Hundreds of boats sank.", None, 200, 1000),
        ("Dozens of boats sank.", None, 24, 100),
        ("A handful of sailors swam.", None, 2, 10),
        ("Tens of thousands of gulls came.", None, 20000, 100000),
        ("Exactly 12 boats sank.", 12, 12, 12),
    ],
)
def test_bounds_are_what_the_words_leave_open(text: str, value: float | None, low: float | None, high: float | None):
    found = only(text)
    assert (found.kind, found.value, found.low, found.high) == ("quantity", value, low, high)


def test_nearly_stays_below_its_figure_and_about_lies_around_it():
    nearly, about = only("Nearly 50 boats sank."), only("About 50 boats sank.")
    assert nearly.low < 50 == nearly.value == nearly.high
    assert about.low < 50 < about.high


@pytest.mark.parametrize(
    ("text", "span", "low", "high"),
    [
        ("It was a multi-hundred-million-dollar deal.", "multi-hundred-million-dollar", 2e8, 1e9),
        ("It spent millions of dollars on buoys.", "millions of dollars", 2e6, 1e9),
        ("It cost $5-6 million.", "$5-6 million", 5e6, 6e6),
        ("It cost between $5 million and $6 million.", "between $5 million and $6 million", 5e6, 6e6),
    ],
)
def test_money_without_a_figure_has_bounds_only(text: str, span: str, low: float, high: float):
    value = only(text)
    assert text[value.start : value.end] == span
    assert (value.value, value.unit, value.low, value.high) == (None, "USD", low, high)


@pytest.mark.parametrize(
    ("text", "unit", "scope"),
    [
        ("As many as 87 million harbour visitors came.", "visitor", "harbour visitors"),
        ("Two companies agreed.", "company", "companies"),
        ("25 of the survivors swam.", "survivor", "survivors"),
        ("There were 11 people injured there.", "person", "people"),
        ("She told the two companies users could write.", "company", "companies"),
        ("It sold 11 old sports cars there.", "car", "old sports cars"),
        ("The crater was 39 feet across.", "foot", None),
        ("It seized 500,000 square kilometers.", "square kilometre", None),
    ],
)
def test_a_count_has_the_counted_noun_as_its_unit(text: str, unit: str, scope: str | None):
    value = only(text)
    assert (value.kind, value.unit, value.scope) == ("quantity", unit, scope)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("It spent $40 million on harbour buoys.", "harbour buoys"),
        ("It got a $28 million penalty.", "penalty"),
        ("It agreed to raise its buoy spending to $15 million.", "spending"),
    ],
)
def test_money_knows_what_it_was_for(text: str, scope: str):
    assert only(text).scope == scope


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("Only 28 percent voted.", 28, "percent"),
        ("Turnout was 4.5%.", 4.5, "percent"),
        ("Twelve per cent stayed.", 12, "percent"),
        ("It rose by three percentage points.", 3, "percentage point"),
    ],
)
def test_shares_are_percent_or_percentage_points(text: str, amount: float, unit: str):
    value = only(text)
    assert (value.kind, value.value, value.unit) == ("percent", amount, unit)


@pytest.mark.parametrize(
    ("text", "span", "value", "unit", "low"),
    [
        ("The strike lasted two years.", "two years", 2, "year", 2),
        ("It ended about a year after the storm.", "about a year", 1, "year", 0.9),
        ("They fished there for decades.", "decades", None, "decade", 2),
        ("They argued for six months.", "six months", 6, "month", 6),
        ("A 13-hour delay followed.", "13-hour", 13, "hour", 13),
        ("It grew over the last decade.", "last decade", 1, "decade", 1),
        ("A two-to-three-year sentence followed.", "two-to-three-year", None, "year", 2),
        ("It closed for five years and three months.", "five years and three months", 5.25, "year", 5.25),
        ("They swam there for the first time in a quarter-century.", "a quarter-century", 0.25, "century", 0.25),
        ("A two-and-a-half-year term followed.", "two-and-a-half-year", 2.5, "year", 2.5),
        ("It grew in the past year.", "past year", 1, "year", 1),
        ("The war is in its third year.", "third year", None, "year", 2),
        ("It reports 12 percent more over four years.", "four years", 4, "year", 4),
    ],
)
def test_a_length_of_time_keeps_the_unit_that_is_written(
    text: str, span: str, value: float | None, unit: str, low: float
):
    found = next(v for v in find_values(text, WEDNESDAY) if v.kind == "duration")
    assert (text[found.start : found.end], found.unit, found.low) == (span, unit, pytest.approx(low))
    assert found.value == pytest.approx(value) if value else found.value is None


def test_lengths_of_time_in_two_units_can_be_compared():
    assert in_base_unit(2, "year") == in_base_unit(24, "month") == (730.5, "day")


def test_nearly_a_decade_is_at_most_ten_years():
    value = only("They had access for nearly a decade.")
    assert (value.low < value.high == value.value == 1) and value.unit == "decade"


def test_every_two_weeks_says_how_often_and_not_how_long():
    value = only("It sent a report every two weeks.")
    assert (value.value, value.unit, value.scope) == (2, "week", "frequency")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("A 21-year-old sailor swam.", 21, 21, "year"),
        ("The sailor, aged 21, swam.", 21, 21, "year"),
        ("Ada Roe, 21, swam.", 21, 21, "year"),
        ("They held Ada Roe, 21 and others.", None, None, None),
        ("They held Ada Roe, 21 and Bo Lee.", 21, 21, "year"),
        ("They held Bo Lee (29) there.", 29, 29, "year"),
        ("Ada Roe turned 30 at sea.", 30, 30, "year"),
        ("Ada Roe turned 30.", 30, 30, "year"),
        ("She was just 19 when it sank.", 19, 19, "year"),
        ("Weber will be 43.", 43, 43, "year"),
        ("She swam first at the age of 24.", 24, 24, "year"),
        ("At 61, she swam.", 61, 61, "year"),
        ("Children aged between 5 and 12 swam.", 5, 12, "year"),
        ("He is in his late 30s.", 37, 39, "year"),
        ("The sailor, in her forties, swam.", 40, 49, "year"),
        ("Her 3-month-old dog swam.", 3, 3, "month"),
        ("A man of 77 years of age swam.", 77, 77, "year"),
    ],
)
def test_an_age_is_a_kind_of_its_own(text: str, low: float | None, high: float | None, unit: str | None):
    found = [value for value in find_values(text, WEDNESDAY) if value.kind == "age"]
    assert [(v.low, v.high, v.unit) for v in found] == ([(low, high, unit)] if unit else [])


@pytest.mark.parametrize(
    "text", ["The limit was 65.", "Turnout was 45.", "The score is 12.", "Apollo 11, the first, flew."]
)
def test_a_number_said_of_no_person_is_no_age(text: str):
    assert not [value for value in find_values(text) if value.kind == "age"]


@pytest.mark.parametrize(
    "text",
    [
        "Channel 4 viewers complained.",
        "The iPhone 6 users complained.",
        "She watched Ocean’s 11.",
        "They drove along Route 66.",
        "The 1975 played that song.",
        "Call 555-0199 or 020-7946-0958.",
        "They won 3-2.",
        "The shop is open 24/7.",
        "It recalled 9/11.",
        "The blast came at 11:05 p.m.",
        "It was built with version 2.0 of the kit.",
        "An F-16 crossed the bay.",
        "There are a million reasons to stay.",
        "One of its rivals left.",
        "It was the first time.",
        "He came second.",
        "No third party saw it.",
        "He may sell the boat.",
        "They march on Sundays.",
        "The Sun said so.",
        "It was in the Sunday Times.",
        "He sat in room 12.",
        "Article 5 was invoked.",
        "See example.com/2014/08/09/boats or write to a12@example.com.",
        "The object, called 2014 RC, passed.",
        "One day we will know.",
        "The four-legged rescuers came.",
        "Nora May spoke.",
        "She spoke on 60 Minutes.",
        "It began at 1800 hours.",
        "April Roe spoke.",
    ],
)
def test_what_names_or_labels_is_no_value(text: str):
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It sank on Aug. 4, 2014.", "2014-08-04", "2014-08-04"),
        ("It sank on 4th of August 2014.", "2014-08-04", "2014-08-04"),
        ("It sank on 03 April 2024.", "2024-04-03", "2024-04-03"),
        ("It sank on 2014-08-04.", "2014-08-04", "2014-08-04"),
        ("It sank on 25/03/2014.", "2014-03-25", "2014-03-25"),
        ("It sank on Saturday, August 9th, 2014.", "2014-08-09", "2014-08-09"),
        ("It sank in August 2014.", "2014-08-01", "2014-08-31"),
        ("It sank in February 2012.", "2012-02-01", "2012-02-29"),
        ("It sank in 2013.", "2013-01-01", "2013-12-31"),
        ("It was popular in the 1990s.", "1990-01-01", "1999-12-31"),
        ("Sales fell in the third quarter of 2018.", "2018-07-01", "2018-09-30"),
        ("It closed from 2011 to 2013.", "2011-01-01", "2013-12-31"),
        ("It closed between May and August 2017.", "2017-05-01", "2017-08-31"),
        ("It closed in the 2011-13 season.", "2011-01-01", "2013-12-31"),
        ("It met on 5-7 June 2014.", "2014-06-05", "2014-06-07"),
        ("It met on June 5–7, 2014.", "2014-06-05", "2014-06-07"),
    ],
)
def test_a_date_is_an_interval_of_days(text: str, first: str, last: str):
    assert days(text, None) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("By 2015, it had spent it all.", None, "2015-12-31"),
        ("She stayed until April 2019.", None, "2019-04-30"),
        ("It has run since 2011.", "2011-01-01", None),
        ("It was built before 2011.", None, "2010-12-31"),
        ("It was built after May 2011.", "2011-06-01", None),
    ],
)
def test_bounding_words_leave_one_side_open(text: str, first: str | None, last: str | None):
    assert days(text, None) == (first, last)


def test_not_until_means_then():
    assert days("It did not add the lock until December 2023.", None) == ("2023-12-01", "2023-12-31")
    assert days("The door had no lock until December 2023.", None) == ("2023-12-01", "2023-12-31")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It sank yesterday.", "2024-04-02", "2024-04-02"),
        ("It sank on Tuesday.", "2024-04-02", "2024-04-02"),
        ("It sank on Wednesday.", "2024-04-03", "2024-04-03"),
        ("It sank last week.", "2024-03-25", "2024-03-31"),
        ("It sank last month.", "2024-03-01", "2024-03-31"),
        ("It sank earlier this month.", "2024-04-01", "2024-04-03"),
        ("It sank last year.", "2023-01-01", "2023-12-31"),
        ("It sank in April last year.", "2023-04-01", "2023-04-30"),
        ("It sank nine days ago.", "2024-03-25", "2024-03-25"),
        ("It sank two years ago.", "2022-01-01", "2022-12-31"),
        ("It sank on Friday last week.", "2024-03-29", "2024-03-29"),
        ("The court sits this Friday.", "2024-04-05", "2024-04-05"),
        ("It was sunk by the group six months ago.", "2023-10-01", "2023-10-31"),
        ("It sank on March 30.", "2024-03-30", "2024-03-30"),
        ("It sank in November.", "2023-11-01", "2023-11-30"),
        ("The court will sit on Friday.", "2024-04-05", "2024-04-05"),
        ("The court set May 9 as the deadline.", "2024-05-09", "2024-05-09"),
    ],
)
def test_relative_dates_are_resolved_against_publication(text: str, first: str, last: str):
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "It sank yesterday.",
        "It sank on Tuesday.",
        "It sank last month.",
        "It sank nine days ago.",
        "It sank on March 30.",
    ],
)
def test_without_a_publication_date_a_relative_date_is_unknown_and_says_why(text: str):
    value = only(text, None)
    assert (value.date_start, value.date_end) == (None, None)
    assert "publication date unknown" in value.why


def test_an_unresolved_day_keeps_what_is_known_of_it():
    assert only("It sank on August 9.", None).partial == "XXXX-08-09"
    assert only("It sank on Tuesday.", None).partial == "XXXX-WXX-2"


def test_a_month_of_publication_resolves_no_day():
    assert days("It sank on Tuesday.", WEDNESDAY, "month") == (None, None)
    assert days("It sank last month.", WEDNESDAY, "month") == ("2024-03-01", "2024-03-31")
    assert days("It sank last year.", WEDNESDAY, "year") == ("2023-01-01", "2023-12-31")


def test_a_month_that_may_be_of_two_years_stays_unknown():
    assert days("It sank in April.") == (None, None)


def test_day_and_month_that_can_be_exchanged_stay_unknown():
    value = only("It sank on 04/03/2014.")
    assert (value.date_start, value.date_end, value.why) == (None, None, "day and month cannot be told apart")


def test_a_day_that_may_be_before_or_after_publication_is_bounded():
    assert days("She was due to appear on Friday.") == ("2024-03-29", "2024-04-05")


def test_a_day_in_a_sentence_about_another_year_is_not_guessed():
    found = find_values("In 2019 it reopened, and on March 30 it sank.", WEDNESDAY)
    assert [value.date_start for value in found] == [date(2019, 1, 1), None]


def test_the_same_year_is_the_year_told_before():
    found = find_values("It was fined in 2022 and sued in the same year.")
    assert (found[1].date_start, found[1].date_end) == (date(2022, 1, 1), date(2022, 12, 31))


def test_two_years_earlier_counts_from_the_date_before_it():
    found = find_values("It closed in 2019. It had opened two years earlier.")
    assert (found[1].kind, found[1].date_start) == ("date", date(2017, 1, 1))


def test_two_years_earlier_without_a_date_before_it_stays_a_duration():
    assert only("It had opened two years earlier.").kind == "duration"


@pytest.mark.parametrize("text", ["It paid $5 a year.", "It paid $5 per year.", "It was a $5-a-year plan."])
def test_an_amount_that_falls_due_again_says_so(text: str):
    assert only(text).why == "for each year"


def test_a_minus_is_not_lost():
    assert only("It was minus 5 degrees there.").value == -5
    assert only("Growth was -1.5 percent.").value == -1.5


def test_measures_of_one_kind_share_a_base_unit():
    assert in_base_unit(39, "foot") == (pytest.approx(11.8872), "metre")
    assert in_base_unit(12, "metre") == (12, "metre")
    assert in_base_unit(5, "girl") == (5, "girl")


@pytest.mark.parametrize(
    "text",
    ["The debate Monday is the first.", "Voters expect her to win Friday's debate.", "The tour is to end on Jan. 1."],
)
def test_a_day_that_nothing_puts_in_the_past_is_not_put_there(text: str):
    value = only(text)
    assert value.date_end is None or value.date_end >= WEDNESDAY


def test_a_day_that_names_an_event_is_not_resolved_without_its_year():
    assert days("It recalled Sept. 11.") == (None, None)
    assert days("It sank on Sept. 11, 2001.") == ("2001-09-11", "2001-09-11")


@pytest.mark.parametrize(
    "text", ["It opened on Black Friday.", "She spoke on Fox News Sunday.", "They saw CBS This Morning."]
)
def test_days_inside_names_are_no_dates(text: str):
    assert written(text) == []


@pytest.mark.parametrize(("text", "found"), [("Eight of 10 voters came.", []), ("One of 150 women came.", ["150"])])
def test_a_share_is_not_a_count_of_its_whole(text: str, found: list[str]):
    assert written(text) == found


@pytest.mark.parametrize(
    "text", ["It fell 66 million years ago.", "It fell 3,000 years ago.", "It fell 9,000,000 days ago."]
)
def test_what_lies_before_the_calendar_is_unknown(text: str):
    assert days(text) == (None, None)


def test_a_shift_beyond_the_calendar_is_no_date():
    assert [value.kind for value in find_values("It fell in 2014. It rose a million years later.")] == [
        "date",
        "duration",
    ]


def test_a_reference_to_nothing_is_not_resolved():
    assert days("It was sued in the same year.") == (None, None)


def test_values_stand_where_their_text_stands():
    text = "In May 2018, “at least 40” boats — worth £3m — sank; 28 percent were insured."
    assert written(text) == ["May 2018", "at least 40", "£3m", "28 percent"]


def test_values_do_not_overlap_and_come_in_reading_order():
    text = "By 2015 it spent $40 million, by 2017 between $5 and $6 million, every two weeks, on Aug. 4, 2014."
    spans = [(value.start, value.end) for value in find_values(text)]
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_originals_are_read_as_a_careful_reader_does(originals):
    """Each date and amount of the gold is found with its value, and nothing else is."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("benchmark_values", ROOT / "benchmarks" / "values.py")
    benchmark = module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    counts = benchmark.score("originals")
    assert counts["right"] >= 0.95 * counts["gold"]
    assert counts["invented"] == 0
    assert json.dumps(counts) == json.dumps(benchmark.score("originals"))


def read_invented() -> list[dict]:
    """Read the sentences invented to be hard, with their values."""
    path = ROOT / "benchmarks" / "gold" / "values_invented.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", read_invented(), ids=lambda row: row["text"][:60])
def test_hard_sentences_give_their_values_and_no_others(row: dict):
    day = date.fromisoformat(row["published"]) if row["published"] else None
    found = find_values(row["text"], day, "day" if day else None)
    assert [row["text"][v.start : v.end] for v in found] == [row["text"][v["start"] : v["end"]] for v in row["values"]]
    for value, wanted in zip(found, row["values"], strict=True):
        assert value.kind == wanted["kind"]
        if value.kind == "date":
            days = [day and day.isoformat() for day in (value.date_start, value.date_end)]
            assert days == [wanted["date_start"], wanted["date_end"]]
        else:
            assert value.unit == wanted["unit"]
            for name in ("low", "high"):
                bound = wanted[name]
                assert getattr(value, name) == (bound if bound is None else pytest.approx(bound, rel=1e-3))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("killed nearly two dozen people", 19.2, 24),
        ("Two dozen potters fled.", 24, 24),
        ("The shop sold 4 dozen jugs.", 48, 48),
    ],
)
def test_a_number_ahead_of_dozen_counts_dozens(text, low, high):
    [value] = find_values(text)
    assert (value.low, value.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "cited", "kind", "value"),
    [
        ("The tunnel ends about a mile from the harbour.", "about a mile", "quantity", 1),
        ("The pupils walked a kilometre.", "a kilometre", "quantity", 1),
        ("They needed half an hour.", "half an hour", "duration", 0.5),
    ],
)
def test_an_article_ahead_of_a_measure_counts_one(text, cited, kind, value):
    [found] = find_values(text)
    assert (text[found.start : found.end], found.kind, found.value) == (cited, kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "Milk costs four crowns a litre.",
        "The cart made six miles an hour.",
        "He was a mile of a man, they sang for $3 a gallon.",
    ],
)
def test_a_rate_is_no_measure_of_its_own(text):
    assert not [v for v in find_values(text) if text[v.start : v.end] in ("a litre", "an hour", "a gallon")]


def test_years_with_through_between_them_are_one_stretch():
    [found] = find_values("The beekeeper lost his hives in each of the years 1994 through 1999.")
    assert (found.date_start, found.date_end) == (date(1994, 1, 1), date(1999, 12, 31))


@pytest.mark.parametrize(
    ("text", "written", "value", "unit"),
    [
        ("It opened 144 of its 578 schools.", "144", 144, "school"),
        ("It staffed 144 of the district's schools.", "144", 144, "school"),
        ("It lost 150 of the town's 200 bus drivers.", "150", 150, "driver"),
        ("Nine of the 14 Aug. 6 castaways swam.", "14", 14, "castaway"),
        ("The 19 October 11 bathers left.", "19", 19, "bather"),
        ("It closed 19 US diplomatic posts.", "19", 19, "post"),
        ("Two of those killed were brothers.", "Two", 2, None),
        ("Three died at sea.", "Three", 3, None),
        ("The wave killed 12 and 22 were hurt.", "22", 22, None),
        ("About 200 were arrested.", "About 200", 200, None),
        ("One girl was killed.", "One", 1, "girl"),
        ("The wave killed one man.", "one", 1, "man"),
        ("Two others, one man and a dog, were pronounced dead.", "one", 1, "man"),
        ("The other four blew up the gate.", "four", 4, None),
        ("It set two blunt and resolute fighters apart.", "two", 2, "fighter"),
        ("The couple fled.", "couple", 2, "person"),
        ("A couple from Lund fled.", "A couple", 2, "person"),
        ("They read a 300-page report.", "300-page", 300, "page"),
        ("A 12-member board met.", "12-member", 12, "member"),
        ("A pair of bombs went off.", "A pair", 2, "bomb"),
        ("Sales more than doubled.", "more than doubled", 2, "time"),
        ("The lake lost 816 000 t of sand.", "816 000 t", 816000, "tonne"),
        ("The wave ran one and one-half miles.", "one and one-half miles", 1.5, "mile"),
        ("It ran three quarters of a mile.", "three quarters of a mile", 0.75, "mile"),
        ("It ran 2 1/2 miles.", "2 1/2 miles", 2.5, "mile"),
    ],
)
def test_a_count_is_read_in_whatever_form_it_stands(text: str, written: str, value: float, unit: str | None):
    found = {text[v.start : v.end]: v for v in find_values(text, WEDNESDAY)}
    assert (found[written].value, found[written].unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "The test scores rose.",
        "The two were friends.",
        "One official said so.",
        "A three-way race began.",
        "The au pair left.",
    ],
)
def test_a_word_that_only_looks_like_a_count_is_none(text: str):
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("It cut the fleet in half.", 50),
        ("The price was halved.", 50),
        ("About a quarter were singled out.", 25),
        ("It lost 2/3 of the seats.", 66.666667),
    ],
)
def test_a_share_in_words_is_a_percentage(text: str, share: float):
    assert (only(text).kind, only(text).value) == ("percent", pytest.approx(share))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("It spent $1 943 million there.", 1943e6),
        ("It spent £13 009 million there.", 13009e6),
        ("It spent 40 Mio. euros there.", 40e6),
    ],
)
def test_thousands_apart_and_short_magnitudes_are_of_one_sum(text: str, amount: float):
    assert (only(text).kind, only(text).value) == ("money", amount)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("A hearing is set for the last Friday of this month.", "2024-04-26", "2024-04-26"),
        ("It met on the second Tuesday in May 2016.", "2016-05-10", "2016-05-10"),
        ("It met in the first week of March 2016.", "2016-03-01", "2016-03-07"),
        ("It reported the loss a week ago on Monday.", "2024-03-25", "2024-03-25"),
        ("It reported the loss two weeks ago Friday.", "2024-03-22", "2024-03-22"),
        ("It was closed from Saturday through Monday.", "2024-03-30", "2024-04-01"),
        ("It was closed through Saturday.", None, "2024-04-06"),
        ("Finish it before the end of May 2013.", None, "2013-05-31"),
        ("By February, all of them had left.", None, "2024-02-29"),
        ("He served from June to September in 2004.", "2004-06-01", "2004-09-30"),
        ("On Friday, the sailors plan to march.", "2024-03-29", "2024-04-05"),
        ("On Friday, the sailors will march.", "2024-04-05", "2024-04-05"),
        ("It met on the Friday before last.", "2024-03-22", "2024-03-22"),
        ("It met on Wednesday of last week.", "2024-03-27", "2024-03-27"),
        ("It met in the week before last.", "2024-03-18", "2024-03-24"),
        ("It must close by the end of the year.", None, "2024-12-31"),
        ("Prices fell over 2003-2007.", "2003-01-01", "2007-12-31"),
        ("It grew in the season 2012/13.", "2012-01-01", "2013-12-31"),
        ("Pope Gregory stepped down in 1415 in a deal.", "1415-01-01", "1415-12-31"),
        ("It sank earlier in the week.", "2024-04-01", "2024-04-03"),
        ("It made 2014 a year of change.", "2014-01-01", "2014-12-31"),
        ("He was behind 2013's siege.", "2013-01-01", "2013-12-31"),
        ("It was signed on the 1st of last month.", "2024-03-01", "2024-03-01"),
        ("She was the former 2008 nominee.", "2008-01-01", "2008-12-31"),
    ],
)
def test_a_day_is_found_by_its_place_in_a_week_or_month(text: str, first: str | None, last: str | None):
    assert days(text) == (first, last)


def test_that_winter_is_of_the_year_told_before():
    found = find_values("The largest cut was that of 1987. It lost 600 boats that winter.", WEDNESDAY)
    assert (found[-1].date_start, found[-1].date_end) == (date(1986, 12, 1), date(1988, 3, 31))


@pytest.mark.parametrize(
    "text",
    ["The bill passed 52 to 48.", "The council voted 52-48.", "It won by a vote of 52 to 48.", "A 52-48 decision."],
)
def test_both_sides_of_a_vote_are_counted(text: str):
    assert [(v.value, v.unit) for v in find_values(text)] == [(52, "vote"), (48, "vote")]


def test_both_ends_of_a_change_have_their_unit():
    found = find_values("The share rose from 15 to 20 percent.")
    assert [(v.value, v.unit) for v in found] == [(15, "percent"), (20, "percent")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It lost half of one percent.", 0.5, "percent"),
        ("It lost a quarter of a percent.", 0.25, "percent"),
        ("It gained half a percentage point.", 0.5, "percentage point"),
        ("The week-long strike ended.", 1, "week"),
        ("It ended an hour-long talk.", 1, "hour"),
        ("Children under 12 swam.", 12, "year"),
        ("All children younger than 5 swam.", 5, "year"),
        ("She told of her age (85) there.", 85, "year"),
    ],
)
def test_parts_of_a_percent_and_units_with_long_are_read(text: str, value: float, unit: str):
    assert (only(text).value, only(text).unit) == (value, unit)
