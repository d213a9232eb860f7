"""How a claim is presented: hearsay wherever its words stand, acts that are no denials, negations in every form."""

from __future__ import annotations

import pytest

from stories import read_claims


def read(sentence: str, text: str):
    _, claims = read_claims(sentence)
    (row,) = claims[claims["text"] == text].itertuples()
    return row


@pytest.mark.parametrize(
    ("sentence", "content", "speaker", "modality"),
    [
        (
            "A dentist owns three trams, or so his brother maintains.",
            "A dentist owns three trams",
            "his brother",
            "reported",
        ),
        ("The sheds were full of rats, it has been claimed.", "The sheds were full of rats", None, "alleged"),
        ("The baker was poisoned, or so it is said.", "The baker was poisoned", None, "reported"),
        ("Word has it that the tram was sold in Graz.", "the tram was sold in Graz", None, "reported"),
        ("Rumour in the village has it the baker was poisoned.", "the baker was poisoned", None, "alleged"),
        (
            "The keeper paid no rent for a year, the ledgers show.",
            "The keeper paid no rent for a year",
            "the ledgers",
            "reported",
        ),
        (
            "The baker continued to allege that the jury had been bribed.",
            "the jury had been bribed",
            "The baker",
            "alleged",
        ),
        ("She went on to claim that the jury was asleep.", "the jury was asleep", "She", "alleged"),
        ("He kept alleging that the vote was bought.", "the vote was bought", "He", "alleged"),
    ],
)
def test_what_goes_about_is_hearsay_wherever_the_words_that_say_so_stand(sentence, content, speaker, modality):
    row = read(sentence, content)
    assert (row.speaker if isinstance(row.speaker, str) else None, row.modality) == (speaker, modality)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lotte Brink claims to have swum around the island in a day.",
        "The group claims to be the oldest choir of the valley.",
        "He professed to know nothing of the plan.",
        "Police are examining the alleged role of the firm in the theft.",
    ],
)
def test_what_somebody_only_claims_is_alleged(sentence):
    assert read(sentence, sentence.rstrip(".")).modality == "alleged"


def test_what_somebody_wants_to_say_is_not_said():
    assert read("The firm wants to claim that the bridge was safe.", "the bridge was safe").modality == "hypothetical"


@pytest.mark.parametrize(
    "sentence",
    [
        "Delegates on Saturday rejected the president's ban on a rule letting pupils enter the open.",
        "The judge dismissed the case on Friday.",
        "The bid was rejected by the board.",
        "The consulate denied Holm a visa over the riots.",
        "Holm was denied a visa in May.",
        "The judge denied the request for bail.",
        "The senate overrode the veto on Monday.",
    ],
)
def test_to_reject_a_thing_is_an_act_and_denies_nothing(sentence):
    _, claims = read_claims(sentence)
    assert list(claims["text"]) == [sentence.rstrip(".")]
    assert (claims["stance"].iloc[0], claims["modality"].iloc[0]) == ("asserts", "fact")


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The firm rejected the claim that it hid the report.", "it hid the report"),
        ("The mayor dismissed the suggestion that he had been asleep.", "he had been asleep"),
        ("Voss rejected accusations of fraud.", "accusations of fraud"),
        ("The minister dismissed the report as false.", "the report"),
        ("Voss denied any wrongdoing.", "any wrongdoing"),
    ],
)
def test_to_reject_a_statement_denies_it(sentence, denied):
    row = read(sentence, denied)
    assert (row.stance, row.modality) == ("denies", "denied")


def test_what_is_said_while_something_is_disputed_is_asserted():
    _, claims = read_claims("Backers disputed the objections as “far-fetched,” saying the levy is small and fair.")
    said = claims[claims["text"] == "the levy is small and fair"]
    assert list(said["stance"]) == ["asserts"]
    assert "saying" not in " ".join(claims["text"])


@pytest.mark.parametrize(
    "sentence",
    [
        "He neither met nor hired the acrobat.",
        "Neither he nor his wife signed it.",
        "Nor did the mayor sign it.",
        "The pier was neither safe nor open.",
        "She is certain that he did not send the letter.",
        "He is adamant he never signed the letter.",
        "She is sure that nobody took the painting.",
        "The council has yet to decide on the bridge.",
        "The clerk has yet to be charged.",
        "He failed to sign the letter.",
    ],
)
def test_what_did_not_happen_is_negated(sentence):
    _, claims = read_claims(sentence)
    assert claims["negated"].iloc[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "She had “no doubts” about the novel.",
        "He could not hold himself back and picked up a paddle.",
        "The pool did not open until May.",
        "The bakers were not without bread.",
        "The captain did not fail to sound the alarm.",
        "She is certain that he sent the letter.",
    ],
)
def test_words_that_negate_nothing_negate_nothing(sentence):
    _, claims = read_claims(sentence)
    assert not claims["negated"].any()


@pytest.mark.parametrize(
    ("sentence", "statement", "who"),
    [
        (
            "Krog said he had paid the piper, a claim that the piper called untrue.",
            "he had paid the piper",
            "the piper",
        ),
        ("The clerk took the ring on Monday, which he denies.", "The clerk took the ring on Monday", "he"),
        ("The firm hid the report, an accusation it has rejected.", "The firm hid the report", "it"),
        ("The firm sold the mill, a claim denied by the owner.", "The firm sold the mill", "the owner"),
        (
            "The union said the bank lied, a charge the bank's lawyers dismissed as baseless.",
            "the bank lied",
            "the bank's lawyers",
        ),
    ],
)
def test_what_goes_before_is_denied_behind_it(sentence, statement, who):
    _, claims = read_claims(sentence)
    denied = claims[(claims["text"] == statement) & (claims["stance"] == "denies")]
    assert list(denied["speaker"]) == [who]


def test_claims_that_are_rejected_are_nobodys_allegation():
    _, claims = read_claims("The operator rejected claims that the crew had been drinking.")
    assert list(claims["stance"]) == ["denies"]


def test_who_said_what_another_denies_still_said_it():
    _, claims = read_claims("Krog said he had paid the piper, a claim that the piper called untrue.")
    assert set(claims.loc[claims["text"] == "he had paid the piper", "stance"]) == {"asserts", "denies"}


@pytest.mark.parametrize(
    ("text", "statement", "modality"),
    [
        ("The lawsuit says the firm hid the report.", "the firm hid the report", "alleged"),
        ("Prosecutors said Voss took the ring at night.", "Voss took the ring at night", "alleged"),
        ("According to the complaint, the bank sold the data.", "the bank sold the data", "alleged"),
        ("Prosecutors said the court would sit on Monday.", "the court would sit on Monday", "reported"),
        ("The suit says Voss took it. Voss said he did not take the ring.", "he did not take the ring", "denied"),
        ("The suit says the bank sold data. “We never sold data,” said the bank.", "We never sold data", "denied"),
        ("The suit says Voss took it. Voss said she did not remember it.", "she did not remember it", "reported"),
        ("The suit says Voss took it. The mayor said it did not rain.", "it did not rain", "reported"),
        ("Voss said he did not take the ring.", "he did not take the ring", "reported"),
    ],
)
def test_what_a_claim_is_follows_from_who_accuses_and_who_is_accused(text, statement, modality):
    assert read(text, statement).modality == modality


@pytest.mark.parametrize(
    ("sentence", "speaker", "content"),
    [
        ("As some supporters noted, the plan is cheap and quick.", "some supporters", "the plan is cheap and quick"),
        ("The plan is cheap and quick, as some supporters noted.", "some supporters", "The plan is cheap and quick"),
        ("He blurted out that the pier had fallen into the lake.", "He", "the pier had fallen into the lake"),
        ("Insisting that the bridge was safe, the mayor kept it open.", "the mayor", "the bridge was safe"),
        ("Her promise to rebuild the school won the vote.", "Her", "to rebuild the school"),
        ("Voss wrote that the pier was lost: “Nobody will walk on it again.”", "Voss", "the pier was lost"),
        ("Voss wrote that the pier was lost: “Nobody will walk on it again.”", "Voss", "Nobody will walk on it again."),
        ("The report's conclusion that the bridge was weak came late.", "The report's", "the bridge was weak"),
    ],
)
def test_what_is_said_is_read_in_every_construction(sentence, speaker, content):
    assert read(sentence, content).speaker == speaker
