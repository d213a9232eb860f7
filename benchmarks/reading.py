"""Print how fast a folder is read: text files a second, and pages beside trafilatura alone in the same run.

Usage: python benchmarks/reading.py [--files 10000] [--pages 500]

The files are made up here from a fixed seed. Memory is the peak of what Python holds beyond the table of texts itself.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import trafilatura

from helpers.articles import read_articles
from helpers.articles.formats.page import STRICT_DATES
from helpers.language.lexicons import lexicon_index, load_lexicon


def write_paragraphs(random_words: random.Random, words: list[str]) -> list[str]:
    """Write eight paragraphs of sixty words, every second one a function word, as in English."""
    small = sorted(lexicon_index("function_words"))
    pairs = [
        [" ".join((word, random_words.choice(small))) for word in random_words.choices(words, k=30)] for _ in range(8)
    ]
    return [" ".join(pair).capitalize() + "." for pair in pairs]


def make_folder(folder: Path, number: int, suffix: str) -> None:
    """Fill a folder with `number` articles of one format."""
    drawn, words = random.Random(7), [row["entry"] for row in load_lexicon("common_words")]
    for index in range(number):
        paragraphs = write_paragraphs(drawn, words)
        text = "\n\n".join(paragraphs)
        if suffix == ".html":
            body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
            text = f"<html><head><title>Page {index}</title></head><body><nav>Menu</nav><article>{body}</article></body></html>"
        (folder / f"article-{index:05}{suffix}").write_text(text, encoding="utf-8")


def extract_alone(folder: Path) -> None:
    """Extract the pages of a folder by trafilatura and nothing else."""
    for path in sorted(folder.iterdir()):
        trafilatura.bare_extraction(
            path.read_text(encoding="utf-8"), with_metadata=True, include_comments=False,
            favor_precision=True, date_extraction_params=STRICT_DATES,
        )  # fmt: skip


def measure(read: Callable[[Path], object], folder: Path) -> float:
    """Measure the processor time that reading a folder takes."""
    started = time.process_time()
    read(folder)
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=500)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        texts, pages = Path(place, "texts"), Path(place, "pages")
        for folder, number, suffix in ((texts, given.files, ".txt"), (pages, given.pages, ".html")):
            folder.mkdir()
            make_folder(folder, number, suffix)
        started = time.process_time()
        read_articles(texts)
        print(f"text files: {given.files / (time.process_time() - started):,.0f} a second")
        # The best of three turns each, taken by turns: other work on the machine disturbs both alike.
        turns = [(measure(extract_alone, pages), measure(read_articles, pages)) for _ in range(3)]
        alone, ours = (min(times) for times in zip(*turns, strict=True))
        print(f"pages: {given.pages / ours:,.0f} a second, trafilatura alone {given.pages / alone:,.0f}", end="; ")
        print(f"our own work adds {ours / alone - 1:.0%}")
        tracemalloc.start()
        articles = read_articles(pages)
        held, peak = tracemalloc.get_traced_memory()
        print(
            f"memory: {peak / 1e6:.1f} MB at most, {held / 1e6:.1f} MB held for {articles['text'].str.len().sum():,} characters"
        )


if __name__ == "__main__":
    main()
