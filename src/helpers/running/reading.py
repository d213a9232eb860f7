"""What `synoptic readings` does: verify the readings that lie with a story."""

from __future__ import annotations

from pathlib import Path

from helpers.articles import read_articles
from helpers.claims import extract_claims
from helpers.passages import split_passages
from helpers.readings.files import check_file, list_files
from helpers.readings.material import Material
from helpers.readings.verify import VERIFIED


def check_readings(raw: Path) -> tuple[list[str], list[str]]:
    """Verify each reading in a story's folder: a line a reading, and a line for each thing that fails."""
    paths = list_files(raw)
    if not paths:
        return [f"{raw.name}: no readings"], []
    articles = read_articles(raw)
    passages = split_passages(articles)
    material = Material(articles, passages, extract_claims(articles, passages))
    said, wrong = [], []
    for path in paths:
        items, faults = check_file(path, material)
        verified = sum(item.state == VERIFIED for item in items)
        said.append(f"{path.name}: {verified} of {len(items)} items verified")
        wrong += faults
    return said, wrong
