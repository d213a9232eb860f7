"""Collections of web archives (.wacz), as browsers' recorders save them."""

from __future__ import annotations

import json

from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.office.packages import Package, list_members
from helpers.articles.formats.registry import Format
from helpers.articles.formats.web_archive import read_warc

ARCHIVES = "archive/"
PAGES = "pages/pages.jsonl"


def read_wacz(raw: bytes, name: str, limits: Limits) -> list[Document]:
    """Read the pages of a collection: those that its list of pages names, or all where it has no such list."""
    package = Package(raw, "collection of web archives", limits)
    archives = sorted(member for member in list_members(raw) if _is_archive(member))
    if not archives:
        raise FormatError("a collection without a web archive in it")
    documents: list[Document] = []
    for member in archives[: limits.members]:
        documents += read_warc(package.read(member), member.rpartition("/")[2], limits)
    visited = _list_pages(package) if PAGES in list_members(raw) else set()
    pages = [document for document in documents if document.skipped or document.url in visited]
    return pages if any(not document.skipped for document in pages) else documents


def _is_archive(member: str) -> bool:
    return member.startswith(ARCHIVES) and member.lower().endswith((".warc", ".warc.gz"))


def _list_pages(package: Package) -> set[str]:
    """List the addresses of the pages that somebody visited; the archive also holds what these loaded."""
    found = set()
    for line in package.read(PAGES).split(b"\n"):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            found.add(entry["url"])
    return found


FORMAT = Format(
    "collections of web archives",
    (".wacz",),
    "one article a page",
    read_wacz,
    lambda raw: any(_is_archive(member) for member in list_members(raw)),
)
