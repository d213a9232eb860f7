"""Figures for notebooks, one function a figure; what each shows stands in words in `helpers.report.captions`."""

from __future__ import annotations

import io
import textwrap

import pandas as pd
from matplotlib import rc_context
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers.report.captions import (
    SOURCE_HABITS,
    choose_amounts,
    describe_amounts,
    describe_coverage,
    describe_quoted_speakers,
    describe_shared_text,
    describe_sources,
    describe_timeline,
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


def _looks(shown, articles: pd.DataFrame | None) -> dict[str, tuple[str, str]]:
    """Give each shown source its colour and mark: those of its place among all articles, so that figures agree."""
    everyone = _list_sources(shown, articles)
    looks = {name: (SOURCE_COLOURS[i % 8], SOURCE_MARKS[i % 8]) for i, name in enumerate(everyone)}
    return {name: look for name, look in looks.items() if name in set(shown)}


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


def plot_timeline(timeline: pd.DataFrame, articles: pd.DataFrame, most: int = 30) -> Figure:
    """Plot each dated event as a bar as wide as its words leave it open, one row a date, by source."""
    from helpers.store.publishers import name_sources

    if timeline.empty:
        return _empty("No date could be resolved.")
    names = name_sources(articles)
    shown = timeline.head(most)
    looks = _looks([names[article] for article in shown["article_id"]], articles)
    with rc_context(STYLE):
        figure, axes = _canvas(8, 0.34 * len(shown) + 1.3)
        labels = []
        for number, row in enumerate(shown.itertuples()):
            colour, mark = looks[names[row.article_id]]
            start, end = date2num(row.date_start), date2num(row.date_end) + 1
            axes.plot([start, end], [number, number], color=colour, linewidth=4, alpha=0.45, solid_capstyle="butt")
            axes.plot([(start + end) / 2], [number], mark, color=colour, markersize=6)
            labels.append(f"{_wrap(row.event, 58, 1)}  [{row.text}]")
        axes.set_yticks(range(len(shown)), labels, fontsize=7.5)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        locator = AutoDateLocator(minticks=3, maxticks=7)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        handles = [axes.plot([], [], mark, color=colour, label=name)[0] for name, (colour, mark) in looks.items()]
        figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False, fontsize=8)
        return figure


def plot_quoted_speakers(quoted: pd.DataFrame, articles: pd.DataFrame | None = None) -> Figure:
    """Plot how many statements of each speaker each source gives; from `count_quoted_speakers`.

    Each stretch of a bar carries the number of its source. `articles` keeps a source's colour the same in all figures.
    """
    if quoted.empty:
        return _empty("Nobody is quoted.")
    with rc_context(STYLE):
        speakers = list(dict.fromkeys(quoted["speaker_name"]))
        looks = _looks(quoted["source"], articles)
        numbers = {name: str(number) for number, name in enumerate(_list_sources(quoted["source"], articles), 1)}
        figure, axes = _canvas(8, 0.36 * len(speakers) + 1.3)
        left = dict.fromkeys(speakers, 0)
        for row in quoted.itertuples():
            place = (left[row.speaker_name], speakers.index(row.speaker_name))
            axes.barh(
                place[1], row.n_claims, left=place[0], color=looks[row.source][0], height=0.62, edgecolor="white", linewidth=0.8
            )  # fmt: skip
            axes.text(
                place[0] + row.n_claims / 2, place[1], numbers[row.source], color="white", fontsize=7.5, ha="center", va="center"
            )  # fmt: skip
            left[row.speaker_name] += row.n_claims
        axes.set_yticks(range(len(speakers)), [_wrap(speaker, 34, 1) for speaker in speakers])
        axes.set_ylim(len(speakers) - 0.4, -0.6)
        axes.set_xlabel("statements attributed to this speaker")
        axes.xaxis.get_major_locator().set_params(integer=True)
        handles = [Patch(facecolor=looks[n][0], label=f"{numbers[n]}  {n}") for n in looks]
        figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False, fontsize=8)
        return figure


def plot_amounts(amounts: pd.DataFrame, articles: pd.DataFrame | None = None, most: int = 24) -> Figure:
    """Plot the sums of money on one logarithmic scale, or the counts where there is no money; from `list_amounts`.

    `articles` keeps a source's colour the same in all figures.
    """
    chosen, unit = choose_amounts(amounts)
    if chosen.empty:
        return _empty("No amounts are given.")
    chosen = chosen.head(most).reset_index(drop=True)
    looks = _looks(chosen["source"], articles)
    with rc_context(STYLE):
        figure, axes = _canvas(8, 0.36 * len(chosen) + 1.4)
        for number, row in enumerate(chosen.itertuples()):
            colour, mark = looks[row.source]
            low = row.low if pd.notna(row.low) else row.shown
            high = row.high if pd.notna(row.high) else row.shown
            axes.plot([max(low, 0.5), max(high, 0.5)], [number, number], color=colour, linewidth=3, alpha=0.45)
            axes.plot([max(row.shown, 0.5)], [number], mark, color=colour, markersize=7)
        axes.set_xscale("log")
        axes.set_yticks(
            range(len(chosen)),
            [f"{_wrap(row.statement, 52, 1)}  [{row.text}]" for row in chosen.itertuples()],
            fontsize=7.5,
        )
        axes.set_ylim(len(chosen) - 0.4, -0.6)
        axes.set_xlabel(unit)
        axes.xaxis.set_major_formatter(lambda value, _: shorten_number(value))
        axes.xaxis.set_minor_formatter(lambda value, _: "")
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        handles = [axes.plot([], [], mark, color=colour, label=name)[0] for name, (colour, mark) in looks.items()]
        figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False, fontsize=8)
        return figure


def shorten_number(value: float) -> str:
    """Write a number as news do: 40 million, 1.5 billion."""
    for size, word in ((1e9, " billion"), (1e6, " million"), (1e3, ",000")):
        if value >= size:
            return f"{value / size:g}{word}"
    return f"{value:g}"


def plot_shared_text(text_reuse: pd.DataFrame, articles: pd.DataFrame) -> Figure:
    """Plot where in each article its shared passages lie: dark is shared, with the articles that share it."""
    from helpers.store.publishers import name_sources

    if text_reuse.empty:
        return _empty("No two sources share a passage of eight words or more.")
    names, lengths = name_sources(articles), dict(zip(articles["article_id"], articles["n_chars"], strict=True))
    order = list(names)
    with rc_context(STYLE):
        figure, axes = _canvas(8, 0.42 * len(order) + 0.9)
        for number, article in enumerate(order):
            axes.barh(number, 1, color="#eef1f4", height=0.5)
            for row in text_reuse.itertuples():
                for own, start, end in (
                    (row.article_a, row.start_a, row.end_a),
                    (row.article_b, row.start_b, row.end_b),
                ):
                    if own == article:
                        share = max(1, lengths[article])
                        axes.barh(number, (end - start) / share, left=start / share, color="#1f5a99", height=0.5)
        axes.set_yticks(range(len(order)), [names[article] for article in order])
        axes.set_ylim(len(order) - 0.5, -0.5)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 1], ["start of article", "end"])
        return figure


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
