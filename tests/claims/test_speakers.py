"""Who a speaker is: names, offices, pronouns, bodies and documents, and for whom they speak."""

from __future__ import annotations

import pytest

from helpers.claims import extract_claims
from helpers.passages import split_passages
from stories import make_articles, read_claims


def speakers(*texts: str) -> list[tuple[str, str | None, str | None]]:
    """List the sources as written, with whom they are and for whom they speak, once each in the order of the text."""
    articles = make_articles({f"paper-{number}": text for number, text in enumerate(texts, 1)})
    claims = extract_claims(articles, split_passages(articles))
    said = claims[claims["speaker"].notna()].sort_values(["article_id", "source_start"])
    said = said.drop_duplicates(["article_id", "source_start"])
    columns = (
        said[name].astype(object).where(said[name].notna(), None) for name in ("speaker", "speaker_name", "speaker_for")
    )
    return list(zip(*columns, strict=True))


def last(*texts: str) -> tuple[str, str | None, str | None]:
    return speakers(*texts)[-1]


@pytest.mark.parametrize(
    ("text", "name", "spoken_for"),
    [
        ("Peter Aldous, a spokesman for Soundline, said the radar was working.", "Peter Aldous", "Soundline"),
        ("Peter Aldous, Soundline’s head of safety, said the radar was working.", "Peter Aldous", "Soundline"),
        ("On Friday Soundline’s Safety Director Peter Aldous said the radar was working.", "Peter Aldous", "Soundline"),
        ("The Norwegian government spokeswoman Rosa Vale said it was closed.", "Rosa Vale", "Norwegian government"),
        ("A government spokeswoman, Rosa Vale, said the harbour was closed.", "Rosa Vale", "government"),
        (
            "Rosa Vale, of the Institute of Coastal Studies, said it was closed.",
            "Rosa Vale",
            "Institute of Coastal Studies",
        ),
        ("Former Soundline director Peter Aldous said the radar was working.", "Peter Aldous", None),
        ("The Herald’s Rosa Vale in Lune said the harbour was closed.", "Rosa Vale", "Herald"),
    ],
)
def test_the_office_beside_a_name_says_for_whom_a_person_speaks(text, name, spoken_for):
    assert last(text)[1:] == (name, spoken_for)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bunbury man Jon Vale said the spider bit him on Friday.", None),
        ("Actor Jon Vale, star of The Long Harbour, said that the film was late.", None),
        ("Jon Vale, a friend of Rosa Roe, said that the film was late.", None),
    ],
)
def test_what_someone_only_is_makes_nobody_whom_they_speak_for(text, name):
    assert last(text)[2] == name


def test_whom_a_person_speaks_for_is_known_in_the_whole_story():
    found = speakers(
        "Soundline spokesman Peter Aldous said the radar was working.", "Aldous said nobody had been in danger."
    )
    assert found[1] == ("Aldous", "Peter Aldous", "Soundline")


def test_he_is_the_one_who_spoke_before_not_the_one_spoken_of():
    text = "Peter Aldous met Jon Vale. Aldous said Vale had left the bridge. He said the radar was working."
    assert last(text) == ("He", "Peter Aldous", None)


def test_she_is_no_man():
    text = "Captain Rosa Vale met Mr Jon Aldous on the pier. Aldous said the radar was broken. She said it was working."
    assert last(text)[:2] == ("She", "Rosa Vale")


def test_a_pronoun_goes_on_with_the_pronoun_before():
    text = (
        "Peter Aldous said the radar was working. He identified the captain as Jon Vale. "
        "He said that nobody had been in danger."
    )
    assert last(text)[:2] == ("He", "Peter Aldous")


def test_whom_a_pronoun_may_mean_stays_open_where_nobody_was_named():
    assert last("The pier burned down on Friday. He said that the radar was working.")[1:] == (None, None)


@pytest.mark.parametrize("written", ["The spokesman", "The Soundline spokesman"])
def test_an_office_alone_is_the_person_who_holds_it(written):
    text = f"Soundline spokesman Peter Aldous visited the pier. {written} said that the radar was working."
    assert last(text) == (written, "Peter Aldous", "Soundline")


def test_an_office_that_nobody_is_named_for_stays_an_office():
    assert last("A Soundline spokesman said that the radar was working.")[1:] == ("Soundline spokesman", "Soundline")


def test_a_man_is_not_just_any_man_named_before():
    text = "The victim, Jon Vale, was found on the pier. The man said that he had seen nothing."
    assert last(text)[1] != "Jon Vale"


def test_a_source_described_before_is_the_same_source():
    found = speakers("A security source said the pier had burned. The source said that nobody had been hurt.")
    assert found[0][1] == found[1][1] == "security source"


def test_the_company_is_the_one_that_spoke():
    text = "Soundline said the radar was working. The company said nobody had been in danger."
    assert last(text)[:2] == ("The company", "Soundline")


def test_the_company_stays_open_where_two_could_be_meant():
    text = "On Friday Soundline and Dockside sued the port. The company said nobody had been in danger."
    assert last(text)[1] is None


def test_the_ministry_is_the_ministry_named_before():
    text = "The Ministry of Transport opened an inquiry. The ministry said that the radar was broken."
    assert last(text)[1] == "Ministry of Transport"


def test_it_is_the_document_that_claimed_before():
    text = "The lawsuit alleges that Soundline hid the report. It also claims that the radar was broken."
    assert last(text) == ("It", "lawsuit", None)


def test_it_that_stands_for_nothing_speaks_for_nobody():
    found = speakers("The Ministry of Transport met. It was no surprise that he said the radar was broken.")
    assert ("It", "Ministry of Transport", None) not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Explosive court documents unsealed in May show that the radar was broken.", "court documents"),
        ("Documents it obtained show that the radar was broken.", "documents"),
        ("A Soundline statement issued last week said that the radar was working.", "Soundline statement"),
        ("A number of residents said that the pier had burned.", "residents"),
        ("The Lune daily newspaper said that the pier had burned.", "Lune daily newspaper"),
        ("Revelations from Soundline showed that the radar was broken.", "revelations"),
    ],
)
def test_what_is_only_described_is_known_by_its_noun(text, name):
    assert last(text)[1] == name


def test_two_who_speak_at_once_are_neither_of_them():
    text = "Union secretary Rosa Vale and captain Jon Aldous said that the radar was broken. Vale said it was old."
    found = speakers(text)
    assert [name for _, name, _ in found] == ["Rosa Vale and Jon Aldous", "Rosa Vale"]


def test_an_acronym_of_one_name_of_its_article_is_that_name():
    text = "The Lune Press reported that the pier had burned. The LP said that nobody had been hurt."
    assert {name for _, name, _ in speakers(text)} == {"Lune Press"}


def test_a_saint_is_nobodys_short_name():
    text = "They prayed to St. Francis. It was said that Pope Francis knew. Francis said that the pier was safe."
    assert last(text)[1] == "Francis"


def test_claims_without_articles_of_a_source_have_no_speaker():
    _, claims = read_claims("The pier burned down on Friday after the storm.")
    assert claims["speaker_id"].isna().all()


def test_they_are_the_body_that_spoke_last_not_a_group_before_it():
    text = (
        "The plaintiffs say that the radar was broken. Soundline denied sharing the letters with the press. "
        "They said that such deals were common."
    )
    assert last(text) == ("They", "Soundline", None)


def test_they_stay_open_where_another_was_named_between():
    text = (
        "The plaintiffs say that the radar was broken. In the end the letters went to Soundline. "
        "They said that such deals were common."
    )
    assert last(text)[1] is None
