"""What is really denied, and what a denial leaves standing: «reports that ... are false», «was not aware that ...».

The frames of speech say who speaks; the words of what is said may turn it round. Each reading here needs the words of a
closed list (`words_of_falsity`, `reporting_nouns`) and the shape of the sentence, so that it holds where a parse fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from helpers.claims.attribution import Attribution
from helpers.claims.shapes import trim
from helpers.language.lexicons import load_lexicon
from helpers.language.spans import Quotation, Span

BE = r"(?:is|are|was|were|be|been|being|'s|’s)"
LATELY = r"(?:(?:have|has|had|will|would) (?:\w+ly |long |always |since )?)?"
ADVERB = r"(?:\w+ly |just |all |quite |now |nothing but |a complete |a total |an? )?"
NAMING = r"(?:call|calls|called|calling|describe|describes|described|brand|branded|label|labelled|labeled)"
UNKNOWING = re.compile(
    r"\b(?:(?:not|never|n['’]t)(?: \w+ly)? (?:been )?(aware)|(unaware)|(?:not|never|n['’]t)(?: \w+ly)? (know|known|realised|realized)(?= that))"
    r"(?: of the fact)?(?: that)? "
)
OF_KNOWING = re.compile(
    r"^ (?:ever |even |any )?(knowing|having known|being aware|having been aware|knowledge|awareness)\b"
)
SAYING_NOTHING = re.compile(
    r"\b(?:declin|refus|fail)(?:e|ed|es|ing)? to (?:confirm or |either |publicly )?$|\bneither (?:confirm\w*|\w+) nor $"
    r"|\bwhether (?:or not )?to $|\bneither $|\bwould n[o’']t (?:confirm or )?$|\bwould not (?:confirm or )?$|\bnot (?:confirm or )$"
)
UNWILLING = re.compile(r"(?:declin|refus)(?:e|ed|es|ing)$")
NOT_SAID = re.compile(
    r"to (?:say|comment|confirm|answer|reply|give|disclose|discuss|reveal|speak|elaborate|identify|name)\b"
)
GOES_ON = re.compile(r"[^.;]{0,40}, (?:say|add|claim|insist|argu|stat|call|describ|not|assert|maintain|tell)ing ")
SECOND_VERB = re.compile(r",? (?:and|but|or) (?:had|has|have|was|were|is|are|did|does|would|will|could|never)\b")
DESCRIBING = frozenset({"suspected", "alleged", "accused"})
BEFORE_NOUN = re.compile(r"\b(?:that|the|an?|of|by|other|two|three|some) $")
OF_IT = re.compile(r" (?:it|this|them|so)\b,? ?$")
EDGES = (",;:", ',;:“"‘')  # what belongs to no statement before it and behind it
QUESTION = re.compile(r"^(?:whether|if|how|why|when|where|who|what)\b", re.I)


def settle_denials(doc: Doc, found: list[Attribution], speech: Sequence[Quotation]) -> list[Attribution]:
    """Turn the attributions of a sentence to what they really deny, and add what they concede by the way.

    «Reports that P were false», said by X, is X's denial of P; «claims that P were denied by Y» is Y's. Whoever
    declines to say P says nothing; whoever does not deny P concedes it; whoever says that he was not aware that P
    denies the knowledge, in the statement itself, and concedes P, in one that is nested in it.
    """
    text = doc.text
    kept = [attribution for attribution in found if not _says_nothing(text, attribution)]
    kept = [_turn(text, _undeny(attribution)) for attribution in kept]
    passive = _read_passive(text, speech)
    if passive is not None:
        kept = [a for a in kept if not _shares(a, passive) or (a.source is not None and a.stance != "denies")]
        kept.append(passive)
    denied = [a for a in kept if a.stance == "denies"]
    kept = [a for a in kept if a.source is not None or not any(a is not d and _shares(a, d) for d in denied)]
    kept += [conceded for attribution in kept for conceded in _read_concession(text, attribution)]
    return sorted(kept, key=lambda a: (a.contents[0], a.cue))


def _says_nothing(text: str, attribution: Attribution) -> bool:
    """Say whether the cue is only what someone declined to do: «declined to say whether», «neither confirm nor deny»."""
    before = text[max(0, attribution.cue.start - 40) : attribution.cue.start]
    said = text[attribution.contents[0].start : attribution.contents[0].start + 20]
    cue = text[attribution.cue.start : attribution.cue.end]
    if UNWILLING.match(cue) and NOT_SAID.match(said):
        return True
    if attribution.stance == "denies" and attribution.source is None and cue.endswith("ing"):
        return True  # «contradicting reports that ...» describes the reports
    if cue.lower() in DESCRIBING and BEFORE_NOUN.search(before):
        return True  # «reports that suspected militants ...»
    if attribution.stance == "denies" and OF_IT.match(text[attribution.cue.end : attribution.contents[0].start]):
        return True  # «denied it, using a message»: what «it» is stands elsewhere
    if attribution.stance == "denies" and GOES_ON.match(text[attribution.cue.end : attribution.contents[0].start + 20]):
        return True  # «disputes that, saying that ...»: what is said is no part of what is disputed
    return SAYING_NOTHING.search(before) is not None and not attribution.direct


def _undeny(attribution: Attribution) -> Attribution:
    """Read «did not deny that»: what is not denied stands, conceded."""
    if attribution.stance == "denies" and attribution.cue_negated:
        return replace(attribution, stance="concedes", cue_negated=False, hypothetical=False)
    return attribution


def _turn(text: str, attribution: Attribution) -> Attribution:
    """Take out of a content what is called false in it, and make that what is denied."""
    if len(attribution.contents) != 1 or attribution.stance == "concedes":
        return attribution
    start, end = attribution.contents[0]
    if attribution.stance == "denies":
        lead = OF_KNOWING.match(text[attribution.cue.end : start + 20])
        knows = lead is not None and attribution.cue.end + lead.start(1) < start
        return (
            replace(attribution, contents=(Span(attribution.cue.end + lead.start(1), end),)) if knows else attribution
        )
    for first in (start, attribution.cue.end + 1):
        match = next(filter(None, (pattern.match(text[first:end]) for pattern in _falsities())), None)
        if match is not None and first <= start:
            denied = trim(text, Span(first + match.start("denied"), first + match.end("denied")), *EDGES)
            turned = replace(attribution, contents=(denied,), stance="denies", hypothetical=False, direct=False)
            return replace(turned, named=" that " not in text[first : denied.start])
    named = _called_false().match(text[attribution.cue.start :])
    if named is not None and attribution.source is not None and named.group("denied"):
        denied = Span(attribution.cue.start + named.start("denied"), attribution.cue.start + named.end("denied"))
        return replace(
            attribution, contents=(trim(text, denied, *EDGES),), stance="denies", hypothetical=False, direct=False
        )
    return attribution


@cache
def _nouns() -> str:
    named = [row["entry"] for row in load_lexicon("reporting_nouns") if row["stance"] != "denies"]
    forms = sorted({form for noun in named for form in (noun, f"{noun}s")}, key=lambda form: (-len(form), form))
    return rf"(?:(?:the|these|those|such|any|all|its|his|her|their|earlier|previous|recent|media|news) )*(?:\w+ )?(?:{'|'.join(forms)}|story|stories)"


@cache
def _false() -> str:
    words = sorted((row["entry"] for row in load_lexicon("words_of_falsity")), key=lambda word: (-len(word), word))
    return rf"[“\"‘']?(?:{'|'.join(map(re.escape, words))})\b"


@cache
def _falsities() -> tuple[re.Pattern[str], ...]:
    """Give the shapes of contents that call something false; what is denied is the group `denied`."""
    that = r"(?:that|claiming|alleging|saying|suggesting)(?: that)?"
    is_false = rf"{LATELY}(?:{BE}|turned out to be|proved) {ADVERB}{_false()}"
    return (
        re.compile(rf"(?:it|this) {LATELY}{BE} {ADVERB}{_false()} that (?P<denied>.+)", re.I | re.S),
        re.compile(rf"{_nouns()} {that} (?P<denied>.+?),? {is_false}", re.I | re.S),
        re.compile(rf"(?P<denied>{_nouns()}) {is_false}", re.I | re.S),
    )


@cache
def _called_false() -> re.Pattern[str]:
    """Give the shape of «called the claim that P a lie», «described the reports as false»."""
    that = rf"{_nouns()} that (?P<denied>.+?)"
    return re.compile(rf"{NAMING} (?:{that}|{_nouns()})(?: as)? {ADVERB}{_false()}", re.I | re.S)


def _read_passive(text: str, speech: Sequence[Quotation]) -> Attribution | None:
    """Read «claims that P have been denied by Y» by its words; without Y it stays open who denies."""
    match = _passive().search(text)
    if match is None or any(q.start <= match.start("cue") < q.end for q in speech):
        return None
    source = Span(*match.span("source")) if match.group("source") else None
    denied = trim(text, Span(*match.span("denied")), *EDGES)
    cue = Span(*match.span("cue"))
    return Attribution(cue, source, (denied,), "denies", 0.7 if source else 0.5)


@cache
def _passive() -> re.Pattern[str]:
    verbs = [row["entry"] for row in load_lexicon("reporting_verbs") if row["stance"] == "denies"]
    forms = sorted({form for verb in verbs for form in _participles(verb)})
    return re.compile(
        rf"\b{_nouns()} (?:that|claiming that|claiming|alleging that|saying that|suggesting that) (?P<denied>[^“”\"]+?),? "
        rf"(?:(?:have|has|had) (?:\w+ )?been|was|were|is being|are being) (?:\w+ly )?(?P<cue>{'|'.join(forms)})\b"
        r"(?: by (?P<source>(?:the |a |an )?[^,.;:“”\"]+?)(?= (?:on|in|who|which|as|and|late|last|this|yesterday)\b|[,.;:]|$))?",
        re.I,
    )


def _participles(verb: str) -> list[str]:
    if verb.endswith("y"):
        return [f"{verb[:-1]}ied"]
    return [f"{verb}d"] if verb.endswith("e") else [f"{verb}ed", f"{verb}{verb[-1]}ed"]


def _read_concession(text: str, attribution: Attribution) -> list[Attribution]:
    """Read what «was not aware that P», said by X, leaves standing: P, which X concedes."""
    if attribution.stance == "denies" or attribution.source is None or attribution.hypothetical:
        return []
    conceded = []
    for content in attribution.contents:
        match = UNKNOWING.search(text, content.start, content.end)
        if match is None or QUESTION.match(text[match.end() : content.end]):
            continue
        cue = next(Span(*match.span(k)) for k in (1, 2, 3) if match.group(k))
        rest = trim(text, Span(match.end(), content.end), *EDGES)
        goes_on = SECOND_VERB.search(text, rest.start, rest.end)
        rest = trim(text, Span(rest.start, goes_on.start()), *EDGES) if goes_on is not None else rest
        if " that " in match.group() or _opens_clause(text[rest.start : rest.end]):
            conceded.append(Attribution(cue, attribution.source, (rest,), "concedes", min(0.7, attribution.confidence)))
    return conceded


def _opens_clause(text: str) -> bool:
    """Say whether words behind «aware» are a clause: «it had been granted», not «of the deal»."""
    words = text.split()[:6]
    finite = {"had", "has", "have", "was", "were", "is", "are", "did", "could", "would"}
    return len(words) > 2 and words[0].lower() not in ("of", "about", "until", "when") and bool(finite & set(words[1:]))


def _shares(one: Attribution, other: Attribution) -> bool:
    a, b = one.contents[0], other.contents[0]
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared > 0.7 * min(a.end - a.start, b.end - b.start)
