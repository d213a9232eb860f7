"""Names of people, organisations, products and places, and which of them are one across a story's articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from helpers import tables
from helpers.lexicons import lexicon_index
from helpers.sentences import Span, find_sentences

NAME = re.compile(
    r"(?:[A-Z][\w'’.-]*[\w]|[A-Z]\.?)(?:(?: (?:of|the|de|van|von|bin|al|for|&) (?=[A-Z])| |-)(?:[A-Z][\w'’.-]*[\w]|[A-Z]\b\.?))*"
)
ALIAS = re.compile(
    r"(?P<new>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*),? \(?(?:formerly|previously|then|also) (?:known as|called|named) (?P<old>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*)"
)
ACRONYM = re.compile(r"(?P<name>(?:[A-Z][\w'’-]+ (?:of |for |the |and )?){2,7})\((?P<short>[A-Z]{2,7})\)")
POSSESSIVE = re.compile(r"['’]s?$")


def find_names(text: str, headlines: bool = True) -> list[Span]:
    """Find capitalised names in running text: spans without titles, possessive endings or sentence-opening words.

    With `headlines`, lines in title case are passed over, for their capitals tell nothing.
    """
    common = _lower_words(text)
    found = []
    for sentence in find_sentences(text):
        if headlines and is_title_case(text[sentence.start : sentence.end]):
            continue
        for match in NAME.finditer(text, sentence.start, sentence.end):
            span = _trim_name(text, Span(*match.span()), match.start() == _first_letter(text, sentence), common)
            if span is not None:
                found.append(span)
    return found


def is_title_case(sentence: str) -> bool:
    """Say whether a line capitalises its words as headlines do, so that capitals tell nothing of names."""
    long = [word for word in re.findall(r"[A-Za-z][\w'’-]*", sentence) if len(word) > 3]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _lower_words(text: str) -> set[str]:
    return set(re.findall(r"\b[a-z][a-z'’-]+\b", text))


def _first_letter(text: str, sentence: Span) -> int:
    position = sentence.start
    while position < sentence.end and not text[position].isalnum():
        position += 1
    return position


def _trim_name(text: str, span: Span, opens: bool, common: set[str]) -> Span | None:
    start, end = span
    words = lexicon_index("not_names")
    titles = [
        match
        for match in re.finditer(r"[\w'’.-]+", text[start:end])
        if match.group().casefold() in lexicon_index("titles")
    ]
    if titles and titles[-1].end() < end - start:
        # «Communications Director Jane Roe» names Jane Roe.
        start += titles[-1].end() + 1
    while True:
        first = re.match(r"[\w.'’-]+", text[start:end])
        if first is None:
            return None
        word = first.group()
        plain = POSSESSIVE.sub("", word).rstrip(".").casefold()
        if plain in words or (opens and start == span.start and plain in common and len(word) == end - start):
            start += len(word)
            while start < end and text[start] in " -&":
                start += 1
            continue
        break
    end -= len(text[start:end]) - len(POSSESSIVE.sub("", text[start:end]))
    if end - start < 2 or text[start:end].casefold() in words:
        return None
    return Span(start, end)


def name_entities(texts: Iterable[str]) -> dict[str, str]:
    """Map each name of a story to its fullest form: «Stone» to the one longer name that ends in it, aliases to theirs.

    A short form that could belong to two longer names stays itself; names are never merged by look-alike.
    """
    counts: Counter[str] = Counter()
    aliases: dict[str, str] = {}
    for text in texts:
        counts.update(text[start:end] for start, end in find_names(text))
        for match in ALIAS.finditer(text):
            aliases[match["old"]] = match["new"]
        for match in ACRONYM.finditer(text):
            aliases[match["short"]] = match["name"].strip()
    longer: dict[str, set[str]] = defaultdict(set)
    for name in counts:
        parts = name.split()
        if len(parts) > 1:
            longer[parts[-1]].add(name)
    fullest = {}
    for name in sorted(counts):
        target = aliases.get(name, name)
        if " " not in target and len(longer[target]) == 1:
            (target,) = longer[target]
        fullest[name] = aliases.get(target, target)
    return fullest


def entity_id(name: str) -> str:
    """Make the id of an entity from its fullest name."""
    return tables.make_id("e", name.casefold())


def find_entities(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the named entities of a story: one row a name where it stands in an article.

    Columns: `article_id, start, end, text, kind (person, organisation, product, place), entity_id, entity_name`.
    """
    fullest = name_entities(articles["text"])
    rows = []
    for article in articles.itertuples(index=False):
        for start, end in find_names(article.text):
            written = article.text[start:end]
            name = fullest.get(written, written)
            rows.append(
                {
                    "article_id": article.article_id,
                    "start": start,
                    "end": end,
                    "text": written,
                    "kind": _guess_kind(name),
                    "entity_id": entity_id(name),
                    "entity_name": name,
                }
            )
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "kind", "entity_id", "entity_name"])


def _guess_kind(name: str) -> str:
    return "person" if len(name.split()) == 2 else "organisation"
