"""Where sources call one thing by words that exclude each other, or name others as those who did or suffered it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import numpy as np
from scipy import sparse

from helpers.alignment.vectors import count, weigh
from helpers.disagreements.opposing import NEGATION
from helpers.disagreements.view import LINK, Story, make_finding
from helpers.language.content import Rarity, find_content, find_plain_form
from helpers.language.lexicons import entries, lexicon_index, load_lexicon
from helpers.language.sentences import WORD

SURE = 0.5  # confidence of a claim below which it is no evidence
SAME_THING = 0.5  # share of the rarer words of the shorter claim that the other must have, besides those that differ
SAME_TOPIC = 0.15  # the same for what a whole story turns on, such as whether a picture is genuine
LOOSE_SETS = ("authenticity", "suit")
SHARED_WORDS = 2  # words of content that both must have
LEAST_LIKE = 0.08  # cosine of two claims below which they are not compared
NEAREST = 25  # claims of other origins that each claim is held against
NAMED_BEFORE = re.compile(r"\b(?P<name>[A-Z][\w-]+)(?: (?:is|was|had|has|been|already|still|to be|said to be))* $")
NAMED_BEHIND = re.compile(
    r" (?:(?:Mr|Mrs|Ms|Dr)\.? )?(?:[A-Z][\w.-]+ ){0,3}(?P<name>[A-Z][\w-]+)(?= (?:in|on|at|a|last|by|with|and|during|when|was|is)\b|[,.;:”\"]|$)"
)
PASSIVE = re.compile(r"\b(?:was|is|been|be) $")
TIMED = re.compile(r"\W*(?:when|until|on|in|at|then|before|during|hours|minutes)\b")  # alive at some other time
SUITS = entries("nouns_of_suits")
REACH_OF_SUIT = 5  # words between what kind of suit it is and the suit


def find_contrasts(story: Story) -> Iterator[dict]:
    """Yield `actor` and `characterisation`: of one thing, two origins use words that cannot both be true of it.

    Two claims speak of one thing where most of their rarer words are the same. A claim that has both words, or
    denies one of them, contrasts with nothing.
    """
    rarity = story.rarity
    claims = [c for c in story.claims if c.confidence >= SURE and not c.opinion and c.modality != "hypothetical"]
    marked = {n: found for n, claim in enumerate(claims) if (found := read_contrasting(claim.text))}
    met: dict[str, dict[str, dict[str, tuple]]] = defaultdict(lambda: defaultdict(dict))
    sure: dict[str, float] = {}
    for one, other in _pair_claims(story, claims, sorted(marked)):
        for name in sorted(set(marked[one]) & set(marked[other])):
            sides = [marked[n][name] for n in (one, other)]
            if set(sides[0]) & set(sides[1]) or not _fit(name, sides):
                continue
            likeness = _tell_of_one_thing(rarity, name, claims[one], claims[other], sides)
            if not likeness:
                continue
            key = name
            sure[key] = max(sure.get(key, 0.0), likeness)
            for n, found in zip((one, other), sides, strict=True):
                for side, places in found.items():
                    met[key][side].setdefault(claims[n].claim_id, (claims[n], places[0]))
    for key in sorted(met):
        finding = _make_contrast(story, key, met[key], sure[key])
        if finding is not None:
            yield finding


@cache
def _words() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in load_lexicon("contrasts"):
        found[row["entry"]].append(row)
    return found


@cache
def _needs(name: str) -> tuple[str, str]:
    row = next(row for row in load_lexicon("contrasts") if row["set"] == name)
    return row["needs"], row["kind"]


def read_contrasting(text: str) -> dict[str, dict[str, list[tuple[int, int, str]]]]:
    """Read the words of contrasting sets in a text: by set and side, their places and the word beside them.

    A word behind a negation is left out; so is a set whose words stand on several sides here.
    """
    words = [
        (m.start(), m.end(), m.group().casefold().replace("’", "'").removesuffix("'s")) for m in WORD.finditer(text)
    ]
    found: dict[str, dict[str, list[tuple[int, int, str]]]] = defaultdict(lambda: defaultdict(list))
    for number, (start, end, word) in enumerate(words):
        for row in _words().get(word, ()):
            following = find_plain_form(words[number + 1][2]) if number + 1 < len(words) else ""
            if row["needs"] == "name":
                following = _find_name(text, start, end)
            if row["needs"] == "led":
                following = next(iter(reversed(find_content(text[max(0, start - 25) : start]))), "")
            if row["needs"] == "suit" and not _stands_by_suit(words, number):
                continue
            if NEGATION.search(text[max(0, start - 20) : start]):
                continue
            found[row["set"]][row["side"]].append((start, end, following))
    return {name: dict(sides) for name, sides in found.items() if len(sides) == 1}


def _find_name(text: str, start: int, end: int) -> str:
    """Find the last name right before or behind a word: «Berg alive», «killed Anna Berg», «Berg had died»."""
    kills = text[start:end].casefold() == "killed" and PASSIVE.search(text[:start]) is None
    found = None if kills else NAMED_BEFORE.search(text[:start])
    found = found or NAMED_BEHIND.match(text[end:])
    return found.group("name").casefold() if found and not TIMED.match(text[end:]) else ""


def _stands_by_suit(words: list, number: int) -> bool:
    near = [word for _, _, word in words[max(0, number - REACH_OF_SUIT) : number + REACH_OF_SUIT + 1]]
    return any(word in SUITS for word in near)


def _fit(name: str, sides: list[dict]) -> bool:
    """Say whether two uses can be of one thing: where the set asks for it, the same word must follow."""
    if _needs(name)[0] not in ("next", "next-verb", "led", "name"):
        return True
    following = [{place[2] for places in side.values() for place in places} for side in sides]
    return bool((following[0] & following[1]) - {""})


def _pair_claims(story: Story, claims: list, numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Pair claims that have contrasting words with their nearest of other origins."""
    contents = [find_content(claims[n].text) for n in numbers]
    telling = [i for i, words in enumerate(contents) if len(set(words)) >= SHARED_WORDS]
    if len(telling) < 2:
        return
    view = weigh(count([contents[i] for i in telling]))
    likeness = sparse.csr_matrix(view @ view.T)
    pairs = set()
    for row in range(likeness.shape[0]):
        bounds = slice(likeness.indptr[row], likeness.indptr[row + 1])
        columns, values = likeness.indices[bounds], np.round(likeness.data[bounds], 9)
        for place in np.lexsort((columns, -values))[: 4 * NEAREST].tolist():
            one, other = numbers[telling[row]], numbers[telling[int(columns[place])]]
            independent = story.is_independent(claims[one].article_id, claims[other].article_id)
            if one != other and independent and values[place] >= LEAST_LIKE:
                pairs.add((min(one, other), max(one, other)))
    yield from sorted(pairs)


def _tell_of_one_thing(rarity: Rarity, name: str, one, other, sides: list[dict]) -> float:
    """Say how surely two claims are of one thing by what they share besides the words that differ; 0 where not."""
    rests = []
    for claim, found in zip((one, other), sides, strict=True):
        own = {find_plain_form(claim.text[s:e]) for places in found.values() for s, e, _ in places}
        rests.append(set(find_content(claim.text)) - own)
    shared = rests[0] & rests[1]
    if _needs(name)[0] == "name" and one.negated == other.negated:
        return SAME_THING  # the name is what they share
    if len(shared) < (1 if name in LOOSE_SETS else SHARED_WORDS) or one.negated != other.negated:
        return 0.0
    likeness = max(rarity.contain(rests[0], rests[1]), rarity.contain(rests[1], rests[0]))
    least = SAME_TOPIC if name in LOOSE_SETS else SAME_THING
    return likeness if likeness >= least else 0.0


def _make_contrast(story: Story, name: str, by_side: dict[str, dict[str, tuple]], sure: float) -> dict | None:
    by_side = _leave_out_undecided(by_side, lexicon_index("contrast_heads")[name]["strongest"])
    if len(by_side) < 2:
        return None
    sides, told = [], []
    ordered = sorted(by_side, key=lambda side: (-len(by_side[side]), side))
    articles = {side: {claim.article_id for claim, _ in by_side[side].values()} for side in ordered}
    if len(set().union(*[story.origins_of(found) for found in articles.values()])) < 2:
        return None
    for side in ordered:
        chosen: dict[str, tuple] = {}
        for identity in sorted(by_side[side]):
            claim, place = by_side[side][identity]
            chosen.setdefault(claim.article_id, (claim, place))
        sides.append([story.show(claim, claim.text[start:end]) for claim, (start, end, _) in chosen.values()])
        first, (start, end, _) = chosen[min(chosen)]
        others = sorted(set(chosen) - {first.article_id})
        also = f", as {'do' if len(others) > 1 else 'does'} {story.name_outlets(others)}" if others else ""
        lead = story.lead_of(first)
        shown = _around(lead + first.text, len(lead) + start, len(lead) + end)
        told.append(f"{story.names[first.article_id]} says “{shown}”{also}")
    kind, head = _needs(name)[1], lexicon_index("contrast_heads")[name]
    return make_finding(
        story, kind, "major" if kind == "actor" else head["severity"],
        f"{head['head']}: {'; '.join(told)}.", 0.4 + 0.4 * sure, sides,
    )  # fmt: skip


def _leave_out_undecided(by_side: dict[str, dict[str, tuple]], strongest: str) -> dict[str, dict[str, tuple]]:
    """Leave out the articles that use words of several sides: they do not contrast with the others.

    Where one side says more than the others, as reading is more than access, an article that says it stands there.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for side, claims in by_side.items():
        for claim, _ in claims.values():
            used[claim.article_id].add(side)
    used = {article: {strongest} if strongest in sides else sides for article, sides in used.items()}
    decided = {
        side: {i: held for i, held in claims.items() if used[held[0].article_id] == {side}}
        for side, claims in by_side.items()
    }
    return {side: claims for side, claims in decided.items() if claims}


def _around(text: str, start: int, end: int, words: int = 5) -> str:
    before, after = LINK.sub("", text[:start]).split(), text[end:].split()
    lead = ("… " if len(before) > words else "") + " ".join(before[-words:])
    glue = "" if re.match(r"[^\w\s(]", text[end : end + 1] or " ") else " "
    tail = " ".join(after[:words]) + (" …" if len(after) > words else "")
    return f"{lead} {text[start:end]}{glue}{tail}".strip()
