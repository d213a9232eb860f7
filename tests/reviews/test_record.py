"""The record: append-only, one annotation a line, refused by line number, whole whoever writes at once."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from helpers.articles import read_articles
from helpers.reviews import ReviewError, append_reviews, read_reviews
from helpers.reviews.exchange import export_reviews, import_marks
from helpers.reviews.record import list_reviews
from helpers.store.journal import NAME, digest_reviews
from reviewing import TEXTS, Desk


@pytest.fixture
def folder(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    return tmp_path


def test_each_line_is_a_web_annotation(folder):
    desk = Desk()
    append_reviews(
        folder, [desk.on_claim("speaker", "gazette", "12 people were hurt", value="Mara Lind", why="see line 2")]
    )
    (line,) = (folder / NAME).read_text().splitlines()
    annotation = json.loads(line)
    assert (annotation["@context"], annotation["type"]) == ("http://www.w3.org/ns/anno.jsonld", "Annotation")
    (target,) = annotation["target"]
    assert target["source"]["sha256"] == "digest of gazette"
    assert [selector["type"] for selector in target["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]
    assert target["selector"][1]["exact"] == "12 people were hurt"
    assert target["selector"][1]["prefix"].endswith("said that ")
    assert (annotation["body"]["action"], annotation["body"]["value"]) == ("speaker", "Mara Lind")
    assert annotation["creator"]["name"] == "Ada" and annotation["created"].endswith("+00:00")


def spoil(change):
    desk = Desk()
    annotation = desk.on_claim("stance", "gazette", "12 people were hurt", value="denies")
    change(annotation)
    return json.dumps(annotation)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("[]", "a JSON object is expected"),
        (spoil(lambda a: a.pop("type")), "no Web Annotation"),
        (spoil(lambda a: a["body"].update(action="stanse")), "did you mean 'stance'"),
        (spoil(lambda a: a["body"].update(value="shouts")), "needs one of these as its value: asserts"),
        (spoil(lambda a: a["body"].update(about="finding")), "is not about 'finding'"),
        (spoil(lambda a: a["target"][0].pop("selector")), "needs 1 place"),
        (spoil(lambda a: a.update(created="yesterday")), "is no time"),
        (spoil(lambda a: a.pop("id")), "needs an id"),
    ],
)
def test_a_line_that_is_none_is_refused_with_its_number(folder, line, fault):
    append_reviews(folder, [Desk().on_claim("stance", "gazette", "12 people were hurt", value="denies")])
    with (folder / NAME).open("a") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(ReviewError, match=f"review.jsonl line 3: .*{fault}") as error:
        list_reviews(folder)
    assert "\n" not in str(error.value)


def test_an_id_that_stands_twice_is_refused(folder):
    annotation = Desk().on_claim("stance", "gazette", "12 people were hurt", value="denies")
    append_reviews(folder, [annotation, annotation])
    with pytest.raises(ReviewError, match="line 2: the id of line 1 stands here again"):
        list_reviews(folder)


WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from helpers.reviews import append_reviews
from reviewing import Desk
for number in range(40):
    append_reviews(Path(sys.argv[1]), [Desk().on_claim("stance", "gazette", "12 people were hurt", value="denies", why="w" * 1900)])
"""


def test_two_desks_at_once_write_no_broken_line(folder):
    places = [path for path in sys.path if path]
    command = [sys.executable, "-c", WRITER, str(folder), *places]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(writer.communicate()[1], writer.returncode)[1] for writer in writers] == [0, 0]
    assert len(list_reviews(folder)) == 80
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_a_line_without_an_end_does_not_swallow_the_next(folder):
    desk = Desk()
    (folder / NAME).write_text(json.dumps(desk.on_claim("negated", "post", "12 people were hurt", value=True)))
    append_reviews(folder, [desk.on_claim("negated", "post", "12 people were hurt", value=False)])
    assert [review.value for review in list_reviews(folder)] == [True, False]


def test_of_two_reviews_that_contradict_the_later_holds_and_both_are_told():
    desk = Desk()
    for value in ("denies", "alleges"):
        desk.on_claim("stance", "gazette", "12 people were hurt", value=value)
    desk.on_claim("modality", "gazette", "12 people were hurt", value="alleged")
    states = [
        (row.value, row.state, row.reason if isinstance(row.reason, str) else None) for row in desk.place().itertuples()
    ]
    assert states == [
        ("denies", "overruled", "a later review holds: line 2"), ("alleges", "applied", None), ("alleged", "applied", None),
    ]  # fmt: skip


def test_the_later_is_told_by_the_time_and_not_by_the_line():
    desk = Desk()
    for value, created in (("denies", "2026-03-02T10:00:00+01:00"), ("alleges", "2026-03-02T08:30:00Z")):
        desk.on_claim("stance", "gazette", "12 people were hurt", value=value)["created"] = created
    assert {row.value: row.state for row in desk.place().itertuples()} == {"denies": "applied", "alleges": "overruled"}


def test_what_is_withdrawn_overrules_nothing():
    desk = Desk()
    desk.on_claim("stance", "gazette", "12 people were hurt", value="denies")
    later = desk.on_claim("not a claim", "gazette", "12 people were hurt")
    desk.review("withdraw", about="claim", value=later["id"])
    assert list(desk.place()["state"]) == ["applied", "overruled", "applied"]


def test_a_stage_depends_on_the_lines_that_it_applies(folder):
    desk = Desk()
    append_reviews(folder, [desk.on_claim("stance", "gazette", "12 people were hurt", value="denies")])
    before = {about: digest_reviews(folder, (about,)) for about in ("claim", "pair")}
    append_reviews(folder, [desk.on_article("publisher", "post", "The Ostrel Post")])
    assert {about: digest_reviews(folder, (about,)) for about in ("claim", "pair")} == before
    assert before["claim"] and before["pair"] is None
    assert digest_reviews(folder, ("article",))


def test_what_goes_out_comes_in_again_once(folder, tmp_path_factory):
    desk = Desk()
    append_reviews(
        folder, [desk.on_claim("stance", "gazette", "12 people were hurt", value="denies", why="she says no")]
    )
    page = export_reviews(folder, read_articles(folder))
    assert page["type"] == "AnnotationPage"
    assert page["items"][0]["body"][0] == {
        "type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": "stance: denies. she says no",
    }  # fmt: skip
    other = tmp_path_factory.mktemp("other")
    (other / "gazette.txt").write_text(TEXTS["gazette"])
    for count in (1, 0):
        assert import_marks(other, read_articles(other), json.dumps(page)).count == count
    assert [review.value for review in list_reviews(other)] == ["denies"]


def test_marks_of_hypothesis_come_in_as_notes_or_as_what_their_tags_say(folder):
    def mark(number, words, **told):
        selector = [
            {"type": "RangeSelector"},
            {"type": "TextQuoteSelector", "exact": words, "prefix": "", "suffix": ""},
        ]
        place = {"source": "https://paper.example/raw/herald.txt", "selector": selector}
        return {
            "id": f"h{number}",
            "user": "acct:ada@hypothes.is",
            "uri": place["source"],
            "created": "2026-03-02T10:00:00Z",
            "target": [place],
            **told,
        }

    rows = [
        mark(1, "engineer Tomas Brell", text="Who is that?", tags=[]),
        mark(2, "The town had known of the cracks", text="", tags=["urgent", "not a claim"]),
        mark(3, "no such words at all", text="lost", tags=[]),
    ]
    taken = import_marks(folder, read_articles(folder), json.dumps({"total": 3, "rows": rows}))
    assert taken.count == 2
    assert taken.refused == ["mark 3: its words do not stand in herald, or stand there twice: 'no such words at all'"]
    reviews = read_reviews(folder, read_articles(folder))
    assert [(row.action, row.exact, row.creator, row.state) for row in reviews.sort_values("line").itertuples()] == [
        ("note", "engineer Tomas Brell", "ada", "applied"),
        ("not a claim", "The town had known of the cracks", "ada", "applied"),
    ]
