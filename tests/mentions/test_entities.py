"""Which names a story holds, of what kind they are, and which of them are one."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.mentions.names import entity_id, find_entities, find_names, name_entities


def find(*texts: str) -> pd.DataFrame:
    articles = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "story": "s", "text": texts})
    return find_entities(articles)


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in find_names(text)]


def kinds(*texts: str) -> dict[str, str]:
    found = find(*texts)
    return dict(zip(found["text"], found["kind"], strict=True))


def full(*texts: str) -> dict[str, str | None]:
    found = find(*texts)
    return {
        text: name if isinstance(name, str) else None
        for text, name in zip(found["text"], found["entity_name"], strict=True)
    }


def test_names_stand_where_their_text_stands():
    text = "Harbour officials say that Ada Roe’s ferry left Port Lune."
    found = find(text)
    assert (
        [text[row.start : row.end] for row in found.itertuples()] == found["text"].tolist() == ["Ada Roe", "Port Lune"]
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yesterday it rained.", []),
        ("Shockingly few came.", []),
        ("They saw the Norland Lines ferry.", ["Norland Lines"]),
        ("It was Norland’s fault.", ["Norland"]),
        ("They met harbour spokesman Jon Vale.", ["Jon Vale"]),
        ("They met Norland CEO Jon Vale.", ["Norland", "Jon Vale"]),
        ("They asked the University of Lune.", ["University of Lune"]),
        ("They read a post titled “Ten Facts About Norland’s Ferry Contracts” there.", []),
        ("They saw Nigerian ships and an API.", []),
        ("They met the Kenyan Ada Roe there.", ["Ada Roe"]),
        ("They met Saja al-Rumi there.", ["Saja al-Rumi"]),
        ("They read it on www.Norland.com and told @AdaRoe.", []),
        ("They said I’ve seen it in May.", []),
    ],
)
def test_names_are_what_capitals_mark_inside_running_text(text: str, found: list[str]):
    assert names(text) == found


def test_a_word_that_only_opens_sentences_is_no_name():
    assert "Revelations" not in names("Revelations came from the port. They say that Norland knew.")


def test_a_word_that_opens_a_sentence_is_a_name_where_the_story_has_it_elsewhere():
    text = "They say that Norland knew. Norland denies it."
    assert names(text) == ["Norland", "Norland"]


def test_a_headline_gives_the_names_of_the_running_text_and_no_others():
    text = "Ferry Owner Norland Denied Access To Passenger Records\nThey say that Norland knew."
    assert names(text) == ["Norland", "Norland"]


def test_a_surname_means_the_one_person_who_bears_it():
    assert full("They met spokesman Jon Vale there. It was said that Vale knew.")["Vale"] == "Jon Vale"


def test_a_surname_of_two_people_stays_open():
    found = find("They met spokesman Jon Vale and captain Eva Vale there. It was said that Vale knew.")
    vale = found[found["text"] == "Vale"].iloc[0]
    assert pd.isna(vale["entity_id"]) and pd.isna(vale["entity_name"])


def test_a_surname_means_the_person_of_its_own_article_first():
    found = find(
        "They met spokesman Jon Vale there. It was said that Vale knew.",
        "They met captain Eva Vale there. It was said that Vale knew.",
    )
    assert found[found["text"] == "Vale"]["entity_name"].tolist() == ["Jon Vale", "Eva Vale"]


def test_names_that_only_look_alike_are_not_one():
    found = full("They met spokesman Jon Vale there.", "They met spokesman John Vale there.")
    assert set(found.values()) == {"Jon Vale", "John Vale"}


def test_an_organisation_keeps_apart_from_its_products():
    found = full("It was said that Norland sold the Norland Tracker. It was said that Norland knew.")
    assert found["Norland"] == "Norland"


def test_a_former_name_is_an_alias():
    found = full("They sued Alta, formerly known as Borea, there. It was said that Borea knew.")
    assert found["Borea"] == found["Alta"] == "Alta"


def test_an_acronym_in_brackets_is_an_alias():
    found = full("They asked the Lune Press Association (LPA) there. It was said that the LPA knew.")
    assert found["LPA"] == "Lune Press Association"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They met spokesman Jon Vale there.", "Jon Vale", "person"),
        ("They met Mrs Roe there.", "Roe", "person"),
        ("They sued Norland Holdings there.", "Norland Holdings", "organisation"),
        ("They asked Norland spokesman Jon Vale.", "Norland", "organisation"),
        ("They asked the Ministry of Transport there.", "Ministry of Transport", "organisation"),
        ("They flew to Nigeria yesterday.", "Nigeria", "place"),
        ("They lived near Lune River there.", "Lune River", "place"),
        ("They read it through the Inbox API there.", "Inbox API", "product"),
    ],
)
def test_the_words_around_a_name_say_its_kind(text: str, name: str, kind: str):
    assert kinds(text)[name] == kind


def test_a_country_is_never_short_for_something_longer():
    found = full("They fled the Islamic State of Iraq there. It was said that Iraq knew.")
    assert found["Iraq"] == "Iraq"


def test_ids_depend_on_the_name_alone():
    one = find("They met spokesman Jon Vale there.")
    other = find("It rained there.", "They met spokesman Jon Vale there. It was said that Vale knew.")
    assert one["entity_id"].tolist() == [entity_id("Jon Vale")]
    assert set(other["entity_id"]) == {entity_id("Jon Vale")}


def test_stories_do_not_lend_each_other_names():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "story": ["s", "t"],
            "text": ["They met spokesman Jon Vale there.", "It was said that Vale knew."],
        }
    )
    assert find_entities(articles)["entity_name"].tolist() == ["Jon Vale", "Vale"]


def test_the_fullest_names_of_texts_are_a_plain_mapping():
    assert name_entities(["They met spokesman Jon Vale there. It was said that Vale knew."])["Vale"] == "Jon Vale"


def test_no_text_gives_no_names():
    assert find("").empty


def test_an_ordinary_word_that_opens_a_sentence_is_no_forename():
    found = full("It was said that spokesman Jon Vale knew. Like Vale, she left. It was said that Vale knew.")
    assert found == {"Jon Vale": "Jon Vale", "Vale": "Jon Vale"}


def test_a_forename_written_out_does_not_make_a_surname_ambiguous():
    found = full("They met actor Christian Vale. It was said that Chris Vale knew. It was said that Vale left.")
    assert found["Vale"] == "Christian Vale"


def test_a_service_is_not_taken_for_a_person_with_its_name():
    found = full("It was said that the puzzled Zorro Chirpy knew. It was said that a Chirpy user told the Chirpy feed.")
    assert found["Chirpy"] == "Chirpy"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The council meets on Thursdays in the hall.", []),
        ("The baths are closed on Mondays and most Februaries.", []),
        ("The firm Mars sells sweets on Fridays.", ["Mars"]),
    ],
)
def test_weekdays_and_months_are_no_names_in_the_plural(text, names):
    assert [text[start:end] for start, end in find_names(text)] == names


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Jens Holm", "Jens P. Holm", "Jens P. Holm"),
        ("James Holm", "Jim Holm", "James Holm"),
        ("Elizabeth Holm", "Liz Holm", "Elizabeth Holm"),
        ("J.P. Holm", "Jens Peter Holm", "Jens Peter Holm"),
        ("J. P. Holm", "J.P. Holm", "J. P. Holm"),
        ("José Álvaro", "Jose Alvaro", "José Álvaro"),
    ],
)
def test_one_person_is_one_however_the_name_is_written(first, second, name):
    found = full(f"They met spokesman {first} there.", f"They met spokesman {second} there.")
    assert set(found.values()) == {name}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jens P. Holm", "Jens K. Holm"),
        ("Paul Holm", "Paula Holm"),
        ("James Holm", "John Holm"),
        ("J. Holm", "K. Holm"),
    ],
)
def test_names_that_exclude_each_other_are_two_people(first, second):
    found = full(f"They met spokesman {first} there.", f"They met spokesman {second} there.")
    assert set(found.values()) == {first, second}


def test_an_initial_that_fits_two_people_is_neither():
    found = full(*(f"They met spokesman {name} there." for name in ("J. Holm", "Jens Holm", "Jane Holm")))
    assert set(found.values()) == {"J. Holm", "Jens Holm", "Jane Holm"}


def test_two_names_in_one_sentence_are_two_people():
    assert set(full("They met spokesman James Holm and captain Jim Holm there.").values()) == {"James Holm", "Jim Holm"}


def test_the_surname_of_a_relative_of_the_same_name_stays_open():
    found = full("They quoted the father, Anton Holm, there. It was said that Holm knew.")
    assert found["Holm"] is None and found["Anton Holm"] == "Anton Holm"


def test_a_surname_is_known_with_accents_and_without():
    found = full("They met spokesman José Álvaro there. It was said that Alvaro knew.")
    assert found["Alvaro"] == "José Álvaro"


@pytest.mark.parametrize(("longer", "shorter"), [("White House", "House"), ("Youth Senate", "Senate")])
def test_a_body_that_another_ends_in_is_another_body(longer, shorter):
    assert full(f"They asked the {longer} there. It was said that the {shorter} knew.")[shorter] == shorter


def test_a_body_is_not_short_for_another_beside_it():
    found = full("It was said that the Food Bank asked the Bank. It was said that the Bank knew.")
    assert found["Bank"] == "Bank"


def test_a_name_is_one_in_other_capitals():
    found = full("They sued WikiPort there. It was said that WikiPort knew.", "They asked Wikiport there.")
    assert set(found.values()) == {"WikiPort"}


def test_father_and_son_are_told_by_what_follows_their_name():
    found = full("They met spokesman Karl Lind Jr. there.", "They met captain Karl Lind Sr. there.")
    assert set(found.values()) == {"Karl Lind Jr", "Karl Lind Sr"}


def test_capitals_and_hyphens_of_given_names_make_no_other_person():
    assert len(set(full("They met JP Lind there.", "They met J.P. Lind there.").values())) == 1
    assert len(set(full("They met Jean-Luc Lind there.", "They met Jean Luc Lind there.").values())) == 1
