"""Who did or said it: one quotation that two sources give to two people, one suit against other defendants."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from helpers.disagreements.quoted import collect_quotations, pair_quotations
from helpers.disagreements.undecided import gives_both
from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import find_content
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_words
from helpers.language.wording import agree_on, find_folded_words

QUOTE_WORDS = 8  # words that two people do not say alike by chance
NAMED_NEAR = 400  # characters around a quotation in which its speaker must be named
SURE = 0.6
NAME = r"[A-Z][\w’'&.-]*(?: (?:[A-Z][\w’'&.-]*|of|de|van|al-\w+))*"
AGAINST = re.compile(rf"\bagainst (?:both )?(?:the )?({NAME}(?:(?:, | and (?:the )?|, and ){NAME})*)")
SUES = re.compile(r"\b(?:law)?suits?\b|\bsued\b|\bcomplaint\b|\bclass.action\b|\bcharges?\b", re.IGNORECASE)


def find_speaker_conflicts(story: Story) -> Iterator[dict]:
    """Yield `actor`: one quotation that one origin gives to one person, another to another.

    Only people who are named near the words count, and never one whom the other article names there too: a
    quotation put in the wrong mouth is what hurts most.
    """
    spoken = []
    for quotation in collect_quotations(story):
        claim = story.claim_at(quotation.article, quotation.start)
        if len(find_folded_words(quotation.text)) >= QUOTE_WORDS and claim is not None and _is_named(story, claim):
            spoken.append((quotation, claim))
    held: dict[str, list] = defaultdict(list)
    for quotation, claim in spoken:
        held[quotation.text].append((quotation, claim))
    texts = sorted(held)
    groups: dict[str, list] = defaultdict(list)
    for one, other in [*((text, text) for text in texts), *pair_quotations(texts)]:
        if len({claim.speaker_name for _, claim in held[one] + held[other]}) < 2 or agree_on(one, other) < QUOTE_WORDS:
            continue
        for first, second in product(held[one], held[other]):
            if _differ_in_speaker(story, first, second):
                groups[min(one, other)] += [first, second]
    for key in sorted(groups):
        yield _make_speakers(story, groups[key])


def _differ_in_speaker(story: Story, one: tuple, other: tuple) -> bool:
    """Say whether two articles put a quotation into the mouths of two people, neither of whom the other names there."""
    (quotation, claim), (further, rival) = one, other
    if not story.is_independent(quotation.article, further.article) or _are_one(claim.speaker_name, rival.speaker_name):
        return False
    return not _names(story, claim, rival) and not _names(story, rival, claim)


def _is_named(story: Story, claim) -> bool:
    if not isinstance(claim.speaker_name, str) or claim.speaker_id not in story.persons or claim.confidence < SURE:
        return False
    return _stands_near(story, claim, claim.speaker_name)


def _names(story: Story, claim, other) -> bool:
    return _stands_near(story, claim, other.speaker_name)


def _stands_near(story: Story, claim, name: str) -> bool:
    text = story.texts[claim.article_id]
    near = text[max(0, int(claim.start) - NAMED_NEAR) : int(claim.end) + NAMED_NEAR // 2]
    last = _name_words(name)[-1:] or [name]
    return re.search(rf"\b{re.escape(last[0])}\b", near, re.IGNORECASE) is not None


def _name_words(name: str) -> list[str]:
    words = [name[s:e].casefold() for s, e in find_words(name)]
    return [word for word in words if word not in lexicon_index("titles")]


def _are_one(one: str, other: str) -> bool:
    """Say whether two names can be one person's: they share a word that is no title."""
    return bool(set(_name_words(one)) & set(_name_words(other)))


def _make_speakers(story: Story, spoken: list) -> dict:
    people: dict[str, dict[tuple, tuple]] = defaultdict(dict)
    for quotation, claim in spoken:
        people[claim.speaker_name][(quotation.article, quotation.start)] = (quotation, claim)
    sides, told = [], []
    for name in sorted(people):
        spots = sorted(people[name].items())
        sides.append([story.show_place(article, start, q.end, name) for (article, start), (q, _) in spots])
        told.append(f"{story.name_outlets({article for article, _ in people[name]})} gives it to {name}")
    text = min(spoken, key=lambda item: (len(item[0].text), item[0]))[0].text
    return make_finding(story, "actor", "major", f"Who said {cite(text, 80)}: {', '.join(told)}.", 0.8, sides)


class Suit(NamedTuple):
    """A suit that a sentence tells of: whom it is against, where that stands, and the words of the sentence."""

    article: str
    start: int
    end: int
    defendants: frozenset[str]
    words: frozenset[str]


def find_defendant_conflicts(story: Story) -> Iterator[dict]:
    """Yield `actor`: one suit that one origin says is against one, another against that one and others."""
    suits = [
        suit
        for (article, start, _), text in sorted(story.sentences.items())
        for suit in _read_suits(article, start, text)
    ]
    apart = [
        pair
        for pair in combinations(suits, 2)
        if story.is_independent(pair[0].article, pair[1].article)
        and _are_one_suit(*pair)
        and not gives_both(suits, *pair, lambda held, suit: held.defendants == suit.defendants)
    ]
    if apart:
        yield _make_defendants(story, [suit for pair in apart for suit in pair])


def _read_suits(article: str, start: int, text: str) -> Iterator[Suit]:
    match = AGAINST.search(text)
    if match is not None and SUES.search(text):
        names = frozenset(name.strip(" .,’'") for name in re.split(r",? and (?:the )?|, ", match.group(1)))
        end = match.start() + len(match.group().rstrip(" .,’'"))
        yield Suit(article, start + match.start(), start + end, names, frozenset(find_content(text)))


def _are_one_suit(one: Suit, other: Suit) -> bool:
    """Say whether two sentences tell of one suit against others: they share a defendant, and words besides."""
    named = set(find_content(" ".join(one.defendants | other.defendants)))
    shared = one.defendants & other.defendants
    return one.defendants != other.defendants and bool(shared) and len(one.words & other.words - named) > 1


def _make_defendants(story: Story, suits: list[Suit]) -> dict:
    places: dict[frozenset[str], dict[str, tuple]] = defaultdict(dict)
    for suit in suits:
        places[suit.defendants].setdefault(suit.article, (suit.start, suit.end))
    sides, told = [], []
    for names in sorted(places, key=lambda names: (len(names), sorted(names))):
        value = ", ".join(sorted(names))
        sides.append([story.show_place(article, *span, value) for article, span in sorted(places[names].items())])
        told.append(f"in {story.name_outlets(places[names])} it is against {' and '.join(sorted(names))}")
    return make_finding(story, "actor", "major", f"Whom the suit is against: {', '.join(told)}.", 0.8, sides)
