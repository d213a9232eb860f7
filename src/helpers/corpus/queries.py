"""Questions to the tables of all stories at once: DuckDB over their Parquet files, nothing loaded beforehand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from helpers.tables import TABLES

ARCHIVE = "all-stories"  # the folder under data/processed that holds the tables of the archive
NAMED = "coalesce(source, '(publisher not named)')"


def open_tables(processed_dir: str | Path) -> duckdb.DuckDBPyConnection:
    """Open the tables of all stories: one view a table, with a column `story`, for any SQL.

    The archive is read, and beside it each story that was run alone and is not in the archive. Nothing is written.
    """
    processed = Path(processed_dir)
    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    archived = _list_archived(connection, processed)
    for name in [*TABLES, "failures"]:
        selects = []
        if list((processed / ARCHIVE / name).glob("*.parquet")):
            files = (processed / ARCHIVE / name).as_posix() + "/*.parquet"
            selects.append(f"SELECT * FROM read_parquet({_quote(files)}, union_by_name=true)")
        for path in sorted(processed.glob(f"*/{name}.parquet")):
            story = path.parent.name
            if story not in archived and not story.startswith("."):
                columns = "*" if name == "articles" else f"*, {_quote(story)} AS story"
                selects.append(f"SELECT {columns} FROM read_parquet({_quote(path.as_posix())})")
        if selects:
            connection.execute(f"CREATE VIEW {name} AS " + " UNION ALL BY NAME ".join(selects))
    return connection


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _list_archived(connection: duckdb.DuckDBPyConnection, processed: Path) -> set[str]:
    if not list((processed / ARCHIVE / "articles").glob("*.parquet")):
        return set()
    files = (processed / ARCHIVE / "articles").as_posix() + "/*.parquet"
    return {
        row[0] for row in connection.execute(f"SELECT DISTINCT story FROM read_parquet({_quote(files)})").fetchall()
    }


def count_stories(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Count, for each story, its articles, independent origins, claims and findings, the most disputed first."""
    return connection.execute("""
        SELECT a.story, count(*) AS articles,
               (SELECT count(DISTINCT origin_id) FROM origins o WHERE o.story = a.story) AS origins,
               (SELECT count(*) FROM claims c WHERE c.story = a.story) AS claims,
               (SELECT count(*) FROM disagreements d WHERE d.story = a.story AND severity = 'major') AS major,
               (SELECT count(*) FROM disagreements d WHERE d.story = a.story AND severity = 'minor') AS minor
        FROM articles a GROUP BY a.story ORDER BY major DESC, minor DESC, a.story
    """).df()


def count_by_source(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Count, for each publisher, how often it corrects, carries denials, copies and leaves out.

    `source, stories, articles, corrections, denials, copies, omissions`: notes of correction set aside in its texts;
    claims that a speaker denies in them; articles that copy another origin; key facts that the others have.
    """
    return connection.execute(f"""
        WITH named AS (SELECT story, article_id, {NAMED} AS source FROM articles WHERE skipped IS NULL),
        corrections AS (SELECT story, article_id, count(*) AS n FROM passages WHERE why ILIKE '%correction%' GROUP BY ALL),
        denials AS (SELECT story, article_id, count(*) AS n FROM claims WHERE stance = 'denies' GROUP BY ALL),
        copies AS (SELECT story, article_id, 1 AS n FROM origins WHERE copy_of IS NOT NULL),
        omissions AS (
            SELECT s.story, s.article_id, count(DISTINCT s.disagreement_id) AS n
            FROM disagreement_sides s JOIN disagreements d USING (story, disagreement_id)
            WHERE d.kind = 'omission' AND s."start" IS NULL GROUP BY ALL)
        SELECT source, count(DISTINCT story) AS stories, count(*) AS articles,
               coalesce(sum(corrections.n), 0)::BIGINT AS corrections, coalesce(sum(denials.n), 0)::BIGINT AS denials,
               coalesce(sum(copies.n), 0)::BIGINT AS copies, coalesce(sum(omissions.n), 0)::BIGINT AS omissions
        FROM named LEFT JOIN corrections USING (story, article_id) LEFT JOIN denials USING (story, article_id)
             LEFT JOIN copies USING (story, article_id) LEFT JOIN omissions USING (story, article_id)
        GROUP BY source ORDER BY articles DESC, source
    """).df()


def list_copying(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """List who prints whose text: `source, original, articles, stories`, the most frequent first."""
    return connection.execute(f"""
        WITH named AS (SELECT story, article_id, {NAMED} AS source FROM articles)
        SELECT copy.source, original.source AS original, count(*) AS articles, count(DISTINCT o.story) AS stories
        FROM origins o JOIN named copy USING (story, article_id)
             JOIN named original ON original.story = o.story AND original.article_id = o.copy_of
        WHERE o.copy_of IS NOT NULL GROUP BY ALL ORDER BY articles DESC, copy.source, original.source
    """).df()


def list_quoted(connection: duckdb.DuckDBPyConnection, most: int = 40) -> pd.DataFrame:
    """List who is quoted where: `speaker, source, stories, claims, direct`, the widest quoted first."""
    return connection.execute(
        f"""
        WITH named AS (SELECT story, article_id, {NAMED} AS source FROM articles),
        said AS (SELECT c.speaker_name AS speaker, source, c.story, c.quote_kind
                 FROM claims c JOIN named USING (story, article_id) WHERE c.speaker_name IS NOT NULL),
        width AS (SELECT speaker, count(DISTINCT source) AS sources, count(*) AS total FROM said GROUP BY speaker
                  ORDER BY sources DESC, total DESC, speaker LIMIT ?)
        SELECT speaker, source, count(DISTINCT story) AS stories, count(*) AS claims,
               count(*) FILTER (quote_kind IN ('direct', 'mixed')) AS direct
        FROM said JOIN width USING (speaker)
        GROUP BY speaker, source, width.sources, width.total
        ORDER BY width.sources DESC, width.total DESC, speaker, claims DESC, source
        """,
        [most],
    ).df()


def count_kinds(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Count the findings of all stories by kind: `kind, major, minor, stories`."""
    return connection.execute("""
        SELECT kind, count(*) FILTER (severity = 'major') AS major, count(*) FILTER (severity = 'minor') AS minor,
               count(DISTINCT story) AS stories
        FROM disagreements GROUP BY kind ORDER BY major DESC, minor DESC, kind
    """).df()


def list_failures(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """List what was set aside in the archive, and why: `story, article_id, stage, reason`."""
    return connection.execute("SELECT story, article_id, stage, reason FROM failures ORDER BY ALL").df()
