"""What one source tells as a fact and another as an allegation, and headlines that say more than their article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from helpers.actions import find_base
from helpers.content import Rarity, find_content
from helpers.denials import find_disputes
from helpers.lexicons import lexicon_index
from helpers.sentences import find_words
from helpers.story import Story, make_finding, shorten

SURE = 0.6  # confidence of a claim from which its certainty is judged
ON_THE_POINT = 0.9  # share of what is denied that a claim must have to count as telling it as a fact
NEAR_THE_POINT = 0.65  # the same for one that gives it as uncertain
ONE_STATEMENT = 0.6  # share of the shorter claim's words, by rarity, that the other must have
ORIGINS = 3  # origins that speak to a proposition before its certainty matters though nobody disputes it
SAME_AS_TITLE = 0.6  # share of a headline's words, by rarity, that a sentence of the body must have
# How English marks that something is not known for sure, beside the words of the lexicon of hedges.
UNSURE = re.compile(
    r"\b(?:may|might|could) (?:have|be|well)\b|\bappear(?:s|ed)? to\b|\bseem(?:s|ed)? to\b|\b(?:is|are|was|were) (?:said|believed|thought|reported|alleged|rumou?red)\b"
    r"|\bbelieved to\b|\bthought to\b|\bsaid to\b|\bclaim(?:s|ed|ing)?\b|\balleg\w+\b|\baccus\w+\b",
    re.IGNORECASE,
)
TOLD = ("according",)
SAID = ("said", "says", "according", "reported", "reports", "told", "claimed", "claims", "called")


def find_certainty_differences(story: Story) -> Iterator[dict]:
    """Yield `certainty`: what one origin tells as a fact, in its own voice, and another only as alleged or possible.

    Only for what is in dispute, or what several origins speak to: elsewhere a hedge is a matter of style.
    """
    seen: set[str] = set()
    rarity = Rarity(claim.text for claim in story.claims)
    for dispute in find_disputes(story):
        stated: dict[str, object] = {}
        for share, claim in (item for _, found in dispute for item in found):
            if share >= (ON_THE_POINT if is_told_as_fact(story, claim) else NEAR_THE_POINT):
                stated[claim.claim_id] = claim
        finding = _compare(story, rarity, [stated[i] for i in sorted(stated)], "major", NEAR_THE_POINT / 2)
        if finding is not None:
            seen.update(stated)
            yield finding
    groups: dict[str, list] = defaultdict(list)
    for relation in story.relations.itertuples():
        if relation.claim_id in story.claim and relation.relation != "disputes":
            groups[relation.proposition_id].append(story.claim[relation.claim_id])
    for _, claims in sorted(groups.items()):
        if len(story.origins_of(c.article_id for c in claims)) >= ORIGINS and not seen & {c.claim_id for c in claims}:
            told = [c for c in claims if c.modality == "alleged" or is_told_as_fact(story, c)]
            finding = _compare(story, rarity, told, "minor", ONE_STATEMENT)
            if finding is not None:
                yield finding


def _compare(story: Story, rarity: Rarity, claims: list, severity: str, least: float) -> dict | None:
    facts = [claim for claim in claims if is_told_as_fact(story, claim)]
    unsure = [claim for claim in claims if is_told_as_unsure(claim)]
    certain = story.origins_of(c.article_id for c in facts)
    doubtful = story.origins_of(c.article_id for c in unsure)
    facts = [claim for claim in facts if story.origin[claim.article_id] not in doubtful]
    unsure = [claim for claim in unsure if story.origin[claim.article_id] not in certain]
    facts = [claim for claim in facts if any(_tell_one(rarity, claim, other) >= least for other in unsure)]
    unsure = [claim for claim in unsure if any(_tell_one(rarity, claim, other) >= least for other in facts)]
    if not facts or not unsure:
        return None
    first, other = (_name(story, side) for side in (facts, unsure))
    return make_finding(
        story, "certainty", severity,
        f"{first} {'tell' if len({c.article_id for c in facts}) > 1 else 'tells'} as a fact what {other} "
        f"{'give' if len({c.article_id for c in unsure}) > 1 else 'gives'} as alleged or uncertain: «{shorten(facts[0].text)}».",
        0.7, [*[story.side("a", c, "fact") for c in _take(facts)], *[story.side("b", c, c.modality) for c in _take(unsure)]],
        story.proposition_of.get(facts[0].claim_id),
    )  # fmt: skip


def _tell_one(rarity: Rarity, one, other) -> float:
    words, further = find_content(one.text), find_content(other.text)
    return max(rarity.contain(words, further), rarity.contain(further, words))


def _name(story: Story, claims: list) -> str:
    return story.name_outlets({claim.article_id for claim in claims})


def _take(claims: list) -> list:
    chosen: dict[str, object] = {}
    for claim in sorted(claims, key=lambda c: (len(c.text), c.claim_id)):
        chosen.setdefault(claim.article_id, claim)
    return [chosen[article] for article in sorted(chosen)]


def is_told_as_fact(story: Story, claim) -> bool:
    """Say whether an article tells something in its own voice and without a hedge."""
    if claim.modality != "fact" or isinstance(claim.speaker, str) or claim.confidence < SURE or claim.negated:
        return False
    if is_hedged(claim.text) or claim.quote_kind in ("direct", "mixed"):
        return False
    text = story.texts[claim.article_id]
    outside = f"{text[int(claim.sentence_start) : int(claim.start)]} {text[int(claim.end) : int(claim.sentence_end)]}"
    if any(_tells(outside[start:end]) for start, end in find_words(outside)):
        return False
    return not any(claim.text[start:end].casefold() in SAID for start, end in find_words(claim.text))


def _tells(word: str) -> bool:
    form = word.casefold()
    return (
        form in TOLD
        or lexicon_index("reporting_verbs").get(find_base(form), {}).get("bare") == "yes"
        or find_base(form) in ("say", "report", "claim", "allege", "tell")
    )


def is_told_as_unsure(claim) -> bool:
    """Say whether a claim is given as alleged, reported, possible or merely believed."""
    if claim.confidence < SURE or claim.negated or claim.stance == "denies":
        return False
    return claim.modality == "alleged" or is_hedged(claim.text)


def is_hedged(text: str) -> bool:
    """Say whether a text marks that it is not sure."""
    hedges = lexicon_index("hedges")
    return bool(UNSURE.search(text)) or any(
        hedges.get(text[s:e].casefold(), {}).get("modality") in ("alleged", "reported") for s, e in find_words(text)
    )


def find_headline_differences(story: Story) -> Iterator[dict]:
    """Yield `headline`: an article's title tells as a fact what its own body only gives as alleged, or denies."""
    rarity = Rarity(claim.text for claim in story.claims)
    for _, claims in sorted(story.claims_of.items()):
        titles = [claim for claim in claims if story.is_title(claim)]
        for title in titles:
            if title.modality != "fact" or isinstance(title.speaker, str) or is_hedged(title.text):
                continue
            words = find_content(title.text)
            own = [claim for claim in claims if not story.is_title(claim)]
            on_the_point = [
                c for c in own if rarity.contain(words, find_content(story.sentence_of(c))) >= SAME_AS_TITLE
            ]
            softer = [c for c in on_the_point if c.modality == "alleged" or is_hedged(story.sentence_of(c))]
            firm = any(is_told_as_fact(story, claim) for claim in on_the_point)
            if softer and not firm and len(words) > 2:
                claim = min(softer, key=lambda c: (c.sentence_start, c.start, c.claim_id))
                sentence = (int(claim.sentence_start), int(claim.sentence_end))
                name = story.names[title.article_id]
                yield make_finding(
                    story, "headline", "minor",
                    f"The headline of {name} tells as a fact what the article gives as alleged or uncertain: «{shorten(title.text)}».",
                    0.7, [story.side("a", title, "fact"), story.side("b", claim, "alleged", sentence)],
                    story.proposition_of.get(title.claim_id),
                )  # fmt: skip
