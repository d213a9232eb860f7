"""The lines of an article on their way to passages, and the signs by which a line shows what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.language.lexicons import lexicon_index, load_lexicon

BULLET = re.compile(r"^\s*[•‣▪●◦*·–-]\s+\S")
NUMBERED = re.compile(r"^(?P<number>\d{1,3})[.)] ")
LABEL = re.compile(r"^\W*(?P<label>[A-Za-z][A-Za-z'’ ]{0,16}?)\s*(?::|\||—|–|--)\s*\S")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
PLACE_IN_CAPITALS = r"[A-Z][A-Z.'’/ -]{2,40}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?){0,2}"
PLACE = r"[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?){0,2}"
DAY = rf"(?:,? (?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:, \d{{4}})?)"
IN_BRACKETS = r"\([A-Z][\w ./-]{1,25}\)"
DASH = r"\s*(?:(?::|–|--?|_)\s+|—\s*)"
DATELINE = re.compile(
    rf"^(?P<dateline>(?:{PLACE_IN_CAPITALS}{DAY}?(?: {IN_BRACKETS})?|(?:{PLACE}{DAY}? )?{IN_BRACKETS}){DASH})(?=\S)"
)
INSIDE_PLACES = {"of", "and", "the", "on", "upon", "in", "de"}
STAMP_WHY = "date stamp"
TURN_WHY = "who speaks, and when"
TIME = r"[(\[]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[)\]]?"
NAMED = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}(?: \d{1,2})?"
SPEAKER = re.compile(
    rf"[“\"'‘ ]*(?:{TIME}\s+)?(?P<name>[A-Z][A-Z.’' -]*[A-Z])(?:,[A-Z0-9 ,.&/’'()-]+)?(?: ?\([^)]{{1,40}}\))?(?P<colon>:)(?:\s+(?=\S)|\s*$)"
)
ASKED = re.compile(r"(?P<name>Q|A|Question|Answer|QUESTION|ANSWER)(?P<colon>[:.])\s+(?=\S)")
TURN_LINE = re.compile(rf"(?:{TIME}\s+(?P<later>{NAMED}):?|(?P<name>{NAMED})(?:,? | - |\s*:\s*|\s+){TIME}:?)$")
BYLINE_WHY = "author line"


@dataclass
class Block:
    """A line of an article on its way to a passage."""

    start: int
    end: int
    text: str
    kind: str = "body"
    why: str = "running text"
    place: int = 0  # length of the dateline that the line opens with


def cut_lines(text: str) -> list[Block]:
    """Cut a text into its lines, white space around them left out."""
    blocks, position = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = position + line.index(bare)
            blocks.append(Block(start, start + len(bare), bare))
        position += len(line) + 1
    return blocks


def fold_line(line: str) -> str:
    """Fold a line to what tells a headline from another: its words, without case and marks."""
    return re.sub(r"\W+", " ", line).strip().casefold()


def is_headline(line: str) -> bool:
    """Say whether a line could be a headline: short, one sentence at most, not ending as running text does."""
    words = len(line.split())
    return 2 <= words <= 24 and len(line) <= 180 and not re.search(r"[.;:,…]['\"”’)\]]*$", line)


def is_title_case(line: str) -> bool:
    """Say whether a line sets its words with capitals, as many headlines do and no sentence does."""
    words = re.findall(r"[^\W\d_][\w'’-]{3,}", line)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def is_list_item(line: str) -> bool:
    """Say whether a line is an item of a list rather than a broken-off sentence."""
    return bool(BULLET.match(line)) or bool(NUMBERED.match(line))


def find_turn_line(line: str) -> tuple[int, int] | None:
    """Find who speaks where a line only says that and when: «Tomas Berel  0:14»; None where it is another line."""
    found = TURN_LINE.match(line)
    return found.span("name" if found["name"] else "later") if found else None


def read_label(line: str) -> str | None:
    """Say what a label in front of a line is ("UPDATE:"), which is not the place of a dateline; None without one."""
    found = LABEL.match(line)
    row = lexicon_index("line_labels").get(found["label"].upper().replace("’", "'")) if found else None
    return row["why"] if row else None


def find_dateline(line: str) -> str | None:
    """Find the place, day or agency that stands before the text of a line, with its dash; None without one."""
    found = DATELINE.match(line) or _agency_in_brackets().match(line)
    if not found or read_label(line):
        return None
    # A lead-in or an exclamation in capitals is a sentence; names of places have few words, and of these few small ones.
    words = re.findall(r"[^\W\d_][\w'’.-]*", found.group().partition("(")[0].partition(",")[0])
    small = [word for word in words if word.casefold() in lexicon_index("function_words")]
    return None if len(words) > 5 or set(map(str.casefold, small)) - INSIDE_PLACES else found.group()


def find_datelines(lines: list[str]) -> list[str | None]:
    """Find the dateline of each line of a text; what stands before several lines is a speaker and no place."""
    found = [find_dateline(line) for line in lines]
    often = {place for place in found if place and found.count(place) > 1}
    labels = [place for place in found if place and place.rstrip().endswith(":")]
    often |= set(labels) if len(labels) > 1 else set()
    return [None if place in often else place for place in found]


def _agency_in_brackets() -> re.Pattern:
    """Give the pattern of an agency in brackets before the text, which needs no dash."""
    if not _COMPILED:
        names = "|".join(sorted((re.escape(row["entry"]) for row in load_lexicon("agencies")), key=len, reverse=True))
        _COMPILED.append(re.compile(rf"^(?:{PLACE}{DAY}? )?\((?:{names})\)\s*(?=[A-Z“\"‘'])"))
    return _COMPILED[0]


_COMPILED: list[re.Pattern] = []
