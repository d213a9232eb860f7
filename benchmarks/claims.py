"""How fast claims are taken out of articles, the parse included, and that the time grows with their number only.

Takes the news articles of ../shared/eval, each again and again under another name as an unrelated story.
"""

from __future__ import annotations

import argparse
import time

import pandas as pd
from attribution import EVAL, load_scorer

from helpers.claims import extract_claims
from helpers.passages import split_passages
from helpers.syntax import load_pipeline


def main() -> None:
    """Read the command line and print words a second for growing numbers of articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[84, 168, 336], help="how many articles a run")
    options = parser.parse_args()
    if not (EVAL / "attribution_dev.jsonl").exists():
        raise SystemExit("nothing measured: ../shared/eval/attribution_dev.jsonl is absent")
    documents = sorted(load_scorer().read(EVAL / "attribution_dev.jsonl").values(), key=lambda d: d["id"])
    load_pipeline()
    rows = []
    for count in options.articles:
        articles = make_articles(documents, count)
        passages = split_passages(articles)
        started = time.process_time()
        claims = extract_claims(articles, passages)
        seconds = time.process_time() - started
        words = int(articles["n_words"].sum())
        rows.append(
            {"articles": count, "words": words, "claims": len(claims), "seconds": seconds, "words/s": words / seconds}
        )
    print(pd.DataFrame(rows).round(1).to_string(index=False))


def make_articles(documents: list[dict], count: int) -> pd.DataFrame:
    """Make a table of so many articles, each a story of its own."""
    chosen = [documents[place % len(documents)] for place in range(count)]
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
        }
        for place, document in enumerate(chosen)
    )


if __name__ == "__main__":
    main()
