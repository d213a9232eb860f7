"""The page that people pass on: everything shown as text, everything leading to its place."""

from __future__ import annotations

import io
import json
import re

import pandas as pd
import pytest
from stories import make_articles

from helpers import tables
from helpers.alignment import align_claims
from helpers.claims import extract_claims
from helpers.comparison import build_timeline, compare_pairs
from helpers.disagreements import find_disagreements
from helpers.export import write_report, write_workbook
from helpers.mentions import find_mentions
from helpers.origins import find_origins
from helpers.passages import split_passages
from helpers.report import build_report
from helpers.reuse import find_shared_passages

PAYLOAD = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><svg onload=alert(1)>"
UNION = "The seamen's union said that the radar of the ferry Aurelia was broken. “Nobody was in danger at any time,” Peter Aldous said."
OPERATOR = (
    "Spokesman Peter Aldous denied that the radar of the ferry Aurelia was broken. “Nobody was in danger at any moment,” Aldous "
    "said. Repairs will cost $150 million and then $20 million, {{7*7}} of it on paint, he said."
)


def make_tables(texts: dict[str, str], **columns) -> dict[str, pd.DataFrame]:
    """Make every table of a story from its texts."""
    articles = make_articles(texts, **columns)
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    mentions = find_mentions(claims, articles)
    reuse, origins = find_shared_passages(articles, passages), find_origins(articles, passages)
    propositions, relations = align_claims(claims, mentions, articles=articles, origins=origins)
    found, sides = find_disagreements(articles, passages, claims, mentions, propositions, relations)
    return {
        "articles": articles, "passages": passages, "claims": claims, "mentions": mentions, "text_reuse": reuse,
        "origins": origins, "propositions": propositions, "proposition_claims": relations, "disagreements": found,
        "disagreement_sides": sides, "timeline": build_timeline(claims, mentions, articles),
        "source_pairs": compare_pairs(articles, relations, sides, reuse),
    }  # fmt: skip


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    texts = {
        "union": f"{UNION} {PAYLOAD}",
        "operator": OPERATOR,
        "rtl": "The \u202eyrref was late on Monday, the harbour master said.",
    }
    return make_tables(
        texts, title={"union": PAYLOAD}, source={"union": "javascript:alert(1)", "operator": 'A "B" & <C>', "rtl": "NA"}
    )


@pytest.fixture(scope="module")
def page(frames) -> str:
    return build_report(
        frames, {"title": PAYLOAD, "about": "$150 million ... $20 million", "kind": "invented"}, excerpts="full"
    ).html


def test_markup_in_articles_is_shown_as_text(page):
    body = page.split("<body>")[1]
    assert "<script>document" not in body
    assert "<img src=x" not in body
    assert "<svg onload" not in body
    assert "&lt;script&gt;document" in body


def test_templates_and_sums_of_money_stay_literal(page):
    assert "{{7*7}}" in page
    assert "$150 million ... $20 million" in page


def test_no_article_text_becomes_a_link(page):
    assert set(re.findall(r'href="([^"]{0,3})', page)) <= {
        ref for ref in re.findall(r'href="([^"]{0,3})', page) if ref.startswith("#")
    }


def test_direction_overrides_are_made_visible(page):
    assert "⟨U+202E⟩" in page
    assert "\u202e" not in page


def test_an_invented_story_says_so(page):
    assert "invented" in page.split("<h2")[0]


def test_every_link_leads_to_a_place_that_is_there(page):
    targets = set(re.findall(r'href="#([^"]+)"', page))
    places = set(re.findall(r'id="([^"]+)"', page))
    assert targets - places == set()


def test_ids_are_unique(page):
    places = re.findall(r'id="([^"]+)"', page)
    assert len(places) == len(set(places))


@pytest.mark.parametrize("excerpts", ["spans", "sentences"])
def test_excerpts_bound_how_much_of_the_text_the_page_holds(frames, excerpts):
    shorter = build_report(frames, {"title": "T"}, excerpts=excerpts).html
    assert len(shorter) < len(build_report(frames, {"title": "T"}, excerpts="full").html)
    with pytest.raises(ValueError, match="excerpts must be one of"):
        build_report(frames, {"title": "T"}, excerpts="everything")


def test_it_never_shows_ids_or_bare_scores(frames):
    text = re.sub(r"<[^>]+>", " ", build_report(frames, {"title": "T"}).html.split("<body>")[1])
    assert not re.search(r"\b[cdpqe]-[0-9a-f]{12}\b", text)
    assert "claim_id" not in text


def test_one_source_gives_a_page_without_comparison():
    html = build_report(make_tables({"only": OPERATOR}), {"title": "One"}).html
    assert "There is one source only" in html


def test_the_same_tables_give_the_same_page(frames):
    assert build_report(frames, {"title": "T"}).html == build_report(frames, {"title": "T"}).html


def test_the_twin_holds_every_finding_with_its_offsets(frames):
    data = build_report(frames, {"title": "T"}).data
    json.dumps(data)
    texts = frames["articles"].set_index("article_id")["text"]
    assert len(data["disagreements"]) == len(frames["disagreements"]) > 0
    for finding in data["disagreements"]:
        for side in finding["evidence"]:
            if side["start"] is not None:
                assert texts[side["article_id"]][side["start"] : side["end"]] == side["text"]


def test_the_workbook_is_safe_and_always_the_same():
    from openpyxl import load_workbook

    frame = pd.DataFrame({"text": ["=1+1", "@x", "plain"], "number": [-1.5, 2.0, None]})
    written = write_workbook({"claims": frame})
    assert written == write_workbook({"claims": frame})
    sheet = load_workbook(io.BytesIO(written))["claims"]
    assert [cell.value for cell in sheet["A"]] == ["text", "'=1+1", "'@x", "plain"]
    assert sheet["B2"].value == -1.5


def test_the_report_is_written_with_its_tables(frames, tmp_path):
    written = write_report(build_report(frames, {"title": "T"}), frames, "a-story", tmp_path)
    assert {"index.html", "report.json", "tables.xlsx", "tables/claims.csv"} <= set(written["file"])
    assert tables.locate(tmp_path, "a-story", "index.html").exists()
