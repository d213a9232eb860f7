"""The templates of the report, the index and the rendered notebooks, with their style and script."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, select_autoescape


def load_templates() -> Environment:
    """Load the templates, with autoescape on for every one of them."""
    return Environment(
        loader=PackageLoader("helpers.report", "templates"), autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def read_part(name: str) -> str:
    """Read a style, a script or a schema that lies beside the templates."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8").strip()


def digest_part(content: str) -> str:
    """Give the digest by which a Content-Security-Policy lets a style or a script in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
