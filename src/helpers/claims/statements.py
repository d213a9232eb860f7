"""Sentences cut into atomic statements: one subject and one predicate each."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.claims.shapes import is_adverbial_opener
from helpers.claims.slots import is_adverbial
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.sentences import find_words
from helpers.language.spans import Span
from helpers.language.syntax import (
    SUBJECTS,
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
    subject_of,
)

SHORTEST = 3  # words; what is shorter states nothing by itself


class Statement(NamedTuple):
    """A statement that a name could be put under; its predicate, where that is not simply what its words hang on, and
    its own words behind its subject, where others stand between."""

    span: Span
    head: Token | None
    resolved: str | None = None


def split_statements(doc: Doc, taken: Sequence[Span] = (), frames: Sequence[Token] = ()) -> list[Statement]:
    """Cut a parsed sentence into atomic statements: one subject and one predicate each, in the order of the text.

    Coordinated clauses and relative clauses between commas are cut off where each stands on its own: what has no
    subject of its own begins with the subject that it goes on from, a relative clause with its noun. A statement whose
    predicate stands in one of the spans `taken` (what is attributed to someone) or is one of `frames` (the verbs that
    do so) is left out.
    """
    text = source_text(doc)
    given = {token.i for token in doc if any(start <= token.idx < end for start, end in taken)}
    given |= {token.i for token in frames}
    heads = list(dict.fromkeys(head for sentence in doc.sents for head in _find_heads(sentence.root)))
    heads += [
        token for token in doc if token not in heads and (_goes_beyond(token, given) or _opens_frame(token, frames))
    ]
    heirs = {heir: root for root in (sentence.root for sentence in doc.sents) if (heir := _find_heir(root)) is not None}
    heads = [head for head in heads if head not in heirs.values()]
    ends = [frame for frame in frames if label(frame) in ("advcl", "parataxis", "conj") and _is_parted(frame)]
    own = [head for head in heads if head.i not in given and not _is_bare_report(head) and _has_noun(head)]
    told = [_make_statement(heirs.get(head, head), head, [*heads, *ends]) for head in own]
    whole = [one for one in sorted(told, key=_place) if len(find_words(text[slice(*one.span)])) >= SHORTEST]
    return list({one.span: one for one in reversed(whole)}.values())[::-1]  # of two with one span the plainer


def _find_heir(root: Token) -> Token | None:
    """Find the predicate of a sentence that the parse made a part of its first noun: «Ana Voss, the mayor, and Bo Ek left»."""
    if is_verb(root) or copula_of(root) is not None or not root.tag_.startswith("NN"):
        return None
    clauses = [child for child in children(root, "conj", "parataxis") if child.i > root.i and is_finite(child)]
    named = [clause for clause in clauses if children(clause, *SUBJECTS)]
    parted = bool(named) and any(t.tag_ == ":" for t in root.doc[root.i : named[0].i])
    return named[0] if named and not parted else None


def _hanging(head: Token) -> Token | None:
    return head if label(head) in ("conj", "acl:relcl") else None


def _place(statement: Statement) -> tuple[Span, int]:
    return statement.span, statement.head.i if statement.head is not None else -1


def _goes_beyond(clause: Token, given: Container[int]) -> bool:
    """Say whether a clause with a subject of its own stands behind what is attributed, though the parse joins the two."""
    joined = label(clause) == "conj" and clause.head.i in given and clause.i not in given
    return joined and bool(children(clause, *SUBJECTS)) and _stands_alone(clause, clause.head)


def _opens_frame(clause: Token, frames: Sequence[Token]) -> bool:
    """Say whether a clause before a frame tells what happened before or against that: «When the pier fell, Voss said»."""
    if label(clause) != "advcl" or clause.head not in frames or clause.i > clause.head.i or not is_finite(clause):
        return False
    opens = is_adverbial_opener(clause.doc[clause.left_edge.i])
    return opens and bool(children(clause, *SUBJECTS)) and _ends_with_comma(clause)


def _is_parted(frame: Token) -> bool:
    """Say whether a verb of saying is set off from what stands before it: «, alleging that», «and said that»."""
    return label(frame) == "conj" or _follows(frame, ",")


def _find_heads(root: Token) -> Iterable[Token]:
    """Find the predicates of a sentence that state something by themselves."""
    yield root
    for token in root.subtree:
        if token == root:
            continue
        if label(token) == "conj" and _is_clause(token.head) and _stands_alone(token, token.head):
            if any(mark.lower_ == "that" for mark in children(token.head, "mark")):
                continue  # «The hope is that it burns over and they survive»
            yield token
        elif label(token) == "parataxis" and token.head == root and token.i > root.i:
            if (_follows(token, ";") or _follows(token, ",")) and _stands_alone(token, root):
                yield token
        elif (label(token) == "acl:relcl" and _follows(token, ",") and is_finite(token) and _is_relative(token)) or (
            _is_concession(token) and token.head == root
        ):
            yield token


def _is_concession(clause: Token) -> bool:
    """Say whether a clause states something beside its main clause: «While the talks went on, ...», «..., although»."""
    if label(clause) != "advcl" or not is_finite(clause) or not children(clause, "nsubj", "nsubj:pass", "expl"):
        return False
    concedes = any(mark.lower_ in entries("clause_openers", kind="concession") for mark in children(clause, "mark"))
    return concedes and (_ends_with_comma(clause) or _follows(clause, ","))


def _ends_with_comma(clause: Token) -> bool:
    last, doc = clause.right_edge, clause.doc
    return last.text == "," or (last.i + 1 < len(doc) and last.nbor().text == ",")


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


def _make_statement(root: Token, head: Token, heads: Sequence[Token]) -> Statement:
    """Make a statement, without the statements at its ends and with the subject that it goes on from."""
    start, end = _own_span(root, [other for other in heads if other != head])
    subject = _find_subject_before(root)
    if subject is None:
        return Statement(Span(start, end), _hanging(head))
    named = noun_phrase_span(subject)
    return Statement(
        Span(min(start, named.start), end), _hanging(head), _join_to_subject(root, named, Span(start, end))
    )


def _join_to_subject(head: Token, named: Span, own: Span) -> str | None:
    """Put the words of a predicate right behind its subject: «The mayor | dismissed ten officials», «the mill | had shut»."""
    text, first = source_text(head.doc), head.doc[head.left_edge.i]
    if own.start <= named.start:
        return None
    if label(head) == "conj":
        return f"{text[slice(*named)]} {text[slice(*own)]}"
    pronoun = next((t for t in children(head, *SUBJECTS) if t.tag_ in ("WDT", "WP") and t.idx == own.start), None)
    return (
        f"{text[slice(*named)]} {text[pronoun.nbor().idx : own.end]}"
        if pronoun is not None and first.i <= pronoun.i
        else None
    )


def _find_subject_before(head: Token) -> Token | None:
    """Find the noun that a relative clause, or the subject that a predicate without one of its own, is about."""
    if _is_relative(head) and label(head) in ("acl:relcl", "parataxis"):
        return _find_antecedent(head)
    if label(head) != "conj" or children(head, *SUBJECTS, "expl"):
        return None
    subject = subject_of(head)
    if subject is not None and subject.tag_.startswith("W") and subject.head != head:
        subject = _find_antecedent(subject.head)
    return subject if subject is not None and subject.i < head.i else None


def _has_noun(head: Token) -> bool:
    """Say whether a relative clause has its noun before it; any other clause needs none."""
    relative = label(head) in ("acl:relcl", "parataxis") and head.doc[head.left_edge.i].tag_ in ("WP", "WDT")
    noun = _find_antecedent(head) if relative else None
    return not relative or (noun is not None and noun.i < head.left_edge.i)


def _find_antecedent(clause: Token) -> Token | None:
    """Find the noun that a relative clause follows: the one that it hangs on, else the last before its comma."""
    if label(clause) == "acl:relcl":
        return clause.head
    noun = next((t for t in reversed(clause.doc[: clause.left_edge.i]) if not t.is_punct), None)
    while noun is not None and label(noun) in ("compound", "flat", "nmod", "appos") and noun.head.i < clause.i:
        noun = noun.head
    return noun if noun is not None and noun.tag_.startswith("NN") else None


def _own_span(head: Token, heads: Sequence[Token]) -> Span:
    others = [other for other in heads if other != head and head.is_ancestor(other)]
    kept = _cut_end(_cut_front(sorted(token.i for token in head.subtree), head, others), head, others)
    doc = head.doc
    while len(kept) > 1 and kept[0] < head.i and (_is_edge(doc[kept[0]]) or _opens_clause_of(doc[kept[0]], head)):
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


def _opens_clause_of(token: Token, head: Token) -> bool:
    """Say whether a word is the conjunction that a clause beside another opens with."""
    return token.head == head and label(head) == "advcl" and is_adverbial_opener(token)


def _is_edge(token: Token) -> bool:
    return (
        token.is_space or (label(token) == "cc") or (token.is_punct and not token.is_quote and token.text not in "()%")
    )
