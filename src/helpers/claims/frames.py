"""Frames of speech read off words and marks where the parse fails: «..., X said», «X said on Friday that ...».

Newspaper sentences are long, and a small parser often hangs the reporting verb of one on the wrong word. The shapes
here need only tags and punctuation: what is named before or after the verb, and where the statement must lie.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import Span
from helpers.language.syntax import SUBJECTS, children, is_finite, label, lemma

DEMONSTRATIVES = ("these", "those", "such", "the", "a")
CONJUNCTIONS = ("that", "while", "as", "after", "before", "because", "when", "if", "although", "though", "since")
RELATIVE = ("WP", "WDT", "WP$", "WRB")
PARTS_OF_DAY = ("morning", "afternoon", "evening", "night", "yesterday", "today")
FINITE = ("VBD", "VBZ", "VBP", "MD")
NOMINAL = ("NN", "PRP", "DT", "JJ", "CD", "POS", "HYPH", "RBS", "FW", "``", "''")
LINKING = ("of", "for", "from", "at", "in", "&", "and", "with", "-", "’s", "'s", "the", "(", ")")
PAIRING = ("neither", "either", "both", "no", "not", "“")
SETTING = ("in", "on", "at", "during", "after", "before")
LONGEST_ADDITION = 20  # tokens of «, who ...» that still name a source
CLOSING = (",", ")", "—", "–", "―", "--")
LISTENED_TO = ("tell", "assure", "inform", "remind", "warn", "promise", "advise", "notify")
LONGEST_SOURCE = 45  # tokens: a longer one is a parse gone wrong
LONGEST_TAIL = 14
LONGEST_GAP = 9
SCENE_OPENERS = ("when", "while", "after", "before", "as", "since", "although", "though")
SAID_INSTEAD = ("so", "as")


def find_source_before(verb: Token, first: int = 0) -> Span | None:
    """Find who is named right before a verb, from token `first` on: the parse's subject, else the nearest noun phrase.

    Adverbs, auxiliaries and a time may stand between («the ministry has also said», «Voss on Tuesday said»), and
    between commas whatever is said of the source.
    """
    doc = verb.doc
    last = _last_before(verb, first)
    if last < first or doc[last].tag_ == "CC" or doc[last].lower_ in DEMONSTRATIVES:
        return None
    contact = _name_with_contact_clause(doc, first, last)
    if contact is not None:
        return contact
    subject = next((s for s in children(verb, *SUBJECTS) if first <= s.i <= last), None)
    if subject is not None:
        span = full_noun_phrase(subject, first, last)
        if span is not None and _only_marks(doc, subject.right_edge.i + 1, last):
            return _without_setting(doc, span)
    if doc[last].text in CLOSING:
        return _name_before_insertion(doc, first, last)
    start = last
    while start >= first and (_is_of_name(doc[start]) or (start < last and doc[start].tag_ == "VBG")):
        start -= 1
    start += 1
    while start < last and doc[start].tag_ == "VBG" and start > first and doc[start - 1].text == ",":
        start += 1
    if start > first and doc[start - 1].tag_ == "IN" and doc[start - 1].lower_ not in CONJUNCTIONS:
        return None
    while start <= last and doc[start].tag_ in ("IN", "CC", "POS", "``", "''", "HYPH"):
        start += 1
    if start > last or not any(t.tag_.startswith(("NN", "PRP", "CD", "DT")) for t in doc[start : last + 1]):
        return None
    return _without_setting(doc, span_of(doc, start, last))


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


def _without_setting(doc: Doc, span: Span) -> Span:
    """Leave out where something was said: «In (a Herald interview) Voss said»."""
    words = [t for t in doc if span.start <= t.idx < span.end]
    opens = words[0].i == 1 or (words[0].i > 1 and doc[words[0].i - 2].text == ",")
    if not opens or doc[words[0].i - 1].tag_ != "IN":
        return span
    for token in words[1:]:
        if token.tag_ in ("NNP", "PRP") and token.nbor(-1).tag_ == "NN" and not any(t.tag_ == "IN" for t in words):
            return Span(token.idx, span.end)
    return span


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


def _name_before_insertion(doc: Doc, first: int, last: int) -> Span | None:
    """Find the name before what stands between commas: «Voss, speaking in Lund, said», «Voss, the mayor, said»."""
    while last >= first and doc[last].text in CLOSING:
        last -= 1
    pieces: list[list[Token]] = [[]]
    for token in doc[first : last + 1]:
        if token.text in (",", ";", ":", "—", "–", "--"):
            pieces.append([])
        elif pieces[-1] or token.tag_ not in ("CC", "``", "''"):
            pieces[-1].append(token)
    for place, piece in enumerate(pieces[:-1]):
        if _opens_name(piece) and not _has_finite(piece) and not is_time(piece):
            end = place
            while end + 1 < len(pieces) and (
                _opens_name(pieces[end + 1]) or (pieces[end + 1][:1] and pieces[end + 1][0].tag_ in RELATIVE)
            ):
                end += 1
            if any(_has_finite(p) and p[0].tag_ not in RELATIVE for p in pieces[place + 1 :] if p):
                continue
            return span_of(doc, piece[0].i, pieces[end][-1].i)
    return None


def _opens_name(piece: Sequence[Token]) -> bool:
    return bool(piece) and piece[0].tag_.startswith(("DT", "PRP", "NN", "CD", "JJ", "PDT"))


def find_source_after(verb: Token, last: int) -> Span | None:
    """Find who is named right after an inverted verb: «said Edda Voss, the secretary»."""
    doc = verb.doc
    first = verb.i + 1
    while first <= last and doc[first].is_space:
        first += 1
    if first > last:
        return None
    subject = next((s for s in children(verb, *SUBJECTS) if s.i > verb.i and s.left_edge.i == first), None)
    if subject is not None:
        span = full_noun_phrase(subject, first, last)
        if span is not None:
            return span
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
    left, right = max(noun.left_edge.i, first), min(noun.right_edge.i, last)
    while left < noun.i and (noun.doc[left].tag_ in ("CC", ",", ":", "''", "``") or label(noun.doc[left]) == "case"):
        left += 1
    added = next((t.i for t in noun.doc[noun.i + 1 : right] if t.text == "," and t.nbor().tag_ == "VBG"), None)
    right = right if added is None else added - 1
    while right > noun.i and noun.doc[right].tag_ in (",", ":", "."):
        right -= 1
    inside = noun.doc[left : right + 1]
    pronouns = [t.i for t in inside if t.tag_ in RELATIVE or t.lower_ == "that"]
    unframed = any(t.tag_ in FINITE and not any(place < t.i for place in pronouns) for t in inside)
    if right - left > LONGEST_SOURCE or unframed:
        return None
    while right > noun.i and (
        noun.doc[right].lower_ in lexicon_index("weekdays") or noun.doc[right].tag_ in ("IN", "TO", "CC")
    ):
        right -= 1
    right = _before_own_report(noun.doc, noun.i, right)
    while left < noun.i and is_time(noun.doc[left : left + 2]):
        left += 2
    if noun.tag_ == "NNP":
        setting = next((t.i for t in noun.doc[noun.i + 1 : right + 1] if t.text == "," or t.text in SETTING), None)
        right = setting - 1 if setting is not None and noun.doc[setting].text != "," else right
    return span_of(noun.doc, left, right)


def _before_own_report(doc: Doc, first: int, last: int) -> int:
    """End a source before «, who stressed that ...»: what its relative clause reports is a report of its own."""
    for token in doc[first + 1 : last]:
        if token.tag_ in ("WP", "WDT", "WP$") and token.nbor(-1).text in CLOSING and token.i > first + 1:
            if last - token.i > LONGEST_ADDITION:
                return token.i - 2
            verb = next((t for t in doc[token.i + 1 : last + 1] if t.tag_ in FINITE and not is_between(t)), None)
            if verb is not None and lemma(verb) in lexicon_index("reporting_verbs"):
                return token.i - 2
    return last


def find_content(verb: Token, source: Span | None, bare: bool) -> Span | None:
    """Find what is said by the place of the verb: behind its «that», before «, X said», or around «, X said,».

    With `bare`, the verb may also be followed by a clause without «that».
    """
    if source is None or (label(verb) == "acl:relcl" and verb.i and verb.doc[verb.i - 1].tag_ in ("WP", "WDT")):
        return None
    text, doc = verb.doc.text, verb.doc
    behind = _find_that(verb)
    if behind is not None:
        return trim(text, Span(doc[behind].idx, _end_of_clause(verb)))
    first = min(source.start, verb.idx)
    before = text[:first].rstrip()
    rest = [t for t in doc[verb.i + 1 :] if not t.is_punct and t.idx >= source.end]
    if before.endswith((",", ",”", ", ”", ',"', ",''")) and len(before.split()) > 2:
        at = next((t.i for t in doc[verb.i + 1 :] if t.tag_ == "," and t.idx >= source.end), None)
        if at is not None and at - verb.i <= LONGEST_GAP and _has_finite(doc[at + 1 :]):
            return trim(text, Span(doc[at].idx + 1, len(text)))
        relative = any(t.tag_ in RELATIVE or t.lower_ == "that" for t in doc[: verb.i] if t.idx >= source.start)
        if (
            not relative
            and not _takes_object(verb, rest)
            and len(rest) <= LONGEST_TAIL
            and not _has_finite(rest)
            and _has_finite(doc[: verb.i], first)
        ):
            return trim(text, Span(0, first))
    opening = _find_bare_clause(verb) if bare and source.end <= verb.idx else None
    return trim(text, Span(doc[opening].idx, _end_of_clause(verb))) if opening is not None else None


def _find_bare_clause(verb: Token) -> int | None:
    """Find where a clause without «that» begins behind a verb, a time or a listener: «told the crew (it was over)»."""
    doc = verb.doc
    start = verb.i + 1
    listeners = [t for t in children(verb, "obj", "iobj") if t.i > verb.i] if lemma(verb) in LISTENED_TO else []
    if listeners:
        start = listeners[0].i + 1
    while start < len(doc) and (is_time(doc[start : start + 1]) or doc[start].lower_ in ("on", "last", "this")):
        start += 1
    if start + 1 >= len(doc):
        return None
    opening = doc[start]
    if opening.tag_ == "IN":  # «said (after the vote) she would stay»
        following = doc[start : min(start + LONGEST_GAP, len(doc) - 1)]
        start = next((t.i for t in following if t.tag_ == "PRP" and t.nbor().tag_ in FINITE), start)
        opening = doc[start]
    opens = opening.tag_.startswith(("DT", "PRP", "NN", "CD", "JJ", "EX")) or opening.lower_ in PAIRING
    if not opens or opening.lower_ in SAID_INSTEAD:
        return None
    for token in doc[start + 1 :]:
        if token.tag_ in FINITE:
            return start
        if token.tag_ in RELATIVE or token.text in (",", ";", ":") or token.lower_ in CONJUNCTIONS:
            return None
    return None


def _takes_object(verb: Token, rest: Sequence[Token]) -> bool:
    """Say whether a verb goes on with an object or an infinitive, so that what stands before it is not what is said."""
    if not rest or rest[0].i != verb.i + 1 or lemma(verb) == "tell":
        return False
    following = rest[0]
    is_time = following.lower_ in lexicon_index("weekdays") or following.lower_ in ("this", "last", "then", "yesterday")
    return following.tag_.startswith(("TO", "DT", "NN", "PRP", "JJ", "CD", "VB")) and not is_time


def trim(text: str, span: Span) -> Span:
    """Take white space and marks that belong to no content off the edges of a span."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return Span(start, end)


def _find_that(verb: Token) -> int | None:
    """Find the first token behind a «that» which a day, a place or a listener parts from its verb."""
    for token in verb.doc[verb.i + 1 : verb.i + LONGEST_GAP + 4]:
        if token.lower_ == "that" and token.i + 1 < len(verb.doc):
            nominal = verb.doc[token.i - 1].tag_ in ("DT", "JJ", "IN") or token.tag_ == "DT"
            following = verb.doc[token.i + 1 :]
            return token.i + 1 if not nominal and following[0].tag_ not in FINITE and _has_finite(following) else None
        if token.tag_ in (*FINITE, "VB", ":", "``", ",") or token.text in ("“", "”"):
            return None
    return None


def _end_of_clause(verb: Token) -> int:
    """Find where a statement behind its verb ends: with the sentence, or before a second verb of the same subject."""
    doc = verb.doc
    for clause in children(verb, "conj", "advcl"):
        first = clause.left_edge.i
        if (clause.i > verb.i + 3 and is_finite(clause) and doc[first - 1].text == ",") or (
            label(clause) == "conj" and clause.i > verb.i + 3 and doc[first].tag_ == "CC"
        ):
            return doc[first].idx
    return len(doc.text)


def _has_finite(tokens, before: int | None = None) -> bool:
    return any(is_finite_form(t) for t in tokens if before is None or t.idx < before)


def is_finite_form(token: Token) -> bool:
    """Say whether a form is finite by its tag, or by its subject where the tagger took a past tense for a participle."""
    if token.tag_ in FINITE:
        return True
    return token.tag_ == "VBN" and bool(children(token, "nsubj")) and not children(token, "aux", "aux:pass")


def is_between(token: Token) -> bool:
    """Say whether a token may stand between a subject and its verb: an adverb or an auxiliary."""
    return token.tag_ in ("RB", "MD", "RBR") or (
        token.tag_ in ("VBZ", "VBD", "VBP", "VBN") and lemma(token) in ("have", "be", "do", "'ve", "'s")
    )


def _is_of_name(token: Token) -> bool:
    return (token.tag_.startswith(NOMINAL) and token.text not in '“”"') or token.lower_ in LINKING


def is_time(tokens) -> bool:
    """Say whether words only name a time: «this month», «Tuesday»."""
    times = [t for t in tokens if t.lower_ in lexicon_index("weekdays") or lemma(t) in lexicon_index("duration_units")]
    return bool(times) and all(t in times or t.tag_ in ("DT", "JJ", "CD", "IN") for t in tokens)


def sets_scene(doc: Doc, span: Span) -> bool:
    """Say whether a span is one clause that only tells when: «But when the money ran out»."""
    words = [t for t in doc if span.start <= t.idx < span.end]
    words = words[1:] if words and words[0].tag_ == "CC" else words
    return bool(words) and words[0].lower_ in SCENE_OPENERS and not any(t.text == "," for t in words)


def _only_marks(doc: Doc, first: int, last: int) -> bool:
    return all(t.is_punct or t.is_space or is_between(t) for t in doc[first : last + 1])


def span_of(doc: Doc, first: int, last: int) -> Span:
    """Give the span of tokens, the last one included, in characters."""
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))
