"""Print how well a second article in one file is found, and how well each kind of passage is.

Usage: python benchmarks/passages.py [--half test] [--errors] [--shared ../shared]

Files are composed when this runs: an article of one topic and behind it one of another, the second with or without a
headline, a date stamp and a dateline, read beside other articles of the first topic; as many articles stand alone as
controls. Every second story is «tune», which the weights are fitted on; the others are «test». «apart» are articles about
one election, each joined to another: the hardest case, as both halves speak of the same people. The kinds of passages are scored against offsets labelled by hand, weighted by characters.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
from collections import Counter
from itertools import product
from pathlib import Path

from helpers import tables
from helpers.articles import read_articles
from helpers.language.sentences import find_sentences
from helpers.passages import split_passages
from helpers.passages.foreign import find_outsiders, find_topic_words
from helpers.passages.lines import is_headline

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = Path(__file__).parent / "gold" / "passages.jsonl"
SHORTEST = 500
PAIRS = 240
SIGNS = list(product((True, False), repeat=3))  # headline, stamp, dateline


def digest(*parts: object) -> int:
    """Draw a number from what is given, the same on every machine."""
    return int(hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:12], 16)


def read_topics(shared: Path, half: str) -> dict[str, dict[str, str]]:
    """Read the texts of a half of the stories, or the articles apart, each as a topic of its own."""
    topics: dict[str, dict[str, str]] = {}
    for folder in sorted([*(shared / "stories").iterdir(), *(shared / "articles").iterdir()]):
        if folder.is_dir() and half != "apart":
            texts = {row.article_id: row.text.strip() for row in read_articles(folder).itertuples()}
            topics[folder.name] = {name: text for name, text in texts.items() if len(text) >= SHORTEST}
    for line in (shared / "eval" / "attribution_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if half == "apart" and len(row["text"]) >= SHORTEST:
            topics[row["id"]] = {row["id"]: row["text"].strip()}
    # The file that holds two articles already would be a wrong control.
    topics.get("netflix-messages", {}).pop("003_2ba7489fef68d253", None)
    left_out = set() if half == "apart" else set(sorted(topics)[half == "tune" :: 2])
    return {name: texts for name, texts in topics.items() if name not in left_out}


def shorten(text: str) -> str:
    """Give the beginning of an article, as it stands where a page shows the next one."""
    return text[: text.find("\n", 900)] if text.find("\n", 900) > 0 else text


def dress(text: str, headline: bool, stamp: bool, dateline: bool, page: bool = False) -> str:
    """Give an article the signs that are wanted, take away a headline that is not; a `page` has its bars besides."""
    first, _, rest = text.partition("\n")
    body = rest.strip() if is_headline(first) else text
    if not headline:
        title = ""
    elif is_headline(first):
        title = first.strip()
    else:
        span = find_sentences(body)[0]
        title = " ".join(body[span.start : span.end].split()[:9]).rstrip(".,;:")
    # Half of the headlines stand twice, as they do on pages saved whole.
    again = title if digest("again", text) % 2 else ""
    lines = [title, "Updated 12 May 2019" if stamp else "", again, ("BRUSSELS: " if dateline else "") + body]
    if page:
        drawn = digest("page", text)
        lines.insert(1 + drawn % 2, ("By Ida Berg", "By Jan Holm, Halvik Courier", "")[drawn // 2 % 3])
        lines.insert(2 + drawn // 6 % 2, ("Follow", "Share", "Short Url\n\nFollow", "")[drawn // 12 % 4])
    return "\n\n".join(line for line in lines if line)


def compose(
    topics: dict[str, dict[str, str]], pairs: int = PAIRS, even: bool = False, pages: bool = False
) -> list[tuple[str, str, int | None, tuple, dict[str, str]]]:
    """Compose the files: name, text, where the second article begins (or None), its signs, the texts beside it.

    The gap before the second article is two or three line ends, or as wide as the others of the file where `even`;
    `pages` have author lines and share bars besides.
    """
    pool = [(topic, name) for topic, texts in sorted(topics.items()) for name in sorted(texts)]
    files = []
    for number in range(pairs):
        topic, name = pool[digest("first", number) % len(pool)]
        other = [item for item in pool if item[0] != topic][digest("second", number) % (len(pool) - len(topics[topic]))]
        signs = SIGNS[number % len(SIGNS)]
        text, second = topics[topic][name], topics[other[0]][other[1]]
        second = dress(shorten(second) if number % 3 == 0 else second, *signs, page=pages)
        beside = {key: value for key, value in sorted(topics[topic].items())[:5] if key != name}
        gap = ("\n\n" if "\n\n" in text else "\n") if even else ("\n\n", "\n\n\n")[number // 8 % 2]
        files.append((f"{name}+{other[1]}", text + gap + second, len(text) + len(gap), signs, beside))
        files.append((name, dress(text, *SIGNS[digest(number) % 8]), None, (), beside))
    return files


def find_cut(text: str, beside: dict[str, str]) -> int | None:
    """Read a composed file beside others of its topic and say where foreign text begins."""
    passages = split_passages(make_articles({"composed": text, **beside}))
    foreign = passages[(passages["article_id"] == "composed") & (passages["kind"] == "foreign")]
    return None if foreign.empty else int(foreign["start"].min())


def make_articles(texts: dict[str, str]):
    """Put texts into the table of articles."""
    rows = [
        {
            "article_id": name, "story": "composed", "raw_path": name, "raw_sha256": "0",
            "text": text, "n_chars": len(text), "n_words": len(text.split()),
        }
        for name, text in texts.items()
    ]  # fmt: skip
    return tables.conform(rows, "articles")


def score_cuts(shared: Path, half: str, errors: bool, even: bool) -> None:
    """Print precision, recall and offset error of the cut, by what the second article brings with it."""
    found, wanted, false_cuts, controls, offsets = Counter(), Counter(), 0, 0, []
    for name, text, start, signs, beside in compose(read_topics(shared, half), even=even):
        cut = find_cut(text, beside)
        if start is None:
            controls += 1
            false_cuts += cut is not None
            if errors and cut is not None:
                print("cut in an article that stands alone:", name, cut, len(text))
            continue
        group = "no sign" if not any(signs) else "headline" if signs[0] else "stamp or dateline"
        wanted[group] += 1
        if cut is not None:
            offsets.append(abs(cut - start))
            found[group] += abs(cut - start) <= 40
        if errors and (cut is None or abs(cut - start) > 40):
            print("missed" if cut is None else f"off by {cut - start}", signs, name, start, len(text))
    cuts = len(offsets) + false_cuts
    print(
        f"{half}, {'even gaps' if even else 'a gap before the second article'}: {sum(wanted.values())} joined files, {controls} articles alone, {false_cuts} of these cut"
    )
    print(f"  cut within 40 characters: precision {sum(found.values()) / max(1, cuts):.3f}", end=" ")
    print(f"recall {sum(found.values()) / sum(wanted.values()):.3f}; offset error: median", end=" ")
    print(
        f"{statistics.median(offsets):.0f}, exact {sum(o == 0 for o in offsets) / len(offsets):.3f}" if offsets else "-"
    )
    for group in sorted(wanted):
        print(f"  second article with {group}: recall {found[group] / wanted[group]:.3f} of {wanted[group]}")


def mix(topics: dict[str, dict[str, str]]) -> list[tuple[dict[str, str], set[str]]]:
    """Mix folders of 4 to 12 articles of one story with one to three of another: the texts, and the names of the latter."""
    folders = []
    for topic, other in product(sorted(topics), repeat=2):
        for size, strangers in product((4, 5, 7, 12), (0, 1, 2, 3)):
            if topic != other and len(topics[topic]) >= size and strangers * 2 < size:
                own = sorted(topics[topic], key=lambda name: digest(topic, other, size, name))[:size]
                away = sorted(topics[other], key=lambda name: digest(topic, other, size, name))[:strangers]
                texts = {f"own/{name}": topics[topic][name] for name in own}
                texts |= {f"away/{name}": topics[other][name] for name in away}
                folders.append((texts, {f"away/{name}" for name in away}))
    return folders


def score_wholes(shared: Path, errors: bool) -> None:
    """Print how many whole articles of another story are set aside, and how many of the story's own."""
    topics = {}
    for folder in sorted([*(shared / "stories").iterdir(), *(shared / "articles").iterdir()]):
        if folder.is_dir():
            topics[folder.name] = {row.article_id: row.text for row in read_articles(folder).itertuples() if row.text}
    own = away = lost = found = 0
    words = {text: set(find_topic_words(text)) for texts in topics.values() for text in texts.values()}
    for texts, strangers in mix(topics):
        outside = find_outsiders({name: words[text] for name, text in texts.items()})
        own, away = own + len(texts) - len(strangers), away + len(strangers)
        found += len(outside.keys() & strangers)
        lost += len(outside.keys() - strangers)
        if errors:
            print(*sorted(outside.keys() - strangers), *(f"kept {name}" for name in sorted(strangers - outside.keys())))
    print(
        f"whole articles in mixed folders: {found / away:.3f} of {away} of another story set aside, {lost} of {own} own"
    )


def read_labelled(shared: Path, folder: str):
    """Read the articles of a labelled folder; those of the development set lie in one file."""
    if folder != "eval":
        return read_articles(shared / folder)
    lines = (shared / "eval" / "attribution_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    # Articles of one corpus are many stories: each is its own.
    return make_articles({row["id"]: row["text"] for row in rows})


def score_kinds(shared: Path, half: str, errors: bool) -> None:
    """Print precision and recall of each kind by characters, against the passages labelled by hand."""
    right, given, wanted = Counter(), Counter(), Counter()
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    gold = [row for row in gold if row["half"] == half]
    for folder in sorted({row["folder"] for row in gold}):
        articles = read_labelled(shared, folder)
        passages = split_passages(articles)
        for row in (row for row in gold if row["folder"] == folder):
            text = articles.set_index("article_id").at[row["article"], "text"]
            theirs: list[str] = ["body"] * len(text)
            for start, end, kind in row["spans"]:
                theirs[start:end] = [kind] * (end - start)
            for piece in passages[passages["article_id"] == row["article"]].itertuples():
                kinds = Counter(theirs[at] for at in range(piece.start, piece.end) if not text[at].isspace())
                given[piece.kind] += kinds.total()
                wanted.update(kinds)
                right[piece.kind] += kinds[piece.kind]
                if errors and kinds[piece.kind] < kinds.total():
                    print("  ", row["article"], piece.start, piece.kind, dict(kinds), repr(piece.text[:80]))
    print(f"kinds of passages in {len(gold)} articles ({half}), by characters")
    for kind in sorted(wanted):
        precision = right[kind] / given[kind] if given[kind] else 0
        print(f"  {kind:12} precision {precision:.3f} recall {right[kind] / wanted[kind]:.3f} of {wanted[kind]:,}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("tune", "test", "apart"), default="test")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--kinds", action="store_true", help="the kinds of passages alone")
    parser.add_argument("--shared", type=Path, default=SHARED)
    given = parser.parse_args()
    if not given.shared.is_dir():
        raise SystemExit(f"{given.shared.name} is absent: the texts for this measurement are not in the repository")
    if not given.kinds:
        score_cuts(given.shared, given.half, given.errors, even=False)
        score_cuts(given.shared, given.half, given.errors, even=True)
        score_wholes(given.shared, given.errors)
    if GOLD.is_file():
        for half in ("dev", "test"):
            score_kinds(given.shared, half, given.errors)
