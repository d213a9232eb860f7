"""What an article's own text says of its publisher, author, date and origin: only where it says it outright."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.articles.stamps import read_published
from helpers.language.lexicons import lexicon_index
from helpers.passages.furniture import find_furniture
from helpers.passages.lines import DATELINE, Block, find_turn_line, is_headline
from helpers.store.publishers import find_agency_name

HEAD_LINES, HEAD = 12, 1500
FURNITURE_LINES = 4  # among which the first line of the text stands
NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z]|de|van|von|al-)[\w.'’-]*){1,3}"
PUBLISHER = r"(?:the |The )?[A-Z][\w&'’.-]*(?: (?:[A-Z&][\w&'’.-]*|of|and|the|on|\d+)){0,5}"
CREDIT = re.compile(rf"^\((?:By )?(?P<byline>{NAME}), (?P<source>{PUBLISHER})\)")
BYLINE = re.compile(
    rf"^[Bb][Yy] (?P<byline>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{1,3}})"
    rf"(?:(?:,| \||,? (?:for|of)) (?P<source>{PUBLISHER}))?\s*$"
)
STAFF = re.compile(
    rf"^(?P<byline>{NAME}) (?:is|was) an? (?:[\w-]+ ){{0,4}}(?:writer|reporter|correspondent|editor|journalist|columnist)"
    rf" (?:at|for|with|of) (?P<source>{PUBLISHER}?)(?=\.(?:\s|$)|,| and | who |\s*$)"
)
COPYRIGHT = re.compile(
    rf"^(?:[—–-]+ ?)?(?:©|\([cC]\)|Copyright(?: ©| \([cC]\))?)(?: ?\d{{4}}(?:[-–]\d{{2,4}})?,?)?(?: by)? (?P<source>{PUBLISHER}?)"
    r"(?=\.(?:\s|$)|,|\s*$| [Aa]ll [Rr]ights)"
)
REPRINT = re.compile(
    r"^This (?:article|story|report|post|piece) (?:was |has been )?(?:originally |first )?(?:appeared|published|ran|reported|produced|republished|reprinted)"
    rf"(?: with permission)? (?:in|on|by|at|from) (?P<origin>{PUBLISHER}?)(?=\.(?:\s|$)|,|\s*$| and | under | on )"
)
STAMPED = re.compile(
    r"^(?P<label>first published|originally published|published|posted|created|last updated|last modified|updated?|modified|aired|broadcast)?"
    r"(?: (?:on|at))?:? *(?:(?:\d{1,2}[:.]\d\d)[\w ]{0,12}, )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)[a-z]*,? )?"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9}\.?,? \d{4}|[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}/\d{4})\b(?P<rest>.{0,40})$",
    re.I,
)
LATER = ("updated", "update", "last updated", "last modified", "modified")


class Finding(NamedTuple):
    """Something that a text says of itself: the field, the value, where it stands, how sure it is, in what words."""

    field: str
    value: str
    start: int
    sure: str
    why: str


def find_imprint(blocks: list[Block]) -> tuple[dict[str, Finding], list[str]]:
    """Find what the lines of one article say of `source, byline, published, title, dateline, origin`, and notes on it.

    A field whose lines contradict each other is left out, and a note says so. `blocks` are the lines of the article
    alone: a second article in the file speaks of itself. `sure` is high, medium or low.
    """
    findings = [finding for finding in _read_lines(blocks) if finding.value]
    chosen: dict[str, Finding] = {}
    notes: list[str] = []
    for field in ("source", "byline", "published", "title", "dateline", "origin"):
        own = [finding for finding in findings if finding.field == field]
        best = [finding for finding in own if finding.sure == min((f.sure for f in own), key=_rank)]
        values = sorted({finding.value.casefold() for finding in best})
        if field == "published" and len(values) > 1:
            notes.append(f"date of publication unknown: the text gives {' and '.join(values)}")
        elif best:
            chosen[field] = best[0]
    return chosen, notes


def _rank(sure: str) -> int:
    return ("high", "medium", "low").index(sure)


def _read_lines(blocks: list[Block]) -> Iterator[Finding]:
    first = next((block for block in blocks[:FURNITURE_LINES] if find_furniture(block.text) is None), None)
    if first and first is not blocks[-1] and is_headline(first.text) and not find_turn_line(first.text):
        yield Finding("title", first.text, first.start, "medium", "the first line")
    for number, block in enumerate(blocks):
        head = number < HEAD_LINES and block.start < HEAD
        if head:
            yield from _read_head_line(block)
        if head or number >= len(blocks) - HEAD_LINES:
            yield from _read_credit_line(block)


def _read_head_line(block: Block) -> Iterator[Finding]:
    credit = CREDIT.match(block.text)
    if credit and not _is_place(credit["byline"]) and not _is_place(credit["source"]):
        yield Finding("byline", credit["byline"], block.start, "high", "author and publisher in brackets")
        yield from _name_publisher(credit["source"], block, "high", "author and publisher in brackets")
    byline = BYLINE.match(block.text)
    if byline and len(block.text) <= 120:
        yield Finding("byline", byline["byline"], block.start, "high", "author line")
        yield from _name_publisher(byline["source"], block, "medium", "author line")
    dateline = DATELINE.match(block.text)
    if dateline:
        place = re.sub(r"\s*(?:[:—–]|--?)\s*$", "", dateline["dateline"])
        yield Finding("dateline", place, block.start, "high", "place before the text")
        named = re.search(r"\(([^()]+)\)$", place)
        if named and not _is_place(named.group(1)):
            origin = find_agency_name(named.group(1)) or named.group(1)
            yield Finding("origin", origin, block.start, "high", "credit in the dateline")
    stamp = STAMPED.match(block.text) if len(block.text) <= 100 else None
    if stamp:
        published = read_published(stamp["date"])
        later = (stamp["label"] or "").casefold() in LATER
        why = "stamp of an update" if later else "date stamp"
        yield Finding("published", published.date or "", block.start, "medium" if later else "high", why)


def _read_credit_line(block: Block) -> Iterator[Finding]:
    if len(block.text) > 600:
        return
    staff = STAFF.match(block.text)
    if staff:
        yield Finding("byline", staff["byline"], block.start, "medium", "note on the author")
        yield from _name_publisher(staff["source"], block, "high", "note on the author")
    owner = COPYRIGHT.match(block.text)
    if owner:
        yield from _name_publisher(owner["source"], block, "low", "copyright notice")
    reprint = REPRINT.match(block.text)
    if reprint:
        yield Finding("origin", reprint["origin"], block.start, "high", "note on first publication")


def _name_publisher(name: str | None, block: Block, sure: str, why: str) -> Iterator[Finding]:
    """Take a name for the publisher, or for the origin where it is an agency's."""
    name = re.sub(r"^(?:the )", "", (name or "").strip().rstrip("."))
    if name:
        agency = find_agency_name(name)
        yield Finding("origin" if agency else "source", agency or name, block.start, sure, why)


def _is_place(words: str) -> bool:
    return words in lexicon_index("places")
