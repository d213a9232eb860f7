"""Figures in words, for those who cannot see them: one function a figure, said beside it in notebooks and in the report."""

from __future__ import annotations

import pandas as pd

SOURCE_HABITS = {
    "denials": "carries denials",
    "copies": "prints another's text",
    "omissions": "leaves out",
    "corrections": "corrects",
}


def describe_coverage(coverage: pd.DataFrame) -> str:
    """Say in words what `plot_coverage` shows."""
    if coverage.empty:
        return "No statement is shared by two sources."
    counts = coverage["voice"].value_counts()
    first = coverage[coverage["rank"] == 1]
    told = int((first["voice"] != "silent").sum())
    own = int(counts.get("own", 0) + counts.get("own and denial", 0))
    attributed = int(counts.get("attributed", 0) + counts.get("attributed and denial", 0))
    denials = int(sum(number for voice, number in counts.items() if voice.endswith("denial") and voice != "own denial"))
    return (
        f"Matrix of {coverage['rank'].nunique()} shared statements by {coverage['source'].nunique()} sources: {own} times a "
        f"source tells one in its own voice, {attributed} times it attributes one, {denials} times it carries a denial. "
        f"The widest shared, «{first['label'].iloc[0][:120]}», is told by {told} sources."
    )


def describe_timeline(timeline: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Say in words what `plot_timeline` shows."""
    if timeline.empty:
        return "No date could be resolved."
    first, last = timeline["date_start"].min(), timeline["date_end"].max()
    return (
        f"Timeline of {len(timeline)} dates that {timeline['article_id'].nunique()} sources give, "
        f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}; each bar is as wide as the source's words leave the date open."
    )


def describe_quoted_speakers(quoted: pd.DataFrame) -> str:
    """Say in words what `plot_quoted_speakers` shows."""
    if quoted.empty:
        return "Nobody is quoted."
    first = quoted.iloc[0]["speaker_name"]
    width = quoted[quoted["speaker_name"] == first]["source"].nunique()
    return (
        f"Grid of {quoted['speaker_name'].nunique()} speakers by source, with how many statements of each a source gives. "
        f"The widest quoted is {first}, in {width} {'sources' if width > 1 else 'source'}."
    )


def describe_shared_text(text_reuse: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Say in words what `plot_shared_text` shows."""
    if text_reuse.empty:
        return "No two sources share a passage of eight words or more."
    longest = text_reuse.sort_values("n_chars", ascending=False).iloc[0]
    return (
        f"A bar an article, from its start to its end, dark where it shares a passage with another: {len(text_reuse)} "
        f"passages in all, the longest of {longest['n_chars']} characters."
    )


def describe_sources(sources: pd.DataFrame, most: int = 20) -> str:
    """Say in words what `plot_sources` shows."""
    if sources.empty:
        return "No story yet."
    listed = "; ".join(
        f"{row.source}: {row.articles} articles, "
        + ", ".join(f"{getattr(row, habit)} {habit}" for habit in SOURCE_HABITS)
        for row in sources.head(most).itertuples()
    )
    return f"Marks show, per article of each publisher, denials, copies, omissions and corrections. {listed}."
