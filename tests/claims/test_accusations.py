"""What someone is accused of is an allegation, in headlines too; that he was charged, sued or arrested is a fact."""

from __future__ import annotations

import pytest

from stories import read_claims


def presented(text: str) -> dict[str, tuple[str, str | None]]:
    _, claims = read_claims(text)
    speakers = claims["speaker"].astype(object).where(claims["speaker"].notna(), None)
    return dict(zip(claims["text"], zip(claims["modality"], speakers, strict=True), strict=True))


@pytest.mark.parametrize(
    ("sentence", "accused_of", "by"),
    [
        ("Mayor accused by union of hiding report", "hiding report", "union"),
        ("Captain blamed for ferry disaster", "ferry disaster", None),
        ("The contractor has been blamed by the council for weakening the pier.", "weakening the pier", "the council"),
        ("Captain blamed by owners for ferry disaster", "ferry disaster", "owners"),
        (
            "The mayor was accused on Friday by the dockers' union of hiding the report for two years.",
            "hiding the report for two years",
            "the dockers' union",
        ),
        ("The mayor has been accused of fraud by the dockers' union.", "fraud", "the dockers' union"),
        ("Police suspect the captain sank the ferry.", "the captain sank the ferry", "Police"),
        (
            "Police suspect the captain of stealing the silver.",
            "the captain of stealing the silver",
            "Police",
        ),
    ],
)
def test_who_is_accused_is_never_told_to_have_done_it(sentence, accused_of, by):
    told = presented(sentence)
    assert told.pop(accused_of) == ("alleged", by)
    assert {modality for modality, _ in told.values()} <= {"alleged"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Firm suspected of dumping oil in the harbour",
        "Mayor accused of cover-up over harbour deal",
        "She stands accused of leaking the letters",
        "Two officers implicated in smuggling of weapons",
        "Edda Voss suspected in museum theft",
    ],
)
def test_an_accusation_by_nobody_in_particular_is_one_allegation(sentence):
    assert presented(sentence) == {sentence: ("alleged", None)}


@pytest.mark.parametrize(
    ("sentence", "alleged", "by"),
    [
        ("Captain charged with sinking the ferry Aurora", "sinking the ferry Aurora", None),
        ("The mayor was sued by the union for hiding the report.", "hiding the report", "the union"),
        ("The captain was arrested on suspicion of stealing the silver.", "stealing the silver", None),
        ("The firm is under investigation for dumping oil in the harbour.", "dumping oil in the harbour", None),
        ("Captain charged with manslaughter", "manslaughter", None),
        ("The captain was charged with murder on Tuesday after the ferry sank.", "murder", None),
        ("Ferry firm sued for negligence", "negligence", None),
        ("Captain arrested on suspicion of arson", "arson", None),
        ("Firm sued for fraud by former clerks", "fraud", "former clerks"),
        ("Minister quits over claims she bullied staff", "she bullied staff", None),
        ("She is wanted for the murder of a dock worker.", "the murder of a dock worker", None),
        ("Acme faces claims of hiding test results", "hiding test results", None),
        ("Acme faces allegations it hid test results", "it hid test results", None),
        ("He faces trial on charges that he took bribes.", "he took bribes", None),
        ("Three clerks sued Acme for withholding wages.", "Acme for withholding wages", "Three clerks"),
        (
            "Prosecutors charged the captain with sinking the ferry.",
            "the captain with sinking the ferry",
            "Prosecutors",
        ),
        ("A clerk suspected of moving silver has left the town.", "moving silver", None),
        ("Edda Voss, accused of taking bribes, resigned on Friday.", "taking bribes", None),
        ("Edda Voss, who is accused of taking bribes, resigned on Friday.", "taking bribes", None),
        ("The firm faces charges of dumping oil in the harbour.", "dumping oil in the harbour", None),
    ],
)
def test_a_step_of_the_law_is_a_fact_and_its_ground_an_allegation(sentence, alleged, by):
    told = presented(sentence)
    assert told == {alleged: ("alleged", by), sentence.rstrip("."): ("fact", None)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The army charged the hill with flying banners.",
        "The captain was never charged with sinking the ferry.",
        "The captain has not been arrested or charged with anything.",
        "The council has charged visitors for parking since Sunday.",
        "The storm claimed the lives of three sailors.",
        "The trial of the new ferry ended on Monday.",
        "The nurse was charged with caring for the old man.",
        "The battery is charged with solar power.",
        "The firm charged customers with late fees.",
        "The firm was sued for 20 million euros.",
        "Voss was cleared of charges of fraud.",
        "The charges that he faces in court are grave.",
        "He was named as a suspect in the theft of the silver.",
        "Villagers want the road mended for safety.",
    ],
)
def test_nobody_is_accused_where_no_act_is_laid_to_anyone(sentence):
    assert {modality for modality, _ in presented(sentence).values()} == {"fact"}


@pytest.mark.parametrize(
    ("headline", "modality"),
    [
        ("Senator alleged to have taken bribes", "alleged"),
        ("Acme suspected to have dumped oil in river", "alleged"),
        ("Soldiers believed to have looted museum", "reported"),
        ("Edda Voss reported to have left the harbour", "reported"),
    ],
)
def test_a_headline_without_auxiliary_presents_what_it_raises(headline, modality):
    assert presented(headline) == {headline: (modality, None)}


def test_what_is_denied_is_no_second_allegation():
    assert {modality for modality, _ in presented("Captain denies charges of manslaughter").values()} == {"denied"}


def test_what_the_reader_is_asked_to_do_is_no_statement():
    assert presented("(NOTE: Please see the update at the end of this post.)") == {}


def test_a_headline_that_ends_in_its_speaker_is_the_speakers():
    told = presented("Mayor accused of hiding report, union says")
    assert told == {"Mayor accused of hiding report": ("alleged", "union")}


@pytest.mark.parametrize(
    ("sentence", "content", "by", "modality"),
    [
        ("Minister blamed for delays in harbour repairs", "delays in harbour repairs", None, "alleged"),
        ("Dora Klim convicted of hiding the letters", "hiding the letters", None, "reported"),
        ("Mayor criticised by union for hiding report", "hiding report", "union", "reported"),
        ("Coach praised for saving the club", "saving the club", None, "reported"),
        ("Dora Klim urged to resign over harbour deal", "to resign over harbour deal", None, "hypothetical"),
        ("Dora Klim told by court to pay 2 million", "to pay 2 million", "court", "hypothetical"),
        ("Dora Klim, criticised for hiding it, won the race on Sunday.", "hiding it", None, "reported"),
        ("The mayor criticised for hiding the report resigned on Friday.", "hiding the report", None, "reported"),
    ],
)
def test_who_is_blamed_or_told_without_an_auxiliary_is_not_who_speaks(sentence, content, by, modality):
    assert presented(sentence)[content] == (modality, by)


@pytest.mark.parametrize(
    ("sentence", "content", "by"),
    [
        ("Dora Klim blamed the union for the delay.", "the union for the delay", "Dora Klim"),
        ("Dora Klim praised nurses for saving the town", "nurses for saving the town", "Dora Klim"),
        ("He told the crew to leave.", "the crew to leave", "He"),
        ("Dora Klim has promised to leave the council.", "to leave the council", "Dora Klim"),
    ],
)
def test_who_blames_or_tells_someone_still_speaks(sentence, content, by):
    assert presented(sentence)[content][1] == by


@pytest.mark.parametrize(
    ("sentence", "alleged"),
    [
        (
            "The regulator opened an inquiry into claims the firm had poisoned the river.",
            "the firm had poisoned the river",
        ),
        ("Amid claims the firm had poisoned the river, its head resigned.", "the firm had poisoned the river"),
    ],
)
def test_what_claims_behind_a_preposition_tell_is_alleged(sentence, alleged):
    assert presented(sentence)[alleged] == ("alleged", None)


def test_claims_that_somebody_made_are_not_what_they_tell():
    told = presented("The council met over claims the firm made last week.")
    assert {modality for modality, _ in told.values()} == {"fact"}


@pytest.mark.parametrize("sentence", ["Dora Klim convicted of arson", "Dora Klim praised for her speech"])
def test_a_thing_that_nobody_speaks_of_is_no_statement(sentence):
    assert presented(sentence) == {sentence: ("fact", None)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The clinic admitted twelve patients on Monday.",
        "The agency recalled 3,000 toys.",
        "The gallery claims a fifth of the market.",
        "The storm claimed three lives.",
        "The long shifts stressed the staff.",
    ],
)
def test_what_is_done_to_someone_or_something_is_not_said(sentence):
    assert presented(sentence) == {sentence.rstrip("."): ("fact", None)}


@pytest.mark.parametrize(
    ("sentence", "content", "by"),
    [
        ("The clinic admitted that twelve patients fell ill.", "twelve patients fell ill", "The clinic"),
        ("The captain admitted the theft of the silver.", "the theft of the silver", "The captain"),
        ("The agency recalled that the toys were old.", "the toys were old", "The agency"),
    ],
)
def test_the_same_verbs_speak_where_something_is_said(sentence, content, by):
    assert presented(sentence)[content][1] == by
