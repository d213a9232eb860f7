"""Figures for notebooks, one function a figure; what each shows stands in words in `helpers.report.drawn.captions`."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure

from helpers.report.drawn.captions import (
    SOURCE_HABITS,
    describe_coverage,
    describe_quoted_speakers,
    describe_shared_text,
    describe_sources,
    describe_timeline,
)
from helpers.report.drawn.layouts import (
    NOTHING_APART,
    Lanes,
    describe_amounts,
    group_amounts,
    lay_out_shared_text,
    lay_out_timeline,
    scale_amount,
)
from helpers.report.statements import VOICE_LOOK

__all__ = [  # with the words, so that a notebook finds a figure and what it shows in one place
    "describe_amounts",
    "describe_coverage",
    "describe_quoted_speakers",
    "describe_shared_text",
    "describe_sources",
    "describe_timeline",
    "figure_svg",
    "plot_amounts",
    "plot_coverage",
    "plot_quoted_speakers",
    "plot_shared_text",
    "plot_sources",
    "plot_timeline",
    "shorten_number",
    "show_figure",
]
INK, MUTED, RULE = "#1d2327", "#5b6670", "#d5dbe0"
# Hues that keep apart for colour-blind readers; every use also has a sign or a number of its own.
VOICE_COLOURS = {"own": "#1f5a99", "attributed": "#1f5a99", "silent": MUTED}
DENIAL = "#b3261e"
SOURCE_COLOURS = ("#1f5a99", "#a8431f", "#3f7d20", "#7a3e9d", "#a3760b", "#0f7c80", "#8c2f5b", "#4d5963")
SOURCE_MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "svg.hashsalt": "synoptic",
    "svg.fonttype": "path",
    "text.parse_math": False,
}


def _canvas(width: float, height: float) -> tuple[Figure, object]:
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    return figure, axes


def _empty(words: str) -> Figure:
    figure, axes = _canvas(7, 1)
    axes.axis("off")
    axes.text(0, 0.5, words, color=MUTED, va="center")
    return figure


def _wrap(text: str, width: int, lines: int = 2) -> str:
    return "\n".join(textwrap.wrap(" ".join(str(text).split()), width, max_lines=lines, placeholder=" …"))


def _list_sources(shown, articles: pd.DataFrame | None) -> list[str]:
    from helpers.store.publishers import name_sources

    return sorted(set(shown)) if articles is None else list(name_sources(articles).values())


def plot_coverage(coverage: pd.DataFrame) -> Figure:
    """Plot in whose voice each source tells each proposition; from `measure_coverage`."""
    if coverage.empty:
        return _empty("No statement is shared by two sources.")
    with rc_context(STYLE):
        ranks = coverage.drop_duplicates("rank")
        sources = list(dict.fromkeys(coverage["source"]))
        figure, axes = _canvas(8, 0.55 * len(ranks) + 1.4)
        for row in coverage.itertuples():
            colour, sign = VOICE_COLOURS.get(row.voice, DENIAL), VOICE_LOOK[row.voice][0]
            axes.text(sources.index(row.source), row.rank, sign, color=colour, ha="center", va="center", fontsize=13)
            if isinstance(row.value, str):
                axes.text(
                    sources.index(row.source),
                    row.rank + 0.34,
                    _wrap(row.value, 16, 1),
                    ha="center",
                    va="center",
                    fontsize=6,
                )
        axes.set_xlim(-0.5, len(sources) - 0.5)
        axes.set_ylim(len(ranks) + 0.6, 0.4)
        axes.set_xticks(range(len(sources)), [_wrap(source, 14, 3) for source in sources])
        axes.xaxis.tick_top()
        axes.set_yticks(ranks["rank"], [_wrap(label, 62) for label in ranks["label"]])
        axes.spines["bottom"].set_visible(False)
        axes.hlines([rank + 0.5 for rank in ranks["rank"]], -0.5, len(sources) - 0.5, color=RULE, linewidth=0.6)
        held = [look for voice, look in VOICE_LOOK.items() if voice in set(coverage["voice"])]
        figure.supxlabel(_wrap("    ".join(f"{sign} {word}" for sign, word in held), 120, 2), fontsize=8.5, color=MUTED)
        return figure


def plot_lanes(figures: Sequence[Lanes], empty: str) -> Figure:
    """Plot lanes as the page draws them, one axis a figure and one row a source; from `helpers.report.drawn.layouts`."""
    shown = [lanes for lanes in figures if lanes.marks]
    if not shown:
        return _empty(empty)
    with rc_context(STYLE):
        heights = [0.36 * len(lanes.list_lanes()) + 0.7 for lanes in shown]
        figure = Figure(figsize=(8, sum(heights) + 0.3), layout="constrained")
        for axes, lanes in zip(
            figure.subplots(len(shown), height_ratios=heights, squeeze=False)[:, 0], shown, strict=True
        ):
            _plot_lanes(axes, lanes, titled=len(shown) > 1)
        return figure


def _plot_lanes(axes, lanes: Lanes, titled: bool) -> None:
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    rows = lanes.list_lanes()
    for number, (_, bars) in enumerate(rows):
        axes.barh(number, 100, color="#eef1f4", height=0.42)
        for bar in bars:
            axes.barh(number, max(0.6, bar.end - bar.start), left=bar.start, color="#1f5a99", height=0.42, alpha=0.7)
    axes.set_yticks(range(len(rows)), [_wrap(label, 34, 1) for label, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xticks([place for place, _ in lanes.ticks], [label for _, label in lanes.ticks])
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    if titled:
        axes.set_title(lanes.heading, loc="left", fontsize=9, color=MUTED)


def plot_timeline(timeline: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame) -> Figure:
    """Plot when things happened as each source tells it: dates that are known, days without a year, weekdays without a date."""
    return plot_lanes(lay_out_timeline(timeline, mentions, articles), "No date could be resolved.")


def plot_quoted_speakers(quoted: pd.DataFrame, articles: pd.DataFrame | None = None) -> Figure:
    """Plot who speaks where, as the page does: a row a speaker, a column a source, how many statements; from `count_quoted_speakers`."""
    if quoted.empty:
        return _empty("Nobody is quoted.")
    with rc_context(STYLE):
        speakers = list(dict.fromkeys(quoted["speaker_name"]))
        sources = _list_sources(quoted["source"], articles)
        figure, axes = _canvas(8, 0.34 * len(speakers) + 1.5)
        most = quoted["n_claims"].max()
        for row in quoted.itertuples():
            place = (sources.index(row.source), speakers.index(row.speaker_name))
            axes.scatter(*place, s=90 + 330 * row.n_claims / most, color="#dbe7f3", edgecolors="none")
            axes.text(*place, str(row.n_claims), ha="center", va="center", fontsize=8)
        axes.set_xlim(-0.6, len(sources) - 0.4)
        axes.set_ylim(len(speakers) - 0.4, -0.6)
        axes.set_xticks(
            range(len(sources)),
            [f"{number}  {_wrap(name, 24, 1)}" for number, name in enumerate(sources, 1)],
            rotation=90,
        )
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(speakers)), [_wrap(speaker, 34, 1) for speaker in speakers])
        axes.spines["bottom"].set_visible(False)
        axes.hlines([row + 0.5 for row in range(len(speakers))], -0.6, len(sources) - 0.4, color=RULE, linewidth=0.6)
        return figure


def plot_amounts(amounts: pd.DataFrame, articles: pd.DataFrame | None = None, most: int = 6) -> Figure:
    """Plot what sources give differently, an axis for each thing measured, as the page does; from `list_amounts`."""
    groups = group_amounts(amounts)[0][:most]
    if not groups:
        return _empty(NOTHING_APART)
    numbers = {name: number for number, name in enumerate(_list_sources(amounts["source"], articles), 1)}
    with rc_context(STYLE):
        heights = [0.3 * len(group.rows) + 0.7 for group in groups]
        figure = Figure(figsize=(8, sum(heights) + 0.3), layout="constrained")
        plots = figure.subplots(len(groups), height_ratios=heights, squeeze=False)[:, 0]
        for axes, group in zip(plots, groups, strict=True):
            rows = list(group.rows.itertuples())
            for number, row in enumerate(rows):
                low, high = scale_amount(row)
                axes.barh(number, high, color="#b7cde4", height=0.55)
                axes.barh(number, low, color="#1f5a99", height=0.55)
            axes.set_yticks(
                range(len(rows)), [_wrap(f"{row.text}  [{numbers[row.source]} {row.source}]", 52, 1) for row in rows]
            )
            axes.set_ylim(len(rows) - 0.4, -0.6)
            axes.set_title(group.heading, loc="left", fontsize=9, color=MUTED)
            axes.xaxis.set_major_formatter(lambda value, _: shorten_number(value))
        return figure


def shorten_number(value: float) -> str:
    """Write a number as news do: 40 million, 1.5 billion."""
    for size, word in ((1e9, " billion"), (1e6, " million"), (1e3, ",000")):
        if value >= size:
            return f"{value / size:g}{word}"
    return f"{value:g}"


def plot_shared_text(text_reuse: pd.DataFrame, articles: pd.DataFrame) -> Figure:
    """Plot where in each article its shared passages lie: dark is shared."""
    lanes = [] if text_reuse.empty else [lay_out_shared_text(text_reuse, articles)]
    return plot_lanes(lanes, "No two sources share a passage of eight words or more.")


def figure_svg(figure: Figure) -> str:
    """Draw a figure as SVG text, the same bytes every time."""
    buffer = io.StringIO()
    with rc_context(STYLE):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    return svg[svg.index("<svg") :]


def show_figure(figure: Figure, alt: str) -> None:
    """Show a figure in a notebook as PNG with its alternative text; refuse one without."""
    from IPython.display import display

    if not alt.strip():
        raise ValueError("a figure needs words for those who cannot see it")
    buffer = io.BytesIO()
    with rc_context(STYLE):
        figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    display({"image/png": buffer.getvalue(), "text/plain": alt}, raw=True, metadata={"image/png": {"alt": alt}})


def plot_sources(sources: pd.DataFrame, most: int = 20) -> Figure:
    """Plot how often each publisher does what `queries.count_by_source` counts, per article."""
    if sources.empty:
        return _empty("There is no story yet.")
    shown = sources.head(most)
    with rc_context(STYLE):
        figure, axes = _canvas(8, 0.42 * len(shown) + 1.4)
        for place, (habit, words) in enumerate(SOURCE_HABITS.items()):
            rate = shown[habit] / shown["articles"]
            heights = [row + (place - 1.5) * 0.18 for row in range(len(shown))]
            axes.plot(rate, heights, SOURCE_MARKS[place], color=SOURCE_COLOURS[place], label=words, markersize=5)
        axes.set_yticks(range(len(shown)), [_wrap(name, 34) for name in shown["source"]])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(left=-0.05)
        axes.set_xlabel("per article")
        axes.hlines([row + 0.5 for row in range(len(shown) - 1)], *axes.get_xlim(), color=RULE, linewidth=0.6)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False)
        return figure
