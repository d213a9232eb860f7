"""Markup that several formats hold: how deep it nests, and the text without it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from helpers.articles.decoding import clean_text

MAX_NESTING = 1_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)[^<>]*?(/?)>")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
# Their end tags may be left out, so that an open one says nothing of depth.
UNCLOSED = {"p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead"}
BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol", "figure", "figcaption"}


def is_nested_deeper(page: str, limit: int) -> bool:
    """Say whether the tags of a page are nested deeper than `limit`, in one pass and no further than needed."""
    if page.count("<") - page.count("</") <= limit:
        return False  # without so many tags that open, none can be nested so deep: most pages end here
    depth = 0
    for closing, tag, alone in TAG.findall(page):
        folded = tag.lower()
        if alone or folded in VOID or folded in UNCLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > limit:
            return True
    return False


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.hidden += tag in ("script", "style")
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def strip_tags(markup: str) -> str:
    """Give the text of a piece of HTML that is article throughout, as in a feed: one paragraph a block."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = (line.strip() for line in "".join(parser.pieces).split("\n"))
    paragraphs: list[str] = []
    gap = 0
    for line in lines:
        if line:
            paragraphs += ["\n" if gap < 2 else "\n\n"] * bool(paragraphs) + [line]
            gap = 0
        gap += 1
    return clean_text("".join(paragraphs))
