"""Measure how the sentences of an article bear on a statement: near it or not, and for it, against it or open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.actions import find_base
from helpers.lexicons import lexicon_index, load_lexicon
from helpers.likeness import ROOT, UNSEEN, stem_word
from helpers.passages import split_passages
from helpers.sentences import find_sentences, find_words
from helpers.syntax import NEGATIONS
from helpers.tables import CLAIM_BEARING

CUES = ("refutes", "doubts", "reverses", "hedges", "reports", "confirms")
MEASURES = (
    "refuting", "refuting_density", "open_density", "open_lead", "open", "stated_plainly", "negation_density",
    "confirming", "reporting_lead", "refuting_beside_others",
)  # fmt: skip
LEAD = 3  # sentences that a report opens with
FEWEST_WORDS = 3  # words that a sentence needs to say anything
NEAR = 0.5  # share of the statement from which a sentence speaks of nothing else
FAR = 0.2  # what a cue still counts in a sentence that shares nothing with the statement
BESIDE = 0.6  # how far a sentence is as near as the one before or after it
DOUBT = 0.5  # a doubt, in refutations
UNIT = 100  # words to which densities refer
SURE_OF_OTHERS = 3  # other articles from which half of the difference counts

Word = tuple[str, str]  # as written in lower case, and its base


class Sentence(NamedTuple):
    """A sentence with its place, the roots of its content words, its cues by kind, its negations and its words."""

    start: int
    end: int
    roots: frozenset[str]
    cues: dict[str, int]
    negations: int
    n_words: int


class Statement(NamedTuple):
    """A statement that articles are asked about: what it is about, weighed by rarity, and whether it is a negative one."""

    weights: dict[str, float]
    negative: bool


def read_sentences(articles: pd.DataFrame) -> dict[str, list[Sentence]]:
    """Read the sentences of each article that belong to it: no furniture, no text of another article."""
    passages = split_passages(articles)
    own = passages[passages["kind"].isin(CLAIM_BEARING)]
    bounds: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for article, start, end in zip(own["article_id"], own["start"], own["end"], strict=True):
        bounds[article].append((int(start), int(end)))
    found = {}
    for article, text in zip(articles["article_id"], articles["text"], strict=True):
        kept = [
            _read_sentence(text, start, end)
            for start, end in find_sentences(text)
            if any(low <= start < high for low, high in bounds[article])
        ]
        found[article] = [sentence for sentence in kept if sentence.n_words >= FEWEST_WORDS]
    return found


def _read_sentence(text: str, start: int, end: int) -> Sentence:
    words = read_words(text[start:end])
    kinds = Counter(kind for _, _, kind in find_cues(words))
    return Sentence(start, end, find_roots(words), dict(kinds), sum(form in NEGATIONS for form, _ in words), len(words))


def read_words(text: str) -> list[Word]:
    """List the words of a text in lower case, each with its base; «isn't» is two words, «Ann's» is one."""
    words: list[Word] = []
    for start, end in find_words(text):
        form = text[start:end].casefold().replace("’", "'")
        if form == "cannot" or (form.endswith("n't") and len(form) > 3):
            verb = "can" if form in ("cannot", "can't") else "will" if form == "won't" else form[:-3]
            words += [(verb, find_base(verb)), ("not", "not")]
        else:
            form = form.removesuffix("'s")
            words.append((form, find_base(form)))
    return words


def find_roots(words: Sequence[Word]) -> frozenset[str]:
    """Give the roots of the content words: the first letters, which words of one family share."""
    function_words = lexicon_index("function_words")
    content = [(form, base) for form, base in words if form not in function_words and form not in NEGATIONS]
    return frozenset(stem_word(word)[:ROOT] for pair in content for word in pair)


def find_cues(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """Find the cues of the lexicon of verification, longest first: (first word, number of words, kind)."""
    found = []
    place = 0
    while place < len(words):
        cue = _match_cue(words, place)
        if cue:
            found.append((place, *cue))
        place += cue[0] if cue else 1
    return found


@cache
def _cues_by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    cues = defaultdict(list)
    for row in load_lexicon("verification_cues"):
        words = tuple(row["entry"].split())
        cues[words[0]].append((words, row["kind"]))
    return {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in cues.items()}


def _match_cue(words: Sequence[Word], place: int) -> tuple[int, str] | None:
    best = None
    for form in words[place]:
        for entry, kind in _cues_by_first_word().get(form, ()):
            behind = words[place : place + len(entry)]
            fits = len(behind) == len(entry) and all(
                part in word for part, word in zip(entry, behind, strict=True)
            )
            if fits and (best is None or len(entry) > best[0]):
                best = (len(entry), kind)
    return best


def read_statement(text: str, sentences: Iterable[Sentence]) -> Statement:
    """Read what a statement is about: its content words without its own cues, rarer ones in `sentences` weighing more."""
    words = read_words(text)
    cues = find_cues(words)
    plain = list(words)
    for place, length, _ in cues:
        plain[place : place + length] = [("", "")] * length
    roots = find_roots([word for word in plain if word[0]]) or find_roots(words)
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences:
        counts.update(sentence.roots & roots)
        total += 1
    weights = {root: float(np.log((total + UNSEEN) / (counts[root] + 1))) for root in sorted(roots)}
    return Statement(weights, _is_negative(words, cues))


def _is_negative(words: Sequence[Word], cues: Sequence[tuple[int, int, str]]) -> bool:
    """Say whether a statement says that something is not so: by negation, denial, doubt, or as undone."""
    # «No, it was not» says no once; «no big», «no longer» say something of their own.
    negations = [
        place for place, (form, _) in enumerate(words) if form in NEGATIONS and not (form == "no" and place in (0, len(words) - 2))
    ]
    return bool(negations) or any(kind in ("refutes", "doubts", "reverses") for _, _, kind in cues)


def measure_nearness(statement: Statement, sentences: Sequence[Sentence]) -> np.ndarray:
    """Measure how much of a statement each sentence has, by the weight of the words: one number in [0, 1] each."""
    total = sum(statement.weights.values()) or 1.0
    return np.array([sum(statement.weights.get(root, 0.0) for root in sentence.roots) for sentence in sentences]) / total


def spread_nearness(nearness: np.ndarray) -> np.ndarray:
    """Let a sentence be almost as near as its neighbours: «It never happened» speaks of what stands before it."""
    before = np.concatenate([[0.0], nearness[:-1]])
    after = np.concatenate([nearness[1:], [0.0]])
    return np.maximum(nearness, BESIDE * np.maximum(before, after))


def measure_article(statement: Statement, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Measure how an article bears on a statement: `MEASURES` by name, densities per hundred words.

    The last of them is left to `compare_articles`, which knows the other articles.
    """
    near = measure_nearness(statement, sentences)
    gate = np.clip(spread_nearness(near) / NEAR, FAR, 1.0)
    counts = {kind: np.array([sentence.cues.get(kind, 0) for sentence in sentences], dtype=float) for kind in CUES}
    negations = np.array([sentence.negations for sentence in sentences], dtype=float)
    units = sum(sentence.n_words for sentence in sentences) / UNIT + 1.0
    refuting = float(((counts["refutes"] + DOUBT * counts["doubts"]) * gate).sum())
    coloured = counts["refutes"] + counts["doubts"] + counts["hedges"] + counts["reports"] + negations
    return {
        "refuting": float(np.log1p(refuting)),
        "refuting_density": refuting / units,
        "open_density": float(counts["hedges"].sum()) / units,
        "open_lead": float(np.log1p(counts["hedges"][:LEAD].sum())),
        "open": float(np.log1p((counts["hedges"] * gate).sum())),
        "stated_plainly": float(near[coloured == 0].max(initial=0.0)),
        "negation_density": float(negations.sum()) / units,
        "confirming": float(np.log1p((counts["confirms"] * gate).sum())),
        "reporting_lead": float(np.log1p(counts["reports"][:LEAD].sum())),
    }


def compare_articles(measures: pd.DataFrame) -> pd.DataFrame:
    """Add to the measures of a story's articles, a row each, how much more an article refutes than the others do.

    One article alone is beside nobody: 0. What few others do counts for less than what many do.
    """
    density = measures["refuting_density"]
    others = max(0, len(measures) - 1)
    mean = (density.sum() - density) / max(1, others)
    return measures.assign(refuting_beside_others=(density - mean) * others / (others + SURE_OF_OTHERS))
