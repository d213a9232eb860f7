"""Who says what, measured on news articles with marked sources, cues and contents (../shared/eval, measuring only).

Runs the whole way from raw text and scores linked attributions with the scorer that lies beside the data. An
attribution is claim-like when its cue holds a word of saying (gold/saying_cues.csv, frozen) or its content has
quotation marks. Of the documents, sorted by id, the even ones were looked
at when rules were written; the odd ones were not.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from pathlib import Path

import pandas as pd

from helpers.claims import extract_claims
from helpers.language.forms import find_lemma
from helpers.language.quotations import find_quotations
from helpers.language.sentences import find_words
from helpers.passages import split_passages

ROOT = Path(__file__).parents[1]
EVAL = ROOT.parent / "shared" / "eval"
SAYING = set(pd.read_csv(Path(__file__).parent / "gold" / "saying_cues.csv")["entry"])
NAMING = 0.3  # takes in what only names something, «warned of floods», which is an attribution and no claim
MARKS = '“”"„«»'


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all")
    parser.add_argument("--min-confidence", type=float, default=NAMING)
    parser.add_argument("--errors", type=Path, help="write what is missed and invented in the even half to a file")
    options = parser.parse_args()
    if not (EVAL / "attribution_dev.jsonl").exists():
        raise SystemExit("nothing measured: ../shared/eval/attribution_dev.jsonl is absent")
    scorer = load_scorer()
    documents = sorted(scorer.read(EVAL / "attribution_dev.jsonl").values(), key=lambda d: d["id"])
    started = time.perf_counter()
    predicted = predict(documents, options.min_confidence)
    seconds = time.perf_counter() - started
    words = sum(len(d["text"].split()) for d in documents)
    print(f"{len(documents)} articles, {words} words, {seconds:.1f} s, {words / seconds:.0f} words a second")
    halves = {"even": documents[::2], "odd": documents[1::2], "all": documents}
    for half in ("even", "odd", "all") if options.half == "all" else (options.half,):
        print_figures(scorer, half, halves[half], predicted)
    if options.errors:
        write_errors(scorer, halves["even"], predicted, options.errors)


def load_scorer():
    """Load the scorer that lies beside the data."""
    spec = importlib.util.spec_from_file_location("score_attribution", EVAL / "score_attribution.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def predict(documents: list[dict], min_confidence: float = NAMING) -> dict[str, list[dict]]:
    """Extract the attributions of each document: claims of one cue, and what goes on without a cue, are one."""
    articles = pd.DataFrame(
        [
            {
                "article_id": d["id"],
                "story": "news",
                "source": d["publisher"],
                "title": None,
                "byline": None,
                "published": pd.Timestamp(d["date"]),
                "published_precision": "day",
                "raw_path": d["id"],
                "raw_sha256": "0",
                "text": d["text"],
                "n_chars": len(d["text"]),
                "n_words": len(d["text"].split()),
                "skipped": None,
            }
            for d in documents
        ]
    )
    # Each article is a story of its own: names of one must not resolve in another.
    articles["story"] = articles["article_id"]
    claims = extract_claims(articles, split_passages(articles), min_confidence)
    attributed = claims[claims["speaker"].notna() | claims["cue"].notna()]
    predicted: dict[str, list[dict]] = {d["id"]: [] for d in documents}
    for article_id, rows in attributed.groupby("article_id", sort=True):
        groups: dict[tuple, dict] = {}
        for row in rows.sort_values(["start", "end"], kind="stable").itertuples():
            source = (row.source_start, row.source_end) if pd.notna(row.source_start) else None
            goes_on = pd.isna(row.cue_start) and source is not None
            key = next((k for k in groups if k[1] == source), (None, source)) if goes_on else (row.cue_start, source)
            group = groups.setdefault(key, {"source": [], "cue": [], "content": []})
            if not goes_on:
                group["cue"] = [(int(row.cue_start), int(row.cue_end))] if pd.notna(row.cue_start) else []
                group["source"] = [tuple(map(int, source))] if source else []
            group["content"].append((int(row.start), int(row.end)))
        predicted[article_id] = list(groups.values())
    return predicted


def is_claim_like(attribution: dict, text: str) -> bool:
    """Say whether an attribution is an act of saying, as frozen in gold/saying_cues.csv, or is quoted."""
    cue = " ".join(text[s:e] for s, e in attribution["cue"]).lower()
    words = [cue[s:e] for s, e in find_words(cue)]
    forms = {find_lemma(word, tag) for word in words for tag in ("VBD", "VBZ", "VBG", "NNS")} | set(words)
    return bool(forms & SAYING) or ":" in cue or quote_share(attribution, text) > 0


def quote_share(attribution: dict, text: str) -> float:
    """Give the share of a content that stands in quotation marks."""
    spans = attribution["content"]
    total = sum(e - s for s, e in spans)
    inside = sum(max(0, min(e, q.end) - max(s, q.start)) for s, e in spans for q in _quotations(text))
    return inside / total if total else 0.0


_CACHE: dict[str, list] = {}


def _quotations(text: str) -> list:
    if text not in _CACHE:
        _CACHE[text] = find_quotations(text)
    return _CACHE[text]


def kind_of(attribution: dict, text: str) -> str:
    """Say whether a content is quoted wholly, in part, or not at all."""
    share = quote_share(attribution, text)
    return "direct" if share > 0.9 else "mixed" if share > 0 else "indirect"


def print_figures(scorer, half: str, documents: list[dict], predicted: dict[str, list[dict]]) -> None:
    """Print precision, recall and soft F1 of linked attributions: all, claim-like, and by kind of quotation.

    Everything is paired first, as the scorer pairs; then precision is taken over the predictions of a class and
    recall over the gold of that class, so that a quotation read a word too short is no error twice.
    """
    counts = {name: [0, 0, 0, 0] for name in ("all", "claim-like", "direct", "direct, cue aside", "mixed", "indirect")}
    for document in documents:
        text, index = document["text"], scorer.index(document["text"])
        gold, found = document["attributions"], predicted[document["id"]]
        as_tokens = [[{r: scorer.toks(a[r], index) for r in scorer.ROLES} for a in side] for side in (gold, found)]
        pairs = [(i, j, as_tokens[0][i], as_tokens[1][j]) for i, j in scorer.align(*as_tokens)]
        right = [(i, j) for i, j, g, f in pairs if _is_right(scorer, g, f)]
        linked = [(i, j) for i, j, g, f in pairs if _is_linked(scorer, g, f)]
        for side, attributions in enumerate((gold, found)):
            hits = {pair[side] for pair in right}
            linked_hits = {pair[side] for pair in linked}
            for place, attribution in enumerate(attributions):
                classes = ["all"]
                if is_claim_like(attribution, text):
                    classes += ["claim-like", kind_of(attribution, text)]
                classes += ["direct, cue aside"] if "direct" in classes else []
                for name in classes:
                    counts[name][2 * side] += place in (linked_hits if name == "direct, cue aside" else hits)
                    counts[name][2 * side + 1] += 1
    rows = []
    for name, (gold_hits, n_gold, found_hits, n_found) in counts.items():
        recall, precision = gold_hits / max(n_gold, 1), found_hits / max(n_found, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        rows.append(
            {"half": half, "class": name, "P": precision, "R": recall, "F1": f1, "predicted": n_found, "gold": n_gold}
        )
    print(pd.DataFrame(rows).round(3).to_string(index=False))


def _is_right(scorer, gold: dict, found: dict) -> bool:
    """Say whether a pair is a soft match as the scorer defines it: cues overlap, sources and contents by half."""
    return scorer.dice(gold["cue"], found["cue"]) > 0 and _is_linked(scorer, gold, found)


def _is_linked(scorer, gold: dict, found: dict) -> bool:
    """Say whether a content has its speaker, whatever the cue: sources and contents overlap by half."""
    return scorer.dice(gold["source"], found["source"]) >= 0.5 and scorer.dice(gold["content"], found["content"]) >= 0.5


def write_errors(scorer, documents: list[dict], predicted: dict[str, list[dict]], path: Path) -> None:
    """Write the claim-like attributions that are missed, invented, or paired with a wrong part."""
    lines = []
    for document in documents:
        text = document["text"]
        index = scorer.index(text)
        gold = [a for a in document["attributions"] if is_claim_like(a, text)]
        found = [a for a in predicted[document["id"]] if is_claim_like(a, text)]
        as_tokens = [[{r: scorer.toks(a[r], index) for r in scorer.ROLES} for a in side] for side in (gold, found)]
        pairs = scorer.align(*as_tokens)
        for i, j in pairs:
            g, p = as_tokens[0][i], as_tokens[1][j]
            wrong = [r for r in scorer.ROLES if scorer.dice(g[r], p[r]) < (0.5 if r != "cue" else 0.001)]
            if wrong:
                lines.append(_tell("WRONG " + "+".join(wrong), text, gold[i], found[j]))
        lines += [_tell("MISSED", text, a, None) for i, a in enumerate(gold) if i not in {p[0] for p in pairs}]
        lines += [_tell("INVENTED", text, None, a) for j, a in enumerate(found) if j not in {p[1] for p in pairs}]
    path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def _tell(what: str, text: str, gold: dict | None, found: dict | None) -> str:
    parts = [what]
    for name, a in (("gold", gold), ("ours", found)):
        if a is not None:
            shown = {r: " // ".join(text[s:e] for s, e in sorted(a[r])) for r in ("source", "cue", "content")}
            parts.append(f"  {name}: [{shown['source']}] <{shown['cue']}> {shown['content']}".replace("\n", "¶"))
    return "\n".join(parts)


if __name__ == "__main__":
    main()
