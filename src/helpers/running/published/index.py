"""The index of all published reports: what each story is, its first finding, what changed last; a feed lies beside it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from helpers.language.invisible import mark_invisible
from helpers.running.published.feed import FEED, Entry, read_feed, renew_entries, write_feed
from helpers.store.files import read_json, write_file


def write_index(reports: Path, now: str | None = None) -> None:
    """Write ``index.html`` and ``feed.xml`` over all published reports, unless they say the same already.

    The stories come as they changed, the last first; `now` is the time of a change that no earlier feed tells of.
    """
    from helpers.report.templates import digest_part, load_templates, read_part

    paths = [path for path in sorted(reports.glob("*/report.json")) if not path.parent.name.startswith(".")]
    stories = [describe_report(path.parent.name, read_json(path)) for path in paths]
    now = now or datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    entries = renew_entries(read_feed(reports / FEED), stories, now)
    write_feed(reports / FEED, entries)
    style, script = read_part("report.css"), read_part("index.js")
    page = load_templates().get_template("index.html.j2").render(
        stories=order_stories(stories, entries), style=Markup(style), style_hash=digest_part(style),
        script=Markup(script), script_hash=digest_part(script), feed=FEED,
    )  # fmt: skip
    content, path = page.encode("utf-8", "replace"), reports / "index.html"
    if stories and not (path.is_file() and path.read_bytes() == content):
        write_file(path, content)


def order_stories(stories: list[dict], entries: list[Entry]) -> list[dict]:
    """Order stories by when their findings changed, the last first, and say of each when that was and what changed."""
    last = {entry.story: entry for entry in reversed(entries)}
    known = [
        {**story, "changed": last[story["folder"]].updated[:10], "since": last[story["folder"]].updated, "what": last[story["folder"]].summary}
        if story["folder"] in last else {**story, "changed": "", "since": "", "what": ""}
        for story in stories
    ]  # fmt: skip
    return sorted(sorted(known, key=lambda story: story["title"]), key=lambda story: story["since"], reverse=True)


def describe_report(folder: str, data: dict) -> dict:
    """Sum up a machine-readable report for the index; a broken one still gets a line that leads to its page."""
    try:
        read = [article for article in data["articles"] if article["skipped"] is None]
        conflicts = [finding for finding in data["disagreements"] if finding["kind"] != "omission"]
        return {
            "folder": folder,
            "title": mark_invisible(data["story"]["title"] or folder),
            "about": mark_invisible(data["story"]["about"] or ""),
            "kind": data["story"]["kind"],
            "sources": [mark_invisible(article["name"]) for article in read],
            "n_sources": len(read),
            "n_origins": len({article["origin"] for article in read}),
            "n_conflicts": len(conflicts),
            "findings": {finding["id"]: mark_invisible(finding["explanation"]) for finding in conflicts},
            "first": mark_invisible(conflicts[0]["explanation"]) if conflicts else "",
            "reviews": sorted(Counter(f.get("review") for f in conflicts if f.get("review")).items()),
            "compared": data.get("compared"),
            "broken": False,
        }
    except (AttributeError, KeyError, TypeError):
        return {"folder": folder, "title": mark_invisible(folder), "broken": True}
