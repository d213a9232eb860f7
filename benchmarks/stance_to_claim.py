"""Learn how articles stand to a statement and measure it on stories that the weights have not seen.

Reads ../shared/stories: real rumours, each told by 7 to 12 publishers, with each article's stance (agree, disagree,
discuss) to the rumour's own claim and to other headlines of the story. Each story is left out in turn. Printed: macro-F1
and F1 by class on the stories' own claims; the same over the other headlines that say yes or no (an article counts
once); conflicts, that is whether some article supports and some other disputes, by pairs of articles, and by whole
stories beside the same stories without those that agree, and without those that disagree; silence on the claims of
other stories. Beside each stands what it would be to give every article the commonest class of the other stories.

Usage: python benchmarks/stance_to_claim.py [--write] [--errors]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from helpers.articles import read_articles
from helpers.questions import bearing

questions = import_module("helpers.questions.judge")  # the package's face has a function of this name
ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT.parent / "shared" / "stories"
WEIGHTS = ROOT / "src" / "helpers" / "questions" / "weights.json"
RELATION = {"agree": "supports", "disagree": "disputes", "discuss": "discusses"}
STRENGTH = 0.1  # inverse of the penalty; strong, because stories are few
ONE_SIDED = ("without supports", "without disputes")
ALONE = 0.5  # weight of an article alone beside the same among others
OTHER_HEADLINES = 1.0  # weight of all other headlines of an article beside its stance to the story's claim
PROVENANCE = (
    "Logistic regression by benchmarks/stance_to_claim.py on eight rumours of the Fake News Challenge (train part, "
    "labels of stance to headlines); no text is held here."
)


def load_story(folder: Path) -> tuple[pd.DataFrame, dict[str, dict[str, str]]]:
    """Load a story: its articles, and each statement's relations by article, the story's own claim first.

    Headlines that only report what somebody says leave every article discussing them: they are left out.
    """
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    stances: dict[str, dict[str, str]] = {labels["claim"]: {}}
    for article in labels["articles"]:
        name = Path(article["file"]).stem
        stances[labels["claim"]][name] = RELATION[article["stance"]]
        for headline, stance in article["stance_to_other_headlines"].items():
            stances.setdefault(headline, {})[name] = RELATION[stance]
    told = {text: own for text, own in stances.items() if set(own.values()) != {"discusses"}}
    return read_articles(folder), told


def measure_stories() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure every article of every story against every statement of its story: one row each.

    The second table has the stories' own claims asked of parts of the story, `part` by `part`: all articles, all but
    those that support, all but those that dispute, and each article alone.
    """
    whole, parts = [], []
    for folder in sorted(path for path in STORIES.iterdir() if path.is_dir()):
        articles, stances = load_story(folder)
        sentences = bearing.read_sentences(articles)
        for number, (text, relations) in enumerate(stances.items()):
            rows = _measure(text, sentences, relations).assign(story=folder.name, own_claim=number == 0)
            whole.append(rows)
            if number == 0:
                parts += [
                    _measure(text, {name: sentences[name] for name in chosen}, relations).assign(
                        story=folder.name, part=part
                    )
                    for part, chosen in _take_parts(relations)
                ]
    rows = pd.concat(whole, ignore_index=True)
    others = rows[~rows["own_claim"]].groupby(["story", "article"])["statement"].transform("size")
    return rows.assign(weight=(OTHER_HEADLINES / others).reindex(rows.index).fillna(1.0)), pd.concat(
        parts, ignore_index=True
    )


def _take_parts(relations: dict[str, str]) -> list[tuple[str, list[str]]]:
    names = sorted(relations)
    left = [(part, [name for name in names if relations[name] != part.split()[1]]) for part in ONE_SIDED]
    return [
        ("all", names),
        *left,
        *[(f"{name} alone", [name]) for name in names],
        *[(f"without {name}", [other for other in names if other != name]) for name in names],
    ]


def _measure(text: str, sentences: dict[str, list], relations: dict[str, str]) -> pd.DataFrame:
    statement = bearing.read_statement(text, list(sentences.values()))
    measures = questions.measure_articles(statement, sentences)
    rows = measures.loc[sorted(relations.keys() & sentences.keys())].rename_axis("article").reset_index()
    return rows.assign(statement=text, negative=statement.negative, relation=rows["article"].map(relations))


def gather(rows: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Gather what is fitted: whole stories, stories in which nobody supports or nobody disputes, and articles alone.

    So the weights learn what it is worth that an article stands out among others, whoever the others are.
    """
    one_sided = parts[parts["part"].isin(ONE_SIDED)].assign(own_claim=True, weight=1.0)
    alone = parts[parts["part"].str.endswith("alone")].assign(own_claim=True, weight=ALONE)
    return pd.concat([rows, one_sided, alone], ignore_index=True)


def fit(rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Fit the weights of the three relations, each relation as heavy as the others; told in the measures' own units."""
    features = rows[list(bearing.MEASURES)].to_numpy()
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    core = _turn(rows["relation"], rows["negative"])
    weight = rows["weight"] / rows["weight"].groupby(core).transform("sum") * rows["own_claim"].sum() / 3
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((features - mean) / spread, core, sample_weight=weight)
    told = {}
    for name, row, intercept in zip(model.classes_, model.coef_, model.intercept_, strict=True):
        own = row / spread
        told[str(name)] = {key: round(float(value), 4) for key, value in zip(bearing.MEASURES, own, strict=True)}
        told[str(name)]["intercept"] = round(float(intercept - own @ mean), 4)
    return told


def _turn(relations: pd.Series, negative: pd.Series) -> pd.Series:
    return relations.where(~negative, relations.map(questions.OPPOSITE))


def predict(rows: pd.DataFrame, weights: dict[str, dict[str, float]]) -> pd.DataFrame:
    """Give `relation` and `score` of each row, as `judge` settles them where the article is not silent."""
    parts = []
    for negative, part in rows.groupby("negative"):
        parts.append(questions.weigh_relations(part, weights, bearing.Statement({}, bool(negative))))
    sure = pd.concat(parts).reindex(rows.index)
    relation = sure.apply(questions.settle, axis=1)
    return pd.DataFrame(
        {
            "relation": relation,
            "score": [sure.loc[row].get(name, sure.loc[row].max()) for row, name in relation.items()],
        },
        index=rows.index,
    )


def leave_stories_out(rows: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Predict what is `asked` of each story by weights fitted on `rows` of the others."""
    return pd.concat(
        [predict(part, fit(rows[rows["story"] != story])) for story, part in asked.groupby("story")]
    ).reindex(asked.index)


def guess_commonest(rows: pd.DataFrame) -> pd.Series:
    """Give every article of a story the commonest relation of the other stories' own claims."""
    guessed = pd.Series(index=rows.index, dtype=object)
    for story in rows["story"].unique():
        others = rows[(rows["story"] != story) & rows["own_claim"]]
        guessed[rows["story"] == story] = Counter(others["relation"]).most_common(1)[0][0]
    return guessed


def report_relations(name: str, rows: pd.DataFrame, predicted: pd.Series) -> None:
    """Print macro-F1 and F1 by class."""
    by_class = f1_score(
        rows["relation"], predicted[rows.index], labels=list(questions.SPEAKING), average=None,
        sample_weight=rows["weight"], zero_division=0,
    )  # fmt: skip
    told = "  ".join(f"{relation} {value:.3f}" for relation, value in zip(questions.SPEAKING, by_class, strict=True))
    print(f"{name:<40} macro-F1 {by_class.mean():.3f}  {told}")


def report_conflicts(parts: pd.DataFrame) -> None:
    """Print how well conflicts are told, by pairs of articles of a whole story and by stories and parts of them."""
    pairs, stories = [], []
    for (_, part), rows in parts.groupby(["story", "part"]):
        if part == "all":
            pairs += [list(pair) for pair in combinations(rows[["relation", "predicted"]].to_numpy().tolist(), 2)]
        if part == "all" or part in ONE_SIDED:
            stories.append((_differ(rows["relation"]), questions.is_conflict(rows["predicted"])))
    paired = [(_differ([a[0], b[0]]), _differ([a[1], b[1]])) for a, b in pairs]
    for kind, told in (("pairs", paired), ("stories", stories)):
        truth, found = np.array(told).T
        hits = int((truth & found).sum())
        precision, recall = hits / max(1, found.sum()), hits / max(1, truth.sum())
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"conflict by {kind:<10} F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  ({truth.sum()} of {len(truth)})")


def report_steadiness(parts: pd.DataFrame) -> None:
    """Print how often a relation stays when one other article is taken away, and when all others are."""
    whole = parts[parts["part"] == "all"].set_index(["story", "article"])["predicted"]
    for name, chosen in (
        ("one other", parts["part"].str.startswith("without article")),
        ("all others", parts["part"].str.endswith("alone")),
    ):
        kept = parts[chosen].set_index(["story", "article"])["predicted"]
        print(f"relations that stay without {name}: {(kept == whole.reindex(kept.index)).mean():.3f} of {len(kept)}")


def _differ(relations: Sequence[str]) -> bool:
    return {"supports", "disputes"} <= set(relations)


def main() -> None:
    """Cross-validate, compare with the baseline, and write the weights if asked."""
    rows, parts = measure_stories()
    own = rows[rows["own_claim"]]
    fitted = gather(rows, parts)
    predicted = leave_stories_out(fitted, rows)["relation"]
    for name, guess in (("stories left out", predicted), ("commonest relation", guess_commonest(rows))):
        report_relations(f"{name}: own claims", own, guess)
        report_relations(f"{name}: other headlines", rows[~rows["own_claim"]], guess)
    parts = parts.assign(**leave_stories_out(fitted, parts).rename(columns={"relation": "predicted"}))
    report_conflicts(parts)
    report_steadiness(parts)
    if "--errors" in sys.argv:
        wrong = own.assign(predicted=predicted)[own["relation"] != predicted[own.index]]
        print(wrong[["story", "article", "relation", "predicted"]].to_string(index=False))
    weights = fit(fitted)
    if "--write" in sys.argv:
        WEIGHTS.write_text(json.dumps({"provenance": PROVENANCE, "relations": weights}, indent=1) + "\n")
        print(f"written: {WEIGHTS.relative_to(ROOT)}")


if __name__ == "__main__":
    if not STORIES.is_dir():
        sys.exit("../shared/stories is absent: the labelled stories are not in this repository")
    main()
