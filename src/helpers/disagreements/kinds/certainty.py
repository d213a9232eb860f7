"""What one source tells as a fact and another as an allegation, and headlines that say more than their article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from helpers.disagreements.disputes import find_disputes
from helpers.disagreements.groups import join_pairs
from helpers.disagreements.opposing import speaks_against
from helpers.disagreements.undecided import leave_out_undecided
from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import Rarity, find_content, find_plain_form, is_manner
from helpers.language.forms import find_base
from helpers.language.hedging import find_hedge, is_hedged
from helpers.language.lexicons import entries, lexicon_index
from helpers.language.sentences import find_words

SURE = 0.6  # confidence of a claim from which its certainty is judged
ON_THE_POINT = 0.9  # share of what is denied that a claim must have to count as telling it as a fact
NEAR_THE_POINT = 0.65  # the same for one that gives it as uncertain
ONE_STATEMENT = 0.4  # share of the shorter claim's words, by rarity, that the other must have
ORIGINS = 3  # origins that speak to a thing from which its certainty is no detail
DOUBTED = 0.4  # share of the shorter claim's words, by rarity, that the other must have where the act is the same
NUMBER = re.compile(r"\d[\d,.]*")
LABEL = re.compile(r"[A-Z][\w.’' ]{2,30}: ")  # whose words a headline gives: «Court papers: ...»
CLAUSE_END = re.compile(r"[,;:—]|\b(?:but|because|although|who|which|while)\b|\.\s")
SHARED_WORDS = 3  # words of content that both must have
SHARED_BESIDE_NAMES = 2  # of these, words that are no part of a name
SAME_AS_TITLE = 0.6  # share of a headline's words, by rarity, that a sentence of the body must have
ACCUSING = entries("words_of_reporting", kind="accuses")  # verbs whose content is a claim of its own
TELLING = entries("words_of_reporting", kind="tells")
SAID = entries("words_of_reporting", kind="said")


def find_certainty_differences(story: Story) -> Iterator[dict]:
    """Yield `certainty`: what one origin tells as a fact, in its own voice, and another only as alleged or possible.

    Only for what is in dispute, or what several origins speak to: elsewhere a hedge is a matter of style.
    """
    seen: set[str] = set()
    rarity = story.rarity
    for dispute in find_disputes(story):
        stated: dict[str, object] = {}
        for share, claim in (item for _, found in dispute for item in found):
            if share >= (ON_THE_POINT if is_told_as_fact(story, claim) else NEAR_THE_POINT):
                stated[claim.claim_id] = claim
        finding = _compare(story, rarity, [stated[i] for i in sorted(stated)], "major", NEAR_THE_POINT / 2)
        if finding is not None:
            seen.update(stated)
            yield finding
    for facts, unsure in _gather_statements(story, rarity):
        if not seen & {claim.claim_id for claim in (*facts, *unsure)}:
            yield _make_difference(story, facts, unsure, "major" if _is_central(story, (*facts, *unsure)) else "minor")


def _gather_statements(story: Story, rarity: Rarity) -> Iterator[tuple[list, list]]:
    """Gather what some origins tell as a fact and others leave unsure: claims that hang together by their words.

    An article that leaves unsure what it also tells as a fact differs from nobody in it.
    """
    apart = leave_out_undecided(story, list(_pair_statements(story, rarity)))
    group = join_pairs((unsure.claim_id, fact.claim_id) for unsure, fact in apart)
    held: dict[str, tuple[dict, dict]] = defaultdict(lambda: ({}, {}))
    for unsure, fact in apart:
        facts, doubts = held[group[fact.claim_id]]
        facts[fact.claim_id], doubts[unsure.claim_id] = fact, unsure
    for root in sorted(held):
        yield tuple([side[identity] for identity in sorted(side)] for side in held[root])


def _is_central(story: Story, claims: tuple) -> bool:
    """Say whether several origins tell what claims are about, themselves or in the propositions that they speak to."""
    spoken = {story.proposition_of.get(claim.claim_id) for claim in claims} - {None}
    further = [article for proposition in sorted(spoken) for article in story.articles_on.get(proposition, ())]
    return len(story.origins_of([*further, *(claim.article_id for claim in claims)])) >= ORIGINS


def _pair_statements(story: Story, rarity: Rarity) -> Iterator[tuple]:
    """Pair each claim that leaves something unsure with those that tell the same as a fact."""
    words = {claim.claim_id: frozenset(find_content(claim.text)) for claim in story.claims}
    facts: dict[str, list] = defaultdict(list)
    for claim in story.claims:
        if is_told_as_fact(story, claim) and not speaks_against(claim.text):
            for form in words[claim.claim_id]:
                facts[form].append(claim)
    for claim in story.claims:
        if is_told_as_unsure(claim) and not speaks_against(claim.text):
            unsure = find_content(find_uncertain_part(claim))
            shared = Counter(fact.claim_id for form in sorted(set(unsure)) for fact in facts.get(form, ()))
            for identity in sorted(i for i, count in shared.items() if count >= SHARED_WORDS):
                if _doubts(rarity, story.name_words, claim, unsure, story.claim[identity]):
                    yield claim, story.claim[identity]


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
    return _make_difference(story, facts, unsure, severity)


def _make_difference(story: Story, facts: list, unsure: list, severity: str) -> dict:
    facts, unsure = _take(facts), _take(unsure)
    certain, doubtful = (_name(story, side) for side in (facts, unsure))
    tell, give = ("tell" if len(facts) > 1 else "tells"), ("give" if len(unsure) > 1 else "gives")
    return make_finding(
        story, "certainty", severity,
        f"{certain} {tell} as a fact, {cite(facts[0].text)}, what {doubtful} {give} as alleged or uncertain, "
        f"{cite(unsure[0].text)}.",
        0.7, [[story.show(c, "fact") for c in facts], [story.show(c, c.modality) for c in unsure]],
        story.proposition_of.get(facts[0].claim_id),
    )  # fmt: skip


def _doubts(rarity: Rarity, names: set[str], claim, unsure: tuple[str, ...], fact) -> bool:
    """Say whether what a claim leaves unsure is what a fact tells: its act, most of its words, no other number."""
    told = set(find_content(fact.text))
    shared = set(unsure) & told
    if len(shared) < SHARED_WORDS or len(shared - names) < SHARED_BESIDE_NAMES:
        return False
    first = (
        find_plain_form(claim.predicate)
        if find_hedge(claim.text) is None and isinstance(claim.predicate, str)
        else unsure[0]
    )
    if first not in told and not is_manner(first):
        return False
    if not set(NUMBER.findall(claim.text)) <= set(NUMBER.findall(fact.text)):
        return False
    inner, outer = (unsure, told) if rarity.weigh(unsure) <= rarity.weigh(told) else (told, unsure)
    return rarity.contain(inner, outer) >= (ONE_STATEMENT if fact.article_id == claim.article_id else DOUBTED)


def find_uncertain_part(claim) -> str:
    """Find the part of a claim that is not sure: all of an allegation, else what stands behind the hedge in its clause."""
    hedge = find_hedge(claim.text)
    if hedge is None or find_base(claim.text[slice(*hedge)].casefold()) in ACCUSING:
        return claim.text if claim.modality == "alleged" else ""
    rest = claim.text[hedge[1] :]
    end = next((m.start() for m in CLAUSE_END.finditer(rest) if find_content(rest[: m.start()])), len(rest))
    return rest[:end]


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
    if is_hedged(claim.text) or claim.quote_kind in ("direct", "mixed") or LABEL.match(claim.text):
        return False
    text = story.texts[claim.article_id]
    outside = f"{text[int(claim.sentence_start) : int(claim.start)]} {text[int(claim.end) : int(claim.sentence_end)]}"
    if any(_tells(outside[start:end]) for start, end in find_words(outside)):
        return False
    return not any(claim.text[start:end].casefold() in SAID for start, end in find_words(claim.text))


def _tells(word: str) -> bool:
    form, base = word.casefold(), find_base(word.casefold())
    return form in TELLING or base in TELLING or lexicon_index("reporting_verbs").get(base, {}).get("bare") == "yes"


def is_told_as_unsure(claim) -> bool:
    """Say whether a claim is given as alleged, reported, possible or merely believed."""
    if claim.confidence < SURE or claim.negated or claim.stance == "denies":
        return False
    return claim.modality == "alleged" or is_hedged(claim.text)


def find_headline_differences(story: Story) -> Iterator[dict]:
    """Yield `headline`: an article's title tells as a fact what its own body only gives as alleged, or denies."""
    for _, claims in sorted(story.claims_of.items()):
        body = [claim for claim in claims if not story.is_title(claim)]
        for title in claims:
            if story.is_title(title) and _tells_outright(title) and (softer := _find_softer(story, title, body)):
                yield _make_headline(story, title, softer)


def _tells_outright(title) -> bool:
    """Say whether a headline itself tells something as a fact."""
    own = title.modality == "fact" and not isinstance(title.speaker, str)
    return own and not is_hedged(title.text) and not speaks_against(title.text) and len(find_content(title.text)) > 2


def _find_softer(story: Story, title, body: list) -> object | None:
    """Find the first claim that gives what a headline tells as alleged or uncertain, where none tells it as a fact."""
    words = find_content(title.text)
    near = [c for c in body if story.rarity.contain(words, find_content(story.sentence_of(c))) >= SAME_AS_TITLE]
    if any(is_told_as_fact(story, claim) for claim in near):
        return None
    softer = [c for c in near if c.modality == "alleged" or is_hedged(story.sentence_of(c))]
    return min(softer, key=lambda c: (c.sentence_start, c.start, c.claim_id), default=None)


def _make_headline(story: Story, title, claim) -> dict:
    sentence = (int(claim.sentence_start), int(claim.sentence_end))
    return make_finding(
        story, "headline", "minor",
        f"The headline of {story.names[title.article_id]} says {cite(title.text)}, which its text gives only as alleged or "
        f"uncertain: {cite(claim.text)}.",
        0.7, [[story.show(title, "fact")], [story.show(claim, "alleged", sentence)]],
        story.proposition_of.get(title.claim_id),
    )  # fmt: skip
