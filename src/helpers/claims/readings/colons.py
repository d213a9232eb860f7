"""«Voss: “The pier is a ruin.”»: a name and a colon before quotations, where a sentence has no frame at all."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.claims.attribution import Attribution, Sentence
from helpers.claims.shapes import trim
from helpers.language.sentences import speech_forms
from helpers.language.spans import Span

LONGEST_LEAD = 120  # characters


def read_colon(sentence: Sentence, /) -> Iterable[Attribution]:
    """Read what stands before a colon as who speaks, up to a verb that the parser took for a noun."""
    lead = sentence.text[: sentence.speech[0].start].rstrip() if sentence.speech else ""
    if not lead.endswith(":") or lead.endswith(" such as:") or len(lead) >= LONGEST_LEAD:
        return
    name = trim(sentence.text, Span(0, len(lead) - 1))
    if name.end <= name.start:
        return
    cue = Span(len(lead) - 1, len(lead))
    last = next(t for t in reversed(sentence.doc) if t.idx < name.end and not t.is_space)
    if last.i and last.lower_ in speech_forms() and last.tag_ in ("NNS", "VBZ", "NN"):
        name, cue = trim(sentence.text, Span(0, last.idx)), Span(last.idx, last.idx + len(last))
    contents = tuple(Span(q.inner_start, q.inner_end) for q in sentence.speech)
    yield Attribution(cue, name, contents, "asserts", 0.7, direct=True)
