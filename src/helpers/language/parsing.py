"""Sentences parsed: by the small English pipeline that comes with the suite, or any spaCy pipeline in its stead.

`parse_sentences` turns sentences into spaCy `Doc`s, one a sentence, whose token offsets (`token.idx`) are those of the sentence as it was
given; what a token of such a `Doc` tells is asked of `helpers.language.syntax`. All that is told with word lists stands on the tokens: labels are those
of Universal Dependencies, whichever pipeline is used, one with ClearNLP's labels, as spaCy's own English models have them, being turned
here (`helpers.language.clearnlp`), and lemmas are those of `helpers.language.forms`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy
import spacy
import srsly
from spacy.attrs import PREFIX
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from helpers.language.clearnlp import speaks_clearnlp, to_universal
from helpers.language.dictionary import find_word_class
from helpers.language.forms import find_lemma
from helpers.language.marks import direct_marks

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
        parsed.append(_add_lemmas(to_universal(doc) if turn else doc))
    return parsed


def _add_lemmas(doc: Doc) -> Doc:
    """Give each token its lemma in lower case, from its form and its part of speech."""
    for token in doc:
        token.lemma_ = find_lemma(token.lower_, token.tag_)
    return doc


def _make_doc(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(direct_marks(text))
    doc.user_data["source"] = text
    for token in doc[1:]:
        token.is_sent_start = False
    return doc
