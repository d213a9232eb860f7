"""How a statement stands to what it tells: negated, possible, alleged, doubted or confirmed, and by which words.

The one place that knows. It reads plain text with one lexicon, `polarity.csv`, and needs no parse. Its columns:
`entry`, words as they are written or in their base form; `effect`, what they do to a statement; `turned`, what that
becomes under a negation («not untrue» says that it is so, «not confirmed» leaves it open), nothing where both stand;
`reach`, how far they do it: `ahead` to the end of their clause, `that` over the clause that follows as well, `back`
over what they are said of, `aside` over an addition and not over the statement around it; `kind`, the class of a
word that alone negates, or what an entry needs: a `statement`, for to reject a claim denies it and to reject a bid or a
veto is an act; to be a `verb`; not to be an `ability` that is denied. The last rows name the words that part clauses
and those that say what a thing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from helpers.language.dictionary import find_word_class
from helpers.language.forms import find_base
from helpers.language.lexicons import entries, lexicon_index, load_lexicon
from helpers.language.phrases import Phrases
from helpers.language.sentences import find_words
from helpers.language.spans import Span

EFFECTS = ("negated", "hedged", "alleged", "doubted", "confirmed")
CLAUSE_MARKS = frozenset(",;:()—–…?!")
BETWEEN = 3  # words between a negation and what it turns, and between «is» and what something is said to be
PHRASE = 5  # words in which the noun of what is rejected stands
INSET = 3  # words of an addition between commas, over which a clause goes on
RELATIVE = ("who", "which", "that")
CONTRACTED = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall", "ain't": "be"}


class Mark(NamedTuple):
    """Words that do something to a statement: their place, the effect, where it holds, and whether it is the main one."""

    start: int
    end: int
    effect: str
    scope: Span
    main: bool


class Polarity(NamedTuple):
    """How a statement stands to what it tells, and the places of the words that say so."""

    negated: bool = False
    hedged: bool = False
    alleged: bool = False
    doubted: bool = False
    confirmed: bool = False
    words: tuple[Span, ...] = ()


class _Word(NamedTuple):
    form: str
    base: str
    start: int
    end: int
    opens: bool  # a mark of punctuation that parts clauses stands ahead


class _Clause(NamedTuple):
    first: int
    last: int
    main: bool


class _Cue(NamedTuple):
    first: int
    last: int
    effect: str
    turned: str
    reach: str


def read_polarity(text: str, start: int = 0, end: int | None = None) -> Polarity:
    """Read how the statement in [start, end) of a text stands to what it tells; the words' places are the text's.

    The words inside count where they bear on the statement's main clause, those around it where it stands in their
    scope: «that the bridge fell» is negated in «It is not true that the bridge fell».
    """
    end = len(text) if end is None else end
    inner = [mark._replace(start=mark.start + start, end=mark.end + start) for mark in find_marks(text[start:end])]
    inner = [mark for mark in inner if mark.main]
    whole = start == 0 and end == len(text)
    outer = [] if whole else [mark for mark in find_marks(text) if _bears_on(mark, start, end)]
    return _weigh(inner, outer)


@lru_cache(maxsize=50_000)
def find_marks(text: str) -> tuple[Mark, ...]:
    """Find the words of a text that say how its statements stand to what they tell, each with its scope."""
    words = _read_words(text)
    clauses = _find_clauses(words)
    cues = [cue for cue in _turn(words, _find_cues(words, clauses)) if cue.effect in EFFECTS]
    home = {i: number for number, clause in enumerate(clauses) for i in range(clause.first, clause.last)}
    alone = not any(clause.main for clause in clauses)
    return tuple(_make_mark(words, clauses, home[cue.first], cue, alone) for cue in cues)


@lru_cache(maxsize=50_000)
def find_idle_words(text: str) -> tuple[Span, ...]:
    """Find the words of negation that negate nothing: «could not help but sing», «did not open until May», «no doubt»."""
    words = _read_words(text)
    cues = _turn(words, _find_cues(words, _find_clauses(words)))
    bearing = {i for cue in cues if cue.effect in EFFECTS for i in range(cue.first, cue.last)}
    idle = (cue for cue in cues if cue.effect == "plain" and cue.first not in bearing)
    return tuple(Span(words[cue.first].start, words[cue.last - 1].end) for cue in idle)


def is_negation(word: str) -> bool:
    """Say whether a word alone negates: «not», «never», «nobody», «isn't»."""
    form = word.casefold().replace("’", "'")
    return form in NEGATIONS or form.endswith("n't") or form == "cannot"


KINDS = ("adverb", "determiner", "pronoun", "conjunction", "preposition")  # of words that negate alone
NEGATIONS = frozenset[str]().union(*(entries("polarity", effect="negated", kind=kind) for kind in KINDS))


def _weigh(inner: Sequence[Mark], outer: Sequence[Mark]) -> Polarity:
    """Join the marks inside a statement with those around it: a negation around a negated statement cancels it."""
    effects = {mark.effect for mark in (*inner, *outer)}
    negated = any(m.effect == "negated" for m in inner) != any(m.effect == "negated" for m in outer)
    words = sorted({Span(mark.start, mark.end) for mark in (*inner, *outer)})
    return Polarity(negated, *(effect in effects for effect in EFFECTS[1:]), tuple(words))


def _bears_on(mark: Mark, start: int, end: int) -> bool:
    """Say whether a statement stands beside a mark and in its scope."""
    apart = mark.end <= start or mark.start >= end
    return apart and mark.scope.start <= start < mark.scope.end


# Words, clauses, cues


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["entry"]: row for row in load_lexicon("polarity") if row["effect"] in (*EFFECTS, "plain")}


@cache
def _entries() -> Phrases:
    return Phrases(_rows())


@cache
def _listed(effect: str) -> frozenset[str]:
    return frozenset(row["entry"] for row in load_lexicon("polarity") if row["effect"] == effect)


def _read_words(text: str) -> list[_Word]:
    """List the words of a text: «isn't» is two, both in its place."""
    words: list[_Word] = []
    last = 0
    for start, end in find_words(text):
        form = text[start:end].casefold().replace("’", "'")
        gap = text[last:start]
        opens = not CLAUSE_MARKS.isdisjoint(gap) or ". " in gap or "--" in gap or " - " in gap
        if form == "cannot" or (form.endswith("n't") and len(form) > 3):
            verb = CONTRACTED.get(form, form[:-3])
            words += [_Word(verb, find_base(verb), start, end, opens), _Word("not", "not", start, end, False)]
        elif form in ("may", "nt") and text[start].isupper() and words:  # the month, the Northern Territory
            words.append(_Word("", "", start, end, opens))
        elif form == "one" and words and words[-1].form == "no" and not opens:
            words[-1] = words[-1]._replace(form="no-one", base="no-one", end=end)
        else:
            words.append(_Word(form, find_base(form), start, end, opens))
        last = end
    return words


def _is_of_class(form: str, name: str) -> bool:
    return lexicon_index("function_words").get(form, {}).get("class") == name


def _is_verb(word: _Word) -> bool:
    return _is_of_class(word.form, "auxiliary") or _is_tensed(word)


def _classes(word: _Word) -> set[str]:
    return set(find_word_class(word.form)) if word.form else set()


def _may_be_verb(word: _Word) -> bool:
    return _is_verb(word) or bool(_classes(word) & set("vzd"))


def _is_tensed(word: _Word) -> bool:
    return bool(_classes(word) & set("dz")) and not _classes(word) & set("nsa")


def _find_clauses(words: Sequence[_Word]) -> list[_Clause]:
    """Cut words into clauses, each the statement's own or one that hangs on it.

    A clause with a conjunction of its own after one that has a verb is another statement: «He paid but never came».
    """
    clauses: list[_Clause] = []
    first, main, told = 0, True, False
    for place in range(len(words) + 1):
        at_end = place == len(words)
        cut = (
            at_end
            or _opens_clause(words, place, told or (main and _tells(words[first:place])))
            or (not main and not told and _resumes(words, first, place))
        )
        if not cut or (place == first and not at_end and place > 0):
            continue
        if place > first:
            clauses.append(_Clause(first, place, main))
            told = told or (main and _tells(words[first:place]))
        if not at_end:
            first, main = place, _is_main(words, place, told)
    return clauses


def _tells(words: Sequence[_Word]) -> bool:
    return any(_is_verb(word) or _classes(word) & set("dzns") in ({"d"}, {"z"}, {"d", "z"}) for word in words)


def _opens_clause(words: Sequence[_Word], place: int, told: bool) -> bool:
    word = words[place]
    if word.opens or place == 0 or word.form in _listed("subordinates"):
        return True
    if place + 1 == len(words):
        return False
    behind = words[place + 1]
    if word.form in _listed("subjects"):
        return told and _is_verb(behind) and words[place - 1].form not in _listed("coordinates")
    if word.form not in _listed("coordinates"):
        return False
    pronoun = _is_of_class(behind.form, "pronoun")
    return word.form == "but" or pronoun or _is_verb(behind) or is_negation(behind.form)


def _is_main(words: Sequence[_Word], place: int, told: bool) -> bool:
    form = words[place].form
    if form == "that" and (place == 0 or words[place].opens):
        return place == 0 or (place + 1 < len(words) and _is_verb(words[place + 1]))
    if form in _listed("subordinates") or (form in _listed("subjects") and not words[place].opens and place):
        return False
    return not (told and form in _listed("coordinates"))


def _resumes(words: Sequence[_Word], first: int, place: int) -> bool:
    """Say whether the main clause goes on: «The man who paid | was not fined»."""
    if words[first].form not in RELATIVE or not _is_verb(words[place]):
        return False
    verb = next((i for i in range(first + 1, place) if _may_be_verb(words[i])), None)
    if verb is not None and _is_of_class(words[verb].form, "auxiliary"):
        steps = (
            i
            for i in range(verb + 1, place)
            if not _is_light(words[i]) and not _is_of_class(words[i].form, "auxiliary")
        )
        verb = next(steps, None)
    return verb is not None and not _is_of_class(words[place - 1].form, "pronoun")


def _is_light(word: _Word) -> bool:
    """Say whether a word may stand between a negation and what it bears on."""
    return word.form in lexicon_index("function_words") or word.form.endswith("ly") or is_negation(word.form)


def _find_cues(words: Sequence[_Word], clauses: Sequence[_Clause]) -> list[_Cue]:
    starts = {clause.first for clause in clauses}
    found = []
    for first, last, entry in _entries().find([(word.form, word.base) for word in words]):
        row = _rows()[entry]
        if _counts(words, first, last, row, starts):
            below = row["reach"] == "ahead" and row["kind"] in ("", "adverb") and _hangs_on_preposition(words, first)
            reach = "aside" if below else row["reach"]
            found.append(_Cue(first, last, row["effect"], row["turned"], reach))
    return found


def _counts(words: Sequence[_Word], first: int, last: int, row: dict[str, str], starts: set[int]) -> bool:
    """Say whether an entry does here what its row says: «rejected the claim» but not «rejected the bid»."""
    behind = words[last].form if last < len(words) else ""
    kind = row["kind"]
    if row["reach"] == "back":
        return _is_said_of(words, first, starts)
    if kind == "statement":
        return _takes_statement(words, last)
    if kind == "verb":
        return first == 0 or not (_leads_to_noun(words[first - 1].form) or _is_tensed(words[first - 1]))
    if kind == "ability":
        return not is_negation(behind)
    return not (kind == "determiner" and behind[:1].isdigit())  # «No 10»


def _leads_to_noun(form: str) -> bool:
    listed = lexicon_index("function_words").get(form)
    if listed:
        return listed["class"] == "determiner"
    return form.endswith("'s") or "a" in find_word_class(form)


def _is_said_of(words: Sequence[_Word], place: int, starts: set[int]) -> bool:
    """Say whether a word is what something is said to be: «is false», «called the report false», not «false teeth»."""
    if place in starts and (place + 1 == len(words) or words[place + 1].opens):
        return True
    for i in range(place - 1, max(-1, place - 2 - BETWEEN), -1):
        if not _listed("judges").isdisjoint((words[i].form, words[i].base)):
            return True
        if i + 1 in starts or not (_is_light(words[i]) or "a" in find_word_class(words[i].form)):
            break
    first = max((start for start in starts if start <= place), default=0)
    ends = place + 1 == len(words) or words[place + 1].opens or _is_light(words[place + 1])
    return ends and any(words[i].base in _listed("judges") - {"be", "as"} for i in range(first, place))


def _takes_statement(words: Sequence[_Word], place: int) -> bool:
    """Say whether what is rejected is something said: «rejected the minister's claim», not «rejected the bid»."""
    if place < len(words) and words[place].form == "that":
        return True
    for word in words[place : place + PHRASE]:
        if word.opens:
            return False
        if word.base in lexicon_index("nouns_of_statement"):
            return True
        if _is_of_class(word.form, "preposition"):
            return False
    return False


def _hangs_on_preposition(words: Sequence[_Word], place: int) -> bool:
    """Say whether words belong to what a preposition takes: «for not paying», «for failing to pay»."""
    before = words[place - 1].form if place else ""
    return _is_of_class(before, "preposition")


def _turn(words: Sequence[_Word], cues: Sequence[_Cue]) -> Iterable[_Cue]:
    """Let each negation turn what it bears on, and give what is left."""
    left = list(cues)
    for i, cue in enumerate(left):
        behind = left[i + 1] if i + 1 < len(left) else None
        if cue.effect != "negated" or cue.reach not in ("ahead", "aside"):
            continue
        if words[cue.first].form == "neither" and behind is not None and words[behind.first].form == "nor":
            continue  # both negate
        if _waits_for_end(words, cue):
            left[i] = cue._replace(effect="plain")
        elif behind is not None and behind.turned and _bears_directly(words, cue, behind):
            left[i] = cue._replace(effect="plain")
            left[i + 1] = behind._replace(first=cue.first, effect=behind.turned, turned="")
    return left


def _waits_for_end(words: Sequence[_Word], cue: _Cue) -> bool:
    """Say whether «until» behind a negation makes it a time: «did not open until May»."""
    for word in words[cue.last :]:
        if word.opens:
            return False
        if word.form in ("until", "till"):
            return True
    return False


def _bears_directly(words: Sequence[_Word], cue: _Cue, behind: _Cue) -> bool:
    """Say whether only small words stand between a negation and what it turns."""
    between = words[cue.last : behind.first]
    if len(between) > BETWEEN or any(word.opens for word in (*between, words[behind.first])):
        return False
    if behind.reach == "aside":
        return not between
    if words[cue.first].form == "no" and len(between) < BETWEEN:
        return all(not _is_of_class(word.form, "preposition") for word in between)
    return all(_is_light(word) and word.form not in ("to", "as", "that", "and") for word in between)


def _make_mark(words: Sequence[_Word], clauses: Sequence[_Clause], home: int, cue: _Cue, alone: bool) -> Mark:
    start, end = words[cue.first].start, words[cue.last - 1].end
    main = cue.reach != "aside" and (clauses[home].main or alone)
    low = words[clauses[home].first].start if cue.reach == "back" else end
    if cue.reach == "back" and home and words[clauses[home].first].opens is False:
        low = words[clauses[home - 1].first].start
    last = _find_scope_end(words, clauses, home, cue)
    return Mark(start, end, cue.effect, Span(low, words[last - 1].end), main)


def _find_scope_end(words: Sequence[_Word], clauses: Sequence[_Clause], home: int, cue: _Cue) -> int:
    """Find the word before which a mark's scope ends: with its clause, behind an inset, behind the clause with «that»."""
    last = clauses[home].last
    inset = clauses[home + 1] if home + 2 < len(clauses) else None
    if inset and inset.last - inset.first <= INSET and words[inset.first].opens and words[inset.last].opens:
        home, last = home + 2, clauses[home + 2].last
    follows = home + 1 < len(clauses) and not words[clauses[home + 1].first].opens
    if cue.reach in ("that", "back") and follows and words[last].form in ("that", "whether", "if"):
        last = clauses[home + 1].last
    return last
