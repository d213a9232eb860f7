"""How the lines of a PDF lie on its pages: columns one after the other, running heads left out, lines joined into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from helpers.passages.paragraphs import drop_running_heads, join_paragraph, stand_apart

WIDTH = 0.5  # of a letter, by the size of its type, where no more is known
SAME_LINE = 0.4  # of the size of type, by which pieces of one line stand higher or lower
TOUCHING = 0.1  # sizes of type between two pieces, below which no space parts them
GUTTER = 1.2  # sizes of type between two pieces of a line, from which they are two columns'
LEADING = 1.3  # of the usual distance between lines, beyond which a paragraph ends
INDENT = 0.8  # sizes of type by which a first line stands in
FULL = 0.92  # of the width of a column, below which a line with the next word still had room
HEADING = 1.15  # of the usual size of type, from which a line is a heading
HEADING_STEP = 1.5  # sizes of type between the lines of one heading
EDGE = 2  # lines at either end of a page among which its frame stands
ADDRESS = re.compile(r"https?://\S+(?: +\d{1,3} ?/ ?\d{1,3})?$")
FEWEST_LINES = 3  # with one left edge, that make a column
FINISHED = re.compile(r"[.!?:;…][\"'”’)\]»]*$")


class Piece(NamedTuple):
    """A piece of text on a page: where it begins and ends, its height, its size of type, its font, its words."""

    x: float
    right: float
    y: float
    size: float
    font: str
    text: str


class Pieces:
    """The pieces of one page, as pypdf shows them to a visitor: each, and then where the next would begin."""

    def __init__(self) -> None:
        self.found: list[Piece] = []

    def visit(self, text: str, place: list[float], matrix: list[float], font: dict | None, size: float) -> None:
        """Keep a piece, or where the one before it ends."""
        words = " ".join(text.split())
        x = matrix[4] * place[0] + matrix[5] * place[2] + place[4]
        y = matrix[4] * place[1] + matrix[5] * place[3] + place[5]
        if words:
            height = (abs(size) or 1.0) * (abs(matrix[3] * place[3]) or abs(matrix[1] * place[2]) or 1.0)
            name = str((font or {}).get("/BaseFont", ""))
            self.found.append(Piece(x, x + len(words) * height * WIDTH, y, height, name, words))
        elif self.found and not text and abs(self.found[-1].y - y) < 1 and x > self.found[-1].x:
            self.found[-1] = self.found[-1]._replace(right=x)


def set_paragraphs(pages: list[list[Piece]], title: str = "") -> tuple[str, list[str]]:
    """Set the pieces of all pages into paragraphs, in the order in which they are read, and note what was done.

    `title` is the name that the file gives itself: where it stands at the edge of a page, it is the print's.
    """
    lines = [_join_pieces(page) for page in pages]
    kept, dropped = _drop_frames(lines, title)
    body = _find_body_size(kept)
    columns = [column for page in kept for column in _order_columns(page)]
    paragraphs: list[list[Piece]] = []
    for column in columns:
        for number, paragraph in enumerate(_part_column(column, body)):
            if paragraphs and not number and _goes_on(paragraphs[-1], paragraph):
                paragraphs[-1] += paragraph
            else:
                paragraphs.append(paragraph)
    beside = any(_find_second_edge(page) is not None for page in kept)
    notes = ["set in columns, which are read one after the other"] if beside else []
    notes += [f"{dropped} lines of the pages' frame (running heads, numbers, print stamps) left out"] if dropped else []
    return "\n\n".join(join_paragraph([line.text for line in paragraph]) for paragraph in paragraphs), notes


def _drop_frames(pages: list[list[Piece]], title: str) -> tuple[list[list[Piece]], int]:
    """Leave out of each page what stands around its text: running heads, numbers, the stamp, title and address of a print."""
    kept, _ = drop_running_heads([[line.text for line in page] for page in pages])
    found = []
    for page, own in zip(pages, kept, strict=True):
        left = Counter(own)
        edges = [id(line) for line in (*page[:EDGE], *page[-EDGE:])]
        body = []
        for line in page:
            printed = id(line) in edges and (ADDRESS.match(line.text) or line.text == title)
            if left[line.text] > 0 and not (printed and len(page) > EDGE):
                body.append(line)
            left[line.text] -= 1
        found.append(body)
    return found, sum(map(len, pages)) - sum(map(len, found))


def _find_body_size(pages: list[list[Piece]]) -> float:
    """Find the size of type in which most of the text is set."""
    sizes: Counter = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=sizes.__getitem__, default=1.0)


def _join_pieces(page: list[Piece]) -> list[Piece]:
    """Join the pieces that stand side by side into lines, from above to below; columns stay apart."""
    rows: list[list[Piece]] = []
    for piece in sorted(page, key=lambda one: -one.y):
        if rows and abs(rows[-1][0].y - piece.y) <= SAME_LINE * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines: list[Piece] = []
    for row in rows:
        joined: list[Piece] = []
        for piece in sorted(row, key=lambda one: one.x):
            if joined and piece.x - joined[-1].right < GUTTER * piece.size:
                last = joined[-1]
                between = "" if piece.x - last.right < TOUCHING * piece.size else " "
                joined[-1] = last._replace(text=f"{last.text}{between}{piece.text}", right=piece.right)
            else:
                joined.append(piece)
        lines += joined
    return lines


def _order_columns(lines: list[Piece]) -> list[list[Piece]]:
    """Order the lines of a page by its columns; a line that runs over all of them parts what is above from what is below."""
    edge = _find_second_edge(lines)
    if edge is None:
        return [lines] if lines else []
    ordered: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for line in lines:
        if line.x < edge - line.size and line.right > edge + line.size and not _has_neighbour(line, lines, edge):
            ordered += [column for column in (left, right) if column]
            ordered.append([line])
            left, right = [], []
        else:
            (right if line.x >= edge - line.size else left).append(line)
    ordered += [column for column in (left, right) if column]
    return _part_further(ordered, lines)


def _part_further(columns: list[list[Piece]], lines: list[Piece]) -> list[list[Piece]]:
    """Order what stands right of the first column again, where it is set in columns itself."""
    found = []
    for column in columns:
        found += [column] if len(column) in (0, 1, len(lines)) else _order_columns(column)
    return found


def _find_second_edge(lines: list[Piece]) -> float | None:
    """Find the left edge of a second column: where several lines begin, right of where those beside them end."""
    starts = Counter(round(line.x) for line in lines)
    if not starts:
        return None
    first = min((x for x, count in starts.items() if count >= FEWEST_LINES), default=None)
    if first is None:
        return None
    for x in sorted(x for x, count in starts.items() if count >= FEWEST_LINES and x > first):
        own = [line for line in lines if abs(line.x - x) <= 1]
        left = [line for line in lines if line.x < x - line.size]
        low, high = min(line.y for line in own), max(line.y for line in own)
        beside = [line for line in left if low - 1 <= line.y <= high + 1]
        ended = sum(line.right <= x + line.size * 2 for line in beside)
        wide = x - first > 8 * own[0].size
        if wide and len(beside) >= FEWEST_LINES and ended >= 0.8 * len(beside):
            return float(x)
    return None


def _has_neighbour(line: Piece, lines: list[Piece], edge: float) -> bool:
    """Say whether a line of the second column stands beside a line, whose letters are only thought to reach so far."""
    return any(abs(other.y - line.y) < SAME_LINE * line.size and other.x >= edge - other.size for other in lines)


def _part_column(lines: list[Piece], body: float) -> list[list[Piece]]:
    """Part the lines of a column into its paragraphs, `body` being the size of type of most of the text."""
    leading = _measure_leading(lines)
    own = [line for line in lines if abs(line.size - body) < 0.5] or lines
    edge, end = min(line.x for line in own), max(line.right for line in own)
    paragraphs: list[list[Piece]] = []
    for line in lines:
        above = paragraphs[-1][-1] if paragraphs else None
        if above is None or not _same_type(above, line) or stand_apart(above.text, line.text):
            begins = True
        elif line.size > HEADING * body:
            begins = above.y - line.y > HEADING_STEP * line.size
        else:
            indented = line.x > edge + INDENT * line.size and above.x <= edge + INDENT * line.size
            begins = above.y - line.y > LEADING * leading or indented or _had_room(above, line, edge, end)
        paragraphs += [[]] if begins else []
        paragraphs[-1].append(line)
    return paragraphs


def _had_room(above: Piece, line: Piece, edge: float, end: float) -> bool:
    """Say whether the first word of a line had found room in the one above, so that a paragraph ended there."""
    if not FINISHED.search(above.text) and line.text[0].islower():
        return False
    needed = (len(line.text.split()[0]) + 1) * line.size * WIDTH
    return above.right - edge + needed < FULL * (end - edge)


def _measure_leading(lines: list[Piece]) -> float:
    """Measure the distance between the lines of one paragraph: where a sentence surely goes on, else the least."""
    pairs = [(above, line) for above, line in pairwise(lines) if _same_type(above, line) and above.y > line.y]
    sure = [above.y - line.y for above, line in pairs if not FINISHED.search(above.text) and line.text[0].islower()]
    return median(sure) if sure else min((above.y - line.y for above, line in pairs), default=0.0)


def _same_type(above: Piece, line: Piece) -> bool:
    return abs(above.size - line.size) < 0.5 and above.font == line.font


def _goes_on(above: list[Piece], paragraph: list[Piece]) -> bool:
    """Say whether a paragraph goes on at the head of a column: the last line has no full stop and is of the same type."""
    return (
        not FINISHED.search(above[-1].text) and _same_type(above[-1], paragraph[0]) and paragraph[0].text[0].islower()
    )
