"""How well the relation of two claims is told: each labelled story left out in turn, without each part, and by how many are labelled.

    pairs.py [--write] [--curve] [--ablate]

Labels: benchmarks/gold/pairs/STORY.csv, a row a pair of claims by their offsets, with `relation` (same, differs, related, unrelated), made by
readers who saw the articles and the pairs; STORY.second.csv where a second reader labelled the same pairs alone. Texts: ../shared. All labelled
stories were open while this was built, so that every figure is «tuned on, story left out», not first sight. `--write` fits the weights on
all of them and writes src/helpers/alignment/relations.json.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, cohen_kappa_score

from helpers.alignment.candidates import measure_nearness, number_articles, rank_partners
from helpers.alignment.compare import Pair
from helpers.alignment.judge import RELATIONS
from helpers.alignment.pairs import measure_pair
from helpers.alignment.statements import read_statements
from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "benchmarks" / "gold" / "pairs"
WEIGHTS = ROOT / "src" / "helpers" / "alignment" / "relations.json"
STRENGTH = 0.3  # inverse of the penalty on large weights
PARTS = {
    "letters": ("nearness", "rank", "rank_other"),
    "words": ("covered_least", "covered_most", "covered_mean", "rare_shared", "run", "left_least", "left_mass", "length_least", "length_ratio"),
    "sentence": ("wide_least", "wide_most"),
    "names": ("names_shared", "names_apart", "names_lacking"),
    "roles": ("act", "act_known", "subject", "object", "roles_crossed"),
    "voices": ("both_quoted", "one_quoted", "same_speaker"),
    "differences": ("opposed", "values_equal", "amounts_apart", "dates_apart", "no_and_yes", "sure_and_open", "doubted"),
}  # fmt: skip


def find_folder(story: str) -> Path:
    """Find where the articles of a labelled story lie."""
    for place in ("articles", "stories", "pool/stories"):
        if (SHARED / place / story).is_dir():
            return SHARED / place / story
    raise SystemExit(f"{story} is not under ../shared")


def read_story(path: Path) -> tuple[list[dict[str, float]], list[str], int]:
    """Measure the labelled pairs of a story: features, relations, and how many labels found no claim."""
    made = analyse(read_articles(find_folder(path.stem)).assign(story=path.stem), until="claims")
    claims = (
        made["claims"].sort_values(["article_id", "start", "end", "claim_id"], kind="stable").reset_index(drop=True)
    )
    statements = read_statements(claims, made["mentions"])
    near = measure_nearness(statements)
    ranks = rank_partners(near, number_articles(statements))
    stems = {row.article_id: Path(row.raw_path).stem for row in made["articles"].itertuples()}
    places = {(stems[s.claim.article_id], str(s.claim.start), str(s.claim.end)): s.row for s in statements}
    rows, relations, lost = [], [], 0
    for label in csv.DictReader(path.open(encoding="utf-8")):
        ends = [places.get((label[f"article_{x}"], label[f"start_{x}"], label[f"end_{x}"])) for x in "ab"]
        if None in ends:
            lost += 1
            continue
        i, j = sorted(ends)
        both = sorted((int(ranks[i, j]), int(ranks[j, i])))
        rows.append(measure_pair(Pair(statements[i], statements[j], float(near[i, j]), (both[0], both[1]))))
        relations.append(label["relation"])
    return rows, relations, lost


def fit(features: np.ndarray, relations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit one linear reading a relation; weights of shape (relations, features) and intercepts, of unscaled features."""
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((features - middle) / spread, relations)
    order = [list(model.classes_).index(relation) for relation in RELATIONS]
    weights = model.coef_[order] / spread
    return weights, model.intercept_[order] - weights @ middle


def predict(weights: np.ndarray, intercepts: np.ndarray, features: np.ndarray) -> np.ndarray:
    odds = features @ weights.T + intercepts
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def leave_out(features: np.ndarray, relations: np.ndarray, stories: np.ndarray, few: int | None = None) -> np.ndarray:
    """Judge each story by weights fitted on the others, on the first `few` of them where that is given."""
    judged = np.zeros((len(relations), len(RELATIONS)))
    names = list(dict.fromkeys(stories))
    for name in names:
        others = [other for other in names if other != name][:few]
        judged[stories == name] = predict(
            *fit(features[np.isin(stories, others)], relations[np.isin(stories, others)]), features[stories == name]
        )
    return judged


def tell(title: str, relations: np.ndarray, judged: np.ndarray) -> None:
    """Print the average precision of each question asked of the pairs."""
    one_thing = np.isin(relations, ["same", "differs"])
    scores = [
        average_precision_score(one_thing, judged[:, 0] + judged[:, 1]),
        *(
            average_precision_score(relations == relation, judged[:, column])
            for column, relation in enumerate(RELATIONS[:2])
        ),
    ]
    print(f"{title:34} one thing {scores[0]:.3f}  same {scores[1]:.3f}  differs {scores[2]:.3f}")


def tell_agreement() -> None:
    """Print how far two readers agree on the pairs that both labelled."""
    for path in sorted(GOLD.glob("*.second.csv")):
        first, second = (
            {tuple(list(row.values())[:6]): row["relation"] for row in csv.DictReader(p.open(encoding="utf-8"))}
            for p in (GOLD / path.name.replace(".second", ""), path)
        )
        both = [key for key in first if key in second]
        kappa = cohen_kappa_score([first[key] for key in both], [second[key] for key in both])
        alike = np.mean([first[key] == second[key] for key in both])
        print(f"two readers, {path.name.split('.')[0]:44} {len(both)} pairs, alike {alike:.2f}, kappa {kappa:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for option in ("--write", "--curve", "--ablate"):
        parser.add_argument(option, action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if not SHARED.is_dir():
        print("../shared is absent: nothing to measure")
        return 0
    read = {path.stem: read_story(path) for path in sorted(GOLD.glob("*.csv")) if ".second" not in path.name}
    names = sorted(next(iter(read.values()))[0][0])
    features = np.array([[row[name] for name in names] for rows, _, _ in read.values() for row in rows])
    relations = np.array([relation for _, own, _ in read.values() for relation in own])
    stories = np.array([story for story, (rows, _, _) in read.items() for _ in rows])
    counts = {relation: int((relations == relation).sum()) for relation in RELATIONS}
    print(
        f"{len(read)} stories, {len(relations)} pairs {counts}, {sum(lost for _, _, lost in read.values())} labels without a claim"
    )
    tell_agreement()
    near = features[:, names.index("nearness")]
    tell("runs of letters alone", relations, np.column_stack([near] * 4))
    judged = leave_out(features, relations, stories)
    tell("the judge, story left out", relations, judged)
    pool = np.array([story[:2].isdigit() for story in stories])
    tell("  on the pool's stories", relations[pool], judged[pool])
    sure = judged[:, 0] >= 0.7
    print(f"told «same» with .7 or more: {(relations[sure] == 'same').mean():.2f} of {int(sure.sum())} are")
    if given.ablate:
        for part, own in PARTS.items():
            kept = [number for number, name in enumerate(names) if name not in own]
            tell(f"  without {part}", relations, leave_out(features[:, kept], relations, stories))
    if given.curve:
        for few in (2, 4, 8, 16):
            tell(f"  fitted on {few} stories", relations, leave_out(features, relations, stories, few))
    if given.write:
        weights, intercepts = fit(features, relations)
        content = {
            relation: {"intercept": round(float(intercepts[row]), 6), "weights": {name: round(float(weights[row, n]), 6) for n, name in enumerate(names)}}
            for row, relation in enumerate(RELATIONS)
        }  # fmt: skip
        content["provenance"] = (
            f"benchmarks/pairs.py --write: {len(relations)} pairs of {len(read)} stories labelled by readers; offsets and kinds only"
        )
        WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        print(f"{WEIGHTS.name} {hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
