"""An analyst's work on one story: each review is saved at once, and what rests on it is made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers.reviews.form import ADD_CLAIM, ADD_FINDING, CLAIM_FIELDS, NO_CLAIM, WITHDRAW, ReviewError, make_annotation
from helpers.reviews.places import Text, record_article, record_target
from helpers.reviews.record import append_reviews, list_reviews, place_reviews
from helpers.reviews.statements import read_value

Tables = dict[str, pd.DataFrame]
NOBODY = "the article itself"  # who says what nobody is quoted with


class Session:
    """The reviews of a story and its tables under them; `machine` are its tables without any, `apply` makes those with them."""

    def __init__(self, folder: Path, machine: Tables, apply: Callable[[Tables, pd.DataFrame], Tables], creator: str):
        self.folder = Path(folder)
        self.machine = machine
        self.apply = apply
        self.creator = creator
        self.rows = {row.article_id: row for row in machine["articles"].itertuples()}
        self.machine_findings: dict[str, dict] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the record anew, others may have written too, and make the tables under it."""
        self.reviews = list_reviews(self.folder)
        self.tables = self.apply(self.machine, place_reviews(self.reviews, self.machine["articles"]))

    def _save(self, action: str, targets: list[dict], **told: object) -> None:
        append_reviews(self.folder, [make_annotation(action, targets, self.creator, **told)])
        self.refresh()

    def judge_finding(self, key: str, action: str, value: str | None = None, why: str | None = None) -> None:
        """Confirm or dismiss a finding, or change its kind or severity."""
        found = self.tables["disagreements"].set_index("disagreement_id").loc[key]
        sides = self.tables["disagreement_sides"].query("disagreement_id == @key")
        targets = [self._point_side(row) for row in sides.itertuples()]
        told = {"value": value, "was": found[action]} if action in ("kind", "severity") else {}
        self._save(action, targets, finding=self._name_finding(key, found), why=why, **told)

    def _point_side(self, row) -> dict:
        article = self.rows[row.article_id]
        silent = pd.isna(row.start)
        return (
            record_article(article, row.side)
            if silent
            else record_target(article, int(row.start), int(row.end), row.side)
        )

    def _name_finding(self, key: str, found: pd.Series) -> dict:
        """Name a finding by the kind that the machine gave it, whatever a review made of that."""
        own = self.tables["reviews"].query("disagreement_id == @key and action == 'kind'")
        kind = own["was"].dropna().iloc[0] if len(own["was"].dropna()) else found["kind"]
        return {"kind": kind, "severity": found["severity"], "what": found["explanation"]}

    def add_finding(
        self, kind: str, severity: str, what: str, sides: list[list[tuple[str, str]]], why: str | None = None
    ) -> None:
        """Add a finding that the machine missed; each side holds articles with quotations. Raises ReviewError."""
        targets = [
            self.point(article, quote, side)
            for side, places in zip("abcdefgh", sides, strict=False)
            for article, quote in places
        ]
        self._save(ADD_FINDING, targets, value={"kind": kind, "severity": severity, "what": what.strip()}, why=why)

    def point(self, article: str, quote: str, side: str = "a") -> dict:
        """Record the place of a quotation that stands once in an article. Raises ReviewError."""
        from helpers.readings.folding import fold

        text = Text(self.rows[article].text)
        wanted = fold(quote)[0].strip()
        places = text.find_all(wanted) if wanted else []
        if len(places) != 1:
            stands = "does not stand" if not places else f"stands {len(places)} times"
            raise ReviewError(f"the quotation {stands} in {article}: {quote!r}")
        return record_target(self.rows[article], *text.unfold(places[0]), side)

    def correct_claim(self, key: str, told: dict[str, object], why: str | None = None) -> list[str]:
        """Correct what is said of a claim: of `speaker, stance, modality, negated` those that differ; give their names."""
        claim = self.tables["claims"].set_index("claim_id").loc[key]
        had = {name: self.show_field(claim, name) for name in CLAIM_FIELDS}
        changed = {name: value for name, value in told.items() if value != had[name]}
        made = [
            make_annotation(
                name, [self._point_claim(claim)], self.creator, value=value, was=_say(had[name]), said_by=self._find_said_by(key), why=why
            )
            for name, value in changed.items()
        ]  # fmt: skip
        append_reviews(self.folder, made)
        self.refresh()
        return list(changed)

    def show_field(self, claim: pd.Series, name: str) -> object:
        """Give a field of a claim as the desk shows it: the speaker by the resolved name, nobody for the article itself."""
        if name == "speaker":
            told = claim["speaker_name"] if isinstance(claim["speaker_name"], str) else claim["speaker"]
            return told if isinstance(told, str) else None
        return bool(claim[name]) if name == "negated" else claim[name]

    def _point_claim(self, claim: pd.Series) -> dict:
        return record_target(self.rows[claim["article_id"]], int(claim["start"]), int(claim["end"]))

    def _find_said_by(self, key: str) -> object:
        """Say by whom the machine holds a claim to be said: by that a review tells it from others at its place."""
        claims = self.machine["claims"]
        said = claims.loc[claims["claim_id"] == key, "speaker"]
        return said.iloc[0] if len(said) and isinstance(said.iloc[0], str) else None

    def reject_claim(self, key: str, why: str | None = None) -> None:
        """Say that something is no claim."""
        claim = self.tables["claims"].set_index("claim_id").loc[key]
        self._save(NO_CLAIM, [self._point_claim(claim)], said_by=self._find_said_by(key), why=why)

    def add_claim(self, article: str, quote: str, told: dict[str, object], why: str | None = None) -> None:
        """Add a claim that the machine missed, at the place of a quotation. Raises ReviewError."""
        self._save(ADD_CLAIM, [self.point(article, quote)], value=told, why=why)

    def set_value(self, article: str, start: int, end: int, value: str | None, why: str | None = None) -> None:
        """Set the amount or date at a place. Raises ReviewError where it cannot be read."""
        if value is not None:
            read_value(value)
        was = self.rows[article].text[start:end]
        self._save("value", [record_target(self.rows[article], start, end)], value=value, was=was, why=why)

    def set_article(self, article: str, action: str, value: str, why: str | None = None) -> None:
        """Set the publisher or the date of publication of an article. Raises ReviewError."""
        had = self.tables["articles"].set_index("article_id").at[article, {"publisher": "source"}.get(action, action)]
        self._save(action, [record_article(self.rows[article])], value=value, was=_say(had), why=why)

    def relate_claims(self, one: str, other: str, action: str, why: str | None = None) -> None:
        """Say that two claims speak to one thing, or do not."""
        claims = self.tables["claims"].set_index("claim_id")
        self._save(f"{action} (claims)", [self._point_claim(claims.loc[key]) for key in (one, other)], why=why)

    def relate_names(self, one: str, other: str, action: str, why: str | None = None) -> None:
        """Say that two speakers, by their names, are one or are two."""
        claims = self.tables["claims"].dropna(subset=["source_start"])
        rows = [claims[claims["speaker_name"].eq(name)].iloc[0] for name in (one, other)]
        targets = [record_target(self.rows[row.article_id], int(row.source_start), int(row.source_end)) for row in rows]
        self._save(f"{action} (names)", targets, names=[one, other], why=why)

    def note(self, why: str, article: str | None = None, start: int | None = None, end: int | None = None) -> None:
        """Keep a note, at a place or of the story as a whole."""
        targets = [] if article is None or start is None else [record_target(self.rows[article], start, end)]
        self._save("note", targets, why=why)

    def withdraw(self, key: str) -> None:
        """Take a review back."""
        about = next(review.about for review in self.reviews if review.key == key)
        self._save(WITHDRAW, [], about=about, value=key)

    def undo(self) -> str | None:
        """Take the last review back that this person made and that stands; give what it did, or None."""
        states = self.tables["reviews"].set_index("review_id")["reason"]
        gone = {key for key, reason in states.items() if isinstance(reason, str) and reason.startswith("withdrawn")}
        own = [r for r in self.reviews if r.creator == self.creator and r.action != WITHDRAW and r.key not in gone]
        if not own:
            return None
        self.withdraw(own[-1].key)
        return own[-1].action


def _say(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else NOBODY if value is None else None if pd.isna(value) else str(value)[:10]
