"""Build the dictionary of forms from LemmInflect's table, which comes from the SPECIALIST Lexicon.

Usage: python benchmarks/build_dictionary.py lemminflect/resources/lemma_lu.csv.gz

The package lemminflect (0.2.3, MIT) holds the table; it is needed for building only.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

from helpers.language.forms import strip_ending

MODEL = Path(__file__).resolve().parents[1] / "src" / "helpers" / "language" / "model"
KINDS = {"noun": "N", "verb": "V", "adj": "J", "adv": "R"}


def classify(form: str, kind: str, lemmas: list[str]) -> str:
    """Give the letter of a form's class: its part of speech and, for nouns and verbs, which form it is."""
    if kind == "noun":
        return "n" if form in lemmas else "s"
    if kind == "verb":
        return "v" if form in lemmas else "g" if form.endswith("ing") else "z" if form.endswith("s") else "d"
    return {"adj": "a", "adv": "r"}[kind]


def guess_tag(form: str, kind: str, lemmas: list[str]) -> str:
    """Give the tag under which the regular ending of a form would be taken off."""
    letter = classify(form, kind, lemmas)
    return {"s": "NNS", "z": "VBZ", "g": "VBG", "d": "VBD"}.get(letter, KINDS[kind])


def build(table: Path) -> bytes:
    """Give the classes of all forms and the lemmas that regular endings do not give, packed."""
    classes: dict[str, set[str]] = defaultdict(set)
    lemma_table: dict[str, str] = {}
    for line in gzip.decompress(table.read_bytes()).decode("utf-8").splitlines():
        form, kind, lemmas = line.split(",")
        if kind not in KINDS:
            continue
        choices = lemmas.split("/")
        classes[form].add(classify(form, kind, choices))
        if form not in choices and strip_ending(form, guess_tag(form, kind, choices)) not in choices:
            lemma_table[f"{form}|{KINDS[kind]}"] = choices[0]
    groups: dict[str, list[str]] = defaultdict(list)
    for form, letters in classes.items():
        groups["".join(sorted(letters))].append(form)
    content = {"classes": {name: " ".join(sorted(forms)) for name, forms in groups.items()}, "lemmas": lemma_table}
    return gzip.compress(json.dumps(content, sort_keys=True, ensure_ascii=False).encode(), mtime=0)


if __name__ == "__main__":
    packed = build(Path(sys.argv[1]))
    (MODEL / "dictionary.json.gz").write_bytes(packed)
    print(len(packed), hashlib.sha256(packed).hexdigest())
