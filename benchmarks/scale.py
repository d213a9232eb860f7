"""How time and memory grow from a hundred to a hundred thousand articles, and whether what was planted is found.

Generates corpora (benchmarks/generated.py), groups them into stories, takes these through all stages part by part, and
prints articles a second and peak memory by stage, the exponent of growth, and the share of planted facts found. Each
size runs in a process of its own. With --workers it also prints the speed-up of two Dask workers over one.

Usage: python benchmarks/scale.py [--sizes 100 1000 10000] [--workers]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from generated import ARTICLES, Planted, write_corpus
from helpers.articles import read_articles
from helpers.corpus.archive import build_archive, list_parts
from helpers.corpus.group import group_corpus, read_corpus, write_stories
from helpers.corpus.pipeline import analyse_stories, compare_story, extract_tables, split_by_story
from helpers.running.stages import list_stories

STAGES = ("find stories", "reading", "claims", "alignment")


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--workers", action="store_true", help="also measure two workers against one")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    measured = {}
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        measured[size] = json.loads(ended.stdout.splitlines()[-1])
        print_size(size, measured[size])
    print_growth(measured)
    if options.workers:
        print_speed_up()


def print_size(size: int, figures: dict) -> None:
    """Print one size: articles a second and peak memory by stage, and what of the planted was found."""
    print(f"{size:,} articles")
    for stage in STAGES:
        seconds, memory = figures[stage]
        print(f"  {stage:13} {size / seconds:8,.0f} articles/s   peak {memory:6,.0f} MB", flush=True)
    print("  found: " + ", ".join(f"{name} {share:.4f}" for name, share in figures["found"].items()), flush=True)


def print_growth(measured: dict[int, dict]) -> None:
    """Print the exponent of growth between the smallest size with a second of work and the largest."""
    sizes = sorted(measured)
    for stage in STAGES:
        first = next((size for size in sizes if measured[size][stage][0] >= 1), sizes[-1])
        if first == sizes[-1]:
            continue
        ratio = measured[sizes[-1]][stage][0] / measured[first][stage][0]
        print(f"growth of {stage}, {first:,} to {sizes[-1]:,}: exponent {math.log(ratio, sizes[-1] / first):.2f}")


def measure(size: int) -> dict:
    """Take a corpus of `size` articles through everything; seconds and peak memory of each stage, share found."""
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder))
        planted = write_corpus(root / "corpus", size)
        figures: dict = {}
        started = time.process_time()
        corpus, features = read_corpus(root / "corpus")
        stories = group_corpus(corpus, features)
        figures["find stories"] = (time.process_time() - started, peak())
        write_stories(stories, corpus, root / "data" / "raw")
        figures.update(analyse(root, planted))
        figures["found"] = {"stories": share_grouped(corpus, stories), **figures.pop("shares")}
    return figures


def lay_out(root: Path) -> Path:
    """Make a folder that counts as the suite's root, and go there."""
    for part in ("notebooks", "data/raw", "data/processed"):
        (root / part).mkdir(parents=True)
    os.chdir(root)
    return root.resolve()


def analyse(root: Path, planted: list[Planted]) -> dict:
    """Analyse all stories part by part, timing each stage; also the shares of planted facts that were found."""
    seconds: Counter = Counter()
    memory: dict[str, float] = {}
    found: Counter = Counter()
    facts = {fact.articles[0]: fact for fact in planted}
    raw = root / "data" / "raw"

    def timed(stage, function, *arguments):
        started = time.process_time()
        result = function(*arguments)
        seconds[stage] += time.process_time() - started
        memory[stage] = peak()
        return result

    for part in list_parts(raw, list_stories(raw)):
        frames = timed("reading", lambda: [read_articles(raw / s).assign(story=s) for s in part])  # noqa: B023
        whole = pd.concat(frames, ignore_index=True)
        for extracted in timed("claims", lambda: list(extract_tables(whole, []))):  # noqa: B023
            for story, own in split_by_story(extracted):
                compared = timed("alignment", compare_story, story, own, [])
                fact = facts.get(min(own["articles"]["article_id"]))
                found.update(check_planted(fact, own | compared) if fact else ())
    shares = {name: found[name] / len(planted) for name in ("quotations", "copies", "conflicts", "denials")}
    return {stage: (seconds[stage], memory[stage]) for stage in STAGES[1:]} | {"shares": shares}


def check_planted(fact: Planted, tables: dict[str, pd.DataFrame]) -> list[str]:
    """List which of the planted facts of a story its tables hold, each only where it is found whole."""
    a, b, c, d, _ = fact.articles
    claims, origins = tables["claims"], tables["origins"].set_index("article_id")
    quoted = claims[(claims["speaker_name"] == fact.speaker) & (claims["quote_kind"] == "direct")]
    right = quoted[quoted["text"].str.rstrip(",. ") == fact.quotation]
    found = ["quotations"] if {a, b, d} <= set(right["article_id"]) else []
    if origins["origin_id"][a] == origins["origin_id"][b] != origins["origin_id"][c]:
        found.append("copies")
    amounts = tables["disagreements"][tables["disagreements"]["kind"] == "amount"]
    sides = tables["disagreement_sides"].merge(amounts[["disagreement_id"]])
    numbers = {(row.article_id, row.text) for row in sides.itertuples()}
    if any(x in (a, b) and str(fact.count) in t for x, t in numbers) and any(
        x == c and str(fact.other_count) in t for x, t in numbers
    ):
        found.append("conflicts")
    denied = claims[(claims["article_id"] == d) & (claims["stance"] == "denies") & claims["speaker_name"].notna()]
    return found + (["denials"] if len(denied) else [])


def share_grouped(corpus: pd.DataFrame, stories: pd.DataFrame) -> float:
    """Give the share of generated stories that were found whole and pure."""
    names = [{corpus.at[m, "article_id"].rsplit("-", 2)[0] for m in members} for members in stories["members"]]
    whole = sum(
        len(name) == 1 and len(members) == ARTICLES for name, members in zip(names, stories["members"], strict=True)
    )
    return whole / max(1, len(corpus) // ARTICLES)


def peak() -> float:
    """Give the largest memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def print_speed_up(size: int = 2000) -> None:
    """Print how much faster two Dask workers build an archive than one, the cluster's start included in neither."""
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder))
        write_corpus(root / "corpus", size)
        corpus, features = read_corpus(root / "corpus")
        write_stories(group_corpus(corpus, features), corpus, root / "data" / "raw")
        names = list_stories(root / "data" / "raw")
        seconds = {count: time_cluster(names, count) for count in (1, 2)}
        os.chdir("/")
        shutil.rmtree(root, ignore_errors=True)
    print(
        f"{size:,} articles on Dask: one worker {seconds[1]:.1f} s, two {seconds[2]:.1f} s: {seconds[1] / seconds[2]:.2f} times"
    )


def time_cluster(names: list[str], count: int) -> float:
    """Time an archive on a cluster of `count` workers that have their model loaded."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        Client(cluster) as client,
    ):
        client.run(warm_up)
        started = time.perf_counter()
        build_archive(analyse_stories, names, "data/raw", "data/processed", "dask", cluster.scheduler_address)
        return time.perf_counter() - started


def warm_up() -> None:
    """Load the language model in a worker."""
    from helpers.language.parsing import parse_sentences

    list(parse_sentences(["Nothing is said here."]))


if __name__ == "__main__":
    main()
