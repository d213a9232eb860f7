"""What someone is accused of without anybody asserting it: «charged with sinking the ferry», «sued for leaking data».

That a captain was charged is a fact; that he sank the ferry is an allegation, and must never pass for a fact about him.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.frames import FINITE, find_source_before, is_time, span_of, trim
from helpers.lexicons import lexicon_index
from helpers.objects import last_of_predicate
from helpers.saying import Attribution, cue_span, is_inside, overlap
from helpers.sentences import Span
from helpers.syntax import children, is_negated, label, lemma, subtree_span

REACH = 14  # words from who is accused to what of: «accused on Friday by the dockers' union of ...»


def read_accusations(doc: Doc, found: Sequence[Attribution], speech) -> list[Attribution]:
    """Read what is alleged by the accusations of a sentence that `found` has not read: contents and who accuses, if told.

    What the accused is said to have done is the content; behind an active verb it begins with who is accused.
    """
    read = []
    for token in doc:
        link = find_link(token)
        if link is None or is_negated(token) or is_inside(token, speech):
            continue
        content = trim(doc.text, span_of(doc, link + 1, last_of_predicate(token, link + 1)))
        ends = [attribution.cue.start for attribution in found if attribution.cue.start > content.start]
        ends += (
            [subtree_span(token).end] if label(token) == "acl" else []
        )  # «The firm, accused of dumping oil, has hired ...»
        content = trim(doc.text, Span(content.start, min([content.end, *ends])))
        if any(
            overlap(content, whole) > 0 for a in found if a.verb == token or a.confidence > 0.5 for whole in a.contents
        ):
            continue
        by = _find_accuser(doc, token.i + 1, link)
        if by is None and lexicon_index("accusations")[lemma(token)]["presents"] and not _is_active(token):
            continue  # «Mayor accused of hiding the report»: the whole is told as an allegation, nobody in particular makes it
        if _is_active(token):
            by, content = find_source_before(token), Span(doc[token.i + 1].idx, content.end)
        read.append(Attribution(cue_span(token), by, [content], "alleges", 0.6, named=True, verb=token))
    return read


def find_link(token: Token) -> int | None:
    """Find the preposition between an accusation and the act it is about, if there is one: the place of its token.

    Of verbs that do nothing but accuse also in the active voice, however they are tagged: «Police suspect the captain of».
    """
    entry = lexicon_index("accusations").get(lemma(token))
    if entry is None or not token.tag_.startswith(("VB", "NN")) or token.i + 1 >= len(token.doc):
        return None
    doc, links = token.doc, entry["links"].split()
    active = _is_active(token)
    noun = token.tag_.startswith("NN") and not active
    if not active and not noun and not _opens_phrase(token.nbor(), links):
        return None  # an object follows: «charged the captain with ...» says who charged, and is read as that
    for t in doc[token.i + 1 : min(token.i + 1 + REACH, len(doc) - 1)]:
        if t.lower_ in links and _is_act(t.nbor()):
            return t.i
        if noun or t.tag_ in FINITE or (t.is_punct and t.tag_ not in ("POS", "HYPH", "``", "''")):
            return None
    return None


def _is_active(token: Token) -> bool:
    """Say whether a verb that only accuses has an object behind it, and somebody before it."""
    accuses = lexicon_index("accusations").get(lemma(token), {}).get("presents") == "alleged"
    if not accuses or token.i == 0 or token.i + 1 >= len(token.doc) or children(token, "aux:pass"):
        return False
    return token.nbor().tag_.startswith(("DT", "NN", "PRP")) and token.nbor(-1).tag_.startswith(("NN", "PRP"))


def _opens_phrase(token: Token, links: Sequence[str]) -> bool:
    """Say whether what follows a participle is no object: a preposition, an adverb or a time."""
    return token.lower_ in links or token.tag_ in ("IN", "RB") or is_time([token])


def _is_act(token: Token) -> bool:
    """Say whether a word is the participle of an act, whatever the tagger makes of it in a headline."""
    return token.tag_ == "VBG" or (token.lower_.endswith("ing") and len(token) > 5 and not children(token, "det"))


def _find_accuser(doc: Doc, first: int, link: int) -> Span | None:
    """Find who accuses: «by the dockers' union», up to a time or the link."""
    by = next((t.i for t in doc[first:link] if t.lower_ == "by"), None)
    if by is None or by + 1 >= link:
        return None
    times = [t.i for t in doc[by + 1 : link] if t.tag_ == "IN" and t.i + 1 < link and is_time([t.nbor()])]
    return trim(doc.text, span_of(doc, by + 1, min([link, *times]) - 1))
