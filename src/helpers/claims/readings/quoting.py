"""The quotations of speech given to their cue: they are what is said, to the letter."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.claims.frames import trim
from helpers.claims.saying import Attribution, cue_span, overlap
from helpers.claims.speech import read_speech
from helpers.language.lexicons import lexicon_index
from helpers.language.quotations import Quotation
from helpers.language.sentences import Span, speech_forms
from helpers.language.syntax import lemma


def take_speech(doc: Doc, found: list[Attribution], speech: Sequence[Quotation]) -> None:
    """Give the quotations of speech to their cue: they are the content to the letter, whatever the parse made of them."""
    open_ones = list(speech)
    for verb, source, quotations in read_speech(doc, speech) if speech else ():
        if any(overlap(source, (q.start, q.end)) for q in speech):
            continue
        open_ones = [q for q in open_ones if q not in quotations]
        spoken = [Span(q.start, q.end) for q in quotations]
        found[:] = [
            a
            for a in found
            if a.verb != verb and not any(overlap(c, q) > 0.5 * (c.end - c.start) for c in a.contents for q in spoken)
        ]
        stance = lexicon_index("reporting_verbs").get(lemma(verb), {"stance": "asserts"})["stance"]
        contents = [Span(q.inner_start, q.inner_end) for q in quotations]
        begins = _own_words_before(doc, quotations[0], verb)
        ends = _own_words_after(doc, quotations[0], source, verb)
        if begins is not None or ends is not None:
            contents[0] = Span(quotations[0].start if begins is None else begins, ends or quotations[0].end)
        direct = begins is None and ends is None
        found.append(Attribution(cue_span(verb), source, contents, stance, 0.95, direct=direct, verb=verb))
    if open_ones:
        _take_parsed_speech(doc, found, open_ones)


def _own_words_before(doc: Doc, quotation: Quotation, verb: Token) -> int | None:
    """Find where a statement begins that goes over into a quotation: «The plan is “too dear for us all,” she said»."""
    before = doc.text[: quotation.start].rstrip()
    goes_over = before and before[-1].isalnum() and doc.text[quotation.inner_start].islower()
    if verb.idx < quotation.start or not goes_over or len(before.split()) < 2:
        return None
    return trim(doc.text, Span(0, quotation.start)).start


def _own_words_after(doc: Doc, quotation: Quotation, source: Span, verb: Token) -> int | None:
    """Find where a statement ends that goes on behind a quotation: «“You broke them” to raise the price, she said»."""
    goes_on = doc.text[quotation.end : source.start].strip()
    if not quotation.end < source.start < verb.idx or not goes_on.endswith(",") or len(goes_on.split()) < 3:
        return None
    first = next(t for t in doc if t.idx >= quotation.end and not t.is_space)
    return trim(doc.text, Span(quotation.end, source.start)).end if first.tag_ in ("IN", "TO", "CC", "VB") else None


def _take_parsed_speech(doc: Doc, found: list[Attribution], speech: Sequence[Quotation]) -> None:
    """Let quotations that no words frame widen or replace the contents that the parse found."""
    inside = [Span(quotation.start, quotation.end) for quotation in speech]
    frames = [
        attribution
        for attribution in found
        if not attribution.direct
        and any(
            overlap(content, quotation) > 0.5 * (content.end - content.start)
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
        frame.direct, frame.confidence = True, 0.9
        found[:] = [a for a in found if a is frame or not any(overlap(c, q) for c in a.contents for q in inside)]
        return
    lead = doc.text[: speech[0].start].rstrip()
    if lead.endswith(":") and not lead.endswith(" such as:") and len(lead) < 120 and not found:
        name = trim(doc.text, Span(0, len(lead) - 1))
        last = next((t for t in reversed(doc) if t.idx < name.end and not t.is_space), None)
        if last is not None and last.i and last.lower_ in speech_forms() and last.tag_ in ("NNS", "VBZ", "NN"):
            contents = [Span(quotation.inner_start, quotation.inner_end) for quotation in speech]
            named = trim(doc.text, Span(0, last.idx))
            found.append(
                Attribution(Span(last.idx, last.idx + len(last)), named, contents, "asserts", 0.7, direct=True)
            )
        elif name.end > name.start:
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
