"""The small forms beside the tables of the desk: what a person can do with the row that is chosen."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from helpers.desk.session import NOBODY, Session
from helpers.reviews.form import DIFFERENT, SAME
from helpers.tables import DISAGREEMENT_KINDS, MODALITIES, SEVERITIES, STANCES

WIDE = widgets.Layout(width="98%")
Do = Callable[[Callable[[], object], str], None]  # does something, tells what was done or why it could not be


def _button(label: str, act: Callable[[], None], style: str = "", hint: str = "") -> widgets.Button:
    button = widgets.Button(
        description=label, button_style=style, tooltip=hint or label, layout=widgets.Layout(width="auto")
    )
    button.on_click(lambda _: act())
    return button


def _choice(label: str, options: tuple, value: object = None) -> widgets.Dropdown:
    style = {"description_width": "70px"}
    return widgets.Dropdown(
        description=label, options=list(options), value=value or options[0], style=style, layout=WIDE
    )


def _line(label: str, hint: str = "") -> widgets.Text:
    return widgets.Text(description=label, placeholder=hint, style={"description_width": "70px"}, layout=WIDE)


class FindingForm:
    """Confirm, dismiss, change, or add a finding."""

    def __init__(self, session: Session, chosen: Callable[[], str | None], do: Do):
        self.session, self.chosen, self.do = session, chosen, do
        self.why = _line("why", "a reason, if you like")
        self.kind, self.severity = _choice("kind", DISAGREEMENT_KINDS), _choice("weight", SEVERITIES)
        self.what = _line("sentence", "what differs, in one plain sentence")
        self.new_kind, self.new_severity = _choice("kind", DISAGREEMENT_KINDS), _choice("weight", SEVERITIES)
        self.sides = [
            (_choice("article", tuple(session.rows)), _line(f"side {side}", "its words, to the letter"))
            for side in "ab"
        ]
        missed = widgets.VBox(
            [self.what, self.new_kind, self.new_severity, *[part for side in self.sides for part in side],
             _button("Add finding", self.add, "primary")]
        )  # fmt: skip
        fold = widgets.Accordion(children=[missed], selected_index=None)
        fold.set_title(0, "A finding that the machine missed")
        verdicts = widgets.HBox(
            [_button("Confirm (c)", lambda: self.judge("confirm"), "success"), _button("Dismiss (d)", lambda: self.judge("dismiss"), "warning")]
        )  # fmt: skip
        change = widgets.VBox([self.kind, self.severity, _button("Change kind or weight", self.change)])
        note = _button("Keep «why» as a note", self.note)
        self.widget = widgets.VBox([verdicts, self.why, change, note, fold])

    def show(self, key: str | None) -> None:
        """Show what the chosen finding has now."""
        if key is not None:
            found = self.session.tables["disagreements"].set_index("disagreement_id").loc[key]
            self.kind.value, self.severity.value = found["kind"], found["severity"]

    def judge(self, action: str) -> None:
        """Confirm or dismiss the chosen finding."""
        key = self.chosen()
        if key is not None:
            self.do(lambda: self.session.judge_finding(key, action, why=self.why.value or None), f"{action}ed")

    def change(self) -> None:
        """Change kind or weight of the chosen finding, as far as they differ."""
        key = self.chosen()
        if key is None:
            return
        found = self.session.tables["disagreements"].set_index("disagreement_id").loc[key]
        for name, field in (("kind", self.kind), ("severity", self.severity)):
            value = field.value
            if value != found[name]:
                self.do(
                    lambda name=name, value=value: self.session.judge_finding(key, name, value, self.why.value or None),
                    f"{name}: {value}",
                )

    def note(self) -> None:
        """Keep the reason as a note, at the first place of the chosen finding."""
        sides = self.session.tables["disagreement_sides"].query(
            "disagreement_id == @key", local_dict={"key": self.chosen()}
        )
        place = sides.dropna(subset=["start"]).head(1).to_dict("records")
        where = [place[0]["article_id"], int(place[0]["start"]), int(place[0]["end"])] if place else []
        if self.why.value.strip():
            self.do(lambda: self.session.note(self.why.value, *where), "noted")

    def add(self) -> None:
        """Add a finding that the machine missed."""
        sides = [[(article.value, quote.value)] for article, quote in self.sides]
        self.do(
            lambda: self.session.add_finding(
                self.new_kind.value, self.new_severity.value, self.what.value, sides, self.why.value or None
            ),
            "finding added",
        )


class ClaimForm:
    """Correct, reject or add a claim, set two side by side, correct a value in one."""

    def __init__(self, session: Session, chosen: Callable[[], str | None], do: Do):
        self.session, self.chosen, self.do, self.first = session, chosen, do, None
        names = sorted(session.tables["claims"]["speaker_name"].dropna().unique())
        self.speaker = widgets.Combobox(
            description="speaker",
            options=[NOBODY, *names],
            ensure_option=False,
            style={"description_width": "70px"},
            layout=WIDE,
        )
        self.stance, self.modality = _choice("stance", STANCES), _choice("modality", MODALITIES)
        self.negated = widgets.Checkbox(description="the statement itself is negated", indent=False)
        self.why = _line("why", "a reason, if you like")
        self.value, self.as_value = (
            _line("value", "words of it, such as 15 people"),
            _line("means", "163 passengers; empty: no value"),
        )
        self.article, self.quote = (
            _choice("article", tuple(session.rows)),
            _line("words", "the statement, to the letter"),
        )
        self.kept = widgets.HTML("")
        pair = widgets.HBox(
            [
                _button("Remember", self.remember),
                _button("Same as it", lambda: self.relate(SAME)),
                _button("Different", lambda: self.relate(DIFFERENT)),
            ]
        )
        values = widgets.VBox([self.value, self.as_value, _button("Set value", self.set_value)])
        missed = widgets.VBox([self.article, self.quote, _button("Add claim", self.add, "primary")])
        fold = widgets.Accordion(children=[widgets.VBox([pair, self.kept]), values, missed], selected_index=None)
        for number, title in enumerate(
            ("With another claim", "An amount or date in it", "A claim that the machine missed")
        ):
            fold.set_title(number, title)
        act = widgets.HBox(
            [_button("Correct", self.correct, "success"), _button("Not a claim (d)", self.reject, "warning")]
        )
        self.widget = widgets.VBox([self.speaker, self.stance, self.modality, self.negated, self.why, act, fold])

    def _find(self, key: str):
        return self.session.tables["claims"].set_index("claim_id").loc[key]

    def show(self, key: str | None) -> None:
        """Show what the chosen claim has now."""
        if key is None:
            return
        claim = self._find(key)
        self.speaker.value = self.session.show_field(claim, "speaker") or NOBODY
        self.stance.value, self.modality.value, self.negated.value = (
            claim["stance"],
            claim["modality"],
            bool(claim["negated"]),
        )

    def read(self) -> dict[str, object]:
        """Read what the form says of a claim."""
        name = self.speaker.value.strip()
        speaker = None if name in ("", NOBODY) else name
        return {
            "speaker": speaker,
            "stance": self.stance.value,
            "modality": self.modality.value,
            "negated": self.negated.value,
        }

    def correct(self) -> None:
        """Correct the chosen claim in what the form has otherwise."""
        key, told = self.chosen(), self.read()
        if key is not None:
            self.do(lambda: self.session.correct_claim(key, told, self.why.value or None), "corrected")

    def reject(self) -> None:
        """Say that the chosen row is no claim."""
        key = self.chosen()
        if key is not None:
            self.do(lambda: self.session.reject_claim(key, self.why.value or None), "not a claim")

    def add(self) -> None:
        """Add a claim that the machine missed, with what the form says of it."""
        self.do(
            lambda: self.session.add_claim(self.article.value, self.quote.value, self.read(), self.why.value or None),
            "claim added",
        )

    def remember(self) -> None:
        """Remember the chosen claim, to set another beside it."""
        self.first = self.chosen()
        self.kept.value = "remembered; now choose another" if self.first else ""

    def relate(self, action: str) -> None:
        """Say how the chosen claim stands to the one that was remembered."""
        one, other = self.first, self.chosen()
        if one and other and one != other:
            self.do(lambda: self.session.relate_claims(one, other, action, self.why.value or None), action)

    def set_value(self) -> None:
        """Set the value of some words of the chosen claim."""
        key = self.chosen()
        claim = None if key is None else self._find(key)
        at = -1 if claim is None or not self.value.value else claim["text"].find(self.value.value)
        if at >= 0:
            start = int(claim["start"]) + at
            end, means = start + len(self.value.value), self.as_value.value.strip() or None
            self.do(
                lambda: self.session.set_value(claim["article_id"], start, end, means, self.why.value or None),
                "value set",
            )


class SpeakerForm:
    """Say that two names are one person, or two."""

    def __init__(self, session: Session, chosen: Callable[[], str | None], do: Do):
        self.session, self.chosen, self.do, self.first = session, chosen, do, None
        self.kept = widgets.HTML("")
        acts = [
            _button("Remember", self.remember),
            _button("Same as it", lambda: self.relate(SAME), "success"),
            _button("Different", lambda: self.relate(DIFFERENT), "warning"),
        ]
        self.widget = widgets.VBox([widgets.HBox(acts), self.kept])

    def show(self, key: str | None) -> None:
        """Show whose name is remembered."""
        self.kept.value = "" if self.first is None else "a name is remembered; choose another"

    def remember(self) -> None:
        """Remember the chosen name, to set another beside it."""
        self.first = self.chosen()
        self.show(self.first)

    def relate(self, action: str) -> None:
        """Say how the chosen name stands to the one that was remembered."""
        one, other = self.first, self.chosen()
        if one and other and one != other:
            self.do(lambda: self.session.relate_names(one, other, action), action)


class ArticleForm:
    """Set who published an article, and when."""

    def __init__(self, session: Session, chosen: Callable[[], str | None], do: Do):
        self.session, self.chosen, self.do = session, chosen, do
        self.publisher, self.published = _line("publisher"), _line("published", "2024, 2024-05 or 2024-05-31")
        self.widget = widgets.VBox([self.publisher, self.published, _button("Set", self.set, "success")])

    def show(self, key: str | None) -> None:
        """Show what the chosen article has now."""
        if key is not None:
            row = self.session.tables["articles"].set_index("article_id").loc[key]
            self.publisher.value = row["source"] if isinstance(row["source"], str) else ""
            self.published.value = (
                "" if row["published"] is None or str(row["published"]) == "NaT" else str(row["published"])[:10]
            )

    def set(self) -> None:
        """Set publisher and date, as far as they were changed."""
        key = self.chosen()
        if key is None:
            return
        row = self.session.tables["articles"].set_index("article_id").loc[key]
        had = {
            "publisher": row["source"] if isinstance(row["source"], str) else "",
            "published": str(row["published"])[:10].replace("NaT", ""),
        }
        for name, field in (("publisher", self.publisher), ("published", self.published)):
            value = field.value.strip()
            if value and value != had[name]:
                self.do(lambda name=name, value=value: self.session.set_article(key, name, value), f"{name}: {value}")


class ReviewForm:
    """Take a review back."""

    def __init__(self, session: Session, chosen: Callable[[], str | None], do: Do):
        self.session, self.chosen, self.do = session, chosen, do
        self.widget = widgets.VBox([_button("Withdraw this review", self.withdraw, "warning")])

    def show(self, key: str | None) -> None:
        """Show nothing more of a review than its row."""

    def withdraw(self) -> None:
        """Withdraw the chosen review."""
        key = self.chosen()
        if key is not None:
            self.do(lambda: self.session.withdraw(key), "withdrawn")
