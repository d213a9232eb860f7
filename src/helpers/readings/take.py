"""Take in what readers handed in for a story, for the notebook that compares its sources."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.readings.files import read_readings
from helpers.readings.material import Material


def take_readings(
    folder: Path, frames: dict[str, pd.DataFrame], *, use: bool = True, url: str = "", model: str = ""
) -> pd.DataFrame:
    """Give the table `readings` of a story whose own folder is `folder`; empty where there are none or `use` is False."""
    if not use:
        return tables.conform([], "readings")
    material = Material(frames["articles"], frames["passages"], frames["claims"])
    return read_readings(folder, material)
