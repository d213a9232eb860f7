"""Take many stories through an analysis, part by part, and keep their tables as one archive of Parquet files."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
from threadpoolctl import threadpool_limits

from helpers import tables
from helpers.articles import ArticleError, read_articles, read_story
from helpers.articles.references import pack_by_size
from helpers.corpus.engine import Task, Tell, run_tasks
from helpers.corpus.failures import FAILURES, set_aside
from helpers.corpus.queries import ARCHIVE
from helpers.running.stages import check_story, list_stories
from helpers.store.places import find_root

Analysis = Callable[[list[pd.DataFrame]], tuple[dict[str, pd.DataFrame], pd.DataFrame]]
PART_BYTES = 400_000  # raw text that one part takes at once; memory is bounded by it
LEAST_BYTES, FEWEST_PARTS = 50_000, 32  # of a part, and of an archive that is large enough for so many


def list_chosen(stories: list[str], raw_dir: str) -> list[str]:
    """Give the stories named, or all under `raw_dir` where none is; raises UsageError where one is unknown."""
    known = list_stories(find_root() / raw_dir)
    return [check_story(story, known, anywhere=False) for story in stories] or known


def list_parts(raw_dir: Path, stories: list[str], most: int = PART_BYTES) -> list[tuple[str, ...]]:
    """List the parts of an archive: stories in the order of their names, about `most` bytes of raw text together.

    A small archive has smaller parts, so that several workers end at about the same time.
    """
    sizes = [(story, _measure_story(raw_dir / story)) for story in sorted(stories)]
    shared = sum(size for _, size in sizes) // FEWEST_PARTS
    return pack_by_size(sizes, min(most, max(shared, LEAST_BYTES)))


def _measure_story(folder: Path) -> int:
    size = sum(entry.stat().st_size for entry in os.scandir(folder) if entry.is_file() and entry.name != "story.yaml")
    try:
        references = read_story(folder).get("references") or []
    except ArticleError:
        return size
    return size + sum(_measure_reference(entry) for entry in references)


def _measure_reference(entry: object) -> int:
    start, end = (entry.get("start", 0), entry.get("end")) if isinstance(entry, dict) else (0, None)
    return max(end - start, 0) if isinstance(start, int) and isinstance(end, int) else 4000


def make_part(
    part: Task, analyse: Analysis, raw_dir: str, target: str, without: frozenset[tuple[str, str]] = frozenset()
) -> dict:
    """Read and analyse the stories of a part, write its tables under `target`, and give the counts of its rows.

    `without` names articles, as (story, raw path), that are set aside unread: those on which a worker died.
    """
    with threadpool_limits(1):  # the parts are what runs side by side
        return _make_part(part, analyse, raw_dir, target, without)


def _make_part(part: Task, analyse: Analysis, raw_dir: str, target: str, without: frozenset[tuple[str, str]]) -> dict:
    root = find_root()
    stories, failures = [], []
    for story in part:
        try:
            articles = read_articles(root / raw_dir / story).assign(story=story)
        except ArticleError as error:
            failures.append({"story": story, "article_id": None, "stage": "reading", "reason": str(error)})
            continue
        killers = [place for place, row in articles["raw_path"].items() if (story, row) in without]
        stories.append(set_aside(articles, killers, "a worker died on it") if killers else articles)
    made, failed = analyse(stories)
    made["failures"] = pd.DataFrame(failures + failed.to_dict("records"), columns=FAILURES).astype("str")
    for name, frame in made.items():
        path = root / target / name / f"{part[0]}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        checked = tables.check(frame, name, many_stories=True) if name in tables.TABLES else frame
        parquet.write_table(tables.to_arrow(checked, name), buffer, compression="zstd")
        tables.write_file(path, buffer.getvalue())
    return {name: len(frame) for name, frame in made.items()}


def build_archive(
    analyse: Analysis, stories: list[str], raw_dir: str, processed_dir: str, engine: str = "pandas",
    scheduler: str = "", workers: int = 0, tell: Tell = lambda done, total: None,
) -> pd.DataFrame:  # fmt: skip
    """Analyse `stories` and publish their tables under ``<processed_dir>/all-stories``; give the rows of each table.

    `analyse` makes the tables of several stories, and tells what failed: `helpers.corpus.pipeline.analyse_stories`.

    The archive is built beside the old one and takes its place when it is whole. With engine `dask` the workers must
    see the same folders. Raises EngineError.
    """
    root = find_root()
    published = root / processed_dir / ARCHIVE
    staging = published.with_name(f".{ARCHIVE}.staging")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    work = partial(make_part, analyse=analyse, raw_dir=raw_dir, target=os.path.relpath(staging, root))
    counts: dict[str, int] = dict.fromkeys([*tables.TABLES, "failures"], 0)
    for part, counted in run_tasks(work, list_parts(root / raw_dir, stories), engine, scheduler, workers, tell):
        if counted is None:
            counted = _make_without_killers(part[0], work, root / raw_dir, engine, scheduler, workers)
        counts = {name: counts[name] + counted.get(name, 0) for name in counts}
    old = published.with_name(f".{ARCHIVE}.old")
    shutil.rmtree(old, ignore_errors=True)
    if published.exists():
        published.rename(old)
    staging.rename(published)
    shutil.rmtree(old, ignore_errors=True)
    return pd.DataFrame({"table": list(counts), "rows": list(counts.values())})


def read_alone(item: Task, analyse: Analysis, raw_dir: str) -> bool:
    """Take one article, given as (story, raw path), through the analysis; used to see whether a worker survives."""
    (story, raw_path) = item[0]
    articles = read_articles(find_root() / raw_dir / story).assign(story=story)
    analyse([articles[articles["raw_path"] == raw_path].reset_index(drop=True)])
    return True


def _make_without_killers(story: str, work: partial, raw_dir: Path, engine: str, scheduler: str, workers: int) -> dict:
    """Find the articles of a story on which workers die, and make the story without them."""
    try:
        paths = read_articles(raw_dir / story)["raw_path"]
    except ArticleError:
        paths = pd.Series(dtype="str")
    items = [((story, path),) for path in sorted(set(paths))]
    alone = partial(read_alone, analyse=work.keywords["analyse"], raw_dir=work.keywords["raw_dir"])
    killers = frozenset(task[0] for task, fine in run_tasks(alone, items, engine, scheduler, workers) if not fine)
    made = [counts for _, counts in run_tasks(partial(work, without=killers), [(story,)], engine, scheduler, workers)]
    return made[0] or {}
