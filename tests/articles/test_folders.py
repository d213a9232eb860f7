"""Folders in a story's folder are read, and what the place of a file says of its article counts where nothing else does."""

from __future__ import annotations

import pandas as pd

from helpers.articles import read_articles
from samples import TEXT


def write(folder, *names: str) -> pd.DataFrame:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    return read_articles(folder)


def test_folders_of_papers_name_the_publishers_of_their_articles(tmp_path):
    articles = write(tmp_path, "Coast Wire/2025-03-05.txt", "Halvik Courier/2025-03-05.txt", "Halvik Courier/b.txt")
    assert sorted(articles["source"]) == ["Coast Wire", "Halvik Courier", "Halvik Courier"]
    assert set(articles["source_from"]) == {"the folder"}
    assert set(articles["source_sure"]) == {"low"}
    assert articles["article_id"].is_unique
    assert articles["raw_path"].str.endswith("Coast Wire/2025-03-05.txt").sum() == 1


def test_folders_that_count_or_stand_alone_name_no_publisher(tmp_path):
    assert write(tmp_path, "Day 1/a.txt", "Day 2/b.txt")["source"].isna().all()
    assert write(tmp_path / "one", "Downloads/a.txt")["source"].isna().all()


def test_the_day_that_a_files_name_begins_with_is_its_day_where_nothing_else_says(tmp_path):
    row = write(tmp_path, "2025-03-05 Ferry.txt").iloc[0]
    assert (row["published"], row["published_from"]) == (pd.Timestamp("2025-03-05"), "the name of the file")
    assert write(tmp_path / "b", "export 2025-03-10_09-12.txt")["published"].isna().all()


def test_story_yaml_describes_files_in_folders_by_their_place(tmp_path):
    (tmp_path / "story.yaml").write_text("articles: {sub/a.txt: {source: Fen Gazette}}")
    row = write(tmp_path, "sub/a.txt").iloc[0]
    assert row["source"] == "Fen Gazette"
    assert pd.isna(row["notes"])


def test_an_empty_folder_with_the_name_of_a_file_is_a_row_and_any_other_a_note(tmp_path):
    (tmp_path / "x.txt").mkdir()
    (tmp_path / "pictures").mkdir()
    articles = write(tmp_path, "a.txt").set_index("article_id")
    assert "without an article" in articles.loc["x", "skipped"]
    assert "pictures" in articles.loc["a", "notes"]


def test_a_linked_folder_is_never_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    articles = write(tmp_path, "in/a.txt").set_index("article_id")
    assert articles["skipped"].notna().sum() == 1


def test_the_pictures_that_a_browser_saved_beside_a_page_are_left_alone(tmp_path):
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "x.png").write_bytes(b"\x89PNG")
    articles = write(tmp_path, "page.txt")
    assert len(articles) == 1
    assert "page_files" in articles["notes"][0]


def test_the_copies_and_locks_that_programs_leave_are_left_alone(tmp_path):
    for name in ("~$a.docx", "a.txt~", "a.txt.bak"):
        (tmp_path / name).write_bytes(b"x" * 160)
    articles = write(tmp_path, "a.txt")
    assert len(articles) == 1
    assert "~$a.docx" in articles["notes"][0]
