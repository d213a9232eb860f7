"""Who says what in one sentence: source, cue and content, read off the parse and the quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.claims.boundaries import settle_boundaries
from helpers.claims.frames import find_content
from helpers.claims.readings.asides import read_according, read_beside, read_inverted, read_parenthesis
from helpers.claims.readings.clauses import read_clause, read_noun
from helpers.claims.readings.misparses import read_misparsed
from helpers.claims.readings.objects import read_object, read_predicate
from helpers.claims.readings.passives import (
    find_bare_link,
    read_bare_passive,
    read_impersonal,
    read_passive,
    read_raised,
)
from helpers.claims.readings.quoting import take_speech
from helpers.claims.sayers import agrees_in_number, find_headline_source, find_source, has_no_speaker
from helpers.claims.saying import Attribution, is_inside, prepare_attribution
from helpers.language.lexicons import lexicon_index
from helpers.language.quotations import Quotation
from helpers.language.syntax import children, is_verb, lemma


def find_attributions(doc: Doc, quotations: Sequence[Quotation], speech: Sequence[Quotation]) -> list[Attribution]:
    """Find the attributions of a parsed sentence; `quotations` and `speech` (those that give speech) lie in it."""
    verbs = lexicon_index("reporting_verbs")
    found: list[Attribution] = []
    for token in doc:
        if is_inside(token, speech):
            continue
        if _is_noun_after_all(token):
            continue
        if is_verb(token) and lemma(token) in verbs and verbs[lemma(token)]["takes"] != "speech":
            found.extend(_read_verb(token, verbs[lemma(token)]))
        elif token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            found.extend(read_according(token))
        elif lemma(token) in lexicon_index("reporting_nouns") and token.tag_.startswith("NN"):
            found.extend(read_noun(token))
    found.extend(read_misparsed(doc, speech))
    take_speech(doc, found, speech)
    return settle_boundaries(doc, found)


def _is_noun_after_all(token: Token) -> bool:
    """Say whether a supposed verb is the noun of «these claims», «such reports»."""
    return token.tag_ == "VBZ" and token.i > 0 and token.nbor(-1).lower_ in ("these", "those", "such", "the", "its")


def _read_verb(verb: Token, entry: dict[str, str]) -> list[Attribution]:
    """Read what a verb of saying frames: the surest reading first, from a whole clause to what it only names."""
    if verb.tag_ == "VBG" and entry["takes"] == "np" and _is_modifier(verb):
        return []
    if _does_something_to(verb):
        return []
    if verb.tag_ == "VBG" and verb.i and verb.nbor(-1).lower_ == "without":
        return []  # «It goes without saying that»
    framed = read_inverted(verb, entry) or read_parenthesis(verb, entry)
    if framed is not None:
        return [framed]
    link = find_bare_link(verb)
    if link is not None:
        return read_bare_passive(verb, entry, link)
    source = None if has_no_speaker(verb) else find_source(verb) or find_headline_source(verb)
    if source is not None and not agrees_in_number(verb, source):
        return []
    if has_no_speaker(verb) or (source is None and verb.tag_ == "VB" and not children(verb, "aux:pass")):
        return []  # «it is worth noting that», «to say that»: nobody in particular speaks
    make = prepare_attribution(verb, source, entry["stance"])
    said = read_clause(verb, make, source)
    if said is None and children(verb, "aux:pass", "obl:agent"):
        said = read_impersonal(verb, entry) or read_passive(verb, entry, source) or read_raised(verb, entry)
    if said is None and not children(verb, "aux:pass"):
        content = find_content(verb, source, entry["bare"] == "yes")
        said = make([content], 0.8) if content is not None else None
    if said is not None:
        return [said]
    takes_object = entry["stance"] == "denies" or (entry["stance"] == "alleges" and entry["objects"])
    denied = read_object(verb, make, source) if takes_object else []
    return denied or read_predicate(verb, entry["objects"].split(), make, source) or read_beside(verb, make, source)


def _does_something_to(verb: Token) -> bool:
    """Say whether a verb of saying acts on its object: «The storm claimed three lives», «The clinic admitted patients»."""
    act = lexicon_index("acts_not_speech").get(lemma(verb))
    return act is not None and any(lemma(t) in act["objects"].split() for t in children(verb, "obj"))


def _is_modifier(verb: Token) -> bool:
    """Say whether a participle only describes a noun: «disparaging remarks», «tweets criticising the mayor»."""
    return verb.i > 0 and verb.nbor(-1).text != "," and not children(verb, "aux")
