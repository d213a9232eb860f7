"""Measure how alike two sentences of a story are, and score how surely they say the same thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

from helpers.lexicons import lexicon_index
from helpers.syntax import strip_ending

# What two sentences share by themselves.
LEXICAL = (
    "characters", "stems", "roots", "phrases", "content_phrases", "contained", "overlap", "saturated", "salient",
    "names", "rare_names", "numbers", "numbers_differ", "length", "shorter", "longer",
)  # fmt: skip
# What they share as parts of their story: how central both are, and which strand of the story each belongs to.
STORY = (
    "centre_least", "centre_both", "root_centre_least", "root_centre_both", "kin", "distant_kin", "halves", "thirds",
    "fifths", "topics_few", "topics_many",
)  # fmt: skip
TOKEN = re.compile(r"\w+(?:[-.,']\w+)*")
APOSTROPHES = {0x2019: "'", 0x2018: "'"}
ROOT = 5  # letters that words of one family share: allege, alleged, allegation
NAME_WEIGHT = 3  # names tell strands of a story apart better than other words
STORY_SIZE = 15  # sentences from which a story has a shape that can be measured
RANK = 32  # directions kept of a story's space
DENSE = 500  # sentences up to which the decomposition is exact
CHUNK = 25_000  # pairs measured at once: bounds the memory
UNSEEN = 10  # sentences imagined beside those given, so that rarity means something among two


def score_pairs(sentences: Sequence[str], pairs: np.ndarray) -> np.ndarray:
    """Score how surely two sentences say the same thing, in [0, 1]: one score a pair of `pairs`, shape (n, 2).

    Two logistic regressions, one for the same proposition and one for the same event and participant, over likeness
    of words, letters, phrases, names and numbers, and over the shape of the story. Rarity and shape are taken from
    the sentences that pairs connect, so that scoring many stories in one call gives what one call a story gives.
    Weights: benchmarks/train_alignment.py.
    """
    pairs = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    scores = np.zeros(len(pairs))
    with threadpool_limits(1):  # the matrices are small: threads cost more than they give, and may round otherwise
        for chosen, own, local, with_shape in _split_stories(sentences, pairs):
            features = measure_pairs(own, local, with_shape)
            weights = load_weights()["with_story" if with_shape else "without_story"]
            proposition, event = (_apply(features, weights[head], with_shape) for head in ("proposition", "event"))
            scores[chosen] = np.round((2 * proposition + event) / 3, 6)
    wordless = np.array([not TOKEN.search(sentence) for sentence in sentences], dtype=bool)
    scores[wordless[pairs].any(axis=1)] = 0.0
    return scores


@cache
def load_weights() -> dict[str, dict[str, dict[str, float]]]:
    """Load the weights of the pair score: one number a feature, for both questions, with and without a story.

    The file also says, as `provenance`, what they were learned on.
    """
    return json.loads(files("helpers.weights").joinpath("alignment.json").read_text(encoding="utf-8"))


def _apply(features: np.ndarray, weights: dict[str, float], with_shape: bool) -> np.ndarray:
    names = LEXICAL + STORY if with_shape else LEXICAL
    return 1.0 / (1.0 + np.exp(-(features @ np.array([weights[name] for name in names]) + weights["intercept"])))


def _split_stories(sentences: Sequence[str], pairs: np.ndarray) -> Iterable[tuple]:
    """Yield (places of pairs, sentences, pairs among these, whether they are enough to show a story's shape)."""
    if not len(pairs):
        return
    n = len(sentences)
    graph = sparse.coo_matrix((np.ones(len(pairs), dtype=bool), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    _, story = connected_components(graph, directed=False)
    small = np.bincount(story)[story] < STORY_SIZE
    story = np.where(small, -1, story)
    of_pair = story[pairs[:, 0]]
    order = np.argsort(of_pair, kind="stable")
    bounds = np.flatnonzero(np.diff(of_pair[order])) + 1
    for chosen in np.split(order, bounds):
        members, local = np.unique(pairs[chosen], return_inverse=True)
        yield chosen, [sentences[i] for i in members], local.reshape(-1, 2), of_pair[chosen[0]] >= 0


def measure_pairs(sentences: Sequence[str], pairs: np.ndarray, with_shape: bool = True) -> np.ndarray:
    """Measure the likeness of pairs of one story's sentences: one row a pair, columns `LEXICAL` and then `STORY`."""
    views = _Views(sentences, with_shape)
    return np.vstack([views.measure(pairs[start : start + CHUNK]) for start in range(0, len(pairs), CHUNK)])


class _Views:
    """The sparse views of a story's sentences that pairs are measured in; each row is of length one."""

    def __init__(self, sentences: Sequence[str], with_shape: bool):
        tokens = [read_tokens(sentence) for sentence in sentences]
        stems = [[stem for stem, _, _ in row] for row in tokens]
        content = [[stem for stem in row if stem not in lexicon_index("function_words")] for row in stems]
        roots = [[stem[:ROOT] for stem in row] for row in content]
        counts = _count(stems)
        self.present = _binary(counts)
        self.rarity = _rarity(self.present)
        self.mass = self.present @ self.rarity
        self.lengths = np.maximum(1.0, np.asarray(counts.sum(axis=1)).ravel())
        self.views = {
            "characters": _weigh(_count_characters(sentences)),
            "stems": _weigh(counts),
            "roots": _weigh(_count(roots)),
            "phrases": _weigh(_count([_join(row, 2) + _join(row, 3) for row in stems])),
            "content_phrases": _weigh(_count([_join(row, 2) for row in content])),
            "salient": _weigh_salient(tokens),
        }
        self.weighted = _scale(self.present, np.sqrt(self.rarity))
        self.saturated = _saturate(counts, self.lengths, self.rarity)
        self.names = _binary(_count([[stem for stem, name, _ in row if name] for row in tokens]))
        self.rare_names = _unit(_scale(self.names, _rarity(self.names)))
        self.numbers = _binary(_count([[stem for stem, _, number in row if number] for row in tokens]))
        self.shape = _Shape(self.views) if with_shape else None

    def measure(self, pairs: np.ndarray) -> np.ndarray:
        a, b = pairs[:, 0], pairs[:, 1]
        like = {name: _multiply(view, view, a, b) for name, view in self.views.items()}
        shared = _multiply(self.weighted, self.weighted, a, b)
        document, query, itself = self.saturated
        numbers = _multiply(self.numbers, self.numbers, a, b)
        least_numbers = _least(_degree(self.numbers), a, b)
        like |= {
            "contained": shared / np.maximum(_least(self.mass, a, b), 1e-9),
            "overlap": shared / np.maximum(self.mass[a] + self.mass[b] - shared, 1e-9),
            "saturated": 0.5 * _multiply(query, document, a, b) / itself[a]
            + 0.5 * _multiply(document, query, a, b) / itself[b],
            "names": _multiply(self.names, self.names, a, b) / np.maximum(_least(_degree(self.names), a, b), 1),
            "rare_names": _multiply(self.rare_names, self.rare_names, a, b),
            "numbers": numbers / np.maximum(least_numbers, 1),
            "numbers_differ": ((least_numbers > 0) & (numbers == 0)).astype(float),
            "length": _least(self.lengths, a, b) / np.maximum(self.lengths[a], self.lengths[b]),
            "shorter": np.log(_least(self.lengths, a, b)),
            "longer": np.log(np.maximum(self.lengths[a], self.lengths[b])),
        }
        if self.shape is None:
            return np.column_stack([like[name] for name in LEXICAL])
        like |= self.shape.measure(a, b)
        return np.column_stack([like[name] for name in LEXICAL + STORY])


class _Shape:
    """The shape of a story: how central each sentence is, and its place in the space of the strands told."""

    def __init__(self, views: dict[str, sparse.csr_matrix]):
        self.centre = _find_centre(views["characters"])
        self.root_centre = _find_centre(views["roots"])
        salient = views["salient"]
        vectors, values = _decompose(salient)
        degree = salient @ np.asarray(salient.sum(axis=0)).ravel()
        strands, _ = _decompose(_scale(salient.T, 1.0 / np.sqrt(np.maximum(degree, 1e-9))).T.tocsr())
        self.first_strand = strands[:, 1] * np.sqrt(len(strands))
        self.spaces = {
            "kin": vectors * values**2,
            "distant_kin": vectors * values**4,
            "thirds": strands[:, 1:3],
            "fifths": strands[:, 1:5],
            "topics_few": (vectors * values)[:, 1:5],
            "topics_many": (vectors * values)[:, 1:9],
        }
        self.spaces = {name: _unit_rows(space) for name, space in self.spaces.items()}

    def measure(self, a: np.ndarray, b: np.ndarray) -> dict[str, np.ndarray]:
        like = {name: np.einsum("ij,ij->i", space[a], space[b]) for name, space in self.spaces.items()}
        return like | {
            "centre_least": _least(self.centre, a, b),
            "centre_both": self.centre[a] + self.centre[b],
            "root_centre_least": _least(self.root_centre, a, b),
            "root_centre_both": self.root_centre[a] + self.root_centre[b],
            "halves": np.clip(self.first_strand[a] * self.first_strand[b], -3, 3),
        }


def _decompose(view: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """Give the first `RANK` left singular vectors and values of a view, largest first."""
    if view.shape[0] <= DENSE:
        values, vectors = np.linalg.eigh((view @ view.T).toarray())
        values, vectors = values[::-1][:RANK], vectors[:, ::-1][:, :RANK]
        return vectors, np.sqrt(np.maximum(values, 0))
    vectors, values, _ = randomized_svd(view, min(RANK, view.shape[1]), n_iter=4, random_state=0)
    return vectors, values


def _find_centre(view: sparse.csr_matrix) -> np.ndarray:
    """Give each sentence's mean likeness to the others of its story."""
    n = view.shape[0]
    return (view @ np.asarray(view.sum(axis=0)).ravel() - 1.0) / max(1, n - 1)


def read_tokens(sentence: str) -> list[tuple[str, bool, bool]]:
    """List the words of a sentence: (stem, whether it is written as a name, whether it is a number)."""
    tokens = []
    for number, match in enumerate(TOKEN.finditer(sentence.translate(APOSTROPHES))):
        word = match.group()
        stem = stem_word(word)
        is_number = word[0].isdigit() or stem in lexicon_index("numbers")
        is_name = word[0].isupper() and number > 0 and stem not in lexicon_index("function_words")
        tokens.append((stem, is_name, is_number))
    return tokens


def stem_words(sentence: str) -> list[str]:
    """Fold a sentence to the stems of its words: lower case, regular endings off."""
    return [stem for stem, _, _ in read_tokens(sentence)]


@lru_cache(maxsize=100_000)
def stem_word(word: str) -> str:
    """Fold a word to its stem; a number loses its thousands separators."""
    word = word.casefold().removesuffix("'s")
    if word[:1].isdigit():
        return word.replace(",", "")
    for ending, tag in (("ing", "VBG"), ("ed", "VBD"), ("s", "NNS")):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return strip_ending(word, tag)
    return word


def _join(words: list[str], length: int) -> list[str]:
    return [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]


def _count(rows: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    vocabulary: dict[str, int] = {}
    columns = [vocabulary.setdefault(item, len(vocabulary)) for row in rows for item in row]
    bounds = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    counted = sparse.csr_matrix(
        (np.ones(len(columns)), np.array(columns, dtype=np.int32), bounds), shape=(len(rows), max(1, len(vocabulary)))
    )
    counted.sum_duplicates()
    return counted


def _count_characters(sentences: Sequence[str]) -> sparse.csr_matrix:
    """Count the runs of 3 to 5 letters inside the words of each sentence, edges included."""
    vocabulary: dict[str, int] = {}
    words = [
        [vocabulary.setdefault(word, len(vocabulary)) for word in sentence.translate(APOSTROPHES).casefold().split()]
        for sentence in sentences
    ]
    letters = _count([cut_letters(word) for word in vocabulary] or [[]])
    bounds = np.concatenate([[0], np.cumsum([len(row) for row in words])])
    columns = np.array([column for row in words for column in row], dtype=np.int32)
    used = sparse.csr_matrix((np.ones(len(columns)), columns, bounds), shape=(len(words), max(1, len(vocabulary))))
    return (used @ letters).tocsr()


@lru_cache(maxsize=100_000)
def cut_letters(word: str) -> tuple[str, ...]:
    """Cut a word, with a space at either end, into its runs of 3 to 5 characters."""
    padded = f" {word} "
    runs = [padded[i : i + size] for size in range(3, 6) for i in range(len(padded) - size + 1)]
    return tuple(runs) or (padded,)


def _rarity(present: sparse.csr_matrix) -> np.ndarray:
    seen = np.bincount(present.indices, minlength=present.shape[1])
    return np.log((present.shape[0] + UNSEEN + 1) / (seen + 1)) + 0.1


def _weigh(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Weigh counts by the logarithm of frequency and by rarity (tf-idf), rows brought to length one."""
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    weighted = counts.copy()
    weighted.data = 1.0 + np.log(weighted.data)
    return _unit(_scale(weighted, np.log((counts.shape[0] + 1) / (seen + 1)) + 1.0))


def _weigh_salient(tokens: list[list[tuple[str, bool, bool]]]) -> sparse.csr_matrix:
    """Weigh the roots of content words by rarity, names `NAME_WEIGHT` times as much as other words."""
    function_words = lexicon_index("function_words")
    plain = [{stem[:ROOT] for stem, _, _ in row if stem not in function_words} for row in tokens]
    named = [{stem[:ROOT] for stem, name, _ in row if name} for row in tokens]
    counts = _count([sorted(p) + sorted(n) * (NAME_WEIGHT - 1) for p, n in zip(plain, named, strict=True)])
    return _unit(_scale(counts, _rarity(counts)))


def _saturate(counts: sparse.csr_matrix, lengths: np.ndarray, rarity: np.ndarray) -> tuple:
    """Give the factors of BM25 (k1 1.2, b .75): document weights, query weights, and each sentence's own score."""
    norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    document = counts.tocoo()
    document = sparse.csr_matrix(
        (document.data * 2.2 / (document.data + norm[document.row]), (document.row, document.col)), shape=counts.shape
    )
    query = _scale(_binary(counts), rarity)
    return document, query, np.maximum(np.asarray(query.multiply(document).sum(axis=1)).ravel(), 1e-9)


def _binary(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    present = counts.copy()
    present.data = np.ones_like(present.data)
    return present


def _scale(matrix: sparse.csr_matrix, columns: np.ndarray) -> sparse.csr_matrix:
    return (matrix @ sparse.diags(columns)).tocsr()


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags(1.0 / np.maximum(norms, 1e-9)) @ matrix).tocsr()


def _unit_rows(space: np.ndarray) -> np.ndarray:
    return space / np.maximum(np.linalg.norm(space, axis=1, keepdims=True), 1e-9)


def _degree(matrix: sparse.csr_matrix) -> np.ndarray:
    return np.diff(matrix.indptr).astype(float)


def _least(values: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.minimum(values[a], values[b])


def _multiply(one: sparse.csr_matrix, other: sparse.csr_matrix, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Multiply row a of one view with row b of another, pair by pair; all rows at once where the pairs are dense."""
    left, at_left = np.unique(a, return_inverse=True)
    right, at_right = np.unique(b, return_inverse=True)
    if len(left) * len(right) <= 20 * len(a):
        return (one[left] @ other[right].T).toarray()[at_left, at_right]
    return np.asarray(one[a].multiply(other[b]).sum(axis=1)).ravel()
