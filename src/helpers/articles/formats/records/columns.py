"""Records of exports, whatever file they lie in: which column holds what, and one article a record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpers.articles.decoding import clean_text, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits
from helpers.articles.formats.markup import strip_tags
from helpers.articles.stamps import read_published, tell_order
from helpers.language.lexicons import load_lexicon

FIELDS = ("text", "title", "byline", "source", "published", "url", "name")
ROWS = "one article a row; columns of known tools, others by `columns:` in `story.yaml`"
NO_FULL_TEXT = "a reference without the text of its article (an abstract is none): put the saved page or its text here"
MARKUP = re.compile(r"</(?:p|div|li|h\d)>|<br ?/?>", re.I)
LONGEST_NAME = 20  # words of a column's name: what is longer is an article, in a table that names no columns
HEADER = 20  # rows among which a table's names of columns are looked for
FEWEST_WORDS = 60  # a cell, in the middle of its column, from which a column of unknown name is taken for the text
SUMMING_UP = ("abstract", "summary", "description", "note", "excerpt", "teaser", "snippet")  # in names of columns


def read_records(records: list[dict], limits: Limits, missing: str = "") -> list[Document]:
    """Read one article a record; raises FormatError where no column can be its text.

    `missing` is the reason that stands at a record without one, where a kind of file has a better one.
    """
    if not records:
        return []
    present = {key for record in records for key in record}
    if any(len(str(key).split()) > LONGEST_NAME for key in present):
        raise FormatError("a table without a row that names its columns: add one, such as title,source,date,text")
    columns = map_columns(present, dict(limits.columns))
    guessed = _guess_text(records, present - {name for names in columns.values() for name in names})
    if "text" not in columns and guessed:
        columns["text"] = [guessed]
    if "text" not in columns and not {"url", "title"} & columns.keys():
        raise FormatError(_miss_text(present))
    reason = missing or ("no text in this record" if "text" in columns else _miss_text(records[0]))
    day_first = _find_order([record.get(name) for name in columns.get("published", []) for record in records])
    found = [_read_record(record, columns, reason, day_first) for record in records]
    if columns.get("text") == [guessed]:
        found[0].notes.append(f"the column {guessed!r} was taken for the text, as the longest")
    return found


def find_header(rows: list[list[str]]) -> int:
    """Find the row of a table that names its columns: the first that names a text, a title or an address, else the first."""
    for place, row in enumerate(rows[:HEADER]):
        if len(row) > 1 and {"text", "title", "url"} & map_columns(set(row), {}).keys():
            return place
    return 0


def _guess_text(records: list[dict], unknown: set[str]) -> str | None:
    """Guess the column that holds the articles where no known name does: the longest, if it is as long as articles are."""
    lengths = {}
    for column in sorted(unknown):
        cells = sorted(len(record[column].split()) for record in records if isinstance(record.get(column), str))
        if cells and not any(word in column.casefold() for word in SUMMING_UP):
            lengths[column] = cells[len(cells) // 2]
    longest = max(lengths, key=lambda column: lengths[column], default=None)
    return longest if longest and lengths[longest] >= FEWEST_WORDS else None


def _find_order(cells: list[object]) -> bool | None:
    """Find whether a column of dates sets the day before the month: where one of them can be read in one way only."""
    orders = {order for cell in cells if isinstance(cell, str) for order in [tell_order(cell)] if order is not None}
    return orders.pop() if len(orders) == 1 else None


def count_broken(number: int, unit: str, detail: str, name: str) -> list[Document]:
    """Give the row that counts what could not be read of a file; none where all could."""
    if not number:
        return []
    stem = name.partition(".")[0]
    return [Document("", name=f"{stem}-broken-{unit}", skipped=f"{number} {unit} could not be read: {detail}")]


def refuse_columns(header: list[str], limits: Limits) -> list[Document]:
    """Say of a table without records what its columns lack, if they lack anything."""
    if "text" not in map_columns(set(header), dict(limits.columns)):
        raise FormatError(_miss_text(header))
    return []


def _miss_text(columns: Iterable[object]) -> str:
    shown = ", ".join(sorted(map(str, columns)))[:120]
    return f"no column of text among {shown}; name it under `columns: {{text: ...}}` in story.yaml"


def map_columns(present: set[str], given: dict[str, str]) -> dict[str, list[str]]:
    """Find which columns hold what, best first: as story.yaml says, else by the names that known tools use."""
    folded = {_fold_key(column): column for column in sorted(map(str, present), reverse=True)}
    found: dict[str, list[str]] = {}
    for field, column in given.items():
        if field in FIELDS and column in present:
            found[field] = [column]
    for row in load_lexicon("export_columns"):
        if row["entry"] in folded and row["field"] not in given:
            found.setdefault(row["field"], []).append(folded[row["entry"]])
    return found


def _fold_key(column: str) -> str:
    return re.sub(r"[\s-]+", "_", column.strip().lstrip("\ufeff").casefold())


def _read_record(record: dict, columns: dict[str, list[str]], reason: str, day_first: bool | None) -> Document:
    cells, names = {}, {}
    for field, candidates in columns.items():
        for column in candidates:
            cell = read_cell(record.get(column))
            written = isinstance(record.get(column), str) or _is_rendered(record.get(column))
            if cell.strip() and (field != "text" or written):
                cells[field], names[field] = cell, column
                break
    text = cells.pop("text", "")
    if re.search(r"html", names.get("text", ""), re.I) or MARKUP.search(text):
        text = strip_tags(text)
    url, name = cells.pop("url", None), cells.pop("name", None)
    notes, sure = [], {}
    if "published" in cells:
        published = read_published(cells["published"], day_first)
        if published.why:
            notes.append(published.why)
        cells["published"] = published.date or ""
        if names["published"].casefold() in ("seendate", "indexed_date"):
            sure["published"] = "low"
            notes.append(f"date of publication by {names['published']}: when the tool saw the article")
    metadata = {key: value for key, value in cells.items() if value}
    return Document(text, metadata, url, name, None if text.strip() else reason, notes, "the export", sure)


def _is_rendered(cell: object) -> bool:
    """Say whether a cell is a text as WordPress exports it: with its markup, in a group of its own."""
    return isinstance(cell, dict) and isinstance(cell.get("rendered"), str)


def read_cell(cell: object) -> str:
    """Read a cell as text: the members of a list side by side, of a group the one that is its name."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, dict):
        return read_cell(cell.get("rendered") if _is_rendered(cell) else cell.get("name"))
    if isinstance(cell, list | tuple):
        return ", ".join(filter(None, map(read_cell, cell)))
    if isinstance(cell, bytes):
        return decode_bytes(cell).text
    return clean_text(str(cell))
