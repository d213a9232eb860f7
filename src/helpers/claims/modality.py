"""How an article presents a statement: as a fact, an allegation, a denial, a report, or a mere possibility."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution
from helpers.claims.grounds import accuses
from helpers.claims.slots import find_predicate, unwrap
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, children, is_negated, label, lemma, modals_of, tokens_within

BY_STANCE = {
    "alleges": "alleged",
    "denies": "denied",
    "asserts": "reported",
    "concedes": "reported",
    "reports": "reported",
}
DOUBTFUL = frozenset({"may", "might"})
ACCUSING = frozenset({"accuse", "allege", "suspect"})
CLAUSES = ("acl", "acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "appos")


def judge_modality(doc: Doc, content: Span, attribution: Attribution | None, head: Token | None = None) -> str:
    """Judge how a statement is presented: by who says it and how, and by the hedges of its own predicate.

    A hedge inside a relative clause or an apposition says nothing of the statement around it.
    """
    if attribution is not None:
        if doc.text[content[0] : content[1]].endswith("?"):
            return "hypothetical"  # a question that someone asks states nothing
        if attribution.stance == "denies":
            return "denied"
        if attribution.hypothetical:
            return "hypothetical"
    predicate = head or find_predicate(doc, content)
    hedged = "alleged" if is_accusation(doc, content, head) else None
    if hedged is None and predicate is not None:
        hedged = _read_hedges(predicate, content)
    if hedged is None and any(_raises_headline(token) for token in _headline_words(doc, content)):
        hedged = "reported"
    if hedged == "alleged":
        return "alleged"
    raises = attribution is not None and attribution.source is None and content[0] <= attribution.cue[0] < content[1]
    if attribution is not None and not (raises and hedged):
        return BY_STANCE[attribution.stance]
    return hedged or "fact"


def is_accusation(doc: Doc, content: Span, head: Token | None = None) -> bool:
    """Say whether a statement tells that someone is accused, in the passive: «is alleged to have», «was accused of»."""
    predicate = head or find_predicate(doc, content)
    if predicate is not None and any(_accuses(verb) for verb in _with_stand(unwrap(predicate))):
        return True
    return any(_accuses(token) for token in _headline_words(doc, content))


def _accuses(verb: Token) -> bool:
    is_passive_form = verb.tag_ == "VBN" and lemma(verb) in ACCUSING and bool(children(verb, "aux:pass"))
    return accuses(verb) or is_passive_form or _raises_headline(verb) == "alleged"


def _with_stand(raised: list[Token]) -> list[Token]:
    """Add the participle of «She stands accused of»."""
    standing = [verb for verb in raised if lemma(verb) == "stand"]
    return [*raised, *(child for verb in standing for child in children(verb, "advcl", "xcomp"))]


def _headline_words(doc: Doc, content: Span) -> list[Token]:
    """List the words of a headline without a finite verb, «Mayor accused of hiding the report», but nothing set off."""
    words = tokens_within(doc, content)
    finite = [t for t in words if t.tag_ in FINITE and _raises_headline(t) is None]
    return [] if finite else [t for t in words if t.i == 0 or t.nbor(-1).text != ","]


def _raises_headline(verb: Token) -> str | None:
    """Read what a participle without auxiliary presents an infinitive as: «Soldiers believed to have looted museum»."""
    following = verb.doc[verb.i + 1 : verb.i + 3]
    raises = len(following) == 2 and following[0].tag_ == "TO" and following[1].lower_ in ("have", "be")
    if not raises or verb.tag_ not in ("VBN", "VBD") or lemma(verb) == "claim" or children(verb, "aux", "aux:pass"):
        return None
    entry = lexicon_index("raising_words").get(lemma(verb), {})
    presents = entry.get("presents") if entry.get("kind") == "passive" else None
    return presents if presents in ("alleged", "reported") else None


def _read_hedges(predicate: Token, content: Span) -> str | None:
    """Read what the verbs above a predicate, its adverbs and modals, and the adjectives of its nouns leave open."""
    raised = unwrap(predicate)
    found = {_read_raising(verb) for verb in raised[:-1]}
    for verb in raised:
        found |= {_read_hedge(token) for token in _own_words(verb, content)}
    found.discard(None)
    for modality in ("alleged", "reported", "hypothetical"):
        if modality in found:
            return modality
    return "hypothetical" if any(map(_is_possible, raised)) else None


def _read_raising(verb: Token) -> str | None:
    presents = lexicon_index("raising_words").get(lemma(verb), {}).get("presents")
    return presents if presents in ("alleged", "reported", "hypothetical") else None


def _read_hedge(token: Token) -> str | None:
    entry = lexicon_index("hedges").get(token.lower_)
    if entry is None or not entry["modality"]:
        return None
    fits = label(token) == "amod" if entry["reach"] == "adjective" else token.tag_ != "JJ" or label(token) != "amod"
    return entry["modality"] if fits else None


def _own_words(verb: Token, content: Span) -> list[Token]:
    """List the adverbs of a verb, and the adjectives of its subject and object, not those of clauses inside them."""
    own = []
    for child in verb.children:
        if not content[0] <= child.idx < content[1] or label(child) in CLAUSES or label(child) == "conj":
            continue
        own.append(child)
        if label(child) in ("nsubj", "nsubj:pass", "obj"):
            own += children(child, "amod")
        elif label(child) in ("obl", "obl:unmarked", "advmod", "cop", "aux", "aux:pass"):
            own += children(child, "advmod")
    return own


def _is_possible(verb: Token) -> bool:
    """Say whether a predicate is only possible, or hangs on a condition."""
    modals = {token.lower_ for token in modals_of(verb)}
    if modals & DOUBTFUL or _hangs_on_condition(verb, bool(modals)):
        return True
    if (
        "could" in modals
        and not is_negated(verb)
        and not _tells_of_past(verb)
        and lemma(verb) not in lexicon_index("verbs_of_perceiving")
    ):
        return True  # but «shots could be heard» tells what was heard
    return bool(modals & {"would", "could"}) and any(token.lower_ == "have" for token in children(verb, "aux"))


def _hangs_on_condition(verb: Token, modal: bool) -> bool:
    """Say whether a predicate holds only if something else does, or is itself the condition."""
    conditions = [clause for clause in children(verb, "advcl") if _is_conditional(clause)]
    timeless = _is_present(verb) and any(clause.i < verb.i for clause in conditions)
    return timeless or (modal and bool(conditions)) or _is_conditional(verb)


def _is_conditional(clause: Token) -> bool:
    return any(mark.lower_ in entries("clause_openers", kind="condition") for mark in children(clause, "mark"))


def _is_present(verb: Token) -> bool:
    return any(token.tag_ in ("VBZ", "VBP") and token.lower_ not in ("has", "have") for token in [verb, *verb.children])


def _tells_of_past(verb: Token) -> bool:
    """Say whether «could» tells of an ability that was: the verbs beside or above it speak of the past."""
    beside = [*verb.ancestors, *children(verb, "conj", "advcl")]
    return any(token.tag_ == "VBD" for token in beside)
