"""Who says it: the source of a verb of saying, read off the parse where it holds and off the words where not."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from helpers.claims.frames import (
    FINITE,
    PARTS_OF_DAY,
    find_source_before,
    full_noun_phrase,
    is_between,
    is_time,
    trim,
)
from helpers.claims.saying import comma_before, speaks
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import Span
from helpers.language.syntax import SUBJECTS, children, is_verb, label, lemma, noun_phrase_span, subject_of

COLLECTIVE = (
    "police",
    "people",
    "staff",
    "media",
    "family",
    "public",
    "majority",
    "number",
    "percent",
    "lot",
    "group",
    "data",
    "couple",
    "crew",
    "team",
)
REFUSING = ("decline", "refuse", "fail", "hesitate", "forget", "neglect")


def find_source(verb: Token) -> Span | None:
    """Find who says it: the agent of a passive, who is named right before the verb, or the subject that it goes on from."""
    if _is_passive_form(verb):
        agents = children(verb, "obl:agent") or [
            child for child in children(verb, "obl") if any(case.lower_ == "by" for case in children(child, "case"))
        ]
        return name_source(agents[0], verb) if agents else None
    own = next(iter(children(verb, *SUBJECTS)), None)
    is_frame = verb.tag_ == "VBN" or label(verb) not in ("conj", "acl:relcl")
    if (own is None or own.i < verb.i) and is_frame and _is_frame_form(verb):
        named = find_source_before(verb)
        if named is not None and verb.doc.text[named.start : named.end].casefold() == "that":
            antecedent = _find_antecedent(verb)
            return name_source(antecedent) if antecedent is not None else None
        if named is not None:
            return named
    if own is None:
        coordinated = _find_coordinated(verb)
        if coordinated is not None:
            return find_source(coordinated)
    subject = own or subject_of(verb)
    if own is None and label(verb) == "acl" and verb.tag_ in ("VB", "VBG") and not _is_document(verb.head):
        subject = _subject_above(verb.head)
    if verb.tag_ == "VBG" and own is None and comma_before(verb) is not None:
        # «The document tells of X, suggesting that ...»: who suggests is who spoke first, else who the sentence is about.
        speaking = [t for t in verb.doc[: verb.i] if speaks(t) and t.tag_ in ("VBD", "VBZ", "VBP")]
        if speaking and subject_of(speaking[0]) is not None:
            return find_source(speaking[0])
        root = next(token for token in verb.doc if token.head == token)
        subject = subject_of(root) or subject
    if subject is not None and subject.tag_ in ("WDT", "WP") and label(verb) in ("acl:relcl", "acl"):
        subject = _find_antecedent(verb) if is_time([verb.head]) else verb.head
    if (
        subject is None
        or not subject.tag_.startswith(("NN", "PRP", "CD", "DT", "JJ"))
        or (subject.lower_ in ("it", "there") and children(verb, "expl"))
    ):
        return None
    return name_source(subject, verb if label(subject) in SUBJECTS or subject.is_ancestor(verb) else None)


def name_source(noun: Token, verb: Token | None = None) -> Span | None:
    """Give a source as it is named, with what is said of it: «Edda Voss, who leads the union»."""
    last = verb.i - 1 if verb is not None and noun.i < verb.i else len(noun.doc) - 1
    first = verb.i + 1 if verb is not None and noun.i > verb.i else 0
    whole = full_noun_phrase(noun, first, last)
    if whole is not None:
        return whole
    start, end = noun_phrase_span(noun)
    return Span(start, min(end, verb.idx - 1) if verb is not None and start < verb.idx else end)


def find_headline_source(verb: Token) -> Span | None:
    """Take what opens a headline for the source of its first finite verb: «Lawsuit filed last year claims ...»."""
    before = verb.doc[: verb.i]
    opens = verb.i > 0 and before[0].tag_.startswith("NN") and len(before) <= 8
    if verb.tag_ != "VBZ" or not opens or any(t.is_punct or t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in before):
        return None
    return trim(verb.doc.text, Span(0, verb.idx))


def agrees_in_number(verb: Token, source: Span) -> bool:
    """Say whether a form in the plural has a source in the plural: «an hourlong show» shows nothing."""
    if verb.tag_ not in ("VBP", "VB") or children(verb, "aux", "mark"):
        return True
    words = [t for t in verb.doc if source.start <= t.idx < source.end]
    head = next((t for t in words if t.i + 1 > words[-1].i or t.nbor().tag_ in ("IN", ",", "WP", "WDT")), None)
    if head is None or any(t.lower_ in ("and", "&") for t in words) or head.lower_ in COLLECTIVE:
        return True
    return head.tag_ not in ("NN", "NNP") and head.lower_ not in ("he", "she", "it")


def has_no_speaker(verb: Token) -> bool:
    """Say whether whoever says it stays unnamed or says nothing: «Asked whether ...», «When asked», «declined to say»."""
    if verb.tag_ in ("VBN", "VBD"):
        return verb.i == 0 or verb.nbor(-1).lower_ in ("when", "if", "as", "once", "while")
    return _is_refused(verb)


def _is_refused(verb: Token) -> bool:
    """Say whether an infinitive is what someone would not do: «declined to comment», «refused to say»."""
    if verb.tag_ == "VB" and label(verb) in ("xcomp", "ccomp") and lemma(verb.head) == "let":
        return True  # «would not let editors tell them how to vote»
    return verb.tag_ == "VB" and label(verb) == "xcomp" and lemma(verb.head) in REFUSING


def _is_passive_form(verb: Token) -> bool:
    """Say whether a verb is passive, be it by the auxiliary of a verb before it: «was arrested and accused of»."""
    if children(verb, "aux:pass"):
        return True
    behind = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    if verb.lower_ in ("accused", "suspected", "charged") and behind in ("of", "with"):
        return True  # a headline: «Acme accused of hiding the report»
    shares = verb.tag_ == "VBN" and label(verb) == "conj" and not children(verb, *SUBJECTS, "aux")
    return shares and bool(children(verb.head, "aux:pass"))


def _find_coordinated(verb: Token) -> Token | None:
    """Find the verb that «and said» goes on from: the nearest one before it in the same form, whatever the parse says."""
    before = verb.i - 1
    while before > 0 and is_between(verb.doc[before]):
        before -= 1
    if before < 1 or verb.doc[before].tag_ != "CC" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if label(verb) == "conj" and verb.head.tag_ == verb.tag_ and label(verb.head) != "acl:relcl":
        return None
    finite = [t for t in verb.doc[:before] if t.tag_ in FINITE and not is_between(t)]
    finite = [t for t in finite if t.i and t.nbor(-1).tag_ not in ("WP", "WDT", "CC")]
    that = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "that"
    alike = [t for t in finite if t.tag_ == verb.tag_] or [t for t in finite if that and speaks(t)]
    return alike[-1] if alike else None


def _find_antecedent(verb: Token) -> Token | None:
    """Find what a relative clause behind a time is about: «He saw a surgeon on Monday, who told him that ...»."""
    before = list(takewhile(lambda token: token.tag_ not in ("WP", "WDT"), verb.doc))
    nouns = [t for t in before if t.i < verb.i and t.tag_.startswith("NN") and label(t) not in ("compound", "flat")]
    return next((noun for noun in reversed(nouns) if not _tells_time(noun)), None)


def _tells_time(noun: Token) -> bool:
    return is_time([noun]) or noun.lower_ in PARTS_OF_DAY


def _is_document(noun: Token) -> bool:
    """Say whether a noun can speak itself: «a letter saying that ...»."""
    return lemma(noun) in lexicon_index("speaking_things") or lemma(noun) in lexicon_index("reporting_nouns")


def _subject_above(token: Token) -> Token | None:
    """Find the subject of the clause that a phrase stands in: «Voss had a chance to say»."""
    for _ in range(4):
        if token.head == token:
            break
        token = token.head
        if is_verb(token):
            return subject_of(token)
    return None


def _is_frame_form(verb: Token) -> bool:
    """Say whether a verb can carry a frame: it is finite, or a participle by tag alone («the Herald reported that»)."""
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    if verb.tag_ != "VBN" or children(verb, "aux", "aux:pass") or not 0 < verb.i < len(verb.doc) - 1:
        return False
    named = verb.nbor(-1).tag_ in ("NNP", "NNPS", "PRP")
    after_name = named and (label(verb) != "acl" or verb.head.head == verb.head)
    return verb.nbor().lower_ == "that" or after_name or is_only_verb(verb)


def is_only_verb(verb: Token) -> bool:
    """Say whether a participle is the only verb that a sentence can be about: «The mayor called for calm»."""
    heads = label(verb) == "ROOT" or (label(verb) == "acl" and verb.head.head == verb.head)
    return heads and verb.nbor(-1).tag_ in ("NN", "NNS") and not any(t.tag_ in FINITE for t in verb.doc)
