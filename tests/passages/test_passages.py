"""Cutting articles into passages: a partition, with a reason for everything that is set aside."""

from __future__ import annotations

import re

import pytest

from helpers import tables
from helpers.articles import read_articles
from helpers.passages import split_passages
from stories import make_articles

FERRY = "\n\n".join(
    [
        "Ferry strikes the pier at Halvik",
        "Ferry strikes the pier at Halvik",
        "Short Url",
        "Updated 03 March 2025",
        "Follow",
        "  • Eleven people were hurt",
        "HALVIK: The ferry Aurelia struck the pier in dense fog, and eleven people on board were hurt, the coastguard said.",
        "Become a Subscriber",
        "The operator of the ferry said that its radar had been inspected. (NOTE: Please see the update below this post.)",
        "A ferry at the pier of Halvik on Monday. (AFP/File)",
        "Jan Holm is a staff writer at the Halvik Courier. Follow him at",
    ]
)
BAKERY = "\n\n".join(
    [
        "Bakery wins a prize for its bread",
        "Updated 12 May 2025",
        "Follow",
        "Bakery wins a prize for its bread",
        "LUND: A baker from Lund has won the national prize for rye bread, the jury announced.",
        "The jury praised crust and crumb. Customers queued for loaves, buns and cakes until the shop had sold everything.",
    ]
)


def kinds(text: str) -> dict[str, str]:
    passages = split_passages(make_articles({"a": text}))
    return dict(zip(passages["text"], passages["kind"], strict=True))


def test_passages_cover_the_text_without_gap_or_overlap():
    articles = make_articles({"a": FERRY, "b": BAKERY, "c": FERRY + "\n\n\n" + BAKERY})
    passages = split_passages(articles)
    assert tables.find_misplaced({"articles": articles, "passages": passages}) == []
    for article, own in passages.groupby("article_id"):
        text = articles.set_index("article_id").at[article, "text"]
        assert (own["start"].iloc[1:].to_numpy() >= own["end"].iloc[:-1].to_numpy()).all()
        assert "".join(own["text"]).replace(" ", "").replace("\n", "") == re.sub(r"\s", "", text)


def test_page_furniture_is_told_from_the_article():
    found = kinds(FERRY)
    assert found["Ferry strikes the pier at Halvik"] in ("title", "boilerplate")
    assert found["Updated 03 March 2025"] == "boilerplate"
    assert found["Become a Subscriber"] == "boilerplate"
    assert found["• Eleven people were hurt"] == "summary"
    assert found["HALVIK:"] == "dateline"
    assert found["A ferry at the pier of Halvik on Monday. (AFP/File)"] == "caption"
    assert found["Jan Holm is a staff writer at the Halvik Courier."] == "byline"


def test_text_that_breaks_off_and_text_that_is_promised_are_truncated():
    found = kinds(FERRY)
    assert found["Follow him at"] == "truncated"
    assert [text for text, kind in found.items() if kind == "truncated" and "update below" in text]


def test_a_second_article_in_the_file_is_foreign_from_its_headline_on():
    passages = split_passages(make_articles({"a": FERRY + "\n\n\n" + BAKERY}))
    foreign = passages[passages["kind"] == "foreign"]
    assert foreign["start"].min() == len(FERRY) + 3
    assert foreign["end"].max() == len(FERRY) + 3 + len(BAKERY)


def test_an_article_alone_has_nothing_foreign():
    passages = split_passages(make_articles({"a": FERRY, "b": BAKERY}))
    assert "foreign" not in set(passages["kind"])


def test_every_passage_has_a_reason():
    passages = split_passages(make_articles({"a": FERRY}))
    assert (passages["why"].str.len() > 3).all()


def test_the_originals_lose_their_debris_and_the_foreign_article(originals):
    articles = read_articles(originals)
    passages = split_passages(articles)
    foreign = passages[passages["kind"] == "foreign"]
    assert foreign["article_id"].nunique() == 1
    text = articles.set_index("article_id").at[foreign["article_id"].iloc[0], "text"]
    assert foreign["start"].min() == text.index("Foreign press group")
    body = " ".join(passages[passages["kind"] == "body"]["text"])
    for debris in ("Short Url", "Subscribe Now", "Getty Image", "Follow him"):
        assert debris not in body


def test_a_note_of_correction_gives_claims_and_is_named():
    passages = split_passages(
        make_articles({"a": "The ferry struck the pier.\n\nCORRECTION: An earlier version gave eleven people as hurt."})
    )
    assert list(passages["kind"]) == ["body", "body"]
    assert passages["why"].iloc[1] == "correction or update note"


def test_a_promise_in_brackets_ends_with_its_bracket():
    found = kinds("The ferry sank. (NOTE: Please see the update below this post.) And it was raised.\n\nIt rained.")
    assert found["(NOTE: Please see the update below this post.)"] == "truncated"
    assert found["And it was raised."] == "body"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Reporting by Jan Holm; Editing by Ida Berg)", "byline"),
        ("abc/de (Coast Wire, Sound Wire)", "byline"),
        ("jholm@courier.example", "boilerplate"),
        ("MORE: Ferry captain cleared after the long inquiry", "boilerplate"),
        ("Watch the segment below, via Channel Four:", "boilerplate"),
        ("The operator has been contacted for", "truncated"),
        ("He asked: who was on watch that night?", "body"),
        ("Video shows the ferry turning too late.", "body"),
        ("Photos showed a hole in the pier.", "body"),
        ("Photo: Ida Berg/Coast Wire.", "caption"),
        ("Follow-up inspections found the radar in order.", "body"),
        ("Read alone, the report blames nobody.", "body"),
        ("Watch officers saw the pier too late.", "body"),
        ("Related costs rose to 3 million euros.", "body"),
        ("Contact with the ferry was lost at noon.", "body"),
        ("Registered owners must pay, the court said.", "body"),
    ],
)
def test_a_last_line_is_told_from_running_text(line, kind):
    assert kinds("The ferry Aurelia struck the pier in fog.\n\nNobody saw it come.\n\n" + line)[line] == kind


def test_a_line_set_twice_or_left_without_a_stop_is_of_a_picture():
    found = kinds(
        "The ferry Aurelia struck the pier at Halvik in dense fog on Monday.\n\n"
        "The hole in the hull\n\nThe hole in the hull\n\n"
        "Divers have looked at the hull, which has a hole above the water line.\n\n"
        "The ferry Aurelia, seen here at its berth in the harbour of Halvik\n\n"
        "The coastguard towed the ferry back to its berth before noon, a spokeswoman said.\n\n"
        "Divers looked at the hull, which has a hole above the water line\n\n"
        "Eleven people were treated for cuts, and all have left the hospital since."
    )
    captions = [text for text, kind in found.items() if kind == "caption"]
    assert len(captions) == 3
    assert all(not text.endswith(".") for text in captions)


def test_one_sentence_that_lacks_its_stop_is_running_text():
    text = "The ferry struck the pier in fog on Monday.\n\nThe captain said that he had seen no light at all\n\nIt was noon."
    assert set(kinds(text).values()) == {"body"}


def test_headlines_between_links_and_a_teaser_below_one_are_links():
    found = kinds(
        "The ferry Aurelia struck the pier at Halvik in fog, the coastguard said.\n\n"
        "ANALYSIS | Why so many ferries run late in winter\n\nOperators fear new rules on radar\n\n"
        "RELATED: Captain cleared after long inquiry\n\nThe inquiry took four years and cost…\n\n"
        "Eleven people were hurt, and nobody was missing by the evening."
    )
    assert list(found.values()) == ["body", "boilerplate", "boilerplate", "boilerplate", "boilerplate", "body"]


def test_lines_without_a_stop_above_the_text_are_the_standfirst():
    found = kinds(
        "Ferry strikes the pier at Halvik\n\nEleven people hurt as the Aurelia runs into the pier in fog\n\n"
        "The ferry Aurelia struck the pier on Monday, and eleven people were hurt.\n\nAn inquiry has begun."
    )
    assert list(found.values()) == ["title", "summary", "body", "body"]


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("HALVIK, Norway, March 3 (UPI) -- The ferry struck the pier.", "HALVIK, Norway, March 3 (UPI) --"),
        ("HALVIK—The ferry Aurelia struck the pier in dense fog.", "HALVIK—"),
        ("(RNS) The ferry Aurelia struck the pier in dense fog.", "(RNS)"),
        ("Oslo (AFP) - The ferry Aurelia struck the pier in fog.", "Oslo (AFP) -"),
        ("NOBODY SAW IT COME — The ferry Aurelia struck the pier.", None),
        ("EXCLUSIVE: The ferry Aurelia struck the pier in dense fog.", None),
    ],
)
def test_a_dateline_is_a_place_and_no_lead_in(line, dateline):
    passages = split_passages(make_articles({"a": line + "\n\nNobody was missing by the evening."}))
    found = passages[passages["kind"] == "dateline"]["text"].tolist()
    assert found == ([dateline] if dateline else [])


def test_a_speaker_before_several_lines_is_no_dateline():
    found = kinds("The two met on air.\n\nHOLM: I saw the pier too late.\n\nBERG: And the radar?\n\nHOLM: It was dark.")
    assert "dateline" not in found.values()


@pytest.mark.parametrize(
    "note", ["UPDATE (4 March): The ferry was insured.", "This article was amended on 4 March 2025."]
)
def test_a_promised_note_that_stands_below_is_not_missing(note):
    promise = "The ferry was uninsured. (NOTE: Please see the update below this post.)"
    without, with_it = kinds(promise + "\n\nIt sank."), kinds(promise + "\n\nIt sank.\n\n" + note)
    pointer = "(NOTE: Please see the update below this post.)"
    assert (without[pointer], with_it[pointer]) == ("truncated", "boilerplate")
    assert with_it[note] == "body"


FERRIES = {
    "a": "The ferry Aurelia struck the pier at Halvik in dense fog, and the coastguard counted eleven injured passengers. "
    "Captain Jan Holm told the coastguard that his radar had failed before the Aurelia reached Halvik harbour.",
    "b": "Eleven passengers were injured when the Aurelia hit the pier in Halvik. The coastguard is questioning captain Holm, "
    "whose radar failed in the fog. Sound Line, which owns the ferry, suspended him.",
    "c": "Halvik's coastguard has blamed a radar for the ferry crash: the Aurelia ran into the pier with injured passengers aboard, "
    "and Holm, her captain, saw nothing in the fog.",
    "d": "Sound Line will scrap the Aurelia, the ferry whose radar failed in fog off Halvik; passengers injured at the pier may sue, "
    "and the coastguard wants Holm, the captain, charged.",
    "e": "Radar failed, pier hit: Aurelia limps home.",
}
OVEN = (
    "A baker from Lund has won the national prize for sourdough. The jury praised crust, crumb and aroma of his loaves. "
    "Customers queued for buns and pretzels until the ovens had cooled, and Eva Lind bought the last cinnamon roll."
)


def test_a_whole_article_of_another_story_is_set_aside_and_a_short_one_of_the_same_is_not():
    passages = split_passages(make_articles({**FERRIES, "x": OVEN}))
    foreign = passages[passages["kind"] == "foreign"]
    assert set(foreign["article_id"]) == {"x"}
    assert foreign["why"].str.contains("another story").all()


def test_in_a_mixed_collection_no_article_is_another_storys():
    passages = split_passages(
        make_articles({"a": FERRIES["a"], "x": OVEN, "b": "It rained in Oslo.", "c": "Shares fell."})
    )
    assert "foreign" not in set(passages["kind"])


def test_where_the_other_article_comes_first_the_storys_own_is_kept():
    text = (
        "Bakery wins a prize\n\nUpdated 3 May 2025\n\n"
        + OVEN
        + "\n\n\nFerry strikes the pier at Halvik\n\nUpdated 4 May 2025\n\n"
    )
    passages = split_passages(make_articles({**FERRIES, "x": text + FERRIES["a"] + " " + FERRIES["b"]}))
    own = passages[passages["article_id"] == "x"]
    foreign = own[own["kind"] == "foreign"]
    assert foreign["start"].min() == 0
    assert foreign["end"].max() == text.index("\n\n\nFerry")
    assert "above the story's own" in foreign["why"].iloc[0]


@pytest.mark.parametrize("sign", ["Updated 12 May 2025\n\n", "LUND: ", "By Eva Lind\n\n"])
def test_a_second_article_without_a_headline_begins_at_its_own_sign(sign):
    passages = split_passages(make_articles({"x": FERRIES["a"] + "\n\n" + FERRIES["b"] + "\n\n" + sign + OVEN}))
    assert passages[passages["kind"] == "foreign"]["start"].min() == len(FERRIES["a"]) + len(FERRIES["b"]) + 4


def test_another_story_in_the_table_says_nothing_of_this_one():
    articles = make_articles({**FERRIES, "x": OVEN})
    articles["story"] = ["ferry"] * 5 + ["bakery"]
    assert "foreign" not in set(split_passages(articles)["kind"])


@pytest.mark.parametrize(
    "line",
    [
        "Quayside had unlimited access to the private letters.",
        "Three ministers (left out of the talks) resigned.",
        "He was pictured with the captain at a party.",
        "A video released by the police shows the ferry turning.",
        "A wolf was seen here last year, she said.",
        "Swipe fees rose, the banks said.",
        "Privacy policy changes angered the passengers, they said.",
        "Full coverage of the damage would cost 3 million euros.",
        "Search on Tuesday found nothing.",
        "Login details were stolen, it said.",
        "Users must sign up for the service, the operator said.",
        "Posted on 3 April 2024, the video shows a ferry.",
        "Follow this advice, the coastguard said.",
        "Image: it matters to the operator.",
        "Analysis of the black box took four years.",
        "The files (above all the log) were kept.",
        "Correct figures were published later.",
        "Updates will be given at noon, it said.",
    ],
)
def test_a_sentence_that_begins_like_page_furniture_is_running_text(line):
    assert kinds(f"The ferry Aurelia struck the pier in fog.\n\n{line}\n\nNobody was missing by noon.")[line] == "body"


def test_a_headline_may_begin_with_the_word_video():
    assert (
        kinds("Video shows ferry striking the pier\n\nThe ferry struck it at noon.")[
            "Video shows ferry striking the pier"
        ]
        == "title"
    )
