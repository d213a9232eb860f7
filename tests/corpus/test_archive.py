"""Many stories at once give what each gives alone, in this process or on a cluster, whatever fails on the way."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest

import poison
from conftest import ROOT
from helpers import tables
from helpers.alignment import align_claims
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.corpus import archive, engine, pipeline
from helpers.corpus.archive import build_archive, list_parts
from helpers.corpus.engine import EngineError, run_tasks
from helpers.corpus.pipeline import analyse, analyse_stories
from helpers.corpus.queries import count_by_source, count_stories, list_copying, list_failures, list_quoted, open_tables
from helpers.passages import split_passages

FERRY = ROOT / "data" / "raw" / "ferry-accident"
NAMES = ["first-harbour", "second-harbour", "third-harbour"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A suite with three stories of two or three articles each, whose articles have the same names."""
    (tmp_path / "notebooks").mkdir()
    for number, name in enumerate(NAMES):
        folder = tmp_path / "data" / "raw" / name
        folder.mkdir(parents=True)
        for path in sorted(FERRY.glob("*.txt"))[number : number + 3]:
            text = path.read_text(encoding="utf-8").replace("Halvik", ("Halvik", "Tolmere", "Ostwick")[number])
            (folder / path.name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_archive(root: Path, name: str) -> pd.DataFrame:
    frame = open_tables(root / "data" / "processed").execute(f"SELECT * FROM {name}").df()
    return frame.sort_values("story", kind="stable", ignore_index=True)


def read_stories(root: Path) -> list[pd.DataFrame]:
    return [read_articles(root / "data" / "raw" / name).assign(story=name) for name in NAMES]


def test_stories_at_once_give_what_each_gives_alone(root):
    stories = read_stories(root)
    together, failures = analyse_stories(stories)
    assert failures.empty
    for articles in stories:
        alone = analyse(articles)
        assert set(alone) == set(tables.TABLES)
        assert together["claim_pairs"].empty  # no table of an archive rests on them, and they cost most
        for name, frame in ((name, frame) for name, frame in alone.items() if name != "claim_pairs"):
            own = together[name][together[name]["story"] == articles["story"].iloc[0]]
            pd.testing.assert_frame_equal(
                own[frame.columns].reset_index(drop=True), frame.reset_index(drop=True), check_dtype=False
            )


def test_one_poisoned_article_is_set_aside_and_counted_and_all_others_stay(root, monkeypatch):
    path = root / "data" / "raw" / NAMES[1] / "03-northern-post.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\nPOISON stood in the last line.\n", encoding="utf-8")
    monkeypatch.setattr(pipeline, "extract_claims", poison.extract_claims_or_fail)
    made, failures = analyse_stories(read_stories(root))
    assert failures[["story", "article_id"]].values.tolist() == [[NAMES[1], "03-northern-post"]]
    assert failures["reason"].tolist() == ["ValueError: poisoned"]
    skipped = made["articles"][made["articles"]["skipped"].notna()]
    assert skipped["article_id"].tolist() == ["03-northern-post"]
    assert set(made["claims"]["article_id"][made["claims"]["story"] == NAMES[1]]) == {
        "02-halvik-courier",
        "04-harbour-radio",
    }
    assert set(made["claims"]["story"]) == set(NAMES)


def test_a_comparison_that_fails_costs_only_its_story(root, monkeypatch):
    def align_or_fail(claims, mentions, articles, **more):
        if articles["story"].iloc[0] == NAMES[0]:
            raise ZeroDivisionError("no")
        return align_claims(claims, mentions, articles=articles, **more)

    monkeypatch.setattr(pipeline, "align_claims", align_or_fail)
    made, failures = analyse_stories(read_stories(root))
    assert failures[["story", "stage", "reason"]].values.tolist() == [[NAMES[0], "alignment", "ZeroDivisionError: no"]]
    assert set(made["claims"]["story"]) == set(NAMES)
    assert set(made["propositions"]["story"]) == set(NAMES[1:])


def test_parts_hold_whole_stories_and_are_bounded(root):
    raw = root / "data" / "raw"
    assert list_parts(raw, NAMES, most=1) == [(name,) for name in NAMES]
    assert list_parts(raw, NAMES, most=10**9) == [tuple(NAMES)]


def test_the_archive_is_checked_queried_and_replaced_whole(root):
    counts = build_archive(analyse_stories, NAMES, "data/raw", "data/processed").set_index("table")["rows"]
    assert counts["articles"] == 9
    assert set(counts.index[counts > 0]) >= set(tables.TABLES) - {
        "changes",
        "timeline",
        "readings",
        "reviews",
        "claim_pairs",
    }
    assert all((root / "data" / "processed" / "all-stories" / name).is_dir() for name in tables.TABLES)
    assert counts["failures"] == 0
    connection = open_tables(root / "data" / "processed")
    assert sorted(count_stories(connection)["story"]) == NAMES
    assert count_by_source(connection)["articles"].sum() == 9
    assert list_copying(connection)["articles"].sum() >= 1
    assert {"Peter Aldous", "Ingrid Tolmie"} <= set(list_quoted(connection)["speaker"])
    before = read_archive(root, "claims")
    build_archive(analyse_stories, NAMES[:1], "data/raw", "data/processed")
    assert set(read_archive(root, "claims")["story"]) == {NAMES[0]}
    assert len(read_archive(root, "claims")) < len(before)
    assert sorted(p.name for p in (root / "data" / "processed").iterdir()) == ["all-stories"]


def test_a_story_run_alone_is_queried_beside_the_archive(root):
    build_archive(analyse_stories, NAMES[:2], "data/raw", "data/processed")
    articles = read_stories(root)[2]
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    for name, frame in (("articles", articles), ("passages", passages), ("claims", claims)):
        tables.write_table(frame, name, NAMES[2], root / "data" / "processed")
    assert set(read_archive(root, "claims")["story"]) == set(NAMES)


def test_an_unknown_engine_and_a_cluster_that_is_not_there_are_refused_in_one_line(monkeypatch):
    monkeypatch.setattr(engine, "CONNECT", "1s")
    with pytest.raises(EngineError, match="unknown engine 'spark'"):
        list(run_tasks(len, [(1,)], engine="spark"))
    with pytest.raises(EngineError, match="no cluster at") as error:
        list(run_tasks(len, [(1,)], engine="dask", scheduler="tcp://127.0.0.1:1"))
    assert "\n" not in str(error.value)


def kill_one(workers: list[int]) -> None:
    """Kill the first of some processes that still lives: a worker may have died on its article before."""
    for worker in workers:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
            return


@pytest.mark.slow
def test_a_cluster_gives_the_same_rows_though_a_worker_is_killed_and_articles_are_poisoned(root, monkeypatch):
    distributed = pytest.importorskip("distributed")
    dask = pytest.importorskip("dask")
    many = [f"harbour-{number:02d}" for number in range(10)]
    for name in many:
        shutil.copytree(root / "data" / "raw" / NAMES[0], root / "data" / "raw" / name)
    killer = root / "data" / "raw" / many[4] / "02-halvik-courier.txt"
    killer.write_text("KILL\n" + killer.read_text(encoding="utf-8"), encoding="utf-8")
    poisoned = root / "data" / "raw" / many[7] / "01-coast-wire.txt"
    poisoned.write_text("POISON\n" + poisoned.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(archive, "PART_BYTES", 5000)
    monkeypatch.setattr(archive.list_parts, "__defaults__", (5000,))
    with (
        dask.config.set(
            {"distributed.scheduler.allowed-failures": 0, "distributed.deploy.lost-worker-timeout": "120s"}
        ),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50, preload=[poison.__file__]
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        workers = client.run(os.getpid)
        assert len(set(workers.values()) | {os.getpid()}) == 3
        threading.Timer(1, kill_one, (sorted(workers.values()),)).start()
        build_archive(analyse_stories, many, "data/raw", "data/processed", "dask", cluster.scheduler_address)
    on_cluster = {name: read_archive(root, name) for name in (*tables.TABLES, "failures")}
    articles = on_cluster["articles"].set_index(["story", "article_id"])
    assert len(articles) == 30
    assert articles["skipped"].dropna().to_dict() == {
        (many[4], "02-halvik-courier"): "a worker died on it",
        (many[7], "01-coast-wire"): "the analysis failed on it: ValueError: poisoned",
    }
    assert list_failures(open_tables(root / "data" / "processed"))["story"].tolist() == [many[7]]
    killer.write_text(killer.read_text(encoding="utf-8").removeprefix("KILL\n"), encoding="utf-8")
    monkeypatch.setattr(pipeline, "extract_claims", poison.extract_claims_or_fail)
    build_archive(analyse_stories, many, "data/raw", "data/processed")
    for name in tables.TABLES:
        here = read_archive(root, name)
        sure = ~here["story"].isin([many[4]])
        there = on_cluster[name][~on_cluster[name]["story"].isin([many[4]])]
        pd.testing.assert_frame_equal(
            here[sure].reset_index(drop=True), there.reset_index(drop=True), check_dtype=False
        )
