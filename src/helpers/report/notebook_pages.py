"""Render an executed notebook as one HTML page: escaped, offline, without scripts, every figure with its words."""

from __future__ import annotations

import base64
import re

import mistune
import nbformat
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from helpers.language.invisible import mark_invisible
from helpers.report.templates import load_templates

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# What a table of ours is made of; anything else in an HTML output is shown as text.
TABLE = re.compile(r"^<table[\s>].*</table>(?:<p>[^<>]*</p>)?$", re.S)
UNSAFE = re.compile(r"<(?!/?(?:table|thead|tbody|tr|th|td|p)\b)|\bon\w+\s*=\s*[\"']|javascript:", re.I)
TAG = re.compile(r"<[^>]*>")


def render_notebook(notebook: str) -> str:
    """Render the JSON of an executed notebook; raises ValueError where a figure lacks its alternative text."""
    content = nbformat.reads(notebook, as_version=4)
    cells = [_read_cell(cell) for cell in content.cells]
    title = next(
        (re.sub(r"^#+\s*", "", cell.source.splitlines()[0]) for cell in content.cells if cell.source), "Notebook"
    )
    style = HtmlFormatter(style="friendly").get_style_defs(".code")
    return load_templates().get_template("notebook.html.j2").render(title=title, cells=cells, code_style=Markup(style))


def _read_cell(cell) -> dict:
    if cell.cell_type == "markdown":
        markdown = mistune.create_markdown(escape=True, plugins=["table"])
        return {"kind": "prose", "html": Markup(markdown(cell.source))}
    code = highlight(cell.source, PythonLexer(), HtmlFormatter(nowrap=True))
    return {
        "kind": "code",
        "html": Markup(code),
        "outputs": [_read_output(output) for output in cell.get("outputs", [])],
    }


def _read_output(output) -> dict:
    if output.output_type == "stream":
        return {"kind": "text", "text": _plain(output.text)}
    if output.output_type == "error":
        return {"kind": "text", "text": _plain("\n".join(output.traceback))}
    data = output.get("data", {})
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt", "").strip()
        if not alt:
            raise ValueError("a figure has no alternative text")
        base64.b64decode(data["image/png"], validate=False)
        return {"kind": "image", "source": "data:image/png;base64," + "".join(data["image/png"].split()), "alt": alt}
    html = data.get("text/html", "").strip()
    if TABLE.match(html) and not any(UNSAFE.search(tag) for tag in TAG.findall(html)):
        return {"kind": "table", "html": Markup(html)}
    return {"kind": "text", "text": _plain(data.get("text/plain", ""))}


def _plain(text: str) -> str:
    return mark_invisible(ANSI.sub("", text))
