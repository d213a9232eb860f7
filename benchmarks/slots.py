"""Print how often the slots of a statement are right, on 200 statements labelled by hand.

Usage: python benchmarks/slots.py [--half test] [--errors] [--shared ../shared]

The gold file has offsets and labels only; the texts are read beside the project. A slot is right to the letter where
both agree on the span (or that there is none), and in its core where both begin with the same two words.
One person labelled them, before any parse was seen; the conventions were evened out once after that, from the half
«tune» (six labels of «test» changed with them). The half «tune» was looked at while the rules were written, the errors on «test» were not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from helpers.articles import read_articles
from helpers.claims.slots import Slots, read_slots
from helpers.language.parsing import parse_sentences
from helpers.language.spans import Span

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = Path(__file__).parent / "gold" / "slots.jsonl"
SPANS = ("subject", "object")


def read_gold(half: str, shared: Path) -> list[tuple[dict, str]]:
    """Read the labelled statements of a half with the sentences that they stand in."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    gold = [row for row in gold if row["half"] == half]
    texts = {}
    for story in sorted({row["story"] for row in gold}):
        folder = next(path for path in (shared / "stories" / story, shared / "articles" / story) if path.is_dir())
        texts.update({(story, row.article_id): row.text for row in read_articles(folder).itertuples()})
    return [(row, texts[row["story"], row["article"]][row["start"] : row["end"]]) for row in gold]


def judge(row: dict, slots: Slots, text: str) -> dict[str, bool]:
    """Say for each slot whether it is right."""
    verdict = {"predicate": slots.predicate == row["lemma"], "negated": slots.negated == row["negated"]}
    for name in SPANS:
        wanted, found = row[name], getattr(slots, name)
        verdict[name] = (tuple(wanted) if wanted else None) == (tuple(found) if found else None)
        verdict[f"{name}, core"] = _core(wanted, text) == _core(found, text)
    verdict["modifiers"] = {tuple(span) for span in row["modifiers"]} == {tuple(span) for span in slots.modifiers}
    return verdict


def _core(span: list[int] | Span | None, text: str) -> tuple[str, ...]:
    if span is None:
        return ()
    words = text[span[0] : span[1]].strip(" ,.”“\"'").split()
    return tuple(words[:2])


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    parser.add_argument("--shared", type=Path, default=SHARED)
    options = parser.parse_args()
    if not (options.shared / "stories").is_dir():
        raise SystemExit(f"{options.shared}/stories is absent: nothing measured")
    gold = read_gold(options.half, options.shared)
    right: Counter[str] = Counter()
    for (row, text), doc in zip(gold, parse_sentences([text for _, text in gold]), strict=True):
        slots = read_slots(doc, Span(*row["statement"]))
        verdict = judge(row, slots, text)
        right.update({name: int(value) for name, value in verdict.items()})
        if options.errors and not all(verdict.values()):
            print(_describe(row, slots, text, [name for name, value in verdict.items() if not value]))
    print(f"{len(gold)} statements, half «{options.half}»")
    for name, count in right.items():
        print(f"{name:<15}{count / len(gold):>7.3f}")


def _describe(row: dict, slots: Slots, text: str, wrong: list[str]) -> str:
    def show(span: list[int] | Span | None) -> str:
        return text[span[0] : span[1]] if span else "-"

    lines = [text[row["statement"][0] : row["statement"][1]]]
    for name in wrong:
        if name in SPANS:
            lines.append(f"    {name}: [{show(row[name])}] read as [{show(getattr(slots, name))}]")
        elif name == "predicate":
            lines.append(f"    predicate: {row['lemma']} read as {slots.predicate}")
        elif name == "modifiers":
            lines.append(f"    modifiers: {[*map(show, row['modifiers'])]} read as {[*map(show, slots.modifiers)]}")
        elif name == "negated":
            lines.append(f"    negated: {row['negated']} read as {slots.negated}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
