"""Who says it: the source of a verb of saying, read off the parse where it holds and off the words where not."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from helpers.claims.shapes import comma_before, is_between, is_main_verb, is_only_verb, is_time, speaks, tokens_in, trim
from helpers.claims.source_places import find_source_before, name_source
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, SUBJECTS, children, is_verb, label, lemma, subject_of


def find_source(verb: Token) -> Span | None:
    """Find who says it: the agent of a passive, who is named right before the verb, or the subject that it goes on from."""
    if _is_passive_form(verb):
        return _name_agent(verb)
    own = next(iter(children(verb, *SUBJECTS)), None)
    named = find_source_before(verb) if _may_be_named_before(verb, own) else None
    if named is not None:
        return _name_antecedent(verb) if _is_that(verb, named) else named
    spoken = _find_verb_before(verb) if own is None else None
    if spoken is not None:
        return find_source(spoken)
    subject = _resolve_pronoun(own or _infer_subject(verb), verb)
    if subject is None or not _can_speak(subject, verb):
        return None
    return name_source(subject, verb if label(subject) in SUBJECTS or subject.is_ancestor(verb) else None)


def _is_passive_form(verb: Token) -> bool:
    """Say whether a verb is passive, be it by the auxiliary of a verb before it: «was arrested and accused of»."""
    if children(verb, "aux:pass"):
        return True
    behind = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    if verb.lower_ in ("accused", "suspected", "charged") and behind in ("of", "with"):
        return True  # a headline: «Acme accused of hiding the report»
    shares = verb.tag_ == "VBN" and label(verb) == "conj" and not children(verb, *SUBJECTS, "aux")
    return shares and bool(children(verb.head, "aux:pass"))


def _name_agent(verb: Token) -> Span | None:
    """Name who does what a passive tells: the noun behind «by»."""
    behind_by = (c for c in children(verb, "obl") if any(case.lower_ == "by" for case in children(c, "case")))
    agent = next(iter(children(verb, "obl:agent")), None) or next(behind_by, None)
    return name_source(agent, verb) if agent is not None else None


def _may_be_named_before(verb: Token, own: Token | None) -> bool:
    """Say whether who is named right before a verb can be who speaks: no subject follows, and the form carries a frame."""
    is_frame = verb.tag_ == "VBN" or label(verb) not in ("conj", "acl:relcl")
    return (own is None or own.i < verb.i) and is_frame and _is_frame_form(verb)


def _is_frame_form(verb: Token) -> bool:
    """Say whether a verb can carry a frame: it is finite, or a participle by tag alone («the Herald reported that»)."""
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    if verb.tag_ != "VBN" or children(verb, "aux", "aux:pass") or not 0 < verb.i < len(verb.doc) - 1:
        return False
    named = verb.nbor(-1).tag_ in ("NNP", "NNPS", "PRP")
    after_name = named and (label(verb) != "acl" or verb.head.head == verb.head)
    return verb.nbor().lower_ == "that" or after_name or is_only_verb(verb)


def _is_that(verb: Token, named: Span) -> bool:
    return verb.doc.text[named.start : named.end].casefold() == "that"


def _name_antecedent(verb: Token) -> Span | None:
    antecedent = _find_antecedent(verb)
    return name_source(antecedent) if antecedent is not None else None


def _find_verb_before(verb: Token) -> Token | None:
    """Find the verb whose speaker goes on: «and said», or «The document tells of X, suggesting that ...»."""
    coordinated = _find_coordinated(verb)
    if coordinated is not None or not _is_set_off(verb):
        return coordinated
    speaking = [t for t in verb.doc[: verb.i] if speaks(t) and t.tag_ in ("VBD", "VBZ", "VBP")]
    return speaking[0] if speaking and subject_of(speaking[0]) is not None else None


def _is_set_off(verb: Token) -> bool:
    return verb.tag_ == "VBG" and comma_before(verb) is not None


def _find_coordinated(verb: Token) -> Token | None:
    """Find the verb that «and said» goes on from: the nearest one before it in the same form, whatever the parse says."""
    before = verb.i - 1
    while before > 0 and is_between(verb.doc[before]):
        before -= 1
    if before < 1 or verb.doc[before].tag_ != "CC" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if label(verb) == "conj" and verb.head.tag_ == verb.tag_ and label(verb.head) != "acl:relcl":
        return None
    return _find_alike(verb, [t for t in verb.doc[:before] if _heads_clause(t)])


def _heads_clause(token: Token) -> bool:
    """Say whether a finite verb is that of a clause of its own: no auxiliary, behind no pronoun or conjunction."""
    return is_main_verb(token) and token.i > 0 and token.nbor(-1).tag_ not in ("WP", "WDT", "CC")


def _find_alike(verb: Token, finite: list[Token]) -> Token | None:
    """Find the last verb in the form of another, or before «and said that» the last verb of saying in any form."""
    that = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "that"
    alike = [t for t in finite if t.tag_ == verb.tag_] or [t for t in finite if that and speaks(t)]
    return alike[-1] if alike else None


def _infer_subject(verb: Token) -> Token | None:
    """Find the subject of a verb that has none of its own: that of the clause above it, or of the whole sentence."""
    hangs_on_noun = label(verb) == "acl" and verb.tag_ in ("VB", "VBG") and not _is_document(verb.head)
    above = _subject_above(verb.head) if hangs_on_noun else subject_of(verb)
    if not _is_set_off(verb):
        return above
    root = next(token for token in verb.doc if token.head == token)
    return subject_of(root) or above


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


def _resolve_pronoun(subject: Token | None, verb: Token) -> Token | None:
    """Put what a relative clause is about in the place of its pronoun."""
    if subject is None or subject.tag_ not in ("WDT", "WP") or label(verb) not in ("acl:relcl", "acl"):
        return subject
    return _find_antecedent(verb) if is_time([verb.head]) else verb.head


def _find_antecedent(verb: Token) -> Token | None:
    """Find what a relative clause behind a time is about: «He saw a surgeon on Monday, who told him that ...»."""
    before = list(takewhile(lambda token: token.tag_ not in ("WP", "WDT"), verb.doc))
    nouns = [t for t in before if t.i < verb.i and t.tag_.startswith("NN") and label(t) not in ("compound", "flat")]
    return next((noun for noun in reversed(nouns) if not _tells_time(noun)), None)


def _tells_time(noun: Token) -> bool:
    return is_time([noun]) or noun.lower_ in lexicon_index("parts_of_day")


def _can_speak(subject: Token, verb: Token) -> bool:
    """Say whether a subject names somebody: a nominal word, and no «it» or «there» that stands for nothing."""
    stands_for_nothing = subject.lower_ in ("it", "there") and children(verb, "expl")
    return subject.tag_.startswith(("NN", "PRP", "CD", "DT", "JJ")) and not stands_for_nothing


def find_headline_source(verb: Token) -> Span | None:
    """Take what opens a headline for the source of its first finite verb: «Lawsuit filed last year claims ...»."""
    before = verb.doc[: verb.i]
    opens = verb.i > 0 and before[0].tag_.startswith("NN") and len(before) <= 8
    if verb.tag_ != "VBZ" or not opens or any(t.is_punct or t.tag_ in FINITE for t in before):
        return None
    return trim(verb.doc.text, Span(0, verb.idx))


def agrees_in_number(verb: Token, source: Span) -> bool:
    """Say whether a form in the plural has a source in the plural: «an hourlong show» shows nothing."""
    if verb.tag_ not in ("VBP", "VB") or children(verb, "aux", "mark"):
        return True
    words = tokens_in(verb.doc, source)
    head = next((t for t in words if t.i + 1 > words[-1].i or t.nbor().tag_ in ("IN", ",", "WP", "WDT")), None)
    if head is None or any(t.lower_ in ("and", "&") for t in words) or head.lower_ in lexicon_index("collective_nouns"):
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
    return verb.tag_ == "VB" and label(verb) == "xcomp" and lemma(verb.head) in lexicon_index("verbs_of_refusing")
