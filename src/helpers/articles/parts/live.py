"""Live blogs: one article of many posts, each with its time, as the page tells them of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from helpers.articles.decoding import clean_text
from helpers.articles.documents import Document
from helpers.articles.formats.markup import strip_tags

SCRIPT = re.compile(r"<script[^>]+application/ld\+json[^>]*>(.*?)</script>", re.S | re.I)
MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T(?P<time>\d\d:\d\d)")
FEWEST_POSTS = 2


def read_live_blog(page: str) -> Document | None:
    """Read a live blog by what its page tells of itself: the posts in their order, each below its day and time; else None."""
    if "LiveBlogPosting" not in page:
        return None
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
            document = Document(clean_text(text), metadata, blog.get("url") or None, notes=[note], origin="the page")
            document.is_whole = True
            return document
    return None


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
