"""«the allegation that the pier fell», «Vale's denial that ...»: what is said as the clause of a noun of saying."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from helpers.claims.attribution import Attribution, Sentence, cue_span
from helpers.claims.contents import content_of
from helpers.claims.shapes import has_finite, has_that, speaks
from helpers.claims.source_places import name_source
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import children, lemma, subject_of, subtree_span


def read_nouns(sentence: Sentence, /) -> Iterable[Attribution]:
    """Read the nouns of saying with a clause of their own."""
    nouns, intents = lexicon_index("reporting_nouns"), lexicon_index("nouns_of_intent")
    for token in sentence.own_words:
        if token.tag_.startswith("NN") and lemma(token) in nouns:
            yield from _read(token, nouns[lemma(token)]["stance"])
        if token.tag_.startswith("NN") and lemma(token) in intents:
            yield from _read_intent(token, intents[lemma(token)]["stance"])


def _read_intent(noun: Token, stance: str) -> Iterable[Attribution]:
    """Read what somebody says that he will do, or is: «her promise (to rebuild it)», «his claim (to be the heir)»."""
    owner = next(iter(children(noun, "nmod:poss")), None)
    told = [c for c in children(noun, "acl") if c.tag_ == "VB" and any(m.lower_ == "to" for m in children(c, "mark"))]
    if owner is not None and told and told[0].left_edge.i == noun.i + 1:
        cue, content = Span(noun.idx, noun.idx + len(noun)), subtree_span(told[0])
        yield Attribution(
            cue, subtree_span(owner), (content,), stance, 0.6, hypothetical=stance != "alleges", named=True
        )


def _read(noun: Token, stance: str) -> Iterable[Attribution]:
    told = children(noun, "acl", "ccomp", "acl:relcl")
    clause = next((child for child in told if has_that(child) and children(child, "nsubj")), None)
    if clause is None or speaks(noun.head) or _is_verb_after_all(noun):
        return
    source, content = _find_owner(noun), content_of(clause, noun)
    denial = next((t for t in noun.doc[max(0, noun.i - 3) : noun.i] if _denies(t)), None)
    if denial is None:
        yield Attribution(Span(noun.idx, noun.idx + len(noun)), source, (content,), stance, 0.6)
        return
    source = source or _find_denying(denial)  # «... and denied claims that ...», whatever the parse made of the verb
    yield Attribution(cue_span(denial), source, (content,), "denies", 0.7, verb=denial)


def _is_verb_after_all(noun: Token) -> bool:
    """Say whether a supposed plural is the verb of a name: «The Harbour Herald reports that»."""
    named = noun.i and noun.nbor(-1).tag_ in ("NNP", "NNPS") and noun.head == noun
    return bool(named) and noun.tag_ == "NNS" and not has_finite(noun.doc[: noun.i])


def _find_owner(noun: Token) -> Span | None:
    """Find whose words a noun tells: its owner, who stands behind «by» or «from», or the subject of «is warning that»."""
    owner = next(iter(children(noun, "nmod:poss")), None)
    by = (c for c in children(noun, "nmod") if any(case.lower_ in ("by", "from") for case in children(c, "case")))
    owner = owner or next(by, None)
    if owner is not None:
        return subtree_span(owner)
    subject = next(iter(children(noun, "nsubj")), None)
    is_gerund = noun.lower_.endswith("ing") and children(noun, "cop")
    return name_source(subject, noun) if is_gerund and subject is not None else None


def _denies(token: Token) -> bool:
    return speaks(token) and lexicon_index("reporting_verbs")[lemma(token)]["stance"] == "denies"


def _find_denying(denial: Token) -> Span | None:
    """Find who denies: the subject of the sentence, where it stands before the denial."""
    subjects = (subject_of(token) for token in denial.doc if token.head == token)
    subject = next((s for s in subjects if s is not None), None)
    return name_source(subject) if subject is not None and subject.i < denial.i else None
