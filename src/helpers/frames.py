"""Frames of speech read off words and marks where the parse fails: «..., X said», «X said on Friday that ...».

Newspaper sentences are long, and a small parser often hangs the reporting verb of one on the wrong word. The shapes
here need only tags and punctuation: what is named before or after the verb, and where the statement must lie.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.lexicons import lexicon_index
from helpers.quotations import Quotation
from helpers.sentences import Span
from helpers.syntax import SUBJECTS, children, is_finite, label, lemma

DEMONSTRATIVES = ("these", "those", "such", "the", "a")
CONJUNCTIONS = ("that", "while", "as", "after", "before", "because", "when", "if", "although", "though", "since")
RELATIVE = ("WP", "WDT", "WP$", "WRB")
FINITE = ("VBD", "VBZ", "VBP", "MD")
NOMINAL = ("NN", "PRP", "DT", "JJ", "CD", "POS", "HYPH", "RBS", "FW", "``", "''")
LINKING = ("of", "for", "from", "at", "in", "&", "and", "with", "-", "’s", "'s", "the", "(", ")")
LONGEST_SOURCE = 45  # tokens: a longer one is a parse gone wrong
LONGEST_TAIL = 14
LONGEST_GAP = 9
SAID_INSTEAD = ("so", "as")


def find_source_before(verb: Token, first: int = 0) -> Span | None:
    """Find who is named right before a verb, from token `first` on: the parse's subject, else the nearest noun phrase.

    Adverbs and auxiliaries may stand between: «the ministry has also said».
    """
    last = verb.i - 1
    while last >= first and (_is_between(verb.doc[last]) or verb.doc[last].is_space):
        last -= 1
    if last < first or verb.doc[last].tag_ == "CC" or verb.doc[last].lower_ in DEMONSTRATIVES:
        return None
    subject = next((s for s in children(verb, *SUBJECTS) if first <= s.i <= last), None)
    if subject is not None:
        span = full_noun_phrase(subject, first, last)
        if span is not None and _only_marks(verb.doc, subject.right_edge.i + 1, last):
            return span
    start = last
    while start >= first and _is_of_name(verb.doc[start]):
        start -= 1
    start += 1
    if start > first and verb.doc[start - 1].tag_ == "IN" and verb.doc[start - 1].lower_ not in CONJUNCTIONS:
        return None
    while last > start and verb.doc[last].lower_ in lexicon_index("weekdays"):
        last -= 1
    while start <= last and verb.doc[start].tag_ in ("IN", "CC", "POS", "``", "''", "HYPH"):
        start += 1
    if _is_time(verb.doc[start : last + 1]):
        return None
    if start > last or not any(t.tag_.startswith(("NN", "PRP", "CD", "DT")) for t in verb.doc[start : last + 1]):
        return None
    return _span(verb.doc, start, last)


def find_source_after(verb: Token, last: int) -> Span | None:
    """Find who is named right after an inverted verb: «said Edda Voss, the secretary»."""
    doc = verb.doc
    first = verb.i + 1
    while first <= last and doc[first].is_space:
        first += 1
    if first > last:
        return None
    subject = next((s for s in children(verb, *SUBJECTS) if s.i > verb.i and s.left_edge.i == first), None)
    if subject is not None:
        span = full_noun_phrase(subject, first, last)
        if span is not None:
            return span
    end = first
    while end <= last and _is_of_name(doc[end]) and doc[end].lower_ not in ("in", "at", "from", "with", "for"):
        end += 1
    end -= 1
    if end < first or not any(t.tag_.startswith(("NN", "PRP")) for t in doc[first : end + 1]):
        return None
    return _span(doc, first, end)


def full_noun_phrase(noun: Token, first: int, last: int) -> Span | None:
    """Give a noun phrase with all that is said of it, appositions and relative clauses included.

    None where the parse went wrong: the phrase is too long, or a verb stands in it that no pronoun introduces.
    """
    left, right = max(noun.left_edge.i, first), min(noun.right_edge.i, last)
    while left < noun.i and (noun.doc[left].tag_ in ("CC", ",", ":", "''", "``") or label(noun.doc[left]) == "case"):
        left += 1
    while right > noun.i and noun.doc[right].tag_ in (",", ":", "."):
        right -= 1
    inside = noun.doc[left : right + 1]
    pronouns = [t.i for t in inside if t.tag_ in RELATIVE or t.lower_ == "that"]
    unframed = any(t.tag_ in FINITE and not any(place < t.i for place in pronouns) for t in inside)
    if right - left > LONGEST_SOURCE or unframed:
        return None
    while right > noun.i and noun.doc[right].lower_ in lexicon_index("weekdays"):
        right -= 1
    return _span(noun.doc, left, right)


def find_content(verb: Token, source: Span | None, bare: bool) -> Span | None:
    """Find what is said by the place of the verb: behind its «that», before «, X said», or around «, X said,».

    With `bare`, the verb may also be followed by a clause without «that».
    """
    if source is None or (label(verb) == "acl:relcl" and verb.i and verb.doc[verb.i - 1].tag_ in ("WP", "WDT")):
        return None
    text, doc = verb.doc.text, verb.doc
    behind = _find_that(verb)
    if behind is not None:
        return trim(text, Span(doc[behind].idx, _end_of_clause(verb)))
    first = min(source.start, verb.idx)
    before = text[:first].rstrip()
    rest = [t for t in doc[verb.i + 1 :] if not t.is_punct and t.idx >= source.end]
    if before.endswith((",", ",”", ", ”", ',"', ",''")) and len(before.split()) > 2:
        at = next((t.i for t in doc[verb.i + 1 :] if t.tag_ == "," and t.idx >= source.end), None)
        if at is not None and at - verb.i <= LONGEST_GAP and _has_finite(doc[at + 1 :]):
            return trim(text, Span(doc[at].idx + 1, len(text)))
        if (
            not _takes_object(verb, rest)
            and len(rest) <= LONGEST_TAIL
            and not _has_finite(rest)
            and _has_finite(doc[: verb.i], first)
        ):
            return trim(text, Span(0, first))
    if bare and verb.i + 1 < len(doc) and source.end <= verb.idx:
        following = doc[verb.i + 1]
        opens = following.tag_.startswith(("DT", "PRP", "NN", "CD", "JJ", "EX"))
        if opens and following.lower_ not in SAID_INSTEAD and _has_finite(doc[verb.i + 2 :]):
            return trim(text, Span(following.idx, _end_of_clause(verb)))
    return None


def _takes_object(verb: Token, rest: Sequence[Token]) -> bool:
    """Say whether a verb goes on with an object or an infinitive, so that what stands before it is not what is said."""
    if not rest or rest[0].i != verb.i + 1 or lemma(verb) == "tell":
        return False
    following = rest[0]
    is_time = following.lower_ in lexicon_index("weekdays") or following.lower_ in ("this", "last", "then", "yesterday")
    return following.tag_.startswith(("TO", "DT", "NN", "PRP", "JJ", "CD", "VB")) and not is_time


def read_frame(doc: Doc, speech: Sequence[Quotation], verbs: Sequence[Token]) -> tuple[Token, Span] | None:
    """Find the reporting verb and its source in the words beside the quotations of a sentence."""
    for quotation in speech:
        following = [t for t in verbs if t.idx >= quotation.end]
        if following and following[0].i - _token_at(doc, quotation.end) <= LONGEST_SOURCE:
            verb, first = following[0], _token_at(doc, quotation.end)
            while first < verb.i and (doc[first].is_punct or doc[first].is_space):
                first += 1
            last = max((t.i for t in doc if t.idx < _next_start(speech, quotation, len(doc.text))), default=verb.i)
            if all(_is_between(t) for t in doc[first : verb.i]):
                source = find_source_after(verb, last)
            else:
                source = None if _has_finite(doc[first : first + 1]) else find_source_before(verb, first)
            if source is not None:
                return verb, source
    leading = [t for t in verbs if t.idx < speech[0].start]
    for verb in reversed(leading):
        source = find_source_before(verb)
        if source is not None and speech[0].start - verb.idx < 80:
            return verb, source
    return None


def trim(text: str, span: Span) -> Span:
    """Take white space and marks that belong to no content off the edges of a span."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return Span(start, end)


def _next_start(speech: Sequence[Quotation], quotation: Quotation, default: int) -> int:
    return next((other.start for other in speech if other.start >= quotation.end), default)


def _token_at(doc: Doc, position: int) -> int:
    return next((t.i for t in doc if t.idx >= position), len(doc))


def _find_that(verb: Token) -> int | None:
    """Find the first token behind a «that» which a day, a place or a listener parts from its verb."""
    for token in verb.doc[verb.i + 1 : verb.i + LONGEST_GAP + 4]:
        if token.lower_ == "that" and token.i + 1 < len(verb.doc):
            nominal = verb.doc[token.i - 1].tag_ in ("DT", "JJ", "IN") or token.tag_ == "DT"
            following = verb.doc[token.i + 1 :]
            return token.i + 1 if not nominal and following[0].tag_ not in FINITE and _has_finite(following) else None
        if token.tag_ in (*FINITE, "VB", ":", "``", ",") or token.text in ("“", "”"):
            return None
    return None


def _end_of_clause(verb: Token) -> int:
    """Find where a statement behind its verb ends: with the sentence, or before a second verb of the same subject."""
    doc = verb.doc
    for clause in children(verb, "conj", "advcl"):
        first = clause.left_edge.i
        if (clause.i > verb.i + 3 and is_finite(clause) and doc[first - 1].text == ",") or (
            label(clause) == "conj" and clause.i > verb.i + 3 and doc[first].tag_ == "CC"
        ):
            return doc[first].idx
    return len(doc.text)


def _has_finite(tokens, before: int | None = None) -> bool:
    return any(t.tag_ in FINITE for t in tokens if before is None or t.idx < before)


def _is_between(token: Token) -> bool:
    return token.tag_ in ("RB", "MD", "RBR") or (
        token.tag_ in ("VBZ", "VBD", "VBP", "VBN") and lemma(token) in ("have", "be", "do", "'ve", "'s")
    )


def _is_of_name(token: Token) -> bool:
    return (token.tag_.startswith(NOMINAL) and token.text not in '“”"') or token.lower_ in LINKING


def _is_time(tokens) -> bool:
    """Say whether words only name a time: «this month», «Tuesday»."""
    times = [t for t in tokens if t.lower_ in lexicon_index("weekdays") or lemma(t) in lexicon_index("duration_units")]
    return bool(times) and all(t in times or t.tag_ in ("DT", "JJ", "CD", "IN") for t in tokens)


def _only_marks(doc: Doc, first: int, last: int) -> bool:
    return all(t.is_punct or t.is_space or _is_between(t) for t in doc[first : last + 1])


def _span(doc: Doc, first: int, last: int) -> Span:
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))
