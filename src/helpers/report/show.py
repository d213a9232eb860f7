"""Tables as a notebook shows them: article text literal and whole, whatever it holds."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.language.invisible import mark_invisible


class ShownTable:
    """A few rows of a table for a reader; see `show_table`."""

    def __init__(self, frame: pd.DataFrame, total: int):
        self.frame = frame
        self.total = total

    def _note(self) -> str:
        return f"{len(self.frame):,} of {self.total:,} rows" if len(self.frame) < self.total else ""

    def _repr_html_(self) -> str:
        with pd.option_context("display.html.use_mathjax", False, "display.max_colwidth", None):
            html = self.frame.to_html(index=False, escape=True, border=0, na_rep="", justify="left")
        for cell in ("th", "td"):  # the notebook's own style sets cells to the right
            html = html.replace(f"<{cell}>", f'<{cell} style="text-align: left">')
        return html + (f"<p>{self._note()}</p>" if self._note() else "")

    def __repr__(self) -> str:
        with pd.option_context("display.max_colwidth", 60, "display.width", 160):
            return "\n".join(filter(None, [self.frame.to_string(index=False, na_rep=""), self._note()]))


def show_table(frame: pd.DataFrame, columns: Sequence[str] | None = None, rows: int = 12) -> ShownTable:
    """Show the first `rows` rows of `columns` (all by default): escaped, never typeset as mathematics, dates as days."""
    shown = frame[list(columns) if columns else list(frame.columns)].head(rows).copy()
    for column in shown:
        if pd.api.types.is_datetime64_any_dtype(shown[column]):
            shown[column] = shown[column].dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(shown[column]):
            shown[column] = shown[column].map(lambda cell: mark_invisible(str(cell)), na_action="ignore")
    return ShownTable(shown.astype(object).where(shown.notna(), ""), len(frame))
