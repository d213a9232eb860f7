"""Drawings of the report's page: SVG whose marks stretch with the page while its words keep their size.

Positions are percentages across and pixels down, so a phone gets the same drawing with the same legible labels; colours
come from the page's style sheet, so that they follow dark mode and print. Every mark has its words as a title.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

LANE = 46  # pixels a lane
SPREAD = 4.0  # how many times longer the axis would be with the early stragglers than without
STRAGGLERS = 0.75  # share of the marks that may be set apart as background before the story's own days
EARLY = 20.0  # per cent of the width that early marks get
ROOM = {"D": 7, "MS": 5, "YS": 8}  # ticks that a phone has room for
# Written out, so that no locale can change a report.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """A stretch of a lane in per cent of the width, and what it stands for."""

    start: float
    end: float
    title: str
    open_end: bool = False


def draw_lanes(
    lanes: list[tuple[str, list[Bar]]], ticks: list[tuple[float, str]], alt: str, dots: bool = True
) -> Markup:
    """Draw one lane a label, its bars, and ticks (per cent, label) above; dots make short bars visible."""
    height = 26 + LANE * len(lanes)
    parts = []
    for place, label in ticks:
        anchor = "start" if place < 6 else "end" if place > 94 else "middle"
        parts.append(
            Markup(
                '<line class="grid" x1="{0}%" x2="{0}%" y1="20" y2="{1}"/><text class="tick" x="{0}%" y="13" text-anchor="{2}">{3}</text>'
            ).format(_round(place), height, anchor, label)
        )
    for number, (label, bars) in enumerate(lanes):
        top = 26 + LANE * number
        parts.append(Markup('<text class="lane" x="0" y="{}">{}</text>').format(top + 14, label))
        parts.append(Markup('<rect class="track" x="0" width="100%" y="{}" height="12"/>').format(top + 22))
        parts += [_draw_bar(bar, top + 22, dots) for bar in bars]
    return Markup('<svg class="drawing" role="img" aria-label="{}" width="100%" height="{}">{}</svg>').format(
        alt, height, Markup("").join(parts)
    )


def _draw_bar(bar: Bar, top: int, dots: bool) -> Markup:
    middle = (bar.start + bar.end) / 2
    dot = Markup('<circle class="dot" cx="{}%" cy="{}" r="5"/>').format(_round(middle), top + 6) if dots else ""
    return Markup('<g><title>{}</title><rect class="bar" x="{}%" width="{}%" y="{}" height="12"/>{}</g>').format(
        bar.title, _round(bar.start), _round(max(0.4, bar.end - bar.start)), top, dot
    )


def draw_value(low: float, high: float, most: float) -> Markup:
    """Draw a value as a bar up to its lower bound and a paler one up to its upper bound, `most` being the full width."""
    sure, open_to = (min(100.0, 100 * value / most) if most else 0.0 for value in (low, high))
    return Markup(
        '<svg class="value" aria-hidden="true" width="100%" height="12"><rect class="track" width="100%" height="12"/>'
        '<rect class="maybe" width="{}%" height="12"/><rect class="bar" width="{}%" height="12"/></svg>'
    ).format(_round(max(open_to, sure, 0.6)), _round(sure))


def draw_count(count: int, most: int) -> Markup:
    """Draw a count as a disc whose area grows with it, the number inside; the words stand beside it for those who listen."""
    radius = 9 + 9 * (count / most) ** 0.5 if most else 9
    return Markup(
        '<svg class="count" aria-hidden="true" viewBox="0 0 40 40" width="40" height="40"><circle class="disc" cx="20" cy="20" r="{}"/>'
        '<text x="20" y="25" text-anchor="middle">{}</text></svg>'
    ).format(_round(radius), count)


def _round(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class TimeAxis:
    """Maps days to per cent of the width; what lies long before the story's own days is folded together on the left."""

    def __init__(self, starts: pd.Series, ends: pd.Series):
        order = starts.sort_values().reset_index(drop=True)
        self.earliest = order.iloc[0]
        self.last = ends.max() + pd.Timedelta(days=1)
        self.first = order.iloc[0]
        for number in range(1, int(len(order) * STRAGGLERS) + 1):
            if (self.last - order.iloc[0]) > SPREAD * (self.last - order.iloc[number]):
                self.first = order.iloc[number]
        self.has_early = self.first > order.iloc[0]

    def place(self, day: pd.Timestamp) -> float:
        """Give the place of a day in per cent."""
        begin = EARLY if self.has_early else 0.0
        if day < self.first:
            return 1.0 + (EARLY - 4.0) * ((day - self.earliest) / max(self.first - self.earliest, pd.Timedelta(days=1)))
        return begin + (100 - begin) * ((day - self.first) / max(self.last - self.first, pd.Timedelta(days=1)))

    def span(self, start: pd.Timestamp, end: pd.Timestamp) -> tuple[float, float]:
        """Give the two ends of an interval of days, both included."""
        first = self.place(start)
        return first, max(first, self.place(end + pd.Timedelta(days=1)))

    def ticks(self) -> list[tuple[float, str]]:
        """Give ticks on round days, months or years, as many as a phone has room for, and one for the early dates."""
        days = (self.last - self.first).days
        choices = [("D", 1), ("D", 2), ("D", 7), ("D", 14), ("MS", 1), ("MS", 2), ("MS", 3), ("MS", 6)]
        choices += [("YS", n) for n in (1, 2, 5, 10, 20, 50, 100, 200)]
        lengths = {"D": 1, "MS": 30.4, "YS": 365.25}
        unit, step = next(((u, n) for u, n in choices if days / (lengths[u] * n) < ROOM[u]), choices[-1])
        found = pd.date_range(_floor(self.first, unit, step), self.last, freq=f"{step}{unit}")
        shown = [(self.place(day), _name_tick(day, unit)) for day in found if day >= self.first]
        if not shown:
            shown = [(self.place(self.first), _name_tick(self.first, "D"))]
        return [*([(0.0, "earlier")] if self.has_early else []), *shown]


def _floor(day: pd.Timestamp, unit: str, step: int) -> pd.Timestamp:
    if unit == "D":
        return day
    if unit == "MS":
        return pd.Timestamp(day.year, 1 + (day.month - 1) // step * step, 1)
    return pd.Timestamp(max(1700, day.year // step * step), 1, 1)


def _name_tick(day: pd.Timestamp, unit: str) -> str:
    month = MONTHS[day.month - 1][:3]
    return {"D": f"{day.day} {month}", "MS": f"{month} {day.year}", "YS": f"{day.year}"}[unit]


def name_days(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Name an interval of days as a reader would: «3 March 2025», «August 2013», «2011», «1 to 7 May 2018»."""
    after = end + pd.Timedelta(days=1)
    if start == end:
        return _name_parts(start, "dmy")
    parts = "y" if (start.month, start.day, after.month, after.day) == (1, 1, 1, 1) else "my"
    parts = parts if start.day == after.day == 1 else "dmy"
    last = _name_parts(end, parts)
    if parts != "dmy" and _name_parts(start, parts) == last:
        return last
    same_year, same_month = start.year == end.year, (start.year, start.month) == (end.year, end.month)
    kept = {"dmy": "d" if same_month else "dm" if same_year else "dmy", "my": "m" if same_year else "my"}.get(
        parts, "y"
    )
    return f"{_name_parts(start, kept)} to {last}"


def _name_parts(day: pd.Timestamp, parts: str) -> str:
    words = {"d": str(day.day), "m": MONTHS[day.month - 1], "y": str(day.year)}
    return " ".join(words[part] for part in parts)
