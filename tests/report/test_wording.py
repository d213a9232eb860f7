"""The English of the page: what is printed must be printable as it stands."""

from __future__ import annotations

import pytest

from helpers.report import wording
from stories import read_claims


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("Court records", True),
        ("hospital officials", True),
        ("police", True),
        ("Sound Lines", False),
        ("Brill", False),
        ("Plaintiffs", True),
        ("James", False),
        ("Ann Lee and Bo Diaz", True),
    ],
)
def test_several_speakers_take_a_plural_verb(name, plural):
    assert wording.is_plural(name) is plural


@pytest.mark.parametrize(
    ("name", "stance", "words"),
    [
        ("e-mail", "asserts", "the e-mail says"),
        ("court records", "alleges", "court records allege"),
        ("the crew's union", "denies", "the crew's union denies"),
        ("Ann Lee", "reports", "Ann Lee reports"),
        ("a resident", "concedes", "a resident concedes"),
    ],
)
def test_a_speaker_has_its_article_and_its_verb(name, stance, words):
    assert wording.word_speech(name, stance) == words


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The radar of the ferry Aurelia was broken on Monday.", "Was the radar of the ferry Aurelia broken on Monday?"),
        ("Nordhavn Lines let the crew read the log.", "Did Nordhavn Lines let the crew read the log?"),
        ("Ann Lee sold the lighthouse at Cape Tern.", "Did Ann Lee sell the lighthouse at Cape Tern?"),
        ("Ann Lee will sell the lighthouse at Cape Tern.", "Will Ann Lee sell the lighthouse at Cape Tern?"),
        ("Ann Lee has allegedly sold the lighthouse.", "Has Ann Lee sold the lighthouse?"),
        ("Ann Lee owns the lighthouse at Cape Tern.", "Does Ann Lee own the lighthouse at Cape Tern?"),
        ("The mayor is the owner of the lighthouse.", "Is the mayor the owner of the lighthouse?"),
    ],
)  # fmt: skip
def test_what_a_claim_states_is_asked_in_the_order_of_questions(sentence, question):
    _, claims = read_claims(sentence)
    assert [
        wording.word_question(claim, ["It was the crew, the mayor and the radar."]) for claim in claims.itertuples()
    ] == [question]


@pytest.mark.parametrize("sentence", ["Ann Lee did not sell the lighthouse.", "Operator accused of hiding the fault."])
def test_what_has_no_form_of_a_question_is_not_asked(sentence):
    _, claims = read_claims(f"{sentence}\n\nThe mayor came on Monday.")
    own = claims[claims["text"].str.contains("lighthouse|accused")]
    assert [wording.word_question(claim) for claim in own.itertuples()] == [None] * len(own)


@pytest.mark.parametrize(
    ("kind", "topic", "words"),
    [
        ("date", "Lawsuit filed", "when the lawsuit was filed"),
        ("amount", "Girls kidnapped", "how many girls were kidnapped"),
        ("amount", "Cost of the repairs", "how much: cost of the repairs"),
        ("actor", "Whom the suit is against", "whom the suit is against"),
        ("date", None, "a date"),
    ],
)
def test_what_sides_differ_on_is_asked_for(kind, topic, words):
    assert wording.word_topic(kind, topic) == words


def test_the_head_says_who_carries_the_claim_and_whose_denial():
    assert (
        wording.word_deck(5, 5, 2, [("Harbour Lines", 4), ("spokesman", 1)], 0)
        == "All five carry the claim, two of them in their own voice; four carry a denial by Harbour Lines and one by the spokesman."
    )
    assert (
        wording.word_deck(3, 1, 1, [], 2)
        == "One of three carries the claim; two say in their own voice that it is not so."
    )


@pytest.mark.parametrize(
    ("speakers", "own", "words"),
    [
        (["Edda Voss"], 0, "one voice: Edda Voss"),
        (["lawsuit", "document"], 0, "two voices: the lawsuit and the document"),
        (["Edda Voss"], 2, "two in their own voice; also Edda Voss"),
        ([], 1, "one in its own voice"),
    ],
)
def test_voices_are_counted_and_named(speakers, own, words):
    assert wording.word_voices(speakers, own) == words
