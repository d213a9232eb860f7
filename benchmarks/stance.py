"""How an article presents what it claims, and who the speakers are, against 21 articles labelled by hand.

Run `python benchmarks/stance.py [--half dev|test|held] [--errors]`. The gold (`gold/claims_stories.jsonl`) holds offsets
and labels only; the texts lie in ../shared. One person labelled them. Sixteen articles are of the stories: `dev` was
tuned on; the errors on `test` were looked at too while rules were written. Five (`held`) are of ../shared/eval: they were
labelled when the rules stood, and measured once before anything was changed. Where tables.md leaves a label open, `also` names the
other reading that is accepted. `source`, `cue`, `content` and `speaker` (the fullest name that the article has for who
speaks, `speaker_for` for whom) are spans; `parent` is the number of the label that this one is nested in. Beside them
stand invented sentences (`gold/stances_invented.jsonl`), which were written to be hard and are tuned on.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
from attribution import EVAL, load_scorer
from claims import make_articles

from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.language.lexicons import lexicon_index
from helpers.passages import split_passages

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT.parent / "shared" / "stories"
GOLD = ROOT / "benchmarks" / "gold"
LABELS = ("stance", "modality", "negated")


def read_gold(half: str) -> dict[tuple[str, str], list[dict]]:
    """Read the labels of one half (or of both, with `all`), by story and article."""
    gold = defaultdict(list)
    for line in (GOLD / "claims_stories.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if half in (row["half"], "all"):
            gold[row["story"], row["article"]].append(row)
    return gold


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Count the characters that two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def find_match(label: dict, claims: list) -> object | None:
    """Find the claim that a label speaks of: of the same voice and cue, half of it inside the labelled content."""
    best, best_score = None, 0.0
    for claim in claims:
        if label["voice"] == "own" and pd.notna(claim.source_start):
            continue
        if label["voice"] != "own" and pd.isna(claim.cue_start) and pd.isna(claim.source_start):
            continue
        cue = None if pd.isna(claim.cue_start) else (claim.cue_start, claim.cue_end)
        if label["cue"] and cue and not overlap(label["cue"], cue):
            continue
        shared = sum(overlap(span, (claim.start, claim.end)) for span in label["content"])
        length = sum(end - start for start, end in label["content"])
        score = max(shared / length, shared / (claim.end - claim.start)) + shared / (length + claim.end - claim.start)
        if shared > 0.5 * min(length, claim.end - claim.start) and score > best_score + 1e-9:
            best, best_score = claim, score
    return best


def fold(name: str) -> str:
    """Fold a name for comparison: without case, determiners, titles, possessives and what follows a comma."""
    words = re.findall(r"[\w-]+", re.split(r", |\(", re.sub(r"['’]s\b", "", name.casefold()))[0])
    titles = set(lexicon_index("titles"))
    kept = [word for word in words if word not in {"the", "a", "an", "some"}]
    while len(kept) > 1 and kept[0] in titles:
        kept = kept[1:]
    return " ".join(kept)


def is_same(found: str, wanted: str) -> bool:
    """Say whether a name found is the one labelled; what is only described agrees by its last word."""
    one, other = fold(found), fold(wanted)
    described = wanted.split()[-1].islower() and one.split()[-1:] == other.split()[-1:]
    return one == other or described


def score(half: str, show: bool) -> dict[str, float]:
    """Compare the claims of the labelled articles with their labels."""
    counts: Counter[str] = Counter()
    for story in sorted({story for story, _ in read_gold(half)}):
        articles = read_articles(STORIES / story) if story != "eval" else read_eval(half)
        claims = extract_claims(articles, split_passages(articles))
        texts = dict(zip(articles["article_id"], articles["text"], strict=True))
        for (name, article), labels in read_gold(half).items():
            if name == story:
                own = [row for row in claims.itertuples() if row.article_id == article]
                _count(counts, labels, own, texts[article], show)
    return counts


def read_eval(half: str) -> pd.DataFrame:
    """Read the labelled articles of ../shared/eval, each a story of its own."""
    names = sorted(article for story, article in read_gold(half) if story == "eval")
    documents = load_scorer().read(EVAL / "attribution_dev.jsonl")
    articles = make_articles([documents[name] for name in names], {}, 0, len(names))
    return articles.assign(article_id=names, story=names)


def _count(counts: Counter, labels: list[dict], claims: list, text: str, show: bool) -> None:
    matches = [find_match(label, claims) for label in labels]
    for label, claim in zip(labels, matches, strict=True):
        written = text[label["content"][0][0] : label["content"][-1][1]].replace("\n", " ")[:90]
        counts[f"labels {label['voice']}"] += 1
        if claim is None:
            if show:
                print(f"  not found ({label['voice']}): {written}")
            continue
        counts[f"found {label['voice']}"] += 1
        for name in LABELS:
            right = getattr(claim, name) in (label[name], *label.get("also", {}).get(name, ()))
            counts[name] += right
            if not right and show:
                print(f"  {name}: {label[name]}, read as {getattr(claim, name)}: {written}")
        if label["stance"] == "denies":
            counts["denials"] += 1
            counts["denials as support"] += claim.stance != "denies" and not claim.negated
        _count_speaker(counts, label, claim, text, show)
        if label["parent"] is not None:
            counts["nested"] += 1
            outer = matches[label["parent"]]
            counts["nested right"] += outer is not None and claim.parent_id == outer.claim_id


def _count_speaker(counts: Counter, label: dict, claim, text: str, show: bool) -> None:
    for name, found in (("speaker", claim.speaker_name), ("speaker_for", claim.speaker_for)):
        wanted = text[slice(*label[name])] if label[name] else None
        found = found if isinstance(found, str) else None
        if wanted is None:
            counts[f"{name} invented"] += found is not None and name == "speaker" and label["voice"] != "own"
            continue
        counts[name] += 1
        right = found is not None and is_same(found, wanted)
        counts[f"{name} right"] += right
        counts[f"{name} resolved"] += found is not None
        if not right and show:
            print(f"  {name}: {wanted!r}, read as {found!r} (written {claim.speaker!r})")


def score_invented(show: bool) -> tuple[int, Counter]:
    """Compare what is read off invented sentences with what they were written to say."""
    lines = (GOLD / "stances_invented.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    texts = pd.Series([item["text"] for item in items])
    names = [f"{place:04d}" for place in range(len(items))]
    articles = pd.DataFrame({"article_id": names, "story": names, "text": texts, "source": "Herald", "title": None})
    articles = articles.assign(published=pd.NaT, published_precision=None, raw_path="-", raw_sha256="-", byline=None)
    articles = articles.assign(n_chars=texts.str.len(), n_words=texts.str.split().str.len(), skipped=None)
    claims = extract_claims(articles, split_passages(articles))
    counts: Counter[str] = Counter()
    for name, item in zip(names, items, strict=True):
        found = [row for row in claims.itertuples() if row.article_id == name and item["content"] in row.text]
        claim = min(found, key=lambda row: len(row.text), default=None)
        counts["found"] += claim is not None
        for label in LABELS:
            value = getattr(claim, label, None)
            counts[label] += value == item[label]
            if value != item[label] and show:
                print(f"  {label}: {item[label]}, read as {value}: {item['text']}")
        if item["stance"] == "denies":
            counts["denials"] += 1
            counts["denials as support"] += claim is not None and claim.stance != "denies" and not claim.negated
    return len(items), counts


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("dev", "test", "held", "all"), default="all")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    n_invented, invented = score_invented(options.errors)
    print(f"{n_invented} invented sentences")
    for name in ("found", *LABELS):
        print(f"  {name:<32}{invented[name] / n_invented:.3f}")
    print(f"  denials read as support         {invented['denials as support']} of {invented['denials']}")
    if not STORIES.is_dir():
        raise SystemExit("../shared/stories is absent: nothing measured on articles")
    for half in ("dev", "test", "held") if options.half == "all" else (options.half,):
        _print_half(half, score(half, options.errors))


def _print_half(half: str, counts: Counter) -> None:
    found = counts["found own"] + counts["found attributed"]
    print(f"{half}: {counts['labels attributed']} attributed, {counts['labels own']} in the article's own voice")
    shares = {
        "attributed, found": (counts["found attributed"], counts["labels attributed"]),
        "own voice, found": (counts["found own"], counts["labels own"]),
        **{f"{name}, of those found": (counts[name], found) for name in LABELS},
        "speaker right, of resolved": (counts["speaker right"], counts["speaker resolved"]),
        "speaker right, of all found": (counts["speaker right"], counts["speaker"]),
        "spoken for, right of resolved": (counts["speaker_for right"], counts["speaker_for resolved"]),
        "spoken for, right of all found": (counts["speaker_for right"], counts["speaker_for"]),
        "nested": (counts["nested right"], counts["nested"]),
    }
    for name, (right, number) in shares.items():
        print(f"  {name:<32}{right / max(number, 1):.3f}  {right} of {number}")
    print(f"  denials read as support         {counts['denials as support']} of {counts['denials']}")
    print(f"  speakers where nobody is named  {counts['speaker invented']}")


if __name__ == "__main__":
    main()
