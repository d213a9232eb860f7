"""Lay two statements side by side: which of their words answer each other, role by role, and what is left over on each side."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np

from helpers.alignment.statements import Statement, Word
from helpers.language.meaning import are_opposed, measure_likeness, share_root

ANSWERED = 0.55  # likeness from which a word answers another
ROOT_LIKENESS = 0.85
IN_CONTEXT = 0.7  # what an answer is worth that stands elsewhere in the sentence

FEATURES = (
    "nearness", "rank", "rank_other", "covered_least", "covered_most", "covered_mean", "wide_least", "wide_most",
    "names_shared", "names_apart", "names_lacking", "act", "act_known", "subject", "object", "roles_crossed", "rare_shared",
    "run", "length_least", "length_ratio", "left_least", "left_mass", "both_quoted", "one_quoted", "same_speaker", "opposed",
)  # fmt: skip


@dataclass
class Pair:
    """Two statements side by side, with how near they are and how they rank among each other's partners."""

    a: Statement
    b: Statement
    nearness: float
    ranks: tuple[int, int]

    @cached_property
    def likeness(self) -> np.ndarray:
        """How like each word of the one is to each of the other."""
        return compare_words(self.a.words, self.b.words)

    @cached_property
    def answers(self) -> tuple[np.ndarray, np.ndarray]:
        """How well each word of either statement is answered by the other's own words."""
        return _best(self.likeness, 1), _best(self.likeness, 0)

    @cached_property
    def wide_answers(self) -> tuple[np.ndarray, np.ndarray]:
        """The same where words elsewhere in the other's sentence answer too."""
        own_a, own_b = self.answers
        wide_a = np.maximum(own_a, IN_CONTEXT * _best(compare_words(self.a.words, self.b.context), 1))
        wide_b = np.maximum(own_b, IN_CONTEXT * _best(compare_words(self.a.context, self.b.words), 0))
        return wide_a, wide_b

    @cached_property
    def left(self) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        """The words of either that nothing in the other answers."""
        wide_a, wide_b = self.wide_answers
        return (
            tuple(word for word, answer in zip(self.a.words, wide_a, strict=True) if answer < ANSWERED),
            tuple(word for word, answer in zip(self.b.words, wide_b, strict=True) if answer < ANSWERED),
        )

    @cached_property
    def run(self) -> float:
        """The longest run of words that both have, as a share of the shorter one."""
        one, other = [w.lemma for w in self.a.words], [w.lemma for w in self.b.words]
        if not one or not other:
            return 0.0
        size = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
        return size / min(len(one), len(other))


def compare_words(one: tuple[Word, ...], other: tuple[Word, ...]) -> np.ndarray:
    """Give the likeness of each word of one list to each of another."""
    found = np.zeros((len(one), len(other)))
    for i, word in enumerate(one):
        for j, answer in enumerate(other):
            found[i, j] = _compare_word(word, answer)
    return found


def _compare_word(one: Word, other: Word) -> float:
    if one.lemma == other.lemma:
        return 1.0
    if one.is_name or other.is_name:
        return ROOT_LIKENESS if share_root(one.lemma, other.lemma) else 0.0
    return measure_likeness(one.lemma, other.lemma)


def _best(likeness: np.ndarray, axis: int) -> np.ndarray:
    return likeness.max(axis=axis, initial=0.0) if likeness.size else np.zeros(likeness.shape[1 - axis])


def cover(words: tuple[Word, ...], answers: np.ndarray) -> float:
    """Say how much of some words, by weight, is answered."""
    whole = sum(word.weight for word in words)
    return (
        float(sum(w.weight * a for w, a in zip(words, answers, strict=True) if a >= ANSWERED) / whole) if whole else 0.0
    )


def measure(pair: Pair) -> dict[str, float]:
    """Measure what `FEATURES` names: whether two statements speak of one thing, never whether they agree on it."""
    a, b = pair.a, pair.b
    own = (cover(a.words, pair.answers[0]), cover(b.words, pair.answers[1]))
    wide = (cover(a.words, pair.wide_answers[0]), cover(b.words, pair.wide_answers[1]))
    left = [sum(word.weight for word in words) for words in pair.left]
    sizes = sorted((len(a.words), len(b.words)))
    quoted = [s.claim.quote_kind in ("direct", "mixed") for s in (a, b)]
    found = {
        "nearness": pair.nearness,
        "rank": min(pair.ranks[0], 10) / 10,
        "rank_other": min(pair.ranks[1], 20) / 20,
        "covered_least": min(own),
        "covered_most": max(own),
        "covered_mean": 2 * own[0] * own[1] / max(own[0] + own[1], 1e-9),
        "wide_least": min(wide),
        "wide_most": max(wide),
        "rare_shared": _sum_shared(pair),
        "run": pair.run,
        "length_least": float(np.log1p(sizes[0])),
        "length_ratio": sizes[0] / max(sizes[1], 1),
        "left_least": float(np.log1p(min(left))),
        "left_mass": float(np.log1p(sum(left))),
        "both_quoted": float(all(quoted)),
        "one_quoted": float(quoted[0] != quoted[1]),
        "same_speaker": float(isinstance(a.claim.speaker_id, str) and a.claim.speaker_id == b.claim.speaker_id),
        "opposed": float(any(are_opposed(x.lemma, y.lemma) for x in pair.left[0] for y in pair.left[1])),
    }
    return {**found, **measure_names(pair), **_measure_roles(pair)}


def _sum_shared(pair: Pair) -> float:
    weights = [
        min(word.weight, pair.b.words[int(pair.likeness[i].argmax())].weight)
        for i, word in enumerate(pair.a.words)
        if pair.answers[0][i] >= ANSWERED
    ]
    return float(np.log1p(sum(weights)))


def measure_names(pair: Pair) -> dict[str, float]:
    """Measure which names both have, and whether each has one that the other lacks."""
    wide_a, wide_b = pair.wide_answers
    have_a = [answer >= ANSWERED for word, answer in zip(pair.a.words, wide_a, strict=True) if word.is_name]
    have_b = [answer >= ANSWERED for word, answer in zip(pair.b.words, wide_b, strict=True) if word.is_name]
    lacking = (have_a.count(False), have_b.count(False))
    return {
        "names_shared": float(np.log1p(min(have_a.count(True), have_b.count(True)))),
        "names_apart": float(min(lacking) > 0),
        "names_lacking": float(np.log1p(sum(lacking))),
    }


def _measure_roles(pair: Pair) -> dict[str, float]:
    one, other = pair.a.groups, pair.b.groups
    acts = (one.get("act", ()), other.get("act", ()))
    act = measure_likeness(acts[0][0].lemma, acts[1][0].lemma) if all(acts) else 0.0
    return {
        "act": act,
        "act_known": float(all(acts)),
        "subject": answer_role(one.get("subject", ()), other.get("subject", ()) + other.get("agent", ())),
        "object": answer_role(one.get("object", ()), other.get("object", ())),
        "roles_crossed": min(
            answer_role(one.get("subject", ()), other.get("object", ())),
            answer_role(one.get("object", ()), other.get("subject", ())),
        ),
    }  # fmt: skip


def answer_role(one: tuple[Word, ...], other: tuple[Word, ...]) -> float:
    """Say how well the words of a role answer those of the other's, in [0, 1]; one half where either is not known."""
    if not one or not other:
        return 0.5
    likeness = compare_words(one, other)
    return max(cover(one, _best(likeness, 1)), cover(other, _best(likeness, 0)))
