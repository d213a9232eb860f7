"""Statements and findings as a reader of the report gets them: whose words, in which source, at which place."""

from __future__ import annotations

import re

import pandas as pd

from helpers.language.polarity import is_negation
from helpers.language.spans import Span
from helpers.language.wording import mark_words
from helpers.readings.taken import ENGINE, JOIN, list_finders
from helpers.readings.voices import Voices
from helpers.report.excerpts import Place, Places
from helpers.report.show import mark_invisible
from helpers.store.publishers import name_sources

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
KIND_ORDER = {kind: number for number, kind in enumerate(KIND_WORDS)}
SIDE_WORDS = {
    "denial": ("Put forward", "Denied"),
    "omission": ("Told by", "Does not say"),
}
STANCE_WORDS = {
    "asserts": ("says", "say"),
    "alleges": ("alleges", "allege"),
    "denies": ("denies", "deny"),
    "concedes": ("concedes", "concede"),
    "reports": ("reports", "report"),
}
PLURAL_SPEAKERS = frozenset(
    {"Documents", "Lawyers", "Officials", "Plaintiffs", "Police", "Prosecutors", "Records", "Witnesses"}
)
QUOTE_WORDS = {"direct": "quoted", "mixed": "partly quoted", "indirect": "paraphrased", "none": ""}
MODALITY_WORDS = {"alleged": "as alleged", "reported": "as reported", "denied": "as denied"}
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


def name_speaker(claim: pd.Series) -> str:
    """Name the speaker of a claim for a reader: the resolved name, else the words of the article."""
    for column in ("speaker_name", "speaker"):
        if isinstance(claim[column], str):
            return mark_invisible(capitalise(claim[column]))
    return "Nobody by name"


def capitalise(text: str) -> str:
    """Give a text with its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def is_plural(name: str) -> bool:
    """Say whether a speaker takes a plural verb: several names, or a common noun in -s such as «hospital officials»."""
    words = name.split()
    last = words[-1] if words else ""
    common = last[:1].islower() or (len(words) == 1 and last in PLURAL_SPEAKERS)
    return "and" in words[1:-1] or (common and last.endswith("s") and not last.endswith(("ss", "us", "is")))


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


def rank_findings(disagreements: pd.DataFrame) -> pd.DataFrame:
    """Rank findings for a reader: conflicts between articles before disputes inside them, major first, then by kind.

    What several found, the engine and a reader or two readers, comes before what one found.
    """
    finders = (
        disagreements["found_by"].fillna("") if "found_by" in disagreements else pd.Series("", disagreements.index)
    )
    inside = disagreements["between"].eq("sources") if "between" in disagreements else False
    ranked = disagreements.assign(
        inside=inside,
        weight=disagreements["severity"].map({"major": 0, "minor": 1}),
        finders=finders.str.count(JOIN),
        place=disagreements["kind"].map(KIND_ORDER),
    )
    return ranked.sort_values(
        ["weight", "inside", "finders", "place", "score", "disagreement_id"],
        ascending=[True, True, False, True, False, True],
    )


def choose_sharpest(findings: list[dict], most: int = 3) -> list[dict]:
    """Choose the findings for the first screen: the first in rank, but no two on the same matter while others are left.

    What the whole story is about comes first: the major dispute among the people quoted that more sources carry than
    any other finding.
    """
    widest = max((len(finding["sources"]) for finding in findings), default=0)
    central = [f for f in findings if f["inside"] and f["severity"] == "major" and len(f["sources"]) == widest > 2]
    chosen = central[:1]
    for finding in findings:
        if len(chosen) < most and not any(_is_same_matter(finding, other) for other in chosen):
            chosen.append(finding)
    rest = [finding for finding in findings if finding not in chosen]
    return chosen + rest[: max(0, most - len(chosen))] if len(chosen) < most else chosen


def _is_same_matter(one: dict, other: dict) -> bool:
    shared = one["texts"] & other["texts"]
    return bool(shared) or (
        one["kind"] == other["kind"] and one["topic"] is not None and one["topic"] == other["topic"]
    )
