"""Names of people, organisations, products and places, and which of them are one across a story's articles.

A name is what capitals mark inside running text. Capitals tell nothing at the start of a sentence or in a headline:
there a word counts as a name only where the story writes it as one elsewhere. Which kind a name is, the words around
it say (a title, an office, "the", a preposition) over the whole story; no list of the world's names is consulted but
that of countries. Two names are one where one text says so or where the shorter can only mean one longer; likeness
alone never makes them one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

import pandas as pd

from helpers import tables
from helpers.language.forms import singular
from helpers.language.lexicons import entries, lexicon_index, load_lexicon
from helpers.language.sentences import ADDRESS, find_sentences, is_title_case
from helpers.language.spans import Span
from helpers.mentions.people import drop_generation, fold_name, is_given_name, join_names

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[A-Z]\.(?= [A-Z])|(?:St|Mt|Ft)\.(?= [A-Z])"
    r"|(?:[aA]l|[eE]l|ad|ar|[aA]s|ash|at|an|d|l|abd)-[A-Z]\w*"
    r"|[^\W\d_]\w*(?:[-‑](?=[A-Z])[^\W_]\w*|&[A-Z]\w*|['’](?!s\b)[^\W\d_]\w*)*|[^\w\s]"
)
PREFIXED = re.compile(r"(?:al|el|ad|ar|as|ash|at|an|d|l|abd)[-’'][A-Z]\w*")
PARTICLES = frozenset(
    {"de", "la", "van", "von", "der", "bin", "bint", "ibn", "al", "el", "da", "dos", "del", "du", "di", "le", "ul"}
)
LINKS = frozenset({"of", "for", "&", "and", "the"})
ARTICLES = frozenset({"the", "a", "an"})
LONGEST_ACRONYM = 5
LONGEST_OF_CALENDAR = 5  # letters of an abbreviated month or weekday: a longer word is one or several in full
SAYING = frozenset(
    {"said", "says", "denied", "denies", "insisted", "announced", "claimed", "confirmed", "told", "stated"}
)
RENAMED = frozenset({"formerly", "previously", "also", "then", "now", "once"})
KIN_BEFORE = re.compile(r"(?P<owner>\b[\w’'-]+) (?P<kin>[\w-]+),? $")
LONGEST_KIN = 120  # characters before a name in which «the captain’s father, », «her parents, Karl Lind and » stands
SEVERAL_KIN = re.compile(r"(?P<owner>\b(?:his|her|their|[\w-]+['’]s?)) (?P<kin>[\w-]+),? [^.\n]*$", re.I)
NEAR_RELATIVE = 500  # characters behind a relative in which a surname may be the relative’s
SAID_OF_NAMES = frozenset({"known", "called", "named"})
LONGEST_OFFICE = 10  # words between the name of a speaker and the colon before the speech
COLUMNS = ["article_id", "start", "end", "text", "kind", "entity_id", "entity_name"]
PERSON, ORGANISATION, PRODUCT, PLACE = tables.ENTITY_KINDS


class Word(NamedTuple):
    """A word of a sentence with its place in the text."""

    start: int
    end: int
    text: str


class Name(NamedTuple):
    """A name where it stands, with hints of its kind.

    It is "sure"; "doubtful" where its capitals may come from opening a sentence, so that the story must have it
    elsewhere; or a "last" resort, which stands where no shorter or longer reading of the same words is sure.
    """

    start: int
    end: int
    text: str
    certainty: str
    hints: tuple[str, ...]


def find_names(text: str, headlines: bool = True, known: frozenset[str] = frozenset()) -> list[Span]:
    """Find capitalised names in running text: spans without titles, possessive endings or sentence-opening words.

    With `headlines`, lines in title case give only names that are `known` or that the running text has as well.
    """
    names = _read_names(text, headlines)
    sure = known | {name.text for name in names if name.certainty == "sure"}
    return [Span(name.start, name.end) for name in _keep(names, sure)]


def _keep(names: list[Name], sure: Set[str]) -> list[Name]:
    """Keep the names that are sure and the last resorts, the first reading where they overlap."""
    kept: list[Name] = []
    for name in names:
        if (name.text in sure or name.certainty == "last") and not (kept and name.start < kept[-1].end):
            kept.append(name)
    return kept


# Reading names off the capitals


def _read_names(text: str, headlines: bool = True) -> list[Name]:
    names: list[Name] = []
    for start, end in find_sentences(text):
        sentence = text[start:end]
        blank = ADDRESS.sub(lambda match: "." * len(match.group()), sentence)
        words = [Word(start + m.start(), start + m.end(), m.group()) for m in TOKEN.finditer(blank)]
        if headlines and is_title_case(sentence):
            names += _read_headline(text, words)
        else:
            names += _read_running(text, words)
    return names


def _read_headline(text: str, words: list[Word]) -> Iterator[Name]:
    """Offer every run of up to four words of a headline as a doubtful name; the running text decides."""
    for i, word in enumerate(words):
        if not _is_capital(word.text):
            continue
        run = _extend(text, words, i)
        for size in range(min(4, run - i), 0, -1):
            end = words[i + size - 1].end
            yield Name(word.start, end, text[word.start : end], "doubtful", ())


def _read_running(text: str, words: list[Word]) -> Iterator[Name]:
    i, is_opening = 0, True
    works = _find_works(text, words)
    while i < len(words):
        if i in works:
            i, is_opening = works[i], False
            continue
        if not words[i].text[0].isalpha():
            is_opening = is_opening or words[i].text in "“\"‘'([:•—"
            i += 1
            continue
        if not _is_capital(words[i].text):
            i, is_opening = i + 1, False
            continue
        last = _extend(text, words, i)
        yield from _cut(text, words, i, last, is_opening)
        i, is_opening = last, False


def _find_works(text: str, words: list[Word]) -> dict[int, int]:
    """Find titles of works, quoted and capitalised like headlines: the first word of each and the place behind it."""
    opened, works = None, {}
    for k, word in enumerate(words):
        if word.text in '“"' and opened is None:
            opened = k
        elif word.text in '”"' and opened is not None:
            if k - opened > 3 and is_title_case(text[words[opened].end : word.start]):
                works[opened] = k
            opened = None
    return works


def _is_capital(word: str) -> bool:
    return word[0].isupper() or any(letter.isupper() for letter in word[1:3]) or PREFIXED.match(word) is not None


def _extend(text: str, words: list[Word], i: int) -> int:
    """Give the place behind a run of capitalised words, with the particles and links inside it."""
    k = i + 1
    while k < len(words):
        if not _is_adjacent(text, words, k):
            break
        if _is_capital(words[k].text):
            k += 1
            continue
        after = k + 1 + (k + 1 < len(words) and words[k].text in LINKS and words[k + 1].text == "the")
        is_joined = words[k].text in PARTICLES or (words[k].text in LINKS and _takes_link(words, i, k))
        if (
            not is_joined
            or after >= len(words)
            or not _is_capital(words[after].text)
            or not _is_adjacent(text, words, after)
        ):
            break
        k = after + 1
    return k


def _is_adjacent(text: str, words: list[Word], k: int) -> bool:
    return text[words[k - 1].end : words[k].start] in {" ", "\u00a0"}


def _takes_link(words: list[Word], i: int, k: int) -> bool:
    """Tell whether "of" may go on with a name: after "University", "Bank", "House", not after just any word."""
    if words[k].text == "the":
        return False
    heads = _cues("head")
    is_headed = any(word.text.casefold() in heads for word in words[i:k])
    return is_headed and (words[k].text != "and" or any(word.text in {"of", "for"} for word in words[i:k]))


def _cut(text: str, words: list[Word], i: int, last: int, is_opening: bool) -> Iterator[Name]:
    """Cut a run of capitals at titles and at words that are no names: "Acme CEO Ada Roe" holds two names."""
    ordinary = lexicon_index("not_names")
    first = k = i
    titled = False
    while k <= last:
        plain = words[k].text.rstrip(".").casefold() if k < last else ""
        is_title = _is_title(plain) and not (k + 1 == last and k > first and plain in _cues("head"))
        opens_name = k < last and (_is_initial(words[k].text) or _is_forename(words, k, last))
        is_ordinary = not opens_name and (
            (plain in ordinary and k == first)
            or _is_short_form(plain)
            or _is_of_calendar(plain)
            or _is_shouted(words, k, last)
        )
        if k == last or is_title or is_ordinary:
            if k > first:
                yield from _make_name(text, words, first, k, is_opening and first == i, titled, is_title)
            titled = is_title
            first = k + 1
        k += 1


def _is_of_calendar(word: str) -> bool:
    """Tell whether a word is a month or a weekday, or several: "on Thursdays", but not "Mars" or "the Marches"."""
    months, weekdays = lexicon_index("months"), lexicon_index("weekdays")
    if word in months or word in weekdays:
        return True
    one = singular(word) if len(word) > LONGEST_OF_CALENDAR else ""
    return one in weekdays or (one in months and not months[one]["ambiguous"])


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word.endswith(".")


def _is_forename(words: list[Word], k: int, last: int) -> bool:
    """Tell whether what may be a month opens a name: «office head (Jan) Bota», but not «in (May) Norland»."""
    months, before = lexicon_index("months"), words[k - 1].text.casefold() if k else ""
    may_be = months.get(words[k].text.casefold(), {}).get("ambiguous") == "yes" and k + 1 < last
    return may_be and before not in lexicon_index("date_prepositions") and not _is_title(words[k + 1].text)


def _is_shouted(words: list[Word], k: int, last: int) -> bool:
    """Tell whether an ordinary word in capitals only stands before a name: «JUST WATCHED Norland»."""
    if k + 1 >= last or words[k + 1].text.isupper():
        return False
    word = words[k].text
    return word.isupper() and len(word) > LONGEST_ACRONYM and not _is_rare(word)


def _is_title(word: str) -> bool:
    folded = word.rstrip(".").casefold()
    return folded in lexicon_index("titles") or (folded.endswith("s") and singular(folded) in lexicon_index("titles"))


def _is_short_form(word: str) -> bool:
    """Tell whether a word is a contraction or a number, which no name begins with: "I've", "Twenty"."""
    stem = re.split("['’]", word)[0]
    is_contraction = stem != word and (stem in lexicon_index("noun_stops") or stem.endswith("n"))
    return is_contraction or word in lexicon_index("numbers")


def _make_name(
    text: str, words: list[Word], first: int, last: int, is_opening: bool, titled: bool, is_office: bool
) -> Iterator[Name]:
    while last > first and (words[last - 1].text in LINKS | PARTICLES or _is_common(words[last - 1].text)):
        last -= 1
    if _opens_with_people(words, first, last):
        first, is_opening = first + 1, False
    written = text[words[first].start : words[last - 1].end]
    if last == first or not _may_be_name(written):
        return
    hints = tuple(_find_hints(words, first, last, titled, is_office))
    name = Name(words[first].start, words[last - 1].end, written, "sure", hints)
    if last - first == 1:
        is_told = _is_rare(written) and (is_office or _speaks(words, last))
        is_open = (is_office and not _is_rare(written)) or (is_opening and not _is_marked(written) and not is_told)
        yield name._replace(certainty="doubtful") if is_open else name
    elif is_opening and not _is_rare(words[first].text):
        shorter = text[words[first + 1].start : words[last - 1].end]
        yield name._replace(certainty="doubtful")
        if _may_be_name(shorter):
            yield Name(words[first + 1].start, name.end, shorter, "doubtful", hints)
        yield name._replace(certainty="last")
    else:
        yield name


def _speaks(words: list[Word], last: int) -> bool:
    """Tell whether a verb or an office follows a lone capital that is no plural: "Norland said", not "Residents said"."""
    if last >= len(words) or words[last - 1].text.endswith("s"):
        return False
    return words[last].text in SAYING or words[last].text in lexicon_index("titles")


def _opens_with_people(words: list[Word], first: int, last: int) -> bool:
    """Tell whether a run begins with the name of a people that is not part of it: "Kenyan Ada Roe", not "Kenyan Army"."""
    inner = [word.text for word in words[first:last]]
    if len(inner) < 2 or _sort(" ".join(inner)):
        return False
    people = lexicon_index("places").get(inner[0])
    if people is None or people["sort"] != "demonym" or not people["country"]:
        return False
    return not any(word in LINKS or word.casefold() in _cues("head") for word in inner)


def _may_be_name(written: str) -> bool:
    folded = written.rstrip(".").casefold()
    if len(written) < 2 or folded in lexicon_index("not_names") or folded in lexicon_index("titles"):
        return False
    return folded not in lexicon_index("common_acronyms") and _sort(written) != "demonym"


def _is_common(word: str) -> bool:
    """Tell whether a word at the end of a run is an acronym that names nobody, as in "Acme IDs"."""
    folded = word.casefold()
    return folded in lexicon_index("common_acronyms") and folded not in _cues("head")


def _is_marked(word: str) -> bool:
    """Tell whether a word shows by itself that it is a name: capitals inside it, or a country's name."""
    is_shouted = word.isupper() and len(word) > LONGEST_ACRONYM
    return (any(letter.isupper() for letter in word[1:]) and not is_shouted) or _sort(word) in {
        "country",
        "state",
        "region",
    }


def _sort(name: str) -> str | None:
    row = lexicon_index("places").get(name)
    return row["sort"] if row else None


# What the words around a name say of its kind


@cache
def _cues(place: str) -> dict[str, str]:
    return {row["entry"]: row["kind"] for row in load_lexicon("entity_cues") if row["place"] == place}


def _find_hints(words: list[Word], first: int, last: int, titled: bool, is_office: bool) -> Iterator[str]:
    """Give the kinds that the words around one mention speak for; "titled" names a person, "article" speaks against one."""
    if is_office:
        yield ORGANISATION
    yield from _find_hints_before(words, first, last, titled)
    yield from _find_hints_behind(words, first, last)


def _find_hints_before(words: list[Word], first: int, last: int, titled: bool) -> Iterator[str]:
    before = words[first - 1].text if first else ""
    if (titled or before.casefold() in lexicon_index("titles")) and last - first <= 3:
        yield "titled"
    if before in _cues("before"):
        yield f"called {_cues('before')[before]}"
    if before in _cues("preposition"):
        yield _cues("preposition")[before]
    if before in ARTICLES and not titled:
        yield "article"


def _find_hints_behind(words: list[Word], first: int, last: int) -> Iterator[str]:
    behind, next_but_one = ([word.text for word in words[last : last + 3]] + ["", "", ""])[:3:2]
    if first == 0 and behind in {":", ",", "("} and words[last - 1].text.isupper() and not _is_label(words, last):
        yield PLACE
    if behind == "," and last + 2 < len(words) and words[last + 1].text == "who":
        yield "titled"
    if behind in {"'", "’"} and next_but_one:
        behind = next_but_one
    if behind in _cues("thing"):
        yield f"called {_cues('thing')[behind]}"
    if behind in _cues("behind"):
        yield _cues("behind")[behind]


def _is_label(words: list[Word], last: int) -> bool:
    """Say whether several words in capitals, which open a line, are before their colon a speaker as much as a place."""
    return last > 1 and any(word.text == ":" for word in words[last : last + LONGEST_OFFICE])


def _decide_kind(name: str, hints: Counter[str], count: int, is_shortened: bool) -> str:
    """Choose the kind that the share of a name's mentions with a hint, and its own words, speak for most.

    Two or three words that are not ordinary English are a person unless something speaks against it.
    """
    words = name.split()
    share = {kind: hints[kind] / max(count, 1) for kind in (*tables.ENTITY_KINDS, "article")}
    scores = {kind: share[kind] for kind in (ORGANISATION, PRODUCT, PLACE, PERSON)}
    scores[PERSON] += (
        _looks_personal(words) / 3 + (is_shortened and len(words) > 1) + bool(hints["titled"]) - share["article"]
    )
    scores[ORGANISATION] += 0.3
    for kind in scores:
        scores[kind] += bool(hints[f"called {kind}"])
    if _sort(name) in {"country", "state", "region"}:
        scores[PLACE] += 9
    head = words[-1].casefold()
    if head in _cues("head") and (len(words) > 1 or head not in lexicon_index("common_words")):
        scores[_cues("head")[head]] += 2
    elif words[0].casefold() in _cues("head"):
        scores[_cues("head")[words[0].casefold()]] += 1
    return max(scores, key=lambda kind: scores[kind])


def _looks_personal(words: list[str]) -> bool:
    """Tell whether two or three words look like forename and surname: no capitals inside, not ordinary, no link."""
    if len(words) not in {2, 3} or LINKS & set(words):
        return False
    bare = [PREFIXED.sub("", word) for word in words if not word.endswith(".")]
    has_inner = any(letter.isupper() for word in bare for letter in re.sub("^(?:Mc|Mac|O['’])", "", word)[1:])
    return not has_inner and words[-1].casefold() not in lexicon_index("common_words")


# Which names are one


def find_entities(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the named entities of each story: one row a name where it stands in an article.

    Columns: `article_id, start, end, text, kind (person, organisation, product, place), entity_id, entity_name`.
    `entity_id` is empty where a short form could mean two longer names; a surname means the longer name of its own
    article before that of another.
    """
    stories = articles.groupby("story", sort=True) if "story" in articles else [("", articles)]
    rows = [
        row
        for _, story in stories
        for row in _find_in_story(dict(zip(story["article_id"], story["text"], strict=True)))
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _find_in_story(texts: dict[str, str]) -> Iterator[dict]:
    read = {article_id: _read_names(text) for article_id, text in texts.items()}
    story = _Story((texts[article_id], names) for article_id, names in read.items())
    for article_id, names in read.items():
        kept = story.keep(names)
        local = story.shorten(Counter(name.text for name in kept))
        near = _find_near_relatives(story, kept)
        for name in kept:
            full = story.resolve(name.text, local)
            full = None if near.get(name.start, full) != full else full
            yield {
                "article_id": article_id,
                "start": name.start,
                "end": name.end,
                "text": name.text,
                "kind": story.kinds.get(full or name.text, ORGANISATION)
                if full or name.text not in story.shared
                else PERSON,
                "entity_id": entity_id(full) if full else None,
                "entity_name": full,
            }


def _find_near_relatives(story: _Story, names: list[Name]) -> dict[int, str]:
    """Map the surnames that stand shortly behind a relative of that name to the relative, who may be meant."""
    near: dict[int, str] = {}
    relative: dict[str, Name] = {}
    for name in names:
        surname = name.text.split()[-1]
        if name.text in story.kin:
            relative[surname] = name
        elif name.text != surname:
            relative.pop(surname, None)
        elif surname in relative and name.start - relative[surname].end < NEAR_RELATIVE:
            near[name.start] = relative[surname].text
    return near


def name_entities(texts: Iterable[str]) -> dict[str, str]:
    """Map each name of a story to its fullest form: «Vale» to the one longer name that ends in it, aliases to theirs.

    A short form that could belong to two longer names stays itself; names are never merged by look-alike.
    """
    texts = list(texts)
    story = _Story((text, _read_names(text)) for text in texts)
    return {name: story.resolve(name, {}) or name for name in sorted(story.counts)}


def entity_id(name: str) -> str:
    """Make the id of an entity from its fullest name."""
    return tables.make_id("e", name.casefold())


class _Story:
    """What the articles of one story say together about the names in them."""

    def __init__(self, read: Iterable[tuple[str, list[Name]]]) -> None:
        read = list(read)
        self.sure = {name.text for _, names in read for name in names if name.certainty == "sure"}
        self.sure |= {short for name in self.sure if (short := _surname(name)) and _is_rare(short)}
        self.counts: Counter[str] = Counter()
        hints: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for _, names in read:
            for name in self.keep(names):
                self.counts[name.text] += 1
                hints[name.text].update(name.hints)
        self.aliases: dict[str, str] = {}
        self.apart: set[frozenset[str]] = set()
        self.shared: set[str] = set()
        self.kin: set[str] = set()
        self.namesakes: set[str] = set()
        for text, names in read:
            self._read_relations(text, self.keep(names))
        self.kinds = self._decide_kinds(hints)
        self.joined = join_names(filter(self._is_person, self.counts), self._are_apart)
        self.spellings: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.counts:
            self.spellings[fold_name(name)].append(name)
        self.joined.update(self._join_spellings())
        self.short = self.shorten(self.counts)

    def _read_relations(self, text: str, names: list[Name]) -> None:
        """Read which names are one by what the text says, which stand side by side, and who is whose relative."""
        self.aliases.update(_find_aliases(text, names))
        self.apart.update(_find_apart(text, names))
        for name in names:
            owner = _find_relation(text, name)
            if owner is not None:
                self.kin.add(name.text)
                if owner.casefold() in ARTICLES or owner == name.text.split()[-1]:
                    self.namesakes.add(name.text)

    def _join_spellings(self) -> dict[str, str]:
        """Map the spellings of a long name that differ in capitals to the commonest: «Wikileaks», «WikiLeaks»."""
        people = {*self.joined, *self.joined.values()}
        alike = [names for name, names in self.spellings.items() if len(name) > LONGEST_ACRONYM]
        best = {name: max(names, key=lambda one: (self.counts[one], one)) for names in alike for name in names}
        return {name: full for name, full in best.items() if name != full and not {name, full} & people}

    def _is_person(self, name: str) -> bool:
        return self.kinds[name] == PERSON and name in self.sure

    def _are_apart(self, name: str, other: str) -> bool:
        """Tell whether two names are two people: they stand in one sentence, or one is another's relative."""
        is_relative = (name in self.kin or other in self.kin) and name.split()[0] != other.split()[0]
        return is_relative or frozenset((name, other)) in self.apart

    def keep(self, names: list[Name]) -> list[Name]:
        """Keep the names that the story's running text is sure of."""
        return _keep(names, self.sure)

    def shorten(self, counts: Counter[str]) -> dict[str, str | None]:
        """Map the short forms of people and organisations to the one longer name among `counts`.

        A single word that fits two longer names maps to None, and so does the surname of somebody who is only told
        to be a relative of the same name; a surname is rather that of the other. Several words stay what they are.
        """
        longer: dict[str, set[str]] = defaultdict(set)
        for name in counts:
            for short in self._find_short_forms(name):
                longer[short].add(self.joined.get(name, name))
        found: dict[str, str | None] = {}
        for short, names in longer.items():
            names = names - self.kin or names
            fullest = {_find_covering(name, names) for name in names}
            if len(fullest) == 1 and not fullest & self.namesakes:
                found[short] = fullest.pop()
            elif " " not in short and self.kinds[short] != PLACE:
                found[short] = None
                self.shared.update([short] if any(self.kinds[name] == PERSON for name in names) else [])
        return found

    def _find_short_forms(self, name: str) -> Iterator[str]:
        """Give the shorter forms of a name that the story has, in any spelling."""
        kind = self.kinds.get(name, ORGANISATION)
        if name not in self.sure:
            return
        for form in _short_forms(name, kind, name in self.people):
            for short in self.spellings[fold_name(form)] if kind == PERSON else [form]:
                is_other = short in self.things if kind == PERSON else frozenset((short, name)) in self.apart
                if short in self.counts and short != name and not is_other:
                    yield short

    def resolve(self, name: str, local: dict[str, str | None]) -> str | None:
        """Give the fullest name of an entity, by its article first; None where it stays open which one it is."""
        name = self.aliases.get(name, name)
        for forms in (local, self.short):
            if name in forms:
                full = forms[name]
                return self._complete(self.aliases.get(full, full)) if full else None
        return self._complete(name)

    def _complete(self, name: str) -> str:
        return self.joined.get(name, name)

    def _decide_kinds(self, hints: dict[str, Counter[str]]) -> dict[str, str]:
        count = self.counts
        kinds = {name: _decide_kind(name, hints[name], count[name], _surname(name) in count) for name in sorted(count)}
        for old, new in sorted(self.aliases.items()):
            if old in kinds and new in kinds:
                kinds[old] = kinds[new] = _decide_kind(new, hints[old] + hints[new], count[old] + count[new], False)
        self.things = {
            name for name in kinds if any(hints[name][f"called {kind}"] for kind in (ORGANISATION, PRODUCT, PLACE))
        }
        self.people = {name for name in kinds if kinds[name] == PERSON and hints[name]["titled"]}
        return kinds


def _find_covering(name: str, names: set[str]) -> str:
    """Give the longest of some names that end in all of `name`: «Ada Ray Vale» of «Ray Vale»."""
    covering = [other for other in names if other == name or other.endswith(" " + name)]
    return max(covering, key=lambda other: (len(other), other))


def _find_apart(text: str, names: list[Name]) -> Iterator[frozenset[str]]:
    """Find names of one last word that stand in one sentence, so that they are two: «the Youth Senate», «the Senate»."""
    sentences = [start for start, _ in find_sentences(text)]
    places: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for name in names:
        places[bisect_right(sentences, name.start), fold_name(name.text.split()[-1])].add(name.text)
    for alike in places.values():
        yield from (frozenset(pair) for pair in combinations(sorted(alike), 2))


def _find_relation(text: str, name: Name) -> str | None:
    """Find whose relative somebody is said to be right before the name: «the», «her», the last word of an owner."""
    lead = text[max(0, name.start - LONGEST_KIN) : name.start]
    match = KIN_BEFORE.search(lead)
    if match is None or match.group("kin").casefold() not in lexicon_index("kin_nouns"):
        match = SEVERAL_KIN.search(lead)
        if match is None or match.group("kin").casefold() not in entries("kin_nouns", number="several"):
            return None
    return re.sub(r"['’]s?$", "", match.group("owner"))


def _is_rare(word: str) -> bool:
    """Tell whether a word is no ordinary word of English, so that a capital at the start of a sentence is a name's."""
    return word.casefold() not in lexicon_index("common_words") and word.casefold() not in lexicon_index("not_names")


def _surname(name: str) -> str:
    """Give the last word of a name of two words or more that could be a surname, else nothing."""
    words = name.split()
    return (
        words[-1] if _looks_personal(words) or (len(words) == 2 and words[-1].casefold() not in _cues("head")) else ""
    )


def _short_forms(name: str, kind: str, is_certain: bool) -> Iterator[str]:
    """Give the shorter forms by which a story may go on calling a name; a forename only for a certain person.

    A saint or a mount keeps its first word: «St. Olave» is nobody's «Olave». A body that is called by one word is
    not another that ends in it: «the House» is no «White House».
    """
    words = drop_generation(name.split())
    if len(words) < 2 or words[0].rstrip(".") in lexicon_index("words_opening_names"):
        return
    if len(words) < len(name.split()):
        yield " ".join(words)
    if kind == PERSON:
        yield words[-1]
        if PREFIXED.fullmatch(words[-1]):
            yield words[-1][0].swapcase() + words[-1][1:]
            yield words[-1].split("-", 1)[-1]
        if is_certain or (is_given_name(words[0]) and words[0].casefold() not in lexicon_index("common_words")):
            yield words[0]
        if len(words) > 2:
            yield f"{words[0]} {words[-1]}"
            yield " ".join(words[1:])
        return
    if _sort(words[0]) == "demonym":
        yield " ".join(words[1:])
    if words[-1].casefold() in _cues("head") and words[-1].casefold() not in _cues("whole"):
        yield words[-1]


def _find_aliases(text: str, names: list[Name]) -> Iterator[tuple[str, str]]:
    """Read what a text says of its names: "Alta, formerly known as Borea" and "Northern Pilots League (NPL)"."""
    yield from _find_acronyms(text, names)
    for one, other in pairwise(names):
        between = text[one.end : other.start].strip(" ,(").split()
        if (
            (len(between) == 3 and between[0] in RENAMED and between[1] in SAID_OF_NAMES and between[2] == "as")
            or (len(between) == 2 and between[0] in RENAMED and between[1] in SAID_OF_NAMES)
            or (
                text[one.end : other.start] == " ("
                and text[other.end : other.end + 1] == ")"
                and _abbreviates(other.text, one.text)
            )
        ):
            yield other.text, one.text


def _find_acronyms(text: str, names: list[Name]) -> Iterator[tuple[str, str]]:
    """Read an acronym whose letters open the words of exactly one other name of its text: the Lune Press's «LP»."""
    written = {name.text for name in names}
    starts = {name.text: name.start for name in reversed(names)}
    long = {name for name in written if len(name.split()) > 1 and not _looks_abbreviated(name)}
    for short in sorted(name for name in written if _looks_abbreviated(name)):
        letters = short.replace(".", "")
        full = {
            name
            for name in long
            if _initials(name) == letters
            or (_initials(name) == letters[1:] and letters[0] == "T" and text[: starts[name]].endswith("The "))
        }
        if len(full) == 1 and (len(letters) > 2 or any(text[: starts[name]].lower().endswith("the ") for name in full)):
            yield short, full.pop()


def _looks_abbreviated(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and 2 <= len(letters) <= LONGEST_ACRONYM


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[ -]", name) if word and word[0].isupper())


def _abbreviates(short: str, name: str) -> bool:
    initials = _initials(name)
    return short.isupper() and len(short) > 1 and short.replace(".", "") in {initials, initials[-len(short) :]}
