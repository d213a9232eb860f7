"""«“...,” said X», «X said: “...”»: quotations of speech, given to the verb before or behind them to the letter.

A parse of a sentence with quotations is a parse of two texts at once, and seldom holds. The words outside the marks
are few, and newspapers order them in few ways: «“...,” said X», «“...,” X, of Y, said on Friday», «X said: “...”»,
«“...,” X said, adding, “...”».
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.claims.attribution import Attribution, Sentence, cue_span
from helpers.claims.contents import find_that
from helpers.claims.shapes import ends_with_mark, has_finite, trim
from helpers.claims.source_places import find_speaker
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Quotation, Span, overlap
from helpers.language.syntax import FINITE, lemma

Spoken = tuple[Token, Span | None]  # a verb, and who speaks
ReadLead = Callable[[Sequence[Token], Quotation, set[int]], Spoken | None]
ReadTail = Callable[[Sequence[Token], set[int], str], Spoken | None]


class Frame(NamedTuple):
    """A verb of speech, who speaks, and the quotations that are spoken."""

    verb: Token
    source: Span
    quotations: list[Quotation]


def read_quoted(read_lead: ReadLead, read_tail: ReadTail, sentence: Sentence, /) -> Iterable[Attribution]:
    """Read the quotations of a sentence that words outside them frame: they are what is said, to the letter.

    `read_lead` finds the verb that leads to a quotation, `read_tail` the one behind it, each with who speaks.
    """
    for frame in _find_frames(sentence, read_lead, read_tail):
        if not any(overlap(frame.source, Span(q.start, q.end)) for q in sentence.speech):
            yield _attribute(sentence.doc, frame)


def _attribute(doc: Doc, frame: Frame) -> Attribution:
    verb, source, quotations = frame
    stance = lexicon_index("reporting_verbs").get(lemma(verb), {"stance": "asserts"})["stance"]
    contents = [Span(q.inner_start, q.inner_end) for q in quotations]
    begins = _own_words_before(doc, quotations[0], verb)
    ends = _own_words_after(doc, quotations[0], source, verb)
    told = _clause_before(doc, quotations[0], verb)
    direct = begins is None and ends is None and told is None
    if told is not None:
        contents.insert(0, told)
    elif not direct:
        contents[0] = Span(quotations[0].start if begins is None else begins, ends or quotations[0].end)
    return Attribution(
        cue_span(verb), source, tuple(contents), stance, 0.95, direct=direct, verb=verb, quotations=tuple(quotations)
    )


def _own_words_before(doc: Doc, quotation: Quotation, verb: Token) -> int | None:
    """Find where a statement begins that goes over into a quotation: «The plan is “too dear for us all,” she said»."""
    before = doc.text[: quotation.start].rstrip()
    goes_over = before and before[-1].isalnum() and doc.text[quotation.inner_start].islower()
    if verb.idx < quotation.start or not goes_over or len(before.split()) < 2:
        return None
    return trim(doc.text, Span(0, quotation.start)).start


def _clause_before(doc: Doc, quotation: Quotation, verb: Token) -> Span | None:
    """Find the clause that a verb reports before a colon and the quotation: «wrote that (the pier was lost): “...”»."""
    between = [t for t in doc if verb.i < t.i and t.idx < quotation.start]
    if not between or between[-1].text != ":" or not has_finite(between):
        return None
    first = find_that(verb) or between[0].i
    return trim(doc.text, Span(doc[first].idx, between[-1].idx))


def _own_words_after(doc: Doc, quotation: Quotation, source: Span, verb: Token) -> int | None:
    """Find where a statement ends that goes on behind a quotation: «“You broke them” to raise the price, she said»."""
    goes_on = doc.text[quotation.end : source.start].strip()
    if not quotation.end < source.start < verb.idx or not goes_on.endswith(",") or len(goes_on.split()) < 3:
        return None
    first = next(t for t in doc if t.idx >= quotation.end and not t.is_space)
    return trim(doc.text, Span(quotation.end, source.start)).end if first.tag_ in ("IN", "TO", "CC", "VB") else None


def _find_frames(sentence: Sentence, read_lead: ReadLead, read_tail: ReadTail) -> list[Frame]:
    """Give each quotation of a sentence to the verb before or after it; one without any goes with its neighbour."""
    doc, speech = sentence.doc, sentence.speech
    gaps = _find_gaps(doc, speech)
    frames: list[Frame] = []
    used: set[int] = set()
    for place, quotation in enumerate(speech):
        spoken = doc.text[quotation.inner_start : quotation.inner_end]
        lead = partial(read_lead, gaps[place], quotation, used)
        tail = partial(read_tail, gaps[place + 1], used, spoken)
        if frames:
            found = lead() or (None if _is_shared(gaps[place], used) else tail())
        elif place and gaps[place] and spoken.endswith((",", "?", "!")):
            found = tail() or lead()  # what stands before it belongs to the quotation before
        else:
            found = lead() or tail()
        verb, source = found or (None, None)
        if verb is not None:
            used.add(verb.i)
            source = source or (frames[-1].source if frames else find_speaker(doc, verb))
        if source is not None and not _asks(doc, source):
            frames.append(Frame(verb, source, [quotation]))
        elif frames and _is_shared(gaps[place], used):
            frames[-1].quotations.append(quotation)
    return frames


def _asks(doc: Doc, source: Span) -> bool:
    """Say whether a supposed speaker is only «what»: «Here is what helped: “...”»."""
    return doc.text[slice(*source)].casefold() == "what"


def _find_gaps(doc: Doc, speech: Sequence[Quotation]) -> list[list[Token]]:
    """Give the tokens before the first quotation, between each two, and after the last one."""
    gaps: list[list[Token]] = [[] for _ in range(len(speech) + 1)]
    for token in doc:
        place = next((n for n, q in enumerate(speech) if token.idx < q.end), len(speech))
        if place == len(speech) or token.idx < speech[place].start:
            gaps[place].append(token)
    return gaps


def _is_shared(gap: Sequence[Token], used: set[int]) -> bool:
    """Say whether the words before a quotation leave it with the frame of the one before."""
    words = [t.lower_ for t in gap if not t.is_punct and not t.is_space]
    if words[-1:] == ["that"]:
        return False
    opens = any(t.tag_ in FINITE and t.i not in used and not t.text.startswith("'") for t in gap[-3:])
    return not opens or ends_with_mark(gap)
