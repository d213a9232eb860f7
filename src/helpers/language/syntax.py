"""Questions about a token of a parsed sentence (`helpers.language.parsing`), or about the words around it:

- `label(token)`, `lemma(token)`, `children(token, *labels)`, `is_verb(token)`
- `subject_of(verb)`, `agent_of(verb)`, `copula_of(predicate)`
- `is_negated(verb)`, `is_passive(verb)`, `is_finite(verb)`, `auxiliaries_of(verb)`, `modals_of(verb)`
- `subtree_span(token, without)`, `noun_phrase_span(noun)`, `added_phrases(noun)`, `span_head(doc, span)`, `tokens_within(doc, span)`: spans in
  characters of the sentence
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from helpers.language.lexicons import entries
from helpers.language.spans import Span

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer")
FINITE = ("VBD", "VBZ", "VBP", "MD")
NEGATING_DETERMINERS = entries("polarity", effect="negated", kind="determiner")
NEGATING_ADVERBS = entries("polarity", effect="negated", kind="adverb")
NEGATING_NOUNS = entries("polarity", effect="negated", kind="pronoun")


def source_text(doc: Doc) -> str:
    """Give a parsed sentence as it was given, character for character."""
    return doc.user_data.get("source") or doc.text


def label(token: Token) -> str:
    """Give a token's relation in Universal Dependencies."""
    return token.dep_


def lemma(token: Token) -> str:
    """Give a token's lemma in lower case."""
    return token.lemma_


def children(token: Token, *labels: str) -> list[Token]:
    """Give the children of a token with one of the relations, in order."""
    return [child for child in token.children if label(child) in labels]


def subject_of(verb: Token) -> Token | None:
    """Find who does it: the verb's own subject, or that of the verb that it is coordinated with or depends on.

    A relative clause without a subject of its own is about the noun that it hangs on; of «asked X to go», X goes.
    """
    for _ in range(6):
        own = children(verb, *SUBJECTS)
        if own:
            return own[0]
        if label(verb) == "xcomp" and children(verb.head, "obj", "iobj"):
            return children(verb.head, "obj", "iobj")[0]
        if label(verb) in ("conj", "advcl", "xcomp", "parataxis") and verb.head != verb:
            verb = verb.head
        elif label(verb) in ("acl", "acl:relcl"):
            return verb.head
        else:
            return None
    return None


def agent_of(verb: Token) -> Token | None:
    """Find who did what a passive verb says: the noun after «by»."""
    agents = children(verb, "obl:agent")
    if not agents and is_passive(verb):
        agents = [noun for noun in children(verb, "obl") if any(c.lower_ == "by" for c in children(noun, "case"))]
    return agents[0] if agents else None


def copula_of(predicate: Token) -> Token | None:
    """Find the form of «be» that makes a noun or an adjective a predicate."""
    return next(iter(children(predicate, "cop")), None)


def auxiliaries_of(verb: Token) -> list[Token]:
    """Find the auxiliaries of a verb, its copula among them."""
    return children(verb, "aux", "aux:pass", "cop")


def modals_of(verb: Token) -> list[Token]:
    """Find the modal verbs of a verb."""
    return [token for token in children(verb, "aux") if token.tag_ == "MD"]


def is_passive(verb: Token) -> bool:
    """Say whether a verb is in the passive."""
    return bool(children(verb, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"))


def is_finite(verb: Token) -> bool:
    """Say whether a verb or predicate heads a finite clause."""
    forms = [verb, *auxiliaries_of(verb)]
    return any(token.tag_ in FINITE for token in forms)


def is_negated(verb: Token) -> bool:
    """Say whether a verb (or predicate) is negated: by an adverb, by «no» at its subject or object, or by «nobody».

    Two negations cancel each other; «not only» and a «no» that answers negate nothing.
    """
    return sum(1 for _ in negations_of(verb)) % 2 == 1


def negations_of(verb: Token) -> Iterable[Token]:
    """Find the words that negate a verb or predicate."""
    if verb.lower_ == "nowhere":
        yield verb  # «was nowhere near the pier»: the parse makes it the predicate
    for token in verb.children:
        kind = label(token)
        if kind in ("advmod", "neg", "aux") and token.lower_ in NEGATING_ADVERBS:
            if not (token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ in ("only", "just", "least")):
                yield token
        elif kind == "advmod" and token.lower_ in ("longer", "more"):
            yield from (inner for inner in token.children if inner.lower_ == "no")
        elif kind in ("advmod", "cc", "cc:preconj") and token.lower_ in ("neither", "nor"):
            yield token
        elif kind in (*SUBJECTS, "obj"):
            if token.lower_ in NEGATING_NOUNS:
                yield token
            yield from (c for c in children(token, "det", "cc:preconj") if c.lower_ in NEGATING_DETERMINERS)
    if copula_of(verb) is not None or children(verb, "expl"):
        yield from (inner for inner in children(verb, "det") if inner.lower_ in NEGATING_DETERMINERS)


def is_verb(token: Token) -> bool:
    """Say whether a token is a verb form."""
    return token.tag_.startswith("VB")


def tokens_within(doc: Doc, span: Span) -> list[Token]:
    """List the tokens that begin in a span."""
    starts = doc.user_data.get("starts")
    if starts is None:
        starts = doc.user_data["starts"] = [token.idx for token in doc]
    return list(doc[bisect_left(starts, span[0]) : bisect_left(starts, span[1])])


def span_head(doc: Doc, span: Span) -> Token | None:
    """Find the token that the rest of a span hangs on; of several, the first verb, else the first."""
    inside = tokens_within(doc, span)
    places = {token.i for token in inside}
    heads = [token for token in inside if token.head.i not in places or token.head == token]
    heads = [token for token in heads if label(token) != "punct"] or heads
    predicates = [token for token in heads if is_verb(token) or children(token, "cop", *SUBJECTS)]
    return (predicates or heads or [None])[0]


def noun_phrase_span(noun: Token) -> Span:
    """Give a noun phrase as a thing is named: without its preposition and without clauses and appositions."""
    cut = children(noun, "acl:relcl", "parataxis", "advcl", "ccomp", "cc", "conj", "cop", "mark", *SUBJECTS)
    cut += [child for child in children(noun, "case") if child.i < noun.i]
    cut += added_phrases(noun)
    cut += [child for child in children(noun, "aux", "advmod") if children(noun, "cop")]
    return subtree_span(noun, without=cut)


def added_phrases(noun: Token) -> list[Token]:
    """List the clauses and appositions that only add to a noun phrase, set off by a comma, a dash or a bracket."""
    return [
        token
        for token in noun.subtree
        if token.i > noun.i and label(token) in ("acl", "acl:relcl", "appos", "parataxis") and _is_set_off(token)
    ]


def _is_set_off(token: Token) -> bool:
    first = token.left_edge.i
    marks = (",", "(", "–", "—", "-", "--", ":")
    return first > 0 and (token.doc[first].text in marks or token.doc[first - 1].text in marks)


def subtree_span(token: Token, without: Iterable[Token] = ()) -> Span:
    """Give the span of a token's subtree in characters of its sentence, without the subtrees of `without`.

    Where a cut leaves pieces, the piece that holds the token is given; punctuation at the edges is left out.
    """
    out = {inner.i for cut in without for inner in cut.subtree}
    kept = {inner.i for inner in token.subtree} - out
    first = last = token.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    doc = token.doc
    while (
        first < token.i
        and ((doc[first].is_punct and not doc[first].is_quote) or label(doc[first]) in ("punct", "cc"))
        and not doc[first].is_quote
    ):
        first += 1
    while last > token.i and doc[last].is_punct and not doc[last].is_quote and doc[last].text not in (")", "%"):
        last -= 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))
