"""Weigh how surely two claims of a story speak to the same thing: what they share, whom they name, what act they tell of."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from helpers import tables
from helpers.alignment.likeness import load_weights, score_pairs
from helpers.alignment.vectors import count, find_rarity, mark, multiply, scale, sum_rows
from helpers.language.acts import Action, find_actions
from helpers.language.dictionary import UNKNOWN
from helpers.language.forms import find_base
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import APOSTROPHES, WORD
from helpers.language.words import look_up

LINK = (
    "likeness", "overlap", "contained", "n_shared", "act_same", "act_named", "act_differs", "subject_differs",
)  # fmt: skip
PARTS = {"claim": ("text", "start"), "subject": ("subject", "subject_start"), "object": ("object", "object_start")}
NEAREST = 30  # claims of the story that are weighed against a claim
LEAST_LIKE = 0.05  # share of what is rare below which two claims are not weighed at all
BATCH = 500  # claims whose nearest are found at once: bounds the memory
CONTENT_WORDS = 3  # words and names that a claim needs before likeness means anything
RUN = 4  # words in a row that two renderings of one statement share
FEWEST_SAME = 6  # words that such a statement needs
MOST_SAME = 0.85  # share of the shorter one's words that the longer one needs to have, and in the same order
REWORDED = 0.9  # what two renderings of one statement weigh at least
OPENERS = {"that", "which", "who", "whom", "whose", "while", "when", "in", "as", "for", "by", "through", "after"}
OTHER_REACH = 0.2  # what they weigh at most where access, leave or the like is to different things
APART = 0.05  # what two claims weigh at most where one tells what the other only makes possible


def find_links(claims: pd.DataFrame, mentions: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Find the pairs of claims of one story that may speak to the same thing, and weigh each, in [0, 1].

    Gives pairs of row numbers, the lesser first, in order, and one weight a pair. Of claims with the same words only
    the first is weighed against others (see `find_repeats`).
    """
    contents = read_contents(claims, mentions)
    repeats = find_repeats(claims["text"])
    first = np.flatnonzero(repeats == np.arange(len(claims)))
    reworded = first[find_reworded(claims.iloc[first])]
    near = first[find_candidates([contents["claim"][i] for i in first])]
    pairs = np.unique(np.concatenate([near, reworded]), axis=0)
    same = {tuple(pair) for pair in reworded.tolist()}
    least = np.array([REWORDED if tuple(pair) in same else 0.0 for pair in pairs.tolist()])
    return pairs, weigh_links(claims, contents, pairs, least)


def find_reworded(claims: pd.DataFrame) -> np.ndarray:
    """Find the claims of two articles that have the same words almost to the letter, or one whole in the other.

    Two renderings of one quotation seldom differ in more than a word; what they are about need not be told in them.
    """
    words = [_fold(text).split() for text in claims["text"]]
    articles = claims["article_id"].tolist()
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, own in enumerate(words):
        for run in {tuple(own[i : i + RUN]) for i in range(len(own) - RUN + 1)}:
            holders[run].append(number)
    shared = {pair for own in holders.values() if len(own) <= NEAREST for pair in combinations(own, 2)}
    found = [(a, b) for a, b in sorted(shared) if articles[a] != articles[b] and _is_reworded(words[a], words[b])]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _is_reworded(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < FEWEST_SAME or len(set(short) & set(long)) < MOST_SAME * len(set(short)):
        return False
    return fuzz.partial_ratio(" ".join(short), " ".join(long)) >= 100 * MOST_SAME


def _fold(text: str) -> str:
    return " ".join(match.group() for match in WORD.finditer(text.translate(APOSTROPHES).casefold()))


def find_repeats(texts: pd.Series) -> np.ndarray:
    """Give for each claim the number of the first with the same words; those of too few words only repeat themselves."""
    first: dict[str, int] = {}
    folded = [_fold(text) for text in texts]
    return np.array(
        [
            first.setdefault(words, number) if words.count(" ") >= CONTENT_WORDS else number
            for number, words in enumerate(folded)
        ],
        dtype=np.int64,
    )


def read_contents(claims: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, list[list[str]]]:
    """List what each claim is about: the entities it names, whatever they are called, and the concepts of its words.

    Function words and verbs that only carry another word («have», «give») are left out. Gives this for the claim as a
    whole (`claim`), for its `subject` and for its `object`.
    """
    known = mentions[mentions["kind"].isin(tables.ENTITY_KINDS) & mentions["entity_id"].notna()]
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in known[["claim_id", "start", "end", "entity_id"]].itertuples(index=False):
        places[row.claim_id].append((int(row.start), int(row.end), row.entity_id))
    contents: dict[str, list[list[str]]] = {}
    for part, (text, start) in PARTS.items():
        rows = claims[["claim_id", text, start]].itertuples(index=False, name=None)
        contents[part] = [
            _read_content(text, int(start), places.get(claim, []))
            if isinstance(text, str) and not pd.isna(start)
            else []
            for claim, text, start in rows
        ]
    return contents


def _read_content(text: str, start: int, places: list[tuple[int, int, str]]) -> list[str]:
    found: dict[str, None] = {}
    for match in WORD.finditer(text.translate(APOSTROPHES)):
        at = start + match.start()
        entity = next((entity for first, last, entity in places if first <= at < last), None)
        if entity:
            found[f"@{entity}"] = None
            continue
        word = look_up(_find_common_word(match.group()))
        if not word.is_function and find_base(match.group()) not in lexicon_index("light_verbs"):
            found[word.concept] = None
    return list(found)


def _find_common_word(word: str) -> str:
    """Give the word under which news knows a thing by several names: a «jail» is a prison."""
    known = lexicon_index("news_synonyms").get(find_base(word))
    return known["group"] if known else word


def find_candidates(contents: list[list[str]]) -> np.ndarray:
    """Pair each claim with its nearest, of whichever article; claims of too few words take no part."""
    telling = np.array([i for i, row in enumerate(contents) if len(row) >= CONTENT_WORDS], dtype=np.int64)
    if len(telling) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    present = mark(count([contents[i] for i in telling]))
    rarity = find_rarity(present)
    view, mass = scale(present, np.sqrt(rarity)), present @ rarity
    found = []
    for start in range(0, len(telling), BATCH):
        part = slice(start, start + BATCH)
        shared = view[part] @ view.T
        shared = np.asarray(shared.todense() if hasattr(shared, "todense") else shared)
        near = np.round(shared / (mass[part, None] + mass[None, :] - shared), 9)
        near[np.arange(len(near)), np.arange(start, start + len(near))] = 0.0
        nearest = np.argsort(-near, axis=1, kind="stable")[:, :NEAREST]
        rows, ranks = np.nonzero(np.take_along_axis(near, nearest, axis=1) >= LEAST_LIKE)
        found.append(np.column_stack([rows + start, nearest[rows, ranks]]))
    return np.unique(np.sort(telling[np.concatenate(found)], axis=1), axis=0)


def weigh_links(
    claims: pd.DataFrame, contents: dict[str, list[list[str]]], pairs: np.ndarray, least: np.ndarray | float = 0.0
) -> np.ndarray:
    """Weigh how surely the claims of each pair speak to the same thing, in [0, 1].

    A logistic regression (benchmarks/train_alignment.py), with two limits: what is done, what is made possible and
    what only opens the way to it are different things, and so is access to one thing and access to another, however
    alike the words. `least` is what each pair weighs at least, short of those limits.
    """
    if not len(pairs):
        return np.zeros(0)
    actions = find_actions(claims)
    weights = load_weights()["link"]
    measured = measure_links(claims, contents, actions, pairs)
    odds = measured @ np.array([weights[name] for name in LINK]) + weights["intercept"]
    reached = [find_reached(text, action) for text, action in zip(claims["text"], actions, strict=True)]
    limit = np.ones(len(pairs))
    for number, (a, b) in enumerate(pairs.tolist()):
        if are_apart(actions[a], actions[b]):
            limit[number] = APART
        elif reached[a] and reached[b] and not reached[a] & reached[b]:
            limit[number] = OTHER_REACH
    weighed = np.minimum(np.maximum(1.0 / (1.0 + np.exp(-odds)), least), limit)
    return np.round(weighed, 6)


def are_apart(one: Action, other: Action) -> bool:
    """Say whether of two acts one is done and the other only possible, or only opens the way to it."""
    if not one.lemma or not other.lemma:
        return False
    if one.lemma == other.lemma:
        return one.possible != other.possible and not one.enables
    return one.enables != other.enables


def find_reached(text: str, action: Action) -> set[str]:
    """Find what an act that only opens the way, such as access, opens it to: the words after it up to the next clause, names apart."""
    if not action.enables:
        return set()
    words = list(WORD.finditer(text.translate(APOSTROPHES)))
    at = next((i for i, word in enumerate(words) if find_base(word.group()) == action.lemma), len(words))
    reached: set[str] = set()
    for before, word in pairwise(words[at:]):
        clause = any(mark in text[before.end() : word.start()] for mark in ",;:.") or word.group().lower() in OPENERS
        if clause and reached:
            break
        found = look_up(_find_common_word(word.group()))
        whose = word.group().istitle() and found.classes == UNKNOWN
        if not found.is_function and not whose:
            reached.add(found.concept)
    return reached


def measure_links(
    claims: pd.DataFrame, contents: dict[str, list[list[str]]], actions: list[Action], pairs: np.ndarray
) -> np.ndarray:
    """Measure what `LINK` names for each pair of claims."""
    a, b = pairs[:, 0], pairs[:, 1]
    present = mark(count(contents["claim"]))
    rarity = find_rarity(present)
    weighted, mass = scale(present, np.sqrt(rarity)), present @ rarity
    shared, least = multiply(weighted, weighted, a, b), np.minimum(mass[a], mass[b])
    likeness = np.clip(score_pairs(claims["text"].tolist(), pairs), 1e-4, 1 - 1e-4)
    acts = [look_up(action.lemma).concept if action.lemma else None for action in actions]
    words = [set(row) for row in contents["claim"]]
    named = np.array([[_is_named(acts, words, i, j), _is_named(acts, words, j, i)] for i, j in pairs.tolist()])
    same = np.array([acts[i] is not None and acts[i] == acts[j] for i, j in pairs.tolist()])
    both = np.array([acts[i] is not None and acts[j] is not None for i, j in pairs.tolist()])
    like = {
        "likeness": np.log(likeness / (1 - likeness)),
        "overlap": shared / np.maximum(mass[a] + mass[b] - shared, 1e-9),
        "contained": shared / np.maximum(least, 1e-9),
        "n_shared": np.log1p(multiply(present, present, a, b)),
        "act_same": same,
        "act_named": named.any(axis=1),
        "act_differs": both & ~named.any(axis=1),
        "subject_differs": _differ(_keep_names(contents["subject"]), a, b),
    }
    return np.column_stack([like[name].astype(float) for name in LINK])


def _is_named(acts: list[str | None], words: list[set[str]], i: int, j: int) -> bool:
    return acts[i] is not None and acts[i] in words[j]


def _keep_names(contents: list[list[str]]) -> list[list[str]]:
    return [[item for item in row if item.startswith("@")] for row in contents]


def _differ(contents: list[list[str]], a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Say of each pair whether both hold something, and nothing that the other holds."""
    held = mark(count(contents))
    least = np.minimum(sum_rows(held)[a], sum_rows(held)[b])
    return (least > 0) & (multiply(held, held, a, b) == 0)
