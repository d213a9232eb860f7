"""«..., a source close to the talks told the Herald»: who is named at the very end of a sentence without any other frame.

A statement whose last words say who said it must never pass for what the article says itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from helpers.claims.attribution import Attribution, Sentence
from helpers.claims.shapes import opens_clause, sets_scene, trim
from helpers.language.forms import strip_ending
from helpers.language.lexicons import lexicon_index
from helpers.language.spans import Span
from helpers.language.syntax import FINITE

LONGEST_SOURCE = 16
LONGEST_REST = 8


def read_tail(sentence: Sentence, /) -> Iterable[Attribution]:
    """Read «P, X said (to whom, when).» by words and marks alone."""
    doc, text = sentence.doc, sentence.text
    comma = next((token for token in reversed(doc) if token.text == ","), None)
    if not sentence.stated or sentence.speech or comma is None or doc[-1].text in ("?", "”"):
        return
    verb = next((token for token in doc[comma.i + 1 :] if _is_saying(token)), None)
    if verb is None or not _names_source(doc[comma.i + 1 : verb.i]) or not _ends(doc[verb.i + 1 :]):
        return
    content = trim(text, Span(0, comma.idx))
    if sets_scene(doc, content) or not any(token.tag_ in (*FINITE, "VBN") for token in doc[: comma.i]):
        return
    stance = lexicon_index("reporting_verbs")[_base(verb)]["stance"]
    source = trim(text, Span(doc[comma.i + 1].idx, verb.idx))
    yield Attribution(Span(verb.idx, verb.idx + len(verb)), source, (content,), stance, 0.7)


def _names_source(words: Sequence[Token]) -> bool:
    """Say whether the words between the last comma and the verb name somebody and frame nothing."""
    if not 0 < len(words) <= LONGEST_SOURCE or _joins(words[0]):
        return False
    framed = any(token.tag_ in FINITE or (_joins(token) and token.lower_ != "and") for token in words)
    return not framed and any(token.tag_.startswith(("NN", "PRP")) for token in words)


def _ends(rest: Sequence[Token]) -> bool:
    """Say whether what follows the verb only tells to whom and when it was said."""
    words = [token for token in rest if not token.is_punct]
    return len(words) <= LONGEST_REST and not any(t.tag_ in FINITE or _joins(t) for t in words)


def _joins(token: Token) -> bool:
    """Say whether a word opens a clause or joins one to another."""
    return opens_clause(token) or token.lower_ in ("which", "who", "and", "but", "or")


def _base(token: Token) -> str | None:
    verbs = lexicon_index("reporting_verbs")
    irregular = lexicon_index("irregular_verbs").get(token.lower_)
    forms = (
        irregular["lemma"] if irregular else token.lower_,
        strip_ending(token.lower_, "VBZ"),
        strip_ending(token.lower_, "VBD"),
    )
    return next((form for form in forms if form in verbs), None)


def _is_saying(token: Token) -> bool:
    """Say whether a word is a finite form of a verb that takes a clause without «that», whatever the tagger made of it."""
    base = _base(token)
    finite = token.lower_ != base and not token.lower_.endswith("ing")
    bare = base is not None and finite and lexicon_index("reporting_verbs")[base]["bare"] == "yes"
    return bare or token.lower_ in ("told", "tells", "reports", "reported")
