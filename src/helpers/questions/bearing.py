"""Measure how the sentences of an article bear on a statement: near it or not, and for it, against it or open."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.alignment.likeness import ROOT, UNSEEN
from helpers.language.forms import find_base, stem_word
from helpers.language.lexicons import lexicon_index, load_lexicon
from helpers.language.polarity import NEGATIONS
from helpers.language.sentences import find_sentences, find_words
from helpers.passages.split import split_passages
from helpers.tables import CLAIM_BEARING

MEASURES = ("against", "against_beside_others", "open", "stated_plainly")
LEAD = 3  # sentences that a report opens with
FADES = 100  # words after which what a report opens with counts for about a third
FEWEST_WORDS = 3  # words that a sentence needs to say anything
TOUCHES = 0.15  # share of the statement that some sentence of an article needs, else the article is silent
TOLD = 0.25  # share that the whole article needs
TOLD_DETAIL = 0.7  # share of a detail that a sentence needs to be told there, and not something like it
LEAST_WORDS = 2  # words of the statement that a sentence needs
NEAR = 0.5  # share of the statement from which a sentence speaks of nothing else
DETAIL, CENTRAL = 0.03, 0.05  # how much articles have of a statement that is a detail, and of what they are about
LATE, EARLY = 0.3, 0.6  # how much of what they have of a statement articles open with, as a detail and as their matter
CLOSE, CLOSEST = 0.3, 0.6  # share of a detail that a sentence needs to count, and to count in full
TOUCHES_DETAIL = 0.45  # share of a detail that some sentence of an article needs, else the article is silent
ABOUT = 0.1  # mean share of the statement from which an article is about nothing else, so that all its cues count
FAR = 0.1  # what a cue counts at least, however far from the statement
BESIDE = 0.6  # how far a sentence is as near as the one before or after it
UNHEARD = 0.2  # what a word counts that no article has
COMMON = 0.5  # what an everyday word counts in what a statement is about
NAME = "^"  # marks the root of a word that is written as a name
MOSTLY = 0.6  # share of capitalised words from which a statement is a headline
DOUBT = 0.5  # a doubt, in refutations
UNIT = 100  # words to which densities refer
SURE_OF_OTHERS = 3  # other articles from which half of the difference counts

AGAINST = 3  # words ahead of a cue in which a negation turns it round
SCOPE = 8  # words behind a negation that it may take back
TAKEN_BACK = 0.2  # share of the statement in a negation's scope that counts as a whole contradiction
LEAST_TAKEN_BACK = 0.08  # share below which it is chance
TURNED = {"refutes": "hedges", "doubts": "hedges", "confirms": "hedges", "reverses": None}


AUXILIARIES = ("be", "do", "have", "will", "would", "can", "could", "shall", "should")
NOT_DENYING = ("only", "just", "know", "realise", "realize", "necessarily", "yet")
CLAUSE_MARK = re.compile(r"[,;:—–()\"“”]|\.\.\.|…")


class Word(NamedTuple):
    """A word in lower case, its base, whether it is written as a name, and whether a new clause begins with it."""

    form: str
    base: str
    name: bool = False
    opens: bool = False


class Sentence(NamedTuple):
    """A sentence as it is measured: its place, its words, the roots of their content, its cues, its negations.

    `cues` counts them by kind, `undone` has for each word of reversal the root of the name before it, `denied` the
    roots in the scope of each negation of a verb.
    """

    start: int
    end: int
    n_words: int
    roots: frozenset[str]
    cues: dict[str, int]
    negations: int
    undone: tuple[str, ...]
    denied: tuple[frozenset[str], ...]


class Statement(NamedTuple):
    """A statement that articles are asked about: what it is about, weighed by rarity, whether it says that something
    is not so, whether that something was undone, how far it is what the articles are about, and which share of it is in
    words that no article has, in [0, 1]."""

    weights: dict[str, float]
    negative: bool
    undone: bool = False
    central: float = 1.0
    unheard: float = 0.0


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
            _read_sentence(text, max(start, low), min(end, high))
            for start, end in find_sentences(text)
            # A dateline ends inside the sentence that it opens.
            for low, high in bounds[article]
            if low < end and start < high
        ]
        found[article] = [sentence for sentence in kept if sentence.n_words >= FEWEST_WORDS]
    return found


def _read_sentence(text: str, start: int, end: int) -> Sentence:
    words = read_words(text[start:end])
    cues = find_cues(words)
    return Sentence(
        start, end, len(words), find_roots(words),
        dict(Counter(kind for _, _, kind in cues)),
        sum(word.form in NEGATIONS for word in words),
        tuple(_find_name(words, place) for place, _, kind in cues if kind == "reverses"),
        tuple(_find_scope(words, place) for place in range(len(words)) if _negates_verb(words, place)),
    )  # fmt: skip


def read_words(text: str) -> list[Word]:
    """List the words of a text: «isn't» is two words, «Ann's» is one."""
    words: list[Word] = []
    last = 0
    for start, end in find_words(text):
        form = text[start:end].casefold().replace("’", "'")
        name = text[start].isupper()
        opens = bool(CLAUSE_MARK.search(text[last:start]))
        last = end
        if form == "cannot" or (form.endswith("n't") and len(form) > 3):
            verb = "can" if form in ("cannot", "can't") else "will" if form == "won't" else form[:-3]
            words += [Word(verb, find_base(verb), False, opens), Word("not", "not")]
        else:
            form = form.removesuffix("'s")
            words.append(Word(form, find_base(form), name, opens))
    return words


def find_roots(words: Sequence[Word]) -> frozenset[str]:
    """Give the roots of the content words: the first letters, which words of one family share."""
    function_words = lexicon_index("function_words")
    content = [word for word in words if word.form not in function_words and word.form not in NEGATIONS]
    roots = {stem_word(form)[:ROOT] for word in content for form in (word.form, word.base)}
    return frozenset(roots | {NAME + find_root(word) for word in content if word.name})


def find_root(word: Word) -> str:
    """Give the root of a word: the first letters of its base."""
    return stem_word(word.base)[:ROOT]


def _find_name(words: Sequence[Word], place: int) -> str:
    """Find the name that stands nearest before a word, or else the sentence's first word: its root."""
    before = [word for word in words[:place] if word.name] or list(words[:1])
    return find_root(before[-1])


def _negates_verb(words: Sequence[Word], place: int) -> bool:
    """Say whether a word is a «not» or «never» that denies what the verb says: «is not», «did not», not «not only»."""
    if words[place].form not in ("not", "never") or place == 0:
        return False
    behind = words[place + 1].base if place + 1 < len(words) else ""
    return words[place - 1].base in AUXILIARIES and behind not in NOT_DENYING


def _find_scope(words: Sequence[Word], place: int) -> frozenset[str]:
    """Give the roots that a negation may take back: a few words behind it, up to the next clause."""
    scope = []
    for word in words[place + 1 : place + 1 + SCOPE]:
        if word.opens:
            break
        scope.append(word)
    return find_roots(scope)


def _is_headline(words: Sequence[Word]) -> bool:
    return sum(word.name for word in words) > MOSTLY * len(words)


def find_cues(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """Find the cues of the lexicon of verification, longest first: (first word, number of words, kind).

    A negation ahead turns a cue round: what is not confirmed, and what cannot be ruled out, is left open.
    """
    found = []
    place = 0
    headline = _is_headline(words)
    while place < len(words):
        month = words[place].name and not headline and words[place].form in lexicon_index("months")
        cue = None if month and place else _match_cue(words, place)
        if cue:
            length, kind = cue
            denied = any(word.form in NEGATIONS for word in words[max(0, place - AGAINST) : place])
            kind = TURNED.get(kind, kind) if denied else kind
            found += [(place, length, kind)] if kind else []
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
    for form in (words[place].form, words[place].base):
        for entry, kind in _cues_by_first_word().get(form, ()):
            behind = words[place : place + len(entry)]
            fits = len(behind) == len(entry) and all(
                part in (word.form, word.base) for part, word in zip(entry, behind, strict=True)
            )
            if fits and (best is None or len(entry) > best[0]):
                best = (len(entry), kind)
    return best


def read_statement(text: str, articles: Sequence[Sequence[Sentence]]) -> Statement:
    """Read what a statement is about: its content words without its own cues, those rarer in `articles` weighing more.

    `articles` are the sentences of each article that is asked.
    """
    words = read_words(text)
    cues = find_cues(words)
    said = {number for place, length, _ in cues for number in range(place, place + length)}
    core = _find_core(words, said) or _find_core(words, set())
    sentences = [sentence for article in articles for sentence in article]
    counts = Counter(root for sentence in sentences for root in sentence.roots & core.keys())
    total = len(sentences)
    # A word that no article has is no rarer than one that a single sentence has, and silences nobody.
    full = {
        root: share * float(np.log((total + UNSEEN) / (max(1, counts[root]) + 1)))
        for root, share in sorted(core.items())
    }
    heard = any(counts[root] for root in full)
    weights = {root: weight * (UNHEARD if heard and not counts[root] else 1.0) for root, weight in full.items()}
    lost = sum(weight for root, weight in full.items() if not counts[root] and not root.startswith(NAME))
    plain = sum(weight for root, weight in full.items() if not root.startswith(NAME))
    denied = _is_negative(words, cues)
    undone = not denied and any(kind == "reverses" for _, _, kind in cues)
    statement = Statement(weights, denied or undone, undone, unheard=lost / (plain or 1.0))
    return statement._replace(
        central=_measure_spread(statement, sentences, counts) * _measure_leads(statement, articles)
    )


def _measure_spread(statement: Statement, sentences: Sequence[Sentence], counts: Counter[str]) -> float:
    """Measure how far articles are about a statement: its words stand together all over, and most of them often.

    A detail has words that few sentences have, however often its names stand there.
    """
    if not sentences or not statement.weights:
        return 0.0
    several = np.array([len(sentence.roots & statement.weights.keys()) >= LEAST_WORDS for sentence in sentences])
    together = float((measure_nearness(statement, sentences) * several).mean())
    often = sorted((counts[root] / len(sentences), weight) for root, weight in statement.weights.items())
    middle = np.searchsorted(np.cumsum([weight for _, weight in often]), sum(statement.weights.values()) / 2)
    spread = (together * often[min(int(middle), len(often) - 1)][0]) ** 0.5
    return float(np.clip((spread - DETAIL) / (CENTRAL - DETAIL), 0.0, 1.0))


def _measure_leads(statement: Statement, articles: Sequence[Sequence[Sentence]]) -> float:
    """Measure how far the articles that have a statement open with it: what comes later is a detail."""
    shares = []
    for sentences in articles:
        near = measure_nearness(statement, sentences)
        if near.max(initial=0.0) >= TOUCHES:
            shares.append(near[:LEAD].max() / near.max())
    return float(np.clip((np.mean(shares) - LATE) / (EARLY - LATE), 0.0, 1.0)) if shares else 0.0


def _find_core(words: Sequence[Word], said: set[int]) -> dict[str, float]:
    """Give the roots of a statement's content words but those `said`; everyday words count half."""
    common = lexicon_index("common_words")
    headline = _is_headline(words)
    core = {}
    for number, word in enumerate(words):
        if number in said or not find_roots([word]):
            continue
        # «Watch», the service, is not the verb; in a headline a capital tells nothing.
        if word.name and word.form in common and not headline:
            core[NAME + find_root(word)] = 1.0
        else:
            core[find_root(word)] = COMMON if word.form in common and not word.name else 1.0
    return core


def _is_negative(words: Sequence[Word], cues: Sequence[tuple[int, int, str]]) -> bool:
    """Say whether a statement says that something is not so, by negation, denial or doubt."""
    # «No, it was not» says no once; «no big», «no longer» say something of their own.
    negations = [
        place
        for place, word in enumerate(words)
        if word.form in NEGATIONS and not (word.form == "no" and place in (0, len(words) - 2))
    ]
    return bool(negations) or any(kind in ("refutes", "doubts") for _, _, kind in cues)


def measure_nearness(statement: Statement, sentences: Sequence[Sentence]) -> np.ndarray:
    """Measure how much of a statement each sentence has, by the weight of the words: one number in [0, 1] each."""
    total = sum(statement.weights.values()) or 1.0
    return (
        np.array([sum(statement.weights.get(root, 0.0) for root in sentence.roots) for sentence in sentences]) / total
    )


def speaks_to(statement: Statement, sentences: Sequence[Sentence]) -> bool:
    """Say whether an article speaks to a statement at all: some sentence has enough of it, and more than one word."""
    needed = min(LEAST_WORDS, len(statement.weights))
    near = measure_nearness(statement, sentences)
    several = [len(sentence.roots & statement.weights.keys()) >= needed for sentence in sentences]
    found = frozenset[str]().union(*(sentence.roots for sentence in sentences))
    told = sum(weight for root, weight in statement.weights.items() if root in found)
    touches = statement.central * TOUCHES + (1.0 - statement.central) * TOUCHES_DETAIL
    return bool((near[several] >= touches).any()) and told >= TOLD * (sum(statement.weights.values()) or 1.0)


def tells(statement: Statement, sentences: Sequence[Sentence]) -> bool:
    """Say whether an article tells a statement and not only something like it: of a detail, most in one sentence."""
    return bool(measure_nearness(statement, sentences).max(initial=0.0) >= TOLD_DETAIL * (1.0 - statement.central))


def spread_nearness(nearness: np.ndarray) -> np.ndarray:
    """Let a sentence be almost as near as its neighbours: «It never happened» speaks of what stands before it."""
    before = np.concatenate([[0.0], nearness[:-1]])
    after = np.concatenate([nearness[1:], [0.0]])
    return np.maximum(nearness, BESIDE * np.maximum(before, after))


def measure_article(statement: Statement, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Measure how an article bears on a statement: `MEASURES` by name, all but what `compare_articles` adds.

    Densities refer to a hundred words: of what speaks against the statement, and of what leaves it open. A cue counts
    by how near its sentence is to the statement; in an article that is about nothing else, all count.
    """
    near = measure_nearness(statement, sentences)
    gate = weigh_sentences(statement, near)
    against = np.array([weigh_against(statement, sentence) for sentence in sentences])
    hedges = np.array([sentence.cues.get("hedges", 0) for sentence in sentences], dtype=float)
    words = np.array([sentence.n_words for sentence in sentences], dtype=float)
    units = float((words * np.maximum(gate, statement.central)).sum()) / UNIT + 1.0
    before = np.concatenate([[0.0], np.cumsum(words)[:-1]])[: len(words)]
    early = np.exp(-before / FADES)
    plain = np.maximum(early, _weigh_closeness(near)) * (against + hedges == 0)
    return {
        "against": float((against * gate).sum()) / units,
        "open": float((hedges * gate).sum()) / units,
        "stated_plainly": float((near * plain).max(initial=0.0)),
    }


def weigh_sentences(statement: Statement, nearness: np.ndarray) -> np.ndarray:
    """Weigh how far what each sentence says counts for a statement, in [0, 1].

    For a detail only the sentences that have most of it count; in an article that is about the statement, all do.
    """
    near = spread_nearness(nearness)
    least = np.clip(nearness.mean() / ABOUT, FAR, 1.0) if len(nearness) else FAR
    whole = np.clip(near / NEAR, least, 1.0)
    return np.maximum(_weigh_closeness(nearness), statement.central * whole)


def _weigh_closeness(nearness: np.ndarray) -> np.ndarray:
    return np.clip((nearness - CLOSE) / (CLOSEST - CLOSE), 0.0, 1.0)


def weigh_against(statement: Statement, sentence: Sentence) -> float:
    """Weigh what a sentence says against what a statement is about: refutations, doubts, its words denied, undone.

    Where the statement is that something was undone, only the undoing speaks against that something.
    """
    undone = sum(name in statement.weights for name in sentence.undone)
    if statement.undone:
        return float(undone)
    total = sum(statement.weights.values()) or 1.0
    shares = [sum(statement.weights.get(root, 0.0) for root in denied) / total for denied in sentence.denied]
    denied = sum(min(1.0, share / TAKEN_BACK) for share in shares if share >= LEAST_TAKEN_BACK)
    return sentence.cues.get("refutes", 0) + DOUBT * (sentence.cues.get("doubts", 0) + undone) + denied


def compare_articles(measures: pd.DataFrame) -> pd.DataFrame:
    """Add to the measures of a story's articles, a row each, how much more each speaks against than the others do.

    One article alone is beside nobody: 0. What few others do counts for less than what many do.
    """
    against = measures["against"]
    others = max(0, len(measures) - 1)
    mean = (against.sum() - against) / max(1, others)
    return measures.assign(against_beside_others=(against - mean) * others / (others + SURE_OF_OTHERS))
