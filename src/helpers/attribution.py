"""Who says what in one sentence: source, cue and content, read off the parse and the quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from helpers.lexicons import lexicon_index
from helpers.quotations import Quotation
from helpers.sentences import Span
from helpers.syntax import SUBJECTS, children, is_negated, is_verb, label, lemma, strip_ending, subject_of, subtree_span

CLAUSE_MARKS = ("that", "whether", "if")


@dataclass
class Attribution:
    """One act of saying: all spans are character offsets in the sentence."""

    cue: Span
    source: Span | None
    contents: list[Span]
    stance: str
    confidence: float
    cue_negated: bool = False
    hypothetical: bool = False
    direct: bool = False
    verb: Token | None = field(default=None, repr=False)


def find_attributions(doc: Doc, quotations: Sequence[Quotation], speech: Sequence[Quotation]) -> list[Attribution]:
    """Find the attributions of a parsed sentence; `quotations` and `speech` (those that give speech) lie in it."""
    verbs = lexicon_index("reporting_verbs")
    found: list[Attribution] = []
    for token in doc:
        if _inside(token, speech):
            continue
        if is_verb(token) and lemma(token) in verbs:
            found.extend(_read_verb(token, verbs[lemma(token)], speech))
        elif token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            found.extend(_read_according(token))
        elif lemma(token) in lexicon_index("reporting_nouns") and token.tag_.startswith("NN"):
            found.extend(_read_noun(token))
    found.extend(_read_misparsed(doc, speech))
    _take_speech(doc, found, speech)
    return _drop_shadows(found)


def _read_misparsed(doc: Doc, speech: Sequence[Quotation]) -> list[Attribution]:
    """Read «X allege that ...» by its words alone where the parser took the verb for something else."""
    verbs = lexicon_index("reporting_verbs")
    for token in doc[1:-2]:
        base = next(
            (
                form
                for form in (token.lower_, strip_ending(token.lower_, "VBZ"), strip_ending(token.lower_, "VBD"))
                if form in verbs
            ),
            None,
        )
        following = doc[token.i + 1].lower_
        gerund = base is not None and verbs[base]["stance"] == "denies" and following.endswith("ing")
        if (
            base is None
            or is_verb(token)
            or not (gerund or following == "that")
            or _inside(token, speech)
            or doc[token.i - 1].tag_ in ("DT", "JJ", "PRP$", "POS", "TO")
        ):
            continue
        source = _drop_lead(doc.text, _trim(doc.text, Span(0, token.idx)))
        content = _trim(doc.text, Span(doc[token.i + (1 if gerund else 2)].idx, len(doc.text)))
        if gerund and ", " in doc.text[content.start : content.end]:
            content = Span(content.start, doc.text.index(", ", content.start))
        if source.end - source.start < 60:
            return [Attribution(Span(token.idx, token.idx + len(token)), source, [content], verbs[base]["stance"], 0.6)]
    return []


def _drop_lead(text: str, span: Span) -> Span:
    """Leave out what stands around a subject between commas: «Additionally, the filing», «Acme, in response,»."""
    pieces = text[span.start : span.end].split(", ")
    if len(pieces) == 1:
        return span
    named = [piece for piece in pieces if piece[:1].isupper() and not piece.endswith("ly")] or pieces[-1:]
    piece = pieces[-1] if pieces[-1].split(" ")[0] not in ("in", "on", "for", "by") and len(pieces) == 2 else named[0]
    start = text.index(piece, span.start)
    return Span(start, start + len(piece))


def _inside(token: Token, spans: Sequence[Quotation]) -> bool:
    return any(span.inner_start <= token.idx < span.inner_end for span in spans)


def _read_verb(verb: Token, entry: dict[str, str], speech: Sequence[Quotation]) -> list[Attribution]:
    source = _find_source(verb)
    make = _maker(verb, source, entry["stance"])
    clauses = [clause for clause in children(verb, "ccomp") if not _is_question(clause)]
    if clauses:
        return [make([_content_of(clauses[0], verb)], 0.9 if source else 0.6)]
    if children(verb, "aux:pass") and children(verb, "xcomp"):
        subject = next(iter(children(verb, *SUBJECTS)), None)
        if subject is not None:
            whole = subtree_span(verb, without=children(verb, "advcl", "parataxis", "conj"))
            return [Attribution(_cue_span(verb), None, [whole], entry["stance"], 0.7, verb=verb)]
    if label(verb) == "parataxis" and verb.head != verb and source is not None and not children(verb, "obj"):
        return [make([subtree_span(verb.head, without=[verb])], 0.8)]
    if entry["takes"] in ("np", "both") or entry["stance"] in ("denies", "alleges"):
        return _read_object(verb, make, source)
    return []


def _maker(verb: Token, source: Span | None, stance: str):
    def make(contents: list[Span], confidence: float) -> Attribution:
        return Attribution(
            _cue_span(verb), source, contents, stance, confidence, is_negated(verb), _is_unreal(verb), verb=verb
        )

    return make


def _read_object(verb: Token, make, source: Span | None) -> list[Attribution]:
    """Read what is denied or alleged as a noun phrase or a participle: «denies sharing», «denied claims that»."""
    confidence = 0.75 if source else 0.4
    for clause in children(verb, "xcomp", "advcl"):
        if clause.tag_ in ("VBG", "VB") and clause.i > verb.i and not children(clause, "mark"):
            return [make([subtree_span(clause)], confidence)]
    for thing in children(verb, "obj"):
        oblique = [
            child
            for child in children(verb, "advcl", "obl")
            if child.i > thing.i and child.doc[child.left_edge.i].lower_ == "of"
        ]
        if oblique and lemma(verb) in ("accuse",):
            return [make([Span(subtree_span(thing).start, subtree_span(oblique[0]).end)], confidence)]
        if lemma(thing) in lexicon_index("reporting_nouns"):
            inner = [child for child in children(thing, "acl", "ccomp", "acl:relcl") if _has_that(child)]
            return [make([_content_of(inner[0], thing)], confidence)] if inner else [make([subtree_span(thing)], 0.45)]
        if thing.tag_ not in ("PRP", "WP", "WDT") and thing.i > verb.i:
            return [make([subtree_span(thing)], confidence - 0.1)]
    return []


def _read_noun(noun: Token) -> list[Attribution]:
    """Read «the allegation that ...», «Stone's denial that ...»."""
    clauses = [
        child for child in children(noun, "acl", "ccomp", "acl:relcl") if _has_that(child) and children(child, "nsubj")
    ]
    if not clauses or (is_verb(noun.head) and lemma(noun.head) in lexicon_index("reporting_verbs")):
        return []
    owner = children(noun, "nmod:poss")
    by = [
        child
        for child in children(noun, "nmod")
        if any(case.lower_ in ("by", "from") for case in children(child, "case"))
    ]
    source = subtree_span((owner or by)[0]) if owner or by else None
    stance = lexicon_index("reporting_nouns")[lemma(noun)]["stance"]
    denial = [t for t in noun.doc[max(0, noun.i - 3) : noun.i] if _denies(t)]
    if denial:
        # «... and denied claims that ...», whatever the parse made of the verb.
        subject = next(
            (s for token in noun.doc if token.head == token for s in [subject_of(token)] if s is not None), None
        )
        source = source or (_noun_phrase(subject) if subject is not None and subject.i < denial[0].i else None)
        return [
            Attribution(_cue_span(denial[0]), source, [_content_of(clauses[0], noun)], "denies", 0.7, verb=denial[0])
        ]
    return [Attribution(Span(noun.idx, noun.idx + len(noun)), source, [_content_of(clauses[0], noun)], stance, 0.6)]


def _denies(token: Token) -> bool:
    entry = lexicon_index("reporting_verbs").get(lemma(token))
    return is_verb(token) and entry is not None and entry["stance"] == "denies"


def _has_that(clause: Token) -> bool:
    return any(mark.lower_ in CLAUSE_MARKS for mark in children(clause, "mark"))


def _is_question(clause: Token) -> bool:
    first = clause.doc[clause.left_edge.i]
    return first.tag_ in ("WRB", "WP", "WDT") and first.lower_ != "that"


def _is_unreal(verb: Token) -> bool:
    modal = any(
        child.lower_ in ("would", "could", "may", "might", "should", "must", "will", "to")
        for child in children(verb, "aux", "mark")
    )
    return modal or any(child.lower_ == "if" for child in children(verb, "mark"))


def _find_source(verb: Token) -> Span | None:
    passive = bool(children(verb, "aux:pass"))
    if passive:
        agents = children(verb, "obl:agent") or [
            child for child in children(verb, "obl") if any(case.lower_ == "by" for case in children(child, "case"))
        ]
        return _noun_phrase(agents[0]) if agents else None
    subject = subject_of(verb)
    if verb.tag_ == "VBG" and not children(verb, *SUBJECTS) and verb.i and verb.doc[verb.i - 1].text == ",":
        # «The document tells of X, suggesting that ...»: who suggests is who the sentence is about.
        root = next(token for token in verb.doc if token.head == token)
        subject = subject_of(root) or subject
    if subject is not None and subject.tag_ in ("WDT", "WP") and label(verb) in ("acl:relcl", "acl"):
        subject = verb.head
    if (
        subject is None
        or not subject.tag_.startswith(("NN", "PRP", "CD", "DT", "JJ"))
        or (subject.lower_ in ("it", "there") and children(verb, "expl"))
    ):
        return None
    return _noun_phrase(subject)


def _noun_phrase(noun: Token) -> Span:
    """Give a noun phrase as a speaker is named: without the clauses that hang on it, and without its preposition."""
    cut = children(
        noun, "acl", "acl:relcl", "parataxis", "conj" if noun.tag_ == "PRP" else "list", "cc", "case", "advcl", "ccomp"
    )
    cut = [child for child in cut if label(child) != "case" or child.i < noun.i] + [
        child for child in children(noun, "punct") if child.i > noun.i and child.text == ","
    ]
    appositions = children(noun, "appos")
    span = subtree_span(noun, without=[*cut, *appositions])
    return span


def _content_of(clause: Token, verb: Token) -> Span:
    marks = [mark for mark in children(clause, "mark") if mark.lower_ in CLAUSE_MARKS and mark.i < clause.i]
    span = subtree_span(clause, without=[*marks, *([verb] if verb.is_ancestor(clause) is False else [])])
    if not marks:
        leading = span.start + 5 if doc_starts_with_that(clause, span) else span.start
        return Span(leading, span.end)
    # Whatever stands before «that» belongs to the frame.
    start = max(span.start, marks[-1].idx + len(marks[-1]) + 1)
    return Span(start, span.end)


def doc_starts_with_that(clause: Token, span: Span) -> bool:
    """Say whether a content still begins with its «that»."""
    return clause.doc.text[span.start : span.start + 5].casefold() == "that "


def _cue_span(verb: Token) -> Span:
    particles = [child for child in children(verb, "compound:prt") if child.i == verb.i + 1]
    end = particles[-1] if particles else verb
    return Span(verb.idx, end.idx + len(end))


def _read_according(token: Token) -> list[Attribution]:
    noun = token.head
    if noun == token or noun.i < token.i:
        return []
    doc = token.doc
    source = subtree_span(noun)
    source = Span(max(source.start, doc[token.i + 1].idx + 3), source.end)
    start, end = token.idx, source.end
    before, after = Span(0, start), Span(end, len(doc.text))
    content = _trim(doc.text, before if start > len(doc.text) - end else after)
    if content.end - content.start < 8:
        return []
    cue = Span(token.idx, doc[token.i + 1].idx + 2)
    return [Attribution(cue, source, [content], "reports", 0.85)]


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return Span(start, end)


def _take_speech(doc: Doc, found: list[Attribution], speech: Sequence[Quotation]) -> None:
    """Give the quotations of speech to their cue: they are the content to the letter, whatever the parse made of them."""
    if not speech:
        return
    inside = [Span(quotation.start, quotation.end) for quotation in speech]
    quoted = sum(end - start for start, end in inside)
    frames = [
        attribution
        for attribution in found
        if any(
            _overlap(content, quotation) > 0.5 * (content.end - content.start)
            for content in attribution.contents
            for quotation in inside
        )
    ]
    if frames:
        frame = max(frames, key=lambda attribution: attribution.confidence)
        frame.contents = [Span(quotation.inner_start, quotation.inner_end) for quotation in speech]
        frame.direct, frame.confidence = True, 0.95
        found[:] = [a for a in found if a is frame or not any(_overlap(c, q) for c in a.contents for q in inside)]
        return
    verb = _find_frame_verb(doc, speech)
    if verb is not None and not any(
        _overlap(content, quotation) for a in found for content in a.contents for quotation in inside
    ):
        source = _find_source(verb)
        if source is not None and not any(_overlap(source, quotation) for quotation in inside):
            stance = lexicon_index("reporting_verbs")[lemma(verb)]["stance"]
            contents = [Span(quotation.inner_start, quotation.inner_end) for quotation in speech]
            found.append(Attribution(_cue_span(verb), source, contents, stance, 0.9, direct=True, verb=verb))
            return
    if quoted > 0.9 * len(doc.text.strip()):
        return
    lead = doc.text[: speech[0].start].rstrip()
    if lead.endswith(":") and len(lead) < 120 and not found:
        name = _trim(doc.text, Span(0, len(lead) - 1))
        if name.end > name.start:
            contents = [Span(quotation.inner_start, quotation.inner_end) for quotation in speech]
            found.append(Attribution(Span(len(lead) - 1, len(lead)), name, contents, "asserts", 0.7, direct=True))


def _find_frame_verb(doc: Doc, speech: Sequence[Quotation]) -> Token | None:
    verbs = lexicon_index("reporting_verbs")
    outside = [t for t in doc if is_verb(t) and lemma(t) in verbs and not _inside(t, speech)]

    def distance(token: Token) -> int:
        return min(min(abs(token.idx - quotation.end), abs(quotation.start - token.idx)) for quotation in speech)

    return min(outside, key=distance, default=None)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _same_content(one: Attribution, other: Attribution) -> bool:
    a, b = one.contents[0], other.contents[0]
    return (
        len(one.contents) == len(other.contents) == 1
        and _overlap(a, b) > 0.8 * min(a.end - a.start, b.end - b.start)
        and (a.start == b.start or a.end == b.end)
        and (one.source is None or other.source is None)
    )


def _drop_shadows(found: list[Attribution]) -> list[Attribution]:
    """Drop what is no claim: empty contents, a cue that is negated without denying, a second reading of one content."""
    kept: list[Attribution] = []
    for attribution in sorted(found, key=lambda a: (-a.confidence, a.cue)):
        attribution.contents = [content for content in attribution.contents if content.end - content.start >= 3]
        if not attribution.contents or (attribution.cue_negated and attribution.stance != "denies"):
            continue
        if attribution.source and any(_overlap(attribution.source, content) for content in attribution.contents):
            attribution.source = None
            attribution.confidence -= 0.2
        twin = next((o for o in kept if o.contents == attribution.contents or _same_content(o, attribution)), None)
        if twin is None:
            kept.append(attribution)
        elif attribution.stance == "alleges" and twin.stance == "reports":
            # «is alleged to have ..., according to X»: one content, alleged, with X as its source.
            twin.stance, twin.source = "alleges", twin.source or attribution.source
    return sorted(kept, key=lambda a: (a.contents[0], a.cue))
