"""The page in a real browser: nothing runs that should not, everything can be read, on a phone and on paper."""

from __future__ import annotations

from itertools import pairwise

import pytest
from test_report import OPERATOR, PAYLOAD, UNION, make_tables

from browser import open_browser
from conftest import ROOT, SHIPPED_STORY
from helpers.report import build_report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def shipped(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((ROOT / "reports" / SHIPPED_STORY / "index.html").as_uri())
    return page


def test_no_payload_runs_and_no_request_leaves(browser, tmp_path):
    frames = make_tables(
        {"union": f"{UNION} {PAYLOAD}", "operator": OPERATOR}, title={"union": PAYLOAD}, source={"union": PAYLOAD}
    )
    path = tmp_path / "page.html"
    path.write_text(build_report(frames, {"title": f"Safe {PAYLOAD}"}, excerpts="full").html, encoding="utf-8")
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
    page.goto(path.as_uri())
    assert page.title().startswith("Safe <script>")
    assert (
        page.evaluate("document.querySelectorAll('main script, main img:not([src^=\"data:\"]), main svg').length") == 0
    )
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


def test_every_section_has_its_heading_in_order(shipped):
    levels = shipped.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    empty = shipped.evaluate(
        "[...document.querySelectorAll('section')].filter(s => !s.querySelector('h2').innerText.trim()).length"
    )
    assert empty == 0


def test_every_figure_says_what_it_shows(shipped):
    words = shipped.evaluate("[...document.querySelectorAll('img')].map(image => image.alt.trim())")
    assert words
    assert all(len(text) > 30 for text in words)
    assert shipped.evaluate("[...document.querySelectorAll('img')].every(image => image.naturalWidth > 0)")


def test_filters_narrow_the_findings(shipped):
    everything = shipped.locator("article.finding:visible").count()
    shipped.select_option("select[name=kind]", "wording")
    narrowed = shipped.locator("article.finding:visible").count()
    assert 0 < narrowed < everything
    shipped.select_option("select[name=kind]", "")
    assert shipped.locator("article.finding:visible").count() == everything


def test_a_quotation_leads_to_its_marked_place(shipped):
    link = shipped.locator("article.finding a.place").first
    target = link.get_attribute("href")
    link.click()
    assert shipped.url.endswith(target)
    assert shipped.evaluate("id => document.getElementById(id).nextElementSibling.tagName", target[1:]) in (
        "MARK",
        "SPAN",
    )


def test_a_phone_never_scrolls_sideways(browser):
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto((ROOT / "reports" / SHIPPED_STORY / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_javascript_everything_is_there(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((ROOT / "reports" / SHIPPED_STORY / "index.html").as_uri())
    assert page.locator("article.finding").count() > 0
    assert page.locator(".filters").is_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((ROOT / "reports" / SHIPPED_STORY / "index.html").as_uri())
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in violations] == []


def test_it_prints(shipped):
    pdf = shipped.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 20_000
