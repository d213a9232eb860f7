"""What each figure shows, laid out once for notebook and page: lanes of bars on an axis, and a grid of counts.

Dates that are known stand on an axis of years, months or days. Where an article gives a day without a year, or a weekday
without a date, these stand on axes of their own: they tell the order of what happened all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from helpers.language.units import in_base_unit, is_measure
from helpers.mentions.values.registry import find_kind, list_amounts
from helpers.report.drawn.page_drawings import Bar, TimeAxis, name_days
from helpers.report.show import mark_invisible
from helpers.store.publishers import name_sources

FEWEST = 3  # days without a year, or weekdays without a date, that are worth an axis
NOTHING_APART = "No two sources give different amounts of one thing."
ANY_YEAR = 2000  # a leap year, in whose place no year is shown
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATED, UNDATED, WEEKDAYS = "dates that are known", "days whose year is not known", "weekdays whose date is not known"


@dataclass(frozen=True)
class Mark:
    """One mark of a lane: where it lies in its article, the claim around it, its bar, its name, and whether it is background."""

    article_id: str
    claim_id: str
    start: int
    end: int
    bar: Bar
    name: str
    background: bool = False


@dataclass(frozen=True)
class Lanes:
    """A figure of lanes, one a source: what it shows, its ticks (per cent, label), its marks in order."""

    heading: str
    ticks: list[tuple[float, str]]
    marks: list[Mark]
    labels: dict[str, str] = field(default_factory=dict)

    def list_lanes(self) -> list[tuple[str, list[Bar]]]:
        """List the lanes that have a mark: label and bars, in the order of the sources."""
        held = {mark.article_id for mark in self.marks}
        return [
            (label, [mark.bar for mark in self.marks if mark.article_id == article])
            for article, label in self.labels.items()
            if article in held
        ]


def number_sources(articles: pd.DataFrame) -> dict[str, str]:
    """Give each article its number and name, as every lane is labelled."""
    names = name_sources(articles)
    numbers = {article: number for number, article in enumerate(articles["article_id"], 1)}
    return {article: mark_invisible(f"{numbers[article]}  {names[article]}") for article in numbers}


def lay_out_timeline(timeline: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame) -> list[Lanes]:
    """Lay out when things happened: the dates that are known, days whose year is not, weekdays whose date is not."""
    labels = number_sources(articles)
    found = [_lay_out_dated(timeline, labels)] if len(timeline) else []
    partial = mentions[(mentions["kind"] == "date") & mentions["partial"].notna() & mentions["date_start"].isna()]
    partial = partial[partial["article_id"].isin(labels)].drop_duplicates(["article_id", "start", "end"])
    week = partial["partial"].str.fullmatch(r"XXXX-WXX-[1-7]")
    days = partial["partial"].str.fullmatch(r"XXXX-\d\d(?:-\d\d)?")
    found += [_lay_out_undated(partial[days], labels)] if int(days.sum()) >= FEWEST else []
    return found + ([_lay_out_week(partial[week], labels)] if int(week.sum()) >= FEWEST else [])


def _lay_out_dated(timeline: pd.DataFrame, labels: dict[str, str]) -> Lanes:
    axis = TimeAxis(timeline["date_start"], timeline["date_end"])
    marks = []
    for row in timeline.itertuples():
        name = name_days(row.date_start, row.date_end)
        bar = Bar(*axis.span(row.date_start, row.date_end), f"{name}: {mark_invisible(row.event)}")
        background = row.date_end < axis.first
        marks.append(Mark(row.article_id, row.claim_id, int(row.start), int(row.end), bar, name, background))
    return Lanes(DATED, axis.ticks(), marks, labels)


def _lay_out_undated(mentions: pd.DataFrame, labels: dict[str, str]) -> Lanes:
    starts = pd.to_datetime(
        mentions["partial"].str.replace("XXXX", str(ANY_YEAR)).where(lambda p: p.str.len() > 7, lambda p: p + "-01"),
        errors="coerce",
    )
    ends = starts.where(mentions["partial"].str.len() > 7, starts + pd.offsets.MonthEnd(0))
    whole = mentions.assign(date_start=starts, date_end=ends).dropna(subset=["date_start"])
    whole = whole.sort_values(["date_start", "date_end", "article_id", "start"], kind="stable")
    axis = TimeAxis(whole["date_start"], whole["date_end"])
    marks = []
    for row in whole.itertuples():
        name = name_days(row.date_start, row.date_end).removesuffix(f" {ANY_YEAR}")
        bar = Bar(*axis.span(row.date_start, row.date_end), f"{name}: {mark_invisible(row.text)}")
        marks.append(
            Mark(row.article_id, row.claim_id, int(row.start), int(row.end), bar, name, row.date_end < axis.first)
        )
    ticks = [(place, label.removesuffix(f" {ANY_YEAR}")) for place, label in axis.ticks()]
    return Lanes(UNDATED, ticks, marks, labels)


def _lay_out_week(mentions: pd.DataFrame, labels: dict[str, str]) -> Lanes:
    whole = mentions.assign(day=mentions["partial"].str[-1].astype(int)).sort_values(
        ["day", "article_id", "start"], kind="stable"
    )
    marks = [
        Mark(row.article_id, row.claim_id, int(row.start), int(row.end), Bar((row.day - 1) * 100 / 7, row.day * 100 / 7, mark_invisible(row.text)), WEEK[row.day - 1])
        for row in whole.itertuples()
    ]  # fmt: skip
    return Lanes(WEEKDAYS, [((number + 0.5) * 100 / 7, day[:3]) for number, day in enumerate(WEEK)], marks, labels)


def lay_out_shared_text(text_reuse: pd.DataFrame, articles: pd.DataFrame) -> Lanes:
    """Lay out where in each article its shared passages lie, from its start to its end."""
    labels, names = number_sources(articles), name_sources(articles)
    lengths = dict(zip(articles["article_id"], articles["n_chars"], strict=True))
    marks = []
    for row in text_reuse.itertuples():
        for own, start, end, other in (
            (row.article_a, row.start_a, row.end_a, row.article_b),
            (row.article_b, row.start_b, row.end_b, row.article_a),
        ):
            whole = max(1, lengths[own])
            bar = Bar(100 * start / whole, 100 * end / whole, f"also in {mark_invisible(names[other])}")
            marks.append(Mark(own, "", int(start), int(end), bar, names[other]))
    return Lanes("shared passages", [(0.0, "start of the article"), (100.0, "end")], marks, labels)


@dataclass(frozen=True)
class Amounts:
    """What several sources give of one thing, and not alike: its heading, and the rows of `overviews.list_amounts`."""

    heading: str
    rows: pd.DataFrame


def group_amounts(amounts: pd.DataFrame) -> tuple[list[Amounts], pd.DataFrame]:
    """Group amounts by what they measure: those that at least two sources give differently, and all the others.

    Only what measures one thing shares an axis: counts by their noun, sums and lengths by what they are of.
    """
    keys = [_name_measure(row) for row in amounts.itertuples()]
    keyed = amounts.assign(key=pd.Series(keys, index=amounts.index, dtype=object))
    order = [kind.name for kind in list_amounts()]
    found = []
    for (kind, key), rows in keyed[keyed["key"].notna()].groupby(["kind", "key"], sort=True):
        values = rows.drop_duplicates(["low", "high", "value"])
        if len(values) > 1 and rows["article_id"].nunique() > 1 and rows["high"].max() > 0:
            heading = f"{find_kind(kind).heading}: {mark_invisible(key[1])}"
            found.append((-rows["article_id"].nunique(), order.index(kind), heading, Amounts(heading, rows)))
    groups = [group for *_, group in sorted(found, key=lambda item: item[:3])]
    taken = {index for group in groups for index in group.rows.index}
    return groups, amounts[~amounts.index.isin(taken)]


def _name_measure(row) -> tuple[str, str] | None:
    """Name the unit and the thing that an amount measures; None where its words do not say."""
    unit = row.unit if isinstance(row.unit, str) else ""
    if row.kind == "quantity" and unit and not is_measure(unit):
        return "", unit.casefold()
    words = (
        row.measures.casefold().partition(" of ")[0].partition(" by ")[0].split()
        if isinstance(row.measures, str)
        else []
    )
    return (
        (in_base_unit(1.0, unit)[1], words[-1])
        if words and row.kind in ("money", "quantity", "percent", "age")
        else None
    )


def scale_amount(row) -> tuple[float, float]:
    """Give the least and the most that an amount can be, in its base unit; an open end lies a little beyond what is said."""
    unit = row.unit if isinstance(row.unit, str) else ""
    low = row.low if pd.notna(row.low) else row.value if pd.notna(row.value) else 0.0
    high = row.high if pd.notna(row.high) else 1.15 * low
    return in_base_unit(float(low), unit)[0], in_base_unit(float(high), unit)[0]


def describe_lanes(lanes: Lanes) -> str:
    """Say in words what one figure of lanes shows."""
    sources = len(lanes.list_lanes())
    named = [mark.name for mark in lanes.marks]
    return (
        f"Timeline, {lanes.heading}: {len(lanes.marks)} that {sources} {'source gives' if sources == 1 else 'sources give'}, "
        f"from {named[0]} to {named[-1]}; each bar is as wide as the words leave it open."
    )


def describe_amounts(amounts: pd.DataFrame) -> str:
    """Say in words what `plot_amounts` shows."""
    groups, _ = group_amounts(amounts)
    if not groups:
        return NOTHING_APART
    listed = "; ".join(
        f"{group.heading}: " + ", ".join(f"{row.text} ({row.source})" for row in group.rows.head(6).itertuples())
        for group in groups[:4]
    )
    return f"Bars, an axis for each thing measured, as wide as the words leave it open. {listed}."
