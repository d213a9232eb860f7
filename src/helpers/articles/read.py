"""Read the raw articles of one story: whatever lies in its folder becomes a row, or a row that says why not."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.articles.decoding import clean_text, count_mojibake, decode_bytes
from helpers.articles.documents import Document, FormatError, Limits, NoArticlesError
from helpers.articles.folders import find_publishers, list_files, name_by_folder, read_file_date
from helpers.articles.formats.registry import read_documents
from helpers.articles.imprint import Finding, find_imprint
from helpers.articles.parts import split_document
from helpers.articles.references import KNOWN, Reference, read_bytes, read_reference
from helpers.articles.stamps import Published, read_published
from helpers.language.sentences import count_words
from helpers.language.tongues import find_other_language
from helpers.passages.furniture import match_furniture
from helpers.passages.lines import cut_lines
from helpers.passages.split import find_own_end
from helpers.store.descriptions import NAME, DescriptionError, parse_description, read_description
from helpers.store.places import find_root, locate
from helpers.store.publishers import find_agency_credit, find_host, find_look_alike, find_look_alikes, make_source_key

SIZE_LIMIT = 20_000_000
FIELDS = ("source", "published", "byline", "title")
SURELY_OWN = 300  # characters of a file within which no second article begins
FAR_APART = 1  # days between two dates of publication that time zones explain


class ArticleError(Exception):
    """A story's folder or its description cannot be read; the message is one line."""


def read_story(folder: str | Path) -> dict:
    """Read ``story.yaml`` of a folder: `title, about, kind, articles`; an untitled story where there is none."""
    folder = Path(folder)
    story = {"title": folder.name.replace("-", " ").capitalize(), "about": "", "kind": "", "articles": {}}
    try:
        content = read_description(folder)
        return story if content is None else story | parse_description(decode_bytes(content).text)
    except DescriptionError as error:
        raise ArticleError(f"{folder.name}/{NAME}: {error}") from None


def read_articles(folder: str | Path, size_limit: int = SIZE_LIMIT, corpus_root: str | Path = "") -> pd.DataFrame:
    """Read every file of `folder` into the table `articles`, in the order of their names.

    A file that cannot be read keeps its row, with empty text and the reason in `skipped`. Metadata come from
    ``story.yaml``, then from the file (page, feed, export, message), then from the text where it says so itself;
    `source_from`, `published_from`, `byline_from`, `title_from` tell which, and `..._sure` how sure it is (high,
    medium, low). References of ``story.yaml`` count from `corpus_root`, relative to the root of the suite, and
    may not lead out of it. Raises ArticleError where the folder is missing or holds no file at all.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ArticleError(f"{folder}: there is no such folder of articles")
    story = read_story(folder)
    paths, left = list_files(folder)
    place, publishers = _find_place(folder), find_publishers(paths, folder)
    rows: list[dict] = []
    for path in paths:
        try:
            found = _read_file(path, folder, place, story, size_limit)
        except NoArticlesError:
            left.append(_name_within(path, folder))
            continue
        rows += [name_by_folder(row, publishers.get(path.parent)) for row in found]
    for entry in story.get("references") or []:
        rows += _read_reference(entry, story, folder.name, size_limit, locate(corpus_root))
    if not rows:
        alone = f" (left alone: {clean_text(', '.join(sorted(left))[:200])})" if left else ""
        raise ArticleError(f"{folder.name}: no article at all{alone}; put one file an article into {folder}")
    absent = sorted(map(str, set(story.get("articles") or {}) - {_name_within(path, folder) for path in paths}))
    _add_note(rows[0], absent, "story.yaml describes files that are not there")
    _add_note(rows[0], left, "left alone beside the articles, as no articles by their names or content")
    _note_neighbours(rows)
    return tables.conform(_name_uniquely(rows), "articles")


def _add_note(row: dict, names: list[str], note: str) -> None:
    if names:
        shown = clean_text(", ".join(sorted(names))[:400]).replace("\n", " ")
        row["notes"] = " | ".join(filter(None, (row.get("notes"), f"{note}: {shown}")))


def _note_neighbours(rows: list[dict]) -> None:
    """Note what only shows beside the other articles: publishers that look like one another."""
    alike = find_look_alikes(row["source"] for row in rows if row.get("source"))
    for row in rows:
        others = alike.get(row.get("source") or "")
        _add_note(row, others or [], "the publisher's name looks like another one here and is not the same")


def _read_file(path: Path, folder: Path, place: str, story: dict, size_limit: int) -> list[dict]:
    name = _name_within(path, folder)
    base = {
        "stem": path.stem,
        "file": name,
        "story": folder.name,
        "raw_path": clean_text(f"{place}/{name}".encode("utf-8", "replace").decode("utf-8")),
        "raw_sha256": "",
        "text": "",
    }
    reason = _find_obstacle(path, folder, size_limit)
    if reason:
        return [{**base, "skipped": reason}]
    given = (story.get("articles") or {}).get(name) or {}
    try:
        raw = path.read_bytes()
        base["raw_sha256"] = hashlib.sha256(raw).hexdigest()
        documents = [
            article
            for document in read_documents(raw, path.name, make_limits(story, size_limit))
            for article in split_document(document)
        ]
    except NoArticlesError:
        raise
    except (FormatError, OSError) as error:
        return [{**base, "skipped": _one_line(error)}]
    except Exception as error:  # a poisoned file must not cost the others; its row says what happened
        return [{**base, "skipped": f"unreadable: {type(error).__name__}: {_one_line(error)}"}]
    return [_describe_safely(base, document, given) for document in documents] or [{**base, "skipped": "no text found"}]


def _read_reference(entry: dict, story: dict, name: str, size_limit: int, root: Path) -> list[dict]:
    """Read the article that one entry of `references` in story.yaml points to, where it lies in its corpus."""
    file = str(entry.get("file", "")) if isinstance(entry, dict) else ""
    base = {"stem": Path(file).stem, "file": file, "story": name, "raw_path": file, "raw_sha256": "", "text": ""}
    try:
        reference = Reference.from_yaml(entry)
        raw = read_bytes(reference, root, size_limit)
        documents = read_reference(reference, raw, make_limits(story, size_limit))
    except (FormatError, DescriptionError, OSError) as error:
        return [{**base, "skipped": _one_line(error)}]
    except Exception as error:  # a poisoned record must not cost the others; its row says what happened
        return [{**base, "skipped": f"unreadable: {type(error).__name__}: {_one_line(error)}"}]
    base["raw_sha256"] = hashlib.sha256(raw).hexdigest()
    given = {key: str(entry[key]) for key in KNOWN if entry.get(key)}
    return [_describe_safely(base, document, given) for document in documents] or [{**base, "skipped": "no text found"}]


def _name_within(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def make_limits(story: dict, size_limit: int = SIZE_LIMIT) -> Limits:
    """Give the limits within which the files of a story are read, with its map of columns."""
    columns = tuple((str(key), str(value)) for key, value in (story.get("columns") or {}).items())
    return Limits(size=size_limit, columns=columns)


def _describe_safely(base: dict, document: Document, given: dict) -> dict:
    if document.place:  # a file of several articles: what is said of the file by hand does not stand over what one says
        given = {field: value for field, value in given.items() if field not in document.metadata}
    try:
        return describe_article(base, document, given)
    except Exception as error:  # one poisoned article of an export must not cost the others
        reason = f"unreadable: {type(error).__name__}: {_one_line(error)}"
        return {**base, "stem": document.name or base["stem"], "skipped": reason}


def _find_place(folder: Path) -> str:
    """Say where a folder lies, relative to the repository; outside of it only its name is shown."""
    root = find_root()
    as_linked = Path(os.path.abspath(folder))  # noqa: PTH100  a linked folder lies where its link is
    for place in (as_linked, folder.resolve()):
        for top in (root, root.resolve()):
            if place.is_relative_to(top):
                return place.relative_to(top).as_posix()
    return folder.resolve().name


def _find_obstacle(path: Path, folder: Path, size_limit: int) -> str | None:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if not path.resolve().is_relative_to(folder.resolve()):
                return "a link out of the folder"
            status = path.stat()
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        return _one_line(error) if isinstance(error, OSError) else "a link in a circle"
    if stat.S_ISDIR(status.st_mode):
        return "a folder without an article in it"
    if not stat.S_ISREG(status.st_mode):
        return "not a regular file"
    if status.st_size > size_limit:
        return f"larger than the limit of {size_limit:,} bytes"
    return "empty" if status.st_size == 0 else None


def _one_line(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(str(text).split())[:200]


def describe_article(base: dict, document: Document, given: dict) -> dict:
    """Describe one document as a row of `articles`: what it says of itself and what is known of it besides."""
    text = document.text
    row = {**base, "stem": document.name or base["stem"], "text": text, "n_chars": len(text)}
    row["skipped"] = document.skipped or (None if text.strip() else "no text: only white space")
    language = find_other_language(text) if not row["skipped"] else None
    if language:
        row["skipped"] = f"in {language}, not in English, the one language that is read"
    row["notes"] = list(document.notes)
    row["raw_place"] = document.place
    row["replaced_characters"] = text.count("\ufffd")
    row["n_words"] = count_words(text)
    row["url"] = _one_line_of(given.get("url") or document.url) or None
    said = _read_own_words(text, row["notes"]) if text else {}
    outside = _look_outside(row["url"], "" if document.name else base["stem"])
    for field in FIELDS:
        value, row[f"{field}_from"], row[f"{field}_sure"] = _choose(field, given, document, said, outside)
        row[field] = _one_line_of(value) or None
    _set_date(row, given, document, said)
    row["dateline"] = said["dateline"].value if "dateline" in said else None
    row["origin_credit"] = said["origin"].value if "origin" in said else None
    _note_oddities(row)
    return row


def _one_line_of(value: object) -> str:
    return " ".join(clean_text(str(value)).split()) if value is not None else ""


def _read_own_words(text: str, notes: list[str]) -> dict[str, Finding]:
    """Read what a text says of itself, at its head and end; a second article in the file speaks of itself alone."""
    blocks = cut_lines(text)
    found, doubts = find_imprint(blocks)
    agency = find_agency_credit(text)
    if agency:
        found.setdefault("origin", Finding("origin", agency, 0, "high", "agency credit"))
    at_the_head = {"title", "dateline"} | {field for field, finding in found.items() if finding.start < SURELY_OWN}
    if doubts or agency or not found.keys() <= at_the_head:
        for block in blocks:
            match_furniture(block)
        end = find_own_end(blocks)
        if end is not None:
            return _read_own_words(text[:end], notes)
    notes += doubts
    return found


def _choose(
    field: str, given: dict, document: Document, said: dict[str, Finding], outside: dict[str, tuple[str, str, str]]
) -> tuple[object, str | None, str | None]:
    """Choose a value for a field, its origin and how sure it is: by hand, from the file, from the text, from `outside`."""
    if given.get(field):
        return given[field], "story.yaml", "high"
    if document.metadata.get(field):
        return document.metadata[field], document.origin, document.sure.get(field, "high")
    if field in said:
        return said[field].value, f"the text: {said[field].why}", said[field].sure
    return outside.get(field) or (None, None, None)


def _look_outside(url: str | None, stem: str) -> dict[str, tuple[str, str, str]]:
    """Look at what names an article from outside: the publisher that its address tells, the day that its file is called by."""
    host, day = find_host(url) if url else None, read_file_date(stem)
    found = {"source": (host, "the address", "medium"), "published": (day, "the name of the file", "medium")}
    return {field: said for field, said in found.items() if said[0]}


def _set_date(row: dict, given: dict, document: Document, said: dict[str, Finding]) -> None:
    """Turn the date found into a day, month or year, or into none with the reason; note where two places differ."""
    chosen = read_published(row["published"]) if row["published"] else None
    row["published_precision"] = None
    if chosen and chosen.date:
        chosen = _settle(chosen, row, document, said)
    if chosen and chosen.date:
        asked = str(given.get("published_precision") or "")
        row["published_precision"] = asked if asked in tables.PRECISIONS else chosen.precision
        row["published"] = pd.Timestamp(f"{chosen.date}-01-01"[:10] if len(chosen.date) < 10 else chosen.date)
        return
    if chosen:
        row["notes"].append(chosen.why)
    row["published"] = row["published_from"] = row["published_sure"] = None


def _settle(chosen: Published, row: dict, document: Document, said: dict[str, Finding]) -> Published:
    """Compare the date chosen with the one that the file or the text gives besides: days that differ are noted.

    A description by hand stands. Otherwise two dates that both call themselves the day of publication, and lie
    further apart than time zones explain, cancel each other out; the stamp of an update is no contradiction.
    """
    others = {document.origin: document.metadata.get("published")}
    if "published" in said:
        others[f"the text ({said['published'].why})"] = said["published"].value
    shown = []
    for place, value in others.items():
        other = read_published(value) if value else None
        if other and other.precision == chosen.precision == "day" and other.date != chosen.date:
            shown.append(f"{place} {other.date}")
            apart = abs((pd.Timestamp(other.date) - pd.Timestamp(chosen.date)).days)
            rival = place.startswith("the text") and said["published"].sure == "high"
            if rival and apart > FAR_APART and row["published_from"] != "story.yaml":
                why = f"date of publication unknown: {row['published_from']} {chosen.date}, {shown[-1]}"
                return Published(None, None, why)
    if shown:
        row["notes"].append(f"dates of publication differ: {row['published_from']} {chosen.date}, {', '.join(shown)}")
        row["published_sure"] = row["published_sure"] if row["published_from"] == "story.yaml" else "medium"
    return chosen


def _note_oddities(row: dict) -> None:
    """Note what a reader of the table should know of a text: replaced characters, mojibake, a look-alike publisher."""
    if row["replaced_characters"]:
        row["notes"].append(f"{row['replaced_characters']} characters replaced")
    garbled = count_mojibake(row["text"])
    if garbled:
        row["notes"].append(f"{garbled} garbled characters (UTF-8 once read as cp1252), left as they are")
    row["source_key"] = make_source_key(row["source"]) if row["source"] else None
    odd = find_look_alike(row["source"]) if row["source"] else None
    if odd:
        row["notes"].append(odd)
    row["notes"] = " | ".join(row["notes"]) or None


def _name_uniquely(rows: list[dict]) -> list[dict]:
    """Give each row its id: the stem made safe, and a digest behind it where others of the folder share it."""
    taken: Counter = Counter()
    for row in rows:
        stem = row.pop("stem").encode("utf-8", "replace").decode("utf-8")
        row["name"] = re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "article"
        taken[_fold_id(row["name"])] += 1
    seen: Counter = Counter()
    for row in rows:
        name, file = row.pop("name"), row.pop("file")
        if taken[_fold_id(name)] > 1:
            # The file's own name and text tell namesakes apart, whatever other files come or go.
            name += "-" + hashlib.sha256((file + row["text"]).encode("utf-8", "replace")).hexdigest()[:6]
        seen[_fold_id(name)] += 1
        while seen[_fold_id(name)] > 1:
            name = f"{name}-{seen[_fold_id(name)]}"
            seen[_fold_id(name)] += 1
        row["article_id"] = name
        row.setdefault("n_chars", 0)
        row.setdefault("n_words", 0)
    return rows


def _fold_id(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
