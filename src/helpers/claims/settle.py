"""Which of the proposals for a sentence hold, and between which bounds: the one place that chooses among readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from helpers.claims.accusations import settle_accusations
from helpers.claims.attribution import Attribution, Reading, Sentence
from helpers.claims.bounds import end_content, extend_content, nest_cues
from helpers.claims.grounds import is_act
from helpers.claims.rebuttals import settle_denials
from helpers.claims.shapes import sets_scene, tokens_in, trim
from helpers.claims.source_places import keep_speaker, name_source
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Quotation, Span, overlap
from helpers.language.syntax import FINITE, SUBJECTS, children, is_verb, label, lemma, noun_phrase_span

SHORTEST = 3  # characters of a content
OF_THINGS = 0.65  # at most, of a content that no parse took for a clause
NAMED = 0.35  # at most, where a content only names something
UNSURE = 0.45  # at most, where a verb in the active has nobody who speaks
TRAILING_DAY = re.compile(
    r"(?<=\w),? (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?$"
)
LEADING_ON = re.compile(r",? (?:who|that|which|and|to|of|for)(?: (?:has|have|had|is|was|are|were|also|\w+ly))*$")


def find_attributions(
    sentence: Sentence, readings: Sequence[Reading], fallbacks: Sequence[Reading]
) -> list[Attribution]:
    """Find who says what in a sentence, in the order of the text: what the readings propose, else the fallbacks, settled."""
    found = settle(sentence, readings) or settle(sentence, fallbacks)
    return settle_accusations(sentence.doc, found, sentence.speech) if sentence.stated else found


def settle(sentence: Sentence, readings: Sequence[Reading]) -> list[Attribution]:
    """Choose among what readings propose, bound what is chosen, and turn to a denial what is really denied."""
    chosen = _choose([list(reading(sentence)) for reading in readings])
    chosen = sorted(_give_quotations(sentence, chosen), key=lambda one: (-one.confidence, one.cue))
    stating = [one for one in (_drop_scenes(sentence.doc, one) for one in chosen) if _states(one)]
    told = _join_twins([_begin_at_noun(sentence.doc, _bound_source(sentence.doc, one)) for one in stating])
    told = [end_content(one, told) for one in told]
    told = nest_cues([extend_content(sentence, one, told) for one in told])
    return settle_denials(sentence.doc, [_name_thing(sentence.doc, one) for one in told], sentence.speech)


def _name_thing(doc: Doc, attribution: Attribution) -> Attribution:
    """Mark a content that states nothing and only names what is spoken of: «cited the cost», «called for a vote».

    What is denied, conceded or laid to somebody is kept, whatever it is, and so is what somebody is called.
    """
    verb = attribution.verb
    if verb is None or attribution.confidence > OF_THINGS:
        return attribution
    laid = attribution.stance == "alleges" and (attribution.source is None or _has_ground(doc, attribution))
    calls = "naming" in _frames(verb) and not attribution.named
    kept = attribution.direct or attribution.stance in ("denies", "concedes") or laid or calls
    if kept or _predicates(doc, attribution.contents):
        return attribution
    return replace(attribution, named=True, confidence=min(attribution.confidence, NAMED))


def _has_ground(doc: Doc, attribution: Attribution) -> bool:
    """Say whether a content tells what somebody is blamed for, behind the preposition of its verb."""
    verb, inside = attribution.verb, tokens_in(doc, attribution.contents[0])
    return verb.tag_ == "VBN" or any(token.lower_ in _frames(verb) for token in inside)


def _frames(verb: Token) -> list[str]:
    return lexicon_index("reporting_verbs").get(lemma(verb), {"objects": ""})["objects"].split()


def _predicates(doc: Doc, contents: Sequence[Span]) -> bool:
    """Say whether contents tell more than a name: a clause, an act, what somebody is to do, or words that are quoted."""
    words = [token for content in contents for token in tokens_in(doc, content)]
    first = next((t for t in words if not t.is_punct and t.tag_ != "RB"), None)
    if first is not None and first.tag_ in ("WRB", "WP"):
        return False  # «explained why it fell»
    acts = first is not None and (first.tag_ in ("VB", "TO", "VBN") or is_act(first))
    narrowing = {inner.i for t in words if t.head in words and label(t) in ("acl", "acl:relcl") for inner in t.subtree}
    return acts or any(_heads_predicate(t) and t.i not in narrowing for t in words)


def _heads_predicate(token: Token) -> bool:
    """Say whether a token makes words a predication, whatever a parse made of its form."""
    inside = is_verb(token) and (label(token) in ("ROOT", "ccomp") or bool(children(token, *SUBJECTS)))
    goes_on = token.tag_ == "VBG" and label(token) in ("advcl", "xcomp", "ccomp")
    finite = token.tag_ in FINITE and token.text[0] not in "'’"  # «his party’s defeat»
    return finite or token.tag_ == "TO" or inside or goes_on


def _choose(proposals: Sequence[Sequence[Attribution]]) -> list[Attribution]:
    """Keep of the readings of one verb the first, and none of words that a quotation of speech has."""
    chosen: list[Attribution] = []
    for proposed in proposals:
        read = {one.verb.i for one in chosen if one.verb is not None}
        chosen += [one for one in proposed if one.verb is None or one.verb.i not in read]
    quoted = [q for one in chosen for q in one.quotations]
    return [one for one in chosen if not _lies_in(one, quoted)]


def _lies_in(attribution: Attribution, quotations: Iterable[Quotation]) -> bool:
    """Say whether most of a content stands in one of some quotations."""
    if attribution.quotations:
        return False
    return any(
        overlap(content, Span(q.start, q.end)) > 0.5 * (content.end - content.start)
        for content in attribution.contents
        for q in quotations
    )


def _give_quotations(sentence: Sentence, found: Sequence[Attribution]) -> list[Attribution]:
    """Let quotations that no words frame widen or replace the contents that they lie in: they are what is said."""
    given = [q for one in found for q in one.quotations]
    loose = [q for q in sentence.speech if q not in given]
    found = [*found, *_give_behind_colon(sentence.text, found, loose)]
    holding = [one for one in found if not one.direct and _holds_quotation(one, loose)]
    if not holding:
        return list(found)
    holder = max(holding, key=lambda one: one.confidence)
    if _has_own_words(sentence.text, holder, loose):
        content = holder.contents[0]
        ends = [q.end for q in loose if content.start <= q.start < content.end]
        whole = Span(content.start, max([content.end, *ends]))
        return [replace(one, contents=(whole,)) if one is holder else one for one in found]
    spoken = tuple(Span(q.inner_start, q.inner_end) for q in loose)
    quoted = replace(holder, contents=spoken, direct=True, confidence=0.9)
    apart = [one for one in found if one is not holder and not _touches(one, loose)]
    return [*apart, quoted]


def _give_behind_colon(text: str, found: Sequence[Attribution], loose: Sequence[Quotation]) -> Iterable[Attribution]:
    """Give a quotation behind a colon to whoever said what stands before it: «She wrote that they differed: “...”»."""
    for quotation in loose:
        spoken = Span(quotation.inner_start, quotation.inner_end)
        before = [one for one in found if one.source is not None and _ends_before(one, quotation)]
        if before and text[: quotation.start].rstrip().endswith(":"):
            outer = min(before, key=lambda one: one.cue.start)
            yield replace(outer, contents=(spoken,), direct=True, quotations=(quotation,), named=False)


def _ends_before(attribution: Attribution, quotation: Quotation) -> bool:
    return all(span.end <= quotation.start for span in (attribution.cue, *attribution.contents))


def _holds_quotation(attribution: Attribution, quotations: Sequence[Quotation]) -> bool:
    return _lies_in(replace(attribution, quotations=()), quotations)


def _touches(attribution: Attribution, quotations: Sequence[Quotation]) -> bool:
    return any(overlap(content, Span(q.start, q.end)) for content in attribution.contents for q in quotations)


def _has_own_words(text: str, holder: Attribution, quotations: Sequence[Quotation]) -> bool:
    """Say whether a content has words of its own around the quotation: «that the rules “clearly” failed»."""
    content = holder.contents[0]
    if len(holder.contents) != 1 or any(q.start <= content.start < q.end for q in quotations):
        return False
    end = min([content.end, *(q.start for q in quotations if q.start >= content.start)])
    return len(text[content.start : end].split()) >= 2


def _drop_scenes(doc: Doc, attribution: Attribution) -> Attribution:
    """Drop the contents that state nothing: empty ones, and a lone clause of time before its frame.

    «But when the money ran out, Oslo said enough» tells when, not what.
    """
    kept = tuple(c for c in attribution.contents if c.end - c.start >= SHORTEST and not _is_scene(doc, c, attribution))
    return attribution if kept == attribution.contents else replace(attribution, contents=kept)


def _is_scene(doc: Doc, content: Span, attribution: Attribution) -> bool:
    before = content.end <= attribution.cue.start
    return before and not attribution.direct and not attribution.named and sets_scene(doc, content)


def _states(attribution: Attribution) -> bool:
    """Say whether anything was said: a cue that is negated tells of nothing, unless it denies."""
    return bool(attribution.contents) and (not attribution.cue_negated or attribution.stance == "denies")


def _bound_source(doc: Doc, attribution: Attribution) -> Attribution:
    """Bound a source by the content and by its own words, and be unsure where nobody is left."""
    parted = _part(attribution)
    if parted.source is not None:
        ended = _end_source(doc.text, _name_antecedent(doc, parted.source))
        parted = replace(parted, source=keep_speaker(doc, ended) if ended is not None else None)
    active = parted.verb is not None and not children(parted.verb, "aux:pass")
    return replace(parted, confidence=min(parted.confidence, UNSURE)) if parted.source is None and active else parted


def _begin_at_noun(doc: Doc, attribution: Attribution) -> Attribution:
    """Let what is said in a relative clause begin with the noun that it is about: «(the bridge,) which is said to lean»."""
    content = attribution.contents[0]
    opening = next((token for token in doc if token.idx >= content.start), None)
    noun = attribution.verb.head if attribution.verb is not None and label(attribution.verb) == "acl:relcl" else None
    relative = (
        opening is not None and opening.lower_ in ("which", "who", "that", "where", "whose") and opening.tag_ != "IN"
    )
    if attribution.direct or noun is None or not relative or not noun.tag_.startswith("NN") or noun.i > opening.i:
        return attribution
    start = noun_phrase_span(noun).start
    return replace(attribution, contents=(Span(start, content.end), *attribution.contents[1:]))


def _part(attribution: Attribution) -> Attribution:
    """Part a source from the content where the parse let them overlap: each ends where the other begins."""
    source, confidence, cue = attribution.source, attribution.confidence, attribution.cue
    contents = list(attribution.contents)
    for place, content in enumerate(contents):
        if source is None or not overlap(source, content) or _goes_around(content, source, cue):
            continue
        if source.start < content.start:
            end = cue.start if source.start < cue.start else content.start
            source = Span(source.start, min(end, content.start))
        elif source.end >= content.end - 2 and source.start - content.start > 8:
            contents[place] = Span(content.start, source.start)
        else:
            source, confidence = None, confidence - 0.2
    return replace(attribution, source=source, contents=tuple(contents), confidence=confidence)


def _goes_around(content: Span, source: Span, cue: Span) -> bool:
    """Say whether a statement goes on around its frame: «The ferry, Voss insisted, was safe»."""
    return content.start < min(source.start, cue.start) and max(source.end, cue.end) < content.end


def _name_antecedent(doc: Doc, source: Span) -> Span:
    """Give who a bare «who» stands for: «It was (the mayor) who said», «(the man) who once said»."""
    token = next((t for t in doc if t.idx >= source.start), None)
    if token is None or token.lower_ != "who" or source.end - source.start > 3 or token.i == 0:
        return source
    noun = token.nbor(-2) if token.nbor(-1).text == "," and token.i > 1 else token.nbor(-1)
    return name_source(noun, token) or source if noun.tag_.startswith("NN") else source


def _end_source(text: str, source: Span) -> Span | None:
    """Take off a source what only leads to its verb: «the captain (, who has strongly)»; None where nothing is left."""
    trimmed = trim(text, _behind_mark(text, source))
    if text[trimmed.start : trimmed.start + 3] == "As ":
        trimmed = Span(trimmed.start + 3, trimmed.end)  # «As Voss, then the mayor, said»
    for leading in (LEADING_ON, TRAILING_DAY):
        match = leading.search(text[trimmed.start : trimmed.end])
        if match is not None and match.start() >= (leading is LEADING_ON):
            trimmed = trim(text, Span(trimmed.start, trimmed.start + match.start()))
    words = text[trimmed.start : trimmed.end].split()
    if not words or (len(words) > 2 and words[0].lower() in ("which", "that", "who", "what")):
        return None
    return trimmed if trimmed.end - trimmed.start > 1 or words == ["I"] else None


def _behind_mark(text: str, source: Span) -> Span:
    """Leave out of a source what stands before a lone closing mark: «the “good news,” Voss» is Voss."""
    inside = text[source.start : source.end]
    if inside.count("”") != inside.count("“") + 1:
        return source
    rest = inside.rpartition("”")[2]
    return Span(source.end - len(rest), source.end) if rest.strip(" ,.") else source


def _join_twins(told: Sequence[Attribution]) -> list[Attribution]:
    """Join two readings of one content: the surer stays, alleged where the other says so.

    «is alleged to have ..., according to X» is one content, alleged, with X as its source.
    """
    kept: list[Attribution] = []
    for one in told:
        place = next((k for k, other in enumerate(kept) if _has_same_content(other, one)), None)
        if place is None:
            kept.append(one)
        elif one.stance == "alleges" and kept[place].stance == "reports":
            kept[place] = replace(kept[place], stance="alleges", source=kept[place].source or one.source)
    return kept


def _has_same_content(one: Attribution, other: Attribution) -> bool:
    """Say whether two readings have one content, to the letter, or nearly so and one of them knows no source.

    What one asserts and another denies is told twice.
    """
    two_voices = one.source and other.source and not overlap(one.source, other.source)
    if two_voices and (one.stance == "denies") != (other.stance == "denies"):
        return False
    if one.contents == other.contents:
        return True
    a, b = one.contents[0], other.contents[0]
    nearly = overlap(a, b) > 0.8 * min(a.end - a.start, b.end - b.start) and (a.start == b.start or a.end == b.end)
    single = len(one.contents) == len(other.contents) == 1
    return single and nearly and (one.source is None or other.source is None)
