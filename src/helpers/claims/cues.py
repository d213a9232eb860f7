"""The verbs of saying of a sentence, each with who says it, as far as the sentence tells: what readings are given to read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Cue, Sentence
from helpers.claims.shapes import speaks
from helpers.claims.sources import agrees_in_number, find_headline_source, find_source, has_no_speaker
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Quotation, Span
from helpers.language.syntax import children, is_verb, lemma

LONGEST_SMALL_WORD = 4  # letters of the words that headlines write small
LONGEST_AGENT = 8  # words from «blamed by» to «for»


def read_sentence(doc: Doc, speech: Sequence[Quotation], stated: bool = True) -> Sentence:
    """Give a parsed sentence with its verbs of saying."""
    sentence = Sentence(doc, speech, stated)
    return replace(sentence, cues=tuple(_find_cues(sentence.own_words)))


def _find_cues(words: Iterable[Token]) -> Iterable[Cue]:
    """Find the verbs of saying among words that do say something."""
    verbs = lexicon_index("reporting_verbs")
    for token in words:
        if not speaks(token) or verbs[lemma(token)]["takes"] == "speech" or _is_noun_after_all(token):
            continue
        if not _says_nothing(token, verbs[lemma(token)]):
            yield _make_cue(token, verbs[lemma(token)])


def _make_cue(verb: Token, entry: dict[str, str]) -> Cue:
    link = _find_bare_link(verb)
    source = None if has_no_speaker(verb) else find_source(verb) or find_headline_source(verb)
    return Cue(verb, entry, link, source, link is None and _tells(verb, source))


def _tells(verb: Token, source: Span | None) -> bool:
    """Say whether somebody in particular speaks: «it is worth noting that» and «to say that» tell of nobody."""
    if has_no_speaker(verb):
        return False
    if source is not None:
        return agrees_in_number(verb, source)
    return verb.tag_ != "VB" or bool(children(verb, "aux:pass"))


def _is_noun_after_all(token: Token) -> bool:
    """Say whether a supposed verb is a noun: «these claims», «such reports», «the United States» in running text."""
    doc = token.doc
    if token.i and token.text[:1].isupper() and token.nbor(-1).text[:1].isupper():
        return sum(t.is_lower and len(t) > LONGEST_SMALL_WORD for t in doc) > 1
    return token.tag_ == "VBZ" and token.i > 0 and token.nbor(-1).lower_ in ("these", "those", "such", "the", "its")


def _says_nothing(verb: Token, entry: dict[str, str]) -> bool:
    """Say whether a verb is no act of saying here: «disparaging remarks», «The storm claimed lives», «without saying»."""
    describes = verb.i > 0 and verb.nbor(-1).text != "," and not children(verb, "aux")
    if verb.tag_ == "VBG" and entry["takes"] == "np" and describes:
        return True
    without = verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).lower_ == "without"
    return without or _does_something_to(verb)


def _does_something_to(verb: Token) -> bool:
    """Say whether a verb of saying acts on its object: «The storm claimed three lives», «The clinic admitted patients»."""
    act = lexicon_index("acts_not_speech").get(lemma(verb))
    things = children(verb, "obj", "obl:unmarked", *(["nsubj:pass"] if act else []))
    return act is not None and any(lemma(thing) in act["objects"].split() for thing in things)


def _find_bare_link(verb: Token) -> int | None:
    """Find the link of a passive that lacks its auxiliary: «Mayor blamed (for) the delay», «Firm urged by union (to) pay».

    Such a verb has its object before it: who is blamed or told is never who blames or tells.
    """
    entry = lexicon_index("verbs_done_to_people").get(lemma(verb))
    doc, first = verb.doc, verb.i + 1
    if entry is None or verb.tag_ not in ("VBD", "VBN") or children(verb, "aux", "aux:pass"):
        return None
    opens = takewhile(lambda token: not token.is_punct and not is_verb(token), doc[first : first + LONGEST_AGENT])
    link = next((t for t in opens if t.lower_ in entry["links"].split()), None)
    if link is None or link.i + 1 >= len(doc) or (link.i > first and doc[first].lower_ != "by"):
        return None
    return None if link.lower_ == "to" and not link.nbor().tag_.startswith("VB") else link.i
