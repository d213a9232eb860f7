"""What changed in the findings of all published reports, as an Atom feed for those who watch; it is its own memory."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from helpers.language.invisible import mark_invisible
from helpers.store.files import write_file

FEED = "feed.xml"
KEPT = 100  # entries of a feed
ATOM, OWN = "http://www.w3.org/2005/Atom", "urn:synoptic"
TOLD = 3  # new findings that an entry tells


class Entry(NamedTuple):
    """A change in the findings of one story: when, which findings there are since, and what a reader is told."""

    story: str
    title: str
    updated: str
    findings: tuple[str, ...]
    summary: str


def read_feed(path: Path) -> list[Entry]:
    """Read the entries of a feed, the newest first; none where there is no feed or it cannot be read."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import parse

    try:
        root = parse(path).getroot()
    except (OSError, ElementTree.ParseError, DefusedXmlException):
        return []
    found = []
    for element in root.iter(f"{{{ATOM}}}entry"):
        held = element.find(f"{{{OWN}}}findings")
        texts = [element.findtext(f"{{{ATOM}}}{name}") or "" for name in ("title", "updated", "summary")]
        if held is not None and held.get("story"):
            found.append(Entry(held.get("story"), texts[0], texts[1], tuple((held.text or "").split()), texts[2]))
    return found


def renew_entries(entries: list[Entry], stories: list[dict], now: str) -> list[Entry]:
    """Put an entry before the others for each story whose findings are not those of its last entry.

    `stories` are as `index.describe_report` gives them; one that cannot be read changes nothing.
    """
    last = {entry.story: entry for entry in reversed(entries)}
    fresh = []
    for story in (story for story in stories if not story["broken"]):
        before = last.get(story["folder"])
        ids = tuple(sorted(story["findings"]))
        if before is None or before.findings != ids:
            fresh.append(Entry(story["folder"], story["title"], now, ids, _summarise(story, before)))
    return [*fresh, *entries][:KEPT]


def _summarise(story: dict, before: Entry | None) -> str:
    """Say what changed since the entry before: the new findings in their order, and how many are gone."""
    found = story["findings"]
    if before is None:
        first = next(iter(found.values()), None)
        return f"{len(found)} {'finding' if len(found) == 1 else 'findings'}. {first or ''}".strip()
    new = [text for key, text in found.items() if key not in before.findings]
    gone = sum(key not in found for key in before.findings)
    told = [f"New: {text}" for text in new[:TOLD]]
    told += [f"{len(new) - TOLD} more are new."] if len(new) > TOLD else []
    return " ".join([*told, *([f"No longer found: {gone}."] if gone else [])])


def write_feed(path: Path, entries: list[Entry]) -> None:
    """Write a feed, unless it says the same already or has nothing to say."""
    if not entries:
        return
    ElementTree.register_namespace("", ATOM)
    ElementTree.register_namespace("synoptic", OWN)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(root, "title", "What changed in the findings")
    _add(root, "id", f"{OWN}:findings")
    _add(root, "updated", max(entry.updated for entry in entries))
    _add(_add(root, "author"), "name", "Synoptic")
    for entry in entries:
        _add_entry(root, entry)
    ElementTree.indent(root, " ")
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    if not (path.is_file() and path.read_bytes() == content):
        write_file(path, content)


def _add_entry(root: ElementTree.Element, entry: Entry) -> None:
    element = _add(root, "entry")
    digest = hashlib.sha256("\n".join([entry.updated, *entry.findings]).encode("utf-8")).hexdigest()[:12]
    story = hashlib.sha256(entry.story.encode("utf-8", "replace")).hexdigest()[:12]
    _add(element, "title", entry.title)
    _add(element, "id", f"{OWN}:{story}:{digest}")
    _add(element, "updated", entry.updated)
    _add(element, "link").set("href", f"{_quote(entry.story)}/index.html")
    _add(element, "summary", entry.summary)
    held = ElementTree.SubElement(element, f"{{{OWN}}}findings", story=mark_invisible(entry.story))
    held.text = " ".join(entry.findings)


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = None if text is None else mark_invisible(text)
    return element


def _quote(folder: str) -> str:
    from urllib.parse import quote

    return quote(folder.encode("utf-8", "replace"))
