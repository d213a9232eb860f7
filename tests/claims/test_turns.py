"""Turns of speech in every notation: who is named before the words says them, and a label is nobody's words."""

from __future__ import annotations

import pytest

from helpers.articles.capitals import fold_capitals
from stories import read_claims


def said(text: str) -> list[tuple[str | None, str]]:
    """List the claims of a text with who says each by name."""
    _, claims = read_claims(text)
    claims = claims.sort_values("start")
    names = claims["speaker_name"].astype(object).where(claims["speaker_name"].notna(), None)
    assert all(text[row.start : row.end] == row.text for row in claims.itertuples())
    return list(zip(names, claims["text"], strict=True))


GATE = "We were told in January that the gate was safe."
LETTERS = "I have seen the letters."


@pytest.mark.parametrize(
    "text",
    [
        f"HOST: Did you know?\n\nTOMAS BEREL, MAYOR OF KELMAR: {GATE}\n\nHOST: And now?\n\nBEREL: {LETTERS}",
        f"Host: Did you know?\n\nTomas Berel: {GATE}\n\nHost: And now?\n\nBerel: {LETTERS}",
        f"Host  0:00\nDid you know?\n\nTomas Berel  0:14\n{GATE}\n\nHost  0:29\nAnd now?\n\nTomas Berel  0:33\n{LETTERS}",
        f"[00:00:01] Host: Did you know?\n\n[00:00:14] Tomas Berel: {GATE}\n\n[00:00:29] Host: And now?\n\n[00:00:33] Berel: {LETTERS}",
        f"0:00 Host\nDid you know?\n\n0:14 Tomas Berel\n{GATE}\n\n0:29 Host\nAnd now?\n\n0:33 Tomas Berel\n{LETTERS}",
        f"Tomas Berel, mayor of Kelmar, talks about the flood.\n\nQ: Did you know?\n\nA: {GATE}\n\nQ: And now?\n\nA: {LETTERS}",
        f"Tomas Berel, mayor of Kelmar, talks about the flood.\n\nQ. Did you know?\n\nA. {GATE}\n\nQ. And now?\n\nA. {LETTERS}",
        f"HOST: Did you know?\n\nTOMAS BEREL (through translator): {GATE}\n\nHOST: And now?\n\nBEREL (on the phone): {LETTERS}",
    ],
    ids=[
        "capitals",
        "names",
        "names with times",
        "times before names",
        "times first",
        "questions",
        "points",
        "brackets",
    ],
)
def test_who_is_named_before_the_words_says_them(text):
    found = said(text)
    assert ("Tomas Berel", GATE) in found
    assert ("Tomas Berel", LETTERS) in found


def test_a_question_is_asked_by_nobody_in_particular():
    found = said(
        "Tomas Berel, the mayor, spoke to us.\n\nQ: The utility says it knew nothing. Is that so?\n\nA: It is false."
    )
    assert (None, "The utility says it knew nothing.") in found


def test_a_turn_goes_on_over_its_paragraphs_and_ends_at_a_direction():
    found = said(
        "FENN: Did you know?\n\nBEREL: We were told that the gate was safe.\n\nIt was not safe at all.\n\n(BEGIN VIDEO CLIP)\n\n"
        "The water rose to the roofs.\n\nFENN: We are back.\n\nBEREL: Good evening to you."
    )
    speakers = {text.rstrip("."): name for name, text in found}
    assert speakers["It was not safe at all"] == speakers["We were told that the gate was safe"]
    assert speakers["The water rose to the roofs"] is None


@pytest.mark.parametrize("label", ["Where", "Cause", "The damage", "UPDATE", "LOAD-DATE", "Title", "Byline", "Source"])
def test_no_heading_before_a_colon_speaks(label):
    found = said(
        f"{label}: The gate burst on Tuesday night.\n\n{label}: The dam was built in 1962.\n\nThe fire service came at ten."
    )
    assert all(name is None for name, _ in found)


def test_a_list_of_people_says_nothing_by_itself():
    found = said(
        "Who is who in Kelmar.\n\nTomas Berel: The mayor has run the town since 2010.\n\n"
        "Lena Ostrow: The spokeswoman joined the utility in 2019.\n\nBerel and Ostrow met on Friday."
    )
    assert all(name is None for name, _ in found)


@pytest.mark.parametrize(
    ("head", "speaker"),
    [
        ("And from Chairwoman Petra Lind:", "Lind"),
        ("From the desk of Petra Lind, head of communications, Norvik Water.", "Lind"),
        ("A statement by Petra Lind:", "Lind"),
    ],
)
def test_a_line_above_a_quotation_says_whose_it_is(head, speaker):
    found = said(
        f"Norvik Water published the log.\n\n{head}\n\n“Our engineers found no fault.”\n\nThe dam stood empty."
    )
    speakers = {text.strip("“”."): name for name, text in found}
    assert speaker in speakers["Our engineers found no fault"]
    assert speakers["The dam stood empty"] is None


@pytest.mark.parametrize("dash", ["-", "- ", "— ", "– "])
def test_a_quotation_is_signed_behind_a_dash(dash):
    found = said(f"The firm answered.\n\n“No warning ever reached the board.” {dash}Chief Executive Harald Stein")
    assert any("Stein" in (name or "") for name, text in found if "No warning" in text)


def test_the_name_of_one_speaker_stands_without_its_capitals():
    found = said(f"DORA FENN, HOST: Good evening to all of you.\n\nTOMAS BEREL: {GATE}")
    assert {name for name, _ in found} == {"Dora Fenn", "Tomas Berel"}


def test_a_text_in_capitals_is_written_small_before_anything_is_named():
    text = ">> FENN: SEVEN PEOPLE WERE KILLED WHEN THE DAM AT KELMAR BURST ON TUESDAY.\n\n>> BEREL: I DIDN'T KNOW. DR. LIND OF THE EU DID."
    assert fold_capitals(text) == (
        ">> Fenn: Seven people were killed when the dam at Kelmar burst on Tuesday.\n\n>> Berel: I didn't know. Dr. Lind of the EU did."
    )
    assert (
        fold_capitals(
            "FENN: Seven people were killed.\n\nBEREL: I did not know of it. We were told that the gate was safe."
        )
        is None
    )
