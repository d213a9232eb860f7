"""Compare two wordings of one quotation, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from helpers.sentences import Span, find_words

CONTEXT = 4  # words of agreement kept on either side of a difference
# Words whose change, loss or gain turns what is said.
TURNING = {
    "not",
    "no",
    "never",
    "n't",
    "without",
    "all",
    "none",
    "only",
    "always",
    "may",
    "might",
    "must",
    "can",
    "could",
    "should",
    "would",
    "will",
}


@dataclass(frozen=True)
class Difference:
    """Where two wordings part: the differing words with a little context, placed in both texts."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    text_a: str
    text_b: str
    words_a: str
    words_b: str
    changes_meaning: bool
    likeness: float


def compare_wordings(a: str, b: str) -> list[Difference]:
    """Find where two wordings of one quotation differ between words that both have.

    Typography, case and punctuation do not count; what one side merely clips at its ends is no difference. At
    least one differing word must stand between two stretches of agreement, or between one and the full stop.
    """
    words_a, words_b = find_words(a), find_words(b)
    folded_a, folded_b = [_fold(a, w) for w in words_a], [_fold(b, w) for w in words_b]
    matcher = SequenceMatcher(None, folded_a, folded_b, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks or sum(block.size for block in blocks) < 0.6 * min(len(words_a), len(words_b)):
        return []
    found = []
    for before, after in pairwise(blocks):
        gap_a, gap_b = (before.a + before.size, after.a), (before.b + before.size, after.b)
        if before.size + after.size < 3 or _is_elision(a, b, words_a, words_b, gap_a, gap_b):
            continue
        found.append(_describe(a, b, words_a, words_b, gap_a, gap_b, matcher.ratio()))
    return found


def _fold(text: str, word: Span) -> str:
    return text[word.start : word.end].casefold().replace("’", "'").strip("'")


def _is_elision(a, b, words_a, words_b, gap_a, gap_b) -> bool:
    """Say whether one side marks the gap with an ellipsis: words left out in the open are no difference."""

    def between(text, words, gap):
        start = words[gap[0] - 1].end
        return text[start : words[gap[1]].start]

    return any(
        "…" in part or "..." in part or "[" in part for part in (between(a, words_a, gap_a), between(b, words_b, gap_b))
    )


def _describe(a, b, words_a, words_b, gap_a, gap_b, likeness) -> Difference:
    spans = []
    for words, (first, last) in ((words_a, gap_a), (words_b, gap_b)):
        spans.append((words[max(0, first - CONTEXT)].start, words[min(len(words) - 1, last + CONTEXT - 1)].end))
    (start_a, end_a), (start_b, end_b) = spans
    only_a = [a[w.start : w.end] for w in words_a[slice(*gap_a)]]
    only_b = [b[w.start : w.end] for w in words_b[slice(*gap_b)]]
    changed = {word.casefold().replace("’", "'") for word in only_a} ^ {
        word.casefold().replace("’", "'") for word in only_b
    }
    turned = any(word in TURNING or word.endswith("n't") or word.isdigit() for word in changed)
    return Difference(
        start_a,
        end_a,
        start_b,
        end_b,
        a[start_a:end_a],
        b[start_b:end_b],
        " ".join(only_a),
        " ".join(only_b),
        turned,
        likeness,
    )


def mark_words(a: str, b: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Cut two wordings into pieces (text, differs), so that a page can mark the words that differ."""
    words_a, words_b = find_words(a), find_words(b)
    matcher = SequenceMatcher(None, [_fold(a, w) for w in words_a], [_fold(b, w) for w in words_b], autojunk=False)
    same_a, same_b = set(), set()
    for block in matcher.get_matching_blocks():
        same_a.update(range(block.a, block.a + block.size))
        same_b.update(range(block.b, block.b + block.size))
    return _cut(a, words_a, same_a), _cut(b, words_b, same_b)


def _cut(text: str, words: list[Span], same: set[int]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    position = 0
    for number, word in enumerate(words):
        if number not in same:
            pieces += [(text[position : word.start], False), (text[word.start : word.end], True)]
            position = word.end
    return [piece for piece in [*pieces, (text[position:], False)] if piece[0]]
