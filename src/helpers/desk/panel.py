"""The desk itself: tables to search and sort, beside them the passage and a small form; each review is saved at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import NamedTuple

import ipywidgets as widgets
import pandas as pd

from helpers.desk import lists
from helpers.desk.board import Board
from helpers.desk.forms import ArticleForm, ClaimForm, FindingForm, ReviewForm, SpeakerForm
from helpers.desk.keys import KEYS, Keys
from helpers.desk.passages import Shown, show_claim, show_finding, show_places
from helpers.desk.session import Session, Tables
from helpers.desk.still import set_still
from helpers.reviews.form import ReviewError
from helpers.reviews.listing import count_reviewed

STYLE = """<style>
.synoptic-desk { font: 14px/1.45 system-ui, sans-serif; }
.synoptic-passage { border-left: 3px solid #1a4f8b; padding: 0 .8em; max-height: 34vh; overflow: auto; }
.synoptic-passage blockquote { margin: .2em 0 .8em; padding: 0; border: 0; font: 15px/1.5 Georgia, serif; }
.synoptic-passage mark { background: #fff3bf; color: #1b1f23; padding: 0 .1em; }
.synoptic-passage .synoptic-head { font-weight: 600; margin: .4em 0 0; opacity: .8; }
.synoptic-desk .jupyter-widgets { max-width: 100%; }
.synoptic-board { max-height: 74vh; overflow: auto; }
.synoptic-desk table.dataTable { width: 100% !important; margin: 0 !important; table-layout: auto; }
.synoptic-desk table.dataTable th, .synoptic-desk table.dataTable td { text-align: left !important; white-space: normal; vertical-align: top; max-width: none; }
.synoptic-desk table.dataTable thead th { position: sticky; top: 0; background: var(--jp-layout-color1, #fff); z-index: 1; }
</style>"""


class Sheet(NamedTuple):
    """One kind of thing on the desk: its table, its form, and how its passage is shown."""

    list: Callable[[Tables], pd.DataFrame]
    form: type
    show: Callable[[Tables, str], str]


def _show_speaker(tables: Tables, name: str) -> str:
    said = tables["claims"][tables["claims"]["speaker_name"].eq(name)].head(4)
    return show_places(
        tables,
        [
            Shown(row.article_id, int(row.start), int(row.end), f"{row.speaker} {row.stance}")
            for row in said.itertuples()
        ],
    )


def _show_article(tables: Tables, key: str) -> str:
    return show_places(tables, [Shown(key, 0, 0, "its beginning")])


def _show_review(tables: Tables, key: str) -> str:
    row = tables["reviews"].set_index("review_id").loc[key]
    return (
        show_places(tables, [Shown(row["article_id"], int(row["start"]), int(row["end"]), row["action"])])
        if pd.notna(row["start"])
        else ""
    )


SHEETS = {
    "Findings": Sheet(lists.list_findings, FindingForm, show_finding),
    "Claims": Sheet(lists.list_claims, ClaimForm, show_claim),
    "Speakers": Sheet(lists.list_speakers, SpeakerForm, _show_speaker),
    "Articles": Sheet(lists.list_articles, ArticleForm, _show_article),
    "Reviews": Sheet(lists.list_reviews, ReviewForm, _show_review),
}


class Desk:
    """The desk of a story; a notebook shows it where widgets work, and its tables as they stand where they do not."""

    def __init__(self, session: Session):
        self.session = session
        self.status = widgets.HTML()
        self.name = widgets.Text(description="You are", value=session.creator, layout=widgets.Layout(width="260px"))
        self.name.observe(lambda change: setattr(session, "creator", change["new"].strip() or "analyst"), names="value")
        self.keys = Keys()
        self.keys.on_msg(lambda _, content, buffers: self.press(content.get("key")))
        self.boards, self.forms, self.passages = {}, {}, {}
        self.tabs = widgets.Tab([self._lay_out(name, sheet) for name, sheet in SHEETS.items()], titles=list(SHEETS))
        undo = widgets.Button(description="Undo my last (u)", layout=widgets.Layout(width="auto"))
        undo.on_click(lambda _: self.undo())
        head = widgets.HBox(
            [self.name, undo, self.status], layout=widgets.Layout(align_items="center", flex_flow="row wrap")
        )
        self.widget = widgets.VBox([widgets.HTML(STYLE), head, self.tabs, self.keys])
        self.widget.add_class("synoptic-desk")
        self._tell("")

    def _lay_out(self, name: str, sheet: Sheet) -> widgets.Widget:
        board = Board(sheet.list(self.session.tables), lambda: self.show(name))
        form = sheet.form(self.session, lambda: board.chosen, self.do)
        passage = widgets.HTML("<p>Choose a row.</p>").add_class("synoptic-passage")
        self.boards[name], self.forms[name], self.passages[name] = board, form, passage
        left = widgets.Box([board.widget], layout=widgets.Layout(flex="3 1 420px", min_width="0")).add_class(
            "synoptic-board"
        )
        right = widgets.VBox([passage, form.widget], layout=widgets.Layout(flex="2 1 340px", min_width="0"))
        return widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap"))

    @property
    def sheet(self) -> str:
        """The name of the sheet that lies on top."""
        return list(SHEETS)[self.tabs.selected_index or 0]

    def show(self, name: str) -> None:
        """Show the passage of the chosen row, and what the form has to say of it."""
        key = self.boards[name].chosen
        self.passages[name].value = (
            "<p>Choose a row.</p>" if key is None else SHEETS[name].show(self.session.tables, key)
        )
        self.forms[name].show(key)

    def press(self, key: str) -> None:
        """Do what a key stands for."""
        board, form = self.boards[self.sheet], self.forms[self.sheet]
        action = KEYS.get(key)
        if action in ("next", "previous"):
            board.move(1 if action == "next" else -1)
        elif action == "undo":
            self.undo()
        elif action in ("confirm", "dismiss") and isinstance(form, FindingForm):
            form.judge(action)
        elif action == "dismiss" and isinstance(form, ClaimForm):
            form.reject()

    def undo(self) -> None:
        """Take back the last review of whoever sits here."""
        self.do(lambda: self.session.undo() or "nothing", "undone")

    def do(self, act: Callable[[], object], told: str) -> None:
        """Do something that is saved, make the tables anew, and say how that went."""
        started = time.monotonic()
        try:
            act()
        except ReviewError as error:
            self._tell(f"not saved: {error}")
            return
        for form in self.forms.values():
            if hasattr(form, "why"):
                form.why.value = ""
        for name, sheet in SHEETS.items():
            self.boards[name].renew(sheet.list(self.session.tables))
        self.show(self.sheet)
        self._tell(f"{told}, saved; all made anew in {time.monotonic() - started:.1f} s")

    def _tell(self, what: str) -> None:
        found = self.session.tables["disagreements"]
        reviewed = sum(count_reviewed(found).values())
        orphans = int(self.session.tables["reviews"]["state"].eq("orphan").sum())
        lost = f" · <b>{orphans} reviews have lost their place</b>" if orphans else ""
        self.status.value = (
            f"<b>{len(found)} findings, {reviewed} reviewed</b>{lost}{f' · {escape(what)}' if what else ''}"
        )

    def _repr_mimebundle_(self, **wishes: object) -> tuple[dict, dict] | dict:
        shown = self.widget._repr_mimebundle_(**wishes)
        data, beside = shown if isinstance(shown, tuple) else (shown, {})
        return {**data, "text/html": set_still(self.session.tables), "text/plain": repr(self)}, beside

    def __repr__(self) -> str:
        found = self.session.tables["disagreements"]
        return f"The desk: {len(found)} findings, {sum(count_reviewed(found).values())} reviewed"


def open_desk(
    folder: Path, machine: Tables, apply: Callable[[Tables, pd.DataFrame], Tables], reviewer: str = ""
) -> Desk:
    """Open the desk of a story whose own folder is `folder`; see `Session`."""
    return Desk(Session(folder, machine, apply, reviewer or "analyst"))
