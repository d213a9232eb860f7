"""What most origins tell and one, which could have known it, leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pandas as pd

from helpers.disagreements.view import Story, cite, make_finding
from helpers.language.content import find_content

SHARE = 0.7  # share of the origins that must have what one leaves out
LEAST_ORIGINS = 2  # origins that must have it
TELLS_MUCH = 3  # shared propositions that an article must have to tell the same story
TOLD = 0.6  # how surely a claim must tell the fact
SILENT = 0.3  # share of a proposition's words, by rarity, from which an article is not silent about it


def find_omissions(story: Story) -> Iterator[dict]:
    """Yield `omission`: what most origins have and an article, which tells the same story, does not.

    Origins count, not copies; an article that came out before anyone told the fact leaves nothing out, nor does one
    that has the words of it anywhere.
    """
    total = len(set(story.origin.values()))
    if total < LEAST_ORIGINS + 1:
        return
    words = {article: set(find_content(story.texts[article])) for article in story.origin}
    groups: dict[str, list] = defaultdict(list)
    for relation in story.relations.itertuples():
        if relation.claim_id in story.claim and relation.relation == "supports" and relation.score >= TOLD:
            groups[relation.proposition_id].append(relation)
    told = _count_shared(groups)
    for proposition in story.propositions.itertuples():
        rows = groups.get(proposition.proposition_id, [])
        having = story.origins_of(row.article_id for row in rows)
        if not max(LEAST_ORIGINS, min(total - 1, SHARE * total)) <= len(having) < total or not _is_fact(story, rows):
            continue
        texts = [proposition.label, *(story.claim[row.claim_id].text for row in rows)]
        for article in sorted(a for a in story.origin if story.origin[a] not in having and told[a] >= TELLS_MUCH):
            if not _is_older(story, article, rows) and _is_silent(story, words[article], texts):
                yield _make_omission(story, proposition, rows, article, len(having) / total)


def _is_fact(story: Story, rows: list) -> bool:
    """Say whether what is told is more than one speaker's words: most tell it without quoting."""
    quoted = [story.claim[row.claim_id].quote_kind in ("direct", "mixed") for row in rows]
    return sum(quoted) * 2 < len(quoted)


def _count_shared(groups: dict[str, list]) -> Counter[str]:
    """Count, for each article, the propositions that it has together with others."""
    speaking = [{row.article_id for row in rows} for rows in groups.values()]
    return Counter(article for articles in speaking if len(articles) > 1 for article in articles)


def _is_silent(story: Story, words: set[str], texts: list[str]) -> bool:
    """Say whether an article of these words has none of the ways in which a thing is told."""
    return not any(story.rarity_in_sentences.contain(find_content(text), words) >= SILENT for text in texts)


def _is_older(story: Story, article: str, rows: list) -> bool:
    """Say whether an article came out before the first that has the fact."""
    dates = [story.published[row.article_id] for row in rows if not pd.isna(story.published[row.article_id])]
    own = story.published[article]
    return bool(dates) and not pd.isna(own) and own < min(dates)


def _make_omission(story: Story, proposition, rows: list, article: str, share: float) -> dict:
    best: dict[str, object] = {}
    for row in sorted(rows, key=lambda row: (-row.score, row.claim_id)):
        best.setdefault(row.article_id, row)
    origins = len(story.origins_of(best))
    silent = {
        "article_id": article, "claim_id": None, "start": None, "end": None, "text": None, "value": "is silent",
    }  # fmt: skip
    return make_finding(
        story, "omission", "minor",
        f"{story.names[article]} does not say what {origins} other origins do: {cite(proposition.label)}.",
        0.8 * share, [[story.show(story.claim[row.claim_id], "says") for row in best.values()], [silent]],
        proposition.proposition_id,
    )  # fmt: skip
