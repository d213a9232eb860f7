"""Whether someone is who they are said to be: «a man claiming to be Anna Berg» here, «Anna Berg said» there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers import tables
from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import find_content
from helpers.language.hedging import is_hedged

SURE = 0.6  # confidence of a claim from which its speaker counts
BEFORE, BEHIND = 200, 500  # characters around the unsure name in which its words stand
SAME_WORDS = 0.5  # share of what the other says, by rarity, that must stand there
REACH = 60  # characters behind the cue in which the name stands
UNSURE_OF_NAME = re.compile(
    r"\b(?:(?:claim|purport)(?:ing|s|ed)? to be|(?:believed|thought|said|presumed) to be"
    r"|calling (?:him|her)self|purported(?:ly)?)\s"
)
# Between the cue and the name only a title may stand: «claiming to be a follower of X» is nobody's name.
NO_TITLE = re.compile(
    r"\b(?:of|in|from|by|for|with|and|or|to|at|on|who|that|as|has|had|is|was)\b|['’]s\b|[,.;:]", re.IGNORECASE
)


def find_identity_differences(story: Story) -> Iterator[dict]:
    """Yield `certainty`: one origin is not sure that someone is the person named, others let that person speak outright."""
    unsure: dict[str, dict[str, tuple[int, int]]] = {}
    for article, start, text in _read_passages(story):
        for match in UNSURE_OF_NAME.finditer(text):
            found = _find_person(story, text[match.end() : match.end() + REACH])
            if found is not None:
                name, end = found
                span = (start + match.start(), start + match.end() + end)
                unsure.setdefault(name, {}).setdefault(article, span)
    for name, places in sorted(unsure.items()):
        outright = _find_outright(story, name, places)
        if outright:
            yield _make_finding(story, name, places, outright)


def _read_passages(story: Story) -> Iterator[tuple[str, int, str]]:
    kept = story.passages[story.passages["kind"].isin(tables.CLAIM_BEARING)]
    for passage in kept.sort_values(["article_id", "start"], kind="stable").itertuples():
        if passage.article_id in story.origin:
            yield passage.article_id, int(passage.start), passage.text


def _find_person(story: Story, text: str) -> tuple[str, int] | None:
    """Find the person of the story whose name opens a text, behind a title at most, and where the name ends."""
    found = [(text.find(name), name) for name in story.person_names if name in text]
    if not found:
        return None
    start, name = min(found)
    end = start + len(name)
    return None if NO_TITLE.search(text[:start]) or re.match(r"['’\w]", text[end : end + 1]) else (name, end)


def _find_outright(story: Story, name: str, unsure: dict) -> dict[str, object]:
    """Find a claim of each other origin that gives the person by name words like those said where it may be another."""
    doubtful = story.origins_of(unsure)
    near = set()
    for article, (start, end) in unsure.items():
        near |= set(find_content(story.texts[article][max(0, start - BEFORE) : end + BEHIND]))
    best: dict[str, tuple[float, str]] = {}
    for claim in story.claims:
        if claim.speaker_name != name or claim.confidence < SURE or story.origin[claim.article_id] in doubtful:
            continue
        named = {part for part in re.findall(r"[\w’'-]+", str(claim.speaker)) if part in name.split()}
        share = story.rarity.contain(set(find_content(claim.text)) - story.name_words, near)
        if (
            named
            and not is_hedged(story.sentence_of(claim))
            and share >= SAME_WORDS
            and (share, claim.claim_id) > best.get(claim.article_id, (0.0, ""))
        ):
            best[claim.article_id] = (share, claim.claim_id)
    return {article: story.claim[identity] for article, (_, identity) in best.items()}


def _make_finding(story: Story, name: str, places: dict, outright: dict[str, object]) -> dict:
    first, (start, end) = min(places.items())
    told = outright[min(outright)]
    verb = "let" if len(outright) > 1 else "lets"
    named = [story.show(c, "named", (int(c.source_start), int(c.source_end))) for _, c in sorted(outright.items())]
    not_sure = [story.show_place(article, *span, "not sure") for article, span in sorted(places.items())]
    origins = story.origins_of([*places, *outright])
    return make_finding(
        story, "certainty", "major" if len(origins) > 2 else "minor",
        f"{story.name_outlets(outright)} {verb} {name} speak by name, {cite(story.sentence_of(told))}, where "
        f"{story.name_outlets(places)} is not sure who it is: {cite(story.texts[first][start:end])}.".replace(
            " is not sure", " are not sure" if len(places) > 1 else " is not sure"
        ),
        0.65, [named, not_sure],
    )  # fmt: skip
