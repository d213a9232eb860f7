"""English as the embedded pipeline sees it: with what a dictionary knows of each form.

A network trained on 300,000 words has not met most words. That «underscores» is a noun or a verb is in any
dictionary, so each lexeme carries its class: a sorted string of n and s (noun, plural), v, z, d and g (verb: base,
-s, past, -ing), a (adjective) and r (adverb). spaCy's lexemes have no free attribute: PREFIX, the first letter of a
form, which tells the network least, makes room for the class.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files

UNKNOWN = "-"


@lru_cache(maxsize=1)
def _load_dictionary() -> tuple[dict[str, str], dict[str, str]]:
    packed = files("helpers.language.model").joinpath("dictionary.json.gz").read_bytes()
    content = json.loads(gzip.decompress(packed))
    classes = {form: name for name, forms in content["classes"].items() for form in forms.split(" ")}
    return classes, content["lemmas"]


def find_listed_lemma(form: str, kind: str) -> str | None:
    """Find the lemma of a form (in lower case) as N, V, J or R, where its regular ending would not give it."""
    return _load_dictionary()[1].get(f"{form}|{kind}")


def find_word_class(form: str) -> str:
    """Find the class of a form, that of its last part where it has hyphens; «-» where no dictionary knows it."""
    classes, _ = _load_dictionary()
    form = form.lower()
    return classes.get(form) or classes.get(form.rpartition("-")[2], UNKNOWN)
