"""Bring claims of different articles together where they speak to the same thing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import tables
from helpers.alignment.compare import Pair
from helpers.alignment.differences import measure_pair
from helpers.alignment.judge import judge_relations
from helpers.alignment.likeness import score_pairs
from helpers.alignment.links import are_apart, find_repeats
from helpers.alignment.statements import LEAST_SURE
from helpers.alignment.voices import tell_voices
from helpers.alignment.weigh import weigh_pairs
from helpers.language.acts import find_action, find_bases
from helpers.language.lexicons import lexicon_index
from helpers.language.polarity import NEGATIONS
from helpers.language.words import stem_words

__all__ = ["align_claims", "is_denial", "relate_to_label", "score_pairs", "stem_words"]

SAME_PROPOSITION = 0.5  # weight from which two claims can bring their groups together; see benchmarks/alignment.py
MEAN_LINK = 0.3  # mean weight that two groups need before they become one
CENTRAL = 0.6  # share of the highest likeness to all others that a label needs
ONE_THING = 2  # relations of a pair that tells of one thing: the same, or something else of it
FEWEST_WORDS = 2  # words of content of a claim that can be brought together with another
OTHER_OBJECT = 0.2  # how much of what one act befell must be the same
DIFFERENT = 0.5  # how likely it is, beside being the same, that two claims differ, for them not to support one thing
LESS_SURE = 0.9  # what likeness to another of the group is worth beside likeness to the label
SUPPORTS_FROM = 0.3  # likeness to the label from which a claim says it, and does not only speak of it

READ = (
    "claim_id", "article_id", "start", "end", "text", "stance", "modality", "negated",
    "subject", "predicate", "predicate_end", "object",
)  # fmt: skip

Group = tuple[tuple, list[tuple[tuple, float]]]  # the claim that gives the label, and the others, rows of `claims`


def align_claims(
    claims: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    origins: pd.DataFrame | None = None,
    threshold: float = SAME_PROPOSITION,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Align claims to `propositions, proposition_claims`; a claim that stands alone is a proposition of one.

    Candidates are each claim's nearest in its story, weighed by what they share, whom they name and what act they
    tell of (helpers.alignment.links); access given, able to read and did read are three propositions. Groups grow from the likest pair on and merge only while their members are alike
    on the whole, so that likeness does not chain. `relation` tells support from dispute by stance and negation
    against the label. `articles` give the dates and the stories, `origins` what is counted as one.
    """
    claims = _complete(claims)
    usable = claims[~claims["opinion"] & (claims["confidence"] >= LEAST_SURE)].reset_index(drop=True)
    if usable.empty:
        return tables.conform([], "propositions"), tables.conform([], "proposition_claims")
    story_of = dict(zip(articles["article_id"], articles["story"], strict=True)) if articles is not None else {}
    stories = usable["article_id"].map(lambda article: story_of.get(article, ""))
    own_mentions = _split_mentions(mentions, dict(zip(usable["claim_id"], stories, strict=True)))
    groups: list[Group] = []
    for story, part in usable.groupby(stories, sort=True):
        groups.extend(_group_story(part.reset_index(drop=True), own_mentions.get(story, mentions.iloc[:0]), threshold))
    rows = [row for group in groups for row in _relate(group)]
    relations = tables.conform(rows, "proposition_claims")
    return tell_voices(_describe(groups, relations, articles, origins), relations, claims, mentions, origins)


def _complete(claims: pd.DataFrame) -> pd.DataFrame:
    """Add what the contract leaves open and claims from elsewhere may lack: slots, confidence, opinion; fix the order."""
    absent = {column: None for column in tables.TABLES["claims"].columns if column not in claims}
    whole = claims.assign(**absent).sort_values(["article_id", "start", "end", "claim_id"], kind="stable")
    opinion = whole["opinion"].astype("boolean").fillna(False).astype(bool)
    return whole.assign(opinion=opinion, confidence=whole["confidence"].astype(float).fillna(1.0))


def _split_mentions(mentions: pd.DataFrame, story_of: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Split mentions by the story of their claim, once, so that many small stories do not each read all of them."""
    return dict(iter(mentions.groupby(mentions["claim_id"].map(story_of), sort=False)))


def _group_story(claims: pd.DataFrame, mentions: pd.DataFrame, threshold: float) -> list[Group]:
    links = Links(*_judge_pairs(claims, mentions))
    rows = list(claims[list(READ)].itertuples(index=False, name="Claim"))
    return [_choose_label(rows, members, links) for members in _merge(links, threshold)]


def _judge_pairs(
    claims: pd.DataFrame, mentions: pd.DataFrame
) -> tuple[dict, set[tuple[int, int]], set[tuple[int, int]], list[int]]:
    """Judge how surely the claims of pairs tell of one thing: rows of `claims` with a weight, which pairs face each other, repeats.

    Between two articles each claim faces the one that most surely tells the same or another thing of it; what is done and what
    is only made possible are two things. Claims of the same words go by the first of them.
    """
    repeats = find_repeats(claims["text"]).tolist()
    first = {identity: repeats[row] for row, identity in enumerate(claims["claim_id"])}
    weighed = weigh_pairs(claims, mentions)
    measured = [measure_pair(pair) for pair in weighed]
    relations = judge_relations(measured) if weighed else np.zeros((0, 4))
    judged = relations[:, :ONE_THING].sum(axis=1)
    sure = [
        0.0 if _is_of_two_things(pair, own) else round(float(one), 6)
        for pair, own, one in zip(weighed, measured, judged, strict=True)
    ]
    weights: dict[tuple[int, int], float] = {}
    facing: set[tuple[int, int]] = set()
    differing: set[tuple[int, int]] = set()
    taken: set[tuple[int, str]] = set()
    pairs = [
        (-same, *sorted((first[pair.a.claim.claim_id], first[pair.b.claim.claim_id])), number)
        for number, (pair, same) in enumerate(zip(weighed, sure, strict=True))
    ]
    for less, i, j, number in sorted(pairs):
        a, b = weighed[number].a, weighed[number].b
        weights.setdefault((i, j), -less)
        if _differ(measured[number], relations[number]):
            differing.add((i, j))
        seats = {(i, b.claim.article_id), (j, a.claim.article_id)}
        if not seats & taken:
            taken |= seats
            facing.add((i, j))
    return weights, facing, differing, repeats


def _differ(measured: dict[str, float], relation: np.ndarray) -> bool:
    """Say whether two claims tell of one thing what cannot both hold: another value, or more likely something else than the same."""
    apart = any(measured[name] for name in ("amounts_apart", "dates_apart"))
    return apart or bool(relation[1] >= DIFFERENT * relation[0])


def _is_of_two_things(pair: Pair, measured: dict[str, float]) -> bool:
    """Say whether two claims cannot tell of one thing: one is a scrap, one act is done and one made possible, or of another object."""
    if min(len(pair.a.words), len(pair.b.words)) < FEWEST_WORDS:
        return True
    other_object = measured["act"] == 1 and measured["object"] < OTHER_OBJECT
    return other_object or are_apart(find_action(pair.a.claim), find_action(pair.b.claim))


class Links:
    """The weights between claims of a story: 1 for claims of the same words, 0 where a pair was not near enough."""

    def __init__(
        self, weights: dict, facing: set[tuple[int, int]], differing: set[tuple[int, int]], repeats: list[int]
    ):
        self.weights, self.facing, self.differing, self.repeats = weights, facing, differing, repeats

    def weigh(self, i: int, j: int) -> float:
        """Give the weight between two claims."""
        a, b = self.repeats[i], self.repeats[j]
        return 1.0 if a == b else self.weights.get((min(a, b), max(a, b)), 0.0)

    def weigh_groups(self, one: list[int], other: list[int]) -> float:
        """Give the mean weight between two groups."""
        return sum(self.weigh(a, b) for a in one for b in other) / (len(one) * len(other))

    def weigh_into(self, i: int, members: list[int], label: int) -> float:
        """Give how surely a claim says what its group does: as its label, or as the likest of the others; not where it differs."""
        a, b = self.repeats[i], self.repeats[label]
        if (min(a, b), max(a, b)) in self.differing:
            return 0.0
        return max(self.weigh(i, label), *(LESS_SURE * self.weigh(i, j) for j in members if j != i))


def _merge(links: Links, threshold: float) -> list[list[int]]:
    """Merge claims into groups, surest pair first, while the groups are alike on the whole (mean linkage)."""
    group_of = list(links.repeats)
    groups = {first: [first] for first in sorted(set(links.repeats))}
    for (a, b), weight in links.weights.items():
        one, other = group_of[a], group_of[b]
        if weight < threshold:
            break
        if (a, b) in links.facing and one != other and links.weigh_groups(groups[one], groups[other]) >= MEAN_LINK:
            for member in groups[other]:
                group_of[member] = one
            groups[one] += groups.pop(other)
    members: dict[int, list[int]] = {}
    for claim, first in enumerate(links.repeats):
        members.setdefault(group_of[first], []).append(claim)
    return [members[group] for group in sorted(members, key=lambda group: members[group])]


def _choose_label(claims: list, members: list[int], links: Links) -> Group:
    """Choose the claim that says best what the group is about: among the likest to all others, a whole and plain one."""
    if len(members) == 1:
        return claims[members[0]], []
    central = {i: sum(links.weigh(i, j) for j in members if j != i) for i in members}
    likest = [i for i in members if central[i] >= CENTRAL * max(central.values())]

    def rank(i: int) -> tuple:
        claim = claims[i]
        whole = isinstance(claim.subject, str) and isinstance(claim.predicate, str)
        plain = claim.stance != "denies" and claim.modality != "hypothetical"
        return (-(2 * int(not claim.negated) + int(whole) + int(plain)), -round(central[i], 6), claim.claim_id)

    label = min(likest, key=rank)
    return claims[label], [(claims[j], links.weigh_into(j, members, label)) for j in members if j != label]


def _relate(group: Group) -> list[dict]:
    centre, members = group
    proposition = tables.make_id("q", centre.claim_id)
    rows = []
    for claim, score in [(centre, 1.0), *members]:
        rows.append(
            {
                "proposition_id": proposition,
                "claim_id": claim.claim_id,
                "article_id": claim.article_id,
                "relation": _weaken(relate_to_label(claim, centre), score),
                "score": round(float(score), 4),
            }
        )
    return rows


def _weaken(relation: str, score: float) -> str:
    """Let a claim that the label does not really say only mention it: it is in the group for its likeness to others."""
    return "mentions" if relation == "supports" and score < SUPPORTS_FROM else relation


def relate_to_label(claim, centre) -> str:
    """Say how a claim stands to what another states: `supports`, `disputes`, or only `mentions` it.

    A claim disputes where stance and negation together come down to the opposite, and the words of both bear it out.
    Where what is denied is another act than the label's, the claim only mentions it.
    """
    if claim.modality == "hypothetical":
        return "mentions"
    opposite = is_denial(claim) != bool(centre.negated)
    borne_out = (_says_no(claim.text) != (claim.stance == "denies")) != _says_no(centre.text)
    if not (opposite and borne_out):
        return "supports"
    return "disputes" if _tell_of_one_act(claim, centre) else "mentions"


def _tell_of_one_act(claim, centre) -> bool:
    """Say whether what is denied in one of two claims is what the other tells of."""
    if claim.negated or centre.negated:
        negated, other = (claim, centre) if claim.negated else (centre, claim)
        return find_action(negated).lemma in find_bases(other.text)
    one, other = find_action(claim).lemma, find_action(centre).lemma
    return one in find_bases(centre.text) or other in find_bases(claim.text)


def _says_no(text: str) -> bool:
    """Say whether a text's words of negation and denial come down to a no: one does, two take each other back."""
    words = find_bases(text)
    negations = sum(word in NEGATIONS or word.endswith("n't") or word == "cannot" for word in words)
    denials = sum(lexicon_index("reporting_verbs").get(word, {}).get("stance") == "denies" for word in words)
    return (negations + denials) % 2 == 1


def is_denial(claim) -> bool:
    """Say whether a claim comes down to «no»: denied, or negated, but not both."""
    return (claim.stance == "denies") != bool(claim.negated)


def _describe(groups, relations: pd.DataFrame, articles, origins) -> pd.DataFrame:
    published = dict(zip(articles["article_id"], articles["published"], strict=True)) if articles is not None else {}
    origin_of = dict(zip(origins["article_id"], origins["origin_id"], strict=True)) if origins is not None else {}
    rows = []
    for centre, members in groups:
        sources = {centre.article_id, *[claim.article_id for claim, _ in members]}
        dates = [published[a] for a in sources if a in published and not pd.isna(published[a])]
        rows.append(
            {
                "proposition_id": tables.make_id("q", centre.claim_id),
                "label": centre.text,
                "n_claims": 1 + len(members),
                "n_sources": len(sources),
                "n_origins": len({origin_of.get(article, article) for article in sources}),
                "first_published": min(dates) if dates else pd.NaT,
            }
        )
    return tables.conform(rows, "propositions")
