"""Who holds which office for whom, as the articles of a story say it beside a name: «Soundline spokesman Peter Aldous»."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from helpers.language.lexicons import entries, lexicon_index, load_lexicon
from helpers.tables import ENTITY_KINDS

PERSON, ORGANISATION, _, PLACE = ENTITY_KINDS
WORD = re.compile(r"(?<!\w)(?<!\w-)(?:(?<!['’])|(?!s\b))[^\W\d_][\w-]*")
BREAK = re.compile(r"[.;:!?“”\"()\n]|(?<=\w), |[–—]| - ")
REACH = 130  # characters beside a name in which what is said of it stands


class Mention(NamedTuple):
    """A name where it stands in an article; `name` is its fullest form, None where that stays open."""

    start: int
    end: int
    text: str
    kind: str
    name: str | None


class Office(NamedTuple):
    """What is said beside one name of a person: the noun of the office, and the organisation that it is held for."""

    person: str
    noun: str | None
    organisation: str | None


def kind_of_noun(word: str) -> str | None:
    """Say what a noun names that may speak: role, organisation, document, group or qualifier; None for other words."""
    row = lexicon_index("speaker_nouns").get(word.casefold())
    if row is not None:
        return row["kind"]
    return "group" if singular_role(word) else None


def singular_role(word: str) -> str | None:
    """Give the role that a plural names, «officials» or «spokesmen»; None where it names none."""
    folded = word.casefold()
    forms = [folded[:-3] + "man"] if folded.endswith("men") else []
    if folded.endswith("s"):
        forms += [folded[:-1], folded[:-2]] + ([folded[:-3] + "y"] if folded.endswith("ies") else [])
    nouns = lexicon_index("speaker_nouns")
    return next((form for form in forms if form in nouns and nouns[form]["kind"] == "role"), None)


def is_role(word: str) -> bool:
    """Say whether a word is an office or calling of one person."""
    return kind_of_noun(word) == "role"


def _serves(noun: str, whom: str) -> bool:
    """Say whether an office is one that is held for a state, for a person, or only for a body."""
    return noun.casefold() in entries("speaker_nouns", serves=whom)


def is_preposition(word: str) -> bool:
    """Say whether a word is a preposition that opens what is added to a noun."""
    return word in lexicon_index("prepositions_behind_nouns")


def serves(word: str | None) -> bool:
    """Say whether a preposition names whom an office is held for: «secretary (of) the union»."""
    return word in entries("prepositions_behind_nouns", serves="yes")


def leads_to_name(word: str) -> bool:
    """Say whether a name that follows a word belongs to it: a preposition or a determiner."""
    return is_preposition(word.casefold()) or word.casefold() in lexicon_index("determiners")


def tells_former(words: Iterable[tuple[int, str]]) -> bool:
    """Say whether words tell that an office is held no longer."""
    return any(word.casefold() in lexicon_index("former_words") for _, word in words)


def read_offices(text: str, mentions: list[Mention]) -> Iterable[Office]:
    """Read the offices that an article gives beside the names of people, in the order of the text."""
    for place, mention in enumerate(mentions):
        if mention.kind != PERSON or mention.name is None:
            continue
        for read in (_read_before, _read_behind):
            office = read(text, mentions, place)
            if office is not None:
                yield office


def _read_before(text: str, mentions: list[Mention], place: int) -> Office | None:
    """Read «Soundline spokesman (Peter Aldous)», «the union’s secretary, (Edda Voss)»."""
    mention = mentions[place]
    start = max(0, mention.start - REACH)
    phrase = text[start : mention.start].rstrip(" ,.") if text[: mention.start].endswith((", ", ". ", " ")) else ""
    cut = [match.end() for match in BREAK.finditer(phrase)]
    start, phrase = start + (cut[-1] if cut else 0), phrase[cut[-1] if cut else 0 :]
    words = [(start + match.start(), match.group()) for match in WORD.finditer(phrase)]
    if not words or not is_role(words[-1][1]):
        return None
    if len(words) == 1 and words[0][1].casefold() in lexicon_index("titles") and text[:start].endswith(", "):
        # «the port’s spokesman, Father (Piet Vale)»: the office stands before the title.
        ahead = _cut_phrase(text, start - 2)
        words = ahead if ahead and is_role(ahead[-1][1]) else words
    if tells_former(words[-6:]):
        return Office(mention.name, words[-1][1].casefold(), None)
    return Office(mention.name, words[-1][1].casefold(), _find_owner(text, mentions, words))


def _cut_phrase(text: str, end: int) -> list[tuple[int, str]]:
    """Give the words that stand before a place, as far back as the last mark."""
    start = max(0, end - REACH)
    cut = [match.end() for match in BREAK.finditer(text[start:end])]
    start += cut[-1] if cut else 0
    return [(start + match.start(), match.group()) for match in WORD.finditer(text[start:end])]


def is_office(noun: str) -> bool:
    """Say whether a role is held for someone: a spokesman’s is; a man, a victim and an actor are only what they are."""
    return not lexicon_index("speaker_nouns").get(noun.casefold(), {}).get("use")


def _is_body(mention: Mention) -> bool:
    """Say whether a name looks like that of a body by itself: it has several words, or capitals inside."""
    return mention.kind == ORGANISATION and (" " in mention.text or any(c.isupper() for c in mention.text[1:]))


def may_be_served(owner: Mention, noun: str) -> bool:
    """Say whether an office can be held for a name: «Soundline spokesman», «Norway’s president»; no «Halvik man»."""
    if not is_office(noun):
        return False
    words = owner.text.split()
    if _serves(noun, "body") and not _is_body(owner):
        return False
    if (
        is_role(words[-1])
        or words[0].rstrip(".") in lexicon_index("words_opening_names")
        or (len(words) == 1 and owner.text.casefold() in lexicon_index("common_words"))
    ):
        return False
    is_state = owner.text in lexicon_index("places") or owner.name in lexicon_index("places")
    return owner.kind != PLACE or (_serves(noun, "state") and is_state)


def _find_owner(text: str, mentions: list[Mention], words: list[tuple[int, str]]) -> str | None:
    """Find whose office it is: the name or the public body right before its words."""
    if not is_office(words[-1][1]):
        return None
    ends = {mention.end: mention for mention in mentions if mention.end > words[0][0] - 40}
    for at, word in reversed(words):
        end = at + len(word)
        owner = ends.get(end)
        if owner is not None and " " not in owner.text and text[: owner.start].endswith(("’s ", "'s ")):
            continue  # «Soundline’s Communications Director»: what the office deals with, written like a name
        if owner is not None and owner.kind != PERSON and may_be_served(owner, words[-1][1]):
            return owner.name
        if owner is not None and owner.kind == PERSON:
            return owner.name if _serves(words[-1][1], "person") else None
        if kind_of_noun(word) == "organisation" and at != words[-1][0]:
            return name_body(text, words, at, mentions)
        if word.endswith(("ing", "ed")) or leads_to_name(word) or word.casefold() in lexicon_index("function_words"):
            return None
    return None


def name_body(text: str, words: list[tuple[int, str]], at: int, mentions: list[Mention]) -> str | None:
    """Name a body that a common noun names: «the Norwegian government», «government»; a bare «company» names none."""
    place = next(k for k, (start, _) in enumerate(words) if start == at)
    noun = words[place][1]
    covering = next((m for m in mentions if m.start <= at < m.end and " " in m.text), None)
    if covering is not None:
        return covering.name
    first = place
    while (
        first > 0
        and words[first - 1][1][0].isupper()
        and words[first - 1][1].casefold() not in lexicon_index("determiners")
    ):
        first -= 1
    if first == place and noun.casefold() not in entries("speaker_nouns", use="anaphoric"):
        definite = place > 0 and words[place - 1][1].casefold() == "the"
        return full_body(text, noun) if definite else noun.casefold()
    if first == place:
        return dominant_body(mentions, at)
    return name_of_state(text[words[first][0] : at + len(noun)])


def dominant_body(mentions: list[Mention], position: int) -> str | None:
    """Give whom «the group» stands for: of the organisations named before, the one that the article names most."""
    counts = Counter(m.name for m in mentions if m.kind == ORGANISATION and m.name)
    before = [m.name for m in mentions if m.end <= position and m.kind == ORGANISATION and m.name]
    return max(reversed(before), key=lambda name: counts[name], default=None) if before else None


def full_body(text: str, noun: str) -> str:
    """Give the one fuller name that an article has for «the government»: «Norwegian government»; else the noun itself."""
    found = {
        match.group(1) for match in re.finditer(rf"\b([A-Z][a-z]+)(?:['’]s)? {re.escape(noun.casefold())}\b", text)
    }
    places = lexicon_index("places")
    found = {name_of_state(f"{word} {noun.casefold()}") for word in found if places.get(word, {}).get("country")}
    return found.pop() if len(found) == 1 else noun.casefold()


def name_of_state(name: str) -> str:
    """Call a body of a state by its people: «Norway’s government» is the «Norwegian government»."""
    owner, _, rest = name.partition(" ")
    row = lexicon_index("places").get(re.sub(r"['’]s?$", "", owner))
    if not rest or row is None or row["sort"] != "country" or owner == row["entry"]:
        return name
    peoples = _peoples().get(row["country"])
    return f"{peoples} {rest}" if peoples else name


@cache
def _peoples() -> dict[str, str]:
    rows = [row for row in load_lexicon("places") if row["sort"] == "demonym" and row["country"]]
    return {row["country"]: row["entry"] for row in reversed(rows)}


def _read_behind(text: str, mentions: list[Mention], place: int) -> Office | None:
    """Read «(Edda Voss), secretary of the union», «(Peter Aldous), Soundline’s director», «(Ada Roe) of the Institute»."""
    mention = mentions[place]
    match = re.match(r"(?:, | \(|,? who (?:is|was) | of | from )", text[mention.end : mention.end + 12])
    if match is None:
        return None
    start = mention.end + match.end()
    phrase = text[start : start + REACH]
    cut = re.search(r"[,.;:!?“”\"()\n]", phrase.replace("St.", "St "))
    phrase = phrase[: cut.start()] if cut else phrase
    inside = [
        m
        for m in mentions[place + 1 : place + 8]
        if start <= m.start and m.end <= start + len(phrase) and text[m.end : m.end + 1] != "-"
    ]
    words = [(start + m.start(), m.group()) for m in WORD.finditer(phrase)]
    if match.group() in (" of ", " from "):
        direct = inside and _is_body(inside[0]) and inside[0].start - start <= 5
        return Office(mention.name, None, inside[0].name) if direct else None
    if words and serves(words[0][1]) and inside and inside[0].kind == ORGANISATION:
        return Office(mention.name, None, inside[0].name)
    return _read_apposition(text, mention, words, inside)


def _read_apposition(text: str, mention: Mention, words: list[tuple[int, str]], inside: list[Mention]) -> Office | None:
    """Read what stands behind a name as its office: «secretary of the union», «Soundline’s director»."""
    first = next((at for at, word in words if is_preposition(word)), len(text))
    head = [(at, word) for at, word in words if at < first]
    noun = next((word.casefold() for _, word in reversed(head) if is_role(word)), None)
    another = any(m.kind == PERSON and m.start < first for m in inside)
    if noun is None or another or _opens_clause(words):
        return None
    if tells_former(words[:4]):
        return Office(mention.name, noun, None)
    owner = _find_served(words, [m for m in inside if m.kind != PERSON and may_be_served(m, noun)], first)
    if owner is not None:
        return Office(mention.name, noun, owner.name)
    body = next((at for at, word in head[:-1] if kind_of_noun(word) == "organisation"), None)
    return Office(mention.name, noun, name_body(text, words, body, [mention]) if body is not None else None)


def _opens_clause(words: list[tuple[int, str]]) -> bool:
    opens = words[0][1].casefold() if words else ""
    return opens not in lexicon_index("determiners") and opens in lexicon_index("function_words")


def _find_served(words: list[tuple[int, str]], owners: list[Mention], first: int) -> Mention | None:
    """Find whom an office is held for: who is named before its preposition, else behind it, an organisation before a place."""
    serving = next((word for at, word in words if at == first), None)
    before = next((m for m in owners if m.end <= first), None)
    if before is not None or not (serves(serving) or serving == "in"):
        return before
    start = next((at for at, word in words if word == "at"), first)
    behind = [m for m in owners if m.start > start]
    return next((m for m in behind if m.kind == ORGANISATION), behind[0] if behind else None)


class Offices:
    """All offices of a story: `nouns` and `organisations` by person, and the gender that the words give."""

    def __init__(self, texts: dict[str, str], mentions: dict[str, list[Mention]]) -> None:
        self.nouns: defaultdict[str, set[str]] = defaultdict(set)
        self._serving: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._serving_in: dict[tuple[str, str], str] = {}
        self._genders: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for article_id in sorted(texts):
            for office in read_offices(texts[article_id], mentions[article_id]):
                self._add(article_id, office)
            for mention in mentions[article_id]:
                self._weigh_gender(texts[article_id], mention)

    def _add(self, article_id: str, office: Office) -> None:
        if office.noun:
            self.nouns[office.person].add(office.noun)
            self._genders[office.person].update(filter(None, [gender_of(office.noun)]))
        if office.organisation and office.organisation != office.person:
            self._serving[office.person][office.organisation] += 1
            self._serving_in.setdefault((article_id, office.person), office.organisation)

    def _weigh_gender(self, text: str, mention: Mention) -> None:
        if mention.kind != PERSON or mention.name is None:
            return
        before = WORD.findall(text[max(0, mention.start - 20) : mention.start])
        self._genders[mention.name].update(filter(None, [gender_of(before[-1]) if before else None]))
        self._genders[mention.name].update(filter(None, [gender_of(mention.text.split()[0])]))

    def find_organisation(self, person: str, article_id: str) -> str | None:
        """Give the organisation that a person speaks for, as this article says it, else as the story does."""
        own = self._serving_in.get((article_id, person))
        told = self._serving.get(person)
        return own or (min(told, key=lambda name: (-told[name], name)) if told else None)

    def find_gender(self, person: str) -> str | None:
        """Give "m" or "f" where the words beside a name or its forename agree; None where they do not say."""
        found = self._genders.get(person)
        return next(iter(found)) if found and len(found) == 1 else None


def gender_of(word: str) -> str | None:
    """Give the gender of a title, a noun or a forename; None where it has none for certain."""
    row = lexicon_index("gendered_words").get(word.casefold().rstrip("."))
    return row["gender"] if row else None


def mentions_before(mentions: list[Mention], position: int) -> list[Mention]:
    """Give the names that stand before a place of an article."""
    return mentions[: bisect_left([mention.start for mention in mentions], position)]
