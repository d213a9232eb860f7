"""Where a source and a statement begin and end, once all readings of a sentence are known, and which of them stand."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from helpers.claims.frames import CONJUNCTIONS, FINITE, is_between, sets_scene, span_of, trim
from helpers.claims.readings.objects import last_of_predicate
from helpers.claims.sayers import name_source
from helpers.claims.saying import Attribution, comma_before, has_finite, overlap
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import Span
from helpers.language.syntax import children, is_verb, lemma

ADDED_CLAUSE = re.compile(
    r",?\s+(?:and|but)\s.*\w,\s*$", re.S
)  # «, and 27 houses were lost, »: up to the comma of the frame
LAST_WORDS = 4  # that may follow the frame at the end of a sentence: «on Monday.»
TRAILING_DAY = re.compile(
    r"(?<=\w),? (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?$"
)
LEADING_ON = re.compile(r",? (?:who|that|which|and|to|of|for)(?: (?:has|have|had|is|was|are|were|also|\w+ly))*$")


def settle_boundaries(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """Drop what is no claim: empty contents, a cue that is negated without denying, a second reading of one content."""
    kept: list[Attribution] = []
    for attribution in sorted(found, key=lambda a: (-a.confidence, a.cue)):
        attribution.contents = [
            content
            for content in attribution.contents
            if content.end - content.start >= 3
            and (attribution.direct or not _only_sets_scene(doc, content, attribution))
        ]
        if not attribution.contents or (attribution.cue_negated and attribution.stance != "denies"):
            continue
        _part(attribution)
        if attribution.source is not None:
            attribution.source = _end_source(doc.text, _name_antecedent(doc, attribution.source))
        if attribution.source is None and attribution.verb is not None and not children(attribution.verb, "aux:pass"):
            attribution.confidence = min(attribution.confidence, 0.45)
        twin = next((o for o in kept if o.contents == attribution.contents or _same_content(o, attribution)), None)
        if twin is None:
            kept.append(attribution)
        elif attribution.stance == "alleges" and twin.stance == "reports":
            # «is alleged to have ..., according to X»: one content, alleged, with X as its source.
            twin.stance, twin.source = "alleges", twin.source or attribution.source
    _cut_at_frames(kept)
    _cut_at_contrasts(kept)
    _cut_at_participles(kept)
    _cut_at_reports(doc, kept)
    _cut_at_resumptions(doc, kept)
    _reach_to_frames(doc, kept)
    _go_on_behind_marks(doc, kept)
    _nest_cues(kept)
    return sorted(kept, key=lambda a: (a.contents[0], a.cue))


def _only_sets_scene(doc: Doc, content: Span, attribution: Attribution) -> bool:
    """Say whether a content before its frame is a lone clause of time: «But when the money ran out, Oslo said enough»."""
    return content.end <= attribution.cue.start and not attribution.named and sets_scene(doc, content)


def _reach_to_frames(doc: Doc, found: list[Attribution]) -> None:
    """Let «A broke, and B was lost, X said» claim both: what begins the sentence reaches to the frame that ends it."""
    for attribution in found:
        if attribution.source is None or attribution.direct or len(attribution.contents) != 1:
            continue
        content = attribution.contents[0]
        frame = min(attribution.source.start, attribution.cue.start)
        gap = doc.text[content.end : frame]
        begins = not doc.text[: content.start].strip() and ADDED_CLAUSE.match(gap) is not None
        ends = len(doc.text[max(attribution.source.end, attribution.cue.end) :].split()) <= LAST_WORDS
        others = any(content.end <= other.cue.start < frame for other in found if other is not attribution)
        if begins and ends and not others:
            attribution.contents = [trim(doc.text, Span(content.start, frame))]


def _go_on_behind_marks(doc: Doc, found: list[Attribution]) -> None:
    """Let «it was “a mistake” to use the boat» end with its clause, not with the quotation in the middle of it."""
    for attribution in found:
        content = attribution.contents[-1]
        verb = attribution.verb
        if verb is None or len(attribution.contents) != 1 or attribution.named or attribution.cue.start > content.start:
            continue
        rest = [t for t in doc if t.idx >= content.end]
        closes = doc.text[content.end - 1] == "”" or (bool(rest) and rest[0].text == "”")
        rest = rest[1:] if rest and rest[0].text == "”" else rest
        if not rest or doc.text[: content.end].rstrip("”")[-1] in ".,!?" or not _goes_on(doc, content, rest, closes):
            continue
        end = span_of(doc, rest[0].i, last_of_predicate(verb, rest[0].i)).end
        if any(other is not attribution and content.end <= other.cue.start < end for other in found):
            continue
        start = content.start
        if closes and attribution.direct and start and doc.text[start - 1] == "“":
            start -= 1
        attribution.contents, attribution.direct = [trim(doc.text, Span(start, end))], False


def _goes_on(doc: Doc, content: Span, rest: list[Token], closes: bool) -> bool:
    """Say whether a statement goes on behind its content: a phrase behind a closing mark, or the verb that it lacks."""
    if closes and rest[0].tag_ in ("IN", "TO") and rest[0].lower_ not in CONJUNCTIONS:
        return True
    verbless = not has_finite(t for t in doc if content.start <= t.idx < content.end)
    return rest[0].tag_ == "CC" and verbless and has_finite(rest[1:]) and not rest[1].tag_.startswith(("VB", "MD"))


def _cut_at_resumptions(doc: Doc, found: list[Attribution]) -> None:
    """End what a relative clause reports where its sentence goes on: «Voters, who say that it helps(,) stayed away»."""
    for attribution in found:
        verb, content = attribution.verb, attribution.contents[-1]
        if verb is None or attribution.direct or verb.i < 2 or content.start < attribution.cue.start:
            continue
        lead = next((t for t in reversed(doc[max(0, verb.i - 3) : verb.i]) if t.tag_ in ("WP", "WDT")), None)
        if lead is None or lead.i == 0 or lead.nbor(-1).text != ",":
            continue
        for token in doc[verb.i + 1 : -1]:
            if token.text == "," and content.start + 3 < token.idx < content.end and token.nbor().tag_ in FINITE:
                attribution.contents[-1] = Span(content.start, token.idx)
                break


def _same_content(one: Attribution, other: Attribution) -> bool:
    a, b = one.contents[0], other.contents[0]
    return (
        len(one.contents) == len(other.contents) == 1
        and overlap(a, b) > 0.8 * min(a.end - a.start, b.end - b.start)
        and (a.start == b.start or a.end == b.end)
        and (one.source is None or other.source is None)
    )


def _end_source(text: str, source: Span) -> Span | None:
    """Take off a source what only leads to its verb: «the captain (, who has strongly)»; None where nothing is left."""
    trimmed = trim(text, _behind_mark(text, source))
    if text[trimmed.start : trimmed.start + 3] == "As ":
        trimmed = Span(trimmed.start + 3, trimmed.end)  # «As Voss, then the mayor, said»
    lead = LEADING_ON.search(text[trimmed.start : trimmed.end])
    if lead is not None and lead.start() > 0:
        trimmed = trim(text, Span(trimmed.start, trimmed.start + lead.start()))
    day = TRAILING_DAY.search(text[trimmed.start : trimmed.end])
    if day is not None:
        trimmed = trim(text, Span(trimmed.start, trimmed.start + day.start()))
    words = text[trimmed.start : trimmed.end].split()
    if not words or (len(words) > 2 and words[0].lower() in ("which", "that", "who", "what")):
        return None
    return trimmed if trimmed.end - trimmed.start > 1 or words == ["I"] else None


def _name_antecedent(doc: Doc, source: Span) -> Span:
    """Give who a bare «who» stands for: «It was (the mayor) who said», «(the man) who once said»."""
    token = next((t for t in doc if t.idx >= source.start), None)
    if token is None or token.lower_ != "who" or source.end - source.start > 3 or token.i == 0:
        return source
    noun = token.nbor(-2) if token.nbor(-1).text == "," and token.i > 1 else token.nbor(-1)
    return name_source(noun, token) or source if noun.tag_.startswith("NN") else source


def _behind_mark(text: str, source: Span) -> Span:
    """Leave out of a source what stands before a lone closing mark: «the “good news,” Voss» is Voss."""
    inside = text[source.start : source.end]
    if inside.count("”") != inside.count("“") + 1:
        return source
    rest = inside.rpartition("”")[2]
    return Span(source.end - len(rest), source.end) if rest.strip(" ,.") else source


def _part(attribution: Attribution) -> None:
    """Part a source from the content where the parse let them overlap: each ends where the other begins."""
    source = attribution.source
    for place, content in enumerate(attribution.contents):
        if source is None or not overlap(source, content):
            continue
        frame = Span(min(source.start, attribution.cue.start), max(source.end, attribution.cue.end))
        if content.start < frame.start and frame.end < content.end:
            continue  # «The ferry, Voss insisted, was safe»: the statement goes on around its frame
        if source.start < content.start:
            end = attribution.cue.start if source.start < attribution.cue.start else content.start
            source = Span(source.start, min(end, content.start))
        elif source.end >= content.end - 2 and source.start - content.start > 8:
            attribution.contents[place] = Span(content.start, source.start)
        else:
            source = None
            attribution.confidence -= 0.2
    attribution.source = source


def _nest_cues(found: list[Attribution]) -> None:
    """Read «X reported that documents indicated that ...» where the parse ends the outer content before the inner cue."""
    for outer in found:
        content = outer.contents[0]
        for inner in found:
            participle = inner.verb is not None and inner.verb.tag_ == "VBG"
            behind = inner.contents[0].start > inner.cue.start and not participle
            if inner is not outer and len(outer.contents) == 1 and behind and inner.cue.start - content.end in (0, 1):
                inner.source, inner.confidence = content, min(inner.confidence, 0.7)
                outer.contents = [Span(content.start, inner.contents[-1].end)]


def _find_contrast(doc: Doc, content: Span) -> int | None:
    """Find where «, but ...» sets something against an indirect content: what follows is no longer part of it."""
    for token in doc[1:]:
        if token.lower_ == "but" and token.nbor(-1).text == "," and content.start + 12 < token.idx < content.end:
            before = [t for t in doc if content.start <= t.idx < token.idx]
            return token.nbor(-1).idx if has_finite(before) and has_finite(doc[token.i + 1 :]) else None
    return None


def _find_main_clause(verb: Token, content: Span) -> int | None:
    """Find where the main clause begins after «While she admitted that ..., »: it is no part of what she admitted."""
    doc = verb.doc
    opening = doc[0] if doc[0].tag_ != "CC" else doc[1] if len(doc) > 1 else doc[0]
    if opening.lower_ not in ("though", "although", "while", "when", "as", "after", "before", "because", "since"):
        return None
    if any(t.text == "," for t in doc[: verb.i]):
        return None
    for token in doc[verb.i + 1 : -2]:
        if token.text == "," and content.start < token.idx < content.end:
            if token.nbor().tag_.startswith(("PRP", "NNP", "DT", "NN")) and has_finite(doc[token.i + 2 : token.i + 7]):
                return token.idx
            if token.nbor().tag_.startswith("NNP") and doc[token.i + 2].tag_ in ("VBN", "VBD"):
                return token.idx
    return None


def _cut_at_reports(doc: Doc, found: list[Attribution]) -> None:
    """End a content before «and said that ...», in which the same speaker goes on."""
    for attribution in found:
        verb = attribution.verb
        if verb is None or not is_verb(verb) or attribution.direct:
            continue
        going_on = [
            t
            for t in doc[verb.i + 2 :]
            if (t.tag_ == verb.tag_ or {t.tag_, verb.tag_} <= set(FINITE))
            and lemma(t) in lexicon_index("reporting_verbs")
            and not is_between(t)
        ]
        for later in going_on:
            before = later.i - 1
            while is_between(doc[before]):
                before -= 1
            if doc[before].tag_ == "CC" and before > verb.i + 1:
                end = doc[before].idx
                attribution.contents = [
                    trim(doc.text, Span(c.start, end)) if c.start + 8 < end < c.end else c for c in attribution.contents
                ]
                break


def _cut_at_frames(found: list[Attribution]) -> None:
    """End a content that is nested in another one before the frame of that: «X fear (it is lost), Y said»."""
    for outer in found:
        whole = outer.contents[-1]
        for inner in found:
            nested = whole.start <= inner.cue.start and inner.cue.end <= whole.end and whole.end <= outer.cue.start
            if inner is not outer and nested and inner.contents[-1].start < whole.end < inner.contents[-1].end:
                inner.contents[-1] = Span(inner.contents[-1].start, whole.end)


def _cut_at_contrasts(found: list[Attribution]) -> None:
    """End an indirect content before «, but ...» and before the main clause that follows it."""
    for attribution in found:
        content = attribution.contents[-1]
        if attribution.verb is None or attribution.direct or attribution.cue.start > attribution.contents[0].start:
            continue
        end = _find_contrast(attribution.verb.doc, content) or _find_main_clause(attribution.verb, content)
        if end is not None:
            attribution.contents[-1] = Span(content.start, end)


def _cut_at_participles(found: list[Attribution]) -> None:
    """End a content before «, saying that ...», in which the same speaker goes on."""
    for later in found:
        if later.verb is None or later.verb.tag_ != "VBG" or comma_before(later.verb) is None:
            continue
        before = later.verb.nbor(-1)
        end = before.idx if before.text == "," else before.idx + len(before)
        for attribution in found:
            if attribution is later or attribution.direct or attribution.source != later.source:
                continue
            attribution.contents = [
                Span(c.start, end) if c.start + 8 < later.cue.start < c.end else c for c in attribution.contents
            ]
