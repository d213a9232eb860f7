"""What the tests share: the folders of the repository, the originals beside it, a scratch copy for the notebooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from browser import open_browser

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCRATCH = ROOT / "tests" / ".scratch"
SHIPPED_STORY = "netflix-facebook-messages"


def lay_out_scratch() -> None:
    """Copy what the notebooks need to where tests/expected is executed again, so that no test writes into the tree."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    for folder in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / folder, SCRATCH / folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (SCRATCH / "data" / "processed").mkdir(parents=True)


@pytest.fixture(scope="module")
def browser():
    """One headless Chromium for the tests of a module that look at pages, closed before the next begins; skips where there is none."""
    with open_browser() as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what takes seconds first and what takes minutes last, keeping the order otherwise."""
    if any(item.path.suffix == ".ipynb" for item in items):
        lay_out_scratch()
    items.sort(key=lambda item: (item.path.suffix == ".ipynb", item.get_closest_marker("slow") is not None))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the originals and the annotated data, which lies beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the originals and the annotated data are not in this repository")
    return SHARED


@pytest.fixture(scope="session")
def originals(shared: Path) -> Path:
    """The five published articles of the first story."""
    return shared / "articles" / "netflix-messages"
