"""Who is named right before or after a verb: «..., X said», «said X, of Y». Tags and marks are enough where a parse fails."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.claims.shapes import (
    NAMING,
    RELATIVE,
    has_finite_form,
    has_relative,
    is_between,
    is_main_verb,
    is_time,
    opens_clause,
    span_of,
    tokens_in,
)
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE, SUBJECTS, children, label, lemma, noun_phrase_span

NOMINAL = ("NN", "PRP", "DT", "JJ", "CD", "POS", "HYPH", "RBS", "FW", "``", "''")
CLOSING = (",", ")", "—", "–", "―", "--")
PARTING = (",", ";", ":", "—", "–", "--")
SAID_INSTEAD = ("so", "as")
JOINING = ("&", "-", "’s", "'s", "(", ")")
OPENING_NAMES = ("about", "around", "over", "under", "at", "than", "like")  # «about 20 people», «at least two»
LONGEST_SOURCE = 45  # tokens: a longer one is a parse gone wrong
LONGEST_ADDITION = 20  # tokens of «, who ...» that still name a source


def find_source_before(verb: Token, first: int = 0) -> Span | None:
    """Find who is named right before a verb, from token `first` on: the parse's subject, else the nearest noun phrase.

    Adverbs, auxiliaries and a time may stand between («the ministry has also said», «Voss on Tuesday said»), and
    between commas whatever is said of the source.
    """
    doc = verb.doc
    last = _last_before(verb, first)
    if (
        last < first
        or doc[last].tag_ == "CC"
        or (doc[last].tag_ == "DT" and doc[last].lower_ in ("these", "those", "such", "the", "a"))
    ):
        return None
    by_place = _name_before_insertion if doc[last].text in CLOSING else _name_ending_at
    return (
        _name_with_contact_clause(doc, first, last)
        or _name_subject_before(verb, first, last)
        or by_place(doc, first, last)
    )


def _last_before(verb: Token, first: int) -> int:
    """Find the last token before a verb that is no adverb, no auxiliary and no time."""
    doc, last = verb.doc, verb.i - 1
    while last >= first:
        if is_between(doc[last]) or doc[last].is_space:
            last -= 1
            continue
        length = next((n for n in (4, 3, 2, 1) if last - n >= first and is_time(doc[last - n + 1 : last + 1])), 0)
        if not length or (length == 1 and doc[last - 1].tag_.startswith(("DT", "JJ"))):
            break
        last -= length
    return last if last < first or not is_time(doc[first : last + 1]) else first - 1


def _name_with_contact_clause(doc: Doc, first: int, last: int) -> Span | None:
    """Find a name whose clause has no pronoun: «(all the experts I interviewed) said»."""
    if last - first < 3 or doc[last].tag_ not in FINITE or doc[last - 1].tag_ != "PRP":
        return None
    start = last - 2
    if doc[start].tag_ not in ("NN", "NNS"):
        return None
    while start > first and _is_of_name(doc[start - 1]) and doc[start - 1].text != ",":
        start -= 1
    return span_of(doc, start, last)


def _name_subject_before(verb: Token, first: int, last: int) -> Span | None:
    """Name the subject that the parse gives a verb, where nothing but marks and auxiliaries parts the two."""
    subject = next((s for s in children(verb, *SUBJECTS) if first <= s.i <= last), None)
    span = full_noun_phrase(subject, first, last) if subject is not None else None
    if span is None:
        return None
    between = verb.doc[subject.right_edge.i + 1 : last + 1]
    parted = not all(t.is_punct or t.is_space or is_between(t) for t in between)
    return None if parted else _without_setting(verb.doc, span)


def _name_ending_at(doc: Doc, first: int, last: int) -> Span | None:
    """Find the noun phrase that ends at a token; None behind a preposition."""
    start = _first_of_name(doc, first, last)
    if start > first and doc[start - 1].tag_ == "IN" and not opens_clause(doc[start - 1]):
        return None
    while start <= last and doc[start].tag_ in ("IN", "CC", "POS", "``", "''", "HYPH"):
        start += 1
    if start > last or not any(t.tag_.startswith(NAMING) for t in doc[start : last + 1]):
        return None
    return _without_setting(doc, span_of(doc, start, last))


def _first_of_name(doc: Doc, first: int, last: int) -> int:
    """Find where the words of a name that ends at a token begin; a participle behind a comma is none of them."""
    start = last
    while start >= first and (_is_of_name(doc[start]) or (start < last and doc[start].tag_ == "VBG")):
        start -= 1
    start += 1
    while start < last and doc[start].tag_ == "VBG" and start > first and doc[start - 1].text == ",":
        start += 1
    return start


def _is_of_name(token: Token) -> bool:
    return (
        (token.tag_.startswith(NOMINAL) and token.text not in '“”"')
        or token.lower_ in lexicon_index("words_inside_names")
        or token.lower_ in JOINING
    )


def _without_setting(doc: Doc, span: Span) -> Span:
    """Leave out where something was said: «In (a Herald interview) Voss said»."""
    words = tokens_in(doc, span)
    opens = words[0].i == 1 or (words[0].i > 1 and doc[words[0].i - 2].text == ",")
    if not opens or doc[words[0].i - 1].tag_ != "IN" or any(t.tag_ == "IN" for t in words):
        return span
    names = (t for t in words[1:] if t.tag_ in ("NNP", "PRP") and t.nbor(-1).tag_ == "NN")
    return next((Span(token.idx, span.end) for token in names), span)


def _name_before_insertion(doc: Doc, first: int, last: int) -> Span | None:
    """Find the name before what stands between commas: «Voss, speaking in Lund, said», «Voss, the mayor, said»."""
    while last >= first and doc[last].text in CLOSING:
        last -= 1
    pieces = _cut_at_marks(doc[first : last + 1])
    for place, piece in enumerate(pieces[:-1]):
        if not _opens_name(piece) or has_finite_form(piece) or is_time(piece):
            continue
        if any(has_finite_form(p) and p[0].tag_ not in RELATIVE for p in pieces[place + 1 :]):
            continue
        end = place
        while end + 1 < len(pieces) and _adds_to_name(pieces[end + 1]):
            end += 1
        return span_of(doc, piece[0].i, pieces[end][-1].i)
    return None


def _cut_at_marks(tokens: Sequence[Token]) -> list[list[Token]]:
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in PARTING:
            pieces.append([])
        elif pieces[-1] or token.tag_ not in ("CC", "``", "''"):
            pieces[-1].append(token)
    return pieces


def _opens_name(piece: Sequence[Token]) -> bool:
    return bool(piece) and piece[0].tag_.startswith(("DT", "PRP", "NN", "CD", "JJ", "PDT"))


def _adds_to_name(piece: Sequence[Token]) -> bool:
    return _opens_name(piece) or (bool(piece) and piece[0].tag_ in RELATIVE)


def find_source_after(verb: Token, last: int) -> Span | None:
    """Find who is named right after an inverted verb: «said Edda Voss, the secretary»."""
    doc = verb.doc
    first = next((t.i for t in doc[verb.i + 1 : last + 1] if not t.is_space), None)
    if first is None:
        return None
    subject = next((s for s in children(verb, *SUBJECTS) if s.i > verb.i and s.left_edge.i == first), None)
    phrase = full_noun_phrase(subject, first, last) if subject is not None else None
    return phrase or _name_beginning_at(verb, first, last)


def _name_beginning_at(verb: Token, first: int, last: int) -> Span | None:
    """Find the noun phrase that begins at a token behind a verb, without the places and times that follow it."""
    doc = verb.doc
    capitals = _capitals_behind_quotation(verb, first, last)
    end = max(first + _opens_with_participle(doc, first), capitals + 1)
    while end <= last and _is_of_name(doc[end]) and doc[end].lower_ not in ("in", "at", "from", "with", "for"):
        end += 1
    end -= 1
    if end >= first and doc[end].tag_ == "NN":
        end = _end_of_name_behind(doc, end, last)
    named = any(t.tag_.startswith(("NN", "PRP")) for t in doc[first : end + 1]) or capitals >= first
    return span_of(doc, first, end) if end >= first and named else None


def _end_of_name_behind(doc: Doc, end: int, last: int) -> int:
    """Take in the name that an office is given behind a comma at the end: «said retired general and analyst, (Emil Holm)»."""
    following = doc[end + 1 : last + 1]
    words = [t for t in following if not t.is_punct]
    named = 2 <= len(words) <= 3 and all(t.tag_.startswith("NNP") for t in words)
    return words[-1].i if named and following[0].text == "," else end


def _opens_with_participle(doc: Doc, first: int) -> bool:
    """Say whether a name opens with a participle, whatever its tag: «said (retired) general Edda Voss»."""
    following = doc[first + 1] if first + 1 < len(doc) else None
    return following is not None and doc[first].lower_.endswith("ed") and following.tag_.startswith(("NN", "JJ"))


def _capitals_behind_quotation(verb: Token, first: int, last: int) -> int:
    """Find the last capitalised word behind «...,” said»: a name, whatever the tagger makes of it; `first` - 1 if none."""
    doc, end = verb.doc, first
    if verb.i == 0 or doc[verb.i - 1].text != "”":
        return first - 1
    while end <= last and doc[end].text[0].isupper() and doc[end].is_alpha and doc[end].lower_ not in SAID_INSTEAD:
        end += 1
    return end - 1


def full_noun_phrase(noun: Token, first: int, last: int) -> Span | None:
    """Give a noun phrase with all that is said of it, appositions and relative clauses included.

    None where the parse went wrong: the phrase is too long, or a verb stands in it that no pronoun introduces.
    """
    left, right = _left_of_phrase(noun, first), _right_of_phrase(noun, last)
    inside = noun.doc[left : right + 1]
    if right - left > LONGEST_SOURCE or any(
        t.tag_ in FINITE and not has_relative(noun.doc[left : t.i]) for t in inside
    ):
        return None
    while left < noun.i and is_time(noun.doc[left : left + 2]):
        left += 2
    return span_of(noun.doc, left, _end_before_setting(noun, right))


def _left_of_phrase(noun: Token, first: int) -> int:
    left = max(noun.left_edge.i, first)
    while left < noun.i and (noun.doc[left].tag_ in ("CC", ",", ":", "''", "``") or label(noun.doc[left]) == "case"):
        left += 1
    return left


def _right_of_phrase(noun: Token, last: int) -> int:
    """Find the last token of a phrase, before a participle that is set off and without marks."""
    right = min(noun.right_edge.i, last)
    added = next((t.i for t in noun.doc[noun.i + 1 : right] if t.text == "," and t.nbor().tag_ == "VBG"), None)
    right = right if added is None else added - 1
    while right > noun.i and noun.doc[right].tag_ in (",", ":", "."):
        right -= 1
    return right


def _end_before_setting(noun: Token, right: int) -> int:
    """End a phrase before the day, the place or the report of its own that a parse counted to it."""
    doc = noun.doc
    while right > noun.i and (doc[right].lower_ in lexicon_index("weekdays") or doc[right].tag_ in ("IN", "TO", "CC")):
        right -= 1
    right = _before_own_report(doc, noun.i, right)
    if noun.tag_ != "NNP":
        return right
    setting = next((t for t in doc[noun.i + 1 : right + 1] if t.text == "," or _opens_setting(t)), None)
    if setting is None or (setting.text == "," and not _opens_setting(setting.nbor())):
        return right
    return setting.i - 1


def _opens_setting(token: Token) -> bool:
    """Say whether a preposition tells where or when: «Edda Voss (in Lund)», «Edda Voss(, at a meeting)»."""
    return token.text in entries("circumstances", part_of_speech="preposition")


def _before_own_report(doc: Doc, first: int, last: int) -> int:
    """End a source before «, who stressed that ...»: what its relative clause reports is a report of its own."""
    for token in doc[first + 1 : last]:
        if token.tag_ in ("WP", "WDT", "WP$") and token.nbor(-1).text in CLOSING and token.i > first + 1:
            if last - token.i > LONGEST_ADDITION:
                return token.i - 2
            verb = next((t for t in doc[token.i + 1 : last + 1] if is_main_verb(t)), None)
            if verb is not None and lemma(verb) in lexicon_index("reporting_verbs"):
                return token.i - 2
    return last


def name_source(noun: Token, verb: Token | None = None) -> Span | None:
    """Give a source as it is named, with what is said of it: «Edda Voss, who leads the union»."""
    last = verb.i - 1 if verb is not None and noun.i < verb.i else len(noun.doc) - 1
    first = verb.i + 1 if verb is not None and noun.i > verb.i else 0
    whole = full_noun_phrase(noun, first, last)
    if whole is not None:
        return whole
    start, end = noun_phrase_span(noun)
    return Span(start, min(end, verb.idx - 1) if verb is not None and start < verb.idx else end)


def keep_speaker(doc: Doc, source: Span) -> Span | None:
    """Keep of a source what can speak: no time, no setting before a comma, no other clause; None where nobody is left."""
    words = _behind_clauses(tokens_in(doc, source))
    if words and words[0].tag_ in ("IN", "TO") and _opens_phrase(words[0]):
        words = _behind_setting(words)
    if not words or _only_tells_time(words) or not any(_may_name(t) for t in words) or _opens_gerund(words):
        return None
    return Span(words[0].idx, source.end)


def _only_tells_time(words: Sequence[Token]) -> bool:
    """Say whether all that words name is a time: «earlier this week»."""
    nouns = [t for t in words if t.tag_.startswith(("NN", "PRP", "CD", "W"))]
    return bool(nouns) and all(is_time([t]) for t in nouns)


def _opens_phrase(token: Token) -> bool:
    return token.lower_ not in OPENING_NAMES and token.lower_ in entries("function_words", **{"class": "preposition"})


def _may_name(token: Token) -> bool:
    return token.tag_.startswith((*NAMING, "W")) or token.text[:1].isupper()


def _behind_clauses(words: list[Token]) -> list[Token]:
    """Leave out clauses that a parse counted to a source: up to a full stop or a conjunction behind their verb."""
    finite = [t for place, t in enumerate(words) if place and t.tag_ in FINITE and not has_relative(words[:place])]
    if not finite:
        return words
    ends = [t for t in words if t.i > finite[0].i and _begins_anew(t)]
    if ends:
        return [t for t in words if t.i >= ends[-1].i + (ends[-1].tag_ == "IN")]
    return []


def _begins_anew(token: Token) -> bool:
    """Say whether a clause of its own begins at a token: behind a full stop, or with a conjunction."""
    before = token.nbor(-1).text
    return (token.tag_ == "IN" and opens_clause(token)) or (before.endswith(".") and token.tag_ in ("DT", "PRP"))


def _behind_setting(words: list[Token]) -> list[Token]:
    """Leave out when or where something was said: «After becoming mayor, (Voss)»."""
    comma = next((place for place, t in enumerate(words) if t.text == ","), None)
    return words[comma + 1 :] if comma is not None else []


def _opens_gerund(words: Sequence[Token]) -> bool:
    """Say whether words tell an act and name nobody: «assessing the damage», but not «leading experts»."""
    return words[0].tag_ == "VBG" and len(words) > 1 and words[1].tag_ in ("DT", "PRP$", "IN", "PRP", "TO")


def find_speaker(doc: Doc, verb: Token, first: int = 0) -> Span | None:
    """Find who speaks before a verb; a participle has the subject of its sentence."""
    if verb.tag_ == "VBG" and verb.i and doc[verb.i - 1].text in (",", ")", "”"):
        return _find_subject_of_sentence(doc, verb)
    named = find_source_before(verb, first)
    opening = next((t for t in doc if named is not None and t.idx >= named.start), None)
    if verb.tag_ == "VBG" and opening is not None and opening.tag_ == "VBG" and label(opening) in ("advcl", "acl"):
        return _find_subject_of_sentence(doc, opening)  # «while yelling at me saying»
    return named


def _find_subject_of_sentence(doc: Doc, verb: Token) -> Span | None:
    """Find what the first finite verb before a participle is about."""
    finite = (t for t in doc[: verb.i] if is_main_verb(t) and t.i)
    main = next((t for t in finite if t.nbor(-1).tag_ not in RELATIVE and t.nbor(-1).lower_ != "that"), None)
    return find_source_before(main) if main is not None else None
