"""Who says what in one sentence: source, cue and content, read off the parse and the quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from helpers.frames import find_content, find_source_before, full_noun_phrase, read_frame, trim
from helpers.lexicons import lexicon_index
from helpers.quotations import Quotation
from helpers.sentences import Span
from helpers.syntax import (
    SUBJECTS,
    children,
    is_negated,
    is_verb,
    label,
    lemma,
    noun_phrase_span,
    strip_ending,
    subject_of,
    subtree_span,
)

CLAUSE_MARKS = ("that", "whether", "if")
PARTS_OF_DAY = ("morning", "afternoon", "evening", "night", "yesterday", "today")
PROMISING = ("vow", "pledge", "promise", "threaten", "swear", "ask", "urge", "tell", "encourage", "instruct", "order")
NAMING = ("call", "describe", "label", "brand")


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
        if _is_noun_after_all(token):
            continue
        if is_verb(token) and lemma(token) in verbs and verbs[lemma(token)]["takes"] != "speech":
            found.extend(_read_verb(token, verbs[lemma(token)], speech))
        elif token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            found.extend(_read_according(token))
        elif lemma(token) in lexicon_index("reporting_nouns") and token.tag_.startswith("NN"):
            found.extend(_read_noun(token))
    found.extend(_read_misparsed(doc, speech))
    _take_speech(doc, found, speech)
    return _drop_shadows(doc, found)


def _is_noun_after_all(token: Token) -> bool:
    """Say whether a supposed verb is the noun of «these claims», «such reports»."""
    return token.tag_ == "VBZ" and token.i > 0 and token.nbor(-1).lower_ in ("these", "those", "such", "the", "its")


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
            or (following == "that" and doc[token.i + 2].tag_ in ("VBD", "VBZ", "VBP", "MD"))
            or not (gerund or following == "that")
            or _inside(token, speech)
            or doc[token.i - 1].tag_ in ("DT", "JJ", "PRP$", "POS", "TO")
        ):
            continue
        source = _drop_lead(doc.text, trim(doc.text, Span(0, token.idx)))
        content = trim(doc.text, Span(doc[token.i + (1 if gerund else 2)].idx, len(doc.text)))
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
    source = _find_source(verb) or _find_headline_source(verb)
    if source is None and verb.tag_ == "VB" and not children(verb, "aux:pass"):
        return []  # «it is worth noting that», «to say that»: nobody in particular speaks
    make = _maker(verb, source, entry["stance"])
    clauses = [clause for clause in children(verb, "ccomp") if not _is_question(clause)]
    if clauses:
        content = _complete(_content_of(clauses[0], verb), find_content(verb, source, False), verb.doc)
        return [make([content], 0.9 if source else 0.6)]
    if children(verb, "aux:pass") and children(verb, "xcomp"):
        subject = next(iter(children(verb, *SUBJECTS)), None)
        if subject is not None:
            whole = subtree_span(verb, without=children(verb, "advcl", "parataxis", "conj"))
            return [Attribution(_cue_span(verb), None, [whole], entry["stance"], 0.7, verb=verb)]
    named = find_content(verb, source, entry["bare"] == "yes")
    if named is not None and not children(verb, "aux:pass"):
        return [make([named], 0.8)]
    if label(verb) == "parataxis" and verb.head != verb and source is not None and not children(verb, "obj"):
        return [make([subtree_span(verb.head, without=[verb])], 0.8)]
    intended = _read_infinitive(verb)
    if intended is not None and source is not None:
        promise = make([intended], 0.65)
        promise.hypothetical = True
        return [promise]
    told = any(lemma(thing) in lexicon_index("reporting_nouns") for thing in children(verb, "obj"))
    if told or entry["takes"] in ("np", "both") or entry["stance"] in ("denies", "alleges"):
        return _read_object(verb, make, source)
    return []


def _complete(content: Span, by_words: Span | None, doc: Doc) -> Span:
    """Let a content that the parse breaks off in the middle of a phrase go on to the end of its clause."""
    text = doc.text
    verbless = not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc if content.start <= t.idx < content.end)
    broken = text[content.end : content.end + 1] not in ("", ",", ".", ";", ":", "”", '"', ")")
    goes_on = text[content.end :].lstrip().split(" ")[0] in ("and", "but", "or", "while", "—", "–", "-")
    if by_words is not None and by_words.start == content.start and (verbless or (broken and not goes_on)):
        return Span(content.start, max(content.end, by_words.end))
    return content


def _read_infinitive(verb: Token) -> Span | None:
    """Read what is promised or asked for: «vowed to reopen the pier», «urged the crew to leave»."""
    for clause in children(verb, "xcomp") if lemma(verb) in PROMISING else []:
        to = [mark for mark in children(clause, "mark") if mark.lower_ == "to"]
        if clause.i > verb.i and clause.tag_ == "VB" and to:
            whom = [child for child in children(verb, "obj", "iobj") if verb.i < child.i < clause.i]
            start = subtree_span(whom[0]).start if whom else to[0].idx
            return Span(start, subtree_span(clause).end)
    if lemma(verb) in NAMING:
        for thing in children(verb, "obj"):
            named = [child for child in children(verb, "xcomp", "obl") if child.i > thing.i]
            if named and thing.i > verb.i:
                return Span(subtree_span(thing).start, subtree_span(named[0], without=children(named[0], "conj")).end)
    return None


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
            if not inner and lexicon_index("reporting_verbs")[lemma(verb)]["stance"] in ("asserts", "reports"):
                return []
            if not inner:
                return [make([subtree_span(thing)], 0.45)]
            content = _complete(_content_of(inner[0], thing), find_content(verb, source, False), verb.doc)
            return [make([content], confidence)]
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
        return _noun_phrase(agents[0], verb) if agents else None
    own = next(iter(children(verb, *SUBJECTS)), None)
    is_frame = verb.tag_ == "VBN" or label(verb) not in ("conj", "acl:relcl")
    if (own is None or own.i < verb.i) and is_frame and _is_frame_form(verb):
        named = find_source_before(verb)
        if named is not None:
            return named
    subject = own or subject_of(verb)
    if verb.tag_ == "VBG" and not children(verb, *SUBJECTS) and verb.i and verb.doc[verb.i - 1].text == ",":
        # «The document tells of X, suggesting that ...»: who suggests is who spoke first, else who the sentence is about.
        speaking = [t for t in verb.doc[: verb.i] if _speaks(t) and t.tag_ in ("VBD", "VBZ", "VBP")]
        if speaking and subject_of(speaking[0]) is not None:
            return _find_source(speaking[0])
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
    return _noun_phrase(subject, verb if label(subject) in SUBJECTS else None)


def _is_frame_form(verb: Token) -> bool:
    """Say whether a verb can carry a frame: it is finite, or a participle by tag alone («the Herald reported that»)."""
    bare = verb.tag_ == "VBN" and not children(verb, "aux", "aux:pass") and verb.i + 1 < len(verb.doc)
    return verb.tag_ in ("VBD", "VBZ", "VBP") or (bare and verb.nbor().lower_ == "that")


def _speaks(token: Token) -> bool:
    return is_verb(token) and lemma(token) in lexicon_index("reporting_verbs")


def _find_headline_source(verb: Token) -> Span | None:
    """Take what opens a headline for the source of its first finite verb: «Lawsuit filed last year claims ...»."""
    before = verb.doc[: verb.i]
    opens = verb.i > 0 and before[0].tag_.startswith("NN") and len(before) <= 8
    if verb.tag_ != "VBZ" or not opens or any(t.is_punct or t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in before):
        return None
    return trim(verb.doc.text, Span(0, verb.idx))


def _noun_phrase(noun: Token, verb: Token | None = None) -> Span | None:
    """Give a source as it is named, with what is said of it: «Edda Voss, who leads the union»."""
    last = verb.i - 1 if verb is not None and noun.i < verb.i else len(noun.doc) - 1
    first = verb.i + 1 if verb is not None and noun.i > verb.i else 0
    whole = full_noun_phrase(noun, first, last)
    if whole is not None:
        return whole
    start, end = noun_phrase_span(noun)
    return Span(start, min(end, verb.idx - 1) if verb is not None and start < verb.idx else end)


def _content_of(clause: Token, verb: Token) -> Span:
    marks = [mark for mark in children(clause, "mark") if mark.lower_ in CLAUSE_MARKS and mark.i < clause.i]
    span = subtree_span(clause, without=[*marks, *([verb] if verb.is_ancestor(clause) is False else [])])
    if not marks:
        span = _without_day(verb, span)
        leading = span.start + 5 if doc_starts_with_that(clause, span) else span.start
        return Span(leading, span.end)
    # Whatever stands before «that» belongs to the frame.
    start = max(span.start, marks[-1].idx + len(marks[-1]) + 1)
    return Span(start, span.end)


def _without_day(verb: Token, span: Span) -> Span:
    """Leave to the frame the day that follows its verb: «said Thursday morning (he would go)»."""
    first = next((t for t in verb.doc[verb.i + 1 :] if t.idx >= span.start), None)
    if first is None or first.i != verb.i + 1:
        return span
    after = first
    while after.i + 1 < len(after.doc) and (after.lower_ in lexicon_index("weekdays") or after.lower_ in PARTS_OF_DAY):
        after = after.nbor()
    return Span(after.idx, span.end) if after.idx < span.end else span


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
    content = trim(doc.text, before if start > len(doc.text) - end else after)
    if content.end - content.start < 8:
        return []
    cue = Span(token.idx, doc[token.i + 1].idx + 2)
    return [Attribution(cue, source, [content], "reports", 0.85)]


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
        if _is_mixed(doc.text, frame, inside):
            frame.contents = [_join(frame.contents[0], inside)]
            return
        frame.contents = [Span(quotation.inner_start, quotation.inner_end) for quotation in speech]
        frame.direct, frame.confidence = True, 0.95
        found[:] = [a for a in found if a is frame or not any(_overlap(c, q) for c in a.contents for q in inside)]
        return
    frame = read_frame(doc, speech, _find_frame_verbs(doc, speech))
    if frame is not None and not any(
        _overlap(content, quotation) for a in found for content in a.contents for quotation in inside
    ):
        verb, source = frame
        if not any(_overlap(source, quotation) for quotation in inside):
            stance = lexicon_index("reporting_verbs").get(lemma(verb), {"stance": "asserts"})["stance"]
            contents = [Span(quotation.inner_start, quotation.inner_end) for quotation in speech]
            found.append(Attribution(_cue_span(verb), source, contents, stance, 0.9, direct=True, verb=verb))
            return
    if quoted > 0.9 * len(doc.text.strip()):
        return
    lead = doc.text[: speech[0].start].rstrip()
    if lead.endswith(":") and len(lead) < 120 and not found:
        name = trim(doc.text, Span(0, len(lead) - 1))
        if name.end > name.start:
            contents = [Span(quotation.inner_start, quotation.inner_end) for quotation in speech]
            found.append(Attribution(Span(len(lead) - 1, len(lead)), name, contents, "asserts", 0.7, direct=True))


def _is_mixed(text: str, frame: Attribution, quoted: Sequence[Span]) -> bool:
    """Say whether a content has words of its own around the quotation: «that the rules “clearly” failed»."""
    content = frame.contents[0]
    own = Span(content.start, min([content.end, *(q.start for q in quoted if q.start >= content.start)]))
    if any(quotation.start <= content.start < quotation.end for quotation in quoted):
        return False
    return len(frame.contents) == 1 and len(text[own.start : own.end].split()) >= 2


def _join(content: Span, quoted: Sequence[Span]) -> Span:
    """Let a content end no earlier than a quotation that begins in it."""
    return Span(content.start, max([content.end, *(q.end for q in quoted if content.start <= q.start < content.end)]))


def _find_frame_verbs(doc: Doc, speech: Sequence[Quotation]) -> list[Token]:
    verbs = lexicon_index("reporting_verbs")
    outside = [t for t in doc if is_verb(t) and not _inside(t, speech)]
    listed = [t for t in outside if lemma(t) in verbs and verbs[lemma(t)]["takes"] != "np"]
    if listed or not doc.text[: speech[0].inner_end].endswith(","):
        return listed
    # A quotation that ends in a comma is spoken by whoever follows, whatever the verb: «..., she scolded».
    return [t for t in outside if t.idx >= speech[0].end and t.tag_ in ("VBD", "VBZ", "VBP")]


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


def _end_source(text: str, source: Span) -> Span | None:
    """Take off a source what only leads to its verb: «the captain who (said)»."""
    trimmed = trim(text, source)
    words = text[trimmed.start : trimmed.end].rsplit(" ", 1)
    if len(words) == 2 and words[1] in ("who", "that", "which", "and"):
        trimmed = trim(text, Span(trimmed.start, trimmed.end - len(words[1])))
    return trimmed if trimmed.end - trimmed.start > 1 or text[trimmed.start : trimmed.end] == "I" else None


def _part(attribution: Attribution) -> None:
    """Part a source from the content where the parse let them overlap: each ends where the other begins."""
    source = attribution.source
    for place, content in enumerate(attribution.contents):
        if source is None or not _overlap(source, content):
            continue
        if source.start < content.start:
            end = attribution.cue.start if source.start < attribution.cue.start else content.start
            source = Span(source.start, min(end, content.start))
        elif source.end >= content.end - 2 and source.start - content.start > 8:
            attribution.contents[place] = Span(content.start, source.start)
        else:
            source = None
            attribution.confidence -= 0.2
    attribution.source = source


def _drop_shadows(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """Drop what is no claim: empty contents, a cue that is negated without denying, a second reading of one content."""
    kept: list[Attribution] = []
    for attribution in sorted(found, key=lambda a: (-a.confidence, a.cue)):
        attribution.contents = [content for content in attribution.contents if content.end - content.start >= 3]
        if not attribution.contents or (attribution.cue_negated and attribution.stance != "denies"):
            continue
        _part(attribution)
        if attribution.source is not None:
            attribution.source = _end_source(doc.text, attribution.source)
        if attribution.source is None and attribution.verb is not None and not children(attribution.verb, "aux:pass"):
            attribution.confidence = min(attribution.confidence, 0.45)
        twin = next((o for o in kept if o.contents == attribution.contents or _same_content(o, attribution)), None)
        if twin is None:
            kept.append(attribution)
        elif attribution.stance == "alleges" and twin.stance == "reports":
            # «is alleged to have ..., according to X»: one content, alleged, with X as its source.
            twin.stance, twin.source = "alleges", twin.source or attribution.source
    _cut_at_participles(kept)
    _nest_cues(kept)
    return sorted(kept, key=lambda a: (a.contents[0], a.cue))


def _nest_cues(found: list[Attribution]) -> None:
    """Read «X reported that documents indicated that ...» where the parse ends the outer content before the inner cue."""
    for outer in found:
        content = outer.contents[0]
        for inner in found:
            behind = inner.contents[0].start > inner.cue.start
            if inner is not outer and len(outer.contents) == 1 and behind and inner.cue.start - content.end in (0, 1):
                inner.source, inner.confidence = content, min(inner.confidence, 0.7)
                outer.contents = [Span(content.start, inner.contents[-1].end)]


def _cut_at_participles(found: list[Attribution]) -> None:
    """End a content before «, saying that ...», in which the same speaker goes on."""
    going_on = [
        a for a in found if a.verb is not None and a.verb.tag_ == "VBG" and a.verb.i and a.verb.nbor(-1).text == ","
    ]
    for later in going_on:
        for attribution in found:
            if attribution is later or attribution.direct or attribution.source != later.source:
                continue
            attribution.contents = [
                Span(c.start, later.verb.nbor(-1).idx) if c.start + 8 < later.cue.start < c.end else c
                for c in attribution.contents
            ]
