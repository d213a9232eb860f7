"""Statements and findings as a reader of the report gets them: whose words, in which source, at which place."""

from __future__ import annotations

import re

import pandas as pd

from helpers.language.lexicons import lexicon_index
from helpers.language.polarity import is_negation
from helpers.language.spans import Span
from helpers.language.wording import mark_words
from helpers.readings.taken import ENGINE, JOIN, list_finders
from helpers.readings.voices import Voices
from helpers.report.drawn.page_drawings import name_days
from helpers.report.excerpts import Place, Places
from helpers.report.show import mark_invisible
from helpers.report.wording import KIND_WORDS, MODALITY_WORDS, STANCE_WORDS, capitalise, is_plural
from helpers.store.publishers import name_sources

SIDE_WORDS = {
    "denial": ("Put forward", "Denied"),
    "omission": ("Told by", "Does not say"),
}
QUOTE_WORDS = {"direct": "quoted", "mixed": "partly quoted", "indirect": "paraphrased", "none": ""}
RELATIVES = frozenset({"which", "who", "whom", "whose", "that", "where", "when"})
TAIL = 16  # code points shown at least behind a value
WINDOW = 150  # code points shown on either side of a marked value
CONTEXT_KINDS = {"amount", "date", "actor", "characterisation", "scope", "certainty", "headline"}
WORD = re.compile(r"n['’]t\b|\w+(?:['’]\w+)*")


class Evidence:
    """Puts rows of the tables into a reader's words, and notes the place of each in its article."""

    def __init__(self, tables: dict[str, pd.DataFrame]):
        articles = tables["articles"]
        self.names = {key: mark_invisible(name) for key, name in name_sources(articles).items()}
        self.places = Places(list(articles["article_id"]))
        self.texts = dict(zip(articles["article_id"], articles["text"], strict=True))
        self.claims = tables["claims"].set_index("claim_id", drop=False).rename_axis(None)
        self.voices = Voices(tables["claims"])
        dates = tables["mentions"][tables["mentions"]["date_start"].notna() & tables["mentions"]["date_end"].notna()]
        self.dates = {(row.claim_id, row.text): (row.date_start, row.date_end) for row in dates.itertuples()}
        self.days = {row.article_id: name_date(row) for row in articles.itertuples()}
        passages = tables["passages"]
        self.headlines = set(passages[passages["kind"] == "title"]["passage_id"])

    def find_place(self, article: str, start, end) -> Place | None:
        """Note a span and give its place; None where there is no span."""
        return None if pd.isna(start) else self.places.find(article, start, end)

    def describe_claim(self, claim: pd.Series) -> dict:
        """Describe a claim: `source, number, pieces, marks, voice, place`.

        Pieces are (text, whether it is marked); `marks` says whether the source has it in quotation marks.
        """
        return {
            "source": self.names[claim["article_id"]],
            "number": self.places.numbers[claim["article_id"]],
            "pieces": [(mark_invisible(claim["text"]), False)],
            "marks": claim["quote_kind"] == "direct",
            "voice": self._name_voice(claim),
            "place": self.find_place(claim["article_id"], claim["start"], claim["end"]),
        }

    def show_statement(self, claim: pd.Series, most: int) -> list[tuple[str, bool]]:
        """Give a statement in at most so many code points: a whole one alone, a fragment marked inside its sentence."""
        text = self.texts[claim["article_id"]]
        start, end = int(claim["start"]), int(claim["end"])
        first = int(claim["sentence_start"])
        if is_whole(claim) or end - first > most:
            return [(mark_invisible(cut(text[start:end], most)), False)]
        before, after = text[first:start], text[end : int(claim["sentence_end"])]
        pieces = [(before, False), (text[start:end], True), (cut(after, max(12, most - (end - first))), False)]
        return [(mark_invisible(piece), marked) for piece, marked in pieces if piece]

    def tell(self, article: str, start: int, end: int) -> dict:
        """Say where a source tells something, for a list of sources: `number, source, place`."""
        place = self.find_place(article, start, end)
        return {"number": self.places.numbers[article], "source": self.names[article], "place": place}

    def show_value(self, article: str, start: int, end: int, claim: pd.Series, most: int) -> list[tuple[str, bool]]:
        """Give a value marked among the words around it, from its statement's beginning where there is room for that."""
        text, start, end = self.texts[article], int(start), int(end)
        first, last = min(int(claim["start"]), start), max(int(claim["end"]), end)
        before = text[first:start]
        if end - first > most:
            room = max(0, most - (end - start) - TAIL)
            before = "… " + before[len(before) - room :].partition(" ")[2] if len(before) > room else before
        after = cut(text[end:last], max(TAIL, most - len(before) - (end - start)))
        pieces = ((before, False), (text[start:end], True), (after, False))
        return [(mark_invisible(piece), marked) for piece, marked in pieces if piece]

    def resolve_date(self, claim_id: object, text: str) -> str | None:
        """Name the days that a date in a claim stands for, as exactly as its words leave them; None where nothing is known."""
        found = self.dates.get((claim_id, text))
        return name_days(*found) if found else None

    def stands_alone(self, claim: pd.Series) -> bool:
        """Say whether a claim can be printed among others: a whole clause that does not point back with a pronoun."""
        subject = claim["subject"].split(" ", 1)[0].casefold() if isinstance(claim["subject"], str) else ""
        return is_whole(claim) and subject not in lexicon_index("pronouns")

    def label_statement(self, group: pd.DataFrame) -> str | None:
        """Name what a group of rows of coverage tells: its label, or the first whole clause of its claims; None without one."""
        claims = [self.claims.loc[key] for key in group["claim_id"].dropna()]
        label = group["label"].iloc[0]
        own = next((claim for claim in claims if claim["text"] == label), None)
        whole = [claim["text"] for claim in ([own] if own is not None else []) + claims if is_whole(claim)]
        return whole[0] if whole else None

    def describe_finding(self, finding, rows: pd.DataFrame) -> dict:
        """Describe a disagreement with its sides, each a column of evidence."""
        finders = list_finders(getattr(finding, "found_by", None))
        sides = [
            self._describe_side(finding.kind, number, side, ENGINE in finders)
            for number, (_, side) in enumerate(rows.groupby("side", sort=True))
        ]
        if finding.kind == "wording":
            _mark_differences(sides)
        between = getattr(finding, "between", None)
        return {
            "kind": finding.kind,
            "label": KIND_WORDS[finding.kind],
            "severity": finding.severity,
            "central": bool(getattr(finding, "central", False)),
            "inside": between == "sources",
            "explanation": mark_invisible(finding.explanation),
            "sides": sides,
            "anchor": finding.disagreement_id,
            "sources": sorted({self.names[article] for article in rows["article_id"]}),
            "topic": finding.proposition_id if isinstance(finding.proposition_id, str) else None,
            "found_by": mark_invisible(JOIN.join(finders)),
            "texts": {str(text) for text in rows["text"].dropna()},
        }

    def _describe_side(self, kind: str, number: int, rows: pd.DataFrame, engine: bool) -> dict:
        shown, seen = [], set()
        for row in rows.itertuples():
            key = (row.article_id, str(row.text).casefold())
            if key not in seen:
                seen.add(key)
                shown.append(self._describe_piece(kind, row, engine))
        sources = list(dict.fromkeys(piece["source"] for piece in shown))
        roles = SIDE_WORDS.get(kind, ())
        return {"role": roles[number] if number < len(roles) else None, "sources": sources, "evidence": shown}

    def _describe_piece(self, kind: str, row, engine: bool) -> dict:
        """Describe a place on a side; one of a reader's own may reach beyond the claim that it touches."""
        claim = self._find_claim(row.claim_id)
        if not isinstance(row.text, str):
            pieces = None
        elif kind in CONTEXT_KINDS:
            pieces = self.set_in_context(row, claim)
        elif kind == "denial":
            pieces = _mark_negations(mark_invisible(row.text))
        else:
            pieces = [(mark_invisible(row.text), False)]
        return {
            "source": self.names[row.article_id],
            "number": self.places.numbers[row.article_id],
            "pieces": pieces,
            "marks": kind == "wording" or (claim is not None and _is_quoted(claim, row, engine)),
            "voice": None if claim is None else self._name_voice(claim),
            "place": self.find_place(row.article_id, row.start, row.end),
        }

    def describe_place(self, article: str, start: int, end: int) -> dict:
        """Describe a place that a reader quotes, with whose words it is: as `describe_claim` does a claim."""
        claim = self.voices.find(article, start, end)
        held = None if claim is None else self.claims.loc[claim.claim_id]
        return {
            "source": self.names[article],
            "number": self.places.numbers[article],
            "pieces": [(mark_invisible(self.texts[article][start:end]), False)],
            "marks": held is not None and _is_quoted(held, Span(start, end)),
            "voice": None if held is None else self._name_voice(held),
            "place": self.find_place(article, start, end),
        }

    def _find_claim(self, claim: object) -> pd.Series | None:
        return self.claims.loc[claim] if isinstance(claim, str) and claim in self.claims.index else None

    def set_in_context(self, row, claim: pd.Series | None) -> list[tuple[str, bool]]:
        """Give a value with the statement around it, the value marked; a statement that is itself the evidence as it is."""
        start, end = int(row.start), int(row.end)
        if (
            claim is None
            or (start, end) == (claim["start"], claim["end"])
            or not claim["start"] <= start < claim["end"]
        ):
            return [(mark_invisible(row.text), claim is None)]
        text = self.texts[row.article_id]
        first, last = max(int(claim["start"]), start - WINDOW), min(max(int(claim["end"]), end), end + WINDOW)
        before, after = text[first:start], text[end:last]
        before = before if first == claim["start"] else "… " + before.partition(" ")[2]
        after = after if last >= claim["end"] else after.rpartition(" ")[0] + " …"
        pieces = [(mark_invisible(before), False), (mark_invisible(row.text), True), (mark_invisible(after), False)]
        return [piece for piece in pieces if piece[0]]

    def _name_voice(self, claim: pd.Series) -> dict:
        """Name who speaks and how: `speaker`, `verb` («denies»), whether that is a `denial`, `how` («paraphrased»)."""
        where = "in the headline" if claim["passage_id"] in self.headlines else ""
        if not isinstance(claim["speaker"], str):
            how = MODALITY_WORDS.get(claim["modality"], "" if where else "in its own voice")
            return {"speaker": "", "verb": "", "denial": False, "how": _join(where, how)}
        name = name_speaker(claim)
        return {
            "speaker": name,
            "verb": STANCE_WORDS[claim["stance"]][is_plural(name)],
            "denial": claim["stance"] == "denies",
            "how": _join(QUOTE_WORDS[claim["quote_kind"]], where),
        }


def name_speaker(claim: pd.Series, inside: bool = False) -> str:
    """Name the speaker of a claim for a reader, or as it stands `inside` a sentence: the resolved name, else the article's words."""
    name = next((claim[column] for column in ("speaker_name", "speaker") if is_name(claim[column])), "somebody")
    return mark_invisible(name if inside else capitalise(name))


def name_voice(claim: pd.Series) -> str:
    """Name whose voice a claim is: the organisation that the speaker speaks for, else the speaker."""
    known = claim.get("speaker_for")
    return mark_invisible(known) if isinstance(known, str) else name_speaker(claim, inside=True)


def is_name(words: object) -> bool:
    """Say whether words name somebody, as a pronoun that nobody could resolve does not."""
    return isinstance(words, str) and words.casefold() not in lexicon_index("pronouns")


def is_whole(claim: pd.Series) -> bool:
    """Say whether a claim's words can stand alone: a clause with its subject, or what is denied; no «which» or «who» ahead."""
    first = claim["text"].split(" ", 1)[0].casefold()
    if not isinstance(claim["predicate"], str) or first in RELATIVES:
        return False
    return isinstance(claim["subject"], str) or claim["stance"] == "denies"


def cut(text: str, most: int) -> str:
    """Cut a text at the right, at a word, where it is longer than `most`."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def name_date(row) -> str | None:
    """Name an article's date of publication as exactly as it is known."""
    if pd.isna(row.published):
        return None
    words = name_days(row.published, row.published).split(" ")
    return " ".join(words[{"month": 1, "year": 2}.get(row.published_precision, 0) :])


def _is_quoted(claim: pd.Series, place, engine: bool = False) -> bool:
    """Say whether a place is words of a claim that is quoted word for word: only then it stands in quotation marks."""
    within = engine or (claim["start"] <= place.start and place.end <= claim["end"])
    return claim["quote_kind"] == "direct" and bool(within)


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _mark_negations(text: str) -> list[tuple[str, bool]]:
    """Mark the words by which a statement says no."""
    pieces, position = [], 0
    for word in WORD.finditer(text):
        if is_negation(word.group()):
            pieces += [(text[position : word.start()], False), (word.group(), True)]
            position = word.end()
    return [piece for piece in [*pieces, (text[position:], False)] if piece[0]]


def _mark_differences(sides: list[dict]) -> None:
    """Mark word by word where the quotations of each side differ from the first side's, and the first from the second."""
    texts = ["".join(text for text, _ in side["evidence"][0]["pieces"] or []) for side in sides]
    for number, side in enumerate(sides):
        model = texts[0] if number else texts[1] if len(texts) > 1 else texts[0]
        for piece in side["evidence"]:
            if piece["pieces"]:
                own = "".join(text for text, _ in piece["pieces"])
                piece["pieces"] = mark_words(own, model)[0]
