"""Who says what in one sentence: source, cue and content, read off the parse and the quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from helpers.frames import (
    CONJUNCTIONS,
    FINITE,
    LISTENED_TO,
    find_content,
    find_source_after,
    find_source_before,
    full_noun_phrase,
    is_between,
    is_time,
    span_of,
    trim,
)
from helpers.lexicons import lexicon_index
from helpers.quotations import Quotation
from helpers.sentences import Span, speech_forms
from helpers.speech import read_speech
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

COLLECTIVE = (
    "police",
    "people",
    "staff",
    "media",
    "family",
    "public",
    "majority",
    "number",
    "percent",
    "lot",
    "group",
    "data",
    "couple",
    "crew",
    "team",
)
CLAUSE_MARKS = ("that", "whether", "if")
REFUSING = ("decline", "refuse", "fail", "hesitate", "forget", "neglect")
SECOND_THAT = re.compile(r",? (?:and|but|or) that ")
GOING_ON = re.compile(r",? (?:and|but|or) (?:(?:will|would|could|can|may|might|must|should|cannot) |“)")
LEADING_ON = re.compile(r",? (?:who|that|which|and|to|of|for)(?: (?:has|have|had|is|was|are|were|also|\w+ly))*$")
PARTS_OF_DAY = ("morning", "afternoon", "evening", "night", "yesterday", "today")


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
    named: bool = False  # the content only names what is spoken of: «criticised the plan»
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
            found.extend(_read_verb(token, verbs[lemma(token)]))
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
        ever = doc[token.i + 1].lower_ == "ever" and label(token) == "aux"
        following = doc[token.i + 1 + ever].lower_
        gerund = base is not None and verbs[base]["stance"] == "denies" and following.endswith("ing")
        if (
            base is None
            or (is_verb(token) and not (gerund and ever))
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
        states = any(t.tag_ in FINITE for t in doc if source.start <= t.idx < source.end)
        if source.end - source.start < 60 and not states:
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


def _read_verb(verb: Token, entry: dict[str, str]) -> list[Attribution]:
    """Read what a verb of saying frames: the surest reading first, from a whole clause to what it only names."""
    if verb.tag_ == "VBG" and entry["takes"] == "np" and _is_modifier(verb):
        return []
    framed = _read_inverted(verb, entry) or _read_parenthesis(verb, entry)
    if framed is not None:
        return [framed]
    source = None if _has_no_speaker(verb) else _find_source(verb) or _find_headline_source(verb)
    if source is not None and not _agrees(verb, source):
        return []
    if _has_no_speaker(verb) or (source is None and verb.tag_ == "VB" and not children(verb, "aux:pass")):
        return []  # «it is worth noting that», «to say that»: nobody in particular speaks
    make = _maker(verb, source, entry["stance"])
    said = _read_clause(verb, make, source)
    if said is None and children(verb, "aux:pass", "obl:agent"):
        said = _read_passive(verb, entry, source) or _read_raised(verb, entry)
    if said is None and not children(verb, "aux:pass"):
        content = find_content(verb, source, entry["bare"] == "yes")
        said = make([content], 0.8) if content is not None else None
    if said is not None:
        return [said]
    denied = _read_object(verb, make, source) if entry["stance"] in ("denies", "alleges") else []
    return denied or _read_predicate(verb, entry["objects"].split(), make, source) or _read_beside(verb, make, source)


def _is_modifier(verb: Token) -> bool:
    """Say whether a participle only describes a noun: «disparaging remarks», «tweets criticising the mayor»."""
    return verb.i > 0 and verb.nbor(-1).text != "," and not children(verb, "aux")


def _has_no_speaker(verb: Token) -> bool:
    """Say whether whoever says it stays unnamed or says nothing: «Asked whether ...», «When asked», «declined to say»."""
    if verb.tag_ in ("VBN", "VBD"):
        return verb.i == 0 or verb.nbor(-1).lower_ in ("when", "if", "as", "once", "while")
    return _is_refused(verb)


def _read_clause(verb: Token, make, source: Span | None) -> Attribution | None:
    """Read a clause that hangs on the verb: «said (that) the pier fell», «asked whether it fell»."""
    clause = next(iter(_clauses_of(verb)), None)
    if clause is None:
        return None
    by_words = find_content(verb, source, False)
    content = _complete(_begin_whole(_content_of(clause, verb), clause, verb), by_words, verb.doc)
    inside = [t for t in verb.doc if content.start <= t.idx < content.end]
    if not _states(inside) and (len(inside) < 4 or clause.i < verb.i):
        return None
    said = make([content], 0.9 if source else 0.6)
    to_do = clause.tag_ == "VB" and any(mark.lower_ == "to" for mark in children(clause, "mark"))
    if to_do or _is_question(clause):
        said.confidence, said.hypothetical = min(said.confidence, 0.6), True
    return said


def _read_raised(verb: Token, entry: dict[str, str]) -> Attribution | None:
    """Read «The captain is said to have slept»: the whole sentence is what is said, by whom it does not tell."""
    if not children(verb, "xcomp") or not children(verb, *SUBJECTS):
        return None
    whole = subtree_span(verb, without=children(verb, "advcl", "parataxis", "conj"))
    return Attribution(_cue_span(verb), None, [whole], entry["stance"], 0.7, verb=verb)


def _read_beside(verb: Token, make, source: Span | None) -> list[Attribution]:
    """Read a statement that the verb stands beside: «The pier fell, the mayor said»."""
    if label(verb) != "parataxis" or source is None or children(verb, "obj"):
        return []
    beside = subtree_span(verb.head, without=[verb])
    states = _states(t for t in verb.doc if beside.start <= t.idx < beside.end)
    return [make([beside], 0.75)] if states else []


def _is_refused(verb: Token) -> bool:
    """Say whether an infinitive is what someone would not do: «declined to comment», «refused to say»."""
    return verb.tag_ == "VB" and label(verb) == "xcomp" and lemma(verb.head) in REFUSING


def _clauses_of(verb: Token) -> list[Token]:
    """Find the clauses that a verb reports; one with a subject of its own is such a clause, whatever its label."""
    return [
        clause
        for clause in children(verb, "ccomp", "xcomp")
        if label(clause) == "ccomp" or (clause.i > verb.i and clause.tag_ in FINITE and children(clause, *SUBJECTS))
    ]


def _begin_whole(content: Span, clause: Token, verb: Token) -> Span:
    """Begin a content right behind its verb where the parse cut the clause off its subject."""
    doc = verb.doc
    between = [t for t in doc[verb.i + 1 : clause.i] if t.idx < content.start]
    if clause.i < verb.i or not between or between[0].tag_ not in ("DT", "PRP", "PRP$", "NNP", "NNPS", "NN", "NNS"):
        return content
    listens = lemma(verb) in LISTENED_TO or any(t.lower_ in CLAUSE_MARKS for t in between)
    if listens or is_time(between) or between[0].lower_ in lexicon_index("weekdays"):
        return content
    return Span(between[0].idx, content.end)


def _read_passive(verb: Token, entry: dict[str, str], source: Span | None) -> Attribution | None:
    """Read «was rejected by the company», «is described by Voss as a ruin», «is accused of hiding it»."""
    doc, frames = verb.doc, entry["objects"].split()
    subject = next(iter(children(verb, *SUBJECTS)), None)
    if subject is None or subject.i > verb.i or subject.tag_ in ("WDT", "WP") or is_negated(verb):
        return None
    last = _last_of_predicate(verb, verb.i + 1) if verb.i + 1 < len(doc) else verb.i
    link = next((t for t in doc[verb.i + 1 : last + 1] if _links(t, verb, frames)), None)
    cue = _cue_span(verb)
    if link is not None and link.i < last:
        content = trim(doc.text, span_of(doc, link.i + 1, last))
        if source is not None and content.start <= source.start < content.end:
            content = trim(doc.text, Span(content.start, doc[_token_at(doc, source.start) - 1].idx))
        whole = Span(subtree_span(subject).start, content.end) if link.lower_ != "of" else content
        return Attribution(cue, source, [whole], entry["stance"], 0.6 if source else 0.5, verb=verb)
    told = [c for c in children(subject, "acl", "ccomp", "acl:relcl") if _has_that(c)]
    if lemma(subject) in lexicon_index("reporting_nouns") and told:
        return Attribution(cue, source, [_content_of(told[0], subject)], entry["stance"], 0.75, verb=verb)
    if source is None or not ({"np"} & set(frames) or entry["takes"] in ("np", "both", "clause")):
        return None
    named = len(children(verb, "ccomp")) == 0
    return Attribution(cue, source, [subtree_span(subject)], entry["stance"], 0.5, named=named, verb=verb)


def _token_at(doc: Doc, position: int) -> int:
    return next((t.i for t in doc if t.idx >= position), len(doc))


def _read_parenthesis(verb: Token, entry: dict[str, str]) -> Attribution | None:
    """Read «The ferry, Voss insisted, was safe»: a name and a verb between two commas, a statement around them."""
    doc = verb.doc
    end = next((t.i for t in doc[verb.i + 1 : verb.i + 6] if t.text in (",", "—", "–")), None)
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or entry["takes"] != "clause" or end is None:
        return None
    if any(t.tag_ in (*FINITE, "TO", "VB", "CC") or t.lower_ == "that" for t in doc[verb.i + 1 : end]):
        return None
    begin = next((t.i for t in reversed(doc[max(0, verb.i - 12) : verb.i]) if t.text in (",", "—", "–")), None)
    if begin is None or begin == 0 or verb.i - begin < 2:
        return None
    first = begin + 2 if doc[begin + 1].lower_ == "as" else begin + 1
    inside = doc[first : verb.i]
    if not inside or not inside[0].tag_.startswith(("NN", "PRP", "DT", "CD", "JJ")):
        return None
    source = find_source_before(verb, first)
    front, back = doc[:begin], doc[end + 1 :]
    if source is None or source.start != inside[0].idx or not _states(back) or len(front) < 1:
        return None
    if any(t.tag_ in (*FINITE, "WP", "WDT") and not is_between(t) for t in inside):
        return None
    before, after = trim(doc.text, Span(0, doc[begin].idx)), trim(doc.text, Span(doc[end].idx, len(doc.text)))
    if front[0].tag_ in ("IN", "RB", "CC") and not any(t.tag_ in FINITE for t in front):
        return None  # «In May, Voss said, ...»: the name follows what only sets the scene
    whole = [before, after] if any(t.tag_ in FINITE for t in front) else [Span(before.start, after.end)]
    return Attribution(_cue_span(verb), source, whole, entry["stance"], 0.85, verb=verb)


def _states(tokens) -> bool:
    return any(t.tag_ in FINITE for t in tokens)


def _read_inverted(verb: Token, entry: dict[str, str]) -> Attribution | None:
    """Read «..., said Edda Voss, the secretary»: nothing but a name follows the verb, and a statement goes before."""
    doc = verb.doc
    before = doc[: verb.i]
    if verb.tag_ not in ("VBD", "VBZ", "VBN") or entry["takes"] != "clause" or len(before) < 4:
        return None
    if before[-1].text not in (",", "”") or verb.i + 1 >= len(doc) or not any(t.tag_ in FINITE for t in before):
        return None
    following = doc[verb.i + 1]
    if not following.tag_.startswith(("NNP", "DT", "NN", "PRP")) or following.tag_ == "PRP$":
        return None
    source = find_source_after(verb, len(doc) - 1)
    if source is None:
        return None
    rest = [t for t in doc if t.idx >= source.end]
    framed = any(t.tag_ in FINITE for t in rest) or any(
        t.tag_ in FINITE and not _is_relative(doc, verb.i, t.i) for t in doc[verb.i + 1 :] if t.idx < source.end
    )
    if framed or subject_before_comma(verb):
        return None
    return Attribution(
        _cue_span(verb), source, [trim(doc.text, Span(0, before[-1].idx))], entry["stance"], 0.85, verb=verb
    )


def _is_relative(doc: Doc, first: int, place: int) -> bool:
    return any(t.tag_ in ("WP", "WDT", "WP$") or t.lower_ == "that" for t in doc[first:place])


def subject_before_comma(verb: Token) -> bool:
    """Say whether a verb has its subject before a comma: «Voss, the mayor, said the pier ...»."""
    own = [s for s in children(verb, *SUBJECTS) if s.i < verb.i]
    return bool(own) and own[0].right_edge.i >= verb.i - 2


def _agrees(verb: Token, source: Span) -> bool:
    """Say whether a form in the plural has a source in the plural: «an hourlong show» shows nothing."""
    if verb.tag_ not in ("VBP", "VB") or children(verb, "aux", "mark"):
        return True
    words = [t for t in verb.doc if source.start <= t.idx < source.end]
    head = next((t for t in words if t.i + 1 > words[-1].i or t.nbor().tag_ in ("IN", ",", "WP", "WDT")), None)
    if head is None or any(t.lower_ in ("and", "&") for t in words) or head.lower_ in COLLECTIVE:
        return True
    return head.tag_ not in ("NN", "NNP") and head.lower_ not in ("he", "she", "it")


def _complete(content: Span, by_words: Span | None, doc: Doc) -> Span:
    """Let a content that the parse breaks off in the middle of a phrase go on to the end of its clause."""
    text = doc.text
    verbless = not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc if content.start <= t.idx < content.end)
    broken = text[content.end : content.end + 1] not in ("", ",", ".", ";", ":", "”", '"', ")")
    goes_on = text[content.end :].lstrip().split(" ")[0] in ("and", "but", "or", "while", "—", "–", "-")
    if SECOND_THAT.match(text, content.end) or GOING_ON.match(text, content.end):
        end = by_words.end if by_words is not None and by_words.end > content.end + 8 else len(text)
        return trim(text, Span(content.start, end))
    if by_words is not None and by_words.start == content.start and (verbless or (broken and not goes_on)):
        return Span(content.start, max(content.end, by_words.end))
    return content


def _read_predicate(verb: Token, frames: Sequence[str], make, source: Span | None) -> list[Attribution]:
    """Read what is promised, asked for, called something or spoken of, as the lexicon says that the verb can do.

    «vowed to reopen the pier», «called the plan a mistake», «called for a vote», «cited the cost of the pier».
    """
    doc, first = verb.doc, _end_of_cue(verb) + 1
    passive = children(verb, "aux:pass")
    is_headline = verb.tag_ == "VBN" and verb.head == verb and not passive
    if is_headline and first + 1 < len(doc) and doc[first].lower_ == "of" and "of" in frames:
        # «Soundline accused of hiding it», as headlines have it: the accused is no accuser.
        of_what = trim(doc.text, span_of(doc, first + 1, _last_of_predicate(verb, first)))
        return [Attribution(_cue_span(verb), None, [of_what], make([], 0.0).stance, 0.5, verb=verb)]
    if (
        source is None
        or passive
        or _is_unreal(verb)
        or (verb.tag_ == "VB" and label(verb) == "conj" and _is_unreal(verb.head))
        or first >= len(doc)
        or (verb.tag_ == "VBN" and label(verb) == "acl" and not _is_only_verb(verb))
    ):
        return []
    last = _last_of_predicate(verb, first)
    things = [thing for thing in children(verb, "obj", "iobj", "xcomp", "ccomp") if first <= thing.i <= last]
    to = next(
        (t for t in doc[first : last + 1] if t.tag_ == "TO" and t.i < last and t.nbor().tag_ in ("VB", "RB")), None
    )
    content = trim(doc.text, span_of(doc, first, last)) if last >= first else Span(0, 0)
    opening = doc[first]
    asks = to is not None and to.i > first
    if opening.tag_ in ("IN", "TO") and opening.lower_ in frames and last > first:
        spoken = make([_cut_named(doc, trim(doc.text, span_of(doc, first + 1, last)))], 0.55)
        spoken.cue = Span(spoken.cue.start, opening.idx + len(opening))
        spoken.named, spoken.hypothetical = not asks, asks
        return [spoken]
    if "inf" in frames and to is not None and (to.i == first or _is_whom(doc[first : to.i])):
        asked = make([content], 0.65)
        asked.hypothetical = True
        return [asked]
    linked = [t for t in doc[first + 1 : last + 1] if _links(t, verb, frames)]
    if opening.tag_ in ("WRB", "WP") and verb.tag_ != "VBN" and any(t.tag_ in FINITE for t in doc[first : last + 1]):
        asked = make([content], 0.55)
        asked.hypothetical = True
        return [asked]
    nominal = opening.tag_.startswith(("DT", "PRP", "NN", "JJ", "CD", "WP", "PDT", "``", "VBG")) or opening.is_quote
    modified = (
        opening.tag_ in ("RB", "VBN") and last > first + 1 and doc[first + 1].tag_.startswith(("VBN", "JJ", "NN"))
    )
    if not (nominal or modified):
        return []
    if linked or ("naming" in frames and _is_named(verb, things, first, last)):
        called = make([content], 0.65)
        called.named = not any(t.lower_ in ("of", "as") for t in linked) if linked else False
        return [called]
    if "np" in frames and last > first and opening.tag_ not in ("PRP", "WP"):
        mentioned = make([_cut_named(doc, content)], 0.5)
        mentioned.named = True
        return [mentioned]
    return []


def _links(token: Token, verb: Token, frames: Sequence[str]) -> bool:
    """Say whether a preposition ties what is said to its verb: «blamed X (for) Y», «described X (as) Y»."""
    if token.lower_ == "as":
        return "naming" in frames
    above = (token.head, token.head.head, token.head.head.head if token.lower_ == "to" else token.head)
    return token.tag_ in ("IN", "TO") and token.lower_ in frames and verb in above


def _cut_named(doc: Doc, content: Span) -> Span:
    """End what is only named before what is added to it: «the cost of the pier(, which ...)», «(as the ferry left)»."""
    for token in doc:
        if content.start + 3 < token.idx < content.end and (
            (token.tag_ in ("WP", "WDT", "WRB") and token.nbor(-1).text == ",")
            or (token.lower_ in ("while", "as", "when", "after", "before", "because") and _is_clause_behind(token))
        ):
            return trim(doc.text, Span(content.start, token.idx))
    return content


def _is_clause_behind(token: Token) -> bool:
    following = token.doc[token.i + 1 : token.i + 7]
    return any(t.tag_ in FINITE or (t.tag_ == "VBG" and t.i == token.i + 1) for t in following)


def _end_of_cue(verb: Token) -> int:
    particles = [child.i for child in children(verb, "compound:prt") if child.i == verb.i + 1]
    return particles[0] if particles else verb.i


def _last_of_predicate(verb: Token, first: int) -> int:
    """Find the last token of what a verb goes on with: up to a dash, a participle, or what comes beside it."""
    doc = verb.doc
    for token in doc[first:]:
        i = token.i
        following = doc[i + 1] if i + 1 < len(doc) else None
        if token.text in (";", "—", "–", "--", ":") or following is None or _is_spaced_hyphen(token):
            break
        if token.text == "," and (
            following.tag_ == "VBG" or following.lower_ in CONJUNCTIONS or following.lower_ in ("but", "so", "then")
        ):
            break
        if token.tag_ == "CC" or (token.text == "," and following.tag_ == "CC"):
            after = next((t for t in doc[i + 1 :] if t.tag_ not in ("CC", "RB")), None)
            reports = after is not None and after.tag_ in ("VBD", "VBN", "VBZ", "VBP", verb.tag_) and _speaks(after)
            if reports or (after is not None and after.tag_ in FINITE and after.lower_ not in ("'s", "'re")):
                return max(i - 1, first)
    else:
        i = len(doc) - 1
    while i > first and (doc[i].text in (",", ";", ".", "—", "–", "--", ":") or doc[i].tag_ in (".", ":")):
        i -= 1
    return i


def _is_spaced_hyphen(token: Token) -> bool:
    return token.text == "-" and bool(token.whitespace_) and token.i > 0 and bool(token.nbor(-1).whitespace_)


def _is_whom(tokens) -> bool:
    """Say whether the words before an infinitive name who is asked: «urged (the crew of the ship) to leave»."""
    return len(tokens) <= 10 and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD", ",", ":") for t in tokens)


def _is_named(verb: Token, things: Sequence[Token], first: int, last: int) -> bool:
    """Say whether someone is called something: a predicate, an adjective or a quotation stands behind the object."""
    doc = verb.doc
    objects = [t for t in things if label(t) in ("obj", "iobj")]
    if any(label(t) == "xcomp" and not children(t, "mark") for t in things) and (len(things) > 1 or objects):
        return True
    if doc[first].tag_ == "PRP" and last > first:
        return True
    if lemma(verb) == "call" and any(t.lower_ in ("a", "an") for t in doc[first + 1 : last]):
        return True
    opened = next((t.i for t in doc[first + 1 : last + 1] if t.text in ("“", "``", "'")), None)
    if opened is not None:
        return doc[opened - 1].tag_.startswith(("NN", "DT", "PRP"))
    inside = [t for t in doc[first + 1 : last] if t.tag_ == "DT" and t.nbor(-1).tag_.startswith("NN")]
    return bool(inside) and inside[0].lower_ in ("a", "an", "the")


def _is_nobody(doc: Doc, source: Span | None) -> bool:
    """Say whether a source names nobody: «neither the mayor nor the union», «no witness»."""
    if source is None:
        return False
    first = next(t for t in doc if t.idx >= source.start)
    return any(t.lower_ in ("neither", "nobody", "none", "no") for t in doc[max(0, first.i - 1) : first.i + 1])


def _maker(verb: Token, source: Span | None, stance: str):
    negated = is_negated(verb) or _is_nobody(verb.doc, source)

    def make(contents: list[Span], confidence: float) -> Attribution:
        return Attribution(_cue_span(verb), source, contents, stance, confidence, negated, _is_unreal(verb), verb=verb)

    return make


def _read_object(verb: Token, make, source: Span | None) -> list[Attribution]:
    """Read what is denied or alleged as a noun phrase or a participle: «denies sharing», «denied claims that»."""
    confidence = 0.75 if source else 0.4
    for clause in children(verb, "xcomp", "advcl"):
        having = any(aux.tag_ == "VBG" for aux in children(clause, "aux"))
        if (clause.tag_ in ("VBG", "VB") or having) and clause.i > verb.i and not children(clause, "mark"):
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
    named = noun.i and noun.nbor(-1).tag_ in ("NNP", "NNPS") and noun.head == noun
    if named and noun.tag_ == "NNS" and not any(t.tag_ in FINITE for t in noun.doc[: noun.i]):
        return []  # «The Harbour Herald reports that»: a verb after all
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
    first = clause.doc[clause.left_edge.i]
    return any(mark.lower_ in CLAUSE_MARKS for mark in children(clause, "mark")) or (
        first.lower_ == "that" and first.tag_ == "IN"
    )


def _is_question(clause: Token) -> bool:
    first = clause.doc[clause.left_edge.i]
    return first.tag_ in ("WRB", "WP", "WDT") and first.lower_ != "that"


def _is_unreal(verb: Token) -> bool:
    modal = any(
        child.lower_ in ("would", "could", "may", "might", "should", "must", "will", "to")
        for child in children(verb, "aux", "mark")
    )
    return modal or any(child.lower_ == "if" for child in children(verb, "mark"))


def _is_passive_form(verb: Token) -> bool:
    """Say whether a verb is passive, be it by the auxiliary of a verb before it: «was arrested and accused of»."""
    if children(verb, "aux:pass"):
        return True
    behind = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    if verb.lower_ in ("accused", "suspected", "charged") and behind in ("of", "with"):
        return True  # a headline: «Acme accused of hiding the report»
    shares = verb.tag_ == "VBN" and label(verb) == "conj" and not children(verb, *SUBJECTS, "aux")
    return shares and bool(children(verb.head, "aux:pass"))


def _find_source(verb: Token) -> Span | None:
    if _is_passive_form(verb):
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
    if own is None:
        coordinated = _find_coordinated(verb)
        if coordinated is not None:
            return _find_source(coordinated)
    subject = own or subject_of(verb)
    if own is None and label(verb) == "acl" and verb.tag_ in ("VB", "VBG") and not _is_document(verb.head):
        subject = _subject_above(verb.head)
    if verb.tag_ == "VBG" and own is None and _comma_before(verb) is not None:
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
    return _noun_phrase(subject, verb if label(subject) in SUBJECTS or subject.is_ancestor(verb) else None)


def _comma_before(verb: Token) -> Token | None:
    """Find the comma right before a participle, inside closing marks or not: «a “special bond,” suggesting that»."""
    place = verb.i - 1
    while place > 0 and verb.doc[place].text in ("”", "'", ")"):
        place -= 1
    return verb.doc[place] if place >= 0 and verb.doc[place].text == "," else None


def _find_coordinated(verb: Token) -> Token | None:
    """Find the verb that «and said» goes on from: the nearest one before it in the same form, whatever the parse says."""
    before = verb.i - 1
    while before > 0 and is_between(verb.doc[before]):
        before -= 1
    if before < 1 or verb.doc[before].tag_ != "CC" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if label(verb) == "conj" and verb.head.tag_ == verb.tag_ and label(verb.head) != "acl:relcl":
        return None
    finite = [t for t in verb.doc[:before] if t.tag_ in FINITE and not is_between(t)]
    finite = [t for t in finite if t.i and t.nbor(-1).tag_ not in ("WP", "WDT", "CC")]
    that = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "that"
    alike = [t for t in finite if t.tag_ == verb.tag_] or [t for t in finite if that and _speaks(t)]
    return alike[-1] if alike else None


def _is_document(noun: Token) -> bool:
    """Say whether a noun can speak itself: «a letter saying that ...»."""
    return lemma(noun) in lexicon_index("speaking_things") or lemma(noun) in lexicon_index("reporting_nouns")


def _subject_above(token: Token) -> Token | None:
    """Find the subject of the clause that a phrase stands in: «Voss had a chance to say»."""
    for _ in range(4):
        if token.head == token:
            break
        token = token.head
        if is_verb(token):
            return subject_of(token)
    return None


def _is_frame_form(verb: Token) -> bool:
    """Say whether a verb can carry a frame: it is finite, or a participle by tag alone («the Herald reported that»)."""
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    if verb.tag_ != "VBN" or children(verb, "aux", "aux:pass") or not 0 < verb.i < len(verb.doc) - 1:
        return False
    named = verb.nbor(-1).tag_ in ("NNP", "NNPS", "PRP")
    after_name = named and (label(verb) != "acl" or verb.head.head == verb.head)
    return verb.nbor().lower_ == "that" or after_name or _is_only_verb(verb)


def _is_only_verb(verb: Token) -> bool:
    """Say whether a participle is the only verb that a sentence can be about: «The mayor called for calm»."""
    heads = label(verb) == "ROOT" or (label(verb) == "acl" and verb.head.head == verb.head)
    return heads and verb.nbor(-1).tag_ in ("NN", "NNS") and not any(t.tag_ in FINITE for t in verb.doc)


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
    if not marks and clause.doc[clause.left_edge.i].lower_ == "that" and clause.doc[clause.left_edge.i].tag_ == "IN":
        return (
            Span(span.start + 5, span.end) if clause.doc.text[span.start : span.start + 5].lower() == "that " else span
        )
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
    if lemma(verb) == "put" and verb.i + 1 < len(verb.doc):
        end = verb.nbor()  # «as she put it»
    if lemma(verb) == "go" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "on":
        end = verb.nbor()
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
    open_ones = list(speech)
    for verb, source, quotations in read_speech(doc, speech) if speech else ():
        if any(_overlap(source, (q.start, q.end)) for q in speech):
            continue
        open_ones = [q for q in open_ones if q not in quotations]
        spoken = [Span(q.start, q.end) for q in quotations]
        found[:] = [
            a
            for a in found
            if a.verb != verb and not any(_overlap(c, q) > 0.5 * (c.end - c.start) for c in a.contents for q in spoken)
        ]
        stance = lexicon_index("reporting_verbs").get(lemma(verb), {"stance": "asserts"})["stance"]
        contents = [Span(q.inner_start, q.inner_end) for q in quotations]
        begins = _own_words_before(doc, quotations[0], verb)
        ends = _own_words_after(doc, quotations[0], source, verb)
        if begins is not None or ends is not None:
            contents[0] = Span(quotations[0].start if begins is None else begins, ends or quotations[0].end)
        direct = begins is None and ends is None
        found.append(Attribution(_cue_span(verb), source, contents, stance, 0.95, direct=direct, verb=verb))
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
        frame.direct, frame.confidence = True, 0.9
        found[:] = [a for a in found if a is frame or not any(_overlap(c, q) for c in a.contents for q in inside)]
        return
    lead = doc.text[: speech[0].start].rstrip()
    if lead.endswith(":") and len(lead) < 120 and not found:
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
    """Take off a source what only leads to its verb: «the captain (, who has strongly)»; None where nothing is left."""
    trimmed = trim(text, source)
    lead = LEADING_ON.search(text[trimmed.start : trimmed.end])
    if lead is not None and lead.start() > 0:
        trimmed = trim(text, Span(trimmed.start, trimmed.start + lead.start()))
    words = text[trimmed.start : trimmed.end].split()
    if not words or (len(words) > 2 and words[0].lower() in ("which", "that", "who", "what")):
        return None
    return trimmed if trimmed.end - trimmed.start > 1 or words == ["I"] else None


def _part(attribution: Attribution) -> None:
    """Part a source from the content where the parse let them overlap: each ends where the other begins."""
    source = attribution.source
    for place, content in enumerate(attribution.contents):
        if source is None or not _overlap(source, content):
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
    _cut_at_frames(kept)
    _cut_at_contrasts(kept)
    _cut_at_participles(kept)
    _cut_at_reports(doc, kept)
    _nest_cues(kept)
    return sorted(kept, key=lambda a: (a.contents[0], a.cue))


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
            return token.nbor(-1).idx if _states(before) and _states(doc[token.i + 1 :]) else None
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
            if token.nbor().tag_.startswith(("PRP", "NNP", "DT", "NN")) and _states(doc[token.i + 2 : token.i + 7]):
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
        if later.verb is None or later.verb.tag_ != "VBG" or _comma_before(later.verb) is None:
            continue
        before = later.verb.nbor(-1)
        end = before.idx if before.text == "," else before.idx + len(before)
        for attribution in found:
            if attribution is later or attribution.direct or attribution.source != later.source:
                continue
            attribution.contents = [
                Span(c.start, end) if c.start + 8 < later.cue.start < c.end else c for c in attribution.contents
            ]
