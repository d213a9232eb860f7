"""Who denies, negates or doubts what another puts forward: one finding for each thing in dispute."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.disagreements.view import Story, cite, join_names, make_finding
from helpers.language.content import Rarity, find_content
from helpers.language.hedging import is_hedged
from helpers.language.lexicons import lexicon_index, load_lexicon

DENIED = 0.6  # share of what is denied, by the rarity of words, that a claim must have to put it forward
DENIED_PLAINLY = 0.75  # the same where an article merely tells that something is not so
NEARLY = 0.7  # share of what the nearest claim has that others need to stand beside it
CLOSEST = 0.8  # share of what the nearest claim has for a claim to be cited beside a denial
FEWEST_WORDS = 4  # a shorter claim is cited with its sentence
EVIDENCE = 3  # claims of one article that a side shows at most
FOCUS = 0.5  # the same for the words that the negation bears on
SURE = 0.45  # confidence of a claim below which it is no evidence
ONE_DISPUTE = 0.5  # share of the smaller set of claims that two denials must both meet to be of one dispute
UNSURE_CUES = ("contradict", "question")  # «contradicting reports that ...» denies nothing
# Words that only point at what was said before.
POINTING = {
    "claim", "allegation", "report", "accusation", "story", "rumour", "charge", "news", "thing", "comment", "matter",
    "accuracy", "merit", "truth", "suggestion", "information", "complaint", "question",
}  # fmt: skip
JUDGING = {"plausible", "valid", "simply", "possible", "accurate", "completely", "logical", "conceivable", "correct"}
INSET = re.compile(r",\s{5,},")  # where a speaker stood between commas
NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing|neither|nor|none|without|cannot)\b|n['’]t\b", re.IGNORECASE)
CENTRAL_ORIGINS = 3  # origins that must tell a thing for a denial that only points to be of it
CENTRAL_SHARE = 0.3  # share of the story's origins that must
NAMELESS = {"happen", "true", "false", "hoax", "fake", "untrue", "make", "place", "fiction", "myth", "turn"}
POINTED = re.compile(
    r"\b(?:(?:it|this|that|none of (?:it|this)|the (?:story|report|rumou?r|claim|comment|quote|remark|tale|allegation)s?)\b.{0,30}"
    r"\b(?:never|false|untrue|fake|hoax|fiction|not true)\b|(?:is|was)n['’]t true\b"
    r"|none of it\b.{0,20}\bhappened\b|not made (?:the|any such|such a|those) (?:comment|remark|statement|claim)s?\b)",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r",|;|:|\bbut\b|\bbecause\b|\balthough\b|\bwho\b|\bwhich\b|\bwhile\b|—|\.\s")
DETERMINED = re.compile(r"\s*(?:a|an|the|any)\b", re.IGNORECASE)
NEW_CLAUSE = re.compile(r"[,;:] (?:they|he|she|it|we|i|you|there)\b", re.IGNORECASE)
LINKS = re.compile(
    r"\b(?:come|came|broken?|split|chip(?:ped)?) off\b|\b(?:piece|part|fragment|result) of\b|\bcaused by\b|\blinked to\b|\brelated to\b"
    r"|\bconnected (?:to|with)\b|\bassociated with\b|\bfrom an?\b|\bbecause of\b|\bbroken off from\b|\bdue to\b",
    re.IGNORECASE,
)
# Negations that deny nothing: «not only», «not yet», «did not immediately comment», «never felt so ill before».
SOFTENED = re.compile(
    r"\s*(?:(?:even )?(?:have|has|need) to|need\b|only|just|merely|simply|really|yet|immediately|necessarily|always|entirely|all|the first|the only|respond|comment|answer|clear|known"
    r"|been able|a word|surprising)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(r"\b(?:so \w+ (?:in|before)|than|before|again|as \w+ as|until)\b", re.IGNORECASE)
# Verbs whose negation denies nothing: «has not confirmed», «did not say».
SAYING = {
    "say", "confirm", "comment", "name", "specify", "identify", "verify", "know", "respond", "reply", "answer", "elaborate",
    "tell", "mention", "corroborate", "reveal", "understand", "publish", "worry", "mean", "see",
}  # fmt: skip
# What someone can draw out of: «will play», «is set to play», and in a headline «Anna Berg to play».
PLANNED = re.compile(
    r"\b(?i:will|would|confirmed|(?:set|is|are|plans?|planned|agreed|due|about) to)\b"
    r"|^[A-Z]\S*(?: [A-Z]\S*){0,3} to (?!the\b|an?\b)[a-z]+"
)
OPEN_QUESTION = re.compile(r"\bwhether\b|\bhowever\b|\bsuggested that\b|\bsupposed to\b", re.IGNORECASE)
MARKS = re.compile(r"[\"“”'’]")
PLAIN_NEGATION = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)(?: not\b|n['’]t\b)|\bcannot\b", re.IGNORECASE
)
SUBORDINATE = re.compile(
    r"\b(?:because|who|which|that|if|although|though|while|when|where|what|why|how|but|as|and)\b|,", re.IGNORECASE
)
NOT_DONE = re.compile(
    r"\b(?:fail(?:s|ed|ing)? to|refus(?:es|ed|ing) to|declin(?:es|ed|ing) to|unable to)\b", re.IGNORECASE
)
CONDITIONAL = re.compile(r"^\W*(?:if|whether|unless|until|when|where|why|how)\b", re.IGNORECASE)


class Denial(NamedTuple):
    """A claim that comes down to «no»: what it denies, the words that the «no» bears on, and whether it is a doubt."""

    claim: object
    denied: frozenset[str]
    focus: frozenset[str]
    doubts: bool
    links: bool
    head: str  # what someone or something is said not to be
    identity: bool  # whether that is a name: «is not Anna Berg»
    undoes: bool  # whether it tells that something planned was given up


def find_denials(story: Story) -> Iterator[dict]:
    """Yield `denial`: what one side puts forward, another denies, negates or doubts.

    What is denied is held against every claim of the story by the words that the negation bears on, the rarer the
    more telling. Denials that meet the same claims are one dispute. A negation that nobody contradicts is none.
    """
    for dispute in find_disputes(story):
        finding = _make_denial(story, dispute)
        if finding is not None:
            yield finding


def find_disputes(story: Story) -> list[list[tuple[Denial, list[tuple[float, object]]]]]:
    """Find what is in dispute: for each thing the denials of it, each with the claims that put it forward."""
    if story.disputes is None:
        rarity = story.rarity
        denials = [denial for claim in story.claims if (denial := read_denial(story, claim)) is not None]
        stated = _index_statements(story, {denial.claim.claim_id for denial in denials})
        met = [(denial, found) for denial in denials if (found := _find_stated(story, rarity, denial, stated))]
        met += _meet_central(story, {claim.claim_id for claim, *_ in denials}, stated, met)
        story.disputes = _join_disputes(story, rarity, met)
    return story.disputes


def _meet_central(
    story: Story, denying: set[str], stated: dict[str, list], outright: list[tuple[Denial, list]]
) -> list[tuple[Denial, list]]:
    """Let denials that only point («it never happened», «denied the claims») meet what the story turns on.

    That is what others deny outright, where somebody does; else a proposition that three origins or more put forward.
    """
    if outright:
        central = [claim for _, claim in max(outright, key=lambda item: len(item[1]))[1]]
    else:
        central = _find_central(story, {claim.claim_id for claims in stated.values() for claim in claims})
    met = []
    for claim in story.claims:
        if claim.claim_id in denying or not _points_and_denies(claim):
            continue
        others = [(1.0, c) for c in central if c.article_id != claim.article_id]
        if others:
            focus = frozenset(find_content(others[0][1].text))
            met.append((Denial(claim, focus, focus, False, False, "", False, False), others))
    return met


def _find_central(story: Story, stating: set[str]) -> list:
    """Find the claims that put forward what most origins tell; none where nothing stands out."""
    groups: dict[str, list] = defaultdict(list)
    for relation in story.relations.itertuples():
        if relation.claim_id in stating and relation.relation == "supports":
            groups[relation.proposition_id].append(story.claim[relation.claim_id])
    counts = {
        identity: len(story.origins_of(claim.article_id for claim in claims)) for identity, claims in groups.items()
    }
    if not counts:
        return []
    top = min(counts, key=lambda identity: (-counts[identity], identity))
    share = counts[top] / len(set(story.origin.values()))
    return groups[top] if counts[top] >= CENTRAL_ORIGINS and share >= CENTRAL_SHARE else []


def _points_and_denies(claim) -> bool:
    """Say whether a claim denies what it only points to."""
    if claim.modality == "hypothetical" or claim.claim_id is None:
        return False
    words = set(find_content(claim.text))
    if claim.stance == "denies" and not claim.negated:
        return isinstance(claim.speaker, str) and words <= POINTING and len(claim.text.split()) > 2
    return POINTED.search(claim.text) is not None and len(words - POINTING - NAMELESS - _names_in(claim.text)) < 2


def _names_in(text: str) -> set[str]:
    return {form for word in re.findall(r"\b[A-Z][\w’'-]+", text) for form in find_content(word)}


def read_denial(story: Story, claim) -> Denial | None:
    """Read what a claim denies or doubts, None where it does not."""
    if claim.confidence < SURE or claim.modality == "hypothetical" or claim.opinion:
        return None
    text = _leave_out_speaker(claim)
    cue = _find_cue(text)
    if claim.stance == "denies":
        if bool(claim.negated) or str(claim.cue).casefold().startswith(UNSURE_CUES):
            return None
        return _make(claim, text, text, False)
    withdrawn = _withdrawal_pattern().search(text)
    if withdrawn is not None and not claim.negated and not _negates_plainly(text):
        rest = f"{text[: withdrawn.start()]} {text[withdrawn.end() :]}"
        return _make(claim, rest, rest, False, undoes=True)
    negated = claim.negated or _negates_plainly(text)
    if negated and not (cue is not None and NEGATION.match(cue.group())):
        match = _find_negation(story, claim)
        if match is None or claim.predicate in SAYING or CONDITIONAL.match(text):
            return None
        rest = text[match.end() :]
        if SOFTENED.match(rest) or COMPARED.search(rest) or match.group().casefold() in ("nothing", "nobody", "none"):
            return None
        focus = rest[: _find_clause_end(rest)]
        before = text[: match.start()]
        return _make(
            claim, f"{before} {focus}", focus, False, names=claim.predicate == "be" or bool(DETERMINED.match(rest))
        )
    if cue is not None and not _is_negated_before(text, cue.start()):
        side = _side_of(cue.group())
        rest = text[cue.end() :] if side != "after" else text[: cue.start()]
        if side == "link":
            return _make(claim, rest, rest, False, links=True)
        return _make(claim, rest, rest, _effect_of(cue.group()) != "denies")
    return None


def _leave_out_speaker(claim) -> str:
    """Blank out the speaker and the reporting words that stand inside a claim: «Spiders, according to Dr Berg, don't ...»."""
    text = claim.text
    for start, end in ((claim.source_start, claim.source_end), (claim.cue_start, claim.cue_end)):
        if not pd.isna(start) and claim.start < start and end < claim.end:
            first, last = int(start - claim.start), int(end - claim.start)
            text = f"{text[:first]}{' ' * (last - first)}{text[last:]}"
    return INSET.sub(lambda inset: " " * len(inset.group()), text)


def _make(
    claim, denied: str, focus: str, doubts: bool, links: bool = False, names: bool = False, undoes: bool = False
) -> Denial | None:
    words, focus_words = (set(find_content(text)) - POINTING - JUDGING for text in (denied, focus))
    if not focus_words or len(words) < 2 - links:
        return None
    first = next(word for word in find_content(focus) if word in focus_words)
    named = names and re.search(rf"\b{re.escape(first)}", focus, re.IGNORECASE)
    identity = bool(named) and named.group()[0].isupper()
    return Denial(
        claim, frozenset(words), frozenset(focus_words), doubts, links, first if names else "", identity, undoes
    )


def _negates_plainly(text: str) -> bool:
    """Say whether the first clause of a text negates its verb, where the parse did not see it."""
    match = PLAIN_NEGATION.search(text)
    return match is not None and not SUBORDINATE.search(text[: match.start()])


def _find_clause_end(text: str) -> int:
    """Find where the clause that a negation bears on ends: not before it has said what is negated."""
    for match in CLAUSE_END.finditer(text):
        if NEW_CLAUSE.match(text, match.start()) or find_content(text[: match.start()]):
            return match.start()
    return len(text)


def _find_negation(story: Story, claim) -> re.Match[str] | None:
    """Find the negation of a claim's predicate: the one nearest to it."""
    found = list(NEGATION.finditer(_leave_out_speaker(claim)))
    if not found:
        return None
    place = 0 if pd.isna(claim.predicate_start) else int(claim.predicate_start - claim.start)
    return min(found, key=lambda match: (abs(match.start() - place), match.start()))


@cache
def _cues() -> dict[str, str]:
    return {row["entry"]: row["side"] for row in load_lexicon("doubt_cues")}


def _effect_of(cue: str) -> str:
    return lexicon_index("doubt_cues")[MARKS.sub("", cue).casefold()]["effect"]


@cache
def _cue_pattern() -> re.Pattern[str]:
    longest_first = sorted(_cues(), key=lambda cue: (-len(cue), cue))
    marked = [re.escape(cue).replace(r"\ ", r"[\"“”'’]? [\"“”'’]?") for cue in longest_first]
    return re.compile(r"\b(?:" + "|".join(marked) + r")\b", re.IGNORECASE)


def _find_cue(text: str) -> re.Match[str] | None:
    return _cue_pattern().search(text)


def _side_of(cue: str) -> str:
    return _cues()[MARKS.sub("", cue).casefold()]


def _is_negated_before(text: str, place: int) -> bool:
    return NEGATION.search(text[max(0, place - 25) : place]) is not None


def _index_statements(story: Story, denying: set[str]) -> dict[str, list]:
    """List the claims that put something forward, by each of their words."""
    index: dict[str, list] = defaultdict(list)
    under = {claim.claim_id for claim in story.claims if claim.parent_id in denying}
    for claim in story.claims:
        if claim.claim_id in denying or claim.claim_id in under or not _states(claim) or _is_doubted(story, claim):
            continue
        for word in set(find_content(claim.text)):
            index[word].append(claim)
    return index


def _states(claim) -> bool:
    if claim.confidence < SURE or claim.stance == "denies" or claim.negated or claim.modality == "hypothetical":
        return False
    return not speaks_against(claim.text)


@lru_cache(maxsize=20_000)
def speaks_against(text: str) -> bool:
    """Say whether a text doubts, negates, withdraws, questions or denies something rather than putting it forward."""
    if text.rstrip().endswith("?") or _find_cue(text) or _withdrawal_pattern().search(text) or _tells_of_denial(text):
        return True
    return any(pattern.search(text) for pattern in (NEGATION, OPEN_QUESTION, NOT_DONE, CONDITIONAL))


def _is_doubted(story: Story, claim) -> bool:
    """Say whether the sentence of a claim tells that it is doubted or denied."""
    before = story.texts[claim.article_id][int(claim.sentence_start) : int(claim.start)]
    after = story.texts[claim.article_id][int(claim.end) : int(claim.sentence_end)]
    return any(
        _side_of(m.group()) == side for text, side in ((before, "before"), (after, "after")) if (m := _find_cue(text))
    )


def _tells_of_denial(text: str) -> bool:
    words = {word.removesuffix("s") for word in re.findall(r"[a-z]+", text.casefold())}
    verbs = lexicon_index("reporting_verbs")
    return any(
        verbs.get(stem, {}).get("stance") == "denies"
        for word in words
        for stem in (
            word,
            word.removesuffix("ed"),
            word.removesuffix("d"),
            re.sub(r"i(?:ed|e)$", "y", word),
            word.removesuffix("ing"),
        )
    )


def _find_stated(story: Story, rarity: Rarity, denial: Denial, stated: dict[str, list]) -> list[tuple[float, object]]:
    """Find the claims that put forward what is denied, with how much of it they have."""
    candidates = {claim.claim_id: claim for word in sorted(denial.focus) for claim in stated.get(word, ())}
    found = []
    for identity in sorted(candidates):
        claim = candidates[identity]
        words = set(find_content(claim.text))
        least = DENIED if isinstance(denial.claim.speaker, str) or denial.doubts or denial.links else DENIED_PLAINLY
        share, focus = rarity.contain(denial.denied, words), rarity.contain(denial.focus, words)
        if denial.identity and claim.predicate == "be" and denial.focus <= words:
            share = max(share, DENIED)
        if denial.undoes and not (PLANNED.search(claim.text) and _share_name(denial.claim, claim)):
            continue
        if denial.undoes and len(words & denial.denied) > 1:
            share, focus = max(share, DENIED), max(focus, FOCUS)
        if share < least or focus < FOCUS or len(words & denial.denied) < 2 - denial.links:
            continue
        if denial.head and denial.head not in words:
            continue
        if denial.links and not LINKS.search(claim.text):
            continue
        if denial.doubts and is_hedged(claim.text):
            continue
        if story.voice(claim) == story.voice(denial.claim) or _lie_in_one_place(claim, denial.claim):
            continue
        found.append((round(share, 6), claim))
    return sorted(found, key=lambda item: (-item[0], item[1].claim_id))


def _share_name(one, other) -> bool:
    """Say whether two claims are of the same person: the name that one begins with stands in the other."""
    start = (one.subject if isinstance(one.subject, str) else one.text[:60]).split(",")[0]
    names = re.findall(r"[A-Z][\w’'-]+", start)
    return any(re.search(rf"\b{re.escape(name)}\b(?!['’]s)", other.text) for name in names)


@cache
def _withdrawal_pattern() -> re.Pattern[str]:
    entries = sorted((row["entry"] for row in load_lexicon("withdrawals")), key=lambda cue: (-len(cue), cue))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, entries)) + r")\b", re.IGNORECASE)


def _lie_in_one_place(one, other) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def _join_disputes(story: Story, rarity: Rarity, met: list) -> list[list]:
    """Join denials of one thing: those that meet mostly the same claims, or deny the same words."""
    group = list(range(len(met)))

    def find(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    sets = [{claim.claim_id for _, claim in found} for _, found in met]
    for j in range(len(met)):
        for i in range(j):
            if met[i][0].links != met[j][0].links:
                continue
            both = len(sets[i] & sets[j])
            near = both >= ONE_DISPUTE * min(len(sets[i]), len(sets[j])) or _deny_one(rarity, met[i][0], met[j][0])
            if near:
                group[find(j)] = find(i)
    joined: dict[int, list] = defaultdict(list)
    for i, item in enumerate(met):
        joined[find(i)].append(item)
    return [joined[root] for root in sorted(joined)]


def _deny_one(rarity: Rarity, one: Denial, other: Denial) -> bool:
    return (
        rarity.contain(one.focus, other.denied) >= DENIED
        and rarity.contain(other.focus, one.denied) >= DENIED
        and len(one.denied & other.denied) > 1
    )


def _make_denial(story: Story, dispute: list) -> dict | None:
    denials = [denial for denial, _ in dispute]
    deniers = {story.voice(denial.claim) for denial in denials}
    best: dict[str, tuple[float, object]] = {}
    for _, found in dispute:
        nearest = max(share for share, _ in found)
        for share, claim in found:
            if share < NEARLY * nearest or story.voice(claim) in deniers:
                continue
            held = best.get(claim.claim_id)
            if held is None or share > held[0]:
                best[claim.claim_id] = (share, claim)
    chosen = _take_best(best.values())
    if not chosen:
        return None
    denying = _take_one_a_voice(story, denials)
    origins = story.origins_of([c.article_id for c in (*chosen, *[d.claim for d in denying])])
    spoken = all(isinstance(claim.speaker, str) for claim in (*chosen, *[d.claim for d in denying]))
    if len(origins) < 2 and not spoken:
        return None
    verb = "doubted" if all(denial.doubts for denial in denying) else "denied"
    return make_finding(
        story, "denial", "major" if len(origins) > 2 or (verb == "denied" and any(d.claim.stance == "denies" for d in denying)) else "minor",
        _explain(story, dispute, chosen, denying, verb),
        0.45 + 0.4 * best[chosen[0].claim_id][0],
        [
            [story.show(claim, "alleges" if claim.modality == "alleged" else "says") for claim in chosen],
            [story.show(d.claim, "doubts" if d.doubts else "denies") for d in denying],
        ],
        story.proposition_of.get(chosen[0].claim_id),
    )  # fmt: skip


def _explain(story: Story, dispute: list, chosen: list, denying: list[Denial], verb: str) -> str:
    """Say in one sentence who tells what, and who says no to it in which words."""
    shares = {(d.claim.claim_id, claim.claim_id): share for d, found in dispute for share, claim in found}
    shown = {claim.claim_id for claim in chosen}
    nearest = {
        d.claim.claim_id: max([s for (i, c), s in shares.items() if i == d.claim.claim_id and c in shown], default=0.0)
        for d in denying
    }
    first = min(
        denying,
        key=lambda d: (
            not d.denied & set(find_content(d.claim.text)), d.doubts, not isinstance(d.claim.speaker, str),
            -nearest[d.claim.claim_id], len(d.claim.text), d.claim.claim_id,
        ),
    )  # fmt: skip
    near = [
        c
        for c in chosen
        if shares.get((first.claim.claim_id, c.claim_id), 0.0) >= CLOSEST * nearest[first.claim.claim_id]
    ]
    total = {c.claim_id: round(sum(s for (_, i), s in shares.items() if i == c.claim_id), 3) for c in chosen}
    told = min(near or chosen, key=lambda c: (-total[c.claim_id], len(c.text), c.claim_id))
    others = {claim.article_id for claim in chosen} - {told.article_id}
    also = f", as {'do' if len(others) > 1 else 'does'} {story.name_outlets(others)}" if others else ""
    names = {_name_denier(story, d) for d in denying} - {_name_denier(story, first)}
    too = f"; also {verb} by {join_names(names)}" if names else ""
    return f"{story.names[told.article_id]} tells {cite(told.text)}{also}; {_cite_denial(story, first)}{too}."


def _cite_denial(story: Story, denial: Denial) -> str:
    """Cite a denial: who says no, where, and the words, which are what is denied where the verb itself denies."""
    claim, outlet = denial.claim, story.names[denial.claim.article_id]
    text, who = cite(claim.text), _name_denier(story, denial)
    place = "" if outlet in who else f" in {outlet}"
    if claim.stance == "denies":
        return f"{who}{place} denies {text}"
    if denial.doubts:
        return f"{who}{place} doubts it: {text}"
    if len(claim.text.split()) <= FEWEST_WORDS:
        text = cite(story.sentence_of(claim))
    return f"{who}{place} says otherwise: {text}"


def _name_denier(story: Story, denial: Denial) -> str:
    """Name who denies: the speaker where it is someone known by name, else the article that tells of it.

    Whoever is named here must have said no: a name that is not sure is left to the article.
    """
    claim = denial.claim
    if not isinstance(claim.speaker, str):
        return story.names[claim.article_id]
    known = isinstance(claim.speaker_id, str) and claim.speaker_id in story.speakers
    return (
        story.voice(claim)
        if known or story.is_full_name(claim.speaker_name)
        else f"a source in {story.names[claim.article_id]}"
    )


def _take_best(found) -> list:
    """Take, of each article, the claims that have most of what is denied."""
    chosen: dict[str, list] = defaultdict(list)
    for _, claim in sorted(found, key=lambda item: (-item[0], len(item[1].text), item[1].claim_id)):
        if len(chosen[claim.article_id]) < EVIDENCE and not any(
            _lie_in_one_place(claim, c) for c in chosen[claim.article_id]
        ):
            chosen[claim.article_id].append(claim)
    order = {
        c.claim_id: n
        for n, (_, c) in enumerate(sorted(found, key=lambda item: (-item[0], len(item[1].text), item[1].claim_id)))
    }
    return sorted((c for own in chosen.values() for c in own), key=lambda c: order[c.claim_id])


def _take_one_a_voice(story: Story, denials: list[Denial]) -> list[Denial]:
    chosen: dict[tuple[str, str], Denial] = {}
    for denial in sorted(denials, key=lambda d: (len(d.claim.text), d.claim.claim_id)):
        chosen.setdefault((denial.claim.article_id, story.voice(denial.claim)), denial)
    return sorted(chosen.values(), key=lambda d: (d.claim.article_id, d.claim.start))
