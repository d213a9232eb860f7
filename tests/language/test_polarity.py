"""How a statement stands to what it tells: negated, possible, alleged, doubted or confirmed."""

from __future__ import annotations

import pytest

from helpers.language.polarity import is_negation, read_polarity


def read(text: str, marked: str | None = None) -> tuple[set[str], list[str]]:
    """Read the polarity of a text, or of a part of it: the effects, and the words that have them."""
    start = text.index(marked) if marked else 0
    end = start + len(marked) if marked else None
    polarity = read_polarity(text, start, end)
    effects = {effect for effect, holds in polarity._asdict().items() if holds and effect != "words"}
    return effects, [text[a:b] for a, b in polarity.words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bridge did not fall.", ["not"]),
        ("The bridge didn’t fall.", ["didn’t"]),
        ("The harbour cannot reopen.", ["cannot"]),
        ("Nobody was hurt.", ["Nobody"]),
        ("None of the passengers drowned.", ["None"]),
        ("Neither ship was insured.", ["Neither"]),
        ("Nothing came of it.", ["Nothing"]),
        ("Hardly anyone came.", ["Hardly"]),
        ("No plans exist.", ["No"]),
        ("Such a ship does not exist.", ["not"]),
        ("Ben Stone was not charged.", ["not"]),
        ("The company no longer sells milk.", ["no longer"]),
        ("He paid neither the fine nor the fee.", ["neither", "nor"]),
        ("The minister, however, did not resign.", ["not"]),
        ("He is not to blame.", ["is not to"]),
    ],
)
def test_a_negation_negates_its_statement(text, words):
    assert read(text) == ({"negated"}, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor declined to answer.", ["declined to"]),
        ("Harbour staff refused to open the gate.", ["refused to"]),
        ("The firm failed to pay the fine.", ["failed to"]),
        ("The firm has yet to pay the fine.", ["has yet to"]),
        ("She decided not to appeal.", ["decided not to"]),
    ],
)
def test_an_act_that_was_refused_or_failed_was_not_done(text, words):
    assert read(text) == ({"negated"}, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The reports are baseless.", ["baseless"]),
        ("The story was completely made up.", ["made up"]),
        ("He called the report false.", ["false"]),
        ("The plan was dismissed as nonsense.", ["nonsense"]),
        ("The claim was a hoax.", ["a hoax"]),
        ("The reports are not true.", ["not true"]),
        ("No credible evidence was found.", ["No credible evidence"]),
        ("He ruled out a second vote.", ["ruled out"]),
    ],
)
def test_what_is_called_false_is_negated(text, words):
    assert read(text) == ({"negated"}, words)


@pytest.mark.parametrize(
    "text",
    [
        "They spread false claims about the ferry.",
        "The false alarm cost the town a day.",
        "The chamber rejected the veto.",
        "The court dismissed the bid.",
        "The board blocked the sale.",
        "The senate voted to override the veto.",
    ],
)
def test_to_reject_or_block_a_thing_is_an_act_and_no_denial(text):
    assert read(text) == (set(), [])


@pytest.mark.parametrize(
    "text",
    [
        "The chamber rejected the minister’s claim that the dam was safe.",
        "A spokesman dismissed suggestions that the pier was sold.",
        "The mayor rejected reports of a sale.",
    ],
)
def test_to_reject_what_was_said_denies_it(text):
    assert read(text)[0] == {"negated"}


@pytest.mark.parametrize(
    "text",
    [
        "It is not untrue that the dam leaked.",
        "The claim is not without merit.",
        "The firm never fails to pay.",
        "He could not refuse to sign.",
        "She could not stop herself.",
        "I couldn’t stop myself laughing.",
        "He couldn’t but agree.",
        "Not only did he pay the fine, but he also apologised.",
        "Dozens if not hundreds were hurt.",
        "No fewer than 20 people died.",
        "The gate did not open until May.",
        "Ferry No 10 sank.",
    ],
)
def test_two_negations_and_set_phrases_negate_nothing(text):
    assert "negated" not in read(text)[0]


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("There is no doubt that the ferry sank.", "confirmed"),
        ("The story is true.", "confirmed"),
        ("He doubts that the pier will open.", "doubted"),
        ("It is unlikely that the pier will open.", "doubted"),
        ("It is not unlikely that the pier will open.", "hedged"),
        ("The report could not be confirmed.", "hedged"),
        ("The report has not been independently verified.", "hedged"),
        ("Officials are unable to confirm the figure.", "hedged"),
        ("He did not rule out a second vote.", "hedged"),
        ("The officer would neither confirm nor deny the report.", "hedged"),
        ("The firm was believed to have paid.", "hedged"),
        ("He may have left.", "hedged"),
        ("He allegedly took the boat.", "alleged"),
        ("He is accused of not paying.", "alleged"),
    ],
)
def test_what_is_sure_or_unsure_is_told_apart_from_what_is_negated(text, effect):
    assert read(text)[0] == {effect}


@pytest.mark.parametrize(
    "text",
    [
        "The man who did not pay was fined.",
        "He was cleared because nobody came.",
        "Although he did not pay, he was released.",
        "He paid but did not apologise.",
        "He left without paying.",
        "The vote went ahead with no opposition.",
        "He promised not to pay.",
    ],
)
def test_a_negation_in_another_clause_leaves_the_statement_alone(text):
    assert read(text) == (set(), [])


def test_the_main_clause_goes_on_behind_a_relative_one():
    assert read("The man who paid was not fined.") == ({"negated"}, ["not"])


@pytest.mark.parametrize(
    ("text", "part", "effects"),
    [
        ("It is not true that Ben Stone paid.", "Ben Stone paid", {"negated"}),
        ("It is not true that Ben Stone did not pay.", "Ben Stone did not pay", set()),
        ("There is no evidence that the ferry sank.", "the ferry sank", {"negated"}),
        ("There is no doubt that the ferry sank.", "the ferry sank", {"confirmed"}),
        ("He doubts that the pier will open.", "the pier will open", {"doubted"}),
        ("Reports that the pier had closed were untrue.", "the pier had closed", {"negated"}),
        ("Anna Berg did not say that the pier was sold.", "the pier was sold", set()),
        ("He paid but did not apologise.", "apologise", {"negated"}),
        ("He paid but did not apologise.", "paid", set()),
        ("He left without paying.", "paying", {"negated"}),
        ("He did not, however, pay the fine.", "pay the fine", {"negated"}),
        ("Not only did he pay, but he also apologised.", "he pay", set()),
    ],
)
def test_a_part_of_a_sentence_is_read_with_what_reaches_over_it(text, part, effects):
    assert read(text, part)[0] == effects


def test_a_single_word_that_negates_is_known():
    assert [word for word in ("not", "isn’t", "nobody", "without", "deny", "often") if is_negation(word)] == [
        "not",
        "isn’t",
        "nobody",
        "without",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It turned out he had not paid.",
        "Engineers recorded a conversation no one wants to talk about.",
        "The council came under fire for failing to act.",
        "The lack of rain worries farmers.",
        "The denial comes a day after the sale.",
        "The NT is a territory.",
        "The child is no older than ten.",
    ],
)
def test_a_negation_below_the_statement_does_not_negate_it(text):
    assert "negated" not in read(text)[0]
