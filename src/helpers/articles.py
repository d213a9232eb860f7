"""Read the raw articles of one story: whatever lies in its folder becomes a row, or a row that says why not."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

import pandas as pd
import yaml

from helpers import tables
from helpers.blocks import is_headline
from helpers.decoding import count_mojibake, decode_bytes
from helpers.documents import Document, FormatError, Limits
from helpers.formats import read_documents
from helpers.places import find_root
from helpers.sentences import count_words
from helpers.sources import find_agency_credit, find_look_alike, make_source_key

SIZE_LIMIT = 20_000_000
# Years outside of which a date of publication is a slip: there is no clock in the analysis to compare with.
FIRST_YEAR, LAST_YEAR = 1600, 2100
# What lies beside the articles without being one: descriptions, labels, scripts, logs.
NOT_ARTICLES = re.compile(r"^(?:readme(?:\..*)?|\..*|_.*|.*\.(?:ya?ml|json|log|py|ipynb|cfg|toml|ini))$", re.I)
STAMP = re.compile(
    r"^(?:updated|published|posted|last updated)?:?\s*"
    r"(?P<day>\d{1,2}) (?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (?P<year>\d{4})\b",
    re.I | re.M,
)
STAFF = re.compile(
    r"\bis an? (?:[\w-]+ ){0,4}(?:writer|reporter|correspondent|editor|journalist) (?:at|for|with) (?P<source>[A-Z][\w&' ]+?)\."
)
CREDIT = re.compile(r"^\((?P<byline>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3}), (?P<source>[A-Z][\w&' ]+)\)", re.M)
BYLINE = re.compile(r"^By (?P<byline>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3})\s*$", re.M)


class ArticleError(Exception):
    """A story's folder or its description cannot be read; the message is one line."""


def read_story(folder: str | Path) -> dict:
    """Read ``story.yaml`` of a folder: `title, about, kind, articles`; an untitled story where there is none."""
    folder = Path(folder)
    path = folder / "story.yaml"
    story = {"title": folder.name.replace("-", " ").capitalize(), "about": "", "kind": "", "articles": {}}
    if not path.is_file():
        return story
    try:
        given = yaml.safe_load(decode_bytes(path.read_bytes()).text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise ArticleError(
            f"{folder.name}/story.yaml: {where}{getattr(error, 'problem', None) or 'not YAML'}"
        ) from None
    if not isinstance(given, dict) or not isinstance(given.get("articles") or {}, dict):
        raise ArticleError(f"{folder.name}/story.yaml: a mapping with `title`, `about`, `kind`, `articles` is expected")
    story.update({key: value for key, value in given.items() if value is not None})
    return story


def read_articles(folder: str | Path, size_limit: int = SIZE_LIMIT) -> pd.DataFrame:
    """Read every file of `folder` into the table `articles`, in the order of their names.

    A file that cannot be read keeps its row, with empty text and the reason in `skipped`. Metadata come from
    ``story.yaml``, then from the page, then from the text where it says so itself; `source_from` and
    `published_from` tell which. Raises ArticleError where the folder is missing or holds no file at all.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ArticleError(f"{folder}: there is no such folder of articles")
    story = read_story(folder)
    paths = [Path(entry.path) for entry in sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))]
    paths = [path for path in paths if not NOT_ARTICLES.match(path.name)]
    if not paths:
        raise ArticleError(f"{folder.name}: no article at all; put one file an article into {folder}")
    place = _find_place(folder)
    rows = [row for path in paths for row in _read_file(path, folder, place, story, size_limit)]
    absent = sorted(map(str, set(story.get("articles") or {}) - {path.name for path in paths}))
    if absent:
        note = f"story.yaml describes files that are not there: {', '.join(absent)}"
        rows[0]["notes"] = " | ".join(filter(None, (rows[0].get("notes"), note)))
    return tables.conform(_name_uniquely(rows), "articles")


def _read_file(path: Path, folder: Path, place: str, story: dict, size_limit: int) -> list[dict]:
    base = {
        "stem": path.stem,
        "file": path.name,
        "story": folder.name,
        "raw_path": f"{place}/{path.name}".encode("utf-8", "replace").decode("utf-8"),
        "raw_sha256": "",
        "text": "",
    }
    reason = _find_obstacle(path, folder, size_limit)
    if reason:
        return [{**base, "skipped": reason}]
    try:
        raw = path.read_bytes()
        base["raw_sha256"] = hashlib.sha256(raw).hexdigest()
        columns = tuple((str(key), str(value)) for key, value in (story.get("columns") or {}).items())
        documents = read_documents(raw, path.name, Limits(size=size_limit, columns=columns))
    except (FormatError, OSError) as error:
        return [{**base, "skipped": _one_line(error)}]
    except Exception as error:  # a poisoned file must not cost the others; its row says what happened
        return [{**base, "skipped": f"unreadable: {type(error).__name__}: {_one_line(error)}"}]
    given = (story.get("articles") or {}).get(path.name) or {}
    return [_describe(base, document, given) for document in documents] or [{**base, "skipped": "no text found"}]


def _find_place(folder: Path) -> str:
    """Say where a folder lies, relative to the repository; outside of it only its name is shown."""
    try:
        return folder.resolve().relative_to(find_root().resolve()).as_posix()
    except ValueError:
        return folder.resolve().name


def _find_obstacle(path: Path, folder: Path, size_limit: int) -> str | None:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if not path.resolve().is_relative_to(folder.resolve()):
                return "a link out of the folder"
            status = path.stat()
    except OSError as error:
        return _one_line(error)
    if stat.S_ISDIR(status.st_mode):
        return "a folder, not a file"
    if not stat.S_ISREG(status.st_mode):
        return "not a regular file"
    if status.st_size > size_limit:
        return f"larger than the limit of {size_limit:,} bytes"
    return "empty" if status.st_size == 0 else None


def _one_line(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(str(text).split())[:200]


def _describe(base: dict, document: Document, given: dict) -> dict:
    text = document.text
    row = {**base, "stem": document.name or base["stem"], "text": text, "n_chars": len(text), "url": document.url}
    row["skipped"] = document.skipped or (None if text.strip() else "no text: only white space")
    row["notes"] = list(document.notes)
    row["replaced_characters"] = text.count("\ufffd")
    row["n_words"] = count_words(text)
    found = {"story.yaml": given, "the page": document.metadata, "the text": _read_text_metadata(text)}
    for key in ("source", "published", "byline", "title"):
        origin = next((name for name, values in found.items() if values.get(key)), None)
        row[key] = str(found[origin][key]) if origin else None
        row[f"{key}_from"] = origin
        if key == "published" and origin:
            row["published_precision"] = found[origin].get("published_precision") or _read_precision(row[key])
    _check_date(row, found)
    _note_oddities(row)
    return row


def _read_precision(date: str) -> str:
    return {4: "year", 7: "month"}.get(len(date.strip()), "day")


def _check_date(row: dict, found: dict[str, dict]) -> None:
    """Turn the date found into a day, or into none with the reason; note where text and description differ."""
    given = row["published"]
    row["published"] = pd.to_datetime(given, errors="coerce", format="ISO8601", utc=True)
    if pd.isna(row["published"]) or not FIRST_YEAR <= row["published"].year <= LAST_YEAR:
        if given:
            row["notes"].append(f"date of publication unknown: {given[:40]!r} is not a possible date")
        row["published"] = row["published_precision"] = row["published_from"] = None
        return
    row["published"] = pd.Timestamp(str(row["published"])[:10])
    dates = {name: str(values["published"])[:10] for name, values in found.items() if values.get("published")}
    if row["published_precision"] == "day" and len(set(dates.values())) > 1:
        shown = ", ".join(f"{name} {date}" for name, date in dates.items())
        row["notes"].append(f"dates of publication differ: {shown}")


def _note_oddities(row: dict) -> None:
    """Note what a reader of the table should know of a text: replaced characters, mojibake, a look-alike publisher."""
    if row["replaced_characters"]:
        row["notes"].append(f"{row['replaced_characters']} characters replaced")
    garbled = count_mojibake(row["text"])
    if garbled:
        row["notes"].append(f"{garbled} garbled characters (UTF-8 once read as cp1252), left as they are")
    row["source_key"] = make_source_key(row["source"]) if row["source"] else None
    row["origin_credit"] = find_agency_credit(row["text"])
    odd = find_look_alike(row["source"]) if row["source"] else None
    if odd:
        row["notes"].append(odd)
    row["notes"] = " | ".join(row["notes"]) or None


def _read_text_metadata(text: str) -> dict:
    """Read what the text itself says of its publisher, author and date; only where it says it outright."""
    found: dict[str, str] = {}
    head = text[:1500]
    credit = CREDIT.search(head)
    if credit:
        found.update(credit.groupdict())
    staff = STAFF.search(text)
    if staff:
        found.setdefault("source", staff["source"].strip())
    byline = BYLINE.search(head)
    if byline:
        found.setdefault("byline", byline["byline"])
    stamp = STAMP.search(head)
    if stamp:
        date = pd.to_datetime(f"{stamp['day']} {stamp['month']} {stamp['year']}", format="%d %B %Y", errors="coerce")
        if not pd.isna(date):
            found["published"] = date.strftime("%Y-%m-%d")
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if is_headline(title):
        found["title"] = title
    return found


def _name_uniquely(rows: list[dict]) -> list[dict]:
    taken: dict[str, int] = {}
    for row in rows:
        name = (
            re.sub(r"[^\w.-]+", "-", row.pop("stem").encode("utf-8", "replace").decode("utf-8")).strip("-.")
            or "article"
        )
        taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
        row["name"] = name
    for row in rows:
        name = row.pop("name")
        shared = taken[name.casefold()] > 1
        # The file's own name and bytes tell namesakes apart, whatever other files come or go.
        row["article_id"] = (
            f"{name}-{hashlib.sha256((row['file'] + row['text']).encode('utf-8', 'replace')).hexdigest()[:6]}"
            if shared
            else name
        )
        row.pop("file")
        row.setdefault("n_chars", 0)
        row.setdefault("n_words", 0)
    seen: dict[str, int] = {}
    for row in rows:
        seen[row["article_id"]] = seen.get(row["article_id"], 0) + 1
        if seen[row["article_id"]] > 1:
            row["article_id"] += f"-{seen[row['article_id']]}"
    return rows
