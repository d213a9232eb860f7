"""Sources of several words: a name with what is added to it, or only what someone is, «a spokesman for the company»."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from helpers.claims.speakers.context import GOING_BACK, NEAR, NOBODY, Context, Speaker, Spoken, Words
from helpers.claims.speakers.holders import find_holder, name_holder
from helpers.claims.speakers.offices import (
    ORGANISATION,
    PERSON,
    PLACE,
    WORD,
    Mention,
    full_body,
    is_preposition,
    is_role,
    kind_of_noun,
    leads_to_name,
    may_be_served,
    mentions_before,
    name_body,
    name_of_state,
    serves,
    singular_role,
    tells_former,
)
from helpers.language.lexicons import entries, lexicon_index, load_lexicon

# What follows a name only adds to it: «Edda Voss, secretary of the union», «the agency that raised the wreck».
ADDED = re.compile(r",| \(| (?:who|whom|whose|which|that) |[–—]| [-–] ")


LONGEST_TITLE = 60  # characters before a name in which its office stands


class Phrase(NamedTuple):
    """A source of several words: its core, the names in it, and the words and names behind its preposition."""

    start: int
    core: Words
    names: list[Mention]
    served: Words
    serving: list[Mention]


class Description(NamedTuple):
    """What a source is called that no name heads: its words, what its noun names, and whose it is."""

    position: int
    words: Words
    kind: str | None
    owner: Mention | None
    body: str | None
    definite: bool

    @property
    def noun(self) -> str:
        """Give the word that heads the description."""
        return self.words[-1][1].casefold()


def read_phrase(context: Context, start: int, end: int) -> Speaker:
    """Read a source of several words: its core, and what is added behind a comma or a preposition."""
    inner = (m.start for m in context.mentions if m.start < start < m.end <= end)
    start = next(inner, start)
    added = ADDED.search(context.text, start + 1, end)
    core_end = added.start() if added else end
    phrase = _cut_phrase(context, start, core_end)
    if phrase is None:
        return NOBODY
    return (
        _read_several(phrase.core, phrase.names)
        or _read_named(context, phrase)
        or _find_apposed(context, phrase.core, core_end, end)
        or _read_description(context, phrase)
    )


def _cut_phrase(context: Context, start: int, end: int) -> Phrase | None:
    """Cut a source into its core and what a preposition adds; None where nothing is left."""
    words = [(start + m.start(), m.group()) for m in WORD.finditer(context.text[start:end])]
    while words and words[-1][1].casefold() in lexicon_index("words_behind_names"):
        words.pop()
    if not words:
        return None
    words = _drop_quantity(words)
    inside = [m for m in context.mentions if start <= m.start and m.end <= end]
    cut = next((k for k in range(1, len(words)) if _parts(words, k, inside)), len(words))
    rest = [m for m in inside if cut < len(words) and m.start > words[cut][0]]
    names = [m for m in inside if m not in rest and m.end > words[0][0]]
    is_served = cut < len(words) and serves(words[cut][1])
    return Phrase(start, words[:cut], names, words[cut + 1 :] if is_served else [], rest if is_served else [])


def _drop_quantity(words: Words) -> Words:
    """Leave out «a number of», «one of», so that what is counted heads the phrase."""
    place = next((k for k, (_, word) in enumerate(words[:4]) if word == "of"), 0)
    is_counted = (
        place and place + 1 < len(words) and words[place - 1][1].casefold() in entries("quantities", place="of")
    )
    return words[place + 1 :] if is_counted else words


def _parts(words: Words, place: int, inside: list[Mention]) -> bool:
    """Say whether a word cuts off what only adds: a preposition, or a verb or adjective behind a noun that speaks."""
    (_, noun), (at, word) = words[place - 1], words[place]
    if any(m.start <= at < m.end for m in inside):
        return False
    is_behind = kind_of_noun(noun) not in (None, "qualifier")
    is_verbal = word.endswith(("ed", "ing")) or kind_of_noun(word) is None
    if is_preposition(word) or _is_finite_auxiliary(word):
        return True
    return is_behind and is_verbal and _is_last_noun(words, place)


def _is_finite_auxiliary(word: str) -> bool:
    """Say whether a word is a form of «be», «have», «do» or a modal that can open a predicate: no «be», «being», «having»."""
    listed = lexicon_index("function_words").get(word, {}).get("class") == "auxiliary"
    return listed and not word.startswith("be") and not word.endswith(("ing", "one"))


def _is_last_noun(words: Words, place: int) -> bool:
    """Say whether no noun that speaks follows before the next preposition: «source close», not «security officials»."""
    for _, word in words[place:]:
        if is_preposition(word):
            return True
        if kind_of_noun(word) in ("role", "organisation", "document", "group") or word[0].isupper():
            return False
    return True


def _read_several(words: Words, names: list[Mention]) -> Speaker | None:
    """Read «Edda Voss and Peter Aldous», «the Herald and others»: several speak at once, and none of them alone."""
    joined = [at for at, word in words if word == "and" and not any(m.start <= at < m.end for m in names)]
    before = next((m for m in reversed(names) if joined and m.end == joined[0] - 1), None)
    if before is None:
        return None
    behind = [m for m in names if m.start > joined[-1] and m.end >= _end(words)]
    if behind:
        return Speaker(f"{_called(before)} and {_called(behind[-1])}", None, "group")
    last = [word for at, word in words if at > joined[-1]]
    is_group = bool(last) and kind_of_noun(last[-1]) == "group"
    return Speaker(f"{_called(before)} and {' '.join(last)}", None, "group") if is_group else None


def _called(mention: Mention) -> str:
    return mention.name or mention.text


def _end(words: Words) -> int:
    return words[-1][0] + len(words[-1][1])


def _read_named(context: Context, phrase: Phrase) -> Speaker | None:
    """Read a source that ends with a name; a lone capital that only opens a sentence, «Sources», names nobody."""
    if not phrase.names or phrase.names[-1].end < _end(phrase.core):
        return None
    last = phrase.names[-1]
    opens = last.start == phrase.start and " " not in last.text and kind_of_noun(last.text) is not None
    return None if opens else _read_name(context, phrase.names, phrase.core)


def _read_name(context: Context, names: list[Mention], core: Words) -> Speaker:
    mention = names[-1]
    if mention.name is None:
        return _find_namesake(context, mention.text)
    before = [(at, word) for at, word in core if at < mention.start]
    is_titled = len(names) > 1 and bool(before) and is_role(before[-1][1])
    if mention.kind != PERSON and not is_titled:
        return Speaker(mention.name, None, ORGANISATION)
    spoken_for = context.offices.find_organisation(mention.name, context.article_id)
    former = tells_former(before)
    if not former and not spoken_for:
        spoken_for = _find_employer(names, before)
    return Speaker(mention.name, spoken_for, PERSON)


def _find_employer(names: list[Mention], before: Words) -> str | None:
    """Find the organisation named before an office and a name: «Soundline spokesman Peter Aldous»."""
    noun = next((word for _, word in reversed(before) if is_role(word)), "")
    owners = [m for m in names[:-1] if m.kind != PERSON and m.name and may_be_served(m, noun)]
    return next((m.name for m in owners if m.name not in names[-1].name), None)


def _find_namesake(context: Context, surname: str) -> Speaker:
    """Find who a surname of several people means: the one of them who has spoken before in this article."""
    spoken = {one.speaker.name for one in context.spoken(PERSON)}
    named = sorted(name for name in spoken if name.split()[-1] == surname)
    return context.person(named[0]) if len(named) == 1 else NOBODY


def _find_apposed(context: Context, core: Words, core_end: int, end: int) -> Speaker | None:
    """Read the name that follows what is only described: «a spokeswoman, Rosa Vale», «local media | Al-Marsad»."""
    kind = kind_of_noun(core[-1][1])
    if kind in (None, "role"):
        person = _find_last_person(context, _end(core), end)
        if person is not None:
            return person
    if kind == "role":
        people = (m for m in context.mentions if m.kind == PERSON and 0 <= m.start - core_end <= 2 and m.end <= end)
        behind = next(people, None)
        return context.person(behind.name) if behind is not None and behind.name else None
    following = next((m for m in context.mentions if m.start == core_end + 1 and core_end == end), None)
    if following is not None and kind in ("group", "organisation"):
        return _read_name(context, [following], core)
    return None


def _find_last_person(context: Context, start: int, end: int) -> Speaker | None:
    """Find the person whose name ends a source, unless a preposition or a determiner leads to it."""
    last = next((m for m in context.mentions if m.end == end and m.start >= start), None)
    if last is None or last.kind != PERSON or not last.name:
        return None
    before = WORD.findall(context.text[start : last.start])
    served = before and leads_to_name(before[-1])
    return None if served else context.person(last.name)


def _read_description(context: Context, phrase: Phrase) -> Speaker:
    """Read a source that no name heads, by what its noun names."""
    described = _describe(context, phrase)
    if described is None:
        return NOBODY
    people = [m for m in phrase.names if m.kind == PERSON and m.name]
    if described.kind is None and people:
        return _read_name(context, people[:1], phrase.core)  # the source holds more than who speaks
    if described.kind == "role":
        return _read_role(context, described)
    if described.kind == "organisation":
        return _read_body(context, described)
    return _read_document(context, described) if described.kind == "document" else _read_group(context, described)


def _describe(context: Context, phrase: Phrase) -> Description | None:
    """Find what a source is called, without determiners and numbers, and whose it is."""
    core = phrase.core
    definite = core[0][1].casefold() in entries("determiners", definite="yes") or any(
        m.start == core[0][0] for m in phrase.names
    )
    words = [(at, word) for at, word in core if word.casefold() not in lexicon_index("determiners")]
    while len(words) > 1 and words[0][1].casefold() in entries("quantities", place="noun"):
        words = words[1:]
    if not words:
        return None
    kind = kind_of_noun(words[-1][1])
    owner = _find_owner(phrase, words[-1][1].casefold(), kind)
    return Description(phrase.start, words, kind, owner, _find_body(context, phrase, owner), definite)


def _find_owner(phrase: Phrase, noun: str, kind: str | None) -> Mention | None:
    """Find whose a source is by name: «the union’s secretary», «a letter of the ministry»."""
    owners = [m for m in [*phrase.names, *phrase.serving] if m.name and (kind != "role" or may_be_served(m, noun))]
    owned = kind in ("role", "document", "organisation")
    return next((m for m in owners if owned or m.kind == ORGANISATION), None)


def _find_body(context: Context, phrase: Phrase, owner: Mention | None) -> str | None:
    """Name the body that a source belongs to: an organisation by name, one by a common noun, a place, whom it serves."""
    if owner is not None and owner.kind != PLACE:
        return owner.name
    body = _find_body_before_office(context, phrase) or (owner.name if owner is not None else None)
    if body is None and phrase.served and is_role(phrase.served[-1][1]):
        return name_holder(context, phrase.served[-1][1].casefold(), phrase.start)
    return body


def _find_body_before_office(context: Context, phrase: Phrase) -> str | None:
    """Find the body that a common noun names before an office: «the government spokeswoman», «the actor’s publicist»."""
    for at, word in phrase.core[:-1]:
        if kind_of_noun(word) == "organisation":
            return name_body(context.text, phrase.core, at, mentions_before(context.mentions, phrase.start))
        if is_role(word) and context.text[at + len(word) : at + len(word) + 1] in "'’":
            return name_holder(context, word.casefold(), phrase.start)
    return None


def _read_role(context: Context, described: Description) -> Speaker:
    """Read «the minister», «a spokesman for the company»: whoever holds that office, or the office itself.

    Of one who holds it and one who was called so without a name it is the one heard of last.
    """
    known, heard = None, _recall(context, described)
    if described.definite:
        known = find_holder(context, described.noun, described.position, described.body)
    if known is not None and not _is_qualified(context, described, known.name):
        known = None
    if known is not None and heard is not None and known.name != heard.speaker.name:
        named = [m.start for m in context.named_before(described.position, PERSON) if m.name == known.name]
        known = known if named and named[-1] > heard.start else None
    known = known or (heard.speaker if heard is not None else None)
    return known or Speaker(_name_office(context.text, described), described.body, PERSON)


def _is_qualified(context: Context, described: Description, name: str | None) -> bool:
    """Say whether somebody is ever called what stands before an office: «the Russian president» is no other president."""
    told = [word for _, word in described.words[:-1] if word[0].isupper()]
    if not told or described.owner is not None:
        return True
    beside = [context.text[max(0, m.start - LONGEST_TITLE) : m.start] for m in context.mentions if m.name == name]
    return any(all(word in before for word in told) for before in beside)


def _name_office(text: str, described: Description) -> str:
    """Call someone by office and owner, «Soundline spokesman»; without an owner as it is written."""
    words, owner, body = described.words, described.owner, described.body
    last = _end(words)
    is_written = owner is not None and owner.end <= last and text[owner.end] not in "'’"
    if body is None or is_written or body.endswith(words[0][1]):
        return text[words[0][0] : last]
    if owner is None:
        return f"{body} {words[-1][1]}"
    own = [word for at, word in words if at > owner.end or owner.start > last]
    return f"{body} {' '.join(own)}"


def _read_body(context: Context, described: Description) -> Speaker:
    """Read «the company», «the ministry», «the Norwegian government»."""
    words, owner, noun = described.words, described.owner, described.noun
    anaphoric = noun in entries("speaker_nouns", use="anaphoric")
    if owner is not None and anaphoric and owner.kind != PLACE and context.text[owner.end : words[-1][0]] == " ":
        return Speaker(owner.name, None, ORGANISATION)  # «Al-Marsad newspaper»
    if len(words) > 1 and (owner is not None or words[-2][1][0].isupper()):
        return Speaker(name_of_state(_written(context, words)), None, ORGANISATION)
    if not described.definite:
        return Speaker(_full_name(context, words), None, ORGANISATION)
    called = [m for m in context.named_before(described.position, ORGANISATION) if noun in m.name.casefold().split()]
    if called:
        return Speaker(called[-1].name, None, ORGANISATION)
    if _is_owned(context, described):
        return Speaker(_full_name(context, words), None, ORGANISATION)
    if anaphoric:
        return _find_last_body(context, described.position, noun)
    heard = _recall(context, described)
    return heard.speaker if heard is not None else Speaker(_full_name(context, words), None, ORGANISATION)


def _is_owned(context: Context, described: Description) -> bool:
    """Say whether a source is told as somebody's: «its website», «their union»."""
    return context.text[described.position :].split(" ", 1)[0].casefold() in ("its", "his", "her", "their", "our", "my")


def _full_name(context: Context, words: Words) -> str:
    return full_body(context.text, words[0][1].casefold()) if len(words) == 1 else _written(context, words)


def _find_last_body(context: Context, position: int, noun: str) -> Speaker:
    """Find whom «the company» stands for: the body that spoke last, else the only one named just before."""
    here = context.sentence_of(position)
    spoken = [one for one in context.spoken(ORGANISATION) if _may_be_called(one.speaker.name, noun)]
    if spoken and spoken[-1].sentence >= here - GOING_BACK:
        return spoken[-1].speaker
    near = {m.name or m.text for m in mentions_before(context.mentions, position) if _may_be_meant(context, m, here)}
    near = {name for name in near if _may_be_called(name, noun)}
    return Speaker(near.pop(), None, ORGANISATION) if len(near) == 1 else NOBODY


def _may_be_meant(context: Context, mention: Mention, here: int) -> bool:
    """Say whether a name near a sentence can be that of a body: one that nobody speaks of, and of no person in full."""
    is_person = mention.kind == PERSON and " " in mention.text
    near = context.sentence_of(mention.start) >= here - NEAR and not context.is_told(mention.start)
    return near and not is_person and mention.kind != PLACE


def _may_be_called(name: str, noun: str) -> bool:
    """Say whether a noun can stand for a body of a name: no «group» for a school, a «newspaper» only for a paper."""
    head = name.split()[-1].casefold()
    if noun in entries("speaker_nouns", use="paper"):
        return head in entries("entity_cues", place="paper") or _without_article(name) in _papers()
    return name[0].isupper() and (head == noun or head not in entries("entity_cues", place="only"))


@cache
def _papers() -> frozenset[str]:
    """List the names of publishers, also without their last word: «BBC News», «BBC»."""
    names = {_without_article(row["name"]) for row in load_lexicon("publishers")}
    return frozenset(names | {name.removesuffix(" news") for name in names})


def _without_article(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _read_document(context: Context, described: Description) -> Speaker:
    """Read «the lawsuit», «a statement of the ministry»: a document is called by its noun and whose it is."""
    words, owner = described.words, described.owner
    recalled = _recall(context, described) if owner is None else None
    if recalled is not None:
        return recalled.speaker
    said = [described.noun]
    for _, word in reversed(words[:-1]):
        named = kind_of_noun(word) in ("qualifier", "document", "organisation")
        if word[0].isupper() or not named:
            break
        said.insert(0, word)
    whose = owner.name if owner is not None and owner.end <= words[-1][0] else None
    return Speaker(" ".join(filter(None, [whose, *said])), owner.name if owner is not None else None, "document")


def _read_group(context: Context, described: Description) -> Speaker:
    """Read «officials of the ministry», «residents»: several people, for whoever they serve."""
    owner = described.owner.name if described.owner is not None else None
    spoken_for = described.body if singular_role(described.noun) else owner
    heard = _recall(context, described)
    return heard.speaker if heard is not None else Speaker(_written(context, described.words), spoken_for, "group")


def _recall(context: Context, described: Description) -> Spoken | None:
    """Recall the source before this one that the same noun named: «a security source», then «the source»."""
    if not described.definite:
        return None
    others = {word.casefold() for _, word in described.words[:-1]}
    for one in reversed(context.history):
        words = one.speaker.name.casefold().split()
        if words[-1] == described.noun and others <= set(words) | {"new", "latest", "same"}:
            return one
    return None


def _written(context: Context, words: Words) -> str:
    return context.text[words[0][0] : _end(words)]
