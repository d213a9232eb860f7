"""Who answers a statement with «no» in so many words: «denied that ...», «disputes that figure», «called her claim absurd».

Read off the words behind the verb rather than the parse: what is rejected stands there in a few fixed ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.language.forms import find_base
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.sentences import find_words
from helpers.language.spans import Span
from helpers.language.syntax import (
    copula_of,
    is_negated,
    is_verb,
    label,
    lemma,
    modals_of,
    noun_phrase_span,
    subject_of,
)

REJECTING = entries("rejoinders", kind="rejects")  # a statement, never a thing: «denies it», «rejects the claim»
OPPOSING = entries("rejoinders", kind="opposes")  # without an object: «disagreed»
JUDGING = entries("rejoinders", kind="judges")  # with a word for untrue: «called it false»
DOUBTING = entries("rejoinders", kind="doubt")  # nouns and verbs that doubt rather than deny
RAISING = entries("rejoinders", kind="raises")  # with a doubt: «raised doubts about whether ...»
UNTRUE = entries("rejoinders", kind="untrue")
STATEMENTS = entries("rejoinders", kind="statement")
GUILT = entries("rejoinders", kind="guilt")
TRIGGERS = REJECTING | OPPOSING | UNTRUE | DOUBTING
POINTERS = frozenset(["it", "this", "that", "which", "something", "them", "those", "these"])
CLAUSE_OPENERS = frozenset(["that", "whether", "if"])
OF_WHAT = frozenset(
    ["of", "in", "with", "to", "for", "about", "over"]
)  # lead from a statement or a guilt to what it is of
OF_STATEMENT = frozenset(["of", "about"])
BEFORE_NOUN = frozenset(["DT", "PDT", "JJ", "JJR", "PRP$", "POS", "NN", "NNS", "NNP", "NNPS", "CD", "HYPH", "RB"])
NOUNS = ("NN", "NNS", "NNP", "NNPS")
STOPS = frozenset([",", ";", ":", ".", "—", "--", "–", "(", ")", "?", "!"])
REACH = 12  # words behind a verb among which it says what is rejected
RELATIVE = 7  # words before a verb among which the statement stands that it judges: «a claim that Berg called untrue»
FEWEST = 3  # words of a clause before a comma can end it


class Rejoinder(NamedTuple):
    """An answer of «no» in one sentence: its words, who gives it, and what it says no to; spans are the sentence's.

    `to` is `content` where what is denied stands behind the verb (`content`), `guilt` where somebody denies to be to blame, and
    `points` where the answer only points to a statement told before; `whose` then names whose statement, if it says.
    """

    span: Span
    speaker: Span | None
    verb: Span
    to: str
    content: Span | None = None
    whose: str = ""
    doubts: bool = False
    about: frozenset[str] = frozenset()  # words beside the pointing noun: «that job loss figure»


class Answer(NamedTuple):
    """An answer of «no»: its place, who gives it, how it says what it answers (`to`), the words denied, and the claims it answers."""

    article: str
    start: int
    end: int
    speaker: str
    to: str
    denied: frozenset[str]
    claims: tuple
    doubts: bool = False


class Rejected(NamedTuple):
    """What stands behind a rejecting verb: how it says what is rejected, the tokens of the content, the noun."""

    to: str
    last: Token
    content: tuple[Token, ...] = ()
    noun: Token | None = None


def may_rejoin(sentence: str) -> bool:
    """Say whether a sentence has a word with which somebody may say no, so that it is worth parsing."""
    for start, end in find_words(sentence):
        word = sentence[start:end].casefold()
        if word in TRIGGERS or find_base(word) in TRIGGERS:
            return True
    return False


def find_rejoinders(doc: Doc) -> Iterator[Rejoinder]:
    """Find where in a parsed sentence somebody answers a statement with «no»."""
    for token in doc:
        if (is_verb(token) or _is_misread(token)) and not _is_open(token):
            yield from _read_verb(token)
        if token.lower_ in UNTRUE and copula_of(token) is not None:
            yield from _read_copula(token)


def _is_misread(token: Token) -> bool:
    """Say whether a verb was read as a noun: «Police dispute that account»."""
    if (
        token.tag_ not in ("NN", "NNS")
        or find_base(token.lower_) not in REJECTING
        or not 0 < token.i < len(token.doc) - 1
    ):
        return False
    before, behind = token.doc[token.i - 1], token.doc[token.i + 1]
    return before.tag_ in (*NOUNS, "PRP") and (behind.tag_ in ("DT", "PRP$", "WDT") or behind.lower_ == "that")


def _is_open(verb: Token) -> bool:
    """Say whether a verb is negated, only possible or still to come: then nobody said no."""
    before = verb.doc[max(0, verb.i - 3) : verb.i]
    to_come = any(t.lower_ == "to" or t.tag_ == "MD" for t in before[-1:])
    return to_come or bool(modals_of(verb)) or is_negated(verb) or any(t.dep_ == "neg" for t in before)


def _read_verb(verb: Token) -> Iterator[Rejoinder]:
    base = lemma(verb) if is_verb(verb) else find_base(verb.lower_)
    passive = verb.tag_ == "VBN" and any(
        t.lower_ in ("was", "were", "been", "is", "are", "being") for t in verb.doc[max(0, verb.i - 3) : verb.i]
    )
    if passive:
        yield from _read_passive(verb) if base in REJECTING else ()
        return
    speaker = _find_speaker(verb)
    if speaker is None:
        return
    judged = _read_judged(verb) if base in JUDGING else None
    rejected = judged or (_read_rejected(verb) if base in REJECTING else _read_doubt(verb) if base in RAISING else None)
    if rejected is not None:
        yield _make(verb, speaker, rejected)
    elif base in OPPOSING and not _is_about_each_other(speaker):
        yield Rejoinder(Span(speaker[0], _end(verb)), speaker, _own(verb), "points", whose=_find_opposed(verb))


def _make(verb: Token, speaker: Span, rejected: Rejected) -> Rejoinder:
    content = Span(rejected.content[0].idx, _end(rejected.content[-1])) if rejected.content else None
    start = speaker[0] if speaker[0] < verb.idx else verb.idx
    noun = rejected.noun
    doubts = lemma(verb) in DOUBTING or lemma(verb) in RAISING or lemma(verb) == "question"
    return Rejoinder(
        Span(start, _end(rejected.last)), speaker, _own(verb), rejected.to, content,
        _whose(noun) if noun is not None else "", doubts, _about(noun) if noun is not None else frozenset(),
    )  # fmt: skip


def _read_rejected(verb: Token) -> Rejected | None:
    """Read behind a verb what is rejected: a clause, a statement, a guilt, or what a pronoun points to; None where it is a thing."""
    doc = verb.doc
    aside = False  # inside a phrase that says when or to whom
    for token in doc[verb.i + 1 : verb.i + 1 + REACH]:
        word, following = token.lower_, doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is not None and _opens_clause(verb, token, following):
            return _with_content("content", token, _clause(following))
        if token.tag_ == "VBG" and token.i <= verb.i + 2 and not aside:
            return _with_content("content", token, _clause(token))
        if word in POINTERS and token.i <= verb.i + 2 and (following is None or following.tag_ not in (*NOUNS, "JJ")):
            return Rejected("points", token)
        named = _is_head(token) or (token.i > 0 and doc[token.i - 1].lower_ == "that")
        if named and not aside and {word, lemma(token)} & (STATEMENTS | GUILT):
            return _read_noun(token)
        if token.tag_ == "IN":
            aside = True
        elif _stops(token) or (_is_head(token) and not aside):
            break
    return Rejected("points", verb) if _is_told_before(verb) else None


def _opens_clause(verb: Token, token: Token, following: Token) -> bool:
    """Say whether a word opens the clause that is rejected: «that ...», but not «that report»."""
    word = token.lower_
    if word not in CLAUSE_OPENERS or token.tag_ not in ("IN", "WDT") or _ends(following):
        return False
    pointing = following.lower_ in STATEMENTS and not following.lower_.endswith("s")
    return not pointing and not (token.i == verb.i + 1 and word == "if") and _is_clause(following)


def _is_told_before(verb: Token) -> bool:
    """Say whether what is rejected stands before the verb: «..., which officials have denied», «something they deny»."""
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    before = verb.doc[max(0, verb.i - RELATIVE - 1) : verb.i]
    return (following is None or following.text in STOPS or following.is_quote) and any(
        token.lower_ in ("which", "something") and token.i > 0 and token.doc[token.i - 1].text in STOPS
        for token in before
    )


def _read_doubt(verb: Token) -> Rejected | None:
    """Read «raised doubts about whether ...»: the doubt behind the verb, and what it is of."""
    doubt = next((t for t in verb.doc[verb.i + 1 : verb.i + 4] if t.lower_ in DOUBTING), None)
    return _read_rejected(doubt) if doubt is not None else None


def _read_noun(noun: Token) -> Rejected:
    """Read a statement or a guilt that is rejected, with what it is of."""
    to = "guilt" if {noun.lower_, lemma(noun)} & GUILT else "points"
    following = noun.doc[noun.i + 1 : noun.i + 3]
    leads = OF_WHAT if to == "guilt" else OF_STATEMENT
    if len(following) == 2 and following[0].lower_ in leads | CLAUSE_OPENERS:
        content = _clause(following[1])
        return Rejected("guilt" if to == "guilt" else "content", content[-1], content, noun)
    return Rejected(to, noun, (), noun)


def _read_judged(verb: Token) -> Rejected | None:
    """Read «called her claim absurd», «dismissed the report as fiction»: a statement and a word for untrue behind the verb."""
    before = [
        t
        for t in verb.doc[max(0, verb.i - RELATIVE) : verb.i]
        if {t.lower_, lemma(t)} & STATEMENTS or t.lower_ == "which"
    ]
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    if before and following is not None and following.lower_ in UNTRUE:
        return Rejected("points", following, (), before[-1])
    noun = pointer = None
    for token in verb.doc[verb.i + 1 : verb.i + 1 + REACH]:
        if token.lower_ in UNTRUE and (noun is not None or pointer is not None):
            return Rejected("points", token, (), noun)
        if _is_head(token) and ({token.lower_, lemma(token)} & STATEMENTS):
            noun = token
        elif token.lower_ in POINTERS and token.i == verb.i + 1:
            pointer = token
        elif token.text in STOPS:
            return None
    return None


def _read_passive(verb: Token) -> Iterator[Rejoinder]:
    """Read «the claim was denied by Berg»."""
    subject = subject_of(verb)
    by = verb.doc[verb.i + 1] if verb.i + 2 < len(verb.doc) else None
    if subject is not None and by is not None and by.lower_ == "by" and {subject.lower_, lemma(subject)} & STATEMENTS:
        agent = noun_phrase_span(by.head) if by.head.i > by.i else None
        if agent is not None:
            yield Rejoinder(
                Span(subject.left_edge.idx, agent[1]),
                agent,
                _own(verb),
                "points",
                None,
                _whose(subject),
                _about(subject),
            )


def _read_copula(judged: Token) -> Iterator[Rejoinder]:
    """Read «her claim is false», «that is not true»: of a statement or what a pronoun points to."""
    subject, row = subject_of(judged), lexicon_index("rejoinders")[judged.lower_]
    if subject is None or (row["polarity"] == "no") == is_negated(judged) or modals_of(judged):
        return
    if subject.lower_ in ("it", "which") and not row["plain"]:
        return
    names = {subject.lower_, lemma(subject)}
    if names & (POINTERS | STATEMENTS):
        rejected = _read_noun(subject) if names & STATEMENTS else Rejected("points", subject)
        content = rejected.content if rejected.content and rejected.content[-1].i < judged.i else ()
        span = Span(content[0].idx, _end(content[-1])) if content else None
        yield Rejoinder(
            Span(subject.left_edge.idx, _end(judged)), None, _own(judged), "content" if content else "points", span,
            _whose(subject), _about(subject),
        )  # fmt: skip


def _with_content(to: str, last: Token, content: tuple[Token, ...]) -> Rejected:
    return Rejected(to, content[-1] if content else last, content)


def _clause(first: Token) -> tuple[Token, ...]:
    """Take the words of a clause from its first on, up to a mark that ends it."""
    taken: list[Token] = []
    for token in first.doc[first.i :]:
        if token.text in STOPS and (token.text != "," or len(taken) >= FEWEST):
            break
        taken.append(token)
    while len(taken) > 1 and (taken[-1].is_quote or taken[-1].is_punct):
        taken.pop()
    return tuple(taken)


def _is_clause(token: Token) -> bool:
    """Say whether a clause begins at a word: somewhere behind it stands a verb before the next mark."""
    return any(is_verb(t) or t.tag_ == "MD" for t in _clause(token))


def _is_head(token: Token) -> bool:
    """Say whether a word is the last noun of its phrase."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.tag_ in NOUNS and (
        following is None or (following.tag_ not in NOUNS and following.tag_ not in ("POS", "HYPH"))
    )


def _stops(token: Token) -> bool:
    return token.text in STOPS or (is_verb(token) and token.tag_ in ("VBD", "VBZ", "VBP")) or token.tag_ == "TO"


def _ends(token: Token) -> bool:
    return token.text in STOPS


def _find_speaker(verb: Token) -> Span | None:
    """Find who says no: the subject, of a relative clause its noun, else the noun phrase right before the verb."""
    subject = subject_of(verb) if is_verb(verb) else None
    if subject is not None and subject.lower_ in ("who", "which", "that"):
        subject = verb.head if label(verb) == "acl:relcl" else None
    if subject is not None and subject.i < verb.i and subject.lower_ not in POINTERS:
        return noun_phrase_span(subject)
    last = verb.i - 1
    while last >= 0 and verb.doc[last].tag_ in ("RB", "VBZ", "VBD", "VBP") and verb.doc[last].lower_ not in POINTERS:
        last -= 1
    if last < 0 or verb.doc[last].tag_ not in (*NOUNS, "PRP"):
        return None
    first = last
    while first > 0 and verb.doc[first - 1].tag_ in BEFORE_NOUN:
        first -= 1
    return Span(verb.doc[first].idx, _end(verb.doc[last]))


def _is_about_each_other(speaker: Span) -> bool:
    return speaker[1] - speaker[0] < FEWEST


def _find_opposed(verb: Token) -> str:
    """Find with whom somebody disagrees, where it is said."""
    following = verb.doc[verb.i + 1 : verb.i + 4]
    if len(following) > 1 and following[0].lower_ == "with":
        return next((t.text for t in reversed(list(following[1:])) if t.tag_ in ("NNP", "NNPS")), "")
    return ""


def _whose(noun: Token) -> str:
    """Give whose statement a noun says it is: «Berg's claim»."""
    before = noun.doc[max(0, noun.i - 3) : noun.i]
    owner = next((t for t in reversed(list(before)) if t.tag_ == "POS"), None)
    return noun.doc[owner.i - 1].text if owner is not None and owner.i > 0 else ""


def _about(noun: Token) -> frozenset[str]:
    """Give the words beside a pointing noun: «that job loss figure»."""
    first = noun.i
    while first > 0 and noun.doc[first - 1].tag_ in ("NN", "NNS", "NNP", "JJ"):
        first -= 1
    return frozenset(t.lemma_.lower() for t in noun.doc[first : noun.i])


def _own(token: Token) -> Span:
    return Span(token.idx, _end(token))


def _end(token: Token) -> int:
    return token.idx + len(token)
