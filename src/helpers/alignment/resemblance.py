"""Measure how two sentences of a story resemble each other: in words, in acts, and in their place in the story."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from helpers.alignment.vectors import (
    Matrix,
    count,
    count_characters,
    decompose,
    find_rarity,
    find_seen,
    find_strands,
    mark,
    multiply,
    saturate,
    scale,
    sum_rows,
    unit,
    unit_rows,
    weigh,
)
from helpers.language.words import ROOT, TENSED, VERBS, Word, join_words, look_up_words

# What two sentences share by themselves. `..._shared`: how much of what is rare they share among words that can only
# be verbs, verbs or nouns, only nouns; `..._left_...`: how much either has that the other lacks.
LEXICAL = (
    "characters", "stems", "roots", "phrases", "content_phrases", "contained", "overlap", "saturated", "salient",
    "concepts", "names", "rare_names", "numbers", "numbers_differ", "length", "shorter", "longer",
    "families", "families_differ", "verbs", "verbs_differ", "tensed", "tensed_differ",
    "opening", "opening_differ", "closing", "closing_differ",
    "verb_shared", "verb_left_least", "verb_left_most",
    "noun_or_verb_shared", "noun_or_verb_left_least", "noun_or_verb_left_most",
    "noun_shared", "noun_left_least", "noun_left_most", "acts_least", "acts_most",
)  # fmt: skip
# What they share as parts of their story: how central both are, how the pair stands out among those of either, which
# strand of the story each document belongs to, and how much of what documents begin with.
STORY = (
    "centre_least", "centre_both", "kin", "distant_kin", "document_words", "document_kin", "document_distant_kin",
    "halves", "thirds", "fifths", "graph_halves", "graph_thirds", "division", "graph_division", "stands_out_most", "stands_out_least",
    "neighbours", "lead_shared", "lead_contained", "lead_overlap", "lead_least",
    "told_first_shared", "told_first_contained", "told_first_overlap", "told_first_least",
)  # fmt: skip
NAME_WEIGHT = 3  # names tell strands of a story apart better than other words
EDGE = 6  # content words that count as a sentence's opening or closing
CHUNK = 25_000  # pairs measured at once: bounds the memory
KINDS = ("verb", "noun_or_verb", "noun")


def measure_pairs(sentences: Sequence[str], pairs: np.ndarray, with_story: bool = True) -> np.ndarray:
    """Measure the resemblance of pairs of one story's sentences: one row a pair, columns `LEXICAL` and then `STORY`.

    Which sentences stand in one document is not known here: each stands for itself.
    """
    words = Wording(sentences)
    chunks = [pairs[start : start + CHUNK] for start in range(0, len(pairs), CHUNK)]
    lexical = [words.measure(chunk) for chunk in chunks]
    measured = np.vstack([np.column_stack([part[name] for name in LEXICAL]) for part in lexical])
    if not with_story:
        return measured
    near = sum(measured[:, LEXICAL.index(name)] for name in ("characters", "roots", "saturated", "overlap")) / 4
    place = Place(words, np.arange(len(sentences)), pairs, near)
    placed = [
        place.measure(chunk, near[start : start + CHUNK])
        for start, chunk in zip(range(0, len(pairs), CHUNK), chunks, strict=True)
    ]
    return np.hstack([measured, np.vstack([np.column_stack([part[name] for name in STORY]) for part in placed])])


class Wording:
    """The words of a story's sentences as rows of matrices, each row of length one where likeness is a cosine."""

    def __init__(self, sentences: Sequence[str]):
        tokens = [look_up_words(sentence) for sentence in sentences]
        stems = [[word.stem for word, _ in row] for row in tokens]
        content = [[word for word, _ in row if not word.is_function] for row in tokens]
        counts = count(stems)
        self.lengths = np.maximum(1.0, sum_rows(counts))
        self.present = mark(counts)
        rarity = find_rarity(self.present)
        self.mass = self.present @ rarity
        self.weighted = scale(self.present, np.sqrt(rarity))
        self.saturated = saturate(counts, self.lengths, rarity)
        self.concepts = mark(count([[word.concept for word in row] for row in content]))
        self.views = {
            "characters": weigh(count_characters(sentences)),
            "stems": weigh(counts),
            "roots": weigh(count([[word.stem[:ROOT] for word in row] for row in content])),
            "phrases": weigh(count([join_words(row, 2) + join_words(row, 3) for row in stems])),
            "content_phrases": weigh(count([join_words([word.stem for word in row], 2) for row in content])),
            "salient": _weigh_salient(tokens),
        }
        self.names = mark(count([[word.stem for word, is_name in row if is_name] for row in tokens]))
        self.rare_names = unit(scale(self.names, find_rarity(self.names)))
        self.numbers = mark(count([[word.stem for word, _ in row if word.is_number] for row in tokens]))
        self.acts = {
            "families": count([[word.family for word in row if word.family] for row in content]),
            "verbs": count([_keep(row, VERBS) for row in content]),
            "tensed": count([_keep(row, set("zdg")) for row in content]),
            "opening": count([[word.concept for word in row][:EDGE] for row in content]),
            "closing": count([[word.concept for word in row][-EDGE:] for row in content]),
        }
        self.tensed = np.array([len(_keep(row, TENSED)) for row in content], dtype=float)
        self.kinds = {
            kind: mark(count([[word.concept for word in row if word.kind == kind] for row in content]))
            for kind in KINDS
        }

    def measure(self, pairs: np.ndarray) -> dict[str, np.ndarray]:
        """Measure what `LEXICAL` names."""
        a, b = pairs[:, 0], pairs[:, 1]
        like = {name: multiply(view, view, a, b) for name, view in self.views.items()}
        document, query, itself = self.saturated
        names = multiply(self.names, self.names, a, b)
        numbers = multiply(self.numbers, self.numbers, a, b)
        least_names, least_numbers = (_least(sum_rows(view), a, b) for view in (self.names, self.numbers))
        shared = multiply(self.weighted, self.weighted, a, b)
        longer = np.maximum(self.lengths[a], self.lengths[b])
        like |= {
            "contained": shared / np.maximum(_least(self.mass, a, b), 1e-9),
            "overlap": shared / np.maximum(self.mass[a] + self.mass[b] - shared, 1e-9),
            "saturated": 0.5 * multiply(query, document, a, b) / itself[a]
            + 0.5 * multiply(document, query, a, b) / itself[b],
            "concepts": _measure_shared(self.concepts, find_rarity(self.concepts), a, b)["overlap"],
            "names": names / np.maximum(least_names, 1),
            "rare_names": multiply(self.rare_names, self.rare_names, a, b),
            "numbers": numbers / np.maximum(least_numbers, 1),
            "numbers_differ": ((least_numbers > 0) & (numbers == 0)).astype(float),
            "length": _least(self.lengths, a, b) / longer,
            "shorter": np.log(_least(self.lengths, a, b)),
            "longer": np.log(longer),
        }
        return like | self._measure_acts(a, b)

    def _measure_acts(self, a: np.ndarray, b: np.ndarray) -> dict[str, np.ndarray]:
        like = {}
        for name, counts in self.acts.items():
            view, least = weigh(counts), _least(sum_rows(counts), a, b)
            like[name] = multiply(view, view, a, b)
            like[f"{name}_differ"] = ((least > 0) & (like[name] <= 1e-12)).astype(float)
        for kind, present in self.kinds.items():
            found = _measure_shared(present, find_rarity(present), a, b)
            like[f"{kind}_shared"] = np.log1p(found["shared"])
            like[f"{kind}_left_least"], like[f"{kind}_left_most"] = found["left_least"], found["left_most"]
        like["acts_least"] = np.log1p(_least(self.tensed, a, b))
        like["acts_most"] = np.log1p(np.maximum(self.tensed[a], self.tensed[b]))
        return like


class Place:
    """Where sentences stand in their story: how central, among which documents, and what documents begin with."""

    def __init__(self, words: Wording, documents: np.ndarray, pairs: np.ndarray, near: np.ndarray):
        self.documents = documents
        n, k = len(documents), int(documents.max()) + 1
        member = sparse.csr_matrix((np.ones(n), (documents, np.arange(n))), shape=(k, n))
        self.centre = _find_centre(words.views["characters"])
        self.spaces = _find_kinship(words.views["salient"], "kin", "distant_kin")
        texts = unit(member @ words.views["salient"])
        of_documents = _find_kinship(texts, "document_kin", "document_distant_kin")
        strands, parted = find_strands(_link_all(texts))
        of_documents |= {"document_words": texts, "thirds": unit_rows(strands[:, 1:3])}
        of_documents |= {"fifths": unit_rows(strands[:, 1:5])}
        graph = sparse.csr_matrix((near, (pairs[:, 0], pairs[:, 1])), shape=(n, n))
        graph = graph + graph.T
        size = np.sqrt(np.bincount(documents, minlength=k))
        linked = sparse.diags(1 / size) @ (member @ graph @ member.T) @ sparse.diags(1 / size)
        divisions, graph_parted = find_strands((linked - sparse.diags(linked.diagonal())).tocsr())
        of_documents["graph_thirds"] = unit_rows(divisions[:, 1:3])
        self.spaces |= {name: space[documents] for name, space in of_documents.items()}
        self.halves = {
            "halves": (strands[documents, 1], parted),
            "graph_halves": (divisions[documents, 1], graph_parted),
        }
        self._measure_rows(graph)
        self._weigh_leads(words.concepts, member)

    def _measure_rows(self, graph: sparse.csr_matrix) -> None:
        """Note the mean and spread of each sentence's likeness to those it is paired with, and its neighbours."""
        paired = np.maximum(np.diff(graph.indptr), 1)
        squared = graph.multiply(graph).tocsr()
        self.mean = sum_rows(graph) / paired
        self.spread = np.sqrt(np.maximum(sum_rows(squared) / paired - self.mean**2, 0)) + 0.02
        self.neighbours = unit(squared)

    def _weigh_leads(self, concepts: Matrix, member: sparse.csr_matrix) -> None:
        """Weigh concepts by how many documents begin with them, and by how much more often they stand there."""
        _, first = np.unique(self.documents, return_index=True)
        lead = find_seen(concepts[first]) / len(first)
        everywhere = find_seen(member @ concepts) / len(first)
        rarity = find_rarity(concepts)
        self.concepts = concepts
        self.leads = {"lead": lead, "told_first": lead / np.maximum(everywhere, 1e-9) * rarity}

    def measure(self, pairs: np.ndarray, near: np.ndarray) -> dict[str, np.ndarray]:
        """Measure what `STORY` names."""
        a, b = pairs[:, 0], pairs[:, 1]
        like = {name: multiply(space, space, a, b) for name, space in self.spaces.items()}
        for name, (side, parted) in self.halves.items():
            like[name] = parted * np.clip(side[a] * side[b], -3, 3)
        like["division"], like["graph_division"] = (np.full(len(a), parted) for _, parted in self.halves.values())
        out_a, out_b = ((near - self.mean[side]) / self.spread[side] for side in (a, b))
        like |= {
            "centre_least": _least(self.centre, a, b),
            "centre_both": self.centre[a] + self.centre[b],
            "stands_out_most": np.maximum(out_a, out_b),
            "stands_out_least": np.minimum(out_a, out_b),
            "neighbours": multiply(self.neighbours, self.neighbours, a, b),
        }
        for name, weights in self.leads.items():
            found = _measure_shared(self.concepts, weights, a, b)
            like |= {f"{name}_{part}": found[part] for part in ("shared", "contained", "overlap", "least")}
        return like


def _keep(words: list[Word], classes: set[str]) -> list[str]:
    return [word.concept for word in words if classes & set(word.classes)]


def _weigh_salient(tokens: list[list[tuple[Word, bool]]]) -> Matrix:
    """Weigh the roots of content words by rarity, names `NAME_WEIGHT` times as much as other words."""
    plain = [{word.stem[:ROOT] for word, _ in row if not word.is_function} for row in tokens]
    named = [{word.stem[:ROOT] for word, is_name in row if is_name} for row in tokens]
    counts = count([sorted(p) + sorted(n) * (NAME_WEIGHT - 1) for p, n in zip(plain, named, strict=True)])
    return unit(scale(counts, find_rarity(counts)))


def _measure_shared(present: Matrix, weights: np.ndarray, a: np.ndarray, b: np.ndarray) -> dict[str, np.ndarray]:
    """Measure how much weight two rows share, of the lesser and of both together, and how much either has left."""
    weighted, mass = scale(present, np.sqrt(weights)), present @ weights
    shared, least = multiply(weighted, weighted, a, b), _least(mass, a, b)
    return {
        "shared": shared,
        "least": least,
        "contained": shared / np.maximum(least, 1e-9),
        "overlap": shared / np.maximum(mass[a] + mass[b] - shared, 1e-9),
        "left_least": least - shared,
        "left_most": np.maximum(mass[a], mass[b]) - shared,
    }


def _find_kinship(view: Matrix, near: str, far: str) -> dict[str, np.ndarray]:
    vectors, values = decompose(view)
    return {near: unit_rows(vectors * values**2), far: unit_rows(vectors * values**4)}


def _link_all(view: Matrix) -> Matrix:
    """Give the likeness of all rows to each other, none to itself."""
    linked = view @ view.T
    if sparse.issparse(linked):
        return (linked - sparse.diags(linked.diagonal())).tocsr()
    return linked - np.diag(np.diag(linked))


def _find_centre(view: Matrix) -> np.ndarray:
    """Give each sentence's mean likeness to the others of its story."""
    n = view.shape[0]
    return (view @ np.asarray(view.sum(axis=0)).ravel() - 1.0) / max(1, n - 1)


def _least(values: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.minimum(values[a], values[b])
