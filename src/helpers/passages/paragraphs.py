"""Lines are not paragraphs: a text that a mail program, a page or a scanner broke into lines is joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from helpers.language.dictionary import UNKNOWN, find_word_class
from helpers.language.lexicons import lexicon_index
from helpers.passages.envelopes import is_field, is_frame, read_bound
from helpers.passages.furniture import is_furniture_of
from helpers.passages.lines import ASKED, BULLET, BYLINE_WHY, SPEAKER, STAMP_WHY, find_turn_line

FINISHED = re.compile(r"[.!?:;…][\"'”’)\]»]*$")
HYPHENATED = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]$")
QUOTED = re.compile(r"^(?:> ?)+")
ALONE = frozenset({BYLINE_WHY, STAMP_WHY, "bare link", "ornament", "copyright notice"})
CLOCK = re.compile(r"\d:\d\d")
WIDEST = 140  # characters of a line, beyond which nothing was wrapped
NARROWEST = 24
FEWEST_OPEN = 2  # lines that surely go on in the next, below which a text is taken as it stands
OPEN_SHARE = 0.25  # of the lines that another follows
INDENTED = 2  # spaces by which the first line of a paragraph stands in
QUOTED_SHARE = 0.6
NEARLY = 0.75  # of a full line, below which one is no full line by any measure
APART_SHARE = 0.15  # of the lines have an empty one above them, in a text that sets its paragraphs apart


class Line(NamedTuple):
    """A line of a file with its number, counted from 0."""

    number: int
    text: str


class Joined(NamedTuple):
    """A text with its paragraphs joined, the line that each begins with, and what was done to the text."""

    text: str
    paragraphs: list[Line]
    lines: int = 0
    hyphens: int = 0
    frames: int = 0

    def tell(self) -> str | None:
        """Say in a note what was done; None where the text is as it was."""
        if not (self.lines or self.frames):
            return None
        told = [(self.lines, "line ends joined into paragraphs"), (self.hyphens, "hyphens at line ends bridged")]
        told.append((self.frames, "lines of the pages' frame (running heads, numbers, print stamps) left out"))
        return ", ".join(f"{count} {what}" for count, what in told if count)


def join_lines(text: str) -> Joined:
    """Join the lines of a text that was wrapped into its paragraphs; any other text is given back as it is.

    A line surely goes on where it has no full stop and the next begins with a small letter; from these lines the width
    of the text is learned. Any other line goes on where the first word of the next had found no room in it.
    """
    filled = [line for line in text.split("\n") if line.strip()]
    going_on = sum(_surely_goes_on(QUOTED.sub("", a), QUOTED.sub("", b) or b) for a, b in pairwise(filled))
    if going_on < FEWEST_OPEN:
        return _leave(text)
    lines, frames = _drop_frames(_unquote(text))
    spread = _is_double_spaced(lines)
    if spread:
        lines = [line for line in lines if line.text.strip()]
    room = _learn_width(lines)
    if room is None:
        return _leave(text)
    apart = not spread and _sets_paragraphs_apart(lines)
    paragraphs = _gather(lines, room, int(NEARLY * room) if apart else room)
    words = _count_words([line.text for line in lines])
    hyphens = 0
    joined = []
    for paragraph in paragraphs:
        whole, bridged = _join_paragraph([line.text for line in paragraph], words)
        joined.append(Line(paragraph[0].number, whole))
        hyphens += bridged
    ends = sum(len(paragraph) - 1 for paragraph in paragraphs)
    return Joined("\n\n".join(line.text for line in joined) + "\n", joined, ends, hyphens, frames)


def _leave(text: str) -> Joined:
    """Leave a text as it is, each of its lines a paragraph."""
    return Joined(text, [Line(number, line.strip()) for number, line in enumerate(text.split("\n")) if line.strip()])


def _gather(lines: list[Line], full: int, room: int) -> list[list[Line]]:
    """Gather the lines of each paragraph, where `full` is how many characters are a full line.

    Within a stretch between empty lines less `room` may do; the first stretch, and one behind a wide gap, may be the head
    of an article, whose lines are no paragraph.
    """
    paragraphs: list[list[Line]] = []
    head = True
    for above, line, gap in _walk(lines):
        if gap and above is not None:
            head = line.number - above.number > 2 or read_bound(above.text) is not None
        goes_on = above is not None and _surely_goes_on(above.text, line.text)
        if above is None or (gap and not goes_on) or _begins_anew(above.text, line.text, full if head else room):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def join_paragraph(lines: list[str]) -> str:
    """Join the lines of one paragraph, a hyphen at the end of a line bridged."""
    return _join_paragraph(lines, _count_words(lines))[0]


def drop_running_heads(pages: list[list[str]]) -> tuple[list[list[str]], int]:
    """Leave out of each page what stands at its edge on others too, its number apart, and the frame of a print."""
    edges = _find_running_heads(pages)
    kept = [[line for line in page if not (_fold_number(line) in edges or is_frame(line))] for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _find_running_heads(pages: list[list[str]]) -> set[str]:
    """Find the lines, folded, that stand at the edges of several pages."""
    edges = Counter(key for page in pages for key in {_fold_number(line) for line in _edge(page)})
    return {key for key, count in edges.items() if count > 1 and key and read_bound(key) is None}


def _edge(page: list[str]) -> list[str]:
    return [*page[:2], *page[-2:]]


def _fold_number(line: str) -> str:
    return re.sub(r"\d+", "0", line).strip().casefold()


def _unquote(text: str) -> str:
    """Take the marks of a quoted message away where most lines have them."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or sum(line.startswith(">") for line in lines) < QUOTED_SHARE * len(lines):
        return text
    return "\n".join(QUOTED.sub("", line) for line in text.split("\n"))


def _drop_frames(text: str) -> tuple[list[Line], int]:
    pages: list[list[Line]] = [[]]
    for number, line in enumerate(text.split("\n")):
        for place, piece in enumerate(line.split("\f")):
            if place:
                pages.append([])
            pages[-1].append(Line(number, piece))
    edges = _find_running_heads([[line.text for line in page if line.text.strip()] for page in pages])
    repeated = Counter(_fold_number(line.text) for page in pages for line in page if _may_be_running(line.text))
    kept, dropped = [], 0
    for page in pages:
        for line in page:
            key = _fold_number(line.text)
            running = key in edges or is_frame(line.text) or (repeated[key] > 2 and _may_be_running(line.text))
            dropped += running
            kept += [] if running else [line]
    return kept, dropped


def _may_be_running(line: str) -> bool:
    """Say whether a line could be a running head: short, with a number at its edge that is no time, and no full stop."""
    bare = line.strip()
    numbered = (bare[:1].isdigit() or bare[-1:].isdigit()) and not CLOCK.search(bare)
    return numbered and len(bare) <= 100 and not FINISHED.search(bare) and not _stands_alone(bare)


def _walk(lines: list[Line]) -> Iterator[tuple[Line | None, Line, bool]]:
    """Give each line that is not empty with the one above it, and whether empty ones stand between them."""
    above, gap = None, False
    for line in lines:
        if not line.text.strip():
            gap = True
            continue
        yield above, line, gap
        above, gap = line, False


def _is_double_spaced(lines: list[Line]) -> bool:
    """Say whether an empty line stands behind every line of running text, as copies out of a reader have them."""
    pairs = [(above, line, gap) for above, line, gap in _walk(lines) if above is not None]
    apart = [gap for above, line, gap in pairs if _surely_goes_on(above.text, line.text)]
    if max((len(line.text) for line in lines), default=0) > WIDEST:
        return False
    return len(apart) >= FEWEST_OPEN and all(apart) and sum(gap for *_, gap in pairs) >= 0.9 * len(pairs)


def _sets_paragraphs_apart(lines: list[Line]) -> bool:
    """Say whether a text has empty lines between its paragraphs, so that a line within one hardly begins another."""
    gaps = [gap for above, _, gap in _walk(lines) if above is not None]
    return sum(gaps) >= APART_SHARE * len(gaps)


def _learn_width(lines: list[Line]) -> int | None:
    """Learn from the lines that surely go on how many characters are a full line; None where nothing was wrapped."""
    pairs = [(a.text.strip(), b.text.strip()) for a, b in pairwise(lines) if a.text.strip() and b.text.strip()]
    pairs = [(a, b) for a, b in pairs if not stand_apart(a, b)]
    on = [(a, b) for a, b in pairs if _surely_goes_on(a, b)]
    if len(on) < FEWEST_OPEN or len(on) < OPEN_SHARE * len(pairs):
        return None
    usual = sorted(len(a) for a, _ in on)[len(on) // 2]
    if not NARROWEST <= usual <= WIDEST:
        return None
    needed = sorted(len(a) + 1 + len(b.split()[0]) for a, b in on)
    least = next(room for room in needed if room >= NEARLY * needed[len(needed) // 2])
    widest = max(len(a) for a, _ in on if len(a) <= WIDEST)
    return min(least, widest + 1)


def _surely_goes_on(above: str, line: str) -> bool:
    above, line = above.strip(), line.strip()
    return not FINISHED.search(above) and (line[0].islower() or bool(HYPHENATED.search(above)))


@lru_cache(maxsize=4096)
def _stands_alone(line: str) -> bool:
    """Say whether a line is one of its own kind, which no other goes on: an item, a field, an author, a date, a link."""
    bare = line.strip()
    if find_turn_line(bare) or read_bound(bare) is not None:
        return True
    return bool(BULLET.match(line)) or is_field(bare) or is_frame(bare) or is_furniture_of(bare, ALONE)


def stand_apart(above: str, line: str) -> bool:
    """Say whether one of two lines is of a kind that no other goes on: an item of a list or a turn of speech only begins."""
    if SPEAKER.match(line) or ASKED.match(line):
        return True
    return _stands_alone(line) or (_stands_alone(above) and not BULLET.match(above))


def _begins_anew(above: str, line: str, room: int) -> bool:
    """Say whether a line begins a paragraph: it stands in, is of a kind of its own, or had found room in the one above."""
    if _surely_goes_on(above, line) and not BULLET.match(line):
        return False
    if stand_apart(above, line):
        return True
    if not BULLET.match(above) and _indent(line) >= _indent(above) + INDENTED:
        return True
    taken = len(above.strip()) + 1 + len(line.split()[0])
    return taken < room


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _count_words(lines: list[str]) -> Counter:
    return Counter(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line))


def _join_paragraph(lines: list[str], words: Counter) -> tuple[str, int]:
    whole, bridged = _even(lines[0]), 0
    for line in map(_even, lines[1:]):
        if not (HYPHENATED.search(whole) and line[0].isalpha()):
            whole += line if whole.endswith(("—", "/")) else f" {line}"
        elif _keeps_hyphen(whole, line, words):
            whole += line
        else:
            whole, bridged = whole[:-1] + line, bridged + 1
    return whole, bridged


def _even(line: str) -> str:
    """Take the room away that was put between words to fill a line."""
    return re.sub(r"[ \t]{2,}", " ", line.strip())


def _keeps_hyphen(above: str, line: str, words: Counter) -> bool:
    """Say whether a hyphen at the end of a line belongs to the word: of two words that make no third one together."""
    first = re.search(r"[^\W\d_]+$", above[:-1])
    second = re.match(r"[^\W\d_]+", line)
    if above.endswith("\u00ad") or not first or not second:
        return False
    first, second = first.group().casefold(), second.group()
    if second[0].isupper():
        return True
    second = second.casefold()
    if words[first + second] or words[f"{first}-{second}"]:
        return not words[first + second]
    return not _is_word(first + second) and _is_word(first) and _is_word(second)


def _is_word(form: str) -> bool:
    return form in lexicon_index("common_words") or find_word_class(form) != UNKNOWN
