"""What an export or a message says of one article above and below its text: title, publisher, date, author."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helpers.articles.documents import Document
from helpers.articles.stamps import read_published
from helpers.passages.envelopes import Field, is_frame, read_bound, read_field
from helpers.passages.lines import DATELINE

COPYRIGHT = re.compile(r"^\W*(?:©|\(c\)|copyright)\W*(?:©|\(c\))?(?: \d{4}|,|\.|-\d{4})*\s*(?P<owner>[^.]*)", re.I)
RIGHTS = re.compile(r"\s*(?:ltd|limited|inc|llc|plc|gmbh|all rights reserved|provided by .*)\b.*$", re.I)
WORDS = re.compile(r"^[\d,.]+ words?$", re.I)
CODE = re.compile(r"^(?:[A-Z0-9]{1,8}|English)$")
PARTED = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+|\s{3,}")
NUMBERED = re.compile(r"(?:,? (?i:no|vol|issue)\.? ?\d.*|\s*\((?:[A-Z]{2,8}|[^(),]{1,40}, [^()]{1,40}|site web)\))$")
BYLINE = re.compile(r"^by (?P<name>[^\W\d_][\w.'’-]+(?: [\w.'’-]+){0,7})(?:, (?P<source>[^,]{2,60}))?$", re.I)
DAY = re.compile(
    r"^(?:(?:published|posted|updated|date)(?: on| at)?:? )?(?:[a-z]+day,? )?(?:\d{1,2}(?:st|nd|rd|th)?\.? [a-z]{3,9}\.?,? \d{4}"
    r"|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
    r"(?:,? (?:[a-z]+day|\d{1,2}[:.]\d\d.{0,20}|(?:first|final|late|city|national|[a-z]+) edition))*$",
    re.I,
)
ADDRESS = re.compile(r"https?://\S+$")
COUNTED = re.compile(r"^(?:article|text|story|source|item|no\.?)? ?#?\d{1,3} ?[:.)–-] +", re.I)
SHIFTED = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr) ?: *)+", re.I)
FINISHED = re.compile(r"[.!?…][\"'”’)\]»]*$")
LONGEST_HEAD = 30  # paragraphs above the text of an article
LONG = 90  # characters from which a finished line is running text
LONGEST_NAME = 6  # words of a publisher
FEWEST_WORDS = 8  # of running text, in a finished line


@dataclass
class Envelope:
    """The fields found around one article, the lines that no label names, and the paragraphs of its text."""

    fields: dict[str, str] = field(default_factory=dict)
    sure: dict[str, str] = field(default_factory=dict)
    loose: list[tuple[int, str]] = field(default_factory=list)
    days: list[tuple[int, str]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    body: list[str] = field(default_factory=list)

    def keep(self, name: str, value: str, sure: str = "high") -> None:
        """Keep the first value of a field."""
        if value.strip() and name not in self.fields:
            self.fields[name], self.sure[name] = " ".join(value.split()), sure

    def marks(self) -> int:
        """Count what shows that lines are an envelope: labels, days and counts of words that stand alone."""
        return len(self.labels) + len(self.days[:1]) + len(self.counts[:1]) + len(self.owners[:1])


def read_envelope(paragraphs: list[str]) -> Envelope:
    """Read the envelope of one article: what stands above its text, what below it, and the text between."""
    found = Envelope()
    paragraphs = _pair_codes(paragraphs)
    start = _read_head(paragraphs, found)
    end = _read_foot(paragraphs, start, found)
    found.body += [text for line in paragraphs[start:end] if (text := _strip_code(line))]
    _name_loose(found)
    return found


def make_document(found: Envelope, given: Document, origin: str) -> Document:
    """Make the article that an envelope holds: its title above its text, what is said of it as metadata."""
    title = found.fields.get("title", "")
    if title and found.body and " ".join(found.body[0].split()) == title:
        found.body = found.body[1:]
    text = "\n\n".join(filter(None, [title, *found.body]))
    metadata = {name: found.fields[name] for name in ("title", "source", "byline", "published") if name in found.fields}
    notes = list(given.notes)
    if "published" in metadata:
        published = read_published(metadata["published"])
        notes += [published.why] if published.why else []
        metadata["published"] = published.date or ""
    for name, value in given.metadata.items():
        metadata.setdefault(name, value)
    url = found.fields.get("url") or given.url
    skipped = None if found.body else "no text in this document of the export"
    sure = {name: how for name, how in found.sure.items() if name in metadata and how != "high"}
    metadata = {name: value for name, value in metadata.items() if value}
    return Document(text if found.body else "", metadata, url, None, skipped, notes, origin, sure)


def _pair_codes(paragraphs: list[str]) -> list[str]:
    """Put the code of a field that stands in a line of its own before its value."""
    paired: list[str] = []
    code = ""
    for line in paragraphs:
        label = read_field(line)
        if label is not None and label.mark == "code" and not label.value:
            code = line
        else:
            paired.append(f"{code}  {line}" if code else line)
            code = ""
    return [*paired, code] if code else paired


def _strip_code(line: str) -> str:
    label = read_field(line)
    return label.value if label is not None and label.mark == "code" and label.holds == "body" else line


def _read_head(paragraphs: list[str], found: Envelope) -> int:
    """Read the lines above the text; give the number of the paragraph that the text begins with."""
    opened = _find_opening(paragraphs)
    start = 0
    for number, line in enumerate(paragraphs[: LONGEST_HEAD if opened is None else opened + 1]):
        label = read_field(line)
        if label is not None and label.holds == "body":
            found.labels.add(label.label)
            found.body += [label.value] if label.value else []
            start = number + 1
            if label.mark != "code":
                return start
        elif _read_line(line, label, number, found):
            start = number + 1
        elif opened is None and _is_running(line):
            break
        elif not is_frame(line) and not (found.body and label is None):
            found.loose.append((number, line))
    start = start if opened is None else max(start, opened + 1)
    found.loose = [(number, line) for number, line in found.loose if number < start]
    return start


def _find_opening(paragraphs: list[str]) -> int | None:
    """Find the line that says where the text begins; None where none says so."""
    for number, line in enumerate(paragraphs):
        label = read_field(line)
        if label is not None and label.holds == "body":
            return number
    return None


def _read_line(line: str, label: Field | None, number: int, found: Envelope) -> bool:
    """Read one line of an envelope into it; say whether it is one."""
    owner = COPYRIGHT.match(line)
    if label is not None and label.label != "documents":
        found.labels.add(label.label)
        _keep_field(label, found)
    elif owner and len(line) < 250:
        found.owners.append(RIGHTS.sub("", owner["owner"]).strip(" ,;-"))
    elif WORDS.match(line):
        found.counts.append(number)
    elif ADDRESS.match(line):
        found.keep("url", line)
    elif DAY.match(line) and len(line) < 90:
        found.days.append((number, line))
    elif number and CODE.match(line) and found.days:
        pass
    else:
        return _read_parted(line, number, found) or _read_byline(line, found)
    return True


def _keep_field(label: Field, found: Envelope) -> None:
    value = label.value
    if label.holds == "loaded":
        found.keep("loaded", value)
    elif label.mark == "mail" or (label.label == "subject" and "from" in found.labels):
        _keep_mail(label.label, value, found)
    elif label.holds == "source":
        found.keep("source", name_publisher(value), "high")
    elif label.holds:
        found.keep(label.holds, trim_author(value) if label.holds == "byline" else value)


def _keep_mail(label: str, value: str, found: Envelope) -> None:
    if label == "from":
        found.keep("source", name_sender(value), "medium")
    elif label in ("sent", "subject"):
        found.keep("published" if label == "sent" else "title", SHIFTED.sub("", value))


def name_publisher(value: str) -> str:
    """Give a publisher's name without the number of the issue, its code or its place behind it."""
    return NUMBERED.sub("", COUNTED.sub("", value.strip(" *_#")))


def trim_author(value: str) -> str:
    """Give the name of an author without «By» and without the office behind it."""
    return re.sub(r"^by:? ", "", value.partition(";")[0].strip(), flags=re.I)


def name_sender(value: str) -> str:
    """Name who sent a message: the name before the address, else the address."""
    name = re.split(r"[<\[(]", value)[0].strip(" \"'")
    return name or value.strip("<>[]() ")


def part_line(line: str) -> list[str]:
    """Part a line into the fields that stand side by side in it: «Kelmar Herald, March 5, 2025» into two."""
    pieces = [piece for piece in PARTED.split(line.strip()) if piece]
    if len(pieces) == 1 and len(line) < 120 and not DAY.match(line):
        commas = [found.start() for found in re.finditer(", ", line)]
        place = next((place for place in commas if DAY.match(line[place + 2 :])), None)
        return [line[:place], line[place + 2 :]] if place else pieces
    return pieces


def _read_parted(line: str, number: int, found: Envelope) -> bool:
    """Read a line of several fields side by side, as «March 5, 2025 | Kelmar Herald | Author: Ilse Varga»."""
    pieces = part_line(line)
    days = [piece for piece in pieces if DAY.match(piece)]
    if len(pieces) < 2 or not days or len(line) > 250:
        return False
    found.days.append((number, days[0]))
    for piece in pieces:
        label = read_field(piece)
        if label is not None:
            _keep_field(label, found)
        elif not (DAY.match(piece) or WORDS.match(piece)):
            found.keep("source", name_publisher(piece), "medium")
    return True


def _read_byline(line: str, found: Envelope) -> bool:
    byline = BYLINE.match(line) if len(line) <= 120 else None
    if not byline:
        return False
    found.keep("byline", byline["name"])
    if byline["source"]:
        found.keep("source", byline["source"], "medium")
    return True


def _is_running(line: str) -> bool:
    """Say whether a line is running text: finished and long enough for a sentence, or opened by the place of a report."""
    finished = bool(FINISHED.search(line))
    return (finished and (len(line) >= LONG or len(line.split()) >= FEWEST_WORDS)) or bool(DATELINE.match(line))


def _read_foot(paragraphs: list[str], start: int, found: Envelope) -> int:
    """Read the lines below the text; give the number of the paragraph behind the text."""
    end = len(paragraphs)
    while end > start:
        line = paragraphs[end - 1]
        label = read_field(line)
        owner = COPYRIGHT.match(line) if len(line) < 250 else None
        if label is not None:
            found.labels.add(label.label)
            _keep_field(label, found)
        elif owner:
            found.owners.append(RIGHTS.sub("", owner["owner"]).strip(" ,;-"))
        elif not (read_bound(line) or is_frame(line) or WORDS.match(line)):
            break
        end -= 1
    return end


def _name_loose(found: Envelope) -> None:
    """Tell which of the lines without a label is the publisher, which the title and which the author."""
    loose = list(found.loose)
    if found.days:
        found.keep("published", found.days[0][1])
    found.keep("published", found.fields.get("loaded", ""), "medium")
    publisher = _find_publisher(loose, found)
    if publisher is not None:
        found.keep("source", name_publisher(publisher[1]), "medium" if not _owns(publisher[1], found) else "high")
        loose.remove(publisher)
    found.keep("source", found.fields.get("owner", ""), "medium")
    title = next((one for one in loose if len(one[1].split()) >= 4), None) or max(
        loose, key=lambda one: len(one[1].split()), default=None
    )
    if title is not None and "title" not in found.fields:
        found.keep("title", title[1])
        loose.remove(title)
    counted = found.counts[0] if found.counts else None
    author = next((one for one in reversed(loose) if counted is not None and one[0] == counted - 1), None)
    if author is not None:
        found.keep("byline", trim_author(author[1]), "medium")


def _find_publisher(loose: list[tuple[int, str]], found: Envelope) -> tuple[int, str] | None:
    """Find the line that names the publisher: who owns the copyright, else the line beside the day."""
    if "source" in found.fields:
        same = [one for one in loose if one[1].casefold() == found.fields["source"].casefold()]
        return same[0] if same else None
    owners = [one for one in loose if _owns(one[1], found)]
    if owners or not found.days:
        return owners[0] if owners else None
    day = found.days[0][0]
    above, below = day - 1, day + 1
    short = [one for one in loose if len(one[1].split()) <= LONGEST_NAME]
    if below in dict(loose) and any(count == above for count in found.counts):
        return below, dict(loose)[below]
    if above in dict(short) and (len(loose) > 1 or "title" in found.fields):
        return above, dict(loose)[above]
    return short[0] if len(loose) > 1 and short else None


def _owns(line: str, found: Envelope) -> bool:
    name = name_publisher(line).casefold()
    return len(name) > 2 and any(name in owner.casefold() for owner in found.owners)
