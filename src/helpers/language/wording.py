"""Compare two wordings of one quotation, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from unicodedata import combining, normalize

from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span

WORD = re.compile(r"\w+(?:['’]\w+)*['’]?")
CONTEXT = 4  # words of agreement shown on either side of a difference
ANCHOR = 4  # words of agreement beside a difference that show one quotation
LOOSE_ANCHOR = 6  # the same in two quotations of which less agrees
LONGEST_GAP = 6  # words that may differ at one place: more is another sentence
WHOLE = 0.7  # share of both quotations' words that agree where hardly anything differs
LOOSE = 0.4  # share of the shorter quotation that agrees where two renderings of one speech are freer
LONG = 9  # words of agreement that no two sayings have by chance
NEAR = 3  # words from the beginning, or to the end, of a sentence that still count as such
SENTENCE_END = re.compile(r"[.!?…][\"”’')]*\s|—|;")
INNER_MARK = re.compile(r"(?<=\w)'(?=(?!re|ve|ll)\w\w)")  # Qur'an, not they're
SHARED = 0.6  # share of the words between the first and the last agreement that must agree
# Spellings of one word, British and American, by its ending.
SPELLINGS = (
    (re.compile(r"is(e[ds]?|ing|ations?|ers?)$"), r"iz\1"),
    (re.compile(r"ys(e[ds]?|ing)$"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|ly|able|ful|ite|ites)?$"), r"or\1"),
    (re.compile(r"ll(ed|ing|ers?)$"), r"l\1"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ence(s?)$"), r"ense\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
)
# Words whose change, loss or gain turns what is said.
TURNING = frozenset(["not", "no", "never", "without", "none", "cannot", "nobody", "nothing"])
# What takes back, or makes conditional, what was said just before.
TURNS_ON = ("but", "although", "though", "unless", "if", "except", "however", "until", "yet")


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
    kind: str = "reworded"
    around: tuple[str, ...] = ()  # the folded words of agreement before and after: the same place in every wording


@lru_cache(maxsize=20_000)
def find_folded_words(text: str) -> tuple[tuple[Span, str], ...]:
    """Find the words of a quotation with their plain forms: marks, case, numerals and spelling do not count."""
    found = []
    for match in WORD.finditer(text):
        form = match.group().replace("’", "'")
        end = match.end()
        if form.endswith("'") and not _is_possessive(text, match):
            form, end = form[:-1], end - 1
        found.append((Span(match.start(), end), fold_word(form.casefold())))
    return tuple(found)


def _is_possessive(text: str, match: re.Match[str]) -> bool:
    """Say whether a mark behind a word is an apostrophe («users’ messages») rather than the end of a quotation."""
    return match.group()[-2:-1] == "s" and text[match.end() : match.end() + 2].lstrip()[:1].islower()


def strip_accents(word: str) -> str:
    """Take the accents off a word: «José» is set as «Jose» where a paper has no type for it."""
    return (
        "".join(letter for letter in normalize("NFKD", word) if not combining(letter)) if not word.isascii() else word
    )


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Bring a word to one spelling: «three» and «3», «memorised» and «memorized» are the same."""
    word = INNER_MARK.sub("", strip_accents(word))
    numbers = lexicon_index("numbers")
    if word in numbers and numbers[word]["form"] == "figure":
        return numbers[word]["value"]
    if len(word) > 5:
        for ending, plain in SPELLINGS:
            if ending.search(word):
                return ending.sub(plain, word)
    return word


def compare_wordings(a: str, b: str) -> list[Difference]:
    """Find where two wordings of one quotation differ.

    Typography, case, spelling and punctuation do not count; what one side merely clips at its ends is no difference,
    unless the clipped words take back what is left («it was safe, but ...»). A difference stands between two stretches
    of agreement, or between one and the end of both.
    """
    words_a, words_b = find_folded_words(a), find_folded_words(b)
    matcher = SequenceMatcher(None, [w for _, w in words_a], [w for _, w in words_b], autojunk=False)
    found: list[Difference] = []
    for blocks in _split_regions([block for block in matcher.get_matching_blocks() if block.size]):
        if _is_one_quotation(a, b, words_a, words_b, blocks):
            found.extend(_compare_region(a, b, words_a, words_b, blocks, matcher.ratio()))
    return found


def _is_one_quotation(a, b, words_a, words_b, blocks) -> bool:
    """Say whether two stretches that agree in part are the same words of one speaker.

    Enough of them agrees, words of content among it, and they begin and end together as far as both go: what agrees
    only in the middle of two sentences is a turn of phrase.
    """
    first, last = blocks[0], blocks[-1]
    agreed = sum(block.size for block in blocks)
    longest = max(last.a + last.size - first.a, last.b + last.size - first.b)
    if agreed >= 3 and agreed >= WHOLE * max(len(words_a), len(words_b)):
        return True
    content = {w for block in blocks for _, w in words_a[block.a : block.a + block.size]}
    content = {w for w in content if w not in lexicon_index("function_words") and len(w) > 2}
    dense = agreed >= SHARED * longest and len(content) > 1
    loose = agreed >= LOOSE * min(len(words_a), len(words_b)) and bool(content)
    if max(block.size for block in blocks) < ANCHOR or not (dense or loose):
        return False
    if dense and agreed >= LONG:
        return True
    starts = min(_count_from_start(a, words_a, first.a), _count_from_start(b, words_b, first.b))
    ends = min(_count_to_end(a, words_a, last.a + last.size), _count_to_end(b, words_b, last.b + last.size))
    return starts <= NEAR and ends <= NEAR


def _count_from_start(text: str, words: list, place: int) -> int:
    """Count the words before `place` back to the beginning of its sentence or of the quotation."""
    for count in range(place):
        if SENTENCE_END.search(text[words[place - count - 1][0].end : words[place - count][0].start]):
            return count
    return place


def _count_to_end(text: str, words: list, place: int) -> int:
    """Count the words from `place` on to the end of its sentence or of the quotation."""
    for count in range(len(words) - place):
        if SENTENCE_END.search(text[words[place + count - 1][0].end : words[place + count][0].start]):
            return count
    return len(words) - place


def agree_on(a: str, b: str) -> int:
    """Count the words on which two quotations agree where they are one quotation; 0 where they are not."""
    words_a, words_b = find_folded_words(a), find_folded_words(b)
    matcher = SequenceMatcher(None, [w for _, w in words_a], [w for _, w in words_b], autojunk=False)
    regions = _split_regions([block for block in matcher.get_matching_blocks() if block.size])
    agreed = [sum(k.size for k in blocks) for blocks in regions if _is_one_quotation(a, b, words_a, words_b, blocks)]
    return max(agreed, default=0)


def _split_regions(blocks: list) -> list[list]:
    """Cut the stretches of agreement where too much lies between: what follows is another sentence."""
    regions: list[list] = []
    for block in blocks:
        last = regions[-1][-1] if regions else None
        near = last is not None and max(block.a - last.a - last.size, block.b - last.b - last.size) <= LONGEST_GAP
        if near:
            regions[-1].append(block)
        else:
            regions.append([block])
    return regions


def _compare_region(a, b, words_a, words_b, blocks, likeness) -> list[Difference]:
    last = blocks[-1]
    found = []
    for before, after in pairwise(blocks):
        gap_a, gap_b = (before.a + before.size, after.a), (before.b + before.size, after.b)
        held = before.size + after.size >= (ANCHOR - 1 if likeness >= WHOLE else LOOSE_ANCHOR)
        if not held or _is_elision(a, b, words_a, words_b, gap_a, gap_b):
            continue
        around = (
            *[w for _, w in words_a[max(before.a, gap_a[0] - 2) : gap_a[0]]], "|",
            *[w for _, w in words_a[gap_a[1] : min(gap_a[1] + 2, after.a + after.size)]],
        )  # fmt: skip
        found.append(_describe(a, b, words_a, words_b, gap_a, gap_b, likeness, around))
    found += _compare_ends(a, b, words_a, words_b, last, likeness)
    return [difference for difference in found if difference.words_a or difference.words_b]


def _compare_ends(a, b, words_a, words_b, last, likeness) -> list[Difference]:
    """Compare what follows the last agreement: other words up to both ends, or a turn that one side clips."""
    gap_a, gap_b = (last.a + last.size, len(words_a)), (last.b + last.size, len(words_b))
    size_a, size_b = gap_a[1] - gap_a[0], gap_b[1] - gap_b[0]
    around = (*[w for _, w in words_a[gap_a[0] - 2 : gap_a[0]]], "|")
    if last.size >= (ANCHOR - 1 if likeness >= WHOLE else LOOSE_ANCHOR) and 1 <= size_a <= 2 and 1 <= size_b <= 2:
        return [_describe(a, b, words_a, words_b, gap_a, gap_b, likeness, around)]
    if last.size < ANCHOR - 1 or bool(size_a) == bool(size_b):
        return []
    text, words, gap, clipped = (a, words_a, gap_a, b) if size_a else (b, words_b, gap_b, a)
    between = text[words[gap[0] - 1][0].end : words[gap[0]][0].start]
    turned = words[gap[0]][1] in TURNS_ON and not re.search(r"[.!?…]", between)
    if not turned or clipped.rstrip().endswith(("…", "...")):
        return []
    tail = re.search(r"[.!?]|$", text[words[gap[0]][0].start :]).start() + words[gap[0]][0].start
    stop = max(i for i, (span, _) in enumerate(words) if span.start < tail) + 1
    gap = (gap[0], stop)
    parts = (gap, (gap_b[0], gap_b[0])) if size_a else ((gap_a[0], gap_a[0]), gap)
    return [_describe(a, b, words_a, words_b, *parts, likeness, around, "clipped")]


def _is_elision(a, b, words_a, words_b, gap_a, gap_b) -> bool:
    """Say whether one side marks the gap with an ellipsis or brackets: what is left out in the open is no difference."""

    def between(text, words, gap):
        return text[words[gap[0] - 1][0].end : words[gap[1]][0].start]

    parts = (between(a, words_a, gap_a), between(b, words_b, gap_b))
    return any("…" in part or "..." in part or "[" in part or ". ." in part for part in parts)


def _describe(a, b, words_a, words_b, gap_a, gap_b, likeness, around, kind="reworded") -> Difference:
    spans = []
    for words, (first, last) in ((words_a, gap_a), (words_b, gap_b)):
        spans.append((words[max(0, first - CONTEXT)][0].start, words[min(len(words), last + CONTEXT) - 1][0].end))
    (start_a, end_a), (start_b, end_b) = spans
    only_a, only_b = [w for _, w in words_a[slice(*gap_a)]], [w for _, w in words_b[slice(*gap_b)]]
    changed = set(only_a) ^ set(only_b)
    turned = kind == "clipped" or any(
        word in TURNING or word.endswith(("n't", "nt'")) or word.isdigit() for word in changed
    )
    if _is_spelling(only_a, only_b):
        only_a = only_b = []
    return Difference(
        start_a, end_a, start_b, end_b, a[start_a:end_a], b[start_b:end_b],
        _cite(a, words_a, gap_a) if only_a else "", _cite(b, words_b, gap_b) if only_b else "",
        turned, likeness, "meaning changed" if turned and kind == "reworded" else kind, around,
    )  # fmt: skip


def _cite(text: str, words: list, gap: tuple[int, int]) -> str:
    return text[words[gap[0]][0].start : words[gap[1] - 1][0].end] if gap[0] < gap[1] else ""


def _is_spelling(one: list[str], other: list[str]) -> bool:
    """Say whether two stretches are the same letters set otherwise («on line» and «online»), or a word set twice."""
    if "".join(one) == "".join(other):
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return not shorter and len(set(longer)) == 1 and longer[0] == "sic"


def mark_words(a: str, b: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Cut two wordings into pieces (text, differs), so that a page can mark the words that differ."""
    words_a, words_b = find_folded_words(a), find_folded_words(b)
    matcher = SequenceMatcher(None, [w for _, w in words_a], [w for _, w in words_b], autojunk=False)
    same_a, same_b = set(), set()
    for block in matcher.get_matching_blocks():
        same_a.update(range(block.a, block.a + block.size))
        same_b.update(range(block.b, block.b + block.size))
    return _cut(a, [span for span, _ in words_a], same_a), _cut(b, [span for span, _ in words_b], same_b)


def _cut(text: str, words: list[Span], same: set[int]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    position = 0
    for number, word in enumerate(words):
        if number not in same:
            pieces += [(text[position : word.start], False), (text[word.start : word.end], True)]
            position = word.end
    return [piece for piece in [*pieces, (text[position:], False)] if piece[0]]
