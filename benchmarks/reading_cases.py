"""Print whether files as analysts keep them are read right: one line a case, each run through the public functions.

Usage: python benchmarks/reading_cases.py CASES [--only 05 19] [--errors]

CASES holds one folder a case, with the files in `input/`, and `baseline/` with the same story as plain text. A case is right if
what it holds of the baseline's articles has their publisher and author, gives their claims and findings and no others, and
what gold/reading_cases.json expects besides; refused if no file was read, each with its reason; else wrong, and how.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.articles import ArticleError, read_articles
from helpers.corpus.pipeline import analyse
from helpers.store.publishers import make_source_key

GOLD = Path(__file__).parent / "gold" / "reading_cases.json"
BASELINE = "baseline"


class Reading(NamedTuple):
    """What a folder gave: its rows by publisher, the claims of each, its findings, the reasons of what was skipped."""

    articles: pd.DataFrame
    claims: dict[str, dict[str, str]]
    findings: set[tuple[str, frozenset[str]]]
    values: list[tuple[str, str, float]]
    refused: list[str]


def fold(text: str) -> str:
    """Fold a claim to its words."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def read_case(folder: Path) -> Reading:
    """Read a folder and take it through all stages."""
    try:
        articles = read_articles(folder)
    except ArticleError as error:
        return Reading(pd.DataFrame(), {}, set(), [], [str(error).rpartition("/")[2]])
    refused = [f"{row.article_id}: {row.skipped}" for row in articles.itertuples() if isinstance(row.skipped, str)]
    read = articles[articles["skipped"].isna()].reset_index(drop=True)
    if read.empty:
        return Reading(read, {}, set(), [], refused)
    made = analyse(read)
    names = {row.article_id: make_source_key(row.source or row.article_id) for row in read.fillna("").itertuples()}
    titles = set(made["passages"].loc[made["passages"]["kind"] == "title", "passage_id"])
    claims: dict[str, dict[str, str]] = {name: {} for name in names.values()}
    for claim in made["claims"].itertuples():
        if claim.passage_id not in titles:
            speaker = claim.speaker_name if isinstance(claim.speaker_name, str) else claim.speaker
            claims[names[claim.article_id]][fold(claim.text)] = speaker if isinstance(speaker, str) else ""
    sides = made["disagreement_sides"].groupby("disagreement_id")["article_id"]
    involved = {finding: frozenset(names[article] for article in own) for finding, own in sides}
    found = {
        (row.kind, involved[row.disagreement_id])
        for row in made["disagreements"].itertuples()
        if len(involved.get(row.disagreement_id, ())) > 1
    }
    values = [(fold(row.text), row.kind, row.value) for row in made["mentions"].itertuples()]
    return Reading(read, claims, found, values, refused)


def _is_known(claim: str, gold: dict) -> bool:
    return any(fold(fragment) in claim for fragment, _ in gold.get("speakers", []))


def compare_articles(case: Reading, baseline: Reading, gold: dict) -> list[str]:
    """Say what an article of the baseline has that the same in a case has not, or the other way round."""
    wrong = []
    wanted = {make_source_key(row.source): row for row in baseline.articles.itertuples()}
    if not gold and not wanted.keys() & case.claims.keys():
        return ["no article of a publisher of the baseline"]
    for row in case.articles.fillna("").itertuples():
        key = make_source_key(row.source or row.article_id)
        if key not in wanted:
            continue
        if row.byline and row.byline != wanted[key].byline:
            wrong.append(f"{row.source}: by {row.byline}, not {wanted[key].byline}")
        missing = baseline.claims[key].keys() - case.claims[key].keys()
        extra = case.claims[key].keys() - baseline.claims[key].keys()
        wrong += [f"{row.source} lacks: {claim[:60]}" for claim in sorted(missing)]
        wrong += [f"{row.source} has besides: {claim[:60]}" for claim in sorted(extra) if not _is_known(claim, gold)]
    return wrong


def compare_findings(case: Reading, baseline: Reading) -> list[str]:
    """Say which findings of the baseline are missing, of those between publishers that a case holds."""
    held = case.claims.keys()
    wanted = {finding for finding in baseline.findings if finding[1] <= held}
    missing = {
        (kind, names) for kind, names in wanted if not any(kind == of and names <= own for of, own in case.findings)
    }
    return [f"no finding of {kind} between {' and '.join(sorted(names))}" for kind, names in sorted(missing, key=str)]


def check_gold(case: Reading, gold: dict) -> list[str]:
    """Say which of the things that are expected of a case by hand it lacks: articles, claims, speakers, values."""
    wrong = []
    told = {claim: speaker for own in case.claims.values() for claim, speaker in own.items()}
    if "articles" in gold and len(case.articles) != gold["articles"]:
        wrong.append(f"{len(case.articles)} articles, not {gold['articles']}")
    for fragment, speaker in gold.get("speakers", []):
        own = [said for claim, said in told.items() if fold(fragment) in claim]
        if not own:
            wrong.append(f"no claim: {fragment}")
        elif speaker.casefold() not in own[0].casefold() or bool(speaker) != bool(own[0]):
            wrong.append(f"{fragment!r} is said by {own[0] or 'nobody'}, not {speaker or 'nobody'}")
    for fragment in gold.get("never", []):
        wrong += [f"a claim that is none: {claim[:60]}" for claim in told if fold(fragment) in claim]
    for text, kind, value in gold.get("values", []):
        if not any(fold(text) in shown and (kind, value) == (of, read) for shown, of, read in case.values):
            wrong.append(f"{text!r} is not read as {kind} {value}")
    return wrong


def judge(name: str, case: Reading, baseline: Reading, gold: dict, errors: bool) -> str:
    """Give the line of one case."""
    told = f"; set aside: {' | '.join(reason[:110] for reason in case.refused)}" if case.refused else ""
    if case.articles.empty:
        return (
            f"{name}: refused: {' | '.join(sorted({reason.partition(': ')[2] or reason for reason in case.refused}))}"
        )
    wrong = compare_articles(case, baseline, gold) if not gold.get("other_texts") else []
    wrong += compare_findings(case, baseline) if not gold.get("other_texts") else []
    wrong += check_gold(case, gold)
    if wrong:
        shown = wrong if errors else wrong[:3]
        more = f" ... and {len(wrong) - len(shown)} more" if len(wrong) > len(shown) else ""
        return f"{name}: wrong: {'; '.join(shown)}{more}{told}"
    claims = sum(map(len, case.claims.values()))
    return f"{name}: right ({len(case.articles)} articles, {claims} claims, {len(case.findings)} findings){told}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="beginnings of the names of cases")
    parser.add_argument("--errors", action="store_true", help="all that is wrong, not the first three")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    baseline = read_case(given.cases / BASELINE)
    verdicts = []
    for folder in sorted(given.cases.iterdir()):
        wanted = not given.only or folder.name.startswith(tuple(given.only))
        if folder.name == BASELINE or not (folder / "input").is_dir() or not wanted:
            continue
        line = judge(folder.name, read_case(folder / "input"), baseline, gold.get(folder.name, {}), given.errors)
        verdicts.append(line.partition(": ")[2].split()[0].rstrip(":"))
        print(line, flush=True)
    print(", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in ("right", "refused", "wrong")))
    return int("wrong" in verdicts)


if __name__ == "__main__":
    sys.exit(main())
