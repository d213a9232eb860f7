"""Train the embedded English pipeline from the treebanks and, if asked, pack it into the package.

Usage: python benchmarks/train_model.py [--treebanks ../shared/treebanks] [--seed 7] [--steps N] --output FOLDER [--pack]

The configuration is train_model.cfg. The shipped weights are the checkpoint that is best on the development set.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from pack_model import TREEBANKS, pack
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from helpers.language.marks import direct_marks

HEADLINE_TAGS = ("NN", "VB", "JJ", "RB", "PRP", "CD", "MD", "WP", "WRB")


@spacy.registry.augmenters("synoptic.newsprint.v1")
def create_newsprint_augmenter(headlines: float) -> Callable[[Language, Example], Iterator[Example]]:
    """Write the treebanks' marks as the suite writes those of an article, and some sentences as headlines."""
    draw = random.Random(7)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        reference = example.reference
        words = spell_marks(reference)
        length = len(words)
        if draw.random() < headlines:
            words = [
                word[:1].upper() + word[1:] if token.tag_.startswith(HEADLINE_TAGS) or len(word) > 4 else word
                for word, token in zip(words, reference, strict=True)
            ]
            final = reference[length - 1]
            if length > 3 and words[-1] == "." and not list(final.children) and final.head != final:
                length -= 1
        yield rebuild(nlp, reference, words[:length])

    return augment


def spell_marks(doc: Doc) -> list[str]:
    """Spell the tokens of a treebank as the suite hands them to the pipeline: directed quotation marks, real dashes."""
    text = direct_marks(doc.text)
    words = [text[token.idx : token.idx + len(token)] for token in doc]
    for position, token in enumerate(doc):
        if token.tag_ in ("``", "''") and words[position] in ('"', "“", "”", "``", "''"):
            words[position] = "“" if token.tag_ == "``" else "”"
        elif words[position] == "--":
            words[position] = "—"
    return words


def rebuild(nlp: Language, reference: Doc, words: list[str]) -> Example:
    """Make an example of the first `len(words)` tokens of a sentence, in another spelling."""
    tokens = reference[: len(words)]
    spaces = [bool(token.whitespace_) for token in tokens]
    gold = Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        tags=[token.tag_ for token in tokens],
        heads=[token.head.i for token in tokens],
        deps=[token.dep_ for token in tokens],
        sent_starts=None,
    )
    return Example(Doc(nlp.vocab, words=words, spaces=spaces), gold)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--pack", action="store_true", help="pack the result into src/helpers/model")
    options = parser.parse_args()
    if not (options.treebanks / "train.spacy").exists():
        raise SystemExit(f"{options.treebanks}/train.spacy is absent: give the treebanks' folder with --treebanks")
    overrides: dict[str, object] = {
        "paths.train": str(options.treebanks / "train.spacy"),
        "paths.dev": str(options.treebanks / "dev.spacy"),
        "system.seed": options.seed,
    }
    if options.steps:
        overrides["training.max_steps"] = options.steps
    train(Path(__file__).with_suffix(".cfg"), options.output, overrides=overrides)
    if options.pack:
        pack(options.output / "model-best", options.treebanks)


if __name__ == "__main__":
    main()
