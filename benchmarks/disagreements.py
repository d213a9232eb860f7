"""Measure the findings: what a careful reader listed by hand, what is found of it, and which findings are right.

Reads benchmarks/gold/disagreements_*.jsonl (places and kinds only) and, beside the project, ../shared/articles and
../shared/stories. A label holds the places of each of its sides; a finding meets it where two of its sides stand in
places of two different sides of the label. A finding that meets a label is right, one that meets only a false friend
is wrong, as is one that meets nothing: every finding raised was read, and became a label or a false friend. Labels
of further kinds that a finding may go by (a denial and a certainty are often one dispute) count as found; `kind` says
how often the kind is the labelled one too.

Usage: python benchmarks/disagreements.py [originals dev test] [--errors] [--speed]
"""

from __future__ import annotations

import argparse
import time
from itertools import permutations
from pathlib import Path

import pandas as pd

from helpers.articles import read_articles
from helpers.corpus import pipeline
from helpers.corpus.pipeline import analyse

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "benchmarks" / "gold"
PARTS = {
    "originals": "disagreements_originals",
    "dev": "disagreements_stories_dev",
    "test": "disagreements_stories_test",
}


def read_story(name: str) -> dict[str, pd.DataFrame]:
    """Run one story up to its propositions."""
    folder = next(path for path in (SHARED / "articles" / name, SHARED / "stories" / name) if path.is_dir())
    return analyse(read_articles(folder), until="alignment")


def align(story: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add copies and propositions to a story whose claims are there."""
    story = story | pipeline.find_copies(story)
    return story | pipeline.align(story)


def compare(story: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the disagreements of a story."""
    made = pipeline.compare(story)
    return made["disagreements"], made["disagreement_sides"]


def meets(label: dict, sides: dict[str, list[dict]]) -> bool:
    """Say whether two sides of a finding stand in places of two different sides of a label."""
    marked = label["sides"]
    if label["kind"] == "omission":
        return any(_touch(marked[0], places) for places in sides.values())
    return any(
        _touch(one, first) and _touch(other, second)
        for one, other in permutations(marked, 2)
        for first, second in permutations(sides.values(), 2)
    )


def _touch(marked: list[dict], places: list[dict]) -> bool:
    return any(
        m["article"] == p["article_id"] and m["start"] < p["end"] and p["start"] < m["end"]
        for m in marked
        for p in places
    )


def judge_part(name: str, stories: dict, errors: bool) -> pd.DataFrame:
    """Judge every finding and every label of one part of the labels: one row each."""
    gold = pd.read_json(GOLD / f"{PARTS[name]}.jsonl", lines=True)
    rows = []
    for story, labels in gold.groupby("story", sort=True):
        found, sides = compare(stories[story])
        labels = labels.to_dict("records")
        met: dict[int, set[str]] = {}
        grave: dict[int, set[str]] = {}
        for finding in found.itertuples():
            own = sides[(sides["disagreement_id"] == finding.disagreement_id) & sides["start"].notna()]
            places = {side: part.to_dict("records") for side, part in own.groupby("side", sort=True)}
            hits = [i for i, label in enumerate(labels) if _fits(label, finding) and meets(label, places)]
            right = [i for i in hits if not labels[i]["false_friend"]]
            for i in right:
                met.setdefault(i, set()).add(finding.kind)
                grave.setdefault(i, set()).add(finding.severity)
            verdict = "right" if right else "false friend" if hits else "unlabelled"
            same = any(labels[i]["kind"] == finding.kind for i in right)
            rows.append(
                {
                    "what": "finding",
                    "story": story,
                    "kind": finding.kind,
                    "severity": finding.severity,
                    "verdict": verdict,
                    "same": same,
                }
            )
            if errors and not right:
                print(f"{verdict.upper()} {story} [{finding.kind} {finding.severity}] {finding.explanation}")
                for side in own.itertuples():
                    print(f"    {side.side} {side.article_id[-10:]} {side.start} {side.text!r:.150}")
        for i, label in enumerate(labels):
            if label["false_friend"]:
                continue
            rows.append(
                {
                    "what": "label",
                    "story": story,
                    "kind": label["kind"],
                    "severity": label["severity"],
                    "verdict": "found" if i in met else "missed",
                    "same": label["kind"] in met.get(i, ()),
                    "as_grave": label["severity"] in grave.get(i, ()),
                }
            )
            if errors and i not in met:
                text = stories[story]["articles"].set_index("article_id")["text"]
                print(
                    f"MISSED {story} [{label['kind']} {label['severity']} {label['between']}]",
                    *[
                        "\n    "
                        + " / ".join(
                            f"{p['article'][-2:]} {text[p['article']][p['start'] : p['end']]!r:.90}" for p in side
                        )
                        for side in label["sides"]
                    ],
                )
    return pd.DataFrame(rows)


def _fits(label: dict, finding) -> bool:
    """Say whether a finding can be of a label: a false friend only speaks of its own kind, wording of nothing else."""
    if (
        label["false_friend"]
        or "wording" in (label["kind"], finding.kind)
        or "omission" in (label["kind"], finding.kind)
    ):
        return label["kind"] == finding.kind
    return True


def show(judged: pd.DataFrame) -> None:
    """Print precision and recall, in all, by severity and by kind."""
    findings, labels = judged[judged["what"] == "finding"], judged[judged["what"] == "label"]
    rows = [("all", findings, labels)]
    rows += [(s, findings[findings["severity"] == s], labels[labels["severity"] == s]) for s in ("major", "minor")]
    kinds = sorted({*findings["kind"], *labels["kind"]})
    rows += [(kind, findings[findings["kind"] == kind], labels[labels["kind"] == kind]) for kind in kinds]
    for name, raised, marked in rows:
        right, found = (raised["verdict"] == "right").sum(), (marked["verdict"] == "found").sum()
        precision = f"{right / len(raised):.2f}" if len(raised) else "   -"
        recall = f"{found / len(marked):.2f}" if len(marked) else "   -"
        friends, unread = (raised["verdict"] == "false friend").sum(), (raised["verdict"] == "unlabelled").sum()
        print(
            f"  {name:17} raised {len(raised):3} right {right:3} P {precision}  labelled {len(marked):3} found {found:3} R {recall}"
            f"  false friends {friends}, unlabelled {unread}, kind as labelled {marked['same'].sum()}"
        )


def show_severity(judged: pd.DataFrame) -> None:
    """Print how often a label that was found has the severity of a finding of it."""
    found = judged[(judged["what"] == "label") & (judged["verdict"] == "found")]
    for severity, part in found.groupby("severity", sort=True):
        print(f"  {severity:17} found {len(part):3}, as {severity} {int(part['as_grave'].sum()):3}")


def measure_speed(stories: dict) -> None:
    """Print the seconds of stages 03 and 04 for one story of 200 articles, and for 5 and 20 stories."""
    parts = [story for name, story in sorted(stories.items()) if name != "netflix-messages"]
    large = _join(parts, 200)
    began = time.perf_counter()
    found, _ = compare(align(large))
    seconds = time.perf_counter() - began
    print(
        f"one story of {len(large['articles'])} articles, {len(large['claims'])} claims: {seconds:.1f} s, {len(found)} findings"
    )
    for count in (5, 20):
        began = time.perf_counter()
        for number in range(count):
            compare(align(parts[number % len(parts)]))
        print(f"{count} stories one after the other: {(time.perf_counter() - began) / count:.2f} s a story")


def _join(parts: list[dict[str, pd.DataFrame]], count: int) -> dict[str, pd.DataFrame]:
    """Join stories, again and again under new names, into one story of `count` articles."""
    frames: dict[str, list[pd.DataFrame]] = {"articles": [], "passages": [], "claims": [], "mentions": []}
    total, turn = 0, 0
    while total < count:
        for number, part in enumerate(parts):
            mark = f"{turn}-{number}-"
            chosen = part["articles"].head(max(0, count - total))["article_id"]
            for name in frames:
                rows = part[name][part[name]["article_id"].isin(chosen)].copy()
                for column in ("article_id", "claim_id", "passage_id", "parent_id"):
                    if column in rows:
                        rows[column] = mark + rows[column]
                frames[name].append(rows.assign(story="large") if name == "articles" else rows)
            total += len(chosen)
        turn += 1
    return {name: pd.concat(rows, ignore_index=True) for name, rows in frames.items()}


def main() -> None:
    """Print the figures of the parts asked for."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("parts", nargs="*", default=list(PARTS))
    reader.add_argument("--errors", action="store_true", help="print what was missed and what was raised wrongly")
    reader.add_argument("--speed", action="store_true", help="measure the time instead")
    asked = reader.parse_args()
    names = {
        story for part in asked.parts for story in pd.read_json(GOLD / f"{PARTS[part]}.jsonl", lines=True)["story"]
    }
    stories = {name: read_story(name) for name in sorted(names)}
    if asked.speed:
        return measure_speed(stories)
    judged = {part: judge_part(part, stories, asked.errors) for part in asked.parts}
    for part, rows in judged.items():
        print(part)
        show(rows)
        print("severity of what was found")
        show_severity(rows)


if __name__ == "__main__":
    main()
