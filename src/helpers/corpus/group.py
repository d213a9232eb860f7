"""Read a mixed corpus piece by piece, group it into stories, and list each story's articles by reference."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import yaml
from scipy import sparse

from helpers.articles import ArticleError, read_story
from helpers.articles.documents import Document, FormatError
from helpers.articles.formats.registry import NOT_ARTICLES
from helpers.articles.read import SIZE_LIMIT, describe_article, make_limits
from helpers.articles.references import KNOWN, Reference, cut_file, list_articles, pack_by_size, read_bytes
from helpers.corpus.clusters import count_features, find_stories, name_stories
from helpers.corpus.engine import Tell, run_tasks
from helpers.store.descriptions import DescriptionError
from helpers.store.places import find_root
from helpers.tables import write_file

PIECE = 4_000_000  # bytes of a corpus that are read at once
COLUMNS = ["article_id", "title", "source", "published", "n_words", "skipped", "file", "reference"]


def list_pieces(folder: Path, root: Path, most: int = PIECE) -> list[tuple[Reference, ...]]:
    """List the pieces of a corpus, each a tuple of stretches of files of about `most` bytes together."""
    return pack_by_size(
        (
            (stretch, path.stat().st_size if stretch.end is None else stretch.end - stretch.start)
            for path in _list_files(folder)
            for stretch in cut_file(path, root, most)
        ),
        most,
    )


def _list_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not hidden and not NOT_ARTICLES.match(path.name):
            yield path


def read_piece(piece: tuple[Reference, ...]) -> tuple[list[dict], sparse.csr_matrix]:
    """Read the articles of a piece: what is known of each, with its reference, and its features; no text is kept."""
    root = find_root()
    rows, texts = [], []
    for stretch in piece:
        for row in _read_stretch(stretch, root):
            texts.append(f"{row['title'] or ''}\n{row.pop('text')}" if not row["skipped"] else "")
            rows.append({column: row.get(column) for column in COLUMNS})
    return rows, count_features(texts)


def _read_stretch(stretch: Reference, root: Path) -> Iterator[dict]:
    def skip(reason: str) -> dict:
        base = dict.fromkeys(COLUMNS)
        return base | {"article_id": stretch.file, "file": stretch.file, "skipped": reason, "text": ""}

    try:
        raw = read_bytes(stretch, root, SIZE_LIMIT)
        story = read_story((root / stretch.file).parent)
        given = (story.get("articles") or {}).get(Path(stretch.file).name) or {}
        for reference, own, document in list_articles(stretch, raw, make_limits(story)):
            yield _describe(reference, own, document, given)
    except (ArticleError, FormatError, DescriptionError, OSError) as error:
        yield skip(" ".join(str(error).split())[:200])
    except Exception as error:  # a poisoned stretch must not cost the others; its row says what happened
        yield skip(f"unreadable: {type(error).__name__}: {' '.join(str(error).split())[:160]}")


def _describe(reference: Reference, raw: bytes, document: Document, given: dict) -> dict:
    digest = hashlib.sha256(raw).hexdigest()
    stem = Path(reference.file).stem
    base = {"stem": stem, "file": reference.file, "story": "", "raw_path": reference.file, "raw_sha256": digest}
    row = describe_article(base, document, given)
    name = (
        f"{row['stem']}-{hashlib.sha256((reference.file + document.text).encode('utf-8', 'replace')).hexdigest()[:6]}"
    )
    known = {key: str(given[key]) for key in KNOWN if given.get(key)}
    return row | {"article_id": name, "reference": reference.to_yaml() | known}


def read_corpus(
    folder: Path, engine: str = "pandas", scheduler: str = "", workers: int = 0,
    tell: Tell = lambda done, total: None,
) -> tuple[pd.DataFrame, sparse.csr_matrix]:  # fmt: skip
    """Read a corpus: one row an article, with the columns `COLUMNS`, and its features row by row.

    Raises ArticleError where the folder holds no article.
    """
    root = find_root()
    if not folder.is_dir():
        raise ArticleError(f"{folder}: there is no such folder of articles")
    pieces = list_pieces(folder.resolve(), root.resolve())
    rows, features = [], []
    for piece, result in run_tasks(read_piece, pieces, engine, scheduler, workers, tell):
        found, counted = result or _lost(piece)
        rows.extend(found)
        features.append(counted)
    if not rows:
        raise ArticleError(f"{folder.name}: no article at all")
    corpus = pd.DataFrame(rows, columns=COLUMNS)
    return corpus.assign(published=pd.to_datetime(corpus["published"])), sparse.vstack(features).tocsr()


def _lost(piece: tuple[Reference, ...]) -> tuple[list[dict], sparse.csr_matrix]:
    base = dict.fromkeys(COLUMNS)
    rows = [base | {"article_id": p.file, "file": p.file, "skipped": "a worker died on it"} for p in piece]
    return rows, count_features([""] * len(rows))


def count_skipped(corpus: pd.DataFrame) -> pd.DataFrame:
    """Count what could not be read: `reason, articles, example`, the most frequent reason first."""
    skipped = corpus[corpus["skipped"].notna()]
    counts = skipped.groupby("skipped", sort=True).agg(articles=("file", "size"), example=("file", "first"))
    counts = counts.reset_index(names="reason").sort_values(["articles", "reason"], ascending=[False, True])
    return counts[["reason", "articles", "example"]].reset_index(drop=True)


def group_corpus(corpus: pd.DataFrame, features: sparse.csr_matrix, **settings) -> pd.DataFrame:
    """Group the articles that could be read into stories: the table of `stories.name_stories`."""
    smallest = settings.pop("smallest", 2)
    read = corpus["skipped"].isna().to_numpy()
    numbers = pd.Series(-1, index=corpus.index)
    numbers[read] = find_stories(corpus.loc[read, "published"], features[read], **settings)
    return name_stories(corpus, numbers.to_numpy(), smallest)


def list_members(stories: pd.DataFrame, corpus: pd.DataFrame) -> pd.DataFrame:
    """List the articles of each story: `story, article_id, title, source, published, file`."""
    members = stories[["story", "members"]].explode("members").set_index("members").join(corpus)
    return members[["story", "article_id", "title", "source", "published", "file"]].reset_index(drop=True)


def write_stories(stories: pd.DataFrame, corpus: pd.DataFrame, raw_dir: Path) -> list[str]:
    """Write each story as ``<raw_dir>/<story>/story.yaml``, its articles by reference, and give the names written."""
    for story in stories.itertuples():
        folder = raw_dir / story.story
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "title": story.title,
            "about": f"{story.n_articles} articles, found in a corpus by what they tell and when.",
            "references": [corpus.at[member, "reference"] for member in story.members],
        }
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
        write_file(folder / "story.yaml", text.encode("utf-8"))
    return stories["story"].tolist()
