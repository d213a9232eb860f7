"""Articles pasted one below the other: where the next one's headline stands, with what no headline inside an article has."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from statistics import median

from helpers.articles.parts.envelope import BYLINE, DAY, part_line
from helpers.passages.envelopes import read_bound, read_field
from helpers.passages.foreign import find_topic_words
from helpers.passages.lines import BULLET, DATELINE, is_headline
from helpers.passages.paragraphs import Line

NEAR = 9  # lines below a headline in which its author, day or publisher stands
FEWEST_WORDS = 30  # of running text in each article
ALIKE = 0.25  # likeness of an article to the others (of 400 pairs of different stories none reaches it), below which it is another story's
LEAST_TITLE = 4  # words
LEAST_ALONE = 6  # words of a title that stands alone below a wide gap
WIDE = 3  # lines from the end of one article to the next, beyond which the gap is wide
INNER = re.compile(r"[.!?…](?: |$)|@|https?:")  # what no headline holds
RUNNING = re.compile(r"[.!?…][\"'”’)\]»]*$")


def find_pasted(paragraphs: list[Line], end: int) -> list[tuple[int, int]]:
    """Find the lines [first, end) of each article of a text of `end` lines that holds several on one topic.

    A text of another topic is not cut off: it stays where it is, and its passages say that it is another story's.
    """
    leads = _find_leads(paragraphs)
    starts = _find_heads(paragraphs, leads)
    if len(starts) < 2:
        return [(0, end)]
    spans = list(zip(starts, [*starts[1:], len(paragraphs)], strict=True))
    told = [[line.text for line in paragraphs[first:last]] for first, last in spans]
    long = _merge_short(told)
    merged = long if leads else _keep_topic(told, long)
    lines = [paragraphs[spans[first][0]].number for first in merged]
    return list(zip([0, *lines[1:]], [*lines[1:], end], strict=True))


def _find_leads(paragraphs: list[Line]) -> set[str]:
    """Find the field with which a file begins each of its articles, if it begins with one."""
    first = read_field(paragraphs[0].text) if paragraphs else None
    return {first.label} if first and first.holds in ("title", "source", "byline", "published", "url") else set()


def _find_heads(paragraphs: list[Line], leads: set[str]) -> list[int]:
    """Find the paragraphs with which articles begin: the first of the text, and each head further down."""
    kinds = [_tell(line.text) for line in paragraphs]
    usual = median(line.number - above.number for above, line in pairwise(paragraphs)) if len(paragraphs) > 1 else 0
    starts = [0]
    position = next((place for place, kind in enumerate(kinds) if kind in ("running", "item")), len(kinds))
    while position < len(paragraphs):
        height = _measure_head(paragraphs, position, leads, usual)
        if height:
            starts.append(position)
        position += max(height, 1)
    return starts


def _measure_head(paragraphs: list[Line], position: int, leads: set[str], usual: float = 2) -> int:
    """Count the lines of the head that begins with a line; 0 where none does.

    A head is a headline among lines that name an author, a day or a publisher, and running text stands below it; or a
    headline alone, below a rule or a gap wider than the `usual` one.
    """
    above, line = paragraphs[position - 1], paragraphs[position]
    ruled = read_bound(above.text) is not None
    gap = line.number - above.number
    wide = (gap > max(2, usual)) + (gap > max(WIDE, usual))
    told = [(_tell(one.text), one.text) for one in paragraphs[position : position + NEAR]]
    height = next((place for place, (kind, _) in enumerate(told) if kind == "running"), 0)
    head = told[:height]
    if leads:
        label = read_field(line.text)
        return max(height, 1) if label is not None and label.label in leads else 0
    if not head or head[0][0] not in ("title", "day", "field"):
        return 0
    signs = {kind for kind, _ in head} & {"byline", "day", "field"}
    words = max((len(text.split()) for kind, text in head if kind == "title"), default=0)
    closed = ruled or bool(RUNNING.search(above.text)) or _signs(above.text) or len(signs) > 1
    dated = bool(DATELINE.match(told[height][1]))
    shown = len(signs) + dated + ruled + wide
    alone = (
        shown > 1
        and (dated or ruled or words >= LEAST_ALONE)
        and is_headline(line.text)
        and not INNER.search(line.text)
    )
    return height if closed and words >= (LEAST_TITLE if shown < 2 else 2) and (signs or alone) else 0


@lru_cache(maxsize=4096)
def _tell(line: str) -> str:
    """Tell what a line of a head is: a field, a day, an author, running text, or a title or name."""
    if read_field(line) is not None:
        return "field"
    if len(line) < 90 and (DAY.match(line) or any(DAY.match(piece) for piece in part_line(line))):
        return "day"
    if len(line) <= 120 and BYLINE.match(line):
        return "byline"
    if re.match(r"https?://\S+$", line) or read_bound(line) is not None:
        return "field"
    if BULLET.match(line):
        return "item"
    if RUNNING.search(line) and len(line.split()) >= 8 and not (line.endswith("?") and is_headline(line)):
        return "running"
    return "title" if is_headline(line) or len(line.split()) < 12 else "running"


def _signs(line: str) -> bool:
    """Say whether a line ends an article: a notice of copyright, an author's note, a field, an address."""
    return _tell(line) == "field" or bool(re.match(r"\W*(?:©|\(c\)|copyright|https?://)", line, re.I))


def _merge_short(told: list[list[str]]) -> list[int]:
    """Give the stretches that are long enough for an article; a shorter one belongs to that above it."""
    words = [sum(len(line.split()) for line in lines if _tell(line) in ("running", "item")) for lines in told]
    return [number for number, count in enumerate(words) if not number or count >= FEWEST_WORDS]


def _keep_topic(told: list[list[str]], starts: list[int]) -> list[int]:
    """Keep the cuts between articles that speak of one thing; one that speaks of another stays with that above it."""
    ends = [*starts[1:], len(told)]
    words = [
        set(find_topic_words("\n".join(line for lines in told[first:end] for line in lines)))
        for first, end in zip(starts, ends, strict=True)
    ]
    kept = starts[:1]
    for number, start in enumerate(starts[1:], 1):
        others = set().union(*(own for place, own in enumerate(words) if place != number))
        smaller = min(len(words[number]), len(others))
        if smaller and len(words[number] & others) / smaller**0.75 >= ALIKE:
            kept.append(start)
    return kept
