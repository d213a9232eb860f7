"""Sentences cut into atomic statements: one subject and one predicate each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from helpers.claims.shapes import is_adverbial_opener
from helpers.claims.slots import is_adverbial, is_time_word
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.sentences import find_words
from helpers.language.spans import Span
from helpers.language.syntax import (
    children,
    copula_of,
    is_finite,
    is_negated,
    is_verb,
    label,
    lemma,
    modals_of,
    noun_phrase_span,
    source_text,
)

SHORTEST = 3  # words; what is shorter states nothing by itself


def split_statements(doc: Doc, taken: Sequence[Span] = ()) -> list[Span]:
    """Cut a parsed sentence into atomic statements: one subject and one predicate each, as spans in order.

    Coordinated clauses, relative clauses between commas and appositions are cut off where each stands on its own.
    A statement whose predicate stands in one of the spans `taken` (what is attributed to someone, and the words that
    do so) is left out.
    """
    tokens, text = list(doc), source_text(doc)
    given = {token.i for token in tokens if any(start <= token.idx < end for start, end in taken)}
    heads = [head for sentence in doc.sents for head in _find_heads(sentence.root)]
    frames = [doc[i] for i in sorted(given) if label(doc[i]) in ("advcl", "parataxis", "conj")]
    own = [head for head in heads if head.i not in given and not _is_bare_report(head)]
    spans = [_statement_span(head, [*heads, *frames]) for head in own]
    spans += [_apposition_span(noun) for noun in tokens if _is_telling_apposition(noun) and noun.i not in given]
    return sorted({span for span in spans if len(find_words(text[span.start : span.end])) >= SHORTEST})


def _find_heads(root: Token) -> Iterable[Token]:
    """Find the predicates of a sentence that state something by themselves."""
    yield root
    for token in root.subtree:
        if token == root:
            continue
        if label(token) == "conj" and _is_clause(token.head) and _stands_alone(token, token.head):
            yield token
        elif label(token) == "parataxis" and token.head == root and token.i > root.i and _follows(token, ";"):
            if _stands_alone(token, root):
                yield token
        elif (label(token) == "acl:relcl" and _follows(token, ",") and is_finite(token) and _is_relative(token)) or (
            _is_concession(token) and token.head == root
        ):
            yield token


def _is_concession(clause: Token) -> bool:
    """Say whether a clause states something beside its main clause: «While the talks went on, ...», «..., although»."""
    if label(clause) != "advcl" or not is_finite(clause) or not children(clause, "nsubj", "nsubj:pass", "expl"):
        return False
    last, doc = clause.right_edge, clause.doc
    ends = last.text == "," or (last.i + 1 < len(doc) and doc[last.i + 1].text == ",") or _follows(clause, ",")
    return ends and any(
        mark.lower_ in entries("clause_openers", kind="concession") for mark in children(clause, "mark")
    )


def _is_bare_report(head: Token) -> bool:
    """Say whether a clause beside another only says who speaks: «..., the lawyer said»."""
    entry = lexicon_index("reporting_verbs").get(lemma(head))
    says = entry is not None and entry["takes"] == "clause"
    return says and label(head) in ("conj", "parataxis") and not children(head, "ccomp", "xcomp")


def _is_clause(token: Token) -> bool:
    return token.head == token or label(token) in ("acl:relcl", "parataxis")


def _is_relative(clause: Token) -> bool:
    """Say whether a clause begins with a relative word, at most after a preposition: «in which», «most of whom»."""
    first = clause.left_edge.i
    return any(token.tag_.startswith("W") for token in clause.doc[first : first + 4])


def _follows(token: Token, mark: str) -> bool:
    first = token.left_edge.i
    return first > 0 and (token.doc[first].text == mark or token.doc[first - 1].text == mark)


def _stands_alone(clause: Token, first: Token) -> bool:
    """Say whether a coordinated clause says something without the auxiliaries and the negation of the first one."""
    if not is_verb(clause) and copula_of(clause) is None:
        return False
    if is_adverbial_opener(clause.doc[clause.left_edge.i]) or is_adverbial(clause):
        return False
    if label(first) == "acl:relcl" and not _follows(first, ","):
        return False
    if children(clause, "nsubj", "nsubj:pass", "expl"):
        return True
    shared = is_negated(first) or modals_of(first)
    finite = is_finite(clause) or (clause.tag_ == "VBN" and not children(first, "aux", "aux:pass"))
    own = any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in children(clause, "aux", "aux:pass", "cop"))
    return finite and (own or not shared)


def _statement_span(head: Token, heads: Sequence[Token]) -> Span:
    """Give the span of a statement, without the statements at its ends."""
    others = [other for other in heads if other != head and head.is_ancestor(other)]
    kept = _cut_end(_cut_front(sorted(token.i for token in head.subtree), head, others), head, others)
    doc = head.doc
    while len(kept) > 1 and kept[0] < head.i and (_is_edge(doc[kept[0]]) or _is_conceding_mark(doc[kept[0]], head)):
        kept = kept[1:]
    return Span(doc[kept[0]].idx, doc[kept[-1]].idx + len(doc[kept[-1]]))


def _cut_front(kept: list[int], head: Token, others: Sequence[Token]) -> list[int]:
    """Leave out a statement that stands before the one of `head`."""
    fronts = [o.right_edge.i for o in others if o.left_edge.i == kept[0] and o.right_edge.i < head.i]
    return [i for i in kept if i > fronts[0]] if fronts else kept


def _cut_end(kept: list[int], head: Token, others: Sequence[Token]) -> list[int]:
    """Leave out the statements behind the one of `head`, and the marks and conjunctions before them."""
    while kept[-1] > head.i:
        tail = next((o for o in others if o.right_edge.i == kept[-1] and o.left_edge.i > head.i), None)
        if tail is not None:
            kept = [i for i in kept if i < tail.left_edge.i]
        elif _is_edge(head.doc[kept[-1]]):
            kept = kept[:-1]
        else:
            break
    return kept


def _is_conceding_mark(token: Token, head: Token) -> bool:
    return (
        token.head == head and label(token) == "mark" and token.lower_ in entries("clause_openers", kind="concession")
    )


def _is_edge(token: Token) -> bool:
    return (
        token.is_space or (label(token) == "cc") or (token.is_punct and not token.is_quote and token.text not in "()%")
    )


def _is_telling_apposition(noun: Token) -> bool:
    """Say whether an apposition tells what someone or something is: «Anna Berg, the mayor of the town»."""
    return (
        label(noun) == "appos"
        and noun.tag_ in ("NN", "NNS")
        and noun.head.tag_.startswith("NN")
        and _follows(noun, ",")
        and noun.i > noun.head.i
        and not is_time_word(noun.head)
    )


def _apposition_span(noun: Token) -> Span:
    return Span(noun_phrase_span(noun.head).start, noun_phrase_span(noun).end)
