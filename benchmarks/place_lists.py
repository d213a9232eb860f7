"""Turn a reader's lists, handed in as quotations, into places: offsets and kinds only, no text of an article.

    place_lists.py LISTS.json STORY_FOLDER [--output PLACED.json]

LISTS.json   {"story", "disagreements": [{"id", "kind", "severity", "note", "sides": [[place, ...], [place, ...], ...]}],
              "agreements": [{"note", "places": [place, ...]}], "false_friends": [{"note", "places": [place, place]}]}
             place: {"article": the raw file's stem, "quote": its words to the letter, "nth": which occurrence, 1 where it stands once}
Refuses, naming each, what does not stand in the text, stands there more than once without `nth`, or is of no kind of the contract.
Notes are a reader's own words and are kept; a note that repeats eight words of an article in a row is refused.
"""

import argparse
import json
import re
import sys
from pathlib import Path

KINDS = (
    "denial",
    "date",
    "amount",
    "actor",
    "characterisation",
    "wording",
    "scope",
    "certainty",
    "headline",
    "omission",
)
RUN = 8


def read_texts(folder: Path) -> dict[str, str]:
    """The articles of a story by their stems, decoded as the suite decodes them."""
    from helpers.articles import read_articles

    articles = read_articles(folder)
    return {Path(row.raw_path).stem: row.text for row in articles.itertuples() if isinstance(row.text, str)}


def place(entry: dict, texts: dict[str, str], faults: list[str], where: str) -> dict:
    """Give a quotation its offsets; what is wrong with it goes to `faults`."""
    article, quote, nth = entry.get("article"), entry.get("quote", ""), entry.get("nth")
    text = texts.get(article)
    if text is None:
        faults.append(f"{where}: no article {article!r}; there are {', '.join(sorted(texts))}")
        return {}
    starts = [found.start() for found in re.finditer(re.escape(quote), text)] if quote else []
    if not starts or (nth is None and len(starts) > 1) or (nth is not None and not 1 <= nth <= len(starts)):
        faults.append(
            f"{where}: {quote!r} stands {len(starts)} times in {article}" + (", say which by nth" if starts else "")
        )
        return {}
    start = starts[(nth or 1) - 1]
    return {"article": article, "start": start, "end": start + len(quote)}


def place_lists(lists: dict, texts: dict[str, str]) -> tuple[dict, list[str]]:
    """Place all entries of a reader's lists; the second is what is wrong with them, a line each."""
    faults: list[str] = []
    runs = set()
    for text in texts.values():
        words = re.findall(r"\w+", text.lower())
        runs |= {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}

    def note(entry: dict, where: str) -> str:
        words = re.findall(r"\w+", entry.get("note", "").lower())
        if any(tuple(words[i : i + RUN]) in runs for i in range(len(words) - RUN + 1)):
            faults.append(f"{where}: the note repeats {RUN} words of an article in a row")
        return entry.get("note", "")

    disagreements = []
    for number, entry in enumerate(lists.get("disagreements", []), 1):
        where = f"disagreement {entry.get('id', number)}"
        if entry.get("kind") not in KINDS:
            faults.append(f"{where}: no kind {entry.get('kind')!r}")
        if entry.get("severity") not in ("major", "minor"):
            faults.append(f"{where}: severity is major or minor, not {entry.get('severity')!r}")
        sides = [[place(one, texts, faults, where) for one in side] for side in entry.get("sides", [])]
        if len(sides) < (1 if entry.get("kind") == "omission" else 2) or not all(sides):
            faults.append(f"{where}: too few sides, or an empty one")
        disagreements.append(
            {
                "id": f"D{number}",
                "kind": entry.get("kind"),
                "severity": entry.get("severity"),
                "note": note(entry, where),
                "sides": sides,
            }
        )
    placed = {"story": lists.get("story"), "disagreements": disagreements}
    for name in ("agreements", "false_friends"):
        placed[name] = [
            {
                "note": note(entry, f"{name} {number}"),
                "places": [place(one, texts, faults, f"{name} {number}") for one in entry.get("places", [])],
            }
            for number, entry in enumerate(lists.get(name, []), 1)
        ]
        faults += [
            f"{name} {n}: fewer than two places" for n, entry in enumerate(placed[name], 1) if len(entry["places"]) < 2
        ]
    return placed, faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lists", type=Path)
    parser.add_argument("story", type=Path)
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    placed, faults = place_lists(json.loads(given.lists.read_text(encoding="utf-8")), read_texts(given.story))
    for fault in faults:
        print(fault)
    if faults:
        return 1
    if given.output:
        given.output.parent.mkdir(parents=True, exist_ok=True)
        given.output.write_text(json.dumps(placed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(
        f"{len(placed['disagreements'])} disagreements, {len(placed['agreements'])} agreements, {len(placed['false_friends'])} look-alikes placed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
