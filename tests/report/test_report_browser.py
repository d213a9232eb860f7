"""The page in a real browser: nothing runs that should not, everything can be read, on a phone and on paper."""

from __future__ import annotations

import io
from itertools import pairwise
from unicodedata import normalize

import pytest
from playwright.sync_api import expect

from conftest import ROOT, SHIPPED_STORY
from helpers.articles import read_story
from helpers.report.page import build_report
from helpers.report.write import write_report
from helpers.running.published.index import write_index
from reports import make_tables, read_tables_of
from test_report import OPERATOR, PAYLOAD, UNION

pytestmark = pytest.mark.slow

PAYLOADS = [
    PAYLOAD,
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' autofocus onfocus='alert(1)",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "{{7*7}} {% raw %} $x^2$ \\href{javascript:alert(1)}{x} [x](javascript:alert(1)) \x1b[31mred",
]  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The shipped story's report, made now and not as it was committed, with an earlier one to compare with, and an index."""
    folder = tmp_path_factory.mktemp("reports")
    raw = ROOT / "data" / "raw" / SHIPPED_STORY
    frames, story = read_tables_of(raw), read_story(raw)
    earlier = build_report(frames, story).data
    earlier["articles"].pop()
    write_report(build_report(frames, story, earlier=earlier), frames, SHIPPED_STORY, folder)
    write_index(folder)
    return folder


@pytest.fixture(scope="module")
def address(published) -> str:
    return (published / SHIPPED_STORY / "index.html").as_uri()


@pytest.fixture(scope="module")
def shipped(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    yield page
    page.close()


def test_no_payload_runs_and_no_request_leaves(browser, tmp_path):
    body = "\n\n".join(f"The union said that {payload} was painted on the wall." for payload in PAYLOADS)
    frames = make_tables(
        {"union": f"{UNION} {body}", "operator": f"{OPERATOR} {body}"},
        title={"union": PAYLOAD, "operator": PAYLOADS[3]},
        source={"union": PAYLOAD, "operator": PAYLOADS[4]},
        byline={"union": PAYLOADS[1], "operator": PAYLOADS[2]},
        url={"union": "javascript:alert(1)", "operator": '" onmouseover="alert(1)'},
    )
    story = {"title": f"Safe {PAYLOAD}", "about": PAYLOADS[1]}
    earlier = build_report(frames, story).data
    earlier["articles"].pop()
    write_report(build_report(frames, story, excerpts="full", earlier=earlier), frames, "a-story", tmp_path)
    write_index(tmp_path)
    for path in (tmp_path / "a-story" / "index.html", tmp_path / "index.html"):
        page = browser.new_page()
        requests, errors = [], []
        page.on("request", lambda request, seen=requests: seen.append(request.url))
        page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
        page.on("pageerror", lambda error, seen=errors: seen.append(str(error)))
        page.goto(path.as_uri())
        page.mouse.move(300, 300)
        assert page.title() != "owned"
        assert (
            page.evaluate(
                "document.querySelectorAll('main script, header script, img, iframe, link, main style, svg svg, [onload], [onerror], [onfocus],"
                ' [onmouseover], [autofocus], a[href^="javascript"]\').length'
            )
            == 0
        )
        assert requests == [path.as_uri()]
        assert errors == []
        page.close()


def test_article_text_is_literal(browser, tmp_path):
    frames = make_tables({"a": f"The union said that {PAYLOADS[8]} stood on the wall.", "b": UNION})
    path = tmp_path / "page.html"
    path.write_text(build_report(frames, {"title": "T"}, excerpts="full").html, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('sup').forEach(label => label.remove())")
    words = page.evaluate("document.querySelector('#articles').textContent").replace(" ", "")
    for literal in ("{{7*7}}", "{%raw%}", "$x^2$", "\\href{javascript:alert(1)}{x}", "[x](javascript:alert(1))"):
        assert literal in words
    page.close()


def test_every_section_is_there_with_its_heading_in_order(shipped):
    levels = shipped.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    sections = shipped.evaluate("[...document.querySelectorAll('main > section')].map(s => s.id)")
    assert sections == [
        "changed", "conflicts", "coverage", "timeline", "amounts", "quoted", "shared", "own", "articles", "method",
    ]  # fmt: skip
    assert shipped.evaluate("[...document.querySelectorAll('main > section')].every(s => s.innerText.length > 60)")
    assert shipped.evaluate("[...document.querySelectorAll('nav a')].every(a => document.querySelector(a.hash))")


def test_the_first_screen_answers(shipped):
    shipped.evaluate("scrollTo(0, 0)")
    for text in ("h1", ".deck", ".news", ".quarrel tbody tr:last-child", ".two h2"):
        box = shipped.locator(text).first.bounding_box()
        assert box["y"] + box["height"] < 1000, text


def test_the_first_screen_is_heard_as_it_is_seen(shipped):
    tree = shipped.locator(".first").aria_snapshot()
    heard = (
        'heading "Did',
        'columnheader "the claim, and in whose voice"',
        'columnheader "the denial it carries, and whose"',
    )
    places = [tree.find(words) for words in (*heard, 'heading "Facts that differ"', 'heading "Told alike"')]
    assert -1 not in places, tree
    assert places == sorted(places)
    row = tree.split("rowheader")[1]
    assert "no date" in row or "2024" in row
    assert "in context, place" in row


def test_the_keyboard_goes_through_the_first_screen_in_reading_order(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const a = document.activeElement; return [...document.querySelectorAll('a, select, button, summary, [tabindex]')].indexOf(a); })()"
        )
        seen.append(place)
        if page.evaluate("document.activeElement.closest('nav') !== null"):
            break
    assert seen == sorted(seen)
    assert len(seen) > 15
    page.close()


def test_every_figure_says_what_it_shows_and_has_its_data(shipped):
    figures = shipped.evaluate(
        "[...document.querySelectorAll('figure')].map(f => [f.querySelector('figcaption').textContent.trim(),"
        " f.closest('section').querySelectorAll('table').length, [...f.querySelectorAll('svg[role=img]')].every(s => s.ariaLabel.length > 30)])"
    )
    assert len(figures) >= 5
    assert all(len(caption) > 8 and tables > 0 and named for caption, tables, named in figures)


def test_every_table_has_headers(shipped):
    assert shipped.evaluate(
        "[...document.querySelectorAll('table')].every(t => t.querySelector('thead th[scope=col]'))"
    )


def test_filters_narrow_the_findings_and_say_so(shipped):
    everything = shipped.locator("main .finding:visible").count()
    shipped.select_option("select[name=kind]", "wording")
    narrowed = shipped.locator("main .finding:visible").count()
    assert narrowed > 0
    assert shipped.locator(".quarrel").is_visible()
    assert shipped.locator(".filters output").inner_text().startswith(f"{narrowed} of ")
    shipped.select_option("select[name=severity]", "major")
    shipped.select_option("select[name=source]", "Headline USA")
    shown = shipped.evaluate(
        "[...document.querySelectorAll('main .finding:not([hidden])')].every(f => f.dataset.severity === 'major' && f.dataset.sources.includes('Headline USA'))"
    )
    assert shown
    shipped.click("button[type=reset]")
    expect(shipped.locator("main .finding:visible")).to_have_count(everything)


def test_a_quotation_leads_to_its_marked_place_and_back(shipped):
    link = shipped.locator("article.finding a.place").first
    words = link.evaluate("a => a.closest('.piece').querySelector('blockquote').textContent.replace(/[“”\\s]/g, '')")
    link.click()
    target = shipped.evaluate(
        "(() => { const mark = document.querySelector('mark:target').cloneNode(true);"
        " mark.querySelectorAll('sup').forEach(label => label.remove()); return mark.textContent.replace(/[“”\\s]/g, ''); })()"
    )
    assert target and target in words
    box = shipped.locator("mark:target").bounding_box()
    assert 0 <= box["y"] <= 900
    shipped.click(".back")
    assert shipped.evaluate("document.activeElement.className") == "place"


def test_a_deep_link_opens_what_hides_its_target(browser, address):
    page = browser.new_page()
    page.goto(address)
    finding = page.evaluate("document.querySelector('article.finding').id")
    shown = page.evaluate("document.querySelector('article.finding').dataset.kind")
    kinds = page.evaluate("[...document.querySelectorAll('select[name=kind] option')].map(option => option.value)")
    page.select_option("select[name=kind]", next(kind for kind in kinds if kind not in ("", shown)))
    assert page.locator(f"#{finding}").is_hidden()
    page.evaluate("id => { location.hash = id }", finding)
    page.wait_for_selector(f"#{finding}", state="visible")
    folded = page.evaluate(
        "const d = document.querySelector('#timeline details'); const e = d.querySelector('td'); e.id = 'inside'; e.id"
    )
    page.evaluate("id => { location.hash = id }", folded)
    page.wait_for_selector(f"#{folded}", state="visible")
    page.close()


def test_the_keyboard_reaches_the_findings(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#conflicts') !== null")
    page.close()


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_never_scrolls_sideways(browser, address, published, width):
    page = browser.new_page(viewport={"width": width, "height": 780})
    for path in (address, (published / "index.html").as_uri()):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(
            "[...document.querySelectorAll('p, td, th, li, text')].every(e => parseFloat(getComputedStyle(e).fontSize) >= 11.5)"
        )
    page.close()


def test_without_javascript_everything_is_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("article.finding").count() > 0
    assert page.locator(".quarrel tbody tr").count() >= 3
    assert page.locator(".filters").is_hidden()
    assert page.locator(".back").is_hidden()
    page.locator("article.finding a.place").first.click()
    assert "#p" in page.url
    assert page.locator("mark:target").count() == 1
    context.close()


@pytest.mark.parametrize(("which", "scheme"), [("report", "light"), ("report", "dark"), ("index", "dark")])
def test_axe_finds_nothing(browser, address, published, which, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address if which == "report" else (published / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in violations] == []


def test_it_prints_with_places_as_notes_and_nothing_folded(shipped):
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(shipped.pdf(prefer_css_page_size=True)))
    assert all(abs(float(page.mediabox.width) - 595) < 2 for page in reader.pages)
    pages = [normalize("NFKC", page.extract_text()) for page in reader.pages]
    assert "Facts that differ" in pages[0]
    assert len(pages) <= 9
    assert all(len(text.split()) > 200 for text in pages[:-1])
    text = " ".join(" ".join(pages).split())
    label = shipped.locator("article.finding a.place").first.inner_text().split("¶")[1].strip()
    assert text.count(label) >= 2  # at the quotation, and in the article
    assert "breaks off" in text or "page furniture" in text  # folded on the screen, open on paper
