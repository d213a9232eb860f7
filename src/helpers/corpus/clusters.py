"""Find the stories in a mixed corpus: articles that tell of the same events in the same days."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.cluster import DBSCAN
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from helpers import tables
from helpers.language.lexicons import lexicon_index

HEAD_WORDS = 300  # words of an article that say what it is about
FEATURES = 2**20
COMMON = 0.1  # share of the corpus from which a word tells no story from another ...
FEW = 12  # ... but in so few articles every word tells
ALIKE = 0.3  # cosine from which two articles tell one story; see benchmarks/stories.py
NEAR_IN_TIME = 14  # days between two articles of one story, by default
BLOCK = 400  # articles compared at a time
WORD = re.compile(r"[^\W\d_][\w’'-]+|\d[\d.,]*\d|\d")


def count_features(texts: Sequence[str]) -> sparse.csr_matrix:
    """Count what tells stories apart: words, names, and pairs of names of the first `HEAD_WORDS` words.

    Hashed, so that pieces of a corpus can be counted apart: one row a text, `FEATURES` columns.
    """
    reader = HashingVectorizer(analyzer=_list_features, n_features=FEATURES, alternate_sign=False, norm=None)
    return reader.transform(texts).astype(np.float32)


def _list_features(text: str) -> list[str]:
    words = WORD.findall(" ".join(text.split(maxsplit=HEAD_WORDS)[:HEAD_WORDS]))
    found = []
    for place, word in enumerate(words):
        folded = word.casefold().replace("’", "'").removesuffix("'s")
        if len(folded) < 3 or folded in lexicon_index("function_words"):
            continue
        found.append(folded)
        if word[0].isupper():
            found.append(f"name {folded}")
            if place and words[place - 1][0].isupper():
                found.append(f"names {words[place - 1].casefold()} {folded}")
    return found


def find_stories(
    published: pd.Series, features: sparse.csr_matrix, alike: float = ALIKE, days: int = NEAR_IN_TIME
) -> np.ndarray:
    """Give each article the number of its story, or -1 where it shares none.

    Articles are neighbours where the cosine of their weighted features reaches `alike` and their dates of publication
    lie at most `days` apart; an article without a date can be anyone's neighbour. Stories are what DBSCAN makes of the
    sparse graph of neighbours. Numbers follow the order of the articles.
    """
    if features.shape[0] < 2:
        return np.full(features.shape[0], -1)
    distances = _measure_distances(published.reset_index(drop=True), _weigh(features), alike, days)
    found = DBSCAN(eps=1 - alike, min_samples=2, metric="precomputed").fit_predict(distances)
    return _number(found)


def _weigh(features: sparse.csr_matrix) -> sparse.csr_matrix:
    """Weigh features by how few articles have them; drop those of one article and those of too many."""
    n = features.shape[0]
    frequency = np.bincount(features.indices, minlength=features.shape[1])
    telling = np.flatnonzero((frequency > 1) & (frequency <= max(FEW, COMMON * n)))
    return TfidfTransformer(sublinear_tf=True).fit_transform(features[:, telling])


def _measure_distances(published: pd.Series, weighted: sparse.csr_matrix, alike: float, days: int):
    """Measure cosine distances of what is near in time, block by block; only what is near is kept."""
    order = np.argsort(published.fillna(pd.Timestamp.max.normalize()).to_numpy(), kind="stable")
    dates = published.to_numpy().astype("datetime64[D]")[order]
    dated = int((~np.isnat(dates)).sum())
    weighted = weighted[order]
    # float32 is enough to compare, and rounding keeps the result the same on every machine
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    span = np.timedelta64(days, "D")
    for start in range(0, len(order), BLOCK):
        end = min(start + BLOCK, len(order))
        first, last = 0, len(order)
        if end <= dated:
            first = int(np.searchsorted(dates[:dated], dates[start] - span))
            last = int(np.searchsorted(dates[:dated], dates[end - 1] + span, side="right"))
        columns = np.concatenate([np.arange(first, last), np.arange(max(last, dated), len(order))])
        likeness = (weighted[start:end] @ weighted[columns].T).tocoo()
        rows, others = likeness.row + start, columns[likeness.col]
        apart = np.zeros(len(rows), dtype=bool)
        known = (rows < dated) & (others < dated)
        apart[known] = np.abs(dates[rows[known]] - dates[others[known]]) > span
        values = np.round(likeness.data, 5)
        near = (values >= alike) & ~apart
        parts.append((order[rows[near]], order[others[near]], 1 - values[near]))
    rows, columns, values = (np.concatenate(column) for column in zip(*parts, strict=True))
    # an explicit zero would be no neighbour
    graph = sparse.csr_matrix((np.clip(values, 1e-6, None), (rows, columns)), shape=(len(order), len(order)))
    return graph.maximum(graph.T).tocsr()


def _number(found: np.ndarray) -> np.ndarray:
    numbers: dict[int, int] = {}
    return np.array([-1 if story < 0 else numbers.setdefault(story, len(numbers)) for story in found.tolist()])


def name_stories(corpus: pd.DataFrame, story: np.ndarray, smallest: int = 2) -> pd.DataFrame:
    """Name the stories found: `story, title, n_articles, n_sources, first_published, last_published, members`.

    `corpus` has `article_id, title, source, published` a row an article; `members` are its row numbers. A story's
    title is that of its earliest article; its name is made from the title and the ids of its articles, so that it is
    the same in every run. Stories of fewer than `smallest` articles are left out.
    """
    rows = []
    for _, members in corpus.assign(number=story).query("number >= 0").groupby("number", sort=True):
        if len(members) < smallest:
            continue
        earliest = members.sort_values(["published", "article_id"], na_position="last", kind="stable")
        titles = [title for title in earliest["title"] if isinstance(title, str) and title.strip()]
        title = titles[0] if titles else f"Story of {earliest['article_id'].iloc[0]}"
        rows.append(
            {
                "story": _make_name(title, members["article_id"]),
                "title": title,
                "n_articles": len(members),
                "n_sources": members["source"].nunique(),
                "first_published": members["published"].min(),
                "last_published": members["published"].max(),
                "members": members.index.tolist(),
            }
        )
    columns = ["story", "title", "n_articles", "n_sources", "first_published", "last_published", "members"]
    return pd.DataFrame(rows, columns=columns)


def _make_name(title: str, members: pd.Series) -> str:
    words = re.findall(r"[a-z0-9]+", title.casefold())
    telling = [word for word in words if word not in lexicon_index("function_words")][:4]
    return "-".join([*telling, tables.make_id("s", *sorted(members))[2:8]])
