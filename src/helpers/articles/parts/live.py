"""Live blogs: one article of many posts, each with its time, as the page tells them of itself."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document
from helpers.articles.formats.markup import is_nested_deeper, strip_tags
from helpers.articles.parts.pages import DEEPEST, LIVE, list_lines, read_tree

SCRIPT = re.compile(r"<script[^>]+application/ld\+json[^>]*>(.*?)</script>", re.S | re.I)
MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T(?P<time>\d\d:\d\d)")
FEWEST_POSTS = 2
LEAST_SHARE = 0.6  # of the words in the paragraphs of a page that shows the posts of a live blog


def read_live_blog(page: str) -> Document | None:
    """Read a live blog by what its page tells of itself: the posts in their order, each below its day and time; else None."""
    if "LiveBlogPosting" not in page:
        return _read_shown(page) if LIVE.search(page) else None
    for blog in _find_blogs(page):
        posts = [post for post in _as_list(blog.get("liveBlogUpdate")) if isinstance(post, dict)]
        written = [lines for post in posts if (lines := _write_post(post))]
        if len(written) >= FEWEST_POSTS:
            title = _read_text(blog.get("headline") or blog.get("name"))
            found = {"title": title, "byline": _name(blog.get("author")), "source": _name(blog.get("publisher"))}
            found["published"] = str(blog.get("datePublished") or blog.get("coverageStartTime") or "")
            text = "\n\n".join([*filter(None, [title]), *(line for lines in written for line in lines)])
            note = f"a live blog of {len(written)} posts, each below its day and time"
            metadata = {name: value for name, value in found.items() if value}
            return Document(
                clean_text(text), metadata, blog.get("url") or None, notes=[note], origin="the page", is_whole=True
            )
    return _read_shown(page)


def _read_shown(page: str) -> Document | None:
    """Read a live blog by what its page shows: the boxes of one kind that each begin with a time."""
    if page.count("<time") < FEWEST_POSTS or is_nested_deeper(page, DEEPEST):
        return None
    root = read_tree(page)
    boxes = _find_posts(root) if root is not None else []
    posts = [_write_box(box) for box in boxes]
    words = sum(len(one.text_content().split()) for one in root.iter("p"))
    if len(posts) < FEWEST_POSTS or sum(len(line.split()) for lines in posts for line in lines) < LEAST_SHARE * words:
        return None
    inside = {element for box in boxes for element in box.iter()}
    heads = [" ".join(head.text_content().split()) for head in root.iter("h1") if head not in inside]
    named = root.xpath("//meta[@property='og:site_name']/@content")
    metadata = {"title": heads[0] if heads else "", "source": named[0] if named else ""}
    moment = MOMENT.search(next(boxes[-1].iter("time")).get("datetime") or "")
    metadata["published"] = moment["day"] if moment else ""
    text = "\n\n".join([*heads[:1], *(line for lines in posts for line in lines)])
    note = f"a live blog of {len(posts)} posts, each below its day and time"
    found = {name: value for name, value in metadata.items() if value}
    return Document(clean_text(text), found, notes=[note], origin="the page", is_whole=True)


def _find_posts(root: HtmlElement) -> list[HtmlElement]:
    """Find the boxes of the posts: the outermost that hold one time each, and have sisters of their kind that do."""
    groups: dict[tuple, list[HtmlElement]] = defaultdict(list)
    for moment in root.iter("time"):
        box = moment
        while box.getparent() is not None and sum(1 for _ in box.getparent().iter("time")) == 1:
            box = box.getparent()
        if any(words.text_content().strip() for words in box.iter("p")):
            groups[box.tag, box.get("class"), box.getparent()].append(box)
    return max(groups.values(), key=len, default=[])


def _write_box(box: HtmlElement) -> list[str]:
    moment = next(box.iter("time"))
    found = MOMENT.search(moment.get("datetime") or "")
    stamp = f"{found['day']}, {found['time']}" if found else " ".join(moment.text_content().split())
    lines = list_lines(box, skipped=frozenset([moment, *box.iter("ul")]))
    return [stamp, *lines]


def _find_blogs(page: str) -> Iterator[dict]:
    for script in SCRIPT.findall(page):
        try:
            content = json.loads(script)
        except (ValueError, RecursionError):
            continue
        graph = content.get("@graph") if isinstance(content, dict) else None
        for item in _as_list(graph or content):
            if isinstance(item, dict) and "LiveBlogPosting" in _as_list(item.get("@type")):
                yield item


def _write_post(post: dict) -> list[str]:
    """Write a post as lines: its day and time, its headline, its paragraphs; none where it has no text."""
    body = strip_tags(str(post.get("articleBody") or ""))
    if not body.strip():
        return []
    moment = MOMENT.search(str(post.get("datePublished") or ""))
    stamp = f"{moment['day']}, {moment['time']}" if moment else ""
    title = _read_text(post.get("headline"))
    return [*filter(None, [stamp, "" if body.startswith(title) else title]), *filter(None, body.split("\n"))]


def _read_text(value: object) -> str:
    return " ".join(strip_tags(value).split()) if isinstance(value, str) else ""


def _name(value: object) -> str:
    names = [_read_text(one.get("name") if isinstance(one, dict) else one) for one in _as_list(value)]
    return ", ".join(filter(None, names))


def _as_list(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]
