"""The one order of the stages, articles in and every table of the contract out, for one story or many. Archive, tests and benchmarks go through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.alignment import align_claims, relate_claims
from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.corpus.failures import FAILURES, say_why, set_aside
from helpers.disagreements import find_disagreements
from helpers.mentions import find_mentions
from helpers.passages import split_passages
from helpers.readings import merge_findings
from helpers.report.overviews import build_timeline, compare_pairs
from helpers.reuse import find_changes, find_origins, find_shared_passages
from helpers.reviews import apply_reviews
from helpers.reviews.findings import leave_out_dismissed, review_findings
from helpers.reviews.pairs import review_propositions

Tables = dict[str, pd.DataFrame]


def extract(made: Tables) -> Tables:
    """Take out of `articles` what each says, as notebooks 01 and 02 do: `passages, claims, mentions`."""
    articles = made["articles"]
    passages = split_passages(articles)
    claims = extract_claims(articles, passages)
    return {"passages": passages} | correct({**made, "passages": passages, "claims": claims})


def correct(made: Tables) -> Tables:
    """Put right what a person reviewed in articles and claims, and find what is named in them: `articles, claims, mentions`."""
    reviews = _get_reviews(made)
    articles = apply_reviews(made["articles"], reviews)
    claims = apply_reviews(made["claims"], reviews, articles=articles, passages=made["passages"])
    mentions = apply_reviews(find_mentions(claims, articles), reviews, claims=claims)
    return {"articles": articles, "claims": claims, "mentions": mentions}


def _get_reviews(made: Tables) -> pd.DataFrame:
    """Give the reviews of a story; an archive has none."""
    return made.get("reviews", tables.conform([], "reviews"))


def find_copies(made: Tables) -> Tables:
    """Find who copied whom, as notebook 03 does first: `text_reuse, origins, changes`."""
    articles, passages = made["articles"], made["passages"]
    reuse = find_shared_passages(articles, passages)
    origins = find_origins(articles, passages, reuse)
    return {"text_reuse": reuse, "origins": origins, "changes": find_changes(articles, passages, origins)}


def align(made: Tables) -> Tables:
    """Bring together what speaks to one thing, as notebook 03 does then: `propositions, proposition_claims`."""
    propositions, relations = align_claims(
        made["claims"], made["mentions"], articles=made["articles"], origins=made["origins"]
    )
    propositions, relations = review_propositions(
        propositions, relations, _get_reviews(made), made["claims"], made["articles"], made["origins"]
    )
    return {"propositions": propositions, "proposition_claims": relations}


def set_side_by_side(made: Tables) -> Tables:
    """Set claims of different articles side by side, as notebook 03 does in between: `claim_pairs`."""
    pairs = relate_claims(made["claims"], made["mentions"])
    return {"claim_pairs": apply_reviews(pairs, _get_reviews(made), claims=made["claims"])}


def compare(made: Tables) -> Tables:
    """Set the sources side by side, as notebook 04 does: all tables that it writes, from `readings` where there are any."""
    articles, claims, mentions, relations = (
        made[name] for name in ("articles", "claims", "mentions", "proposition_claims")
    )
    found, sides = find_disagreements(
        articles, made["passages"], claims, mentions, made["propositions"], relations, made["origins"]
    )
    readings = made.get("readings", tables.conform([], "readings"))
    found, sides = merge_findings(found, sides, readings, articles, claims)
    found, sides, reviews = review_findings(found, sides, _get_reviews(made), claims, articles)
    return {
        "disagreements": found,
        "disagreement_sides": sides,
        "readings": readings,
        "reviews": reviews,
        "timeline": build_timeline(claims, mentions, articles),
        "source_pairs": compare_pairs(articles, relations, leave_out_dismissed(found, sides)[1], made["text_reuse"]),
    }


# By the name under which a failure is told. The first takes many stories at once, each of the others one.
STEPS: dict[str, Callable[[Tables], Tables]] = {
    "claims": extract,
    "shared text": find_copies,
    "claim pairs": set_side_by_side,
    "alignment": align,
    "comparison": compare,
}
# By a whole archive: what was done before, and what no table of it rests on and costs most.
LEFT_OUT = ("claims", "claim pairs")


def take_back(kept: Tables, folder: Path, min_confidence: float = 0.0, language_model: str = "") -> Tables:
    """Give the tables of a story, whose own folder is `folder`, as the machine made them before any review was applied.

    What a review was applied to is read anew, with the parameters of the notebooks; all else is as it was kept.
    """
    reviewed = set(kept["reviews"].loc[kept["reviews"]["state"] == "applied", "about"])
    machine = dict(kept)
    if "article" in reviewed:
        story = kept["articles"]["story"].iloc[0]
        machine["articles"] = read_articles(folder).assign(story=story)
    if not reviewed.isdisjoint(("claim", "name")):
        machine["claims"] = extract_claims(
            machine["articles"], kept["passages"], min_confidence, language_model or None
        )
    return machine


def apply_anew(machine: Tables, reviews: pd.DataFrame) -> Tables:
    """Apply reviews to what the machine made, and align and compare anew what they change: the tables as a run would leave them."""
    made = {**machine, "reviews": reviews}
    for step in (correct, align, compare):
        made |= step(made)
    return made


def analyse(articles: pd.DataFrame, until: str = "comparison", **beside: pd.DataFrame) -> Tables:
    """Take the articles of one story through the steps, the one named `until` being the last: each table by its name.

    `beside` are the `readings` and `reviews` of the story, where there are any.
    """
    made = {"articles": articles, **beside}
    for name, step in STEPS.items():
        made |= step(made)
        if name == until:
            break
    return made


def analyse_stories(stories: list[pd.DataFrame]) -> tuple[Tables, pd.DataFrame]:
    """Take the `articles` of several stories through all stages: every table of the contract, and what failed.

    Each table is what the notebooks make of each story alone, with a column `story`. An article on which a stage fails
    is set aside with the reason, and so is the comparison of a story that fails; all others stay. The table of failures
    has `story, article_id, stage, reason`.
    """
    made: dict[str, list[pd.DataFrame]] = {name: [] for name in tables.TABLES}
    failures: list[dict] = []
    for batch in _batch(stories):
        for whole in extract_tables(batch, failures):
            for story, own in split_by_story(whole):
                _keep(made, story, own)
                if len(tables.select_read(own["articles"])):
                    _keep(made, story, compare_story(story, own, failures))
    found = {name: pd.concat(frames, ignore_index=True) for name, frames in made.items() if frames}
    empty = {name: tables.conform([], name).assign(story=pd.Series(dtype="str")) for name in tables.TABLES}
    return empty | found, pd.DataFrame(failures, columns=FAILURES)


def _batch(stories: list[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Join stories while no id of an article stands twice, for ids are unique in a story only."""
    batch: list[pd.DataFrame] = []
    taken: set[str] = set()
    for articles in stories:
        own = set(articles["article_id"])
        if own & taken:
            yield pd.concat(batch, ignore_index=True)
            batch, taken = [], set()
        batch.append(articles)
        taken |= own
    if batch:
        yield pd.concat(batch, ignore_index=True)


def extract_tables(articles: pd.DataFrame, failures: list[dict]) -> Iterator[Tables]:
    """Read passages, claims and mentions of articles; where that fails, of ever fewer, until the bad one is alone."""
    try:
        made = analyse(articles, until="claims")
    except Exception as error:  # one poisoned article must not cost the others
        stories = articles["story"].unique()
        if len(stories) > 1:
            for half in (stories[: len(stories) // 2], stories[len(stories) // 2 :]):
                yield from extract_tables(articles[articles["story"].isin(half)].reset_index(drop=True), failures)
        else:
            yield from extract_tables(_set_aside(articles, error, failures), failures)
        return
    yield made


def _set_aside(articles: pd.DataFrame, error: Exception, failures: list[dict]) -> pd.DataFrame:
    """Set aside the articles of one story that fail alone, else all of them: they fail only together."""
    read = articles.index[articles["text"].str.strip() != ""]
    bad = [place for place in read if _fails(articles.loc[[place]].reset_index(drop=True))] or list(read)
    reason = say_why(error)
    failures += [
        {"story": articles.at[p, "story"], "article_id": articles.at[p, "article_id"], "stage": "claims", "reason": reason}
        for p in bad
    ]  # fmt: skip
    return set_aside(articles, bad, f"the analysis failed on it: {reason}")


def _fails(articles: pd.DataFrame) -> bool:
    try:
        analyse(articles, until="claims")
    except Exception:
        return True
    return False


def split_by_story(whole: Tables) -> Iterator[tuple[str, Tables]]:
    story_of = whole["articles"].set_index("article_id")["story"]
    groups = {
        name: dict(tuple(frame.groupby(frame["article_id"].map(story_of), sort=False))) for name, frame in whole.items()
    }
    for story in dict.fromkeys(whole["articles"]["story"]):
        yield story, {name: groups[name].get(story, whole[name].iloc[:0]).reset_index(drop=True) for name in groups}


def compare_story(story: str, own: Tables, failures: list[dict]) -> Tables:
    """Compare the sources of one story: the tables of the steps behind the claims, but for `claim_pairs`."""
    made = dict(own)
    for stage in [stage for stage in STEPS if stage not in LEFT_OUT]:
        try:
            made |= STEPS[stage](made)
        except Exception as error:  # the claims of the story are kept; only what compares them is missing
            failures.append({"story": story, "article_id": None, "stage": stage, "reason": say_why(error)})
            return {}
    return {name: frame for name, frame in made.items() if name not in own}


def _keep(made: dict[str, list[pd.DataFrame]], story: str, own: Tables) -> None:
    for name, frame in own.items():
        if len(frame):
            made[name].append(frame.assign(story=story))
