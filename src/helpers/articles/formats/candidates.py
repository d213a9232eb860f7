"""Which of a page's texts is the article: what shows, what hides in it, what it says of itself; and posts set as quotations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from helpers.articles.decoding import clean_text
from helpers.articles.formats.markup import strip_tags
from helpers.language.sentences import WORD, find_sentences

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
PROSE = re.compile(r"[.!?…][\"'”’)\]»]*\s*$")
FEWEST_WORDS = 8  # of a paragraph, from which it is prose
APART = ("form", "nav", "aside", "footer", "header", "dialog", "template", "noscript", "button", "select")
SIGNATURE = re.compile(r"[—–-]\s*(?P<author>[^—–\n]{2,80}?)\s*\((?P<handle>@[\w.@-]{1,80})\)")
QUOTED = re.compile(r"^[\"“«„].*[\"”»]$", re.S)
ARTICLES = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Review|Satirical|Blog|Scholarly|Tech)?Article$|BlogPosting$"
)
MISSING = 0.2  # share of a candidate's words that do not show, from which it is the fuller one
SHORT = 40  # words that show, below which they tell nothing of what they belong to


def show_hidden(tree: HtmlElement) -> int:
    """Show the paragraphs of prose that a page hides among those that show, as walls do; gives how many."""
    shown = 0
    for element in list(tree.iter("p", "div", "section")):
        if not _is_hidden(element) or _stands_apart(element) or not _has_prose(element):
            continue
        parent = element.getparent()
        if parent is None or not any(_is_prose(p) for p in parent.iter("p") if not _hides(p, parent)):
            continue
        for name in ("aria-hidden", "hidden", "style", "class"):
            element.attrib.pop(name, None)
        shown += 1
    return shown


def _is_hidden(element: HtmlElement) -> bool:
    given = element.attrib
    return given.get("aria-hidden") == "true" or "hidden" in given or bool(HIDING.search(given.get("style", "")))


def _hides(element: HtmlElement, upto: HtmlElement) -> bool:
    """Say whether an element, or one that it stands in below `upto`, is hidden."""
    while element is not None and element is not upto:
        if _is_hidden(element):
            return True
        element = element.getparent()
    return False


def _stands_apart(element: HtmlElement) -> bool:
    return any(above.tag in APART for above in element.iterancestors())


def _has_prose(element: HtmlElement) -> bool:
    return _is_prose(element) if element.tag == "p" else any(_is_prose(p) for p in element.iter("p"))


def _is_prose(element: HtmlElement) -> bool:
    text = element.text_content().strip()
    return len(text.split()) >= FEWEST_WORDS and bool(PROSE.search(text))


def quote_posts(tree: HtmlElement) -> int:
    """Set embedded posts as quotations signed by their authors, which the network's own frame stands for; gives how many.

    A post is a quotation that ends with its author's name and handle, as every network writes them.
    """
    from lxml.etree import SubElement

    quoted = 0
    for block in list(tree.iter("blockquote")):
        whole = " ".join(block.text_content().split())
        words = " ".join(" ".join(p.text_content().split()) for p in block.iter("p"))
        signed = whole[len(words) :].strip() if words and whole.startswith(words) else ""
        signature = SIGNATURE.match(signed)
        if not signature:
            continue
        tail = block.tail
        block.clear()
        block.tail = tail
        words = words if QUOTED.match(words) else f"“{words}”"
        SubElement(block, "p").text = f"{words} — {signature['author']}"  # handle and day are the network's
        quoted += 1
    return quoted


def find_chunks(tree: HtmlElement) -> list[HtmlElement]:
    """Find the chunks in which a page sends one article: blocks of prose under one name, none in another; or none.

    Advertisements stand between such chunks, and an extractor takes the first for all of it.
    """
    groups: dict[tuple[str, str], list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        named = element.get("class")
        own = [p for p in element if p.tag == "p"]
        if named and len(own) >= 2 and sum(map(_is_prose, own)) >= 2 and not _stands_apart(element):
            groups.setdefault((element.tag, named), []).append(element)
    largest = max(groups.values(), key=count_prose, default=[])
    nested = any(above in largest for chunk in largest for above in chunk.iterancestors())
    return [] if nested or len(largest) < 2 else largest


def join_chunks(chunks: list[HtmlElement]) -> None:
    """Move what the chunks of an article hold into the first of them."""
    for chunk in chunks[1:]:
        chunks[0].extend(list(chunk))


def count_prose(elements: list[HtmlElement]) -> int:
    return sum(len(p.text_content().split()) for element in elements for p in element if p.tag == "p" and _is_prose(p))


def take_own_account(tree: HtmlElement) -> tuple[str, bool]:
    """Take out what a page says of its own article in JSON-LD: the whole text, if it is there, and whether it is free to read.

    It is taken out of the page, so that no other reader joins the articles of a list to one.
    """
    bodies, free = [], True
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or "Article" not in (script.text or ""):
            continue
        content = _read_json(script.text)
        for item in _list_items(content):
            body = item.pop("articleBody", None)
            kinds = item.get("@type")
            if any(ARTICLES.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                free = free and str(item.get("isAccessibleForFree", True)).casefold() != "false"
                bodies += [body] if isinstance(body, str) and body.strip() else []
        if bodies:
            script.text = json.dumps(content)
    # A page of several articles is a list of them, and none of these its own.
    return (_write_body(bodies[0]) if len(set(bodies)) == 1 else ""), free


def _read_json(written: str) -> object:
    try:
        return json.loads(written, strict=False)
    except (ValueError, RecursionError):
        return None


def _list_items(content: object) -> Iterator[dict]:
    for item in content if isinstance(content, list) else [content]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else [item]) if isinstance(inner, dict))


def _write_body(body: str) -> str:
    """Write the text that a page gives of itself: its markup and its names of characters undone."""
    body = unescape(body) if "&" in body else body
    return strip_tags(body) if "</" in body or "<br" in body or "<p>" in body else clean_text(body).strip()


def is_fuller(text: str, shown: str) -> bool:
    """Say whether a text holds clearly more than the one that shows and is the same article: sentences of it show."""
    seen = _fold(shown)
    sentences = [text[span.start : span.end] for span in find_sentences(text)]
    missing = [sentence for sentence in sentences if _fold(sentence) not in seen]
    alike = len(missing) < len(sentences) or len(shown.split()) < SHORT
    return alike and sum(map(_count, missing)) > MISSING * _count(text)


def _fold(text: str) -> str:
    return " ".join(word.casefold() for word in WORD.findall(text))


def _count(text: str) -> int:
    return len(text.split())
