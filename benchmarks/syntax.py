"""Print how well and how fast the embedded pipeline parses, by test set.

Usage: python benchmarks/syntax.py [--treebanks ../shared/treebanks] [--model NAME_OR_FOLDER]

Every sentence is read from its raw text, as the suite does it: what the tokenizer cuts otherwise than the treebank
counts as an error on both sides. UAS and LAS leave punctuation out; lemmas are those of content words.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from helpers.language.forms import find_lemma
from helpers.language.marks import direct_marks
from helpers.language.parsing import forget_parses, load_pipeline, parse_sentences

TREEBANKS = Path(__file__).resolve().parents[2] / "shared" / "treebanks"
SETS = {
    "dev": "dev",
    "EWT test": "ewt_test",
    "GUM test": "gum_test",
    "GUM news": "gum_test_news",
    "PUD news": "pud_news",
}
CONTENT = {"NOUN", "VERB", "ADJ", "ADV", "NUM"}


def read_sentences(path: Path, model: str | None) -> list[Doc]:
    """Read a treebank as one Doc a sentence, its marks written as the suite writes those of an article."""
    vocab = load_pipeline(model).vocab
    docs = DocBin().from_disk(path).get_docs(vocab)
    return [respell(sentence.as_doc()) for doc in docs for sentence in doc.sents]


def respell(doc: Doc) -> Doc:
    """Give a sentence of a treebank with its quotation marks directed."""
    text = direct_marks(doc.text)
    return Doc(
        doc.vocab,
        words=[text[token.idx : token.idx + len(token)] for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )


def score(references: list[Doc], model: str | None) -> dict[str, float]:
    """Parse the sentences' raw text and give `tag, uas, las, lemma` in percent and `speed` in words a second."""
    forget_parses()
    began = time.process_time()
    parsed = parse_sentences([reference.text for reference in references], model)
    seconds = time.process_time() - began
    examples = [Example(doc, reference) for doc, reference in zip(parsed, references, strict=True)]
    tags = Scorer.score_token_attr(examples, "tag")
    deps = Scorer.score_deps(examples, "dep", ignore_labels=("punct", "p"))
    content = [token for reference in references for token in reference if token.pos_ in CONTENT]
    lemmas = sum(find_lemma(token.lower_, token.tag_) == token.lemma_.lower() for token in content) / len(content)
    return {
        "tag": 100 * tags["tag_acc"],
        "uas": 100 * deps["dep_uas"],
        "las": 100 * deps["dep_las"],
        "lemma": 100 * lemmas,
        "speed": sum(map(len, parsed)) / seconds,
    }


def main() -> None:
    """Read the command line and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--treebanks", type=Path, default=TREEBANKS)
    options.add_argument("--model")
    options = options.parse_args()
    if not (options.treebanks / "dev.spacy").exists():
        raise SystemExit(f"{options.treebanks}/dev.spacy is absent: nothing measured")
    print(f"{'set':<10}{'words':>8}{'tag':>7}{'UAS':>7}{'LAS':>7}{'lemma':>7}{'words/s':>9}")
    for name, file in SETS.items():
        references = read_sentences(options.treebanks / f"{file}.spacy", options.model)
        figures = score(references, options.model)
        words = sum(map(len, references))
        print(
            f"{name:<10}{words:>8}{figures['tag']:>7.1f}{figures['uas']:>7.1f}{figures['las']:>7.1f}"
            f"{figures['lemma']:>7.1f}{figures['speed']:>9.0f}"
        )


if __name__ == "__main__":
    main()
