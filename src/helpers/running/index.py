"""The index of all published reports: what each story is, its sources, its sharpest conflict."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from helpers.language.invisible import mark_invisible
from helpers.store.files import read_json, write_file


def write_index(reports: Path) -> None:
    """Write ``index.html`` over all published reports, unless it says the same already or there is none."""
    from helpers.report.templates import digest_part, load_templates, read_part

    paths = [path for path in sorted(reports.glob("*/report.json")) if not path.parent.name.startswith(".")]
    stories = [describe_report(path.parent.name, read_json(path)) for path in paths]
    style = read_part("report.css")
    template = load_templates().get_template("index.html.j2")
    page = template.render(stories=stories, style=Markup(style), style_hash=digest_part(style))
    content, path = page.encode("utf-8", "replace"), reports / "index.html"
    if stories and not (path.is_file() and path.read_bytes() == content):
        write_file(path, content)


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
            "n_sources": len(read),
            "n_origins": len({article["origin"] for article in read}),
            "n_conflicts": len(conflicts),
            "sharpest": mark_invisible(conflicts[0]["explanation"]) if conflicts else "",
            "broken": False,
        }
    except (AttributeError, KeyError, TypeError):
        return {"folder": folder, "title": folder, "broken": True}
