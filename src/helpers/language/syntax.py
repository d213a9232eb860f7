"""Parsed sentences: the small English pipeline that comes with the suite, or any spaCy pipeline in its stead.

`parse_sentences` turns sentences into spaCy `Doc`s, one a sentence, whose token offsets (`token.idx`) are those of
the sentence as it was given. Everything else here answers a question about a token of such a `Doc`:

- `label(token)`, `lemma(token)`, `children(token, *labels)`, `is_verb(token)`
- `subject_of(verb)`, `agent_of(verb)`, `copula_of(predicate)`
- `is_negated(verb)`, `is_passive(verb)`, `is_finite(verb)`, `auxiliaries_of(verb)`, `modals_of(verb)`
- `subtree_span(token, without)`, `noun_phrase_span(noun)`, `added_phrases(noun)`, `span_head(doc, span)`, `tokens_within(doc, span)`: spans in
  characters of the sentence

Labels are those of Universal Dependencies, whichever pipeline is used; one with ClearNLP's labels, as spaCy's own
English models have them, is turned on the way in (`helpers.language.clearnlp`).
"""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy
import spacy
import srsly
from spacy.attrs import PREFIX
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc, Token
from thinc.api import NumpyOps

from helpers.language.clearnlp import speaks_clearnlp, to_universal
from helpers.language.dictionary import find_word_class
from helpers.language.forms import find_lemma
from helpers.language.polarity import list_negations
from helpers.language.quotations import read_doubled_marks
from helpers.language.sentences import Span

# The marks that the tokenizer and the treebanks know, character for character, so that offsets stay.
KNOWN_MARKS = str.maketrans({"„": "“", "«": "“", "»": "”", "‘": "'", "’": "'", "\u00a0": " "})
OPENING_MARK = re.compile(r'(?:(?<=^)|(?<=[\s(\[—–-]))"(?=\S)')
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer")
NEGATING_DETERMINERS = list_negations("determiner")
NEGATING_ADVERBS = list_negations("adverb")
NEGATING_NOUNS = list_negations("pronoun")
BATCH = 256
KEPT = 5000  # sentences whose parse is kept
_PARSED: dict[tuple[str | None, str], Doc] = {}
_NOTHING = numpy.zeros((0, 0), dtype="float32")


@spacy.registry.languages("en_with_classes")
class EnglishWithClasses(English):
    """spaCy's English, its lexemes with their classes."""

    lang = "en_with_classes"

    class Defaults(English.Defaults):
        """English's defaults and the class of each form."""

        lex_attr_getters = {**English.Defaults.lex_attr_getters, PREFIX: find_word_class}  # noqa: RUF012


class LanguageModelError(ValueError):
    """A language model is not installed, cannot be read, or does not parse; the message is one line."""


def load_pipeline(language_model: str | None = None) -> Language:
    """Load the pipeline once a process: the embedded one, or an installed one (or a folder) by name.

    Raises LanguageModelError where the name is unknown or the pipeline has no tagger or parser.
    """
    return _load_pipeline(language_model or None)


@lru_cache(maxsize=4)
def _load_pipeline(language_model: str | None) -> Language:
    if language_model is None:
        return _load_embedded()
    try:
        nlp = spacy.load(language_model, exclude=["ner", "textcat", "lemmatizer", "attribute_ruler"])
    except (OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise LanguageModelError(f"the language model {language_model!r} cannot be loaded: {reason}") from None
    missing = [name for name in ("tagger", "parser") if name not in nlp.pipe_names]
    if missing:
        raise LanguageModelError(f"the language model {language_model!r} has no {' and no '.join(missing)}")
    return nlp


def _load_embedded() -> Language:
    packed = gzip.decompress(files("helpers.language.model").joinpath("english.bin.gz").read_bytes())
    bundle = srsly.msgpack_loads(packed)
    nlp = spacy.util.load_model_from_config(json.loads(bundle["config"]), auto_fill=True, validate=False)
    for name, fields in bundle["components"].items():
        fields["model"] = srsly.msgpack_dumps(_widen(fields["model"]))
        nlp.get_pipe(name).from_bytes(srsly.msgpack_dumps(fields), exclude=["vocab"])
        for known in nlp.pipe_labels[name]:
            nlp.vocab.strings.add(known)
            nlp.vocab.strings.add(known.split("-", 1)[-1])
    _multiply_with_numpy(nlp)
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Let numpy multiply the matrices: its BLAS is made for the machine, the one in spaCy's wheels for any machine."""
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk():
            node.ops = ops


def _widen(model: dict) -> dict:
    """Bring the weights of a model, which are kept in half precision, to the precision that it computes in."""
    for node in model["params"]:
        for name, weights in node.items():
            if weights is not None:
                node[name] = weights.astype("float32")
    return model


def direct_marks(text: str) -> str:
    """Write quotation marks with their direction and apostrophes straight, character for character."""
    text = read_doubled_marks(text).translate(KNOWN_MARKS)
    return OPENING_MARK.sub("“", text).replace('"', "”") if '"' in text else text


def parse_sentences(texts: Sequence[str], language_model: str | None = None) -> list[Doc]:
    """Parse sentences, each on its own; character offsets of the tokens are those of the sentence.

    `doc.text` has the marks that the pipeline knows; the sentence as given is `source_text(doc)`. What was parsed
    lately is kept, for the comparison asks again for sentences that the claims were read from: docs are read only.
    """
    wanted = dict.fromkeys(texts)
    parsed = {text: _PARSED[language_model, text] for text in wanted if (language_model, text) in _PARSED}
    new = [text for text in wanted if text not in parsed]
    parsed.update(zip(new, _parse(new, language_model), strict=True))
    for text in new:
        _PARSED[language_model, text] = parsed[text]
    while len(_PARSED) > KEPT:
        del _PARSED[next(iter(_PARSED))]
    return [parsed[text] for text in texts]


def forget_parses() -> None:
    """Forget what was parsed lately, for whoever times the parser."""
    _PARSED.clear()


def _parse(texts: Sequence[str], language_model: str | None) -> list[Doc]:
    nlp = load_pipeline(language_model)
    docs = [_make_doc(nlp, text) for text in texts]
    turn = speaks_clearnlp(nlp.get_pipe("parser").labels)
    parsed = []
    for doc in nlp.pipe(docs, batch_size=BATCH):
        doc.tensor = _NOTHING  # what the layers computed is needed no more, and larger than the rest
        parsed.append(to_universal(doc) if turn else doc)
    return parsed


def _make_doc(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(direct_marks(text))
    doc.user_data["source"] = text
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def source_text(doc: Doc) -> str:
    """Give a parsed sentence as it was given, character for character."""
    return doc.user_data.get("source") or doc.text


def label(token: Token) -> str:
    """Give a token's relation in Universal Dependencies."""
    return token.dep_


def lemma(token: Token) -> str:
    """Give a token's lemma in lower case: from the form and its part of speech."""
    return find_lemma(token.lower_, token.tag_)


def children(token: Token, *labels: str) -> list[Token]:
    """Give the children of a token with one of the relations, in order."""
    return [child for child in token.children if label(child) in labels]


def subject_of(verb: Token) -> Token | None:
    """Find who does it: the verb's own subject, or that of the verb that it is coordinated with or depends on.

    A relative clause without a subject of its own is about the noun that it hangs on; of «asked X to go», X goes.
    """
    for _ in range(6):
        own = children(verb, *SUBJECTS)
        if own:
            return own[0]
        if label(verb) == "xcomp" and children(verb.head, "obj", "iobj"):
            return children(verb.head, "obj", "iobj")[0]
        if label(verb) in ("conj", "advcl", "xcomp", "parataxis") and verb.head != verb:
            verb = verb.head
        elif label(verb) in ("acl", "acl:relcl"):
            return verb.head
        else:
            return None
    return None


def agent_of(verb: Token) -> Token | None:
    """Find who did what a passive verb says: the noun after «by»."""
    agents = children(verb, "obl:agent")
    if not agents and is_passive(verb):
        agents = [noun for noun in children(verb, "obl") if any(c.lower_ == "by" for c in children(noun, "case"))]
    return agents[0] if agents else None


def copula_of(predicate: Token) -> Token | None:
    """Find the form of «be» that makes a noun or an adjective a predicate."""
    return next(iter(children(predicate, "cop")), None)


def auxiliaries_of(verb: Token) -> list[Token]:
    """Find the auxiliaries of a verb, its copula among them."""
    return children(verb, "aux", "aux:pass", "cop")


def modals_of(verb: Token) -> list[Token]:
    """Find the modal verbs of a verb."""
    return [token for token in children(verb, "aux") if token.tag_ == "MD"]


def is_passive(verb: Token) -> bool:
    """Say whether a verb is in the passive."""
    return bool(children(verb, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"))


def is_finite(verb: Token) -> bool:
    """Say whether a verb or predicate heads a finite clause."""
    forms = [verb, *auxiliaries_of(verb)]
    return any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in forms)


def is_negated(verb: Token) -> bool:
    """Say whether a verb (or predicate) is negated: by an adverb, by «no» at its subject or object, or by «nobody».

    Two negations cancel each other; «not only» and a «no» that answers negate nothing.
    """
    return sum(1 for _ in _negations(verb)) % 2 == 1


def _negations(verb: Token) -> Iterable[Token]:
    if verb.lower_ == "nowhere":
        yield verb  # «was nowhere near the pier»: the parse makes it the predicate
    for token in verb.children:
        kind = label(token)
        if kind in ("advmod", "neg", "aux") and token.lower_ in NEGATING_ADVERBS:
            if not (token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ in ("only", "just", "least")):
                yield token
        elif kind == "advmod" and token.lower_ in ("longer", "more"):
            yield from (inner for inner in token.children if inner.lower_ == "no")
        elif kind in (*SUBJECTS, "obj"):
            if token.lower_ in NEGATING_NOUNS:
                yield token
            yield from (c for c in children(token, "det", "cc:preconj") if c.lower_ in NEGATING_DETERMINERS)
    if copula_of(verb) is not None or children(verb, "expl"):
        yield from (inner for inner in children(verb, "det") if inner.lower_ in NEGATING_DETERMINERS)


def is_verb(token: Token) -> bool:
    """Say whether a token is a verb form."""
    return token.tag_.startswith("VB")


def tokens_within(doc: Doc, span: Span) -> list[Token]:
    """List the tokens that begin in a span."""
    starts = doc.user_data.get("starts")
    if starts is None:
        starts = doc.user_data["starts"] = [token.idx for token in doc]
    return list(doc[bisect_left(starts, span[0]) : bisect_left(starts, span[1])])


def span_head(doc: Doc, span: Span) -> Token | None:
    """Find the token that the rest of a span hangs on; of several, the first verb, else the first."""
    inside = tokens_within(doc, span)
    places = {token.i for token in inside}
    heads = [token for token in inside if token.head.i not in places or token.head == token]
    heads = [token for token in heads if label(token) != "punct"] or heads
    predicates = [token for token in heads if is_verb(token) or children(token, "cop", *SUBJECTS)]
    return (predicates or heads or [None])[0]


def noun_phrase_span(noun: Token) -> Span:
    """Give a noun phrase as a thing is named: without its preposition and without clauses and appositions."""
    cut = children(noun, "acl:relcl", "parataxis", "advcl", "ccomp", "cc", "conj", "cop", "mark", *SUBJECTS)
    cut += [child for child in children(noun, "case") if child.i < noun.i]
    cut += added_phrases(noun)
    cut += [child for child in children(noun, "aux", "advmod") if children(noun, "cop")]
    return subtree_span(noun, without=cut)


def added_phrases(noun: Token) -> list[Token]:
    """List the clauses and appositions that only add to a noun phrase, set off by a comma, a dash or a bracket."""
    return [
        token
        for token in noun.subtree
        if token.i > noun.i and label(token) in ("acl", "acl:relcl", "appos", "parataxis") and _is_set_off(token)
    ]


def _is_set_off(token: Token) -> bool:
    first = token.left_edge.i
    marks = (",", "(", "–", "—", "-", "--", ":")
    return first > 0 and (token.doc[first].text in marks or token.doc[first - 1].text in marks)


def subtree_span(token: Token, without: Iterable[Token] = ()) -> Span:
    """Give the span of a token's subtree in characters of its sentence, without the subtrees of `without`.

    Where a cut leaves pieces, the piece that holds the token is given; punctuation at the edges is left out.
    """
    out = {inner.i for cut in without for inner in cut.subtree}
    kept = {inner.i for inner in token.subtree} - out
    first = last = token.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    doc = token.doc
    while (
        first < token.i
        and ((doc[first].is_punct and not doc[first].is_quote) or label(doc[first]) in ("punct", "cc"))
        and not doc[first].is_quote
    ):
        first += 1
    while last > token.i and doc[last].is_punct and not doc[last].is_quote and doc[last].text not in (")", "%"):
        last -= 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))
