"""Parsed sentences: the small English pipeline that comes with the suite, or any spaCy pipeline in its stead.

Everything here speaks of tokens of a spaCy `Doc` that holds one sentence. Labels are those of Universal
Dependencies; a pipeline with ClearNLP's labels is translated on the way in.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from helpers.sentences import Span

# Typographic marks as the treebanks write them, character for character, so that offsets stay.
PLAIN_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " ", "–": "-", "—": "-"}
)
CLEARNLP = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "attr": "obj",
    "oprd": "xcomp",
    "pcomp": "advcl",
    "pobj": "obl",
    "prep": "case",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "prt": "compound:prt",
    "nn": "compound",
    "acomp": "xcomp",
}
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer")
NEGATIONS = {"not", "n't", "never", "no", "nobody", "nothing", "neither", "nor", "none", "without", "nt"}


@lru_cache(maxsize=4)
def load_pipeline(language_model: str | None = None) -> Language:
    """Load the pipeline once a process: the embedded one, or an installed one (or a folder) by name."""
    if language_model:
        return spacy.load(language_model, exclude=["ner", "textcat"])
    folder = files("helpers.model")
    bundle = gzip.decompress(folder.joinpath("english.bin.gz").read_bytes())
    size = int.from_bytes(bundle[:8], "little")
    config = json.loads(bundle[8 : 8 + size])
    nlp = spacy.util.load_model_from_config(config, auto_fill=False, validate=False)
    nlp.from_bytes(bundle[8 + size :])
    for name in nlp.pipe_names:
        for known in nlp.pipe_labels[name]:
            nlp.vocab.strings.add(known)
            nlp.vocab.strings.add(known.split("-", 1)[-1])
    return nlp


@lru_cache(maxsize=1)
def _lemma_table() -> dict[str, str]:
    return json.loads(gzip.decompress(files("helpers.model").joinpath("lemmas.json.gz").read_bytes()))


def parse_sentences(texts: Sequence[str], language_model: str | None = None) -> list[Doc]:
    """Parse sentences, each on its own; character offsets of the tokens are those of the sentence."""
    nlp = load_pipeline(language_model)
    docs = [nlp.make_doc(text.translate(PLAIN_MARKS)) for text in texts]
    for doc in docs:
        for token in doc[1:]:
            token.is_sent_start = False
    return list(nlp.pipe(docs, batch_size=128))


def label(token: Token) -> str:
    """Give a token's relation in Universal Dependencies."""
    return CLEARNLP.get(token.dep_, token.dep_)


def lemma(token: Token) -> str:
    """Give a token's lemma in lower case: from the form and its part of speech."""
    form = token.lower_
    if token.tag_ == "NNP":
        return form
    kind = token.tag_[:1]
    known = _lemma_table().get(f"{form}|{kind}")
    return known or strip_ending(form, token.tag_)


def strip_ending(form: str, tag: str) -> str:
    """Take a regular ending off a form: the fallback for what the lemma table does not list."""
    if tag in ("NNS", "VBZ") and form.endswith("s") and not form.endswith("ss"):
        if form.endswith("ies") and len(form) > 4:
            return form[:-3] + "y"
        return form[:-2] if form.endswith(("ches", "shes", "sses", "xes", "zzes")) else form[:-1]
    if tag in ("VBD", "VBN") and form.endswith("ed"):
        return _restore(form[:-3] + "y" if form.endswith("ied") else form[:-2])
    if tag == "VBG" and form.endswith("ing") and len(form) > 5:
        return _restore(form[:-3])
    return form


def _restore(stem: str) -> str:
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith(
        ("at", "iz", "is", "v", "c", "dg", "rs", "ens", "u", "bl", "pl", "rg", "ng", "as", "os", "us", "ot")
    ) and not stem.endswith(("eat", "oat", "ing")):
        return stem + "e"
    return stem


def children(token: Token, *labels: str) -> list[Token]:
    """Give the children of a token with one of the relations, in order."""
    return [child for child in token.children if label(child) in labels]


def subject_of(verb: Token) -> Token | None:
    """Find who does it: the verb's own subject, or that of the verb that it is coordinated with or depends on."""
    for _ in range(6):
        own = children(verb, *SUBJECTS)
        if own:
            return own[0]
        if label(verb) in ("conj", "advcl", "xcomp", "parataxis") and verb.head != verb:
            verb = verb.head
        elif label(verb) in ("acl", "acl:relcl"):
            return verb.head
        else:
            return None
    return None


def object_of(verb: Token) -> Token | None:
    """Find what the verb takes: its object, else what it is complemented by."""
    found = children(verb, "obj", "xcomp", "ccomp", "obl")
    return found[0] if found else None


def is_negated(verb: Token) -> bool:
    """Say whether a verb (or predicate) is negated, itself or by its auxiliaries or its subject's determiner."""
    near = [
        *verb.children,
        *[grand for child in children(verb, *SUBJECTS, "obj") for grand in children(child, "det", "advmod")],
    ]
    return any(
        token.lower_ in NEGATIONS
        for token in near
        if label(token) in ("advmod", "det", "aux", "cc", "obj", "nsubj", "mark", "discourse")
    )


def is_verb(token: Token) -> bool:
    """Say whether a token is a verb form."""
    return token.tag_.startswith("VB")


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
