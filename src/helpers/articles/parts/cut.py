"""Cut what one file gave into its articles, each with its own title, publisher, date, author and place in the file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from helpers.articles.capitals import fold_capitals
from helpers.articles.documents import Document
from helpers.articles.parts.envelope import Envelope, make_document, read_envelope
from helpers.articles.parts.pasted import find_pasted
from helpers.passages.envelopes import read_bound, read_field
from helpers.passages.lines import fold_line
from helpers.passages.paragraphs import Joined, join_lines

FEWEST_WORDS = 25  # of the text of one article of a file of several
FEWEST_MARKS = 3  # fields that make the head of a text an envelope, where nothing else shows an export
HEAD = 12  # paragraphs in which these must stand
LISTED = re.compile(r"^(?P<number>\d{1,4})\. (?P<title>\S.{9,})$")
COUNTED = re.compile(r"^(?:(?:document )?\d+ of (?P<of>\d+)(?: documents?)?|documents \((?P<all>\d+)\))$", re.I)


class Part(NamedTuple):
    """The lines [first, end) of a file, counted from 0, that hold one of its articles."""

    first: int
    end: int


def split_document(document: Document) -> list[Document]:
    """Split what one file gave into its articles; what holds one stays one, its wrapped lines joined.

    The articles of an export are told by the lines that services set between them, those of a forwarded message by its
    heads, those pasted below one another by their headlines with an author, a day or a publisher. A document that an
    export lists and does not hold is a row that says so.
    """
    if document.skipped or document.is_whole or not document.text.strip():
        return [document]
    folded = fold_capitals(document.text)
    if folded is not None:
        document.text = folded
        document.notes.append("the text is set in capitals; it was written with small letters before anything was read")
    lines = document.text.split("\n")
    parts, of = _find_parts(lines)
    if len(parts) > 1 or of:
        found = _read_parts(document, lines, parts, of)
        if found:
            return found
    joined = join_lines(document.text)
    pasted = find_pasted(joined.paragraphs, len(lines))
    if len(pasted) > 1:
        return _read_pasted(document, lines, [Part(*span) for span in pasted])
    alone = _read_alone(document, joined)
    return [alone or _note_joined(document, joined)]


def _find_parts(lines: list[str]) -> tuple[list[Part], str | None]:
    """Find the stretches between the lines that an export or a mail program sets between articles, and which of the two."""
    bounds = [
        (number, bound) for number, line in enumerate(lines) if (bound := read_bound(line)) and bound.of != "rule"
    ]
    if not bounds:
        return [], None
    starts = {0}
    for number, bound in bounds:
        behind = number + 1
        if bound.side == "after":
            while behind < len(lines) and _closes(lines[behind]):
                behind += 1
        starts.add(behind if bound.side == "after" else number)
    ordered = sorted(start for start in starts if start < len(lines))
    return [Part(*pair) for pair in zip(ordered, [*ordered[1:], len(lines)], strict=True)], bounds[0][1].of


def _closes(line: str) -> bool:
    """Say whether a line behind the end of an article still belongs to it: empty, or the notice of its copyright."""
    return not line.strip() or bool(re.match(r"\W*(?:©|\(c\)|copyright)", line.strip(), re.I))


def _read_parts(document: Document, lines: list[str], parts: list[Part], of: str | None) -> list[Document]:
    """Read each stretch that is an article; covers, lists and notices of the service are none."""
    origin = "the message" if of == "mail" else "the export"
    # Who hands a message on, and when, is nothing that its article says.
    given = replace(document, metadata={}) if of == "mail" else document
    covers = _read_covers(lines)
    kept: list[tuple[Part, Envelope, Joined]] = []
    for part in parts:
        own = _strip_cover(lines, part)
        joined = join_lines("\n".join(line for line in lines[own.first : own.end] if not _is_bound(line)))
        envelope = read_envelope([line.text for line in joined.paragraphs])
        if _is_article(envelope, of):
            kept.append((own, envelope, joined))
    if not kept or (of == "mail" and len(kept) + (parts[0].first == parts[0].end) < 1):
        return []
    found = [
        _note_joined(_place(make_document(envelope, given, origin), lines, part, number, len(kept)), joined)
        for number, (part, envelope, joined) in enumerate(kept, 1)
    ]
    return found + _tell_missing(found, covers, lines)


def _is_bound(line: str) -> bool:
    bound = read_bound(line)
    return bound is not None and bound.of != "rule"


def _is_article(envelope: Envelope, of: str | None) -> bool:
    words = sum(len(paragraph.split()) for paragraph in envelope.body)
    if of == "mail":
        return "from" in envelope.labels and words >= FEWEST_WORDS // 2
    return envelope.marks() >= 2 and (words >= FEWEST_WORDS // 2 or envelope.marks() > FEWEST_MARKS)


def _strip_cover(lines: list[str], part: Part) -> Part:
    """Leave the cover of an export out of the stretch of its first article."""
    first = part.first
    for number in range(part.first, part.end):
        label = read_field(lines[number])
        if label is not None and (label.mark == "cover" or label.label == "search terms"):
            first = number + 1
    return Part(first, part.end)


def _read_covers(lines: list[str]) -> list[str]:
    """List the titles that the cover of an export announces."""
    last = max((n for n, line in enumerate(lines) if (f := read_field(line)) and f.mark == "cover"), default=-1)
    return [found["title"] for line in lines[: last + 1] if (found := LISTED.match(line.strip()))]


def _tell_missing(found: list[Document], covers: list[str], lines: list[str]) -> list[Document]:
    """Give a row for each document that an export announces and does not hold."""
    titles = {fold_line(document.metadata.get("title", "")) for document in found}
    missing = [title for title in covers if fold_line(title) not in titles] if len(covers) > len(found) else []
    told = [
        Document("", {"title": title}, skipped="listed on the cover of the export, and not in the file", name="missing")
        for title in missing
    ]
    announced = {int(m["of"] or m["all"]) for line in lines if (m := COUNTED.match(line.strip()))}
    short = max(announced, default=0) - len(found) - len(told)
    if not told and short > 0:
        reason = f"the export counts {max(announced)} documents; {short} of them are not in the file"
        told.append(Document("", skipped=reason, name="missing"))
    return told


def _place(document: Document, lines: list[str], part: Part, number: int, count: int) -> Document:
    """Say where in the raw file an article stands."""
    first, end = part
    while first < end and not lines[first].strip():
        first += 1
    while end > first and not lines[end - 1].strip():
        end -= 1
    if count > 1:
        document.place = f"article {number} of {count}, lines {first + 1} to {end}"
    return document


def _note_joined(document: Document, joined: Joined) -> Document:
    note = joined.tell()
    if note:
        document.notes.append(note)
        if document.text and document.origin not in ("the export", "the message", "the head of the article"):
            document.text = joined.text
    return document


def _read_pasted(document: Document, lines: list[str], parts: list[Part]) -> list[Document]:
    """Read articles that were pasted one below the other, each with what its head says."""
    found = []
    for number, part in enumerate(parts, 1):
        joined = join_lines("\n".join(lines[part.first : part.end]).strip("\n") + "\n")
        paragraphs = [one for one in [line.text for line in joined.paragraphs] if read_bound(one) is None]
        envelope = read_envelope(paragraphs)
        origin = "the head of the article"
        if envelope.labels or envelope.days or {"source", "url"} & envelope.fields.keys():
            own = make_document(envelope, document, origin)
        else:
            own = Document("\n\n".join(paragraphs), dict(document.metadata), document.url, notes=list(document.notes))
            own.origin = document.origin
        found.append(_note_joined(_place(own, lines, part, number, len(parts)), joined))
    return found


def _read_alone(document: Document, joined: Joined) -> Document | None:
    """Read a text of one article that stands in an envelope; None where it has none."""
    paragraphs = [line.text for line in joined.paragraphs]
    labels = {label.label: label.mark for line in paragraphs[:HEAD] if (label := read_field(line))}
    sure = sum(mark in ("strong", "code") for mark in labels.values())
    if len(labels) < FEWEST_MARKS and sure < 2:
        return None
    found = read_envelope(paragraphs)
    if not found.body or sum(len(one.split()) for one in found.body) < FEWEST_WORDS // 2:
        return None
    return _note_joined(make_document(found, document, "the head of the article"), joined)
