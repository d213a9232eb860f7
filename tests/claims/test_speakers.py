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


def said(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Map the statements of a text to who makes them, as written and by name."""
    articles = make_articles({"paper": text})
    claims = extract_claims(articles, split_passages(articles)).astype(object)
    claims = claims.where(claims.notna(), None)
    return {row.text: (row.speaker, row.speaker_name) for row in claims.itertuples()}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Hale met Rosa Roe on the pier. She said that the radar was broken.",
        "As Jon Vale and Peter Roe met, he said that the radar was broken.",
        "Jon Vale praised the radar. Peter Roe hid from Karl Lind and Otto Brandt met Jens Holm. He said it was old.",
    ],
)
def test_a_pronoun_that_fits_two_people_is_neither(text):
    assert last(text)[1] is None


def test_a_pronoun_is_not_the_last_speaker_for_want_of_another():
    between = "The ferry left. The rain fell. The hall was cold. The harbour slept. Nobody came. The lamps went out. "
    text = f"Ann Hale said the radar was broken. Peter Roe said it was old. {between} {between} He said it was new."
    assert last(text)[1] == "Peter Roe"  # the only man
    text = f"Jon Vale said the radar was broken. Peter Roe said it was old. {between} {between} He said it was new."
    assert last(text)[1] is None


def test_who_is_named_last_is_meant_rather_than_who_spoke_before():
    text = (
        "Dr. Emil Varga said the radar was working.\n\n"
        "At a meeting, office head Jan Bota spoke of the search. “We do not know where it is,” he said."
    )
    assert last(text)[:2] == ("he", "Jan Bota")


def test_she_is_not_the_father_of_the_same_surname():
    text = (
        "The father, Anton Veres, said he was ashamed. In her diary Veres wrote of wings. “I collect them,” she wrote."
    )
    assert last(text)[1] is None


def test_she_is_not_a_guard_who_speaks_of_a_woman():
    text = "They saw Veres. Veres had visited the market, a guard said. “I collect wings,” she wrote."
    assert last(text)[1] != "guard"


def test_an_office_is_not_whoever_spoke_where_another_holds_it():
    text = "Jon Vale, the captain, asked the guard to count. “We sail,” Vale said. The guard said that it was dark."
    assert last(text)[1] == "guard"


@pytest.mark.parametrize(
    "opening", ["His behaviour is a disgrace to the lake", "Mayor Prohaska began too early", "The mayor has no manners"]
)
def test_nobody_speaks_of_himself_as_of_another(opening):
    text = (
        "Mayor Anton Prohaska said he had never met the rowers. “I would write to them,” he said.\n\n"
        f"“{opening} and nobody stopped it. We want an answer.”"
    )
    found = said(text)
    assert found["We want an answer."] == (None, None)
    assert found["I would write to them"] == ("he", "Anton Prohaska")


def test_a_speaker_goes_on_speaking_of_somebody_else():
    text = "“He was the best painter of the coast,” said Edda Lund.\n\n“He taught me to look at water. I still do.”"
    assert said(text)["He taught me to look at water."][1] == "Edda Lund"


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("In a letter to the council, Rosa Hallam wrote:", ("Rosa Hallam", "Rosa Hallam")),
        ("The mayor, Rosa Hallam, in an email to the Herald:", None),
        ("From the official log of the Harbour Union:", ("the official log of the Harbour Union", "log")),
        ("Jon Vale was fired on Monday. He wrote:", ("He", "Jon Vale")),
    ],
)
def test_a_line_that_ends_with_a_colon_says_who_speaks_in_the_next(lead, speaker):
    found = said(
        f"Jon Vale said the radar was broken.\n\n{lead}\n\n“The pier has been unsafe since May.”\n\n“I know it.”"
    )
    if speaker is None:
        assert found["The pier has been unsafe since May."][1] in (None, "Rosa Hallam")
    else:
        assert found["The pier has been unsafe since May."] == found["I know it."] == speaker


def test_whoever_only_asked_is_not_who_answers():
    text = "Jon Vale asked the guard to count the children. “Nobody told me to count, and it was dark.”"
    assert said(text)["Nobody told me to count, and it was dark."] == (None, None)


def test_a_verb_that_looks_like_a_plural_has_its_own_speaker():
    text = "Jon Vale says the ferry is full. The hiker replies, “we’re only looking for the hut...we’re not from here.”"
    assert last(text)[:2] == ("The hiker", "hiker")


@pytest.mark.parametrize("sign", ["(Karl Lind of the Harbour Union)", "— Karl Lind, 34, Lund"])
def test_a_name_behind_a_quotation_signs_it(sign):
    assert (
        said(f"The radar broke.\n\n“Nobody was hurt on the pier.” {sign}")["Nobody was hurt on the pier."][1]
        == "Karl Lind"
    )


def test_an_entry_of_a_list_signs_nothing():
    found = said("The radar broke.\n\n- “He studied in Lund for years.”\n\n- Named master of the harbour in 1977.")
    assert found["He studied in Lund for years."] == (None, None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("After becoming mayor, Vale predicted that the radar would break.", "Vale"),
        ("Jon Vale, at a talk on Thursday, said that the radar was broken.", "Jon Vale"),
        ("Rosa Vale told the Herald’s “Meet the Coast” that the radar was broken.", "Rosa Vale"),
        ("According to a copy of the shepherds’ logbooks released Monday, the abbey bought sheep.", "logbooks"),
        ("The 85-year-old baker said that the radar was broken.", "baker"),
    ],
)
def test_a_source_is_who_speaks_and_nothing_beside(text, speaker):
    assert last(text)[1] == speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mother of a girl at Lune Elementary School wept. The group said that it was closed.", None),
        ("On Friday the Coast Brigades sank the ferry. The group said that it was a warning.", "Coast Brigades"),
        ("The Lune Herald wrote of the Coast Brigades. The newspaper said that it was a warning.", "Lune Herald"),
        ("The Lune Herald wrote of the Coast Brigades. The group said that it was a warning.", None),
        ("The Lune Herald opened. The newspaper said that it was a warning.", "Lune Herald"),
        ("Norland is a charity. Its website says that it was founded in May.", "website"),
    ],
)
def test_a_noun_stands_for_a_body_that_may_be_called_so(text, name):
    assert last(text)[1] == name


def test_the_official_is_the_one_heard_of_last_with_a_name_or_without():
    text = (
        "Dockside official Jon Vale said that the radar was broken. A security official said that it was new. "
        "It was paid for in May, the official said."
    )
    assert last(text)[1] == "security official"


def test_a_headline_in_between_names_nobody_who_speaks():
    text = "Jon Vale said that the radar was broken.\n\nIs Peter Roe Telling the Truth?\n\n“I saw it myself,” he said."
    assert last(text)[1] == "Jon Vale"


def test_it_is_no_name_in_a_sentence_about_the_group():
    text = "The group is known from the Chirpy account of Jon Vale. It also claimed that the radar was broken."
    assert last(text)[1] is None


def test_a_surname_is_that_of_the_person_and_not_of_a_relative():
    told = "Ann Hale said the radar was broken. Her father, James Hale, said it was new. "
    assert last(f"{told} Hale said that it was old.")[1] is None
    between = "The ferry left the harbour late that evening and the rain fell on the old pier. " * 7
    assert last(f"{told} {between} Hale said that it was old.")[1] == "Ann Hale"


def test_the_president_of_another_country_is_another_president():
    text = "President Ada Roe said that the radar was broken. The Norwegian president said that it was new."
    assert last(text)[1] == "Norwegian president"


@pytest.mark.parametrize(
    "between",
    [
        "Her deputy was asked about the radar.",
        "At a meeting in the ministry, its head of office spoke of the search.",
        "Asked whether it could be mended, the harbour master laughed.",
    ],
)
def test_whoever_a_sentence_is_about_without_a_name_is_not_the_speaker_before(between):
    assert last(f"Rosa Vale said that the radar was broken. {between} “We do not know,” she said.")[1] is None


def test_a_lawyer_has_not_the_gender_of_the_client():
    text = "Karl Lind’s lawyer said that the radar was broken. “He never saw it,” she said."
    assert last(text)[:2] == ("she", "Karl Lind lawyer")
