"""Who speaks quotations, and what is said beside clauses: asked for, called something, spoken of."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.claims import extract_claims
from helpers.passages import split_passages
from stories import make_articles, read_claims


def said(text: str, min_confidence: float = 0.3) -> pd.DataFrame:
    articles = make_articles({"paper": text})
    claims = extract_claims(articles, split_passages(articles), min_confidence)
    return claims[claims["speaker"].notna()].sort_values(["start", "end"])


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "contents"),
    [
        (
            "“The ferry was late again,” Edda Voss, the secretary of the dockers' union, said on Friday.",
            "Edda Voss, the secretary of the dockers' union",
            "said",
            ["The ferry was late again"],
        ),
        (
            "“If the radar fails again,” the captain said, “nobody will leave the harbour.”",
            "the captain",
            "said",
            ["If the radar fails again", "nobody will leave the harbour."],
        ),
        (
            "In a letter to the crew, Revesh wrote: “The pier will never be safe again.”",
            "Revesh",
            "wrote",
            ["The pier will never be safe again."],
        ),
        (
            "“Nobody will pay for this pier,” she scolded.",
            "she",
            "scolded",
            ["Nobody will pay for this pier"],
        ),
        (
            "The repair was “far too dear for the whole harbour,” the auditor added.",
            "the auditor",
            "added",
            ["The repair was “far too dear for the whole harbour,”"],
        ),
    ],
)
def test_quotations_are_given_to_who_speaks_beside_them(sentence, speaker, cue, contents):
    rows = said(sentence)
    assert set(rows["speaker"]) == {speaker}
    assert set(rows["cue"]) == {cue}
    assert list(rows["text"]) == contents


def test_each_quotation_of_a_sentence_has_its_own_cue():
    rows = said("“We cannot wait for the radar,” Voss said, adding, “The crew wants to go home tonight.”")
    assert list(rows["cue"]) == ["said", "adding"]
    assert set(rows["speaker"]) == {"Voss"}


def test_a_question_that_is_asked_states_nothing_but_has_its_speaker():
    (row,) = said("“Who will pay for the new radar in the end?” the captain asked.").to_dict("records")
    assert (row["speaker"], row["cue"], row["modality"]) == ("the captain", "asked", "hypothetical")


def test_a_quotation_that_goes_on_keeps_speaker_and_cue():
    rows = said(
        "“The radar was broken,” Voss said. “It had been broken since the spring.”\n\n“Nobody came to mend it.”"
    )
    assert len(rows) == 3
    assert set(rows["speaker"]) == {"Voss"}
    assert rows["cue_start"].nunique() == 1


def test_a_transcript_is_spoken_by_the_names_before_the_colons():
    rows = said(
        "The inquiry heard the crew on Monday.\n\n"
        "VOSS: Nobody had looked at the radar since the spring. We asked for a new one twice.\n\n"
        "ALDOUS: The company never saw such a letter from the crew."
    )
    assert list(rows["speaker"]) == ["VOSS", "VOSS", "ALDOUS"]
    assert set(rows["cue"]) == {":"}


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "content"),
    [
        (
            "Edda Voss called the new pier a danger to the crew.",
            "Edda Voss",
            "called",
            "the new pier a danger to the crew",
        ),
        ("The union urged the company to mend the radar.", "The union", "urged", "the company to mend the radar"),
        ("The mayor called for an end to the night ferry.", "The mayor", "called for", "an end to the night ferry"),
        ("The auditors cited the high cost of the radar.", "The auditors", "cited", "the high cost of the radar"),
        (
            "Voss, speaking to the crew in Lund, said the radar was broken.",
            "Voss",
            "said",
            "the radar was broken",
        ),
        (
            "Voss praised the crew of the ferry and said the radar was broken.",
            "Voss",
            "said",
            "the radar was broken",
        ),
        (
            "The ferry left the harbour late, said Peter Aldous, the spokesman of the company.",
            "Peter Aldous, the spokesman of the company",
            "said",
            "The ferry left the harbour late",
        ),
    ],
)
def test_what_is_said_is_read_by_the_frame_of_its_verb(sentence, speaker, cue, content):
    rows = said(sentence)
    (row,) = rows[rows["cue"] == cue].to_dict("records")
    assert (row["speaker"], row["text"]) == (speaker, content)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("The auditors mentioned the lack of care on the ferry.", "the lack of care on the ferry"),
        ("Early results indicated a huge lead for the party.", "a huge lead for the party"),
        ("The mayor warned of floods in the valley.", "floods in the valley"),
        ("The harbour master explained why the pier was shut.", "why the pier was shut"),
    ],
)
def test_what_only_names_something_is_no_claim_and_leaves_the_article_its_own(sentence, named):
    assert named in set(said(sentence)["text"])
    _, claims = read_claims(sentence)
    assert list(claims["text"]) == [sentence.rstrip(".")]


@pytest.mark.parametrize(
    "sentence", ["The hourlong show began on Friday.", "An early report on the pier was lost at sea."]
)
def test_nouns_that_look_like_verbs_of_saying_say_nothing(sentence):
    assert said(sentence).empty


def test_a_quotation_is_given_to_the_name_that_signs_it():
    rows = said(
        "Passengers told us about the night.\n\n“The captain never came to see us. We were alone.” ― Edda Voss, 34, from Lund"
    )
    signed = rows[rows["cue"] == "―"]
    assert list(signed["text"]) == ["The captain never came to see us.", "We were alone."]
    assert set(signed["speaker_name"]) == {"Edda Voss"}


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "content"),
    [
        ("The theft was first reported by the Harbour Herald.", "the Harbour Herald", "reported", "The theft"),
        ("The old ferry, Voss insisted, was safe.", "Voss", "insisted", "The old ferry, Voss insisted, was safe"),
        ("Voss told reporters the radar was broken.", "Voss", "told", "the radar was broken"),
        ("Voss said after the vote she would stay in Lund.", "Voss", "said", "she would stay in Lund"),
        (
            "He also said the radar, which was bought in May, had been sold.",
            "He",
            "said",
            "the radar, which was bought in May, had been sold",
        ),
        (
            "Voss has said she will not resign, and that the inquiry is a farce.",
            "Voss",
            "said",
            "she will not resign, and that the inquiry is a farce",
        ),
    ],
)
def test_a_statement_is_whole_wherever_its_frame_stands(sentence, speaker, cue, content):
    (row,) = said(sentence).to_dict("records")
    assert (row["speaker"], row["cue"], row["text"]) == (speaker, cue, content)


def test_who_asked_is_no_sentence_of_its_own():
    (row,) = said("“Who is going to mend this radar?” Voss asked.").to_dict("records")
    assert row["text"] == "Who is going to mend this radar?"


@pytest.mark.parametrize(
    "sentence",
    [
        "Voss declined to comment on the new report.",
        "When asked about the radar, the captain left the room.",
        "Neither the mayor nor the union would say who paid for the pier.",
    ],
)
def test_what_nobody_said_is_not_attributed(sentence):
    assert said(sentence).empty


def test_the_accused_is_no_accuser():
    _, claims = read_claims("Soundline accused of letting Dockside read the letters of all passengers")
    row = claims[claims["cue"].notna()].iloc[0]
    assert pd.isna(row["speaker"])
    assert (row["stance"], row["modality"]) == ("alleges", "alleged")


def test_a_participle_after_a_quoted_phrase_goes_on_with_who_speaks():
    rows = said(
        "The document asserts that Soundline and Dockside had a “special bond,” suggesting that Soundline cut its costs."
    )
    assert set(rows["speaker"]) == {"The document"}
    assert list(rows["text"]) == ["Soundline and Dockside had a “special bond,”", "Soundline cut its costs"]


def test_what_stands_beside_a_name_in_quotation_marks_is_no_frame():
    assert said("It used the “Harbour Link,” a private line that fed the ship’s messaging system.").empty


def test_a_statement_goes_on_behind_a_quotation_in_it():
    rows = said("Critics say the plan is “a gift to the rich” and will cost jobs. “No,” the mayor said.")
    assert list(rows["text"]) == ["the plan is “a gift to the rich” and will cost jobs", "No"]


def test_what_was_admitted_ends_where_the_main_clause_begins():
    rows = said("While he admitted the radar was a reason for the delay, Voss also noted that the crew was late.")
    assert list(rows["text"]) == ["the radar was a reason for the delay", "the crew was late"]


@pytest.mark.parametrize("sentence", ["The ferry slammed the old pier at noon.", "The gale blasted the empty harbour."])
def test_blows_are_no_words(sentence):
    assert said(sentence).empty


def test_what_is_feared_ends_before_the_frame_around_it():
    rows = said("Rescuers fear dozens are dead, the coastguard said late on Sunday.").set_index("cue")
    assert rows.loc["fear", "text"] == "dozens are dead"
    assert rows.loc["said", "text"] == "Rescuers fear dozens are dead"
    assert rows.loc["fear", "parent_id"] == rows.loc["said", "claim_id"]


def test_both_clauses_before_a_frame_are_what_is_said():
    (row,) = said(
        "A fire broke out in the warehouse of Tolmere on May 2, 2020, and 273 pallets were destroyed, the fire service said."
    ).to_dict("records")
    assert row["speaker"] == "the fire service"
    assert row["text"].endswith("on May 2, 2020, and 273 pallets were destroyed")


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "content"),
    [
        (
            "He visited a surgeon last Monday, who told her crew that the thing was a splinter.",
            "a surgeon",
            "told",
            "the thing was a splinter",
        ),
        (
            "A recording surfaced on Monday that allegedly shows the captain was asleep.",
            "A recording",
            "shows",
            "the captain was asleep",
        ),
        (
            "Engineers, according to pier expert Tor Blix, don't inspect wood.",
            "pier expert Tor Blix",
            "according to",
            "Engineers, according to pier expert Tor Blix, don't inspect wood",
        ),
        (
            "Mayor Edda Voss was quoted as saying that the pier was safe.",
            "Mayor Edda Voss",
            "quoted as saying",
            "the pier was safe",
        ),
    ],
)
def test_a_speaker_is_never_a_time_a_pronoun_or_half_a_name(sentence, speaker, cue, content):
    rows = said(sentence)
    assert list(rows[["speaker", "cue", "text"]].itertuples(index=False, name=None)) == [(speaker, cue, content)]


def test_what_it_was_reported_is_not_the_articles_own_statement():
    _, claims = read_claims("Yesterday it was reported in the Herald that the pier had sunk.")
    assert list(zip(claims["text"], claims["modality"], strict=True)) == [("the pier had sunk", "reported")]


@pytest.mark.parametrize(
    "sentence",
    [
        "So, an update — the man in the photo is definitely not the mayor.",
        "The mayor was nowhere near the pier on Sunday.",
    ],
)
def test_a_negation_is_seen_behind_an_opening_and_in_nowhere(sentence):
    _, claims = read_claims(sentence)
    assert list(claims["negated"]) == [True]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“The hall was already full of smoke,” said Peibrom Defurk.", "Peibrom Defurk"),
        (
            "“The hall was already full of smoke,” said Peibrom Defurk, a spokesperson for the fire service.",
            "Peibrom Defurk",
        ),
        ("“The hall was already full of smoke,” said Xavrul on Monday.", "Xavrul"),
    ],
)
def test_capitals_behind_a_closing_mark_and_a_cue_are_who_speaks(sentence, speaker):
    _, claims = read_claims(sentence)
    assert claims["speaker"].str.startswith(speaker).all()
    assert not claims.empty


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme and Soundline maintained a special relationship.",
        "The mayor held a meeting with the dockers.",
        "The firm added 200 jobs in May.",
        "The city continued its support for the ferry.",
        "Divers found the wreck of the ferry.",
        "The company offered a refund to passengers.",
        "The town observed a minute of silence.",
        "The rower claimed a gold medal.",
        "The two sides concluded a treaty in May.",
        "The actor answered the door.",
    ],
)
def test_a_verb_that_can_report_states_an_act_of_its_subject_with_a_thing(sentence):
    _, claims = read_claims(sentence)
    assert claims["speaker"].isna().all()
    assert set(claims["modality"]) == {"fact"}


def list_told(sentence: str) -> list[tuple[str | None, str]]:
    _, claims = read_claims(sentence)
    told = claims[claims["cue"].notna()]
    return sorted(zip(told["speaker"].astype(object).where(told["speaker"].notna(), None), told["text"], strict=True))


@pytest.mark.parametrize(
    ("sentence", "speaker", "content"),
    [
        (
            "Voss said it was “a mistake” to use a private boat for work.",
            "Voss",
            "it was “a mistake” to use a private boat for work",
        ),
        (
            "Voss said “harbour savings” and the sale of two old cranes would pay for them.",
            "Voss",
            "“harbour savings” and the sale of two old cranes would pay for them",
        ),
        ('As Brian Holm once said, "terror is theatre."', "Brian Holm", "terror is theatre."),
        (
            'As that famous poet Billy Holm says "there is no such thing as bad weather just the wrong clothes"',
            "Billy Holm",
            "there is no such thing as bad weather just the wrong clothes",
        ),
        ('He told me "no problem, we will match the offer."', "He", "no problem, we will match the offer."),
        ('Voss said that "the old pier is a ruin and a shame."', "Voss", "the old pier is a ruin and a shame."),
        (
            'He threw it away while yelling at me saying, "you do not order what you do not know about."',
            "He",
            "you do not order what you do not know about.",
        ),
        ("Holm's brief said that was never her plan.", "Holm's brief", "that was never her plan"),
        (
            "“They were honored for their comeback,” the article read.",
            "the article",
            "They were honored for their comeback",
        ),
        (
            "Republican nominee Gov. Mike Holm (R-IN) said his rival was late.",
            "Republican nominee Gov. Mike Holm (R-IN)",
            "his rival was late",
        ),
        (
            'Voss "is the only one that can keep the town safe and strong," retired Coast Guard general Peter Holm said.',
            "retired Coast Guard general Peter Holm",
            "is the only one that can keep the town safe and strong",
        ),
        (
            "The crane may be of help, said retired Danish general and author, Elias Holm.",
            "retired Danish general and author, Elias Holm",
            "The crane may be of help",
        ),
        (
            '"The hole fits a stone," Jose Holm with the Lund Institute was quoted as saying on the Today website.',
            "Jose Holm with the Lund Institute",
            "The hole fits a stone",
        ),
        ("It was Peter Holm who said that lies are believed.", "Peter Holm", "lies are believed"),
        ("He is the man who once said “Bring it on!”", "the man", "Bring it on!"),
        (
            "As Voss, then head of the search, said, the files are closed.",
            "Voss, then head of the search",
            "the files are closed",
        ),
        (
            "He said that his current understanding is that all of the files are closed.",
            "He",
            "his current understanding is that all of the files are closed",
        ),
        ("Voss called him unfit to lead the town.", "Voss", "him unfit to lead the town"),
        (
            "Most voters, who have argued that the plan helps them, stayed away.",
            "Most voters",
            "the plan helps them",
        ),
        (
            "Donald Holm is warning that a second term would bring the scandal back.",
            "Donald Holm",
            "a second term would bring the scandal back",
        ),
        (
            "Lynch notes they were appointed before she came to lead the department.",
            "Lynch",
            "they were appointed before she came to lead the department",
        ),
        (
            "She released a note from her dentist Tuesday morning that says she is well.",
            "her dentist",
            "she is well",
        ),
        (
            'Holm, who left Lund in 1950, once said, reportedly while mending a net that a seal had torn, "some day they will bring it back."',
            "Holm, who left Lund in 1950",
            "some day they will bring it back.",
        ),
    ],
)
def test_a_statement_ends_with_its_clause_and_has_its_own_speaker(sentence, speaker, content):
    assert list_told(sentence) == [(speaker, content)]


@pytest.mark.parametrize(
    "sentence",
    [
        "But when the council cut the money two years later, Oslo said enough.",
        "It goes without saying that the pier is old.",
        "Sailors may not let bishops tell them how to fish.",
        "Edda Voss called Peter Holm on Friday to express thanks to the crew.",
        "Voss called him yesterday so abruptly because she had no time.",
        "Voss had claimed a loss of three million in 1995.",
        "That was what Liz Holm said when she resigned from the board.",
        'She wrote lyrics such as: "You can wear a collar and a tie, one thing you never hide."',
        "Voss, who won a prize for David Holm's “The Harbour,” will soon be heard in “Kings and Gods: Origins.”",
    ],
)
def test_a_word_of_saying_alone_or_a_title_in_marks_says_nothing(sentence):
    assert list_told(sentence) == []


def test_a_quotation_inside_what_the_article_tells_is_not_given_to_who_spoke_before():
    _, claims = read_claims(
        "“We never saw the report,” Edda Voss said.\n\n"
        "The rules forbid a captain to sail if he “took part in the sale of a ship to his own firm.”"
    )
    rules = claims[claims["text"].str.contains("took part")]
    assert len(rules) > 0
    assert rules["speaker"].isna().all()
