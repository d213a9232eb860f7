"""Generate a corpus with known facts: invented accidents, each told by five publishers, with planted copies and conflicts.

Of the five articles of a story the second is the first's text under another masthead, the third gives another number
for the same thing, and the fourth quotes the spokesperson's words again and carries a denial. Everything is invented;
the same seed gives the same bytes.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ARTICLES = 5  # a story
PER_FILE = 2000  # articles in one JSONL file
ONSETS = ["b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kr", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w"]
VOWELS = ["a", "e", "i", "o", "u", "ei", "ou", "ia"]
CODAS = ["l", "n", "r", "s", "th", "m", "nd", "rk", "st"]
PAPERS = ("Courier", "Gazette", "Herald", "Observer", "Post", "Ledger", "Echo", "Mail", "Argus", "Record")
THINGS = (
    ("warehouse", "fire broke out in", "pallets", "destroyed"), ("bridge", "barge struck", "panels", "damaged"),
    ("school", "storm tore the roof off", "windows", "shattered"), ("reservoir", "crack opened in", "farms", "flooded"),
    ("market hall", "gas leak shut", "stalls", "closed"), ("tramway", "landslide blocked", "carriages", "stranded"),
    ("museum", "burst pipe flooded", "paintings", "ruined"), ("quarry", "blast shook", "houses", "evacuated"),
)  # fmt: skip
CAUSES = ("a faulty valve", "loose cabling", "heavy rain", "worn brakes", "a blocked drain", "old timber")
QUOTES = (
    "We warned the owners about {cause} three times and nobody answered our letters",
    "Our crews reached the {place} within nine minutes and found {cause} at once",
    "Nobody should have been near the {place} after the inspectors found {cause}",
    "The {place} will stay closed until {cause} has been dealt with for good",
)


@dataclass(frozen=True)
class Planted:
    """What one generated story holds: the ids of its articles in order, the quotation, its speaker, the two numbers."""

    articles: tuple[str, ...]
    speaker: str
    quotation: str
    count: int
    other_count: int


def make_name(chance: random.Random, syllables: int = 2) -> str:
    """Make up a name."""
    parts = [chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(syllables)]
    return ("".join(parts) + chance.choice(CODAS)).capitalize()


def make_story(number: int, seed: int = 0) -> tuple[list[dict], Planted]:
    """Make the five articles of story `number`, and what was planted in them."""
    chance = random.Random(f"{seed}/{number}")
    town, person, owner, mayor = (make_name(chance, n) for n in (3, 2, 3, 2))
    person, mayor = f"{make_name(chance)} {person}", f"{make_name(chance)} {mayor}"
    place, happened, things, done = chance.choice(THINGS)
    cause = chance.choice(CAUSES)
    quotation = chance.choice(QUOTES).format(cause=cause, place=place)
    day = date(2020, 1, 1) + timedelta(days=number % 1800)
    count, cost = chance.randint(20, 400), chance.randint(2, 90)
    other_count = count * 2 + chance.randint(3, 50)
    papers = [f"{make_name(chance)} {paper}" for paper in chance.sample(PAPERS, ARTICLES)]
    lead = f"A {happened} the {place} of {town} on {day:%B} {day.day}, {day.year}"
    agency = (
        f"{lead}, and {count} {things} were {done}, the {town} fire service said.\n\n"
        f"“{quotation},” said {person}, a spokesperson for the fire service.\n\n"
        f"Repairs to the {place} will cost about ${cost} million, according to the {town} council. "
        f"{owner} Holdings has owned the {place} since {day.year - 12}.\n\n"
        f"{mayor}, the mayor of {town}, alleged that {owner} Holdings ignored {cause}."
    )
    texts = [
        agency,
        agency,
        f"{lead}. In all, {other_count} {things} were {done}, the {town} police said.\n\n"
        f"Neighbours spoke of a long night in {town}. The council of {town} met in the morning and promised help to "
        f"families near the {place}.\n\n{mayor} said that the {place} was a symbol of {town}.",
        f"The owner of the {place} in {town} has rejected the charges after the accident of {day:%B} {day.day}.\n\n"
        f"{owner} Holdings denied that it ignored {cause}.\n\n"
        f"“{quotation},” {person} told reporters in {town}.\n\nAn inquiry by the council of {town} will begin next week.",
        f"People in {town} gathered at the {place} to thank the fire service, two days after a {happened} it.\n\n"
        f"{mayor} said that {town} would rebuild the {place}. {owner} Holdings sent a letter to every household in {town}.",
    ]
    titles = [
        f"{done.capitalize()}: {count} {things} in {town}", f"{town} {place} hit", f"Long night at the {place} of {town}",
        f"{owner} Holdings rejects charges over {town} {place}", f"{town} thanks its fire service",
    ]  # fmt: skip
    ids = tuple(f"s{number:06d}-{letter}" for letter in "abcde")
    published = [day, day, day, day + timedelta(days=1), day + timedelta(days=2)]
    articles = [
        {"id": name, "title": title, "publish_date": when.isoformat(), "media_name": paper, "text": f"{title}\n\n{text}"}
        for name, title, when, paper, text in zip(ids, titles, published, papers, texts, strict=True)
    ]  # fmt: skip
    return articles, Planted(ids, person, quotation, count, other_count)


def write_corpus(folder: Path, articles: int, seed: int = 0) -> list[Planted]:
    """Write a corpus of `articles` articles as JSONL files of `PER_FILE`, shuffled among their file; give what was planted."""
    folder.mkdir(parents=True, exist_ok=True)
    planted: list[Planted] = []
    stories = range(articles // ARTICLES)
    step = PER_FILE // ARTICLES
    for first in range(0, len(stories), step):
        rows = []
        for number in stories[first : first + step]:
            made, facts = make_story(number, seed)
            rows.extend(made)
            planted.append(facts)
        random.Random(f"{seed}/{first}").shuffle(rows)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"articles-{first:06d}.jsonl").write_text(lines, encoding="utf-8")
    return planted
