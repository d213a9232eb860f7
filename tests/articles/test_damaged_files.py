"""A damaged file of any format is a row that says so: nothing crashes, nothing hangs. The benchmark damages more of them."""

from __future__ import annotations

import importlib.util
import signal
from types import ModuleType

import pytest

from conftest import ROOT
from samples import make_samples


@pytest.fixture(scope="module")
def damage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("damaged_files", ROOT / "benchmarks" / "damaged_files.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


@pytest.mark.parametrize("ending", make_samples())
def test_a_damaged_file_neither_crashes_nor_hangs(damage, ending):
    each = 2 * len(damage.CHANGES)
    found = damage.read_damaged(ending, each, seed=3)
    assert found["crashes"] == found["hangs"] == []
    assert found["read"] + found["skipped"] == each
