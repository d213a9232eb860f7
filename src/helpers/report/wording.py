"""The English of the page: numbers, speakers with their verbs, what a story asks, what its sources differ on; one template a kind.

Every function gives words that can be printed as they stand: a common noun has its article, a verb agrees with who
says it, a question stands in the order of questions.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

KIND_WORDS = {
    "denial": "Denied",
    "date": "Different dates",
    "amount": "Different numbers",
    "actor": "Who did it",
    "characterisation": "Called differently",
    "scope": "How far it goes",
    "certainty": "How sure it is",
    "wording": "Quoted differently",
    "headline": "Headline and text",
    "omission": "Left out",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
STANCE_WORDS = {
    "asserts": ("says", "say"),
    "alleges": ("alleges", "allege"),
    "denies": ("denies", "deny"),
    "concedes": ("concedes", "concede"),
    "reports": ("reports", "report"),
}
PLURAL_SPEAKERS = frozenset(
    {"Documents", "Experts", "Lawyers", "Officials", "Plaintiffs", "Police", "Prosecutors", "Records", "Sources", "Witnesses"}
)  # fmt: skip
MODALITY_WORDS = {"alleged": "as alleged", "reported": "as reported", "denied": "as denied", "hypothetical": "as open"}
AUXILIARIES = frozenset(
    [
        "am",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "does",
        "do",
        "did",
    ]
)
PLAIN_FORMS = {"be": ("is", "are", "was", "were", "am")}
HEDGES = frozenset({"allegedly", "reportedly", "purportedly", "apparently"})
QUESTION_LENGTH = 130  # characters that a heading has room for
SUBJECT_LENGTH = 60
# What two sides that differ are asked for, by kind of finding: with a thing and what was done to it, and with no more than a name for both.
TOPICS = {
    "date": ("when {thing} {was} {done}", "when: {topic}", "a date"),
    "amount": ("how many {thing} {was} {done}", "how much: {topic}", "an amount"),
    "actor": ("who {done} {thing}", "{topic}", "who did it"),
    "characterisation": ("{topic}", "{topic}", "what to call it"),
    "scope": ("{topic}", "{topic}", "how far it goes"),
    "denial": ("{topic}", "{topic}", "whether it is so"),
    "certainty": ("{topic}", "{topic}", "how sure it is"),
}


def count(number: int, one: str = "", many: str = "") -> str:
    """Write a number as a sentence does, with what is counted: «five sources», «13 sources»."""
    words = NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"
    return " ".join(part for part in (words, one if number == 1 else many) if part)


def join(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: «a, b and c»."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def capitalise(text: str) -> str:
    """Give a text with its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def is_plural(name: str) -> bool:
    """Say whether a speaker takes a plural verb: several names, or a common noun in -s such as «hospital officials»."""
    words = name.split()
    last = words[-1] if words else ""
    common = last[:1].islower() or (len(words) == 1 and last in PLURAL_SPEAKERS)
    several = "and" in words[1:-1] or last in ("police", "Police")
    return several or (common and last.endswith("s") and not last.endswith(("ss", "us", "is")))


def add_article(name: str) -> str:
    """Give a speaker as a sentence has it: «the e-mail», «court records», «Ann Lee»."""
    first = name.split(" ", 1)[0]
    common = first[:1].islower()
    return f"the {name}" if common and not is_plural(name) and first not in ("a", "an", "the") else name


def word_speech(name: str, stance: str) -> str:
    """Say that somebody says it, with the verb of the stance: «court records allege», «the spokesman denies»."""
    return f"{add_article(name)} {STANCE_WORDS[stance][is_plural(name)]}"


def word_question(claim, texts: Sequence[str] = ()) -> str | None:
    """Ask what a claim states: «the ferry was given way» becomes «Was the ferry given way?»; None where it has no such form.

    `claim` is a row of claims with its slots; `texts` tell which words are written small inside sentences.
    """
    if not isinstance(claim.subject, str) or not isinstance(claim.predicate, str) or pd.isna(claim.predicate_end):
        return None
    subject, between, verb, rest = _take_apart(claim)
    bare = not between and verb.casefold().endswith("ed") and not isinstance(claim.object, str)
    if not subject or len(subject) > SUBJECT_LENGTH or claim.negated or bare:
        return None
    if not between and {"was", "were", "has", "had"} & set(rest.split()):  # «a boom heard on Monday was caused by ...»
        return None
    words = [word for word in between.split() if word.strip(",").casefold() not in HEDGES]
    subject = _write_small(subject, texts)
    turned = _turn(subject, words, verb, claim.predicate)
    question = f"{turned}{rest}".strip().rstrip('.,;:!?”"') if turned else None
    return f"{capitalise(question)}?" if question and len(question) <= QUESTION_LENGTH else None


def _take_apart(claim) -> tuple[str, str, str, str]:
    """Take a claim apart at its slots: the subject that it begins with, what stands between, the verb, the rest."""
    at = [int(place) - int(claim.start) for place in (
        claim.subject_start, claim.subject_end, claim.predicate_start, claim.predicate_end,
    )]  # fmt: skip
    if not 0 == at[0] < at[1] <= at[2] < at[3] <= len(claim.text):
        return "", "", "", ""
    text = claim.text
    subject, between = text[: at[1]].strip(), text[at[1] : at[2]].split()
    while between and between[0][:1].isupper():  # the rest of a name, as in «the ferry Aurelia»
        subject = f"{subject} {between.pop(0)}"
    return subject, " ".join(between), text[at[2] : at[3]], text[at[3] :]


def _turn(subject: str, between: list[str], verb: str, lemma: str) -> str | None:
    """Put the auxiliary before the subject, or the one that the form of the verb asks for."""
    if between and between[0].casefold() in AUXILIARIES:
        return " ".join([between[0], subject, *between[1:], verb])
    if any(not word.endswith("ly") for word in between) or verb.casefold().endswith("ing"):
        return None
    if lemma == "be":
        return " ".join([verb, subject, *between]) if verb.casefold() in PLAIN_FORMS["be"] else None
    plain, written = lemma.casefold(), verb.casefold()
    if written == plain:
        helper = "do" if is_plural(subject) else "did"
    else:
        helper = "does" if written in (f"{plain}s", f"{plain}es", f"{plain[:-1]}ies", "has") else "did"
    return " ".join([helper, subject, *between, lemma])


def _write_small(subject: str, texts: Sequence[str]) -> str:
    """Write the first word of a subject small where the articles write it so inside their sentences."""
    first, _, rest = subject.partition(" ")
    small = first[:1].lower() + first[1:]
    if first == small or first.isupper() or not any(f" {small} " in text for text in texts):
        return subject
    return f"{small} {rest}".strip()


def word_topic(kind: str, topic: str | None) -> str:
    """Say what sides differ on: «when the lawsuit was filed», «how many girls were kidnapped», «an amount»."""
    whole, named, bare = TOPICS.get(kind, ("{topic}", "{topic}", "how it is told"))
    if not topic:
        return bare
    words = topic.split()
    done = words[-1]
    small = topic[:1].lower() + topic[1:]
    if len(words) > 1 and done.endswith("ed") and "{done}" in whole:
        thing = small.rsplit(" ", 1)[0]
        many = thing.endswith("s") and not thing.endswith("ss")
        thing = thing if kind == "amount" else f"the {thing}"
        return whole.format(thing=thing, was="were" if many else "was", done=done)
    return named.format(topic=small) if small.split(" ", 1)[0] not in ("when", "who", "whom", "what", "how") else small


def word_voices(speakers: Sequence[str], n_own: int) -> str:
    """Say whose voices tell something: «one voice: Anna Berg», «two in their own voice, one from the lawsuit»."""
    told = join([add_article(name) for name in speakers[:3]])
    more = f" and {count(len(speakers) - 3, 'other', 'others')}" if len(speakers) > 3 else ""
    if not n_own:
        return f"{'one voice' if len(speakers) == 1 else count(len(speakers), 'voice', 'voices')}: {told}{more}"
    own = f"{count(n_own)} in {'its' if n_own == 1 else 'their'} own voice"
    return f"{own}; also {told}{more}" if speakers else own


def word_deck(n_sources: int, carried: int, own: int, denials: Sequence[tuple[str, int]], own_denials: int) -> str:
    """Say in one sentence how many sources carry the claim, how many as their own, and whose denials: the head of a page."""
    whom = "both" if n_sources == 2 else f"all {count(n_sources)}"
    told = capitalise(whom if carried == n_sources else f"{count(carried)} of {count(n_sources)}")
    voice = "" if not own or own == carried else f", {count(own)} of them in {'its' if own == 1 else 'their'} own voice"
    voice = ", all in their own voice" if own == carried > 1 else voice
    parts = [f"{count(number)} by {add_article(name)}" for name, number in denials]
    if denials:
        parts[0] = parts[0].replace(" by ", f" {'carries' if denials[0][1] == 1 else 'carry'} a denial by ", 1)
    if own_denials:
        parts.append(
            f"{count(own_denials)} {'says' if own_denials == 1 else 'say'} in {'its' if own_denials == 1 else 'their'} own voice that it is not so"
        )
    return f"{told} {'carry' if carried > 1 else 'carries'} the claim{voice}{'; ' + join(parts) if parts else ''}."
