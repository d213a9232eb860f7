"""Who is named at the very end of a sentence: «..., a source close to the talks told the Herald», where no frame was read.

A statement whose last words say who said it must never pass for what the article says itself.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from helpers.claims.frames import FINITE, sets_scene, trim
from helpers.claims.saying import Attribution
from helpers.language.forms import strip_ending
from helpers.language.lexicons import lexicon_index
from helpers.language.sentences import Span

LONGEST_SOURCE = 16
LONGEST_REST = 8
CLAUSE_WORDS = frozenset(
    {"that", "which", "who", "whether", "if", "because", "while", "when", "as", "and", "but", "or"}
)


def find_tail(doc: Doc) -> Attribution | None:
    """Read «P, X said (to whom, when).» by words and marks alone; None where the end of the sentence is no such frame."""
    commas = [token.i for token in doc if token.text == ","]
    if not commas or doc[-1].text in ("?", "”"):
        return None
    first = commas[-1] + 1
    verb = next((token for token in doc[first:] if _is_saying(token)), None)
    if verb is None or not 0 < verb.i - first <= LONGEST_SOURCE:
        return None
    source, rest = doc[first : verb.i], [token for token in doc[verb.i + 1 :] if not token.is_punct]
    named = any(token.tag_.startswith(("NN", "PRP")) for token in source) and source[0].lower_ not in CLAUSE_WORDS
    framed = any(token.tag_ in FINITE or token.lower_ in CLAUSE_WORDS - {"and"} for token in source)
    goes_on = len(rest) > LONGEST_REST or any(token.tag_ in FINITE or token.lower_ in CLAUSE_WORDS for token in rest)
    if not named or framed or goes_on or not any(token.tag_ in (*FINITE, "VBN") for token in doc[: commas[-1]]):
        return None
    text = doc.text
    content = trim(text, Span(0, doc[commas[-1]].idx))
    if sets_scene(doc, content):
        return None
    cue = Span(verb.idx, verb.idx + len(verb))
    stance = lexicon_index("reporting_verbs")[_base(verb)]["stance"]
    return Attribution(cue, trim(text, Span(source[0].idx, verb.idx)), [content], stance, 0.7)


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
    return (
        base is not None and finite and lexicon_index("reporting_verbs")[base]["bare"] == "yes"
    ) or token.lower_ in (
        "told",
        "tells",
        "reports",
        "reported",
    )
