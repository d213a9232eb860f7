"""How far something goes: of one act, one source tells of one party or of some, another of several or of all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers.disagreements.events import is_act
from helpers.disagreements.undecided import gives_both
from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import Rarity, find_content, find_plain_form, is_manner
from helpers.language.lexicons import entries, lexicon_index, load_lexicon
from helpers.language.parsing import parse_sentences
from helpers.language.polarity import is_negation
from helpers.language.sentences import find_words
from helpers.language.syntax import children, copula_of, is_passive, label, lemma

SURE = 0.5  # confidence of a claim below which it is no evidence
SAME_SETTING = 0.5  # share of the rarer words of the shorter claim that the other must have, besides what differs
SAME_ACT = 0.3  # the same where parties are named here and counted there: the rest is told in other words
FAR_APART = 3  # steps between two quantifiers that clash though nothing else is told
JOINED = re.compile(r",? and |, |,? as well as | & ")
COUNTED = r"(?:many|several|numerous|dozens of|scores of|hundreds of|thousands of|more than \d[\d,]*|over \d[\d,]*)"
OPENS_OTHERWISE = re.compile(r"\b(?:not|how|as|so|too|than|a|nor)\s+$", re.IGNORECASE)
BETWEEN = ("DT", "PRP$", "JJ", "JJR", "POS", "VBN", "NNP", "HYPH", "NN", "NNS")
LIGHT = entries("verbs_of_no_act", of="party")
ONE, SEVERAL = "one", "several"


class Extent(NamedTuple):
    """What a claim says of how many or who: its place in the article, the thing, the value, the acts told of it."""

    claim: object
    start: int
    end: int
    what: str  # share, company, names or group
    thing: str
    value: object
    acts: frozenset[tuple[str, str]]  # role and plain form of what is done
    rest: frozenset[str]  # the other words of content of its claim
    negated: bool

    @property
    def article(self) -> str:
        """The article that gives it."""
        return self.claim.article_id


def find_scope_conflicts(story: Story) -> Iterator[dict]:
    """Yield `scope`: of one act, origins tell of one and of several parties, or of other shares of one group.

    The act must be the same, in the same role, and the rest of what is told much the same. An article that gives
    both values, or names the further party anywhere, differs from nobody.
    """
    claims = [c for c in story.claims if c.confidence >= SURE and not c.opinion and c.modality != "hypothetical"]
    rarity = story.rarity
    extents = _read_extents(story, claims)
    held: dict[tuple[str, str], list[Extent]] = defaultdict(list)
    for extent in extents:
        what = "party" if extent.what in ("names", "group") else extent.what
        held[(what, extent.thing)].append(extent)
    for (what, _), members in sorted(held.items()):
        apart = [
            (one, other, likeness)
            for one, other in combinations(members, 2)
            if one.acts & other.acts
            and story.is_independent(one.article, other.article)
            and one.negated == other.negated
            and _clash(story, one, other)
            and (likeness := _tell_of_one_act(rarity, one, other))
            and not gives_both(
                members, one, other, lambda held, value, acts=one.acts | other.acts: _is_same(held, value, acts)
            )
        ]
        yield from _make_findings(story, what, apart)


def _read_extents(story: Story, claims: list) -> list[Extent]:
    names: dict[str, list] = defaultdict(list)
    parties = story.mentions[story.mentions["kind"].isin(("organisation", "person"))]
    for mention in parties.sort_values(["article_id", "start", "end"], kind="stable").itertuples():
        names[mention.claim_id].append(mention)
    marked = []
    for claim in claims:
        found = [*_match_shares(claim), *_match_companies(claim), *_match_groups(claim)]
        found += _match_names(story, claim, names.get(claim.claim_id, []))
        if found:
            marked.append((claim, found))
    texts = sorted({story.sentence_of(claim) for claim, _ in marked})
    docs = dict(zip(texts, parse_sentences(texts), strict=True))
    extents = []
    for claim, found in marked:
        doc = docs[story.sentence_of(claim)]
        for what, start, end, value in found:
            extent = _read_extent(doc, claim, what, start, end, value)
            if extent is not None:
                extents.append(extent)
    return extents


@cache
def _quantifiers() -> re.Pattern[str]:
    words = sorted((row["entry"] for row in load_lexicon("extent_words")), key=lambda entry: (-len(entry), entry))
    return re.compile(rf"\b(?:{'|'.join(words)})\b(?!-)", re.IGNORECASE)


@cache
def _groups() -> re.Pattern[str]:
    return re.compile(rf"\b{COUNTED} (?:[a-z-]+ )?({'|'.join(sorted(lexicon_index('group_nouns')))})\b", re.IGNORECASE)


def _match_shares(claim) -> Iterator[tuple]:
    for match in _quantifiers().finditer(claim.text):
        if not OPENS_OTHERWISE.search(claim.text[: match.start()]):
            yield (
                "share",
                match.start(),
                match.end(),
                int(lexicon_index("extent_words")[match.group().casefold()]["level"]),
            )


def _match_companies(claim) -> Iterator[tuple]:
    """Match those with whom something was done: «with a friend», «with friends»."""
    for match in re.finditer(r"\bwith (?:(?:an?|one|several|some) )?(?=[a-z])", claim.text):
        article = match.group().split()[1:] or [""]
        yield "company", match.start(), match.end(), ONE if article[0] in ("a", "an", "one") else SEVERAL


def _match_groups(claim) -> Iterator[tuple]:
    for match in _groups().finditer(claim.text):
        yield "group", match.start(), match.end(), lexicon_index("group_nouns")[match.group(1).casefold()]["kind"]


def _match_names(story: Story, claim, mentions: list) -> Iterator[tuple]:
    """Match the names of a claim, those joined by «and» or commas as one."""
    runs: list[list] = []
    text = story.texts[claim.article_id]
    for mention in mentions:
        if runs and mention.start < runs[-1][-1].end:
            continue
        if runs and runs[-1][-1].kind == mention.kind and JOINED.fullmatch(text[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    for run in runs:
        named = frozenset(m.entity_name if isinstance(m.entity_name, str) else m.text for m in run)
        yield "names", int(run[0].start - claim.start), int(run[-1].end - claim.start), (run[0].kind, named)


def _read_extent(doc: Doc, claim, what: str, start: int, end: int, value) -> Extent | None:
    offset = int(claim.start) - int(claim.sentence_start)
    span = doc.char_span(offset + start, offset + end, alignment_mode="expand")
    inside = list(span) if span is not None else []
    head = _find_party(doc, inside, what) if inside else None
    predicate = _find_predicate(head) if head is not None else None
    if predicate is None:
        return None
    kind = thing = ""
    if what in ("share", "company"):
        end, thing = head.idx + len(head) - offset, find_plain_form(head.text)
        if end > len(claim.text) or not _fits(head, inside, what, value):
            return None
    else:
        kind, value = value if what == "names" else (value, SEVERAL)
    rest = set(find_content(claim.text)) - set(find_content(claim.text[start:end])) - {thing}
    negated = any(is_negation(t.text) for t in children(predicate, "advmod", "neg", "aux"))
    return Extent(
        claim, int(claim.start) + start, int(claim.start) + end, what, thing or kind, value,
        _find_acts(predicate, head), frozenset(rest), negated,
    )  # fmt: skip


def _find_party(doc: Doc, inside: list[Token], what: str) -> Token | None:
    """Find the noun that heads those of whom something is told."""
    if what == "names":
        return next((t for t in inside if t.head not in inside or t.head == t), None)
    return inside[-1] if what == "group" else _find_head(doc, inside)


def _fits(head: Token, inside: list[Token], what: str, value) -> bool:
    """Say whether a noun is counted as its words say: «with a friend» of one, «only some», not «most recently»."""
    if what == "company":
        return (head.tag_ == "NNS") == (value == SEVERAL)
    return not any(t.tag_ in ("RB", "RBS", "RBR") and t.lower_ not in ("only", "almost", "nearly") for t in inside)


def _find_head(doc: Doc, inside: list[Token]) -> Token | None:
    """Find the noun that a quantifier is of; none where it counts a time or stands before a number."""
    for token in doc[inside[-1].i + 1 : inside[-1].i + 6]:
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if token.tag_ in ("NN", "NNS") and (following is None or not following.tag_.startswith("NN")):
            temporal = token.lower_ in lexicon_index("duration_units") or token.lower_ in ("time", "times", "dozen")
            return None if temporal else token
        if token.tag_ not in BETWEEN or token.lower_ in lexicon_index("numbers"):
            return None
    return None


def _find_predicate(token: Token) -> Token | None:
    for _ in range(6):
        if token.head == token:
            return None
        token = token.head
        if is_act(token) or copula_of(token) is not None:
            return token
    return None


def _find_acts(predicate: Token, head: Token) -> frozenset[tuple[str, str]]:
    """Find what is told of a party, with its role: who is given access or authorised to read does what follows."""
    role = _find_role(predicate, head)
    objects = [t for t in children(predicate, "obj", "iobj") if t != head]
    acts = {(role, find_plain_form(lemma(predicate)))}
    if lemma(predicate) in LIGHT:  # what is done stands in the noun: to have access, to go on a trip
        nouns = objects if role in ("does", "to") else children(predicate, "obl")
        acts |= {("does" if role == "to" else role, find_plain_form(t.text)) for t in nouns if t != head}
    if role in ("undergoes", "to"):
        clauses = [t for t in children(predicate, "xcomp", "ccomp", "advcl") if t.tag_ == "VB"]
        acts |= {("does", find_plain_form(lemma(t))) for t in clauses}
        acts |= {("does", find_plain_form(t.text)) for t in objects}
    said = {find_plain_form(lemma(predicate))} if not objects or children(predicate, "ccomp") else set()
    return frozenset((role, form) for role, form in acts if form not in LIGHT and not _only_says(form, said))


def _only_says(form: str, said: set[str]) -> bool:
    return form in said and is_manner(form)


def _find_role(predicate: Token, head: Token) -> str:
    """Find whether a party does or undergoes what is told of it, else the preposition or relation it stands in."""
    relation, cases = label(head), [t.lower_ for t in children(head, "case")]
    if relation in ("nsubj", "csubj"):
        return "undergoes" if is_passive(predicate) else "does"
    if relation in ("nsubj:pass", "obj", "iobj"):
        return "undergoes"
    if "by" in cases and is_passive(predicate):
        return "does"
    return cases[0] if cases else relation


def _clash(story: Story, one: Extent, other: Extent) -> bool:
    """Say whether two values exclude each other."""
    if one.what == "share":
        low, high = sorted((one.value, other.value))
        return (low == 0 < high) or high - low >= 2 or (low, high) == (4, 5)
    if one.what == "company":
        return one.value != other.value
    if one.what == other.what == "group":
        return False
    if one.what == other.what:
        narrow, wide = sorted((one, other), key=lambda extent: len(extent.value))
        return narrow.value < wide.value and not any(_names(story, narrow, name) for name in wide.value - narrow.value)
    named, group = (one, other) if one.what == "names" else (other, one)
    known = all(_names(story, group, name) for name in named.value)
    return not known and not _groups().search(story.texts[named.claim.article_id])


def _names(story: Story, extent: Extent, name: str) -> bool:
    """Say whether an article names someone anywhere, by any part of the name that is long enough to tell.

    A part that the parties named there have too tells nothing: «Corp».
    """
    shared = {word for held in (extent.value if extent.what == "names" else ()) for word in held.split()}
    words = [name[start:end] for start, end in find_words(name) if name[start:end] not in shared] or [name]
    text = story.texts[extent.claim.article_id]
    return any(re.search(rf"\b{re.escape(w)}\b", text, re.IGNORECASE) for w in words if len(w) > 3 or len(words) == 1)


def _tell_of_one_act(rarity: Rarity, one: Extent, other: Extent) -> float:
    """Say how surely two claims tell of one act besides what differs; 0 where they do not."""
    acts = one.acts & other.acts
    if not acts:
        return 0.0
    told = {form for _, form in acts}
    rests = [extent.rest - told for extent in (one, other)]
    shared = rests[0] & rests[1]
    smaller = min(rests, key=lambda forms: (rarity.weigh(forms), sorted(forms)))
    likeness = rarity.contain(smaller, shared)
    if one.what == "share" and not smaller and abs(one.value - other.value) >= FAR_APART:
        return SAME_SETTING
    if one.what == "company":
        return max(likeness, SAME_ACT) if len(shared) > 1 else 0.0
    if {one.what, other.what} == {"names", "group"}:
        return likeness if likeness >= SAME_ACT and shared else 0.0
    return likeness if likeness >= SAME_SETTING and shared else 0.0


def _is_same(held: Extent, value: Extent, acts: frozenset[tuple[str, str]]) -> bool:
    """Say whether two extents of one of these acts are the same."""
    return held.value == value.value and bool(held.acts & acts or held.what == "company")


def _make_findings(story: Story, what: str, apart: list[tuple[Extent, Extent, float]]) -> Iterator[dict]:
    """Make one finding of each act: a side for each value."""
    acts: dict[tuple, list[tuple[Extent, Extent, float]]] = defaultdict(list)
    for one, other, likeness in apart:
        key = tuple(sorted(one.acts & other.acts)[:1])
        acts[key].append((one, other, likeness))
    for _, pairs in sorted(acts.items(), key=lambda item: item[0]):
        values: dict[str, dict[str, Extent]] = defaultdict(dict)
        for extent in sorted((e for pair in pairs for e in pair[:2]), key=lambda e: (e.claim.article_id, e.start)):
            values[_show(extent)].setdefault(extent.claim.article_id, extent)
        sides, told = [], []
        for value in sorted(values, key=lambda v: (-len(values[v]), v)):
            found = [values[value][article] for article in sorted(values[value])]
            sides.append([story.show(extent.claim, value, (extent.start, extent.end)) for extent in found])
            verb = "say" if len(found) > 1 else "says"
            told.append(f"{story.name_outlets(values[value])} {verb} {cite(found[0].claim.text, 110)}")
        head = "With whom" if what == "company" else "Who and how many" if what == "party" else "How many"
        sure = 0.4 + 0.4 * max(likeness for *_, likeness in pairs)
        first = pairs[0][0].claim
        yield make_finding(
            story,
            "scope",
            "minor",
            f"{head}: {'; '.join(told)}.",
            sure,
            sides,
            story.proposition_of.get(first.claim_id),
        )


def _show(extent: Extent) -> str:
    if extent.what == "names":
        return ", ".join(sorted(extent.value))
    if extent.what == "share":
        levels = {row["level"]: row["entry"] for row in reversed(load_lexicon("extent_words"))}
        return levels[str(extent.value)]
    return str(extent.value)
