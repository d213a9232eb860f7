"""Quotations that no words of their sentence frame: signed, led to by the line before, or going on with who spoke last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from helpers.claims.attribution import Attribution, Loose, Place
from helpers.claims.labelled_speech import OPENING, Turn
from helpers.claims.readings.quotation_leads import read_lead
from helpers.claims.shapes import is_inside, trim
from helpers.claims.source_places import name_source
from helpers.language.lexicons import entries
from helpers.language.sentences import find_sentences
from helpers.language.spans import Quotation, Span
from helpers.language.syntax import FINITE, lemma

SURE_OF_SPEAKER = 0.85  # a quotation that goes on is nearly always spoken by the one who spoke before
GOING_ON = ("speaker", "source_start", "source_end", "cue", "cue_start", "cue_end")
EDGES = (",;:…", ",;:")  # marks that belong to no sentence of a quotation before it and behind it
ASKED = ("asked", "asks", "begged", "begs", "urged", "urges", "wondered", "wonders")
BULLETS = "•*-–— "
OWN_WORDS = 4  # outside the marks, a verb among them: «The rules forbid it where “...”» is no speech that goes on


def leads_on(place: Place, following: Place | None) -> bool:
    """Say whether a sentence only leads to the quotation that opens the next line: «In her letter she wrote:»."""
    if following is None or following.passage.article_id != place.passage.article_id or place.quotations:
        return False
    return place.text.rstrip().endswith(":") and following.text.lstrip(BULLETS).startswith((*OPENING, "‘", "'"))


def find_leading(place: Place, found: Sequence[dict]) -> dict | None:
    """Find who speaks in the line below: before the verb that a colon follows, else whom the line names; None if nobody."""
    doc, text = place.doc, place.text
    end = len(text)
    verb, source = read_lead(doc, Quotation(end, end, end, end, False), set()) or (None, None)
    root = next(token for token in doc if token.head == token)
    if source is None and verb is None and (root.tag_.startswith("NNP") or lemma(root) in _documents()):
        source = name_source(root)
    if source is None:
        return next((row for row in found if row["speaker"] is not None), None)
    colon = text.rindex(":")
    cue = Span(colon, colon + 1) if verb is None else Span(verb.idx, verb.idx + len(verb))
    source = trim(text, Span(source.start, min(source.end, colon)))
    return {
        "article_id": place.passage.article_id,
        "speaker": text[source.start : source.end],
        "source_start": place.offset + source.start,
        "source_end": place.offset + source.end,
        "cue": text[cue.start : cue.end],
        "cue_start": place.offset + cue.start,
        "cue_end": place.offset + cue.end,
    }


def _documents() -> frozenset[str]:
    return entries("speaker_nouns", kind="document")


def find_speaking(passage, found: Sequence[dict], speaking: dict | None) -> dict | None:
    """Find who goes on speaking where the next quotation names nobody: the last one quoted, else the last one heard.

    Whoever only asked something is not who answers.
    """
    attributed = [row for row in found if row["speaker"] is not None]
    if attributed:
        quoted = [row for row in attributed if row["quote_kind"] == "direct"]
        outer = [row for row in attributed if row.get("parent_id") is None]
        last = (quoted or outer or attributed)[-1]
        return None if last["quote_kind"] == "indirect" and last["cue"].casefold() in ASKED else last
    return speaking if passage.kind == "body" and found and found[-1]["quote_kind"] == "direct" else None


def continue_speech(
    place: Place, speech: Sequence[Quotation], speaking: dict | None, stated: bool
) -> list[Loose] | None:
    """Read quotations that no words frame; None where they only stand in a statement of the article.

    Where a statement follows them, who speaks is told, but was not understood: it is not guessed.
    """
    if not stated or not _has_own_words(place.doc, speech):
        return quote(place, speech, None if _is_led(place, speech) else speaking)
    return None if place.text[: speech[0].start].strip() else quote(place, speech, None)


def _is_led(place: Place, speech: Sequence[Quotation]) -> bool:
    """Say whether words lead to a quotation, so that it is somebody's who was not understood."""
    lead = place.text[: speech[0].start].rstrip()
    return lead.endswith((",", ":")) and len(lead.split()) > 1


def _has_own_words(doc: Doc, speech: Sequence[Quotation]) -> bool:
    """Say whether a sentence tells something around its quotations, so that they do not just go on with the last one."""
    outside = [t for t in doc if not t.is_punct and not is_inside(t, speech)]
    return len(outside) >= OWN_WORDS and any(t.tag_ in FINITE for t in outside)


def quote(place: Place, speech: Iterable[Quotation], speaking: dict | None) -> list[Loose]:
    """Give quotations without a cue to the one who spoke last; they stay unattributed where nobody did.

    They go on with what has been cued before, so that the cue is the same, too.
    """
    told = dict.fromkeys(("cue", "cue_start", "cue_end"))
    if speaking:
        told = {**{key: speaking.get(key) for key in GOING_ON}, "confidence": SURE_OF_SPEAKER}
    loose = []
    for quotation in speech:
        content = Span(quotation.inner_start, quotation.inner_end)
        going_on = Attribution(Span(0, 0), None, (content,), "asserts", 0.6, direct=True)
        loose += [Loose(piece, going_on, told) for piece in split_content(place.text, content, going_on)]
    return loose


def split_content(text: str, content: Span, attribution: Attribution) -> list[Span]:
    """Cut what is quoted into sentences; what is told in other words stays whole."""
    if not attribution.direct:
        return [content]
    inner = text[content.start : content.end]
    return [trim(text, Span(content.start + s.start, content.start + s.end), *EDGES) for s in find_sentences(inner)]


def read_turn(place: Place, turn: Turn) -> tuple[Place, list[Loose]]:
    """Read a sentence of a turn in a transcript as one quotation: all of it is said by the one whose name stands before it."""
    length = len(place.text)
    start = min(max(turn.speech_start - place.offset, 0), length)
    if start == length:
        return place, []
    whole = [one for one in place.quotations if one.start == start]
    spoken = whole or [Quotation(start, length, start, length, False)]
    quoted = place._replace(quotations=spoken)
    if turn.name is None:
        return quoted, quote(quoted, spoken, None)
    cue_end = turn.cue_start + len(turn.cue)
    names = {"speaker": turn.name, "source_start": turn.start, "source_end": turn.end}
    speaking = {**names, "cue": turn.cue, "cue_start": turn.cue_start, "cue_end": cue_end}
    return quoted, quote(quoted, spoken, speaking)


def sign(place: Place, signature: tuple[int, int, int], rows: Sequence[dict]) -> bool:
    """Give the quotation that goes before to the name behind the dash; False where no quotation without a cue does."""
    dash, start, end = signature
    text, offset = place.text, place.offset
    cue = text[dash:start].rstrip()
    name = {"speaker": text[start:end], "source_start": offset + start, "source_end": offset + end}
    signed = list(_find_unsigned(place, rows))
    for row in signed:
        row.update(name, cue=cue, cue_start=offset + dash, cue_end=offset + dash + len(cue))
    return bool(signed)


def _find_unsigned(place: Place, rows: Sequence[dict]) -> Iterable[dict]:
    """Find the rows of the quotation right before a signature, back to its last sentence with a cue of its own."""
    for row in reversed(rows):
        own_cue = row.get("cue_start") is not None and row["cue_start"] >= row["sentence_start"]
        if row["quote_kind"] != "direct" or own_cue or row["article_id"] != place.passage.article_id:
            return
        if row["passage_id"] != rows[-1]["passage_id"]:
            return
        yield row
