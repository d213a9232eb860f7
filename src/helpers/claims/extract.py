"""Take the claims out of the passages: what is stated, who says so, and how the article presents it."""

from __future__ import annotations

import re

import pandas as pd
from spacy.tokens import Doc

from helpers import tables
from helpers.claims.accusations import settle_accusations
from helpers.claims.attribution import find_attributions
from helpers.claims.modality import is_accusation, judge_modality
from helpers.claims.readings.tails import find_tail
from helpers.claims.rebuttals import settle_denials
from helpers.claims.saying import Attribution, is_inside, overlap
from helpers.claims.slots import find_slots, split_statements
from helpers.claims.speakers import resolve_speakers
from helpers.claims.turns import Turn, find_signature, find_turns
from helpers.language.lexicons import lexicon_index
from helpers.language.quotations import Quotation, find_quotations, find_speech
from helpers.language.sentences import Span, find_sentences, find_words
from helpers.language.syntax import SUBJECTS, children, is_verb, label, parse_sentences, subtree_span, tokens_within

# Below this, a phrase only names something: «welcomed the decision»; a denial is kept whatever it names.
LEAST_CONFIDENCE = 0.4
SURE_OF_SPEAKER = 0.85  # a quotation that goes on is nearly always spoken by the one who spoke before
GOING_ON = ("speaker", "source_start", "source_end", "cue", "cue_start", "cue_end")
OWN_WORDS = 4  # outside the marks, a verb among them: «The rules forbid it where “...”» is no speech that goes on
POLITE = 6  # words among which a «please» asks the reader for something
OPINION = {
    "should",
    "ought",
    "must",
    "hopefully",
    "unfortunately",
    "sadly",
    "best",
    "worst",
    "great",
    "amazing",
    "incredible",
    "terrible",
}


def extract_claims(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    min_confidence: float = LEAST_CONFIDENCE,
    language_model: str | None = None,
) -> pd.DataFrame:
    """Extract `claims`: one row a statement of the passages that give claims.

    `min_confidence` leaves out what is less sure; `language_model` names another spaCy pipeline. A statement that a
    source denies keeps its own words with the stance `denies`: it is never turned into support. Whoever says that
    something did not happen `asserts` a statement that is `negated`; only a cue of denial makes the stance `denies`.
    """
    bearing = passages[passages["kind"].isin(tables.CLAIM_BEARING)]
    places = [
        (passage, sentence)
        for passage in bearing.sort_values(["article_id", "start"], kind="stable").itertuples()
        for sentence in find_sentences(passage.text)
    ]
    docs = parse_sentences([passage.text[start:end] for passage, (start, end) in places], language_model)
    quotations = {passage.passage_id: find_quotations(passage.text) for passage in bearing.itertuples()}
    turns = find_turns(passages)
    rows: list[dict] = []
    speaking: dict | None = None
    for (passage, sentence), doc in zip(places, docs, strict=True):
        if speaking and speaking["article_id"] != passage.article_id:
            speaking = None
        signature = find_signature(passage.text[sentence.start : sentence.end])
        if signature is not None and _sign(passage, sentence, signature, rows):
            speaking = None
            continue
        turn = turns.get(passage.passage_id)
        if turn is not None:
            found = _read_turn(passage, sentence, doc, turn)
        else:
            found = _read_sentence(passage, sentence, doc, quotations[passage.passage_id], speaking)
        speaking = _find_speaking(passage, found, speaking)
        rows.extend(found)
    claims = tables.conform(_drop_repeated(rows), "claims")
    claims = resolve_speakers(claims, articles)
    return tables.conform(claims[claims["confidence"] >= min_confidence], "claims")


def _find_speaking(passage, found: list[dict], speaking: dict | None) -> dict | None:
    """Find who goes on speaking where the next quotation names nobody: the last one quoted, else the last one heard."""
    attributed = [row for row in found if row["speaker"] is not None]
    if attributed:
        quoted = [row for row in attributed if row["quote_kind"] == "direct"]
        outer = [row for row in attributed if row.get("parent_id") is None]
        return (quoted or outer or attributed)[-1]
    return speaking if passage.kind == "body" and found and found[-1]["quote_kind"] == "direct" else None


def _sign(passage, sentence: Span, signature: tuple[int, int, int], rows: list[dict]) -> bool:
    """Give the quotation that goes before to the name behind the dash; False where no quotation without a cue does."""
    offset = passage.start + sentence.start
    dash, start, end = signature
    signed = 0
    for row in reversed(rows):
        own_cue = row.get("cue_start") is not None and row["cue_start"] >= row["sentence_start"]
        if row["quote_kind"] != "direct" or own_cue or row["article_id"] != passage.article_id:
            break
        if signed and row["passage_id"] != rows[-1]["passage_id"]:
            break
        text = passage.text[sentence.start : sentence.end]
        row.update(speaker=text[start:end], source_start=offset + start, source_end=offset + end)
        row.update(cue=text[dash:start].rstrip(), cue_start=offset + dash)
        row["cue_end"] = row["cue_start"] + len(row["cue"])
        signed += 1
    return signed > 0


def _drop_repeated(rows: list[dict]) -> list[dict]:
    return list({row["claim_id"]: row for row in rows}.values())


def _read_sentence(passage, sentence: Span, doc: Doc, quotations: list[Quotation], speaking: dict | None) -> list[dict]:
    text = passage.text[sentence.start : sentence.end]
    here = [q for q in quotations if q.start < sentence.end and q.end > sentence.start]
    within = [_shift(q, sentence, len(text)) for q in here]
    speech = [_shift(q, sentence, len(text)) for q in find_speech(passage.text, here)]
    stated = _is_statement(doc, text)
    if not (stated or speech):
        return []
    attributions = settle_denials(doc, find_attributions(doc, within, speech), speech)
    tail = find_tail(doc) if stated and not speech and not attributions else None
    attributions = [tail] if tail is not None else attributions
    attributions = settle_accusations(doc, attributions, speech) if stated else attributions
    rows = []
    for attribution in attributions:
        for content in attribution.contents:
            for piece in _split_content(text, content, attribution):
                rows.append(_make_row(passage, sentence, doc, piece, within, attribution))
    loose = speech if not attributions else []
    if loose and stated and _has_own_words(doc, speech):
        opens = not text[: loose[0].start].strip()
        loose, speaking = (loose, None) if opens else ([], None)  # who speaks is told, but not understood
    if loose:
        rows.extend(_continue_speech(passage, sentence, doc, loose, within, speaking))
    elif stated and not any(_frames_sentence(a, doc) for a in attributions):
        told = [a for a in attributions if not _leaves_own_voice(a, doc.text)]
        for statement in _split_own_voice(doc, attributions):
            if any(statement.start <= a.cue.start and a.cue.end <= statement.end for a in told):
                continue  # «... the Herald reported that ...»: what it frames has been read already
            if any(2 * overlap(statement, c) > statement.end - statement.start for a in told for c in a.contents):
                continue  # «claims that the ferry ...»: most of it is somebody's
            rows.append(_make_row(passage, sentence, doc, statement, within, None))
    for statement in _find_asides(doc, rows, passage.start + sentence.start) if stated else ():
        rows.append(_make_row(passage, sentence, doc, statement, within, None, 0.7))
    _nest(rows)
    return rows


def _has_own_words(doc: Doc, speech: list[Quotation]) -> bool:
    """Say whether a sentence tells something around its quotations, so that they do not just go on with the last one."""
    outside = [t for t in doc if not t.is_punct and not is_inside(t, speech)]
    return len(outside) >= OWN_WORDS and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in outside)


def _find_asides(doc: Doc, rows: list[dict], offset: int) -> list[Span]:
    """Find what a phrase states by the way, outside all claims but for its smaller part: «a lawsuit filed in April» claimed something."""
    found = []
    for token in doc:
        if token.tag_ != "VBN" or label(token) != "acl" or not children(token, "obl", "obl:unmarked", "obl:agent"):
            continue
        phrase, clause = subtree_span(token.head), subtree_span(token)
        start = max(phrase.start, doc[min(t.i for t in token.head.subtree)].idx)
        span = _strip_end(doc.text, Span(min(start, clause.start), _end_of_date(doc, clause.end)))
        here = Span(offset + span.start, offset + span.end)
        covered = any(2 * overlap(here, (row["start"], row["end"])) > here.end - here.start for row in rows)
        if not covered and token.head.tag_.startswith("NN") and span.end - span.start >= 16:
            found.append(span)
    return found


def _end_of_date(doc: Doc, end: int) -> int:
    """Take in the rest of a date that a parse cut: «in April | last year», «in May | 2018»."""
    following = [token for token in doc if token.idx >= end][:2]
    if following and following[0].tag_ == "CD" and following[0].text.isdigit() and len(following[0]) == 4:
        return following[0].idx + 4
    if (
        len(following) == 2
        and following[0].lower_ in ("last", "this", "next")
        and following[1].lower_ in lexicon_index("duration_units")
    ):
        return following[1].idx + len(following[1])
    return end


def _shift(quotation: Quotation, sentence: Span, length: int) -> Quotation:
    def place(position: int) -> int:
        return min(max(position - sentence.start, 0), length)

    return Quotation(
        place(quotation.start),
        place(quotation.end),
        place(quotation.inner_start),
        place(quotation.inner_end),
        quotation.closed,
    )


def _is_statement(doc: Doc, text: str) -> bool:
    words = find_words(text)
    root = next((token for token in doc if token.head == token), doc[0])
    if root.tag_ == "VB" and not children(root, *SUBJECTS, "aux") and not any(is_verb(t) and t.i < root.i for t in doc):
        return False  # an exhortation: «Follow him», «Please see our update»
    if any(token.lower_ == "please" and token.nbor().tag_ == "VB" for token in doc[:-1][:POLITE]):
        return False  # «NOTE: Please see the update at the end»
    return len(words) >= 4 and not text.rstrip('"”’ ').endswith("?") and any(is_verb(t) or t.tag_ == "MD" for t in doc)


def _frames_sentence(attribution: Attribution, doc: Doc) -> bool:
    """Say whether the whole sentence is this attribution, so that nothing is left that the article says itself."""
    if _leaves_own_voice(attribution, doc.text):
        return False  # «criticised the plan»: that it was criticised is what the article says
    if attribution.verb is None:
        return True
    root = attribution.verb
    while label(root) in ("conj", "parataxis", "ccomp") and root.head != root:
        root = root.head
    inside = any(c.start <= root.idx < c.end for c in attribution.contents)
    return root.head == root or inside or attribution.direct


def _leaves_own_voice(attribution: Attribution, text: str) -> bool:
    """Say whether the act of saying is itself what the article tells: «criticised the plan», «asked the crew to leave»."""
    if attribution.named:
        return True
    start, end = attribution.contents[0]
    intends = attribution.hypothetical and not attribution.direct and start - attribution.cue.end <= 1
    return intends and re.search(r"(?:^| )to \w+", text[start:end]) is not None


def _split_content(text: str, content: Span, attribution: Attribution) -> list[Span]:
    if not attribution.direct:
        return [content]
    inner = text[content.start : content.end]
    return [_trim_edges(text, Span(content.start + s.start, content.start + s.end)) for s in find_sentences(inner)]


def _trim_edges(text: str, span: Span) -> Span:
    start, end = span
    while end > start and (text[end - 1] in ",;:" or text[end - 1].isspace()):
        end -= 1
    while start < end and (text[start] in ",;:…" or text[start].isspace()):
        start += 1
    return Span(start, end)


def _continue_speech(passage, sentence, doc, loose, within, speaking) -> list[dict]:
    """Give a quotation without a cue to the one who spoke last; it stays unattributed where nobody did.

    It goes on with what has been cued before, so that the cue is the same, too.
    """
    rows = []
    for quotation in loose:
        content = Span(quotation.inner_start, quotation.inner_end)
        going_on = Attribution(Span(0, 0), None, [content], "asserts", 0.6, direct=True)
        for piece in _split_content(doc_text(passage, sentence), content, going_on):
            row = _make_row(passage, sentence, doc, piece, within, going_on)
            row.update(cue=None, cue_start=None, cue_end=None)
            if speaking:
                row.update({key: speaking.get(key) for key in GOING_ON})
                row["confidence"] = SURE_OF_SPEAKER
            rows.append(row)
    return rows


def _read_turn(passage, sentence: Span, doc: Doc, turn: Turn) -> list[dict]:
    """Read a sentence of a turn in a transcript: all of it is said by the one whose name stands before it."""
    length = sentence.end - sentence.start
    start = min(max(turn.speech_start - passage.start - sentence.start, 0), length)
    spoken = Quotation(start, length, start, length, False)
    speaking = {
        "speaker": turn.name,
        "source_start": turn.start,
        "source_end": turn.end,
        "cue": ":",
        "cue_start": turn.colon,
        "cue_end": turn.colon + 1,
    }
    if start == length:
        return []
    return _continue_speech(passage, sentence, doc, [spoken], [spoken], speaking)


def doc_text(passage, sentence: Span) -> str:
    """Give a sentence as it stands in its passage."""
    return passage.text[sentence.start : sentence.end]


def _split_own_voice(doc: Doc, attributions: list[Attribution]) -> list[Span]:
    """Split what the article says itself into statements, without what is attributed to someone."""
    told = [attribution for attribution in attributions if not _leaves_own_voice(attribution, doc.text)]
    taken = [content for attribution in told for content in attribution.contents]
    taken += [attribution.cue for attribution in told if attribution.verb is not None]
    spans = split_statements(doc, taken)
    if len(spans) == 1 and not taken:
        return [_strip_end(doc.text, Span(0, len(doc.text)))]
    return spans


def _strip_end(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "•*-–—(["):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    return Span(start, end)


def _make_row(
    passage,
    sentence: Span,
    doc: Doc,
    content: Span,
    within: list[Quotation],
    attribution: Attribution | None,
    confidence: float = 0.8,
) -> dict:
    text = passage.text[sentence.start : sentence.end]
    offset = passage.start + sentence.start
    row: dict = {
        "article_id": passage.article_id,
        "passage_id": passage.passage_id,
        "start": offset + content.start,
        "end": offset + content.end,
        "text": text[content.start : content.end],
        "sentence_start": offset,
        "sentence_end": offset + len(text),
        "speaker": None,
        "cue": None,
        "stance": "asserts",
        "confidence": confidence,
        "quote_kind": _quote_kind(content, within, attribution),
    }
    tokens = tokens_within(doc, content)
    row["opinion"] = bool({token.lower_ for token in tokens} & OPINION) and attribution is None
    if attribution is not None:
        row["stance"] = attribution.stance
        row["confidence"] = round(attribution.confidence, 2)
        row.update(_place("cue", attribution.cue, text, offset))
        if attribution.source is not None:
            row.update(_place("source", attribution.source, text, offset))
            row["speaker"] = text[attribution.source.start : attribution.source.end]
    row["modality"] = judge_modality(doc, content, attribution)
    if attribution is None and row["modality"] == "alleged" and is_accusation(doc, content):
        row["stance"] = "alleges"
    row.update(find_slots(doc, content, offset))
    row["claim_id"] = tables.make_id(
        "c", row["article_id"], row["start"], row["end"], row["text"], row["speaker"], row["cue"]
    )
    return row


def _place(name: str, span: Span, text: str, offset: int) -> dict:
    placed = {f"{name}_start": offset + span.start, f"{name}_end": offset + span.end}
    return placed if name == "source" else {**placed, name: text[span.start : span.end]}


def _quote_kind(content: Span, within: list[Quotation], attribution: Attribution | None) -> str:
    covered = sum(max(0, min(content.end, q.inner_end) - max(content.start, q.inner_start)) for q in within)
    if covered >= 0.9 * (content.end - content.start):
        return "direct"
    if covered:
        return "mixed"
    return "indirect" if attribution is not None else "none"


def _nest(rows: list[dict]) -> None:
    """Point each claim to the smallest claim of its sentence that holds its cue inside its own content."""
    for row in rows:
        if row.get("cue_start") is None:
            continue
        outer = [
            other
            for other in rows
            if other is not row
            and other["start"] <= min(row["cue_start"], row["start"])
            and row["cue_end"] <= other["end"]
            and row["end"] <= other["end"]
            and other["speaker"] is not None
        ]
        if outer:
            row["parent_id"] = min(outer, key=lambda other: other["end"] - other["start"])["claim_id"]
