"""How fast claims are taken out of articles, the parse included, and that the time grows with their number only.

Takes the news articles of ../shared/eval, each again and again as an unrelated story. A sentence that comes twice is
parsed once, and what was parsed lately is kept (`helpers.language.parsing.parse_sentences`): the same articles again would cost
little and make growth look better than it is. So each copy has its names and long words exchanged for others of the
same ending, words of saying aside, and no two runs share a copy. `new` is the share of sentences that no run and no
article had before: growth is measured only where it stays about the same. Only the first copy is as it was published.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict

import pandas as pd
from attribution import EVAL, SAYING, load_scorer

from helpers.claims import extract_claims
from helpers.language.forms import find_lemma
from helpers.language.parsing import load_pipeline
from helpers.language.sentences import find_sentences
from helpers.passages import split_passages

WORD = re.compile(r"\b(?:[A-Z][a-z]{3,}|[a-z]{7,})\b")


def main() -> None:
    """Read the command line and print words a second for growing numbers of articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[84, 168, 336], help="how many articles a run")
    options = parser.parse_args()
    if not (EVAL / "attribution_dev.jsonl").exists():
        raise SystemExit("nothing measured: ../shared/eval/attribution_dev.jsonl is absent")
    documents = sorted(load_scorer().read(EVAL / "attribution_dev.jsonl").values(), key=lambda d: d["id"])
    load_pipeline()
    groups = group_words(documents)
    rows, first, seen = [], 0, set()
    for count in options.articles:
        articles = make_articles(documents, groups, first, count)
        first += -(-count // len(documents)) * len(documents)
        passages = split_passages(articles)
        started = time.process_time()
        claims = extract_claims(articles, passages)
        seconds = time.process_time() - started
        words = int(articles["n_words"].sum())
        rows.append(
            {"articles": count, "words": words, "claims": len(claims), "seconds": seconds, "words/s": words / seconds}
            | {"new": share_new(articles, seen)}
        )
    print(pd.DataFrame(rows).round({"seconds": 1, "words/s": 0, "new": 3}).to_string(index=False))


def share_new(articles: pd.DataFrame, seen: set[str]) -> float:
    """Give the share of sentences that are not among those seen, and add them to these."""
    sentences = [text[start:end] for text in articles["text"] for start, end in find_sentences(text)]
    before = len(seen)
    seen.update(sentences)
    return (len(seen) - before) / len(sentences)


def group_words(documents: list[dict]) -> dict[str, list[str]]:
    """Group the names and long words of documents by case and ending; words of saying stay out."""
    groups = defaultdict(list)
    for word in sorted({word for document in documents for word in WORD.findall(document["text"])}):
        if not {find_lemma(word.lower(), tag) for tag in ("VBD", "VBZ", "VBG", "NNS")} & SAYING:
            groups[_kind(word)].append(word)
    return groups


def _kind(word: str) -> str:
    return ("A" if word[0].isupper() else "a") + word[-2:]


def exchange_words(text: str, groups: dict[str, list[str]], turns: int) -> str:
    """Exchange each grouped word for the one that stands so many turns further in its group."""
    places = {word: (group, place) for group in groups.values() for place, word in enumerate(group)}

    def exchange(match: re.Match[str]) -> str:
        group, place = places.get(match.group(), ([match.group()], 0))
        return group[(place + turns) % len(group)]

    return WORD.sub(exchange, text)


def make_articles(documents: list[dict], groups: dict[str, list[str]], first: int, count: int) -> pd.DataFrame:
    """Make a table of so many articles, each a story of its own, counted from place `first` on."""
    chosen = [
        document | {"text": exchange_words(document["text"], groups, place // len(documents))}
        for place in range(first, first + count)
        for document in [documents[place % len(documents)]]
    ]
    return pd.DataFrame(
        {
            "article_id": f"{place:06d}",
            "story": f"{place:06d}",
            "source": document["publisher"],
            "title": None,
            "byline": None,
            "published": pd.Timestamp(document["date"]),
            "published_precision": "day",
            "raw_path": document["id"],
            "raw_sha256": "0",
            "text": document["text"],
            "n_chars": len(document["text"]),
            "n_words": len(document["text"].split()),
            "skipped": None,
        }
        for place, document in enumerate(chosen)
    )


if __name__ == "__main__":
    main()
