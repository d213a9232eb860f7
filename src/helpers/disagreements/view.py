"""The tables of one story, joined the way the finders of disagreements read them, and how findings name their sides."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from spacy.tokens import Doc

from helpers import tables
from helpers.language.content import Rarity, find_content
from helpers.language.lexicons import lexicon_index
from helpers.language.parsing import parse_sentences
from helpers.language.sentences import find_words
from helpers.store.publishers import name_sources

LINK = re.compile(r"^(?:But|And|So|Yet) ")  # what ties a sentence to the one before
SINGLE_MARKS = str.maketrans({"“": "‘", "”": "’", '"': "'"})
ACCUSED = re.compile(r"(?:\S+ ){1,6}of \w+ing\b")  # what an accusing verb takes: «the mayor of hiding it»
LONGEST_NAME = 40  # characters: a longer speaker is a description, not a name


class Story:
    """The tables of one call of `find_disagreements`, with what the finders ask again and again."""

    def __init__(self, articles, passages, claims, mentions, propositions, proposition_claims, origins, pairs=()):
        self.articles = tables.select_read(articles)
        self.names = name_sources(articles)
        self.texts = dict(zip(articles["article_id"], articles["text"], strict=True))
        self.published = dict(zip(articles["article_id"], articles["published"], strict=True))
        told = set(self.articles["article_id"])
        owned = zip(origins["article_id"], origins["origin_id"], strict=True)
        self.origin = {article: origin for article, origin in owned if article in told}
        self.passages = passages
        kept = claims[claims["article_id"].isin(set(self.origin))]
        self.claims = list(kept.sort_values(["article_id", "start", "end", "claim_id"], kind="stable").itertuples())
        self.claim = {claim.claim_id: claim for claim in self.claims}
        stated = ~mentions["beside"].eq(True).fillna(False) if "beside" in mentions else True
        self.told_mentions = mentions[mentions["article_id"].isin(set(self.origin))]  # those beside a statement too
        self.mentions = self.told_mentions[stated]
        self.pairs = [p for p in pairs if self.is_independent(p.a.claim.article_id, p.b.claim.article_id)]
        self.propositions = propositions
        self.relations = proposition_claims
        self.proposition_of = dict(
            zip(proposition_claims["claim_id"], proposition_claims["proposition_id"], strict=True)
        )
        self.quotations: list | None = None  # found once: see helpers.disagreements.quoted
        self.title_of = {p.passage_id for p in passages[passages["kind"] == "title"].itertuples()}

    @cached_property
    def rarity(self) -> Rarity:
        """How much each word tells, by how few of the story's claims have it."""
        return Rarity(claim.text for claim in self.claims)

    @cached_property
    def rarity_in_sentences(self) -> Rarity:
        """The same by its sentences."""
        return Rarity(self.sentences.values())

    @cached_property
    def claims_of(self) -> dict[str, list]:
        """The claims of each article in the order of its text."""
        grouped: dict[str, list] = defaultdict(list)
        for claim in self.claims:
            grouped[claim.article_id].append(claim)
        return grouped

    @cached_property
    def articles_on(self) -> dict[str, list[str]]:
        """The articles that speak to each proposition."""
        grouped: dict[str, set[str]] = defaultdict(set)
        for relation in self.relations.itertuples():
            if relation.article_id in self.origin:
                grouped[relation.proposition_id].add(relation.article_id)
        return {proposition: sorted(articles) for proposition, articles in grouped.items()}

    @cached_property
    def dates_of(self) -> dict[str, list]:
        """The dates of each article, resolved or not."""
        dates = self.mentions[self.mentions["kind"] == "date"].drop_duplicates(["article_id", "start", "end"])
        grouped: dict[str, list] = defaultdict(list)
        for date in dates.itertuples():
            grouped[date.article_id].append(date)
        return grouped

    @cached_property
    def places_of(self) -> dict[str, list]:
        """The places that each article names."""
        places = self.mentions[self.mentions["kind"] == "place"].drop_duplicates(["article_id", "start", "end"])
        grouped: dict[str, list] = defaultdict(list)
        for place in places.itertuples():
            grouped[place.article_id].append(place)
        return grouped

    @cached_property
    def topics_of(self) -> dict[str, frozenset[str]]:
        """The plain words that each article has in three sentences or more."""
        counts: dict[str, Counter] = defaultdict(Counter)
        for article, text in self.sentences.items():
            counts[article[0]].update(set(find_content(text)))
        return {article: frozenset(w for w, n in counts[article].items() if n > 2) for article in self.origin}

    @cached_property
    def sentences(self) -> dict[tuple[str, int, int], str]:
        """The sentences that claims stand in, by article, start and end."""
        places = sorted({(c.article_id, int(c.sentence_start), int(c.sentence_end)) for c in self.claims})
        return {(article, start, end): self.texts[article][start:end] for article, start, end in places}

    @cached_property
    def docs(self) -> dict[str, Doc]:
        """The parsed sentences that hold a value, by their text: copies are parsed once."""
        valued = set(self.told_mentions[self.told_mentions["kind"].isin(tables.VALUE_KINDS)]["claim_id"])
        texts = sorted({self.sentence_of(self.claim[claim]) for claim in valued if claim in self.claim})
        return dict(zip(texts, parse_sentences(texts), strict=True))

    def sentence_of(self, claim) -> str:
        """Give the sentence that a claim stands in."""
        return self.sentences[(claim.article_id, int(claim.sentence_start), int(claim.sentence_end))]

    @cached_property
    def persons(self) -> set[str]:
        """The ids of what is known as a person."""
        return set(self.mentions[self.mentions["kind"] == "person"]["entity_id"].dropna())

    @cached_property
    def person_names(self) -> list[str]:
        """The full names of the people of the story."""
        people = self.mentions[self.mentions["kind"] == "person"]["entity_name"].dropna().unique()
        return sorted(name for name in people if self.is_full_name(name))

    @cached_property
    def speakers(self) -> set[str]:
        """The ids of the people and organisations that speak by name."""
        known = self.mentions[self.mentions["kind"].isin(("person", "organisation"))]
        return set(known["entity_id"].dropna())

    def is_full_name(self, name: object) -> bool:
        """Say whether a speaker goes by a full name that is no place's: «Anna Berg»."""
        words = str(name).split() if isinstance(name, str) else []
        return 1 < len(words) < 4 and all(word[:1].isupper() for word in words) and name not in self.places

    @cached_property
    def name_words(self) -> set[str]:
        """The plain forms of the words that names in the story are made of."""
        return {form for name in self.mentions["entity_name"].dropna().unique() for form in find_content(name)}

    @cached_property
    def places(self) -> set[str]:
        """The names of places in the story."""
        return set(self.mentions[self.mentions["kind"] == "place"]["entity_name"].dropna())

    def doc_of(self, claim) -> tuple[Doc, int]:
        """Give the parsed sentence of a claim that holds a value, and where it begins."""
        return self.docs[self.sentence_of(claim)], int(claim.sentence_start)

    def lead_of(self, claim) -> str:
        """Give the cue that a claim cannot be read without: «(accuses) Acme of hiding its losses»; else nothing."""
        if not isinstance(claim.cue, str) or claim.cue_end > claim.start or not ACCUSED.match(claim.text):
            return ""
        between = self.texts[claim.article_id][int(claim.cue_start) : int(claim.start)]
        return between if between[int(claim.cue_end - claim.cue_start) :].isspace() else ""

    def is_title(self, claim) -> bool:
        """Say whether a claim stands in its article's title."""
        return claim.passage_id in self.title_of

    def claim_at(self, article: str, start: int) -> object | None:
        """Give the narrowest claim of an article that holds a place."""
        held = [c for c in self.claims_of.get(article, ()) if c.start <= start < c.end]
        return min(held, key=lambda c: (c.end - c.start, c.claim_id)) if held else None

    def show(self, claim, value: str | None = None, span: tuple[int, int] | None = None) -> dict:
        """Make a piece of evidence from a claim, or from a narrower span inside its article."""
        start, end = span or (int(claim.start), int(claim.end))
        return {
            "article_id": claim.article_id, "claim_id": claim.claim_id, "start": int(start), "end": int(end),
            "text": self.texts[claim.article_id][start:end], "value": value,
        }  # fmt: skip

    def show_place(self, article: str, start: int, end: int, value: str | None = None) -> dict:
        """Make a piece of evidence from a place in an article."""
        held = self.claim_at(article, start)
        return {
            "article_id": article, "claim_id": held.claim_id if held else None, "start": int(start),
            "end": int(end), "text": self.texts[article][start:end], "value": value,
        }  # fmt: skip

    def voice(self, claim) -> str:
        """Name who stands behind a claim, as an editor would: its speaker, else its article."""
        name = claim.speaker_name if isinstance(claim.speaker_name, str) else claim.speaker
        if not isinstance(name, str) or not name.strip():
            return self.names[claim.article_id]
        return self.name_speaker(name)

    def name_speaker(self, name: str) -> str:
        """Name a speaker for a sentence: a proper name as it is, a thing or an office with its article."""
        if len(name) > LONGEST_NAME or not find_words(name):
            return "one source"
        words = [name[start:end] for start, end in find_words(name)]
        if any(word.casefold() in lexicon_index("duration_units") for word in words):
            return "one source"
        head = words[-1].casefold()
        if len(words) == 1 and head.removesuffix("s") in lexicon_index("papers_that_speak"):
            return f"the {name.casefold()}"
        if name[0].islower() and words[0] not in lexicon_index("function_words"):
            return f"the {name}"
        return name[0].upper() + name[1:] if words[0].casefold() == "the" else name

    def name_outlets(self, articles: Iterable[str]) -> str:
        """Name the articles of a side for a sentence."""
        return join_names({self.names[article] for article in articles})

    def origins_of(self, articles: Iterable[str]) -> set[str]:
        """Give the origins of some articles."""
        return {self.origin[article] for article in articles}

    def is_independent(self, one: str, other: str) -> bool:
        """Say whether two articles are no copies of one text."""
        return self.origin[one] != self.origin[other]


def make_finding(
    story: Story,
    kind: str,
    severity: str,
    explanation: str,
    sure: float,
    sides: Sequence[Sequence[dict]],
    proposition: str | None = None,
) -> dict:
    """Make a finding of the evidence on each side; its score rises with the independence of the origins that show it.

    The sides are named in the order given. `between` is sources where every origin that gives one side gives the
    other too, else articles.
    """
    groups = [story.origins_of(piece["article_id"] for piece in side) for side in sides]
    origins = set().union(*groups)
    between = "sources" if all(group == groups[0] for group in groups) and kind != "headline" else "articles"
    score = round(float(np.clip(sure + 0.02 * (len(origins) - 2), 0.05, 0.99)), 4)
    return {
        "proposition_id": proposition, "kind": kind, "severity": severity, "between": between,
        "explanation": explanation.replace(".”.", ".”"), "score": score,
        "sides": [{"side": tables.name_side(n), **piece} for n, side in enumerate(sides) for piece in sorted(side, key=_find_order)],
    }  # fmt: skip


def _find_order(piece: dict) -> tuple[str, int]:
    return piece["article_id"], -1 if piece["start"] is None else piece["start"]


def join_names(names: set[str]) -> str:
    """Join names for a sentence, proper names first: «A», «A and B», «A, B and 3 others»."""
    ordered = sorted(names, key=lambda name: (not name[:1].isupper() or name.startswith("Article "), name))
    if len(ordered) <= 2:
        return " and ".join(ordered)
    if len(ordered) == 3:
        return f"{ordered[0]}, {ordered[1]} and {ordered[2]}"
    return f"{ordered[0]}, {ordered[1]} and {len(ordered) - 2} others"


def shorten(text: str, limit: int = 140) -> str:
    """Shorten a text at a word to `limit` characters."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def cite(text: str, limit: int = 140) -> str:
    """Put a text between quotation marks for a sentence, its own marks inside turned to single ones."""
    inner = shorten(LINK.sub("", text), limit).strip('“”" ')
    return "“" + inner.translate(SINGLE_MARKS) + "”"
