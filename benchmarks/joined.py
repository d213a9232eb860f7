"""Print how well a file that holds several articles on one topic is cut into them.

Usage: python benchmarks/joined.py [--layout NAME] [--errors]

Two hundred files are composed when this runs: the papers of each invented story of benchmarks/stories/001 to 100, one
below the other, in two of the layouts below, each in turn. The layouts are rebuilt from what parsers and documentation
of the services say; no real export was at hand. Scored are the articles whose text is theirs alone and whole, and their
publisher and day. The same papers in files of their own, pasted with the same heads, must stay whole.
"""

from __future__ import annotations

import argparse
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import yaml

from helpers.articles import read_articles

STORIES = Path(__file__).parent / "stories"
AUTHORS = ("Ilse Varga", "Owen Rask", "Mara Dell", "Jon Hale", "Petra Lind", "Tomas Quill", "Nadia Ferro", "Sam Orton")


class Paper(NamedTuple):
    """One paper of a story: what its head says and its paragraphs."""

    title: str
    source: str
    day: pd.Timestamp
    author: str
    body: list[str]

    def words(self) -> int:
        """Count the words of the text."""
        return sum(len(paragraph.split()) for paragraph in self.body)

    def us_day(self) -> str:
        """Write the day as American papers do."""
        return f"{self.day:%B} {self.day.day}, {self.day.year}"

    def day_first(self) -> str:
        """Write the day with its number first."""
        return f"{self.day.day} {self.day:%B} {self.day.year}"


def read_papers(folder: Path) -> list[Paper]:
    """Read the papers of a story, each with an author of ours."""
    given = yaml.safe_load((folder / "story.yaml").read_text(encoding="utf-8"))["articles"]
    papers = []
    for number, path in enumerate(sorted(folder.glob("*.txt"))):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        author = AUTHORS[(int(folder.name[:3]) + 3 * number) % len(AUTHORS)]
        said = given[path.name]
        papers.append(Paper(lines[0], said["source"], pd.Timestamp(said["published"]), author, lines[1:]))
    return papers


def wrap(paragraphs: list[str], width: int = 70) -> str:
    """Break paragraphs into lines as services and mail programs do."""
    return "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)


def nexis_text(papers: list[Paper]) -> str:
    """Nexis as plain text: «n of N DOCUMENTS», centred publisher and day, fields in capitals, lines of 70 signs."""
    parts = []
    for number, paper in enumerate(papers, 1):
        head = [f"{number} of {len(papers)} DOCUMENTS", paper.source, f"{paper.us_day()} {paper.day:%A}"]
        centred = "\n\n".join(line.center(78).rstrip() for line in head)
        fields = f"BYLINE: {paper.author}\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: {paper.words()} words"
        foot = f"LOAD-DATE: {paper.us_day()}\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper"
        owner = (
            f"Copyright {paper.day.year} {paper.source}".center(78).rstrip() + "\n" + " " * 28 + "All Rights Reserved"
        )
        parts.append(
            f"\n{centred}\n\n{wrap([paper.title])}\n\n{fields}\n\n\n{wrap(paper.body)}\n\n{foot}\n\n\n{owner}\n\n\n"
        )
    return "\n".join(parts)


def nexis_uni(papers: list[Paper]) -> str:
    """Nexis Uni as its documents read: a cover with a list, then each with its head, «Body» and «End of Document»."""
    listed = "\n".join(
        f"{number}. {paper.title}\nClient/Matter: -None-\nSearch Terms: town" for number, paper in enumerate(papers, 1)
    )
    parts = [
        f"User Name: reader\nDate and Time: Monday, 10 March 2025\nJob Number: 247000001\nDocuments ({len(papers)})\n{listed}\n"
    ]
    for paper in papers:
        owner = f"Copyright {paper.day.year} {paper.source} Ltd All Rights Reserved"
        head = [paper.title, paper.source, f"{paper.us_day()} {paper.day:%A}", owner, "Section: NEWS; Pg. 3"]
        head += [f"Length: {paper.words()} words", f"Byline: {paper.author}", "Body"]
        foot = ["Classification", "Language: ENGLISH", "Publication-Type: Newspaper", f"Load-Date: {paper.us_day()}"]
        parts.append("\n".join([*head, *paper.body, *foot, "End of Document", ""]))
    return "\n".join(parts)


def factiva_plain(papers: list[Paper]) -> str:
    """Factiva without codes: lines without labels, each article ended by its identifier."""
    parts = []
    for number, paper in enumerate(papers):
        head = [
            "News",
            paper.title,
            paper.author,
            f"{paper.words()} words",
            paper.day_first(),
            paper.source,
            "ABCD",
            "3",
        ]
        head += ["English", f"Copyright {paper.day.year}. {paper.source}"]
        foot = ["", f"Document ABCD0000{paper.day:%Y%m%d}el0{number:05}", "", ""]
        parts.append("\n".join([*head, "", "\n\n".join(paper.body), *foot]))
    return "\n".join(parts) + "\n© 2025 Factiva, Inc. All rights reserved.\n"


def factiva_codes(papers: list[Paper]) -> str:
    """Factiva with its codes of two letters before each field."""
    parts = []
    for number, paper in enumerate(papers):
        fields = [
            ("HD", paper.title),
            ("BY", f"By {paper.author}"),
            ("WC", f"{paper.words()} words"),
            ("PD", paper.day_first()),
        ]
        fields += [
            ("SN", paper.source),
            ("SC", "ABCD"),
            ("LA", "English"),
            ("CY", f"Copyright {paper.day.year}. {paper.source}"),
        ]
        fields += [("LP", "\n\n".join(paper.body[:1])), ("TD", "\n\n".join(paper.body[1:]))]
        fields += [
            ("NS", "gcat : Political/General News"),
            ("AN", f"Document ABCD0000{paper.day:%Y%m%d}el0{number:05}"),
        ]
        parts.append("\n\n".join(f"{code}  {value}" for code, value in fields if value))
        parts.append(f"Document ABCD0000{paper.day:%Y%m%d}el0{number:05}\n")
    return "\n\n".join(parts)


def proquest(papers: list[Paper]) -> str:
    """ProQuest as text: rules of underscores, «Full text:», and most fields below the text."""
    rule = "_" * 60
    parts = []
    for number, paper in enumerate(papers, 1):
        fields = ["Subject: Towns", "Location: Europe", f"Title: {paper.title}", f"Publication title: {paper.source}"]
        fields += [
            f"Publication year: {paper.day.year}",
            f"Publication date: {paper.day:%b} {paper.day.day}, {paper.day.year}",
        ]
        fields += ["Publisher: Papers Ltd", "Country of publication: United Kingdom", "Source type: Newspapers"]
        fields += [f"ProQuest document ID: 30000{number}", "Database: Global Newsstream"]
        info = f"Publication info: {paper.source} ; City [City]. {paper.day:%d %b %Y}: A.3."
        head = [paper.title, f"Author: {paper.author}", info, "Full text: " + "\n\n".join(paper.body)]
        parts.append("\n\n".join([f"Document {number} of {len(papers)}", *head, *fields]))
    closing = "Contact us at: http://www.example.org Database copyright © 2025. All rights reserved."
    return f"{rule}\n\n" + f"\n\n{rule}\n\n".join([*parts, closing])


def newsbank(papers: list[Paper]) -> str:
    """NewsBank of old: publisher and day in a line, fields, «Article Text:», a record number."""
    parts = []
    for number, paper in enumerate(papers):
        head = [f"{paper.source} (CITY) - {paper.us_day()}", paper.title, f"Author: {paper.author}; Staff Writer"]
        head += [
            "Edition: Final",
            "Section: News",
            "Page: 3A",
            "Readability: >12 (Lexile: 1410)",
            "",
            "Article Text:",
            "",
        ]
        foot = [f"Copyright (c) {paper.day.year} {paper.source}", f"Record Number: 0f12{number:04}", "", ""]
        parts.append("\n".join([*head, "\n\n".join(paper.body), "", *foot]))
    return "\n".join(parts)


def newsbank_access(papers: list[Paper]) -> str:
    """NewsBank of now: title, then day, publisher and author in a line, a citation below the text."""
    parts = []
    for paper in papers:
        head = [paper.title, f"{paper.us_day()} | {paper.source} (City, ST) | Author: {paper.author} | Section: News"]
        head += [f"{paper.words()} Words", "OpenURL Link", ""]
        last = paper.author.split()[-1]
        foot = [f"• Citation (MLA Style): {last}, A. '{paper.title}', {paper.source}, {paper.day_first()}, p. 3"]
        foot += [f"Copyright © {paper.day.year} {paper.source}. All rights reserved.", "", ""]
        parts.append("\n".join([*head, "\n\n".join(paper.body), "", *foot]))
    return "\n".join(parts)


def forwards(papers: list[Paper]) -> str:
    """Messages forwarded one after the other, under a line of whoever did."""
    parts = ["FYI, what we have so far.\n"]
    for paper in papers:
        host = "".join(filter(str.isalnum, paper.source.lower().encode("ascii", "ignore").decode())) or "paper"
        head = ["---------- Forwarded message ---------", f"From: {paper.source} <news@{host}.example>"]
        head += [
            f"Date: {paper.day:%a, %b} {paper.day.day}, {paper.day.year} at 8:00 AM",
            f"Subject: Fwd: {paper.title}",
        ]
        parts.append("\n".join([*head, "To: <desk@example.org>", "", "", wrap(paper.body, 72), ""]))
    return "\n".join(parts)


def records(papers: list[Paper]) -> str:
    """Records of a script: a few fields in front of each text."""
    parts = []
    for paper in papers:
        head = [
            f"Title: {paper.title}",
            f"Source: {paper.source}",
            f"Date: {paper.day:%Y-%m-%d}",
            f"Author: {paper.author}",
        ]
        parts.append("\n".join([*head, "", "\n\n".join(paper.body), ""]))
    return "\n".join(parts)


def pasted(papers: list[Paper]) -> str:
    """Pasted one below the other, with an author line and the day."""
    heads = [[paper.title, f"By {paper.author}, {paper.source}", paper.us_day()] for paper in papers]
    return "\n\n\n".join("\n\n".join([*head, *paper.body]) for head, paper in zip(heads, papers, strict=True)) + "\n"


def pasted_tight(papers: list[Paper]) -> str:
    """Pasted with the publisher above the title, and no wider gap than between paragraphs."""
    heads = [[paper.source, paper.day_first(), paper.title, f"By {paper.author}"] for paper in papers]
    return "\n\n".join(
        "\n".join(head) + "\n\n" + "\n\n".join(paper.body) for head, paper in zip(heads, papers, strict=True)
    )


def pasted_rules(papers: list[Paper]) -> str:
    """Pasted with a rule between, publisher and day in a line under the title."""
    heads = [f"{paper.title}\n{paper.source}, {paper.us_day()}" for paper in papers]
    whole = [f"{head}\n\n" + "\n\n".join(paper.body) for head, paper in zip(heads, papers, strict=True)]
    return "\n\n----------\n\n".join(whole) + "\n"


def pasted_wrapped(papers: list[Paper]) -> str:
    """Pasted from mails: lines of 72 signs, the address above each."""
    heads = [f"{paper.title}\nBy {paper.author}, {paper.source}\n{paper.us_day()}" for paper in papers]
    return "\n\n\n".join(f"{head}\n\n{wrap(paper.body, 72)}" for head, paper in zip(heads, papers, strict=True)) + "\n"


def factiva_html(papers: list[Paper]) -> str:
    """Factiva as a page: a box an article, its lines without labels."""
    parts = []
    for number, paper in enumerate(papers):
        lines = [f"{paper.words()} words", paper.day_first(), paper.source, "ABCD", "3", "English"]
        lines.append(f"Copyright {paper.day.year}. {paper.source}")
        head = f'<div id="hd"><span class="enHeadline">{escape(paper.title)}</span></div><div class="author">{paper.author}</div>'
        boxes = "".join(f"<div>{escape(line)}</div>" for line in lines)
        body = "".join(f'<p class="articleParagraph enarticleParagraph">{escape(one)}</p>' for one in paper.body)
        key = f"ABCD0000{paper.day:%Y%m%d}el0{number:05}"
        parts.append(
            f'<div id="article-{key}" class="article enArticle"><p></p>{head}{boxes}{body}<p>Document {key}</p></div><br>'
        )
    return (
        f"<html><head><title>Factiva</title></head><body>{''.join(parts)}<p>&copy; 2025 Factiva, Inc.</p></body></html>"
    )


def europresse(papers: list[Paper]) -> str:
    """Europresse as a page: an `article` each, its head told by classes."""
    parts = []
    for paper in papers:
        head = f'<div class="rdp__DocPublicationName"><span class="DocPublicationName">{escape(paper.source)}, no. 4301</span></div>'
        head += f'<span class="DocHeader">{paper.us_day()} {paper.words()} words, p. 3</span>'
        head += (
            f'<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">{escape(paper.title)}</p></div>'
        )
        head += f'<p class="sm-margin-bottomNews">{paper.author}</p>'
        body = "".join(f"<p>{escape(one)}</p>" for one in paper.body)
        foot = f"<footer><p>© {paper.day.year} {escape(paper.source)}. All rights reserved.</p></footer>"
        parts.append(
            f'<article><header>{head}</header><section><div class="DocText clearfix">{body}</div></section>{foot}</article>'
        )
    return f"<html><head><title>Europresse</title></head><body>{''.join(parts)}</body></html>"


def hits(papers: list[Paper]) -> str:
    """A page of hits with the whole texts: a box each with its heading, publisher and time."""
    parts = []
    for paper in papers:
        head = f'<h2>{escape(paper.title)}</h2><span class="source">{escape(paper.source)}</span>'
        head += f'<time datetime="{paper.day:%Y-%m-%d}">{paper.us_day()}</time><span class="byline">By {paper.author}</span>'
        body = "".join(f"<p>{escape(one)}</p>" for one in paper.body)
        parts.append(f'<article class="hit">{head}{body}</article>')
    return f"<html><head><title>Results for town</title></head><body><h1>Results</h1>{''.join(parts)}</body></html>"


LAYOUTS: dict[str, tuple[Callable[[list[Paper]], str], str]] = {
    "Nexis, text": (nexis_text, "txt"),
    "Nexis Uni": (nexis_uni, "txt"),
    "Factiva": (factiva_plain, "txt"),
    "Factiva, codes": (factiva_codes, "txt"),
    "ProQuest": (proquest, "txt"),
    "NewsBank": (newsbank, "txt"),
    "NewsBank Access": (newsbank_access, "txt"),
    "forwarded messages": (forwards, "txt"),
    "records": (records, "txt"),
    "pasted": (pasted, "txt"),
    "pasted, no gap": (pasted_tight, "txt"),
    "pasted, rules": (pasted_rules, "txt"),
    "pasted, wrapped": (pasted_wrapped, "txt"),
    "Factiva, page": (factiva_html, "html"),
    "Europresse, page": (europresse, "html"),
    "page of hits": (hits, "html"),
}


def score_file(papers: list[Paper], content: str, ending: str, shown: list[str] | None) -> Counter:
    """Read one composed file and count what is right of it."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / f"joined.{ending}").write_text(content, encoding="utf-8")
        rows = [row for row in read_articles(place).itertuples() if not isinstance(row.skipped, str)]
    counts = Counter(articles=len(papers), found=len(rows))
    for paper in papers:
        row = next((row for row in rows if is_right(row.text, paper, papers)), None)
        counts["right"] += row is not None
        if row is not None:
            counts["publisher"] += row.source == paper.source
            counts["day"] += row.published == paper.day
            counts["signed"] += paper.author in content
            counts["author"] += paper.author in content and row.byline == paper.author
            counts["title"] += row.title == paper.title
        if shown is not None and (row is None or row.source != paper.source or row.published != paper.day):
            got = [(one.title, one.source, str(one.published)[:10], len(one.text)) for one in rows]
            shown.append(f"    {paper.title!r}, {paper.source}, {paper.day.date()}: {got}")
    return counts


def is_right(text: str, paper: Paper, papers: list[Paper]) -> bool:
    """Say whether a text holds every paragraph of a paper, its title, and none of another paper."""
    joined = " ".join(text.split())
    others = [one for other in papers if other is not paper for one in [other.title, *other.body]]
    return all(one in joined for one in [paper.title, *paper.body]) and not any(one in joined for one in others)


def main() -> None:
    """Compose the files, read them and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--layout", choices=LAYOUTS, help="this layout alone, with every story")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    names = [options.layout] if options.layout else list(LAYOUTS)
    totals: dict[str, Counter] = {name: Counter() for name in names}
    shown: list[str] | None = [] if options.errors else None
    whole = Counter()
    for number, folder in enumerate(sorted(STORIES.iterdir())[:100]):
        papers = read_papers(folder)
        for turn in range(2 if not options.layout else 1):
            name = names[(2 * number + turn) % len(names)]
            make, ending = LAYOUTS[name]
            if shown is not None:
                shown.append(f"{folder.name}, {name}")
            totals[name] += score_file(papers, make(papers), ending, shown)
        for paper in papers:
            single = score_file([paper], pasted([paper]), "txt", None)
            whole += Counter(files=1, cut=single["found"] != 1)
    if shown is not None:
        print(
            "\n".join(
                line for line, below in zip(shown, [*shown[1:], ""], strict=True) if line[0] == " " or below[:1] == " "
            )
        )
    print_figures(totals, whole)


def print_figures(totals: dict[str, Counter], whole: Counter) -> None:
    """Print a line a layout and one for all."""
    print(
        f"{'layout':20} {'articles':>8} {'precision':>9} {'recall':>6} {'publisher':>9} {'day':>5} {'author':>6} {'title':>5}"
    )
    for name, own in [*totals.items(), ("all", sum(totals.values(), Counter()))]:
        of, right = own["articles"], max(own["right"], 1)
        told = [own["publisher"] / of, own["day"] / of, own["author"] / max(own["signed"], 1), own["title"] / right]
        shares = [own["right"] / max(own["found"], 1), own["right"] / of, *told] if of else []
        print(f"{name:20} {of:8} " + " ".join(f"{share:9.3f}" for share in shares))
    print(f"whole articles cut: {whole['cut']} of {whole['files']}")


if __name__ == "__main__":
    main()
