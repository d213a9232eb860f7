"""A table on the desk that can be searched and sorted, and knows which row is chosen by its id."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from itables.widget import ITable

LOOKS = {
    "select": "single", "maxBytes": 0, "paging": False, "showIndex": False, "order": [],
    "layout": {"topStart": "search", "topEnd": "info", "bottomStart": None, "bottomEnd": None}, "autoWidth": False,
    "columnDefs": [{"className": "dt-left", "targets": "_all"}],
}  # fmt: skip


class Board:
    """A table with one chosen row; `tell` is called whenever another is chosen."""

    def __init__(self, rows: pd.DataFrame, tell: Callable[[], None]):
        self.rows = rows
        self.tell = tell
        self.widget = ITable(rows.reset_index(drop=True), **LOOKS)
        self.widget.observe(lambda change: self.tell(), names="selected_rows")

    @property
    def chosen(self) -> str | None:
        """The id of the chosen row; None where none is."""
        places = self.widget.selected_rows
        return self.rows.index[places[0]] if places and places[0] < len(self.rows) else None

    def choose(self, key: str | None) -> None:
        """Choose a row by its id, or none."""
        places = [] if key is None or key not in self.rows.index else [int(self.rows.index.get_loc(key))]
        if places != self.widget.selected_rows:
            self.widget.selected_rows = places

    def move(self, step: int) -> None:
        """Choose the next row, or the one before."""
        place = self.rows.index.get_loc(self.chosen) + step if self.chosen is not None else 0
        if len(self.rows):
            self.choose(self.rows.index[min(max(place, 0), len(self.rows) - 1)])

    def renew(self, rows: pd.DataFrame) -> None:
        """Show other rows; the row that was chosen stays chosen where it is still there."""
        key = self.chosen
        self.rows = rows
        places = [int(rows.index.get_loc(key))] if key in rows.index else []
        self.widget.update(rows.reset_index(drop=True), selected_rows=places, **LOOKS)
