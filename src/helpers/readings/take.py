"""Take in what readers handed in for a story, for the notebook that compares its sources."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.readings.files import FOLDER, list_files, read_readings
from helpers.readings.form import ReadingError
from helpers.readings.material import Material
from helpers.readings.records import Records
from helpers.readings.taken import ENGINE
from helpers.store.descriptions import LEAVE, DescriptionError, parse_description, read_description


def take_readings(
    folder: Path, frames: dict[str, pd.DataFrame], *, use: bool = True, url: str = "", model: str = ""
) -> pd.DataFrame:
    """Give the table `readings` of a story whose own folder is `folder`; empty where there are none or `use` is False.

    `model` is a language model that was asked before, or is asked now at the server `url`; what it was asked once is
    taken from its records. Raises ReadingError where the server may not be asked.
    """
    if not use:
        return tables.conform([], "readings")
    material = Material(frames["articles"], frames["passages"], frames["claims"])
    given = {}
    if url or model:
        document = ask_model(folder, frames, material, url, model)
        name = name_reading(model)
        if document["asked"]["answered"] or name not in {path.stem for path in list_files(folder)}:
            given[name] = document
    return read_readings(folder, material, given)


def ask_model(
    folder: Path, frames: dict[str, pd.DataFrame], material: Material, url: str, model: str, **options: object
) -> dict:
    """Ask a model for its reading of a story, from its records as far as they go; `options` are those of `Reader`."""
    from helpers.readings.ask import Client, Limits, Reader, ask_story, check_address

    if not model:
        raise ReadingError("reader_url names a server; name its model too: reader_model")
    limits = options.pop("limits", None) or Limits()
    address = check_address(url, may_leave(folder)) if url else ""
    client = Client(address, limits) if address else None
    try:
        return ask_story(material, frames, Reader(model, Records(folder / FOLDER), client, limits, **options))
    finally:
        if client:
            client.close()


def name_reading(model: str) -> str:
    """Name the reading of a model, fit for a file: `qwen3-8b` of «qwen3:8b»."""
    kept = "".join(char if char.isalnum() or char in "._" else " " for char in model)
    name = "-".join(part for part in kept.split() if part.strip(".")).strip(".") or "model"
    return f"{name}-model" if name == ENGINE else name


def may_leave(folder: Path) -> bool:
    """Say whether a story's description allows its texts to be sent to another machine; only `true` does."""
    try:
        return parse_description(read_description(folder) or b"").get(LEAVE) is True
    except (OSError, DescriptionError):  # reading the articles says what is wrong with it
        return False
