"""The page that people pass on: everything shown as text, everything leading to its place."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pandas as pd
import pytest
from jsonschema import Draft202012Validator, ValidationError

from helpers import tables
from helpers.report.drawn.page_drawings import TimeAxis, name_days
from helpers.report.excerpts import Places, cut_excerpts
from helpers.report.page import build_report
from helpers.report.twin import read_schema
from helpers.report.wording import KIND_WORDS
from helpers.report.write import ReportError, read_report, write_report, write_workbook
from helpers.running.published.index import write_index
from reports import make_tables

PAYLOAD = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><svg onload=alert(1)>"
UNION = "The seamen's union said that the radar of the ferry Aurelia was broken. “Nobody was in danger at any time,” Peter Aldous said."
OPERATOR = (
    "Spokesman Peter Aldous denied that the radar of the ferry Aurelia was broken. “Nobody was in danger at any moment,” Aldous "
    "said. Repairs will cost $150 million and then $20 million, {{7*7}} of it on paint, he said."
)


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    texts = {
        "union": f"{UNION} {PAYLOAD}",
        "operator": OPERATOR,
        "rtl": "The \u202eyrref was late on Monday, the harbour master said.",
    }
    return make_tables(
        texts,
        title={"union": PAYLOAD, "operator": "", "rtl": ""},
        source={"union": "javascript:alert(1)", "operator": 'A "B" & <C>', "rtl": "NA"},
        url={"union": "javascript:alert(1)", "operator": 'https://example.org/" onclick="alert(1)', "rtl": ""},
    )


@pytest.fixture(scope="module")
def page(frames) -> str:
    return build_report(
        frames, {"title": PAYLOAD, "about": "$150 million ... $20 million", "kind": "invented"}, excerpts="full"
    ).html


def read_words(html: str) -> str:
    """Give the words of a page, without its tags."""
    return re.sub(r"<[^>]+>", "", html.split("<body>")[1])


def test_markup_in_articles_is_shown_as_text(page):
    body = page.split("<body>")[1]
    assert "<script>document" not in body
    assert "<img" not in body
    assert "<svg onload" not in body
    assert "&lt;script&gt;document" in body


def test_templates_and_sums_of_money_stay_literal(page):
    assert "{{7*7}}" in page
    assert "$150 million ... $20 million" in page


def test_no_text_of_an_article_becomes_a_link(page):
    assert {link[0] for link in re.findall(r'href="([^"]+)"', page)} == {"#"}
    assert "javascript:alert(1)" in read_words(page)
    assert 'onclick="alert' not in page


def test_direction_overrides_are_made_visible(page):
    assert "⟨U+202E⟩" in page
    assert "\u202e" not in page


def test_an_invented_story_says_so(page):
    assert "invented" in page.split("<h2")[0]


def test_every_link_leads_to_a_place_that_is_there(page):
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets - set(re.findall(r'id="([^"]+)"', page)) == set()


def test_ids_are_unique(page):
    places = re.findall(r'id="([^"]+)"', page)
    assert len(places) == len(set(places))


def test_a_place_is_marked_with_the_words_that_it_stands_for(frames):
    html = build_report(frames, {"title": "T"}).html
    texts = frames["articles"].set_index("article_id")["text"]
    claim = frames["claims"][frames["claims"]["stance"] == "denies"].iloc[0]
    marked = re.search(rf'<mark id="p[0-9a-f]{{6}}-{claim["start"]}-{claim["end"]}">', html)
    assert marked
    rest = re.sub(r"<sup>[^<]*</sup>|<[^>]+>", "", html[marked.end() :])
    assert rest.startswith(texts[claim["article_id"]][claim["start"] : claim["end"]])


def test_marks_that_cross_are_nested_and_lose_no_character():
    text = "One two three four five six."
    places = Places(["a"])
    for start, end in ((0, 13), (8, 18), (4, 7), (24, 27)):
        places.find("a", start, end)
    (excerpt,) = cut_excerpts(text, places.spans["a"], "full")

    def flatten(pieces) -> str:
        return "".join(piece.text + flatten(piece.pieces) for piece in pieces)

    def find(pieces) -> list:
        return [place for piece in pieces for place in [piece.place, *find(piece.pieces)] if place]

    assert flatten(excerpt.pieces) == text
    assert sorted(place.label for place in find(excerpt.pieces)) == ["1.1", "1.2", "1.3", "1.4"]


def test_places_keep_their_anchors_when_other_articles_come():
    alone, among = Places(["b"]), Places(["a", "b"])
    assert alone.find("b", 3, 9).anchor == among.find("b", 3, 9).anchor


@pytest.mark.parametrize("excerpts", ["spans", "sentences"])
def test_excerpts_bound_how_much_of_the_text_the_page_holds(frames, excerpts):
    shorter = build_report(frames, {"title": "T"}, excerpts=excerpts).html
    assert len(shorter) < len(build_report(frames, {"title": "T"}, excerpts="full").html)


def test_a_sentence_that_no_finding_rests_on_is_kept_out_unless_the_full_text_is_wanted():
    frames = make_tables(
        {"one": f"{OPERATOR}\n\nWhat a day!", "two": "Trains in the valley ran on time, the railway said."}
    )
    held = {
        e: "What a day!" in build_report(frames, {"title": "T"}, excerpts=e).html
        for e in ("spans", "sentences", "full")
    }
    assert held == {"spans": False, "sentences": False, "full": True}


def test_another_word_for_excerpts_is_refused(frames):
    with pytest.raises(ValueError, match="excerpts must be one of"):
        build_report(frames, {"title": "T"}, excerpts="everything")


def test_a_copy_brings_only_the_beginning_of_the_text_that_it_shares():
    text = " ".join(f"The harbour board heard witness number {n} speak about the fog." for n in range(12))
    frames = make_tables({"wire": text, "courier": text})
    html = build_report(frames, {"title": "T"}, excerpts="spans").html
    (shared,) = frames["text_reuse"]["n_chars"]
    assert shared > 600
    assert re.search(rf"<q>The harbour board.{{100,240}}…</q>.*{shared} characters", html, re.S)


def test_it_never_shows_ids_or_bare_scores(frames):
    text = read_words(build_report(frames, {"title": "T"}).html)
    assert not re.search(r"\b[cdpqeo]-[0-9a-f]{12}\b", text)
    assert "claim_id" not in text
    assert "score" not in text


def test_the_first_screen_answers_before_anything_else(frames):
    words = read_words(build_report(frames, {"title": "Radar"}).html)
    heads = (
        "Radar",
        "the denial it carries, and whose",
        "Facts that differ",
        "Told alike",
        "Findings, side by side",
    )
    assert [words.index(head) for head in heads] == sorted(words.index(head) for head in heads)


def test_an_outlet_that_only_carries_a_denial_is_not_said_to_deny(frames):
    html = build_report(frames, {"title": "T"}).html
    row = html.split('class="quarrel')[1].split("<tr>")[2]
    assert '<span class="is-denial">Peter Aldous denies</span>' in row
    assert "in its own voice" not in row


def test_an_article_that_carries_claim_and_denial_shows_both():
    frames = make_tables({"both": f"{UNION} {OPERATOR}", "union": UNION})
    table = build_report(frames, {"title": "T"}).html.split('class="quarrel')[1].split("</table>")[0]
    both = table.split("<tr>")[2]
    assert "is-attributed" in both
    assert "is-denial" in both


def test_what_is_evidence_in_a_denial_is_not_told_alike(frames):
    html = build_report(frames, {"title": "T"}).html
    sides = frames["disagreement_sides"].merge(frames["disagreements"].query("kind == 'denial'")[["disagreement_id"]])
    alike = html.split("<h2>Told alike</h2>")[1].split("</section>")[0]
    assert len(sides) >= 2
    assert not any(text in alike for text in sides["text"])


def test_every_finding_stands_once_and_in_one_order(frames):
    report = build_report(frames, {"title": "T"})
    ids = [finding["id"] for finding in report.data["disagreements"]]
    shown = re.findall(r'<(?:article|table|li) class="[^"]*finding[^"]*" id="([^"]+)"', report.html)
    shown += re.findall(r'<li class="finding" id="([^"]+)"', report.html.split('id="own"')[1])
    assert sorted(set(shown)) == sorted(ids)
    listed = [key for key in dict.fromkeys(shown) if key in ids]
    kept = [f["id"] for f in report.data["disagreements"] if f["kind"] != "omission"]
    assert [key for key in listed if key in kept] == kept


def test_what_a_later_version_has_otherwise_stands_beside_the_earlier_words():
    lines = [f"Witness number {n} told the harbour board about the fog and the bell." for n in range(8)]
    first = " ".join([*lines, "The ferry carried 163 passengers when it struck the pier."])
    second = " ".join([*lines, "The ferry carried 167 passengers when it struck the pier."])
    published = {"early": "2025-03-03", "late": "2025-03-04"}
    frames = make_tables({"early": first, "late": second}, published=published)
    html = build_report(frames, {"title": "T"}).html
    assert len(frames["changes"]) == 1
    shown = html.split("What versions and reprints of one text have otherwise")[1].split("</table>")[0]
    assert '<b class="differs">163</b>' in shown
    assert '<b class="differs">167</b>' in shown
    assert shown.count('class="place"') == 2


def test_one_source_gives_a_page_without_comparison():
    html = build_report(make_tables({"only": OPERATOR}), {"title": "One"}).html
    assert "There is one source only" in html


def test_no_article_at_all_gives_a_page():
    frames = make_tables({"only": ""})
    frames["articles"]["skipped"] = "no text found"
    html = build_report(frames, {"title": "None"}).html
    assert "Set aside, not read: no text found" in html


def test_the_same_tables_give_the_same_page(frames):
    assert build_report(frames, {"title": "T"}).html == build_report(frames, {"title": "T"}).html


def test_the_twin_holds_every_finding_with_its_offsets(frames):
    data = build_report(frames, {"title": "T"}).data
    texts = frames["articles"].set_index("article_id")["text"]
    assert len(data["disagreements"]) == len(frames["disagreements"]) > 0
    placed = [piece for finding in data["disagreements"] for piece in finding["evidence"] if piece["start"] is not None]
    placed += data["dates"] + data["amounts"] + [claim for row in data["propositions"] for claim in row["claims"]]
    assert len(placed) > 5
    for piece in placed:
        assert texts[piece["article_id"]][piece["start"] : piece["end"]] == piece["text"]


def test_the_twin_keeps_to_its_schema_and_the_schema_refuses_what_does_not(frames):
    schema = read_schema()
    Draft202012Validator.check_schema(schema)
    data = build_report(frames, {"title": "T"}, settings={"notebooks": {}, "changed": {}}).data
    Draft202012Validator(schema).validate(json.loads(json.dumps(data)))
    data["disagreements"][0]["kind"] = "verdict"
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate(data)


def test_every_kind_of_finding_stands_in_the_schema_and_has_a_heading():
    kinds = read_schema()["properties"]["disagreements"]["items"]["properties"]["kind"]["enum"]
    assert kinds == list(tables.DISAGREEMENT_KINDS)
    assert set(KIND_WORDS) == set(tables.DISAGREEMENT_KINDS)


def test_a_report_whose_data_break_the_schema_is_not_written(frames, tmp_path):
    report = build_report(frames, {"title": "T"}, settings={"notebooks": {}, "changed": {}})
    report.data["disagreements"][0]["kind"] = "verdict"
    with pytest.raises(ValueError, match="kind must be one of"):
        write_report(report, frames, "a-story", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_readers_statement_is_answered_on_the_page_with_places_and_in_the_data(frames):
    asked = "The radar of the ferry Aurelia was <b>broken</b>"
    report = build_report(frames, {"title": "T"}, questions=[asked])
    body = report.html.split("<main>")[1].split('<section id="conflicts"')[0]
    assert "The radar of the ferry Aurelia was &lt;b&gt;broken&lt;/b&gt;" in body
    assert "was <b>broken</b>" not in body
    links = re.findall(r'class="place" href="#([^"]+)"', body)
    assert links
    assert all(f'id="{link}"' in report.html for link in links)
    Draft202012Validator(read_schema()).validate(json.loads(json.dumps(report.data)))
    texts = dict(zip(frames["articles"]["article_id"], frames["articles"]["text"], strict=True))
    shown = [answer for answer in report.data["answers"] if answer["text"] is not None]
    assert {answer["relation"] for answer in shown} >= {"not sure", "disputes"}
    assert all(texts[a["article_id"]][a["start"] : a["end"]] == a["text"] for a in shown)


def test_what_is_only_quoted_stands_in_marks_with_its_one_voice():
    quoted = "“The old pier of Brill will be open again before the summer,” Edda Voss said."
    texts = {
        "courier": f"The council met on Monday in the hall of the town.\n\n{quoted}",
        "herald": f"Nothing was heard of the bridge that fell in May.\n\n{quoted} She is the mayor.",
    }
    html = build_report(make_tables(texts), {"title": "T"}).html
    alike = read_words("<body>" + html.split("<h2>Told alike</h2>")[1].split("</section>")[0])
    assert "“The old pier of Brill will be open again before the summer”" in alike
    assert "one voice: Edda Voss" in alike
    assert "told by two or more in their own voice: nothing" in alike


def test_without_a_statement_nothing_is_asked(frames):
    report = build_report(frames, {"title": "T"})
    assert 'id="asked"' not in report.html
    assert "answers" not in report.data


def test_the_method_tells_the_command_that_makes_it_again(frames):
    settings = {"notebooks": {"02-extract-claims": {"min_confidence": 0.5}}, "changed": {"min_confidence": 0.5}}
    html = build_report(frames, {"title": "T"}, excerpts="spans", settings=settings).html
    assert "synoptic run a-story --raw DIR -p excerpts spans -p min_confidence 0.5" in html


def test_the_workbook_is_safe_and_always_the_same():
    from openpyxl import load_workbook

    frame = pd.DataFrame({"text": ["=1+1", "@x", "plain", "\t=2"], "number": [-1.5, 2.0, None, -7.0]})
    written = write_workbook({"claims": frame})
    assert written == write_workbook({"claims": frame})
    book = load_workbook(io.BytesIO(written))
    sheet = book["claims"]
    assert [cell.value for cell in sheet["A"]] == ["text", "'=1+1", "'@x", "plain", "'\t=2"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert [cell.value for cell in sheet["B"]][1:] == [-1.5, 2, None, -7]
    assert "claim_id" in [cell.value for cell in book["codebook"]["B"]]


def test_no_published_cell_is_a_formula_and_every_text_comes_back(tmp_path):
    frames = make_tables(
        {
            "one": "=SUM(A1) was written on the wall, Ann Lee said. Losses came to -3 per cent.",
            "two": "@here it was dry.",
        }
    )
    write_report(build_report(frames, {"title": "T"}), frames, "a-story", tmp_path)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a-story/tables/claims.csv").read_text(encoding="utf-8"))))
    assert all(not row["text"].startswith(("=", "+", "-", "@", "\t")) for row in rows)
    assert [re.sub("^'", "", row["text"]) for row in rows] == frames["claims"]["text"].tolist()


def test_the_report_is_written_with_its_tables(frames, tmp_path):
    written = write_report(build_report(frames, {"title": "T"}), frames, "a-story", tmp_path)
    assert {"index.html", "report.json", "report.schema.json", "tables.xlsx", "tables/claims.csv"} <= set(
        written["file"]
    )
    assert tables.locate(tmp_path, "a-story", "index.html").exists()


def test_what_is_published_for_spreadsheets_holds_no_whole_article(frames, tmp_path):
    write_report(build_report(frames, {"title": "T"}), frames, "a-story", tmp_path)
    published = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "a-story/tables").glob("*.csv"))
    assert not any(text in published for text in frames["articles"]["text"])


def test_an_earlier_report_that_is_none_is_refused_in_one_line(tmp_path):
    assert read_report("") is None
    (tmp_path / "report.json").write_text("{}")
    for name in ("report.json", "missing.json"):
        with pytest.raises(ReportError, match="is no report to compare with") as error:
            read_report(tmp_path / name)
        assert "\n" not in str(error.value)


def test_the_index_lists_every_story_with_its_first_finding(frames, tmp_path):
    report = build_report(frames, {"title": PAYLOAD})
    write_report(report, frames, "a-story", tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "report.json").write_text("[")
    write_index(tmp_path, now="2026-11-30T12:00:00Z")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script>document" not in page
    assert 'href="a-story/index.html"' in page
    assert 'href="broken/index.html"' in page
    assert report.data["disagreements"][0]["explanation"] in html.unescape(page)
    assert "none reviewed" in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-03-03", "2025-03-03", "3 March 2025"),
        ("2013-08-01", "2013-08-31", "August 2013"),
        ("2011-01-01", "2011-12-31", "2011"),
        ("2011-01-01", "2013-12-31", "2011 to 2013"),
        ("2018-05-01", "2018-05-07", "1 to 7 May 2018"),
        ("2018-05-30", "2018-06-02", "30 May to 2 June 2018"),
        ("2017-12-30", "2018-01-02", "30 December 2017 to 2 January 2018"),
        ("2011-03-01", "2011-05-31", "March to May 2011"),
    ],
)
def test_days_are_named_as_a_reader_names_them(start, end, words):
    assert name_days(pd.Timestamp(start), pd.Timestamp(end)) == words


def test_one_date_long_before_does_not_crowd_the_others():
    days = pd.Series(pd.to_datetime(["1912-04-15", *[f"2015-10-{day:02d}" for day in range(1, 8)]]))
    axis = TimeAxis(days, days)
    places = [axis.place(day) for day in days[1:]]
    assert axis.has_early
    assert places == sorted(places)
    assert places[-1] - places[0] > 40
    assert axis.ticks()[0] == (0.0, "earlier")
