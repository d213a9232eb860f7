"""What an accusation is about: the words behind its link, «charged with (sinking the ferry)», «accused of (fraud)»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from helpers.claims.shapes import is_adverbial_opener, is_time
from helpers.language.forms import find_lemma
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.syntax import FINITE, children, lemma

REACH = 14  # words from who is accused to what of: «accused on Friday by the dockers' union of ...»
LONGEST_NAME = 7  # words from a link to the offence: «with two counts of aggravated manslaughter»
INSIDE_WORDS = ("POS", "HYPH", "``", "''")


def find_ground(accusing: Token, links: Sequence[str], any_thing: bool, near: bool) -> int | None:
    """Find the link between an accusing word and what it is about: the place of its token, None where there is none.

    What it is about is an act or an offence; with `any_thing`, anything that is named: «accused of a cover-up». With
    `near`, as behind a noun, the link must follow at once.
    """
    doc = accusing.doc
    for t in doc[accusing.i + 1 : min(accusing.i + 1 + REACH, len(doc) - 1)]:
        if t.lower_ in links and _is_ground(t, accusing, any_thing):
            return t.i
        if near or t.tag_ in FINITE or (t.is_punct and t.tag_ not in INSIDE_WORDS):
            return None
    return None


def _is_ground(link: Token, accusing: Token, any_thing: bool) -> bool:
    opening = link.nbor()
    if is_act(opening):
        is_duty = lemma(accusing) == "charge" and find_lemma(opening.lower_, "VBG") in lexicon_index("duties")
        return not is_duty and (link.lower_ != "over" or _has_object(opening))
    return _names_offence(link) or (any_thing and link.lower_ in ("of", "for") and _is_nominal(opening))


def is_act(token: Token) -> bool:
    """Say whether a word is the participle of an act, whatever the tagger makes of it in a headline."""
    return token.tag_ == "VBG" or (token.lower_.endswith("ing") and len(token) > 5 and not children(token, "det"))


def end_of_thing(doc: Doc, first: int) -> list[int]:
    """Find where a thing that someone is accused of ends: before a time, what sets the scene, or a verb."""
    ends = (t.idx for t in doc[first:] if sets_ground(t) or t.tag_ in FINITE or is_time(doc[t.i : t.i + 2]))
    return list(islice(ends, 1))


def sets_ground(token: Token) -> bool:
    """Say whether a word leads to when or where, so that what someone is accused of ends before it."""
    prepositions = entries("circumstances", part_of_speech="preposition")
    return token.lower_ in prepositions - {"by"} or token.lower_ == "from" or is_adverbial_opener(token)


def _has_object(act: Token) -> bool:
    """Say whether something is done to something: «sued over leaking data», not «sued over the ferry's sinking»."""
    following = act.nbor() if act.i + 1 < len(act.doc) else None
    return following is not None and following.tag_.startswith(("DT", "PRP", "NN", "JJ", "CD"))


def _is_nominal(token: Token) -> bool:
    return token.tag_.startswith(("NN", "DT", "JJ", "PRP$", "CD", "``")) and token.lower_ not in ("course", "late")


def _names_offence(link: Token) -> bool:
    """Say whether a phrase is about an offence: its head, or the head of what it counts, «with two counts of fraud»."""
    for token in link.doc[link.i + 1 : link.i + 1 + LONGEST_NAME]:
        if token.tag_.startswith("NN") and lemma(token) in lexicon_index("offences"):
            following = token.nbor() if token.i + 1 < len(token.doc) else None
            return following is None or not following.tag_.startswith("NN")
        if not (_is_nominal(token) or token.tag_ == "CC" or token.lower_ in ("of", "-")):
            return False
    return False


def find_link(token: Token) -> int | None:
    """Find the preposition between an accusation and the act it is about, if there is one: the place of its token."""
    entry = lexicon_index("accusations").get(lemma(token))
    if entry is None or not token.tag_.startswith(("VB", "NN")) or token.i + 1 >= len(token.doc):
        return None
    links = entry["links"].split()
    active = is_active(token, entry)
    noun = token.tag_.startswith("NN") and not active
    if noun and entry["presents"] == "alleged":
        return None  # «a suspect in the theft»
    if not active and not noun and not _opens_phrase(token.nbor(), links):
        return None
    return find_ground(token, links, any_thing=entry["presents"] == "alleged", near=noun)


def accuses(token: Token) -> bool:
    """Say whether a word presents a whole statement as an allegation: «accused of», «alleged to have»."""
    entry = lexicon_index("accusations").get(lemma(token))
    return bool(entry and entry["presents"] == "alleged" and find_link(token))


def find_resumption(token: Token, link: int) -> list[int]:
    """Find where the sentence goes on behind what is set off: «Voss, who is accused of theft(,) resigned»."""
    if not is_set_off(token):
        return []
    return [t.idx for t in token.doc[link + 1 : -1] if t.text == "," and t.nbor().tag_ in (*FINITE, "VBN", "RB")][:1]


def is_set_off(token: Token) -> bool:
    """Say whether an accusation is only added to who is accused: behind a comma or «who»."""
    return any(t.text == "," or t.tag_ in ("WP", "WDT") for t in token.doc[max(0, token.i - 5) : token.i])


def is_active(token: Token, entry: dict[str, str]) -> bool:
    """Say whether a verb of accusing has its object behind it, and somebody before it: «Police suspect the captain of»."""
    takes_object = entry["presents"] == "alleged" or entry["objects"] == "yes"
    if not takes_object or token.i == 0 or token.i + 1 >= len(token.doc) or children(token, "aux:pass"):
        return False
    if entry["presents"] != "alleged" and token.tag_.startswith("NN"):
        return False
    before = [t for t in token.doc[max(0, token.i - 3) : token.i] if lemma(t) not in ("be", "have") and t.tag_ != "RB"]
    opens = token.nbor().tag_.startswith(("DT", "NN", "PRP", "CD", "JJ")) and not is_time([token.nbor()])
    if not opens or not before or not before[-1].tag_.startswith(("NN", "PRP")):
        return False
    return _can_be_accused(token.nbor())


def _can_be_accused(opening: Token) -> bool:
    """Say whether a noun phrase names a person or an organisation: «charged (the captain) with», not «(the hill) with»."""
    rest = opening.doc[opening.i :]
    head = next((t for t in rest if t.tag_.startswith(("NN", "PRP")) and not _is_part_of_name(t)), opening)
    named = opening.text[:1].isupper() or head.tag_ == "PRP"
    return named or can_accuse(head) or head.lower_ in lexicon_index("gendered_words")


def _is_part_of_name(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().tag_.startswith(("NN", "POS"))


def _opens_phrase(token: Token, links: Sequence[str]) -> bool:
    """Say whether what follows a participle is no object: a preposition, an adverb or a time."""
    return token.lower_ in links or token.tag_ in ("IN", "RB") or is_time([token])


def can_accuse(noun: Token) -> bool:
    """Say whether a noun names a person or an organisation, by its form or the lists of who speaks and holds office."""
    word = lemma(noun)
    listed = word in lexicon_index("speaker_nouns") or word in lexicon_index("titles")
    organisation = lexicon_index("entity_cues").get(word, {}).get("kind") == "organisation"
    return organisation or listed or noun.tag_ in ("NNP", "NNPS")
