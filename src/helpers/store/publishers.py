"""Publishers and agencies: one key for one publisher's spellings, a flag for look-alikes, the agency that is credited."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

import pandas as pd

from helpers.language.lexicons import load_lexicon

HEAD = 600
FACE_LENGTH, FACE_WORDS = (
    28,
    4,
)  # characters by which an unnamed article is known, and words that its opening line needs
MARKS = str.maketrans("", "", '“”«»"')
TAIL = 600
DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,24}(?:[:/].*)?")
# What may stand between a publisher's own label and a country, as in example.co.uk.
SECOND_LEVEL = {"com", "co", "org", "net", "gov", "ac", "edu", "info", "or", "ne"}
SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}


def make_source_key(source: str) -> str:
    """Fold a publisher's name, masthead or domain to one key: "The Example Post", "example post", "www.example-post.com".

    Where a publisher's domain and masthead have no letters in common, the lexicon of publishers knows both.
    """
    folded = unicodedata.normalize("NFKC", source)
    folded = "".join(char for char in folded if unicodedata.category(char) != "Cf").strip()
    folded = re.sub(r"^The(?=[A-Z]\w{3})", "", folded).casefold()
    is_domain = DOMAIN.fullmatch(folded)
    host = re.sub(r"^(?:https?://)?(?:(?:www\d?|m|amp|mobile|edition|en)\.)*", "", folded).partition("/")[0]
    name = _publishers().get(host if is_domain else _fold_name(folded))
    if name:
        return _fold_name(name.casefold())
    return re.sub(r"^the(?=\w{4})", "", _fold_name(_own_label(host))) if is_domain else _fold_name(folded)


def _fold_name(name: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"^the[\s-]+(?=\S)", "", name))


def _own_label(host: str) -> str:
    """Give the label of a host that is the publisher's own: `example-post` of news.example-post.co.uk."""
    labels = host.partition(":")[0].split(".")
    kept = labels[:-1]
    if len(kept) > 1 and len(labels[-1]) == 2 and kept[-1] in SECOND_LEVEL:
        kept = kept[:-1]
    return kept[-1]


@cache
def _publishers() -> dict[str, str]:
    found = {}
    for row in load_lexicon("publishers"):
        found[row["entry"] if "." in row["entry"] else _fold_name(row["entry"])] = row["name"]
    return found


def find_host(url: str) -> str | None:
    """Give the host of a web address, an archive's copy by the address that it keeps; None where there is none."""
    kept = re.search(r"/web/\d{4,14}[a-z_]*/(https?://.+)$", url)
    try:
        parts = urlsplit(kept.group(1) if kept else url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname:
        return None
    return re.sub(r"^(?:(?:www\d?|m|amp|mobile)\.)+(?=[^.]+\.)", "", parts.hostname)


def find_look_alike(source: str) -> str | None:
    """Say what is odd in a publisher's name that mixes scripts or hides characters; None where nothing is."""
    hidden = sum(unicodedata.category(char) == "Cf" for char in source)
    if hidden:
        return f"the publisher's name holds {hidden} invisible characters"
    if source.isascii():
        return None
    scripts = {unicodedata.name(char, "?").split()[0] for char in source if char.isalpha()}
    mixed = scripts & SCRIPTS
    if len(mixed) > 1:
        return f"the publisher's name mixes alphabets ({', '.join(sorted(mixed)).lower()}): a look-alike?"
    return None


def find_look_alikes(sources: Iterable[str]) -> dict[str, list[str]]:
    """Find publishers that look like another one of the same folder and are not: each with those that it looks like.

    Nothing is merged: two names that differ in a letter of another alphabet, an accent or a digit stay two publishers.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for source in set(sources):
        groups[_draw(source)].add(source)
    found: dict[str, list[str]] = {}
    for alike in groups.values():
        if len({make_source_key(source) for source in alike}) > 1:
            for source in alike:
                key = make_source_key(source)
                found[source] = sorted(other for other in alike if make_source_key(other) != key)
    return found


def _draw(source: str) -> str:
    """Reduce a name to how it looks: look-alike letters and digits by their Latin ones, accents left out."""
    shape = source.casefold().translate(_confusables())
    shape = "".join(c for c in unicodedata.normalize("NFKD", shape) if unicodedata.category(c) not in ("Mn", "Cf"))
    return re.sub(r"[\W_]+", "", shape.translate(_confusables()))


@cache
def _confusables() -> dict[int, str]:
    return {ord(row["entry"]): row["latin"] for row in load_lexicon("look_alikes")}


@cache
def _compile_agencies() -> tuple[dict[str, str], re.Pattern, re.Pattern]:
    """Compile the agencies: names by what is written, the pattern of any of them, and of the credits that name one."""
    rows = load_lexicon("agencies")
    names = {row["entry"].casefold(): row["name"] for row in rows}
    ordered = sorted((row["entry"] for row in rows), key=len, reverse=True)
    # Short forms are words of other languages and other things in small letters.
    long = "|".join(re.escape(entry) for entry in ordered if len(entry) > 5)
    short = "|".join(re.escape(entry) for entry in ordered if len(entry) <= 5)
    agency = rf"(?:[Tt]he )?(?P<%s>(?i:{long})|{short})"
    lead = (
        r"source|with files from|with (?:additional )?reporting (?:by|from)|(?:additional )?reporting (?:by|from)|with|by|from"
        r"|(?:copyright|©|\(c\))(?: ©)?(?: ?\d{4},?)?(?: by)?"
    )
    credits = (
        rf"^(?:[^\n]{{0,80}} )?\({agency % 'dateline'}\)\s*(?::|—|–|--?)",
        rf"^\({agency % 'bracket'}\)\s+(?=\S)",
        rf"^[Bb]y [^\n]{{3,60}}(?:,| of| for| \|)\s*{agency % 'byline'}$",
        rf"\b{agency % 'helped'}(?:[’']s)?(?: (?:writer|reporter|correspondent|journalist|staff)s?\b[^\n]{{0,300}}| [^\n]{{0,40}})?"
        r",? (?:also )?contributed (?:reporting )?to this (?:report|story|article|piece)\b",
        rf"^\W*(?i:{lead}):?\s*{agency % 'named'}\)?(?:\W*$|[,;.] [^\n]{{0,60}}$)",
        rf"^\W*[—–-]\s*{agency % 'dashed'}\W*$",
    )
    alone = re.compile(rf"^\W*{agency % 'first'}(?:(?:,| and|/| &| \|)+ ?(?:the )?(?:(?i:{long})|{short}))*\)?\W*$")
    return names, re.compile("|".join(credits), re.M), alone


def find_agency_name(name: str) -> str | None:
    """Give the agency that a name or short form stands for; None where it is no agency's."""
    return _compile_agencies()[0].get(re.sub(r"^the ", "", name.strip().casefold()))


def is_agency_line(line: str) -> bool:
    """Say whether a line names one or more agencies and nothing else."""
    return len(line) <= 90 and bool(_compile_agencies()[2].match(line))


def _names_an_agency(text: str) -> bool:
    """Say whether an agency's name stands in a text at all: most texts name none, and are spared the patterns."""
    folded = text.casefold()
    short, long = _list_names()
    return any(name in text for name in short) or any(name in folded for name in long)


@cache
def _list_names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    entries = [row["entry"] for row in load_lexicon("agencies")]
    long = tuple(entry.casefold() for entry in entries if len(entry) > 5)
    return tuple(entry for entry in entries if len(entry) <= 5), long


def find_agency_credit(text: str) -> str | None:
    """Find the agency that an article credits as its origin, at its head or its end; pictures' credits do not count."""
    names, pattern, alone = _compile_agencies()
    for end in (text[:HEAD], text[-TAIL:] if len(text) > HEAD else ""):
        found = pattern.search(end) if _names_an_agency(end) else None
        if found:
            return names[found[found.lastgroup].casefold()]
    last = text.rstrip().rpartition("\n")[2]
    found = alone.match(last) if len(last) <= 90 else None
    return names[found["first"].casefold()] if found else None


def name_sources(articles: pd.DataFrame) -> dict[str, str]:
    """Name each article for a reader, everywhere the same: its publisher, else the first words of its headline or text.

    Two articles of one publisher, or with the same first words, are numbered; one without a word is its file.
    """
    ordered = articles.sort_values("article_id", kind="stable")
    plain = {row.article_id: _name_source(row) for row in ordered.itertuples()}
    counts = Counter(plain.values())
    names: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for article, name in plain.items():
        numbers[name] = numbers.get(name, 0) + 1
        names[article] = f"{name} ({numbers[name]})" if counts[name] > 1 else name
    return names


def _name_source(row) -> str:
    """Name an article by itself: its publisher, its headline's or text's first words in quotation marks, or its file."""
    if isinstance(row.source, str) and row.source.strip():
        return row.source
    opening = row.title if isinstance(getattr(row, "title", None), str) else None
    return _quote_first_words(opening or _find_opening(row)) or row.article_id


def _find_opening(row) -> str:
    """Find the line that an article without a headline opens with, behind its dateline."""
    text = row.text if isinstance(getattr(row, "text", None), str) else ""
    dateline = getattr(row, "dateline", None)
    if isinstance(dateline, str) and dateline in text[:HEAD]:
        text = text.partition(dateline)[2]
    return next((line for line in text.splitlines() if len(line.split()) >= FACE_WORDS), "")


def _quote_first_words(line: str) -> str:
    """Quote the first words of a line, as many as a column has room for, without what stands in marks of its own."""
    words = line.strip(" \t—–-:;,.").translate(MARKS).split()
    kept: list[str] = []
    for word in words:
        if kept and len(" ".join([*kept, word])) > FACE_LENGTH:
            break
        kept.append(word)
    shown = " ".join(kept)[: 2 * FACE_LENGTH].rstrip(" ,;:—–-.")
    return f"“{shown}{' …' if len(kept) < len(words) else ''}”" if shown else ""
