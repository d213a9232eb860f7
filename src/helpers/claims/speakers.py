"""Which speakers are one: names, offices, pronouns and «the company» resolved across the articles of a story."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from helpers.claims.offices import (
    AUXILIARIES,
    DETERMINERS,
    FORMER,
    ORGANISATION,
    PERSON,
    PLACE,
    PREPOSITIONS,
    QUANTITIES,
    SERVING,
    WORD,
    Mention,
    Offices,
    full_body,
    gender_of,
    is_role,
    kind_of_noun,
    may_be_served,
    mentions_before,
    name_body,
    name_of_state,
    singular_role,
)
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import find_sentences
from helpers.mentions.names import entity_id, find_entities

GENDERED = {"he": "m", "him": "m", "she": "f", "her": "f"}
THINGS = frozenset({"it", "this", "that"})
SEVERAL = frozenset({"they", "both", "them"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
SPEAKING_ITSELF = frozenset({"i", "we", "you", "me", "us"})
DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "these", "those"})
# What follows a name only adds to it: «Edda Voss, secretary of the union», «the agency that raised the wreck».
ADDED = re.compile(r",| \(| (?:who|whom|whose|which|that) |[–—]| [-–] ")
FULL_STOP_OF_TITLE = re.compile(r"^(?:former|then|ex)[ -]", re.I)
COUNTING = frozenset({"one", "two", "three", "four", "five", "several", "many", "numerous", "various", "least", "most"})
VERBAL = frozenset({"sent", "seen", "held", "made", "given", "it", "he", "she", "they", "we", "close"})
LATE_WORDS = frozenset({"both", "all", "also", "himself", "herself", "itself", "themselves", "alone", "too", "as"})
EXPLETIVE = re.compile(r"it (?:is|was|would be|has been|had been) ", re.I)  # «it was not a surprise that ...»
GOING_BACK = 4  # sentences in which a pronoun still finds whom it stands for
NEAR = 2  # sentences in which «the writer» can stand for whoever spoke last


class Speaker(NamedTuple):
    """Who speaks: the name (None where it stays open), for whom, and what sort: person, organisation, document, group."""

    name: str | None
    spoken_for: str | None
    sort: str


NOBODY = Speaker(None, None, "")


class Spoken(NamedTuple):
    """A source that was resolved: its sentence and place, and who it is."""

    sentence: int
    start: int
    speaker: Speaker


def resolve_speakers(claims: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Fill `speaker_id, speaker_name, speaker_for_id, speaker_for` of claims, in the order of the text.

    A pronoun or a bare office takes the speaker or name of its article that it can stand for; where there is none,
    it stays unresolved. Sources that are documents or groups are known by what they are called. A name of one story
    says nothing about a name of another.
    """
    if claims.empty:
        return claims.assign(**dict.fromkeys(("speaker_id", "speaker_name", "speaker_for_id", "speaker_for")))
    mentions = _read_mentions(articles)
    stories = articles["story"] if "story" in articles else pd.Series("", index=articles.index)
    rows_of = dict(iter(claims.groupby("article_id", sort=True)))
    found: dict[object, Speaker] = {}
    for _, story in articles.groupby(stories, sort=True):
        texts = dict(zip(story["article_id"], story["text"], strict=True))
        offices = Offices(texts, {article_id: mentions[article_id] for article_id in texts})
        for article_id in sorted(texts):
            if article_id in rows_of:
                found.update(
                    _Article(article_id, texts[article_id], mentions[article_id], offices).read(rows_of[article_id])
                )
    speakers = [found[index] for index in claims.index]
    return claims.assign(
        speaker_id=[entity_id(one.name) if one.name else None for one in speakers],
        speaker_name=[one.name for one in speakers],
        speaker_for_id=[entity_id(one.spoken_for) if one.spoken_for else None for one in speakers],
        speaker_for=[one.spoken_for for one in speakers],
    )


def _read_mentions(articles: pd.DataFrame) -> dict[str, list[Mention]]:
    mentions: dict[str, list[Mention]] = {article_id: [] for article_id in articles["article_id"]}
    columns = ("article_id", "start", "end", "text", "kind", "entity_name")
    entities = find_entities(articles).sort_values(["article_id", "start"], kind="stable")
    for article_id, start, end, text, kind, name in zip(*(entities[column] for column in columns), strict=True):
        if kind == PERSON and " " not in text and text == name and text.casefold() in lexicon_index("common_words"):
            kind = ORGANISATION  # «People», a magazine or an ordinary word: nobody whom «he» stands for
        mentions[article_id].append(Mention(start, end, text, kind, name if isinstance(name, str) else None))
    return mentions


class _Article:
    """One article read from its first source to its last, with what its story says of offices."""

    def __init__(self, article_id: str, text: str, mentions: list[Mention], offices: Offices) -> None:
        self.article_id, self.text, self.mentions, self.offices = article_id, text, mentions, offices
        self.sentences = [span.start for span in find_sentences(text)]
        self.history: list[Spoken] = []
        self.contents: list[tuple[int, int]] = []
        self.outer: list[tuple[int, int]] = []

    def read(self, rows: pd.DataFrame) -> dict[object, Speaker]:
        """Resolve the source of each claim; claims of one source have one speaker."""
        found: dict[object, Speaker] = dict.fromkeys(rows.index, NOBODY)
        places: defaultdict[tuple[int, int], list] = defaultdict(list)
        contents: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for row in rows.itertuples():
            if isinstance(row.speaker, str) and pd.notna(row.source_start):
                source = (int(row.source_start), int(row.source_end))
                places[source].append(row.Index)
                contents[source].append((int(row.start), int(row.end)))
        for start, end in sorted(places):
            self.contents = contents[start, end]
            self.outer = [span for source, spans in contents.items() if source != (start, end) for span in spans]
            speaker = self._resolve(start, end)
            if speaker.name and not any(outer < start and end <= behind for outer, behind in self._said(contents)):
                self.history.append(Spoken(self._sentence(start), start, speaker))
            found.update(dict.fromkeys(places[start, end], speaker))
        return found

    @staticmethod
    def _said(contents: dict) -> list[tuple[int, int]]:
        return [span for spans in contents.values() for span in spans]

    def _sentence(self, position: int) -> int:
        return bisect_right(self.sentences, position)

    def _resolve(self, start: int, end: int) -> Speaker:
        written = self.text[start:end]
        folded = written.casefold().strip()
        if folded in SPEAKING_ITSELF:
            return NOBODY
        if folded in GENDERED:
            return self._find_person(start, GENDERED[folded])
        if folded in THINGS:
            return self._find_thing(start)
        if folded in SEVERAL:
            return self._find_group(start)
        if folded in RELATIVE:
            return self._find_relative(start)
        return self._read_phrase(start, end)

    # Pronouns

    def _find_person(self, position: int, gender: str | None) -> Speaker:
        """Find whom «he» or «she» stands for: who spoke in the sentence before, else who is named first, going back."""
        here = self._sentence(position)
        spoken = [one for one in self.history if one.speaker.sort == PERSON and self._fits(one.speaker.name, gender)]
        named = [
            m
            for m in mentions_before(self.mentions, position)
            if m.kind == PERSON and m.name and self._fits(m.name, gender) and not self._is_said(m)
        ]
        told_from = max((start for start, end in self.outer if start < position < end), default=0)
        acting = [m for m in named if not re.match(r"['’]s?\b", self.text[m.end : m.end + 2])]
        for back in range(GOING_BACK + 1):
            speaking = [one for one in spoken if one.sentence == here - back]
            if speaking and back and not told_from:
                return speaking[-1].speaker
            if back and self._opens_with_pronoun(here - back, gender):
                continue  # «He identified her as the sister of ...»: the same goes on
            present = [m for m in acting if self._sentence(m.start) == here - back and m.start >= told_from]
            present.sort(key=lambda m: (self._is_governed(m), m.start))
            officer = self._find_opening_office(here - back, position, gender)
            if officer is not None and (not present or back):
                return officer
            if present:
                return self._person(present[0].name)
        if spoken:
            return spoken[-1].speaker
        names = {m.name for m in named if self._sentence(m.start) >= here - GOING_BACK} or {m.name for m in named}
        return self._person(names.pop()) if len(names) == 1 else NOBODY

    def _opening(self, sentence: int) -> str:
        """Give the first words of a sentence, without its opening mark."""
        start = self.sentences[sentence - 1] if 0 < sentence <= len(self.sentences) else len(self.text)
        return self.text[start : start + 60].lstrip("“\"‘'")

    def _opens_with_pronoun(self, sentence: int, gender: str | None) -> bool:
        first = re.match(r"\w+", self._opening(sentence))
        return first is not None and GENDERED.get(first.group().casefold(), "") == gender

    def _find_opening_office(self, sentence: int, position: int, gender: str | None) -> Speaker | None:
        """Read «The minister, speaking in Halvik, ...», whom «he» in this or the next sentence stands for."""
        match = re.match(r"The (?:[a-z]+ ){0,1}?([A-Za-z-]+)\b(?!['’])", self._opening(sentence))
        if match is None or not is_role(match.group(1)) or gender_of(match.group(1)) not in (None, gender):
            return None
        noun = match.group(1).casefold()
        known = self._find_holder(noun, None, position, True, bare=True)
        return known or Speaker(match.group()[4:], None, PERSON)

    def _is_governed(self, mention: Mention) -> bool:
        """Say whether a preposition stands before a name, so that it is hardly who a sentence is about."""
        before = WORD.findall(self.text[max(0, mention.start - 12) : mention.start])
        return bool(before) and before[-1].casefold() in PREPOSITIONS

    def _fits(self, name: str, gender: str | None) -> bool:
        known = self.offices.find_gender(name) or next((g for g in map(gender_of, name.split()) if g), None)
        return gender is None or known in (None, gender)

    def _is_said(self, mention: Mention) -> bool:
        """Say whether a name stands in what this source says, where the pronoun of the frame hardly refers to it."""
        return any(start <= mention.start < end for start, end in self.contents)

    def _person(self, name: str) -> Speaker:
        return Speaker(name, self.offices.find_organisation(name, self.article_id), PERSON)

    def _find_thing(self, position: int) -> Speaker:
        """Find what «it» stands for: the body or paper that spoke last, else the one named last in its sentence."""
        if EXPLETIVE.match(self.text, position):
            return NOBODY
        here = self._sentence(position)
        spoken = [one for one in self.history if one.speaker.sort in (ORGANISATION, "document")]
        same = [one for one in spoken if one.sentence == here]
        if same:
            return same[-1].speaker
        body = self._find_body_before(position)
        if body is not None:
            return body
        for back in (1, 2):
            earlier = [one for one in spoken if one.sentence == here - back]
            if earlier:
                return earlier[0].speaker
            named = [m for m in self.mentions if self._sentence(m.start) == here - back and m.kind == ORGANISATION]
            if len({m.name for m in named}) == 1 and named[0].name:
                return Speaker(named[0].name, None, ORGANISATION)
        return NOBODY

    def _find_body_before(self, position: int) -> Speaker | None:
        """Find the last organisation named before a place in its own sentence, by name or by a common noun."""
        start = self.sentences[self._sentence(position) - 1] if self.sentences else 0
        named = [
            m
            for m in self.mentions
            if start <= m.start < position and m.kind == ORGANISATION and m.name and not self._is_said(m)
        ]
        words = [(start + m.start(), m.group()) for m in WORD.finditer(self.text[start:position])]
        bodies = [(at, word) for at, word in words if kind_of_noun(word) == "organisation"]
        bodies = [(at, word) for at, word in bodies if not any(lo <= at < hi for lo, hi in self.contents)]
        if bodies and (not named or named[-1].end <= bodies[-1][0]):
            name = name_body(self.text, words, bodies[-1][0], self.mentions)
            return Speaker(name, None, ORGANISATION) if name else None
        return Speaker(named[-1].name, None, ORGANISATION) if named else None

    def _find_group(self, position: int) -> Speaker:
        here = self._sentence(position)
        spoken = [one for one in self.history if one.sentence >= here - NEAR]
        if not spoken or spoken[-1].speaker.sort not in ("group", ORGANISATION):
            return NOBODY
        between = [m for m in self.mentions if spoken[-1].sentence < self._sentence(m.start) < here]
        return spoken[-1].speaker if all(m.kind not in (ORGANISATION, PERSON) for m in between) else NOBODY

    def _find_relative(self, position: int) -> Speaker:
        """Find the name that «who» follows, over what stands between brackets or commas."""
        start = self.sentences[self._sentence(position) - 1] if self.sentences else 0
        lead = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), self.text[start:position]).rstrip(" ,")
        named = [m for m in self.mentions if start <= m.start and m.end == start + len(lead) and m.name]
        if not named:
            return NOBODY
        mention = named[-1]
        return self._person(mention.name) if mention.kind == PERSON else Speaker(mention.name, None, ORGANISATION)

    # Names and what is only described

    def _read_phrase(self, start: int, end: int) -> Speaker:
        """Read a source of several words: its core, and what is added behind a comma or a preposition."""
        for mention in self.mentions:
            if mention.start < start < mention.end <= end:
                start = mention.start
        added = ADDED.search(self.text, start + 1, end)
        core_end = added.start() if added else end
        inside = [m for m in self.mentions if start <= m.start and m.end <= core_end]
        words = [(start + m.start(), m.group()) for m in WORD.finditer(self.text[start:core_end])]
        while words and words[-1][1].casefold() in LATE_WORDS:
            words.pop()
        if not words:
            return NOBODY
        words = self._drop_quantity(words)
        cut = next((k for k in range(1, len(words)) if self._parts(words, k, inside)), len(words))
        core, rest = words[:cut], [m for m in inside if cut < len(words) and m.start > words[cut][0]]
        names = [m for m in inside if m not in rest and m.end > core[0][0]]
        several = self._read_several(core, names)
        if several is not None:
            return several
        if names and names[-1].end >= core[-1][0] + len(core[-1][1]) and not self._is_opening(names[-1], start):
            return self._read_name(names, core)
        apposed = self._find_apposed(core, core_end, end)
        if apposed is not None:
            return apposed
        is_served = cut < len(words) and words[cut][1] in SERVING
        served = words[cut + 1 :] if is_served else []
        return self._read_description(core, names, rest if is_served else [], served, start)

    @staticmethod
    def _drop_quantity(words: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Leave out «a number of», «one of», so that what is counted heads the phrase."""
        place = next((k for k, (_, word) in enumerate(words[:4]) if word == "of"), 0)
        is_counted = place and place + 1 < len(words) and words[place - 1][1].casefold() in QUANTITIES
        return words[place + 1 :] if is_counted else words

    def _find_apposed(self, core: list[tuple[int, str]], core_end: int, end: int) -> Speaker | None:
        """Read the name that follows what is only described: «a spokeswoman, Rosa Vale», «local media | Al-Marsad»."""
        kind = kind_of_noun(core[-1][1])
        behind = core[-1][0] + len(core[-1][1])
        if kind in (None, "role"):
            last = next((m for m in self.mentions if m.end == end and m.start >= behind), None)
            before = WORD.findall(self.text[behind : last.start]) if last is not None else []
            served = before and before[-1].casefold() in PREPOSITIONS | DETERMINERS
            if last is not None and last.kind == PERSON and last.name and not served:
                return self._person(last.name)
        if kind == "role":
            behind = [m for m in self.mentions if m.kind == PERSON and 0 <= m.start - core_end <= 2 and m.end <= end]
            return self._person(behind[0].name) if behind and behind[0].name else None
        following = next((m for m in self.mentions if m.start == core_end + 1 and core_end == end), None)
        if following is not None and kind in ("group", "organisation"):
            return self._read_name([following], core)
        return None

    def _parts(self, words: list[tuple[int, str]], place: int, inside: list[Mention]) -> bool:
        """Say whether a word cuts off what only adds: a preposition, or a verb or adjective behind a noun that speaks."""
        (_, noun), (at, word) = words[place - 1], words[place]
        if any(m.start <= at < m.end for m in inside):
            return False
        is_behind = kind_of_noun(noun) not in (None, "qualifier")
        is_verbal = word.endswith(("ed", "ing")) or word in VERBAL or kind_of_noun(word) is None
        return (
            word in PREPOSITIONS
            or word in AUXILIARIES
            or (is_behind and is_verbal and self._is_last_noun(words, place))
        )

    @staticmethod
    def _is_last_noun(words: list[tuple[int, str]], place: int) -> bool:
        """Say whether no noun that speaks follows before the next preposition: «source close», not «security officials»."""
        for _, word in words[place:]:
            if word in PREPOSITIONS:
                return True
            if kind_of_noun(word) in ("role", "organisation", "document", "group") or word[0].isupper():
                return False
        return True

    def _is_opening(self, mention: Mention, start: int) -> bool:
        """Say whether a lone capital only opens a sentence, «Sources» or «Documents», so that it names nobody."""
        return mention.start == start and " " not in mention.text and kind_of_noun(mention.text) is not None

    def _read_several(self, words: list[tuple[int, str]], inside: list[Mention]) -> Speaker | None:
        """Read «Edda Voss and Peter Aldous», «the Herald and others»: several speak at once, and none of them alone."""
        joined = [at for at, word in words if word == "and" and not any(m.start <= at < m.end for m in inside)]
        if not joined or not inside:
            return None
        before = [m for m in inside if m.end == joined[0] - 1]
        behind = [m for m in inside if m.start > joined[-1] and m.end >= words[-1][0] + len(words[-1][1])]
        if before and behind:
            names = [before[-1].name or before[-1].text, behind[-1].name or behind[-1].text]
            return Speaker(" and ".join(names), None, "group")
        last = [word for at, word in words if at > joined[-1]]
        if before and last and kind_of_noun(last[-1]) == "group":
            return Speaker(f"{before[-1].name or before[-1].text} and {' '.join(last)}", None, "group")
        return None

    def _read_name(self, names: list[Mention], core: list[tuple[int, str]]) -> Speaker:
        mention = names[-1]
        if mention.name is None:
            return self._find_namesake(mention.text)
        if mention.kind == PERSON or (len(names) > 1 and self._is_after_role(mention, core)):
            words = [(at, word) for at, word in core if at < mention.start]
            former = any(word.casefold() in FORMER for _, word in words)
            spoken_for = self.offices.find_organisation(mention.name, self.article_id)
            if not former and not spoken_for:
                noun = next((word for _, word in reversed(words) if is_role(word)), "")
                owners = [m for m in names[:-1] if m.kind != PERSON and m.name and may_be_served(m, noun)]
                owners = [m for m in owners if m.name not in mention.name]
                spoken_for = owners[0].name if owners else None
            return Speaker(mention.name, spoken_for, PERSON)
        return Speaker(mention.name, None, ORGANISATION)

    def _find_namesake(self, surname: str) -> Speaker:
        """Find who a surname of several people means: the one of them who has spoken before in this article."""
        spoken = {one.speaker.name for one in self.history if one.speaker.sort == PERSON}
        named = sorted(name for name in spoken if name.split()[-1] == surname)
        return self._person(named[0]) if len(named) == 1 else NOBODY

    @staticmethod
    def _is_after_role(mention: Mention, core: list[tuple[int, str]]) -> bool:
        before = [word for at, word in core if at < mention.start]
        return bool(before) and is_role(before[-1])

    def _read_description(
        self, core: list[tuple[int, str]], names: list[Mention], serving: list[Mention], served: list, start: int
    ) -> Speaker:
        """Read a source that no name heads; `served` are the words behind «of» or «for», `serving` the names in them."""
        words = [word for _, word in core]
        definite = words[0].casefold() in DEFINITE or any(m.start == core[0][0] for m in names)
        kept = [(at, word) for at, word in core if word.casefold() not in DETERMINERS]
        while len(kept) > 1 and kept[0][1].casefold() in COUNTING:
            kept = kept[1:]
        if not kept:
            return NOBODY
        noun, kind = kept[-1][1].casefold(), kind_of_noun(kept[-1][1])
        owners = [m for m in [*names, *serving] if m.name and (kind != "role" or may_be_served(m, noun))]
        owner = next(
            (m for m in owners if kind in ("role", "document", "organisation") or m.kind == ORGANISATION), None
        )
        body = owner.name if owner is not None and owner.kind != PLACE else self._find_owner(core, start)
        body = body or (owner.name if owner is not None else None)
        if body is None and served and is_role(served[-1][1]):
            body = self._find_holder(served[-1][1].casefold(), None, start, True, bare=True, silent=True)
        people = [m for m in names if m.kind == PERSON and m.name]
        if kind is None and people:
            return self._read_name(people[:1], core)  # the source holds more than who speaks
        if kind == "role":
            known = self._find_holder(noun, body, start, definite, bare=len(kept) == 1)
            known = known or self._recall(kept, start, definite)
            return known or Speaker(_describe(self.text, kept, owner, body), body, PERSON)
        if kind == "organisation":
            return self._read_body(kept, noun, owner, start, definite)
        if kind == "document":
            return self._read_document(kept, noun, owner, start, definite)
        spoken_for = body if singular_role(noun) else owner.name if owner is not None else None
        return self._recall(kept, start, definite) or Speaker(self._phrase(kept), spoken_for, "group")

    def _find_owner(self, core: list[tuple[int, str]], start: int) -> str | None:
        """Find the body that a common noun names before an office: «the government spokeswoman», «the actor’s publicist»."""
        for at, word in core[:-1]:
            if kind_of_noun(word) == "organisation":
                return name_body(self.text, core, at, mentions_before(self.mentions, start))
            if is_role(word) and self.text[at + len(word) : at + len(word) + 1] in "'’":
                return self._find_holder(word.casefold(), None, start, True, bare=True, silent=True)
        return None

    def _find_holder(
        self, noun: str, body: str | None, position: int, definite: bool, bare: bool, silent: bool = False
    ):
        """Find who holds an office: the one person of the article whom it calls so, else who spoke just before."""
        if not definite or lexicon_index("speaker_nouns")[noun]["use"] == "person":
            return None
        here = {m.name for m in self.mentions if m.kind == PERSON and m.name}
        holders = {name for name in here if noun in self.offices.nouns.get(name, ())}
        if body is not None:
            holders = {name for name in holders if self.offices.find_organisation(name, self.article_id) == body}
        if len(holders) > 1:
            before = [m.name for m in mentions_before(self.mentions, position) if m.name in holders]
            holders = {before[-1]} if before else holders
        if len(holders) == 1:
            name = holders.pop()
            return name if silent else self._person(name)
        near = [
            one
            for one in self.history
            if one.sentence >= self._sentence(position) - NEAR
            and one.speaker.sort == PERSON
            and self._fits(one.speaker.name, gender_of(noun))
        ]
        if bare and body is None and near and not silent and near[-1].speaker.name.split()[-1].casefold() != noun:
            return near[-1].speaker if not self.offices.nouns.get(near[-1].speaker.name) else None
        return None

    def _read_body(self, kept: list, noun: str, owner: Mention | None, position: int, definite: bool) -> Speaker:
        """Read «the company», «the ministry», «the Nicaraguan government»."""
        anaphoric = lexicon_index("speaker_nouns")[noun]["use"] == "anaphoric"
        if owner is not None and anaphoric and owner.kind != PLACE and self.text[owner.end : kept[-1][0]] == " ":
            return Speaker(owner.name, None, ORGANISATION)  # «Al-Marsad newspaper»
        if len(kept) > 1 and (owner is not None or kept[-2][1][0].isupper()):
            return Speaker(name_of_state(self._phrase(kept)), None, ORGANISATION)
        before = [m for m in mentions_before(self.mentions, position) if m.kind == ORGANISATION and m.name]
        called = [m for m in before if noun in m.name.casefold().split()]
        if definite and called:
            return Speaker(called[-1].name, None, ORGANISATION)
        if not anaphoric or not definite:
            full = full_body(self.text, noun) if len(kept) == 1 else self._phrase(kept)
            return self._recall(kept, position, definite) or Speaker(full, None, ORGANISATION)
        spoken = [one for one in self.history if one.speaker.sort == ORGANISATION and one.speaker.name[0].isupper()]
        if spoken and spoken[-1].sentence >= self._sentence(position) - GOING_BACK:
            return spoken[-1].speaker
        near = {m.name for m in before if self._sentence(m.start) >= self._sentence(position) - NEAR}
        return Speaker(near.pop(), None, ORGANISATION) if len(near) == 1 else NOBODY

    def _read_document(self, kept: list, noun: str, owner: Mention | None, position: int, definite: bool) -> Speaker:
        """Read «the lawsuit», «a statement of the ministry»: a document is called by its noun and whose it is."""
        recalled = self._recall(kept, position, definite) if owner is None else None
        if recalled is not None:
            return recalled
        said = [noun]
        for _, word in reversed(kept[:-1]):
            if kind_of_noun(word) not in ("qualifier", "document", "organisation") and word[0].islower():
                break
            if word[0].isupper():
                break
            said.insert(0, word)
        whose = owner.name if owner is not None and owner.end <= kept[-1][0] else None
        return Speaker(" ".join(filter(None, [whose, *said])), owner.name if owner is not None else None, "document")

    def _recall(self, kept: list, position: int, definite: bool) -> Speaker | None:
        """Recall the source before this one that the same noun named: «a security source», then «the source»."""
        if not definite:
            return None
        noun = kept[-1][1].casefold()
        others = {word.casefold() for _, word in kept[:-1]}
        for one in reversed(self.history):
            words = one.speaker.name.casefold().split()
            if words[-1] == noun and others <= set(words) | {"new", "latest", "same"}:
                return one.speaker
        return None

    def _phrase(self, kept: list[tuple[int, str]]) -> str:
        return self.text[kept[0][0] : kept[-1][0] + len(kept[-1][1])]


def _describe(text: str, kept: list, owner: Mention | None, body: str | None) -> str:
    """Call someone by office and owner, «Soundline spokesman»; without an owner as it is written."""
    last = kept[-1][0] + len(kept[-1][1])
    if body is None or (owner is not None and owner.end <= last and text[owner.end] not in "'’"):
        return text[kept[0][0] : last]
    own = [word for at, word in kept if owner is None or at > owner.end or owner.start > last]
    own = own if owner is not None else [kept[-1][1]]
    return f"{body} {' '.join(own)}" if not body.endswith(kept[0][1]) else text[kept[0][0] : last]


def same_speaker(one: str | None, other: str | None) -> bool:
    """Say whether two speaker ids are one known speaker."""
    return isinstance(one, str) and one == other
