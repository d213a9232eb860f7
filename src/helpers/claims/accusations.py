"""What someone is accused of without anybody asserting it: «charged with sinking the ferry», «sued for leaking data».

That a captain was charged is a fact; that he sank the ferry is an allegation, and must never pass for a fact about him.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, cue_span
from helpers.claims.contents import last_of_predicate
from helpers.claims.grounds import (
    accuses,
    can_accuse,
    end_of_thing,
    find_link,
    find_resumption,
    is_act,
    is_active,
    is_set_off,
    sets_ground,
)
from helpers.claims.shapes import is_inside, is_time, span_of, trim
from helpers.claims.source_places import find_source_before
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span, overlap
from helpers.language.syntax import FINITE, SUBJECTS, children, is_negated, label, lemma, subtree_span

SURE = 0.5  # what another reading has found with more than this stands


def settle_accusations(doc: Doc, found: Sequence[Attribution], speech) -> list[Attribution]:
    """Add to what `found` has read what the accusations of a sentence allege: contents and who accuses, if told.

    What the accused is said to have done is the content; behind an active verb it begins with who is accused. A reading
    of `found` that took the ground of a passive accusation for a part of the accuser is replaced.
    """
    read = [a for token in doc if not is_inside(token, speech) for a in _read_accusation(token, found)]
    replaced = {a.verb.i for a in read if a.verb is not None}
    kept = [a for a in found if a.verb is None or a.verb.i not in replaced]
    return [*kept, *read]


def _read_accusation(token: Token, found: Sequence[Attribution]) -> list[Attribution]:
    link = find_link(token)
    if link is None:
        told = _find_told(token)
        content, by = (told, None) if told is not None else (None, None)
    elif not _is_unaccused(token):
        content, by = _read_ground(token, link, found)
        if by is None and accuses(token) and _is_whole(token):
            return []  # «Mayor accused of hiding the report»: the whole is told as an allegation that nobody owns
    else:
        content = None
    if content is None or content.end - content.start < 3 or _is_read(token, content, by, found):
        return []
    return [Attribution(cue_span(token), by, (content,), "alleges", 0.6, named=True, verb=token)]


def _is_unaccused(token: Token) -> bool:
    """Say whether somebody is not accused: «was not charged with», «not arrested or charged with», «cleared of charges of»."""
    shares = label(token) == "conj" and not children(token, *SUBJECTS)
    cleared = token.tag_.startswith("NN") and any(
        lemma(t) in lexicon_index("verbs_of_clearing") for t in token.doc[max(0, token.i - 4) : token.i]
    )
    return cleared or is_negated(token) or (shares and is_negated(token.head))


def _is_read(token: Token, content: Span, by: Span | None, found: Sequence[Attribution]) -> bool:
    """Say whether another reading has the content already; one of the same passive that lacks its accuser has not."""
    for attribution in found:
        overlaps = any(overlap(content, whole) > 0 for whole in attribution.contents)
        same = attribution.verb == token
        if not overlaps or (same and children(token, "aux:pass") and attribution.source is None and by is not None):
            continue
        if same or attribution.stance == "denies" or attribution.confidence > SURE:
            return True
    return False


def _read_ground(token: Token, link: int, found: Sequence[Attribution]) -> tuple[Span, Span | None]:
    """Read what is laid to someone behind a link, and who lays it: named before the link, at the end, or the subject."""
    doc = token.doc
    content = trim(doc.text, span_of(doc, link + 1, last_of_predicate(token, link + 1)))
    ends = [a.cue.start for a in found if a.cue.start > content.start and a.verb != token]
    ends += [subtree_span(token).end] if label(token) == "acl" else []  # «The firm, accused of dumping oil, has hired»
    ends += find_resumption(token, link)
    ends += [] if is_act(doc[link + 1]) else end_of_thing(doc, link + 2)
    content = trim(doc.text, Span(content.start, min([content.end, *ends])))
    if is_active(token, lexicon_index("accusations")[lemma(token)]):
        return Span(doc[token.i + 1].idx, content.end), find_source_before(token)
    by = _find_accuser(doc, token.i + 1, link)
    return (content, by) if by is not None else _part_accuser(doc, content, not is_act(doc[link + 1]))


def _is_whole(token: Token) -> bool:
    """Say whether an accusation is what its sentence tells, not what it adds to a name: «Mayor accused of hiding it»."""
    if is_set_off(token):
        return False
    others = [t for t in token.doc if t.tag_ in FINITE and t.head != token and t != token]
    return token.head == token or lemma(token.head) == "stand" or not others


def _find_accuser(doc: Doc, first: int, link: int) -> Span | None:
    """Find who accuses: «by the dockers' union», up to a time or the link."""
    by = next((t.i for t in doc[first:link] if t.lower_ == "by"), None)
    if by is None or by + 1 >= link:
        return None
    times = [t.i for t in doc[by + 1 : link] if t.tag_ == "IN" and t.i + 1 < link and is_time([t.nbor()])]
    return trim(doc.text, span_of(doc, by + 1, min([link, *times]) - 1))


def _part_accuser(doc: Doc, content: Span, names_thing: bool) -> tuple[Span, Span | None]:
    """Part who accuses from the end of what is laid to someone: «accused of fraud (by the dockers' union)».

    Behind a thing whoever is named by «by» accuses; behind an act only a noun of who speaks does.
    """
    inside = [t for t in doc if content.start <= t.idx < content.end]
    by = next((t for t in reversed(inside[1:-1]) if t.lower_ == "by"), None)
    if by is None or is_act(by.nbor()):
        return content, None
    named = [t for t in inside if t.i > by.i]
    stop = next((place for place, t in enumerate(named) if t.tag_ == "IN" and sets_ground(t)), len(named))
    named = named[:stop]
    speaks = named and (can_accuse(named[-1]) or (names_thing and named[-1].tag_.startswith("NN")))
    if not speaks or any(t.tag_ in FINITE or (t.is_punct and t.tag_ != "POS") for t in named):
        return content, None
    return trim(doc.text, Span(content.start, by.idx)), span_of(doc, named[0].i, named[-1].i)


def _find_told(noun: Token) -> Span | None:
    """Find the clause of an accusing noun by words: «faces allegations (it hid the report)», «charges that he stole».

    What follows the verb must complete it: «the charges that he faces in court» are not told.
    """
    doc, begin = noun.doc, _find_told_clause(noun)
    if begin is None:
        return None
    last = last_of_predicate(noun, noun.i + 1)
    if noun.i == 1 and _is_behind_preposition(noun):  # «Amid claims the firm hid it, its head resigned»
        last = next((t.i - 1 for t in doc[begin : last + 1] if t.text == ","), last)
    verb = next((t for t in doc[begin : last + 1] if t.tag_ in FINITE), None)
    if verb is None or verb.i == begin or verb.i + 1 >= len(doc) or any(t.is_punct for t in doc[begin : verb.i]):
        return None
    complete = verb.nbor().tag_.startswith(("DT", "NN", "PRP", "JJ", "CD", "VB", "TO"))
    return trim(doc.text, span_of(doc, begin, last)) if complete and not is_time(doc[verb.i + 1 : verb.i + 3]) else None


def _find_told_clause(noun: Token) -> int | None:
    """Find where the clause of an accusing noun begins: behind «that», or a pronoun, or «Amid claims (the firm ...)»."""
    entry = lexicon_index("reporting_nouns").get(lemma(noun))
    behind = _is_behind_preposition(noun)  # whatever the tag: «Amid claims»
    is_noun = noun.tag_.startswith("NN") or behind
    if entry is None or entry["stance"] != "alleges" or not is_noun or noun.i + 4 > len(noun.doc):
        return None
    following = noun.nbor()
    if following.lower_ == "that":
        return following.i + 1
    opens = following.lower_ in ("he", "she", "it", "they") or (behind and following.tag_ == "DT")
    return following.i if opens else None


def _is_behind_preposition(noun: Token) -> bool:
    return noun.i > 0 and noun.nbor(-1).tag_ == "IN"
