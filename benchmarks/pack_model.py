"""Pack a trained spaCy pipeline and a lemma table into src/helpers/model, byte for byte the same from the same input.

Usage: python benchmarks/pack_model.py TRAINED_FOLDER [TREEBANKS]
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import spacy
import srsly
from spacy.tokens import DocBin

from helpers.language.dictionary import find_listed_lemma
from helpers.language.forms import strip_ending

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "helpers" / "language" / "model"
TREEBANKS = ROOT.parent / "shared" / "treebanks"
RUN_SECTIONS = ("nlp", "components")  # of the configuration; the rest is about training


def pack_pipeline(folder: Path) -> bytes:
    """Give configuration and weights of a pipeline as one compressed file, the weights in half precision."""
    nlp = spacy.load(folder, exclude=["morphologizer"])
    config = {section: nlp.config.interpolate()[section] for section in RUN_SECTIONS}
    config["components"].pop("morphologizer", None)
    config["nlp"]["pipeline"] = nlp.pipe_names
    components = {name: halve_weights(component) for name, component in nlp.pipeline}
    bundle = srsly.msgpack_dumps({"config": json.dumps(config, sort_keys=True), "components": components})
    return gzip.compress(bundle, mtime=0)


def halve_weights(component) -> dict[str, object]:
    """Give what a component needs besides the vocabulary, its weights as float16."""
    fields = srsly.msgpack_loads(component.to_bytes(exclude=["vocab"]))
    model = srsly.msgpack_loads(fields["model"])
    for node in model["params"]:
        for name, weights in node.items():
            if weights is not None:
                node[name] = weights.astype(np.float16)
    return {**fields, "model": model}


def build_lemma_table(treebanks: Path) -> bytes:
    """List the lemmas of the treebanks' forms wherever neither the dictionary nor the regular ending gives them."""
    nlp = spacy.blank("en")
    counts: dict[tuple[str, str], Counter] = defaultdict(Counter)
    tags: dict[tuple[str, str], str] = {}
    for doc in DocBin().from_disk(treebanks / "train.spacy").get_docs(nlp.vocab):
        for token in doc:
            if token.is_alpha or "'" in token.text:
                key = (token.lower_, token.tag_[:1])
                counts[key][token.lemma_.lower()] += 1
                tags[key] = token.tag_
    table = {}
    for (form, kind), lemmas in counts.items():
        best = min(lemmas.items(), key=lambda item: (-item[1], item[0]))[0]
        otherwise = find_listed_lemma(form, kind) or strip_ending(form, tags[form, kind])
        if tags[form, kind] != "NNP" and otherwise != best:
            table[f"{form}|{kind}"] = best
    return gzip.compress(json.dumps(table, sort_keys=True, ensure_ascii=False).encode(), mtime=0)


def pack(folder: Path, treebanks: Path) -> None:
    """Write both files and print their sizes and digests."""
    for name, content in (("english.bin.gz", pack_pipeline(folder)), ("lemmas.json.gz", build_lemma_table(treebanks))):
        (MODEL / name).write_bytes(content)
        print(name, len(content), hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TREEBANKS)
